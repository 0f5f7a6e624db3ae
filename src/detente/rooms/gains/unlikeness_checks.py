"""What the gains room finds wrong in what a case tells of traits and experience: figures that compare nobody."""

from __future__ import annotations

from collections.abc import Iterator

from detente.case.fault import Fault
from detente.case.index.by_year import OPEN_END_YEAR, analysed_years
from detente.case.index.dated_estimates import case_in_year
from detente.case.schema.case import Case
from detente.case.uncertainty.bounds import bounds_at, range_faults
from detente.case.uncertainty.distributions import distribution_of
from detente.methods.offer_model.learning import learnt_cost, learnt_efficiency
from detente.rooms.gains.model.describe_network import NumberRegister, describe_lessons
from detente.rooms.gains.model.experience import ALL_DONE, is_taught, joining_channel
from detente.rooms.gains.model.unlikeness import UNLIKENESS_PATH, joined_pairs, trait_figures

Pair = tuple[str, str]


def unlikeness_faults(case: Case) -> Iterator[Fault]:
    """Traits that compare nobody, costs without traits, experience that teaches nothing or cannot have been."""
    years = [year for year in analysed_years(case) if year < OPEN_END_YEAR]
    is_costly = case.network.unlikeness.bounds[1] > 0
    if case.traits and not is_costly:
        message = "the traits cost nothing: network.unlikeness is 0"
        yield Fault(("traits",), message, "say what it costs a channel that two are unlike", severity="warning")
    if is_costly and not case.traits:
        message = "nothing is said of what the organisations are unlike in"
        yield Fault(("network", "unlikeness"), message, "add traits:", is_omission=True, severity="warning")
    pairs = [pair for name in case.channels for pair in joined_pairs(case, name)]
    yield from _trait_faults(case, years, pairs)
    for name in case.experiences:
        yield from _experience_faults(case, name, years)
    yield from _impossible_faults(case, years)


def _trait_faults(case: Case, years: list[int], pairs: list[Pair]) -> Iterator[Fault]:
    """Traits of which nothing is told of two who are joined, or were together before."""
    tried_pairs: list[Pair] = [(one.between[0], one.between[1]) for one in case.experiences.values()]
    compared = {
        figures.trait
        for pair in (*pairs, *tried_pairs)
        for year in years
        for figures in trait_figures(case, year, *pair)
    }
    for name, trait in case.traits.items():
        if name not in compared:
            message = f"no channel joins two of whom “{trait.title}” is told, so it counts for nothing"
            yield Fault(("traits", name), message, "add figures for both, or leave it out", severity="warning")
    named_parties = {party for pair in (*pairs, *tried_pairs) for party in pair}
    for name, trait in case.traits.items():
        for party in trait.held:
            if party not in named_parties:
                message = f"no channel joins '{party}' as such, and nothing was tried with it"
                yield Fault(("traits", name, "held", party), message, "leave it out", severity="warning")


def _experience_faults(case: Case, name: str, years: list[int]) -> Iterator[Fault]:
    """Experience of one with itself, of two who are not unlike, or of a cost that is certain."""
    experience, path = case.experiences[name], ("experiences", name)
    first, second = experience.between
    if first == second:
        yield Fault((*path, "between", 1), f"'{second}' is named twice", "name the two who tried it")
    elif joining_channel(case, name) and not any(trait_figures(case, year, first, second) for year in years):
        message = f"no trait is told of both '{first}' and '{second}', so it teaches nothing of what unlikeness costs"
        yield Fault(path, message, "add figures for both to a trait", is_omission=True, severity="warning")
    if case.network.unlikeness.value is not None and not any(is_taught(case, name) for name in experience.tells_of):
        message = "it teaches nothing: what unlikeness costs is certain, and how well the channels work, too"
        yield Fault(path, message, "give one of them as a distribution", severity="warning")


def _impossible_faults(case: Case, years: list[int]) -> Iterator[Fault]:
    """What was seen could not have been, whatever unlikeness costs; not where a number lies where it cannot."""
    channels = list(dict.fromkeys(channel for one in case.experiences.values() for channel in one.tells_of))
    efficiencies = {f"channels.{name}.efficiency": case.channels[name].efficiency or ALL_DONE for name in channels}
    figures = {
        f"traits.{name}.held.{party}": estimate
        for name, trait in case.traits.items()
        for party, estimate in trait.held.items()
    }
    needed = {UNLIKENESS_PATH: case.network.unlikeness, **efficiencies, **figures}
    if any(
        fault for path, estimate in needed.items() for fault in range_faults((path,), estimate, bounds_at(case, path))
    ):
        return
    for year in years[-1:] if case.experiences else ():
        if not _is_possible(case_in_year(case, year), year, channels):
            message = "what is said to have worked could not have, whatever unlikeness costs"
            yield Fault(("experiences",), message, "see tried: and worked:, and the efficiency of the channels told of")


def _is_possible(case: Case, year: int, channels: list[str]) -> bool:
    """Whether what was seen could have been by some cost of unlikeness, and some efficiency of each channel."""

    register = NumberRegister(case)
    lessons = describe_lessons(case, year, register)
    prior = distribution_of(case.network.unlikeness, *_ends(case, UNLIKENESS_PATH))
    try:
        costs = [learnt_cost(lessons, prior, register.numbers).mean]
        for place, row in enumerate(lessons.channels):
            efficiency = register.numbers[row.efficiency].distribution
            if row.id in channels and lessons.is_taught(place, efficiency):
                learnt_efficiency(lessons, place, efficiency, costs)
    except ValueError:
        return False
    return True


def _ends(case: Case, path: str) -> tuple[float, float]:
    bounds = bounds_at(case, path)
    return bounds.low, bounds.high
