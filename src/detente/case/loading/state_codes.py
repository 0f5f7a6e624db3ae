"""The codes of states: which state a code stands for, and codes of a case that cannot be right.

The table (`states.csv`) has, for every state of the Correlates of War system, its number, abbreviation and years
(Correlates of War Project, State System Membership, v2016), and its codes by ISO 3166-1 and, withdrawn ones as
`alpha-3=alpha-4`, by ISO 3166-3; then what has a code of ISO but no number. XKX, for Kosovo, is not ISO's, but among
the codes that it leaves to users. ISO withdrew VDR with the Democratic Republic of Viet-Nam, which the system has as
816, not with 817.
"""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from detente.case.fault import Fault
from detente.case.schema.case import Case
from detente.case.schema.parties import Actor
from detente.text.english import listed

TABLE = Path(__file__).parent / "states.csv"


@dataclass(frozen=True, slots=True)
class State:
    """A state or territory with its codes."""

    cow: int | None
    """Its number in the Correlates of War state system, where it was ever part of that."""
    abbreviation: str
    """Its abbreviation there."""
    iso3: str
    """ISO 3166-1 alpha-3, the present or the last one; empty where ISO has none."""
    iso2: str
    """ISO 3166-1 alpha-2."""
    withdrawn: tuple[tuple[str, str], ...]
    """Former alpha-3 codes, each with its code of ISO 3166-3."""
    years: tuple[str, ...]
    """The years it was in the system, as EDTF; those that go on are open."""
    name: str
    """Its short name in English."""
    also: tuple[str, ...]
    """What else it is or was called."""

    @property
    def codes(self) -> frozenset[str]:
        """Every alpha-3 code that it has or had."""
        return frozenset(code for code in (self.iso3, *(old for old, _ in self.withdrawn)) if code)


