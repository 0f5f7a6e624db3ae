"""The finding on what it would take: where the answering side begins to gain, along one number at a time."""

from __future__ import annotations

from detente.results.finding import Finding
from detente.rooms.gains.findings.labels import GainsLabels, answering_actors
from detente.rooms.gains.model.model import ChannelVariant
from detente.rooms.gains.model.one_at_a_time import (
    ALWAYS,
    NEVER,
    channel_levers,
    evaluate_levers,
    lever_grid,
    positive_range_phrase,
)
from detente.rooms.gains.model.results import YearGains
from detente.text.english import join_words
from detente.text.number_format import format_number


def break_even_finding(year: YearGains, channel: str, labels: GainsLabels) -> Finding | None:
    """From where on, or up to where, the answering side gains, everything else at its central estimate."""
    import polars as pl

    answering_side = answering_actors(year.model.case, year.actor_network)
    if not answering_side:
        return None
    side_name, values = labels.answering_side(), lever_grid()
    variants = [ChannelVariant(channel, form) for form in year.forms_of(channel)]
    levers_found = channel_levers(year.model, channel, labels)
    range_by_lever: dict[tuple[str, ChannelVariant], str] = {}
    for lever in levers_found:
        _, batch = evaluate_levers(year.model, {lever: values})
        for variant in variants:
            base_variant = year.model.variant_of(year.actor_network.observed_channel, variant.form)
            gains = (
                (batch.values[variant] - batch.values[base_variant]).sum(axis=0)
                - batch.actor_link_costs[variant]
                + batch.actor_link_costs[base_variant]
            )
            range_by_lever[lever.name, variant] = positive_range_phrase(values, gains[:, answering_side].sum(axis=1))
    rows, sentences = [], []
    for variant in variants:
        form_phrase = labels.form_phrase(year.actor_network, variant)
        rows += [
            {
                "run": form_phrase,
                "number": lever.name,
                "gains": range_by_lever[lever.name, variant],
                "now": format_number(lever.central_value),
            }
            for lever in levers_found
        ]
        ranges = [range_by_lever[lever.name, variant] for lever in levers_found]
        conditions = [
            f"if {lever.phrase} is {range_phrase}"
            for lever, range_phrase in zip(levers_found, ranges, strict=True)
            if range_phrase not in (ALWAYS, NEVER)
        ]
        unconditional = (
            f"{side_name} {'gains' if ALWAYS in ranges else 'does not gain'}, whatever any one of these numbers is"
        )
        conditional = f"{side_name} gains {join_words(conditions, 'or')}"
        sentences.append(f"{form_phrase}, {conditional if conditions else unconditional}")
    return Finding(
        id=f"takes-{channel}",
        title=f"What it would take: {labels.channel_title(channel)}",
        says=f"Everything else at its central estimate, {'; '.join(sentences)}.",
        see=f"Where {side_name} gains, along each number from 0 to 1, and where the case has it.",
        table=pl.DataFrame(rows),
        headers={"run": "the channel is run", "gains": f"{side_name} gains", "now": "central estimate"},
        method=(
            "Changes of sign are looked for in steps of a half per cent along each number, the others at their means. "
            "For the plain model, in which nothing is lost on longer ways, they have closed forms "
            "(`detente.channels.thresholds`), against which the model is tested."
        ),
        rests_on=(channel,),
    )
