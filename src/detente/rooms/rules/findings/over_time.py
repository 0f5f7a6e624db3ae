"""The findings on time: how the rules take each agenda, and since when each verdict holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from detente.methods.institutions.legal_rule import STATES_WORST_FIRST
from detente.results.finding import Chart, Finding
from detente.results.table import Column, make_table
from detente.results.vega import VegaSpec, layered_chart, nominal_channel, quantitative_channel, vega_layer
from detente.rooms.rules.findings.text import RuleLabels, states_phrase
from detente.rooms.rules.model.over_time import AgendaOutcome, AgendaOutcomes, VerdictHistory, YearlyStates
from detente.rooms.rules.model.rules import RulesModel
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
NOT_FOUNDED = "not founded"
STATE_SHADES = {"conditional": 0.35, "undetermined": 0.5}

AGENDA_COLUMNS = (
    Column("agenda", format="date"),
    Column("proposals", format="ids"),
    *(Column(state, format="count", unit="proposals") for state in reversed(STATES_WORST_FIRST)),
)
HISTORY_COLUMNS = (
    Column("proposal", format="id"),
    Column("in_words"),
    Column("organisation"),
    Column("verdict"),
    Column("first_year", format="year"),
    Column("last_year", format="year"),
)


def agenda_outcomes_finding(outcomes: AgendaOutcomes) -> Finding:
    """How many proposals of each agenda the rules let through."""
    agendas = outcomes.agendas
    agenda_phrases = [
        f"{agenda.year}: "
        + join_words(
            f"{agenda.counts[state]} {state}" for state in reversed(STATES_WORST_FIRST) if agenda.counts[state]
        )
        + f" of {len(agenda.proposals)}"
        for agenda in agendas
    ]
    records = [
        {
            "agenda": str(agenda.year),
            "proposals": ", ".join(agenda.proposals),
            **{state: agenda.counts[state] for state in reversed(STATES_WORST_FIRST)},
        }
        for agenda in agendas
    ]
    return Finding(
        id="agendas",
        title="How the rules take each agenda",
        says=f"By agenda, {'; '.join(agenda_phrases)}. {_rule_change_sentence(outcomes)}",
        see="One bar for each agenda, its proposals by verdict.",
        table=make_table(AGENDA_COLUMNS, records),
        chart=_agenda_outcomes_chart(agendas),
        method=METHOD_OF_AGENDAS,
        rests_on=tuple(name for agenda in agendas for name in agenda.proposals),
    )


def _rule_change_sentence(outcomes: AgendaOutcomes) -> str:
    """How many verdicts of the first agenda the rules of the last one's time would change."""
    first, last = outcomes.agendas[0], outcomes.agendas[-1]
    if not outcomes.first_under_last_rules:
        return (
            f"Under the rules of {last.year} the agenda of {first.year} would have fared the same: what was asked "
            "changed."
        )
    return (
        f"Under the rules of {last.year}, {len(outcomes.first_under_last_rules)} of the {len(first.proposals)} "
        f"proposals of {first.year} would have fared otherwise: the rules that are known changed, and not only what "
        "was asked."
    )


def _agenda_bars(agenda: AgendaOutcome) -> Iterator[VegaSpec]:
    """The parts of the bar of an agenda, one for each verdict."""
    start = 0
    for state in reversed(STATES_WORST_FIRST):
        if number := agenda.counts.get(state, 0):
            yield {
                "agenda": agenda.year,
                "state": state,
                "from": start,
                "to": start + number,
                "middle": start + number / 2,
                "word": f"{number} {state if number > 2 else f'{state[:4]}.'}",
                "label": f"{number} {state}",
                "shade": STATE_SHADES.get(state, 0.8),
            }
            start += number


def _agenda_outcomes_chart(agendas: Sequence[AgendaOutcome]) -> Chart:
    rows = [row for agenda in agendas for row in _agenda_bars(agenda)]
    states = [state for state in STATES_WORST_FIRST if any(state in agenda.counts for agenda in agendas)]
    y = nominal_channel(
        "agenda", sort=[agenda.year for agenda in agendas], axis={"title": None, "domain": False, "ticks": False}
    )
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
            46 * len(agendas) + 40,
        )

    description = "; ".join(
        f"{agenda.year}: {join_words(f'{n} {state}' for state, n in agenda.counts.items())}" for agenda in agendas
    )
    return Chart(f"Proposals of each agenda by verdict. {description}.", draw_bars("label"), draw_bars("word"))


def verdict_history_finding(model: RulesModel, history: VerdictHistory, labels: RuleLabels) -> Finding | None:
    """The proposals whose verdict changes within the period, with the years of each; None if none does."""
    if not history.states:
        return None
    docket, disputed_proposals = model.docket, history.disputed_proposals
    says = (
        f"For {count_noun(len(history.states), 'proposal')} of {len(docket.proposals)} the verdict of one side or the "
        f"other changed within {int(history.years[0])} to {int(history.years[-1])}."
    )
    if disputed_proposals:
        rules_phrase = join_words(history.disputed_rules)
        says += f" Where the sources dispute a rule ({rules_phrase}), both verdicts stand for "
        says += f"{join_words(disputed_proposals)}."
    return Finding(
        id="years",
        title="Since when",
        says=says,
        see="The years of each verdict, as if the proposal were made then.",
        table=make_table(HISTORY_COLUMNS, _history_rows(model, history, labels)),
        method=METHOD_OF_YEARS,
        rests_on=(*history.states, *history.disputed_rules),
    )


def _history_rows(model: RulesModel, history: VerdictHistory, labels: RuleLabels) -> Iterator[dict[str, object]]:
    """A row for each stretch of years in which a side has the same verdict."""
    for name, by_party in history.states.items():
        for party, states in by_party.items():
            for verdict, first_year, last_year in _spells(history.years, states):
                yield {
                    "proposal": name,
                    "in_words": model.docket.case.proposals[name].title,
                    "organisation": labels.display_name(party),
                    "verdict": verdict,
                    "first_year": first_year,
                    "last_year": last_year,
                }


def _spells(years: Sequence[str], yearly_states: YearlyStates) -> Iterator[tuple[str, int, int]]:
    """Each verdict with the first and the last year in which it holds without a break."""
    words = [NOT_FOUNDED if states is None else states_phrase(states) for states in yearly_states]
    for verdict, run in groupby(zip(years, words, strict=True), key=lambda cell: cell[1]):
        spell_years = [int(year) for year, _ in run]
        yield verdict, spell_years[0], spell_years[-1]
