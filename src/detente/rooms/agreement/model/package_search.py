"""Which packages would be agreed on: all of them, in every format, over the draws of the case."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from detente.methods.bargaining.bargaining_solutions import (
    CONCEPTS,
    LotteryFrontier,
    SolutionConcept,
    lottery_frontier,
    rational_outcomes,
    solve_outcomes,
)
from detente.methods.bargaining.issue_packages import (
    MOST_ISSUES_IN_FULL,
    BoundedPackage,
    PackageCounts,
    package_rows,
    search_by_bounds,
)
from detente.methods.bargaining.package_choice import TOLD_BY, PackageTable, ToldShare
from detente.methods.offer_model.gains import evaluate_gains
from detente.methods.offer_model.model_draws import batch_ranges, sample_model
from detente.methods.offer_model.offer_packages import count_all_packages
from detente.rooms.acceptance.model.decision.decision_makers import DecisionMakers
from detente.rooms.agreement.model.offer_draws import OfferBatch, OfferExtras
from detente.rooms.agreement.model.offer_fate import PackageVerdicts
from detente.rooms.agreement.model.offer_formats import OfferFormat

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]
    Indices = NDArray[np.intp]

MOST_PACKAGES_IN_DRAWS = 2**24
"""Packages times draws that are looked at in each format; all draws with `--deep`. Work is counted, not time."""
BOUNDED_DRAWS = 512
"""Draws in which the best package is looked for by bounds, where issues are many."""


@dataclass(frozen=True)
class ZoneShares:
    """In which share of the draws there is anything that both would have."""

    open: float
    answering_side_has_none: float
    """Whatever is offered, the side that answers would have none of it."""
    never_the_same: float
    """The side that answers would have some, and the other none of these."""


@dataclass(frozen=True)
class PackageRow:
    """A package in a format, with what is told of it by the half of the draws that had no part in choosing it."""

    row: int
    format: OfferFormat
    items: tuple[str, ...]
    """The issues in it, and the concessions."""
    agreed: ToldShare
    kept: float
    """What is left to who leads the side that offers, the mean over the draws."""


@dataclass(frozen=True)
class PackageSearch:
    """What was found among all packages."""

    items: tuple[str, ...]
    """The issues that were weighed, then the concessions."""
    formats: tuple[OfferFormat, ...]
    table: PackageTable
    zone: ZoneShares
    draws: int
    theory: str

    def row(self, number: int) -> PackageRow:
        """A row of the table, told by the second half of the draws."""
        format, package = self.table.place(number)
        chosen = self.table.packages[package]
        items = tuple(item for item, is_in in zip(self.items, chosen, strict=True) if is_in)
        kept = float(self.table.kept(TOLD_BY)[number])
        return PackageRow(number, self.formats[format], items, self.table.told(number), kept)

    @cached_property
    def best(self) -> tuple[PackageRow, ...]:
        """The packages that are agreed on most often; several where they cannot be told apart, the best first."""
        return tuple(self.row(int(number)) for number in self.table.most_agreed(self._offers))

    @cached_property
    def _offers(self) -> Indices:
        """The rows with an issue: concessions alone are no offer."""
        import numpy as np

        issues = np.array([item not in self.concessions for item in self.items])
        has_issue = self.table.packages[:, issues].any(axis=1)
        return np.flatnonzero(np.tile(has_issue, len(self.formats)))

    @property
    def hardly_depends_on_items(self) -> bool:
        """Whether in each format that does best, most packages do: what is in it then hardly matters."""
        packages = len(self._offers) // len(self.formats)
        tied = Counter(one.format for one in self.best)
        return packages > 1 and all(count > packages / 2 for count in tied.values())

    @cached_property
    def tie_ends(self) -> tuple[PackageRow, PackageRow]:
        """The smallest and the largest of these."""
        by_size = sorted(self.best, key=lambda one: (len(one.items), -one.agreed.value))
        return by_size[0], by_size[-1]

    @cached_property
    def common_items(self) -> tuple[str, ...]:
        """What all of these hold."""
        return tuple(item for item in self.items if all(item in one.items for one in self.best))

    @cached_property
    def tied_formats(self) -> tuple[OfferFormat, ...]:
        """The formats of these, in the order of all."""
        found = {one.format for one in self.best}
        return tuple(one for one in self.formats if one in found)

    @cached_property
    def smallest_nearly_best(self) -> PackageRow:
        """The smallest package that is agreed on nearly as often."""
        return self.row(self.table.smallest_nearly_best())

    @cached_property
    def front(self) -> tuple[PackageRow, ...]:
        """The packages beside which none is agreed on as often and leaves more to who offers."""
        rows = [self.row(int(number)) for number in self.table.front()]
        return tuple(sorted(rows, key=lambda one: -one.agreed.value))

    def whole_agenda(self, format: OfferFormat) -> PackageRow:
        """All issues in a format, without concessions."""
        row = self.formats.index(format) * len(self.table.packages) + self._whole_package
        return self.row(row)

    @cached_property
    def _whole_package(self) -> int:
        import numpy as np

        agenda = [not self._is_concession(item) for item in self.items]
        return int(np.flatnonzero((self.table.packages == np.array(agenda)).all(axis=1))[0])

    concessions: tuple[str, ...] = ()

    def _is_concession(self, item: str) -> bool:
        return item in self.concessions

    def best_changes(self, format: OfferFormat, most_changes: int) -> PackageRow | None:
        """The best package that takes so many changes of the whole agenda in a format, or fewer; None without any."""
        if format not in self.formats:
            return None
        row = self.whole_agenda(format).row
        distances = [[one.changes_from(other) for other in self.formats] for one in self.formats]
        rows = self.table.changed_rows(row, distances, most_changes)
        return self.row(int(self.table.most_agreed(rows)[0])) if len(rows) else None

    @cached_property
    def bargaining(self) -> BargainingResult:
        """The solutions of the bargain, by what packages are worth in the mean of the draws."""
        worths, offers = self.table.mean_worths(TOLD_BY), self._offers
        own = worths[offers]
        found = {concept: tuple(int(offers[one]) for one in solve_outcomes(own, concept)) for concept in CONCEPTS}
        return BargainingResult(worths, found, lottery_frontier(own), len(rational_outcomes(own)))


@dataclass(frozen=True)
class BargainingResult:
    """What solutions of a bargain choose among all packages and formats."""

    worths: Floats
    """What each row is worth to the side that answers, and to who leads the other: shape (rows, 2)."""
    solutions: dict[SolutionConcept, tuple[int, ...]]
    """By concept the rows that it chooses; all that are as good."""
    frontier: LotteryFrontier
    """With lotteries between packages."""
    rational: int
    """In how many rows neither side loses."""


@dataclass
class SearchAccumulator:
    """The search, batch by batch."""

    formats: tuple[OfferFormat, ...]
    concessions: tuple[str, ...]
    most_draws: int
    theory: str
    uses: tuple[str, ...]
    items: tuple[str, ...] = ()
    draws: int = 0
    _counts: dict[int, PackageCounts] = field(default_factory=dict)
    _open: list[Flags] = field(default_factory=list)
    _some: list[Flags] = field(default_factory=list)

    def add(self, batch: OfferBatch) -> None:
        """Adds a batch of draws, as long as draws are looked at."""
        import numpy as np

        taken = min(batch.draws.draw_count, self.most_draws - self.draws)
        if taken <= 0:
            return
        self.items = (*batch.weighed_issues, *self.concessions)
        extras = OfferExtras(self.concessions)
        is_open = np.zeros(taken, dtype=bool)
        has_some = is_open.copy()
        for place, format in enumerate(self.formats):
            terms = batch.terms(format, self.uses, extras).first_draws(taken)
            counts, zone = count_all_packages(terms, batch.sides(format, self.uses))
            earlier = self._counts.get(place)
            self._counts[place] = counts if earlier is None else earlier.merge(counts)
            is_open |= zone.is_open
            has_some |= zone.answerer_has_some
        self.draws += taken
        self._open.append(is_open)
        self._some.append(has_some)

    def search(self) -> PackageSearch:
        """All draws together."""
        import numpy as np

        is_open, has_some = np.concatenate(self._open), np.concatenate(self._some)
        zone = ZoneShares(float(is_open.mean()), float((~has_some).mean()), float((has_some & ~is_open).mean()))
        counts = tuple(self._counts[place] for place in range(len(self.formats)))
        table = PackageTable(package_rows(len(self.items)), counts)
        return PackageSearch(
            self.items, self.formats, table, zone, self.draws, self.theory, concessions=self.concessions
        )


@dataclass(frozen=True)
class BoundedSearch:
    """The best package in each format, where issues are too many to go through all packages."""

    items: tuple[str, ...]
    by_format: tuple[tuple[OfferFormat, BoundedPackage], ...]
    draws: int

    @property
    def is_proved(self) -> bool:
        """Whether no package can be better, in any format."""
        return all(found.is_proved for _, found in self.by_format)


def bounded_search(batch: OfferBatch, formats: Sequence[OfferFormat], uses: Sequence[str]) -> BoundedSearch:
    """The best package in each format by branch and bound, in the first draws of a batch."""
    concessions = tuple(batch.case.concessions)
    found = []
    for format in formats:
        terms = batch.terms(format, uses, OfferExtras(concessions)).first_draws(BOUNDED_DRAWS)
        found.append((format, search_by_bounds(terms, batch.sides(format, uses))))
    return BoundedSearch(
        (*batch.weighed_issues, *concessions), tuple(found), min(BOUNDED_DRAWS, batch.draws.draw_count)
    )


def agreed_by_stakes(
    deciders: DecisionMakers, rows: Sequence[PackageRow], draws: int, concessions: Sequence[str]
) -> tuple[float, ...]:
    """In which share of draws both would have each package, if what hangs on no gain counted by the stakes in it.

    Told by the same half of the draws as all that is told of packages.

    Args:
        deciders: Who decides.
        rows: The packages.
        draws: How many draws, those in which packages were looked for.
        concessions: What in packages is no issue.
    """
    description, uses = deciders.model.description, deciders.full_theory.uses
    agreed = [0] * len(rows)
    for indices in batch_ranges(description.network, draws):
        batch = OfferBatch.of_gains(deciders, evaluate_gains(sample_model(description, indices)))
        for place, row in enumerate(rows):
            given = OfferExtras(tuple(item for item in row.items if item in concessions))
            issues = {item: row.format.depth for item in row.items if item not in concessions}
            worth = batch.package(row.format, given, issues, counts_by_stakes=True).utility(uses)
            agreed[place] += int(PackageVerdicts.of(batch.sides(row.format, uses), worth).agreed[TOLD_BY::2].sum())
    return tuple(one / max(draws // 2, 1) for one in agreed)


def goes_through_all(items: int) -> bool:
    """Whether so many issues and concessions are few enough for all packages to be gone through."""
    return items <= MOST_ISSUES_IN_FULL


def searched_draws(items: int, all_draws: int, is_deep: bool, is_compiled: bool) -> int:
    """In how many draws the packages of so many issues and concessions are looked for: an even number.

    Args:
        items: How many there are.
        all_draws: The draws of the case.
        is_deep: Whether to look in all of them.
        is_compiled: Whether the count is compiled, as where both sides need all their voices: it is much faster then.
    """
    most = MOST_PACKAGES_IN_DRAWS if is_compiled else MOST_PACKAGES_IN_DRAWS // 16
    return all_draws if is_deep else min(all_draws, max(most // 2**items, 256))
