"""The repeated games at our middle estimates, for a page that works their thresholds out anew."""

from __future__ import annotations

from collections.abc import Iterator

from detente.case.index.labels import CaseLabels
from detente.case.schema.estimate import Estimate
from detente.case.uncertainty.bounds import bounds_at
from detente.results.live import LiveGame, LiveNumber
from detente.rooms.durability.findings.number_words import game_number_name
from detente.rooms.durability.model.case_games import PAYOFF_FIELDS, CaseGame, payoff_estimate
from detente.rooms.durability.model.durability import DurabilityModel
from detente.text.english import upper_first


def live_games(model: DurabilityModel) -> Iterator[LiveGame]:
    """Every game between two sides, by the theory that the answer is told by."""
    labels = CaseLabels(model.case)
    for case_game in model.case_games:
        yield _live_game(model, case_game, labels)


def _live_game(model: DurabilityModel, case_game: CaseGame, labels: CaseLabels) -> LiveGame:
    game, numbers = case_game.game, dict[str, LiveNumber]()

    def place(estimate: Estimate, key: str) -> int:
        """Which of the numbers it is; each stands once."""
        path = f"games.{case_game.id}.{key}"
        if path not in numbers:
            bounds = bounds_at(model.case, path)
            name = upper_first(game_number_name(path, labels) or key)
            value = float(model.means.sample(estimate, path)[0])
            numbers[path] = LiveNumber(path, name, value, bounds.low, bounds.high)
        return list(numbers).index(path)

    payoffs = {}
    for letter, field_name in PAYOFF_FIELDS.items():
        found = [payoff_estimate(game, side, field_name) for side in game.between]
        first, second = (place(*one) for one in found if one is not None)
        payoffs[letter] = (first, second)
    patience = place(game.patience, "patience")
    first_concern, second_concern = case_game.main_at_means.concern[:, 0].tolist()
    return LiveGame(
        id=case_game.id,
        title=game.title,
        payoffs=payoffs,
        offence=place(game.offence, "offence") if game.offence else None,
        patience=patience,
        concern=(first_concern, second_concern),
        numbers=tuple(numbers.values()),
    )
