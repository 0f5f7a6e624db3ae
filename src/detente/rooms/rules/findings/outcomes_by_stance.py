"""The finding on how proposals would fare: stances of members, through the decision rule, to an outcome."""

from __future__ import annotations

from collections.abc import Mapping

from detente.case.schema.case import Case
from detente.methods.institutions.decision_rules import (
    Chances,
    DecisionRule,
    Stance,
    blockers,
    chance_of_passing,
    outcome,
    pivot_chances,
    unblocking,
)
from detente.results.finding import Finding
from detente.rooms.rules.findings.text import Words
from detente.rooms.rules.model.build_rulebooks import settled, things
from detente.rooms.rules.model.decision_rules import by_words, for_subject
from detente.rooms.rules.model.docket import Docket
from detente.text.english import capital, listed, sentence
from detente.text.number_format import chance, number

METHOD_OF_STANCES = (
    "A proposal passes, fails, or is open where it hangs on members whose stance is not known. Those who block it are "
    "in some smallest set of members whose yes would let it pass; unknown stances are taken at their worst there. "
    "Chances take members to decide independently, and are exact."
)


def fares(docket: Docket, words: Words) -> Finding | None:
    """How proposals would fare, as far as anything is known of where members stand; None if nothing is."""
    import polars as pl

    named = [name for name in docket.proposals if any(name in s.on for s in docket.case.stances.values())]
    records = []
    for name in named:
        for party in docket.parties:
            row = _fate(docket, words, name, party)
            records += [row] if row else []
    if not records:
        return None
    parts = []
    for name in dict.fromkeys(str(r["proposal"]) for r in records):
        its = listed(f"{r['outcome']} in {r['organisation']}" for r in records if r["proposal"] == name)
        parts.append(f"{docket.case.proposals[name].title} ({name}): {its}")
    unknown = [r for r in records if r["unknown"] == r["members"]]
    says = f"{capital('; '.join(parts))}."
    if unknown:
        says += f" For {len(unknown)} of these {len(records)} decisions the case has no member's stance."
    return Finding(
        id="fares",
        title="How proposals would fare",
        says=says,
        table=pl.DataFrame(records),
        links=("proposal",),
        method=METHOD_OF_STANCES,
        rests_on=(*named, *(id for id, s in docket.case.stances.items() if set(s.on) & set(named))),
    )


def _fate(docket: Docket, words: Words, name: str, party: str) -> dict[str, object] | None:
    when = docket.time(name)
    _, qualities = things(docket.case.proposals[name])[0]
    other = docket.answering if party == docket.offering else docket.offering
    found = for_subject(docket.decides(party, when), settled(docket.case, qualities, "bloc", other))
    if found is None:
        return None
    stances, chances = stances_of(docket.case, name, party, found.rule)
    uncertain = any(max(chances[m]) < 1 for m in found.rule.members if m in chances)
    exact = uncertain and all(m in chances for m in found.rule.members)
    try:
        sets, who = _sets(words, found.rule, stances), _few([words.name(m) for m in blockers(found.rule, stances)])
    except OverflowError:
        sets = who = "too many to look through"
    try:
        passing = chance(chance_of_passing(found.rule, chances)) if exact else ""
        pivots = pivot_chances(found.rule, chances) if exact else {}
    except OverflowError:
        passing, pivots = "too many sums to keep apart", {}
    top = max(pivots, key=lambda m: pivots[m], default="")
    return {
        "proposal": name,
        "organisation": words.name(party),
        "by": by_words(words.name, found),
        "members": len(found.rule.members),
        "unknown": sum(stances.get(m, "unknown") == "unknown" and m not in chances for m in found.rule.members),
        "outcome": outcome(found.rule, stances),
        "who_blocks_it_or_might": who,
        "smallest_sets_that_would_pass_it": sets,
        "chance_of_passing": passing,
        "most_often_decisive": f"{words.name(top)} ({number(pivots[top])})" if top else "",
    }


def stances_of(case: Case, proposal: str, party: str, rule: DecisionRule) -> tuple[dict[str, Stance], Chances]:
    """Where the members stand on a proposal: what is said of a member comes before what is said of all."""
    stances: dict[str, Stance] = {}
    chances: dict[str, tuple[float, float, float]] = {}
    said = [s for s in case.stances.values() if proposal in s.on]
    for given in [*(s for s in said if party in s.of), *(s for s in said if party not in s.of)]:
        for member in rule.members if party in given.of else [m for m in given.of if m in rule.members]:
            if given.stance:
                stances[member] = given.stance
                chances.pop(member, None)
            elif given.chances:
                yes, no = given.chances.favour.mean, given.chances.against.mean
                chances[member] = (yes, max(0.0, 1 - yes - no), no)
                stances[member] = "unknown"
    fixed: Mapping[str, tuple[float, float, float]] = {"for": (1, 0, 0), "neutral": (0, 1, 0), "against": (0, 0, 1)}
    chances |= {member: fixed[stance] for member, stance in stances.items() if stance in fixed}
    return stances, chances


def _sets(words: Words, rule: DecisionRule, stances: Mapping[str, Stance]) -> str:
    told = []
    for change in unblocking(rule, stances)[:3]:
        parts = [_few([words.name(m) for m in change.all_of])] if change.all_of else []
        parts += [f"any {n} of {_few([words.name(m) for m in group])}" for n, group in change.some_of]
        told.append(listed(parts))
    return sentence("; or ".join(told)) if told else ""


def _few(names: list[str], most: int = 4) -> str:
    return listed(names) if len(names) <= most else f"{', '.join(names[:most])} and {len(names) - most} more"
