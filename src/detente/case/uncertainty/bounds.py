"""Whether an estimate lies where its number can lie."""

from __future__ import annotations

import math
from collections.abc import Iterator

from detente.case.fault import Fault
from detente.case.schema.estimate import Estimate
from detente.case.schema.introspection import CasePath
from detente.case.uncertainty.random_streams import MIN_MASS, probability_mass
from detente.text.number_format import format_number


def range_faults(path: CasePath, estimate: Estimate, low: float, high: float, label: str) -> Iterator[Fault]:
    """The fault of an estimate that lies where it cannot, if it does.

    Args:
        path: Where it stands.
        estimate: The number.
        low: The least it can be.
        high: The most it can be.
        called: What it is, within a sentence.
    """
    range_text = (
        f"from {format_number(low)} to {format_number(high)}"
        if math.isfinite(high)
        else f"{format_number(low)} or more"
    )
    inside_mass = probability_mass(estimate, low, high)
    if estimate.normal or estimate.lognormal:
        if inside_mass < MIN_MASS:
            message = f"hardly any of this distribution is {range_text}"
            yield Fault(path, message, f"{label} is {range_text}; what is outside is drawn again")
    elif inside_mass < 1 - 1e-9:
        lowest, highest = estimate.bounds
        message = (
            f"{format_number(lowest)} is"
            if lowest == highest
            else f"{format_number(lowest)} to {format_number(highest)} is"
        )
        yield Fault(path, f"{message} not {range_text}", f"{label} is {range_text}")
