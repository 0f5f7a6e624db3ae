"""The finding on who of several unlike payers would go on paying for a common good."""

from __future__ import annotations

from collections.abc import Iterator

from detente.case.index.by_year import display_name
from detente.case.schema.case import Case
from detente.results.finding import Finding
from detente.results.pictures import RangeRow, RangeRows
from detente.results.table import Column, make_table
from detente.rooms.durability.findings.columns import NONE_IS_ENOUGH, PATIENCE_UNIT, SHARE, patience_cells
from detente.rooms.durability.findings.common_goods import all_pay_answer
from detente.rooms.durability.findings.opening import point
from detente.rooms.durability.findings.text import in_simulations, members_phrase
from detente.rooms.durability.model.unequal_payers import UnequalGoodPlay
from detente.text.english import cardinal, lower_first, upper_first, without_article
from detente.text.shares import frequency_phrase

EQUAL = 1e-9
"""A difference of shares that is none."""
COLUMNS = (
    Column("payer"),
    Column("gives", "gives if all pay, %", "percent", "share of what is given"),
    Column("has", "has of the good, %", "percent", "share of the good"),
    Column(
        "needed",
        "the next round must count, while all pay",
        "number",
        PATIENCE_UNIT,
        bounds=True,
        missing=NONE_IS_ENOUGH,
    ),
    Column("pays", "goes on paying, of 100", "of_100", SHARE),
    Column("alone", "would pay alone, of 100", "of_100", SHARE),
    Column("first", "stops first, of 100", "of_100", SHARE),
)


def unequal_payers_finding(play: UnequalGoodPlay, case: Case) -> Finding:
    """Who goes on paying, who stops first, and whether the largest would pay alone."""
    good = case.common_goods[play.good]
    low, _, high = play.patience
    return Finding(
        id=f"good-{play.good}",
        title=good.title,
        says=" ".join(_sentences(play, case)),
        see=(f"We assume that the next round counts {round(100 * low)} to {round(100 * high)} per cent of this one."),
        table=make_table(COLUMNS, _rows(play, case)),
        method=(
            "A linear public good with unlike payers: with r the multiplier, b the share of the good and c the gift, "
            "who stops saves c (1 - r b) at once and loses what the others give, for ever; relative gains are weighed "
            "against the others together. Who gains by its own gift alone pays anyway: a privileged group (Olson "
            "1965), in which the small exploit the great (Olson and Zeckhauser 1966, from memory). Who would not go on "
            "is left out, and the others are asked again."
        ),
        rests_on=(play.good, *good.issues, *good.among),
        place="detail",
        question=f"Who would go on paying: {lower_first(good.title)}",
        short_answer=all_pay_answer(len(play.payers), play.all_pay_share),
        picture=RangeRows(
            says="How often each goes on paying; who gives most stands first.",
            measure="goes on paying, of 100 simulations",
            series=("goes on paying",),
            rows=tuple(
                RangeRow(without_article(display_name(case, payer.party)), (point(payer.pays_share),))
                for payer in play.payers
            ),
            heading="Who pays",
        ),
    )


def _rows(play: UnequalGoodPlay, case: Case) -> Iterator[dict[str, object]]:
    for payer in play.payers:
        yield {
            "payer": display_name(case, payer.party),
            "gives": payer.contribution_share,
            "has": payer.benefit_share,
            **patience_cells("needed", payer.patience_needed),
            "pays": payer.pays_share,
            "alone": payer.pays_alone_share,
            "first": payer.stops_first_share,
        }


def _sentences(play: UnequalGoodPlay, case: Case) -> Iterator[str]:
    largest = display_name(case, play.largest.party)
    yield (
        f"All {cardinal(len(play.payers))} go on paying {frequency_phrase(play.all_pay_share)}, and nobody does "
        f"{in_simulations(play.nobody_pays_share)}."
    )
    yield upper_first(
        f"{largest}, which gives {_extent(play)}, goes on {in_simulations(play.largest.pays_share)}, and would pay "
        f"alone {in_simulations(play.largest.pays_alone_share)}."
    )
    yield from _first_sentences(play, case)
    if play.largest_bears is not None:
        yield f"Of what is still paid, {largest} bears {round(100 * play.largest_bears)} per cent on average."


def _extent(play: UnequalGoodPlay) -> str:
    """Whether the first payer gives most, or others give as much."""
    shares = [payer.contribution_share for payer in play.payers]
    return "most" if sum(abs(share - shares[0]) < EQUAL for share in shares) == 1 else "as much as any"


def _first_sentences(play: UnequalGoodPlay, case: Case) -> Iterator[str]:
    """Who stops first; several that are alike are named together."""
    first = play.stopping_first
    if first is None:
        return
    alike = tuple(payer.party for payer in play.payers if payer.stops_first_share == first.stops_first_share)
    yield f"Most often {members_phrase(alike, case)} stops first: {in_simulations(first.stops_first_share)}."
