"""Who gains how often, in words; and how the room works."""

from __future__ import annotations

from collections.abc import Collection

from detente.case.index.channel_variants import ChannelVariant
from detente.case.index.labels import CaseLabels
from detente.rooms.gains.model.simulation.channel_model import Exactness
from detente.rooms.gains.model.simulation.results import YearGains
from detente.text.english import cardinal, count_noun, join_words
from detente.text.shares import frequency_range_phrase, size_phrase

METHOD = (
    "Actors are players in a graph of who can turn to whom. What two have to gain from each other on an issue is s "
    "= (stakes) x (exposure of each) x (product of their capabilities, beside the greatest across organisations) to "
    "the power of an exponent, as in gravity models of trade (Tinbergen 1962; transferred by us); a pair's own "
    "departure from that is drawn besides. Part of it takes all members together, of which a channel gets done as "
    "much as its efficiency says. Whoever is needed to join two shares in what they gain: the Myerson value "
    "(Myerson 1977), by block-cut decomposition and Gauss-Legendre quadrature of the multilinear extension (Owen "
    "1972). Each further link leaves less of a gain (Jackson and Wolinsky 1996), except on issues that pairs cannot "
    "settle, and links cost either end half. A channel displaces the links of another with the chance that its "
    "exclusivity says, all of them or none, and may open another, whose links come about with the chance that its "
    "opening says. Where links of another stand beside it, nobody answers as one, and what takes all members is "
    "done by whichever does more of it. Where an organisation answers as one it is one player (the quotient game of "
    "Owen 1977), and what it gains by that, or saves on links, is divided in declared shares, or equally. Gains are "
    "counted from the observed channel, in per cent of all that is at stake across organisations."
)


def method_note(year: YearGains) -> str:
    """How the room works, and how exactly it did."""
    return f"{METHOD} {_exactness_sentence(year.model.exactness)}"


def _exactness_sentence(exactness: Exactness) -> str:
    if exactness.greatest_error is None:
        return f"Here they are exact on all {count_noun(exactness.graph_count, 'graph')}."
    scope = "of issues that pairs cannot settle"
    if exactness.sampled_graph_count:
        scope = f"on {exactness.sampled_graph_count} of {exactness.graph_count} graphs"
    precision = f"by drawing orders of arrival, with standard errors of shares up to {exactness.greatest_error:.2g}"
    return f"Here values {scope} are estimated {precision}."


def form_words(year: YearGains, variant: ChannelVariant, labels: CaseLabels) -> str:
    """How a channel is run, if that makes a difference."""
    return labels.form_phrase(variant.form, year.dealing_parties(variant))


def variant_title(year: YearGains, variant: ChannelVariant, labels: CaseLabels) -> str:
    """A channel with the way it is run."""
    return labels.channel_in_form(variant.channel, form_words(year, variant, labels))


def quoted_variant(year: YearGains, variant: ChannelVariant, labels: CaseLabels) -> str:
    """A channel with the way it is run, within a sentence."""
    return labels.quoted_channel_in_form(variant.channel, form_words(year, variant, labels))


def year_phrase(year: YearGains) -> str:
    """A year, and the year of its figures where that is another: `1980, with the capabilities of 1974`."""
    if figures_year := year.borrowed_capability_year:
        return f"{year.actor_network.year}, with the capabilities of {figures_year}"
    return str(year.actor_network.year)


MOST_NAMED = 2
"""Actors that lead nobody, beyond which they are told together."""
MOST_NAMED_OF_SOME = 6
"""The same where they are some of several."""


def gain_sentence(
    year: YearGains, variant: ChannelVariant, labels: CaseLabels, actors: Collection[int] | None = None
) -> str:
    """Who of some, or of all, gains how often by a channel, and how much on average, of all at stake.

    `Aldmoor gains in every draw (+6.0 per cent) and Dun in no draw (−2.1 per cent)`.
    """
    outcome = year.outcomes[variant]
    groups = [
        (name, group, any(outcome.is_affected(actor) for actor in group))
        for name, group in _told_groups(year, labels, actors)
    ]
    affected = [(name, group) for name, group, is_affected in groups if is_affected]
    unaffected = [name for name, _, is_affected in groups if not is_affected]
    gain_phrases = [
        f"{name}{'' if position else ' gains'} {frequency_range_phrase(outcome.gain_frequency[group])} "
        f"({size_phrase(outcome.mean_gain[group])})"
        for position, (name, group) in enumerate(affected)
    ]
    unaffected_phrases = [f"nothing changes for {join_words(unaffected)}"] if unaffected else []
    return "; ".join([*([join_words(gain_phrases)] if gain_phrases else []), *unaffected_phrases])


def _told_groups(year: YearGains, labels: CaseLabels, actors: Collection[int] | None) -> list[tuple[str, list[int]]]:
    """Some actors, or all, one by one as far as they are told of so, and the others together."""
    leading_actors, others = (
        [actor for actor in group if actors is None or actor in actors] for group in year.leading_and_other_actors
    )
    all_others = year.leading_and_other_actors[1]
    if len(others) <= (MOST_NAMED if others == all_others else MOST_NAMED_OF_SOME):
        leading_actors, others = [*leading_actors, *others], []
    groups = [(labels.party_name(year.actor_network.actors[actor]), [actor]) for actor in leading_actors]
    if others == all_others and others:
        groups.append((f"each of the {cardinal(len(others))} others", others))
    elif others:
        groups.append((f"{len(others)} of the {len(all_others)} others", others))
    return groups


def gains_input_ids(year: YearGains) -> tuple[str, ...]:
    """The entries that gains rest on."""
    case = year.model.case
    measure = case.network.capability or next(iter(case.capabilities), None)
    return (*case.channels, *year.model.issues, *([measure] if measure else []))
