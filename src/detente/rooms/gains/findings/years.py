"""What is otherwise in the other years that are worked out."""

from __future__ import annotations

from collections.abc import Sequence

from detente.case.index.labels import CaseLabels
from detente.methods.offer_model.channel_variants import ChannelVariant
from detente.rooms.gains.findings.headline import group_name
from detente.rooms.gains.findings.text import year_phrase
from detente.rooms.gains.model.simulation.results import YearGains
from detente.text.english import cardinal, join_words

MOST_NAMED_YEARS = 3
"""Years beyond which they are counted and not named."""


def other_years_sentence(years: Sequence[YearGains], channel: str, labels: CaseLabels) -> str:
    """For whom gain turns to loss in another year, or the other way round; nothing where there is no other year.

    Args:
        years: The years, the one that is told of last.
        channel: The channel.
        labels: The names of the case.
    """
    others = years[:-1]
    if not others:
        return ""
    changing = [(year, actors) for year in others if (actors := reversed_actors(year, years[-1], channel))]
    if not changing:
        if len(others) > MOST_NAMED_YEARS:
            return f"In all {cardinal(len(others))} other years the same parties gain."
        return f"In {join_words(year_phrase(year) for year in others)} the same parties gain."
    year, actors = max(changing, key=lambda one: len(one[1]))
    name, _ = group_name(years[-1], actors, labels)
    also = f", and in {cardinal(len(changing) - 1)} more for some" if len(changing) > 1 else ""
    return f"In {year_phrase(year)} this is different for {name}{also}."


def reversed_actors(year: YearGains, last_year: YearGains, channel: str) -> list[int]:
    """The actors whose sign is another in a year than in the last, in any way to run the channel."""
    reversed_in: set[int] = set()
    for form in year.forms_of(channel):
        variant = ChannelVariant(channel, form)
        if variant not in last_year.outcomes:
            continue
        for actor_index, actor in enumerate(last_year.actor_network.actors):
            if actor in year.actor_network.actors:
                own_index = year.actor_network.actors.index(actor)
                own_sign = year.outcomes[variant].majority_sign(own_index)
                if own_sign != last_year.outcomes[variant].majority_sign(actor_index):
                    reversed_in.add(actor_index)
    leading_actors, other_actors = last_year.leading_and_other_actors
    return [actor for actor in (*leading_actors, *other_actors) if actor in reversed_in]
