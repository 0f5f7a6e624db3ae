"""The headline of the chapter on whether cooperation lasts: on which issues, and whether errors end it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from detente.case.schema.case import Case
from detente.rooms.durability.findings.text import issue_title, lasting_degree
from detente.rooms.durability.model.durability import DurabilityModel
from detente.rooms.durability.model.patience import GamePatience
from detente.text.english import as_sentence, cardinal, count_noun
from detente.text.issue_lists import join_titles, on_issues

MOST_HEADLINE_WORDS = 20
Fate = Literal["with errors", "no errors assumed", "only without errors", "close", "never"]
"""What becomes of cooperation on an issue."""
FATES: tuple[Fate, ...] = ("with errors", "no errors assumed", "only without errors", "close", "never")
_ENDINGS: dict[Fate, str] = {
    "with errors": "even with errors",
    "no errors assumed": "if nobody errs",
    "only without errors": "only if nobody errs",
}
"""How it is told that cooperation lasts."""


def game_fate(game: GamePatience) -> Fate:
    """What becomes of cooperation in a game, by the theory that the answer is told by."""
    degree = lasting_degree(game.main.lasting_share)
    if degree == "half":
        return "close"
    if degree == "full":
        return "with errors" if game.has_noise else "no errors assumed"
    return "only without errors" if lasting_degree(game.main.error_free_share) == "full" else "never"


def lasting_headline(model: DurabilityModel) -> str:
    """What the chapter finds, in one sentence of at most twenty words."""
    if model.patience:
        return games_headline(model.patience, model.case)
    return _others_headline(model)


def games_headline(games: Sequence[GamePatience], case: Case) -> str:
    """On which issues cooperation lasts: by name if that is short enough, else counted."""
    by_fate: dict[Fate, list[str]] = {}
    for game in sorted(games, key=lambda game: -game.main.lasting_share):
        by_fate.setdefault(game_fate(game), []).append(issue_title(game.id, case))
    by_fate = {fate: by_fate[fate] for fate in FATES if fate in by_fate}
    if len(by_fate) == 1 and len(games) > 1:
        return as_sentence(_all_alike(next(iter(by_fate)), len(games)))
    counts = {fate: len(titles) for fate, titles in by_fate.items()}
    candidates = (_named(by_fate), _counted(counts), _summed(counts))
    return next(as_sentence(one) for one in candidates if len(one.split()) <= MOST_HEADLINE_WORDS)


def _all_alike(fate: Fate, count: int) -> str:
    place = on_issues(count, count)
    match fate:
        case "close":
            return f"{place} it is too close to call whether cooperation would last"
        case "never":
            return f"cooperation would last on {'neither issue' if count == 2 else f'none of {cardinal(count)} issues'}"
        case _:
            return f"{place} cooperation would last {_ENDINGS[fate]}"


def _named(by_fate: dict[Fate, list[str]]) -> str:
    parts: list[str] = []
    has_verb = False
    for fate, titles in by_fate.items():
        names = join_titles(titles)
        if fate == "close":
            parts.append(f"for {names} it is too close to call")
            continue
        verb = "" if has_verb else " last"
        parts.append(f"{names} would not{verb}" if fate == "never" else f"{names} would{verb} {_ENDINGS[fate]}")
        has_verb = True
    return "; ".join(parts)


def _counted(counts: dict[Fate, int]) -> str:
    parts: list[str] = []
    has_verb = False
    for fate, count in counts.items():
        number = cardinal(count)
        if fate == "close":
            parts.append(f"{number} {'is' if count == 1 else 'are'} too close to call")
            continue
        verb = "" if has_verb else " last"
        parts.append(f"{number} would not{verb}" if fate == "never" else f"{number} would{verb} {_ENDINGS[fate]}")
        has_verb = True
    return f"of {count_noun(sum(counts.values()), 'issue')}, {', '.join(parts)}"


def _summed(counts: dict[Fate, int]) -> str:
    """Where there are too many groups to tell each."""
    lasting = counts.get("with errors", 0) + counts.get("no errors assumed", 0)
    return f"cooperation would last {on_issues(lasting, sum(counts.values()))}; on the others it may end"


def _others_headline(model: DurabilityModel) -> str:
    """Of a case without games between two sides: whether all would pay for its first good, or arming comes to rest."""
    share, subject, verb = _first_other(model)
    match lasting_degree(share):
        case "full":
            return as_sentence(f"{subject} would {verb}")
        case "half":
            return as_sentence(f"it is too close to call whether {subject} would {verb}")
        case _:
            return as_sentence(f"{subject} would not {verb}")


def _first_other(model: DurabilityModel) -> tuple[float, str, str]:
    """How often it holds, of whom it is told, and what they would do."""
    for play in model.common_goods:
        return play.lasting_share, f"all {cardinal(play.payer_count)} payers together", "go on paying"
    for unequal in model.unequal_goods:
        return unequal.all_pay_share, f"all {cardinal(len(unequal.payers))} payers together", "go on paying"
    return model.arms_races[0].stable_share, "arming on both sides", "come to rest"
