"""Theories within a sentence, and the sums that they come to."""

from __future__ import annotations

from detente.case.schema.case import Case
from detente.methods.inference.congruence import CongruenceTally
from detente.text.english import join_words
from detente.text.mixed_numbers import format_mixed
from detente.text.names_in_sentences import common_name, possessive


def theory_in_sentence(case: Case, theory: str) -> str:
    """A theory within a sentence: `realism`."""
    return common_name(case.theories[theory].name)


def score_words(case: Case, tally: CongruenceTally) -> str:
    """Who leads and by what: `Realism, 3 to liberalism's 2`, `A tie, 2 to 2`; of three or more each with its name."""
    if not any(tally.scores.values()):
        return "No motive is coded to any theory"
    ranked = sorted(tally.scores, key=lambda theory: -tally.scores[theory])
    sums = [format_mixed(tally.scores[theory]) for theory in ranked]
    if len(ranked) > 2:
        named = join_words(f"{theory_in_sentence(case, t)} {n}" for t, n in zip(ranked, sums, strict=True))
        return (
            f"{'A tie at the head' if tally.leader is None else case.theories[tally.leader].name + ' leads'}: {named}"
        )
    if tally.leader is None:
        return f"A tie, {sums[0]} to {sums[1]}"
    rival = possessive(theory_in_sentence(case, ranked[1]))
    return f"{case.theories[tally.leader].name}, {sums[0]} to {rival} {sums[1]}"
