"""Which of many packages is best, chosen by one half of the draws and told by the other.

Who takes the best of many by some draws finds it too good in these draws: the optimiser's curse (Smith and Winkler
2006). What is told of a package that was chosen is therefore from draws that had no part in the choice. Packages that
the first half cannot tell from the best, within `TIE_ERRORS` standard errors, are a tie; of a tie the smallest and the
largest are told, and none is called the best.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from detente.methods.bargaining.bargaining_solutions import efficient_outcomes
from detente.methods.bargaining.issue_packages import PackageCounts

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]
    Indices = NDArray[np.intp]

TIE_ERRORS = 2.5
"""Standard errors within which packages are as good."""
NEARLY = 0.9
"""The part of the most that is agreed on for which the smallest package is looked for."""
CHOSEN_BY, TOLD_BY = 0, 1
"""The halves of the draws."""


@dataclass(frozen=True)
class ToldShare:
    """In which share of the draws that had no part in a choice something is agreed on."""

    value: float
    error: float
    """Its standard error."""


@dataclass(frozen=True)
class PackageTable:
    """Packages in several formats, a row for each package in each format, in the order of the formats.

    Example:
        >>> import numpy as np
        >>> from detente.methods.bargaining.issue_packages import EverybodyNeeded, PackageTerms, count_packages
        >>> from detente.methods.bargaining.issue_packages import package_rows
        >>> from detente.methods.bargaining.package_choice import PackageTable
        >>> by_issue = np.random.default_rng(1).normal(0.3, 1, (2, 3, 2_000))
        >>> terms = PackageTerms(by_issue, np.zeros((2, 2_000)), np.zeros((2, 2_000)))
        >>> table = PackageTable(package_rows(3), (count_packages(terms, EverybodyNeeded())[0],))
        >>> best = table.most_agreed()[0]  # all three issues
        >>> int(table.place(best)[1]), round(table.told(best).value, 2)
        (6, 0.49)
    """

    packages: NDArray[np.bool_]
    """Which issues are in each, shape (packages, issues): the same in every format."""
    counts: tuple[PackageCounts, ...]
    """One for each format."""

    @property
    def row_count(self) -> int:
        """How many rows there are."""
        return len(self.packages) * len(self.counts)

    def place(self, row: int) -> tuple[int, int]:
        """The format and the package of a row."""
        return divmod(row, len(self.packages))

    @cached_property
    def sizes(self) -> NDArray[np.int64]:
        """How many issues are in each row, shape (rows,)."""
        import numpy as np

        return np.tile(self.packages.sum(axis=1), len(self.counts))

    def shares(self, half: int) -> Floats:
        """In which share of a half of the draws each row is agreed on, shape (rows,)."""
        import numpy as np

        return np.concatenate([one.agreed[:, half] / one.draws[half] for one in self.counts])

    def kept(self, half: int) -> Floats:
        """What is left to who leads the side that offers, the mean over a half of the draws, shape (rows,)."""
        import numpy as np

        return np.concatenate([one.kept[:, half] / one.draws[half] for one in self.counts])

    def mean_worths(self, half: int) -> Floats:
        """What each row is worth to the side that answers and to who leads the other, shape (rows, 2)."""
        import numpy as np

        return np.concatenate(
            [
                np.stack([one.answer_worth[:, half], one.leader_worth[:, half]], axis=1) / one.draws[half]
                for one in self.counts
            ]
        )

    def told(self, row: int) -> ToldShare:
        """In which share of the draws of the second half a row is agreed on."""
        format, package = self.place(row)
        draws = self.counts[format].draws[TOLD_BY]
        share = float(self.counts[format].agreed[package, TOLD_BY] / draws)
        return ToldShare(share, (share * (1 - share) / draws) ** 0.5)

    def most_agreed(self, rows: Indices | None = None) -> Indices:
        """The rows that are agreed on most often, by the first half: all that cannot be told from the best.

        Args:
            rows: Among which; all unless given.

        Returns:
            The best first, then the others in their order.
        """
        import numpy as np

        among = np.arange(self.row_count) if rows is None else rows
        shares = self.shares(CHOSEN_BY)[among]
        best = int(shares.argmax())
        draws = self.counts[0].draws[CHOSEN_BY]
        error = (shares[best] * (1 - shares[best]) / draws) ** 0.5
        others = np.flatnonzero(shares >= shares[best] - TIE_ERRORS * error)
        return among[np.concatenate([[best], others[others != best]]).astype(np.intp)]

    def smallest_nearly_best(self) -> int:
        """The row with the fewest issues that is agreed on nearly as often as the best, by the first half."""
        import numpy as np

        shares = self.shares(CHOSEN_BY)
        nearly = np.flatnonzero(shares >= NEARLY * shares.max())
        return int(nearly[np.lexsort((-shares[nearly], self.sizes[nearly]))[0]])

    def front(self) -> Indices:
        """The rows beside which none is agreed on as often and leaves more to who offers, by the first half."""
        import numpy as np

        return efficient_outcomes(np.stack([self.shares(CHOSEN_BY), self.kept(CHOSEN_BY)], axis=1))

    def changed_rows(self, row: int, format_distances: Sequence[Sequence[int]], most_changes: int) -> Indices:
        """The rows that take so many changes of a row, or fewer, and at least one.

        Args:
            row: Which row.
            format_distances: How many changes take each format to each other.
            most_changes: How many at most; an issue more or less is one change.
        """
        import numpy as np

        format, package = self.place(row)
        of_issues = (self.packages != self.packages[package]).sum(axis=1)
        changes = np.concatenate([of_issues + format_distances[format][other] for other in range(len(self.counts))])
        return np.flatnonzero((changes > 0) & (changes <= most_changes))


def tied_with_best(agreed: Sequence[Flags]) -> tuple[int, ...]:
    """The offer that is agreed on in most draws, then those that cannot be told from it on these draws.

    Two cannot be told apart if the mean of their difference draw by draw is within `TIE_ERRORS` of its own standard
    errors.

    Args:
        agreed: By offer, in which draws it is agreed on, each of shape (draws,).

    Example:
        >>> import numpy as np
        >>> from detente.methods.bargaining.package_choice import tied_with_best
        >>> draws = np.arange(1_000)
        >>> tied_with_best([draws < 500, draws < 300, draws % 2 == 0])
        (0, 2)
    """
    import numpy as np

    best = max(range(len(agreed)), key=lambda number: float(agreed[number].mean()))
    tied = [best]
    for number, own in enumerate(agreed):
        lost = agreed[best].astype(float) - own
        if number != best and lost.mean() <= TIE_ERRORS * np.std(lost) / len(lost) ** 0.5:
            tied.append(number)
    return tuple(tied)
