"""What would make cooperation last, or end it: how far each number may move, at the central estimates."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.methods.games.shadow_of_the_future import Stage
from detente.results.finding import Finding
from detente.rooms.durability.model.case_games import Match
from detente.rooms.durability.model.draws import BELOW_ONE
from detente.text.english import capital, count, listed
from detente.text.english import within as within_sentence
from detente.text.number_format import number

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

REACH = 5.0
"""How far a payoff is moved, as a multiple of what both gain by cooperating."""
GRID = 500
MOVED = {
    "T": "what free-riding brings",
    "R": "what both get by cooperating",
    "S": "what being left alone brings",
    "P": "what both get without cooperation",
}
"""The payoffs that are moved, and what each is."""


@dataclass(frozen=True)
class Lever:
    """Something that could be otherwise: what it is now, and at which levels of it cooperation lasts."""

    name: str
    now: float
    low: float
    high: float
    lasts: Callable[[Floats], NDArray[np.bool_]]


def making_last(matches: Sequence[Match]) -> Finding:
    """How far each number may move before the answer turns."""
    import polars as pl

    rows: list[dict[str, str]] = []
    within: dict[str, list[str]] = {}
    for match in matches:
        lasts = bool(match.middle.lasts[0])
        for lever in levers(match):
            turn = turning(lever)
            rows.append(
                {
                    "game": match.title,
                    "lasts": "yes" if lasts else "no",
                    "what": lever.name,
                    "now": number(round(lever.now, 6)),
                    "turn": "at no level looked at" if turn is None else number(round(turn, 6)),
                    "change": "" if turn is None else f"{turn - lever.now:+.2f}",
                }
            )
            if turn is not None and not lasts:
                within.setdefault(match.title, []).append(
                    f"{lever.name} from {number(round(lever.now, 6))} to {number(round(turn, 6))}"
                )
    failing = [within_sentence(m.title) for m in matches if not m.middle.lasts[0]]
    says = f"{capital(matches[0].main.view.by)} and at the central estimates cooperation "
    if failing:
        says += f"does not last on {listed(failing)}. "
        told = [f"{title}: {', '.join(each)}" for title, each in within.items()]
        says += (
            f"Any of these by itself would make it last. {'; '.join(told)}." if told else "No number alone turns it."
        )
    else:
        says += (
            f"lasts in every game; the table has how far each of {count(len(rows), 'number')} may move before it ends."
        )
    return Finding(
        id="levers",
        title="What would make it last, and what would end it",
        says=says,
        see="Each number by itself, all others at their means: where the answer turns.",
        table=pl.DataFrame(rows),
        headers={"lasts": "lasts now", "what": "what", "turn": "turns at", "change": "by"},
        method=(
            f"Payoffs are moved for both sides by the same amount, up to {REACH:g} times what both gain; concern for "
            "both sides by the same factor. The nearest level at which the answer turns, by bisection."
        ),
        rests_on=tuple(dict.fromkeys(id for match in matches for id in match.rests_on)),
    )


def levers(match: Match) -> list[Lever]:
    """What could be otherwise in a game, by the theory that the answer is told by."""
    import numpy as np

    middle = match.middle
    plain, k, patience = middle.plain, middle.k, float(middle.patience[0])
    gain = max(float((plain.R - plain.P).max()), 1e-9)
    mean = float(k.mean())

    def minded(x: Floats) -> NDArray[np.bool_]:
        return enough(_shifted(plain, np.zeros_like(x)), k * x / mean)

    def enough(stage: Stage, concern: Floats) -> NDArray[np.bool_]:
        return np.asarray(stage.watched(concern).needed.max(axis=0) <= patience)

    def moved(letter: str, now: float) -> Callable[[Floats], NDArray[np.bool_]]:
        return lambda x: enough(_shifted(plain, x - now, letter), np.repeat(k, len(x), axis=1))

    found = [Lever("patience", patience, 0.0, BELOW_ONE, lambda x: np.asarray(middle.needed[0] <= x))]
    if mean > 0:
        found.append(Lever("concern for relative gains (mean of both)", mean, 0.0, 10.0 * max(mean, 1), minded))
    for letter, name in MOVED.items():
        now = float(np.mean(getattr(plain, letter)))
        found.append(Lever(name, now, now - REACH * gain, now + REACH * gain, moved(letter, now)))
    return found


def _shifted(plain: Stage, shifts: Floats, letter: str = "") -> Stage:
    """The game as often as there are shifts, one payoff moved by each for both sides."""
    parts = (getattr(plain, each) + (shifts if each == letter else 0 * shifts) for each in "TRPS")
    return Stage(*parts)


def turning(lever: Lever) -> float | None:
    """The nearest level at which the answer is another, to one part in 10^8 of the way; None if there is none.

    Found on 500 steps either way: a turn and its return within one of them would be missed.
    """
    import numpy as np

    now = bool(lever.lasts(np.array([lever.now]))[0])
    found = []
    for end in (lever.low, lever.high):
        begin, other = lever.now, end
        for _ in range(3):
            levels = np.linspace(begin, other, GRID + 1)
            turned = np.flatnonzero(lever.lasts(levels) != now)
            if not len(turned):
                break
            begin, other = float(levels[max(turned[0] - 1, 0)]), float(levels[turned[0]])
        else:
            found.append(other)
    return min(found, key=lambda x: abs(x - lever.now), default=None)
