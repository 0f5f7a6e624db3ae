"""The findings on time: how the rules take each agenda, and since when each verdict holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import groupby

from detente.methods.chronology.edtf import Edtf
from detente.methods.institutions.legal_rule import ORDER, State, worst
from detente.results.finding import Chart, Finding
from detente.results.vega import category, chart, layer, quantity
from detente.rooms.rules.findings.text import Words, states_words
from detente.rooms.rules.model.docket import Docket
from detente.rooms.rules.model.verdicts_by_version import Read, Whole
from detente.text.english import count, listed

METHOD_OF_AGENDAS = (
    "The proposals of each agenda by the verdict from bloc to bloc at its own time, the worst of those in dispute; an "
    "agenda is an offer of three proposals or more."
)
METHOD_OF_YEARS = (
    "Each proposal is held against the rules of every year of the period, as if made in it; a rule that comes or goes "
    "within a year leaves that year undetermined, and one without a date counts in all years."
)
COLOURS = {"barred": "@stop", "undetermined": "@u", "conditional": "@go", "redundant": "@line", "open": "@go"}
MOST_YEARS = 200
"""Years of a period, beyond which it is not told since when each verdict holds."""
NOT_YET = "not founded"
FAINT = {"conditional": 0.35, "undetermined": 0.5}


def agendas(docket: Docket) -> Finding | None:
    """How many proposals of each agenda the rules let through; None with fewer than two agendas."""
    import polars as pl

    by_agenda: dict[str, list[str]] = {}
    for name in sorted(docket.proposals, key=lambda name: docket.time(name).stated.first):
        if year := docket.agenda(name):
            by_agenda.setdefault(str(year), []).append(name)
    if len(by_agenda) < 2:
        return None
    counts = {label: Counter(worst(docket.bloc(name).states()) for name in names) for label, names in by_agenda.items()}
    parts = [
        f"{label}: "
        + listed(f"{counts[label][state]} {state}" for state in reversed(ORDER) if counts[label][state])
        + f" of {len(names)}"
        for label, names in by_agenda.items()
    ]
    records = [
        {"agenda": label, "proposals": ", ".join(by_agenda[label]), **{s: counts[label][s] for s in reversed(ORDER)}}
        for label in by_agenda
    ]
    return Finding(
        id="agendas",
        title="How the rules take each agenda",
        says=f"By agenda, {'; '.join(parts)}. {_causes(docket, by_agenda)}",
        see="One bar for each agenda, its proposals by verdict.",
        table=pl.DataFrame(records),
        links=("proposals",),
        chart=_chart(counts),
        method=METHOD_OF_AGENDAS,
        rests_on=tuple(name for names in by_agenda.values() for name in names),
    )


def _causes(docket: Docket, by_agenda: dict[str, list[str]]) -> str:
    """How many verdicts of the first agenda the rules of the last one's time would change."""
    (first, names), last = next(iter(by_agenda.items())), list(by_agenda)[-1]
    then = docket.time(by_agenda[last][0])
    moved = [name for name in names if docket.bloc(name).states() != docket.bloc(name, then).states()]
    if not moved:
        return f"Under the rules of {last} the agenda of {first} would have fared the same: what was asked changed."
    return (
        f"Under the rules of {last}, {len(moved)} of the {len(names)} proposals of {first} would have fared otherwise: "
        "the rules that are known changed, and not only what was asked."
    )


