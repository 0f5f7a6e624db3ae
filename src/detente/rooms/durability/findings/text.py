"""How the durability room words patience and theories."""

from __future__ import annotations

from detente.rooms.durability.model.draw_quantiles import DrawQuantiles
from detente.rooms.durability.model.theory_views import TheoryView
from detente.text.english import join_words, lower_first
from detente.text.number_format import format_number


def format_patience(x: float) -> str:
    """A patience in words."""
    return format_number(x) if x < 1 else "none is enough"


def patience_phrase(x: float) -> str:
    """What patience is needed, within a sentence."""
    return f"{format_patience(x)} is needed" if x < 1 else "no patience is enough"


def format_patience_interval(interval: DrawQuantiles) -> str:
    """A patience with its spread: `.75 (.52 to .86)`."""
    low, middle, high = interval
    words = [format_patience(x) for x in (middle, low, high)]
    return words[0] if len(set(words)) == 1 else f"{words[0]} ({words[1]} to {words[2]})"


def view_title(view: TheoryView) -> str:
    """The theories that see a game alike: `Realism and all reasons together`."""
    return join_words([view.titles[0], *(lower_first(title) for title in view.titles[1:])])


def by_view_phrase(view: TheoryView) -> str:
    """The same within a sentence: `by realism`, `by own gains alone`."""
    return f"by {lower_first(view_title(view))}"
