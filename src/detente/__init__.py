"""Détente: will the other side accept, through which channel, on which issue; why; and what would change that?

from detente import assess, read_case
assess(read_case("nato-csto"))
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from detente.anarchy.playing import play
    from detente.assessment import Assessment, assess, read_case
    from detente.case.estimate import Estimate
    from detente.case.library import bundled_cases, new_case
    from detente.case.reading import LoadedCase
    from detente.case.schema import Case
    from detente.comparison import Comparison, compare
    from detente.errors import CaseError, DetenteError, OutputError, Problem, UnknownName
    from detente.explanation import Explanation, explain
    from detente.report.files import write_report
    from detente.section import Finding, Section
    from detente.storage import SavedAssessment, read_saved, saved

# Imported when first asked for, so that `import detente` and `detente --help` cost nothing.
_HOMES = {
    "detente.anarchy.playing": ("play",),
    "detente.assessment": ("Assessment", "assess", "read_case"),
    "detente.case.estimate": ("Estimate",),
    "detente.case.library": ("bundled_cases", "new_case"),
    "detente.case.reading": ("LoadedCase",),
    "detente.case.schema": ("Case",),
    "detente.comparison": ("Comparison", "compare"),
    "detente.errors": ("CaseError", "DetenteError", "OutputError", "Problem", "UnknownName"),
    "detente.explanation": ("Explanation", "explain"),
    "detente.report.files": ("write_report",),
    "detente.storage": ("SavedAssessment", "read_saved", "saved"),
    "detente.section": ("Finding", "Section"),
}
__all__ = [
    "Assessment",
    "Case",
    "CaseError",
    "Comparison",
    "DetenteError",
    "Estimate",
    "Explanation",
    "Finding",
    "LoadedCase",
    "OutputError",
    "Problem",
    "SavedAssessment",
    "Section",
    "UnknownName",
    "assess",
    "bundled_cases",
    "compare",
    "explain",
    "new_case",
    "play",
    "read_case",
    "read_saved",
    "saved",
    "write_report",
]


def __getattr__(name: str) -> Any:
    for home, names in _HOMES.items():
        if name in names:
            value = getattr(import_module(home), name)
            globals()[name] = value
            return value
    raise AttributeError(f"module 'detente' has no attribute '{name}'")
