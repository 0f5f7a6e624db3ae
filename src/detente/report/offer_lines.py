"""What becomes of one offer, in a terminal and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from rich.table import Table

from detente.case.index.labels import CaseLabels
from detente.case.schema.case import Case
from detente.report.terminal import open_console, single_line
from detente.rooms.agreement.findings.refusals import carrying_reason, costliest_reason
from detente.rooms.agreement.model.offer_fate import OfferFate
from detente.rooms.agreement.model.offer_rules import OfferRules
from detente.rooms.agreement.model.single_offer import OfferJudgement
from detente.rooms.rules.findings.text import RuleLabels
from detente.text.english import join_words, lower_first, upper_first
from detente.text.number_format import per_hundred
from detente.text.theories import theory_title


def print_offer(case: Case, judgement: OfferJudgement) -> None:
    """Prints who would have an offer in each form, who says no, and by which theory."""
    console = open_console()
    labels, deciders = CaseLabels(case), judgement.deciders
    offering, answering = map(labels.party_name, deciders.sides)
    asked = judgement.fates[0].asked
    console.print(single_line(f"{_title(case, judgement)}: {_items(case, judgement.fates[0])}"))
    if asked.format.clauses:
        clauses = join_words(lower_first(case.clauses[name].title) for name in asked.format.clauses)
        console.print(single_line(f"Clauses: {clauses}"))
    console.print()
    table = Table(box=None, pad_edge=False)
    table.add_column("of 100 simulations")
    for fate in judgement.fates:
        table.add_column(_form(labels, judgement, fate), justify="right")
    for name, shares in (
        ("Both would have it", [fate.main.agreed for fate in judgement.fates]),
        (f"{upper_first(answering)} would", [fate.main.answered for fate in judgement.fates]),
        (f"{upper_first(offering)} would", [fate.main.offered for fate in judgement.fates]),
        ("Accepting is the best reply", [fate.replied for fate in judgement.fates]),
        ("Both, if reasons like standing counted by stakes", [fate.by_stakes.agreed for fate in judgement.fates]),
    ):
        table.add_row(name, *map(per_hundred, shares))
    for place, theory in enumerate(deciders.theories):
        if theory == deciders.full_theory:
            continue
        title = lower_first(theory_title(theory.id, theory.title))
        table.add_row(f"Both, by {title}", *(per_hundred(fate.by_theory[place].agreed) for fate in judgement.fates))
    console.print(table)
    console.print()
    for fate in judgement.fates:
        for line in _reasons(labels, judgement, fate):
            console.print(single_line(line))
    for line in _rule_lines(case, judgement.rules):
        console.print(single_line(line))


def _rule_lines(case: Case, rules: OfferRules | None) -> Iterator[str]:
    """What known rules stand in the way, what would lift them, and who could."""
    if rules is None or not rules.by_issue:
        return
    labels = RuleLabels(case, quotes_rules=False)
    if rules.is_open:
        silent = all(set(ruling.positions) == {"silent"} for ruling in rules.by_issue)
        yield f"No known rule {'speaks of it' if silent else 'stands in its way'}."
    for ruling in rules.obstacles:
        issue = lower_first(case.issues[ruling.issue].title)
        lifting = labels.changes_in_words(ruling.opening) if ruling.opening else "none of few changes"
        parties = join_words(map(labels.in_sentence, rules.parties_for(ruling)))
        who = f" Who could: {parties}." if parties else ""
        yield f"Rules stand in the way on {issue}. What would lift that: {lifting}.{who}"


def _title(case: Case, judgement: OfferJudgement) -> str:
    """What the offer is called; an offer of the case that was changed says so."""
    asked = judgement.fates[0].asked
    if not asked.id:
        return case.channels[asked.format.variant.channel].title
    offer = case.offers[asked.id]
    is_same = (
        dict(asked.depths) == {issue: depth for issue, depth in offer.issues.items() if issue in asked.depths}
        and set(asked.depths) >= set(offer.issues) & set(judgement.weighed_issues)
        and asked.format.clauses == tuple(offer.clauses)
        and asked.extras.concessions == tuple(offer.concessions)
        and (offer.channel is None or asked.format.variant.channel == offer.channel)
    )
    return offer.title if is_same else f"{offer.title}, changed"


def _items(case: Case, fate: OfferFate) -> str:
    names = [
        f"{case.issues[issue].title}{f' ({lower_first(case.depths[depth].title)})' if depth else ''}"
        for issue, depth in fate.asked.depths.items()
    ]
    return join_words([*names, *(lower_first(case.concessions[one].title) for one in fate.asked.extras.concessions)])


def _form(labels: CaseLabels, judgement: OfferJudgement, fate: OfferFate) -> str:
    variant = fate.asked.format.variant
    title = labels.channel_title(variant.channel)
    if len(judgement.fates) == 1:
        return title
    phrase = labels.form_phrase(variant.form, judgement.deciders.dealing_parties(variant))
    return upper_first(phrase) if phrase else title


def _reasons(labels: CaseLabels, judgement: OfferJudgement, fate: OfferFate) -> Iterator[str]:
    """Who says no, and without which reason both would have it oftener."""
    deciders, refusals = judgement.deciders, fate.refusals
    offering, answering = map(labels.party_name, deciders.sides)
    head = f"{_form(labels, judgement, fate)}: " if len(judgement.fates) > 1 else ""

    the = "the" if head else "The"
    yield (
        f"{head}{answering if head else upper_first(answering)} alone refuses in "
        f"{per_hundred(refusals.answering_only)} of 100, {offering} alone in {per_hundred(refusals.offering_only)}, "
        f"both in {per_hundred(refusals.both)}."
    )
    if reason := costliest_reason(fate):
        title = lower_first(deciders.mechanism_title(reason[0]))
        yield f"{head}{the} reason that costs most is {title}: without it {per_hundred(reason[1])} of 100."
    if reason := carrying_reason(fate):
        title = lower_first(deciders.mechanism_title(reason[0]))
        yield f"{head}{the} reason that carries most is {title}: without it {per_hundred(reason[1])} of 100."


def offer_json(judgement: OfferJudgement) -> str:
    """The same as numbers, shares from 0 to 1."""
    voters, actors = judgement.deciders.voters, judgement.deciders.actor_network.actors

    def voice(number: int) -> str:
        members = voters[number].members
        return members[0] if len(members) == 1 else actors[voters[number].actor]

    def summed(by_voice: Any) -> dict[str, float]:
        found: dict[str, float] = {}
        for number, share in by_voice.items():
            found[voice(number)] = found.get(voice(number), 0.0) + share
        return found

    judged = judgement.rules
    rules = [
        {
            "issue": ruling.issue,
            "proposal": ruling.row.name,
            **dict(zip(("offering", "answering"), ruling.positions, strict=True)),
            "lifted_by": list(judged.parties_for(ruling)),
        }
        for ruling in (judged.by_issue if judged else ())
        if judged
    ]
    told = [
        {
            "offer": fate.asked.id,
            "channel": fate.asked.format.variant.channel,
            "form": fate.asked.format.variant.form,
            "issues": dict(fate.asked.depths),
            "clauses": list(fate.asked.format.clauses),
            "concessions": list(fate.asked.extras.concessions),
            "draws": fate.draws,
            "answered": fate.main.answered,
            "offered": fate.main.offered,
            "agreed": fate.main.agreed,
            "agreed_error": fate.error(fate.main.agreed),
            "best_reply": fate.replied,
            "agreed_by_stakes": fate.by_stakes.agreed,
            "worth": {"answering": fate.worths[0], "leader": fate.worths[1]},
            "by_theory": {one.theory: one.agreed for one in fate.by_theory},
            "refuses": {
                "answering_only": fate.refusals.answering_only,
                "offering_only": fate.refusals.offering_only,
                "both": fate.refusals.both,
            },
            "pivotal": summed(fate.refusals.by_voice),
            "agreed_without": dict(fate.refusals.without),
            "rules": rules,
        }
        for fate in judgement.fates
    ]
    return json.dumps(told, indent=2, ensure_ascii=False)
