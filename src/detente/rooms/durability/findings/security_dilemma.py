"""The findings on arming: the security dilemma with offence as a lever, and arms races."""

from __future__ import annotations

from collections.abc import Sequence

from detente.case.index.by_year import display_name
from detente.case.uncertainty.parameter_draws import ParameterDraws
from detente.methods.games.ordinal_types import side_game_name
from detente.methods.games.richardson import ArmsRace
from detente.methods.games.trust_and_reassurance import payoffs_with_offence, stag_hunt_tipping_offence, trust_threshold
from detente.results.finding import Finding
from detente.rooms.durability.findings.charts.arms_race import arms_race_chart
from detente.rooms.durability.findings.patience_map import party_colour
from detente.rooms.durability.findings.text import by_view_phrase, format_patience
from detente.rooms.durability.model.case_games import CaseGame, payoffs_at_neutral_offence
from detente.rooms.durability.model.draw_quantiles import quantiles
from detente.rooms.durability.model.trust_beliefs import TrustBeliefs
from detente.text.english import join_words, upper_first
from detente.text.number_format import format_number, per_hundred

OFFENCE_LEVELS = (0.0, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0)
"""Levels of offence in the table."""
RACE_YEARS = 20
"""Years over which an arms race is drawn."""


def security_dilemma_finding(case_game: CaseGame, beliefs: TrustBeliefs | None, means: ParameterDraws) -> Finding:
    """The security dilemma: what it makes of the game that offence counts for more or less."""
    import polars as pl

    from detente.methods.games.critical_discount import nash_reversion_discount

    least_concerned = case_game.by_theory_at_means[_least_concerned_index(case_game)]
    if beliefs:
        neutral_games = beliefs.type_payoffs(beliefs.means, "trustworthy", least_concerned, with_offence=False)
    else:
        neutral_games = payoffs_at_neutral_offence(means, case_game.id)
    current_game = (
        beliefs.type_payoffs(beliefs.means, "trustworthy", case_game.main_at_means)
        if beliefs
        else case_game.main_at_means.stage_games
    ).game_at(0)
    owner_phrase = "of two trustworthy sides" if beliefs else "as given"
    rows = []
    for level in OFFENCE_LEVELS:
        row = {"offence": format_number(level)}
        for side, name in enumerate(case_game.side_names):
            payoffs_at_level = payoffs_with_offence(neutral_games.side_payoffs(side, 0), level)
            row[f"{name}: game"] = side_game_name(payoffs_at_level)
            row[f"{name}: trust"] = (
                format_number(t) if (t := trust_threshold(payoffs_at_level)) <= 1 else "none is enough"
            )
            row[f"{name}: patience"] = format_patience(nash_reversion_discount(payoffs_at_level, payoffs_at_level.P))
        rows.append(row)
    offence = case_game.game.offence.mean if case_game.game.offence else 1.0
    tipping_points = [stag_hunt_tipping_offence(neutral_games.side_payoffs(side, 0)) for side in (0, 1)]
    kinds = [side_game_name(payoffs_with_offence(neutral_games.side_payoffs(side, 0), offence)) for side in (0, 1)]
    clauses = [
        f"{name}'s {game_kind} becomes a Prisoner's Dilemma from {format_number(point)} on"
        if game_kind == "Stag Hunt" and point > offence
        else f"{name}'s game is {game_kind}"
        for name, game_kind, point in zip(case_game.side_names, kinds, tipping_points, strict=True)
    ]
    says = (
        f"In the game {owner_phrase}, without concern for relative gains and where offence counts "
        f"{format_number(offence)} times what "
    )
    says += f"the payoffs say, {join_words(clauses)}."
    kinds_with_concern = [side_game_name(payoffs) for payoffs in current_game.sides]
    if kinds_with_concern != kinds:
        concern_clauses = join_words(
            f"{name}'s is {kind}" for name, kind in zip(case_game.side_names, kinds_with_concern, strict=True)
        )
        says += f" {upper_first(by_view_phrase(case_game.main_at_means.view))}, at that balance, {concern_clauses}."
    return Finding(
        id=f"dilemma-{case_game.id}",
        title=f"{case_game.title}: the security dilemma",
        says=says,
        see="What is won by exploiting and lost by being exploited, multiplied; without concern for relative gains.",
        table=pl.DataFrame(rows),
        headers={"offence": "offence counts"},
        method=(
            "One Stag Hunt made of the case's estimates. That offence makes surprise worth more and being surprised "
            "worse is Jervis (1978), who has no formula; that both are multiplied by the same factor is ours."
        ),
        rests_on=case_game.rests_on,
    )


