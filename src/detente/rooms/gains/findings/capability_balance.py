"""Findings on what is at stake, by issue and pair, and on who faces whom with what capability in each channel."""

from __future__ import annotations

from collections.abc import Sequence

from detente.methods.networks.communication_graph import pair_indices
from detente.results.finding import Finding
from detente.rooms.gains.findings.labels import Names, answering, percent, signed
from detente.rooms.gains.findings.text import figures
from detente.rooms.gains.model.model import Run
from detente.rooms.gains.model.point_estimates import central
from detente.rooms.gains.model.results import Year, exclusivity
from detente.text.english import join_words
from detente.text.number_format import format_number

MOST_SHOWN = 6
"""Actors for whom gains are shown by issue where none leads an organisation."""


def balance(years: Sequence[Year], names: Names) -> Finding | None:
    """The capability on each side of every dealing across organisations. None where no measure is given."""
    import polars as pl

    case = years[-1].model.case
    measure = case.network.capability or next(iter(case.capabilities), None)
    if measure is None:
        return None
    rows = []
    dated = any(figures(year) for year in years)
    for year in years:
        for run in year.distinct:
            for one, other, a, b in _facing(year, run, names):
                rows.append(
                    {
                        "year": year.arena.year,
                        **({"figures_of": figures(year) or year.arena.year} if dated else {}),
                        "channel": names.run(year.arena, run),
                        "one": one,
                        "other": other,
                        "of_one": f"{a:.3g}",
                        "of_other": f"{b:.3g}",
                        "ratio": round(a / b, 1) if b else None,
                    }
                )
    if not any(row["ratio"] for row in rows):
        return None
    table = pl.DataFrame(rows).unique(maintain_order=True)
    last = years[-1]
    said: dict[str, list[str]] = {}
    for run in last.distinct:
        ratios = [round(a / b, 1) for _, _, a, b in _facing(last, run, names) if b]
        if ratios:
            low, high = format_number(min(ratios)), format_number(max(ratios))
            said.setdefault(names.channel(run.channel), []).append(low if low == high else f"{low} to {high}")
    told = "; ".join(f"“{channel}” {join_words(dict.fromkeys(ratios), 'or')}" for channel, ratios in said.items())
    return Finding(
        id="balance",
        title="The balance of power in each channel",
        says=f"By {case.capabilities[measure].title}, {_of_year(last)}, whoever faces another across organisations "
        f"has so many times its capability: {told}.",
        see="Whoever speaks for an organisation that deals as such has the capability of all its members behind it, as "
        "far as no displaced link survives.",
        table=table,
        headers={
            "one": "who",
            "other": "faces whom",
            "of_one": "its capability",
            "of_other": "the other's",
            "ratio": "times",
            **({"figures_of": "figures of"} if dated else {}),
        },
        rests_on=(measure,),
    )


def _of_year(year: Year) -> str:
    """The year of the figures, and for which year they stand where that is another."""
    other = figures(year)
    return f"in {other}, which stands here for {year.arena.year}" if other else f"in {year.arena.year}"


def _facing(year: Year, run: Run, names: Names) -> list[tuple[str, str, float, float]]:
    """Who faces whom across organisations, the answering side first, and with what capability behind each."""
    arena, dealing = year.arena, year.arena.dealing(run.channel)
    graph = dealing.as_one if run.form == "collegiate" and dealing.as_one else dealing.alone
    merged = dealing.merged
    if dealing.beside and exclusivity(year.model, run.channel)[1] == 0:
        graph, merged = dealing.beside, ()  # nothing is displaced: all its links stand
    index = {pair: at for at, pair in enumerate(zip(*(side.tolist() for side in pair_indices(arena.n)), strict=True))}
    behind = dict(enumerate(arena.capability))
    called = {at: names.party(actor) for at, actor in enumerate(arena.actors)}
    for group, organisation in zip(merged, dealing.organisations if merged else (), strict=True):
        for member in group:
            if organisation in arena.leads[member]:
                behind[member] = sum(arena.capability[each] for each in group)
                through = f", through {called[member]}" if run.form == "hub" else " as one"
                called[member] = names.party(organisation) + through
    answer = answering(year.model.case, arena)
    found = []
    for a, b in graph.links:
        if arena.across[index[a, b]]:
            one, other = (a, b) if a in answer or b not in answer else (b, a)
            found.append((called[one], called[other], behind[one], behind[other]))
    return found


