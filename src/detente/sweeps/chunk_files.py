"""The chunk files of a sweep: the only truth about what is done. Each is written whole, forced to disk, and renamed.

The work of a sweep is numbered: unit 0 is the first block of the first setting, and so on. A chunk file holds the rows
of some units, whichever were missing when it was made; what is done is what rows there are, and not what files are
called. So a sweep goes on from whatever is there, also with chunks of another size.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from detente.errors import OutputError
from detente.files.atomic_write import output_errors
from detente.files.durable_write import PART_SUFFIX, write_through
from detente.sweeps.block_sums import MEASURES, SUMS

if TYPE_CHECKING:
    import numpy as np
    import polars
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

CHUNKS_FOLDER, FAILED_FOLDER = "chunks", "failed"
SUM_COLUMNS = tuple(f"{measure}_{sum_name}" for measure in MEASURES for sum_name in SUMS)


def pack_rows(units: Sequence[int], sums: Sequence[Floats]) -> bytes:
    """The rows of some units as they stand in a chunk file: one for each answer of each unit.

    Args:
        units: Their numbers, in order.
        sums: Of each, shape (answers, measures, sums).
    """
    import numpy as np
    import polars as pl

    counts = [len(of_unit) for of_unit in sums]
    width = len(SUM_COLUMNS)
    values = np.concatenate([of_unit.reshape(-1, width) for of_unit in sums]) if sums else np.empty((0, width))
    frame = pl.DataFrame(
        {
            "unit": np.repeat(np.asarray(units, dtype=np.uint32), counts),
            "answer": np.concatenate(
                [np.arange(count, dtype=np.uint16) for count in counts] or [np.empty(0, np.uint16)]
            ),
            **{name: values[:, place] for place, name in enumerate(SUM_COLUMNS)},
        }
    )
    packed = io.BytesIO()
    frame.write_parquet(packed, compression="zstd", statistics=False)
    return packed.getvalue()


class ChunkFiles:
    """The chunk files in the folder of a sweep."""

    def __init__(self, folder: Path, unit_count: int):
        self.folder, self.unit_count = folder, unit_count

    def prepare(self) -> None:
        """Makes the folders, and removes what was being written when a program was killed."""
        with output_errors(self.folder):
            for name in (CHUNKS_FOLDER, FAILED_FOLDER):
                (self.folder / name).mkdir(parents=True, exist_ok=True)
                for part in (self.folder / name).glob(f".*{PART_SUFFIX}"):
                    part.unlink()

    def files(self) -> list[Path]:
        """All that are there, by the first of their units."""
        return sorted((self.folder / CHUNKS_FOLDER).glob("units-*.parquet"))

    def read(self, file: Path, columns: Sequence[str] | None = None) -> polars.DataFrame:
        """The rows of a file."""
        import polars as pl

        remedy = "remove it, and run the sweep again: it works it out anew"
        try:
            content = file.read_bytes()
        except OSError as error:
            raise OutputError(f"'{file}' cannot be read ({error.strerror}); {remedy}") from error
        if not file.stem.endswith(f"-{_digest(content)}"):
            raise OutputError(f"'{file}' is not what was written there; {remedy}")
        return pl.read_parquet(io.BytesIO(content), columns=list(columns) if columns else None)

    def units(self, file: Path) -> NDArray[np.uint32]:
        """The units of which a file has rows, in order."""
        units: NDArray[np.uint32] = self.read(file, ["unit"])["unit"].unique().sort().to_numpy()
        return units

    def span(self, file: Path) -> range:
        """From the first unit of a file to its last; nothing for a file without rows."""
        units = self.units(file)
        return range(int(units[0]), int(units[-1]) + 1) if len(units) else range(0)

    def done(self) -> NDArray[np.bool_]:
        """Which units are there, shape (units,).

        Raises:
            OutputError: If a file cannot be read, holds units that are none of this sweep, or some twice.
        """
        import numpy as np

        done = np.zeros(self.unit_count, dtype=bool)
        for file in self.files():
            units = self.units(file)
            if len(units) and (units.max() >= self.unit_count or done[units].any()):
                raise OutputError(f"'{file}' is no chunk of this sweep, or one too many; remove it")
            done[units] = True
        return done

    def write(self, units: range, rows: bytes) -> None:
        """Puts a chunk there, for good; its name ends with what shows later whether it is still what was written."""
        name = f"units-{units.start:09d}-{units.stop:09d}-{_digest(rows)}.parquet"
        write_through(self.folder / CHUNKS_FOLDER / name, rows)

    def write_failure(self, point: int, content: bytes) -> None:
        """Puts there why a setting failed."""
        write_through(self.failure_file(point), content)

    def forget_failure(self, point: int) -> None:
        """Takes away why a setting failed, once it has not."""
        with output_errors(self.folder), suppress(FileNotFoundError):
            self.failure_file(point).unlink()

    def failure_file(self, point: int) -> Path:
        """Where it stands why a setting failed."""
        return self.folder / FAILED_FOLDER / f"point-{point:06d}.json"

    def failed_points(self) -> list[int]:
        """The settings of which it stands there why they failed."""
        names = sorted((self.folder / FAILED_FOLDER).glob("point-*.json"))
        return [int(number) for name in names if (number := name.stem.removeprefix("point-")).isdecimal()]


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]
