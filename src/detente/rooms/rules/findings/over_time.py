"""The findings on time: how the rules take each agenda, and since when each verdict holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import groupby

from detente.methods.chronology.edtf import Edtf
from detente.methods.institutions.legal_rule import STATES_WORST_FIRST, VerdictState, worst_state
from detente.results.finding import Chart, Finding
from detente.results.vega import layered_chart, nominal_channel, quantitative_channel, vega_layer
from detente.rooms.rules.findings.text import RuleLabels, states_phrase
from detente.rooms.rules.model.docket import Docket
from detente.rooms.rules.model.verdicts_by_version import PartyReading, VersionVerdicts
from detente.text.english import count_noun, join_words

METHOD_OF_AGENDAS = (
    "The proposals of each agenda by the verdict from bloc to bloc at its own time, the worst of those in dispute; an "
    "agenda is an offer of three proposals or more."
)
METHOD_OF_YEARS = (
    "Each proposal is held against the rules of every year of the period, as if made in it; a rule that comes or goes "
    "within a year leaves that year undetermined, and one without a date counts in all years."
)
STATE_COLOURS = {"barred": "@stop", "undetermined": "@u", "conditional": "@go", "redundant": "@line", "open": "@go"}
MOST_YEARS = 200
"""Years of a period, beyond which it is not told since when each verdict holds."""
NOT_FOUNDED = "not founded"
STATE_SHADES = {"conditional": 0.35, "undetermined": 0.5}


def agenda_outcomes_finding(docket: Docket) -> Finding | None:
    """How many proposals of each agenda the rules let through; None with fewer than two agendas."""
    import polars as pl

    by_agenda: dict[str, list[str]] = {}
    for name in sorted(docket.proposals, key=lambda name: docket.proposal_time(name).as_stated.first_day):
        if year := docket.agenda_year(name):
            by_agenda.setdefault(str(year), []).append(name)
    if len(by_agenda) < 2:
        return None
    counts = {
        label: Counter(worst_state(docket.under_bloc_rules(name).states()) for name in names)
        for label, names in by_agenda.items()
    }
    agenda_phrases = [
        f"{label}: "
        + join_words(
            f"{counts[label][state]} {state}" for state in reversed(STATES_WORST_FIRST) if counts[label][state]
        )
        + f" of {len(names)}"
        for label, names in by_agenda.items()
    ]
    records = [
        {
            "agenda": label,
            "proposals": ", ".join(by_agenda[label]),
            **{s: counts[label][s] for s in reversed(STATES_WORST_FIRST)},
        }
        for label in by_agenda
    ]
    return Finding(
        id="agendas",
        title="How the rules take each agenda",
        says=f"By agenda, {'; '.join(agenda_phrases)}. {_rule_change_sentence(docket, by_agenda)}",
        see="One bar for each agenda, its proposals by verdict.",
        table=pl.DataFrame(records),
        links=("proposals",),
        chart=_agenda_outcomes_chart(counts),
        method=METHOD_OF_AGENDAS,
        rests_on=tuple(name for names in by_agenda.values() for name in names),
    )


def _rule_change_sentence(docket: Docket, by_agenda: dict[str, list[str]]) -> str:
    """How many verdicts of the first agenda the rules of the last one's time would change."""
    (first_agenda, first_proposals), last_agenda = next(iter(by_agenda.items())), list(by_agenda)[-1]
    last_time = docket.proposal_time(by_agenda[last_agenda][0])
    changed_proposals = [
        name
        for name in first_proposals
        if docket.under_bloc_rules(name).states() != docket.under_bloc_rules(name, last_time).states()
    ]
    if not changed_proposals:
        return f"Under the rules of {last_agenda} the agenda of {first_agenda} would have fared the same: what was asked changed."
    return (
        f"Under the rules of {last_agenda}, {len(changed_proposals)} of the {len(first_proposals)} proposals of {first_agenda} would have fared otherwise: "
        "the rules that are known changed, and not only what was asked."
    )


