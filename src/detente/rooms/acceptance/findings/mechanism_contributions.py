"""The finding on reasons: what each adds for who answers, and what it decides by itself."""

from __future__ import annotations

from dataclasses import dataclass

from detente.results.finding import Finding
from detente.rooms.acceptance.findings.text import Telling, by, in_turn, share
from detente.rooms.acceptance.model.results import LINKS
from detente.text.english import join_words, lower_first, upper_first
from detente.text.number_format import format_number, per_hundred

DECISIVE = 0.05
"""The share of draws from which a reason is said to decide something."""


@dataclass(frozen=True)
class Reason:
    """A mechanism, an outside option, or what is saved on links, form by form."""

    title: str
    without: tuple[float, ...]
    """How often the offer would be accepted if it did not count."""
    refuses: tuple[float, ...]
    """How often the offer is refused for it alone: accepted without it."""
    accepts: tuple[float, ...]
    """How often it is accepted for it alone."""
    adds: tuple[float, ...]
    """What it adds on average for the voice on whom the answer turns."""

    @property
    def most(self) -> float:
        """How often it decides either way, in the form in which it decides most."""
        return max(*self.refuses, *self.accepts)


def reasons_of(tell: Telling) -> list[Reason]:
    """All that counts besides own gains, and the saving on links among these; what decides most first."""
    judged, council = tell.judged, tell.council
    found = []
    for name in (*council.whole.uses, LINKS):
        each = [judged.without[run, name] for run in council.runs]
        title = council.reason(name) if name else "What is saved on links, among its gains"
        columns = (tuple(float(one[k]) for one in each) for k in range(4))
        found.append(Reason(title, *columns))
    return sorted(found, key=lambda one: -one.most)


def first_reason(tell: Telling) -> Reason | None:
    """The single reason that decides most, if it decides enough to be told."""
    first = reasons_of(tell)[0]
    return first if first.most >= DECISIVE else None


def told(tell: Telling) -> str:
    """What own gains refuse, what single reasons decide, and where only several together do."""
    judged, council = tell.judged, tell.council
    own = in_turn([per_hundred(1 - judged.often(run, council.own)) for run in council.runs])
    forms = join_words(form for run in council.runs if (form := tell.form(run)))
    said = [f"Own gains alone refuse in {own} of 100 draws{f' ({forms})' if forms else ''}."]
    if council.own != council.whole:
        decide = []
        for reason in reasons_of(tell):
            if reason.most >= DECISIVE:
                way = reason.refuses if max(reason.refuses) >= max(reason.accepts) else reason.accepts
                verb = "refused" if way == reason.refuses else "accepted"
                decide.append(f"{reason.title} ({verb} for it alone in {in_turn([per_hundred(p) for p in way])})")
        alone = f"What decides by itself: {'; '.join(decide)}." if decide else "No single reason decides by itself."
        several = [float(judged.several[run]) for run in council.runs]
        said.append(f"{upper_first(by(council.whole))}: {lower_first(alone)}")
        if max(several) > 0:
            times = in_turn([per_hundred(one) for one in several])
            said.append(f"In {times} it is refused for several reasons at once, none of which is needed for that.")
    return " ".join(said)


def reasons(tell: Telling) -> Finding:
    """What each reason adds for those who answer, and what it decides by itself."""
    import polars as pl

    judged, council = tell.judged, tell.council
    rows = [
        {
            "reason": reason.title,
            "run": tell.way(run),
            "adds": format_number(reason.adds[at]),
            "accepts": share(reason.without[at], judged.draws),
            "refuses_for_it": share(reason.refuses[at], judged.draws),
            "accepts_for_it": share(reason.accepts[at], judged.draws),
        }
        for reason in reasons_of(tell)
        for at, run in enumerate(council.runs)
    ]
    return Finding(
        id="reasons",
        title="Reason by reason",
        says=told(tell),
        see=f"What {tell.answers} makes of each reason, and how often it would accept if that one did not count.",
        table=pl.DataFrame(rows),
        headers={
            "run": "the channel is run",
            "adds": "adds on average, for whom the answer turns on",
            "accepts": "accepted without it, of 100",
            "refuses_for_it": "refused for it alone",
            "accepts_for_it": "accepted for it alone",
        },
        method=(
            "Each reason is left out by itself, among all that count. What is saved on links is part of the gains; it "
            "is told apart because links cost what the case assumes, and keeping up one channel costs less than "
            "several."
        ),
        rests_on=council.whole.uses,
    )
