"""What a page holds to work its answer out anew: the model, what else could be modelled, levers, and names."""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from pydantic import ValidationError

from detente.assessment.assess import Assessment
from detente.case.index.labels import CaseLabels
from detente.case.loading.model_patch import case_with_values
from detente.case.loading.path_patch import BadPath
from detente.case.schema.case import Case
from detente.errors import DetenteError
from detente.methods.offer_model.description import ModelDescription
from detente.methods.sampling.distributions import Distribution
from detente.report.live.engine_model import engine_model
from detente.report.live.model_difference import difference, with_number_order
from detente.report.live.moving_numbers import moving_numbers
from detente.results.live import LiveAlternative, LiveOffer
from detente.results.pictures import RangeRows
from detente.rooms.acceptance.model.choices.choice_answers import offer_deciders
from detente.rooms.acceptance.model.choices.choice_sensitivity import MOST_DRAWS_PER_OPTION
from detente.rooms.acceptance.model.decision.decision_makers import DecisionMakers
from detente.text.english import upper_first, without_article


@dataclass(frozen=True)
class DescribedAlternative:
    """Something that could be otherwise, with the model of it."""

    alternative: LiveAlternative
    model: dict[str, Any]
    """Laid out for the engine."""
    form_phrases: Mapping[str, str]
    """How each form of the channel is then run."""


ANSWER = "answer:"
"""What the row of a picture is of that shows the answer itself, before the test by which it is drawn."""
MOST_SIMULATIONS = 4_096
"""So many simulations the page makes at most: the first of those that the report made."""
FEWEST_SIMULATIONS = 512
"""And so many at least, if the report made them."""
MOST_HELD = 2**22
"""Amounts by issue, pair and simulation that the page holds at most: 32 megabytes."""
MOST_LEVERS = 3
"""So many levers stand on the brief."""
MOST_PATCH_BYTES = 80_000
"""So much room what else could be modelled may take; what is beyond is left to the command line."""
GROUPS = "together."
"""Where numbers are said to go together: under a name that a set of estimates has, no path can say so once more."""
TAIL = 0.005
"""Which part of a distribution without ends lies beyond either end of its slider."""
WIDER = 10
"""A slider goes from bound to bound where that is at most so many times as far as the estimate goes."""


def live_data(assessment: Assessment) -> dict[str, Any] | None:
    """What the page needs, ready for JSON; None where nobody is asked.

    Args:
        assessment: What the page shows.
    """
    offer = assessment.brief.live
    if offer is None or assessment.brief.answer is None:
        return None
    case = assessment.loaded.case
    simulations = _simulations(offer)
    alternatives, paths = _described_alternatives(case, offer, simulations)
    has_nets = offer.description.sampling == "sobol"
    model = engine_model(offer.description, simulations)
    if not has_nets:
        model = with_number_order(model, paths)
    answer = assessment.brief.answer
    sliders = _sliders(offer.description, model["numbers"]["path"])
    movable = {path for path, slider in zip(model["numbers"]["path"], sliders, strict=True) if slider}
    forms = [{"name": form.name or answer.channel, "phrase": form.phrase} for form in answer.forms]
    return {
        "case": case.id,
        "arguments": _report_arguments(assessment),
        "ahead": min(offer.simulations, MOST_DRAWS_PER_OPTION),
        "answering": answer.answering,
        "forms": forms,
        "model": model,
        "names": {
            "numbers": [
                offer.number_names[path] if slider else ""
                for path, slider in zip(model["numbers"]["path"], sliders, strict=True)
            ],
            "theories": list(offer.theory_names.values()),
            "reasons": dict(offer.reason_names),
            "replies": [
                offer.reply_names[reply] for reply in ("accept", *(row["id"] for row in model["replies"]["rows"]))
            ],
            "actors": dict(offer.actor_names),
        },
        "levers": list(_levers(assessment, offer, movable)),
        "sliders": sliders,
        "test": _pictured_test(assessment),
        "quick": [change.id for change in assessment.brief.changes if change.group == "world"],
        "alternatives": list(_fitting(model, forms, alternatives, has_nets)),
    }


def _simulations(offer: LiveOffer) -> int:
    """How many the page makes: fewer where what many pairs have at stake on many issues would fill its memory."""
    network, simulations = offer.description.network, min(offer.simulations, MOST_SIMULATIONS)
    cells = len(network.issues) * len(network.across)
    while simulations > FEWEST_SIMULATIONS and simulations * cells > MOST_HELD:
        simulations //= 2
    return simulations


def games_data(assessment: Assessment) -> list[dict[str, Any]]:
    """The repeated games, ready for JSON: their thresholds without errors are worked out in the page.

    Args:
        assessment: What the page shows.
    """
    return [
        {
            **asdict(game),
            "numbers": [
                {
                    **asdict(number),
                    "low": number.low if math.isfinite(number.low) else None,
                    "high": number.high if math.isfinite(number.high) else None,
                }
                for number in game.numbers
            ],
        }
        for game in assessment.brief.live_games
    ]


