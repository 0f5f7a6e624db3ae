"""What else of a case could be modelled as a whole, each as a difference from its own model."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from detente.case.index.labels import CaseLabels
from detente.case.index.number_labels import number_label
from detente.case.loading.model_patch import case_with_values
from detente.case.loading.path_patch import BadPath
from detente.case.schema.case import Case
from detente.errors import DetenteError
from detente.methods.offer_model.description import ModelDescription
from detente.report.live.model_difference import difference
from detente.results.live import LiveAlternative, LiveOffer
from detente.rooms.acceptance.model.choices.choice_answers import offer_deciders
from detente.rooms.acceptance.model.decision.decision_makers import DecisionMakers
from detente.text.english import upper_first, without_article

MOST_PATCH_BYTES = 80_000
"""So much room what else could be modelled may take; what is beyond is left to the command line."""
GROUPS = "together."
"""Where numbers are said to go together: under a name that a set of estimates has, no path can say so once more."""


@dataclass(frozen=True)
class DescribedAlternative:
    """Something that could be otherwise, with the model of it."""

    alternative: LiveAlternative
    description: ModelDescription
    form_phrases: Mapping[str, str]
    """How each form of the channel is then run."""


def describe_alternatives(case: Case, offer: LiveOffer) -> list[DescribedAlternative]:
    """The model by each alternative that leaves one with the same theories."""
    decision = offer.description.decision
    assert decision is not None
    found = []
    for alternative in offer.alternatives:
        deciders = _deciders_with(case, alternative.values)
        if deciders is not None and [one.id for one in deciders.theories] == [one.id for one in decision.theories]:
            found.append(DescribedAlternative(alternative, deciders.description, _form_phrases(deciders)))
    return found


def _deciders_with(case: Case, values: Mapping[str, Any]) -> DecisionMakers | None:
    """Who decides with other values; None where these do not hold, as of a scenario that nobody has tried yet."""
    try:
        return offer_deciders(case_with_values(case, values))
    except (DetenteError, ValidationError, BadPath):
        return None


def _form_phrases(deciders: DecisionMakers) -> dict[str, str]:
    """How each form is run: `Russia-run`."""
    labels = CaseLabels(deciders.case)
    return {
        variant.form: without_article(labels.form_phrase(variant.form, deciders.dealing_parties(variant)))
        for variant in deciders.offered_variants
    }


def number_names(case: Case, offer: LiveOffer, model: Mapping[str, Any], movable: Collection[str]) -> list[str]:
    """What each number is; nothing for one that stands still whatever is modelled."""
    numbers = model["numbers"]
    return [
        offer.number_names.get(path) or upper_first(number_label(case, path)) if keys or path in movable else ""
        for path, keys in zip(numbers["path"], numbers["keys"], strict=True)
    ]


def alternative_rows(
    model: Mapping[str, Any],
    forms: Sequence[Mapping[str, str]],
    alternatives: Sequence[DescribedAlternative],
    lay_out: Callable[[ModelDescription], dict[str, Any]],
) -> Iterator[dict[str, Any]]:
    """The alternatives that change anything in the model, as long as there is room.

    Args:
        model: Of the case itself, laid out for the engine.
        forms: What its forms are called.
        alternatives: All of them.
        lay_out: What lays a model out, with its numbers in the same order.
    """
    room, seen = MOST_PATCH_BYTES, set()
    for described in alternatives:
        alternative = described.alternative
        patch = difference(model, lay_out(described.description))
        text = json.dumps(patch)
        if not patch or len(text) > room or text in seen:
            continue
        seen.add(text)
        room -= len(text)
        yield {
            "id": alternative.id,
            "label": alternative.label,
            "kind": alternative.kind,
            "choice": alternative.choice,
            "own": alternative.own_label,
            "scenario": alternative.scenario,
            "values": dict(alternative.values),
            "forms": _other_forms(model["forms"], forms, described.form_phrases),
            "isTold": not any(path.startswith(GROUPS) for path in alternative.values),
            "patch": patch,
        }


def _other_forms(
    ids: Sequence[str], own: Sequence[Mapping[str, str]], phrases: Mapping[str, str]
) -> list[dict[str, str]] | None:
    """What the forms are called by an alternative; None where they are called the same."""
    found = [phrases.get(form) or one["phrase"] for form, one in zip(ids, own, strict=True)]
    if found == [one["phrase"] for one in own]:
        return None
    return [{"name": upper_first(phrase), "phrase": phrase} for phrase in found]
