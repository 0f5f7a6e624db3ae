"""The finding on whether several would go on paying for a common good."""

from __future__ import annotations

from detente.case.schema.case import Case
from detente.results.finding import Finding
from detente.rooms.durability.findings.text import format_patience_interval
from detente.rooms.durability.model.common_goods import CommonGoodPlay
from detente.text.english import join_words
from detente.text.number_format import format_number, per_hundred


def common_good_finding(play: CommonGoodPlay, case: Case) -> Finding:
    """Whether several would go on paying for a common good."""
    import polars as pl

    good = case.common_goods[play.good]
    sentences = (_lasting_sentence(play), _needed_sentence(play), _single_round_sentences(play))
    return Finding(
        id=f"good-{play.good}",
        title=good.title,
        says=" ".join(filter(None, sentences)),
        see="At the means, but for the patience.",
        table=pl.DataFrame([{"what": what, "value": value} for what, value in _good_rows(play)]),
        headers={"what": "what", "value": "at the means"},
        method=(
            "A game of n that are alike (Schelling 1973): a linear public good, or a threshold (Palfrey and Rosenthal "
            "1984). All pay from a discount of (T - R) / (T - P) on, T and R with all others paying; for a public good "
            "with multiplier r that is (n - r) / (r (n - 1)). Weighed against the others' payoffs as above."
        ),
        rests_on=(play.good, *good.issues, *good.among),
    )


def _good_rows(play: CommonGoodPlay) -> list[tuple[str, str]]:
    rows = [
        ("how many pay", str(play.payer_count)),
        ("patience needed for all to pay", format_patience_interval(play.patience_needed)),
        ("patience there is", format_patience_interval(play.patience)),
        ("all pay, of 100 draws", per_hundred(play.lasting_share)),
        ("numbers of payers that are stable in a single round", join_words(map(str, play.stable_counts))),
        ("least number that gains by paying alone", "none" if play.viable_size is None else str(play.viable_size)),
    ]
    if play.contribution_chances is not None:
        chances = join_words(map(format_number, play.contribution_chances)) or "none"
        rows.append(("or each pays with a chance of (own payoffs alone)", chances))
    return rows


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
