"""By the numbers of which year something on record is judged: its own, as near as the years worked out allow."""

from __future__ import annotations

from collections.abc import Sequence

from detente.methods.chronology.edtf import Edtf
from detente.rooms.acceptance.model.decision.decision_makers import DecisionMakers
from detente.rooms.gains.model.network.parties import actors_of_party


def judging_index(deciders: Sequence[DecisionMakers], when: Edtf | None, party: str | None = None) -> int:
    """Which of the years worked out judges what happened at a time: the latest until then, or else the first.

    What has no date is judged by the year that is answered for; what somebody decided, only by years in which
    they decide on channels.

    Args:
        deciders: Those of each year, that of the answer last.
        when: When it happened, or began.
        party: Who decided it.
    """
    indices = [index for index, one in enumerate(deciders) if party is None or _decides(one, party)]
    if not indices or when is None:
        return len(deciders) - 1
    first_year = when.as_stated.first_day.year
    in_time = sorted(indices, key=lambda index: deciders[index].actor_network.year)
    earlier = [index for index in in_time if deciders[index].actor_network.year <= first_year]
    return earlier[-1] if earlier else in_time[0]


def _decides(deciders: DecisionMakers, party: str) -> bool:
    return bool(actors_of_party(deciders.case, deciders.actor_network, party))
