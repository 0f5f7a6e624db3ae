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
from detente.text.english import join_words

STATES_FILE = Path(__file__).parent / "states.csv"


@dataclass(frozen=True, slots=True)
class StateCodes:
    """A state or territory with its codes."""

    cow_number: int | None
    """Its number in the Correlates of War state system, where it was ever part of that."""
    abbreviation: str
    """Its abbreviation there."""
    iso3: str
    """ISO 3166-1 alpha-3, the present or the last one; empty where ISO has none."""
    iso2: str
    """ISO 3166-1 alpha-2."""
    withdrawn_codes: tuple[tuple[str, str], ...]
    """Former alpha-3 codes, each with its code of ISO 3166-3."""
    years: tuple[str, ...]
    """The years it was in the system, as EDTF; those that go on are open."""
    name: str
    """Its short name in English."""
    other_names: tuple[str, ...]
    """What else it is or was called."""

    @property
    def alpha3_codes(self) -> frozenset[str]:
        """Every alpha-3 code that it has or had."""
        return frozenset(
            code for code in (self.iso3, *(former_code for former_code, _ in self.withdrawn_codes)) if code
        )


@lru_cache(maxsize=1)
def all_states() -> tuple[StateCodes, ...]:
    """The table, in the order of the numbers."""
    with STATES_FILE.open(encoding="utf-8", newline="") as file:
        return tuple(_parse_state(row) for row in csv.DictReader(file))


def _parse_state(row: dict[str, str]) -> StateCodes:
    withdrawn = [pair.split("=") for pair in row["withdrawn"].split()]
    return StateCodes(
        cow_number=int(row["cow"]) if row["cow"] else None,
        abbreviation=row["abbreviation"],
        iso3=row["iso3"],
        iso2=row["iso2"],
        withdrawn_codes=tuple((alpha3, alpha4) for alpha3, alpha4 in withdrawn),
        years=tuple(years if not years.endswith("/") else f"{years}.." for years in row["years"].split()),
        name=row["name"],
        other_names=tuple(name for name in row["also"].split(";") if name),
    )


@lru_cache(maxsize=1)
def states_by_cow_number() -> dict[int, StateCodes]:
    """The states by their number in the Correlates of War system."""
    return {state.cow_number: state for state in all_states() if state.cow_number}


@lru_cache(maxsize=1)
def states_by_iso_code() -> dict[str, tuple[StateCodes, ...]]:
    """The states by each alpha-3 code that they have or had; several had the same one after another."""
    states_by_code: dict[str, tuple[StateCodes, ...]] = {}
    for state in all_states():
        for code in state.alpha3_codes:
            states_by_code[code] = (*states_by_code.get(code, ()), state)
    return states_by_code


@lru_cache(maxsize=1)
def _states_by_name() -> dict[str, tuple[StateCodes, ...]]:
    states_by_key: dict[str, tuple[StateCodes, ...]] = {}
    for state in all_states():
        for name in {_normalise_name(name) for name in (state.name, *state.other_names)}:
            states_by_key[name] = (*states_by_key.get(name, ()), state)
    return states_by_key


def states_named(name: str) -> tuple[StateCodes, ...]:
    """The states that are called so; case, accents, and an article do not matter."""
    return _states_by_name().get(_normalise_name(name), ())


def _normalise_name(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name.casefold().replace("&", " and "))
    words = "".join(c if c.isalnum() else " " for c in letters if not unicodedata.combining(c)).split()
    return " ".join(words[1:] if words[:1] == ["the"] else words)


def state_code_faults(case: Case) -> Iterator[Fault]:
    """Codes of actors that no state has, that are of two states, or that two actors have; all of them warnings."""
    coded_actors = {name: actor for name, actor in case.actors.items() if actor.cow or actor.iso}
    for name, actor in coded_actors.items():
        unknown_code_faults = list(_unknown_code_faults(name, actor))
        yield from unknown_code_faults
        if not unknown_code_faults:
            yield from _mismatched_code_faults(name, actor)
    yield from _shared_code_faults({name: actor for name, actor in coded_actors.items() if actor.kind == "state"})


def _actor_warning(name: str, key: str, message: str, remedy: str) -> Fault:
    return Fault(("actors", name, key), message, remedy, severity="warning")


