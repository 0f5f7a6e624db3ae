"""The findings on time: how the rules take each agenda, and since when each verdict holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from detente.methods.institutions.legal_rule import STATES_WORST_FIRST
from detente.results.finding import Finding
from detente.results.pictures import TallyRow, UnitTally
from detente.results.table import Column, make_table
from detente.rooms.rules.findings.text import RuleLabels, states_phrase
from detente.rooms.rules.findings.verdict_words import count_of, part_of, tally_parts
from detente.rooms.rules.model.over_time import AgendaOutcome, AgendaOutcomes, VerdictHistory, YearlyStates
from detente.rooms.rules.model.rules import RulesModel
from detente.text.english import cardinal, join_words

METHOD_OF_AGENDAS = (
    "The proposals of each agenda by the verdict from bloc to bloc at its own time, the worst of those in dispute; an "
    "agenda is an offer of three proposals or more."
)
METHOD_OF_YEARS = (
    "Each proposal is held against the rules of every year of the period, as if made in it; a rule that comes or goes "
    "within a year leaves that year undetermined, and one without a date counts in all years."
)
NOT_FOUNDED = "not founded"

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
    records = [
        {
            "agenda": str(agenda.year),
            "proposals": ", ".join(agenda.proposals),
            **{state: agenda.counts[state] for state in reversed(STATES_WORST_FIRST)},
        }
        for agenda in agendas
    ]
    first, last = agendas[0], agendas[-1]
    return Finding(
        id="agendas",
        title="How the rules take each agenda",
        says=f"{_open_sentence(first, last)} {_rule_change_sentence(outcomes)}",
        table=make_table(AGENDA_COLUMNS, records),
        method=METHOD_OF_AGENDAS,
        rests_on=tuple(name for agenda in agendas for name in agenda.proposals),
        place="detail",
        question="How each set of proposals fared",
        short_answer=f"{cardinal_or_none(first.counts['open'])} in {first.year}, "
        f"{cardinal_or_none(last.counts['open'])} in {last.year}",
        picture=_agenda_tally(agendas),
    )


def cardinal_or_none(count: int) -> str:
    """`five`, `none`."""
    return cardinal(count) if count else "none"


def _open_sentence(first: AgendaOutcome, last: AgendaOutcome) -> str:
    """How many proposals of the first agenda and of the last the rules of their time left open."""
    before = part_of(first.counts["open"], len(first.proposals))
    after = count_of(last.counts["open"], len(last.proposals))
    return f"The rules of {first.year} left {before} of that year open, those of {last.year} {after}."


def _rule_change_sentence(outcomes: AgendaOutcomes) -> str:
    """How many verdicts of the first agenda the rules of the last one's time would change."""
    first, last = outcomes.agendas[0], outcomes.agendas[-1]
    changed_count = len(outcomes.first_under_last_rules)
    if not changed_count:
        return f"By the rules of {last.year} those of {first.year} would fare the same, so that what was asked changed."
    part = part_of(changed_count, len(first.proposals))
    return (
        f"By the rules of {last.year}, {part} of {first.year} would fare differently. "
        "So the known rules changed, and not only what was asked."
    )


def _agenda_tally(agendas: Sequence[AgendaOutcome]) -> UnitTally:
    return UnitTally(
        says="Each mark is a proposal, held against the rules of the year in which it was made.",
        rows=tuple(
            TallyRow(
                agenda.year,
                tally_parts(verdict for verdict, count in agenda.counts.items() for _ in range(count)),
                f"{agenda.counts['open']} of {len(agenda.proposals)} open",
            )
            for agenda in agendas
        ),
        unit="one proposal",
    )


def verdict_history_finding(model: RulesModel, history: VerdictHistory, labels: RuleLabels) -> Finding | None:
    """The proposals whose verdict changes within the period, with the years of each; None if none does."""
    if not history.states:
        return None
    docket, disputed_proposals = model.docket, history.disputed_proposals
    says = (
        f"From {int(history.years[0])} to {int(history.years[-1])} the verdict of one side or the other changed for "
        f"{part_of(len(history.states), len(docket.proposals))}."
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
                    "organisation": labels.heading(party),
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
