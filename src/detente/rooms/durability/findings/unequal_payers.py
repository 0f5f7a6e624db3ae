"""The finding on who of several unlike payers would go on paying for a common good."""

from __future__ import annotations

from collections.abc import Iterator

from detente.case.index.by_year import display_name
from detente.case.schema.case import Case
from detente.results.finding import Finding
from detente.results.table import Column, make_table
from detente.rooms.durability.findings.columns import NONE_IS_ENOUGH, PATIENCE_UNIT, patience_cells
from detente.rooms.durability.model.unequal_payers import UnequalGoodPlay
from detente.text.english import join_words
from detente.text.number_format import format_number, per_hundred

COLUMNS = (
    Column("payer"),
    Column("gives", "gives if all pay, %", "percent", "share of what is given"),
    Column("has", "has of the good, %", "percent", "share of the good"),
    Column("needed", "patience needed while all pay", "number", PATIENCE_UNIT, bounds=True, missing=NONE_IS_ENOUGH),
    Column("pays", "goes on paying, of 100", "of_100", "share of draws"),
    Column("alone", "would pay alone, of 100", "of_100", "share of draws"),
    Column("first", "stops first, of 100", "of_100", "share of draws"),
)


def unequal_payers_finding(play: UnequalGoodPlay, case: Case) -> Finding:
    """Who goes on paying, who stops first, and whether the largest would pay alone."""
    good = case.common_goods[play.good]
    low, _, high = play.patience
    return Finding(
        id=f"good-{play.good}",
        title=good.title,
        says=" ".join(filter(None, (*_sentences(play, case),))),
        see=f"Who gives most stands first. The patience there is: {format_number(low)} to {format_number(high)}.",
        table=make_table(COLUMNS, _rows(play, case)),
        method=(
            "A linear public good with unlike payers: with r the multiplier, b the share of the good and c the gift, "
            "who stops saves c (1 - r b) at once and loses what the others give, for ever; relative gains are weighed "
            "against the others together. Who gains by its own gift alone pays anyway: a privileged group (Olson "
            "1965), in which the small exploit the great (Olson and Zeckhauser 1966, from memory). Who would not go on "
            "is left out, and the others are asked again."
        ),
        rests_on=(play.good, *good.issues, *good.among),
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
        f"All {len(play.payers)} go on paying in {per_hundred(play.all_pay_share)} of 100 draws, and nobody in "
        f"{per_hundred(play.nobody_pays_share)}."
    )
    yield (
        f"{largest}, which gives most, goes on in {per_hundred(play.largest.pays_share)}, and would pay alone in "
        f"{per_hundred(play.largest.pays_alone_share)}."
    )
    yield _first_sentence(play, case)
    if play.largest_bears is not None:
        yield f"Of what is still paid, {largest} bears {round(100 * play.largest_bears)} per cent on average."


def _first_sentence(play: UnequalGoodPlay, case: Case) -> str:
    """Who stops first; several that are alike are named together."""
    first = play.stopping_first
    if first is None:
        return ""
    alike = [payer for payer in play.payers if payer.stops_first_share == first.stops_first_share]
    names = join_words((display_name(case, payer.party) for payer in alike), "or")
    return f"Who stops first is most often {names}: in {per_hundred(first.stops_first_share)}."
