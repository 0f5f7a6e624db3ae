"""The numbers that gains rest on, in plain words that can follow `it depends on`."""

from __future__ import annotations

from detente.case.index.labels import CaseLabels
from detente.case.index.number_labels import number_label
from detente.rooms.gains.model.simulation.results import YearGains
from detente.text.setting_names import SETTING_NAMES

ISSUE_NAMES: dict[str, str] = {
    "stakes": "how much is at stake on “{title}”",
    "multilateral": "how much of “{title}” needs all members",
    "raised": "what a grave threat adds to “{title}”",
    "gravity": "how much capability counts on “{title}”",
    "exposure": "how much “{title}” concerns {party}",
    "salience": "how much {party} cares for “{title}”",
}
"""Numbers of an issue, some of them those of one party."""


def plain_number_name(year: YearGains, path: str, offered_channel: str, labels: CaseLabels) -> str:
    """What a number is: `how well today's ties work`.

    Args:
        year: The year that is told of.
        path: Where the number stands, as dotted keys.
        offered_channel: The channel that is simply called `the channel`.
        labels: The names of the case.
    """
    case, keys = labels.case, path.split(".")
    if keys[0] == "network" and keys[-1] in SETTING_NAMES:
        return SETTING_NAMES[keys[-1]]
    if keys[0] == "channels" and len(keys) == 3 and keys[1] in case.channels:
        return _channel_number_name(year, keys[1], keys[2], offered_channel, labels)
    if keys[0] == "issues" and len(keys) in (3, 4) and keys[1] in case.issues and keys[2] in ISSUE_NAMES:
        party = labels.party_name(keys[3]) if len(keys) == 4 else ""
        return ISSUE_NAMES[keys[2]].format(title=case.issues[keys[1]].title, party=party)
    if keys[0] == "traits" and len(keys) == 4 and keys[1] in case.traits:
        return f"where {labels.party_name(keys[3])} stands on “{case.traits[keys[1]].title}”"
    if keys[0] == "threat" and len(keys) == 2:
        return f"how grave a threat {labels.party_name(keys[1])} feels"
    return number_label(case, path)


def _channel_number_name(year: YearGains, channel: str, key: str, offered_channel: str, labels: CaseLabels) -> str:
    """A number of a channel; any other key is called as everywhere."""
    name = channel_name(year, channel, offered_channel, labels)
    is_plural = channel == year.actor_network.observed_channel
    declared = labels.case.channels[channel]
    if key == "efficiency":
        return f"how well {name} {'work' if is_plural else 'works'}"
    if key == "exclusivity" and declared.displaces:
        replaced = channel_name(year, declared.displaces, offered_channel, labels)
        return f"how far {name} {'replace' if is_plural else 'replaces'} {replaced}"
    if key == "opening" and declared.opens:
        opened = channel_name(year, declared.opens, offered_channel, labels)
        return f"how likely {name} {'are' if is_plural else 'is'} to open {opened}"
    return number_label(labels.case, f"channels.{channel}.{key}")


def channel_name(year: YearGains, channel: str, offered_channel: str, labels: CaseLabels) -> str:
    """A channel within a sentence: `today's ties`, `the channel`, or another by its title."""
    if channel == year.actor_network.observed_channel:
        return "today's ties"
    return "the channel" if channel == offered_channel else f"“{labels.channel_title(channel)}”"
