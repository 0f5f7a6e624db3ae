"""What to call things where it is told how sure the answers are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from detente.case.index.labels import CaseLabels
from detente.case.index.number_labels import number_label
from detente.rooms.acceptance.findings.text import AcceptanceLabels
from detente.rooms.certainty.model.certainty import CertaintyModel
from detente.rooms.certainty.model.number_importance import NumberImportance
from detente.rooms.durability.findings.number_words import game_number_name
from detente.rooms.gains.findings.number_words import plain_number_name

METHOD = (
    "All numbers are varied at once, and each is asked how much of what differs between simulations goes with it. "
    "Its first-order index (Sobol' 1993) is the part of the variance that would go, were it known: from the "
    "simulations that were made, by 32 equal bins of each number, corrected for what bins of pure chance would "
    "show (Kelley 1935). Its total index (Homma and Saltelli 1996, by the estimator of Jansen 1999) counts what it "
    "does with others, too. Errors of both are by groups of simulations. A first-order index says nothing of a "
    "number that acts with others only, and of a rare answer hardly anything. Where numbers go together, knowing "
    "one tells of the others, and its index has that in it; totals are of what is its own alone."
)
MOST_NAMED, MOST_WORDS_NAMED = 3, 16
"""So many numbers are named in a sentence, in so many words."""
PART_OF_VARIANCE = "part of the variance"


@dataclass(frozen=True)
class CertaintyLabels:
    """The names of the case, for what its answers hang on."""

    model: CertaintyModel
    case_labels: CaseLabels

    @cached_property
    def acceptance(self) -> AcceptanceLabels:
        """The names of the offer; only where there is one."""
        assert self.model.result is not None
        return AcceptanceLabels(self.model.result, self.case_labels)

    def number_name(self, path: str) -> str:
        """A number in plain words that can follow `it depends on`."""
        if (of_game := game_number_name(path, self.case_labels)) is not None:
            return of_game
        acceptance = self.model.acceptance
        if acceptance is None or not path.startswith(("network.", "channels.", "issues.", "traits.", "threat.")):
            return number_label(self.model.case, path)
        channel = self.acceptance.deciders.offered_channel
        return plain_number_name(acceptance.gains.years[-1], path, channel, self.case_labels)


def direction_note(numbers: Iterable[NumberImportance]) -> str:
    """Whether more of a number helps, where that is the same in every form of the channel."""
    directions = {one.highest_third.value > one.lowest_third.value for one in numbers if _differ(one)}
    if len(directions) != 1:
        return ""
    return "more of it helps" if directions.pop() else "more of it hurts"


def _differ(one: NumberImportance) -> bool:
    """Whether the answer is another where the number is lowest than where it is highest, beyond the errors."""
    difference = one.highest_third.value - one.lowest_third.value
    return abs(difference) > 2 * (one.highest_third.error + one.lowest_third.error)


def names_fit(names: Sequence[str]) -> bool:
    """Whether names are few and short enough for one sentence."""
    return len(names) <= MOST_NAMED and len(" ".join(names).split()) <= MOST_WORDS_NAMED
