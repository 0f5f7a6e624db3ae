"""The finding on what a grave threat would add, as either side perceives it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from detente.case.index.membership import case_sides
from detente.case.schema.case import Case
from detente.case.schema.estimate import Estimate
from detente.results.finding import Finding
from detente.rooms.gains.findings.labels import GainsLabels, signed_percent
from detente.rooms.gains.findings.text import leading_and_other_actors
from detente.rooms.gains.model.draws import issues_with_stakes
from detente.rooms.gains.model.model import ChannelVariant
from detente.rooms.gains.model.point_estimates import point_estimate_gains
from detente.rooms.gains.model.results import TOLERANCE, YearGains
from detente.text.english import join_words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def common_threat_finding(year: YearGains, channel: str, labels: GainsLabels) -> Finding | None:
    """The gains by a channel at the central estimates, by who feels a grave threat and how much of it.

    None where the case does not say between whom it is, or a threat adds nothing.
    """
    import polars as pl

    case = year.model.case
    sides = case_sides(case)
    if sides is None or not threat_raises_stakes(case):
        return None
    leading_actors, other_actors = leading_and_other_actors(year)
    variants = [ChannelVariant(channel, form) for form in year.forms_of(channel)]
    rows: list[dict[str, object]] = []
    first_gains: dict[ChannelVariant, NDArray[np.float64]] = {}
    turned_by_scenario: dict[str, list[str]] = {}
    for scenario, threat_by_party in _threat_scenarios(sides, labels):
        for variant, gains in _gains_under_threat(year, threat_by_party, variants).items():
            row: dict[str, object] = {"felt": scenario, "run": labels.form_phrase(year.actor_network, variant)}
            for actor_index in leading_actors:
                row[labels.party_name(year.actor_network.actors[actor_index])] = signed_percent(gains[actor_index])
            if other_actors:
                lowest, highest = float(gains[other_actors].min()), float(gains[other_actors].max())
                row["the others"] = (
                    signed_percent(lowest)
                    if highest - lowest < 5e-4
                    else f"{signed_percent(lowest)} to {signed_percent(highest)}"
                )
            rows.append(row)
            base_gains = first_gains.setdefault(variant, gains)
            turned_actors = [
                actor_index
                for actor_index in range(year.actor_network.n)
                if (gains[actor_index] > TOLERANCE) != (base_gains[actor_index] > TOLERANCE)
            ]
            if turned_actors:
                turned_names = join_words(
                    labels.party_name(year.actor_network.actors[actor_index]) for actor_index in turned_actors
                )
                turned_by_scenario.setdefault(scenario, []).append(
                    f"{labels.form_phrase(year.actor_network, variant)}, for {turned_names}"
                )
    turned_phrase = "; ".join(
        f"felt {scenario}, it would turn the sign {' and '.join(turned_forms)}"
        for scenario, turned_forms in turned_by_scenario.items()
    )
    return Finding(
        id=f"threat-{channel}",
        title=f"What a grave threat would add: {labels.channel_title(channel)}",
        says=f"At the central estimates, {turned_phrase}."
        if turned_phrase
        else "At the central estimates it would turn no sign.",
        see="Gains in per cent of all that would then be at stake. Between two only what both of them feel counts.",
        table=pl.DataFrame(rows),
        headers={"felt": "a grave threat is felt", "run": "the channel is run"},
        method=(
            "A threat adds to what two have to gain in proportion to the lesser of what they feel, and all that it "
            "adds takes all members together. That a large enough threat, felt by both, favours whatever channel gets "
            "most of that done follows from this and is no evidence."
        ),
        rests_on=(channel,),
    )


def threat_raises_stakes(case: Case) -> bool:
    """Whether a grave threat would add anything to the stakes of any issue that is weighed."""
    estimates = (case.issues[name].raised or case.network.raised for name in issues_with_stakes(case))
    return any(estimate.bounds[1] > 0 for estimate in estimates)


def _threat_scenarios(sides: tuple[str, str], labels: GainsLabels) -> Iterator[tuple[str, dict[str, float]]]:
    """Who feels how much of it."""
    offering_side, answering_side = sides
    yield "by nobody", {offering_side: 0.0, answering_side: 0.0}
    yield f"by {labels.party_name(offering_side)} alone", {offering_side: 1.0, answering_side: 0.0}
    yield f"by {labels.party_name(answering_side)} alone", {offering_side: 0.0, answering_side: 1.0}
    yield "by both, in part (.25)", {offering_side: 0.25, answering_side: 0.25}
    yield "by both, in full", {offering_side: 1.0, answering_side: 1.0}


def _gains_under_threat(
    year: YearGains, threat_by_party: dict[str, float], variants: list[ChannelVariant]
) -> dict[ChannelVariant, NDArray[np.float64]]:
    """Gains at the central estimates if either side, and all that belong to it, feel so much."""
    threat = {party: Estimate(value=value) for party, value in threat_by_party.items()}
    gains_by_variant = point_estimate_gains(year.model, year.model.case.model_copy(update={"threat": threat}))
    return {variant: gains_by_variant[variant] for variant in variants}
