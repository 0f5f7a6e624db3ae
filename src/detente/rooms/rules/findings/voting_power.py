"""The findings on votes: how each side decides, who can stop it, and formal equality beside real shares."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from detente.case.index.membership import certainly_overlaps, in_force_at_stated_dates, members_at_time
from detente.case.schema.decision_rules import ShareAllocation
from detente.methods.chronology.edtf import Edtf
from detente.methods.institutions.decision_rules import RULE_KINDS, VotingRule, majority_rule, rule_as_voting_game
from detente.methods.institutions.voting_power import VotingGame
from detente.results.finding import Finding
from detente.rooms.rules.findings.text import RuleLabels
from detente.rooms.rules.model.build_rulebooks import build_condition
from detente.rooms.rules.model.decision_rules import DecisionRuleInForce, decision_kinds_phrase
from detente.rooms.rules.model.docket import Docket
from detente.text.dates import format_date, format_period
from detente.text.english import join_words, upper_first
from detente.text.number_format import format_number

METHOD = (
    "A decision rule passes a proposal where "
    + "; ".join(f"{kind}: {what}" for kind, what in RULE_KINDS.items())
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


def dates_shown(docket: Docket) -> list[Edtf]:
    """The dates at which decision rules are shown: the snapshots, or the time of comparison."""
    return list(docket.case.snapshots) or [docket.comparison_time]


def decision_rules_finding(docket: Docket, labels: RuleLabels) -> Finding | None:
    """How each organisation decides, with how many members at which date; None if the case does not say."""
    import polars as pl

    records, phrases = [], []
    for party in docket.parties:
        for when in dates_shown(docket):
            for decision_rule in docket.decision_rules(party, when):
                records.append(_decision_rule_record(labels, decision_rule, when))
        if general_rules := _general_rules(docket, party):
            sizes = [f"{len(g.rule.members)} in {format_date(when)}" for when, g in general_rules]
            phrases.append(
                f"{labels.display_name(party)} decides by {decision_kinds_phrase(labels.display_name, general_rules[-1][1])}, of {join_words(sizes)}"
            )
    if not records:
        return None
    if not any(record["fewest_that_can_block"] for record in records):
        records = [{k: v for k, v in record.items() if k != "fewest_that_can_block"} for record in records]
    last_rules = {
        party: general_rules[-1][1] for party in docket.parties if (general_rules := _general_rules(docket, party))
    }
    equal_parties = [party for party, decision_rule in last_rules.items() if _every_member_blocks(decision_rule.rule)]
    says = f"{upper_first('; '.join(phrases))}."
    if equal_parties:
        names = join_words(labels.display_name(party) for party in equal_parties)
        says += f" In {names} any one member can stop a decision, so that all have the same power, one in so many; "
        says += _even_chance_phrase({party: len(last_rules[party].rule.members) for party in equal_parties}, labels)
    return Finding(
        id="how",
        title="How each side decides",
        says=says,
        table=pl.DataFrame(records),
        links=("rule",),
        method=METHOD,
        rests_on=tuple(dict.fromkeys(str(r["rule"]) for r in records if r["rule"])),
        structural=bool(equal_parties),
    )


def _general_rules(docket: Docket, party: str) -> list[tuple[Edtf, DecisionRuleInForce]]:
    """The rule for everything at each date."""
    return [
        (when, decision_rule)
        for when in dates_shown(docket)
        for decision_rule in docket.decision_rules(party, when)
        if decision_rule.declaration.on is None
    ]


def _decision_rule_record(labels: RuleLabels, decision_rule: DecisionRuleInForce, when: Edtf) -> dict[str, object]:
    declaration = decision_rule.declaration
    subject = "everything" if declaration.on is None else labels.condition_phrase(build_condition(declaration.on))
    blockers = [m for m in decision_rule.rule.members if not _passes_without(decision_rule.rule, m)]
    all_block = len(blockers) == len(decision_rule.rule.members)
    return {
        "organisation": labels.display_name(decision_rule.organisation),
        "at": format_date(when),
        "on": subject,
        "by": decision_kinds_phrase(labels.display_name, decision_rule),
        "quota": " and ".join(
            str(criterion.quota) for criterion in (declaration, *declaration.also) if criterion.quota
        ),
        "fewest_that_can_block": declaration.blocking,
        "members": len(decision_rule.rule.members),
        "can_stop_it_alone": "any member"
        if all_block
        else join_words(labels.display_name(m) for m in blockers) or "nobody",
        "rule": declaration.rule or "",
    }


def _passes_without(rule: VotingRule, member: str) -> bool:
    return rule.passes({m: "against" if m == member else "for" for m in rule.members})


def _every_member_blocks(rule: VotingRule) -> bool:
    return not any(_passes_without(rule, member) for member in rule.members)


def _even_chance_phrase(sizes: Mapping[str, int], labels: RuleLabels) -> str:
    """How little doubt it takes: the chance by which each of so many members stops it that leaves the decision even."""
    parts = [
        f"{100 * (1 - 0.5 ** (1 / n)):.1f} in 100 for the {n} of {labels.display_name(party)}"
        for party, n in sizes.items()
    ]
    doubt_phrase = f"once each would stop it with a chance of {join_words(parts)}"
    return f"if members decide independently, a decision is as likely to fail as to pass {doubt_phrase}."


def voting_power_finding(docket: Docket, labels: RuleLabels) -> Finding | None:
    """Power by the formal rule beside the real shares; None where all are alike and nothing is shared out."""
    import polars as pl

    records: list[dict[str, object]] = []
    notes: list[str] = []
    for party in docket.parties:
        shares = docket.case.organisations[party].shares
        for when in dates_shown(docket):
            general_rule = next((g for rule_date, g in _general_rules(docket, party) if rule_date == when), None)
            share = _shares_at(shares, when)
            if general_rule is None or (_every_member_blocks(general_rule.rule) and share is None):
                continue
            records += list(_power_records(labels, general_rule, when, share))
        notes += _share_sum_notes(docket, party, labels)
    if not records:
        return None
    says = _power_sentences(records)
    return Finding(
        id="power",
        title="Formal equality and real weight",
        says=" ".join([says, *notes]),
        table=pl.DataFrame(records, infer_schema_length=None),
        headers={"shares_of": "of what", "shares_in": "held in"},
        method=METHOD_OF_POWER,
        rests_on=docket.parties,
    )


def _shares_at(shares: Sequence[ShareAllocation], when: Edtf) -> ShareAllocation | None:
    """The shares to show at a time: the first that surely hold then, or else the first that may."""
    possible_shares = [share for share in shares if in_force_at_stated_dates(share.during, when)]
    return next(
        (share for share in possible_shares if certainly_overlaps(share.during, when)),
        next(iter(possible_shares), None),
    )


def _power_records(
    labels: RuleLabels, general_rule: DecisionRuleInForce, when: Edtf, share: ShareAllocation | None
) -> Iterator[dict[str, object]]:
    member_ids = general_rule.rule.members
    weights = _share_weights(share, member_ids) if share else {}
    formal_indices = _power_indices(rule_as_voting_game(general_rule.rule))
    share_indices = (
        _power_indices(rule_as_voting_game(majority_rule(weights, Fraction(1, 2), strict=True)))
        if any(weights.values())
        else None
    )
    for index, member in enumerate(member_ids):
        yield {
            "organisation": labels.display_name(general_rule.organisation),
            "at": format_date(when),
            "member": labels.display_name(member),
            "share": weights.get(member),
            "shares_of": share.of if share else None,
            "shares_in": format_period(share.during) if share and share.during else None,
            "banzhaf": float(formal_indices.normalised[index]) if formal_indices else None,
            "banzhaf_absolute": float(formal_indices.absolute[index]) if formal_indices else None,
            "shapley_shubik": float(formal_indices.shapley_shubik[index]) if formal_indices else None,
            "banzhaf_by_shares": float(share_indices.normalised[index]) if share_indices else None,
            "shapley_shubik_by_shares": float(share_indices.shapley_shubik[index]) if share_indices else None,
        }


class _PowerIndices(NamedTuple):
    """The power of each member: Banzhaf's index, normalised and absolute, and that of Shapley and Shubik."""

    normalised: list[Fraction]
    absolute: list[Fraction]
    shapley_shubik: list[Fraction]


