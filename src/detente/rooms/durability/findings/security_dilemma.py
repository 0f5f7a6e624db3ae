"""The findings on arming: the security dilemma with offence as a lever, and arms races."""

from __future__ import annotations

from collections.abc import Sequence

from detente.case.index.by_year import display_name
from detente.case.schema.repeated_games import DeclaredArmsRace
from detente.case.uncertainty.parameter_draws import ParameterDraws
from detente.methods.games.ordinal_types import side_game_name
from detente.methods.games.richardson import ArmsRace
from detente.methods.games.trust_and_reassurance import payoffs_with_offence, stag_hunt_tipping_offence, trust_threshold
from detente.methods.games.two_by_two import Payoffs
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
    neutral_payoffs = [neutral_games.side_payoffs(side, 0) for side in (0, 1)]
    kinds_with_concern = [side_game_name(payoffs) for payoffs in current_game.sides]
    says = _dilemma_sentence(case_game, neutral_payoffs, "of two trustworthy sides" if beliefs else "as given")
    kinds = _kinds_without_concern(case_game, neutral_payoffs)
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
        table=pl.DataFrame(_offence_rows(case_game, neutral_payoffs)),
        headers={"offence": "offence counts"},
        method=(
            "One Stag Hunt made of the case's estimates. That offence makes surprise worth more and being surprised "
            "worse is Jervis (1978), who has no formula; that both are multiplied by the same factor is ours."
        ),
        rests_on=case_game.rests_on,
    )


def _offence_rows(case_game: CaseGame, neutral_payoffs: Sequence[Payoffs]) -> list[dict[str, str]]:
    """For each level of offence, what game each side then plays, and what trust and patience it takes."""
    from detente.methods.games.critical_discount import nash_reversion_discount

    rows = []
    for level in OFFENCE_LEVELS:
        row = {"offence": format_number(level)}
        for name, payoffs in zip(case_game.side_names, neutral_payoffs, strict=True):
            at_level = payoffs_with_offence(payoffs, level)
            trust = trust_threshold(at_level)
            row[f"{name}: game"] = side_game_name(at_level)
            row[f"{name}: trust"] = format_number(trust) if trust <= 1 else "none is enough"
            row[f"{name}: patience"] = format_patience(nash_reversion_discount(at_level, at_level.P))
        rows.append(row)
    return rows


def _declared_offence(case_game: CaseGame) -> float:
    """How many times what the payoffs say offence counts."""
    return case_game.game.offence.mean if case_game.game.offence else 1.0


def _kinds_without_concern(case_game: CaseGame, neutral_payoffs: Sequence[Payoffs]) -> list[str]:
    """What game each side plays where offence counts as the case says, without concern for relative gains."""
    offence = _declared_offence(case_game)
    return [side_game_name(payoffs_with_offence(payoffs, offence)) for payoffs in neutral_payoffs]


def _dilemma_sentence(case_game: CaseGame, neutral_payoffs: Sequence[Payoffs], owner_phrase: str) -> str:
    """What game each side plays, and from which offence on it becomes a dilemma."""
    offence = _declared_offence(case_game)
    kinds = _kinds_without_concern(case_game, neutral_payoffs)
    tipping_points = map(stag_hunt_tipping_offence, neutral_payoffs)
    clauses = [
        f"{name}'s {game_kind} becomes a Prisoner's Dilemma from {format_number(point)} on"
        if game_kind == "Stag Hunt" and point > offence
        else f"{name}'s game is {game_kind}"
        for name, game_kind, point in zip(case_game.side_names, kinds, tipping_points, strict=True)
    ]
    return (
        f"In the game {owner_phrase}, without concern for relative gains and where offence counts "
        f"{format_number(offence)} times what the payoffs say, {join_words(clauses)}."
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
    spending = _race_spending(declared_race, central_race, side_names)
    unit = declared_race.unit or "spending"
    side_colours = {
        side: party_colour(case, party) for side, party in zip(side_names, declared_race.between, strict=True)
    }
    return Finding(
        id=f"race-{name}",
        title=declared_race.title,
        says=(
            f"It comes to rest in {per_hundred(stable_share)} of 100 draws. At the means "
            f"{_rest_clause(races, central_race, side_names)}"
        ),
        see=f"Spending of either side from now on, at the means ({unit}).",
        table=pl.DataFrame(_race_rows(central_race)),
        headers={"what": "what", "value": " and ".join(side_names)},
        chart=arms_race_chart(spending, side_colours, unit, f"{declared_race.title}: spending over {RACE_YEARS} years")
        if spending
        else None,
        method="dx/dt = k y - a x + g and dy/dt = l x - b y + h, at rest if ab > kl (Richardson 1960).",
        rests_on=(name,),
    )


def _race_rows(race: ArmsRace) -> list[dict[str, str]]:
    """The coefficients of a race at the means, its rates and where it would rest."""
    rows = [
        {"what": "reaction, one to the other", "value": f"{format_number(race.k)} and {format_number(race.l)}"},
        {"what": "fatigue", "value": f"{format_number(race.a)} and {format_number(race.b)}"},
        {"what": "grievance", "value": f"{format_number(race.g)} and {format_number(race.h)}"},
        {"what": "rates of approach, a year", "value": " and ".join(map(format_number, race.adjustment_rates))},
    ]
    if race.equilibrium_spending:
        rest_label = "where neither would change" + ("" if race.is_stable else " (which it leaves)")
        rows.append({"what": rest_label, "value": " and ".join(map(format_number, race.equilibrium_spending))})
    return rows


def _race_spending(
    declared_race: DeclaredArmsRace, race: ArmsRace, side_names: Sequence[str]
) -> list[tuple[float, float, str]]:
    """What either side spends from now on, at the means: year, spending and side."""
    # Beyond that an unstable race is too large a number to be drawn.
    if not race.equilibrium_spending or race.adjustment_rates[0] * RACE_YEARS >= 50:
        return []
    initial_spending = [
        declared_race.spends[party].mean if party in declared_race.spends else 0.0 for party in declared_race.between
    ]
    return [
        (float(year), value, side)
        for year in range(RACE_YEARS + 1)
        for side, value in zip(side_names, race.spending_after(year, *initial_spending), strict=True)
    ]


def _rest_clause(races: Sequence[ArmsRace], central_race: ArmsRace, side_names: Sequence[str]) -> str:
    """Whether a race comes to rest at the means, and where."""
    equilibrium = central_race.equilibrium_spending
    if not equilibrium:
        return "it does not: answer and fatigue cancel out, and it drifts as the grievances say."
    if not central_race.is_stable:
        return "it does not: each adds more in answer to the other than it tires."
    rest_intervals = [
        _format_outer_quantiles(values, index)
        for index in (0, 1)
        if (values := [r.equilibrium_spending[index] for r in races if r.is_stable and r.equilibrium_spending])
    ]
    places = " and ".join(f"{format_number(x)} for {side}" for x, side in zip(equilibrium, side_names, strict=True))
    clause = f"it does, at {places} (5 to 95 of the draws in which it does: {join_words(rest_intervals)})."
    if min(equilibrium) < 0:
        negative_sides = join_words(side for x, side in zip(equilibrium, side_names, strict=True) if x < 0)
        clause += f" Spending cannot be below nothing: goodwill would have {negative_sides} disarm."
    return clause


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
