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
    columns = [
        Column("what"),
        *(Column(f"value_{party}", name, "number") for party, name in zip(race.between, names, strict=True)),
        Column("value_both", "both together", "number"),
    ]
    return Finding(
        id=f"race-{course.id}",
        title=race.title,
        says=(
            f"It comes to rest in {per_hundred(course.stable_share)} of 100 draws. At the means "
            f"{_rest_clause(course, names)}"
        ),
        see=f"Spending of either side from now on, at the means ({race.unit or 'spending'}).",
        table=make_table(columns, _rows(course, race.between)),
        chart=_chart(course, case, names),
        method="dx/dt = k y - a x + g and dy/dt = l x - b y + h, at rest if ab > kl (Richardson 1960).",
        rests_on=(course.id,),
    )


def _rows(course: ArmsRaceCourse, parties: list[str]) -> Iterator[dict[str, object]]:
    """The coefficients of a race at the means, its rates, and where it would rest."""
    race = course.at_means
    by_side = {
        "reaction to the other": (race.k, race.l),
        "fatigue": (race.a, race.b),
        "grievance": (race.g, race.h),
    }
    if race.equilibrium_spending:
        rest_label = "where neither would change" + ("" if race.is_stable else " (which it leaves)")
        by_side[rest_label] = race.equilibrium_spending
    for what, values in by_side.items():
        yield {"what": what, **{f"value_{party}": value for party, value in zip(parties, values, strict=True)}}
    for what, rate in zip(("slower rate of change, a year", "faster one"), race.adjustment_rates, strict=True):
        yield {"what": what, "value_both": rate}


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
