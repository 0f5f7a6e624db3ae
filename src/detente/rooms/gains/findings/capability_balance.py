"""Findings on what is at stake, by issue and pair, and on who faces whom with what capability in each channel."""

from __future__ import annotations

from collections.abc import Sequence

from detente.methods.networks.communication_graph import pair_indices
from detente.results.finding import Finding
from detente.rooms.gains.findings.labels import GainsLabels, answering_actors, as_percent, signed_percent
from detente.rooms.gains.findings.text import borrowed_capability_year
from detente.rooms.gains.model.model import ChannelVariant
from detente.rooms.gains.model.point_estimates import point_estimate_stakes
from detente.rooms.gains.model.results import YearGains, exclusivity_bounds
from detente.text.english import join_words
from detente.text.number_format import format_number

MOST_SHOWN = 6
"""Actors for whom gains are shown by issue where none leads an organisation."""


def capability_balance_finding(years: Sequence[YearGains], labels: GainsLabels) -> Finding | None:
    """The capability on each side of every dealing across organisations. None where no measure is given."""
    import polars as pl

    case = years[-1].model.case
    measure = case.network.capability or next(iter(case.capabilities), None)
    if measure is None:
        return None
    rows = []
    has_borrowed_figures = any(borrowed_capability_year(year) for year in years)
    for year in years:
        for variant in year.distinct_variants:
            for first_name, second_name, first_capability, second_capability in _opposing_capabilities(
                year, variant, labels
            ):
                rows.append(
                    {
                        "year": year.actor_network.year,
                        **(
                            {"figures_of": borrowed_capability_year(year) or year.actor_network.year}
                            if has_borrowed_figures
                            else {}
                        ),
                        "channel": labels.variant_title(year.actor_network, variant),
                        "one": first_name,
                        "other": second_name,
                        "of_one": f"{first_capability:.3g}",
                        "of_other": f"{second_capability:.3g}",
                        "ratio": round(first_capability / second_capability, 1) if second_capability else None,
                    }
                )
    if not any(row["ratio"] for row in rows):
        return None
    table = pl.DataFrame(rows).unique(maintain_order=True)
    last_year = years[-1]
    ratios_by_channel: dict[str, list[str]] = {}
    for variant in last_year.distinct_variants:
        ratios = [
            round(first_capability / second_capability, 1)
            for _, _, first_capability, second_capability in _opposing_capabilities(last_year, variant, labels)
            if second_capability
        ]
        if ratios:
            low, high = format_number(min(ratios)), format_number(max(ratios))
            ratios_by_channel.setdefault(labels.channel_title(variant.channel), []).append(
                low if low == high else f"{low} to {high}"
            )
    balance_phrase = "; ".join(
        f"“{channel}” {join_words(dict.fromkeys(ratios), 'or')}" for channel, ratios in ratios_by_channel.items()
    )
    return Finding(
        id="balance",
        title="The balance of power in each channel",
        says=f"By {case.capabilities[measure].title}, {_figures_phrase(last_year)}, whoever faces another across organisations "
        f"has so many times its capability: {balance_phrase}.",
        see="Whoever speaks for an organisation that deals as such has the capability of all its members behind it, as "
        "far as no displaced link survives.",
        table=table,
        headers={
            "one": "who",
            "other": "faces whom",
            "of_one": "its capability",
            "of_other": "the other's",
            "ratio": "times",
            **({"figures_of": "figures of"} if has_borrowed_figures else {}),
        },
        rests_on=(measure,),
    )


def _figures_phrase(year: YearGains) -> str:
    """The year of the figures, and for which year they stand where that is another."""
    figures_year = borrowed_capability_year(year)
    return (
        f"in {figures_year}, which stands here for {year.actor_network.year}"
        if figures_year
        else f"in {year.actor_network.year}"
    )


def _opposing_capabilities(
    year: YearGains, variant: ChannelVariant, labels: GainsLabels
) -> list[tuple[str, str, float, float]]:
    """Who faces whom across organisations, the answering side first, and with what capability behind each."""
    actor_network, channel_graphs = year.actor_network, year.actor_network.graphs_of(variant.channel)
    graph = (
        channel_graphs.collegiate_graph
        if variant.form == "collegiate" and channel_graphs.collegiate_graph
        else channel_graphs.own_graph
    )
    merged_groups = channel_graphs.merged_groups
    if channel_graphs.coexisting_graph and exclusivity_bounds(year.model, variant.channel)[1] == 0:
        graph, merged_groups = channel_graphs.coexisting_graph, ()  # nothing is displaced: all its links stand
    pair_numbers = {
        pair: number
        for number, pair in enumerate(zip(*(side.tolist() for side in pair_indices(actor_network.n)), strict=True))
    }
    capability_behind = dict(enumerate(actor_network.capabilities))
    actor_names = {number: labels.party_name(actor) for number, actor in enumerate(actor_network.actors)}
    for group, organisation in zip(merged_groups, channel_graphs.organisations if merged_groups else (), strict=True):
        for member in group:
            if organisation in actor_network.organisations_led[member]:
                capability_behind[member] = sum(actor_network.capabilities[group_member] for group_member in group)
                form_phrase = f", through {actor_names[member]}" if variant.form == "hub" else " as one"
                actor_names[member] = labels.party_name(organisation) + form_phrase
    answering_side = answering_actors(year.model.case, actor_network)
    pairs = []
    for a, b in graph.links:
        if actor_network.across_organisations[pair_numbers[a, b]]:
            first, second = (a, b) if a in answering_side or b not in answering_side else (b, a)
            pairs.append((actor_names[first], actor_names[second], capability_behind[first], capability_behind[second]))
    return pairs


