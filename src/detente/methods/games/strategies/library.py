"""The strategies that come with Détente, by the names that the axelrod library uses."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from detente.errors import UnknownName, did_you_mean
from detente.methods.games.strategies.automaton import OUTCOMES, Automaton, automaton_from_states, memory_one_automaton
from detente.methods.games.strategies.bounded_memory import BOUNDED_MEMORY_RULES
from detente.methods.games.strategies.zero_determinant import AXELROD, Line, generosity, zero_determinant_chances
from detente.methods.games.two_by_two import Payoffs

REACTIVE = "Reactive Player"
"""A family of strategies rather than one: what the other did last, and a chance of C for either."""
_REACTIVE = re.compile(r"\s*reactive[\s_-]*(?:player)?\s*\((.*)\)\s*", re.IGNORECASE)


Next = str | dict[str, float]
"""A state, or several with their probabilities."""


@dataclass(frozen=True)
class NamedStrategy:
    """A strategy and what it is called: chances after each outcome, or a line, or a machine, or a rule in code.

    Example:
        >>> from detente.methods.games.strategies.library import find_strategy
        >>> find_strategy("TFT").name, find_strategy("ZD-Extort-2").depends_on_payoffs
        ('Tit For Tat', True)
    """

    name: str
    summary: str = ""
    """What it does, in a sentence."""
    citation: str = ""
    other_names: tuple[str, ...] = ()
    first: float | None = None
    """The chance of C in the first round; 1 unless given."""
    after: Mapping[str, float] | None = None
    """The chance of C after each outcome of the last round, one's own move first."""
    line: Line | None = None
    """A line on which payoffs are held."""
    start: Next | None = None
    """The state a machine begins in, or several with their probabilities; the first one, unless given."""
    states: Mapping[str, tuple[float, Mapping[str, Next]]] | None = None
    """Of a machine: the chance of C in each state, and which state follows each move or outcome."""
    rule: str | None = None
    """Instead of states: a rule that is spelt out in code."""

    @property
    def depends_on_payoffs(self) -> bool:
        """Whether its chances follow from the payoffs of the game."""
        return self.line is not None or self.rule == "generous"


@lru_cache(maxsize=1)
def strategy_library() -> Mapping[str, NamedStrategy]:
    """The strategies that come with Détente, by id.

    Example:
        >>> from detente.methods.games.strategies.library import strategy_library
        >>> len(strategy_library()), strategy_library()["tit-for-tat"].name
        (121, 'Tit For Tat')
    """
    import yaml

    text = files(__package__).joinpath("strategies.yaml").read_text(encoding="utf-8")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return {id: _from_yaml(fields) for id, fields in yaml.load(text, Loader=loader).items()}  # noqa: S506


def _from_yaml(fields: Mapping[str, Any]) -> NamedStrategy:
    after, line, states = fields.get("after"), fields.get("line"), fields.get("states")
    return NamedStrategy(
        name=fields["name"],
        summary=fields["says"],
        citation=fields["cite"],
        other_names=tuple(fields.get("also", ())),
        first=_chance(fields["first"]) if "first" in fields else None,
        after={outcome: _chance(move) for outcome, move in after.items()} if after else None,
        line=Line(line["through"], line["slope"], line["pace"]) if line else None,
        start=fields.get("start"),
        states={name: (_chance(state["plays"]), state["then"]) for name, state in states.items()} if states else None,
        rule=fields.get("rule"),
    )


def _chance(move: str | float) -> float:
    """The chance of C: 1 for C, 0 for D."""
    return {"C": 1.0, "D": 0.0}[move] if isinstance(move, str) else float(move)


def automaton(strategy: NamedStrategy, own: Payoffs = AXELROD, other: Payoffs | None = None) -> Automaton:
    """The automaton of a strategy.

    Args:
        strategy: The strategy.
        own: What a round is worth to who plays it, for those whose chances follow from payoffs.
        other: What it is worth to the other; as own, unless given.

    Raises:
        OutOfReach: If what it is for cannot be had with these payoffs.

    Example:
        >>> from detente.methods.games.strategies.library import automaton, find_strategy
        >>> automaton(find_strategy("Tit For Tat")).size
        2
    """
    if strategy.rule in BOUNDED_MEMORY_RULES:
        return _bounded_memory(str(strategy.rule), strategy.name)
    first = 1.0 if strategy.first is None else strategy.first
    if strategy.rule == "generous":
        forgiving = generosity(own)
        return memory_one_automaton([1.0, forgiving, 1.0, forgiving], first, strategy.name)
    if strategy.line is not None:
        return memory_one_automaton(zero_determinant_chances(strategy.line, own, other), first, strategy.name)
    if strategy.after is not None:
        return memory_one_automaton([strategy.after[outcome] for outcome in OUTCOMES], first, strategy.name)
    return automaton_from_states(dict(strategy.states or {}), strategy.start, strategy.name)