def _least_concerned_index(case_game: CaseGame) -> int:
    """The theory with the least concern for relative gains."""
    return min(
        range(len(case_game.by_theory_at_means)),
        key=lambda index: float(case_game.by_theory_at_means[index].concern.max()),
    )


def arms_race_finding(draws: ParameterDraws, means: ParameterDraws, name: str) -> Finding:
    """Whether an arms race comes to rest, and where."""
    import numpy as np
    import polars as pl

    declared_race, case = draws.case.arms_races[name], draws.case
    side_names = [display_name(case, party) for party in declared_race.between]
    races = _races_by_draw(draws, name)
    stable_share = float(np.mean([values.is_stable for values in races]))
    central_race = _races_by_draw(means, name)[0]
    equilibrium = central_race.equilibrium_spending
    rows = [
        {
            "what": "reaction, one to the other",
            "value": f"{format_number(central_race.k)} and {format_number(central_race.l)}",
        },
        {"what": "fatigue", "value": f"{format_number(central_race.a)} and {format_number(central_race.b)}"},
        {"what": "grievance", "value": f"{format_number(central_race.g)} and {format_number(central_race.h)}"},
        {"what": "rates of approach, a year", "value": " and ".join(map(format_number, central_race.adjustment_rates))},
    ]
    if equilibrium:
        rest_label = "where neither would change" + ("" if central_race.is_stable else " (which it leaves)")
        rows.append({"what": rest_label, "value": " and ".join(map(format_number, equilibrium))})
    spending = []
    initial_spending = [
        declared_race.spends[party].mean if party in declared_race.spends else 0.0 for party in declared_race.between
    ]
    # Beyond that an unstable race is too large a number to be drawn.
    for year in range(RACE_YEARS + 1) if equilibrium and central_race.adjustment_rates[0] * RACE_YEARS < 50 else ():
        for side, value in zip(side_names, central_race.spending_after(year, *initial_spending), strict=True):
            spending.append((float(year), value, side))
    says = f"It comes to rest in {per_hundred(stable_share)} of 100 draws. At the means "
    if central_race.is_stable and equilibrium:
        rest_intervals = [
            _format_outer_quantiles(values, index)
            for index in (0, 1)
            if (values := [r.equilibrium_spending[index] for r in races if r.is_stable and r.equilibrium_spending])
        ]
        says += (
            "it does, at "
            f"{' and '.join(f'{format_number(x)} for {side}' for x, side in zip(equilibrium, side_names, strict=True))}"
        )
        says += f" (5 to 95 of the draws in which it does: {join_words(rest_intervals)})."
        if min(equilibrium) < 0:
            negative_sides = join_words(side for x, side in zip(equilibrium, side_names, strict=True) if x < 0)
            says += f" Spending cannot be below nothing: goodwill would have {negative_sides} disarm."
    elif equilibrium:
        says += "it does not: each adds more in answer to the other than it tires."
    else:
        says += "it does not: answer and fatigue cancel out, and it drifts as the grievances say."
    unit = declared_race.unit or "spending"
    side_colours = {
        side: party_colour(case, party) for side, party in zip(side_names, declared_race.between, strict=True)
    }
    return Finding(
        id=f"race-{name}",
        title=declared_race.title,
        says=says,
        see=f"Spending of either side from now on, at the means ({unit}).",
        table=pl.DataFrame(rows),
        headers={"what": "what", "value": " and ".join(side_names)},
        chart=arms_race_chart(spending, side_colours, unit, f"{declared_race.title}: spending over {RACE_YEARS} years")
        if spending
        else None,
        method="dx/dt = k y - a x + g and dy/dt = l x - b y + h, at rest if ab > kl (Richardson 1960).",
        rests_on=(name,),
    )


def _format_outer_quantiles(values: Sequence[float], index: int) -> str:
    import numpy as np

    low, _, high = quantiles(np.array(values))
    return f"{format_number(low)} to {format_number(high)}"


def _races_by_draw(draws: ParameterDraws, name: str) -> list[ArmsRace]:
    """The race of each draw."""
    declared_race, path = draws.case.arms_races[name], f"arms_races.{name}"
    columns = [
        draws.sample(getattr(declared_race, coefficient)[party], f"{path}.{coefficient}.{party}").tolist()
        for coefficient in ("reaction", "fatigue", "grievance")
        for party in declared_race.between
    ]
    return [ArmsRace(k, l, a, b, g, h) for k, l, a, b, g, h in zip(*columns, strict=True)]  # noqa: E741
