"""Findings on why: what rerouting takes and what efficiency adds, which of it is structural, and who is a broker."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from detente.case.schema.case import Case
from detente.methods.networks.communication_graph import Graph
from detente.methods.networks.sign_bounds import DECAYS, ReroutingSign, signs_for_any_stakes
from detente.results.finding import Finding
from detente.rooms.gains.findings.labels import GainsLabels, signed_percent
from detente.rooms.gains.model.actor_network import ChannelGraphs, PlayerGroups
from detente.rooms.gains.model.channel_mixture import half_link_counts
from detente.rooms.gains.model.model import ChannelVariant
from detente.rooms.gains.model.results import TOLERANCE, YearGains, exclusivity_bounds
from detente.text.english import join_words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


MOST_EXCEPTIONS = 3
"""Actors, from which on those are named of whom something does not hold."""


def rerouting_signs(year: YearGains, variant: ChannelVariant) -> list[ReroutingSign]:
    """What rerouting brings every actor for any stakes, exclusivity and decay that the case allows.

    The members of what answers as one share the sign of the whole of it.
    """
    import numpy as np

    lower_bound, upper_bound = year.model.case.network.decay.bounds
    decays = sorted(
        {min(max(bound, 0.0), 1.0) for bound in (lower_bound, upper_bound)}
        | {decay for decay in DECAYS if lower_bound <= decay <= upper_bound}
    )
    channel_graphs, observed_graphs = (
        year.actor_network.graphs_of(variant.channel),
        year.actor_network.graphs_of(year.actor_network.observed_channel),
    )
    observed_shares = _shares_by_length(year, observed_graphs.own_graph, ())
    signs_by_graph: list[list[ReroutingSign]] = []
    for graph, merged_groups in _possible_graphs(year, channel_graphs, variant):
        channel_shares = _shares_by_length(year, graph, merged_groups)
        merged_shares = observed_shares.copy()
        for group in merged_groups:
            merged_shares[:, group[0]] = observed_shares[:, list(group)].sum(axis=1)
            merged_shares[:, list(group[1:])] = 0
        signs = signs_for_any_stakes(channel_shares, merged_shares, decays)
        for group in merged_groups:
            for member in group[1:]:
                signs[member] = signs[group[0]]
        signs_by_graph.append(signs)
    return [_combined_sign(list(actor_signs)) for actor_signs in np.array(signs_by_graph, dtype=object).T]


def _possible_graphs(
    year: YearGains, channel_graphs: ChannelGraphs, variant: ChannelVariant
) -> list[tuple[Graph, PlayerGroups]]:
    """The graphs that a channel may come to, as exclusive as it may be."""
    own_key = (
        (channel_graphs.collegiate_graph, channel_graphs.merged_groups)
        if variant.form == "collegiate" and channel_graphs.collegiate_graph
        else (channel_graphs.own_graph, ())
    )
    if channel_graphs.coexisting_graph is None:
        return [own_key]
    lower_bound, upper_bound = exclusivity_bounds(year.model, variant.channel)
    return [
        *([own_key] if upper_bound > 0 else []),
        *([(channel_graphs.coexisting_graph, ())] if lower_bound < 1 else []),
    ]


def _shares_by_length(year: YearGains, graph: Graph, merged_groups: PlayerGroups) -> NDArray[np.float64]:
    return year.model.operator_stack.operators[year.model.graph_positions[graph, merged_groups]].shares_by_length


def _combined_sign(signs: Sequence[ReroutingSign]) -> ReroutingSign:
    moving_signs = {sign for sign in signs if sign != "unmoved"}
    if not moving_signs:
        return "unmoved"
    return moving_signs.pop() if len(moving_signs) == 1 else "turns on the stakes"


def structural_signs(year: YearGains, variant: ChannelVariant) -> list[int]:
    """For whom a channel has a sign by construction: 1 if it cannot lose by it, -1 if it cannot gain, 0 otherwise.

    That is so where rerouting, efficiency and the costs of links cannot pull against each other, whatever is at stake
    between pairs and whatever is drawn.
    """
    case, outcome = year.model.case, year.outcomes[variant]
    displaced_channel = case.channels[variant.channel].displaces
    lowest_efficiency, highest_efficiency = _efficiency_bounds(case, variant.channel)
    observed_efficiency = _efficiency_bounds(case, year.actor_network.observed_channel)
    may_stand_alone = exclusivity_bounds(year.model, variant.channel)[1] > 0 or displaced_channel is None
    never_less_efficient = lowest_efficiency >= observed_efficiency[1] or (
        not may_stand_alone and displaced_channel == year.actor_network.observed_channel
    )
    never_more_efficient = highest_efficiency <= observed_efficiency[0] and (
        displaced_channel is None or _efficiency_bounds(case, displaced_channel)[1] <= observed_efficiency[0]
    )
    has_link_costs = case.network.link_cost.bounds[1] > 0
    collective_changes, link_changes = _collective_change_bounds(year, variant), _link_change_bounds(year, variant)
    signs = []
    for actor_index, rerouting_sign in enumerate(rerouting_signs(year, variant)):
        cannot_lose = (
            rerouting_sign in ("never loses", "unmoved")
            and collective_changes[0, actor_index] >= -TOLERANCE
            and never_less_efficient
        )
        cannot_gain = (
            rerouting_sign in ("never gains", "unmoved")
            and collective_changes[1, actor_index] <= TOLERANCE
            and never_more_efficient
        )
        cannot_lose, cannot_gain = (
            cannot_lose and not (has_link_costs and link_changes[1, actor_index] > 0),
            cannot_gain and not (has_link_costs and link_changes[0, actor_index] < 0),
        )
        signs.append((int(cannot_lose) or -int(cannot_gain)) if outcome.is_affected(actor_index) else 0)
    return signs


def _link_change_bounds(year: YearGains, variant: ChannelVariant) -> NDArray[np.float64]:
    """The least and the most by which a channel changes the links that each actor, or its organisation, keeps up."""
    import numpy as np

    channel_graphs, observed_graphs = (
        year.actor_network.graphs_of(variant.channel),
        year.actor_network.graphs_of(year.actor_network.observed_channel),
    )
    observed_links = half_link_counts(observed_graphs.own_graph, observed_graphs.own_graph, ())
    changes = []
    for graph, merged_groups in _possible_graphs(year, channel_graphs, variant):
        change = half_link_counts(graph, channel_graphs.own_graph, merged_groups) - observed_links
        for group in merged_groups:
            change[list(group)] = change[list(group)].sum()
        changes.append(change)
    return np.stack([np.min(changes, axis=0), np.max(changes, axis=0)])


def _collective_change_bounds(year: YearGains, variant: ChannelVariant) -> NDArray[np.float64]:
    """The least and the most that rerouting brings each actor on issues that pairs cannot settle, shape (2, actors)."""
    import numpy as np

    model = year.model
    channel_graphs, observed_graphs = (
        year.actor_network.graphs_of(variant.channel),
        year.actor_network.graphs_of(year.actor_network.observed_channel),
    )
    changes = [np.zeros(year.actor_network.n)]
    for values in model.collective_issue_values.values():
        observed_values = values[model.graph_positions[observed_graphs.own_graph, ()]]
        for graph, merged_groups in _possible_graphs(year, channel_graphs, variant):
            change = values[model.graph_positions[graph, merged_groups]] - observed_values
            for group in merged_groups:
                change[list(group)] = change[list(group)].sum()
            changes.append(change)
    return np.stack([np.min(changes, axis=0), np.max(changes, axis=0)])


def _efficiency_bounds(case: Case, channel: str) -> tuple[float, float]:
    estimate = case.channels[channel].efficiency
    return estimate.bounds if estimate else (1.0, 1.0)


def rerouting_finding(year: YearGains, channels: Sequence[str], labels: GainsLabels) -> Finding:
    """What of the gains is rerouting, whose sign may be structural, and what is efficiency."""
    import polars as pl

    rows, sentences = [], []
    for variant in [variant for variant in year.model.variants if variant.channel in channels]:
        outcome = year.outcomes[variant]
        signs = rerouting_signs(year, variant)
        for actor_index, actor in enumerate(year.actor_network.actors):
            rows.append(
                {
                    "channel": labels.variant_title(year.actor_network, variant),
                    "actor": labels.party_name(actor),
                    "rerouting": signed_percent(outcome.rerouting_gain[actor_index]),
                    "for_any_stakes": signs[actor_index],
                    "efficiency": signed_percent(outcome.efficiency_gain[actor_index]),
                    "links": signed_percent(outcome.link_savings[actor_index]),
                    "gain": signed_percent(outcome.mean_gain[actor_index]),
                }
            )
        sentences.append(_rerouting_sentence(year, variant, signs, labels))
    return Finding(
        id="rerouting",
        title="What holds whatever is at stake",
        says=" ".join(sentences)
        + " That is a property of the model and no evidence for any theory: a finding that only repeats it has been "
        "put in by whoever drew the graph. What is not structural is whether efficiency and the costs of links, which "
        "are assumed, make up for it.",
        see="Rerouting is what would change if the channel got as much done as the observed one; efficiency what comes "
        "of getting more done, or less, of what takes all members.",
        table=pl.DataFrame(rows),
        headers={
            "rerouting": "rerouting, %",
            "for_any_stakes": "rerouting, for any stakes",
            "efficiency": "efficiency, %",
            "links": "costs of links, %",
            "gain": "gain, %",
        },
        method=(
            "For pairs the value is linear in what they have at stake, so a gain by rerouting is a sum over pairs with "
            "fixed weights: if no weight is negative the actor cannot lose, whatever is at stake (computed here from "
            "the graphs, for decays from the lowest to the highest that the case allows, in steps). Where links of an "
            "actor are cut and nobody is cut off it cannot gain, by Myerson's (1977) fairness, for any superadditive "
            "game; what it loses others gain, if nothing is lost on longer ways. Signs for any stakes are those of "
            "pairs: issues that pairs cannot settle are not among them."
        ),
        rests_on=tuple(channels),
        structural=True,
    )


def _rerouting_sentence(
    year: YearGains, variant: ChannelVariant, signs: Sequence[ReroutingSign], labels: GainsLabels
) -> str:
    phrases_by_sign: dict[ReroutingSign, str] = {
        "never gains": "never brings {} a gain",
        "never loses": "never brings {} a loss",
        "turns on the stakes": "brings {} a gain or a loss as the stakes are",
    }
    clauses = []
    for sign, phrase in phrases_by_sign.items():
        affected = [
            labels.party_name(actor)
            for actor, actor_sign in zip(year.actor_network.actors, signs, strict=True)
            if actor_sign == sign
        ]
        unaffected = [
            labels.party_name(actor)
            for actor, actor_sign in zip(year.actor_network.actors, signs, strict=True)
            if actor_sign != sign
        ]
        if affected and sign.startswith("never") and len(unaffected) < MOST_EXCEPTIONS < len(affected):
            clauses.append(phrase.format(f"anybody{' but ' + join_words(unaffected) if unaffected else ''}"))
        elif affected:
            clauses.append(phrase.format(join_words(affected, "or" if sign.startswith("never") else "and")))
    if not clauses:
        return f"{labels.quoted_variant(year.actor_network, variant)}: rerouting moves nobody."
    return (
        f"{labels.quoted_variant(year.actor_network, variant)}: whatever is at stake, rerouting {join_words(clauses)}."
    )
