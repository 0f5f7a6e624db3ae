"""What a case says earlier bodies taught: of which channels, and whether they change anything (`learning.py`)."""

from __future__ import annotations

from detente.case.schema.case import Case
from detente.case.schema.estimate import Estimate

ALL_DONE = Estimate(value=1)
"""The efficiency of a channel of which nothing else is said."""


def joining_channel(case: Case, experience: str) -> str | None:
    """The channel by which an experience tells what it costs to be unlike: the first that joins parties, if any."""
    return next((name for name in case.experiences[experience].tells_of if case.channels[name].joins), None)


def is_taught(case: Case, channel: str) -> bool:
    """Whether anything was learnt of how well a channel works; nothing, where that is certain."""
    estimate = case.channels[channel].efficiency or ALL_DONE
    return estimate.value is None and any(channel in one.tells_of for one in case.experiences.values())
