"""What the chunk files of a sweep add up to: one tidy frame of outcomes by name."""

from __future__ import annotations

import io
from array import array
from collections.abc import Iterator
from math import sqrt
from pathlib import Path
from typing import TYPE_CHECKING

from detente.files.atomic_write import output_errors
from detente.files.durable_write import write_through
from detente.methods.sensitivity.group_errors import FEWEST_GROUPS, GROUP_SIZE
from detente.results.outcome import Outcome
from detente.rooms.acceptance.outcomes import GENEROUS, STRICT, UTILITY
from detente.sweeps.block_sums import MEASURES, SUMS
from detente.sweeps.chunk_files import SUM_COLUMNS, ChunkFiles
from detente.sweeps.manifest import SavedAnswer, SweepManifest
from detente.text.safe_text import csv_text

if TYPE_CHECKING:
    import numpy as np
    import polars
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

OUTCOMES_FILE = "outcomes.parquet"
OUTCOMES_TABLE = "outcomes.csv"
KINDS = dict(zip(MEASURES, (STRICT, GENEROUS, UTILITY), strict=True))


def point_sums(manifest: SweepManifest, chunks: ChunkFiles) -> Iterator[tuple[int, Floats]]:
    """What each setting adds up to of which all units are there: its number, and sums (answers, measures, sums).

    Units are added in their order, one by one, so that no bit of a sum hangs on which file holds what. Of the files no
    more are held at a time than a setting has its units in.
    """
    import numpy as np

    per_point = manifest.blocks_per_point
    spans = [(chunks.span(file), file) for file in chunks.files()]
    waiting = sorted((one for one in spans if one[0]), key=lambda one: one[0].start)
    held: list[tuple[int, NDArray[np.uint32], Floats]] = []
    for number in range(len(manifest.points)):
        start, stop = number * per_point, (number + 1) * per_point
        held = [one for one in held if one[0] >= start]
        while waiting and waiting[0][0].start < stop:
            span, file = waiting.pop(0)
            units, values = _rows_of(chunks, file)
            held.append((span.stop - 1, units, values))
        picked = [((units >= start) & (units < stop), units, values) for _, units, values in held]
        units = np.concatenate([units[rows] for rows, units, _ in picked] or [np.empty(0, np.uint32)])
        if len(np.unique(units)) < per_point:
            continue
        of_point = np.concatenate([values[rows] for rows, _, values in picked])
        by_unit = of_point[np.argsort(units, kind="stable")].reshape(per_point, -1, len(MEASURES), len(SUMS))
        total = by_unit[0]
        for of_unit in by_unit[1:]:
            total = total + of_unit
        yield number, total


def _rows_of(chunks: ChunkFiles, file: Path) -> tuple[NDArray[np.uint32], Floats]:
    """The unit of each row of a file, and its sums; of each unit the answers in their order."""
    frame = chunks.read(file).sort("unit", "answer")
    return frame["unit"].to_numpy(), frame.select(SUM_COLUMNS).to_numpy()


def outcome_rows(manifest: SweepManifest, chunks: ChunkFiles) -> Iterator[tuple[int, Outcome]]:
    """Every outcome of the settings that are done: the number of the setting, and the outcome."""
    for number, sums in point_sums(manifest, chunks):
        listed = manifest.points[number].answers
        for answer, of_answer in zip(() if listed is None else manifest.answers[listed], sums, strict=True):
            yield from ((number, outcome) for outcome in _outcomes(answer, of_answer, manifest.simulations))


def _outcomes(answer: SavedAnswer, sums: Floats, draws: int) -> Iterator[Outcome]:
    """The outcomes of an answer."""
    keys = (answer.channel, answer.form, answer.theory)
    for measure, of_measure in zip(MEASURES, sums.tolist(), strict=True):
        total, squares, group_total, group_squares = of_measure
        mean = total / draws
        groups = draws // GROUP_SIZE
        spread = sqrt(max(squares / draws - mean**2, 0.0))
        if measure == "utility":
            error = spread / sqrt(draws)
        elif groups >= FEWEST_GROUPS:
            group_mean = group_total / groups
            error = sqrt(max(group_squares - groups * group_mean**2, 0.0) / (groups - 1) / groups)
        else:
            error = spread / sqrt(max(draws - 1, 1))
        yield KINDS[measure].at(mean, *keys, error=error, year=answer.year)


def sweep_frame(manifest: SweepManifest, chunks: ChunkFiles) -> polars.DataFrame:
    """The outcomes of a sweep: a row for each setting and outcome, with a column for each thing that is swept."""
    import polars as pl

    # Plain numbers, and each name once: there may be a million rows.
    numbers, values, errors, years = array("L"), array("d"), array("d"), array("l")
    names: list[str] = []
    units: list[str] = []
    known: dict[str, str] = {}
    for number, outcome in outcome_rows(manifest, chunks):
        quantity = outcome.quantity
        numbers.append(number)
        names.append(known.setdefault(outcome.name, outcome.name))
        values.append(quantity.value)
        errors.append(quantity.error or 0.0)
        units.append(quantity.unit)
        years.append(quantity.year or 0)
    points = manifest.points
    columns = {
        "point": pl.Series(numbers, dtype=pl.UInt32),
        "case": pl.Series([points[number].case for number in numbers], dtype=pl.String),
    }
    for place, axis in enumerate(manifest.axes):
        settings = [points[number].settings[place] for number in numbers]
        columns[axis.heading] = pl.Series(settings, dtype=pl.Float64 if axis.kind == "number" else pl.String)
    return pl.DataFrame(
        columns
        | {
            "outcome": pl.Series(names, dtype=pl.String),
            "value": pl.Series(values, dtype=pl.Float64),
            "error": pl.Series(errors, dtype=pl.Float64),
            "unit": pl.Series(units, dtype=pl.String),
            "year": pl.Series(years, dtype=pl.Int32),
            "simulations": pl.repeat(manifest.simulations, len(numbers), dtype=pl.UInt64, eager=True),
        }
    )


def write_outcomes(folder: Path, frame: polars.DataFrame) -> None:
    """The frame as files of the sweep's folder."""
    packed = io.BytesIO()
    frame.write_parquet(packed, compression="zstd", statistics=False)
    with output_errors(folder):
        write_through(folder / OUTCOMES_FILE, packed.getvalue())
        write_through(folder / OUTCOMES_TABLE, csv_text(frame.columns, frame.iter_rows()).encode())
