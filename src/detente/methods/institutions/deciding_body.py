"""Those who decide in an organisation, over many draws at once: whether its rule is met, and on whom that turns.

Under a rule that needs everybody the most reluctant decides (the veto player of Tsebelis 2002), under a majority the
member whose yes completes it, in the order of how much each would have it (the pivotal voter of Black 1948).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from detente.methods.institutions.decision_rules import Stance, VotingRule

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


@dataclass(frozen=True)
class DecidingBody:
    """Those who decide in an organisation: voices, each of one member or of several that see everything alike.

    Example:
        >>> import numpy as np
        >>> from detente.methods.institutions.deciding_body import DecidingBody
        >>> from detente.methods.institutions.decision_rules import majority_rule
        >>> body = DecidingBody(majority_rule({"a": 1, "b": 1, "c": 1}, 2), (("a",), ("b",), ("c",)))
        >>> pivot, voter = body.pivotal_voter(np.array([[0.5, -1.0, 0.2]]))
        >>> pivot.tolist(), voter.tolist(), body.minimal_winning_coalitions  # the median voter (Black 1948)
        ([0.2], [2], [3, 5, 6])
    """

    rule: VotingRule
    voters: tuple[tuple[str, ...], ...]
    """The members of each voice."""

    def passes(self, supporters: Iterable[int]) -> bool:
        """Whether a proposal passes that these voices are for, and all others against."""
        supporter_set = set(supporters)
        stances: dict[str, Stance] = {
            member: "for" if index in supporter_set else "against"
            for index, voter in enumerate(self.voters)
            for member in voter
        }
        return self.rule.passes(stances)

    @cached_property
    def needs_everybody(self) -> bool:
        """Whether it passes with the yes of all voices, and not without that of any."""
        everybody = range(len(self.voters))
        return self.passes(everybody) and not any(self.passes(set(everybody) - {index}) for index in everybody)

    @cached_property
    def can_pass(self) -> bool:
        """Whether it passes with the yes of all."""
        return self.passes(range(len(self.voters)))

    @cached_property
    def _vote_conditions(self) -> list[list[tuple[NDArray[np.int64], int]]]:
        """By condition of the rule, and by what is enough instead: what each voice adds by its yes, and what it takes.

        That is how much is needed beyond all noes.
        """
        import numpy as np

        conditions = []
        for condition in self.rule.conditions:
            alternatives = []
            for single_condition in filter(None, (condition, condition.alternative)):
                points = [[single_condition.points.get(member, (0, 0, 0)) for member in voter] for voter in self.voters]
                vote_gains = [sum(yes - no for yes, _, no in voter) for voter in points]
                points_against = sum(no for voter in points for _, _, no in voter)
                alternatives.append((np.array(vote_gains), single_condition.required_points - points_against))
            conditions.append(alternatives)
        return conditions

    def passing_prefixes(self, order: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Whether it passes with the yes of the first voices in an order, shape (draws, voices) like the order."""
        import numpy as np

        passing = np.ones(order.shape, dtype=bool)
        for alternatives in self._vote_conditions:
            passing &= np.any(
                [
                    np.cumsum(vote_gains[order], axis=1) >= required_points
                    for vote_gains, required_points in alternatives
                ],
                axis=0,
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
        winning_masks = [mask for mask in range(1 << len(self.voters)) if self.passes(_voters_in_mask(mask))]
        return [
            candidate
            for candidate in winning_masks
            if not any(other & candidate == other and other != candidate for other in winning_masks)
        ]


def _voters_in_mask(mask: int) -> Iterator[int]:
    """The voices of a set that is a number whose bits are voices."""
    return (index for index in range(mask.bit_length()) if mask >> index & 1)
