"""What the record room finds wrong in a case."""

from __future__ import annotations

from collections.abc import Iterator

from detente.case.fault import Fault
from detente.case.index.by_year import years
from detente.case.index.membership import in_force, in_force_as_stated, speaks_for
from detente.case.schema.case import Case
from detente.case.schema.introspection import Path
from detente.case.schema.parties import Member, Organisation
from detente.case.schema.record import Offer, Reply
from detente.methods.chronology.edtf import Edtf


def problems(case: Case) -> Iterator[Fault]:
    """Replies that cannot be replies, spells of membership that overlap, members whom no date makes certain."""
    offers = {offer.id: offer for offer in case.offers}
    for index, entry in enumerate(case.record):
        if isinstance(entry, Offer) and entry.by == entry.to:
            yield Fault(("record", index, "to"), f"'{entry.by}' makes an offer to itself", "who is it made to?")
        if not isinstance(entry, Reply):
            continue
        for position, to in enumerate(entry.to):
            offer = offers[to]
            yield from _own_offer(case, entry, offer, ("record", index, "by"))
            if offer.date and entry.date and entry.date.last < offer.date.first:
                before = f"'{entry.id}' ({entry.date}) answers '{to}' ({offer.date}) before it is made"
                yield Fault(("record", index, "to", position), before, "one of the dates is wrong")
    for name, organisation in case.organisations.items():
        yield from _overlaps(name, organisation)
        if case.channels:
            yield from _in_doubt(name, organisation, years(case))
    yield from _untested(case)


def _own_offer(case: Case, reply: Reply, offer: Offer, path: Path) -> Iterator[Fault]:
    """A reply by those who made the offer: the same party, or others who speak for the same."""
    replies = speaks_for(case, reply.by, reply.date)
    offers, asked = (speaks_for(case, party, offer.date) for party in (offer.by, offer.to))
    if replies != offers or offers == asked:
        return
    said = f"'{reply.by}' answers its own offer '{offer.id}'"
    if reply.by != offer.by:
        said = f"'{reply.by}' answers '{offer.id}', an offer of '{offers}', for which it speaks"
    yield Fault(path, said, "who was it made to?")


def _overlaps(name: str, organisation: Organisation) -> Iterator[Fault]:
    before: dict[tuple[str, str | None, str], list[Member]] = {}
    for index, member in enumerate(organisation.members):
        same = before.setdefault((member.actor, member.according_to, member.status), [])
        for earlier in same:
            if _surely_overlap(member, earlier):
                twice = f"'{member.actor}' belongs twice at once: {earlier.during} and {member.during}"
                yield Fault(
                    ("organisations", name, "members", index), twice, "say according_to whom, if sources differ"
                )
        same.append(member)


def _surely_overlap(a: Member, b: Member) -> bool:
    return max(a.during.begins[1], b.during.begins[1]) < min(a.during.ends[0], b.during.ends[0])


def _in_doubt(name: str, organisation: Organisation, worked_out: list[int]) -> Iterator[Fault]:
    """Members of the years that the channels are worked out for, whom an approximate date may put in or out."""
    for index, row in enumerate(organisation.members):
        if not row.during.approximate or row.status != "member":
            continue
        for year in worked_out:
            when = Edtf.parse(f"{year:04d}")
            if in_force(row.during, when) is None:
                counted = "is" if in_force_as_stated(row.during, when) else "is not"
                what = f"whether '{row.actor}' belongs to '{name}' in {year} cannot be told from {row.during}"
                remedy = f"it {counted} counted as a member in the channels; give a date without ~, ? or % if you can"
                yield Fault(("organisations", name, "members", index, "in"), what, remedy, severity="warning")


def _untested(case: Case) -> Iterator[Fault]:
    """Judgements that contradict their own condition."""
    for name, prediction in case.predictions.items():
        for index, judgement in enumerate(prediction.judgements):
            path = ("predictions", name, "judgements", index)
            if judgement.condition and not prediction.condition:
                yield Fault((*path, "condition"), f"'{name}' is not conditional", "leave condition out, or give it one")
            if judgement.condition == "not-met" and judgement.outcome in ("came-true", "did-not"):
                message = f"'{name}' is not tested where its condition was not met"
                yield Fault((*path, "outcome"), message, "say untestable, or too-early")
