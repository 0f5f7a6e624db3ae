"""What a case says and the gains room does not use, or uses otherwise than it seems: warnings, not errors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from detente.case.fault import Fault
from detente.case.index.by_year import analysed_years
from detente.case.schema.base import CasePath
from detente.case.schema.case import Case
from detente.case.schema.estimate import Estimate
from detente.rooms.gains.model.simulation.draws import issues_with_stakes
from detente.text.english import join_words


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
    """Years that are worked out with figures of another year."""
    if not case.channels:
        return
    if (name := case.network.capability or next(iter(case.capabilities), None)) is not None:
        yield from _borrowed_year_faults(case, ("capabilities", name, "held"), case.capabilities[name].held)
    for measure in dict.fromkeys(mechanism.by_regime for mechanism in case.mechanisms.values() if mechanism.by_regime):
        yield from _borrowed_year_faults(case, ("regimes", measure, "held"), case.regimes[measure].held)


def _borrowed_year_faults(
    case: Case, path: CasePath, figures_by_year: Mapping[int, Mapping[str, float]]
) -> Iterator[Fault]:
    for year in analysed_years(case):
        # A year that nobody chose takes the latest figures before it, as it says; never silently later ones.
        if (
            year in figures_by_year
            or not figures_by_year
            or (year not in case.network.years and min(figures_by_year) < year)
        ):
            continue
        source_year = max(
            (figure_year for figure_year in figures_by_year if figure_year <= year), default=min(figures_by_year)
        )
        message = f"'{path[1]}' has no figures for {year}; those of {source_year} are taken"
        years_with_figures = sorted(figures_by_year)
        years_phrase = join_words(
            map(
                str,
                years_with_figures
                if len(years_with_figures) <= 8
                else [*years_with_figures[:4], *years_with_figures[-4:]],
            )
        )
        remedy = f"it has figures for {years_phrase}: add some for {year}, or choose another year"
        declared_years = case.network.years
        fault_path: CasePath = ("network", "years", declared_years.index(year)) if year in declared_years else path
        yield Fault(fault_path, message, remedy, severity="warning")
