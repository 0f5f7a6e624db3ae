"""Runs killed inside the writing of a report, at steps drawn by a seed, and what they leave in the folder.

    python -m tests.stress.kills --kills 40 --seed 1
    python -m tests.stress.kills --kills 40 --seed 1 --without-exchange

A step is a call by which Python touches the folder or what lies beside it (an audit event); the process sends itself
SIGKILL before it. Some fall on the swap and the steps around it, the others anywhere. After each kill the folder must
hold the earlier report or the later one, byte by byte, and what others put there as it was; after the next run nothing
hidden may be left. A process of its own is forked for each from one that has imported everything, and used no threads.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib
import json
import os
import random
import signal
import sys
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from detente.assessment.assess import Assessment
    from detente.case.loading.load import LoadedCase

OTHERS = {"notes.txt": "mine", "tables/mine.csv": "a,b", "more/deep/er.txt": "too"}
EVENTS = {"open", "os.rename", "os.mkdir", "os.link", "os.remove", "os.rmdir", "os.scandir", "os.utime", "ctypes.dlsym"}
Manifest = dict[str, str]


def manifest(folder: Path) -> Manifest:
    """Every file of a report by its path, with its SHA-256; those of others left out."""
    files = {str(path.relative_to(folder)): path for path in folder.rglob("*") if path.is_file()}
    return {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in files.items() if name not in OTHERS}


def others(folder: Path) -> dict[str, tuple[str, int]]:
    """What others put into the folder, and which file of the disk each is."""
    return {name: ((folder / name).read_text(), (folder / name).stat().st_ino) for name in OTHERS}


@cache
def case() -> LoadedCase:
    """The case that both reports are of."""
    from detente import read_case

    return read_case("two-leagues")


def prepare() -> None:
    """Does once what every fork would do again; nothing that starts a thread, which no fork takes along."""
    importlib.import_module("detente.report.files")  # polars, which starts threads when it is imported, is left out
    from detente.report.template_environment import template_environment

    template_environment().get_template("page.html")
    case()
    if threads := list(Path("/proc/self/task").glob("*"))[1:]:
        raise RuntimeError(f"{len(threads)} threads run besides this one")


def reports() -> dict[str, Assessment]:
    """An earlier assessment and a later one, of two rooms that need no time."""
    from detente import __version__
    from detente.assessment.assess import Assessment
    from tests.rooms.sections import sections_of

    loaded = case()
    told, weighed = sections_of(loaded.case, "record"), sections_of(loaded.case, "evidence")
    sections = {"earlier": tuple(told), "later": (*told, *weighed)}
    absent = {"What else": "It was not asked."}
    return {name: Assessment(loaded, of, absent, __version__) for name, of in sections.items()}


def write_references(root: Path) -> None:
    """Writes each report once to a folder of its own, and what it consists of."""
    from detente import write_report

    for name, assessment in reports().items():
        write_report(assessment, root / name)
        (root / f"{name}.json").write_text(json.dumps(manifest(root / name)))


def stepped(root: Path, at_step: Callable[[int, str], None]) -> None:
    """Calls something before every step of this process that touches what lies under a folder."""
    taken = 0

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal taken
        if event in EVENTS and (event == "ctypes.dlsym" or any(str(root) in str(one) for one in arguments[:2])):
            taken += 1
            at_step(taken, event)

    sys.addaudithook(hook)


def in_a_fork(act: Callable[[], None]) -> int:
    """Does something in a process forked for it; how that ended, as `os.waitstatus_to_exitcode` tells it."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            act()
            code = 0
        finally:
            sys.stderr.flush()
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def trial(folder: Path, step: int | None, log: Path) -> None:
    """The next run, which writes the earlier report; then one that writes the later, to be killed before a step."""
    from detente import write_report

    assessments = reports()
    write_report(assessments["earlier"], folder)
    assert manifest(folder) == json.loads((log / "earlier.json").read_text()), "the next run is not whole"
    assert [path.name for path in folder.parent.iterdir()] == [folder.name], "something hidden is left"
    events: list[str] = []

    def at_step(taken: int, event: str) -> None:
        events.append(event)
        if taken == step:
            os.kill(os.getpid(), signal.SIGKILL)

    stepped(folder.parent, at_step)
    write_report(assessments["later"], folder)
    counted = list(events)  # what follows is not to be counted
    (log / "events").write_text("\n".join(counted))


def swap_of(events: list[str]) -> int:
    """The number of the first step of the swap: the last link to a file of others is made before it."""
    return max(number for number, event in enumerate(events, 1) if event == "os.link") + 1


def drawn(kills: int, events: list[str], seed: int) -> list[int]:
    """Steps to be killed at: those of the swap first, then any."""
    swap = swap_of(events)
    near = [swap, swap + 1, swap + 2, swap - 1, swap + 3][: max(kills // 2, 1)]
    source = random.Random(seed)
    return near + [source.randint(1, len(events)) for _ in range(kills - len(near))]


def kill_all(kills: int, seed: int, root: Path, exchange: bool) -> list[str]:
    """Kills so many runs; what was wrong afterwards, a line each, none if nothing was."""
    folder, log = root / "in" / "out", root / "log"
    log.mkdir()
    assert in_a_fork(lambda: write_references(log)) == 0
    whole = {name: json.loads((log / f"{name}.json").read_text()) for name in ("earlier", "later")}
    for name, text in OTHERS.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    stood = others(folder)
    assert in_a_fork(lambda: trial(folder, None, log)) == 0
    wrong, ends = [], {"earlier": 0, "later": 0, "in neither": 0}
    steps = drawn(kills, (log / "events").read_text().split("\n"), seed)
    for step in steps:
        if (code := in_a_fork(lambda: trial(folder, step, log))) != -signal.SIGKILL:  # noqa: B023
            wrong.append(f"step {step}: ended with {code}, not by the kill")
        if not folder.exists() and not exchange:
            ends["in neither"] += 1
            continue
        found = manifest(folder)
        end = next((name for name, files in whole.items() if files == found), None)
        ends[end or "in neither"] += 1
        missing = [name for name in json.loads((folder / "assessment.json").read_text())["files"] if name not in found]
        if end is None or missing or others(folder) != stood:
            wrong.append(f"step {step}: {len(found)} files, {end}; missing {missing}; others' {others(folder)}")
    if in_a_fork(lambda: trial(folder, None, log)) or others(folder) != stood:
        wrong.append("the run after the last kill is not whole")
    print(f"{len(steps)} kills at steps {steps}: {ends}")
    return wrong


def main() -> int:
    """Reads the command line and does it; 1 if anything was wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--without-exchange", action="store_true", help="as where two folders cannot be exchanged")
    given = parser.parse_args()
    prepare()
    from detente.files import directory_swap as folder_swap

    if given.without_exchange:
        folder_swap.exchange_names = lambda first, second: False
    with tempfile.TemporaryDirectory() as root:
        wrong = kill_all(given.kills, given.seed, Path(root).resolve(), not given.without_exchange)
    print("\n".join(wrong) or "every folder whole, nothing hidden left")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
