"""The finding on whether several would go on paying for a common good."""

from __future__ import annotations

from detente.case.schema.case import Case
from detente.results.finding import Finding
from detente.results.table import Column, make_table
from detente.rooms.durability.findings.columns import (
    NONE_IS_ENOUGH,
    PATIENCE_UNIT,
    numbered_cells,
    numbered_columns,
    patience_cells,
)
from detente.rooms.durability.model.common_goods import CommonGoodPlay
from detente.text.english import join_words
from detente.text.number_format import per_hundred

COLUMNS = (
    Column("payers", "how many pay", "count", "payers"),
    Column("needed", "patience needed for all to pay", "number", PATIENCE_UNIT, bounds=True, missing=NONE_IS_ENOUGH),
    Column("there", "patience there is", "number", PATIENCE_UNIT, bounds=True),
    Column("lasts", "all pay, of 100 draws", "of_100", "share of draws"),
    Column("viable", "least number that gains by paying alone", "count", "payers", missing="none"),
)
STABLE = Column("stable", "number of payers stable in a single round", "count", "payers")
CHANCE = Column("chance", "or each pays with a chance of (own payoffs alone)", "number", "probability")


def common_good_finding(play: CommonGoodPlay, case: Case) -> Finding:
    """Whether several would go on paying for a common good."""
    good = case.common_goods[play.good]
    sentences = (_lasting_sentence(play), _needed_sentence(play), _single_round_sentences(play))
    return Finding(
        id=f"good-{play.good}",
        title=good.title,
        says=" ".join(filter(None, sentences)),
        see="At the means, but for the patience.",
        table=make_table(
            [
                *COLUMNS,
                *numbered_columns(STABLE, len(play.stable_counts)),
                *numbered_columns(CHANCE, len(play.contribution_chances or ())),
            ],
            [_good_cells(play)],
        ),
        method=(
            "A game of n that are alike (Schelling 1973): a linear public good, or a threshold (Palfrey and Rosenthal "
            "1984). All pay from a discount of (T - R) / (T - P) on, T and R with all others paying; for a public good "
            "with multiplier r that is (n - r) / (r (n - 1)). Weighed against the others' payoffs as above."
        ),
        rests_on=(play.good, *good.issues, *good.among),
    )


def _good_cells(play: CommonGoodPlay) -> dict[str, object]:
    return {
        "payers": play.payer_count,
        **patience_cells("needed", play.patience_needed),
        **patience_cells("there", play.patience),
        "lasts": play.lasting_share,
        "viable": play.viable_size,
        **numbered_cells(STABLE, play.stable_counts),
        **numbered_cells(CHANCE, play.contribution_chances or ()),
    }


def _lasting_sentence(play: CommonGoodPlay) -> str:
    share = per_hundred(play.lasting_share)
    return f"If one defection ends it for all, all {play.payer_count} go on paying in {share} of 100 draws."


def _needed_sentence(play: CommonGoodPlay) -> str:
    """Nothing where all are needed."""
    if play.needed_stable_share is None:
        return ""
    return (
        f"But {play.needed} are enough, and that just so many pay is stable by itself in "
        f"{per_hundred(play.needed_stable_share)}: who they are is the question."
    )


def _single_round_sentences(play: CommonGoodPlay) -> str:
    counts = join_words((str(count) if count else "none" for count in play.stable_counts), "or")
    return f"In a single round, at the means, it is stable that {counts} of them pay. {_viability_sentence(play)}"


def _viability_sentence(play: CommonGoodPlay) -> str:
    """Who gains by paying while the others do not."""
    if play.viable_size is None:
        return "No number of them gains by paying for the others."
    if play.viable_size == play.payer_count:
        return "Only all of them together gain by it."
    if play.viable_size > 1:
        return f"By themselves, with all others defecting, {play.viable_size} or more gain by it; fewer lose."
    return "One alone gains by it, if no other pays."
