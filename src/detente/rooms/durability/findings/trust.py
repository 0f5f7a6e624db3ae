"""The findings on trust: how much of it cooperation takes, and what a sign of the other's kind does to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.case.schema.repeated_games import TrustSignal
from detente.case.uncertainty.parameter_draws import ParameterDraws
from detente.methods.games.trust_and_reassurance import informed_cooperation_gain, posterior_trust, trust_threshold
from detente.results.finding import Finding
from detente.rooms.durability.findings.text import by_view_phrase, view_title
from detente.rooms.durability.model.case_games import GameUnderTheory
from detente.rooms.durability.model.draw_quantiles import quantiles
from detente.rooms.durability.model.trust_beliefs import TrustBeliefs
from detente.text.english import join_words, upper_first
from detente.text.number_format import format_number, per_hundred

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


def trust_needed_finding(beliefs: TrustBeliefs) -> Finding:
    """How much trust cooperation takes, by each theory, and how much there is."""
    import polars as pl

    case_game, trust = beliefs.case_game, beliefs.sample_trust(beliefs.draws)
    rows, enough_shares = [], {}
    for under_theory in case_game.by_theory:
        trust_needed = beliefs.type_payoffs(beliefs.draws, "trustworthy", under_theory).trust_thresholds
        enough_shares[view_title(under_theory.view)] = float((trust >= trust_needed).all(axis=0).mean())
        for side, name in enumerate(case_game.side_names):
            low, middle_need, high = quantiles(trust_needed[side])
            rows.append(
                {
                    "theory": view_title(under_theory.view),
                    "side": name,
                    "needed": f"{_format_trust(middle_need)} ({_format_trust(low)} to {_format_trust(high)})",
                    "there": _format_with_interval(trust[side]),
                    "enough": per_hundred(float((trust[side] >= trust_needed[side]).mean())),
                }
            )
    shares_phrase = join_words(
        f"{by_view_phrase(under_theory.view)} in {per_hundred(enough_shares[view_title(under_theory.view)])}"
        for under_theory in case_game.by_theory
    )
    says = f"Both trust each other enough to cooperate {shares_phrase} of 100 draws. "
    for at_means in case_game.by_theory_at_means:
        needed_at_means = beliefs.type_payoffs(beliefs.means, "trustworthy", at_means).trust_thresholds[:, 0]
        hopeless_sides = [(side, name) for side, name in enumerate(case_game.side_names) if needed_at_means[side] > 1]
        if hopeless_sides:
            all_concerned = all(at_means.concern[side, 0] > 0 for side, _ in hopeless_sides)
            temptation = "let it get ahead" if all_concerned else "cooperate"
            names = join_words(name for _, name in hopeless_sides)
            says += (
                f"{upper_first(by_view_phrase(at_means.view))} no trust is enough for {names} at the means: even "
                "one that means well "
            )
            says += f"would rather exploit the other than {temptation}. "
    says = says.rstrip()
    return Finding(
        id=f"trust-{case_game.id}",
        title=f"{case_game.title}: how much trust it takes",
        says=says,
        see="How likely the other must be held to be trustworthy, and is.",
        table=pl.DataFrame(rows),
        headers={
            "needed": "trust needed (5 to 95 of 100)",
            "there": "trust there is",
            "enough": "enough, of 100",
        },
        method=(
            "A trustworthy side cooperates from t = (P - S) / ((R - T) + (P - S)) on, if other trustworthy sides do: "
            "the threshold of an assurance game; that it is Kydd's (2005) is from memory."
        ),
        rests_on=case_game.rests_on,
    )


def _format_trust(x: float) -> str:
    return format_number(x) if x <= 1 else "none is enough"


def _format_with_interval(values: Floats) -> str:
    low, middle, high = quantiles(values)
    return (
        format_number(middle)
        if low == high
        else f"{format_number(middle)} ({format_number(low)} to {format_number(high)})"
    )


def trust_sign_finding(beliefs: TrustBeliefs) -> Finding | None:
    """How far a sign of what the other is moves trust, and what that buys."""
    import polars as pl

    declared_sign, case_game = beliefs.declared_trust.sign, beliefs.case_game
    if declared_sign is None:
        return None
    under_theory, at_means = beliefs.theory_allowing_trust
    rows = _sign_rows(beliefs, at_means, _sample_sign_chances(beliefs, declared_sign, beliefs.means))
    share_before, share_after = _enough_shares(
        beliefs, under_theory, _sample_sign_chances(beliefs, declared_sign, beliefs.draws)
    )
    low, high = (min(float(row[k]) for row in rows) for k in ("before", "good"))
    says = (
        f"If it goes well it moves trust from {format_number(low)} to {format_number(high)} at the means of the side "
        f"that trusts less, and is enough for both {by_view_phrase(under_theory.view)} in "
        f"{per_hundred(share_after)} of 100 draws, "
        f"against {per_hundred(share_before)} without."
    )
    if not under_theory.view.is_main:
        says += (
            f" {upper_first(by_view_phrase(case_game.main_theory.view))} there is a side for which no trust is "
            "enough, and so no sign."
        )
    return Finding(
        id=f"sign-{case_game.id}",
        title=f"{case_game.title}: what an exchange of signs tells",
        says=says,
        see="At the means: trust before and after a sign that goes well or badly, and how many in a row would be "
        "enough.",
        table=pl.DataFrame(rows),
        headers={
            "before": "trust before",
            "good": "after one that goes well",
            "bad": "after one that goes badly",
            "needed": "trust needed",
            "signs": "in a row that would be enough",
            "worth": "gain from seeing it first",
        },
        method=(
            "Trust moves by Bayes: odds are multiplied by the ratio of the chances that it goes well with a "
            "trustworthy side and with another. What it buys is counted where it turns a side from not cooperating to "
            "cooperating, if they cooperate where they dare."
        ),
        rests_on=case_game.rests_on,
    )


def _sample_sign_chances(
    beliefs: TrustBeliefs, declared_sign: TrustSignal, draws: ParameterDraws
) -> tuple[Floats, Floats]:
    """How likely the sign goes well with a trustworthy side, and with another."""
    path = f"games.{beliefs.case_game.id}.trust.sign"
    return (
        draws.sample(declared_sign.if_trustworthy, f"{path}.if_trustworthy"),
        draws.sample(declared_sign.if_not, f"{path}.if_not"),
    )


def _enough_shares(
    beliefs: TrustBeliefs, under_theory: GameUnderTheory, chances: tuple[Floats, Floats]
) -> tuple[float, float]:
    """In what share of draws trust is enough for both, before a sign and after one that goes well."""
    import numpy as np

    chance_if_trustworthy, chance_if_not = chances
    trust = beliefs.sample_trust(beliefs.draws)
    trust_needed = beliefs.type_payoffs(beliefs.draws, "trustworthy", under_theory).trust_thresholds
    chance_of_good_sign = trust * chance_if_trustworthy + (1 - trust) * chance_if_not
    trust_after = np.where(
        chance_of_good_sign > 0,
        trust * chance_if_trustworthy / np.where(chance_of_good_sign > 0, chance_of_good_sign, 1.0),
        trust,
    )
    before, after = (float((x >= trust_needed).all(axis=0).mean()) for x in (trust, trust_after))
    return before, after


def _sign_rows(
    beliefs: TrustBeliefs, at_means: GameUnderTheory, mean_chances: tuple[Floats, Floats]
) -> list[dict[str, str]]:
    """What a sign does to the trust of each side at the means, and what it is worth to it."""
    (p,), (q,) = (values.tolist() for values in mean_chances)
    rows = []
    for side, name in enumerate(beliefs.case_game.side_names):
        t = float(beliefs.sample_trust(beliefs.means)[side, 0])
        payoffs = beliefs.player_types(at_means, side).trustworthy
        gain = informed_cooperation_gain(payoffs, t, p, q) - informed_cooperation_gain(payoffs, t, 1.0, 1.0)
        rows.append(
            {
                "side": name,
                "before": format_number(t),
                "good": format_number(posterior_trust(t, p, q)),
                "bad": format_number(posterior_trust(t, 1 - p, 1 - q)),
                "needed": _format_trust(trust_threshold(payoffs)),
                "signs": _signs_needed(t, p, q, trust_threshold(payoffs)),
                "worth": format_number(gain),
            }
        )
    return rows


def _signs_needed(t: float, chance_if_trustworthy: float, chance_if_not: float, needed: float) -> str:
    """How many signs that go well, one after the other, move trust to where it is needed."""
    if needed >= 1 or t <= 0:  # certainty is never reached
        return "no number"
    sign_count = 0
    while t < needed and sign_count < 1000:
        next_trust = posterior_trust(t, chance_if_trustworthy, chance_if_not)
        if next_trust <= t:
            return "no number"
        t, sign_count = next_trust, sign_count + 1
    return str(sign_count) if sign_count < 1000 else "more than 1000"