def _chart(counts: Mapping[str, Mapping[State, int]]) -> Chart:
    rows = []
    for label, found in counts.items():
        at = 0
        for state in reversed(ORDER):
            if number := found.get(state, 0):
                middle = at + number / 2
                word = state if number > 2 else f"{state[:4]}."
                shade = FAINT.get(state, 0.8)
                row = {"agenda": label, "state": state, "from": at, "to": at + number, "middle": middle}
                rows.append(row | {"word": f"{number} {word}", "label": f"{number} {state}", "shade": shade})
                at += number
    states = [state for state in ORDER if any(state in found for found in counts.values())]
    y = category("agenda", sort=list(counts), axis={"title": None, "domain": False, "ticks": False})
    color = category("state", states, [COLOURS[state] for state in states])
    opacity = quantity("shade", scale=None, legend=None)
    x = quantity("from", axis={"title": "proposals", "tickMinStep": 1, "format": "d", "grid": False})

    def drawn(text: str) -> dict[str, object]:
        return chart(
            [
                layer("bar", {"height": 26}, x=x, x2={"field": "to"}, y=y, color=color, opacity=opacity),
                layer("text", {"fontSize": 11}, x=quantity("middle"), y=y, text={"field": text, "type": "nominal"}),
            ],
            rows,
            46 * len(counts) + 40,
        )

    spoken = "; ".join(f"{label}: {listed(f'{n} {s}' for s, n in found.items())}" for label, found in counts.items())
    return Chart(f"Proposals of each agenda by verdict. {spoken}.", drawn("label"), drawn("word"))


def too_long(docket: Docket) -> bool:
    """Whether the case has a period with more years than are looked at."""
    period = docket.case.period.stated if docket.case.period else None
    return period is not None and period.last.year - period.first.year > MOST_YEARS


def years(docket: Docket, words: Words) -> Finding | None:
    """The proposals whose verdict changes within the period, with the years of each; None if there is no period."""
    import polars as pl

    period = docket.case.period.stated if docket.case.period else None
    if period is None or too_long(docket):
        return None
    span = [Edtf.parse(f"{year:04d}") for year in range(period.first.year, period.last.year + 1)]
    records, whole = [], Whole(docket)
    for name in docket.proposals:
        read = {year.text: whole.read(name, year) for year in span}
        cells = {
            party: [(year.text, _state(whole, read[year.text], party, year)) for year in span]
            for party in docket.parties
        }
        if any(len({state for _, state in cell} - {NOT_YET}) > 1 for cell in cells.values()):
            records.append(
                {
                    "proposal": name,
                    "in_words": docket.case.proposals[name].title,
                    **{f"by_{party}": _spells(cell) for party, cell in cells.items()},
                }
            )
    if not records:
        return None
    disputed = [r["proposal"] for r in records if any(" or " in str(r[f"by_{party}"]) for party in docket.parties)]
    says = (
        f"For {count(len(records), 'proposal')} of {len(docket.proposals)} the verdict of one side or the other "
        f"changed within {period.first.year} to {period.last.year}."
    )
    rules = sorted({name for v in docket.versions for name in v.left_out})
    if disputed:
        says += f" Where the sources dispute a rule ({listed(rules)}), both verdicts stand for {listed(disputed)}."
    return Finding(
        id="years",
        title="Since when",
        says=says,
        see="The years of each verdict, as if the proposal were made then.",
        table=pl.DataFrame(records),
        links=("proposal",),
        headers={f"by_{party}": words.name(party) for party in docket.parties},
        method=METHOD_OF_YEARS,
        rests_on=(*(str(r["proposal"]) for r in records), *rules),
    )


def _state(whole: Whole, read: Sequence[Read], party: str, year: Edtf) -> str:
    """The verdict of an organisation in a year, if it may have been founded by then."""
    founded = whole.docket.case.organisations[party].founded
    if founded and founded.first > year.last:
        return NOT_YET
    return states_words(whole.states(one for one in read if one.party == party))


def _spells(cells: list[tuple[str, str]]) -> str:
    """`open until 2005; conditional or open 2006 to 2010; conditional from 2011`."""
    runs = [(state, [year for year, _ in run]) for state, run in groupby(cells, key=lambda cell: cell[1])]
    if len(runs) == 1:
        return f"{runs[0][0]} throughout"
    told = []
    for index, (state, its) in enumerate(runs):
        if index == 0:
            told.append(f"{state} until {its[-1]}")
        elif index == len(runs) - 1:
            told.append(f"{state} from {its[0]}")
        else:
            told.append(f"{state} {its[0]}" + (f" to {its[-1]}" if len(its) > 1 else ""))
    return "; ".join(told)
