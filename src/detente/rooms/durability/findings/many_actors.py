"""How many actors: what concern for relative gains is worth among more than two, and common goods."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from detente.case.schema.case import Case
from detente.case.uncertainty.parameter_draws import ParameterDraws
from detente.methods.games.n_player import (
    NPlayerGame,
    full_cooperation_discount,
    mixed_contribution_chances,
    n_player_relative_gains,
    public_good_game,
    stable_cooperator_counts,
    threshold_game,
    viable_coalition_size,
)
from detente.methods.games.ordinal_types import game_name
from detente.results.finding import Finding
from detente.rooms.durability.checks import paying_actors
from detente.rooms.durability.findings.text import format_patience, format_patience_interval
from detente.rooms.durability.model.case_games import CaseGame
from detente.text.english import join_words, lower_first
from detente.text.number_format import format_number, per_hundred

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

STATE_COUNTS = (2, 3, 5, 10, 20, 50)
"""How many states watch each other, in the table."""


def many_states_finding(case_games: Sequence[CaseGame]) -> Finding | None:
    """What patience is needed if each side watches more states than the other alone."""
    import polars as pl

    concerned_games = [case_game for case_game in case_games if case_game.main_at_means.concern.max() > 0]
    if not concerned_games:
        return None
    rows = []
    needs: dict[str, list[float]] = {}
    for n in STATE_COUNTS:
        row: dict[str, str] = {"n": str(n)}
        for case_game in concerned_games:
            weight = case_game.main_at_means.concern / (1 + case_game.main_at_means.concern) / (n - 1)
            stage_games = case_game.main_at_means.games_without_concern.with_relative_gains(weight / (1 - weight))
            needs.setdefault(case_game.id, []).append(float(stage_games.critical_discount.max()))
            row[case_game.title] = format_patience(needs[case_game.id][-1])
        rows.append(row)
    never_rises = {case_game.id: all(a >= b for a, b in pairwise(needs[case_game.id])) for case_game in concerned_games}
    clauses = []
    for case_game in concerned_games:
        first_need, last_need = needs[case_game.id][0], needs[case_game.id][-1]
        if first_need == last_need:
            clauses.append(f"on {lower_first(case_game.title)} that changes nothing ({format_patience(first_need)})")
        else:
            change_word = (
                "less" if never_rises[case_game.id] else "less or more by turns," if last_need < first_need else "more"
            )
            clauses.append(
                f"on {lower_first(case_game.title)} it asks for {change_word} patience, "
                f"{format_patience(last_need)} instead of {format_patience(first_need)}"
            )
    # In a Prisoner's Dilemma of two that are alike the patience needed rises with the weight of the other's payoff.
    all_symmetric_dilemmas = all(
        m.main_at_means.games_without_concern.game_at(0).is_symmetric
        and game_name(m.main_at_means.games_without_concern.game_at(0)) == "Prisoner's Dilemma"
        for m in concerned_games
    )
    return Finding(
        id="many",
        title="If each watches many and not one",
        says=f"If the same concern is shared out among {STATE_COUNTS[-1]} states instead of two, "
        f"{join_words(clauses)}.",
        see="The patience needed by how many states watch each other, at the means.",
        table=pl.DataFrame(rows),
        headers={"n": "states"},
        method=(
            "V - rho W with rho = r / (n - 1), r being the weight that the case's concern comes to between two, r = k "
            "/ (1 + k) (after Snidal 1991; that the weighting is his is from memory)."
        ),
        rests_on=tuple(case_game.id for case_game in concerned_games),
        structural=all_symmetric_dilemmas,
    )


def common_good_finding(draws: ParameterDraws, name: str) -> Finding:
    """Whether several would go on paying for a common good."""
    import numpy as np
    import polars as pl

    case = draws.case
    good, payers = case.common_goods[name], paying_actors(case, case.common_goods[name])
    path, n = f"common_goods.{name}", len(payers)
    patience = draws.sample(good.patience, f"{path}.patience")
    games_by_draw = _games_by_draw(draws, name, n)
    critical_discounts = np.array([full_cooperation_discount(game) for game in games_by_draw])
    lasting_share = float((patience >= critical_discounts).mean())
    central_game = _games_by_draw(ParameterDraws(case, at_means=True), name, n)[0]
    viable_size = viable_coalition_size(central_game)
    rows = [
        {"what": "how many pay", "value": str(n)},
        {"what": "patience needed for all to pay", "value": format_patience_interval(critical_discounts)},
        {"what": "patience there is", "value": format_patience_interval(patience)},
        {"what": "all pay, of 100 draws", "value": per_hundred(lasting_share)},
        {
            "what": "numbers of payers that are stable in a single round",
            "value": join_words(map(str, stable_cooperator_counts(central_game))),
        },
        {
            "what": "least number that gains by paying alone",
            "value": "none" if viable_size is None else str(viable_size),
        },
    ]
    if good.needed and good.benefit and good.cost:
        chances = mixed_contribution_chances(n, good.needed, good.benefit.mean, good.cost.mean)
        rows.append(
            {
                "what": "or each pays with a chance of (own payoffs alone)",
                "value": join_words(map(format_number, chances)) or "none",
            }
        )
    says = f"If one defection ends it for all, all {n} go on paying in {per_hundred(lasting_share)} of 100 draws. "
    if good.needed and good.needed < n:
        stable_share = float(
            np.mean(
                [
                    game.cooperator_payoffs[good.needed - 1] >= game.defector_payoffs[good.needed - 1]
                    for game in games_by_draw
                ]
            )
        )
        says += (
            f"But {good.needed} are enough, and that just so many pay is stable by itself in "
            f"{per_hundred(stable_share)}: "
        )
        says += "who they are is the question. "
    stable_counts = join_words((str(k) if k else "none" for k in stable_cooperator_counts(central_game)), "or")
    says += f"In a single round, at the means, it is stable that {stable_counts} of them pay. "
    if viable_size == n:
        says += "Only all of them together gain by it."
    elif viable_size and viable_size > 1:
        says += f"By themselves, with all others defecting, {viable_size} or more gain by it; fewer lose."
    elif viable_size:
        says += "One alone gains by it, if no other pays."
    else:
        says += "No number of them gains by paying for the others."
    return Finding(
        id=f"good-{name}",
        title=good.title,
        says=says,
        see="At the means, but for the patience.",
        table=pl.DataFrame(rows),
        headers={"what": "what", "value": "at the means"},
        method=(
            "A game of n that are alike (Schelling 1973): a linear public good, or a threshold (Palfrey and Rosenthal "
            "1984). All pay from a discount of (T - R) / (T - P) on, T and R with all others paying; for a public good "
            "with multiplier r that is (n - r) / (r (n - 1)). Weighed against the others' payoffs as above."
        ),
        rests_on=(name, *good.issues, *(party for party in good.among)),
    )


def _games_by_draw(draws: ParameterDraws, name: str, n: int) -> list[NPlayerGame]:
    """The game of each draw."""
    case: Case = draws.case
    good, path = case.common_goods[name], f"common_goods.{name}"
    weight = draws.sample(good.relative_gains, f"{path}.relative_gains").tolist()
    if good.multiplier:
        multiplier = draws.sample(good.multiplier, f"{path}.multiplier").tolist()
        return [n_player_relative_gains(public_good_game(n, m), r) for m, r in zip(multiplier, weight, strict=True)]
    if not (good.needed and good.benefit and good.cost):
        raise ValueError("a common good without numbers; the checks of a case find it first")
    benefit = draws.sample(good.benefit, f"{path}.benefit").tolist()
    cost = draws.sample(good.cost, f"{path}.cost").tolist()
    parameters = zip(benefit, cost, weight, strict=True)
    return [n_player_relative_gains(threshold_game(n, good.needed, b, c), r) for b, c, r in parameters]