@lru_cache(maxsize=32)
def _power_indices(game: VotingGame) -> _PowerIndices | None:
    """The indices of a game; None where there are too many coalitions to count."""
    try:
        return _PowerIndices(game.normalised_banzhaf_index(), game.banzhaf_index(), game.shapley_shubik_index())
    except OverflowError:
        return None


def _share_weights(share: ShareAllocation, member_ids: Iterator[str] | tuple[str, ...]) -> dict[str, int]:
    return {member: share.held.get(member, share.others or 0) for member in member_ids}


def _share_sum_notes(docket: Docket, party: str, labels: RuleLabels) -> Iterator[str]:
    """The shares that do not add up to their whole at all times, those alike told together."""
    share_names_by_error: dict[str, list[str]] = {}
    for share in docket.case.organisations[party].shares:
        if share.whole is None:
            continue
        sums_by_size: dict[int, tuple[int, list[str]]] = {}
        for when in [Edtf.parse(f"{y:04d}") for y in _period_years(docket)] or dates_shown(docket):
            member_ids = members_at_time(docket.case, party, when)
            if member_ids and certainly_overlaps(share.during, when):
                total = sum(_share_weights(share, tuple(member_ids)).values())
                sums_by_size.setdefault(len(member_ids), (total, []))[1].append(when.text)
        if any(total != share.whole for total, _ in sums_by_size.values()):
            parts = (
                f"{total} for {n} members ({_years_phrase(year_texts)})"
                for n, (total, year_texts) in sorted(sums_by_size.items())
            )
            share_names_by_error.setdefault(f"should make {share.whole} and make {join_words(parts)}", []).append(
                share.of
            )
    for error_phrase, share_names in share_names_by_error.items():
        yield f"The shares of {labels.display_name(party)} ({join_words(share_names)}) {error_phrase}."


