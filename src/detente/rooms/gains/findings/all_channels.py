"""The finding on every channel: what each brings every actor in every year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.case.index.channel_variants import ChannelVariant
from detente.case.index.labels import CaseLabels
from detente.results.finding import Finding
from detente.rooms.gains.findings.text import gain_sentence, gains_input_ids, quoted_variant, variant_title
from detente.rooms.gains.model.network.actor_network import isolated_actors
from detente.rooms.gains.model.network.variants import exclusivity_bounds
from detente.rooms.gains.model.simulation.results import YearGains
from detente.text.english import join_words
from detente.text.shares import as_percent


def all_channels_finding(years: Sequence[YearGains], labels: CaseLabels) -> Finding:
    """What every channel brings every actor in every year."""
    import polars as pl

    rows = []
    for year in years:
        for variant in year.distinct_variants:
            if variant.channel == year.actor_network.observed_channel:
                continue
            outcome = year.outcomes[variant]
            for actor_index, actor in enumerate(year.actor_network.actors):
                rows.append(
                    {
                        "year": year.actor_network.year,
                        "channel": variant_title(year, variant, labels),
                        "actor": labels.party_name(actor),
                        "gain": as_percent(outcome.mean_gain[actor_index]),
                        "low": as_percent(outcome.gain_quantiles[0, actor_index]),
                        "high": as_percent(outcome.gain_quantiles[1, actor_index]),
                        "often": round(float(outcome.gain_frequency[actor_index]), 2),
                    }
                )
    year = years[-1]
    return Finding(
        id="every-channel",
        title="Every channel",
        says=" ".join(_channel_sentences(year, labels)),
        table=pl.DataFrame(rows),
        headers={"gain": "gain, %", "low": "5 of 100 below", "high": "95 of 100 below", "often": "gains in"},
        rests_on=gains_input_ids(year),
    )


def _channel_sentences(year: YearGains, labels: CaseLabels) -> Iterator[str]:
    for channel_graphs in year.actor_network.channels:
        if channel_graphs.channel != year.actor_network.observed_channel and not channel_graphs.has_collegiate_form:
            variant = ChannelVariant(channel_graphs.channel, "hub")
            yield f"{quoted_variant(year, variant, labels)}: {gain_sentence(year, variant, labels)}."
        isolated = [labels.party_name(actor) for actor in isolated_actors(year.actor_network, channel_graphs)]
        if isolated:
            title = labels.channel_title(channel_graphs.channel)
            yield f"“{title}” leaves {join_words(isolated)} with nobody to turn to."
    same_in_any_form = [
        f"“{labels.channel_title(channel_graphs.channel)}”"
        for channel_graphs in year.actor_network.channels
        if channel_graphs.has_collegiate_form
        and channel_graphs.coexisting_graph
        and exclusivity_bounds(year.model.case, channel_graphs.channel)[1] == 0
    ]
    if same_in_any_form:
        yield f"{join_words(same_in_any_form)} displaces nothing, so it is taken to work the same however it is run."
    yield f"Each gain is the mean of {year.draw_count:,} draws."
