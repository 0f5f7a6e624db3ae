"""The answers of the evidence room: the verdicts, how they stand, and what else reads them otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from detente.case.schema.case import Case
from detente.methods.inference.congruence import Tally
from detente.rooms.evidence.findings.posterior import odds
from detente.rooms.evidence.model.coding_routes import RULES, Current, Route, label, rolled_up
from detente.rooms.evidence.model.congruence_tables import Tested, brief, standing, sums, tally_of
from detente.rooms.evidence.model.posterior import Updated
from detente.text.english import count, listed
from detente.text.number_format import chance, number

Weighed = Mapping[str, Updated | None]
"""The weight of evidence on each table, where there is any."""


def answer(case: Case, counting: Current, tested: list[Tested], weighed: Weighed) -> str:
    """The verdicts in a few sentences; nothing if there are no tables."""
    # A term of art is explained where it first stands.
    stands = [_standing_words(case, test, explain=test is tested[0]) for test in tested]
    sentences = [f"{text}." for text in _verdicts(case, tested, stands, named=True)]
    sentences += _otherwise(case, counting, tested)
    sentences += _weighed_words(case, tested, weighed)
    sentences += _equal_words(case, tested)
    return " ".join(sentences)


def brief_answer(case: Case, tested: list[Tested]) -> str:
    """The verdicts in a sentence or two, for the first screen."""
    stands = [_flips(test, "would overturn it") for test in tested]
    verdicts = "; ".join(_verdicts(case, tested, stands, named=False))
    others: dict[str, dict[str, list[str]]] = {}
    for test, route, found in _differing(case, tested):
        what = case.theories[found.leader].name if found.leader else "a tie"
        others.setdefault(label(case, route), {}).setdefault(what, []).append(test.label)
    for who, said in others.items():
        verdicts += f"; read by {who}, it is " + listed(f"{what} for {listed(tables)}" for what, tables in said.items())
    return " ".join([f"{verdicts}.", *_equal_words(case, tested)]) if tested else ""


def _verdicts(case: Case, tested: list[Tested], stands: list[str], *, named: bool) -> list[str]:
    """The verdicts with how each stands, in one clause where one theory has them all; with their tables if `named`."""
    leaders = {test.main.leader for test in tested}
    pairs = list(zip(tested, stands, strict=True))
    if len(tested) > 1 and len(leaders) == 1 and None not in leaders:
        where = "both tables" if len(tested) == 2 else f"all {len(tested)} tables"
        told = listed(f"{sums(test.main)}{f' in {test.label}' if named else ''} ({how})" for test, how in pairs)
        return [f"{case.theories[tested[0].main.leader or ''].name} explains more of the motives in {where}, {told}"]
    return [f"{test.label}: {brief(case, test.main)}{f' ({how})' if test.main.leader else ''}" for test, how in pairs]


def _equal_words(case: Case, tested: list[Tested]) -> Iterator[str]:
    weights = [case.motives[row.unit].weight for test in tested for row in test.rows]
    if not all(weights):
        yield f"That {'the other motives' if any(weights) else 'all motives'} count equally is an assumption."


def _standing_words(case: Case, test: Tested, *, explain: bool) -> str:
    reasons = []
    if test.flip:
        reasons.append(f"{count(test.flip.number, 'recoding')} would overturn it")
    other = next((found for found in test.tallies if found.leader != test.main.leader), None)
    if other is not None:
        what = ", a theory named besides the first one," if explain else ""
        counts = "as much as a primary one" if other.s == 1 else number(other.s)
        reasons.append(f"{brief(case, other)}, once a secondary reading{what} counts {counts}")
    return f"{standing(test)}: {'; '.join(reasons) or 'no single change overturns it'}"


def _otherwise(case: Case, counting: Current, tested: list[Tested]) -> Iterator[str]:
    """What another route to the same motives says, where it says something else."""
    verdicts: dict[str, dict[str, list[str]]] = {}
    for test, route, found in _differing(case, tested):
        told = f"{brief(case, found)}{_by_the_other_rule(case, counting, test, route, found)}"
        verdicts.setdefault(label(case, route), {}).setdefault(told, []).append(test.label)
    for who, told_of in verdicts.items():
        what = listed(f"{verdict}, for {listed(tables)}" for verdict, tables in told_of.items())
        yield f"Read by {who}, it is {what}."


def _differing(case: Case, tested: list[Tested]) -> Iterator[tuple[Tested, Route, Tally]]:
    """Of each table the first other route with another verdict."""
    for test in tested:
        for route in test.routes[1:]:
            found = tally_of(case, test.table, route.codes)
            if found.leader != test.main.leader:
                yield test, route, found
                break


def _by_the_other_rule(case: Case, counting: Current, test: Tested, route: Route, found: Tally) -> str:
    """What the other rule of rolling up passages says, where it says something else."""
    if route.kind != "passages":
        return ""
    rule = next(rule for rule in RULES if rule != case.evidence.roll_up)
    again = tally_of(case, test.table, rolled_up(case, counting, route.coder, test.table, rule).codes)
    return "" if again.leader == found.leader else f" ({RULES[rule]}, {brief(case, again)})"


def _weighed_words(case: Case, tested: list[Tested], weighed: Weighed) -> Iterator[str]:
    """The most probable hypothesis of each table, said to rest on an assumption where it does."""
    found = [(test, update) for test in tested if (update := weighed[test.id])]
    told: dict[str, list[str]] = {}
    for test, update in found:
        name = _quoted(case, update.first) if not update.tie else "no hypothesis"
        how = chance(update.after[update.first])
        how += "" if update.tie else f", odds of {odds(update.lead)} to 1 to the next"
        told.setdefault(name, []).append(f"{test.label} ({how})")
    if told:
        assumed = any(update.evidence.coder for _, update in found)
        by = "By assumed likelihoods" if assumed else "By the likelihoods given"
        most = listed(f"{name} is the most probable for {listed(tables)}" for name, tables in told.items())
        yield f"{by} {most}."


def _quoted(case: Case, hypothesis: str) -> str:
    return f"“{case.hypotheses[hypothesis].name}”"


def tile(case: Case, tested: list[Tested]) -> str:
    """The verdicts in a few words."""
    leaders = {t.main.leader for t in tested}
    if len(leaders) == 1 and None not in leaders:
        return f"{case.theories[tested[0].main.leader or ''].name}, {listed(sums(t.main) for t in tested)}"
    return listed(brief(case, t.main) for t in tested)


def tile_note(tested: list[Tested]) -> str:
    """How the verdicts stand, in a few words."""
    return "; ".join(f"{t.label}: {'a tie' if t.main.leader is None else _flips(t)}" for t in tested)


def _flips(test: Tested, verb: str = "") -> str:
    if test.flip is None:
        return f"{standing(test)}: no recoding would overturn it"
    verb = verb or f"{'flips' if test.flip.number == 1 else 'flip'} it"
    return f"{standing(test)}, {count(test.flip.number, 'recoding')} {verb}"
