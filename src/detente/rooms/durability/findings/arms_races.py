"""The finding on an arms race: whether it comes to rest, and where."""

from __future__ import annotations

from collections.abc import Iterator

from detente.case.index.by_year import display_name
from detente.case.schema.case import Case
from detente.results.finding import Chart, Finding
from detente.results.table import Column, make_table
from detente.rooms.durability.findings.charts.arms_race import arms_race_chart
from detente.rooms.durability.findings.text import party_colour
from detente.rooms.durability.model.arms_races import RACE_YEARS, ArmsRaceCourse
from detente.text.english import join_words
from detente.text.number_format import format_number, per_hundred


def arms_race_finding(course: ArmsRaceCourse, case: Case) -> Finding:
    """Whether an arms race comes to rest, and where."""
    race = case.arms_races[course.id]
    names = [display_name(case, party) for party in race.between]
    return Finding(
        id=f"race-{course.id}",
        title=race.title,
        says=(
            f"It comes to rest in {per_hundred(course.stable_share)} of 100 draws. At the means "
            f"{_rest_clause(course, names)}"
        ),
        see=f"Spending of either side from now on, at the means ({race.unit or 'spending'}).",
        table=make_table(_columns(race.unit or "spending"), _rows(course, names)),
        chart=_chart(course, case, names),
        method="dx/dt = k y - a x + g and dy/dt = l x - b y + h, at rest if ab > kl (Richardson 1960).",
        rests_on=(course.id,),
    )


def _columns(spending: str) -> list[Column]:
    """The coefficients of each side, and what holds of both together."""
    return [
        Column("side"),
        Column("reaction", "reaction to the other", "number", f"{spending} a year for each of the other's"),
        Column("fatigue", format="number", unit=f"{spending} a year for each of its own"),
        Column("grievance", format="number", unit=f"{spending} a year"),
        Column("rest", "where neither would change", "number", spending),
        Column("left", "which it leaves", "yes_no"),
        Column("slower_rate", "slower rate of change", "number", "a year"),
        Column("faster_rate", "faster rate of change", "number", "a year"),
    ]


def _rows(course: ArmsRaceCourse, names: list[str]) -> Iterator[dict[str, object]]:
    """The coefficients of a race at the means, where it would rest, and its rates."""
    race = course.at_means
    rests = race.equilibrium_spending or (None, None)
    coefficients = ((race.k, race.a, race.g), (race.l, race.b, race.h))
    for side, (reaction, fatigue, grievance), rest in zip(names, coefficients, rests, strict=True):
        yield {
            "side": side,
            "reaction": reaction,
            "fatigue": fatigue,
            "grievance": grievance,
            "rest": rest,
            "left": None if rest is None else not race.is_stable,
        }
    slower, faster = race.adjustment_rates
    yield {"side": "both together", "slower_rate": slower, "faster_rate": faster}


def _rest_clause(course: ArmsRaceCourse, names: list[str]) -> str:
    """Whether a race comes to rest at the means, and where."""
    equilibrium = course.at_means.equilibrium_spending
    if not equilibrium:
        return "it does not: answer and fatigue cancel out, and it drifts as the grievances say."
    if not course.at_means.is_stable:
        return "it does not: each adds more in answer to the other than it tires."
    spreads = join_words(f"{format_number(low)} to {format_number(high)}" for low, _, high in course.rest_spending)
    places = " and ".join(f"{format_number(x)} for {side}" for x, side in zip(equilibrium, names, strict=True))
    clause = f"it does, at {places} (5 to 95 of the draws in which it does: {spreads})."
    if min(equilibrium) < 0:
        disarming = join_words(side for x, side in zip(equilibrium, names, strict=True) if x < 0)
        clause += f" Spending cannot be below nothing: goodwill would have {disarming} disarm."
    return clause


def _chart(course: ArmsRaceCourse, case: Case, names: list[str]) -> Chart | None:
    """What either side spends over the years, where that can be drawn."""
    if not course.spending:
        return None
    race = case.arms_races[course.id]
    spending = [
        (float(year), value, side)
        for year, values in enumerate(course.spending)
        for side, value in zip(names, values, strict=True)
    ]
    colours = {name: party_colour(case, party) for name, party in zip(names, race.between, strict=True)}
    return arms_race_chart(
        spending, colours, race.unit or "spending", f"{race.title}: spending over {RACE_YEARS} years"
    )
