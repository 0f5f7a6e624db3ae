"""A task of a sweep: some units of work, which come to the same bytes wherever and whenever they are worked out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.errors import WorkersLost
from detente.methods.offer_model.compiled_draws import COMPILED
from detente.methods.offer_model.compiled_model import CompiledModel
from detente.methods.offer_model.description import ModelDescription
from detente.methods.offer_model.example import two_states
from detente.methods.offer_model.model_draws import sample_model
from detente.sweeps.block_sums import sum_block
from detente.sweeps.chunk_files import pack_rows
from detente.version import __version__

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from detente.sweeps.grid import SweepPoint

    Floats = NDArray[np.float64]

FEWEST_UNITS, MOST_UNITS = 8, 64
"""Units of a chunk, unless asked otherwise: the most are half a second's work to a second's."""
CHUNKS_PER_WORKER = 4
"""Chunks that each worker gets at least, where the work is little: so that none waits long for the last."""


def units_per_chunk(unit_count: int, workers: int) -> int:
    """How many units go into a chunk file.

    Example:
        >>> from detente.sweeps.tasks import units_per_chunk
        >>> [units_per_chunk(units, 2) for units in (10, 400, 100_000)]
        [8, 50, 64]
    """
    return min(max(-(-unit_count // (CHUNKS_PER_WORKER * max(1, workers))), FEWEST_UNITS), MOST_UNITS)


@dataclass(frozen=True)
class TaskPart:
    """Blocks of one setting."""

    point: int
    model: int
    """Which of the models of the task."""
    numbers: Mapping[str, float]
    blocks: range
    first_unit: int


@dataclass(frozen=True)
class SweepTask:
    """Units that go into one chunk file."""

    units: range
    simulations: int
    models: tuple[ModelDescription, ...]
    parts: tuple[TaskPart, ...]
    program: str = __version__
    """The version that all who work must have."""


@dataclass(frozen=True)
class TaskResult:
    """What a task came to."""

    units: range
    rows: bytes
    """As they stand in a chunk file; of the settings that failed there are none."""
    failures: Mapping[int, str]
    """Why a setting failed, by its number."""
    blocks: int
    """How many blocks were asked for, those of settings that failed included."""


def run_task(task: SweepTask) -> TaskResult:
    """Works out a task: a function of what it is given, and of nothing else."""
    units: list[int] = []
    sums: list[Floats] = []
    failures: dict[int, str] = {}
    if task.program != __version__:
        raise WorkersLost(f"a worker has version {__version__} of Détente, and the sweep {task.program}; give it that")
    compiled: dict[int, CompiledModel] = {}
    for part in task.parts:
        try:
            if part.model not in compiled:
                compiled[part.model] = CompiledModel(task.models[part.model])
            model = compiled[part.model]
            at_point = model.description.with_values(part.numbers)
            found = [sum_block(model, at_point, block, task.simulations) for block in part.blocks]
        except (
            ArithmeticError,
            AssertionError,
            LookupError,
            MemoryError,
            RuntimeError,
            TypeError,
            ValueError,
        ) as error:
            failures[part.point] = f"{type(error).__name__}: {error}"
            continue
        units += range(part.first_unit, part.first_unit + len(part.blocks))
        sums += found
    return TaskResult(
        task.units, pack_rows(units, sums) if units else b"", failures, sum(len(part.blocks) for part in task.parts)
    )


def load_kernels() -> None:
    """Compiles what is compiled, or loads it, before there is any work."""
    model = two_states()
    CompiledModel(model).answer_utilities(sample_model(model, range(2), sampler=COMPILED), with_grave=True)


def make_tasks(
    points: Sequence[SweepPoint],
    missing: NDArray[np.bool_],
    blocks_per_point: int,
    simulations: int,
    most_units: int,
) -> Iterator[SweepTask]:
    """The tasks that are left, each of units that follow each other, in order.

    Args:
        points: All settings.
        missing: Which units are not there yet, shape (units,).
        blocks_per_point: How many units each setting has.
        simulations: Draws of each setting.
        most_units: Of one task.
    """
    for units in _runs(missing, most_units):
        models: dict[int, tuple[int, ModelDescription]] = {}
        parts = []
        for number in range(units.start // blocks_per_point, (units.stop - 1) // blocks_per_point + 1):
            start = number * blocks_per_point
            first, last = max(units.start, start), min(units.stop, start + blocks_per_point)
            description = points[number].description
            if description is None:
                continue
            place, _ = models.setdefault(id(description), (len(models), description))
            parts.append(TaskPart(number, place, points[number].numbers, range(first - start, last - start), first))
        if parts:
            yield SweepTask(units, simulations, tuple(one for _, one in models.values()), tuple(parts))


def _runs(missing: NDArray[np.bool_], most: int) -> Iterator[range]:
    """Where units are missing one after another, so many at a time at most."""
    import numpy as np

    edges = np.flatnonzero(np.diff(np.concatenate([[False], missing, [False]]).astype(np.int8)))
    for start, stop in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        for first in range(start, stop, most):
            yield range(first, min(first + most, stop))
