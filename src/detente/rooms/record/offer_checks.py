"""What is wrong with offers and replies: made to whom they cannot be, by whom they cannot be, or too early."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from detente.case.fault import Fault
from detente.case.index.membership import offer_addressees, offer_maker, offer_principal
from detente.case.index.offers import TAKE_UP_ANSWERS, answering_party
from detente.case.schema.base import CasePath
from detente.case.schema.case import Case
from detente.case.schema.record import Offer, Reply
from detente.text.english import join_words


def offer_faults(case: Case) -> Iterator[Fault]:
    """Offers to who makes them, replies that cannot be replies, and offers that cannot counter what they say."""
    offers = {offer.id: offer for offer in case.recorded_offers}
    circles = _circles(offers)
    in_circles = {id for circle in circles for id in circle}
    for index, entry in enumerate(case.record):
        path: CasePath = ("record", index)
        if isinstance(entry, Reply):
            yield from _reply_faults(case, entry, offers, path)
            yield from _channel_faults(entry, path)
        if not isinstance(entry, Offer):
            continue
        yield from _addressee_faults(entry, path)
        yield from _principal_faults(entry, path)
        if entry.counters and entry.id not in in_circles:
            yield from _counter_faults(case, entry, offers[entry.counters], path)
        for circle in circles:
            if circle[0] == entry.id:
                yield _circle_fault((*path, "counters"), circle)


def _addressee_faults(offer: Offer, path: CasePath) -> Iterator[Fault]:
    """Parties to which an offer is made twice, or that make it themselves."""
    for position, party in enumerate(offer.to):
        place = (*path, "to", position)
        if party == offer.by:
            yield Fault(place, f"'{party}' makes an offer to itself", "who is it made to?")
        elif party in offer.to[:position]:
            yield Fault(place, f"'{party}' is named twice", "once is enough")


def _principal_faults(offer: Offer, path: CasePath) -> Iterator[Fault]:
    """Offers that are made on behalf of who makes them, or of whom they are made to."""
    place = (*path, "on_behalf_of")
    if offer.on_behalf_of == offer.by:
        yield Fault(place, f"'{offer.by}' makes the offer itself", "leave on_behalf_of out")
    elif offer.on_behalf_of in offer.to:
        message = f"the offer is made to '{offer.on_behalf_of}' and on its behalf"
        yield Fault(place, message, "who is it made for?")


def _channel_faults(reply: Reply, path: CasePath) -> Iterator[Fault]:
    """A channel of taking up what is not taken up."""
    if reply.through and reply.answer not in TAKE_UP_ANSWERS:
        message = f"'{reply.id}' takes nothing up, and so not through '{reply.through}'"
        yield Fault((*path, "through"), message, "leave through out, or say accept or contact")


def _reply_faults(case: Case, reply: Reply, offers: Mapping[str, Offer], path: CasePath) -> Iterator[Fault]:
    for position, offer_id in enumerate(reply.to):
        offer, place = offers[offer_id], (*path, "to", position)
        yield from _self_reply_faults(case, reply, offer, (*path, "by"))
        if offer_id in reply.to[:position]:
            yield Fault(place, f"'{offer_id}' is named twice", "once is enough")
        elif offer.date and reply.date and reply.date.last_day < offer.date.first_day:
            message = f"'{reply.id}' ({reply.date}) answers '{offer_id}' ({offer.date}) before it is made"
            yield Fault(place, message, "one of the dates is wrong")


def _self_reply_faults(case: Case, reply: Reply, offer: Offer, path: CasePath) -> Iterator[Fault]:
    """A reply by those whose offer it is: the same party, or others who speak for the same."""
    answerer = answering_party(case, reply)
    is_within_side = answerer in offer_addressees(case, offer)
    is_own = answerer in (offer_maker(case, offer), offer_principal(case, offer))
    if not is_own or (is_within_side and reply.by != offer.by):
        return
    message = f"'{reply.by}' answers its own offer '{offer.id}'"
    if reply.by != offer.by:
        message = f"'{reply.by}' answers '{offer.id}', an offer of '{answerer}', for which it speaks"
    yield Fault(path, message, "who was it made to?")


def _counter_faults(case: Case, counter: Offer, offer: Offer, path: CasePath) -> Iterator[Fault]:
    """A counter-offer by somebody to whom the other was not made, not to its maker, or earlier than it."""
    answerer, addressees = answering_party(case, counter), offer_addressees(case, offer)
    if answerer not in addressees or counter.by == offer.by:
        whom = "it" if answerer == counter.by else f"'{answerer}', for which it speaks"
        message = f"'{counter.by}' counters '{offer.id}', which was not made to {whom}"
        if counter.by == offer.by:
            message = f"'{counter.by}' counters its own offer '{offer.id}'"
        who = join_words((f"'{party}'" for party in addressees), "or")
        yield Fault((*path, "by"), message, f"only who acts for {who} can counter it; else leave counters out")
    principal = offer_principal(case, offer)
    if not {offer_maker(case, offer), principal} & set(offer_addressees(case, counter)):
        message = f"'{counter.id}' counters '{offer.id}', and is not made to '{principal}', whose offer that is"
        yield Fault((*path, "to"), message, f"add '{principal}' to to, or leave counters out")
    if offer.date and counter.date and counter.date.last_day < offer.date.first_day:
        message = f"'{counter.id}' ({counter.date}) counters '{offer.id}' ({offer.date}) before it is made"
        yield Fault((*path, "counters"), message, "one of the dates is wrong")


def _circles(offers: Mapping[str, Offer]) -> list[list[str]]:
    """The offers that counter each other in a circle, each circle from whichever of them the record has first."""
    positions = {id: position for position, id in enumerate(offers)}
    circles: list[list[str]] = []
    seen: set[str] = set()
    for start in offers:
        chain: list[str] = []
        id: str | None = start
        while id is not None and id not in seen:
            seen.add(id)
            chain.append(id)
            id = offers[id].counters
        if id in chain:
            circle = chain[chain.index(id) :]
            first = min(circle, key=positions.__getitem__)
            circles.append([*circle[circle.index(first) :], *circle[: circle.index(first)]])
    return circles


def _circle_fault(path: CasePath, circle: list[str]) -> Fault:
    """Offers that counter each other, or one that counters itself."""
    if len(circle) == 1:
        return Fault(path, f"'{circle[0]}' counters itself", "name the offer that it answers, or leave counters out")
    message = f"offers counter each other in a circle: {', '.join([*circle, circle[0]])}"
    return Fault(path, message, "the earliest of them counters nothing")
