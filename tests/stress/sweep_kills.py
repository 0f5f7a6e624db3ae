"""Sweeps killed at random moments, gone on with, and held against one that nobody disturbed: the same bytes, each time.

    python -m tests.stress.sweep_kills --kills 50 --seed 1

Killed are the program, a process of its pool, a worker of a Dask cluster, and its scheduler, with SIGKILL; whatever is
gone is begun anew, and the sweep goes on with whoever works next, in chunks of another size each time. Also tried: a
disk without room, on which no file may be left in part.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

RESULTS = ("outcomes.parquet", "outcomes.csv", "sweep.json")
OVER = ("--over", "channels.league-to-league.exclusivity=0:1:5", "--over", "scenario=as-it-is,abbess-decides")
WORKERS_LOST = 3
TARGETS = {
    "here": ("program",),
    "processes": ("program", "pool worker"),
    "cluster": ("program", "Dask worker", "scheduler"),
}
MOST_SECONDS = 600


@dataclass
class Cluster:
    """A Dask scheduler and its workers, in processes of their own."""

    folder: Path
    worker_count: int = 2
    scheduler: subprocess.Popen[bytes] | None = None
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)
    begun: int = 0

    def ensure(self) -> str:
        """Begins whatever of it is not there; gives the scheduler's address."""
        file = self.folder / f"scheduler-{self.begun}.json"
        if self.scheduler is None or self.scheduler.poll() is not None:
            self.stop()
            self.begun += 1
            file = self.folder / f"scheduler-{self.begun}.json"
            self.scheduler = _dask("scheduler", "--port", "0", "--no-dashboard", "--scheduler-file", str(file))
        self.workers = [worker for worker in self.workers if worker.poll() is None]
        deadline = time.monotonic() + 60
        while not file.exists() or not file.read_text():
            if time.monotonic() > deadline:
                raise TimeoutError("the scheduler does not begin")
            time.sleep(0.05)
        while len(self.workers) < self.worker_count:
            self.workers.append(
                _dask("worker", "--nthreads", "1", "--no-nanny", "--no-dashboard", "--scheduler-file", str(file))
            )
        import json

        return str(json.loads(file.read_text())["address"])

    def stop(self) -> None:
        """Ends all of it."""
        for process in (self.scheduler, *self.workers):
            if process is not None:
                with suppress(OSError):
                    process.kill()
                process.wait()
        self.scheduler, self.workers = None, []


