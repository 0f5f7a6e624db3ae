"""Random small models, built of rows alone: nothing of a case is behind them."""

from __future__ import annotations

from itertools import combinations
from typing import Any

from hypothesis import strategies as st

from detente.methods.institutions.deciding_body import DecidingBody, VoteRequirement
from detente.methods.networks.communication_graph import Graph
from detente.methods.offer_model.decision_rows import (
    GainsComparison,
    MechanismKind,
    MechanismRow,
    ModelDecision,
    ModelMechanism,
    ModelSide,
    ModelTheory,
    ModelVoice,
    OutsideOption,
    ReplyRow,
    ReplySettings,
)
from detente.methods.offer_model.description import DESCRIPTION_VERSION, ModelDescription
from detente.methods.offer_model.graph_operators import GraphShares
from detente.methods.offer_model.network_rows import (
    ChannelRun,
    CollectiveIssue,
    MemberGroup,
    ModelChannel,
    ModelExperience,
    ModelIssue,
    ModelNetwork,
    PossibleGraph,
    TraitComparison,
)
from detente.methods.offer_model.number_rows import CorrelatedNumbers, ModelNumber
from detente.methods.sampling.distributions import Distribution
from detente.rooms.gains.model.network.graph_operators import actor_share_operator

KINDS: tuple[MechanismKind, ...] = ("relative", "recognition", "advantage", "autonomy", "fear", "norms", "shield")
SHARES = st.floats(0, 1).map(lambda share: round(share, 3))


