"""What happened, in words: outcomes of the record as sentences and labels, and the chances that they were given."""

from __future__ import annotations

from detente.rooms.acceptance.findings.text import title_of_theory
from detente.rooms.acceptance.model.decision.decision_makers import AppliedTheory
from detente.rooms.acceptance.model.record_fit.outcome_tests import OutcomeTest
from detente.text.english import as_sentence, cardinal, join_words, lower_first
from detente.text.number_format import per_hundred

MOST_WORDS_IN_SENTENCE = 25
"""A statement stands as a sentence of its own where it would make another one longer than this."""
MOST_NAMED_THEORIES = 4
"""Theories that cannot be told apart, of whom more are not named."""


def outcome_statement(test: OutcomeTest) -> str:
    """What happened, in a sentence."""
    return as_sentence(outcome_label(test))


def outcome_label(test: OutcomeTest) -> str:
    """What happened, as a label: `Beacons on both sides of the pass: not taken up`."""
    if test.is_proposal:
        answered = "answered with another offer" if test.accepted is None else ""
        return f"{test.title}: {answered or ('taken up' if test.accepted else 'not taken up')}"
    return as_sentence(test.title).rstrip(".")


def with_example(head: str, statement: str) -> str:
    """A sentence that ends in an example: after a colon where it is short, as the next sentence where it is not."""
    mark = ":" if len(f"{head} {statement}".split()) <= MOST_WORDS_IN_SENTENCE else "."
    return f"{head}{mark} {statement}"


def chance_phrase(chance: float) -> str:
    """`31 in 100`, `no chance`, `less than 1 in 100`."""
    return f"{per_hundred(chance).replace('fewer', 'less')} in 100" if chance > 0 else "no chance"


def in_sentence(theory: AppliedTheory) -> str:
    """A theory as a thing, within a sentence: `realism`."""
    return lower_first(title_of_theory(theory))


def theories_phrase(theories: list[AppliedTheory]) -> str:
    """Several theories that cannot be told apart: their names, or how many they are."""
    if len(theories) > MOST_NAMED_THEORIES:
        return f"{cardinal(len(theories))} theories"
    return join_words(map(in_sentence, theories))


def part_phrase(count: int, total: int, noun: str) -> str:
    """So many of a total: `five of six outcomes`, `all six outcomes`, `both outcomes`, `none of six outcomes`.

    Args:
        count: How many.
        total: Of how many, at least two.
        noun: What they are, in the plural.
    """
    if count == total:
        return f"both {noun}" if total == 2 else f"all {cardinal(total)} {noun}"
    return f"{cardinal(count) if count else 'none'} of {cardinal(total)} {noun}"
