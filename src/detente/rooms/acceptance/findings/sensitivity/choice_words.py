"""What to call the choices of a case and their options: as the case words them, or by what every case chooses."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from detente.case.schema.case import Case
from detente.case.schema.choices import OWN_OPTION
from detente.rooms.acceptance.findings.text import AcceptanceLabels
from detente.rooms.acceptance.model.choices.model_choices import ModelChoice
from detente.text.english import join_words

STANDING_TITLES: Mapping[str, str] = {
    "compared-with": "With whom gains are compared",
    "present-channel": "What there is without the channel",
    "leading-member": "Through which member a side deals",
    "measure-of-regimes": "By what regimes are measured",
    "measure-of-capability": "By what capability is measured",
    "threat-within": "How far a common threat counts inside a side",
    "payments": "In which side the leading member may pay for a yes",
    "fixed-terms": "How what does not depend on gains counts on a part of the agenda",
}
PAYMENTS = {"either-side": "payments in either side", "offering-side": "payments in the side that offers alone"}
THREATS_WITHIN = {
    "not-within": "a threat does not count within sides",
    "within-alike": "a threat counts within sides, too",
}
FIXED_TERMS = {"in-proportion": "fixed terms in proportion to the stakes", "in-full": "fixed terms in full on any part"}


def choice_title(case: Case, choice: ModelChoice) -> str:
    """What is chosen."""
    return case.choices[choice.id].title if choice.kind == "declared" else STANDING_TITLES[choice.id]


def option_words(labels: AcceptanceLabels, choice: ModelChoice, option_id: str) -> str:
    """What is chosen by an option, in a few words."""
    case = labels.deciders.case
    if choice.kind == "declared":
        declared = case.choices[choice.id]
        return declared.says if option_id == OWN_OPTION else declared.alternatives[option_id].says
    return _STANDING_WORDS[choice.id](labels, option_id)


def _comparison_words(labels: AcceptanceLabels, option_id: str) -> str:
    if option_id == "other-side":
        return "gains compared with the other side as a whole"
    if option_id == "leading-member":
        return "gains compared with whoever leads the other side"
    return (
        "gains compared as the case says of each"
        if _has_declared_comparisons(labels.deciders.case)
        else "gains compared with the other side"
    )


def _has_declared_comparisons(case: Case) -> bool:
    return any(mechanism.against for mechanism in case.mechanisms.values())


def _channel_words(labels: AcceptanceLabels, option_id: str) -> str:
    present = labels.deciders.actor_network.observed_channel
    return labels.gains_labels.channel_title(present if option_id == OWN_OPTION else option_id)


def _leader_words(labels: AcceptanceLabels, option_id: str) -> str:
    if option_id != OWN_OPTION:
        return f"through {labels.gains_labels.party_name(option_id)}"
    network = labels.deciders.actor_network
    leaders = [
        actor
        for actor, led in zip(network.actors, network.organisations_led, strict=True)
        if set(led) & set(labels.deciders.sides) and actor not in network.members_by_player
    ]
    return f"through {join_words(labels.gains_labels.party_name(leader) for leader in leaders)}"


def _regime_words(labels: AcceptanceLabels, option_id: str) -> str:
    case = labels.deciders.case
    present = dict.fromkeys(mechanism.by_regime for mechanism in case.mechanisms.values() if mechanism.by_regime)
    measures = list(present) if option_id == OWN_OPTION else [option_id]
    return f"regimes by {join_words(case.regimes[measure].title for measure in measures)}"


def _capability_words(labels: AcceptanceLabels, option_id: str) -> str:
    case = labels.deciders.case
    present = case.network.capability or next(iter(case.capabilities))
    return f"capability by {case.capabilities[present if option_id == OWN_OPTION else option_id].title}"


def _threat_words(labels: AcceptanceLabels, option_id: str) -> str:
    if option_id != OWN_OPTION:
        return THREATS_WITHIN[option_id]
    low, high = labels.deciders.case.network.threat_within.bounds
    by_bounds = {(0.0, 0.0): "not-within", (1.0, 1.0): "within-alike"}
    name = by_bounds.get((low, high))
    return THREATS_WITHIN[name] if name else "a threat counts within sides in part"


def _fixed_terms_words(labels: AcceptanceLabels, option_id: str) -> str:
    present = labels.deciders.case.response.fixed_terms
    return FIXED_TERMS[present if option_id == OWN_OPTION else option_id]


def _payments_words(labels: AcceptanceLabels, option_id: str) -> str:
    present = labels.deciders.case.response.payments
    return PAYMENTS[present if option_id == OWN_OPTION else option_id]


_STANDING_WORDS: Mapping[str, Callable[[AcceptanceLabels, str], str]] = {
    "compared-with": _comparison_words,
    "present-channel": _channel_words,
    "leading-member": _leader_words,
    "measure-of-regimes": _regime_words,
    "measure-of-capability": _capability_words,
    "threat-within": _threat_words,
    "payments": _payments_words,
    "fixed-terms": _fixed_terms_words,
}
