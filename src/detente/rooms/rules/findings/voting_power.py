"""The findings on votes: how each side decides, who can stop it, and formal equality beside real shares."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from detente.case.index.membership import in_force_as_stated, members, surely_touches
from detente.case.schema.decision_rules import Shares
from detente.methods.chronology.edtf import Edtf
from detente.methods.institutions.decision_rules import KINDS, DecisionRule, majority, voting_game
from detente.methods.institutions.voting_power import VotingGame
from detente.results.finding import Finding
from detente.rooms.rules.findings.text import Words
from detente.rooms.rules.model.build_rulebooks import condition
from detente.rooms.rules.model.decision_rules import Decides, by_words
from detente.rooms.rules.model.docket import Docket
from detente.text.dates import format_date, period
from detente.text.english import capital, listed
from detente.text.number_format import number

METHOD = (
    "A decision rule passes a proposal where "
    + "; ".join(f"{kind}: {what}" for kind, what in KINDS.items())
    + ". Where the fewest members are named that can block, a majority passes unless so many stand in the way (Treaty "
    "on European Union, Article 16(4)). How little doubt it takes is told for members who decide independently. "
    "Members are those of the date; where the sources date a membership differently, by at least half of them."
)
METHOD_OF_POWER = (
    "Banzhaf (normalised): of all the times that one member's vote turns a losing coalition into a winning one, the "
    "share of each (Penrose 1946; Banzhaf 1965); absolute: of all coalitions of the others, the share that a member "
    "turns (Felsenthal and Machover 1998). Shapley-Shubik: the share of all orders of joining in which a member "
    "is the one who turns the outcome (Shapley and Shubik 1954). Exact. Beside the formal rule stands what they would "
    "be if the shares were votes and more than half of them decided: a supposition, to show what formal equality "
    "leaves out, and only for dates at which they hold, or may. The time that the case gives for them stands beside."
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
            for found in docket.decides(party, when):
                records.append(_row(words, found, when))
        if general := _general(docket, party):
            sizes = [f"{len(g.rule.members)} in {format_date(when)}" for when, g in general]
            told.append(f"{words.name(party)} decides by {by_words(words.name, general[-1][1])}, of {listed(sizes)}")
    if not records:
        return None
    if not any(record["fewest_that_can_block"] for record in records):
        records = [{k: v for k, v in record.items() if k != "fewest_that_can_block"} for record in records]
    last = {party: general[-1][1] for party in docket.parties if (general := _general(docket, party))}
    equal = [party for party, found in last.items() if _each_blocks(found.rule)]
    says = f"{capital('; '.join(told))}."
    if equal:
        names = listed(words.name(party) for party in equal)
        says += f" In {names} any one member can stop a decision, so that all have the same power, one in so many; "
        says += _evens({party: len(last[party].rule.members) for party in equal}, words)
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


def _general(docket: Docket, party: str) -> list[tuple[Edtf, Decides]]:
    """The rule for everything at each date."""
    return [(when, found) for when in dates(docket) for found in docket.decides(party, when) if found.given.on is None]


def _row(words: Words, found: Decides, when: Edtf) -> dict[str, object]:
    given = found.given
    on = "everything" if given.on is None else words.condition(condition(given.on))
    blocking = [m for m in found.rule.members if not _passes_without(found.rule, m)]
    alone = len(blocking) == len(found.rule.members)
    return {
        "organisation": words.name(found.organisation),
        "at": format_date(when),
        "on": on,
        "by": by_words(words.name, found),
        "quota": " and ".join(str(one.quota) for one in (given, *given.also) if one.quota),
        "fewest_that_can_block": given.blocking,
        "members": len(found.rule.members),
        "can_stop_it_alone": "any member" if alone else listed(words.name(m) for m in blocking) or "nobody",
        "rule": given.rule or "",
    }


def _passes_without(rule: DecisionRule, member: str) -> bool:
    return rule.passes({m: "against" if m == member else "for" for m in rule.members})


def _each_blocks(rule: DecisionRule) -> bool:
    return not any(_passes_without(rule, member) for member in rule.members)


def _evens(sizes: Mapping[str, int], words: Words) -> str:
    """How little doubt it takes: the chance by which each of so many members stops it that leaves the decision even."""
    parts = [
        f"{100 * (1 - 0.5 ** (1 / n)):.1f} in 100 for the {n} of {words.name(party)}" for party, n in sizes.items()
    ]
    doubt = f"once each would stop it with a chance of {listed(parts)}"
    return f"if members decide independently, a decision is as likely to fail as to pass {doubt}."


def power(docket: Docket, words: Words) -> Finding | None:
    """Power by the formal rule beside the real shares; None where all are alike and nothing is shared out."""
    import polars as pl

    records: list[dict[str, object]] = []
    told: list[str] = []
    for party in docket.parties:
        shares = docket.case.organisations[party].shares
        for when in dates(docket):
            general = next((g for at, g in _general(docket, party) if at == when), None)
            share = _share_of(shares, when)
            if general is None or (_each_blocks(general.rule) and share is None):
                continue
            records += list(_powers(words, general, when, share))
        told += _slips(docket, party, words)
    if not records:
        return None
    says = _power_says(records)
    return Finding(
        id="power",
        title="Formal equality and real weight",
        says=" ".join([says, *told]),
        table=pl.DataFrame(records, infer_schema_length=None),
        headers={"shares_of": "of what", "shares_in": "held in"},
        method=METHOD_OF_POWER,
        rests_on=docket.parties,
    )


def _share_of(shares: Sequence[Shares], when: Edtf) -> Shares | None:
    """The shares to show at a time: the first that surely hold then, or else the first that may."""
    may = [share for share in shares if in_force_as_stated(share.during, when)]
    return next((share for share in may if surely_touches(share.during, when)), next(iter(may), None))


def _powers(words: Words, general: Decides, when: Edtf, share: Shares | None) -> Iterator[dict[str, object]]:
    who = general.rule.members
    weights = _weights(share, who) if share else {}
    formal = _indices(voting_game(general.rule))
    shared = _indices(voting_game(majority(weights, Fraction(1, 2), strict=True))) if any(weights.values()) else None
    for index, member in enumerate(who):
        yield {
            "organisation": words.name(general.organisation),
            "at": format_date(when),
            "member": words.name(member),
            "share": weights.get(member),
            "shares_of": share.of if share else None,
            "shares_in": period(share.during) if share and share.during else None,
            "banzhaf": float(formal.normalised[index]) if formal else None,
            "banzhaf_absolute": float(formal.absolute[index]) if formal else None,
            "shapley_shubik": float(formal.shapley_shubik[index]) if formal else None,
            "banzhaf_by_shares": float(shared.normalised[index]) if shared else None,
            "shapley_shubik_by_shares": float(shared.shapley_shubik[index]) if shared else None,
        }


class _Indices(NamedTuple):
    """The power of each member: Banzhaf's index, normalised and absolute, and that of Shapley and Shubik."""

    normalised: list[Fraction]
    absolute: list[Fraction]
    shapley_shubik: list[Fraction]


