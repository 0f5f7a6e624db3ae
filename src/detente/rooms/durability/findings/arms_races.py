"""The finding on an arms race: whether it comes to rest, and where."""

from __future__ import annotations

from collections.abc import Iterator
from math import floor, log10

from detente.case.index.by_year import display_name
from detente.case.schema.case import Case
from detente.results.finding import Finding
from detente.results.table import Column, make_table
from detente.rooms.durability.findings.text import short_frequency
from detente.rooms.durability.model.arms_races import ArmsRaceCourse
from detente.text.english import join_words, lower_first
from detente.text.shares import frequency_phrase


def arms_race_finding(course: ArmsRaceCourse, case: Case) -> Finding:
    """Whether an arms race comes to rest, and where."""
    race = case.arms_races[course.id]
    names = [display_name(case, party) for party in race.between]
    unit = race.unit or "spending"
    return Finding(
        id=f"race-{course.id}",
        title=race.title,
        says=" ".join(_sentences(course, names, unit)),
        see=f"How each side answers the other, and where both would rest at our middle estimates ({unit}).",
        table=make_table(_columns(unit), _rows(course, names)),
        method="dx/dt = k y - a x + g and dy/dt = l x - b y + h, at rest if ab > kl (Richardson 1960).",
        rests_on=(course.id,),
        place="detail",
        question=f"Would arming come to rest: {lower_first(race.title)}",
        short_answer=_short_answer(course),
    )


def _columns(spending: str) -> list[Column]:
    """The coefficients of each side, and what holds of both together."""
    return [
        Column("side"),
        Column("reaction", "reaction to the other", "number", f"{spending} a year for each of the other's"),
        Column("fatigue", format="number", unit=f"{spending} a year for each of its own"),
        Column("grievance", format="number", unit=f"{spending} a year"),
        Column("rest", "where neither would change", "number", spending, bounds=True),
        Column("left", "which it leaves", "yes_no"),
        Column("slower_rate", "slower rate of change", "number", "a year"),
        Column("faster_rate", "faster rate of change", "number", "a year"),
    ]


def _rows(course: ArmsRaceCourse, names: list[str]) -> Iterator[dict[str, object]]:
    """The coefficients of a race at the means, where it would rest, and its rates."""
    race = course.at_means
    rests = race.equilibrium_spending or (None, None)
    coefficients = ((race.k, race.a, race.g), (race.l, race.b, race.h))
    bounds: list[tuple[float | None, float | None]] = [(low, high) for low, _, high in course.rest_spending]
    bounds = bounds or [(None, None)] * len(names)
    for side, (reaction, fatigue, grievance), rest, (low, high) in zip(names, coefficients, rests, bounds, strict=True):
        yield {
            "side": side,
            "reaction": reaction,
            "fatigue": fatigue,
            "grievance": grievance,
            "rest": rest,
            "rest_low": low,
            "rest_high": high,
            "left": None if rest is None else not race.is_stable,
        }
    slower, faster = race.adjustment_rates
    yield {"side": "both together", "slower_rate": slower, "faster_rate": faster}


def _short_answer(course: ArmsRaceCourse) -> str:
    return short_frequency(course.stable_share)


def _sentences(course: ArmsRaceCourse, names: list[str], unit: str) -> Iterator[str]:
    """How often a race comes to rest, and whether and where it does at our middle estimates."""
    yield f"It comes to rest {frequency_phrase(course.stable_share)}."
    equilibrium = course.at_means.equilibrium_spending
    if not equilibrium:
        yield "At our middle estimates it does not: each tires as fast as it answers, and old grievances decide."
    elif not course.at_means.is_stable:
        yield "At our middle estimates it does not: each adds more in answer to the other than it tires."
    else:
        places = join_words(f"{_two_digits(x)} for {side}" for x, side in zip(equilibrium, names, strict=True))
        yield f"At our middle estimates it rests at {places} ({unit})."
        if min(equilibrium) < 0:
            disarming = join_words(side for x, side in zip(equilibrium, names, strict=True) if x < 0)
            yield f"Nobody can spend less than nothing: goodwill would have {disarming} disarm."


def _two_digits(x: float) -> str:
    """A number with no more than two digits that count."""
    if x == 0:
        return "0"
    digits = 1 - floor(log10(abs(x)))
    return f"{round(x, digits):,.{max(digits, 0)}f}"
