"""A case as a reader with its files and a pencil has it: numbers at their means, members and figures of a year.

For `model_oracle`. What stands at the head of the page on the model, and section 1.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

UNSAID = {
    "network": {
        **{"gravity": 0.5, "multilateral": 0.0, "raised": 0.0, "periphery": 1.0},
        **{"threat_within": 1.0, "decay": 1.0, "link_cost": 0.0, "unlikeness": 0.0},
    },
    "response": {"discount": 0.9, "hazard": 0.05, "insight": 0.05, "transfers": 1.0, "noise": 0.02},
}
"""Where a case says nothing. That spreads are 0 need not be said: at the central estimates all of them are."""

UNSAID_REPLIES = {
    "ask": {"each": 0.004, "kept": 0.9, "informs": 0.3},
    "redirect": {"once": 0.01, "kept": 0.6},
    "refuse": {"once": 0.05, "kept": 0.3},
    "silence": {"each": 0.002, "kept": 0.9},
}
"""The replies besides accepting, where a case names none; what a reply does not say is 0."""


class PlainLoader(yaml.SafeLoader):
    """Reads YAML as version 1.2 has it: `on`, `yes` and `no` are text."""

    yaml_implicit_resolvers = {
        letter: [(tag, pattern) for tag, pattern in resolvers if letter in "tTfF" or not tag.endswith(":bool")]
        for letter, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def read_paper_case(place: Path) -> dict[str, Any]:
    """The files of a case as one mapping; `place` is its folder, or a file."""
    file = place / "case.yaml" if place.is_dir() else place
    case: dict[str, Any] = yaml.load(file.read_text(encoding="utf-8"), PlainLoader)
    for name in listed(case.pop("import", [])):
        if not name.endswith(".csv"):
            case |= read_paper_case(file.parent / name)
    return case


def listed(written: Any) -> list[Any]:
    """What stands as a list, or as the one thing that would be in it."""
    return list(written) if isinstance(written, list) else [written]


def mean_of(written: Any) -> float:
    """The mean of a number or distribution."""
    if not isinstance(written, dict):
        return float(written)
    if "value" in written:
        return float(written["value"])
    if "uniform" in written:
        return sum(written["uniform"]) / 2
    if "triangular" in written:
        return sum(written["triangular"]) / 3
    if "normal" in written:
        return float(written["normal"][0])
    if "lognormal" in written:
        return math.exp(written["lognormal"][0] + written["lognormal"][1] ** 2 / 2)
    if "beta" in written:
        return float(written["beta"][0]) / sum(written["beta"])
    return math.fsum(value * chance for value, chance in written["discrete"])


def latest_until(by_year: dict[int, Any], year: int) -> Any:
    """What stands under the latest year until `year`, or else under the first."""
    return by_year[max((one for one in by_year if one <= year), default=min(by_year))]


def holds_in(entry: dict[str, Any], year: int) -> bool:
    """Whether the span of years under `in`, if there is one, has the year in it; an end that is not named is open."""
    first, slash, last = str(entry.get("in", "/")).replace("~", "").replace("?", "").partition("/")
    ends = [first, last if slash else first]
    begins, ceases = (int(end[:4]) if end.strip(".") else None for end in ends)
    return (begins is None or begins <= year) and (ceases is None or year <= ceases)


@dataclass(frozen=True, eq=False)
class PaperCase:
    """The keys of a case, and the year of which it is asked."""

    keys: dict[str, Any]
    year: int

    def part(self, name: str) -> dict[str, Any]:
        """What stands under a key of the case, or nothing."""
        found: dict[str, Any] = self.keys.get(name) or {}
        return found

    def in_year(self, written: Any) -> Any:
        """What stands for a number in the year."""
        return latest_until(written["in"], self.year) if isinstance(written, dict) and "in" in written else written

    def number(self, written: Any) -> float:
        """A number of the case in the year, at its mean."""
        return mean_of(self.in_year(written))

    def setting(self, room: str, name: str) -> float:
        """A number under `network` or `response`, or what it is where nothing is said."""
        return self.number(self.part(room).get(name, UNSAID[room][name]))

    # Who there is (section 1)

    @cached_property
    def sides(self) -> list[str]:
        """The side that offers, and the one that answers."""
        return list(self.keys["sides"])

    def is_organisation(self, party: str) -> bool:
        """Whether a party is an organisation."""
        return party in self.part("organisations")

    def is_one_player(self, party: str) -> bool:
        """Whether a party is an organisation that is one player in every channel."""
        return party in self.part("network").get("as_one", [])

    def members(self, organisation: str) -> list[str]:
        """Who belongs to an organisation at some time in the year, as half of the datings, or more, have it."""
        spells = self.part("organisations")[organisation].get("members", [])
        datings: dict[str, dict[str | None, bool]] = {}
        for spell in spells:
            if spell.get("status", "member") == "member":
                by_source = datings.setdefault(spell["actor"], {})
                source = spell.get("according_to")
                by_source[source] = by_source.get(source, False) or holds_in(spell, self.year)
        return [actor for actor, says in datings.items() if 2 * sum(says.values()) >= len(says)]

    def organisations_of(self, actor: str) -> list[str]:
        """The organisations that an actor belongs to, of the sides and those that channels speak of."""
        counted = dict.fromkeys([*self.sides, *filter(self.is_organisation, self.parties)])
        return [one for one in counted if actor == one or actor in self.members(one)]

    @cached_property
    def parties(self) -> list[str]:
        """Whom the channels link or join."""
        channels = self.part("channels").values()
        named = [party for one in channels for link in [*one.get("links", []), one.get("joins", [])] for party in link]
        return list(dict.fromkeys(named))

    def players(self, party: str) -> list[str]:
        """The players that a party stands for: its members, or the one player that it is, or is in."""
        if self.is_organisation(party) and not self.is_one_player(party):
            return self.members(party)
        within = (one for one in self.part("network").get("as_one", []) if party in self.members(one))
        return [next(within, party)]

    @cached_property
    def actors(self) -> list[str]:
        """The actors of the year."""
        return list(dict.fromkeys(player for party in self.parties for player in self.players(party)))

    def name_for(self, member: str, numbers: dict[str, Any]) -> str | None:
        """The name under which something is said of a member: its own, or else the first of its organisations there."""
        if member in numbers:
            return member
        return next((name for name in numbers if name in self.organisations_of(member)), None)

    def given(self, member: str, numbers: dict[str, Any], unless: float) -> float:
        """The number that is given for a member."""
        name = self.name_for(member, numbers)
        return unless if name is None else self.number(numbers[name])

    # What they can do

    def figure(self, measure: dict[str, Any], actor: str) -> float | None:
        """An actor's figure of the latest year until the case's, or else of the first; none where it has none."""
        held = latest_until(measure["held"], self.year)
        return float(held[actor]) if actor in held else None

    def own_or_of_members(self, measure: dict[str, Any], party: str) -> list[float]:
        """A party's own figure, or else those of its members."""
        own = self.figure(measure, party)
        if own is not None or not self.is_organisation(party):
            return [0.0 if own is None else own]
        return [self.figure(measure, member) or 0.0 for member in self.members(party)]

    def capability(self, player: str) -> float:
        """c: what a player can do."""
        measures = self.part("capabilities")
        if not measures:
            return float(len(self.members(player))) if self.is_organisation(player) else 1.0
        measure = measures[self.part("network").get("capability", next(iter(measures)))]
        return math.fsum(self.own_or_of_members(measure, player))

    def regime(self, measure: str, party: str) -> float:
        """How democratic a party is, of whom that must be said."""
        figure = self.regime_if_any(measure, party)
        assert figure is not None
        return figure

    def regime_if_any(self, measure: str, party: str) -> float | None:
        """How democratic a party is, by its figure or those that its members have; none, where nobody has any."""
        held = self.part("regimes")[measure]
        members = self.members(party) if self.is_organisation(party) else []
        of_members = [figure for member in members if (figure := self.figure(held, member)) is not None]
        own = self.figure(held, party)
        return math.fsum(of_members) / len(of_members) if own is None and of_members else own

    def leaders(self, organisation: str) -> list[str]:
        """The members that lead an organisation: whom the case names, or the one that can do most."""
        named = self.part("network").get("through", {}).get(organisation)
        return listed(named) if named else [max(self.members(organisation), key=self.capability)]

    def threat(self, actor: str, is_grave: bool) -> float:
        """How much of a grave common threat an actor perceives; all of it under a grave threat."""
        return 1.0 if is_grave else self.given(actor, self.part("threat"), 0.0)
