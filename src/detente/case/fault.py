"""What a check finds wrong in a valid case, before it has a place in a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from detente.case.schema.base import CasePath
from detente.case.schema.case import Case


@dataclass(frozen=True, slots=True)
class Fault:
    """What a check finds wrong in a valid case, before it has a place."""

    path: CasePath
    message: str
    remedy: str = ""
    is_omission: bool = False
    """Whether it is that something is not there: not asked where broken entries are set aside, which may be it."""
    severity: Literal["error", "warning"] = "error"
    """Whether it stops everything, or is only told."""


CaseCheck = Callable[[Case], Iterable[Fault]]
"""What else must hold of a case, beyond the schema and the references."""
