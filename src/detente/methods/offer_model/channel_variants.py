"""A channel and the way it is run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ChannelForm = Literal["hub", "collegiate"]
CHANNEL_FORMS: tuple[ChannelForm, ...] = ("hub", "collegiate")
"""The two ways a channel between organisations is run: each through its leading member, or each as one."""


@dataclass(frozen=True)
class ChannelVariant:
    """A channel, run one way."""

    channel: str
    form: ChannelForm