class ModelMaker:
    """Draws the parts of a model one after another."""

    def __init__(self, draw: Any):
        self.draw = draw
        self.numbers: list[ModelNumber] = []
        self.actors = draw(st.integers(2, 4))
        self.pairs = list(combinations(range(self.actors), 2))

    def number(self, high: float = 1.0) -> int:
        """A number between 0 and some end, certain or not."""
        low, mode, top = sorted(high * self.draw(SHARES) for _ in range(3))
        forms = [Distribution("value", (mode,), 0, high)]
        if low < top:
            forms += [
                Distribution("uniform", (low, top), 0, high),
                Distribution("triangular", (low, mode, top), 0, high),
                Distribution("normal", (mode, top - low), 0, high),
                Distribution("discrete", (low, top, 0.25, 0.75), 0, high),
            ]
        self.numbers.append(ModelNumber(f"n{len(self.numbers)}", self.draw(st.sampled_from(forms))))
        return len(self.numbers) - 1

    def maybe(self, high: float = 1.0) -> int | None:
        return self.number(high) if self.draw(st.booleans()) else None

    def by_actor(self, high: float = 1.0) -> tuple[int | None, ...]:
        return tuple(self.maybe(high) for _ in range(self.actors))

    def some_actors(self, least: int = 0) -> tuple[int, ...]:
        chosen = self.draw(st.sets(st.integers(0, self.actors - 1), min_size=least))
        return tuple(sorted(chosen))

    def graph(self, merged: tuple[tuple[int, ...], ...] = ()) -> GraphShares:
        stands_for = {member: group[0] for group in merged for member in group}
        links = self.draw(st.lists(st.sampled_from(self.pairs), max_size=len(self.pairs)))
        ends = [(stands_for.get(a, a), stands_for.get(b, b)) for a, b in links]
        graph = Graph.from_links(self.actors, [(a, b) for a, b in ends if a != b])
        return actor_share_operator(self.actors, graph, merged).rows

    def issue(self, name: str, graph_count: int) -> ModelIssue:
        collective = None
        if self.draw(st.integers(0, 3)) == 0:
            units = [[round(2 * self.draw(SHARES), 2) for _ in range(self.actors)] for _ in range(graph_count)]
            users = self.some_actors(1)
            concerned = tuple(sorted({*users, *self.some_actors()}))
            collective = CollectiveIssue(users, concerned, tuple(map(tuple, units)))
        return ModelIssue(
            id=name,
            stakes=self.number(3),
            raised=self.number(2),
            multilateral=self.number(),
            gravity=0 if self.draw(st.booleans()) else self.number(),
            exposure=self.by_actor(2) if self.draw(st.booleans()) else None,
            salience=self.by_actor(2) if self.draw(st.booleans()) else None,
            collective=collective,
        )

    def network(self) -> ModelNetwork:
        self.numbers.append(ModelNumber("gravity", Distribution("uniform", (0.2, 0.8), 0, 1)))
        merged = ((0, 1),) if self.actors > 2 and self.draw(st.booleans()) else ()
        graphs = (self.graph(), self.graph(), self.graph(), self.graph(), self.graph(merged))
        channels = (
            self.channel("now", ()),
            self.channel("offer", ("east", "west"), displaces=0, opens=2),
            self.channel("later", ()),
        )
        spread = self.number(0.5)
        return ModelNetwork(
            year=2000,
            actors=tuple("abcd"[: self.actors]),
            capabilities=tuple(self.draw(st.sampled_from([0.0, 0.5, 1.0, 4.0])) for _ in range(self.actors)),
            reference_product=2.0,
            across=tuple(self.draw(st.booleans()) for _ in self.pairs),
            peripheral=tuple(self.draw(st.booleans()) for _ in self.pairs),
            decay=self.number(),
            link_cost=self.number(0.1),
            spread=spread,
            periphery=self.number(2),
            threat_within=self.number(),
            unlikeness_cost=self.number(),
            threat=self.by_actor(),
            issues=tuple(self.issue(f"i{k}", len(graphs)) for k in range(self.draw(st.integers(1, 3)))),
            graphs=graphs,
            longest_path=max((length for graph in graphs for length in graph.lengths), default=0) + 1,
            channels=channels,
            experiences=self.experiences(channels[1]),
            runs=self.runs(merged, channels[1]),
            observed=0,
        )

    def experiences(self, offer: ModelChannel) -> tuple[ModelExperience, ...]:
        """Three of five that worked, at times: not by a channel that certainly gets nothing done."""
        may_teach = self.numbers[offer.efficiency].distribution.mean > 0
        return (ModelExperience(5, 3, 0.4, ((1, 0.5),)),) if may_teach and self.draw(st.booleans()) else ()

    def channel(
        self, name: str, joins: tuple[str, ...], displaces: int | None = None, opens: int | None = None
    ) -> ModelChannel:
        may_displace, may_open = self.draw(st.booleans()), self.draw(st.booleans())
        comparison = TraitComparison(1.0, self.number(), self.number())
        return ModelChannel(
            *(name, joins, displaces if may_displace else None, opens if may_open else None),
            exclusivity=self.number(),
            opening=self.number(),
            depth=self.number(),
            efficiency=self.number(),
            unlikeness=((comparison,),) if joins and self.draw(st.booleans()) else (),
        )

    def runs(self, merged: tuple[tuple[int, ...], ...], offer: ModelChannel) -> tuple[ChannelRun, ...]:
        def possible(graph: int, keeps: bool, opened: bool, groups: tuple[MemberGroup, ...] = ()) -> PossibleGraph:
            half = tuple(self.draw(st.sampled_from([0.0, 0.5, 1.0])) for _ in range(self.actors))
            others = ((0,) if keeps else ()) + ((2,) if opened else ())
            return PossibleGraph(graph, keeps, opened, (1, *others), groups, half)

        groups = tuple(MemberGroup(group, (0.25, 0.75)) for group in merged)
        now = PossibleGraph(0, False, False, (0,), (), tuple(0.5 for _ in range(self.actors)))
        may_displace, may_open = offer.displaces is not None, offer.opens is not None
        beside = [possible(2, True, False)] if may_displace else []
        beside += [possible(3, False, True)] if may_open else []
        beside += [possible(1, True, True)] if may_displace and may_open else []
        return (
            ChannelRun(0, "hub", 0, (now,)),
            ChannelRun(1, "hub", 0, (possible(1, False, False), *beside)),
            ChannelRun(1, "collegiate", 0, (possible(4, False, False, groups), *beside)),
        )

    def mechanism(self, name: str, kind: MechanismKind, voices: int) -> ModelMechanism:
        rows = []
        for voice in range(voices):
            if self.draw(st.booleans()):
                others = self.some_actors(1)
                rows.append(
                    MechanismRow(
                        voice,
                        self.number(),
                        comparisons=(GainsComparison(others, self.draw(SHARES)),) if kind == "relative" else (),
                        factor=self.draw(SHARES),
                        feared=others if kind == "fear" else (),
                    )
                )
        shrinks = self.draw(st.booleans())
        losers = self.some_actors(1) if kind == "recognition" and self.draw(st.booleans()) else None
        less = (self.number(), self.number()) if shrinks else (None, None)
        return ModelMechanism(name, kind, tuple(rows), losers, *less)

    def side(self, name: str, voices: tuple[int, ...], may_pay: bool) -> ModelSide:
        needed = self.draw(st.integers(1, len(voices)))
        points = tuple(self.draw(st.integers(1, 3)) for _ in voices)
        by_points = VoteRequirement(points, self.draw(st.integers(1, sum(points))))
        count = VoteRequirement((1,) * len(voices), needed)
        body = DecidingBody(tuple((f"m{voice}",) for voice in voices), ((count,), (by_points,)))
        return ModelSide(name, voices, 0, may_pay, body)

    def decision(self, network: ModelNetwork) -> ModelDecision:
        owners = [*range(self.actors), self.actors - 1]
        voices = tuple(
            ModelVoice(actor, (f"m{place}",), self.draw(st.sampled_from([("east",), ("west",), ()])))
            for place, actor in enumerate(owners)
        )
        kinds = self.draw(st.lists(st.sampled_from(KINDS), max_size=4))
        mechanisms = tuple(self.mechanism(f"k{place}", kind, len(voices)) for place, kind in enumerate(kinds))
        partners = self.draw(st.sampled_from([(), (1.0, 3.0)]))
        outside = (OutsideOption("elsewhere", self.number(), (0, len(voices) - 1), partners),)
        names = [*(one.id for one in mechanisms), "elsewhere"]
        some = tuple(name for name in names if self.draw(st.booleans()))
        settings = {
            name: self.number(0.95)
            for name in ("discount", "hazard", "insight", "noise", "transfers", "asking", "shown")
        }
        reply = ReplyRow("refuse", *(self.number(0.3) for _ in range(5)))
        may_pay = self.draw(st.booleans())
        return ModelDecision(
            offered_runs=(1, 2),
            voices=voices,
            mechanisms=mechanisms,
            outside=outside,
            theories=(
                ModelTheory("gains", "", ()),
                ModelTheory("some", "", some),
                ModelTheory("all", "", tuple(names)),
            ),
            main_theory=2,
            sides=(self.side("east", (0,), False), self.side("west", tuple(range(1, len(voices))), may_pay)),
            fixed_terms_in_full=self.draw(st.booleans()),
            replies=ReplySettings(**settings, replies=(reply,), largest_discount=0.999),
        )


@st.composite
def models(draw: Any) -> ModelDescription:
    """A model of two to four actors, a channel that is offered in two ways, and all kinds of reasons."""
    maker = ModelMaker(draw)
    network = maker.network()
    decision = maker.decision(network)
    numbers = tuple(maker.numbers)
    varying = tuple(index for index, number in enumerate(numbers) if number.distribution.varies)
    together = CorrelatedNumbers("all", varying[:2], varying[2:3], 0.6)
    return ModelDescription(
        version=DESCRIPTION_VERSION,
        seed=draw(st.integers(0, 9)),
        sampling=draw(st.sampled_from(["hypercube", "sobol"])),
        numbers=numbers,
        together=(together,) if len(varying) > 2 and draw(st.booleans()) else (),
        network=network,
        decision=decision,
    )
