"""The record room: what was offered and how it was answered, and who belonged where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Literal

from detente.case.entries import entries
from detente.case.happenings import ANSWERS, Answer, Offer, Reply
from detente.case.parties import Member, Organisation
from detente.case.reading import Fault
from detente.case.schema import Case
from detente.record.charts import Mark, membership_chart, timeline_chart
from detente.record.membership import Segment, Spell, competing, members_on, segments
from detente.record.waiting import wait
from detente.section import Finding, Section, Tile
from detente.words import count, listed, sentence

METHOD = (
    "Offers and replies as the case records them, in order of the earliest day their dates allow (EDTF, Library of "
    "Congress 2019). A silence is drawn only where a source says that no answer came; an offer without any reply in "
    "the record is called just that. A wait runs from an offer to the first dated answer that is not a silence, as "
    "the shortest and longest stretch that the dates allow. Memberships are read as of a day, three-valued: in, out, "
    "or not to be told; where sources date a membership differently every dating is kept, and the days they differ "
    "on are disputed."
)


def problems(case: Case) -> Iterator[Fault]:
    """Replies that cannot be replies, and spells of membership that overlap."""
    offers = {offer.id: offer for offer in case.offers}
    for index, entry in enumerate(case.record):
        if not isinstance(entry, Reply):
            continue
        for position, to in enumerate(entry.to):
            offer = offers[to]
            if offer.by == entry.by:
                yield Fault(
                    ("record", index, "by"), f"'{entry.by}' answers its own offer '{to}'", "who was it made to?"
                )
            if offer.date and entry.date and entry.date.last < offer.date.first:
                before = f"'{entry.id}' ({entry.date}) answers '{to}' ({offer.date}) before it is made"
                yield Fault(("record", index, "to", position), before, "one of the dates is wrong")
    for name, organisation in case.organisations.items():
        yield from _overlaps(name, organisation)


def _overlaps(name: str, organisation: Organisation) -> Iterator[Fault]:
    for index, member in enumerate(organisation.members):
        for earlier in organisation.members[:index]:
            same = (member.actor, member.according_to, member.status) == (
                earlier.actor,
                earlier.according_to,
                earlier.status,
            )
            if same and _surely_overlap(member, earlier):
                twice = f"'{member.actor}' belongs twice at once: {earlier.during} and {member.during}"
                yield Fault(
                    ("organisations", name, "members", index), twice, "say according_to whom, if sources differ"
                )


def _surely_overlap(a: Member, b: Member) -> bool:
    return max(a.during.begins[1], b.during.begins[1]) < min(a.during.ends[0], b.during.ends[0])


NEEDS = "offers and replies, or organisations with dated members (`record:`, `organisations:`)"


def analyse(case: Case) -> Section | None:
    """The section on the record, or None if the case records no offers and no members."""
    findings = []
    if case.offers:
        findings += [_timeline(case), _waits(case)]
    if any(o.members for o in case.organisations.values()):
        findings += [_membership(case)]
        if case.offers:
            findings.append(_members_at_offers(case))
    if not findings:
        return None
    answers = Counter(reply.answer for reply in case.replies)
    return Section(
        id="record",
        title="What happened",
        answer=findings[0].says,
        tile=_tile(case, answers),
        findings=tuple(findings),
        outcome={"offers": float(len(case.offers)), **{f"replies.{a}": float(n) for a, n in answers.items()}},
        method=METHOD,
    )


def _tile(case: Case, answers: Counter[Answer]) -> Tile:
    if not case.offers:
        return Tile("What happened", "No offer on record")
    fate = f"{answers['accept']} accepted" if answers["accept"] else "none accepted"
    fate = f"{count(answers['contact'], 'brief contact')}, {fate}" if answers["contact"] else fate
    replies = ", ".join(f"{ANSWERS[a]} {answers[a]}" for a in ANSWERS if answers[a] and a != "accept")
    value = f"{sentence(count(len(case.offers), 'offer'))[:-1]}, {fate} on record"
    return Tile("What happened", value, f"replies: {replies}" if replies else "")


# --- offers and replies --------------------------------------------------------------------------------


def _order(entry: Offer | Reply) -> tuple[date, date]:
    return (entry.date.first, entry.date.last) if entry.date else (date.max, date.max)


def _timeline(case: Case) -> Finding:
    import polars as pl

    known = entries(case)

    def name(party: str | None) -> str:
        return known[party].label if party else ""

    both: list[Offer | Reply] = [*case.offers, *case.replies]
    ordered = sorted(both, key=_order)
    records = [
        {
            "date": str(e.date or "undated") + (" (inferred)" if e.inferred else ""),
            "what": "offer" if isinstance(e, Offer) else ANSWERS[e.answer],
            "by": name(e.by) + (f" ({name(e.speaker)})" if e.speaker else ""),
            "to": name(e.to) if isinstance(e, Offer) else ", ".join(e.to),
            "in_words": e.says,
            "entry": e.id,
        }
        for e in ordered
    ]
    undated = [e.id for e in ordered if not e.date]
    marks = [Mark(e.date, _clip(e.short or e.says), _side(e)) for e in ordered if e.date]
    undated = [e.id for e in ordered if not e.date]
    see = "Offers above the line, replies below it; a grey bar is time in which a source says no answer came."
    if undated:
        see += " " + sentence(f"{count(len(undated), 'entry', 'entries')} without a date stand in the table only")
    return Finding(
        id="timeline",
        title="Offers and replies",
        says=_timeline_words(case),
        see=see,
        table=pl.DataFrame(records),
        links=("entry", "to"),
        chart=timeline_chart(marks, case.period) if marks else None,
        method=METHOD,
        rests_on=tuple(e.id for e in ordered),
    )


def _side(entry: Offer | Reply) -> Literal["offer", "reply", "silence"]:
    if isinstance(entry, Offer):
        return "offer"
    return "silence" if entry.answer == "silence" else "reply"


def _clip(text: str, most: int = 34) -> str:
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0] + " …"


def _timeline_words(case: Case) -> str:
    parties = list(dict.fromkeys(offer.to for offer in case.offers))
    to = listed(entries(case)[p].label for p in parties)
    answers = Counter(reply.answer for reply in case.replies)
    replies = listed(f"{ANSWERS[a]} ({answers[a]})" for a in ANSWERS if a != "accept" and answers[a])
    open_offers = _unanswered(case)
    years = sorted(
        d.year for o in case.offers if o.date for d in (o.date.first, o.date.last) if d.year not in (1, 9999)
    )
    span = f" between {years[0]} and {years[-1]}" if years and years[0] != years[-1] else ""
    accepted = answers["accept"]
    fate = f"{accepted} accepted" if accepted else "none accepted"
    words = f"{count(len(case.offers), 'offer')} to {to}{span}, {fate}"
    words += f"; the replies on record: {replies}" if replies else ""
    if open_offers:
        words += f". Of {count(len(open_offers), 'offer')} the record holds no reply, which is not the same as silence"
    return sentence(words)


def _unanswered(case: Case) -> list[str]:
    answered = {to for reply in case.replies for to in reply.to}
    return [offer.id for offer in case.offers if offer.id not in answered]


def _waits(case: Case) -> Finding:
    import polars as pl

    records, waits = [], {}
    for offer in sorted(case.offers, key=_order):
        replies = [reply for reply in case.replies if offer.id in reply.to]
        first = min((r for r in replies if r.answer != "silence"), key=_order, default=None)
        silences = [reply for reply in replies if reply.answer == "silence"]
        waited = None
        if first and first.date and offer.date:
            waited = wait(offer.date, first.date, [s.date for s in silences if s.date])
        if waited:
            waits[offer.id] = waited
        records.append(
            {
                "offer": offer.id,
                "date": str(offer.date or "undated"),
                "first_answer": first.id if first else "",
                "answer": ANSWERS[first.answer] if first else "silence" if silences else "none on record",
                "answered": str(first.date or "undated") if first else "",
                "months_at_least": round(waited.least, 1) if waited else None,
                "months_at_most": round(waited.most, 1) if waited else None,
                "silence_on_record": ", ".join(s.id for s in silences),
            }
        )
    longest = max(waits, key=lambda o: waits[o].most, default=None)
    if longest is None:
        says = "No offer has a dated answer."
    else:
        says = (
            f"{sentence(count(len(waits), 'offer'))[:-1]} of {len(case.offers)} got a dated answer other than silence; "
        )
        says += f"the longest wait that the dates allow is that of {longest}, {waits[longest]}."
    return Finding(
        id="waits",
        title="How long each offer waited",
        says=says,
        see="The wait to the first answer that is not a silence; a range where the dates are imprecise. An answer "
        "cannot have come before a silence on the same offer was surely over.",
        table=pl.DataFrame(records, infer_schema_length=None),
        links=("offer", "first_answer", "silence_on_record"),
        method=METHOD,
        rests_on=tuple(o.id for o in case.offers),
    )


# --- members -------------------------------------------------------------------------------------------


def spells_of(organisation: Organisation) -> list[Spell]:
    """The spells of full membership of an organisation."""
    return [Spell(m.actor, m.during, m.according_to or "") for m in organisation.members if m.status == "member"]


def _membership(case: Case) -> Finding:
    import polars as pl

    known = entries(case)
    records = [
        {
            "organisation": name,
            "actor": member.actor,
            "from_and_to": str(member.during),
            "as": member.status,
            "according_to": member.according_to or "",
            "note": member.note or member.because or "",
        }
        for name, organisation in case.organisations.items()
        for member in organisation.members
    ]
    disputes = [
        f"{known[actor].label} in the {organisation.label} ({len({s.dating for s in history})} datings)"
        for organisation in case.organisations.values()
        for actor, history in competing(spells_of(organisation)).items()
    ]
    says = f"The case dates {count(len(records), 'spell')} of membership. "
    says += f"The sources date differently: {listed(disputes)}." if disputes else "No membership is dated in two ways."
    rows = _changing(case)
    return Finding(
        id="membership",
        title="Who belonged where, and when",
        says=says,
        see="Solid: a member. Grey: the dates do not say. Hollow: the sources disagree. "
        "Who belonged throughout is left out.",
        table=pl.DataFrame(records),
        links=("organisation", "actor", "according_to"),
        chart=membership_chart(rows) if rows else None,
        method=METHOD,
        rests_on=tuple(name for name, o in case.organisations.items() if o.members),
    )


def _window(case: Case) -> tuple[date, date]:
    if case.period and case.period.first > date.min and case.period.last < date.max:
        return case.period.first, case.period.last
    dates = [e.date for e in case.record if e.date and e.date.first > date.min and e.date.last < date.max]
    if not dates:
        return date(1900, 1, 1), date(2100, 1, 1)
    return min(d.first for d in dates), max(d.last for d in dates)


def _changing(case: Case) -> list[tuple[str, list[Segment]]]:
    """The members whose standing is not the same throughout the period, with their stretches."""
    known = entries(case)
    first, last = _window(case)
    rows = []
    for organisation in case.organisations.values():
        spells = spells_of(organisation)
        for actor in dict.fromkeys(s.actor for s in spells):
            stretches = segments([s for s in spells if s.actor == actor], first, last)
            if stretches and stretches != [Segment(first, last, "in")]:
                rows.append((f"{organisation.label} · {known[actor].label}", stretches))
    return rows


def _members_at_offers(case: Case) -> Finding:
    import polars as pl

    known = entries(case)
    records = []
    for offer in sorted((o for o in case.offers if o.date), key=_order):
        assert offer.date
        for party in (offer.by, offer.to):
            organisation = case.organisations.get(party)
            if organisation is None or not organisation.members:
                continue
            early = members_on(spells_of(organisation), offer.date.first)
            late = members_on(spells_of(organisation), offer.date.last)
            sure = [a for a in early if early[a] == late[a] == "in"]
            doubtful = [known[a].label for a in early if a not in sure and {early[a], late[a]} != {"out"}]
            records.append(
                {
                    "offer": offer.id,
                    "date": str(offer.date),
                    "organisation": party,
                    "members": len(sure),
                    "in_doubt": ", ".join(doubtful),
                }
            )
    doubted = sum(1 for r in records if r["in_doubt"])
    says = "How many members each side had when an offer was made"
    says += f"; in {count(doubted, 'case')} somebody's membership on that date cannot be told" if doubted else ""
    return Finding(
        id="members-at-offers",
        title="Who was a member when an offer was made",
        says=says + ".",
        table=pl.DataFrame(records) if records else None,
        links=("offer", "organisation"),
        method=METHOD,
        rests_on=tuple(o.id for o in case.offers if o.date),
    )
