"""Sweeps, in seconds of wall time: many settings, many cases, one process and two, a Dask cluster; and the memory."""

from __future__ import annotations

import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from detente.case.bundled import BUNDLED_FOLDER
from tests.stress.sweep_kills import Cluster

CASES = 42
LARGE = ("sweep", "nato-csto", "--simulations", "2000000", "--chunk", "64")


def seconds(*words: str | Path) -> float:
    """Wall time of a command, in a process of its own."""
    begun = perf_counter()
    subprocess.run([sys.executable, "-m", "detente", *map(str, words)], check=True, stdout=subprocess.DEVNULL)
    return perf_counter() - begun


def print_table() -> None:
    """The rows for `BENCHMARKS.md`."""
    rows: list[tuple[str, str, str]] = []
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        seconds("sweep", "two-leagues", "--simulations", "300", "--out", root / "warm")
        over = ("--over", "channels.bloc.exclusivity=0:1:20", "--over", "channels.bloc.efficiency=.5:1:10")
        taken = seconds("sweep", "nato-csto", *over, "--workers", "2", "--out", root / "settings")
        rows.append(("200 settings by 4,096 simulations, two processes", f"{taken:.1f}", "under 10"))
        for number in range(CASES):
            shutil.copytree(BUNDLED_FOLDER / "two-leagues", root / "cases" / f"case-{number}")
        taken = seconds("sweep", root / "cases", "--workers", "2", "--out", root / "of-cases")
        rows.append((f"{CASES} small cases, two processes", f"{taken:.1f}", "under 10"))
        one = seconds(*LARGE, "--workers", "1", "--out", root / "one")
        two = seconds(*LARGE, "--workers", "2", "--out", root / "two")
        rows.append(("2,000,000 simulations of the first case, one process", f"{one:.1f}", ""))
        rows.append(("the same, two processes", f"{two:.1f} ({one / two:.2f} times as fast)", ""))
        for count, alone in ((1, one), (2, two)):
            (root / f"dask-{count}").mkdir()
            cluster = Cluster(root / f"dask-{count}", count)
            try:
                address = cluster.ensure()
                seconds(
                    "sweep", "nato-csto", "--simulations", "300", "--cluster", address, "--out", root / f"w-{count}"
                )
                taken = seconds(*LARGE, "--cluster", address, "--out", root / f"by-dask-{count}")
            finally:
                cluster.stop()
            noun = "worker" if count == 1 else "workers"
            rows.append((f"the same on Dask with {count} {noun}", f"{taken:.1f} ({taken / alone - 1:+.0%})", "+10 %"))
        seconds("sweep", "nato-csto", "--simulations", "10000000", "--workers", "2", "--out", root / "ten")
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print("| what | s | aim |")
    print("|---|---|---|")
    for what, told, aim in rows:
        print(f"| {what} | {told} | {aim} |")
    print(f"\nThe largest process with 10,000,000 simulations: {peak:.0f} MB (aim: 600).")


if __name__ == "__main__":
    print_table()
