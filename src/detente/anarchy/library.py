"""The declared strategies, by the names that the axelrod library uses, and those of a case."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files

from detente.anarchy.automaton import OUTCOMES, Automaton, machine, memory_one
from detente.case.repeated import Strategy
from detente.errors import UnknownName, did_you_mean


@lru_cache(maxsize=1)
def declared() -> Mapping[str, Strategy]:
    """The strategies that come with Détente, by id."""
    import yaml

    text = files(__package__).joinpath("strategies.yaml").read_text(encoding="utf-8")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return {id: Strategy.model_validate(given) for id, given in yaml.load(text, Loader=loader).items()}  # noqa: S506


def automaton(strategy: Strategy) -> Automaton:
    """The automaton of a declared strategy."""
    if strategy.after is not None:
        first = 1.0 if strategy.first is None else strategy.first
        return memory_one([strategy.after[outcome] for outcome in OUTCOMES], first, strategy.name)
    states = {name: (state.plays, state.then) for name, state in (strategy.states or {}).items()}
    return machine(states, strategy.start, strategy.name)


def find(name: str, own: Mapping[str, Strategy] | None = None) -> Strategy:
    """A strategy by its id or its name, whatever capitals, spaces and hyphens it is written with.

    Args:
        name: E.g. `tit-for-tat` or `Tit For Tat`.
        own: Other strategies by id, which come before the declared ones.

    Raises:
        UnknownName: With the nearest name.
    """
    known = {**declared(), **(own or {})}
    spelt = {plain(word): id for id, strategy in known.items() for word in (strategy.name, id)}
    if plain(name) not in spelt:
        meant = did_you_mean(plain(name), spelt)
        near = re.sub(r"'(.*)'", lambda found: f"'{spelt[found[1]]}'", meant)
        raise UnknownName(f"no strategy '{name}'" + (f" ({near})" if near else ""))
    return known[spelt[plain(name)]]


def plain(name: str) -> str:
    """A name without what names are spelt with differently."""
    return re.sub(r"[^a-z0-9]", "", name.lower())


def page() -> str:
    """The declared strategies as a page of Markdown."""
    known = [(id, strategy, automaton(strategy)) for id, strategy in declared().items()]
    plain = sum(made.deterministic for _, _, made in known)
    lines = [
        "# Strategies",
        "",
        f"The {len(known)} strategies that come with Détente, {plain} of them without chance, under the names that",
        "the axelrod library uses.",
        "The tests play every pair of those without chance over 200 rounds against axelrod 4.13.1, to the point, and",
        "some of the others with noise, within sampling error.",
        "",
        "| id | name | states | chance | what it does | after |",
        "|---|---|---|---|---|---|",
    ]
    for id, strategy, made in known:
        chance = "" if made.deterministic else "yes"
        lines.append(f"| `{id}` | {strategy.name} | {made.size} | {chance} | {strategy.says} | {strategy.cite} |")
    return "\n".join(lines) + "\n"
