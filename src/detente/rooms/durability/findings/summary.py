"""What the durability room says in short."""

from __future__ import annotations

from collections.abc import Sequence

from detente.case.schema.case import Case
from detente.results.finding import Tile
from detente.rooms.durability.findings.errors import (
    error_free_sentence,
    errors_phrase,
    rounds_sentence,
    title_within,
)
from detente.rooms.durability.findings.text import by_view_phrase, patience_phrase, view_title
from detente.rooms.durability.model.patience import GamePatience, LastingVerdict
from detente.text.english import count_noun, join_words, upper_first
from detente.text.number_format import format_number, per_hundred

VERDICT_PHRASES: dict[LastingVerdict, str] = {
    "yes": "would last",
    "unsure": "might or might not",
    "no": "would not",
}
"""Whether cooperation lasts, within a sentence."""


def durability_answer(games: Sequence[GamePatience], case: Case) -> str:
    """The section's own answer."""
    if not games:
        return "The case has no games between two sides, so whether cooperation between them would last is not told."
    sentences = (
        _lasting_sentence(games, case),
        rounds_sentence(games, case),
        error_free_sentence(games, case),
        _weakest_sentence(games, case),
        _beginning_sentence(games, case),
    )
    return " ".join(filter(None, sentences))


def _lasting_sentence(games: Sequence[GamePatience], case: Case) -> str:
    shares = join_words(f"{title_within(game, case)} {per_hundred(game.main.lasting_share)}" for game in games)
    return (
        f"{upper_first(main_theory_phrase(games))} and {errors_phrase(games)} cooperation, once begun, "
        f"would last in so many of 100 draws: {shares}."
    )


def _weakest_sentence(games: Sequence[GamePatience], case: Case) -> str:
    """Where it lasts least often, and what patience there is beside what it would take without errors."""
    weakest_game = min(games, key=lambda game: game.main.lasting_share)
    place_phrase = f"It does so least often on {title_within(weakest_game, case)}: at" if len(games) > 1 else "At"
    without_errors = "without errors " if weakest_game.has_noise else ""
    return (
        f"{place_phrase} the means there is a patience of {format_number(weakest_game.main.available_at_means)} "
        f"(what the next round counts beside this one), and {without_errors}"
        f"{patience_phrase(weakest_game.main.needed_at_means)}."
    )


def _beginning_sentence(games: Sequence[GamePatience], case: Case) -> str:
    """Where it is harder to begin than to go on; nothing if nowhere."""
    clauses = join_words(
        f"{title_within(game, case)} ({per_hundred(game.main.beginning_share)})"
        for game in games
        if game.is_harder_to_begin
    )
    if not clauses:
        return ""
    return (
        "To begin is harder than to go on: even chances that the other cooperates are enough in fewer draws, "
        f"{clauses}."
    )


def main_theory_phrase(games: Sequence[GamePatience]) -> str:
    """By which theory the answer is told."""
    if len({view_title(game.main.view) for game in games}) == 1:
        return by_view_phrase(games[0].main.view)
    return "by the theory that the case tells its answer by"


def durability_brief(games: Sequence[GamePatience], case: Case) -> str:
    """The answer for the first screen."""
    if not games:
        return ""
    parts = []
    for verdict, phrase in VERDICT_PHRASES.items():
        titles = [
            f"{title_within(game, case)} ({per_hundred(game.main.lasting_share)})"
            for game in games
            if game.main.verdict == verdict
        ]
        if titles:
            parts.append(f"{phrase} on {join_words(titles)}")
    return (
        f"In the games assumed, and {errors_phrase(games)}, cooperation once begun {join_words(parts)}, of 100 draws "
        f"{main_theory_phrase(games)}."
    )


def durability_tile(games: Sequence[GamePatience], case: Case) -> Tile | None:
    """Whether it would last, in a few words."""
    if not games:
        return None
    best_game, worst_game = (choose(games, key=lambda game: game.main.lasting_share) for choose in (max, min))
    value = f"{case.games[best_game.id].title}: {best_game.main.verdict}"
    if worst_game is not best_game:
        value += f"; {title_within(worst_game, case)}: {worst_game.main.verdict}"
    worst = f"on {title_within(worst_game, case)} in {per_hundred(worst_game.main.lasting_share)} of 100 draws"
    if worst_game is best_game:
        return Tile("Whether it would last", value, f"{worst}, {errors_phrase(games)}")
    best = f"on {title_within(best_game, case)} in {per_hundred(best_game.main.lasting_share)}"
    return Tile("Whether it would last", value, f"{worst}, {best}, {errors_phrase(games)}")


def durability_assumptions(games: Sequence[GamePatience], case: Case) -> list[str]:
    """What was assumed without the case saying so."""
    sentences = []
    if games:
        sentences.append(
            "What both sides get from repeated games is on one scale, so that either can mind the other's lead."
        )
        sentences.append("Within a side all have the same payoffs and patience; members differ in what they mind.")
    if unconcerned_titles := [case.games[game.id].title for game in games if not game.has_concern]:
        sentences.append(f"Nobody minds relative gains on {join_words(unconcerned_titles)}.")
    if noiseless_titles := [case.games[game.id].title for game in games if not game.has_noise]:
        sentences.append(f"Nothing is done or taken wrongly on {join_words(noiseless_titles)}.")
    equal_count = sum(not (good.contributions or good.benefits) for good in case.common_goods.values())
    if equal_count:
        sentences.append(f"Those who pay for {count_noun(equal_count, 'common good')} are alike.")
    return sentences
