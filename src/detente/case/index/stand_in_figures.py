"""Figures of another year that stand in for a year: of numbers with years, of capabilities and of regimes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from detente.case.entries.cache import once_per_case
from detente.case.fault import Fault
from detente.case.index.by_year import analysed_years, latest_year_until
from detente.case.index.dated_estimates import dated_estimates
from detente.case.index.number_labels import number_label
from detente.case.schema.base import CasePath
from detente.case.schema.case import Case
from detente.text.english import join_words


@dataclass(frozen=True, slots=True)
class StandInFigure:
    """A number, or the figures of a measure, of which there are none for a year that is worked out."""

    path: CasePath
    """Where it stands in the case: a number with years, or a measure of capability or of regimes."""
    year: int
    """The year that is asked for."""
    figure_year: int
    """The year of the figure that is taken."""


@once_per_case
def stand_in_figures(case: Case) -> tuple[StandInFigure, ...]:
    """Every figure that stands in for a year that is worked out, number by number."""
    years = sorted(analysed_years(case))
    return tuple(
        StandInFigure(path, year, figure_year)
        for path, figure_years in (*_estimates(case), *_capabilities(case), *_regimes(case))
        for year in years
        if (figure_year := figure_years[year]) is not None and figure_year != year
    )


def capability_year(case: Case, year: int) -> int | None:
    """The year whose figures of capability count in a year: the latest until then, or else the first; None without."""
    measure = case.network.capability or next(iter(case.capabilities), None)
    figures_by_year = case.capabilities[measure].held if measure else {}
    return latest_year_until(figures_by_year, year) or min(figures_by_year, default=None)


def stand_in_label(case: Case, path: CasePath) -> str:
    """What to call a number with years, or a measure."""
    measures = {"capabilities": case.capabilities, "regimes": case.regimes}.get(str(path[0]))
    return measures[str(path[1])].title if measures else number_label(case, ".".join(map(str, path)))


def _estimates(case: Case) -> Iterator[tuple[CasePath, dict[int, int | None]]]:
    """Every number with years; by year that is worked out, the year of the number that is taken."""
    for path, estimate in dated_estimates(case):
        yield path, {year: estimate.figure_year(year) for year in analysed_years(case)}


def _capabilities(case: Case) -> Iterator[tuple[CasePath, dict[int, int | None]]]:
    """The measure by which actors in channels differ."""
    measure = case.network.capability or next(iter(case.capabilities), None)
    if measure is not None and case.channels:
        yield ("capabilities", measure), {year: capability_year(case, year) for year in analysed_years(case)}


def _regimes(case: Case) -> Iterator[tuple[CasePath, dict[int, int | None]]]:
    """The measures by which mechanisms count."""
    for measure in dict.fromkeys(mechanism.by_regime for mechanism in case.mechanisms.values() if mechanism.by_regime):
        held = case.regimes[measure].held
        yield ("regimes", measure), {year: latest_year_until(held, year) for year in analysed_years(case)}


def stand_in_faults(case: Case) -> Iterator[Fault]:
    """Warns of years that are worked out with the number of another year."""
    estimates = dict(dated_estimates(case))
    for figure in stand_in_figures(case):
        if figure.path in estimates:
            years_phrase = join_words(map(str, sorted(estimates[figure.path].by_year or ())))
            yield Fault(
                (*figure.path, "in"),
                f"no number for {figure.year}; that of {figure.figure_year} is taken",
                f"it has numbers for {years_phrase}: add one for {figure.year}",
                severity="warning",
            )
