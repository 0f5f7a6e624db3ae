"""What recoding motives, or counting theories named second, does to a verdict: in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from detente.methods.inference.congruence import CongruenceTally
from detente.methods.inference.fragility import MAX_SETS
from detente.rooms.evidence.model.congruence_tables import CongruenceTest, verdict_robustness
from detente.rooms.evidence.model.evidence import TableEvidence
from detente.text.english import cardinal, count_noun, upper_first
from detente.text.mixed_numbers import format_mixed

SECOND_COUNTS_PHRASES: Mapping[Fraction, str] = {
    Fraction(0): "nothing",
    Fraction(1, 4): "a quarter",
    Fraction(1, 2): "half",
    Fraction(1): "in full",
}
"""What a theory named second counts."""


@dataclass(frozen=True, slots=True)
class RecodingNeed:
    """What it takes to reverse the verdict of a table, or to break its tie."""

    is_tie: bool
    recodings: int | None
    """The fewest that reverse it, or one where one breaks the tie; None where none do."""
    candidates: int | None
    """Among how many motives; None where they were not all listed."""


def recoding_need(table: TableEvidence) -> RecodingNeed:
    """What it takes to reverse the verdict of a table, or to break its tie."""
    fewest = table.test.minimum_recodings
    if table.test.main_tally.leader is None:
        return RecodingNeed(True, 1 if table.stability.tie_breakers else None, None)
    if fewest is None:
        return RecodingNeed(False, None, None)
    candidates = {unit for units in fewest.row_sets for unit in units}
    return RecodingNeed(False, fewest.recoding_count, len(candidates) if len(fewest.row_sets) < MAX_SETS else None)


def second_counts_phrase(weight: Fraction) -> str:
    """What a theory named second counts: `half`, `in full`, `0.3`."""
    return SECOND_COUNTS_PHRASES.get(weight, format_mixed(weight))


def first_other_treatment(test: CongruenceTest) -> CongruenceTally | None:
    """The first treatment of theories named second under which another theory leads, or none; None if none does."""
    others = [tally for tally in test.tallies if tally.leader != test.main_tally.leader]
    return min(others, key=lambda tally: abs(tally.s - test.main_tally.s), default=None)


def standing_sentences(table: TableEvidence) -> str:
    """What reverses the verdict of a table, and its standing: `One recoding reverses it. Fragile.`"""
    test, need = table.test, recoding_need(table)
    if need.is_tie:
        return "One recoding breaks it." if need.recodings else "No single recoding breaks it."
    return f"{upper_first(standing_reason(test))}. {verdict_robustness(test).capitalize()}."


def standing_reason(test: CongruenceTest) -> str:
    """The change by which a verdict has its standing, as a clause: `one recoding reverses it`."""
    fewest, own_leader, standing = test.minimum_recodings, test.main_tally.leader, verdict_robustness(test)
    reversing = [tally for tally in test.tallies if tally.leader not in (own_leader, None)]
    if fewest and fewest.recoding_count == 1:
        return "one recoding reverses it"
    if standing == "fragile" and reversing:
        return f"it reverses if a theory named second counts {second_counts_phrase(reversing[0].s)}"
    if fewest and fewest.recoding_count == 2:
        return "two recodings reverse it"
    if standing == "moderate" and fewest and fewest.recodings_to_tie == 1:
        return "one recoding makes it a tie"
    if standing == "moderate" and (tying := first_other_treatment(test)):
        return f"it is a tie if a theory named second counts {second_counts_phrase(tying.s)}"
    return (
        f"it takes {cardinal(fewest.recoding_count)} recodings to reverse it" if fewest else "no recoding reverses it"
    )


def recodings_phrase(count: int) -> str:
    """`recoding one motive`."""
    return f"recoding {count_noun(count, 'motive')}"
