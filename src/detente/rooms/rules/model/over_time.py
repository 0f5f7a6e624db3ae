"""Verdicts over time: how the rules take each agenda, and the verdict of each year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from detente.methods.chronology.edtf import Edtf
from detente.methods.institutions.legal_rule import VerdictState, worst_state
from detente.rooms.rules.model.docket import Docket
from detente.rooms.rules.model.verdicts_by_version import PartyReading, VersionVerdicts

MOST_YEARS = 200
"""Years of a period, beyond which it is not told since when each verdict holds."""
YearlyStates = Sequence[tuple[VerdictState, ...] | None]
"""The verdicts of each year by the versions of what is disputed; None where the organisation is not founded yet."""


@dataclass(frozen=True, slots=True)
class AgendaOutcome:
    """How the rules of its own time take the proposals of an agenda."""

    year: str
    proposals: tuple[str, ...]
    counts: Mapping[VerdictState, int]
    """How many proposals have which verdict, the worst of those in dispute."""


@dataclass(frozen=True, slots=True)
class AgendaOutcomes:
    """The agendas in order of time, two at least."""

    agendas: tuple[AgendaOutcome, ...]
    first_under_last_rules: tuple[str, ...]
    """The proposals of the first that would have fared otherwise under the rules of the last one's time."""


@dataclass(frozen=True, slots=True)
class VerdictHistory:
    """The verdicts of each year on the proposals for which they change within the period."""

    years: tuple[str, ...]
    states: Mapping[str, Mapping[str, YearlyStates]]
    """By proposal and organisation."""
    disputed_rules: tuple[str, ...]

    @property
    def disputed_proposals(self) -> list[str]:
        """The proposals with more than one verdict in some year."""
        return [
            name
            for name, by_party in self.states.items()
            if any(states and len(states) > 1 for yearly_states in by_party.values() for states in yearly_states)
        ]


def agenda_outcomes(docket: Docket) -> AgendaOutcomes | None:
    """How many proposals of each agenda the rules let through; None with fewer than two agendas."""
    by_agenda: dict[str, list[str]] = {}
    for name in sorted(docket.proposals, key=lambda name: docket.proposal_time(name).as_stated.first_day):
        if year := docket.agenda_year(name):
            by_agenda.setdefault(str(year), []).append(name)
    if len(by_agenda) < 2:
        return None
    agendas = tuple(
        AgendaOutcome(
            year, tuple(names), Counter(worst_state(docket.under_bloc_rules(name).states()) for name in names)
        )
        for year, names in by_agenda.items()
    )
    last_time = docket.proposal_time(agendas[-1].proposals[0])
    changed_proposals = (
        name
        for name in agendas[0].proposals
        if docket.under_bloc_rules(name).states() != docket.under_bloc_rules(name, last_time).states()
    )
    return AgendaOutcomes(agendas, tuple(changed_proposals))


def exceeds_year_limit(docket: Docket) -> bool:
    """Whether the case has a period with more years than are looked at."""
    period = docket.case.period.as_stated if docket.case.period else None
    return period is not None and period.last_day.year - period.first_day.year > MOST_YEARS


def verdict_history(docket: Docket) -> VerdictHistory | None:
    """The proposals whose verdict changes within the period, with that of each year; None if there is no period."""
    period = docket.case.period.as_stated if docket.case.period else None
    if period is None or exceeds_year_limit(docket):
        return None
    years = [Edtf.parse(f"{year:04d}") for year in range(period.first_day.year, period.last_day.year + 1)]
    version_verdicts = VersionVerdicts(docket)
    states = {name: _states_by_party(version_verdicts, name, years) for name in docket.proposals}
    return VerdictHistory(
        tuple(year.text for year in years),
        {
            name: by_party
            for name, by_party in states.items()
            if any(len(set(yearly_states) - {None}) > 1 for yearly_states in by_party.values())
        },
        tuple(sorted({name for version in docket.versions for name in version.rejected})),
    )


def _states_by_party(version_verdicts: VersionVerdicts, name: str, years: Sequence[Edtf]) -> dict[str, YearlyStates]:
    readings_by_year = [version_verdicts.party_readings(name, year) for year in years]
    return {
        party: [
            _states_in_year(version_verdicts, readings, party, year)
            for year, readings in zip(years, readings_by_year, strict=True)
        ]
        for party in version_verdicts.docket.parties
    }


def _states_in_year(
    version_verdicts: VersionVerdicts, readings: Sequence[PartyReading], party: str, year: Edtf
) -> tuple[VerdictState, ...] | None:
    """The verdicts of an organisation in a year; None if it was surely not founded by then."""
    founded = version_verdicts.docket.case.organisations[party].founded
    if founded and founded.first_day > year.last_day:
        return None
    return version_verdicts.combined_states(reading for reading in readings if reading.party == party)
