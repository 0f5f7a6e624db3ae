"""A sweep: what is asked, worked out piece by piece, and put together."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from detente.assessment.assess import read_case
from detente.case.bundled import bundled_cases
from detente.errors import DetenteError, OutputError
from detente.files.atomic_write import locked_staging, output_errors
from detente.files.durable_write import write_through
from detente.sweeps.axes import BadSweep, SweepAxis, axes_of
from detente.sweeps.chunk_files import ChunkFiles
from detente.sweeps.executors import Executor, dask_cluster, processes, this_process
from detente.sweeps.grid import SweepPoint, SweptCase, grid_points, resolve_axes
from detente.sweeps.manifest import MANIFEST_FILE, MOST_SIMULATIONS, SweepManifest, make_manifest, read_manifest
from detente.sweeps.tasks import make_tasks, units_per_chunk
from detente.sweeps.totals import sweep_frame, write_outcomes

if TYPE_CHECKING:
    import polars

DEFAULT_SIMULATIONS = 4_096
MOST_POINTS = 20_000
_ADDRESS = re.compile(r"(?:tcp://)?[\w.:\[\]-]+:\d{1,5}/?")
MOST_IN_ALL = 10**10
"""Simulations of all settings."""


@dataclass(frozen=True)
class SweepProgress:
    """How far a sweep is."""

    done: int
    """Blocks that are there, those of earlier runs included."""
    of: int
    """Blocks in all."""
    seconds_left: float | None
    """At the speed so far; None before anything was done."""


@dataclass(frozen=True)
class SweepResult:
    """What a sweep came to."""

    folder: Path
    manifest: SweepManifest
    frame: polars.DataFrame
    """The outcomes of every setting that is done."""
    failures: Mapping[int, str]
    """Why a setting is not, by its number."""


def sweep(
    case: str | Path,
    over: Mapping[str, Sequence[float | str] | str] | Sequence[str],
    out: str | Path,
    simulations: int = DEFAULT_SIMULATIONS,
    workers: int = 0,
    cluster: str | None = None,
    chunk: int | None = None,
    on_progress: Callable[[SweepProgress], None] = lambda progress: None,
) -> SweepResult:
    """Asks one question at many settings of a case, or of every case in a folder.

    What is done lies in the folder in chunk files; the same call goes on from there, whatever stopped it.

    Args:
        case: A bundled case, a file, a folder with a case, or a folder of cases.
        over: What is swept: by path of a number its values, by `choice=NAME` options (none for all), by `scenario`
            the names of scenarios, `as-it-is` for none.
        out: The folder for what is found.
        simulations: Of each setting.
        workers: Processes that work; 0 for this one alone.
        cluster: The address of the scheduler of a Dask cluster that is there, to work on that instead.
        chunk: Blocks of 2,048 simulations that go into one file, if not as many as are about a second's work.
        on_progress: Is told how far it is.

    Returns:
        The outcomes by name in one tidy frame, and which settings failed.

    Raises:
        BadSweep: If it cannot be asked so, with all that is wrong.
        OutputError: If the folder is that of another sweep, or cannot be written.
        WorkersLost: If the cluster cannot be reached, or processes end again and again.
    """
    axes = _checked_axes(over, simulations, workers, cluster, chunk)
    folder = Path(out)
    who_works = dask_cluster(cluster) if cluster else processes(workers) if workers else this_process()
    with who_works as executor:
        cases = read_swept_cases(str(case))
        if all(one.loaded is None for one in cases):
            raise BadSweep([line for one in cases for line in one.fault.splitlines()])
        axes = resolve_axes(axes, cases)
        _check_size(cases, axes, simulations)
        points = list(grid_points(cases, axes))
        _check_points(points, is_one_case=len(cases) == 1)
        manifest = make_manifest(cases, axes, points, simulations)
        most_units = chunk or units_per_chunk(manifest.unit_count, workers)
        return _run(manifest, points, folder, executor, most_units, on_progress)


def _checked_axes(
    over: Mapping[str, Sequence[float | str] | str] | Sequence[str],
    simulations: int,
    workers: int,
    cluster: str | None,
    chunk: int | None,
) -> tuple[SweepAxis, ...]:
    """The axes, if there is nothing wrong with what can be seen without a case."""
    faults: list[str] = []
    axes: tuple[SweepAxis, ...] = ()
    try:
        axes = axes_of(over)
    except BadSweep as error:
        faults += error.faults
    if cluster and not _ADDRESS.fullmatch(cluster):
        faults.append(f"--cluster: '{cluster}' is no address of a scheduler, such as tcp://10.0.0.5:8786")
    if cluster and workers:
        faults.append("--workers: a cluster has its own workers; choose one of the two")
    if not 1 <= simulations <= MOST_SIMULATIONS:
        faults.append(f"--simulations: {simulations} is not from 1 to {MOST_SIMULATIONS}")
    if workers < 0 or (chunk is not None and chunk < 1):
        faults.append("--workers is 0 or more, and --chunk 1 or more")
    if faults:
        raise BadSweep(faults)
    return axes


def _run(
    manifest: SweepManifest,
    points: Sequence[SweepPoint],
    folder: Path,
    executor: Executor,
    most_units: int,
    on_progress: Callable[[SweepProgress], None],
) -> SweepResult:
    """Works out what is missing in the folder of a sweep, and puts all together."""
    with ExitStack() as held:
        with output_errors(folder):
            folder.mkdir(parents=True, exist_ok=True)
            held.enter_context(locked_staging((folder / MANIFEST_FILE).absolute()))
        _put_manifest(folder, manifest)
        chunks = ChunkFiles(folder, manifest.unit_count)
        chunks.prepare()
        failures = {number: point.fault for number, point in enumerate(points) if point.fault}
        failures |= _work(manifest, points, chunks, executor, most_units, on_progress)
        for number in range(len(points)):
            if number in failures:
                chunks.write_failure(number, _failure_json(manifest, number, failures[number]))
            else:
                chunks.forget_failure(number)
        frame = sweep_frame(manifest, chunks)
        write_outcomes(folder, frame)
    return SweepResult(folder, manifest, frame, failures)


def read_sweep(folder: str | Path) -> SweepResult:
    """A sweep as far as it is done, from its folder.

    Raises:
        DetenteError: If it is none.
    """
    manifest = read_manifest(Path(folder))
    chunks = ChunkFiles(Path(folder), manifest.unit_count)
    failures = {}
    for number in chunks.failed_points():
        if number < len(manifest.points):
            with suppress(OSError, ValueError, AttributeError):
                failures[number] = str(json.loads(chunks.failure_file(number).read_bytes()).get("error", ""))
    return SweepResult(Path(folder), manifest, sweep_frame(manifest, chunks), failures)


def read_swept_cases(name: str) -> tuple[SweptCase, ...]:
    """A case, or every case of a folder of cases: folders with a `case.yaml`, and files.

    Raises:
        DetenteError: If a single case cannot be read. Of a folder, the cases that cannot are told with the others.
    """
    folder = Path(name)
    if name in bundled_cases() or not folder.is_dir() or (folder / "case.yaml").exists():
        return (SweptCase(name, read_case(name)),)
    names = sorted(
        [str(file.parent) for file in folder.glob("*/case.yaml")]
        + [str(file) for kind in ("*.yaml", "*.yml") for file in folder.glob(kind)]
    )
    if not names:
        raise DetenteError(f"'{name}' holds no case: no case.yaml, no folder with one, no YAML file")
    return tuple(_read_if_possible(one) for one in names)


def _read_if_possible(name: str) -> SweptCase:
    try:
        name.encode()
    except UnicodeEncodeError:
        return SweptCase(ascii(name), None, "its name is not text in UTF-8; call it otherwise")
    try:
        return SweptCase(name, read_case(name))
    except DetenteError as error:
        return SweptCase(name, None, str(error))


def _check_size(cases: Sequence[SweptCase], axes: Sequence[SweepAxis], simulations: int) -> None:
    points = len(cases)
    for axis in axes:
        points *= len(axis.values)
    if points > MOST_POINTS:
        raise BadSweep([f"--over: these are {points} settings, and {MOST_POINTS} are the most; take fewer values"])
    if points * simulations > MOST_IN_ALL:
        raise BadSweep([f"these are {points * simulations} simulations in all, and {MOST_IN_ALL} are the most"])


def _check_points(points: Sequence[SweepPoint], is_one_case: bool) -> None:
    """Stops where nothing at all can be worked out, or a value of the one case is none that may stand there.

    Of several cases, those that can be swept are.
    """
    faulty = [point for point in points if is_one_case and point.is_value_fault]
    if all(point.fault for point in points):
        faulty = list(points)
    if faulty:
        raise BadSweep(list(dict.fromkeys(line for point in faulty for line in point.fault.splitlines())))


def _put_manifest(folder: Path, manifest: SweepManifest) -> None:
    if (folder / MANIFEST_FILE).exists():
        before = read_manifest(folder)
        if found := manifest.differences(before):
            raise OutputError(
                f"'{folder}' is the folder of another sweep ({', '.join(found)} differ); name another place with --out"
            )
        if before == manifest:
            return
    elif any(folder.iterdir()):
        others = [entry.name for entry in folder.iterdir() if not entry.name.startswith(".")]
        if others:
            raise OutputError(f"'{folder}' holds files that are none of a sweep; name another place with --out")
    write_through(folder / MANIFEST_FILE, manifest.model_dump_json(indent=1).encode())


def _work(
    manifest: SweepManifest,
    points: Sequence[SweepPoint],
    chunks: ChunkFiles,
    executor: Executor,
    most_units: int,
    on_progress: Callable[[SweepProgress], None],
) -> dict[int, str]:
    """Works out what is missing. Gives why a setting failed, by its number."""
    done = chunks.done()
    can_be_done = sum(point.description is not None for point in points) * manifest.blocks_per_point
    there, begun, found_now = int(done.sum()), monotonic(), 0
    on_progress(SweepProgress(there, can_be_done, None))
    failures: dict[int, str] = {}
    tasks = make_tasks(points, ~done, manifest.blocks_per_point, manifest.simulations, most_units)
    for result in executor(tasks):
        if result.rows:
            chunks.write(result.units, result.rows)
        failures |= result.failures
        found_now += result.blocks
        left = can_be_done - there - found_now
        on_progress(SweepProgress(there + found_now, can_be_done, (monotonic() - begun) / found_now * left))
    return failures


def _failure_json(manifest: SweepManifest, number: int, error: str) -> bytes:
    """Why a setting failed, with its inputs."""
    point = manifest.points[number]
    settings = {axis.heading: value for axis, value in zip(manifest.axes, point.settings, strict=True)}
    return json.dumps({"case": point.case, "settings": settings, "error": error}, indent=1).encode()
