"""What repeated games promise about speed, beside the axelrod library in the same run.

Matches in a CPU second, best of several runs; `bench.py` prints them. One exact match is set against one that axelrod
plays, which with noise is one sample of many that a mean would take.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from time import perf_counter, process_time
from typing import Any

import numpy as np

from detente.methods.games.repeated.markov_play import LONG_RUN, Horizon
from detente.methods.games.repeated.tournament import round_robin
from detente.methods.games.strategies.automaton import Automaton, memory_one_automaton
from detente.methods.games.strategies.library import automaton, strategy_library

TURNS = 200
NOISE = 0.05
RUNS = 3
MOST_STATES = 100
"""States of the largest strategy played; three have more, and take most of the time where they play."""
SAMPLED = 150
"""Matches that the axelrod library plays in a run."""


def per_second(work: Callable[[], int]) -> float:
    """Matches in a CPU second, the most of several runs."""
    found = []
    for _ in range(RUNS):
        begun = process_time()
        matches = work()
        found.append(matches / (process_time() - begun))
    return max(found)


def ours(players: Sequence[Automaton], horizon: Horizon, noise: float) -> float:
    """Pairs of players in a CPU second, on one core."""
    round_robin(players[:30], horizon, noise, workers=1)  # what is compiled once is not counted

    def work() -> int:
        round_robin(players, horizon, noise, workers=1)
        return len(players) * (len(players) + 1) // 2

    return per_second(work)


def theirs(players: Sequence[Callable[[], Any]], noise: float) -> float:
    """Sampled matches of random pairs of the same players in a CPU second."""
    import axelrod

    source = np.random.default_rng(1)
    pairs = source.integers(len(players), size=(SAMPLED, 2)).tolist()

    def work() -> int:
        for seed, (i, j) in enumerate(pairs):
            axelrod.Match((players[i](), players[j]()), turns=TURNS, noise=noise, seed=seed).play()
        return len(pairs)

    return per_second(work)


def any_automata(count: int, low: int, high: int) -> list[Automaton]:
    """Random automata without chance, of so many states."""
    source = np.random.default_rng(7)
    found = []
    for _ in range(count):
        n = int(source.integers(low, high + 1))
        moves = np.zeros((n, 4, n))
        np.put_along_axis(moves, source.integers(n, size=(n, 4, 1)), 1.0, axis=2)
        found.append(Automaton(source.integers(0, 2, n).astype(float), moves, np.eye(n)[0]))
    return found


def tournament(count: int = 1000) -> float:
    """Seconds of wall time for a noisy tournament of random automata of 2 to 16 states, on all cores."""
    players = any_automata(count, 2, 16)
    round_robin(players[:30], Horizon(turns=TURNS), NOISE)
    begun = perf_counter()
    round_robin(players, Horizon(turns=TURNS), NOISE)
    return perf_counter() - begun


def rows() -> list[tuple[str, float, float | None, str]]:
    """What was played, matches in a CPU second here, in axelrod, and the aim."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import axelrod
    source = np.random.default_rng(3)
    chances = source.random((400, 5))
    sampled = [lambda c=c: axelrod.MemoryOnePlayer(tuple(c[:4]), initial=axelrod.Action.C) for c in chances.tolist()]
    known = {player.name: player for player in axelrod.strategies}
    library = [(automaton(one), known[one.name]) for one in strategy_library().values()]
    plain = [pair for pair in library if pair[0].deterministic and pair[0].size <= MOST_STATES]
    small = [pair for pair in plain if pair[0].size <= 4]
    memory = [memory_one_automaton(c[:4]) for c in chances.tolist()]
    turns = Horizon(turns=TURNS)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        slow = theirs(sampled, 0.02)
        still, noisy, few = (
            theirs([player for _, player in among], noise)
            for among, noise in ((plain, 0.0), (plain, NOISE), (small, NOISE))
        )
    everybody, simple = [one for one, _ in plain], [one for one, _ in small]
    return [
        (f"memory-one, noise .02, {TURNS} rounds", ours(memory, turns, 0.02), slow, "5,000 times"),
        (f"{len(plain)} declared without chance, {TURNS} rounds", ours(everybody, turns, 0.0), still, "1,000 times"),
        (f"the same, noise {NOISE:g}", ours(everybody, turns, NOISE), noisy, "500 times"),
        (f"those {len(small)} of up to 4 states, noise {NOISE:g}", ours(simple, turns, NOISE), few, "500 times"),
        (
            f"the {len(plain)} discounted by .95, noise {NOISE:g}",
            ours(everybody, Horizon(discount=0.95), NOISE),
            None,
            "",
        ),
        (f"the {len(plain)} in the long run, noise {NOISE:g}", ours(everybody, LONG_RUN, NOISE), None, ""),
    ]


def table() -> str:
    """The rows as a table, and the tournament of a thousand."""
    lines = ["| matches in a CPU second | here | axelrod 4.13.1 | times | aim |", "|---|---|---|---|---|"]
    for what, here, there, aim in rows():
        beside = f"{there:,.0f} | {here / there:,.0f}" if there else "not offered |"
        lines.append(f"| {what} | {here:,.0f} | {beside} | {aim} |")
    lines.append("")
    lines.append(f"A noisy tournament of 1,000 random automata of 2 to 16 states: {tournament():.0f} s on all cores.")
    return "\n".join(lines)


if __name__ == "__main__":
    print(table())
