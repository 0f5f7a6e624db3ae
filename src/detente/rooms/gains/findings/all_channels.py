"""The finding on every channel: what each brings every actor in every year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.case.index.channel_variants import ChannelVariant
from detente.case.index.labels import CaseLabels
from detente.results.finding import Finding
from detente.results.table import Column, make_table
from detente.rooms.gains.findings.text import gain_sentence, gains_input_ids, quoted_variant, variant_title
from detente.rooms.gains.findings.units import SHARE_AT_STAKE, SHARE_OF_DRAWS
from detente.rooms.gains.model.network.actor_network import isolated_actors
from detente.rooms.gains.model.network.variants import exclusivity_bounds
from detente.rooms.gains.model.simulation.results import YearGains
from detente.text.english import join_words

COLUMNS = (
    Column("year", format="year"),
    Column("channel"),
    Column("actor"),
    Column("gain", "gain: % (5 to 95 of 100)", "signed_percent", SHARE_AT_STAKE, bounds=True),
    Column("gain_frequency", "gains in, of 100", "of_100", SHARE_OF_DRAWS),
)


def all_channels_finding(years: Sequence[YearGains], labels: CaseLabels) -> Finding:
    """What every channel brings every actor in every year."""
    year, in_time = years[-1], sorted(years, key=lambda each: each.actor_network.year)
    return Finding(
        id="every-channel",
        title="Every channel",
        says=" ".join(_channel_sentences(year, labels)),
        table=make_table(COLUMNS, (row for each in in_time for row in _gain_rows(each, labels))),
        rests_on=gains_input_ids(year),
    )


def _gain_rows(year: YearGains, labels: CaseLabels) -> Iterator[dict[str, object]]:
    """What every channel but the observed one brings every actor in a year."""
    for variant in year.distinct_variants:
        if variant.channel == year.actor_network.observed_channel:
            continue
        outcome = year.outcomes[variant]
        for actor_index, actor in enumerate(year.actor_network.actors):
            low, high = outcome.gain_quantiles[:, actor_index]
            yield {
                "year": year.actor_network.year,
                "channel": variant_title(year, variant, labels),
                "actor": labels.party_name(actor),
                "gain": outcome.mean_gain[actor_index],
                "gain_low": low,
                "gain_high": high,
                "gain_frequency": outcome.gain_frequency[actor_index],
            }


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
