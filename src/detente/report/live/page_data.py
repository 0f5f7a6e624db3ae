"""What a page holds to work its answer out anew: the model, what else could be modelled, levers, and names."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator
from dataclasses import asdict
from typing import Any

from detente.assessment.assess import Assessment
from detente.report.live.alternatives import alternative_rows, describe_alternatives, number_names
from detente.report.live.model_difference import model_layout
from detente.report.live.sliders import experienced_traits, number_sliders
from detente.results.live import LiveOffer
from detente.results.pictures import RangeRows
from detente.rooms.acceptance.model.choices.choice_sensitivity import MOST_DRAWS_PER_OPTION

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


def live_data(assessment: Assessment) -> dict[str, Any] | None:
    """What the page needs, ready for JSON; None where nobody is asked.

    Args:
        assessment: What the page shows.
    """
    offer = assessment.brief.live
    if offer is None or assessment.brief.answer is None:
        return None
    case = assessment.loaded.case
    alternatives = describe_alternatives(case, offer)
    lay_out = model_layout(_simulations(offer), [offer.description, *(one.description for one in alternatives)])
    model = lay_out(offer.description)
    answer = assessment.brief.answer
    sliders = number_sliders(offer.description, model["numbers"]["path"], experienced_traits(case))
    movable = {path for path, slider in zip(model["numbers"]["path"], sliders, strict=True) if slider}
    forms = [{"name": form.name or answer.channel, "phrase": form.phrase} for form in answer.forms]
    return {
        "case": case.id,
        "report": _report_setting(assessment, offer),
        "ahead": min(offer.simulations, MOST_DRAWS_PER_OPTION),
        "answering": answer.answering,
        "forms": forms,
        "model": model,
        "names": {
            "numbers": number_names(case, offer, model, movable),
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
        "alternatives": list(alternative_rows(model, forms, alternatives, lay_out)),
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


def _report_setting(assessment: Assessment, offer: LiveOffer) -> dict[str, Any]:
    """What the report itself set beside the case: its scenario, and what was given by hand."""
    loaded = assessment.loaded
    scenario = loaded.case.scenarios[loaded.scenario] if loaded.scenario else None
    return {
        "scenario": loaded.scenario or "",
        "scenarioValues": dict(scenario.set) if scenario else {},
        "changes": dict(loaded.changes),
        "draws": offer.simulations,
    }


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