def _agenda_outcomes_chart(counts: Mapping[str, Mapping[VerdictState, int]]) -> Chart:
    rows = []
    for label, state_counts in counts.items():
        start = 0
        for state in reversed(STATES_WORST_FIRST):
            if number := state_counts.get(state, 0):
                middle = start + number / 2
                word = state if number > 2 else f"{state[:4]}."
                shade = STATE_SHADES.get(state, 0.8)
                row = {"agenda": label, "state": state, "from": start, "to": start + number, "middle": middle}
                rows.append(row | {"word": f"{number} {word}", "label": f"{number} {state}", "shade": shade})
                start += number
    states = [state for state in STATES_WORST_FIRST if any(state in state_counts for state_counts in counts.values())]
    y = nominal_channel("agenda", sort=list(counts), axis={"title": None, "domain": False, "ticks": False})
    color = nominal_channel("state", states, [STATE_COLOURS[state] for state in states])
    opacity = quantitative_channel("shade", scale=None, legend=None)
    x = quantitative_channel("from", axis={"title": "proposals", "tickMinStep": 1, "format": "d", "grid": False})

    def draw_bars(text_field: str) -> dict[str, object]:
        return layered_chart(
            [
                vega_layer("bar", {"height": 26}, x=x, x2={"field": "to"}, y=y, color=color, opacity=opacity),
                vega_layer(
                    "text",
                    {"fontSize": 11},
                    x=quantitative_channel("middle"),
                    y=y,
                    text={"field": text_field, "type": "nominal"},
                ),
            ],
            rows,
            46 * len(counts) + 40,
        )

    description = "; ".join(
        f"{label}: {join_words(f'{n} {s}' for s, n in state_counts.items())}" for label, state_counts in counts.items()
    )
    return Chart(f"Proposals of each agenda by verdict. {description}.", draw_bars("label"), draw_bars("word"))


def exceeds_year_limit(docket: Docket) -> bool:
    """Whether the case has a period with more years than are looked at."""
    period = docket.case.period.as_stated if docket.case.period else None
    return period is not None and period.last_day.year - period.first_day.year > MOST_YEARS


def verdict_history_finding(docket: Docket, labels: RuleLabels) -> Finding | None:
    """The proposals whose verdict changes within the period, with the years of each; None if there is no period."""
    import polars as pl

    period = docket.case.period.as_stated if docket.case.period else None
    if period is None or exceeds_year_limit(docket):
        return None
    period_years = [Edtf.parse(f"{year:04d}") for year in range(period.first_day.year, period.last_day.year + 1)]
    records, version_verdicts = [], VersionVerdicts(docket)
    for name in docket.proposals:
        readings_by_year = {year.text: version_verdicts.party_readings(name, year) for year in period_years}
        states_by_party = {
            party: [
                (year.text, _state_in_year(version_verdicts, readings_by_year[year.text], party, year))
                for year in period_years
            ]
            for party in docket.parties
        }
        if any(
            len({state for _, state in yearly_states} - {NOT_FOUNDED}) > 1 for yearly_states in states_by_party.values()
        ):
            records.append(
                {
                    "proposal": name,
                    "in_words": docket.case.proposals[name].title,
                    **{
                        f"by_{party}": _spells_phrase(yearly_states) for party, yearly_states in states_by_party.items()
                    },
                }
            )
    if not records:
        return None
    disputed_proposals = [
        r["proposal"] for r in records if any(" or " in str(r[f"by_{party}"]) for party in docket.parties)
    ]
    says = (
        f"For {count_noun(len(records), 'proposal')} of {len(docket.proposals)} the verdict of one side or the other "
        f"changed within {period.first_day.year} to {period.last_day.year}."
    )
    disputed_rules = sorted({name for v in docket.versions for name in v.rejected})
    if disputed_proposals:
        says += f" Where the sources dispute a rule ({join_words(disputed_rules)}), both verdicts stand for {join_words(disputed_proposals)}."
    return Finding(
        id="years",
        title="Since when",
        says=says,
        see="The years of each verdict, as if the proposal were made then.",
        table=pl.DataFrame(records),
        links=("proposal",),
        headers={f"by_{party}": labels.display_name(party) for party in docket.parties},
        method=METHOD_OF_YEARS,
        rests_on=(*(str(r["proposal"]) for r in records), *disputed_rules),
    )


def _state_in_year(version_verdicts: VersionVerdicts, readings: Sequence[PartyReading], party: str, year: Edtf) -> str:
    """The verdict of an organisation in a year, if it may have been founded by then."""
    founded = version_verdicts.docket.case.organisations[party].founded
    if founded and founded.first_day > year.last_day:
        return NOT_FOUNDED
    return states_phrase(version_verdicts.combined_states(reading for reading in readings if reading.party == party))


def _spells_phrase(yearly_states: list[tuple[str, str]]) -> str:
    """`open until 2005; conditional or open 2006 to 2010; conditional from 2011`."""
    runs = [(state, [year for year, _ in run]) for state, run in groupby(yearly_states, key=lambda cell: cell[1])]
    if len(runs) == 1:
        return f"{runs[0][0]} throughout"
    phrases = []
    for index, (state, spell_years) in enumerate(runs):
        if index == 0:
            phrases.append(f"{state} until {spell_years[-1]}")
        elif index == len(runs) - 1:
            phrases.append(f"{state} from {spell_years[0]}")
        else:
            phrases.append(f"{state} {spell_years[0]}" + (f" to {spell_years[-1]}" if len(spell_years) > 1 else ""))
    return "; ".join(phrases)
