"""What was taken for granted about who decides and replies, without the case saying so."""

from __future__ import annotations

from collections.abc import Iterator

from detente.case.schema.case import Case
from detente.rooms.acceptance.findings.text import AcceptanceLabels
from detente.rooms.acceptance.model.decision.decision_makers import ALL_MECHANISMS
from detente.text.english import join_words, upper_first


def acceptance_assumptions(case: Case, labels: AcceptanceLabels) -> Iterator[str]:
    """What was assumed without the case saying so."""
    deciders, declared_fields = labels.deciders, case.response.model_fields_set
    for side in deciders.sides:
        if deciders.declared_rule(side) is None:
            yield f"{upper_first(labels.gains_labels.party_name(side))} decides by consensus."
    if deciders.full_theory.id == ALL_MECHANISMS:
        yield "All that the case says actors care for counts together."
    if deciders.full_theory == deciders.absolute_gains:
        yield "Actors care for nothing but their own gains."
    if "replies" not in declared_fields:
        yield "Silence costs little and keeps an offer alive longest; a no offends and ends it."
    default_phrases = [
        ("discount", "a year's delay takes a tenth off a gain"),
        ("hazard", "a grave threat arises about once in twenty years"),
        ("insight", "details could change the worth of the channel by a twentieth of what is at stake"),
        ("asking", "to make the offer costs a hundredth of what is at stake"),
        ("transfers", "what one member pays another arrives in full"),
        ("noise", "choices depart from the best by about a fiftieth of what is at stake"),
        ("belief", "an offer is at first believed to be accepted with a chance of one in four"),
    ]
    defaults_used = [phrase for key, phrase in default_phrases if key not in declared_fields]
    if defaults_used:
        yield upper_first(f"{join_words(defaults_used)}.")
    yield "Between the organisations nothing is paid for an agreement."
