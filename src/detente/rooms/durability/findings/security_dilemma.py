"""The findings on arming: the security dilemma with offence as a lever, and arms races."""

from __future__ import annotations

from collections.abc import Sequence

from detente.case.index.by_year import called
from detente.methods.games.ordinal_types import side_kind
from detente.methods.games.richardson import ArmsRace
from detente.methods.games.trust_and_reassurance import tilted, tipping, trust_threshold
from detente.results.finding import Finding
from detente.rooms.durability.findings.charts import course_chart
from detente.rooms.durability.findings.patience import patient, spread
from detente.rooms.durability.findings.patience_map import colour
from detente.rooms.durability.model.case_games import Match, untilted
from detente.rooms.durability.model.draws import Numbers
from detente.rooms.durability.model.trust_beliefs import Mistrust
from detente.text.english import capital, listed
from detente.text.number_format import number, of_hundred

LEVELS = (0.0, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0)
"""Levels of offence in the table."""
YEARS = 20
"""Years over which an arms race is drawn."""


def dilemma(match: Match, mistrust: Mistrust | None, middle: Numbers) -> Finding:
    """The security dilemma: what it makes of the game that offence counts for more or less."""
    import polars as pl

    from detente.methods.games.critical_discount import reversion

    least = match.central[_least(match)]
    if mistrust:
        plain = mistrust.kind(mistrust.middle, "trustworthy", least, tilted=False)
    else:
        plain = untilted(middle, match.id)
    now = (mistrust.kind(mistrust.middle, "trustworthy", match.middle) if mistrust else match.middle.stage).at(0)
    whose = "of two trustworthy sides" if mistrust else "as given"
    rows = []
    for level in LEVELS:
        row = {"offence": number(level)}
        for side, name in enumerate(match.names):
            then = tilted(plain.payoffs(side, 0), level)
            row[f"{name}: game"] = side_kind(then)
            row[f"{name}: trust"] = number(t) if (t := trust_threshold(then)) <= 1 else "none is enough"
            row[f"{name}: patience"] = patient(reversion(then, then.P))
        rows.append(row)
    given = match.game.offence.mean if match.game.offence else 1.0
    points = [tipping(plain.payoffs(side, 0)) for side in (0, 1)]
    kinds = [side_kind(tilted(plain.payoffs(side, 0), given)) for side in (0, 1)]
    told = [
        f"{name}'s {now_kind} becomes a Prisoner's Dilemma from {number(point)} on"
        if now_kind == "Stag Hunt" and point > given
        else f"{name}'s game is {now_kind}"
        for name, now_kind, point in zip(match.names, kinds, points, strict=True)
    ]
    says = (
        f"In the game {whose}, without concern for relative gains and where offence counts {number(given)} times what "
    )
    says += f"the payoffs say, {listed(told)}."
    minded = [side_kind(payoffs) for payoffs in now.sides]
    if minded != kinds:
        each = listed(f"{name}'s is {kind}" for name, kind in zip(match.names, minded, strict=True))
        says += f" {capital(match.middle.view.by)}, at that balance, {each}."
    return Finding(
        id=f"dilemma-{match.id}",
        title=f"{match.title}: the security dilemma",
        says=says,
        see="What is won by exploiting and lost by being exploited, multiplied; without concern for relative gains.",
        table=pl.DataFrame(rows),
        headers={"offence": "offence counts"},
        method=(
            "One Stag Hunt made of the case's estimates. That offence makes surprise worth more and being surprised "
            "worse is Jervis (1978), who has no formula; that both are multiplied by the same factor is ours."
        ),
        rests_on=match.rests_on,
    )


def _least(match: Match) -> int:
    """The theory with the least concern for relative gains."""
    return min(range(len(match.central)), key=lambda at: float(match.central[at].k.max()))


def race(numbers: Numbers, middle: Numbers, name: str) -> Finding:
    """Whether an arms race comes to rest, and where."""
    import numpy as np
    import polars as pl

    given, case = numbers.case.arms_races[name], numbers.case
    names = [called(case, party) for party in given.between]
    drawn = _races(numbers, name)
    stable = float(np.mean([one.stable for one in drawn]))
    central = _races(middle, name)[0]
    balance = central.balance
    rows = [
        {"what": "reaction, one to the other", "value": f"{number(central.k)} and {number(central.l)}"},
        {"what": "fatigue", "value": f"{number(central.a)} and {number(central.b)}"},
        {"what": "grievance", "value": f"{number(central.g)} and {number(central.h)}"},
        {"what": "rates of approach, a year", "value": " and ".join(map(number, central.rates))},
    ]
    if balance:
        at_rest = "where neither would change" + ("" if central.stable else " (which it leaves)")
        rows.append({"what": at_rest, "value": " and ".join(map(number, balance))})
    course = []
    starts = [given.spends[party].mean if party in given.spends else 0.0 for party in given.between]
    # Beyond that an unstable race is too large a number to be drawn.
    for year in range(YEARS + 1) if balance and central.rates[0] * YEARS < 50 else ():
        for side, value in zip(names, central.after(year, *starts), strict=True):
            course.append((float(year), value, side))
    says = f"It comes to rest in {of_hundred(stable)} of 100 draws. At the means "
    if central.stable and balance:
        settled = [_with(one, at) for at in (0, 1) if (one := [r.balance[at] for r in drawn if r.stable and r.balance])]
        says += f"it does, at {' and '.join(f'{number(x)} for {side}' for x, side in zip(balance, names, strict=True))}"
        says += f" (5 to 95 of the draws in which it does: {listed(settled)})."
        if min(balance) < 0:
            below = listed(side for x, side in zip(balance, names, strict=True) if x < 0)
            says += f" Spending cannot be below nothing: goodwill would have {below} disarm."
    elif balance:
        says += "it does not: each adds more in answer to the other than it tires."
    else:
        says += "it does not: answer and fatigue cancel out, and it drifts as the grievances say."
    unit = given.unit or "spending"
    shades = {side: colour(case, party) for side, party in zip(names, given.between, strict=True)}
    return Finding(
        id=f"race-{name}",
        title=given.title,
        says=says,
        see=f"Spending of either side from now on, at the means ({unit}).",
        table=pl.DataFrame(rows),
        headers={"what": "what", "value": " and ".join(names)},
        chart=course_chart(course, shades, unit, f"{given.title}: spending over {YEARS} years") if course else None,
        method="dx/dt = k y - a x + g and dy/dt = l x - b y + h, at rest if ab > kl (Richardson 1960).",
        rests_on=(name,),
    )


def _with(values: Sequence[float], at: int) -> str:
    import numpy as np

    low, _, high = spread(np.array(values))
    return f"{number(low)} to {number(high)}"


def _races(numbers: Numbers, name: str) -> list[ArmsRace]:
    """The race of each draw."""
    given, path = numbers.case.arms_races[name], f"arms_races.{name}"
    columns = [
        numbers.of(getattr(given, word)[party], f"{path}.{word}.{party}", word).tolist()
        for word in ("reaction", "fatigue", "grievance")
        for party in given.between
    ]
    return [ArmsRace(k, l, a, b, g, h) for k, l, a, b, g, h in zip(*columns, strict=True)]  # noqa: E741