@lru_cache(maxsize=len(BOUNDED_MEMORY_RULES))
def _bounded_memory(rule: str, name: str) -> Automaton:
    return BOUNDED_MEMORY_RULES[rule](name)


def find_strategy(name: str, own: Mapping[str, NamedStrategy] | None = None) -> NamedStrategy:
    """A strategy by its id, its name, or what else it is called, whatever capitals, spaces and hyphens that has.

    Where nothing is called so, by the first letters of its words (`TFT`, `WSLS`, `TF2T`), if only one has them.

    Args:
        name: E.g. `tit-for-tat`, `Tit For Tat` or `TFT`; or `Reactive Player(0.9, 0.2)`, with the chances of C after C
            and after D.
        own: Other strategies by id, which come before the declared ones.

    Raises:
        UnknownName: With the nearest name, or with all that it could mean.

    Example:
        >>> from detente.methods.games.strategies.library import find_strategy
        >>> find_strategy("WSLS").name, find_strategy("Reactive Player(0.9, 0.2)").after["CD"]
        ('Win-Stay Lose-Shift', 0.2)
    """
    if (chances := _REACTIVE.fullmatch(name)) is not None:
        return _reactive(name, chances[1])
    known: dict[str, NamedStrategy] = {**strategy_library(), **(own or {})}
    for spelt in (_by_name(known), _by_other_names(), _by_initials()):
        ids = spelt.get(normalized_name(name), [])
        if len(ids) == 1:
            return known[ids[0]]
        if ids:
            raise UnknownName(f"'{name}' may be {' or '.join(repr(id) for id in ids)}")
    if normalized_name(name) == normalized_name(REACTIVE):
        raise UnknownName(f"'{name}' needs two chances of C, after C and after D, e.g. '{REACTIVE}(0.9, 0.2)'")
    meant = did_you_mean(normalized_name(name), _by_name(known))
    near = re.sub(r"'(.*)'", lambda found: f"'{_by_name(known)[found[1]][-1]}'", meant)
    raise UnknownName(f"no strategy '{name}'" + (f" ({near})" if near else ""))


def _by_name(known: Mapping[str, NamedStrategy]) -> dict[str, list[str]]:
    """Ids by name and id; who comes later takes the place of who came before."""
    return {normalized_name(word): [id] for id, strategy in known.items() for word in (strategy.name, id)}


@lru_cache(maxsize=1)
def _by_other_names() -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    for id, strategy in strategy_library().items():
        for word in dict.fromkeys(map(normalized_name, strategy.other_names)):
            found.setdefault(word, []).append(id)
    return found


@lru_cache(maxsize=1)
def _by_initials() -> Mapping[str, list[str]]:
    """Ids by the first letters of the words of their names, numbers in full."""
    found: dict[str, list[str]] = {}
    for id, strategy in strategy_library().items():
        words = [
            re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+", name) for name in (strategy.name, *strategy.other_names)
        ]
        short = ("".join(word if word.isdigit() else word[0] for word in each).lower() for each in words)
        for word in dict.fromkeys(word for word in short if len(word) > 1):
            found.setdefault(word, []).append(id)
    return found


def _reactive(name: str, given: str) -> NamedStrategy:
    """The strategy that answers C and D each with a chance of C (Nowak and Sigmund 1989)."""
    try:
        after_c, after_d = (float(part) for part in given.split(","))
    except ValueError:
        after_c = after_d = -1.0
    if not (0 <= after_c <= 1 and 0 <= after_d <= 1):
        raise UnknownName(f"'{name}' needs two chances of C from 0 to 1, after C and after D: '{REACTIVE}(0.9, 0.2)'")
    called = f"{REACTIVE} ({after_c:g}, {after_d:g})"
    after = {"CC": after_c, "CD": after_d, "DC": after_c, "DD": after_d}
    summary = f"C: {after_c:g} after C, {after_d:g} after D"
    return NamedStrategy(called, summary, "Nowak and Sigmund (1989)", after=after)


def normalized_name(name: str) -> str:
    """A name without what names are spelt with differently.

    Example:
        >>> from detente.methods.games.strategies.library import normalized_name
        >>> normalized_name("Win-Stay Lose-Shift")
        'winstayloseshift'
    """
    return re.sub(r"[^a-z0-9]", "", name.lower())
