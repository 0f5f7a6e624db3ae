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

Standing = Literal["in", "out", "unsure", "disputed"]


@dataclass(frozen=True, slots=True)
class Spell:
    """One spell of membership of one actor, by one dating (empty where there is only one)."""

    actor: str
    during: Edtf
    dating: str = ""


def standing(spells: Iterable[Spell], day: date) -> Standing:
    """The standing of one actor on a day, from all its spells."""
    histories: dict[str, list[Spell]] = {}
    for spell in spells:
        histories.setdefault(spell.dating, []).append(spell)
    views = {_by_one_dating(history, day) for history in histories.values()}
    certain = views - {"unsure"}
    if len(certain) > 1:
        return "disputed"
    # What one source leaves open another may know.
    return certain.pop() if certain else "unsure" if views else "out"


def _by_one_dating(history: Iterable[Spell], day: date) -> Standing:
    covers = {spell.during.covers(day) for spell in history}
    return "in" if "yes" in covers else "unsure" if "maybe" in covers else "out"


def members_on(spells: Iterable[Spell], day: date) -> dict[str, Standing]:
    """The standing of each actor that has any spell, on a day, in order of first mention."""
    by_actor: dict[str, list[Spell]] = {}
    for spell in spells:
        by_actor.setdefault(spell.actor, []).append(spell)
    return {actor: standing(history, day) for actor, history in by_actor.items()}


def competing(spells: Iterable[Spell]) -> dict[str, list[Spell]]:
    """The actors whose membership is dated in more than one way, each with all its spells."""
    by_actor: dict[str, list[Spell]] = {}
    for spell in spells:
        by_actor.setdefault(spell.actor, []).append(spell)
    return {actor: history for actor, history in by_actor.items() if len({s.dating for s in history}) > 1}


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of days, both included, on which an actor's standing is the same."""

    first: date
    last: date
    standing: Standing


def segments(spells: Iterable[Spell], first: date, last: date) -> list[Segment]:
    """The standing of one actor from a first to a last day, in stretches; days out are left out."""
    spells = list(spells)
    # The standing can change only where some spell may begin, surely begins, may end or has surely ended.
    edges = {first}
    for spell in spells:
        edges.update(spell.during.begins)
        edges.update(day + timedelta(1) for day in spell.during.ends if day < date.max)
    starts = sorted(day for day in edges if first <= day <= last)
    found: list[Segment] = []
    ends = [*(day - timedelta(1) for day in starts[1:]), last]
    for start, end in zip(starts, ends, strict=True):
        now = standing(spells, start)
        if found and found[-1].standing == now and found[-1].last + timedelta(1) == start:
            found[-1] = Segment(found[-1].first, end, now)
        else:
            found.append(Segment(start, end, now))
    return [segment for segment in found if segment.standing != "out"]


def members_during(spells: Sequence[Spell], when: Edtf) -> tuple[list[str], list[str]]:
    """Who was a member on every day a date could be, and of whom that cannot be said though not of none."""
    sure, doubtful = [], []
    for actor in dict.fromkeys(spell.actor for spell in spells):
        found = segments([spell for spell in spells if spell.actor == actor], when.first, when.last)
        if found == [Segment(when.first, when.last, "in")]:
            sure.append(actor)
        elif found:
            doubtful.append(actor)
    return sure, doubtful
