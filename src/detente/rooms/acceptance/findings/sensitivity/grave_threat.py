"""The finding on a grave threat: how often the offer would be accepted if both sides felt one."""

from __future__ import annotations

from collections.abc import Iterator

from detente.results.finding import Finding
from detente.results.table import Column, make_table
from detente.rooms.acceptance.findings.answer_words import (
    both_tests,
    each_form,
    tests_of,
)
from detente.rooms.acceptance.findings.columns import LEVER_SCALE, RUN_COLUMN, THEORY_COLUMN, share_cells, share_column
from detente.rooms.acceptance.findings.text import AcceptanceLabels, title_of_theory
from detente.rooms.acceptance.model.sensitivity.grave_threat import (
    ThreatEffect,
    adverse_threat_share,
    threat_effects,
)
from detente.rooms.acceptance.model.sensitivity.what_if import WhatIf

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


def grave_threat_finding(labels: AcceptanceLabels, what_if: WhatIf | None) -> Finding | None:
    """How often the offer is accepted under a grave threat that all feel; None where that is no lever."""
    if what_if is None:
        return None
    columns = _threat_columns(labels.answering_side, bool(labels.result.threat_threshold))
    return Finding(
        id="grave-threat",
        title="What a grave threat to both would do",
        says=" ".join(_sentences(labels, what_if)),
        see="How often the offer is accepted then by the strict test, how many refusals that reverses, and from which "
        "strength of the threat on: the median of those that it reverses, and the middle half.",
        table=make_table(columns, [_threat_row(labels, effect) for effect in threat_effects(labels.result)]),
        method=THREAT_METHOD,
        rests_on=(labels.deciders.offered_channel,),
    )


def _sentences(labels: AcceptanceLabels, what_if: WhatIf) -> Iterator[str]:
    """How often the offer would be accepted then, what of that is built in, and how often a threat does harm."""
    shares = each_form(labels, both_tests(tests_of(labels, what_if)))
    yield f"Under a grave threat to both, {labels.answering_side} would accept {shares}."
    yield "Built in: a threat favours whichever channel gets most done against it."
    adverse = {one: [adverse_threat_share(labels.result, one)] for one in labels.deciders.offered_variants}
    if any(share for (share,) in adverse.values()):
        yield f"It would lower the gains of {labels.answering_side} from the channel {each_form(labels, adverse)}."


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
        Column("turned", "of 100 refusals reversed", "of_100", "share of refusals", error=True, missing="no refusal"),
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
