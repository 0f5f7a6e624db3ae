"""What is wrong with offers, influence and signposts that only this room can know."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from detente.case.fault import Fault
from detente.case.index.membership import case_sides
from detente.case.schema.base import CasePath
from detente.case.schema.case import Case
from detente.case.schema.estimate import Estimate
from detente.case.schema.offers import OfferDepth
from detente.errors import did_you_mean
from detente.methods.offer_model.channel_variants import CHANNEL_FORMS
from detente.rooms.acceptance.model.decision.answered_offer import has_answered_offer
from detente.rooms.acceptance.model.decision.decision_makers import offerable_channels
from detente.rooms.agreement.model.single_offer import OfferWords
from detente.rooms.gains.model.network.parties import issues_with_stakes

ASPECTS = ("gains", "recognises", "binds", "displaces")


def agreement_faults(case: Case) -> Iterator[Fault]:
    """What is wrong with depths, clauses, concessions, offers, orders, influence and signposts."""
    yield from _depth_faults(case)
    yield from _clause_faults(case)
    yield from _concession_faults(case)
    for name in case.offers:
        yield from _offer_faults(case, name)
    yield from _sequence_faults(case)
    yield from _influence_faults(case)
    yield from _signpost_faults(case)
    if _says_something(case) and case_sides(case) and not offerable_channels(case):
        section = next(one for one in ("depths", "clauses", "offers", "concessions") if getattr(case, one))
        message = "no channel deals with both sides as such, so that nothing can be offered"
        yield Fault((section,), message, "a channel with `joins:` both sides", is_omission=True)


def _says_something(case: Case) -> bool:
    return bool(case.depths or case.clauses or case.offers or case.concessions)


def _depth_faults(case: Case) -> Iterator[Fault]:
    for name, depth in case.depths.items():
        if depth.gains.bounds == (0, 0):
            yield Fault(("depths", name, "gains"), "nothing would be gained", "a share above 0")
        for other, deeper in case.depths.items():
            if _is_deeper_and_cheaper(deeper, depth):
                message = f"'{other}' goes deeper and still grants and binds less than '{name}'"
                yield Fault(("depths", other), message, "check both", severity="warning")


def _is_deeper_and_cheaper(deeper: OfferDepth, other: OfferDepth) -> bool:
    costs = [(getattr(deeper, one).mean, getattr(other, one).mean) for one in ASPECTS[1:]]
    return deeper.gains.mean > other.gains.mean and all(mine < theirs for mine, theirs in costs)


def _clause_faults(case: Case) -> Iterator[Fault]:
    sides = case_sides(case) or ()
    for name, clause in case.clauses.items():
        for index, side in enumerate(clause.stay_out):
            if sides and side not in sides:
                message = f"'{side}' is not a side of the offer"
                yield Fault(("clauses", name, "stay_out", index), message, f"one of {', '.join(sides)}")
        for index, reason in enumerate(clause.lifts):
            if reason in case.mechanisms and case.mechanisms[reason].kind == "relative":
                message = f"'{reason}' goes with the gains, and no clause can lift it without them"
                yield Fault(("clauses", name, "lifts", index), message, "another reason, or a depth with less to gain")
        displaced = [case.channels[one].displaces for one in offerable_channels(case)]
        if clause.displaces is not None and not any(displaced):
            message = "no channel that could be offered replaces another, so that there is nothing to leave"
            path: CasePath = ("clauses", name, "displaces")
            yield Fault(path, message, "leave it out, or `displaces:` in a channel", severity="warning")
        for attribute, value in clause.gives.items():
            path = ("clauses", name, "gives", attribute)
            if attribute not in case.attributes:
                remedy = did_you_mean(attribute, case.attributes) or "an id under `attributes:`"
                yield Fault(path, f"no attribute '{attribute}'", remedy)
            elif value not in (values := case.attributes[attribute].values):
                remedy = did_you_mean(value, values) or f"one of {', '.join(values)}"
                yield Fault(path, f"'{value}' is no answer to '{attribute}'", remedy)


def _concession_faults(case: Case) -> Iterator[Fault]:
    for name, concession in case.concessions.items():
        if concession.by == concession.to:
            yield Fault(("concessions", name, "to"), "one cannot concede to oneself", "another party")


def _offer_faults(case: Case, name: str) -> Iterator[Fault]:
    offer, channels = case.offers[name], offerable_channels(case)
    if offer.channel and offer.channel not in channels:
        message = f"'{offer.channel}' does not deal with both sides as such"
        remedy = f"one of {', '.join(channels)}" if channels else "a channel with `joins:` both sides"
        yield Fault(("offers", name, "channel"), message, remedy)
    weighed = issues_with_stakes(case)
    if case.channels and not set(offer.issues) & set(weighed):
        yield Fault(
            ("offers", name, "issues"), "nothing is at stake on any of its issues", "add stakes:", is_omission=True
        )
    for issue in offer.issues:
        if issue not in weighed and set(offer.issues) & set(weighed):
            message = f"nothing is at stake on '{issue}', which cannot be weighed"
            yield Fault(("offers", name, "issues", issue), message, "add stakes: to the issue", severity="warning")
    for section in ("clauses", "concessions"):
        names = getattr(offer, section)
        for index, own in enumerate(names):
            if own in names[:index]:
                yield Fault(("offers", name, section, index), f"'{own}' is named twice", "once is enough")
    reviews = [one for one in offer.clauses if one in case.clauses and case.clauses[one].review_after is not None]
    if len(set(reviews)) > 1:
        message = f"{' and '.join(reviews)} both set a review"
        yield Fault(("offers", name, "clauses"), message, "one clause with a review")
    for index, proposal in enumerate(offer.proposals):
        if proposal in case.proposals and not set(case.proposals[proposal].issues) & set(offer.issues):
            message = f"'{proposal}' is on none of the issues of the offer"
            yield Fault(("offers", name, "proposals", index), message, "another proposal", severity="warning")
    for index, payment in enumerate(offer.payments):
        path: CasePath = ("offers", name, "payments", index)
        if payment.by == payment.to:
            yield Fault((*path, "to"), "one cannot pay oneself", "another party")
        elif _across(case, payment.by, payment.to):
            message = "a payment between the sides: neither could hold the other to it"
            yield Fault(path, message, "read what it changes with care", severity="warning")


def _across(case: Case, first: str, second: str) -> bool:
    """Whether two parties have no organisation in common."""

    def organisations(party: str) -> set[str]:
        members = {id for id, one in case.organisations.items() if any(m.actor == party for m in one.members)}
        return members | {party}

    return not organisations(first) & organisations(second)


def _sequence_faults(case: Case) -> Iterator[Fault]:
    in_games = {issue for game in case.games.values() for issue in game.issues}
    for name, sequence in case.sequences.items():
        if len(set(sequence.steps)) < len(sequence.steps):
            yield Fault(("sequences", name, "steps"), "a step stands twice", "each step once")
        for index, issue in enumerate(sequence.steps):
            if issue not in in_games and case.games:
                message = f"no game is on '{issue}', which cannot be weighed in an order"
                yield Fault(("sequences", name, "steps", index), message, "a game on the issue", severity="warning")


def _influence_faults(case: Case) -> Iterator[Fault]:
    for party, influence in case.influence.items():
        if party in influence.on:
            message = "what one sways in oneself is no influence"
            yield Fault(("influence", party, "on", party), message, "leave it out")


def _signpost_faults(case: Case) -> Iterator[Fault]:
    from detente.case.entries.entries import case_inputs

    if not case.signposts:
        return
    paths = {one.path for one in case_inputs(case)}
    for name, sign in case.signposts.items():
        if sign.of not in paths:
            remedy = did_you_mean(sign.of, paths) or "the path of a number of the case"
            yield Fault(("signposts", name, "of"), f"no number stands at '{sign.of}'", remedy)
        if sign.hit.mean <= sign.false_alarm.mean:
            message = "the sign is seen as often where the number does not lie there, or oftener"
            yield Fault(("signposts", name, "hit"), message, "a hit likelier than a false alarm")


def certain_signpost_faults(case: Case) -> Iterator[Fault]:
    """Warns of signs of numbers that are certain, so that no sign can tell of them.

    Scenarios and settings make numbers certain for good reasons, so this is told of a case as it stands only.
    """
    for name, sign in case.signposts.items():
        estimate = _estimate_at(case, sign.of)
        if estimate is not None and estimate.bounds[0] == estimate.bounds[1]:
            message = "that number is certain, so that no sign can tell of it"
            yield Fault(("signposts", name, "of"), message, "give it a range", severity="warning")


def _estimate_at(case: Case, path: str) -> Estimate | None:
    """The number at a path of a case; None where it is none."""
    part: object = case
    for key in path.split("."):
        part = part.get(key) if isinstance(part, dict) else getattr(part, key, None)
        if part is None:
            return None
    return part if isinstance(part, Estimate) else None


def offer_problems(case: Case, words: OfferWords) -> Iterator[str]:
    """Why one cannot ask what becomes of an offer that somebody names: everything in it that the case does not have."""
    if not has_answered_offer(case):
        yield "this case has no offer that a side answers: it takes `sides:`, and a channel that joins both"
        return
    channels, weighed = offerable_channels(case), issues_with_stakes(case)
    named: list[tuple[str, Sequence[str | None], Mapping[str, object] | Sequence[str]]] = [
        ("offer", [words.made], case.offers),
        ("channel between the sides", [words.channel], channels),
        ("form", [words.form], CHANNEL_FORMS),
        ("depth", [words.depth], case.depths),
        ("clause", words.clauses, case.clauses),
        ("concession", words.concessions, case.concessions),
        ("issue with something at stake", words.issues, weighed),
    ]
    for kind, given, known in named:
        for name in given:
            if name is not None and name not in known:
                listed = f"known: {', '.join(known)}" if known else "the case has none"
                yield f"no {kind} '{name}' ({did_you_mean(name, known) or listed})"
    reviews = dict.fromkeys(name for name in words.clauses if name in case.clauses and case.clauses[name].review_after)
    if len(reviews) > 1:
        yield f"{' and '.join(reviews)} both set a review: name one of them"
    made, told = case.offers.get(words.made or ""), case.response.form
    channel = words.channel or (made.channel if made else None)
    if words.form and told not in ("both", words.form) and channel is None:
        yield f"the case has its channel run as '{told}' only"
