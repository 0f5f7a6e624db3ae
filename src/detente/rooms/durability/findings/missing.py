"""What a reader may look for in the chapter on whether cooperation lasts, and does not find."""

from __future__ import annotations

from collections.abc import Iterator

from detente.results.finding import Missing
from detente.rooms.durability.model.durability import DurabilityModel
from detente.text.english import count_noun, lower_first
from detente.text.issue_lists import join_titles

MOST_TITLES = 3
"""Issues that are named; of more, how many they are."""


def lasting_missing(model: DurabilityModel) -> Iterator[Missing]:
    """What the case has no material for."""
    if not model.patience:
        yield Missing(
            "whether cooperation between the two sides would last",
            "The case does not say what either side gets by cooperating, or by leaving the other alone.",
            "Add `games:`, one entry an issue.",
        )
        return
    yield from _issues_left_out(model)
    if not any(game.has_noise for game in model.patience):
        yield Missing("what errors would do", "In this case nobody errs.", "Add `noise:` to an entry of `games:`.")
    if not any(game.has_concern for game in model.pivots):
        yield Missing(
            "whose concern decides",
            "Nobody in this case minds what the other side gains.",
            "Add `relative_gains:` to an entry of `games:`.",
        )
    if model.first_steps is None:
        yield Missing(
            "whether a first step would help",
            "The case does not say how far the sides trust each other, or what a first step puts at stake.",
            "Add `trust:` to an entry of `games:`, with a `first_step:`.",
        )
    if not model.institutions:
        yield Missing(
            "what a standing body would change",
            "The case names no institution that could make errors rarer or the future count for more.",
            "Add `institutions:`, one entry for each.",
        )


def _issues_left_out(model: DurabilityModel) -> Iterator[Missing]:
    """The issues that no game is about."""
    covered = {issue for game in model.case.games.values() for issue in game.issues}
    left = [lower_first(issue.title) for id, issue in model.case.issues.items() if id not in covered]
    if not covered or not left:
        return
    named = f"on {join_titles(left)}" if len(left) <= MOST_TITLES else f"on {count_noun(len(left), 'other issue')}"
    yield Missing(
        f"whether cooperation {named} would last",
        "The case does not say what the sides get there.",
        "Add an entry to `games:` for each.",
    )
