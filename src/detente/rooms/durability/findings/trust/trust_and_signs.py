"""The findings on trust: how much of it cooperation takes, and what a sign of the other's kind does to it."""

from __future__ import annotations

from collections.abc import Iterator

from detente.case.entries.entries import case_entries
from detente.case.index.by_year import display_name
from detente.case.schema.case import Case
from detente.results.finding import Finding
from detente.results.table import Column, make_table
from detente.rooms.durability.findings.text import by_view_phrase, view_title
from detente.rooms.durability.model.draw_quantiles import DrawQuantiles
from detente.rooms.durability.model.trust.trust_and_signs import GameTrust, TrustSign, TrustUnderTheory
from detente.text.english import as_sentence, join_words, upper_first
from detente.text.number_format import format_number, per_hundred

PROBABILITY = "probability that the other is trustworthy"
NONE_IS_ENOUGH = "none is enough"
TRUST_COLUMNS = (
    Column("theory"),
    Column("side"),
    Column("needed", "trust needed (5 to 95 of 100)", "number", PROBABILITY, bounds=True, missing=NONE_IS_ENOUGH),
    Column("there", "trust there is", "number", PROBABILITY, bounds=True),
    Column("enough", "enough, of 100", "of_100", "share of draws"),
)
SIGN_COLUMNS = (
    Column("side"),
    Column("before", "trust before", "number", PROBABILITY),
    Column("good", "after one that goes well", "number", PROBABILITY),
    Column("bad", "after one that goes badly", "number", PROBABILITY),
    Column("needed", "trust needed", "number", PROBABILITY, missing=NONE_IS_ENOUGH),
    Column("signs", "in a row that would be enough", "count", "signs", missing="no number up to 1000"),
    Column("worth", "gain from seeing it first", "number", "payoffs of the game"),
)


def trust_needed_finding(trust: GameTrust, case: Case) -> Finding:
    """How much trust cooperation takes, by each theory, and how much there is."""
    shares = join_words(
        f"{by_view_phrase(entry.view)} in {per_hundred(entry.enough_share)}" for entry in trust.by_theory
    )
    sentences = [f"Both trust each other enough to cooperate {shares} of 100 draws."]
    sentences += [_hopeless_sentence(entry, case) for entry in trust.by_theory if entry.hopeless_sides]
    return Finding(
        id=f"trust-{trust.game}",
        title=f"{case.games[trust.game].title}: how much trust it takes",
        says=" ".join(sentences),
        see="How likely the other must be held to be trustworthy, and is.",
        table=make_table(TRUST_COLUMNS, _trust_rows(trust, case)),
        method=(
            "A trustworthy side cooperates from t = (P - S) / ((R - T) + (P - S)) on, if other trustworthy sides do: "
            "the threshold of an assurance game; that it is Kydd's (2005) is from memory."
        ),
        rests_on=trust.rests_on,
    )


def _trust_rows(trust: GameTrust, case: Case) -> Iterator[dict[str, object]]:
    for entry in trust.by_theory:
        for side in entry.sides:
            yield {
                "theory": view_title(entry.view),
                "side": display_name(case, side.party),
                **_spread_cells("needed", side.needed),
                **_spread_cells("there", side.held),
                "enough": side.enough_share,
            }


def _spread_cells(name: str, spread: DrawQuantiles) -> dict[str, float | None]:
    """The cells of a trust with its bounds; none where no trust is enough."""
    low, middle, high = (x if x <= 1 else None for x in spread)
    return {name: middle, f"{name}_low": low, f"{name}_high": high}


def _hopeless_sentence(entry: TrustUnderTheory, case: Case) -> str:
    """Whom no trust would have cooperate, and why."""
    temptation = "let it get ahead" if all(side.is_concerned for side in entry.hopeless_sides) else "cooperate"
    names = join_words(display_name(case, side.party) for side in entry.hopeless_sides)
    return (
        f"{upper_first(by_view_phrase(entry.view))} no trust is enough for {names} at the means: even "
        f"one that means well would rather exploit the other than {temptation}."
    )


def trust_sign_finding(sign: TrustSign, case: Case) -> Finding:
    """How far a sign of what the other is moves trust, and what that buys."""
    return Finding(
        id=f"sign-{sign.game}",
        title=f"{case.games[sign.game].title}: what a sign of what the other is tells",
        says=" ".join([_sign_sentences(sign), *_claim_sentences(sign, case)]),
        see="At the means: trust before and after a sign that goes well or badly, and how many in a row would be "
        "enough.",
        table=make_table(SIGN_COLUMNS, _sign_rows(sign, case)),
        method=(
            "Trust moves by Bayes: odds are multiplied by the ratio of the chances that it goes well with a "
            "trustworthy side and with another. What it buys is counted where it turns a side from not cooperating to "
            "cooperating, if they cooperate where they dare."
        ),
        rests_on=sign.rests_on,
    )


def _sign_rows(sign: TrustSign, case: Case) -> Iterator[dict[str, object]]:
    for side in sign.sides:
        yield {
            "side": display_name(case, side.party),
            "before": side.before,
            "good": side.after_good,
            "bad": side.after_bad,
            "needed": side.needed if side.needed <= 1 else None,
            "signs": side.signs_needed,
            "worth": side.worth,
        }


def _claim_sentences(sign: TrustSign, case: Case) -> Iterator[str]:
    """The claims that the sign puts to the test."""
    entries_by_id = case_entries(case)
    if claims := [as_sentence(entries_by_id[id].says) for id in sign.tests if id in entries_by_id]:
        yield f"This is what becomes here of the claim: {' '.join(claims)}"


def _sign_sentences(sign: TrustSign) -> str:
    before, after = min(side.before for side in sign.sides), min(side.after_good for side in sign.sides)
    says = (
        f"It goes well with a chance of {format_number(sign.chance_of_good)} at the means. If it does it moves trust "
        f"from {format_number(before)} to {format_number(after)} at the means of the side that trusts less, and is "
        f"enough for both {by_view_phrase(sign.view)} in {per_hundred(sign.enough_after)} of 100 draws, against "
        f"{per_hundred(sign.enough_before)} without."
    )
    if not sign.view.is_main:
        says += (
            f" {upper_first(by_view_phrase(sign.main_view))} there is a side for which no trust is "
            "enough, and so no sign."
        )
    return says