def gains_by_issue_finding(year: YearGains, channels: Sequence[str], labels: GainsLabels) -> Finding:
    """What each issue is of all that is at stake, and what each channel brings on it to those that matter most."""
    import numpy as np
    import polars as pl

    case, variants = year.model.case, [variant for variant in year.model.variants if variant.channel in channels]
    answering_side = answering_actors(case, year.actor_network)
    shown_actors = [
        actor
        for actor in range(year.actor_network.n)
        if year.actor_network.organisations_led[actor] or actor in answering_side
    ] or list(range(year.actor_network.n))[:MOST_SHOWN]
    rows = []
    for issue_index, name in enumerate(year.model.issues):
        row: dict[str, object] = {"issue": name, "in_words": case.issues[name].title}
        row["share"] = as_percent(year.issue_shares[issue_index])
        for variant in variants:
            for actor in shown_actors:
                row[_column_title(year, variant, actor, labels)] = signed_percent(
                    year.outcomes[variant].gains_by_issue[issue_index, actor]
                )
        rows.append(row)
    order = np.argsort(-year.issue_shares, kind="stable")
    differing_columns = []
    for variant in variants:
        for actor in shown_actors:
            gains = year.outcomes[variant].gains_by_issue[:, actor]
            total_gain = gains.sum()
            opposing_issues = [
                case.issues[year.model.issues[opposing_issue]].title
                for opposing_issue in order
                if gains[opposing_issue] * total_gain < -1e-9
            ]
            if opposing_issues:
                differing_columns.append(
                    f"{_column_title(year, variant, actor, labels)}: {join_words(opposing_issues)}"
                )
    largest_issue = order[0]
    largest_phrase = f"{case.issues[year.model.issues[largest_issue]].title} ({format_number(as_percent(year.issue_shares[largest_issue]))} per cent)"
    same_sentence = "On every issue the mean gains have the sign that they have in all."
    differing_sentence = f"The mean gain has another sign than in all on single issues: {'; '.join(differing_columns)}."
    says = f"Most is at stake on {largest_phrase}. {differing_sentence if differing_columns else same_sentence}"
    return Finding(
        id="by-issue",
        title="On which issue",
        says=says,
        see="Mean gains before the costs of links, in per cent of all that is at stake on all issues.",
        table=pl.DataFrame(rows),
        headers={"in_words": "in words", "share": "of all at stake, %"},
        links=("issue",),
        rests_on=tuple(year.model.issues),
    )


def _column_title(year: YearGains, variant: ChannelVariant, actor_index: int, labels: GainsLabels) -> str:
    form = labels.form_phrase(year.actor_network, variant)
    return (
        f"{labels.party_name(year.actor_network.actors[actor_index])}, {form}"
        if form
        else labels.party_name(year.actor_network.actors[actor_index])
    )


def pair_stakes_finding(year: YearGains, labels: GainsLabels) -> Finding:
    """What each pair across organisations has at stake, and what members of one have among themselves."""
    import polars as pl

    actor_network = year.actor_network
    amount, _ = point_estimate_stakes(year.model)
    first_actors, second_actors = pair_indices(actor_network.n)
    rows = [
        {
            "one": labels.party_name(actor_network.actors[a]),
            "other": labels.party_name(actor_network.actors[b]),
            "across": "yes" if actor_network.across_organisations[index] else "no",
            "share": as_percent(amount[index]),
        }
        for index, (a, b) in enumerate(zip(first_actors.tolist(), second_actors.tolist(), strict=True))
    ]
    rows.sort(key=lambda row: -float(row["share"]))
    stakes_within = float(amount[~actor_network.across_organisations].sum())
    largest_pair = next((row for row in rows if row["across"] == "yes"), None)
    largest_phrase = "nobody has anything"
    if largest_pair:
        largest_phrase = f"{largest_pair['one']} and {largest_pair['other']} have {format_number(float(largest_pair['share']))} per cent of all that is at stake"
    return Finding(
        id="at-stake",
        title="What pairs have at stake",
        says=f"Across organisations {largest_phrase}. Members of one organisation have among themselves as much as "
        f"{format_number(as_percent(stakes_within))} per cent of what is at stake across.",
        see="At the central estimates, in per cent of all that is at stake across organisations.",
        table=pl.DataFrame(rows),
        headers={"across": "across organisations", "share": "at stake, %"},
        rests_on=tuple(year.model.issues),
    )
