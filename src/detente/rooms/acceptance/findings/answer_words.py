"""How often the offer is accepted, in words: by both tests, and by how the channel is run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from detente.methods.offer_model.channel_variants import ChannelVariant
from detente.results.outcome import Standing
from detente.results.pictures import Bar, RangeRow, RangeRows
from detente.rooms.acceptance.findings.text import AcceptanceLabels
from detente.rooms.acceptance.model.sensitivity.what_if import WhatIf
from detente.rooms.acceptance.model.two_tests import TwoTests, own_tests, tests_after
from detente.text.english import upper_first, without_article
from detente.text.number_format import per_hundred

AS_ASSUMED = "As we assume"
MOST_WORDS_IN_SENTENCE = 25
COUNTED = "of 100 simulations"
BARS_SENTENCE = "Bars run from the strict to the generous test."


def range_phrase(shares: Sequence[float], counted: str = COUNTED) -> str:
    """How often, by one count or several: `in 4 to 27 of 100 simulations`, `in at most 5 of 100 simulations`.

    Args:
        shares: From 0 to 1.
        counted: What follows the number; nothing where the sentence has said it.
    """
    low, high = min(shares), max(shares)
    rounded_low, rounded_high = round(100 * low), round(100 * high)
    if rounded_low == rounded_high:
        return _frequency(high if rounded_high < 100 else low, counted)
    if rounded_low == 0 and rounded_high == 100:
        return "in anything from none to all"
    if rounded_low == 0:
        return f"in at most {rounded_high} {counted}".rstrip()
    if rounded_high == 100:
        return f"in at least {rounded_low} {counted}".rstrip()
    return f"in {rounded_low} to {rounded_high} {counted}".rstrip()


def _frequency(share: float, counted: str) -> str:
    if share in (0, 1):
        return "in every simulation" if share else "in no simulation"
    return f"in {per_hundred(share)} {counted}".rstrip()


def each_form(
    labels: AcceptanceLabels, shares: Mapping[ChannelVariant, Sequence[float]], separate: str = ", and"
) -> str:
    """How often, for each way to run the channel: `in 19 of 100 simulations if Russia runs it, and in 35 by consensus`.

    Once where a reader would see no difference.

    Args:
        labels: The names.
        shares: By how it is run, one count or several.
        separate: What stands between two ways to run it.
    """
    if len({range_phrase(of_form) for of_form in shares.values()}) == 1:
        return range_phrase(next(iter(shares.values())))
    phrases: list[str] = []
    for variant, of_form in shares.items():
        has_counted = any(COUNTED in phrase for phrase in phrases)
        phrases.append(f"{range_phrase(of_form, '' if has_counted else COUNTED)} {labels.form_phrase(variant)}")
    return f"{separate} ".join(phrases)


def each_form_sentences(
    labels: AcceptanceLabels, before: str, shares: Mapping[ChannelVariant, Sequence[float]], again: str
) -> str:
    """A clause with how often, for each way to run the channel: one sentence, or one for each where that is too long.

    Args:
        labels: The names.
        before: What stands before the numbers, as in `Then NATO would accept`.
        shares: By how it is run, one count or several.
        again: What stands before those of the second sentence, as in `It would`.
    """
    joined = f"{before} {each_form(labels, shares)}."
    if len(joined.split()) <= MOST_WORDS_IN_SENTENCE:
        return joined
    sentences: list[str] = []
    for variant, of_form in shares.items():
        counted = COUNTED if not sentences else ""
        head = again if sentences else before
        sentences.append(f"{head} {range_phrase(of_form, counted)} {labels.form_phrase(variant)}.")
    return " ".join(sentences)


def at_head(labels: AcceptanceLabels, variant: ChannelVariant, rest: str) -> str:
    """A clause after how the channel is run: `If Russia runs the channel, NATO gains`."""
    form = labels.form_phrase(variant)
    return upper_first(f"{form}, {rest}" if form else rest)


def tests_of(labels: AcceptanceLabels, what_if: WhatIf) -> dict[ChannelVariant, TwoTests]:
    """How often the offer would be accepted by both tests, for each way to run it that the what-if leaves."""
    theory_id = labels.deciders.full_theory.id
    found = {one: tests_after(what_if, (one.form, theory_id)) for one in labels.deciders.offered_variants}
    return {variant: tests for variant, tests in found.items() if tests is not None}


def both_tests(tests: Mapping[ChannelVariant, TwoTests]) -> dict[ChannelVariant, tuple[float, float]]:
    """The shares of both tests, by how the channel is run."""
    return {variant: (one.low, one.high) for variant, one in tests.items()}


def own_row(labels: AcceptanceLabels) -> RangeRow:
    """The case as it is, with which others are compared."""
    deciders = labels.deciders
    own = {one: own_tests(labels.result, one, deciders.full_theory) for one in deciders.offered_variants}
    return RangeRow(AS_ASSUMED, tests_bars(labels, own), is_base=True)


def what_if_row(
    labels: AcceptanceLabels, label: str, what_if: WhatIf, group: str = "", standing: Standing = "found"
) -> RangeRow:
    """What becomes of the offer by a what-if."""
    return RangeRow(label, tests_bars(labels, tests_of(labels, what_if)), group=group, standing=standing)


def tests_bars(labels: AcceptanceLabels, tests: Mapping[ChannelVariant, TwoTests]) -> tuple[Bar | None, ...]:
    """A bar from one test to the other for each way to run the channel."""
    found = (tests.get(variant) for variant in labels.deciders.offered_variants)
    return tuple(None if one is None else Bar(one.low, one.high) for one in found)


def acceptance_rows(labels: AcceptanceLabels, says: str, heading: str, rows: Sequence[RangeRow]) -> RangeRows:
    """A picture of how often the offer is accepted, a bar for each way to run the channel."""
    variants = labels.deciders.offered_variants
    return RangeRows(
        says=says,
        measure=f"{without_article(labels.answering_side)} accepts, {COUNTED}",
        series=tuple(upper_first(labels.variant_cell(variant)) for variant in variants),
        rows=tuple(rows),
        axis="likelihood",
        heading=heading,
    )
