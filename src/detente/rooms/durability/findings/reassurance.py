"""Whether a first step reassures: how large it must be to tell those who mean well from the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from detente.case.entries.entries import case_entries
from detente.methods.games.trust_and_reassurance import (
    PLAY_DESCRIPTIONS,
    PlayerTypes,
    ReassurancePlay,
    reassurable_trust_range,
    reassurance_band,
    reassurance_equilibria,
    trust_threshold,
)
from detente.results.finding import Chart, Finding
from detente.rooms.durability.findings.charts.reassurance_band import reassurance_band_chart
from detente.rooms.durability.findings.charts.sides import SideEstimate
from detente.rooms.durability.findings.patience_map import party_colour
from detente.rooms.durability.findings.text import by_view_phrase
from detente.rooms.durability.model.case_games import GameUnderTheory
from detente.rooms.durability.model.draw_quantiles import quantiles
from detente.rooms.durability.model.trust_beliefs import TrustBeliefs
from detente.text.english import as_sentence, join_words, upper_first
from detente.text.number_format import format_number, per_hundred

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

BAND_STEPS = 80
"""Steps of the band on its picture."""
STEP_SIZE_REASONS = {
    "is too small": "those who mean to exploit would take it, too, and wait for more",
    "is too large": "those who mean well would not dare",
    "is of the right size": "only those who mean well would take it",
}
"""What the size of a first step comes to."""


def reassurance_finding(beliefs: TrustBeliefs) -> Finding | None:
    """Whether a first step of the size that the case says would tell the trustworthy from the others."""
    import polars as pl

    case_game = beliefs.case_game
    steps, mean_steps = beliefs.sample_first_step(beliefs.draws), beliefs.sample_first_step(beliefs.means)
    if steps is None or mean_steps is None:
        return None
    under_theory, main_at_means = beliefs.theory_allowing_trust
    trust_draws, mean_trust = beliefs.sample_trust(beliefs.draws), beliefs.sample_trust(beliefs.means)[:, 0]
    step = float(mean_steps[0])
    player_types = [beliefs.player_types(main_at_means, side) for side in (0, 1)]
    types_and_trust = [(types, float(trust)) for types, trust in zip(player_types, mean_trust, strict=True)]
    bands = [reassurance_band(types, trust) for types, trust in types_and_trust]
    equilibrium_gains = reassurance_equilibria(types_and_trust, step)
    says = _step_sentence(step, bands, by_view_phrase(under_theory.view))
    if "pooling" in equilibrium_gains:
        says += " None is needed at the means: both trust each other enough to take it whatever their kind."
    says += _shares_sentence(_step_size_shares(beliefs, under_theory, trust_draws, steps))
    if not under_theory.view.is_main:
        says += _hopeless_sentence(beliefs)
    says += f" {_trust_range_sentence(player_types)}"
    entries_by_id = case_entries(case_game.case)
    if claims := [entries_by_id[id].says for id in beliefs.declared_trust.tests if id in entries_by_id]:
        says += f" This is what becomes here of the claim: {' '.join(map(as_sentence, claims))}"
    return Finding(
        id=f"reassurance-{case_game.id}",
        title=f"{case_game.title}: whether a first step reassures",
        says=says,
        see=(
            "Shaded: steps that only the trustworthy take, by how far the other is trusted; dashed: the trust from "
            "which no step is needed. Crosses: the case's own estimates. Refusal by both is an equilibrium whatever "
            "the step."
        ),
        table=pl.DataFrame(_play_rows(case_game.side_names, mean_trust, bands, equilibrium_gains)),
        headers={
            "trust": "trusts the other",
            "band": "step that reassures",
            "play": "in the first round",
            "holds": "is an equilibrium",
            "gain": "gain to a trustworthy side",
        },
        chart=_case_band_chart(beliefs, player_types, steps, trust_draws),
        method=(
            "Two rounds, the share a of what is at stake in the first and the rest in the second, which is played if "
            "both took the step. Our own version of reassurance (after Kydd 2000), which may differ from his in "
            "detail; the equilibria are in pure strategies, the kinds of both sides doing alike; where sides trust "
            "each other enough they are taken to cooperate in the second round, though mutual defection is an "
            "equilibrium of it, too."
        ),
        rests_on=(*case_game.rests_on, *beliefs.declared_trust.tests),
    )


def _play_rows(
    side_names: Sequence[str],
    mean_trust: Floats,
    bands: Sequence[tuple[float, float]],
    equilibrium_gains: Mapping[ReassurancePlay, Sequence[float]],
) -> list[dict[str, str]]:
    """For each play of the first round and each side, whether it is an equilibrium, and what it gains."""
    rows = []
    for play, words in PLAY_DESCRIPTIONS.items():
        for side, name in enumerate(side_names):
            low, high = bands[side]
            rows.append(
                {
                    "play": words,
                    "holds": "yes" if play in equilibrium_gains else "no",
                    "side": name,
                    "trust": format_number(float(mean_trust[side])),
                    "band": f"{_format_step_share(low)} to {_format_step_share(high)}" if low < high else "none",
                    "gain": format_number(equilibrium_gains[play][side]) if play in equilibrium_gains else "",
                }
            )
    return rows


def _step_sentence(step: float, bands: Sequence[tuple[float, float]], by_phrase: str) -> str:
    """What the size of the first step comes to at the means."""
    low, high = max(lo for lo, _ in bands), min(hi for _, hi in bands)
    sentence = f"A first step that puts {format_number(step)} of what is at stake at risk "
    if low >= high:
        return sentence + (
            f"reassures nobody {by_phrase}: at the trust there is no step is large enough "
            "to put off those who mean to exploit, and small enough for those who do not."
        )
    size_phrase = "is too small" if step < low else "is too large" if step > high else "is of the right size"
    return sentence + (
        f"{size_phrase} to reassure {by_phrase}: {STEP_SIZE_REASONS[size_phrase]}. It "
        f"takes between {format_number(low)} and {format_number(high)}."
    )


def _shares_sentence(shares: tuple[float, float, float, float]) -> str:
    """In how many draws the step is of the right size."""
    too_small, fitting, too_large, none_fits = map(per_hundred, shares)
    return (
        f" Of 100 draws it is right in {fitting}, too small in {too_small}, too large in {too_large}, and in "
        f"{none_fits} no step is right."
    )


def _hopeless_sentence(beliefs: TrustBeliefs) -> str:
    """Who would not cooperate by the main theory however far the other is trusted, if anybody."""
    case_game = beliefs.case_game
    beyond_trust = (
        beliefs.type_payoffs(beliefs.means, "trustworthy", case_game.main_at_means).trust_thresholds[:, 0] > 1
    )
    names = [name for name, is_hopeless in zip(case_game.side_names, beyond_trust, strict=True) if is_hopeless]
    if not names:
        return ""
    trusted_phrase = "it trusted" if len(names) == 1 else "they trusted"
    return (
        f" {upper_first(by_view_phrase(case_game.main_theory.view))} {join_words(names)} would "
        f"not cooperate however far {trusted_phrase} the other."
    )


def _trust_range_sentence(player_types: Sequence[PlayerTypes]) -> str:
    """For which trust, the same on both sides, some step would do at these payoffs."""
    if player_types[0] == player_types[1] and reassurable_trust_range(player_types[0]) == (0.0, 1.0):
        return "That some step does, however low the trust, follows from the payoffs alone (structural)."
    levels = [step / 1000 for step in range(1, 1000)]
    bands_by_level = [[reassurance_band(types, t) for types in player_types] for t in levels]
    workable_levels = [
        t
        for t, side_bands in zip(levels, bands_by_level, strict=True)
        if max(lo for lo, _ in side_bands) < min(hi for _, hi in side_bands)
    ]
    if not workable_levels:
        return "At the means no step does, whatever the trust."
    if len(workable_levels) == len(levels):
        return "At the means some step does, however low the trust."
    range_phrase = (
        f"from a trust of {format_number(workable_levels[0])} on"
        if workable_levels[-1] == levels[-1]
        else f"between {format_number(workable_levels[0])} and "
    )
    range_phrase += "" if workable_levels[-1] == levels[-1] else f"{format_number(workable_levels[-1])} of trust"
    return f"At the means some step does {range_phrase}, if both trust alike, and at no other."


def _step_size_shares(
    beliefs: TrustBeliefs, under_theory: GameUnderTheory, trust: Floats, steps: Floats
) -> tuple[float, float, float, float]:
    """In what share of draws the step is too small, tells the kinds apart, is too large, or no step is right."""
    trustworthy, untrustworthy = (
        beliefs.type_payoffs(beliefs.draws, type_name, under_theory) for type_name in ("trustworthy", "untrustworthy")
    )
    low, high = reassurance_band(PlayerTypes(trustworthy, untrustworthy), trust)
    low, high = low.max(axis=0), high.min(axis=0)
    is_possible = low < high
    sizes = (
        is_possible & (steps < low),
        is_possible & (low <= steps) & (steps <= high),
        is_possible & (steps > high),
        ~is_possible,
    )
    too_small, fitting, too_large, none_fits = (float(size.mean()) for size in sizes)
    return too_small, fitting, too_large, none_fits


def _case_band_chart(beliefs: TrustBeliefs, player_types: Sequence[PlayerTypes], steps: Floats, trust: Floats) -> Chart:
    """The band over trust, and where the case is on it."""
    band_points = []
    for index in range(BAND_STEPS + 1):
        side_bands = [reassurance_band(types, index / BAND_STEPS) for types in player_types]
        band_points.append((index / BAND_STEPS, max(lo for lo, _ in side_bands), min(hi for _, hi in side_bands)))
    case_game, step_quantiles = beliefs.case_game, quantiles(steps)
    mean_trust = [float(x) for x in beliefs.sample_trust(beliefs.means)[:, 0]]
    mean_step = beliefs.sample_first_step(beliefs.means)
    crosses = [
        SideEstimate(
            name,
            party_colour(case_game.case, case_game.game.between[side]),
            mean_trust[side],
            step_quantiles[1] if mean_step is None else float(mean_step[0]),
            (quantiles(trust[side])[0], quantiles(trust[side])[2]),
            (step_quantiles[0], step_quantiles[2]),
        )
        for side, name in enumerate(case_game.side_names)
    ]
    trust_needed = max(trust_threshold(types.trustworthy) for types in player_types)
    title = f"{case_game.title}: first steps that reassure, over trust, with the case's own estimates"
    return reassurance_band_chart(band_points, trust_needed, crosses, title)


def _format_step_share(x: float) -> str:
    return format_number(x) if x <= 1 else "more than all"
