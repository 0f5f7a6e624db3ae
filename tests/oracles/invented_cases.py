"""Small cases from a seed, each with other parts of the model in it, to hold the program against its oracle."""

from __future__ import annotations

import math
from random import Random
from typing import Any

YEAR = 2004


class CaseInventor:
    """Writes a case: a side `east` that offers, a side `west` that answers, and a few others."""

    def __init__(self, seed: int):
        self.random = Random(seed)
        self.east = [f"e{number}" for number in range(self.random.randint(2, 4))]
        self.west = [f"w{number}" for number in range(self.random.randint(2, 3))]
        self.as_one = self.random.choice([[], [], ["west"], ["west"], ["east"]])
        self.south = ["s0", "s1"] if self.happens(0.25) else []
        self.third = ["south"] if self.south else []
        self.has_neighbour = self.happens(0.4)

    def happens(self, chance: float) -> bool:
        """Whether something is in the case."""
        return self.random.random() < chance

    def amount(self, low: float, high: float) -> Any:
        """A number or distribution between two bounds, now and then by year."""
        middle, end = sorted(self.random.uniform(low, high) for _ in range(2))
        return self.random.choice(
            [
                middle,
                {"value": end},
                {"uniform": [middle, end]},
                {"triangular": [low, middle, end]},
                {"normal": [middle, 0.01]},
                {"discrete": [[middle, 0.25], [end, 0.75]]},
                {"in": {1990: low, 2003: {"uniform": [middle, end]}, 2009: high}},
            ]
        )

    def share(self, low: float, high: float) -> Any:
        """A number or distribution between two bounds, or a wide one between 0 and 1."""
        mean = self.random.uniform(low, high)
        wide = [{"beta": [6 * mean, 6 * (1 - mean)]}, {"normal": [mean, 0.3]}, {"lognormal": [math.log(mean), 0.4]}]
        return self.random.choice([*(self.amount(low, high) for _ in range(3)), *wide])

    def sometimes(self, chance: float, **entries: Any) -> dict[str, Any]:
        """Each of these entries, with a chance."""
        return {key: value for key, value in entries.items() if self.happens(chance)}

    def chosen(self, names: list[str], low: float, high: float, chance: float = 0.5) -> dict[str, Any]:
        """Numbers for some of these names."""
        return {name: self.amount(low, high) for name in names if self.happens(chance)}

    def players(self, side: str) -> list[str]:
        """Whom numbers may be given for that concern players."""
        return [side] if side in self.as_one else [side, *getattr(self, side)]

    def case(self) -> dict[str, Any]:
        """The keys of the case."""
        channels = self.channels()
        experiences = self.experiences(channels) if self.happens(0.85) else {}
        names = [*self.east, *self.west, *self.south, "near", "far", "farther"]
        parties = [*self.players("east"), *self.players("west")]
        return {
            **{"case": "invented", "title": "Invented", "question": "Who gains?", "period": "1990/2010"},
            "sources": {"roll": {"title": "The roll"}, "diary": {"title": "The diary"}},
            "actors": {name: {"name": name.upper(), "kind": "state"} for name in names},
            "organisations": self.organisations(),
            "sides": ["east", "west"],
            "issues": self.issues(parties),
            "capabilities": {"wagons": {"title": "Wagons", "held": self.figures(names, 0.5, 9)}},
            "regimes": {"votes": {"title": "Votes", "held": self.figures(names, 0, 1)}},
            "channels": channels,
            "threat": self.chosen(parties, 0.1, 0.9),
            "network": self.network({channel for one in experiences.values() for channel in one["tells_of"]}),
            "mechanisms": self.mechanisms(),
            "lenses": self.lenses(),
            "outside": self.outside(),
            "response": self.response(),
            **self.sometimes(0.9, traits=self.traits()),
            "experiences": experiences,
        }

    def figures(self, names: list[str], low: float, high: float) -> dict[int, dict[str, float]]:
        """What each has in several years; sometimes an organisation has a figure of its own."""
        found = {year: {name: self.random.uniform(low, high) for name in names} for year in (1995, 2003, 2008)}
        if self.as_one and self.happens(0.3):
            for figures in found.values():
                figures[self.as_one[0]] = self.random.uniform(low, high)
        return found

    def organisations(self) -> dict[str, Any]:
        """Both sides, with their rules and shares, and sometimes a third."""
        found = {}
        for side, members in (("east", self.east), ("west", self.west)):
            spells = [{"actor": member, "in": "1990/.."} for member in members[1:]]
            spells += [{"actor": "far", "in": "2005/.."}, {"actor": "farther", "in": "1990/..", "status": "observer"}]
            spells += [{"actor": members[0], "in": "1990/2004-03", "according_to": "roll"}]
            spells += [{"actor": members[0], "in": "1990/2003", "according_to": "diary"}]
            shares = {"of": "posts", "held": {members[0]: 5}, "others": 2, "divides": self.happens(0.7)}
            found[side] = {"name": side.upper(), "members": spells, "decides": self.rules(members), "shares": [shares]}
        if self.south:
            found["south"] = {"name": "SOUTH", "members": [{"actor": name, "in": "1990/.."} for name in self.south]}
        return found

    def rules(self, members: list[str]) -> list[dict[str, Any]]:
        """How a side decides."""
        weights = {member: self.random.randint(1, 4) for member in [*members, "far"]}
        return self.random.choice(
            [
                [],
                [{"on": "everything", "by": "consensus"}],
                [{"on": "everything", "by": "majority"}],
                [{"on": "everything", "by": "majority", "weights": weights, "quota": "2/3"}],
                [{"on": "everything", "by": "majority", "quota": 1, "veto": members[-1]}],
                [{"on": "everything", "by": "majority", "weights": weights, "quota": weights[members[0]] + 1}],
                [{"on": "everything", "by": ["majority", "opt-in"], "quota": "50 %"}],
                [{"on": {"not": {"channel": "bloc"}}, "by": "unanimity"}, {"on": "everything", "by": "opt-in"}],
            ]
        )

    def issues(self, parties: list[str]) -> dict[str, Any]:
        """Two issues of pairs, and sometimes one that takes several providers."""
        found: dict[str, Any] = {}
        for name in ("road", "river"):
            found[name] = {"title": name.upper(), "stakes": self.amount(0.3, 1.5), "exposure": {}}
            found[name]["exposure"] = self.chosen(parties, 0.2, 1, 0.3)
            own = {key: self.amount(0.1, 0.9) for key in ("multilateral", "gravity", "raised")}
            found[name] |= self.sometimes(0.3, **own)
        for issue in found.values():
            issue |= self.sometimes(0.4, salience=self.chosen(["west", "east"], 0.2, 2, 0.7))
        if self.happens(0.6):
            providers = ["west", "e0"] if "east" not in self.as_one else ["west"]
            technology = {"users": self.random.choice(["east", ["east", "west"]]), "providers": providers}
            found["fires"] = {
                **{"title": "FIRES", "stakes": self.amount(0.2, 0.8), "multilateral": self.amount(0, 1)},
                "technology": technology | self.sometimes(0.6, needed=1),
            }
        return found

    def channels(self) -> dict[str, Any]:
        """None, one by one, between the organisations, one that may come of that, and sometimes a fifth."""
        inside = [] if "east" in self.as_one else [["e0", "east"]]
        inside += [] if "west" in self.as_one or self.happens(0.5) else [["w0", "west"]]
        inside += [["s0", "s1"]] if self.south and self.happens(0.5) else []
        one_by_one = [*inside, ["east", "west"], *([["near", "w0"]] if self.has_neighbour else [])]
        few = [*inside, ["e0", "w0"], *([["near", "e0"]] if self.has_neighbour else [])]
        for links in (one_by_one, few):
            links += [["south", "w1"]] if self.south else []
        self.observed = self.random.choice(["few", "each", "each"])
        self.other = "each" if self.observed == "few" else "few"
        self.joined = ["west", "east", *(["south"] if self.south else [])]
        bloc = {
            **{"title": "Bloc", "links": [*inside, ["e1", "w1"]], "joins": self.joined},
            **({"displaces": self.observed, "exclusivity": self.amount(0.1, 0.9)} if self.happens(0.8) else {}),
            **({"opens": self.other, "opening": self.amount(0.1, 0.9)} if self.happens(0.5) else {}),
            **self.sometimes(0.8, efficiency=self.share(0.3, 1), depth=self.amount(0, 1)),
        }
        if self.as_one:
            bloc["links"] = inside
        if not bloc["links"]:
            del bloc["links"]
        found = {
            "few": {"title": "Few", "links": few, "efficiency": self.share(0.3, 1)},
            "each": {"title": "Each", "links": one_by_one, "efficiency": self.share(0.3, 1)},
            "bloc": bloc,
        }
        if self.happens(0.6):
            found["pact"] = {"title": "Pact", "joins": self.joined, "displaces": "bloc", "exclusivity": 0.5}
            found["pact"] |= self.sometimes(0.7, efficiency=self.share(0.3, 1))
        return found

    def network(self, told_of: set[str]) -> dict[str, Any]:
        """How channels are worked out; what unlikeness costs is certain where experience tells of other things only."""
        is_open = not told_of or told_of & {"bloc", "pact"}
        unlikeness = self.share(0.1, 0.9) if is_open else self.random.uniform(0.1, 0.9)
        numbers = {
            key: self.amount(0.05, 0.95)
            for key in ("gravity", "multilateral", "periphery", "decay", "threat_within")
        }  # fmt: skip
        numbers |= {"raised": self.amount(0.5, 3), "link_cost": self.amount(0.001, 0.02), "spread": 0.3}
        through = {side: members[1:] for side, members in (("east", self.east), ("west", self.west))}
        return {
            **{"observed": self.observed, "years": [YEAR], "as_one": self.as_one, "draws": 100},
            **self.sometimes(0.8, **numbers),
            **self.sometimes(0.95, unlikeness=unlikeness),
            "through": self.sometimes(0.3, **through),
        }

    def traits(self) -> dict[str, Any]:
        """In what parties are unlike: by their regimes, by what is said of them, or both."""
        parties = ["east", "west", "e0", "w0", *self.third]
        found: dict[str, dict[str, Any]] = {
            "governed": {"title": "GOVERNED", "by_regime": "votes"},
            "purpose": {"title": "PURPOSE", "held": {"east": self.amount(0, 1), **self.chosen(parties, 0, 1, 0.7)}},
        }
        for trait in found.values():
            trait |= self.sometimes(0.5, weight=self.random.uniform(0.3, 2))
        return self.sometimes(0.7, **found) or found

    def experiences(self, channels: dict[str, Any]) -> dict[str, Any]:
        """What was tried before, and of which channels it tells: not of those that get all done, come what may."""
        found, open_ones = {}, [name for name, channel in channels.items() if "efficiency" in channel]
        for name, between in (
            ("council", ["south" if self.south else "east", "w0"]),
            ("fair", ["west", "east"]),
            ("march", ["e1", "near"]),
        ):
            tried = self.random.randint(1, 6)
            told = self.random.sample(open_ones, self.random.randint(1, len(open_ones)))
            found[name] = {
                **{"title": name.upper(), "between": between, "tried": tried, "worked": self.random.randint(0, tried)},
                "tells_of": {channel: self.random.uniform(0.1, 1) for channel in told},
            }
        return self.sometimes(0.7, **found) or found

    def mechanisms(self) -> dict[str, Any]:
        """What actors care for."""
        both = ["east", "west", *self.east, *self.west, *(["south", "s0"] if self.south else [])]
        winners = ["east", *self.east, *(["south"] if self.south else [])]
        shrinks = {"exclusivity": self.amount(0.1, 1), "depth": self.amount(0.1, 1)}
        rival = {"east": self.random.choice(["west", ["west", "w0"], "w0"]), "w0": ["e0", "e1"]}
        if self.as_one:
            rival = {"east": "west", "west": "east"}
        found: dict[str, dict[str, Any]] = {
            "envy": {"kind": "relative", "against": rival},
            "distance": {"kind": "relative", "by_regime": "votes"},
            "standing": {"kind": "recognition", "at_cost_of": self.random.choice(["west", "w0"])},
            "order": {"kind": "advantage"},
            "freedom": {"kind": "autonomy"},
            "danger": {"kind": "fear"},
            "example": {"kind": "norms"},
            "cover": {"kind": "shield", "by_regime": "votes"},
        }
        for name, mechanism in found.items():
            mechanism["title"] = name.upper()
            mechanism["of"] = self.chosen(winners if name == "standing" else both, 0.01, 0.4) or {"east": 0.2}
            if mechanism["kind"] in ("recognition", "advantage", "autonomy", "fear"):
                mechanism |= self.sometimes(0.5, shrinks_with=shrinks)
        found["example"] |= self.sometimes(0.5, by_regime="votes")
        return self.sometimes(0.8, **found)

    def lenses(self) -> dict[str, Any]:
        """The theories of the case, if it has any."""
        return self.sometimes(0.4, **{"nothing": {"title": "Nothing else"}})

    def outside(self) -> dict[str, Any]:
        """What the sides have elsewhere."""
        found = {
            "fairs": {"title": "FAIRS", "of": "west", "forgone": self.amount(0, 0.2)},
            "coast": {"title": "COAST", "of": "e0", "partners": ["far", "farther"], "forgone": self.amount(0, 0.5)},
        }
        return self.sometimes(0.6, **found)

    def response(self) -> dict[str, Any]:
        """How the offer is decided on and answered."""
        terms = {
            reply: {key: self.amount(0.01, 0.3) for key in ("once", "each", "brings", "kept", "informs")}
            for reply in ("ask", "redirect", "refuse", "silence")
        }
        numbers = {key: self.amount(0.05, 0.95) for key in ("discount", "hazard", "insight", "transfers")}
        return {
            "channel": "bloc",
            **self.sometimes(0.7, **numbers, noise=self.amount(0.01, 0.3)),
            **self.sometimes(0.4, payments="offering-side"),
            **({"replies": self.sometimes(0.7, **terms) or terms} if self.happens(0.6) else {}),
        }
