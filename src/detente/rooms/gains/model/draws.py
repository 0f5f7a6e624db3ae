"""From a case to draws: every uncertain number of the channels, block by block."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from detente.case.schema.case import Case
from detente.case.schema.coding import Issue
from detente.case.schema.estimate import Estimate
from detente.case.uncertainty.random_streams import DRAWS_PER_BATCH, draw_estimate, random_stream
from detente.methods.networks.communication_graph import pair_indices
from detente.methods.networks.gravity_stakes import IssueStakes, common_threat, compute_issue_stakes, gravity_weight
from detente.rooms.gains.model.actor_network import Arena, given_for

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

MOST_HELD = 2**20
"""Numbers that are held at once in one array: 8 megabytes."""
NONE, ALL = Estimate(value=0), Estimate(value=1)
RANGES = {
    "stakes": (0, math.inf),
    "raised": (0, math.inf),
    "multilateral": (0, 1),
    "exposure": (0, math.inf),
    "exclusivity": (0, 1),
    "efficiency": (0, 1),
    "threat": (0, 1),
    "gravity": (0, 10),
    "spread": (0, 10),
    "periphery": (0, math.inf),
    "decay": (0, 1),
    "link_cost": (0, 1),
    "threat_within": (0, 1),
    "relative": (0, 10),
    "recognition": (-1, 1),
    "autonomy": (0, 1),
    "norms": (0, 1),
    "shield": (0, 1),
    "forgone": (0, 1),
    "discount": (0, 1),
    "hazard": (0, 1),
    "insight": (0, 10),
    "asking": (0, 10),
    "shown": (-1, 10),
    "transfers": (0, 1),
    "noise": (0, 10),
    "once": (-10, 10),
    "each": (-10, 10),
    "brings": (-10, 10),
    "kept": (0, 1),
    "informs": (0, 1),
}
"""The least and the most that each number can be, by the last part of its path that is a word of the schema."""


def weighed(case: Case) -> list[str]:
    """The issues that are weighed."""
    return [name for name, issue in case.issues.items() if issue.stakes is not None]


class Departures:
    """Standard normal draws of the parts of one block, one after the other: each goes on where that before it ended.

    So they are those of the block drawn at once, whichever part is asked for, and in whatever order.
    """

    def __init__(self) -> None:
        self._before: dict[tuple[str, int], Mapping[str, Any]] = {}

    def drawn(self, source: np.random.Generator, name: str, part: int, shape: tuple[int, int]) -> Floats:
        """The draws of one part.

        Args:
            source: At the beginning of the block.
            name: Of what is drawn.
            part: Which it is; all have the same shape.
            shape: (draws, pairs).
        """
        known = max((at for at in range(part + 1) if (name, at) in self._before), default=0)
        if known:
            source.bit_generator.state = self._before[name, known]
        for at in range(known, part + 1):
            found = source.standard_normal(shape)
            self._before[name, at + 1] = source.bit_generator.state
        return found


@dataclass(frozen=True)
class Drawing:
    """The numbers of one block of draws, for one arena."""

    case: Case
    arena: Arena
    block: int
    certain: bool = False
    """Whether every number is taken at its mean instead, in a single draw."""
    instead: Mapping[str, Estimate] = field(default_factory=dict)
    """Paths of numbers with other estimates than those of the case."""
    laid: Mapping[str, Floats] = field(default_factory=dict)
    """Paths of numbers that are given, each of shape (draws,), all others being certain: for maps over a few."""
    part: tuple[int, int] = (0, 1)
    """Which part of the block it is, and how many parts there are: of large arenas a block is not held all at once."""
    departures: Departures = field(default_factory=lambda: Departures())
    """What the parts of a block have in common: where the draws of what pairs depart by go on."""
    _kept: dict[str, Floats] = field(default_factory=dict, init=False, repr=False, compare=False)

    def of(self, estimate: Estimate, path: str, kind: str = "") -> Floats:
        """Draws of one number, shape (draws,)."""
        import numpy as np

        if path in self.laid:
            return self.laid[path]
        if path not in self._kept:
            low, high = RANGES[kind or path.rsplit(".", 1)[-1]]
            estimate = self.instead.get(path, estimate)
            if self.certain:
                self._kept[path] = np.full(self.draws, min(max(estimate.mean, low), high))
            else:
                source = random_stream(self.case.network.seed, path, self.block)
                self._kept[path] = draw_estimate(estimate, source, DRAWS_PER_BATCH, low, high)[self._rows]
        return self._kept[path]

    @property
    def numbers(self) -> dict[str, Floats]:
        """Every number that was drawn so far, by its path."""
        return dict(self._kept)

    @property
    def draws(self) -> int:
        """How many draws the block has."""
        return len(next(iter(self.laid.values()), (0,))) if self.certain else DRAWS_PER_BATCH // self.part[1]

    @property
    def _rows(self) -> slice:
        """The draws of the block that are in this part of it."""
        return slice(self.part[0] * self.draws, (self.part[0] + 1) * self.draws)

    @cached_property
    def decay(self) -> Floats:
        """What is left of a gain for every further link."""
        return self.of(self.case.network.decay, "network.decay")

    @cached_property
    def link_cost(self) -> Floats:
        """What a link costs, as a share of all that is at stake across organisations."""
        return self.of(self.case.network.link_cost, "network.link_cost")

    def exclusivity(self, channel: str) -> Floats:
        """The chance that the links that a channel displaces do not survive."""
        return self.of(self.case.channels[channel].exclusivity or ALL, f"channels.{channel}.exclusivity")

    def efficiency(self, channel: str) -> Floats:
        """How much of what takes all members together a channel gets done."""
        return self.of(self.case.channels[channel].efficiency or ALL, f"channels.{channel}.efficiency")

    @cached_property
    def threat(self) -> Floats | None:
        """The threat that each two perceive in common, shape (draws, pairs); None where nobody perceives any."""
        perceived = self.perceived
        return common_threat(perceived) * self._threat_within if perceived.any() else None

    @cached_property
    def perceived(self) -> Floats:
        """The threat that each actor perceives, shape (draws, actors)."""
        return self.by_actor(self.case.threat, "threat", NONE)

    @cached_property
    def threat_within(self) -> Floats:
        """How far a common threat raises what members of one organisation have to gain, shape (draws,)."""
        return self.of(self.case.network.threat_within, "network.threat_within")

    @cached_property
    def _threat_within(self) -> Floats:
        import numpy as np

        return np.where(self.arena.across, 1.0, self.threat_within[:, None])

    def by_actor(self, given: dict[str, Estimate], path: str, otherwise: Estimate) -> Floats:
        """A number that each actor has of its own, or by its organisation: shape (draws, actors)."""
        import numpy as np

        columns = []
        kept: dict[str | None, Floats] = {None: np.full(self.draws, otherwise.mean)}
        for actor in self.arena.actors:
            name = given_for(self.arena, given, actor)
            if name not in kept and name is not None:
                kept[name] = self.of(given[name], f"{path}.{name}", path.rsplit(".", 1)[-1])
            columns.append(kept[name])
        return np.stack(columns, axis=1)

    @cached_property
    def _reference(self) -> float:
        """The greatest product of capabilities across organisations, or of all pairs where none is."""
        import numpy as np

        i, j = pair_indices(self.arena.n)
        able = np.array(self.arena.capability)
        product = able[i] * able[j]
        across = product[self.arena.across] if self.arena.across.any() else product
        return float(across.max(initial=0.0)) or 1.0

    @cached_property
    def _periphery(self) -> Floats:
        import numpy as np

        factor = self.of(self.case.network.periphery, "network.periphery")
        return np.where(self.arena.peripheral, factor[:, None], 1.0)

    def pairs_of(self, name: str) -> IssueStakes:
        """What each pair has at stake on an issue."""
        return compute_issue_stakes(self.weight_of(name), *self.numbers_of(name), self.threat, self.arena.across)

    def weight_of(self, name: str) -> Floats:
        """What each pair weighs on an issue, shape (draws, pairs)."""
        import numpy as np

        issue, path = self.case.issues[name], f"issues.{name}"
        weight = gravity_weight(
            np.array(self.arena.capability), self._on(issue, path, "gravity"), self._reference, self._departure(name)
        )
        if self.arena.peripheral.any():
            weight *= self._periphery
        if issue.exposure:
            i, j = pair_indices(self.arena.n)
            exposure = self.by_actor(issue.exposure, f"{path}.exposure", ALL)
            weight *= exposure[:, i] * exposure[:, j]
        return weight

    def pull_of(self, name: str, product: float) -> Floats:
        """What a pair with this product of capabilities weighs on an issue, with no departure of its own: (draws,)."""
        import numpy as np

        if product <= 0:
            return np.zeros(self.draws)
        exponent = self._on(self.case.issues[name], f"issues.{name}", "gravity")
        found: Floats = (product / self._reference) ** exponent
        return found

    def _departure(self, name: str) -> Floats | None:
        """How far pairs depart on an issue from what capabilities suggest; one stream for all pairs of a year."""
        spread = self.of(self.case.network.spread, "network.spread")
        if self.certain or not spread.any():
            return None
        source = random_stream(self.case.network.seed, f"network.spread/{name}", self.block)
        noise = self.departures.drawn(source, name, self.part[0], (self.draws, len(self.arena.across)))
        noise *= spread[:, None]
        return noise

    def whole_of(self, name: str, threat: Floats | None = None) -> IssueStakes:
        """What is at stake on an issue that pairs cannot settle: one amount, by the least threat of those concerned.

        Args:
            name: Of the issue.
            threat: Instead of what they perceive, shape (draws, 1).
        """
        import numpy as np

        if threat is None:
            issue = self.case.issues[name]
            threat = self.perceived[:, concerned(self.case, self.arena, issue)].min(axis=1, initial=1.0)[:, None]
        one = np.ones(1, dtype=bool)
        return compute_issue_stakes(np.ones((self.draws, 1)), *self.numbers_of(name), threat, one)

    def numbers_of(self, name: str) -> tuple[Floats, Floats, Floats]:
        """What is at stake on an issue, what a grave threat adds, and which part takes all members; each (draws,)."""
        issue, path = self.case.issues[name], f"issues.{name}"
        return (
            stakes := self.of(issue.stakes or NONE, f"{path}.stakes"),
            stakes * self._on(issue, path, "raised"),
            self._on(issue, path, "multilateral"),
        )

    def _on(self, issue: Issue, path: str, name: str) -> Floats:
        """A number that an issue gives, or the settings for all issues that do not."""
        own = getattr(issue, name)
        if own is not None:
            return self.of(own, f"{path}.{name}")
        return self.of(getattr(self.case.network, name), f"network.{name}")


def concerned(case: Case, arena: Arena, issue: Issue) -> list[int]:
    """The actors that an issue's technology names."""
    if issue.technology is None:
        return []
    named = [*issue.technology.users, *issue.technology.providers]
    return sorted({index for end in named for index in actors_of(case, arena, end)})


