"""What could be done: all proposals compared at one time, from the most to the least open."""

from __future__ import annotations

from dataclasses import dataclass, replace

from detente.methods.institutions.legal_rule import STATES_WORST_FIRST
from detente.rooms.rules.model.docket import Docket
from detente.rooms.rules.model.rulings import ProposalRulings


@dataclass(frozen=True)
class RankedProposal:
    """A proposal in the ranking."""

    rank: int
    name: str
    rulings: ProposalRulings
    lacking_count: int | None
    """How many consents or facts are lacking; None if only a change of rules or of the proposal would open it."""
    silent_parties: tuple[str, ...]
    """On whose side no rule applies, at least in part."""

    @property
    def is_open(self) -> bool:
        """Whether nothing stands in its way, whatever source one follows."""
        return self.rulings.states() == ("open",)


def rank_proposals(docket: Docket) -> list[RankedProposal]:
    """The proposals from the most to the least open."""
    rows = sorted((judge_proposal(docket, name) for name in docket.proposals), key=_openness_key)
    keys = [_openness_key(row) for row in rows]
    return [replace(row, rank=keys.index(key) + 1) for row, key in zip(rows, keys, strict=True)]


def judge_proposal(docket: Docket, name: str) -> RankedProposal:
    """One proposal against the rules of both sides at the time of comparison, without its place among others."""
    rulings = docket.under_bloc_rules(name, docket.comparison_time)
    lacking_count: int | None = 0
    if rulings.states()[0] != "open":
        consent_openings = [c for c in rulings.openings if all(change.kind in ("meets", "settles") for change in c)]
        lacking_count = min((len(changes) for changes in consent_openings), default=None)
    silent_parties = (
        party
        for party in rulings.parties
        if any(not ruling.verdict.deciding_rules for ruling in rulings.party_rulings(party))
    )
    return RankedProposal(0, name, rulings, lacking_count, tuple(silent_parties))


def _openness_key(row: RankedProposal) -> tuple[int, bool, int, int]:
    """By the worst verdict, then by what is lacking, then by on how many sides it rests on no rule."""
    return (
        -STATES_WORST_FIRST.index(row.rulings.states()[0]),
        row.lacking_count is None,
        row.lacking_count or 0,
        len(row.silent_parties),
    )
