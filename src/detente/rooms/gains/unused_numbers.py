"""What a case says and the gains room does not use, or uses otherwise than it seems: warnings, not errors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.case.fault import Fault
from detente.case.index.stand_in_figures import stand_in_figures
from detente.case.schema.case import Case
from detente.case.schema.estimate import Estimate
from detente.rooms.gains.model.network.parties import issues_with_stakes
from detente.text.english import join_words

MOST_YEARS_NAMED = 8
"""Years with figures beyond which only the first and last are named."""


def inert_threat_faults(case: Case) -> Iterator[Fault]:
    """Threats that raise nothing, and what depends on a threat that raises nothing."""
    if not case.channels or _threat_may_raise_stakes(case):
        return
    remedy = "say how many times the stakes a grave threat adds: network.raised, or raised: of an issue"
    for party, estimate in case.threat.items():
        if estimate.bounds != (0, 0):
            message = "this does nothing: no threat raises any stakes"
            yield Fault(("threat", party), message, remedy, is_omission=True, severity="warning")
    if "threat_within" in case.network.model_fields_set:
        message = "this does nothing: no threat raises any stakes"
        yield Fault(("network", "threat_within"), message, remedy, is_omission=True, severity="warning")


def _threat_may_raise_stakes(case: Case) -> bool:
    """Whether a threat raises any stakes, or would by another set of assumptions."""
    estimates: list[Estimate | None] = [
        case.issues[name].raised or case.network.raised for name in issues_with_stakes(case)
    ]
    estimates += [
        value for priors in case.priors.values() for path, value in priors.set.items() if path.endswith("raised")
    ]
    return any(estimate is not None and estimate.bounds != (0, 0) for estimate in estimates)


def borrowed_figures_faults(case: Case) -> Iterator[Fault]:
    """Years that are worked out with figures of another year, of capabilities and regimes."""
    declared_years = case.network.years
    for figure in stand_in_figures(case) if case.channels else ():
        measures = {"capabilities": case.capabilities, "regimes": case.regimes}.get(str(figure.path[0]))
        # A year that nobody chose takes the latest figures before it, as it says; never silently later ones.
        if measures is None or (figure.year not in declared_years and figure.figure_year < figure.year):
            continue
        measure = str(figure.path[1])
        years_phrase = _years_phrase(sorted(measures[measure].held))
        yield Fault(
            ("network", "years", declared_years.index(figure.year))
            if figure.year in declared_years
            else (*figure.path, "held"),
            f"'{measure}' has no figures for {figure.year}; those of {figure.figure_year} are taken",
            f"it has figures for {years_phrase}: add some for {figure.year}, or choose another year",
            severity="warning",
        )


def _years_phrase(years: Sequence[int]) -> str:
    """The years, or the first and last few of many."""
    return join_words(map(str, years if len(years) <= MOST_YEARS_NAMED else [*years[:4], *years[-4:]]))
