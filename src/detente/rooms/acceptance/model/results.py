"""What a year's draws come to for those who decide: how often each theory has the offer accepted, and why not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from detente.case.index.membership import represented_party
from detente.case.schema.case import Case
from detente.case.schema.estimate import Estimate
from detente.case.schema.record import ReplyAnswer
from detente.case.schema.response import ObservedOutcome
from detente.methods.bargaining.repeated_proposals import net_value_of_offer
from detente.rooms.acceptance.model.decision_makers import Council, Theory
from detente.rooms.acceptance.model.decisions import Decided, answer, consents, decided, inside, replied
from detente.rooms.acceptance.model.utility import Caring
from detente.rooms.gains.model.draws import Drawing, drawings
from detente.rooms.gains.model.model import Block, Form, Model, Run
from detente.rooms.gains.model.results import NEAR

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

LINKS = ""
"""What is saved on links, or spent on more of them, among the reasons of `Judged.without`; no entry has this id."""
STEPS = 10
"""Into how many steps a threat is divided to see from where on it does."""
MOST_ASKED = 2_048
"""Draws on which questions about outcomes are put."""
Asked = tuple[str, str, str, str]
"""A question to the draws: who decides, on which channel, instead of which, on which issue (or on none alone)."""


@dataclass
class Judged:
    """The draws of one year, as those who decide see them. A theory goes by its id.

    Answers are there for every channel and theory; all else is of the channel that is offered, and from `consent` on by
    own gains alone and by all that counts.
    """

    council: Council
    answer: dict[tuple[Run, str], Floats] = field(default_factory=dict)
    """The utility at which the answer turns, shape (draws,)."""
    grave: dict[tuple[Run, str], Floats] = field(default_factory=dict)
    """The same under a grave threat that all feel."""
    consent: dict[tuple[Run, str], NDArray[np.bool_]] = field(default_factory=dict)
    """Whether the side that offers consents, after what is paid inside."""
    members: dict[tuple[Run, str], Floats] = field(default_factory=dict)
    """The utility of each voice of the side that offers, shape (draws, voices)."""
    paid: dict[tuple[Run, str], Floats] = field(default_factory=dict)
    """What the leading member pays, shape (draws,); infinite where none would do."""
    each: dict[tuple[Run, str], Floats] = field(default_factory=dict)
    """What every voice of that side is paid, shape (draws, voices)."""
    left: dict[tuple[Run, str], Floats] = field(default_factory=dict)
    """What is left to the leading member, shape (draws,)."""
    pivots: dict[tuple[Run, str], NDArray[np.int64]] = field(default_factory=dict)
    """Whose utility the answer turns on, among the voices of that side, shape (draws,)."""
    chance: dict[tuple[Run, str], Floats] = field(default_factory=dict)
    """The chance of each reply, the mean over draws, shape (replies,)."""
    best: dict[tuple[Run, str], Floats] = field(default_factory=dict)
    """How often each reply is the best one, shape (replies,)."""
    worth: dict[tuple[Run, str], Floats] = field(default_factory=dict)
    """What each reply is worth a year, the mean over draws, shape (replies,)."""
    replies: tuple[ReplyAnswer, ...] = ()
    by_issue: dict[tuple[Run, str], Floats] = field(default_factory=dict)
    """How often the other side would accept on each issue alone, shape (issues,)."""
    asked: dict[tuple[Asked, Form, str], Floats] = field(default_factory=dict)
    """What was asked is worth to who decides, beside the noise of its choices, shape (draws,): infinite without any."""
    terms: dict[str, Floats] = field(default_factory=dict)
    """What asking costs and shows, and the noise of who asks, each of shape (draws,)."""
    without: dict[tuple[Run, str], Floats] = field(default_factory=dict)
    """By all that the main theory lets count but one reason, or but what is saved on `LINKS`: how often the other side
    would accept, how often only without it, how often only with it, and what it adds on average for the voice on whom
    the answer turns; shape (4,)."""
    several: dict[Run, Floats] = field(default_factory=dict)
    """How often own gains would accept, all that counts refuses, and no single reason is needed for that; a number."""
    felt: dict[tuple[Run, str], Floats] = field(default_factory=dict)
    """The least threat, felt by all, from which the other side accepts, shape (draws,): 0 if it does without, infinite
    if it never does. Only where nobody feels any threat as it is."""
    numbers: dict[str, Floats] = field(default_factory=dict)
    """The numbers drawn, by path, shape (draws,)."""

    def accepts(self, run: Run, theory: Theory) -> NDArray[np.bool_]:
        """In which draws the other side accepts."""
        return self.answer[run, theory.id] > NEAR

    def often(self, run: Run, theory: Theory) -> float:
        """In which share of the draws the other side accepts."""
        return float(self.accepts(run, theory).mean())

    def leads(self, run: Run, theory: Theory) -> NDArray[np.bool_]:
        """In which draws the channel is worth something to the leading member of the side that offers, and most."""
        members = self.members[run, theory.id]
        own = members[:, self.council.payer]
        found: NDArray[np.bool_] = (own > NEAR) & (own >= members.max(axis=1) - NEAR)
        return found

    @property
    def draws(self) -> int:
        """How many draws there are."""
        return len(next(iter(self.answer.values())))


def asked_of(council: Council, outcome: ObservedOutcome) -> Asked | None:
    """The question that an outcome answers; None where no channel of the case stands for it."""
    if outcome.channel is None:
        return None
    by = decides_on(council.case, outcome)
    return by, outcome.channel, outcome.instead_of or council.arena.observed, outcome.issue or ""


def decides_on(case: Case, outcome: ObservedOutcome) -> str:
    """The actor or organisation that decided, where it was done by an organ or by somebody in office."""
    return represented_party(case, outcome.by, outcome.date)


class Gathering:
    """Draws of a year, added up block by block; of a year that is told of briefly, only who decides what."""

    def __init__(self, model: Model, asked: list[Asked], briefly: bool = False):
        self.council, self.asked, self.briefly = Council(model), asked, briefly
        self._lists: dict[str, dict[object, list[Any]]] = {}
        self._sums: dict[str, dict[object, Floats]] = {}
        self._replies: tuple[ReplyAnswer, ...] = ()
        self.count = 0

    def add(self, block: Block, drawing: Drawing, count: int) -> None:
        """Adds the first draws of a block."""
        caring = Caring(self.council, block, drawing)
        keep = slice(count)
        self._ask(caring, slice(max(0, min(count, MOST_ASKED - self.count))))
        self.count += count
        for run in self.council.runs if self.briefly else self.council.model.runs:
            if run.channel != self.council.arena.observed:
                self._run(caring, run, keep)
        leading = [self.council.chambers[self.council.sides[0]][1][self.council.payer]]
        terms = {"asking": caring.number("asking"), "shown": caring.number("shown"), "noise": caring.noise(leading)}
        for word, drawn in terms.items():
            self._list("terms", word, drawn[keep])
        for path, drawn in drawing.numbers.items():
            self._list("numbers", path, drawn[keep])

    def _ask(self, caring: Caring, keep: slice) -> None:
        """Puts the questions about outcomes."""
        if not keep.stop:
            return
        for form in self.council.forms:
            for asked in self.asked:
                for theory in self.council.theories:
                    worth, noise = _worth(caring, asked, form, theory), _noise(caring, asked)
                    self._list("asked", (asked, form, theory.id), beside(worth, noise)[keep])

    def _run(self, caring: Caring, run: Run, keep: slice) -> None:
        council = self.council
        offered = run.channel == council.channel
        if offered and not self.briefly:
            self._without(caring, run, keep)
        for theory in council.theories:
            if offered:
                self._offered(caring, run, theory, keep)
            else:
                self._list("answer", (run, theory.id), answer(caring, run, theory)[0][keep])

    def _offered(self, caring: Caring, run: Run, theory: Theory, keep: slice) -> None:
        """What both sides make of the channel that is offered; in full by own gains alone and by all that counts."""
        council, key = self.council, (run, theory.id)
        made = decided(caring, run, theory)
        self._list("answer", key, made.answer[keep])
        self._list("grave", key, made.grave[keep])
        self._list("pivots", key, made.pivot[keep])
        if theory not in (council.own, council.whole):
            return
        within = inside(caring, run, theory)
        self._list("consent", key, consents(within)[keep])
        for name in ("members", "each", "paid", "left"):
            self._list(name, key, getattr(within, name)[keep])
        if self.briefly:
            return
        self._reply(caring, made, key, keep)
        self._sum("by_issue", key, _by_issue(caring, run, theory)[:, keep].sum(axis=1))
        if not council.threatened:
            self._felt(caring, run, theory, keep)

    def _without(self, caring: Caring, run: Run, keep: slice) -> None:
        """What each reason decides by itself, among all that count."""
        import numpy as np

        council = self.council
        chamber, at = council.chambers[council.sides[1]]
        weighed = caring.weighed(run, council.base(run))
        uses = council.whole.uses
        value, pivot = chamber.pivotal_voter(weighed.by(uses)[:, at])
        accepts = value > NEAR
        needed = np.zeros(len(accepts), dtype=bool)
        for left_out in (*uses, LINKS):
            part = weighed.parts[left_out] if left_out else caring.saved(run, council.base(run))
            then = chamber.pivotal_voter((weighed.by(uses) - part)[:, at])[0] > NEAR
            adds = np.take_along_axis(part[:, at], np.maximum(pivot, 0)[:, None], axis=1)[:, 0]
            needed |= then & ~accepts
            each = (then, then & ~accepts, accepts & ~then, adds)
            self._sum("without", (run, left_out), *(one[keep].sum() for one in each))
        own = chamber.pivotal_voter(weighed.by(())[:, at])[0] > NEAR
        self._sum("several", run, (own & ~accepts & ~needed)[keep].sum())

    def _felt(self, caring: Caring, run: Run, theory: Theory, keep: slice) -> None:
        """From which threat on the other side accepts: gains are linear in it, and what is minded of them falls."""
        import numpy as np

        council = self.council
        chamber, at = council.chambers[council.sides[1]]
        calm = caring.weighed(run, council.base(run)).by(theory.uses)[:, at]
        weighed = caring.weighed(run, council.base(run), grave=True)
        grave = weighed.by(theory.uses)[:, at]
        # Under a threat t the gains are a mean of both ends, and only 1 - t of the concern for them is left.
        lead = caring.minded(run, council.base(run), theory.uses)[:, at]
        before = chamber.pivotal_voter(calm)[0]
        found = np.where(before > NEAR, 0.0, np.inf)
        for step in range(1, STEPS + 1):
            t = step / STEPS
            now = chamber.pivotal_voter((1 - t) * calm + t * grave + t * (1 - t) * lead)[0]
            crossed = np.isinf(found) & (now > NEAR)
            with np.errstate(divide="ignore", invalid="ignore"):
                part = np.where(now > before, -before / (now - before), 1.0)
            found = np.where(crossed, t - (1 - np.clip(part, 0, 1)) / STEPS, found)
            before = now
        self._list("felt", (run, theory.id), found[keep])

    def _reply(self, caring: Caring, made: Decided, key: tuple[Run, str], keep: slice) -> None:
        found = replied(caring, made)
        self._replies = found.replies
        best = found.worth >= found.worth.max(axis=0) - NEAR
        best = (best / best.sum(axis=0))[:, keep]  # of several that are as good, each in part
        self._sum("chance", key, found.chance[:, keep].sum(axis=1))
        self._sum("worth", key, found.worth[:, keep].sum(axis=1))
        self._sum("best", key, best.sum(axis=1))

    def _list(self, name: str, key: object, value: Any) -> None:
        self._lists.setdefault(name, {}).setdefault(key, []).append(value)

    def _sum(self, name: str, key: object, *values: Floats) -> None:
        import numpy as np

        value = np.asarray(values[0] if len(values) == 1 else values, dtype=float)
        held = self._sums.setdefault(name, {})
        held[key] = held[key] + value if key in held else value

    def judged(self) -> Judged:
        """All draws together."""
        import numpy as np

        found = Judged(self.council, replies=self._replies)
        for name, held in self._lists.items():
            setattr(found, name, {key: np.concatenate(each) for key, each in held.items()})
        for name, sums in self._sums.items():
            setattr(found, name, {key: value / self.count for key, value in sums.items()})
        return found


def beside(worth: Floats, noise: Floats) -> Floats:
    """A worth beside the noise of choices: the logarithm of the odds of a yes; infinite without any noise."""
    import numpy as np

    with np.errstate(divide="ignore", invalid="ignore"):
        found = np.where(noise > 0, worth / np.where(noise > 0, noise, 1), np.sign(worth) * np.inf)
    odds: Floats = np.where(np.abs(worth) <= NEAR, 0.0, found)
    return odds


def chance(odds: Floats) -> Floats:
    """The chance of a yes by the logarithm of its odds: the logit choice between two."""
    import numpy as np

    with np.errstate(over="ignore"):
        found: Floats = 1 / (1 + np.exp(-odds))
    return found


def _noise(caring: Caring, asked: Asked) -> Floats:
    """The noise of a choice: a share of what who chooses has at stake in all, or on the issue, shape (draws,)."""
    council = caring.council
    by, _, _, issue = asked
    at = council.chambers[by][1] if by in council.sides else [council.voice_of(by)]
    share = caring.by_issue[council.model.issues.index(issue)] if issue else 1.0
    found: Floats = caring.noise(at) * share
    return found


def _by_issue(caring: Caring, run: Run, theory: Theory) -> Floats:
    """Whether the other side would accept a channel for each issue alone, shape (issues, draws)."""
    import numpy as np

    council = caring.council
    chamber, at = council.chambers[council.sides[1]]
    worth = caring.weighed_on(run, council.base(run)).by(theory.uses)
    return np.stack([chamber.pivotal_voter(one[:, at])[0] > NEAR for one in worth])


def _worth(caring: Caring, asked: Asked, form: Form, theory: Theory) -> Floats:
    """What a channel is worth beside another to who decides, shape (draws,)."""
    import numpy as np

    council = caring.council
    by, channel, instead, issue = asked
    run, base = (council.model.run_of(one, form) for one in (channel, instead))
    weighed = caring.weighed(run, base)
    if issue:
        weighed = caring.weighed_on(run, base).on(council.model.issues.index(issue))
    worth = weighed.by(theory.uses)
    if by not in council.sides:
        found: Floats = worth[:, council.voice_of(by)]
        return found
    chamber, at = council.chambers[by]
    free: Floats = chamber.pivotal_voter(worth[:, at])[0]
    if by != council.sides[0] or issue or channel != council.channel or instead != council.arena.observed:
        return free
    # The side that offers may consent because its leading member pays for it, as it does wherever its consent is told.
    made = inside(caring, run, theory)
    return np.where(consents(made), np.maximum(free, np.where(np.isfinite(made.paid), made.left, free)), free)


def judged(model: Model, draws: int, asked: list[Asked] | None = None) -> Judged:
    """Draws a year for those who decide."""
    gathering = Gathering(model, asked or [])
    for drawing in drawings(model.case, model.arena, draws):
        gathering.add(model.block(drawing), drawing, min(draws - gathering.count, drawing.draws))
    return gathering.judged()


def answered(council: Council, draws: int, instead: Mapping[str, Estimate]) -> dict[tuple[Run, str], Floats]:
    """The utility at which the answer turns, with other estimates of some numbers, by own gains and by all that counts.

    By run and theory, shape (draws,).
    """
    import numpy as np

    council = council.lean
    found: dict[tuple[Run, str], list[Floats]] = {}
    for drawing in drawings(council.case, council.arena, draws, instead):
        caring = Caring(council, council.model.block(drawing), drawing)
        for run in council.runs:
            for theory in dict.fromkeys((council.own, council.whole)):
                found.setdefault((run, theory.id), []).append(answer(caring, run, theory)[0])
    return {key: np.concatenate(each)[:draws] for key, each in found.items()}


def expects(found: Judged, run: Run, theory: Theory, believed: float) -> Floats:
    """What making the offer is worth to the leading member of the side that offers, shape (draws,)."""
    import numpy as np

    left = np.where(found.consent[run, theory.id], found.left[run, theory.id], 0.0)
    return net_value_of_offer(believed, left, found.terms["shown"], found.terms["asking"])