def actors_of(case: Case, arena: Arena, party: str) -> list[int]:
    """The actors that a party stands for: itself, the one player that it is part of, or its members."""
    if party in arena.actors:
        return [arena.actors.index(party)]
    if party in case.organisations:
        return arena.of(party)
    return [arena.actors.index(name) for name in case.network.as_one if party in arena.within.get(name, ())]


def drawings(case: Case, arena: Arena, draws: int, instead: Mapping[str, Estimate] | None = None) -> Iterator[Drawing]:
    """The blocks that hold so many draws, if with other estimates of some numbers; in parts where pairs are many."""
    count = parts(case, arena)
    for block in range(-(-draws // DRAWS_PER_BATCH)):
        common = Departures()
        for part in range(min(count, -(-(draws - block * DRAWS_PER_BATCH) * count // DRAWS_PER_BATCH))):
            yield Drawing(case, arena, block, instead=instead or {}, part=(part, count), departures=common)


def parts(case: Case, arena: Arena) -> int:
    """Into how many parts a block is divided, so that no array of its draws has more than `MOST_HELD` numbers.

    The largest are those of pairs, and of actors by issue and channel. A block that is not much too large is one part.
    """
    count, each = 1, max(len(arena.across), arena.n * len(weighed(case)) * len(arena.dealings))
    while (
        DRAWS_PER_BATCH * each > 2 * MOST_HELD
        and DRAWS_PER_BATCH // count * each > MOST_HELD
        and count < DRAWS_PER_BATCH
    ):
        count *= 2
    return count
