"""What everybody makes of a channel in one block of draws: gains, and what each mechanism adds to them.

All amounts are shares of what is at stake across organisations without any grave threat, so that what a threat adds to
the gains makes them count for more beside what it does not touch.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from detente.case.index.relative_gains import ComparingParty, democracy_difference, gains_comparisons
from detente.case.schema.case import Case
from detente.case.schema.response import Mechanism, OutsideOption
from detente.methods.bargaining.relative_gains import concern_under_threat, relative_gains_term
from detente.rooms.acceptance.model.decision_makers import Council, Voice
from detente.rooms.gains.model.build_network import capability
from detente.rooms.gains.model.draws import Drawing, actors_of
from detente.rooms.gains.model.model import Block, Run
from detente.rooms.gains.model.one_at_a_time import Lever, moved

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


MOST_PATIENT = 0.999
"""The discount beyond which what comes of an offer later would never end to count."""


@dataclass(frozen=True)
class Concern:
    """How much every voice minds what others gain: `concern` and `times` of `lens.relative`."""

    concern: Floats
    """Shape (draws, voices, actors)."""
    times: Floats
    """Shape (draws, voices)."""


@dataclass(frozen=True)
class Caring:
    """One block of draws, as those who decide see it."""

    council: Council
    block: Block
    drawing: Drawing
    _weighed: dict[tuple[Run, Run, bool | None], Weighed] = field(default_factory=dict, init=False, repr=False)
    _fixed: dict[str, dict[str, Floats]] = field(default_factory=dict, init=False, repr=False)

    @property
    def case(self) -> Case:
        """The case."""
        return self.drawing.case

    def number(self, path: str, kind: str = "") -> Floats:
        """A number of `response:`, by its path in there, shape (draws,)."""
        part = self.case.response
        *before, last = path.split(".")
        for word in before:
            part = part[word] if isinstance(part, dict) else getattr(part, word)
        found = self.drawing.of(getattr(part, last), f"response.{path}", kind or last)
        return found.clip(max=MOST_PATIENT) if path == "discount" else found

    @cached_property
    def _at(self) -> list[int]:
        return [voice.actor for voice in self.council.voices]

    @cached_property
    def unit(self) -> Floats:
        """All at stake as it is, beside all without a threat, shape (draws, 1)."""
        whole: Floats = self.block.at_stake.sum(axis=0) / self.block.plain.total
        return whole[:, None]

    def gains(self, run: Run, base: Run) -> Floats:
        """What every actor gains by a channel instead of another, shape (draws, actors)."""
        block = self.block
        change: Floats = (block.values[run] - block.values[base]).sum(axis=0)
        return (change - block.costs[run] + block.costs[base]) * self.unit

    def saved(self, run: Run, base: Run) -> Floats:
        """What every voice saves on links by a channel instead of another, shape (draws, voices)."""
        found: Floats = ((self.block.costs[base] - self.block.costs[run]) * self.unit)[:, self._at]
        return found

    def grave_gains(self, run: Run, base: Run) -> Floats:
        """What they would gain under a grave threat that all feel, shape (draws, actors)."""
        values = self.block.grave_values
        change: Floats = values[run] - values[base]
        return change / self.block.plain.total[:, None]

    @cached_property
    def standing(self) -> Floats:
        """What every voice has at stake across organisations, shape (draws, voices)."""
        return self.block.plain.of_actors[:, self._at] / self.block.plain.total[:, None]

    def noise(self, at: Sequence[int]) -> Floats:
        """The noise of the choices of some voices, beside what each of their actors has at stake, shape (draws,)."""
        first = {self._at[one]: one for one in at}
        found: Floats = self.number("noise") * self.standing[:, list(first.values())].mean(axis=1)
        return found

    @cached_property
    def by_issue(self) -> Floats:
        """The share of each issue in all that is at stake, shape (issues, draws)."""
        return self.block.plain.at_stake / self.block.plain.total

    @cached_property
    def concerns(self) -> Mapping[str, Concern]:
        """By mechanism that is a concern for relative gains; nothing is left of it under a grave threat to all."""
        return {name: self._concern(name, one) for name, one in self.case.mechanisms.items() if one.kind == "relative"}

    def _concern(self, name: str, mechanism: Mechanism) -> Concern:
        import numpy as np

        voices, arena = self.council.voices, self.council.arena
        draws = self.drawing.draws
        concern, times = np.zeros((draws, len(voices), arena.n)), np.zeros((draws, len(voices)))
        for at, voice in enumerate(voices):
            own = self._of(name, mechanism, voice)
            for how in gains_comparisons(self.case, name, self._party(voice), self.council.sides, arena.year):
                others = [one for one in actors_of(self.case, arena, how.party) if one != voice.actor]
                if own is None or not others:
                    continue
                minded = concern_under_threat(own, self._common(voice.actor, others)) * how.regime_factor
                concern[:, at, others] += minded[:, None]
                times[:, at] += minded
        return Concern(concern, times)

    def _party(self, voice: Voice) -> ComparingParty:
        return ComparingParty(voice.members[0], voice.belongs, self.council.arena.actors[voice.actor])

    def _common(self, actor: int, others: list[int]) -> Floats:
        felt: Floats = self.drawing.perceived[:, [actor, *others]].min(axis=1)
        return felt

    def _of(self, name: str, mechanism: Mechanism, voice: Voice) -> Floats | None:
        """How much a mechanism counts for a voice, shape (draws,); None if not at all."""
        given = voice.given(mechanism.of)
        if given is None:
            return None
        return self.drawing.of(mechanism.of[given], f"mechanisms.{name}.of.{given}", mechanism.kind)

    def _regime_factor(self, mechanism: Mechanism, voice: Voice, party: str) -> float:
        """How far regimes are apart, where a mechanism counts by that; its own above for norms, below for a shield."""
        if mechanism.by_regime is None:
            return 1.0
        arena = self.council.arena
        above = democracy_difference(self.case, mechanism, arena.year, arena.actors[voice.actor], party)
        return max(above if mechanism.kind == "norms" else -above, 0.0)

    def fixed(self, run: Run) -> dict[str, Floats]:
        """What each reason but the concern for relative gains adds by a channel, shape (draws, voices)."""
        if run.channel not in self._fixed:
            self._fixed[run.channel] = self._fixed_by(run)
        return self._fixed[run.channel]

    def _fixed_by(self, run: Run) -> dict[str, Floats]:
        import numpy as np

        found = {}
        joined = self.council.joined(run.channel)
        for name, mechanism in self.case.mechanisms.items():
            if mechanism.kind == "relative":
                continue
            amount = np.zeros((self.drawing.draws, len(self.council.voices)))
            for at, voice in enumerate(self.council.voices):
                own = self._of(name, mechanism, voice) if voice.belongs & joined else None
                if own is not None:
                    amount[:, at] = own * self.standing[:, at] * self._sign(mechanism, run, voice)
            if mechanism.at_cost_of is not None:
                self._taken(amount, actors_of(self.case, self.council.arena, mechanism.at_cost_of))
            found[name] = amount
        return found | {name: -self._forgone(name, joined) for name in self.case.outside}

    def _sign(self, mechanism: Mechanism, run: Run, voice: Voice) -> Floats | float:
        """With which sign and factor a mechanism counts by a channel."""
        if mechanism.kind in ("recognition", "autonomy"):
            return 1.0 if mechanism.kind == "recognition" else -1.0
        if self.case.channels[run.channel].displaces is None:
            return 0.0
        chi = self.drawing.exclusivity(run.channel)
        other = next((side for side in self.council.sides if side not in voice.belongs), "")
        sign = 1.0 if mechanism.kind == "shield" else -1.0
        return sign * chi * self._regime_factor(mechanism, voice, other)

    def _taken(self, amount: Floats, losers: list[int]) -> None:
        """Takes from some what the others win, in place; whoever sees the same loss with other eyes loses as much."""
        voices = self.council.voices
        firsts = {voice.actor: at for at, voice in reversed(list(enumerate(voices)))}
        won = sum(amount[:, at] for actor, at in firsts.items() if actor not in losers)
        for at, voice in enumerate(voices):
            if voice.actor in losers:
                amount[:, at] = -won / len(losers)

    def _forgone(self, name: str, joined: frozenset[str]) -> Floats:
        """What everybody would lose elsewhere by a channel that deals with organisations as such: (draws, voices)."""
        import numpy as np

        option = self.case.outside[name]
        amount = np.zeros((self.drawing.draws, len(self.council.voices)))
        lost = self.drawing.of(option.forgone, f"outside.{name}.forgone")
        affected = set(actors_of(self.case, self.council.arena, option.of))
        for at, voice in enumerate(self.council.voices):
            if voice.actor in affected and voice.belongs & joined:
                worth = self._elsewhere(option, voice.actor) if option.partners else self.standing[:, at]
                amount[:, at] = lost * worth
        return amount

    def _elsewhere(self, option: OutsideOption, actor: int) -> Floats:
        """What an actor gains by dealing with partners beyond the channels, as a share of all at stake across.

        Half of what is at stake with each, as between two who deal directly (Myerson 1977), less what dealings with
        one at a time leave undone.
        """
        import numpy as np

        arena, total = self.council.arena, np.zeros(self.drawing.draws)
        able = [capability(self.case, arena.year, partner) or 0.0 for partner in option.partners]
        undone = 1 - self.drawing.efficiency(arena.observed)
        for name in self.council.model.issues:
            if self.case.issues[name].technology is None:
                stakes, _, joint = self.drawing.numbers_of(name)
                for each in able:
                    weight = self.drawing.pull_of(name, arena.capability[actor] * each)
                    total += stakes * weight * (1 - joint * undone) / 2
        return total / self.block.plain.total

    def weighed(self, run: Run, base: Run, grave: bool = False) -> Weighed:
        """What every voice makes of a channel instead of another, on all issues together."""
        key = (run, base, grave)
        if key not in self._weighed:
            gains = (self.grave_gains if grave else self.gains)(run, base)
            self._weighed[key] = self._with_parts(gains, run, base, 1.0, grave)
        return self._weighed[key]

    def minded(self, run: Run, base: Run, uses: Iterable[str]) -> Floats:
        """What is minded of what others would gain more under a grave threat, were the concern left as it is.

        What the concern for relative gains adds at the gains of a grave threat, less what it adds as it is.
        """
        import numpy as np

        gains = self.grave_gains(run, base)
        own = gains[:, self._at]
        found = np.zeros_like(own)
        for name, how in self.concerns.items():
            if name in uses:
                found += relative_gains_term(gains, own, how.concern, how.times) - self.weighed(run, base).parts[name]
        return found

    def weighed_on(self, run: Run, base: Run) -> Weighed:
        """The same on each issue alone, with a leading axis of issues, before the costs of links.

        What does not depend on gains counts in proportion to what is at stake on the issue.
        """
        key = (run, base, None)
        if key not in self._weighed:
            gains = (self.block.values[run] - self.block.values[base]) * self.unit
            self._weighed[key] = self._with_parts(gains, run, base, self.by_issue[:, :, None], False)
        return self._weighed[key]

    def _with_parts(self, gains: Floats, run: Run, base: Run, share: Floats | float, grave: bool) -> Weighed:
        import numpy as np

        own = gains[..., self._at]
        before = self.fixed(base)
        parts = {name: share * (amount - before[name]) for name, amount in self.fixed(run).items()}
        for name, how in self.concerns.items():
            parts[name] = np.zeros_like(own) if grave else relative_gains_term(gains, own, how.concern, how.times)
        return Weighed(own, parts)


@dataclass(frozen=True)
class Weighed:
    """What every voice makes of a channel, shape (..., draws, voices)."""

    own: Floats
    """What it gains."""
    parts: Mapping[str, Floats]
    """What each mechanism, and each outside option, adds."""

    def on(self, issue: int) -> Weighed:
        """Of several issues, only one."""
        return Weighed(self.own[issue], {name: part[issue] for name, part in self.parts.items()})

    def by(self, uses: Iterable[str]) -> Floats:
        """The utility by a theory that lets some of them count."""
        found = self.own
        for name in uses:
            found = found + self.parts[name]
        return found


def central(council: Council, laid: Mapping[Lever, Floats] | None = None) -> Caring:
    """All at the central estimates, but some levers of the offered channel."""
    lean = council.lean
    drawing, block = moved(lean.model, laid or {})
    return Caring(Council(block.model), block, drawing)