def _years_phrase(year_texts: list[str]) -> str:
    """Years in a few words: `2004, 2005 and 2013`, or `2006 to 2012`."""
    is_consecutive = all(text.isdecimal() for text in year_texts) and [int(text) for text in year_texts] == list(
        range(int(year_texts[0]), int(year_texts[0]) + len(year_texts))
    )
    return f"{year_texts[0]} to {year_texts[-1]}" if is_consecutive and len(year_texts) > 2 else join_words(year_texts)


def _period_years(docket: Docket) -> range:
    period = docket.case.period.as_stated if docket.case.period else None
    bounded = period is not None and period.last_day.year - period.first_day.year <= 200
    return range(period.first_day.year, period.last_day.year + 1) if period and bounded else range(0)


def _power_sentences(records: list[dict[str, object]]) -> str:
    """For each organisation, by its last date, who has most power by the shares, or by the formal rule."""
    sentences = []
    for organisation in dict.fromkeys(r["organisation"] for r in records):
        organisation_rows = [r for r in records if r["organisation"] == organisation]
        last_rows = [r for r in organisation_rows if r["at"] == organisation_rows[-1]["at"]]
        key = "shapley_shubik" if last_rows[0]["shapley_shubik_by_shares"] is None else "shapley_shubik_by_shares"
        if last_rows[0][key] is None:
            sentences.append(f"In {organisation} there are too many coalitions to count.")
            continue
        most_power = max(float(str(r[key])) for r in last_rows)
        top_rows = [r for r in last_rows if r[key] == most_power]
        if len(top_rows) == len(last_rows):
            sentences.append(f"In {organisation}, {organisation_rows[-1]['at']}, all members have the same power.")
            continue
        names_phrase = join_words(str(r["member"]) for r in top_rows)
        formal_power, each_word = top_rows[0]["shapley_shubik"], " each" if len(top_rows) > 1 else ""
        says = f"In {organisation}, {organisation_rows[-1]['at']}, "
        if formal_power is None:
            says += f"there are too many coalitions to count by the formal rule; {names_phrase} would have{each_word} {format_number(most_power)}"
        else:
            says += f"{names_phrase} {'has' if len(top_rows) == 1 else 'have'}{each_word} {format_number(float(str(formal_power)))}"
            says += " of the power by the formal rule (Shapley-Shubik)"
            says += f", and would have {format_number(most_power)}" if key.endswith("shares") else ""
        time_phrase = f" ({top_rows[0]['shares_in']})" if top_rows[0]["shares_in"] else ""
        says += f" if shares{time_phrase} were votes" if key.endswith("shares") else ""
        sentences.append(f"{says}.")
    return " ".join(sentences)
