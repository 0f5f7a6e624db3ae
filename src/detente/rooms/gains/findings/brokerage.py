"""Findings on who joins whom: brokerage in each channel, and the channels drawn as networks."""

from __future__ import annotations

from collections.abc import Sequence

from detente.methods.networks.communication_graph import Graph
from detente.methods.networks.network_formation import MAX_LINKS, link_value, pairwise_network_worth, path_lengths
from detente.results.finding import Finding
from detente.rooms.gains.findings.charts import Panel, networks_chart
from detente.rooms.gains.findings.labels import Names, percent
from detente.rooms.gains.model.actor_network import Groups
from detente.rooms.gains.model.model import Run
from detente.rooms.gains.model.point_estimates import central, on_players
from detente.rooms.gains.model.results import Year, exclusivity
from detente.text.english import join_words
from detente.text.number_format import format_number

HIGHEST = 1.15
"""How far from the middle of its picture anybody is drawn, upwards and downwards."""
BROKER = 0.02
"""The part of all that is at stake from which one who joins others is called a broker."""


def brokers(year: Year, names: Names) -> Finding:
    """How much of what each actor has is its own part, and how much brokerage, in every channel; and the pictures."""
    import polars as pl

    arena = year.arena
    runs = _drawn_runs(year)
    rows = []
    for run in runs:
        outcome = year.outcomes[run]
        for at, actor in enumerate(arena.actors):
            rows.append(
                {
                    "channel": names.run(arena, run),
                    "actor": names.party(actor),
                    "own": percent(outcome.value[at] - outcome.brokerage[at]),
                    "brokerage": percent(outcome.brokerage[at]),
                    "all": percent(outcome.value[at]),
                }
            )
    told = [
        f"{names.quoted(arena, run)}: {join_words(_joining(year, run, at, names) for at in who)}"
        for run in runs
        if (who := _brokers(year, run))
    ]
    says = "Nobody has more than a fiftieth of what is at stake for joining others, in any channel."
    if told:
        says = f"What an actor has for joining others, in per cent of all that is at stake. {'; '.join(told)}."
    return Finding(
        id="brokers",
        title="Who joins whom",
        says=says,
        see="Wider lines carry more of what is at stake; large dots are brokers; broken lines would be displaced.",
        table=pl.DataFrame(rows),
        headers={"own": "own part, %", "brokerage": "brokerage, %", "all": "all, %"},
        chart=networks_chart([_panel(year, run, names) for run in runs], "The channels as networks"),
        method=(
            "A player's own part is its share in the pairs it is one of, its brokerage the share in others that it "
            "joins (Manuel and Ortega 2023). The width of a line is the link's own Shapley value among the links, at "
            "the central estimates, as in the position value of Borm, Owen and Tijs (1992)."
        ),
        rests_on=tuple(year.model.case.channels),
    )


def _joining(year: Year, run: Run, at: int, names: Names) -> str:
    outcome = year.outcomes[run]
    part, whole = percent(outcome.brokerage[at]), percent(outcome.value[at])
    return f"{names.party(year.arena.actors[at])} {format_number(part)} of the {format_number(whole)} it has"


def _brokers(year: Year, run: Run) -> list[int]:
    return [at for at, share in enumerate(year.outcomes[run].brokerage.tolist()) if share >= BROKER]


def _drawn_runs(year: Year) -> list[Run]:
    """The channels whose graph is a picture of its own."""
    seen: set[object] = set()
    found = []
    for run in year.model.runs:
        dealing = year.arena.dealing(run.channel)
        key = dealing.as_one if run.form == "collegiate" else (dealing.alone, bool(_kept_links(year, run)))
        if key not in seen and not (dealing.beside and exclusivity(year.model, run.channel)[1] == 0):
            seen.add(key)
            found.append(run)
    return found


def _kept_links(year: Year, run: Run) -> list[tuple[int, int]]:
    """The links that a channel would displace."""
    dealing = year.arena.dealing(run.channel)
    return sorted(set(dealing.beside.links) - set(dealing.alone.links)) if dealing.beside else []


def _panel(year: Year, run: Run, names: Names) -> Panel:
    arena, dealing = year.arena, year.arena.dealing(run.channel)
    as_one = dealing.as_one if run.form == "collegiate" else None
    graph = as_one or dealing.alone
    widths = _widths(year, run, graph, dealing.merged if as_one else ())
    merged = [member for group in dealing.merged for member in group[1:]] if as_one else []
    called = {at: names.party(actor) for at, actor in enumerate(arena.actors)}
    if as_one:
        for group, organisation in zip(dealing.merged, dealing.organisations, strict=True):
            called[group[0]] = names.party(organisation)
    return Panel(
        title=names.run(arena, run),
        names=called,
        places=_places(arena.belongs, arena.leads),
        hidden=frozenset(merged),
        links=[(a, b, widths.get((a, b), 0.0), False) for a, b in graph.links]
        + ([] if as_one else [(a, b, 0.0, True) for a, b in _kept_links(year, run)]),
        brokers=frozenset(() if as_one else _brokers(year, run)),
    )


def _widths(year: Year, run: Run, graph: Graph, merged: Groups) -> dict[tuple[int, int], float]:
    """What passes over each link, as a share of all that is at stake, at the central estimates."""
    if not 0 < len(graph.links) <= MAX_LINKS:
        return {}
    amount, decay = central(year.model, run.channel)
    laid, _ = on_players(year.arena.n, amount, merged)
    value = link_value(pairwise_network_worth(path_lengths(year.arena.n, graph.links), laid, decay))
    return dict(zip(graph.links, value.tolist(), strict=True))


def _places(belongs: Sequence[frozenset[str]], leads: Sequence[frozenset[str]]) -> list[tuple[float, float]]:
    """Where to draw each actor: those that belong together around those that lead them, the groups side by side."""
    import math

    groups: dict[frozenset[str], list[int]] = {}
    for at, names in enumerate(belongs):
        groups.setdefault(names or frozenset({f"#{at}"}), []).append(at)
    found = [(0.0, 0.0)] * len(belongs)
    for index, group in enumerate(sorted(groups.values(), key=len, reverse=True)):
        around = 2 * math.pi * index / len(groups) + math.pi
        middle = (1.25 * math.cos(around), 1.25 * math.sin(around)) if len(groups) > 1 else (0.0, 0.0)
        inner = [at for at in group if leads[at]] or group[:1]
        outer = [at for at in group if at not in inner]
        for ring, radius in ((inner, 0.0 if len(inner) == 1 else 0.35), (outer, 0.95)):
            for step, at in enumerate(ring):
                # Turned by half a step, so that nobody stands in the way between the groups.
                angle = around + 2 * math.pi * (step + 0.5) / max(len(ring), 1)
                found[at] = (middle[0] + radius * math.cos(angle), middle[1] + radius * math.sin(angle))
    highest = max(abs(y) for _, y in found)
    flat = min(1.0, HIGHEST / highest) if highest else 1.0
    return [(x, y * flat) for x, y in found]
