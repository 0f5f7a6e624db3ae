"""Random cases for the rules room: rules of every effect, over proposals of which not everything is settled.

A seed gives the same case for ever. What a case may hold: conditions nested in all, any and not; requirements, on facts
that somebody can bring about and on others; rules that override, that bind the members too, that come or go within a
year; versions in dispute; packages; presumptions; several members on each side.
"""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import yaml

SIDES = ("east", "west")
EFFECTS = ("bars", *("requires",) * 4, *("allows",) * 4, "duplicates", "limits")
SPANS = ("2001/..", "2003/2008", "../2006", "2004-05/..", "2005-07/2009-02", "2007")
Tree = dict[str, Any]


def rule_case(
    seed: int,
    rules: int = 8,
    proposals: int = 4,
    *,
    attributes: int = 4,
    values: int = 3,
    consents: int = 3,
    members: int = 2,
    disputes: int = 1,
    doubtful: float = 0.3,
) -> Tree:
    """A case as a tree of YAML.

    Args:
        seed: Of the random numbers.
        rules: How many rules bear on proposals.
        proposals: How many there are.
        attributes: How many things the rules may ask about a proposal, to see whether they apply.
        values: How many answers each may have.
        consents: How many things the rules may require, which proposals seldom settle.
        members: Of each side.
        disputes: How many pairs of rules are put into dispute.
        doubtful: Which part of the rules has dates.
    """
    random = Random(seed)
    actors = {f"{side}-{n}": {"name": f"{side.title()} {n}", "kind": "state"} for side in SIDES for n in range(members)}
    asked = {f"q{n}": _attribute(random, n, values, by=0.3) for n in range(attributes)}
    given = {f"c{n}": _attribute(random, n, 2, by=0.8) for n in range(consents)}
    names = [f"r{n}" for n in range(rules)]
    declared = {name: _rule(random, name, names[:n], asked, given, doubtful) for n, name in enumerate(names)}
    for _ in range(disputes):
        one, other = random.sample(names, 2)
        declared[one].setdefault("disputes", []).append(other)
    return {
        "case": "generated",
        "title": "A generated case",
        "question": "Will the West accept?",
        "period": "2002/2009",
        "snapshots": [2004, 2008],
        "sides": list(SIDES),
        "actors": actors,
        "organisations": {side: _organisation(random, side, members) for side in SIDES},
        "attributes": asked | given,
        "rules": declared,
        "facts": {"ceiling": {"of": "east-0", "attribute": "forces", "value": 5, "note": "invented"}},
        "proposals": {f"p{n}": _proposal(random, n, asked, given) for n in range(proposals)},
        "record": [
            {"id": "offer", "kind": "offer", "date": 2004, "by": "east", "to": "west", "proposes": ["p0"], "says": "o"}
        ],
    }


def write_case(tree: Tree, folder: Path) -> Path:
    """The case as a file."""
    file = folder / "case.yaml"
    file.write_text(yaml.safe_dump(tree, sort_keys=False), encoding="utf-8")
    return file


def _attribute(random: Random, n: int, values: int, by: float) -> Tree:
    found: Tree = {"says": f"Question {n}", "values": {f"v{k}": f"answer {k} to {n}" for k in range(values)}}
    if random.random() < by:
        found["by"] = random.choice([["east"], ["west"], ["east", "west"], ["west-0"]])
    if random.random() < 0.15:
        found["presumed"] = f"v{random.randrange(values)}"
    return found


def _organisation(random: Random, side: str, members: int) -> Tree:
    spans = ["2000/.."] * members if members < 3 else ["2000/..", "2000/..", *["2003/.."] * (members - 2)]
    found: Tree = {
        "name": side.title(),
        "members": [{"actor": f"{side}-{n}", "in": span} for n, span in enumerate(spans)],
        "decides": [{"on": "everything", "by": "consensus"}],
    }
    if random.random() < 0.6:
        found["otherwise"] = {"verdict": "open", "because": "generated"}
    return found


def _rule(random: Random, name: str, before: list[str], asked: Tree, given: Tree, doubtful: float) -> Tree:
    effect = random.choice(EFFECTS)
    found: Tree = {"of": random.choice(SIDES), "type": "law", "says": f"Rule {name}.", "note": "generated"}
    if random.random() < 0.95:
        found["applies"] = _condition(random, asked, 3, 2)
        if random.random() < 0.1:
            found["applies"]["channel"] = random.choice(["bloc", "bilateral"])
        if random.random() < 0.05:
            found["applies"]["partner"] = random.choice(["west", "east", "east-0"])
    if effect == "requires" or (effect == "allows" and random.random() < 0.3):
        found["requires"] = _condition(random, {**given, "q0": asked["q0"]}, 2, 1)
    if effect != "requires":
        found[effect] = {"duplicates": "east-0", "limits": ["ceiling"]}.get(effect, True)
    if random.random() < doubtful:
        found["in"] = random.choice(SPANS)
    if random.random() < 0.2:
        found["members_too"] = True
    if before and random.random() < 0.2:
        found["overrides"] = [random.choice(before)]
    return found


def _condition(random: Random, asked: Tree, most: int, depth: int) -> Tree:
    """A condition that does not exclude itself: each part of it asks about another attribute."""
    return _on(random, asked, random.sample(sorted(asked), random.randint(1, min(most, len(asked)))), depth)


def _on(random: Random, asked: Tree, names: list[str], depth: int) -> Tree:
    if depth == 0 or len(names) == 1 or random.random() < 0.5:
        answers = {name: sorted(asked[name]["values"]) for name in names}
        return {name: random.sample(its, random.choice([1, 1, min(2, len(its) - 1)])) for name, its in answers.items()}
    first, rest = names[:1], names[1:]
    match random.choice(["any", "all", "not"]):
        case "not":
            return {**_on(random, asked, rest, depth - 1), "not": _on(random, asked, first, depth - 1)}
        case kind:
            return {kind: [_on(random, asked, first, depth - 1), _on(random, asked, rest, depth - 1)]}


def _proposal(random: Random, n: int, asked: Tree, given: Tree) -> Tree:
    names = sorted(asked)

    def said(names: list[str]) -> Tree:
        its = {name: random.choice(sorted(asked[name]["values"])) for name in names if random.random() < 0.8}
        its |= {name: random.choice(["v0", "v1"]) for name in given if random.random() < 0.15}
        return its or {names[0]: "v0"}

    found: Tree = {"title": f"Proposal {n}", "by": "east", "date": random.choice(["2003", "2005", "2007-06"])}
    if random.random() < 0.75:
        return {**found, "attributes": said(names)}
    parts = [{"title": f"part {k}", "attributes": said(names[1:])} for k in range(2)]
    return {**found, "attributes": said(names[:1]), "parts": parts}
