"""How one model differs from another, both laid out for the engine: so that alternatives take little room on a page.

A difference of two objects, or of two lists as long as each other, is an object of the differences of what they hold;
a list that goes on has what comes after under `+`; anything else is the new value, in a list of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from detente.methods.offer_model.description import ModelDescription
from detente.report.live.engine_model import NUMBER_ROWS, engine_model
from detente.report.live.moving_numbers import moving_numbers

ABSENT: dict[str, Any] = {"form": "value", "parameters": [0.0], "low": 0.0, "high": 0.0, "cut": 0, "keys": 0}
"""A number that a model does not have, where another has it."""


def difference(base: Any, other: Any) -> Any:
    """What makes the one the other; an empty object where they are the same.

    Example:
        >>> from detente.report.live.model_difference import difference
        >>> difference({"a": [1, 2], "b": 3}, {"a": [1, 5, 6], "b": 4})
        {'a': {'1': [5], '+': [6]}, 'b': [4]}
    """
    if isinstance(base, dict) and isinstance(other, dict) and base.keys() == other.keys():
        return {key: difference(base[key], other[key]) for key in base if base[key] != other[key]}
    if isinstance(base, list) and isinstance(other, list) and 0 < len(base) <= len(other):
        changed = {
            str(place): difference(one, another)
            for place, (one, another) in enumerate(zip(base, other, strict=False))
            if one != another
        }
        if len(changed) <= len(base) // 2 or len(base) < len(other):
            return changed | ({"+": other[len(base) :]} if len(base) < len(other) else {})
    return [other]


def model_layout(
    simulations: int, descriptions: Sequence[ModelDescription]
) -> Callable[[ModelDescription], dict[str, Any]]:
    """What lays several models out alike: all numbers in one order, those that none of them rests on standing still.

    Args:
        simulations: How many the engine makes.
        descriptions: All that are to be laid out. If any is drawn by nets, whose dimensions go by which numbers vary,
            each keeps its own numbers.
    """
    if any(one.sampling == "sobol" for one in descriptions):
        return lambda description: engine_model(description, simulations)
    paths = list(dict.fromkeys(number.path for one in descriptions for number in one.numbers))
    used = {one.numbers[index].path for one in descriptions for index in moving_numbers(one)}

    def lay_out(description: ModelDescription) -> dict[str, Any]:
        idle = [number for number in description.numbers if number.path not in used and number.distribution.varies]
        still = {one.path: replace(one.distribution, form="value", parameters=(0.0,)) for one in idle}
        return with_number_order(engine_model(description.with_numbers(still), simulations), paths)

    return lay_out


def with_number_order(model: Mapping[str, Any], paths: Sequence[str]) -> dict[str, Any]:
    """The same model with its numbers in another order, which may hold others too.

    Args:
        model: Laid out for the engine, and not drawn by a net.
        paths: All its numbers, and any others, in the order that is wanted.
    """
    assert model["sobol"] is None, "the dimensions of a net go by the order of the numbers"
    place_of = {path: place for place, path in enumerate(paths)}
    own = [place_of[path] for path in model["numbers"]["path"]]

    def moved(places: Any) -> Any:
        if isinstance(places, list):
            return [moved(one) for one in places]
        return own[places] if places >= 0 else places

    columns = {key: [ABSENT.get(key)] * len(paths) for key in model["numbers"]} | {"path": list(paths)}
    for place, path_place in enumerate(own):
        for key in ABSENT:
            columns[key][path_place] = model["numbers"][key][place]
    rows = {
        part: {key: moved(value) if key in names else value for key, value in model[part].items()}
        for part, names in NUMBER_ROWS.items()
    }
    rows["replies"]["rows"] = [
        {key: value if key == "id" else moved(value) for key, value in row.items()} for row in model["replies"]["rows"]
    ]
    learning = model["learning"]
    return {
        **model,
        **rows,
        "numbers": columns,
        "together": [
            {**group, "numbers": moved(group["numbers"]), "opposed": moved(group["opposed"])}
            for group in model["together"]
        ],
        "learning": {
            "cost": moved(learning["cost"]),
            "cost_trials": [[moved(trial[0]), *trial[1:]] for trial in learning["cost_trials"]],
            "taught": [{**one, "efficiency": moved(one["efficiency"])} for one in learning["taught"]],
        },
    }
