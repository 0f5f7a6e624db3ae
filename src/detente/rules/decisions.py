"""The findings on decisions: how each side decides, what its members weigh, and how a proposal would fare."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from detente.case.dates import Edtf
from detente.case.deciding import Shares
from detente.case.schema import Case
from detente.rules.deciding import Decides, decides, for_subject
from detente.rules.decision import (
    KINDS,
    Chances,
    DecisionRule,
    Stance,
    blockers,
    chance_of_passing,
    majority,
    outcome,
    pivot_chances,
    unblocking,
    voting_game,
)
from detente.rules.docket import Docket
from detente.rules.reasons import Words
from detente.rules.translation import condition, in_force, members, settled, things
from detente.section import Finding
from detente.words import capital, chance, count, listed, number, sentence

METHOD = (
    "A decision rule passes a proposal where "
    + "; ".join(f"{kind}: {what}" for kind, what in KINDS.items())
    + ". Members are those of the date; where the sources date a membership differently, by at least half of them."
)
METHOD_OF_POWER = (
    "Banzhaf (normalised): of all the times that one member's vote turns a losing coalition into a winning one, the "
    "share of each (Penrose 1946; Banzhaf 1965). Shapley-Shubik: the share of all orders of joining in which a member "
    "is the one who turns the outcome (Shapley and Shubik 1954). Exact. Beside the formal rule stands what they would "
    "be if the shares were votes and more than half of them decided: a supposition, to show what formal equality "
    "leaves out."
)
METHOD_OF_STANCES = (
    "A proposal passes, fails, or is open where it hangs on members whose stance is not known. Those who block it are "
    "in some smallest set of members whose yes would let it pass; unknown stances are taken at their worst there. "
    "Chances take members to decide independently, and are exact."
)


def dates(docket: Docket) -> list[Edtf]:
    """The dates at which decision rules are shown: the snapshots, or the time of comparison."""
    return list(docket.case.snapshots) or [docket.now]


def how(docket: Docket, words: Words) -> Finding | None:
    """How each organisation decides, with how many members at which date; None if the case does not say."""
    import polars as pl

    records, told = [], []
    for party in docket.parties:
        for when in dates(docket):
            for found in decides(docket.case, party, when):
                records.append(_row(words, found, when))
        if general := _general(docket, party):
            sizes = [f"{len(g.rule.members)} in {when.shown}" for when, g in general]
            told.append(f"{words.name(party)} decides by {by_words(words, general[-1][1])}, of {listed(sizes)}")
    if not records:
        return None
    equal = [party for party in docket.parties if any(_each_blocks(g.rule) for _, g in _general(docket, party))]
    says = f"{capital('; '.join(told))}."
    if equal:
        names = listed(words.name(party) for party in equal)
        says += (
            f" In {names} any one member can stop a decision, so that all have the same power, one in so many members; "
        )
        says += _evens(docket, equal, words)
    return Finding(
        id="how",
        title="How each side decides",
        says=says,
        table=pl.DataFrame(records),
        links=("rule",),
        method=METHOD,
        rests_on=tuple(dict.fromkeys(str(r["rule"]) for r in records if r["rule"])),
        structural=bool(equal),
    )


def by_words(words: Words, found: Decides) -> str:
    """The kinds of a decision rule in words, with the organ that decides where it is delegated."""
    given = found.given
    return listed(f"delegation to {words.name(str(given.to))}" if kind == "delegated" else kind for kind in given.by)


def _general(docket: Docket, party: str) -> list[tuple[Edtf, Decides]]:
    """The rule for everything at each date."""
    return [
        (when, found)
        for when in dates(docket)
        for found in decides(docket.case, party, when)
        if isinstance(found.given.on, str)
    ]


def _row(words: Words, found: Decides, when: Edtf) -> dict[str, object]:
    given = found.given
    on = given.on if isinstance(given.on, str) else words.condition(condition(given.on))
    blocking = [m for m in found.rule.members if not _passes_without(found.rule, m)]
    alone = len(blocking) == len(found.rule.members)
    return {
        "organisation": words.name(found.organisation),
        "at": when.shown,
        "on": on,
        "by": by_words(words, found),
        "quota": str(given.quota or ""),
        "members": len(found.rule.members),
        "can_stop_it_alone": "any member" if alone else listed(words.name(m) for m in blocking) or "nobody",
        "rule": given.rule or "",
    }


def _passes_without(rule: DecisionRule, member: str) -> bool:
    return rule.passes({m: "against" if m == member else "for" for m in rule.members})


def _each_blocks(rule: DecisionRule) -> bool:
    return not any(_passes_without(rule, member) for member in rule.members)


def _evens(docket: Docket, equal: list[str], words: Words) -> str:
    """How little doubt it takes: the chance of an objection by each member that leaves the decision even."""
    parts = []
    for party in equal:
        n = len(_general(docket, party)[-1][1].rule.members)
        parts.append(f"{100 * (1 - 0.5 ** (1 / n)):.1f} in 100 for the {n} of {words.name(party)}")
    return f"a decision is as likely to fail as to pass once each would object with a chance of {listed(parts)}."


def power(docket: Docket, words: Words) -> Finding | None:
    """Power by the formal rule beside the real shares; None where all are alike and nothing is shared out."""
    import polars as pl

    records: list[dict[str, object]] = []
    told: list[str] = []
    for party in docket.parties:
        shares = docket.case.organisations[party].shares
        for when in dates(docket):
            general = next((g for at, g in _general(docket, party) if at == when), None)
            its = [s for s in shares if in_force(s.during, when) is not False]
            if general is None or (_each_blocks(general.rule) and not its):
                continue
            records += list(_powers(docket.case, words, general, when, its[0] if its else None))
        for share in shares:
            told += _slip(docket, party, share, words)
    if not records:
        return None
    says = _power_says(records)
    return Finding(
        id="power",
        title="Formal equality and real weight",
        says=" ".join([says, *told]),
        table=pl.DataFrame(records),
        method=METHOD_OF_POWER,
        rests_on=tuple(
            p for p in docket.parties if docket.case.organisations[p].shares or p in docket.case.organisations
        ),
    )


def _powers(
    case: Case, words: Words, general: Decides, when: Edtf, share: Shares | None
) -> Iterator[dict[str, object]]:
    formal, who = voting_game(general.rule), general.rule.members
    weights = _weights(share, who) if share else {}
    shared = voting_game(majority(weights, Fraction(1, 2), strict=True)) if any(weights.values()) else None
    indices = {
        "banzhaf": formal.normalised_banzhaf(),
        "shapley_shubik": formal.shapley_shubik(),
        "banzhaf_by_shares": shared.normalised_banzhaf() if shared else None,
        "shapley_shubik_by_shares": shared.shapley_shubik() if shared else None,
    }
    for index, member in enumerate(who):
        yield {
            "organisation": words.name(general.organisation),
            "at": when.shown,
            "member": words.name(member),
            "share": weights.get(member),
            **{name: float(found[index]) if found else None for name, found in indices.items()},
        }


def _weights(share: Shares, who: Iterator[str] | tuple[str, ...]) -> dict[str, int]:
    return {member: share.held.get(member, share.others or 0) for member in who}


def _slip(docket: Docket, party: str, share: Shares, words: Words) -> Iterator[str]:
    """The dates at which the shares do not add up to the whole."""
    if share.whole is None:
        return
    sums: dict[int, int] = {}
    times = [Edtf.parse(f"{y:04d}") for y in _years(docket)] or dates(docket)
    for when in times:
        who = members(docket.case, party, when)
        if in_force(share.during, when) is not False and who:
            sums[len(who)] = sum(_weights(share, tuple(who)).values())
    if any(total != share.whole for total in sums.values()):
        told = listed(f"{total} for {count(n, 'member')}" for n, total in sorted(sums.items()))
        yield f"The shares of {words.name(party)} in {share.of}, should make {share.whole}; they make {told}."


def _years(docket: Docket) -> range:
    period = docket.case.period
    bounded = period is not None and period.last.year - period.first.year <= 200
    return range(period.first.year, period.last.year + 1) if period and bounded else range(0)


def _power_says(records: list[dict[str, object]]) -> str:
    """For each organisation, by its last date, who has most power by the shares, or by the formal rule."""
    told = []
    for organisation in dict.fromkeys(r["organisation"] for r in records):
        its = [r for r in records if r["organisation"] == organisation]
        last = [r for r in its if r["at"] == its[-1]["at"]]
        top = max(last, key=lambda r: float(str(r["shapley_shubik_by_shares"] or r["shapley_shubik"])))
        formal = number(float(str(top["shapley_shubik"])))
        says = f"In {organisation}, {top['at']}, {top['member']} has {formal} of the power by the formal rule "
        says += "(Shapley-Shubik)"
        if (shared := top["shapley_shubik_by_shares"]) is not None:
            says += f", and would have {number(float(str(shared)))} if shares were votes"
        told.append(f"{says}.")
    return " ".join(told)


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
    parts = [f"{r['proposal']} in {r['organisation']}: {r['outcome']}" for r in records]
    unknown = [r for r in records if r["unknown"] == r["members"]]
    says = f"{capital('; '.join(parts))}."
    if unknown:
        says += f" Of {len(unknown)} of these {len(records)} decisions nobody's stance is known."
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
    found = for_subject(decides(docket.case, party, when), settled(docket.case, qualities, "bloc", other))
    if found is None:
        return None
    stances, chances = stances_of(docket.case, name, party, found.rule)
    uncertain = any(max(chances[m]) < 1 for m in found.rule.members if m in chances)
    exact = uncertain and all(m in chances for m in found.rule.members)
    blocking = blockers(found.rule, stances)
    pivots = pivot_chances(found.rule, chances) if exact else {}
    top = max(pivots, key=lambda m: pivots[m], default="")
    return {
        "proposal": name,
        "organisation": words.name(party),
        "by": by_words(words, found),
        "members": len(found.rule.members),
        "unknown": sum(stances.get(m, "unknown") == "unknown" and m not in chances for m in found.rule.members),
        "outcome": outcome(found.rule, stances),
        "who_blocks_it_or_might": _few([words.name(m) for m in blocking]),
        "smallest_sets_that_would_pass_it": _sets(words, found.rule, stances),
        "chance_of_passing": chance(chance_of_passing(found.rule, chances)) if exact else "",
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
