"""The findings on what would turn the answer: thresholds by theory, and what a grave threat would do."""

from __future__ import annotations

from collections.abc import Sequence

from detente.results.finding import Finding
from detente.results.table import Column, make_table
from detente.rooms.acceptance.findings.columns import LEVER_SCALE, RUN_COLUMN, THEORY_COLUMN, share_cells, share_column
from detente.rooms.acceptance.findings.text import (
    AcceptanceLabels,
    by_theory,
    once_or_each,
    per_form_phrase,
    title_of_theory,
)
from detente.rooms.acceptance.model.sensitivity.grave_threat import (
    ThreatEffect,
    adverse_threat_share,
    threat_effect,
    threat_effects,
)
from detente.rooms.acceptance.model.sensitivity.thresholds import AcceptanceRange
from detente.text.english import join_words
from detente.text.intervals import positive_intervals_phrase, positive_intervals_word
from detente.text.number_format import per_hundred

THREAT_METHOD = (
    "A threat adds to what two have to gain in proportion to the lesser of what they feel, all of it for all "
    "members together, and the concern for relative gains shrinks with it. So a threat that adds enough "
    "favours whatever channel gets most of that done: in the plain model, with nothing lost on longer ways and "
    "a channel that gets all done, it does so through a leading member if the bilateral channel gets less done "
    "than 1 - chi (B + w C / 2) / (3 (A + B)), and as one if less than 1 - chi w C / (6 (A + B)), whatever the "
    "stakes: that is a theorem of the model (ours, `thresholds.threat_can_do`) and no evidence. A is what the "
    "answering side and the leading member have to gain, B it and the others, C these among themselves, and w "
    "how far a threat raises that."
)


def _threshold_columns(answering_side: str, most_turning_points: int) -> tuple[Column, ...]:
    """The columns, one of them for each place at which the answer turns along a lever."""
    return (
        Column("lever"),
        THEORY_COLUMN,
        RUN_COLUMN,
        Column("accepts", f"{answering_side} accepts"),
        *(
            Column(
                f"turning_point_{number}",
                "turning point" if most_turning_points == 1 else f"turning point {number}",
                "number",
                LEVER_SCALE,
            )
            for number in range(1, most_turning_points + 1)
        ),
        Column("now", "central estimate", "number", LEVER_SCALE),
    )


def _threshold_row(labels: AcceptanceLabels, one: AcceptanceRange) -> dict[str, object]:
    """Where the other side accepts along one lever: whether below or above, and the places at which that turns."""
    return {
        "lever": labels.lever_name(one.lever.kind),
        "theory": title_of_theory(one.theory),
        "run": labels.variant_cell(one.variant),
        "accepts": positive_intervals_word(one.intervals),
        **{f"turning_point_{number}": end for number, end in enumerate(one.turning_points, start=1)},
        "now": one.lever.central_value,
    }


def acceptance_thresholds_finding(labels: AcceptanceLabels, ranges: Sequence[AcceptanceRange]) -> Finding:
    """From where on, or up to where, the other side accepts along each lever, by each theory."""
    columns = _threshold_columns(labels.answering_side, max(len(one.turning_points) for one in ranges))
    return Finding(
        id="thresholds",
        title="What would turn the answer",
        says=_thresholds_sentence(labels, ranges),
        see=f"Where {labels.answering_side} accepts, along each number from 0 to 1, and where the case has it.",
        table=make_table(columns, [_threshold_row(labels, one) for one in ranges]),
        method=(
            "One number is moved at a time, all others at their means, in steps of a half per cent; between two steps "
            "the utility is taken to be straight. For the plain model the thresholds have closed forms, "
            "against which the model is tested."
        ),
        rests_on=(labels.deciders.offered_channel,),
    )


def _thresholds_sentence(labels: AcceptanceLabels, ranges: Sequence[AcceptanceRange]) -> str:
    """What would do by all that counts, form by form."""
    clauses = []
    for variant in labels.deciders.offered_variants:
        own_ranges = [one for one in ranges if (one.theory, one.variant) == (labels.deciders.full_theory, variant)]
        conditions = [
            f"{labels.lever_phrase(one.lever.kind)} {positive_intervals_phrase(one.intervals)}"
            for one in own_ranges
            if one.turning_points
        ]
        side_phrase = f"{labels.form_phrase(variant)}, {labels.answering_side}".lstrip(", ")
        if conditions:
            clauses.append(f"{side_phrase} would accept with {join_words(conditions, 'or')}")
        else:
            verb = "accepts" if any(one.intervals for one in own_ranges) else "would not accept"
            clauses.append(f"{side_phrase} {verb}, whatever any one of these numbers is")
    return f"All else at the central estimates, {by_theory(labels.deciders.full_theory)}: {'; '.join(clauses)}."


