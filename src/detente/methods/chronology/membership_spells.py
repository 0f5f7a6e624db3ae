"""Who belonged to an organisation on a day, where the sources may date it differently.

A spell is one membership as one source dates it. Spells of an actor that accord to different sources
are competing datings: each is a full history of that actor, and where the histories differ on a day
the actor's standing is `disputed`. Within one dating an imprecise date leaves days `unsure`, which another
dating may settle.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from detente.methods.chronology.edtf import Edtf

MembershipStatus = Literal["in", "out", "unsure", "disputed"]


@dataclass(frozen=True, slots=True)
class MembershipSpell:
    """One spell of membership of one actor, by one dating (empty where there is only one)."""

    actor: str
    period: Edtf
    dating: str = ""


def membership_status(spells: Iterable[MembershipSpell], day: date) -> MembershipStatus:
    """The standing of one actor on a day, from all its spells.

    Example:
        >>> from datetime import date
        >>> from detente.methods.chronology.edtf import Edtf
        >>> from detente.methods.chronology.membership_spells import MembershipSpell, membership_status
        >>> spells = [MembershipSpell("Georgia", Edtf.parse("1994-05/1999-04"))]
        >>> spells += [MembershipSpell("Georgia", Edtf.parse("1993-12/1999-04"), "other source")]
        >>> [membership_status(spells, date(year, 2, 1)) for year in (1992, 1994, 1997)]
        ['out', 'disputed', 'in']
    """
    histories: dict[str, list[MembershipSpell]] = {}
    for spell in spells:
        histories.setdefault(spell.dating, []).append(spell)
    statuses = {_status_by_dating(history, day) for history in histories.values()}
    certain_statuses = statuses - {"unsure"}
    if len(certain_statuses) > 1:
        return "disputed"
    # What one source leaves open another may know.
    return certain_statuses.pop() if certain_statuses else "unsure" if statuses else "out"


def _status_by_dating(history: Iterable[MembershipSpell], day: date) -> MembershipStatus:
    coverage = {spell.period.covers(day) for spell in history}
    return "in" if "yes" in coverage else "unsure" if "maybe" in coverage else "out"


def statuses_by_actor(spells: Iterable[MembershipSpell], day: date) -> dict[str, MembershipStatus]:
    """The standing of each actor that has any spell, on a day, in order of first mention.

    Example:
        >>> from datetime import date
        >>> from detente.methods.chronology.edtf import Edtf
        >>> from detente.methods.chronology.membership_spells import MembershipSpell, statuses_by_actor
        >>> spells = [MembershipSpell("Russia", Edtf.parse("1994/.."))]
        >>> spells += [MembershipSpell("Georgia", Edtf.parse("1994/1999"))]
        >>> statuses_by_actor(spells, date(2002, 1, 1))
        {'Russia': 'in', 'Georgia': 'out'}
    """
    by_actor: dict[str, list[MembershipSpell]] = {}
    for spell in spells:
        by_actor.setdefault(spell.actor, []).append(spell)
    return {actor: membership_status(history, day) for actor, history in by_actor.items()}


def competing_datings(spells: Iterable[MembershipSpell]) -> dict[str, list[MembershipSpell]]:
    """The actors whose membership is dated in more than one way, each with all its spells.

    Example:
        >>> from detente.methods.chronology.edtf import Edtf
        >>> from detente.methods.chronology.membership_spells import MembershipSpell, competing_datings
        >>> spells = [MembershipSpell("a", Edtf.parse("1994/..")), MembershipSpell("a", Edtf.parse("1993/.."), "other")]
        >>> list(competing_datings(spells))
        ['a']
    """
    by_actor: dict[str, list[MembershipSpell]] = {}
    for spell in spells:
        by_actor.setdefault(spell.actor, []).append(spell)
    return {actor: history for actor, history in by_actor.items() if len({s.dating for s in history}) > 1}


@dataclass(frozen=True, slots=True)
class StatusSegment:
    """A stretch of days, both included, on which an actor's standing is the same."""

    first_day: date
    last_day: date
    status: MembershipStatus


def status_segments(spells: Iterable[MembershipSpell], first_day: date, last_day: date) -> list[StatusSegment]:
    """The standing of one actor from a first to a last day, in stretches; days out are left out.

    Example:
        >>> from datetime import date
        >>> from detente.methods.chronology.edtf import Edtf
        >>> from detente.methods.chronology.membership_spells import MembershipSpell, status_segments
        >>> spells = [MembershipSpell("Georgia", Edtf.parse("1994-05/1999-04-20"))]
        >>> segments = status_segments(spells, date(1994, 1, 1), date(2000, 1, 1))
        >>> [(segment.first_day.isoformat(), segment.last_day.isoformat(), segment.status) for segment in segments]
        [('1994-05-01', '1994-05-30', 'unsure'), ('1994-05-31', '1999-04-20', 'in')]
    """
    spells = list(spells)
    # The standing can change only where some spell may begin, surely begins, may end or has surely ended.
    change_days = {first_day}
    for spell in spells:
        change_days.update(spell.period.begin_range)
        change_days.update(day + timedelta(1) for day in spell.period.end_range if day < date.max)
    starts = sorted(day for day in change_days if first_day <= day <= last_day)
    stretches: list[StatusSegment] = []
    ends = [*(day - timedelta(1) for day in starts[1:]), last_day]
    for start, end in zip(starts, ends, strict=True):
        status = membership_status(spells, start)
        if stretches and stretches[-1].status == status and stretches[-1].last_day + timedelta(1) == start:
            stretches[-1] = StatusSegment(stretches[-1].first_day, end, status)
        else:
            stretches.append(StatusSegment(start, end, status))
    return [segment for segment in stretches if segment.status != "out"]


def members_throughout(spells: Sequence[MembershipSpell], period: Edtf) -> tuple[list[str], list[str]]:
    """Who was a member on every day a date could be, and of whom that cannot be said though not of none.

    Example:
        >>> from detente.methods.chronology.edtf import Edtf
        >>> from detente.methods.chronology.membership_spells import MembershipSpell, members_throughout
        >>> spells = [MembershipSpell("a", Edtf.parse("1994/..")), MembershipSpell("b", Edtf.parse("1994/1999-04"))]
        >>> members_throughout(spells, Edtf.parse("1999"))
        (['a'], ['b'])
    """
    certain, uncertain = [], []
    for actor in dict.fromkeys(spell.actor for spell in spells):
        stretches = status_segments(
            [spell for spell in spells if spell.actor == actor], period.first_day, period.last_day
        )
        if stretches == [StatusSegment(period.first_day, period.last_day, "in")]:
            certain.append(actor)
        elif stretches:
            uncertain.append(actor)
    return certain, uncertain