@lru_cache(maxsize=32)
def _indices(game: VotingGame) -> _Indices | None:
    """The indices of a game; None where there are too many coalitions to count."""
    try:
        return _Indices(game.normalised_banzhaf(), game.banzhaf(), game.shapley_shubik())
    except OverflowError:
        return None


def _weights(share: Shares, who: Iterator[str] | tuple[str, ...]) -> dict[str, int]:
    return {member: share.held.get(member, share.others or 0) for member in who}


def _slips(docket: Docket, party: str, words: Words) -> Iterator[str]:
    """The shares that do not add up to their whole at all times, those alike told together."""
    told: dict[str, list[str]] = {}
    for share in docket.case.organisations[party].shares:
        if share.whole is None:
            continue
        sums: dict[int, tuple[int, list[str]]] = {}
        for when in [Edtf.parse(f"{y:04d}") for y in _years(docket)] or dates(docket):
            who = members(docket.case, party, when)
            if who and surely_touches(share.during, when):
                total = sum(_weights(share, tuple(who)).values())
                sums.setdefault(len(who), (total, []))[1].append(when.text)
        if any(total != share.whole for total, _ in sums.values()):
            parts = (f"{total} for {n} members ({_span(its)})" for n, (total, its) in sorted(sums.items()))
            told.setdefault(f"should make {share.whole} and make {listed(parts)}", []).append(share.of)
    for what, of in told.items():
        yield f"The shares of {words.name(party)} ({listed(of)}) {what}."


def _span(its: list[str]) -> str:
    """Years in a few words: `2004, 2005 and 2013`, or `2006 to 2012`."""
    run = all(text.isdecimal() for text in its) and [int(text) for text in its] == list(
        range(int(its[0]), int(its[0]) + len(its))
    )
    return f"{its[0]} to {its[-1]}" if run and len(its) > 2 else listed(its)


def _years(docket: Docket) -> range:
    period = docket.case.period.stated if docket.case.period else None
    bounded = period is not None and period.last.year - period.first.year <= 200
    return range(period.first.year, period.last.year + 1) if period and bounded else range(0)


def _power_says(records: list[dict[str, object]]) -> str:
    """For each organisation, by its last date, who has most power by the shares, or by the formal rule."""
    told = []
    for organisation in dict.fromkeys(r["organisation"] for r in records):
        its = [r for r in records if r["organisation"] == organisation]
        last = [r for r in its if r["at"] == its[-1]["at"]]
        key = "shapley_shubik" if last[0]["shapley_shubik_by_shares"] is None else "shapley_shubik_by_shares"
        if last[0][key] is None:
            told.append(f"In {organisation} there are too many coalitions to count.")
            continue
        most = max(float(str(r[key])) for r in last)
        top = [r for r in last if r[key] == most]
        if len(top) == len(last):
            told.append(f"In {organisation}, {its[-1]['at']}, all members have the same power.")
            continue
        named = listed(str(r["member"]) for r in top)
        formal, each = top[0]["shapley_shubik"], " each" if len(top) > 1 else ""
        says = f"In {organisation}, {its[-1]['at']}, "
        if formal is None:
            says += (
                f"there are too many coalitions to count by the formal rule; {named} would have{each} {number(most)}"
            )
        else:
            says += f"{named} {'has' if len(top) == 1 else 'have'}{each} {number(float(str(formal)))}"
            says += " of the power by the formal rule (Shapley-Shubik)"
            says += f", and would have {number(most)}" if key.endswith("shares") else ""
        its_time = f" ({top[0]['shares_in']})" if top[0]["shares_in"] else ""
        says += f" if shares{its_time} were votes" if key.endswith("shares") else ""
        told.append(f"{says}.")
    return " ".join(told)
