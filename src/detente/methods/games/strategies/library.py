"""The declared strategies, by the names that the axelrod library uses, and those of a case."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Literal

from detente.case.schema.repeated_games import PayoffLine, Strategy
from detente.errors import UnknownName, did_you_mean
from detente.methods.games.strategies.automaton import OUTCOMES, Automaton, machine, memory_one
from detente.methods.games.strategies.bounded_memory import RULES
from detente.methods.games.strategies.zero_determinant import AXELROD, Line, generosity, held_on
from detente.methods.games.two_by_two import Payoffs

REACTIVE = "Reactive Player"
"""A family of strategies rather than one: what the other did last, and a chance of C for either."""
_REACTIVE = re.compile(r"\s*reactive[\s_-]*(?:player)?\s*\((.*)\)\s*", re.IGNORECASE)


class Declared(Strategy):
    """A strategy that comes with Détente."""

    also: list[str] = []
    """What else it is called."""
    rule: Literal["generous", "black", "grofman", "feld", "majority-10", "hard-majority-10"] | None = None
    """Instead of states: a rule that is spelt out in code."""

    @property
    def forms(self) -> list[str]:
        """In which ways it says what it does."""
        return [*super().forms, *(["rule"] if self.rule else [])]

    @property
    def by_payoffs(self) -> bool:
        """Whether its chances follow from the payoffs of the game."""
        return self.line is not None or self.rule == "generous"


@lru_cache(maxsize=1)
def declared() -> Mapping[str, Declared]:
    """The strategies that come with Détente, by id."""
    import yaml

    text = files(__package__).joinpath("strategies.yaml").read_text(encoding="utf-8")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return {id: Declared.model_validate(given) for id, given in yaml.load(text, Loader=loader).items()}  # noqa: S506


def automaton(strategy: Strategy, own: Payoffs = AXELROD, other: Payoffs | None = None) -> Automaton:
    """The automaton of a declared strategy.

    Args:
        strategy: The strategy.
        own: What a round is worth to who plays it, for those whose chances follow from payoffs.
        other: What it is worth to the other; as own, unless given.

    Raises:
        OutOfReach: If what it is for cannot be had with these payoffs.
    """
    rule = strategy.rule if isinstance(strategy, Declared) else None
    if rule in RULES:
        return _remembering(str(rule), strategy.name)
    first = 1.0 if strategy.first is None else strategy.first
    if rule == "generous":
        chance = generosity(own)
        return memory_one([1.0, chance, 1.0, chance], first, strategy.name)
    if strategy.line is not None:
        return memory_one(held_on(_line(strategy.line), own, other), first, strategy.name)
    if strategy.after is not None:
        return memory_one([strategy.after[outcome] for outcome in OUTCOMES], first, strategy.name)
    states = {name: (state.plays, state.then) for name, state in (strategy.states or {}).items()}
    return machine(states, strategy.start, strategy.name)


def _line(given: PayoffLine) -> Line:
    return Line(given.through, given.slope, given.pace)


@lru_cache(maxsize=len(RULES))
def _remembering(rule: str, name: str) -> Automaton:
    return RULES[rule](name)


def find(name: str, own: Mapping[str, Strategy] | None = None) -> Strategy:
    """A strategy by its id, its name, or what else it is called, whatever capitals, spaces and hyphens that has.

    Where nothing is called so, by the first letters of its words (`TFT`, `WSLS`, `TF2T`), if only one has them.

    Args:
        name: E.g. `tit-for-tat`, `Tit For Tat` or `TFT`; or `Reactive Player(0.9, 0.2)`, with the chances of C after C
            and after D.
        own: Other strategies by id, which come before the declared ones.

    Raises:
        UnknownName: With the nearest name, or with all that it could mean.
    """
    if (chances := _REACTIVE.fullmatch(name)) is not None:
        return _reactive(name, chances[1])
    known: dict[str, Strategy] = {**declared(), **(own or {})}
    for spelt in (_by_name(known), _by_other_names(), _by_initials()):
        ids = spelt.get(plain(name), [])
        if len(ids) == 1:
            return known[ids[0]]
        if ids:
            raise UnknownName(f"'{name}' may be {' or '.join(repr(id) for id in ids)}")
    if plain(name) == plain(REACTIVE):
        raise UnknownName(f"'{name}' needs two chances of C, after C and after D, e.g. '{REACTIVE}(0.9, 0.2)'")
    meant = did_you_mean(plain(name), _by_name(known))
    near = re.sub(r"'(.*)'", lambda found: f"'{_by_name(known)[found[1]][-1]}'", meant)
    raise UnknownName(f"no strategy '{name}'" + (f" ({near})" if near else ""))


def _by_name(known: Mapping[str, Strategy]) -> dict[str, list[str]]:
    """Ids by name and id; who comes later takes the place of who came before."""
    return {plain(word): [id] for id, strategy in known.items() for word in (strategy.name, id)}


@lru_cache(maxsize=1)
def _by_other_names() -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    for id, strategy in declared().items():
        for word in dict.fromkeys(map(plain, strategy.also)):
            found.setdefault(word, []).append(id)
    return found


@lru_cache(maxsize=1)
def _by_initials() -> Mapping[str, list[str]]:
    """Ids by the first letters of the words of their names, numbers in full."""
    found: dict[str, list[str]] = {}
    for id, strategy in declared().items():
        words = [re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+", name) for name in (strategy.name, *strategy.also)]
        short = ("".join(word if word.isdigit() else word[0] for word in each).lower() for each in words)
        for word in dict.fromkeys(word for word in short if len(word) > 1):
            found.setdefault(word, []).append(id)
    return found


def _reactive(name: str, given: str) -> Strategy:
    """The strategy that answers C and D each with a chance of C (Nowak and Sigmund 1989)."""
    try:
        after_c, after_d = (float(part) for part in given.split(","))
    except ValueError:
        after_c = after_d = -1.0
    if not (0 <= after_c <= 1 and 0 <= after_d <= 1):
        raise UnknownName(f"'{name}' needs two chances of C from 0 to 1, after C and after D: '{REACTIVE}(0.9, 0.2)'")
    called = f"{REACTIVE} ({after_c:g}, {after_d:g})"
    says = f"Cooperates with a chance of {after_c:g} after cooperation and of {after_d:g} after defection."
    after = {"CC": after_c, "CD": after_d, "DC": after_c, "DD": after_d}
    return Strategy.model_validate({"name": called, "says": says, "cite": "Nowak and Sigmund (1989)", "after": after})


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
        "the axelrod library uses. They are found by these, by what else they are called, or by first letters (`TFT`).",
        "The tests play every pair of those without chance over 200 rounds against axelrod 4.13.1, to the point, and",
        "some of the others with noise, within sampling error.",
        "",
        "The chances of those marked *payoffs* follow from the payoffs of the game; states are told for 5, 3, 1 and 0.",
        "Where a game does not let them do what they are for, they are not played in it, and that is said.",
        "",
        f"Besides, `{REACTIVE}(p, q)` cooperates with a chance of p after the other's C, of q after its D",
        "(Nowak and Sigmund 1989).",
        "",
        "| id | name | also | states | chance | what it does | after |",
        "|---|---|---|---|---|---|---|",
    ]
    for id, strategy, made in known:
        chance = "payoffs" if strategy.by_payoffs else "" if made.deterministic else "yes"
        also = ", ".join(strategy.also)
        lines.append(
            f"| `{id}` | {strategy.name} | {also} | {made.size} | {chance} | {strategy.says} | {strategy.cite} |"
        )
    return "\n".join(lines) + "\n"