def by_issue(year: Year, channels: Sequence[str], names: Names) -> Finding:
    """What each issue is of all that is at stake, and what each channel brings on it to those that matter most."""
    import numpy as np
    import polars as pl

    case, runs = year.model.case, [run for run in year.model.runs if run.channel in channels]
    answer = answering(case, year.arena)
    shown = [at for at in range(year.arena.n) if year.arena.leads[at] or at in answer] or list(range(year.arena.n))[
        :MOST_SHOWN
    ]
    rows = []
    for at_issue, name in enumerate(year.model.issues):
        row: dict[str, object] = {"issue": name, "in_words": case.issues[name].title}
        row["share"] = percent(year.issue_share[at_issue])
        for run in runs:
            for at in shown:
                row[_column(year, run, at, names)] = signed(year.outcomes[run].by_issue[at_issue, at])
        rows.append(row)
    order = np.argsort(-year.issue_share, kind="stable")
    other = []
    for run in runs:
        for at in shown:
            gains = year.outcomes[run].by_issue[:, at]
            whole = gains.sum()
            against = [case.issues[year.model.issues[q]].title for q in order if gains[q] * whole < -1e-9]
            if against:
                other.append(f"{_column(year, run, at, names)}: {join_words(against)}")
    first = order[0]
    most = f"{case.issues[year.model.issues[first]].title} ({format_number(percent(year.issue_share[first]))} per cent)"
    same = "On every issue the mean gains have the sign that they have in all."
    differs = f"The mean gain has another sign than in all on single issues: {'; '.join(other)}."
    says = f"Most is at stake on {most}. {differs if other else same}"
    return Finding(
        id="by-issue",
        title="On which issue",
        says=says,
        see="Mean gains before the costs of links, in per cent of all that is at stake on all issues.",
        table=pl.DataFrame(rows),
        headers={"in_words": "in words", "share": "of all at stake, %"},
        links=("issue",),
        rests_on=tuple(year.model.issues),
    )


def _column(year: Year, run: Run, at: int, names: Names) -> str:
    form = names.form(year.arena, run)
    return f"{names.party(year.arena.actors[at])}, {form}" if form else names.party(year.arena.actors[at])


def at_stake(year: Year, names: Names) -> Finding:
    """What each pair across organisations has at stake, and what members of one have among themselves."""
    import polars as pl

    arena = year.arena
    amount, _ = central(year.model)
    i, j = pair_indices(arena.n)
    rows = [
        {
            "one": names.party(arena.actors[a]),
            "other": names.party(arena.actors[b]),
            "across": "yes" if arena.across[at] else "no",
            "share": percent(amount[at]),
        }
        for at, (a, b) in enumerate(zip(i.tolist(), j.tolist(), strict=True))
    ]
    rows.sort(key=lambda row: -float(row["share"]))
    within = float(amount[~arena.across].sum())
    first = next((row for row in rows if row["across"] == "yes"), None)
    most = "nobody has anything"
    if first:
        most = f"{first['one']} and {first['other']} have {format_number(float(first['share']))} per cent of all that is at stake"
    return Finding(
        id="at-stake",
        title="What pairs have at stake",
        says=f"Across organisations {most}. Members of one organisation have among themselves as much as "
        f"{format_number(percent(within))} per cent of what is at stake across.",
        see="At the central estimates, in per cent of all that is at stake across organisations.",
        table=pl.DataFrame(rows),
        headers={"across": "across organisations", "share": "at stake, %"},
        rests_on=tuple(year.model.issues),
    )
