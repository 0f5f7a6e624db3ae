"""Which issues to put into one offer: what two sides agree on in how many draws, package by package.

A package is a set of issues, and never empty. What a voice makes of it is

    U_v(S) = sum over i in S of u_vi + f_v + w_v [S is the whole agenda]

with what each issue adds, what counts once whatever the package holds (standing, being bound), and what counts only if
all is settled (links that are then saved). Where no voice can be left out a package may pass though each of its parts
would fail, and the other way round. So all 2^n - 1 packages are gone through, up to `MOST_ISSUES_IN_FULL` issues;
beyond, by branch and bound on counts of draws, where every issue that is not decided yet adds what is good in it.

Who picks the best of many by some draws finds it too good in these draws (Smith and Winkler 2006 on the optimiser's
curse). So draws come in halves: packages are chosen by the first, and told by the second (`package_choice.py`).
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

MOST_ISSUES_IN_FULL = 14
"""Beyond it packages are searched by bounds."""
MOST_HELD = 2**20
"""Utilities of packages that are held at once: 8 megabytes."""
MOST_NODES = 20_000
"""Parts of the agenda that the search by bounds looks at before it gives up to prove its best."""


@dataclass(frozen=True)
class PackageTerms:
    """What each voice makes of each part of an offer, draw by draw.

    Example:
        >>> import numpy as np
        >>> from detente.methods.bargaining.issue_packages import PackageTerms
        >>> terms = PackageTerms(np.ones((2, 3, 100)), fixed=np.zeros((2, 100)), whole=np.zeros((2, 100)))
        >>> terms.issue_count, terms.draw_count, terms.first_draws(10).draw_count
        (3, 100, 10)
    """

    by_issue: Floats
    """Shape (voices, issues, draws)."""
    fixed: Floats
    """What counts once, shape (voices, draws)."""
    whole: Floats
    """What counts where all issues are in it, shape (voices, draws)."""
    agenda_size: int | None = None
    """How many of the issues make up the agenda, the first ones; all unless given. The others, such as concessions, are
    no offer by themselves."""

    @property
    def issue_count(self) -> int:
        """How many issues there are."""
        return int(self.by_issue.shape[1])

    @property
    def draw_count(self) -> int:
        """How many draws there are."""
        return int(self.by_issue.shape[2])

    def first_draws(self, count: int) -> PackageTerms:
        """The same in the first draws only."""
        kept = slice(0, count)
        return replace(self, by_issue=self.by_issue[:, :, kept], fixed=self.fixed[:, kept], whole=self.whole[:, kept])

    def utilities(self, packages: Flags, draws: slice = slice(None)) -> Floats:
        """What each voice makes of some packages.

        Args:
            packages: Which issues are in each, shape (packages, issues).
            draws: Which draws.

        Returns:
            Shape (voices, packages, draws).

        Example:
            >>> import numpy as np
            >>> from detente.methods.bargaining.issue_packages import PackageTerms, package_rows
            >>> by_issue = np.array([[[3.0], [-1.0]]])  # one voice, two issues, one draw
            >>> terms = PackageTerms(by_issue, fixed=np.array([[-1.0]]), whole=np.array([[0.5]]))
            >>> terms.utilities(package_rows(2)).tolist()  # the first alone, the second alone, both
            [[[2.0], [-2.0], [1.5]]]
        """
        added: Floats = packages.astype(float) @ self.by_issue[:, :, draws]
        added += self.fixed[:, None, draws]
        added[:, packages[:, : self.agenda_size].all(axis=1)] += self.whole[:, None, draws]
        return added


def package_rows(issue_count: int) -> Flags:
    """All packages, shape (2^issues - 1, issues): the binary digits of 1, 2, and so on, the lowest first.

    Example:
        >>> from detente.methods.bargaining.issue_packages import package_rows
        >>> package_rows(2).tolist()
        [[True, False], [False, True], [True, True]]
    """
    import numpy as np

    numbers = np.arange(1, 2**issue_count)
    return (numbers[:, None] >> np.arange(issue_count) & 1).astype(bool)


class Verdicts(NamedTuple):
    """What becomes of some packages, each of shape (packages, draws)."""

    answered: Flags
    """Whether the side that answers would have it."""
    agreed: Flags
    """Whether both sides would."""
    kept: Floats
    """What is left to who leads the side that offers, where both would; else 0."""
    answer_worth: Floats
    """What they are worth to the side that answers, where its decision turns."""
    leader_worth: Floats
    """What they are worth to who leads the side that offers, before it pays anybody."""


class PackageJudge(Protocol):
    """How two sides decide. More for any voice must never turn a yes to a no: the search by bounds rests on it.

    Example:
        >>> import numpy as np
        >>> from detente.methods.bargaining.issue_packages import EverybodyNeeded, PackageJudge
        >>> judge: PackageJudge = EverybodyNeeded()
        >>> judge.judge(np.array([[[1.0]], [[2.0]]]), slice(None)).agreed.tolist()
        [[True]]
    """

    def judge(self, utilities: Floats, draws: slice) -> Verdicts:
        """What becomes of packages.

        Args:
            utilities: Shape (voices, packages, draws).
            draws: Which draws these are.
        """


@dataclass(frozen=True)
class EverybodyNeeded:
    """Two sides each of which needs all its voices, and pays nobody.

    Example:
        >>> import numpy as np
        >>> from detente.methods.bargaining.issue_packages import EverybodyNeeded
        >>> verdicts = EverybodyNeeded(leader=0, answering=(1,)).judge(np.array([[[-1.0]], [[2.0]]]), slice(None))
        >>> verdicts.answered.tolist(), verdicts.agreed.tolist()
        ([[True]], [[False]])
    """

    leader: int = 0
    """The voice that leads the side that offers."""
    answering: tuple[int, ...] | None = None
    """The voices of the side that answers; all where None."""
    tolerance: float = 1e-9

    def judge(self, utilities: Floats, draws: slice) -> Verdicts:
        """A package passes where it is worth having to all."""
        agreed = utilities.min(axis=0) > self.tolerance
        of_answering = utilities if self.answering is None else utilities[list(self.answering)]
        answer_worth, leader_worth = of_answering.min(axis=0), utilities[self.leader]
        return Verdicts(answer_worth > self.tolerance, agreed, leader_worth * agreed, answer_worth, leader_worth)


@dataclass(frozen=True)
class PackageCounts:
    """In how many draws of each half packages are agreed on: the even ones, then the odd ones.

    Example:
        >>> import numpy as np
        >>> from detente.methods.bargaining.issue_packages import PackageCounts
        >>> counts = PackageCounts(*(np.ones((1, 2)) for _ in range(5)), draws=(3, 3))
        >>> counts.merge(counts).agreed.tolist(), counts.merge(counts).draws
        ([[2.0, 2.0]], (6, 6))
    """

    answered: NDArray[np.int64]
    """By the side that answers alone, shape (packages, 2)."""
    agreed: NDArray[np.int64]
    """By both sides, of the same shape."""
    kept: Floats
    """What is left to who leads the side that offers, all draws of the half together, of the same shape."""
    answer_worth: Floats
    """What it is worth to the side that answers, likewise."""
    leader_worth: Floats
    """What it is worth to who leads the other, before it pays anybody, likewise."""
    draws: tuple[int, int]
    """How many draws each half has."""

    def merge(self, later: PackageCounts) -> PackageCounts:
        """The same with more draws, of which these are an even number."""
        return PackageCounts(
            self.answered + later.answered,
            self.agreed + later.agreed,
            self.kept + later.kept,
            self.answer_worth + later.answer_worth,
            self.leader_worth + later.leader_worth,
            (self.draws[0] + later.draws[0], self.draws[1] + later.draws[1]),
        )


@dataclass(frozen=True)
class AgreementZone:
    """In which draws there is anything that both would have, each of shape (draws,)."""

    is_open: Flags
    """Both would have some package."""
    answerer_has_some: Flags
    """The side that answers would have some package, whatever the other makes of it."""


def _blocks_of_draws(draw_count: int, package_count: int, voice_count: int) -> Iterator[slice]:
    """Draws in blocks that hold not many more utilities at once than `MOST_HELD`; each begins with an even draw."""
    size = max(2, MOST_HELD // max(package_count * voice_count, 1) // 2 * 2)
    return (slice(start, min(start + size, draw_count)) for start in range(0, draw_count, size))


def count_packages(
    terms: PackageTerms, judge: PackageJudge, packages: Flags | None = None
) -> tuple[PackageCounts, AgreementZone]:
    """In how many draws packages are agreed on, and in which there is any that is.

    Args:
        terms: What voices make of issues.
        judge: How the sides decide.
        packages: Which, shape (packages, issues); all of them unless given.

    Example:
        >>> import numpy as np
        >>> from detente.methods.bargaining.issue_packages import EverybodyNeeded, PackageTerms, count_packages
        >>> by_issue = np.array([[[3.0, 3.0], [-1.0, -1.0]], [[-1.0, -4.0], [2.0, 2.0]]])  # two voices, issues, draws
        >>> terms = PackageTerms(by_issue, fixed=np.zeros((2, 2)), whole=np.zeros((2, 2)))
        >>> counts, zone = count_packages(terms, EverybodyNeeded())
        >>> counts.agreed.sum(axis=1).tolist(), zone.is_open.tolist()  # a trade: neither part would pass alone
        ([0, 0, 1], [True, False])
    """
    import numpy as np

    rows = package_rows(terms.issue_count) if packages is None else packages
    draw_count = terms.draw_count
    answered, agreed = np.zeros((2, len(rows), 2), dtype=np.int64)
    kept, answer_worth, leader_worth = np.zeros((3, len(rows), 2))
    is_offer = np.any(rows[:, : terms.agenda_size], axis=1, keepdims=True)
    is_open, has_some = np.zeros((2, draw_count), dtype=bool)
    for draws in _blocks_of_draws(draw_count, len(rows), len(terms.fixed)):
        verdicts = Verdicts(*(one * is_offer for one in judge.judge(terms.utilities(rows, draws), draws)))
        for half in (0, 1):
            answered[:, half] += verdicts.answered[:, half::2].sum(axis=1)
            agreed[:, half] += verdicts.agreed[:, half::2].sum(axis=1)
            kept[:, half] += verdicts.kept[:, half::2].sum(axis=1)
            answer_worth[:, half] += verdicts.answer_worth[:, half::2].sum(axis=1)
            leader_worth[:, half] += verdicts.leader_worth[:, half::2].sum(axis=1)
        is_open[draws] = verdicts.agreed.any(axis=0)
        has_some[draws] = verdicts.answered.any(axis=0)
    halves = (draw_count - draw_count // 2, draw_count // 2)
    return PackageCounts(answered, agreed, kept, answer_worth, leader_worth, halves), AgreementZone(is_open, has_some)


@dataclass(frozen=True)
class BoundedPackage:
    """The best package that was found, and how much better another could still be.

    Example:
        >>> from detente.methods.bargaining.issue_packages import BoundedPackage
        >>> BoundedPackage((True, False), agreed=40, bound=41, nodes=12).is_proved
        False
    """

    package: tuple[bool, ...]
    """Which issues are in it."""
    agreed: int
    """In how many draws it is agreed on."""
    bound: int
    """In how many draws any package is agreed on at most."""
    nodes: int
    """How many parts of the agenda were looked at."""

    @property
    def is_proved(self) -> bool:
        """Whether no package can be agreed on in more draws."""
        return self.agreed >= self.bound


def search_by_bounds(terms: PackageTerms, judge: PackageJudge, most_nodes: int = MOST_NODES) -> BoundedPackage:
    """The package that is agreed on in most draws, by branch and bound (Land and Doig 1960).

    Issues are decided one after another, those that move utilities most first; what is most promising is looked at
    first. Of packages that are as good any is returned.

    Args:
        terms: What voices make of issues.
        judge: How the sides decide.
        most_nodes: Parts of the agenda that are looked at before the rest is left unproved.

    Example:
        >>> import numpy as np
        >>> from detente.methods.bargaining.issue_packages import EverybodyNeeded, PackageTerms, search_by_bounds
        >>> draws = np.random.default_rng(1).normal(size=(3, 20, 400)) + 0.1
        >>> found = search_by_bounds(PackageTerms(draws, np.zeros((3, 400)), np.zeros((3, 400))), EverybodyNeeded(), 50)
        >>> found.is_proved, found.agreed <= found.bound
        (False, True)
    """
    import numpy as np

    search = _BoundSearch(terms, judge)
    best, agreed = search.flip_one_by_one()
    order = np.argsort(-np.abs(terms.by_issue).mean(axis=(0, 2)), kind="stable").tolist()
    nodes = 0
    waiting: list[tuple[int, int, tuple[bool, ...]]] = [(-terms.draw_count, 0, ())]
    while waiting and -waiting[0][0] > agreed and nodes < most_nodes:
        _, _, decided = heapq.heappop(waiting)
        for choice in (True, False):
            nodes += 1
            node: tuple[bool, ...] = (*decided, choice)
            package = np.zeros(terms.issue_count, dtype=bool)
            package[order[: len(node)]] = node
            if choice and (count := search.count(package)) > agreed:
                best, agreed = package, count
            free = order[len(node) :]
            if free and (bound := search.bound(package, free)) > agreed:
                heapq.heappush(waiting, (-bound, nodes, node))
    bound = max(agreed, -waiting[0][0]) if waiting else agreed
    return BoundedPackage(tuple(best.tolist()), agreed, bound, nodes)


@dataclass(frozen=True)
class _BoundSearch:
    terms: PackageTerms
    judge: PackageJudge

    def count(self, package: Flags) -> int:
        """In how many draws a package is agreed on."""
        is_offer = bool(package[: self.terms.agenda_size].any())
        return self._count(self.terms.utilities(package[None])) if is_offer else 0

    def bound(self, package: Flags, free: list[int]) -> int:
        """In how many draws anything is agreed on at most that has these issues, and whichever of others."""
        import numpy as np

        most = (package.astype(float) @ self.terms.by_issue)[:, None]
        most += (self.terms.fixed + np.maximum(self.terms.by_issue[:, free], 0).sum(axis=1))[:, None]
        could_be = package.copy()
        could_be[free] = True
        if could_be[: self.terms.agenda_size].all():
            most += np.maximum(self.terms.whole, 0)[:, None]
        return self._count(most)

    def _count(self, utilities: Floats) -> int:
        return int(self.judge.judge(utilities, slice(0, self.terms.draw_count)).agreed.sum())

    def flip_one_by_one(self) -> tuple[Flags, int]:
        """A package that no single issue more or less makes better, from the whole agenda."""
        import numpy as np

        best = np.ones(self.terms.issue_count, dtype=bool)
        agreed = self.count(best)
        while True:
            flipped = best ^ np.eye(len(best), dtype=bool)
            counts = [self.count(package) for package in flipped]
            if max(counts) <= agreed:
                return best, agreed
            best, agreed = flipped[int(np.argmax(counts))], max(counts)
