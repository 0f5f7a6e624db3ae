"""Those who decide in an organisation, over many draws at once: whether its rule is met, and on whom that turns.

Under a rule that needs everybody the most reluctant decides (the veto player of Tsebelis 2002), under a majority the
member whose yes completes it, in the order of how much each would have it (the pivotal voter of Black 1948).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from detente.methods.institutions.decision_rules import VoteCondition, VotingRule

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


@dataclass(frozen=True)
class VoteRequirement:
    """Something that takes so many points beyond all noes, to which each voice adds some by its yes."""

    points: tuple[int, ...]
    needed: int


@dataclass(frozen=True)
class DecidingBody:
    """Those who decide in an organisation: voices, each of one member or of several that see everything alike.

    Example:
        >>> import numpy as np
        >>> from detente.methods.institutions.deciding_body import DecidingBody
        >>> from detente.methods.institutions.decision_rules import majority_rule
        >>> body = DecidingBody.of_rule(majority_rule({"a": 1, "b": 1, "c": 1}, 2), (("a",), ("b",), ("c",)))
        >>> pivot, voter = body.pivotal_voter(np.array([[0.5, -1.0, 0.2]]))
        >>> pivot.tolist(), voter.tolist(), body.minimal_winning_coalitions  # the median voter (Black 1948)
        ([0.2], [2], [3, 5, 6])
    """

    voices: tuple[tuple[str, ...], ...]
    """The members of each voice."""
    requirements: tuple[tuple[VoteRequirement, ...], ...]
    """All must be met, each by one of its alternatives."""

    @classmethod
    def of_rule(cls, rule: VotingRule, voices: Sequence[Sequence[str]]) -> DecidingBody:
        """Those who decide by a rule.

        Args:
            rule: For members.
            voices: The members of each voice, who say yes or no together.
        """
        requirements = (
            tuple(_requirement(one, voices) for one in (condition, condition.alternative) if one is not None)
            for condition in rule.conditions
        )
        return cls(tuple(map(tuple, voices)), tuple(requirements))

    @property
    def voice_count(self) -> int:
        """How many voices there are."""
        return len(self.voices)

    def passes(self, supporters: Iterable[int]) -> bool:
        """Whether a proposal passes that these voices are for, and all others against."""
        supporter_set = set(supporters)
        return all(
            any(sum(one.points[index] for index in supporter_set) >= one.needed for one in alternatives)
            for alternatives in self.requirements
        )

    @cached_property
    def needs_everybody(self) -> bool:
        """Whether it passes with the yes of all voices, and not without that of any."""
        everybody = range(self.voice_count)
        return self.passes(everybody) and not any(self.passes(set(everybody) - {index}) for index in everybody)

    @cached_property
    def can_pass(self) -> bool:
        """Whether it passes with the yes of all."""
        return self.passes(range(self.voice_count))

    def passing_prefixes(self, order: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Whether it passes with the yes of the first voices in an order, shape (draws, voices) like the order."""
        import numpy as np

        passing = np.ones(order.shape, dtype=bool)
        for alternatives in self.requirements:
            passing &= np.any(
                [np.cumsum(np.array(one.points)[order], axis=1) >= one.needed for one in alternatives], axis=0
            )
        return passing

    def pivotal_voter(self, utility: Floats) -> tuple[Floats, NDArray[np.int64]]:
        """The utility at which the decision turns: a proposal passes where it is not below 0.

        Under consensus that is the least of all; under a majority, that of the voice whose yes completes it.

        Args:
            utility: Shape (draws, voices).

        Returns:
            It, and whose it is, each of shape (draws,). Where nothing passes even with all, minus infinity, and -1.
        """
        import numpy as np

        draws = len(utility)
        if not self.can_pass:
            return np.full(draws, -np.inf), np.full(draws, -1)
        if self.needs_everybody:
            pivot = utility.argmin(axis=1)
        else:
            order = np.argsort(-utility, axis=1, kind="stable")
            pivot = np.take_along_axis(order, self.passing_prefixes(order).argmax(axis=1)[:, None], axis=1)[:, 0]
        return np.take_along_axis(utility, pivot[:, None], axis=1)[:, 0], pivot

    @cached_property
    def minimal_winning_coalitions(self) -> list[int]:
        """The smallest sets of voices that pass, each a number whose bits are voices."""
        winning_masks = [mask for mask in range(1 << self.voice_count) if self.passes(_voters_in_mask(mask))]
        return [
            candidate
            for candidate in winning_masks
            if not any(other & candidate == other and other != candidate for other in winning_masks)
        ]


def _requirement(condition: VoteCondition, voices: Sequence[Sequence[str]]) -> VoteRequirement:
    """What each voice adds by its yes to all noes, and how much is needed beyond these."""
    points = [[condition.points.get(member, (0, 0, 0)) for member in voice] for voice in voices]
    points_against = sum(no for voice in points for _, _, no in voice)
    added = tuple(sum(yes - no for yes, _, no in voice) for voice in points)
    return VoteRequirement(added, condition.required_points - points_against)


def _voters_in_mask(mask: int) -> Iterator[int]:
    """The voices of a set that is a number whose bits are voices."""
    return (index for index in range(mask.bit_length()) if mask >> index & 1)
