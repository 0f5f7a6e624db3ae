"""Whether there is anything that both would have, and which package solutions of the bargain choose."""

from __future__ import annotations

from collections.abc import Iterator

from detente.methods.bargaining.bargaining_solutions import COMPARES_SIDES, CONCEPTS, SolutionConcept
from detente.results.finding import Finding
from detente.results.table import Column, make_table
from detente.rooms.acceptance.findings.columns import OF_ALL_AT_STAKE
from detente.rooms.agreement.findings.text import AgreementLabels
from detente.rooms.agreement.model.package_search import PackageSearch
from detente.text.number_format import per_hundred

TITLES: dict[SolutionConcept, str] = {
    "nash": "Nash (1950)",
    "kalai-smorodinsky": "Kalai and Smorodinsky (1975)",
    "egalitarian": "Egalitarian (Kalai 1977)",
    "utilitarian": "Utilitarian",
}


def bargaining_finding(labels: AgreementLabels) -> Finding | None:
    """The zone of agreement, and the solutions on it."""
    search = labels.model.search
    if search is None:
        return None
    return Finding(
        id="zone",
        title="What both would have, and what four rules of fairness would pick",
        says=f"{zone_sentences(labels, search)} {_solutions_sentence(search)}",
        see="Worth is the mean of the simulations, in hundredths of all at stake, beside no agreement.",
        table=make_table(
            (
                Column("solution"),
                Column("package"),
                Column("format"),
                Column("answering", f"worth to {labels.plain(labels.answering)}", "percent", OF_ALL_AT_STAKE),
                Column("offering", f"worth to {labels.acceptance.leading_member}", "percent", OF_ALL_AT_STAKE),
                Column("ties", "as good", "count", "packages"),
                Column(
                    "lottery_answering", f"with lotteries, {labels.plain(labels.answering)}", "percent", OF_ALL_AT_STAKE
                ),
                Column(
                    "lottery_offering",
                    f"with lotteries, {labels.acceptance.leading_member}",
                    "percent",
                    OF_ALL_AT_STAKE,
                ),
                Column("compares", "compares what sides gain", "yes_no"),
            ),
            list(_rows(labels)),
        ),
        method=(
            "Worth is counted from no agreement. What an offer is worth to the side that answers is what it is worth "
            "to whoever its decision depends on; to the side that offers, what it is worth to its leading member. The "
            "last two solutions compare what one side gains with what the other does. Lotteries between packages make "
            "the set convex."
        ),
        rests_on=search.items,
    )


def zone_sentences(labels: AgreementLabels, search: PackageSearch) -> str:
    """How often there is anything that both would have, and why there is nothing where there is not."""
    zone = search.zone
    return (
        f"In {per_hundred(zone.open)} of 100 simulations, some offer made to measure would suit both. Nobody knows the "
        "numbers so well: it is no chance of agreement. "
        f"In {per_hundred(zone.answering_side_has_none)}, {labels.answering} would refuse every offer. In "
        f"{per_hundred(zone.never_the_same)}, both would have some, but none in common."
    )


def _solutions_sentence(search: PackageSearch) -> str:
    if not search.bargaining.rational:
        return "No package is worth having for both on average, so rules of fairness pick none."
    return "What rules of fairness pick is no forecast."


def _rows(labels: AgreementLabels) -> Iterator[dict[str, object]]:
    search = labels.model.search
    assert search is not None
    bargaining = search.bargaining
    for concept in CONCEPTS:
        chosen = bargaining.solutions[concept]
        if not chosen:
            continue
        row, lottery = search.row(chosen[0]), bargaining.frontier.solve(concept)
        yield {
            "solution": TITLES[concept],
            "package": labels.items_cell(row.items),
            "format": labels.format_title(row.format),
            "answering": float(bargaining.worths[chosen[0], 0]),
            "offering": float(bargaining.worths[chosen[0], 1]),
            "ties": len(chosen),
            "lottery_answering": float(lottery[0]),
            "lottery_offering": float(lottery[1]),
            "compares": concept in COMPARES_SIDES,
        }