def _report_arguments(assessment: Assessment) -> list[str]:
    """What stands behind `detente run CASE` for the report itself."""
    loaded = assessment.loaded
    scenario = ["--scenario", loaded.scenario] if loaded.scenario else []
    return [*scenario, *_set_arguments(loaded.changes)]


def _set_arguments(values: Mapping[str, Any]) -> list[str]:
    return [
        part
        for path, value in values.items()
        for part in ("--set", f"{path}={value if isinstance(value, str) else _plain_json(value)}")
    ]


def _plain_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)


def _described_alternatives(
    case: Case, offer: LiveOffer, simulations: int
) -> tuple[list[DescribedAlternative], list[str]]:
    """The model by each alternative that leaves one with the same forms, actors and theories; and all numbers."""
    decision = offer.description.decision
    assert decision is not None
    found = []
    paths = [number.path for number in offer.description.numbers]
    for alternative in offer.alternatives:
        deciders = _deciders_with(case, alternative.values)
        if deciders is None or [one.id for one in deciders.theories] != [one.id for one in decision.theories]:
            continue
        other = deciders.description
        found.append(DescribedAlternative(alternative, engine_model(other, simulations), _form_phrases(deciders)))
        known = set(paths)
        paths += [number.path for number in other.numbers if number.path not in known]
    return found, paths


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


def _fitting(
    model: Mapping[str, Any],
    forms: Sequence[Mapping[str, str]],
    alternatives: Sequence[DescribedAlternative],
    has_nets: bool,
) -> Iterator[dict[str, Any]]:
    """The alternatives that change anything in the model, as long as there is room."""
    room, seen = MOST_PATCH_BYTES, set()
    for described in alternatives:
        alternative, other = described.alternative, described.model
        placed = other if has_nets else with_number_order(other, model["numbers"]["path"])
        patch = difference(model, placed)
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
    if all(phrases.get(form, one["phrase"]) == one["phrase"] for form, one in zip(ids, own, strict=True)):
        return None
    found = [phrases.get(form, one["phrase"]) for form, one in zip(ids, own, strict=True)]
    return [{"name": upper_first(phrase), "phrase": phrase} for phrase in found]


def _levers(assessment: Assessment, offer: LiveOffer, movable: Collection[str]) -> Iterator[dict[str, Any]]:
    """The levers of the case, or the numbers that matter most; as many as have room on the brief."""
    declared = [lever for lever in assessment.loaded.case.levers if lever.path in movable]
    if declared:
        for lever in declared[:MOST_LEVERS]:
            yield {"path": lever.path, "label": lever.says, "low": lever.low, "high": lever.high}
        return
    for path in [path for path in _paths_that_matter(assessment) if path in movable][:MOST_LEVERS]:
        yield {"path": path, "label": offer.number_names[path]}


def _paths_that_matter(assessment: Assessment) -> list[str]:
    """The numbers that drive the answer, then those of the picture of what matters, then any that is uncertain."""
    confidence, offer = assessment.brief.confidence, assessment.brief.live
    driving = [number.path for number in confidence.driving] if confidence else []
    pictured = [
        row.subject.removeprefix("number:")
        for section in assessment.sections
        if isinstance(section.picture, RangeRows)
        for row in section.picture.rows
        if row.subject.startswith("number:")
    ]
    numbers = offer.description.numbers if offer else ()
    uncertain = [number.path for number in numbers if number.distribution.varies]
    return list(dict.fromkeys((*driving, *pictured, *uncertain)))


def _pictured_test(assessment: Assessment) -> str:
    """The test by which the picture of what matters is drawn."""
    pictures = [section.picture for section in assessment.sections if isinstance(section.picture, RangeRows)]
    subjects = [row.subject for picture in pictures for row in picture.rows]
    told = (subject.removeprefix(ANSWER) for subject in subjects if subject.startswith(ANSWER))
    return next(told, "strict")


def _sliders(description: ModelDescription, paths: Sequence[str]) -> list[list[float] | int]:
    """From where to where each number can be moved; 0 for one that moves nothing, or follows from others."""
    numbers = description.numbers
    by_path = {numbers[index].path: numbers[index].distribution for index in moving_numbers(description)}
    return [_slider(by_path[path]) if path in by_path else 0 for path in paths]


def _slider(distribution: Distribution) -> list[float] | int:
    """The bounds of a number where these are near, else the ends of its estimate and as far again."""
    low, high = distribution.limits
    if not math.isfinite(low) and not math.isfinite(high):
        return 0
    first, last = _ends(distribution)
    reach = last - first
    is_near = math.isfinite(low) and math.isfinite(high) and (high - low <= WIDER * reach or reach == 0)
    if is_near:
        return [low, high]
    further = reach or max(abs(first), 1.0)
    return [max(low, first - further), min(high, last + further)]


def _ends(distribution: Distribution) -> tuple[float, float]:
    """From where to where an estimate goes, but for its tails."""
    import numpy as np

    if distribution.form == "value":
        return distribution.parameters[0], distribution.parameters[0]
    if distribution.form == "discrete":
        values = distribution.discrete_values[0]
        return min(values), max(values)
    low, high = distribution.quantile(np.array([TAIL, 1 - TAIL])).tolist()
    return low, high
