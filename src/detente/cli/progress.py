"""What is told while a command works: on a terminal; silence elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from detente.sweeps.sweep import SweepProgress


@contextmanager
def progress_bar() -> Iterator[Callable[[float], None]]:
    """A progress bar on a terminal; silence elsewhere."""
    if not sys.stderr.isatty():
        yield lambda done: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("Playing", total=1.0)
        yield lambda done: progress.update(task, completed=done)


@contextmanager
def progress_line() -> Iterator[Callable[[str], None]]:
    """A line that says what is being done, on a terminal; silence elsewhere."""
    if not sys.stderr.isatty():
        yield lambda step: None
        return
    from rich.console import Console

    with Console(stderr=True).status("") as status:
        yield status.update


@contextmanager
def sweep_progress() -> Iterator[Callable[[SweepProgress], None]]:
    """How far a sweep is and how long it will take yet, on a terminal; silence elsewhere."""
    if not sys.stderr.isatty():
        yield lambda done: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("Blocks"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=None)

        def tell(done: SweepProgress) -> None:
            left = "" if done.seconds_left is None else f"{timedelta(seconds=round(done.seconds_left))} left"
            progress.update(task, completed=done.done, total=done.of, description=left)

        yield tell
