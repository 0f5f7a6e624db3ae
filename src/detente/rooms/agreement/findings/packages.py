"""Which packages both would have: the best, the smallest that does nearly as well, the front, the best changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from detente.results.finding import Finding
from detente.results.table import Column, make_table
from detente.rooms.acceptance.findings.columns import OF_ALL_AT_STAKE
from detente.rooms.agreement.findings.bargaining import zone_sentences
from detente.rooms.agreement.findings.text import AgreementLabels
from detente.rooms.agreement.model.offer_rules import offer_rules
from detente.rooms.agreement.model.package_search import BoundedSearch, PackageRow, PackageSearch
from detente.text.english import cardinal, count_noun, join_words, lower_first, upper_first
from detente.text.number_format import per_hundred

MOST_OF_FRONT = 3
"""Packages of the front that are told: agreed on less often, and leaving more to who leads the side that offers."""
MUCH_MORE = 1.25
"""How many times as much each of them leaves as the one before."""
LITTLE = 0.02


def packages_finding(labels: AgreementLabels) -> Finding | None:
    """The packages that are agreed on most often."""
    search = labels.model.search
    if search is None:
        return _bounded_finding(labels, labels.model.bounded) if labels.model.bounded else None
    told = list(_told_packages(search))
    by_stakes = labels.model.shares_by_stakes([row for _, row in told])
    return Finding(
        id="packages",
        title="Which package both would have",
        question="What would have to be in it",
        short_answer=_short_answer(search),
        place="detail",
        says=" ".join(_sentences(labels, search, dict(zip((row.row for _, row in told), by_stakes, strict=True)))),
        table=make_table(
            (
                Column("which"),
                Column("format"),
                Column("items", "issues and concessions"),
                Column("size", "items", "count", "items"),
                Column("both", "both would, of 100", "of_100", "share of draws", error=True),
                Column("by_stakes", "if all counts by stakes", "of_100", "share of draws"),
                Column(
                    "kept", f"{labels.acceptance.leading_member} keeps, of all at stake", "percent", OF_ALL_AT_STAKE
                ),
            ),
            [_row(labels, which, row, share) for (which, row), share in zip(told, by_stakes, strict=True)],
        ),
        method=(
            f"All {len(search.table.packages):,} packages in each of {len(search.formats)} formats, in "
            f"{search.draws:,} simulations: chosen by one half, told by the other, with the standard error. Within 2.5 "
            "standard errors packages are a tie. If all counts by stakes, reasons such as standing count in proportion "
            "to what is at stake on the issues of the package. What the leading member keeps is the mean over all "
            "simulations, with nothing where it is not agreed."
        ),
        rests_on=(*search.items, *labels.model.case.clauses),
    )


def _short_answer(search: PackageSearch) -> str:
    if search.hardly_depends_on_items:
        return "what is in it hardly matters"
    return f"at best {per_hundred(search.best[0].agreed.value)} of 100"


def _sentences(labels: AgreementLabels, search: PackageSearch, by_stakes: Mapping[int, float]) -> Iterator[str]:
    best, tied = search.best[0], len(search.best)
    if tied == 1:
        yield f"One package is agreed on most often: in {per_hundred(best.agreed.value)} of 100 simulations."
    else:
        least, most = search.tie_ends
        yield (
            f"{_packages(tied)} cannot be told apart; the one chosen is agreed on in {per_hundred(best.agreed.value)} "
            f"of 100 simulations."
        )
        yield (
            f"They are in {count_noun(len(search.tied_formats), 'format')}, from "
            f"{count_noun(len(least.items), 'item')} to {cardinal(len(most.items))}{_common_phrase(labels, search)}."
        )
        share = by_stakes[least.row]
        if least.agreed.value - share > LITTLE:
            yield (
                "Small ones do as well only because reasons such as standing count once for any offer. Counted by "
                f"stakes, the smallest falls to {per_hundred(share)}."
            )
    if labels.model.makes_no_difference_which_issues(best.format):
        yield (
            "Beside ties that stay, which issues that pairs settle are in it makes no difference to whether "
            f"{labels.answering} gains: that is built in."
        )
    yield from _rule_sentences(labels, best)
    if not labels.model.has_trades:
        yield "No trades between issues can appear here: the case has neither salience nor concessions."
    yield zone_sentences(labels, search)


def _rule_sentences(labels: AgreementLabels, best: PackageRow) -> Iterator[str]:
    """What known rules stand in the way of in the best package."""
    model = labels.model
    issues = [item for item in best.items if item in model.case.issues]
    rules = offer_rules(model.rules.docket if model.rules else None, issues, best.format.clauses)
    if rules is not None and rules.obstacles:
        barred = join_words(lower_first(labels.item_title(one.issue)) for one in rules.obstacles)
        yield f"Known rules stand in its way on {barred}."


def _packages(number: int) -> str:
    return upper_first(count_noun(number, "package")) if number < 100 else f"{number:,} packages"


def _common_phrase(labels: AgreementLabels, search: PackageSearch) -> str:
    """What all the packages that are tied have in common, where that is not all there is."""
    common = search.common_items
    if not common or len(common) == len(search.items):
        return ""
    return f", and all hold {join_words(lower_first(labels.item_title(item)) for item in common)}"


def _told_packages(search: PackageSearch) -> Iterator[tuple[str, PackageRow]]:
    """The packages that the table holds, each with what it is."""
    offered = search.formats[0]
    yield "all issues, as offered", search.whole_agenda(offered)
    yield "chosen as best", search.best[0]
    if len(search.best) > 1:
        yield "smallest as good", search.tie_ends[0]
        yield "largest as good", search.tie_ends[1]
    if search.smallest_nearly_best.row != search.tie_ends[0].row:
        yield "smallest nearly as good", search.smallest_nearly_best
    for changes in (1, 2):
        if (changed := search.best_changes(offered, changes)) is not None:
            yield f"best of {cardinal(changes)} {'change' if changes == 1 else 'changes'}", changed
    kept, told = search.best[0].kept, 0
    for row in search.front:
        if row.kept > MUCH_MORE * kept and told < MOST_OF_FRONT:
            kept, told = row.kept, told + 1
            yield "rarer, and leaves more", row


def _row(labels: AgreementLabels, which: str, row: PackageRow, by_stakes: float) -> dict[str, object]:
    return {
        "which": which,
        "format": labels.format_title(row.format),
        "items": labels.items_cell(row.items),
        "size": len(row.items),
        "both": row.agreed.value,
        "both_error": row.agreed.error,
        "by_stakes": by_stakes,
        "kept": row.kept,
    }


def _bounded_finding(labels: AgreementLabels, search: BoundedSearch) -> Finding:
    """The best packages where issues are too many to go through all."""
    _, best = max(search.by_format, key=lambda pair: pair[1].agreed)
    share = best.agreed / search.draws
    gap = "" if search.is_proved else " Not every format is proved: the bound says how much better one could still be."
    return Finding(
        id="packages",
        title="Which package both would have",
        question="What would have to be in it",
        short_answer=f"at best {per_hundred(share)} of 100",
        place="detail",
        says=f"The best package found is agreed on in {per_hundred(share)} of 100 simulations.{gap}",
        table=make_table(
            (
                Column("format"),
                Column("issues"),
                Column("both", "both would", "of_100", "share of draws"),
                Column("bound", "at most", "of_100", "share of draws"),
            ),
            [
                {
                    "format": labels.format_title(format),
                    "issues": labels.items_cell(
                        item for item, is_in in zip(search.items, found.package, strict=True) if is_in
                    ),
                    "both": found.agreed / search.draws,
                    "bound": found.bound / search.draws,
                }
                for format, found in search.by_format
            ],
        ),
        method=f"Branch and bound (Land and Doig 1960) in {search.draws} simulations, which also tell the shares.",
        rests_on=search.items,
    )
