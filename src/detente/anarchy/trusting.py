"""The findings on mistrust: how much trust it takes, whether a first step reassures, what a sign tells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from detente.anarchy.charts import Estimated, band_chart
from detente.anarchy.drawing import Numbers
from detente.anarchy.lasting import spread
from detente.anarchy.mapping import colour
from detente.anarchy.matches import WORDS, Match, Seen, stage, untilted
from detente.anarchy.shadow import Stage
from detente.anarchy.trust import PLAYS, Kinds, band, informed, plays, reassurable, trust_threshold, updated
from detente.case.entries import entries
from detente.case.repeated import PayoffsGiven, Trust
from detente.section import Chart, Finding
from detente.words import capital, listed, number, of_hundred, sentence

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

STEPS = 80
"""Steps of the band on its picture."""
WHY = {
    "is too small": "those who mean to exploit would take it, too, and wait for more",
    "is too large": "those who mean well would not dare",
    "is of the right size": "only those who mean well would take it",
}
"""What the size of a first step comes to."""


@dataclass(frozen=True, eq=False)
class Mistrust:
    """What the sides of a game believe of each other, in every draw and at the means."""

    match: Match
    numbers: Numbers
    middle: Numbers

    @property
    def trust(self) -> Trust:
        """What the case says of it."""
        told = self.match.game.trust
        if told is None:
            raise ValueError("a game without trust; who asks looks first")
        return told

    def held(self, numbers: Numbers) -> Floats:
        """How far each side trusts the other, shape (2, draws)."""
        path = f"games.{self.match.id}.trust.held"
        each = {side: (estimate, f"{path}.{side}") for side, estimate in self.trust.held.items()}
        return numbers.either(each, list(self.match.game.between), "held")

    def step(self, numbers: Numbers) -> Floats | None:
        """The share that the first step puts at stake, shape (draws,)."""
        one = self.trust.first_step
        return numbers.of(one, f"games.{self.match.id}.trust.first_step", "first_step") if one else None

    def kind(self, numbers: Numbers, word: str, seen: Seen, tilted: bool = True) -> Stage:
        """The payoffs of two trustworthy or two untrustworthy sides, as a theory has them.

        Args:
            numbers: Draws.
            word: `trustworthy` or `untrustworthy`.
            seen: The theory.
            tilted: Whether offence counts as the case says, or for no more than the payoffs do.
        """
        told: PayoffsGiven = getattr(self.trust, word)
        instead = {
            letter: (own, f"trust.{word}.{name}")
            for letter, name in WORDS.items()
            if (own := getattr(told, name)) is not None
        }
        return (stage if tilted else untilted)(numbers, self.match.id, instead).watched(seen.k)

    def kinds(self, seen: Seen, side: int) -> Kinds:
        """Both kinds of a side at the central estimates."""
        one, other = (self.kind(self.middle, word, seen).payoffs(side, 0) for word in ("trustworthy", "untrustworthy"))
        return Kinds(one, other)

    @cached_property
    def told_by(self) -> tuple[Seen, Seen]:
        """The theory by which there is a kind to be trusted: that of the answer, or one with less concern."""
        ordered = sorted(
            zip(self.match.seen, self.match.central, strict=True),
            key=lambda pair: (not pair[0].view.main, float(pair[1].k.max())),
        )
        for seen, middle in ordered:
            if self.kind(self.middle, "trustworthy", middle).trust.max() <= 1:
                return seen, middle
        return ordered[0]


def mistrusts(matches: Sequence[Match], numbers: Numbers, middle: Numbers) -> list[Mistrust]:
    """The games of which the case says how far the sides trust each other."""
    return [Mistrust(match, numbers, middle) for match in matches if match.game.trust]


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


def reassurance(mistrust: Mistrust) -> Finding | None:
    """Whether a first step of the size that the case says would tell the trustworthy from the others."""
    import polars as pl

    match = mistrust.match
    steps, at_means = mistrust.step(mistrust.numbers), mistrust.step(mistrust.middle)
    if steps is None or at_means is None:
        return None
    seen, middle = mistrust.told_by
    held, t = mistrust.held(mistrust.numbers), mistrust.held(mistrust.middle)[:, 0]
    small, fits, large, never = _sizes(mistrust, seen, held, steps)
    step = float(at_means[0])
    both = [mistrust.kinds(middle, side) for side in (0, 1)]
    bands = [band(kinds, float(trust)) for kinds, trust in zip(both, t, strict=True)]
    low, high = max(lo for lo, _ in bands), min(hi for _, hi in bands)
    rows = []
    found = plays([(kinds, float(trust)) for kinds, trust in zip(both, t, strict=True)], step)
    for play, words in PLAYS.items():
        for side, name in enumerate(match.names):
            lo, hi = bands[side]
            rows.append(
                {
                    "play": words,
                    "holds": "yes" if play in found else "no",
                    "side": name,
                    "trust": number(float(t[side])),
                    "band": f"{_share(lo)} to {_share(hi)}" if lo < hi else "none",
                    "gain": number(found[play][side]) if play in found else "",
                }
            )
    says = f"A first step that puts {number(step)} of what is at stake at risk "
    if low >= high:
        says += (
            f"reassures nobody {seen.view.by}: at the trust there is no step is large enough to put off those who mean "
        )
        says += "to exploit, and small enough for those who do not."
    else:
        which = "is too small" if step < low else "is too large" if step > high else "is of the right size"
        says += f"{which} to reassure {seen.view.by}: {WHY[which]}. It takes between {number(low)} and {number(high)}."
    says += (
        f" Of 100 draws it is right in {of_hundred(fits)}, too small in {of_hundred(small)}, too large in "
        f"{of_hundred(large)}, and in {of_hundred(never)} no step is right."
    )
    if not seen.view.main:
        hopeless = mistrust.kind(mistrust.middle, "trustworthy", match.middle).trust[:, 0] > 1
        names = listed(name for name, none in zip(match.names, hopeless, strict=True) if none)
        says += f" {capital(match.main.view.by)} {names} would not cooperate however far it trusted the other."
    says += f" {_whatever(both)}"
    tested = entries(match.case)
    if claims := [tested[id].says for id in mistrust.trust.tests if id in tested]:
        says += f" This is what becomes here of the claim: {' '.join(map(sentence, claims))}"
    return Finding(
        id=f"reassurance-{match.id}",
        title=f"{match.title}: whether a first step reassures",
        says=says,
        see=(
            "Shaded: steps that only the trustworthy take, by how far the other is trusted; dashed: the trust from "
            "which no step is needed. Crosses: the case's own estimates. Refusal by both is an equilibrium whatever "
            "the step."
        ),
        table=pl.DataFrame(rows),
        headers={
            "trust": "trusts the other",
            "band": "step that reassures",
            "play": "in the first round",
            "holds": "is an equilibrium",
            "gain": "gain to a trustworthy side",
        },
        chart=_band_drawn(mistrust, both, steps, held),
        method=(
            "Two rounds, the share a of what is at stake in the first and the rest in the second, which is played if "
            "both took the step. Our own version of reassurance (after Kydd 2000), which may differ from his in "
            "detail; the equilibria are in pure strategies, the kinds of both sides doing alike; where sides trust "
            "each other enough they are taken to cooperate in the second round, though mutual defection is an "
            "equilibrium of it, too."
        ),
        rests_on=(*match.rests_on, *mistrust.trust.tests),
    )


def _whatever(both: Sequence[Kinds]) -> str:
    """For which trust, the same on both sides, some step would do at these payoffs."""
    if both[0] == both[1] and reassurable(both[0]) == (0.0, 1.0):
        return "That some step does, however low the trust, follows from the payoffs alone (structural)."
    levels = [at / 1000 for at in range(1, 1000)]
    ends = [[band(kinds, t) for kinds in both] for t in levels]
    some = [t for t, each in zip(levels, ends, strict=True) if max(lo for lo, _ in each) < min(hi for _, hi in each)]
    if not some:
        return "At the means no step does, whatever the trust."
    if len(some) == len(levels):
        return "At the means some step does, however low the trust."
    where = f"from a trust of {number(some[0])} on" if some[-1] == levels[-1] else f"between {number(some[0])} and "
    where += "" if some[-1] == levels[-1] else f"{number(some[-1])} of trust"
    return f"At the means some step does {where}, if both trust alike, and at no other."


def _sizes(mistrust: Mistrust, seen: Seen, held: Floats, steps: Floats) -> tuple[float, float, float, float]:
    """In what share of draws the step is too small, tells the kinds apart, is too large, or no step is right."""
    good, bad = (mistrust.kind(mistrust.numbers, word, seen) for word in ("trustworthy", "untrustworthy"))
    low, high = band(Kinds(good, bad), held)
    low, high = low.max(axis=0), high.min(axis=0)
    some = low < high
    sizes = (some & (steps < low), some & (low <= steps) & (steps <= high), some & (steps > high), ~some)
    small, fits, large, never = (float(size.mean()) for size in sizes)
    return small, fits, large, never


def _band_drawn(mistrust: Mistrust, both: Sequence[Kinds], steps: Floats, held: Floats) -> Chart:
    """The band over trust, and where the case is on it."""
    points = []
    for at in range(STEPS + 1):
        each = [band(kinds, at / STEPS) for kinds in both]
        points.append((at / STEPS, max(lo for lo, _ in each), min(hi for _, hi in each)))
    match, span = mistrust.match, spread(steps)
    middle = [float(x) for x in mistrust.held(mistrust.middle)[:, 0]]
    size = mistrust.step(mistrust.middle)
    crosses = [
        Estimated(
            name,
            colour(match.case, match.game.between[side]),
            middle[side],
            span[1] if size is None else float(size[0]),
            (spread(held[side])[0], spread(held[side])[2]),
            (span[0], span[2]),
        )
        for side, name in enumerate(match.names)
    ]
    needed = max(trust_threshold(kinds.trustworthy) for kinds in both)
    title = f"{match.title}: first steps that reassure, over trust, with the case's own estimates"
    return band_chart(points, needed, crosses, title)


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


def _share(x: float) -> str:
    return number(x) if x <= 1 else "more than all"
