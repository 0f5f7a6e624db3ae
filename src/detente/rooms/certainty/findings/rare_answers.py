"""The finding on rare answers: how often each answer is yes, counted by simulations made for it where it is rare."""

from __future__ import annotations

from collections.abc import Iterator

from detente.results.finding import Finding
from detente.results.table import Column, make_table
from detente.rooms.acceptance.findings.text import title_of_theory
from detente.rooms.certainty.findings.text import CertaintyLabels
from detente.rooms.certainty.model.rare_answers import AnswerShare
from detente.text.english import upper_first

COLUMNS = (
    Column("run", "the channel is run"),
    Column("theory"),
    Column("test"),
    Column("share", "yes, of 100", "digits", "of 100 simulations", error=True),
    Column("by", "counted by"),
    Column("hits", "simulations with the rarer answer, tilted or plain", "count"),
    Column("effective", "effective number of these", "whole", "simulations"),
    Column("most", "the rarer answer at most, of 100", "digits", "of 100 simulations, at 95 of 100"),
    Column("doubtful", "error may be too small", "yes_no"),
    Column("evaluations", "simulations made", "count"),
)
BY = {"plain draws": "plain simulations", "tilted draws": "tilted simulations"}
RARE = 0.01
"""A share below which, or above 1 less which, an answer is told as rare."""


def rare_answers_finding(labels: CertaintyLabels) -> Finding | None:
    """How often each answer is yes; None unless it was asked for in depth."""
    shares = labels.model.shares
    if not shares:
        return None
    told = [one for one in shares if _is_told(labels, one)]
    return Finding(
        id="rare",
        title="How rare a yes or a no is",
        question="How rare a yes or a no is",
        short_answer=_short_answer(told),
        place="detail",
        says=" ".join(_sentences(labels, told)),
        see="How often each answer is yes, by form, theory and test.",
        table=make_table(COLUMNS, (_row(labels, one) for one in shares)),
        method=(
            "Where plain simulations give fewer than a hundred of either answer, numbers are drawn tilted towards "
            "it, and each simulation counts for less, the likelier the tilt made it: importance sampling by the "
            "cross-entropy method (Rubinstein 1999; Rubinstein and Kroese 2004), with fresh draws, some from the "
            "case's own numbers, and searches for further regions. The estimate is unbiased. Its error may be too "
            "small where few simulations have the answer, or where a region was not found; the table says where "
            "there are signs of it."
        ),
    )


def _is_told(labels: CertaintyLabels, one: AnswerShare) -> bool:
    return one.asked.theory == labels.acceptance.deciders.full_theory.id


def _short_answer(told: list[AnswerShare]) -> str:
    """The rarest yes or no, in six words at most."""
    rarest = min(told, key=lambda one: min(one.share.value, 1 - one.share.value)).share.value
    if RARE <= rarest <= 1 - RARE:
        return "none is rare"
    return f"a {'yes' if rarest < RARE else 'no'} in {_in_many(min(rarest, 1 - rarest))}"


def _in_many(share: float) -> str:
    """A small share as so many of a round number: `13 of 100,000`."""
    for power in range(3, 10):
        if round(share * 10**power) >= 10:
            return f"{round(share * 10**power)} of {10**power:,}"
    return "fewer than 1 of 1,000,000,000"


def _range_in_many(low: float, high: float) -> str:
    """A range of small shares as so many of a round number: `12 to 14 of 100,000`."""
    power = next((power for power in range(3, 12) if round(high * 10**power) >= 10), 12)
    first, last = round(max(low, 0.0) * 10**power), round(high * 10**power)
    return f"{first} to {last} of {10**power:,}" if first < last else f"{last} of {10**power:,}"


def _sentences(labels: CertaintyLabels, told: list[AnswerShare]) -> Iterator[str]:
    rare = [one for one in told if not RARE <= one.share.value <= 1 - RARE]
    variants = {variant.form: variant for variant in labels.acceptance.deciders.offered_variants}
    side = labels.acceptance.answering_side
    for one in rare:
        form = labels.acceptance.form_phrase(variants[one.asked.form])
        is_yes = one.share.value < RARE
        share, error = (one.share.value if is_yes else 1 - one.share.value), one.share.error
        verb = "accepts" if is_yes else "refuses"
        if one.rarer_count:
            counted = f"in {_range_in_many(share - 2 * error, min(share + 2 * error, one.most))} simulations"
        else:
            counted = f"in none that we found, so in at most {_in_many(one.most)} simulations"
        clause = f"{side} {verb} by the {one.asked.test} test {counted}"
        yield upper_first(f"{form}, {clause}." if form else f"{clause}.")
    if rare:
        yield "That is within the ranges that we gave our numbers."
    if not rare:
        yield "No answer that is told is rarer than one in a hundred simulations."


def _row(labels: CertaintyLabels, one: AnswerShare) -> dict[str, object]:
    variants = {variant.form: variant for variant in labels.acceptance.deciders.offered_variants}
    theories = {theory.id: theory for theory in labels.acceptance.deciders.theories}
    return {
        "run": labels.acceptance.variant_cell(variants[one.asked.form]),
        "theory": title_of_theory(theories[one.asked.theory]),
        "test": one.asked.test,
        "share": 100 * one.share.value,
        "share_error": 100 * one.share.error,
        "by": BY[one.by],
        "most": 100 * one.most,
        "doubtful": one.is_doubtful,
        "hits": one.rarer_count,
        "effective": one.effective_size,
        "evaluations": one.evaluations,
    }
