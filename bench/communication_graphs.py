"""What the gains room promises about speed, beside other programs on the same inputs.

Seconds of wall time, best of several runs; `bench.py` prints them.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from random import Random
from time import perf_counter
from typing import Any

import numpy as np

from detente.methods.networks.coalitional_games import myerson_value
from detente.methods.networks.communication_graph import Graph
from detente.methods.networks.myerson_blocks import block_shares
from detente.methods.networks.myerson_forest import forest_myerson_value

SIMULATION = Path(__file__).with_name("simulation.py")


def simulated(what: str) -> tuple[float, float]:
    """Seconds and megabytes of a simulation of the first case, in a process of its own."""
    printed = subprocess.run([sys.executable, SIMULATION, what], check=True, capture_output=True, text=True).stdout
    seconds, memory = map(float, printed.split())
    return seconds, memory


def best(work: Callable[[], object], runs: int = 5) -> float:
    """The least wall time of several runs."""
    taken = []
    for _ in range(runs):
        begun = perf_counter()
        work()
        taken.append(perf_counter() - begun)
    return min(taken)


def two_hubs(spokes: int) -> Graph:
    """Two linked hubs, each linked with every spoke."""
    return Graph.from_links(spokes + 2, [(0, 1), *((hub, at) for hub in (0, 1) for at in range(2, spokes + 2))])


def alliances(inside: str) -> Graph:
    """26 members around one of them, or all linked, whose leader is linked with each of 7 members of another star."""
    links = [(0, k) for k in range(1, 26)] if inside == "star" else list(combinations(range(26), 2))
    return Graph.from_links(33, [*links, *((0, 26 + k) for k in range(7)), *((26, 27 + k) for k in range(6))])


def tree(n: int = 200) -> tuple[list[tuple[int, int]], Any]:
    """A random tree, and what its pairs have to gain."""
    random = Random(1)
    synergies = np.random.default_rng(1).random((n, n))
    return [(k, random.randrange(k)) for k in range(1, n)], synergies + synergies.T


def rows() -> list[tuple[str, float, str]]:
    """What is measured, in seconds, with its aim."""
    links, gains = tree()
    (taken, memory), (whole, most), (lever, _) = map(simulated, ("gains", "decisions", "lever"))
    star, clique, hubs = alliances("star"), alliances("clique"), two_hubs(24)
    return [
        ("shares on 26 members around a leader and 7, with cycles", best(lambda: block_shares(star)), "under .2 s"),
        ("the same, the 26 all linked", best(lambda: block_shares(clique)), "under .2 s"),
        ("shares on two hubs with 24 spokes", best(lambda: block_shares(hubs)), "under 2 s"),
        (
            "Myerson value of 200 on a tree",
            best(lambda: forest_myerson_value(Graph.from_links(200, links), gains), 99),
            "under .001 s",
        ),
        (f"100,000 draws by 4 channels by 8 issues ({memory:.0f} MB)", taken, "under 2 s, 1 GB"),
        (f"the same with who decides, 2 organisations, 5 theories ({most:.0f} MB)", whole, "under 4 s, 1 GB"),
        ("what becomes of the offer by one changed number, both tests", lever, "under .1 s"),
    ]


def peers(sizes: tuple[int, ...] = (8, 12, 16, 20)) -> str:
    """How long others take for the Myerson value of a random game on two hubs, beside ours."""
    import coopgame
    from tucoopy import Game
    from tucoopy.solutions import myerson

    lines = ["| players | here | coopgame-py | tucoopy |", "|---|---|---|---|"]
    for n in sizes:
        graph = two_hubs(n - 2)
        worth = np.random.default_rng(n).random(2**n)
        worth[0] = 0
        ours = best(lambda: myerson_value(worth, graph))  # noqa: B023  # measured before the next one is made
        values, every = worth[1:].tolist(), dict(enumerate(worth.tolist()))
        runs = 3 if n < 16 else 1
        theirs = best(lambda: coopgame.myerson(coopgame.Game(values), list(graph.links)), runs)  # noqa: B023
        line = f"| {n} | {1000 * ours:.2f} ms | {1000 * theirs:.1f} ms ({theirs / ours:.0f} times) |"
        if n <= 16:
            other = best(lambda: myerson.myerson_value(Game(n_players=n, v=every), edges=graph.links), runs)  # noqa: B023
            line += f" {1000 * other:.0f} ms ({other / ours:.0f} times) |"
        else:
            line += " not offered |"
        lines.append(line)
    return "\n".join(lines)


if __name__ == "__main__":
    for what, seconds, aim in rows():
        print(f"| {what} | {seconds:.4f} | {aim} |")
    print(peers())