def _unknown_code_faults(name: str, actor: Actor) -> Iterator[Fault]:
    if actor.cow and actor.cow not in states_by_cow_number():
        remedy = (
            _code_of_name_remedy(actor, "cow")
            or "see the State System Membership list of the Correlates of War Project"
        )
        yield _actor_warning(name, "cow", f"no state has the COW number {actor.cow}", remedy)
    if actor.iso and actor.iso not in states_by_iso_code():
        remedy = _cow_abbreviation_remedy(actor.iso) or _code_of_name_remedy(actor, "iso") or "see ISO 3166-1, alpha-3"
        yield _actor_warning(name, "iso", f"no state has the ISO code {actor.iso}", remedy)


def _code_of_name_remedy(actor: Actor, key: str) -> str:
    """The code that its name says, where that names one state."""
    codes = [code for state in states_named(actor.name) if (code := state.cow_number if key == "cow" else state.iso3)]
    return f"'{actor.name}' is {codes[0]}" if len(set(codes)) == 1 else ""


def _cow_abbreviation_remedy(code: str) -> str:
    """What to do where an abbreviation of the Correlates of War Project stands in place of a code of ISO."""
    state = next((state for state in all_states() if state.abbreviation == code and state.iso3 != code), None)
    if state is None:
        return ""
    return f"that is the COW abbreviation of {state.name}" + (f", whose ISO code is {state.iso3}" if state.iso3 else "")


def _mismatched_code_faults(name: str, actor: Actor) -> Iterator[Fault]:
    """Codes of two states, or of a state that is called otherwise."""
    state = states_by_cow_number().get(actor.cow) if actor.cow else None
    if state and actor.iso and actor.iso not in state.alpha3_codes:
        message = (
            f"{actor.iso} is {_join_state_names(states_by_iso_code()[actor.iso])}, and {actor.cow} is {state.name}"
        )
        remedy = (
            _cow_abbreviation_remedy(actor.iso)
            or _code_of_name_remedy(actor, "iso")
            or f"ISO has {state.iso3 or 'no code'} for it"
        )
        yield _actor_warning(name, "iso", message, remedy)
        return
    states_of_name = states_named(actor.name)
    codes = state.alpha3_codes if state else frozenset({str(actor.iso)})
    if (
        states_of_name
        and state not in states_of_name
        and not any(candidate.alpha3_codes & codes for candidate in states_of_name)
    ):
        key, code, code_holder = (
            ("cow", actor.cow, state.name)
            if state
            else ("iso", actor.iso, _join_state_names(states_by_iso_code()[str(actor.iso)]))
        )
        message = f"{code} is {code_holder}, and this actor is called {actor.name}"
        yield _actor_warning(name, key, message, _code_of_name_remedy(actor, key) or "which of them is it?")


def _join_state_names(states: tuple[StateCodes, ...]) -> str:
    return join_words((state.name for state in states), "or")


def _shared_code_faults(coded_actors: dict[str, Actor]) -> Iterator[Fault]:
    """Codes that an actor before has, too; states that followed each other may share a code of ISO."""
    first_holders: dict[int | str, str] = {}
    for name, actor in coded_actors.items():
        shared: dict[str, list[str]] = {}
        for code in (actor.cow, actor.iso):
            earlier = coded_actors.get(first_holders.get(code, "")) if code else None
            if code and earlier and (code == actor.cow or not (earlier.cow and actor.cow and earlier.cow != actor.cow)):
                shared.setdefault(first_holders[code], []).append(str(code))
        for other, codes in shared.items():
            message = f"{join_words(codes)} {'is that' if len(codes) == 1 else 'are those'} of '{other}', too"
            key = "cow" if str(actor.cow) in codes else "iso"
            yield _actor_warning(name, key, message, _shared_code_remedy(coded_actors[other], actor, key))
        for code in (actor.cow, actor.iso):
            if code:
                first_holders.setdefault(code, name)


def _shared_code_remedy(earlier: Actor, later: Actor, key: str) -> str:
    """What to do about a code that two actors have: whose name says that it has another, or take it from one."""
    remedies = (
        _code_of_name_remedy(actor, key)
        for actor in (earlier, later)
        if getattr(actor, key) not in _codes_of_name(actor, key)
    )
    return next(filter(None, remedies), "one code, one state: leave it out of one of them")


def _codes_of_name(actor: Actor, key: str) -> set[int | str | None]:
    """The codes that its name may stand for; its own, where its name is not known."""
    states_of_name = states_named(actor.name)
    return (
        {state.cow_number if key == "cow" else state.iso3 for state in states_of_name}
        if states_of_name
        else {getattr(actor, key)}
    )
