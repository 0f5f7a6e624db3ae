"""How the durability room words patience and verdicts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.rooms.durability.model.draw_quantiles import quantiles
from detente.rooms.durability.model.theory_views import TheoryView
from detente.text.english import join_words, lower_first
from detente.text.number_format import format_number

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

SURE_SHARE = 0.9
"""The share of draws from which on it is said that cooperation lasts, or that it does not."""


def format_patience(x: float) -> str:
    """A patience in words."""
    return format_number(x) if x < 1 else "none is enough"


def patience_phrase(x: float) -> str:
    """What patience is needed, within a sentence."""
    return f"{format_patience(x)} is needed" if x < 1 else "no patience is enough"


def format_patience_interval(values: Floats) -> str:
    """A patience with its spread: `.75 (.52 to .86)`."""
    low, middle, high = quantiles(values)
    words = [format_patience(x) for x in (middle, low, high)]
    return words[0] if len(set(words)) == 1 else f"{words[0]} ({words[1]} to {words[2]})"


def lasting_verdict(lasting_share: float) -> str:
    """Whether it lasts, in a word."""
    return "yes" if lasting_share >= SURE_SHARE else "no" if lasting_share <= 1 - SURE_SHARE else "unsure"


def view_title(view: TheoryView) -> str:
    """The theories that see a game alike: `Realism and all reasons together`."""
    return join_words([view.titles[0], *(lower_first(title) for title in view.titles[1:])])


def by_view_phrase(view: TheoryView) -> str:
    """The same within a sentence: `by realism`, `by own gains alone`."""
    return f"by {lower_first(view_title(view))}"
