"""The headline of the chapter on who gains: who gains whoever runs the channel, who only one way, who not at all."""

from __future__ import annotations

from collections.abc import Sequence

from detente.case.index.labels import CaseLabels
from detente.methods.offer_model.channel_variants import ChannelForm, ChannelVariant
from detente.rooms.gains.findings.gain_patterns import GainPattern, PatternGroup, pattern_groups
from detente.rooms.gains.findings.text import form_clause
from detente.rooms.gains.model.simulation.results import YearGains
from detente.text.english import as_sentence, cardinal, join_words

MOST_HEADLINE_WORDS = 20
MOST_NAMED = 3
"""Actors that are all named; of more, the first that leads, or how many they are."""
GAINING: frozenset[GainPattern] = frozenset({"always", "hub", "collegiate"})
"""The patterns that are told with the verb `gains`."""


def gains_headline(year: YearGains, variants: Sequence[ChannelVariant], channel_phrase: str, labels: CaseLabels) -> str:
    """Who gains by a channel, in one sentence of at most twenty words.

    Args:
        year: The year that is told of.
        variants: The channel in each way to run it that makes a difference.
        channel_phrase: The channel within the sentence: `the channel`, or its title in quotes.
        labels: The names of the case.
    """
    groups = pattern_groups(year, variants)
    clauses = {variant.form: form_clause(year, variant, labels) for variant in variants}
    either_ways = ("whoever runs the channel", "either way") if len(variants) > 1 else (f"from {channel_phrase}",)
    candidates = [_told_headline(year, groups, clauses, (channel_phrase, either), labels) for either in either_ways]
    fitting = (one for one in candidates if len(one.split()) <= MOST_HEADLINE_WORDS)
    return next(fitting, _counted_headline(groups, len(variants) > 1))


def _told_headline(
    year: YearGains,
    groups: Sequence[PatternGroup],
    clauses: dict[ChannelForm, str],
    phrases: tuple[str, str],
    labels: CaseLabels,
) -> str:
    """With the names of those who share a pattern, as far as they are few; phrases for the channel and for any way."""
    channel_phrase, either = phrases
    if len(groups) == 1:
        return as_sentence(_clause_of_all(groups[0], clauses, either, channel_phrase))
    parts: list[str] = []
    has_verb = False
    for position, group in enumerate(groups):
        is_last = position == len(groups) - 1
        name, is_plural = group_name(year, group.actors, labels, is_last)
        parts.append(_group_clause(group.pattern, name, is_plural, clauses, either, has_verb))
        has_verb = has_verb or group.pattern in GAINING
    return as_sentence("; ".join(parts))


def _clause_of_all(group: PatternGroup, clauses: dict[ChannelForm, str], either: str, channel_phrase: str) -> str:
    """Where the same holds of everybody."""
    either = f", {either}" if len(clauses) > 1 else f" {either}"
    match group.pattern:
        case "always":
            return f"everyone gains{either}"
        case "hub" | "collegiate":
            return f"everyone gains, but only {clauses[group.pattern]}"
        case "close":
            return "for everyone it is too close to call whether they gain"
        case "never":
            return f"nobody gains{either}"
        case "loses":
            return f"everyone loses{either}"
        case "unmoved":
            return f"{channel_phrase} changes nothing for anyone"


def _group_clause(
    pattern: GainPattern, name: str, is_plural: bool, clauses: dict[ChannelForm, str], either: str, has_verb: bool
) -> str:
    """What holds of some: with the verb `gains` only where it was not used before."""
    verb = "" if has_verb else " gain" if is_plural else " gains"
    match pattern:
        case "always":
            return f"{name}{verb} {either}"
        case "hub" | "collegiate":
            return f"{name}{verb} only {clauses[pattern]}"
        case "close":
            return f"for {name} it is too close to call"
        case "never":
            does = "do not" if is_plural else "does not"
            return f"{name} {does}" if has_verb else f"{name} {does} gain"
        case "loses":
            return f"{name} {'lose' if is_plural else 'loses'}"
        case "unmoved":
            return f"nothing changes for {name}"


def group_name(year: YearGains, actors: Sequence[int], labels: CaseLabels, is_rest: bool = False) -> tuple[str, bool]:
    """What some actors are called together, and whether that is a plural.

    Args:
        year: The year that is told of.
        actors: Some actors, those that lead first.
        labels: The names of the case.
        is_rest: Whether all others have been told of.
    """
    names = [labels.party_name(year.actor_network.actors[actor]) for actor in actors]
    if len(names) <= MOST_NAMED:
        return join_words(names), len(names) > 1
    if len(names) == year.actor_network.n:
        return "everyone", False
    leading_actors, _ = year.leading_and_other_actors
    leading = [actor for actor in actors if actor in leading_actors]
    if is_rest:
        return (f"{_actor_name(year, leading[0], labels)} and the rest" if len(leading) == 1 else "the rest"), True
    if len(leading) == 1:
        return f"{_actor_name(year, leading[0], labels)} and {cardinal(len(names) - 1)} others", True
    return f"{cardinal(len(names))} of the {cardinal(year.actor_network.n)}", True


def _actor_name(year: YearGains, actor: int, labels: CaseLabels) -> str:
    return labels.party_name(year.actor_network.actors[actor])


def _counted_headline(groups: Sequence[PatternGroup], has_two_forms: bool) -> str:
    """With numbers only, where names would be too long."""
    counts = {group.pattern: len(group.actors) for group in groups}
    one_way = counts.get("hub", 0) + counts.get("collegiate", 0)
    total = sum(counts.values())
    always = cardinal(counts.get("always", 0)) if counts.get("always") else "none"
    if not has_two_forms:
        return as_sentence(f"of {cardinal(total)} parties, {always} {_gains(counts.get('always', 0))}")
    return as_sentence(
        f"of {cardinal(total)} parties, {always} {_gains(counts.get('always', 0))} whoever runs the channel, "
        f"{cardinal(one_way) if one_way else 'none'} only one way"
    )


def _gains(count: int) -> str:
    return "gains" if count == 1 else "gain"
