"""Those who decide in an organisation, over many draws at once: whether its rule is met, and on whom that turns.

Under a rule that needs everybody the most reluctant decides (the veto player of Tsebelis 2002), under a majority the
member whose yes completes it, in the order of how much each would have it (the pivotal voter of Black 1948).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from detente.methods.institutions.decision_rules import DecisionRule, Stance

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Chamber:
    """Those who decide in an organisation: voices, each of one member or of several that see everything alike."""

    rule: DecisionRule
    voices: tuple[tuple[str, ...], ...]
    """The members of each voice."""

    def passes(self, favour: Iterable[int]) -> bool:
        """Whether a proposal passes that these voices are for, and all others against."""
        yes = set(favour)
        stances: dict[str, Stance] = {
            member: "for" if at in yes else "against" for at, voice in enumerate(self.voices) for member in voice
        }
        return self.rule.passes(stances)

    @cached_property
    def all_needed(self) -> bool:
        """Whether it passes with the yes of all voices, and not without that of any."""
        every = range(len(self.voices))
        return self.passes(every) and not any(self.passes(set(every) - {at}) for at in every)

    @cached_property
    def can_pass(self) -> bool:
        """Whether it passes with the yes of all."""
        return self.passes(range(len(self.voices)))

    @cached_property
    def _worth(self) -> list[list[tuple[NDArray[np.int64], int]]]:
        """By condition of the rule, and by what is enough instead: what each voice adds by its yes, and what it takes.

        That is how much is needed beyond all noes.
        """
        import numpy as np

        found = []
        for condition in self.rule.conditions:
            ways = []
            for one in filter(None, (condition, condition.or_else)):
                points = [[one.points.get(member, (0, 0, 0)) for member in voice] for voice in self.voices]
                adds = [sum(yes - no for yes, _, no in voice) for voice in points]
                noes = sum(no for voice in points for _, _, no in voice)
                ways.append((np.array(adds), one.needed - noes))
            found.append(ways)
        return found

    def completed(self, order: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Whether it passes with the yes of the first voices in an order, shape (draws, voices) like the order."""
        import numpy as np

        passing = np.ones(order.shape, dtype=bool)
        for ways in self._worth:
            passing &= np.any([np.cumsum(adds[order], axis=1) >= needed for adds, needed in ways], axis=0)
        return passing

    def pivotal(self, utility: Floats) -> tuple[Floats, NDArray[np.int64]]:
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
        if self.all_needed:
            who = utility.argmin(axis=1)
        else:
            order = np.argsort(-utility, axis=1, kind="stable")
            who = np.take_along_axis(order, self.completed(order).argmax(axis=1)[:, None], axis=1)[:, 0]
        return np.take_along_axis(utility, who[:, None], axis=1)[:, 0], who

    @cached_property
    def least_sets(self) -> list[int]:
        """The smallest sets of voices that pass, each a number whose bits are voices."""
        sets = [mask for mask in range(1 << len(self.voices)) if self.passes(_members(mask))]
        return [one for one in sets if not any(other & one == other and other != one for other in sets)]


def _members(mask: int) -> Iterator[int]:
    """The voices of a set that is a number whose bits are voices."""
    return (at for at in range(mask.bit_length()) if mask >> at & 1)