def _dask(*words: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "dask", *words]
    return subprocess.Popen(command, cwd=tempfile.gettempdir(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def sweep_command(out: Path, simulations: int, *options: str) -> list[str]:
    """The command line of the sweep."""
    words = ["-m", "detente", "sweep", "two-leagues", *OVER, "--simulations", str(simulations), "--out", str(out)]
    return [sys.executable, *words, *options]


def digests(out: Path) -> dict[str, str]:
    """What a sweep found, each file by its SHA-256."""
    return {name: hashlib.sha256((out / name).read_bytes()).hexdigest() for name in RESULTS}


def children(pid: int) -> list[int]:
    """The processes that a process began."""
    found = []
    for folder in Path("/proc").iterdir():
        with suppress(OSError, ValueError, IndexError):
            if int((folder / "stat").read_text().rpartition(")")[2].split()[1]) == pid:
                found.append(int(folder.name))
    return found


def pool_workers(program: int) -> list[int]:
    """The processes of a program's pool: not the one that only counts what they share."""
    return [pid for pid in children(program) if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()]


def processes_called(name: str, program: int, cluster: Cluster) -> list[int]:
    """The processes that may be killed under a name."""
    if name == "pool worker":
        return pool_workers(program)
    if name == "Dask worker":
        return [worker.pid for worker in cluster.workers]
    if name == "scheduler":
        return [cluster.scheduler.pid] if cluster.scheduler else []
    return [program]


def no_parts(out: Path) -> bool:
    """Whether nothing in the folder is half a file that counts."""
    return all(file.stat().st_size > 0 for file in out.rglob("*.parquet"))


def run_with_kills(out: Path, simulations: int, kills: int, rng: random.Random, cluster: Cluster) -> Counter[str]:
    """One sweep, killed so often on its way, until it is done."""
    killed: Counter[str] = Counter()
    while True:
        chunk = str(rng.choice([1, 3, 16, 64]))
        kind = rng.choice(["here", "processes", "processes", "cluster", "cluster"])
        options = {
            "here": [],
            "processes": ["--workers", str(rng.choice([1, 2, 4]))],
            "cluster": ["--cluster", cluster.ensure()] if kind == "cluster" else [],
        }[kind]
        program = subprocess.Popen(
            sweep_command(out, simulations, "--chunk", chunk, *options),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        wait_for_chunks(out, program, rng)
        while program.poll() is None and killed.total() < kills:
            name = rng.choice(TARGETS[kind])
            if victims := processes_called(name, program.pid, cluster):
                with suppress(ProcessLookupError):
                    os.kill(rng.choice(victims), signal.SIGKILL)
                    killed[name] += 1
            if kind == "cluster" and name == "Dask worker":
                cluster.ensure()
            if name in ("program", "scheduler"):
                break
            time.sleep(rng.uniform(0.2, 1.0))
        _, told = program.communicate(timeout=MOST_SECONDS)
        assert no_parts(out), "a file is there in part"
        if program.returncode == 0:
            return killed
        assert program.returncode in (-signal.SIGKILL, WORKERS_LOST), told.decode()
        assert program.returncode < 0 or b"goes on from there" in told, told.decode()
        assert b"Traceback" not in told, told.decode()


def wait_for_chunks(out: Path, program: subprocess.Popen[bytes], rng: random.Random) -> None:
    """Waits until a sweep has written something more, and a little longer."""
    before = len(list(out.glob("chunks/*.parquet")))
    deadline = time.monotonic() + 60
    while program.poll() is None and time.monotonic() < deadline:
        if len(list(out.glob("chunks/*.parquet"))) > before:
            break
        time.sleep(0.02)
    time.sleep(rng.uniform(0, 0.3))


def full_disk(out: Path, simulations: int) -> None:
    """A sweep that may write no file of more than a few bytes: it says so, and leaves nothing in part."""
    limit = 8_000  # room for the manifest, and not for a chunk of all that there is
    command = sweep_command(out, simulations, "--chunk", "100000")

    def limited() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    answer = subprocess.run(command, capture_output=True, preexec_fn=limited, timeout=MOST_SECONDS)
    assert answer.returncode == 2, answer.stderr.decode()
    assert b"cannot be written" in answer.stderr, answer.stderr.decode()
    assert b"Traceback" not in answer.stderr
    assert (out / "sweep.json").exists()
    assert not list(out.glob("chunks/*.parquet"))
    assert not list(out.rglob("*.part")), "half a file is left"


def check(kills: int, seed: int, simulations: int, per_sweep: int) -> Counter[str]:
    """Sweeps with so many kills in all, each held against one that was not disturbed."""
    rng, killed = random.Random(seed), Counter[str]()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        subprocess.run(sweep_command(root / "undisturbed", simulations), check=True, stdout=subprocess.DEVNULL)
        expected = digests(root / "undisturbed")
        full_disk(root / "full", simulations)
        subprocess.run(sweep_command(root / "full", simulations), check=True, stdout=subprocess.DEVNULL)
        assert digests(root / "full") == expected, "after a full disk the result is another"
        cluster = Cluster(root)
        try:
            number = 0
            while killed.total() < kills:
                number += 1
                out = root / f"sweep-{number}"
                killed += run_with_kills(out, simulations, min(per_sweep, kills - killed.total()), rng, cluster)
                assert digests(out) == expected, f"sweep {number} of seed {seed} is another"
                print(f"{killed.total()} kills, {number} sweeps: {dict(killed)}", flush=True)
        finally:
            cluster.stop()
    return killed


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--simulations", type=int, default=200_000)
    parser.add_argument("--per-sweep", type=int, default=5)
    asked = parser.parse_args()
    print(check(asked.kills, asked.seed, asked.simulations, asked.per_sweep))
