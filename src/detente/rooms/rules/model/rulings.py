"""Every proposal held against the rules of both sides: by channel, by part, by version of what is disputed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from detente.methods.institutions.competence import LegalVerdict, Rulebook
from detente.methods.institutions.legal_rule import STATE_RANK, ChangeSet, LegalChange, VerdictState, worst_state
from detente.methods.institutions.minimal_openings import MAX_CHANGES, OpeningSets, joint_openings, minimal_openings
from detente.methods.institutions.three_valued_logic import Attributes


@dataclass(frozen=True)
class Ruling:
    """What the rules of one party make of one thing proposed, by some versions of what the sources dispute."""

    party: str
    part_title: str
    """The part of the proposal; empty for the whole."""
    attributes: Attributes
    shared_attributes: frozenset[str]
    """The attributes that all parts of the proposal share."""
    presumed_attributes: frozenset[str]
    """The attributes that are presumed and not said."""
    versions: tuple[int, ...]
    """The versions that have the same rules for this party."""
    rulebook: Rulebook
    verdict: LegalVerdict
    search_depth: int = MAX_CHANGES
    """How many changes together are looked at for what would open it."""

    @cached_property
    def openings(self) -> OpeningSets:
        """The smallest sets of changes that would open it; what is particular to a part says so."""
        smallest = minimal_openings(self.rulebook, self.attributes, self.search_depth)
        return OpeningSets(
            [frozenset(map(self._name_change, changes)) for changes in smallest.sets], smallest.is_complete
        )

    def _name_change(self, change: LegalChange) -> LegalChange:
        if change.kind == "adopts":
            return LegalChange("adopts", self.party)
        if change.kind == "drops" or not self.part_title or change.target in self.shared_attributes:
            return change
        return LegalChange(change.kind, f"{change.target}@{self.part_title}", change.value)


@dataclass(frozen=True)
class ProposalRulings:
    """A proposal held against the rules that one channel would have to pass."""

    proposal: str
    channel: str
    partner: str
    """The member, for a bilateral channel; the organisation that offers, for a bloc channel."""
    rulings: tuple[Ruling, ...]

    def states(self, parties: Iterable[str] | None = None) -> tuple[VerdictState, ...]:
        """The verdicts by the versions of what is disputed, from worst to best; of some of the parties, or of all."""
        chosen_parties = None if parties is None else set(parties)
        return worst_states(
            (ruling.versions, ruling.verdict.state)
            for ruling in self.rulings
            if chosen_parties is None or ruling.party in chosen_parties
        )

    @property
    def parties(self) -> tuple[str, ...]:
        """Whose rules it is held against, the offering side first."""
        return tuple(dict.fromkeys(ruling.party for ruling in self.rulings))

    def party_rulings(self, party: str) -> list[Ruling]:
        """The rulings of one party, each once though several versions may agree in it."""
        distinct_rulings: dict[tuple[str, LegalVerdict], Ruling] = {}
        for ruling in self.rulings:
            if ruling.party == party:
                distinct_rulings.setdefault((ruling.part_title, ruling.verdict), ruling)
        return list(distinct_rulings.values())

    @cached_property
    def openings(self) -> list[ChangeSet]:
        """The smallest sets of changes that would open it on every side, in every part and by every version."""
        return list(self._opening_search.sets)

    @property
    def is_search_complete(self) -> bool:
        """Whether all sets of changes were looked at, up to the largest size."""
        return self._opening_search.is_complete

    @cached_property
    def _opening_search(self) -> OpeningSets:
        openings_by_ruling = [ruling.openings for ruling in self.rulings if ruling.verdict.state != "open"]
        joint = joint_openings(ruling_openings.sets for ruling_openings in openings_by_ruling)
        return OpeningSets(
            joint.sets, joint.is_complete and all(ruling_openings.is_complete for ruling_openings in openings_by_ruling)
        )


def worst_states(states: Iterable[tuple[Iterable[int], VerdictState]]) -> tuple[VerdictState, ...]:
    """The worst verdict by each version of what is disputed, each once, from worst to best."""
    state_by_version: dict[int, VerdictState] = {}
    for versions, state in states:
        for version in versions:
            state_by_version[version] = worst_state((state, state_by_version.get(version, "open")))
    return tuple(sorted(set(state_by_version.values()), key=STATE_RANK.__getitem__))
