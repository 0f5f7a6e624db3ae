"""What the anarchy room says in short."""

from __future__ import annotations

from collections.abc import Sequence

from detente.case.schema.case import Case
from detente.results.finding import Tile
from detente.rooms.durability.findings.text import by_view_phrase, lasting_verdict, patience_phrase, view_title
from detente.rooms.durability.model.case_games import CaseGame
from detente.text.english import count_noun, join_words, lower_first, upper_first
from detente.text.number_format import format_number, per_hundred


def durability_answer(case_games: Sequence[CaseGame]) -> str:
    """The section's own answer."""
    if not case_games:
        return "The case has no games between two sides, so whether cooperation between them would last is not told."
    weakest_game = min(case_games, key=lambda case_game: case_game.main_theory.lasting_share)
    shares = join_words(f"{lower_first(m.title)} {per_hundred(m.main_theory.lasting_share)}" for m in case_games)
    text = (
        f"{upper_first(main_theory_phrase(case_games))} cooperation, once begun and as long as nobody errs, "
        "would last in so many of 100 "
    )
    text += f"draws: {shares}."
    at_means = weakest_game.main_at_means
    place_phrase = f"It does so least often on {lower_first(weakest_game.title)}: at" if len(case_games) > 1 else "At"
    text += (
        f" {place_phrase} the means there is a patience of {format_number(float(at_means.patience[0]))} "
        "(what the next round counts "
    )
    text += "beside this one), and "
    text += f"{patience_phrase(float(at_means.critical_patience[0]))}."
    hard_to_begin = [m for m in case_games if m.main_theory.lasting_share - m.main_theory.beginning_share > 0.2]
    if hard_to_begin:
        clauses = join_words(
            f"{lower_first(m.title)} ({per_hundred(m.main_theory.beginning_share)})" for m in hard_to_begin
        )
        text += " To begin is harder than to go on: even chances that the other cooperates are enough in fewer draws, "
        text += f"{clauses}."
    return text


def main_theory_phrase(case_games: Sequence[CaseGame]) -> str:
    """By which theory the answer is told."""
    titles = list(dict.fromkeys(view_title(case_game.main_theory.view) for case_game in case_games))
    return (
        by_view_phrase(case_games[0].main_theory.view)
        if len(titles) == 1
        else "by the theory that the case tells its answer by"
    )


def durability_brief(case_games: Sequence[CaseGame]) -> str:
    """The answer for the first screen."""
    if not case_games:
        return ""
    verdict_phrases = {"yes": "would last", "unsure": "might or might not", "no": "would not"}
    parts = []
    for verdict, phrase in verdict_phrases.items():
        titles = [
            f"{lower_first(m.title)} ({per_hundred(m.main_theory.lasting_share)})"
            for m in case_games
            if lasting_verdict(m.main_theory.lasting_share) == verdict
        ]
        if titles:
            parts.append(f"{phrase} on {join_words(titles)}")
    return (
        f"In the games assumed, and as long as nobody errs, cooperation once begun {join_words(parts)}, of 100 draws "
        f"{main_theory_phrase(case_games)}."
    )


def durability_tile(case_games: Sequence[CaseGame]) -> Tile | None:
    """Whether it would last, in a few words."""
    if not case_games:
        return None
    best_game, worst_game = (choose(case_games, key=lambda m: m.main_theory.lasting_share) for choose in (max, min))
    value = f"{best_game.title}: {lasting_verdict(best_game.main_theory.lasting_share)}"
    if worst_game is not best_game:
        value += f"; {lower_first(worst_game.title)}: {lasting_verdict(worst_game.main_theory.lasting_share)}"
    needed, available = (
        float(worst_game.main_at_means.critical_patience[0]),
        float(worst_game.main_at_means.patience[0]),
    )
    return Tile(
        "Whether it would last",
        value,
        f"on {lower_first(worst_game.title)} there is a patience of {format_number(available)}, and "
        f"{patience_phrase(needed)}",
    )


def durability_assumptions(case: Case, case_games: Sequence[CaseGame]) -> list[str]:
    """What was assumed without the case saying so."""
    sentences = []
    if case_games:
        sentences.append(
            "What both sides get from repeated games is on one scale, so that either can mind the other's lead."
        )
    unconcerned_titles = [
        m.title for m in case_games if not any(list(under_theory.view.parameters) for under_theory in m.by_theory)
    ]
    if unconcerned_titles:
        sentences.append(f"Nobody minds relative gains on {join_words(unconcerned_titles)}.")
    noiseless_titles = [m.title for m in case_games if m.game.noise.bounds == (0, 0)]
    if noiseless_titles:
        sentences.append(f"Nothing is done or taken wrongly on {join_words(noiseless_titles)}.")
    if case.common_goods:
        sentences.append(f"Those who pay for {count_noun(len(case.common_goods), 'common good')} are alike.")
    return sentences
