"""Cases with many members on each side, from a seed: channels, capabilities, who accepts, games, decision rules."""

from __future__ import annotations

from random import Random
from typing import Any

from tests.cases.rule_cases import SIDES, rule_case

Tree = dict[str, Any]


def member_case(seed: int, members: int, *, rules: int = 12, proposals: int = 4, draws: int = 4096) -> Tree:
    """A case of two organisations with so many members each, as a tree of YAML."""
    random = Random(seed)
    names = {side: [f"{side}-{n}" for n in range(members)] for side in SIDES}

    def between(low: float, high: float) -> Tree:
        return {"uniform": [low, high], "because": "generated"}

    tree = rule_case(seed, rules, proposals, members=members)
    east, west = SIDES
    able = {name: round(random.lognormvariate(0, 1.5), 4) for side in SIDES for name in names[side]}
    tree["organisations"][west]["decides"] = [
        {
            "on": "everything",
            "by": "majority",
            "weights": {n: random.randint(1, 29) for n in names[west]},
            "quota": "2/3",
        }
    ]
    for name, proposal in tree["proposals"].items():
        proposal["issues"] = "trade" if name != "p1" else "security"
    tree |= {
        "issues": {
            "trade": {"title": "Trade", "stakes": between(0.2, 0.8)},
            "security": {"title": "Security", "stakes": between(0.3, 0.6), "multilateral": between(0.2, 0.6)},
            "relief": {"title": "Relief", "stakes": {"value": 0.2, "because": "generated"}},
        },
        "capabilities": {"size": {"title": "Size", "unit": "units", "note": "Generated.", "held": {2004: able}}},
        "channels": {
            "none": {"title": "No channel", "links": [[names[east][0], east], [names[west][0], west]]},
            "bilateral": {
                "title": "One by one",
                "links": [[names[east][0], east], [west, west], [west, east]],
                "efficiency": between(0.4, 1),
            },
            "bloc": {
                "title": "Bloc to bloc",
                "links": [[names[east][0], east], [west, west]],
                "joins": [east, west],
                "displaces": "bilateral",
                "exclusivity": between(0.3, 1),
            },
        },
        "network": {
            "observed": "bilateral",
            "years": [2004, 2008],
            "draws": draws,
            "gravity": between(0.1, 0.6),
            "spread": {"value": 0.5, "because": "generated"},
            "decay": between(0.7, 1),
        },
        "mechanisms": {
            "envy": {
                "title": "Envy",
                "kind": "relative",
                "of": {west: between(0, 0.8)},
                "against": {west: east},
            },
            "free-hands": {"title": "Free hands", "kind": "autonomy", "of": {west: between(0, 0.2)}},
        },
        "theories": {"realism": {"name": "Realism"}, "liberalism": {"name": "Liberalism"}},
        "lenses": {
            "gains": {"title": "Gains", "theory": "liberalism", "because": "generated"},
            "both": {"title": "Both", "theory": "realism", "uses": ["envy", "free-hands"], "because": "generated"},
        },
        "response": {"channel": "bloc", "proposal": "p0"},
        "games": {
            "watch": {
                "title": "A common watch",
                "issues": "security",
                "between": [east, west],
                "payoffs": {"both": 3, "neither": 1, "alone": 0, "free_rides": 4},
                "patience": between(0.6, 0.9),
            }
        },
    }  # fmt: skip
    return tree
