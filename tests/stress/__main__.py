"""`python -m tests.stress`: many mutated cases through everything, each with its seed, in processes that may die."""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from tests.stress.everything import run_everything
from tests.stress.hostile import TEXTS, harm_in, hostile_case, write_case
from tests.stress.mathematics import AREAS, try_areas
from tests.stress.mutants import mutated_case

MOST_SECONDS = 20.0
"""CPU seconds that a case may take."""
GIVE_UP = 120.0
AT_ONCE = 25
"""Cases that one process takes, after which another begins."""


class TooLong(Exception):
    """A case that is given up."""


def try_seed(seed: int, folder: Path) -> dict[str, Any]:
    """One mutated case through everything: what came of it, and in how many CPU seconds."""
    here = folder / str(seed)
    here.mkdir()
    case = write_case(mutated_case(seed), here)
    began = time.process_time()
    signal.setitimer(signal.ITIMER_PROF, GIVE_UP)
    try:
        came, why = run_everything(case, here / "out"), ""
    except Exception:  # noqa: BLE001 - whatever it is, it is told with its seed
        came, why = "failed", traceback.format_exc()
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    seconds = time.process_time() - began
    if came == "assessed" and seconds > MOST_SECONDS:
        came, why = "slow", f"{seconds:.1f} s"
    shutil.rmtree(here)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seed": seed, "came": came, "seconds": round(seconds, 2), "peak": round(peak), "why": why}


def give_up(*_: Any) -> None:
    """Ends a case that takes too long."""
    raise TooLong


def try_some(seeds: range) -> None:
    """The cases of some seeds, a line of JSON each as soon as it is done."""
    signal.signal(signal.SIGPROF, give_up)
    with tempfile.TemporaryDirectory() as folder:
        for seed in seeds:
            print(json.dumps(try_seed(seed, Path(folder))), flush=True)


def in_process(seeds: range) -> Iterator[dict[str, Any]]:
    """The same in a process of its own; where it dies, the seed that killed it is told, and the rest follows."""
    while seeds:
        command = [sys.executable, "-W", "error", "-m", "tests.stress", "some", str(seeds.start), str(seeds.stop)]
        answer = subprocess.run(command, capture_output=True, text=True)
        done = [json.loads(line) for line in answer.stdout.splitlines() if line.startswith("{")]
        yield from done
        seeds = range(seeds.start + len(done), seeds.stop)
        if seeds:
            yield {"seed": seeds.start, "came": "died", "why": f"exit {answer.returncode}: {answer.stderr[-2000:]}"}
            seeds = seeds[1:]


def run(count: int, first: int, workers: int) -> int:
    """Tries that many seeds and prints what failed; the number of failures."""
    chunks = [range(n, min(n + AT_ONCE, first + count)) for n in range(first, first + count, AT_ONCE)]
    with ThreadPoolExecutor(workers) as pool:
        found = [one for chunk in pool.map(lambda seeds: list(in_process(seeds)), chunks) for one in report(chunk)]
    came = Counter(one["came"] for one in found)
    slowest = max(found, key=lambda one: one.get("seconds", 0))
    largest = max(found, key=lambda one: one.get("peak", 0))
    print(f"{count} cases from seed {first}: {dict(came)}")
    print(f"slowest {slowest.get('seconds')} s (seed {slowest['seed']}), largest process {largest.get('peak')} MB")
    return sum(came[kind] for kind in ("failed", "died", "slow"))


def report(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What failed, printed as soon as it is known."""
    for one in found:
        if one["came"] not in ("refused", "assessed"):
            print(f"seed {one['seed']} {one['came']}:\n{one['why']}", flush=True)
    return found


def try_hostile() -> int:
    """Every hostile text through everything, printing what could do harm; how much there is."""
    harms = 0
    for name, text in TEXTS.items():
        written, places = hostile_case([text])
        with tempfile.TemporaryDirectory() as folder:
            out = Path(folder, "out")
            came = run_everything(write_case(written, Path(folder)), out)
            found = list(harm_in(out))
            files = sum(path.is_file() for path in out.rglob("*"))
        harms += len(found) + (came != "assessed")
        print(f"{name}: in {places} places, {came}, {files} files, {len(found)} harms", *found, sep="\n  ", flush=True)
    return harms


def main() -> None:
    """Reads the call."""
    parser = argparse.ArgumentParser(prog="tests.stress", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    mutants = commands.add_parser("mutants", help="mutated cases through everything")
    mutants.add_argument("--count", type=int, default=3000)
    mutants.add_argument("--first", type=int, default=1)
    mutants.add_argument("--workers", type=int, default=2)
    some = commands.add_parser("some", help="the cases of some seeds, in this process")
    some.add_argument("first", type=int)
    some.add_argument("stop", type=int)
    commands.add_parser("hostile", help="hostile text in every place that takes text, through every format")
    lines = commands.add_parser("mathematics", help="changed lines of mathematics against the tests of their area")
    lines.add_argument("--areas", nargs="*", choices=AREAS, default=list(AREAS))
    lines.add_argument("--count", type=int, default=4)
    lines.add_argument("--seed", type=int, default=1)
    one = commands.add_parser("show", help="the case of a seed")
    one.add_argument("seed", type=int)
    given = parser.parse_args()
    if given.command == "some":
        try_some(range(given.first, given.stop))
    elif given.command == "hostile":
        sys.exit(1 if try_hostile() else 0)
    elif given.command == "mathematics":
        sys.exit(1 if try_areas(given.areas, given.count, given.seed) else 0)
    elif given.command == "show":
        print(mutated_case(given.seed))
    else:
        sys.exit(1 if run(given.count, given.first, given.workers) else 0)


if __name__ == "__main__":
    main()
