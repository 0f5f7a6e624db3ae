"""The findings on what would turn the answer: thresholds by theory, and what a grave threat would do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from detente.case.index.channel_variants import ChannelVariant
from detente.methods.networks.gravity_stakes import TOLERANCE
from detente.results.finding import Finding
from detente.rooms.acceptance.findings.text import AcceptanceLabels, by_theory, per_form_phrase, share_with_error
from detente.rooms.acceptance.model.thresholds import AcceptanceRange
from detente.text.english import join_words
from detente.text.intervals import ALWAYS, NEVER, positive_intervals_phrase
from detente.text.number_format import format_number, per_hundred

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from detente.rooms.gains.model.one_at_a_time import ChannelLever

    Floats = NDArray[np.float64]


def acceptance_thresholds_finding(labels: AcceptanceLabels, ranges: Sequence[AcceptanceRange]) -> Finding:
    """From where on, or up to where, the other side accepts along each lever, by each theory."""
    import polars as pl

    deciders = labels.deciders
    rows = [
        {
            "lever": labels.lever_name(one.lever),
            "theory": one.theory.title,
            "run": labels.variant_cell(one.variant),
            "accepts": positive_intervals_phrase(one.intervals),
            "now": format_number(one.lever.central_value),
        }
        for one in ranges
    ]
    full_theory_ranges = [
        (one.lever, one.variant, positive_intervals_phrase(one.intervals))
        for one in ranges
        if one.theory == deciders.full_theory
    ]
    return Finding(
        id="thresholds",
        title="What would turn the answer",
        says=_thresholds_sentence(labels, full_theory_ranges),
        see=f"Where {labels.answering_side} accepts, along each number from 0 to 1, and where the case has it.",
        table=pl.DataFrame(rows),
        headers={"run": "the channel is run", "accepts": f"{labels.answering_side} accepts", "now": "central estimate"},
        method=(
            "One number is moved at a time, all others at their means, in steps of a half per cent; between two steps "
            "the utility is taken to be straight. For the plain model the thresholds have closed forms "
            "(`detente.channels.thresholds`), which this is tested against."
        ),
        rests_on=(deciders.offered_channel,),
    )


def _thresholds_sentence(
    labels: AcceptanceLabels, full_theory_ranges: list[tuple[ChannelLever, ChannelVariant, str]]
) -> str:
    """What would do by all that counts, form by form."""
    clauses = []
    for variant in labels.deciders.offered_variants:
        own_ranges = [
            (lever, range_phrase)
            for lever, range_variant, range_phrase in full_theory_ranges
            if range_variant == variant
        ]
        conditions = [
            f"{labels.lever_phrase(lever)} {range_phrase}"
            for lever, range_phrase in own_ranges
            if range_phrase not in (ALWAYS, NEVER)
        ]
        side_phrase = f"{labels.form_phrase(variant)}, {labels.answering_side}".lstrip(", ")
        if conditions:
            clauses.append(f"{side_phrase} would accept with {join_words(conditions, 'or')}")
        else:
            verb = "accepts" if any(range_phrase == ALWAYS for _, range_phrase in own_ranges) else "would not accept"
            clauses.append(f"{side_phrase} {verb}, whatever any one of these numbers is")
    return f"All else at the central estimates, {by_theory(labels.deciders.full_theory)}: {'; '.join(clauses)}."


def grave_threat_finding(labels: AcceptanceLabels) -> Finding | None:
    """How many refusals a grave threat that all feel would turn, from which strength on, by each theory."""
    import polars as pl

    deciders, result = labels.deciders, labels.result
    if not deciders.threat_is_lever:
        return None
    rows, turned_shares = [], []
    for theory in deciders.theories:
        for variant in deciders.offered_variants:
            is_refused = ~result.accepting_draws(variant, theory)
            is_turned = result.grave_utility[variant, theory.id] > TOLERANCE
            row: dict[str, object] = {
                "theory": theory.title,
                "run": labels.variant_cell(variant),
                "accepts": share_with_error(float(is_turned.mean()), result.draw_count),
                "turned": share_with_error(float(is_turned[is_refused].mean()), int(is_refused.sum()))
                if is_refused.any()
                else "none to turn",
            }
            if (variant, theory.id) in result.threat_threshold:
                row["from"] = _threshold_cell(result.threat_threshold[variant, theory.id])
            rows.append(row)
            if theory == deciders.full_theory and is_refused.any():
                turned_shares.append((labels.form_phrase(variant), per_hundred(float(is_turned[is_refused].mean()))))
    says = "There is no refusal to turn."
    if turned_shares:
        says = f"Felt by both in full, it would turn {per_form_phrase(turned_shares)} of 100 refusals "
        says += f"{by_theory(deciders.full_theory)}."
    return Finding(
        id="grave-threat",
        title="What a grave threat, felt by both, would turn",
        says=f"{says} {_adverse_threat_sentence(labels)}".strip(),
        see="How often the offer is accepted then, how many refusals turn, and from which strength of the threat on: "
        "the median of those that turn, and the middle half.",
        table=pl.DataFrame(rows, infer_schema_length=None),
        headers={
            "run": "the channel is run",
            "accepts": f"{labels.answering_side} accepts, of 100",
            "turned": "of 100 refusals turned",
            "from": "from a threat of",
        },
        method=(
            "A threat adds to what two have to gain in proportion to the lesser of what they feel, all of it for all "
            "members together, and the concern for relative gains shrinks with it. So a threat that adds enough "
            "favours whatever channel gets most of that done: in the plain model, with nothing lost on longer ways and "
            "a channel that gets all done, it does so through a leading member if the bilateral channel gets less done "
            "than 1 - chi (B + w C / 2) / (3 (A + B)), and as one if less than 1 - chi w C / (6 (A + B)), whatever the "
            "stakes: that is a theorem of the model (ours, `thresholds.threat_can_do`) and no evidence. A is what the "
            "answering side and the leading member have to gain, B it and the others, C these among themselves, and w "
            "how far a threat raises that."
        ),
        rests_on=(deciders.offered_channel,),
    )


def _threshold_cell(thresholds: Floats) -> str:
    """The median strength of the threat from which refusals turn, and the middle half; nothing if none does."""
    import numpy as np

    turning = thresholds[np.isfinite(thresholds) & (thresholds > 0)]
    if not turning.size:
        return ""
    low, middle, high = (format_number(round(float(at), 2)) for at in np.quantile(turning, [0.25, 0.5, 0.75]))
    return f"{middle} ({low} to {high})"


def _adverse_threat_sentence(labels: AcceptanceLabels) -> str:
    """How often a threat could do at all, as drawn: where it adds to what the other side makes of the channel."""
    deciders, result = labels.deciders, labels.result
    absolute_gains = deciders.absolute_gains
    adverse_shares = []
    for variant in deciders.offered_variants:
        is_adverse = (
            result.grave_utility[variant, absolute_gains.id]
            < result.answer_utility[variant, absolute_gains.id] - TOLERANCE
        )
        adverse_shares.append((labels.form_phrase(variant), per_hundred(float(is_adverse.mean()))))
    consequence = f"would make the channel worth less to {labels.answering_side} in its own gains, not more"
    return f"In {per_form_phrase(adverse_shares)} of 100 draws a threat {consequence}."


def refusals_turned_by_threat(labels: AcceptanceLabels) -> list[tuple[str, str]]:
    """For the first screen: of 100 refusals, how many a grave threat would turn, by form."""
    deciders, result = labels.deciders, labels.result
    shares_by_form = []
    for variant in deciders.offered_variants:
        is_refused = ~result.accepting_draws(variant, deciders.full_theory)
        is_turned = result.grave_utility[variant, deciders.full_theory.id][is_refused] > TOLERANCE
        shares_by_form.append(
            (labels.form_phrase(variant), per_hundred(float(is_turned.mean())) if is_refused.any() else "none")
        )
    return shares_by_form
