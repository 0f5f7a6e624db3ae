"""Détente: will the other side accept, through which channel, on which issue; why; and what would change that?

from detente import assess, read_case
assess(read_case("nato-csto"))
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from detente.version import __version__ as __version__

if TYPE_CHECKING:
    from detente.assessment.agreement import agreement
    from detente.assessment.assess import Assessment, assess, read_case
    from detente.assessment.compare import Comparison, compare
    from detente.assessment.explain import Explanation, explain
    from detente.assessment.json_format import read_saved, to_saved
    from detente.assessment.json_shapes import SavedAssessment
    from detente.case.bundled import bundled_cases, new_case
    from detente.case.loading.load import LoadedCase
    from detente.case.schema.case import Case
    from detente.case.schema.estimate import Estimate
    from detente.errors import CaseError, DetenteError, OutputError, Problem, UnknownName
    from detente.methods.games.repeated.matches import play
    from detente.report.files import write_report
    from detente.results.finding import Finding, Section
    from detente.sweeps.sweep import sweep

# Imported when first asked for, so that `import detente` and `detente --help` cost nothing.
_HOMES = {
    "detente.methods.games.repeated.matches": ("play",),
    "detente.assessment.agreement": ("agreement",),
    "detente.assessment.assess": ("Assessment", "assess", "read_case"),
    "detente.case.schema.estimate": ("Estimate",),
    "detente.case.bundled": ("bundled_cases", "new_case"),
    "detente.case.loading.load": ("LoadedCase",),
    "detente.case.schema.case": ("Case",),
    "detente.assessment.compare": ("Comparison", "compare"),
    "detente.errors": ("CaseError", "DetenteError", "OutputError", "Problem", "UnknownName"),
    "detente.assessment.explain": ("Explanation", "explain"),
    "detente.report.files": ("write_report",),
    "detente.assessment.json_format": ("read_saved", "to_saved"),
    "detente.assessment.json_shapes": ("SavedAssessment",),
    "detente.results.finding": ("Finding", "Section"),
    "detente.sweeps.sweep": ("sweep",),
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
    "agreement",
    "assess",
    "bundled_cases",
    "compare",
    "explain",
    "new_case",
    "play",
    "read_case",
    "read_saved",
    "sweep",
    "to_saved",
    "write_report",
]


def _render_in_notebook(assessment: Assessment) -> str:
    """An assessment in a notebook."""
    from detente.report.notebook import render_notebook

    return render_notebook(assessment)


def _render_in_frame(assessment: Assessment) -> str:
    """The whole page of an assessment in a frame of a notebook."""
    from detente.report.notebook import render_frame

    return render_frame(assessment)


def __getattr__(name: str) -> Any:
    for home, names in _HOMES.items():
        if name in names:
            module = import_module(home)
            value = getattr(module, name)
            if "Assessment" in names:
                module.Assessment.render_html = staticmethod(_render_in_notebook)
                module.Assessment.render_frame = staticmethod(_render_in_frame)
            globals()[name] = value
            return value
    raise AttributeError(f"module 'detente' has no attribute '{name}'")
