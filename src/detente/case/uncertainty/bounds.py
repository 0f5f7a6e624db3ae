"""Whether an estimate lies where its number can lie."""

from __future__ import annotations

import math
from collections.abc import Iterator

from detente.case.fault import Fault
from detente.case.schema.estimate import Estimate
from detente.case.schema.introspection import Path
from detente.case.uncertainty.random_streams import LEAST_MASS, mass
from detente.text.number_format import number


def outside_range(path: Path, estimate: Estimate, low: float, high: float, called: str) -> Iterator[Fault]:
    """The fault of an estimate that lies where it cannot, if it does.

    Args:
        path: Where it stands.
        estimate: The number.
        low: The least it can be.
        high: The most it can be.
        called: What it is, within a sentence.
    """
    span = f"from {number(low)} to {number(high)}" if math.isfinite(high) else f"{number(low)} or more"
    inside = mass(estimate, low, high)
    if estimate.normal or estimate.lognormal:
        if inside < LEAST_MASS:
            said = f"hardly any of this distribution is {span}"
            yield Fault(path, said, f"{called} is {span}; what is outside is drawn again")
    elif inside < 1 - 1e-9:
        lowest, highest = estimate.bounds
        said = f"{number(lowest)} is" if lowest == highest else f"{number(lowest)} to {number(highest)} is"
        yield Fault(path, f"{said} not {span}", f"{called} is {span}")
