"""Which packages both would have: the best, the smallest that does nearly as well, the front, the best changes."""

from __future__ import annotations

from collections.abc import Iterator

from detente.results.finding import Finding
from detente.results.table import Column, make_table
from detente.rooms.agreement.findings.bargaining import zone_sentences
from detente.rooms.agreement.findings.text import AgreementLabels
from detente.rooms.agreement.model.package_search import BoundedSearch, PackageRow, PackageSearch
from detente.text.english import cardinal, count_noun, join_words, lower_first, upper_first
from detente.text.number_format import per_hundred

MOST_OF_FRONT = 4


def packages_finding(labels: AgreementLabels) -> Finding | None:
    """The packages that are agreed on most often."""
    search = labels.model.search
    if search is None:
        return _bounded_finding(labels, labels.model.bounded) if labels.model.bounded else None
    best, smallest = search.best[0], search.smallest_nearly_best
    return Finding(
        id="packages",
        title="Which package both would have",
        question="What would have to be in it",
        short_answer=_short_answer(search),
        place="detail",
        says=" ".join(_sentences(labels, search, best, smallest)),
        table=make_table(
            (
                Column("which"),
                Column("format"),
                Column("issues"),
                Column("size", "issues in it", "count", "issues"),
                Column("both", "both would", "of_100", "share of draws", error=True),
                Column("kept", f"{labels.acceptance.leading_member} keeps", "percent", "share of all at stake"),
            ),
            list(_rows(labels, search, best, smallest)),
        ),
        method=(
            f"All {len(search.table.packages):,} packages in each of {len(search.formats)} formats, in "
            f"{search.draws:,} "
            f"simulations: chosen by one half, told by the other. Within 2.5 standard errors packages are a tie."
        ),
        rests_on=(*search.items, *labels.model.case.clauses),
    )


def _short_answer(search: PackageSearch) -> str:
    if len(search.best) > len(search.table.packages) // 2:
        return "what is in it hardly matters"
    return f"at best {per_hundred(search.best[0].agreed.value)} of 100"


def _sentences(labels: AgreementLabels, search: PackageSearch, best: PackageRow, smallest: PackageRow) -> Iterator[str]:
    formats = search.tied_formats
    tied = len(search.best)
    if tied == 1:
        yield f"One package is agreed on most often: in {per_hundred(best.agreed.value)} of 100 simulations."
    else:
        least, most = search.tie_ends
        yield (
            f"{_packages(tied)} cannot be told apart: the best is agreed on in {per_hundred(best.agreed.value)} of 100 "
            f"simulations."
        )
        yield (
            f"The smallest of them has {count_noun(len(least.items), 'item')}, the largest {cardinal(len(most.items))}."
        )
        yield f"They are in {count_noun(len(formats), 'format')}{_common_phrase(labels, search)}."
    if tied > len(search.table.packages) // 4 and not labels.model.replaces_ties(best.format):
        yield "That it matters little which issues are in it is built in where an offer replaces no ties."
    if not labels.model.has_trades:
        yield "No trades between issues can appear here: the case has neither salience nor concessions."
    yield zone_sentences(labels, search)


def _packages(number: int) -> str:
    return upper_first(count_noun(number, "package")) if number < 100 else f"{number:,} packages"


def _common_phrase(labels: AgreementLabels, search: PackageSearch) -> str:
    """What all the packages that are tied have in common, where that is not all there is."""
    common = search.common_items
    if not common or len(common) == len(search.items):
        return ""
    return f", and all hold {join_words(lower_first(labels.item_title(item)) for item in common)}"


def _rows(
    labels: AgreementLabels, search: PackageSearch, best: PackageRow, smallest: PackageRow
) -> Iterator[dict[str, object]]:
    offered = search.formats[0]
    told = [("as offered", search.whole_agenda(offered)), ("most often agreed", best)]
    if len(search.best) > 1:
        told += [("smallest as good", search.tie_ends[0]), ("largest as good", search.tie_ends[1])]
    told.append(("smallest nearly as good", smallest))
    for changes in (1, 2):
        if (changed := search.best_changes(offered, changes)) is not None:
            told.append((f"best of {cardinal(changes)} {'change' if changes == 1 else 'changes'}", changed))
    told += [("leaves more to who offers", one) for one in search.front[1:MOST_OF_FRONT]]
    for which, row in told:
        yield {
            "which": which,
            "format": labels.format_title(row.format),
            "issues": labels.items_cell(row.items),
            "size": len(row.items),
            "both": row.agreed.value,
            "both_error": row.agreed.error,
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
