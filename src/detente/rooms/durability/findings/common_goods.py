"""The finding on whether several would go on paying for a common good."""

from __future__ import annotations

from detente.case.schema.case import Case
from detente.results.finding import Finding
from detente.results.pictures import RangeRow, RangeRows
from detente.results.table import Column, make_table
from detente.rooms.durability.findings.columns import (
    NONE_IS_ENOUGH,
    PATIENCE_UNIT,
    SHARE,
    numbered_cells,
    numbered_columns,
    patience_cells,
)
from detente.rooms.durability.findings.opening import spread_bar
from detente.rooms.durability.model.common_goods import CommonGoodPlay
from detente.text.brief_sentences import short_range
from detente.text.english import cardinal, join_words, lower_first
from detente.text.shares import frequency_phrase

COLUMNS = (
    Column("payers", "how many pay", "count", "payers"),
    Column(
        "needed",
        "the next round must count, for all to pay",
        "number",
        PATIENCE_UNIT,
        bounds=True,
        missing=NONE_IS_ENOUGH,
    ),
    Column("there", "it counts", "number", PATIENCE_UNIT, bounds=True),
    Column("lasts", "all pay, of 100", "of_100", SHARE),
    Column("viable", "least number that gains by paying alone", "count", "payers", missing="none"),
)
STABLE = Column("stable", "number of payers stable in a single round", "count", "payers")
CHANCE = Column("chance", "or each pays with a chance of (on its gains only)", "number", "probability")


def common_good_finding(play: CommonGoodPlay, case: Case) -> Finding:
    """Whether several would go on paying for a common good."""
    good = case.common_goods[play.good]
    sentences = (_lasting_sentence(play), _needed_sentence(play), _single_round_sentences(play))
    return Finding(
        id=f"good-{play.good}",
        title=good.title,
        says=" ".join(filter(None, sentences)),
        see="At our middle estimates, but for what is of 100 and how much the next round counts.",
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
        place="detail",
        question=f"Who would go on paying: {lower_first(good.title)}",
        short_answer=all_pay_answer(play.payer_count, play.lasting_share),
        picture=RangeRows(
            says="How much the next round must count for all to pay (hollow), and how much we assume (filled).",
            measure="the next round counts, in per cent of this one",
            series=("needed", "as we assume"),
            rows=(RangeRow("All pay", (spread_bar(play.patience_needed), spread_bar(play.patience))),),
        ),
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


def all_pay_answer(count: int, share: float) -> str:
    """How often all go on paying, in at most six words."""
    if share in (0, 1):
        return f"all {cardinal(count)}, {frequency_phrase(share)}"
    return f"all {cardinal(count)} in {short_range(share, share)} of 100"


def _lasting_sentence(play: CommonGoodPlay) -> str:
    count = cardinal(play.payer_count)
    return f"All {count} go on paying {frequency_phrase(play.lasting_share)}, if one that stops ends it for all."


def _needed_sentence(play: CommonGoodPlay) -> str:
    """Nothing where all are needed."""
    if play.needed_stable_share is None or play.needed is None:
        return ""
    verb = "is" if play.needed == 1 else "are"
    return (
        f"But {cardinal(play.needed)} {verb} enough, and that just so many pay holds by itself "
        f"{frequency_phrase(play.needed_stable_share)}. The model cannot say who they are."
    )


def _single_round_sentences(play: CommonGoodPlay) -> str:
    counts = join_words((cardinal(count) if count else "none" for count in play.stable_counts), "or")
    if not counts:
        return _viability_sentence(play)
    return f"In a single round, it is stable that {counts} of them pay. {_viability_sentence(play)}"


def _viability_sentence(play: CommonGoodPlay) -> str:
    """Who gains by paying while the others do not."""
    if play.viable_size is None:
        return "No number of them gains by paying for the others."
    if play.viable_size == play.payer_count:
        return "Only all of them together gain by it."
    if play.viable_size > 1:
        return f"If the others pay nothing, {cardinal(play.viable_size)} or more still gain by paying."
    return "One alone gains by it, if no other pays."
