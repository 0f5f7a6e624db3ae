"""What is worked out once for each case, and kept as long as the case lives."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from detente.case.schema.case import Case

Result = TypeVar("Result")


def once_per_case(function: Callable[[Case], Result]) -> Callable[[Case], Result]:
    """Keeps what a function gives for a case: a case is frozen, and many ask the same of it.

    By identity, since a case is too large to be hashed; what is given must not be changed by who gets it.
    """
    kept: dict[int, tuple[weakref.ref[Case], Result]] = {}

    @wraps(function)
    def result_of(case: Case) -> Result:
        key = id(case)
        if key not in kept or kept[key][0]() is not case:
            result = function(case)
            kept[key] = (weakref.ref(case, lambda _: kept.pop(key, None)), result)
        return kept[key][1]

    return result_of
