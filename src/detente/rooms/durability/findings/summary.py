"""What the anarchy room says in short."""

from __future__ import annotations

from collections.abc import Sequence

from detente.case.schema.case import Case
from detente.results.finding import Tile
from detente.rooms.durability.findings.patience import asked, verdict
from detente.rooms.durability.model.case_games import Match
from detente.text.english import capital, count, listed, within
from detente.text.number_format import number, of_hundred


def answer(matches: Sequence[Match]) -> str:
    """The section's own answer."""
    if not matches:
        return "The case has no games between two sides, so whether cooperation between them would last is not told."
    weakest = min(matches, key=lambda match: match.main.often)
    said = listed(f"{within(m.title)} {of_hundred(m.main.often)}" for m in matches)
    told = (
        f"{capital(told_by(matches))} cooperation, once begun and as long as nobody errs, would last in so many of 100 "
    )
    told += f"draws: {said}."
    middle = weakest.middle
    least = f"It does so least often on {within(weakest.title)}: at" if len(matches) > 1 else "At"
    told += (
        f" {least} the means there is a patience of {number(float(middle.patience[0]))} (what the next round counts "
    )
    told += "beside this one), and "
    told += f"{asked(float(middle.needed[0]))}."
    begin = [m for m in matches if m.main.often - m.main.begins > 0.2]
    if begin:
        each = listed(f"{within(m.title)} ({of_hundred(m.main.begins)})" for m in begin)
        told += " To begin is harder than to go on: even chances that the other cooperates are enough in fewer draws, "
        told += f"{each}."
    return told


def told_by(matches: Sequence[Match]) -> str:
    """By which theory the answer is told."""
    titles = list(dict.fromkeys(match.main.view.title for match in matches))
    return matches[0].main.view.by if len(titles) == 1 else "by the theory that the case tells its answer by"


def brief(matches: Sequence[Match]) -> str:
    """The answer for the first screen."""
    if not matches:
        return ""
    words = {"yes": "would last", "unsure": "might or might not", "no": "would not"}
    parts = []
    for word, said in words.items():
        each = [f"{within(m.title)} ({of_hundred(m.main.often)})" for m in matches if verdict(m.main.often) == word]
        if each:
            parts.append(f"{said} on {listed(each)}")
    return (
        f"In the games assumed, and as long as nobody errs, cooperation once begun {listed(parts)}, of 100 draws "
        f"{told_by(matches)}."
    )


def tile(matches: Sequence[Match]) -> Tile | None:
    """Whether it would last, in a few words."""
    if not matches:
        return None
    best, worst = (pick(matches, key=lambda m: m.main.often) for pick in (max, min))
    value = f"{best.title}: {verdict(best.main.often)}"
    if worst is not best:
        value += f"; {within(worst.title)}: {verdict(worst.main.often)}"
    needed, there = float(worst.middle.needed[0]), float(worst.middle.patience[0])
    return Tile(
        "Whether it would last",
        value,
        f"on {within(worst.title)} there is a patience of {number(there)}, and {asked(needed)}",
    )


def assumptions(case: Case, matches: Sequence[Match]) -> list[str]:
    """What was assumed without the case saying so."""
    found = []
    if matches:
        found.append(
            "What both sides get from repeated games is on one scale, so that either can mind the other's lead."
        )
    unminded = [m.title for m in matches if not any(list(one.view.mindings) for one in m.seen)]
    if unminded:
        found.append(f"Nobody minds relative gains on {listed(unminded)}.")
    quiet = [m.title for m in matches if m.game.noise.bounds == (0, 0)]
    if quiet:
        found.append(f"Nothing is done or taken wrongly on {listed(quiet)}.")
    if case.common_goods:
        found.append(f"Those who pay for {count(len(case.common_goods), 'common good')} are alike.")
    return found