@lru_cache(maxsize=1)
def states() -> tuple[State, ...]:
    """The table, in the order of the numbers."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return tuple(_state(row) for row in csv.DictReader(file))


def _state(row: dict[str, str]) -> State:
    withdrawn = [pair.split("=") for pair in row["withdrawn"].split()]
    return State(
        cow=int(row["cow"]) if row["cow"] else None,
        abbreviation=row["abbreviation"],
        iso3=row["iso3"],
        iso2=row["iso2"],
        withdrawn=tuple((alpha3, alpha4) for alpha3, alpha4 in withdrawn),
        years=tuple(years if not years.endswith("/") else f"{years}.." for years in row["years"].split()),
        name=row["name"],
        also=tuple(name for name in row["also"].split(";") if name),
    )


@lru_cache(maxsize=1)
def by_number() -> dict[int, State]:
    """The states by their number in the Correlates of War system."""
    return {state.cow: state for state in states() if state.cow}


@lru_cache(maxsize=1)
def by_iso() -> dict[str, tuple[State, ...]]:
    """The states by each alpha-3 code that they have or had; several had the same one after another."""
    found: dict[str, tuple[State, ...]] = {}
    for state in states():
        for code in state.codes:
            found[code] = (*found.get(code, ()), state)
    return found


@lru_cache(maxsize=1)
def _by_name() -> dict[str, tuple[State, ...]]:
    found: dict[str, tuple[State, ...]] = {}
    for state in states():
        for name in {_plain(name) for name in (state.name, *state.also)}:
            found[name] = (*found.get(name, ()), state)
    return found


def named(name: str) -> tuple[State, ...]:
    """The states that are called so; case, accents, and an article do not matter."""
    return _by_name().get(_plain(name), ())


def _plain(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name.casefold().replace("&", " and "))
    words = "".join(c if c.isalnum() else " " for c in letters if not unicodedata.combining(c)).split()
    return " ".join(words[1:] if words[:1] == ["the"] else words)


def problems(case: Case) -> Iterator[Fault]:
    """Codes of actors that no state has, that are of two states, or that two actors have; all of them warnings."""
    coded = {name: actor for name, actor in case.actors.items() if actor.cow or actor.iso}
    for name, actor in coded.items():
        unknown = list(_unknown(name, actor))
        yield from unknown
        if not unknown:
            yield from _of_another(name, actor)
    yield from _twice({name: actor for name, actor in coded.items() if actor.kind == "state"})


def _warning(name: str, key: str, message: str, remedy: str) -> Fault:
    return Fault(("actors", name, key), message, remedy, severity="warning")


def _unknown(name: str, actor: Actor) -> Iterator[Fault]:
    if actor.cow and actor.cow not in by_number():
        remedy = _by_its_name(actor, "cow") or "see the State System Membership list of the Correlates of War Project"
        yield _warning(name, "cow", f"no state has the COW number {actor.cow}", remedy)
    if actor.iso and actor.iso not in by_iso():
        remedy = _taken_for_iso(actor.iso) or _by_its_name(actor, "iso") or "see ISO 3166-1, alpha-3"
        yield _warning(name, "iso", f"no state has the ISO code {actor.iso}", remedy)


def _by_its_name(actor: Actor, key: str) -> str:
    """The code that its name says, where that names one state."""
    codes = [code for state in named(actor.name) if (code := state.cow if key == "cow" else state.iso3)]
    return f"'{actor.name}' is {codes[0]}" if len(set(codes)) == 1 else ""


def _taken_for_iso(code: str) -> str:
    """What to do where an abbreviation of the Correlates of War Project stands in place of a code of ISO."""
    state = next((state for state in states() if state.abbreviation == code and state.iso3 != code), None)
    if state is None:
        return ""
    return f"that is the COW abbreviation of {state.name}" + (f", whose ISO code is {state.iso3}" if state.iso3 else "")


def _of_another(name: str, actor: Actor) -> Iterator[Fault]:
    """Codes of two states, or of a state that is called otherwise."""
    state = by_number().get(actor.cow) if actor.cow else None
    if state and actor.iso and actor.iso not in state.codes:
        what = f"{actor.iso} is {_names(by_iso()[actor.iso])}, and {actor.cow} is {state.name}"
        remedy = _taken_for_iso(actor.iso) or _by_its_name(actor, "iso") or f"ISO has {state.iso3 or 'no code'} for it"
        yield _warning(name, "iso", what, remedy)
        return
    meant = named(actor.name)
    codes = state.codes if state else frozenset({str(actor.iso)})
    if meant and state not in meant and not any(one.codes & codes for one in meant):
        key, code, is_ = (
            ("cow", actor.cow, state.name) if state else ("iso", actor.iso, _names(by_iso()[str(actor.iso)]))
        )
        what = f"{code} is {is_}, and this actor is called {actor.name}"
        yield _warning(name, key, what, _by_its_name(actor, key) or "which of them is it?")


def _names(found: tuple[State, ...]) -> str:
    return listed((state.name for state in found), "or")


def _twice(coded: dict[str, Actor]) -> Iterator[Fault]:
    """Codes that an actor before has, too; states that followed each other may share a code of ISO."""
    first: dict[int | str, str] = {}
    for name, actor in coded.items():
        shared: dict[str, list[str]] = {}
        for code in (actor.cow, actor.iso):
            before = coded.get(first.get(code, "")) if code else None
            if code and before and (code == actor.cow or not (before.cow and actor.cow and before.cow != actor.cow)):
                shared.setdefault(first[code], []).append(str(code))
        for other, codes in shared.items():
            what = f"{listed(codes)} {'is that' if len(codes) == 1 else 'are those'} of '{other}', too"
            key = "cow" if str(actor.cow) in codes else "iso"
            yield _warning(name, key, what, _which(coded[other], actor, key))
        for code in (actor.cow, actor.iso):
            if code:
                first.setdefault(code, name)


def _which(one: Actor, other: Actor, key: str) -> str:
    """What to do about a code that two actors have: whose name says that it has another, or take it from one."""
    told = (_by_its_name(actor, key) for actor in (one, other) if getattr(actor, key) not in _codes(actor, key))
    return next(filter(None, told), "one code, one state: leave it out of one of them")


def _codes(actor: Actor, key: str) -> set[int | str | None]:
    """The codes that its name may stand for; its own, where its name is not known."""
    meant = named(actor.name)
    return {state.cow if key == "cow" else state.iso3 for state in meant} if meant else {getattr(actor, key)}
