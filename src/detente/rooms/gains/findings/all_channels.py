"""The finding on every channel: what each brings every actor in every year."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from detente.case.index.labels import CaseLabels
from detente.methods.offer_model.channel_variants import ChannelVariant
from detente.results.finding import Finding
from detente.results.pictures import RangeRow, RangeRows
from detente.results.table import Column, make_table
from detente.rooms.gains.findings.gain_patterns import told_order
from detente.rooms.gains.findings.opening import LEGEND, MEASURE, gain_bar
from detente.rooms.gains.findings.text import (
    also_in,
    fitting_answer,
    form_words,
    gains_input_ids,
    variant_title,
)
from detente.rooms.gains.findings.units import SHARE_AT_STAKE, SHARE_OF_SIMULATIONS
from detente.rooms.gains.model.network.actor_network import isolated_actors
from detente.rooms.gains.model.network.variants import exclusivity_bounds
from detente.rooms.gains.model.simulation.results import YearGains
from detente.text.english import cardinal, join_words, upper_first, without_article
from detente.text.shares import frequency_phrase

COLUMNS = (
    Column("year", format="year"),
    Column("channel"),
    Column("actor", "who"),
    Column("gain", "gain or loss, %", "signed_percent", SHARE_AT_STAKE, bounds=True),
    Column("gain_frequency", "gains in, of 100", "of_100", SHARE_OF_SIMULATIONS),
)
MOST_TOLD = 3
"""Other channels that the sentences tell of; all are in the picture."""
MOST_PICTURED = 7
"""Rows of the picture."""


def all_channels_finding(years: Sequence[YearGains], offered: Collection[str], labels: CaseLabels) -> Finding:
    """What every channel brings every actor in every year; a detail where there is more than what is offered.

    Args:
        years: The years that are worked out, the one that is told of last.
        offered: The channels that are told of by themselves.
        labels: The names of the case.
    """
    year, in_time = years[-1], sorted(years, key=lambda each: each.actor_network.year)
    variants = [one for one in year.distinct_variants if one.channel != year.actor_network.observed_channel]
    others = [variant for variant in variants if variant.channel not in offered]
    return Finding(
        id="every-channel",
        title="What every way to deal brings",
        says=" ".join(_channel_sentences(year, variants, labels)),
        see=f"Each number is from {year.draw_count:,} simulations.",
        table=make_table(COLUMNS, (row for each in in_time for row in _gain_rows(each, labels))),
        rests_on=gains_input_ids(year),
        place="detail" if others else "annex",
        question="What other ways to deal would bring",
        short_answer=_short_answer(year, others, labels),
        picture=_channels_picture(year, variants, labels) if variants else None,
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


def _compared_actors(year: YearGains) -> list[int]:
    """Two actors that stand for the rest: first of those that lead who offer, and who answer; else the first two."""
    order = told_order(year)
    answering = next((actor for actor in order if actor in year.answering_actors), None)
    offering = next((actor for actor in order if actor in year.offering_actors and actor != answering), None)
    chosen = [actor for actor in (offering, answering) if actor is not None]
    return chosen if len(chosen) > 1 else order[:2]


def _short_answer(year: YearGains, variants: Sequence[ChannelVariant], labels: CaseLabels) -> str:
    """By how many of the ways to deal the last of the two gains in most simulations."""
    if not variants:
        return "there are none"
    actor = _compared_actors(year)[-1]
    helping = sum(year.outcomes[variant].majority_sign(actor) > 0 for variant in variants)
    name, count = labels.party_name(year.actor_network.actors[actor]), cardinal(len(variants))
    if not helping:
        return fitting_answer(f"none helps {name}", "none helps")
    verb = "helps" if helping == 1 else "help"
    if len(variants) == 1:
        return fitting_answer(f"the only other one helps {name}", "the only other one helps")
    return fitting_answer(f"{cardinal(helping)} of {count} {verb} {name}", f"{cardinal(helping)} of {count} {verb}")


def _channels_picture(year: YearGains, variants: Sequence[ChannelVariant], labels: CaseLabels) -> RangeRows:
    """A row for each way to deal, with what it brings two actors."""
    actors = _compared_actors(year)
    names = [labels.party_name(year.actor_network.actors[actor]) for actor in actors]
    return RangeRows(
        says=f"What each way to deal brings {join_words(names)}. {LEGEND}",
        measure=MEASURE,
        series=tuple(map(without_article, names)),
        rows=tuple(
            RangeRow(
                labels.channel_title(variant.channel),
                tuple(gain_bar(year, variant, actor) for actor in actors),
                note=form_words(year, variant, labels),
            )
            for variant in variants[:MOST_PICTURED]
        ),
        axis="signed",
        heading="Way to deal",
    )


def _channel_sentences(year: YearGains, variants: Sequence[ChannelVariant], labels: CaseLabels) -> Iterator[str]:
    """What the channels bring that nobody could run otherwise, and whom they leave alone."""
    plain = [
        ChannelVariant(graphs.channel, "hub")
        for graphs in year.actor_network.channels
        if graphs.channel != year.actor_network.observed_channel and not graphs.has_collegiate_form
    ]
    for variant in plain[:MOST_TOLD]:
        yield _gain_sentence(year, variant, labels)
    lonely = [
        (graphs.channel, names)
        for graphs in year.actor_network.channels
        if (names := [labels.party_name(actor) for actor in isolated_actors(year.actor_network, graphs)])
    ]
    for channel, names in lonely[:1]:
        left = join_words(names) if len(names) <= MOST_TOLD else f"{cardinal(len(names))} of them"
        yield f"“{labels.channel_title(channel)}” leaves {left} with nobody to turn to."
    same_in_any_form = [
        f"“{labels.channel_title(graphs.channel)}”"
        for graphs in year.actor_network.channels
        if graphs.has_collegiate_form
        and graphs.coexisting_graph
        and exclusivity_bounds(year.model.case, graphs.channel)[1] == 0
    ]
    if same_in_any_form:
        verb = "replaces" if len(same_in_any_form) == 1 else "replace"
        yield f"{join_words(same_in_any_form)} {verb} no ties, so it does not matter who runs it."
    if not plain and not lonely and not same_in_any_form:
        has_others = len({variant.channel for variant in variants}) > 1
        yield "The other ways depend on who runs them." if has_others else "Nothing but the offer is compared."


def _gain_sentence(year: YearGains, variant: ChannelVariant, labels: CaseLabels) -> str:
    """How often two actors gain by a channel."""
    outcome, title = year.outcomes[variant], labels.channel_title(variant.channel)
    if not any(outcome.is_affected(actor) for actor in range(year.actor_network.n)):
        return f"“{title}” changes nothing for anyone."
    clauses: list[str] = []
    for actor in _compared_actors(year):
        share, name = float(outcome.gain_frequency[actor]), labels.party_name(year.actor_network.actors[actor])
        clauses.append(f"{name} {also_in(share)}" if clauses else f"{name} gains {frequency_phrase(share)}")
    return upper_first(f"with “{title}”, {join_words(clauses)}.")
