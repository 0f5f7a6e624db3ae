"""Who gains how often, in words; and how the room works."""

from __future__ import annotations

from collections.abc import Collection

from detente.rooms.gains.findings.labels import GainsLabels, answering_actors, frequency_range_phrase
from detente.rooms.gains.model.build_network import capability_year
from detente.rooms.gains.model.model import ChannelVariant
from detente.rooms.gains.model.results import YearGains
from detente.text.english import cardinal, join_words

METHOD = (
    "Actors are players in a graph of who can turn to whom. What two have to gain from each other on an issue is "
    "s = (stakes) x (exposure of each) x (product of their capabilities, beside the greatest across organisations) to "
    "the power of an exponent, as in gravity models of trade (Tinbergen 1962; transferred by us); a pair's own "
    "departure from that is drawn besides. Part of it takes all members together, of which a channel gets done as much "
    "as its efficiency says. Whoever is needed to join two shares in what they gain: the Myerson value (Myerson 1977), "
    "by block-cut decomposition and Gauss-Legendre quadrature of the multilinear extension (Owen 1972). Each further "
    "link leaves less of a gain (Jackson and Wolinsky 1996), except on issues that pairs cannot settle, and links cost "
    "either end half. A channel displaces the links of another with the chance that its exclusivity says, all of them "
    "or none; where they survive, nobody answers as one, and what takes all members is done by whichever channel does "
    "more of it. Where an organisation answers as one it is one player (the quotient game of Owen 1977), and what it "
    "gains by that, or saves on links, is divided in declared shares, or equally. Gains are counted from the observed "
    "channel, in per cent of all that is at stake across organisations."
)


def method_note(year: YearGains) -> str:
    """How the room works, and how exactly it did."""
    return f"{METHOD} {year.model.exactness_note}"


def borrowed_capability_year(year: YearGains) -> int | None:
    """The year of the figures of capability that a year is worked out with, where it is another."""
    figures_year = capability_year(year.model.case, year.actor_network.year)
    return None if figures_year == year.actor_network.year else figures_year


def year_phrase(year: YearGains) -> str:
    """A year, and the year of its figures where that is another: `1980, with the capabilities of 1974`."""
    figures_year = borrowed_capability_year(year)
    return (
        f"{year.actor_network.year}, with the capabilities of {figures_year}"
        if figures_year
        else str(year.actor_network.year)
    )


MOST_NAMED = 2
"""Actors that lead nobody, beyond which they are told together."""
MOST_NAMED_OF_SOME = 6
"""The same where they are some of several."""


def leading_and_other_actors(year: YearGains) -> tuple[list[int], list[int]]:
    """The actors that lead an organisation, are one or belong to none, those who offer first; and all others."""
    actor_network = year.actor_network
    answering_side = answering_actors(year.model.case, actor_network)
    leading_actors = [
        actor_index
        for actor_index in range(actor_network.n)
        if actor_network.organisations_led[actor_index] or not actor_network.memberships[actor_index]
    ]
    return sorted(leading_actors, key=lambda actor_index: actor_index in answering_side), [
        actor_index for actor_index in range(actor_network.n) if actor_index not in leading_actors
    ]


def gain_sentence(
    year: YearGains, variant: ChannelVariant, labels: GainsLabels, actors: Collection[int] | None = None
) -> str:
    """Who of some, or of all, gains how often by a channel: `Aldmoor gains in every draw and Dun in no draw`."""
    outcome = year.outcomes[variant]
    leading_actors, others = (
        [actor_index for actor_index in group if actors is None or actor_index in actors]
        for group in leading_and_other_actors(year)
    )
    groups = [
        (labels.party_name(year.actor_network.actors[actor_index]), [actor_index]) for actor_index in leading_actors
    ]
    all_others = leading_and_other_actors(year)[1]
    if len(others) <= (MOST_NAMED if others == all_others else MOST_NAMED_OF_SOME):
        groups += [(labels.party_name(year.actor_network.actors[actor_index]), [actor_index]) for actor_index in others]
    else:
        others_phrase = (
            f"each of the {cardinal(len(others))} others"
            if others == all_others
            else f"{len(others)} of the {len(all_others)} others"
        )
        groups.append((others_phrase, others))
    affected = [
        (name, group) for name, group in groups if any(outcome.is_affected(actor_index) for actor_index in group)
    ]
    unaffected = [name for name, group in groups if not any(outcome.is_affected(actor_index) for actor_index in group)]
    gain_phrases = [
        f"{name}{'' if position else ' gains'} {frequency_range_phrase(outcome.gain_frequency[group])}"
        for position, (name, group) in enumerate(affected)
    ]
    unaffected_phrases = [f"nothing changes for {join_words(unaffected)}"] if unaffected else []
    return "; ".join([*([join_words(gain_phrases)] if gain_phrases else []), *unaffected_phrases])


def form_dependent_actors(year: YearGains, channel: str) -> list[int]:
    """The actors that gain in most draws by a channel run one way, and not run the other, or lose."""
    outcomes = [year.outcomes[ChannelVariant(channel, form)] for form in year.forms_of(channel)]
    return [
        actor_index
        for actor_index in range(year.actor_network.n)
        if len({outcome.majority_sign(actor_index) for outcome in outcomes}) > 1
    ]


def gains_input_ids(year: YearGains) -> tuple[str, ...]:
    """The entries that gains rest on."""
    case = year.model.case
    measure = case.network.capability or next(iter(case.capabilities), None)
    return (*case.channels, *year.model.issues, *([measure] if measure else []))
