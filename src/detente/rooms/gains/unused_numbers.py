"""What a case says and the channels room does not use, or uses otherwise than it seems: warnings, not errors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from detente.case.fault import Fault
from detente.case.index.by_year import analysed_years
from detente.case.schema.case import Case
from detente.case.schema.estimate import Estimate
from detente.case.schema.introspection import CasePath
from detente.rooms.gains.model.draws import weighed
from detente.text.english import join_words


def inert_numbers(case: Case) -> Iterator[Fault]:
    """Threats that raise nothing, and what depends on a threat that raises nothing."""
    if not case.channels or _raises(case):
        return
    raising = "say how many times the stakes a grave threat adds: network.raised, or raised: of an issue"
    for party, estimate in case.threat.items():
        if estimate.bounds != (0, 0):
            said = "this does nothing: no threat raises any stakes"
            yield Fault(("threat", party), said, raising, is_omission=True, severity="warning")
    if "threat_within" in case.network.model_fields_set:
        said = "this does nothing: no threat raises any stakes"
        yield Fault(("network", "threat_within"), said, raising, is_omission=True, severity="warning")


def _raises(case: Case) -> bool:
    """Whether a threat raises any stakes, or would by another set of assumptions."""
    given: list[Estimate | None] = [case.issues[name].raised or case.network.raised for name in weighed(case)]
    given += [value for priors in case.priors.values() for path, value in priors.set.items() if path.endswith("raised")]
    return any(one is not None and one.bounds != (0, 0) for one in given)


def years_without_figures(case: Case) -> Iterator[Fault]:
    """Years that are worked out with figures of another year."""
    if not case.channels:
        return
    if (name := case.network.capability or next(iter(case.capabilities), None)) is not None:
        yield from _borrowed(case, ("capabilities", name, "held"), case.capabilities[name].held)
    for measure in dict.fromkeys(one.by_regime for one in case.mechanisms.values() if one.by_regime):
        yield from _borrowed(case, ("regimes", measure, "held"), case.regimes[measure].held)


def _borrowed(case: Case, path: CasePath, held: Mapping[int, Mapping[str, float]]) -> Iterator[Fault]:
    for year in analysed_years(case):
        # A year that nobody chose takes the latest figures before it, as it says; never silently later ones.
        if year in held or not held or (year not in case.network.years and min(held) < year):
            continue
        used = max((one for one in held if one <= year), default=min(held))
        said = f"'{path[1]}' has no figures for {year}; those of {used} are taken"
        there = sorted(held)
        shown = join_words(map(str, there if len(there) <= 8 else [*there[:4], *there[-4:]]))
        remedy = f"it has figures for {shown}: add some for {year}, or choose another year"
        listing = case.network.years
        place: CasePath = ("network", "years", listing.index(year)) if year in listing else path
        yield Fault(place, said, remedy, severity="warning")
