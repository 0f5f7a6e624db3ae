"""The model of the offer with the names of its parts, for a page that works it out anew."""

from __future__ import annotations

from collections.abc import Iterator

from detente.results.live import AlternativeKind, LiveAlternative, LiveOffer
from detente.rooms.acceptance.findings.brief_words import change_label
from detente.rooms.acceptance.findings.replies import REPLY_TITLES
from detente.rooms.acceptance.findings.sensitivity.choice_words import choice_title, option_words
from detente.rooms.acceptance.findings.text import AcceptanceLabels
from detente.rooms.acceptance.model.acceptance import AcceptanceModel
from detente.rooms.acceptance.model.decision.single_reasons import LINK_SAVINGS
from detente.rooms.gains.findings.number_words import plain_number_name
from detente.text.english import upper_first, without_article

REPLY_NUMBERS = {
    "once": "what it costs {reply}, once",
    "each": "what it costs {reply}, each year",
    "brings": "what it brings {reply}, each year",
    "kept": "how likely the offer outlives a year after it: {reply}",
    "informs": "how likely it tells in a year what the offer is worth: {reply}",
}
"""Numbers of a reply."""


def live_offer(model: AcceptanceModel, labels: AcceptanceLabels) -> LiveOffer:
    """The model of the year of the answer."""
    deciders = labels.deciders
    description = deciders.offer_only.description
    decision = description.decision
    assert decision is not None
    reasons = (*(one.id for one in decision.mechanisms), *(one.id for one in decision.outside), LINK_SAVINGS)
    return LiveOffer(
        description=description,
        simulations=labels.result.draw_count,
        number_names={
            number.path: upper_first(_number_name(model, labels, number.path)) for number in description.numbers
        },
        theory_names={theory.id: labels.theory_label(theory) for theory in deciders.theories},
        reason_names={reason: labels.mechanism_title(reason) for reason in reasons},
        reply_names={str(reply): title for reply, title in REPLY_TITLES.items()},
        actor_names={
            actor: without_article(labels.gains_labels.party_name(actor)) for actor in description.network.actors
        },
        alternatives=tuple(_alternatives(model, labels)),
    )


def _number_name(model: AcceptanceModel, labels: AcceptanceLabels, path: str) -> str:
    """What a number is, in plain words."""
    keys = path.split(".")
    if keys[:2] == ["response", "replies"] and keys[-1] in REPLY_NUMBERS and keys[2] in REPLY_TITLES:
        return REPLY_NUMBERS[keys[-1]].format(reply=f"to {REPLY_TITLES[keys[2]].lower()}")
    return plain_number_name(model.gains.years[-1], path, labels.deciders.offered_channel, labels.gains_labels)


def _alternatives(model: AcceptanceModel, labels: AcceptanceLabels) -> Iterator[LiveAlternative]:
    """What was tried for the brief, the other scenarios of the case, and every option of every choice."""
    tried = [change.id for change in model.tried_changes]
    for change in model.tried_changes:
        kind: AlternativeKind = "estimates" if change.kind == "estimates" else "world"
        scenario = change.id if change.kind == "scenario" else ""
        yield LiveAlternative(
            change.id, upper_first(change_label(labels, change)), kind, change.values, scenario=scenario
        )
    for name, one in model.case.scenarios.items():
        if name not in tried:
            label = upper_first((one.title or one.says).rstrip("."))
            yield LiveAlternative(name, label, "world", one.set, scenario=name)
    for varied in model.choices.choices:
        own, *others = (answers.option for answers in varied.options)
        for option in others:
            yield LiveAlternative(
                f"{varied.choice.id}.{option.id}",
                upper_first(option_words(labels, varied.choice, option.id)),
                "choice",
                option.values,
                choice=choice_title(model.case, varied.choice),
                own_label=upper_first(option_words(labels, varied.choice, own.id)),
            )
