"""The levers of a channel, and what it would be if they stood otherwise, all else at the central estimates."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.case.index.membership import case_sides
from detente.case.schema.case import Case
from detente.case.schema.estimate import Estimate
from detente.rooms.gains.findings.common_threat import threat_adds
from detente.rooms.gains.findings.labels import Names
from detente.rooms.gains.model.draws import Drawing
from detente.rooms.gains.model.model import Block, Model
from detente.rooms.gains.model.results import NEAR
from detente.text.english import join_words
from detente.text.number_format import format_number

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

ALWAYS, NEVER = "everywhere", "nowhere"
STEPS = 200
"""Into how many steps a lever is divided to look for changes of sign."""


@dataclass(frozen=True)
class Lever:
    """A number from 0 to 1 that might be otherwise."""

    name: str
    says: str
    """What it is, in words that `below .3` can follow."""
    paths: tuple[str, ...]
    """The paths that it sets."""
    now: float
    """Its central estimate."""


def levers(model: Model, channel: str, names: Names) -> list[Lever]:
    """How exclusive a channel is, how much it gets done, how much the observed one does, and a threat felt by both."""
    case, observed = model.case, model.arena.observed
    done = "the part that {} gets done of what takes all members"
    found = []
    if case.channels[channel].displaces:
        found.append(
            _lever(case, "exclusivity", "the chance that the channel displaces other links", channel, "exclusivity")
        )
    found.append(_lever(case, "efficiency", done.format("the channel"), channel, "efficiency"))
    other = f"“{names.channel(observed)}”"
    found.append(_lever(case, f"efficiency of {other}", done.format(other), observed, "efficiency"))
    between = case_sides(case)
    if between and threat_adds(case):
        felt = _threats(case, between)
        now = min(felt[side].mean for side in between)
        paths = tuple(f"threat.{party}" for party in felt)
        found.append(Lever("threat felt by both", "the threat that both feel, from 0 to 1,", paths, now))
    return found


def _threats(case: Case, between: tuple[str, str]) -> dict[str, Estimate]:
    """What everybody perceives of a threat, either side's own always among it."""
    return {**dict.fromkeys(between, Estimate(value=0)), **case.threat}


def _lever(case: Case, name: str, says: str, channel: str, key: str) -> Lever:
    given = getattr(case.channels[channel], key)
    now = 1.0 if given is None else min(max(given.mean, 0.0), 1.0)
    return Lever(name, says, (f"channels.{channel}.{key}",), now)


def moved(model: Model, laid: Mapping[Lever, Floats]) -> tuple[Drawing, Block]:
    """All at the central estimates but some levers, each of which has as many values as the others."""
    changed: Model = copy(model)
    if between := case_sides(model.case):
        changed.case = model.case.model_copy(update={"threat": _threats(model.case, between)})
    values = {path: given for lever, given in laid.items() for path in lever.paths}
    drawing = Drawing(changed.case, model.arena, 0, certain=True, laid=values)
    return drawing, changed.block(drawing)


def grid() -> Floats:
    """The values of a lever at which it is looked for changes of sign."""
    import numpy as np

    return np.linspace(0, 1, STEPS + 1)


def crossings(values: Floats, worth: Floats) -> list[float]:
    """Where a function that is known at some places crosses 0, between them in a straight line."""
    found = []
    for x, y, a, b in zip(values[:-1], values[1:], worth[:-1], worth[1:], strict=True):
        if (a > 0) != (b > 0):
            found.append(float(x + (y - x) * (-a / (b - a))))
    return found


def where_above(values: Floats, worth: Floats) -> str:
    """Where a function is above 0, in words."""
    turns = crossings(values, worth - NEAR)
    if not turns:
        return ALWAYS if worth[0] > NEAR else NEVER
    if len(turns) == 1:
        return f"{'below' if worth[0] > NEAR else 'above'} {format_number(round(turns[0], 2))}"
    return f"turning at {join_words(format_number(round(turn, 2)) for turn in turns)}"
