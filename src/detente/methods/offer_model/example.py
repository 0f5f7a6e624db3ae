"""A small model to try things on: two organisations of one state each, with and without talks between them."""

from __future__ import annotations

from detente.methods.institutions.deciding_body import DecidingBody
from detente.methods.institutions.decision_rules import unanimity_rule
from detente.methods.offer_model.decision_rows import (
    MechanismRow,
    ModelDecision,
    ModelMechanism,
    ModelSide,
    ModelTheory,
    ModelVoice,
    ReplyRow,
    ReplySettings,
)
from detente.methods.offer_model.description import DESCRIPTION_VERSION, ModelDescription
from detente.methods.offer_model.graph_operators import GraphShares
from detente.methods.offer_model.network_rows import (
    ChannelRun,
    ModelChannel,
    ModelIssue,
    ModelNetwork,
    PossibleGraph,
)
from detente.methods.offer_model.number_rows import ModelNumber
from detente.methods.sampling.distributions import Distribution

CERTAIN = {
    **{"network.decay": 1.0, "network.link_cost": 0.0, "network.spread": 0.0, "network.periphery": 1.0},
    **{"network.threat_within": 1.0, "network.unlikeness": 0.0, "issues.trade.raised": 1.0},
    **{"issues.trade.multilateral": 0.0, "network.gravity": 1.0, "channels.none.efficiency": 1.0},
    **{"channels.exclusivity": 1.0, "channels.opening": 0.0, "channels.depth": 1.0, "channels.talks.efficiency": 1.0},
    **{"response.discount": 0.9, "response.hazard": 0.05, "response.insight": 0.0, "response.noise": 0.02},
    **{"response.transfers": 1.0, "response.asking": 0.0, "response.shown": 0.0, "once": 0.05, "none": 0.0},
}
UNCERTAIN = {
    "issues.trade.stakes": Distribution("uniform", (1.0, 3.0)),
    "mechanisms.freedom.of.west": Distribution("uniform", (0.0, 1.0), 0.0),
}


def two_states() -> ModelDescription:
    """East offers talks to West. Each would win half of what is at stake, and West cares for its freedom of action.

    Example:
        >>> from detente.methods.offer_model.example import two_states
        >>> [number.path for number in two_states().numbers if number.distribution.varies]
        ['issues.trade.stakes', 'mechanisms.freedom.of.west']
    """
    numbers = [ModelNumber(path, Distribution("value", (value,))) for path, value in CERTAIN.items()]
    numbers += [ModelNumber(path, distribution) for path, distribution in UNCERTAIN.items()]
    at = {number.path: index for index, number in enumerate(numbers)}
    return ModelDescription(
        version=DESCRIPTION_VERSION,
        seed=1,
        sampling="hypercube",
        numbers=tuple(numbers),
        together=(),
        network=_network(at),
        decision=_decision(at),
    )


def _network(at: dict[str, int]) -> ModelNetwork:
    def channel(name: str, joins: tuple[str, ...]) -> ModelChannel:
        of_all = {key: at[f"channels.{key}"] for key in ("exclusivity", "opening", "depth")}
        return ModelChannel(
            name, joins, None, None, **of_all, efficiency=at[f"channels.{name}.efficiency"], unlikeness=()
        )

    of_trade = {key: at[f"issues.trade.{key}"] for key in ("stakes", "raised", "multilateral")}
    trade = ModelIssue(
        "trade", **of_trade, gravity=at["network.gravity"], exposure=None, salience=None, collective=None
    )
    of_all = {key: at[f"network.{key}"] for key in ("decay", "link_cost", "spread", "periphery", "threat_within")}
    return ModelNetwork(
        year=2000,
        actors=("east", "west"),
        capabilities=(1.0, 1.0),
        reference_product=1.0,
        across=(True,),
        peripheral=(False,),
        **of_all,
        unlikeness_cost=at["network.unlikeness"],
        threat=(None, None),
        issues=(trade,),
        graphs=(GraphShares((), (), (), (), ()), GraphShares((0, 0), (0, 1), (0, 0), (0.5, 0.5), ())),
        longest_path=1,
        channels=(channel("none", ()), channel("talks", ("east", "west"))),
        experiences=(),
        runs=tuple(
            ChannelRun(place, "hub", 0, (PossibleGraph(place, False, False, (place,), (), half_links=half),))
            for place, half in ((0, (0.0, 0.0)), (1, (0.5, 0.5)))
        ),
        observed=0,
    )


def _decision(at: dict[str, int]) -> ModelDecision:
    def side(name: str, voice: int) -> ModelSide:
        return ModelSide(name, (voice,), 0, False, DecidingBody.of_rule(unanimity_rule([name]), [[name]]))

    refuse = ReplyRow(
        "refuse", once=at["once"], each=at["none"], brings=at["none"], kept=at["none"], informs=at["none"]
    )
    names = ("discount", "hazard", "insight", "noise", "transfers", "asking", "shown")
    settings = {name: at[f"response.{name}"] for name in names}
    freedom = MechanismRow(1, at["mechanisms.freedom.of.west"])
    return ModelDecision(
        offered_runs=(1,),
        voices=tuple(ModelVoice(actor, (name,), (name,)) for actor, name in enumerate(("east", "west"))),
        mechanisms=(ModelMechanism("freedom", "autonomy", (freedom,), None, None, None),),
        outside=(),
        theories=(ModelTheory("gains", "Own gains", ()), ModelTheory("all", "All reasons", ("freedom",))),
        main_theory=1,
        sides=(side("east", 0), side("west", 1)),
        fixed_terms_in_full=False,
        replies=ReplySettings(**settings, replies=(refuse,), largest_discount=0.999),
    )
