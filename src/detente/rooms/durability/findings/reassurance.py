"""Whether a first step reassures: how large it must be to tell those who mean well from the others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from detente.case.index.entries import entries
from detente.methods.games.trust_and_reassurance import PLAYS, Kinds, band, plays, reassurable, trust_threshold
from detente.results.finding import Chart, Finding
from detente.rooms.durability.findings.charts import Estimated, band_chart
from detente.rooms.durability.findings.patience import spread
from detente.rooms.durability.findings.patience_map import colour
from detente.rooms.durability.model.case_games import Seen
from detente.rooms.durability.model.trust_beliefs import Mistrust
from detente.text.english import capital, listed, sentence
from detente.text.number_format import number, of_hundred

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
    if "pooling" in found:
        says += " None is needed at the means: both trust each other enough to take it whatever their kind."
    says += (
        f" Of 100 draws it is right in {of_hundred(fits)}, too small in {of_hundred(small)}, too large in "
        f"{of_hundred(large)}, and in {of_hundred(never)} no step is right."
    )
    if not seen.view.main:
        hopeless = mistrust.kind(mistrust.middle, "trustworthy", match.middle).trust[:, 0] > 1
        names = [name for name, none in zip(match.names, hopeless, strict=True) if none]
        whoever = "it trusted" if len(names) == 1 else "they trusted"
        if names:
            says += (
                f" {capital(match.main.view.by)} {listed(names)} would not cooperate however far {whoever} the other."
            )
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


def _share(x: float) -> str:
    return number(x) if x <= 1 else "more than all"