def _threat_columns(answering_side: str, has_thresholds: bool) -> tuple[Column, ...]:
    """The columns; those of the strength only where it was worked out."""
    quartiles = (
        Column("from", "from a threat of", "number", LEVER_SCALE),
        Column("from_lower_quartile", "lower quartile", "number", LEVER_SCALE),
        Column("from_upper_quartile", "upper quartile", "number", LEVER_SCALE),
    )
    return (
        THEORY_COLUMN,
        RUN_COLUMN,
        share_column("accepts", f"{answering_side} accepts, of 100"),
        Column("turned", "of 100 refusals turned", "of_100", "share of refusals", error=True, missing="none to turn"),
        *(quartiles if has_thresholds else ()),
    )


def _threat_row(labels: AcceptanceLabels, effect: ThreatEffect) -> dict[str, object]:
    """What a grave threat does in one form, by one theory."""
    row: dict[str, object] = {
        "theory": title_of_theory(effect.theory),
        "run": labels.variant_cell(effect.variant),
        **share_cells("accepts", effect.accepted_share, labels.result.draw_count),
        **share_cells("turned", effect.turned_share, effect.refused_count),
    }
    if effect.threshold_quartiles:
        row["from_lower_quartile"], row["from"], row["from_upper_quartile"] = effect.threshold_quartiles
    return row


def grave_threat_finding(labels: AcceptanceLabels) -> Finding | None:
    """How many refusals a grave threat that all feel would turn, from which strength on, by each theory."""
    if not labels.deciders.threat_is_lever:
        return None
    columns = _threat_columns(labels.answering_side, bool(labels.result.threat_threshold))
    return Finding(
        id="grave-threat",
        title="What a grave threat, felt by both, would turn",
        says=f"{_turned_refusals_sentence(labels)} {_adverse_threat_sentence(labels)}".strip(),
        see="How often the offer is accepted then, how many refusals turn, and from which strength of the threat on: "
        "the median of those that turn, and the middle half.",
        table=make_table(columns, [_threat_row(labels, effect) for effect in threat_effects(labels.result)]),
        method=THREAT_METHOD,
        rests_on=(labels.deciders.offered_channel,),
    )


def _turned_refusals_sentence(labels: AcceptanceLabels) -> str:
    """How many refusals it would turn by all that counts."""
    full_theory = labels.deciders.full_theory
    turned_shares = [
        (labels.form_phrase(variant), per_hundred(turned_share))
        for variant in labels.deciders.offered_variants
        if (turned_share := threat_effect(labels.result, variant, full_theory).turned_share) is not None
    ]
    if not turned_shares:
        return "There is no refusal to turn."
    turned_phrase = per_form_phrase(turned_shares)
    return f"Felt by both in full, it would turn {turned_phrase} of 100 refusals {by_theory(full_theory)}."


def _adverse_threat_sentence(labels: AcceptanceLabels) -> str:
    """How often a threat could do at all, as drawn: where it adds to what the other side makes of the channel."""
    adverse_shares = [
        (labels.form_phrase(variant), per_hundred(adverse_threat_share(labels.result, variant)))
        for variant in labels.deciders.offered_variants
    ]
    consequence = f"would make the channel worth less to {labels.answering_side} in its own gains, not more"
    return f"In {per_form_phrase(adverse_shares)} of 100 draws a threat {consequence}."


def turned_refusals_phrase(labels: AcceptanceLabels) -> str:
    """For the first screen: of 100 refusals, how many a grave threat would turn, form by form."""
    turned_shares = [
        threat_effect(labels.result, variant, labels.deciders.full_theory).turned_share
        for variant in labels.deciders.offered_variants
    ]
    return once_or_each(["none" if share is None else per_hundred(share) for share in turned_shares])
