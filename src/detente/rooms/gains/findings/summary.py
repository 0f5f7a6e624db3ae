"""What the gains room says in short: its answer, its tile, what it took for granted."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from detente.case.index.channel_variants import ChannelVariant
from detente.case.index.labels import GAINS_PATHS, CaseLabels
from detente.results.finding import Finding, Tile
from detente.rooms.gains.findings.text import form_words, gain_sentence, variant_title
from detente.rooms.gains.model.simulation.results import YearGains
from detente.text.english import join_words, upper_first
from detente.text.shares import frequency_phrase, frequency_range_phrase, size_phrase

SIGN_VERBS = {1: ("gains", "gain"), -1: ("loses", "lose"), 0: ("has no clear sign", "have no clear sign")}
"""What an actor does, and several do, by sign."""
MOST_VARIANTS = 3
"""Channels that the short answer tells of where none is between organisations."""
MOST_NAMED_STEADY = 4
"""Actors that it names of whom the same holds."""


def gains_brief(years: Sequence[YearGains], channels: Sequence[str], labels: CaseLabels) -> str:
    """The answer in a sentence or two, for the first screen."""
    year = years[-1]
    draws_phrase = f"In draws from the numbers assumed ({labels.unsourced_inputs_phrase(GAINS_PATHS)})"
    if not channels:
        other_variants = [
            variant for variant in year.model.variants if variant.channel != year.actor_network.observed_channel
        ]
        gain_sentences = "; ".join(
            f"“{variant_title(year, variant, labels)}”: {gain_sentence(year, variant, labels)}"
            for variant in other_variants[:MOST_VARIANTS]
        )
        return (
            f"{draws_phrase}, beside “{labels.channel_title(year.actor_network.observed_channel)}”, {gain_sentences}."
        )
    channel = channels[0]
    variants = year.variants_of(channel)
    form_dependent = year.form_dependent_actors(channel)
    title = f"who gains by “{labels.channel_title(channel)}”"
    gain_sentences = "; ".join(
        f"{form_words(year, variant, labels)}, {gain_sentence(year, variant, labels, form_dependent or None)}"
        for variant in variants
    )
    if not form_dependent:
        return f"{draws_phrase}, {title} does not turn on how it is run: {gain_sentences}."
    form_independent = _form_independent_sentence(year, variants, form_dependent, labels)
    return f"{draws_phrase}, {title} turns on how it is run: {gain_sentences}. {form_independent}".strip()


def _form_independent_sentence(
    year: YearGains, variants: Sequence[ChannelVariant], form_dependent: Collection[int], labels: CaseLabels
) -> str:
    """What is so however the channel is run."""
    form_independent = [actor_index for actor_index in range(year.actor_network.n) if actor_index not in form_dependent]
    outcomes = [year.outcomes[variant] for variant in variants]
    unaffected = [
        actor_index
        for actor_index in form_independent
        if not any(outcome.is_affected(actor_index) for outcome in outcomes)
    ]
    clauses = []
    for sign, (singular_verb, plural_verb) in SIGN_VERBS.items():
        group = [
            actor_index
            for actor_index in form_independent
            if actor_index not in unaffected and outcomes[0].majority_sign(actor_index) == sign
        ]
        if group:
            group_names = [labels.party_name(year.actor_network.actors[actor_index]) for actor_index in group]
            group_phrase = (
                join_words(group_names)
                if len(group_names) <= MOST_NAMED_STEADY
                else f"{len(group_names)} of the {year.actor_network.n} actors"
            )
            shares = [
                float((outcome_of_form.loss_frequency if sign < 0 else outcome_of_form.gain_frequency)[actor_index])
                for outcome_of_form in outcomes
                for actor_index in group
            ]
            frequency = f", {frequency_range_phrase(shares)}" if sign else ""
            clauses.append(
                f"{group_phrase} {singular_verb if len(group_names) == 1 else plural_verb} either way{frequency}"
            )
    if unaffected:
        group_names = [labels.party_name(year.actor_network.actors[actor_index]) for actor_index in unaffected]
        few = len(group_names) <= MOST_NAMED_STEADY
        clauses.append(f"nothing changes for {join_words(group_names) if few else f'{len(group_names)} actors'}")
    return upper_first("; ".join(clauses)) + "." if clauses else ""


def gains_answer(
    years: Sequence[YearGains], channels: Sequence[str], labels: CaseLabels, break_even_findings: Sequence[Finding]
) -> str:
    """The section's own answer: who gains, and what it would take."""
    return " ".join([gains_brief(years, channels, labels), *(finding.says for finding in break_even_findings)])


def gains_tile(years: Sequence[YearGains], channels: Sequence[str], labels: CaseLabels) -> Tile | None:
    """Whether the side that answers gains by the channel that is offered."""
    year = years[-1]
    answering_side = year.answering_actors
    if not channels or not answering_side:
        return None
    channel = channels[0]
    side_name = labels.answering_side()
    variants = year.variants_of(channel)
    shares = {variant: year.outcomes[variant].joint_gain_frequency(answering_side) for variant in variants}
    verdicts = {share > 0.5 for share in shares.values()}
    if len(verdicts) > 1:
        value = f"Whether {side_name} gains turns on how the channel is run"
    else:
        value = f"{side_name} gains in most draws" if verdicts.pop() else f"{side_name} does not gain in most draws"
    note = "; ".join(
        f"{form_words(year, variant, labels)}: {frequency_phrase(share)}, "
        f"{size_phrase([year.outcomes[variant].mean_gain[answering_side].sum()])}"
        for variant, share in shares.items()
    )
    note += " of all at stake on average"
    return Tile("Who gains", upper_first(value), upper_first(note))
