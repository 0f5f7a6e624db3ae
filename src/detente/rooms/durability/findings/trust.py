"""The findings on trust: how much of it cooperation takes, and what a sign of the other's kind does to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.methods.games.trust_and_reassurance import informed, trust_threshold, updated
from detente.results.finding import Finding
from detente.rooms.durability.findings.patience import spread
from detente.rooms.durability.model.draws import Numbers
from detente.rooms.durability.model.trust_beliefs import Mistrust
from detente.text.english import capital, listed
from detente.text.number_format import number, of_hundred

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


def thresholds(mistrust: Mistrust) -> Finding:
    """How much trust cooperation takes, by each theory, and how much there is."""
    import polars as pl

    match, held = mistrust.match, mistrust.held(mistrust.numbers)
    rows, enough = [], {}
    for seen in match.seen:
        needed = mistrust.kind(mistrust.numbers, "trustworthy", seen).trust
        enough[seen.view.title] = float((held >= needed).all(axis=0).mean())
        for side, name in enumerate(match.names):
            low, mid, high = spread(needed[side])
            rows.append(
                {
                    "theory": seen.view.title,
                    "side": name,
                    "needed": f"{_sure(mid)} ({_sure(low)} to {_sure(high)})",
                    "there": _with_spread(held[side]),
                    "enough": of_hundred(float((held[side] >= needed[side]).mean())),
                }
            )
    said = listed(f"{seen.view.by} in {of_hundred(enough[seen.view.title])}" for seen in match.seen)
    says = f"Both trust each other enough to cooperate {said} of 100 draws. "
    for middle in match.central:
        needs = mistrust.kind(mistrust.middle, "trustworthy", middle).trust[:, 0]
        hopeless = [(side, name) for side, name in enumerate(match.names) if needs[side] > 1]
        if hopeless:
            minding = all(middle.k[side, 0] > 0 for side, _ in hopeless)
            why = "let it get ahead" if minding else "cooperate"
            names = listed(name for _, name in hopeless)
            says += f"{capital(middle.view.by)} no trust is enough for {names} at the means: even one that means well "
            says += f"would rather exploit the other than {why}. "
    says = says.rstrip()
    return Finding(
        id=f"trust-{match.id}",
        title=f"{match.title}: how much trust it takes",
        says=says,
        see="How likely the other must be held to be trustworthy, and is.",
        table=pl.DataFrame(rows),
        headers={
            "needed": "trust needed (5 to 95 of 100)",
            "there": "trust there is",
            "enough": "enough, of 100",
        },
        method=(
            "A trustworthy side cooperates from t = (P - S) / ((R - T) + (P - S)) on, if other trustworthy sides do: "
            "the threshold of an assurance game; that it is Kydd's (2005) is from memory."
        ),
        rests_on=match.rests_on,
    )


def _sure(x: float) -> str:
    return number(x) if x <= 1 else "none is enough"


def _with_spread(values: Floats) -> str:
    low, middle, high = spread(values)
    return number(middle) if low == high else f"{number(middle)} ({number(low)} to {number(high)})"


def sign(mistrust: Mistrust) -> Finding | None:
    """How far a sign of what the other is moves trust, and what that buys."""
    import numpy as np
    import polars as pl

    told, match = mistrust.trust.sign, mistrust.match
    if told is None:
        return None
    seen, middle = mistrust.told_by
    path = f"games.{match.id}.trust.sign"

    def chances(numbers: Numbers) -> tuple[Floats, Floats]:
        return (
            numbers.of(told.if_trustworthy, f"{path}.if_trustworthy", "if_trustworthy"),
            numbers.of(told.if_not, f"{path}.if_not", "if_not"),
        )

    right, wrong = chances(mistrust.numbers)
    held = mistrust.held(mistrust.numbers)
    needed = mistrust.kind(mistrust.numbers, "trustworthy", seen).trust
    seen_well = held * right + (1 - held) * wrong
    after = np.where(seen_well > 0, held * right / np.where(seen_well > 0, seen_well, 1.0), held)
    before_enough, after_enough = ((x >= needed).all(axis=0).mean() for x in (held, after))
    (p,), (q,) = (values.tolist() for values in chances(mistrust.middle))
    rows = []
    for side, name in enumerate(match.names):
        t = float(mistrust.held(mistrust.middle)[side, 0])
        payoffs = mistrust.kinds(middle, side).trustworthy
        rows.append(
            {
                "side": name,
                "before": number(t),
                "good": number(updated(t, p, q)),
                "bad": number(updated(t, 1 - p, 1 - q)),
                "needed": _sure(trust_threshold(payoffs)),
                "signs": _signs(t, p, q, trust_threshold(payoffs)),
                "worth": number(informed(payoffs, t, p, q) - informed(payoffs, t, 1.0, 1.0)),
            }
        )
    low, high = (min(float(row[k]) for row in rows) for k in ("before", "good"))
    says = (
        f"If it goes well it moves trust from {number(low)} to {number(high)} at the means of the side "
        f"that trusts less, and is enough for both {seen.view.by} in {of_hundred(float(after_enough))} of 100 draws, "
        f"against {of_hundred(float(before_enough))} without."
    )
    if not seen.view.main:
        says += f" {capital(match.main.view.by)} there is a side for which no trust is enough, and so no sign."
    return Finding(
        id=f"sign-{match.id}",
        title=f"{match.title}: what an exchange of signs tells",
        says=says,
        see="At the means: trust before and after a sign that goes well or badly, and how many in a row would be "
        "enough.",
        table=pl.DataFrame(rows),
        headers={
            "before": "trust before",
            "good": "after one that goes well",
            "bad": "after one that goes badly",
            "needed": "trust needed",
            "signs": "in a row that would be enough",
            "worth": "gain from seeing it first",
        },
        method=(
            "Trust moves by Bayes: odds are multiplied by the ratio of the chances that it goes well with a "
            "trustworthy side and with another. What it buys is counted where it turns a side from not cooperating to "
            "cooperating, if they cooperate where they dare."
        ),
        rests_on=match.rests_on,
    )


def _signs(t: float, right: float, wrong: float, needed: float) -> str:
    """How many signs that go well, one after the other, move trust to where it is needed."""
    if needed >= 1 or t <= 0:  # certainty is never reached
        return "no number"
    count = 0
    while t < needed and count < 1000:
        after = updated(t, right, wrong)
        if after <= t:
            return "no number"
        t, count = after, count + 1
    return str(count) if count < 1000 else "more than 1000"
