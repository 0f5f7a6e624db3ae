"""The map of lasting cooperation over patience and concern for relative gains, with the case's own estimates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.case.index.by_year import analysed_years, members_in_year
from detente.case.index.membership import case_sides
from detente.case.schema.case import Case
from detente.methods.games.ordinal_types import side_game_name
from detente.methods.games.relative_gains_games import GameTransition, concern_transitions
from detente.methods.games.shadow_of_the_future import StageGames
from detente.results.finding import Finding
from detente.rooms.durability.findings.charts.cooperation_map import Boundary, cooperation_map_chart
from detente.rooms.durability.findings.charts.sides import SideEstimate
from detente.rooms.durability.findings.text import by_view_phrase, format_patience, patience_phrase
from detente.rooms.durability.model.case_games import CaseGame
from detente.rooms.durability.model.draw_quantiles import quantiles
from detente.text.english import join_words
from detente.text.number_format import format_number

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

LINE_STEPS = 40
"""Steps of a line on the map."""
MIN_AXIS_END = 2.0
"""The end of the axis of concern, where the case has no more."""
TABLE_CONCERNS = (0.0, 0.25, 0.5, 1.0, 2.0, 5.0)
"""Concerns in the table."""


def patience_map_finding(case_game: CaseGame) -> Finding:
    """Where cooperation lasts, over patience and concern."""
    import numpy as np
    import polars as pl

    base_games, main_theory, at_means = (
        case_game.main_at_means.games_without_concern,
        case_game.main_theory,
        case_game.main_at_means,
    )
    max_concern = max(MIN_AXIS_END, 1.1 * float(np.quantile(main_theory.concern, 0.95)))
    concerns = np.linspace(0, max_concern, LINE_STEPS + 1)
    boundary_lines = _games_at_concerns(base_games, concerns).critical_discount
    colours = [party_colour(case_game.case, party) for party in case_game.game.between]
    if colours[0] == colours[1]:
        colours = ["@b", "@a"]
    boundaries = [
        Boundary(name, shade, list(zip(concerns.tolist(), np.minimum(line, 1.0).tolist(), strict=True)))
        for name, shade, line in zip(case_game.side_names, colours, boundary_lines, strict=True)
    ]
    low, _, high = quantiles(main_theory.patience)
    estimates = [
        SideEstimate(
            name,
            shade,
            float(at_means.concern[side, 0]),
            float(at_means.patience[0]),
            _outer_quantiles(main_theory.concern[side]),
            (low, high),
        )
        for side, (name, shade) in enumerate(zip(case_game.side_names, colours, strict=True))
    ]
    game = base_games.game_at(0)
    transitions = [(transition, side) for side in (0, 1) for transition in concern_transitions(game, side, max_concern)]
    marks = list(dict.fromkeys((transition.k, transition.kind_after) for transition, _ in transitions))
    rows = [
        {
            "concern": format_number(k),
            **{
                column: value
                for side, name in enumerate(case_game.side_names)
                for column, value in (
                    (
                        f"{name}: game",
                        side_game_name(_games_at_concerns(base_games, np.array([k])).side_payoffs(side, 0)),
                    ),
                    (
                        f"{name}: patience needed",
                        format_patience(
                            float(_games_at_concerns(base_games, np.array([k])).critical_discount[side, 0])
                        ),
                    ),
                )
            },
        }
        for k in TABLE_CONCERNS
    ]
    is_rising = bool((np.diff(np.minimum(boundary_lines, 1.0), axis=1) >= -1e-12).all())
    lasts_phrase = "lasts" if at_means.critical_patience[0] <= at_means.patience[0] else "does not last"
    says = (
        f"At the case's own estimates (the crosses) cooperation {lasts_phrase} {by_view_phrase(main_theory.view)}: "
        "patience is "
        f"{format_number(at_means.patience[0])}, and {patience_phrase(float(at_means.critical_patience[0]))}."
    )
    if is_rising and bool((boundary_lines[:, -1] > boundary_lines[:, 0]).any()):
        says += " The more either minds what the other gets, the more patience it takes."
    elif not is_rising:
        says += " Minding what the other gets can also make it easier here: the lines do not only rise."
    if transitions:
        names_by_transition: dict[GameTransition, list[str]] = {}
        for transition, side in transitions:
            names_by_transition.setdefault(transition, []).append(case_game.side_names[side])
        clauses = join_words(
            f"from {format_number(transition.k)} on it is {_with_article(transition.kind_after)} to "
            f"{join_words(names)}, no longer {_with_article(transition.kind_before)}"
            for transition, names in names_by_transition.items()
        )
        says += f" As a side minds more what the other gets, {clauses}."
    return Finding(
        id=f"map-{case_game.id}",
        title=f"{case_game.title}: over patience and concern for relative gains",
        says=says,
        see=(
            "Above both lines, in the shaded part, cooperation lasts. Crosses: each side's own estimate, with 5 to 95 "
            "of 100 draws."
        ),
        table=pl.DataFrame(rows),
        headers={"concern": "each minds the other's lead by"},
        chart=cooperation_map_chart(
            boundaries,
            estimates,
            marks,
            max_concern,
            f"{case_game.title}: patience needed over concern for relative gains; cooperation {lasts_phrase} at "
            "the case's "
            "estimates",
        ),
        method="Payoffs are at their means; both sides mind alike along the axis.",
        rests_on=case_game.rests_on,
    )


def _games_at_concerns(base_games: StageGames, k: Floats) -> StageGames:
    """The game at each of several concerns, which both sides have alike."""
    import numpy as np

    tiled_games = StageGames(
        *(np.repeat(part, len(k), axis=1) for part in (base_games.T, base_games.R, base_games.P, base_games.S))
    )
    return tiled_games.with_relative_gains(np.stack([k, k]))


def _outer_quantiles(values: Floats) -> tuple[float, float]:
    low, _, high = quantiles(values)
    return low, high


def _with_article(name: str) -> str:
    return f"{'an' if name[0] in 'AEIO' else 'a'} {name}"


def party_colour(case: Case, party: str) -> str:
    """The colour of the side that a party is on: of who offers, or of who answers."""
    offer_sides = case_sides(case) or ("", "")
    year = analysed_years(case)[-1]
    for side, shade in zip(offer_sides, ("@b", "@a"), strict=True):
        if party == side or (side in case.organisations and party in members_in_year(case, side, year)):
            return shade
    return "@ink"
