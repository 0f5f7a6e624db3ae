"""How the chapter opens: who accepts in one sentence, how likely that is, and the picture by theory."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Literal

from detente.methods.offer_model.channel_variants import ChannelVariant
from detente.results.pictures import RangeRow, RangeRows
from detente.rooms.acceptance.findings.answer_words import (
    BARS_SENTENCE,
    COUNTED,
    acceptance_rows,
    at_head,
    range_phrase,
    tests_bars,
)
from detente.rooms.acceptance.findings.text import AcceptanceLabels
from detente.rooms.acceptance.model.decision.decision_makers import AppliedTheory
from detente.rooms.acceptance.model.two_tests import (
    ACCEPTS_ABOVE,
    REFUSES_UP_TO,
    AnswerVerdict,
    TwoTests,
    own_tests,
)
from detente.text.english import join_words, upper_first
from detente.text.likelihood import likelihood_clause

GainVerdict = Literal["gain", "loss", "unclear"]
"""What the channel is to the side that answers by its own gains."""
AS_ONE = " as one"
"""How a channel may end that an organisation runs."""
STRICT_SENTENCE = "Strict: the channel beats what there is, for whoever can stop it."
GENEROUS_SENTENCE = "Generous: accepting is the best reply."
_VERBS: dict[AnswerVerdict, str] = {
    "accepts": "accepts",
    "refuses": "refuses",
    "either way": "may go either way on",
}
_TAILS: dict[tuple[AnswerVerdict, GainVerdict], str] = {
    ("accepts", "gain"): "as a gain",
    ("accepts", "loss"): "despite a loss",
    ("accepts", "unclear"): "though its gain is unsure",
    ("refuses", "gain"): "despite a gain",
    ("refuses", "loss"): "as a loss",
    ("refuses", "unclear"): "though its loss is unsure",
}


def headline(labels: AcceptanceLabels) -> str:
    """Whether the other side accepts, and whether it gains: once where how the channel is run makes no difference."""
    variants = labels.deciders.offered_variants
    verdicts = {variant: _verdict(labels, variant) for variant in variants}
    if len(set(verdicts.values())) == 1:
        verb, tail = next(iter(verdicts.values()))
        however = ", however it is run" if len(variants) > 1 else ""
        return f"{upper_first(labels.answering_side)} {verb} {_object_phrase('the channel', tail)}{however}."
    clauses = []
    for verb, of_verb in groupby(verdicts.items(), key=lambda item: item[1][0]):
        objects = [_object_phrase(labels.channel_phrase(one), tail) for one, (_, tail) in of_verb]
        clauses.append(f"{verb} {', and '.join(objects)}")
    return f"{upper_first(labels.answering_side)} {join_words(clauses)}."


def _object_phrase(channel: str, tail: str) -> str:
    """The channel and what it is to the side; what it is first, where the channel ends like that."""
    return " ".join(filter(None, (tail, channel) if channel.endswith(AS_ONE) else (channel, tail)))


def _verdict(labels: AcceptanceLabels, variant: ChannelVariant) -> tuple[str, str]:
    """What it does with the channel run so, as a verb, and what the channel is to it by its own gains."""
    result, deciders = labels.result, labels.deciders
    verdict = own_tests(result, variant, deciders.full_theory).verdict
    gain = gain_verdict(result.acceptance_share(variant, deciders.absolute_gains))
    return _VERBS[verdict], _TAILS.get((verdict, gain), "")


def gain_verdict(share: float) -> GainVerdict:
    """What the channel is to a side that gains by it in such a share of the simulations."""
    rounded = round(100 * share)
    return "loss" if rounded <= REFUSES_UP_TO else "gain" if rounded > ACCEPTS_ABOVE else "unclear"


def lead(labels: AcceptanceLabels) -> str:
    """How likely it is that the other side accepts, in a word and by both tests."""
    variants, theory = labels.deciders.offered_variants, labels.deciders.full_theory
    tests = {variant: own_tests(labels.result, variant, theory) for variant in variants}
    return " ".join(_likelihood_sentences(labels, tests))


def _likelihood_sentences(labels: AcceptanceLabels, tests: dict[ChannelVariant, TwoTests]) -> Iterator[str]:
    shares = {variant: (one.low, one.high) for variant, one in tests.items()}
    accepts = f"{labels.answering_side} accepts"
    if len({range_phrase(both) for both in shares.values()}) == 1:
        both = next(iter(shares.values()))
        however = "however the channel is run, " if len(shares) > 1 else ""
        yield f"{upper_first(however + likelihood_clause(both, accepts))}: {range_phrase(both)}."
        return
    for position, (variant, both) in enumerate(shares.items()):
        counted = "" if position else COUNTED
        yield f"{at_head(labels, variant, likelihood_clause(both, accepts))}: {range_phrase(both, counted)}."


def opening_picture(labels: AcceptanceLabels) -> RangeRows:
    """How often the offer is accepted by each theory, that of the answer first."""
    deciders = labels.deciders
    main = deciders.full_theory
    theories = (main, *(theory for theory in deciders.theories if theory != main))
    rows_sentence = "Each row is one theory." if len(theories) > 1 else ""
    says = " ".join(filter(None, (rows_sentence, BARS_SENTENCE, STRICT_SENTENCE, GENEROUS_SENTENCE)))
    return acceptance_rows(labels, says, "What it looks at", [_theory_row(labels, theory) for theory in theories])


def _theory_row(labels: AcceptanceLabels, theory: AppliedTheory) -> RangeRow:
    tests = {one: own_tests(labels.result, one, theory) for one in labels.deciders.offered_variants}
    is_base = theory == labels.deciders.full_theory
    note = "as we assume" if is_base and len(labels.deciders.theories) > 1 else ""
    return RangeRow(
        labels.theory_label(theory), tests_bars(labels, tests), note, is_base=is_base, subject=f"theory:{theory.id}"
    )
