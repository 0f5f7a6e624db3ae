"""What to call things in findings: actors, channels, the ways they are run, shares and chances."""

from __future__ import annotations

from collections.abc import Iterable

from detente.case.index.by_year import display_name
from detente.case.index.membership import case_sides
from detente.case.schema.case import Case
from detente.rooms.gains.model.actor_network import Arena
from detente.rooms.gains.model.model import Run
from detente.text.english import join_words
from detente.text.number_format import per_hundred


class Names:
    """The names of a case."""

    def __init__(self, case: Case):
        self.case = case

    def party(self, name: str) -> str:
        """An actor or an organisation."""
        return display_name(self.case, name)

    def channel(self, name: str) -> str:
        """A channel."""
        return self.case.channels[name].title

    def hubs(self, arena: Arena, channel: str) -> list[str]:
        """The members through which organisations deal in a channel."""
        dealing = arena.dealing(channel)
        each = zip(dealing.merged, dealing.organisations, strict=True)
        leading = [arena.actors[at] for group, name in each for at in group if name in arena.leads[at]]
        return list(dict.fromkeys(leading))

    def form(self, arena: Arena, run: Run) -> str:
        """How a channel is run, if that makes a difference."""
        given = self.case.channels[run.channel].exclusivity
        displaces_nothing = arena.dealing(run.channel).beside is not None and given is not None and given.bounds[1] <= 0
        if not arena.dealing(run.channel).collegiate or displaces_nothing:
            return ""
        if run.form == "hub":
            return f"through {join_words(map(self.party, self.hubs(arena, run.channel)))}"
        return f"{join_words(map(self.party, arena.dealing(run.channel).organisations))} as one"

    def side(self) -> str:
        """The side that answers."""
        between = case_sides(self.case)
        return self.party(between[1]) if between else ""

    def quoted(self, arena: Arena, run: Run) -> str:
        """A channel with the way it is run, within a sentence."""
        form = self.form(arena, run)
        return f"“{self.channel(run.channel)}” ({form})" if form else f"“{self.channel(run.channel)}”"

    def run(self, arena: Arena, run: Run) -> str:
        """A channel with the way it is run."""
        form = self.form(arena, run)
        return f"{self.channel(run.channel)} ({form})" if form else self.channel(run.channel)


def answering(case: Case, arena: Arena) -> list[int]:
    """The actors on the side that answers."""
    between = case_sides(case)
    return arena.of(between[1]) if between else []


def often(share: float) -> str:
    """`in every draw`, `in 30 of 100 draws`, `in no draw`."""
    if share in (0, 1):
        return "in every draw" if share else "in no draw"
    return f"in {per_hundred(share)} of 100 draws"


def often_among(shares: Iterable[float]) -> str:
    """`in 11 to 24 of 100 draws`, for several."""
    given = sorted(float(share) for share in shares)
    low, high = given[0], given[-1]
    if round(100 * low) == round(100 * high):
        return often(high if high < 1 else low)
    return f"in {round(100 * low)} to {round(100 * high)} of 100 draws"


def percent(share: float) -> float:
    """A share in per cent, with one digit after the point."""
    return round(100 * float(share), 1) + 0.0


def signed(share: float) -> str:
    """`+6.0`, `−2.6`: per cent with a sign."""
    value = percent(share)
    return f"{value:+.1f}".replace("-", "−") if value else "0"


def between(low: float, high: float) -> str:
    """`−14.8 to +8.2`."""
    return f"{signed(low)} to {signed(high)}"
