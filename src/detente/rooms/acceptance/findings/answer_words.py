"""How often the offer is accepted, in words: by both tests, with how the channel is run."""

from __future__ import annotations

from collections.abc import Iterable

from detente.case.index.channel_variants import ChannelVariant
from detente.results.pictures import Bar
from detente.rooms.acceptance.findings.text import AcceptanceLabels
from detente.rooms.acceptance.model.two_tests import TwoTests
from detente.text.english import upper_first, without_article
from detente.text.shares import frequency_phrase

TESTS_SENTENCE = (
    "A bar runs from the strict test, in which the channel must beat what there is for all who can stop it, to the "
    "generous, in which accepting must be the best reply."
)
AS_ASSUMED = "As we assume"


def range_phrase(shares: Iterable[float]) -> str:
    """How often, by several counts: `in 4 to 27 of 100 simulations`, `in at most 5 of 100 simulations`."""
    listed = [float(share) for share in shares]
    low, high = min(listed), max(listed)
    rounded_low, rounded_high = round(100 * low), round(100 * high)
    if rounded_low == rounded_high:
        return frequency_phrase(high if rounded_high < 100 else low)
    if rounded_low == 0 and rounded_high == 100:
        return "in anything from none to all of 100 simulations"
    if rounded_low == 0:
        return f"in at most {rounded_high} of 100 simulations"
    if rounded_high == 100:
        return f"in at least {rounded_low} of 100 simulations"
    return f"in {rounded_low} to {rounded_high} of 100 simulations"


def tests_phrase(tests: TwoTests) -> str:
    """The same of both tests."""
    return range_phrase((tests.low, tests.high))


def tests_bar(tests: TwoTests | None) -> Bar | None:
    """The bar from one test to the other."""
    return None if tests is None else Bar(tests.low, tests.high)


def series_names(labels: AcceptanceLabels) -> tuple[str, ...]:
    """What the bars of a row stand for: each way to run the channel, or the channel where there is but one."""
    return tuple(upper_first(labels.variant_cell(variant)) for variant in labels.deciders.offered_variants)


def at_head(labels: AcceptanceLabels, variant: ChannelVariant, rest: str) -> str:
    """A clause after how the channel is run: `If Russia runs the channel, NATO gains`."""
    form = labels.form_phrase(variant)
    return upper_first(f"{form}, {rest}" if form else rest)


def acceptance_measure(labels: AcceptanceLabels) -> str:
    """What an axis counts: `NATO accepts, of 100 simulations`."""
    return f"{without_article(labels.answering_side)} accepts, of 100 simulations"
