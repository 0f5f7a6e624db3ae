"""What to call things in findings on who accepts: runs, theories, voices, shares of draws with their errors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from detente.rooms.acceptance.model.decision_makers import Council, Theory, Voice
from detente.rooms.acceptance.model.results import Judged
from detente.rooms.gains.findings.labels import Names
from detente.rooms.gains.model.model import Run
from detente.text.english import cardinal, join_words, lower_first
from detente.text.number_format import per_hundred

METHOD = (
    "Everybody makes of a channel its own gain, and by each theory what the mechanisms and outside options that it "
    "lets count add: U = gain - sum of k (what another gains - own gain) + recognition - autonomy + (shield - norms) x "
    "exclusivity - what is forgone elsewhere. The concern for relative gains is Grieco's (1988), and shrinks under a "
    "threat felt in common (motivated by Powell 1991); that a theory is a set of such terms is our reading. Amounts "
    "are shares of all that is at stake across organisations without any grave threat. A side is said to accept where "
    "its decision rule is met by members whose utility is above 0, so where the channel as things are is worth having; "
    "whether it would rather wait is asked of replies. In the side that offers, the leading member may pay others for "
    "their consent, as little as does; between the organisations nothing is paid, since neither could hold the other "
    "to it (Fearon 1998, Powell 2006)."
)


@dataclass(frozen=True)
class Telling:
    """A year's draws, and the names of the case."""

    judged: Judged
    names: Names

    @property
    def council(self) -> Council:
        """Who decides."""
        return self.judged.council

    @property
    def answers(self) -> str:
        """The side that answers."""
        return self.names.party(self.council.sides[1])

    @property
    def offers(self) -> str:
        """The side that offers."""
        return self.names.party(self.council.sides[0])

    @property
    def channel(self) -> str:
        """The channel that is offered, in quotes."""
        return f"“{self.names.channel(self.council.channel)}”"

    def form(self, run: Run) -> str:
        """How the channel is run, within a sentence, if that makes a difference."""
        form = self.names.form(self.council.arena, run)
        return f"with {form}" if form and run.form == "collegiate" else form

    def way(self, run: Run) -> str:
        """How the channel is run, in a table; the channel itself if that makes no difference."""
        return self.names.form(self.council.arena, run) or self.names.channel(run.channel)

    def marks(self) -> str:
        """Which mark in a picture stands for which form."""
        shapes = {"hub": "circle", "collegiate": "diamond"}
        each = [f"{shapes[run.form]}: {self.way(run)}" for run in self.council.runs]
        return f" ({', '.join(each)})" if len(each) > 1 else ""

    def voice(self, voice: Voice) -> str:
        """A voice: an actor, or members of one."""
        if voice.members[0] == self.council.arena.actors[voice.actor]:
            return self.names.party(voice.members[0])
        if len(voice.members) == 1:
            return self.names.party(voice.members[0])
        return f"{cardinal(len(voice.members))} members of {self.names.party(self.council.arena.actors[voice.actor])}"


def by(theory: Theory) -> str:
    """A theory within a sentence: `by realism`."""
    return f"by {lower_first(theory.title)}"


def share(p: float, draws: int) -> str:
    """A share of the draws with its standard error: `16.9 ± 0.4`, in per cent."""
    error = 100 * sqrt(max(p * (1 - p), 0) / draws)
    shown = f"{100 * p:.1f}"
    return f"{shown} ± {error:.1f}" if error >= 0.05 else shown


def spread(shares: Sequence[float]) -> str:
    """Several shares of 100 as a range: `3 to 17`, `fewer than 1`."""
    low, high = per_hundred(min(shares)), per_hundred(max(shares))
    return low if low == high else f"{low} to {high}"


def in_turn(each: Sequence[str]) -> str:
    """What holds for each form in turn, once where it is the same: `95 and 69`."""
    return each[0] if len(set(each)) == 1 else join_words(each)


def each_way(said: Sequence[tuple[str, str]]) -> str:
    """What holds for each form, once where it is the same: `2 (through Russia) or 17 (with CSTO as one)`."""
    if len({what for _, what in said}) == 1:
        return said[0][1]
    return " or ".join(f"{what} ({form})" if form else what for form, what in said)
