"""Findings on membership: who belonged where and when, at each offer, and at two dates side by side."""

from __future__ import annotations

from datetime import date
from itertools import groupby

from detente.case.entries.entries import case_entries
from detente.case.schema.case import Case
from detente.methods.chronology.edtf import Edtf
from detente.results.finding import Finding
from detente.results.table import Column, make_table
from detente.rooms.record.findings.charts import membership_chart
from detente.rooms.record.model.record import RecordModel
from detente.text.dates import APPROXIMATE_DATES_NOTE
from detente.text.english import count_noun, join_words

STATE_CODES = {"cow": "COW number", "iso": "ISO code"}
"""The codes of states that an actor may have, and what to call them."""
OFFER_COLUMNS = (
    Column("offer", format="id"),
    Column("date", format="date"),
    Column("organisation", format="id"),
    Column("members", format="count", unit="members"),
    Column("in_doubt"),
)
METHOD = (
    "Memberships are read as of a day, three-valued: in, out, or not to be told; where sources date a membership "
    f"differently every dating is kept, and the days they differ on are disputed. {APPROXIMATE_DATES_NOTE}"
)


def membership_finding(model: RecordModel) -> Finding:
    """Every spell of membership, and the stretches of those who came or went."""
    case, declared = model.case, case_entries(model.case)
    code_keys = [key for key in STATE_CODES if any(getattr(actor, key) for actor in case.actors.values())]
    records = [
        {
            "organisation": name,
            "actor": member.actor,
            **_actor_codes(case, member.actor, code_keys),
            "from_and_to": member.during.text,
            "as": member.status,
            "according_to": member.according_to or "",
            "note": member.note or member.because or "",
        }
        for name, organisation in case.organisations.items()
        for member in organisation.members
    ]
    disputes = [
        f"{declared[dispute.actor].label} in the {case.organisations[dispute.organisation].label} "
        f"({dispute.dating_count} datings)"
        for dispute in model.disputed_memberships
    ]
    says = f"The case dates {count_noun(len(records), 'spell')} of membership. "
    says += (
        f"The sources date differently: {join_words(disputes)}." if disputes else "No membership is dated in two ways."
    )
    rows = [
        (f"{case.organisations[row.organisation].label} · {declared[row.actor].label}", list(row.segments))
        for row in model.changing_memberships
    ]
    return Finding(
        id="membership",
        title="Who belonged where, and when",
        says=says,
        see="Solid: a member. Grey: the dates do not say. Hollow: the sources disagree. "
        "Who belonged throughout is left out.",
        table=make_table(_membership_columns(code_keys), records),
        chart=membership_chart(rows) if rows else None,
        method=METHOD,
        rests_on=tuple(name for name, o in case.organisations.items() if o.members),
    )


def _membership_columns(code_keys: list[str]) -> list[Column]:
    return [
        Column("organisation", format="id"),
        Column("actor", format="id"),
        *(Column(key, STATE_CODES[key], "id") for key in code_keys),
        Column("from_and_to", format="date"),
        Column("as"),
        Column("according_to", format="ids"),
        Column("note"),
    ]


def _actor_codes(case: Case, actor: str, keys: list[str]) -> dict[str, str | None]:
    """The codes of an actor by which the table can be joined with other data."""
    codes = {key: getattr(case.actors[actor], key) for key in keys}
    return {key: None if code is None else str(code) for key, code in codes.items()}


def members_at_offers_finding(model: RecordModel) -> Finding:
    """How many members each side had at each dated offer."""
    declared, rows = case_entries(model.case), model.members_at_offers
    records = [
        {
            "offer": row.offer.id,
            "date": row.offer.date.text if row.offer.date else "",
            "organisation": row.organisation,
            "members": len(row.certain),
            "in_doubt": ", ".join(declared[actor].label for actor in row.doubtful),
        }
        for row in rows
    ]
    count_courses = []
    for party in dict.fromkeys(row.organisation for row in rows):
        numbers = [str(n) for n, _ in groupby(len(row.certain) for row in rows if row.organisation == party)]
        count_courses.append(f"{declared[party].label} {' then '.join(numbers)}")
    says = f"Members that are certain at each offer, in order: {'; '.join(count_courses)}."
    if doubtful_count := sum(bool(row.doubtful) for row in rows):
        says += f" In {doubtful_count} of {len(rows)} rows somebody's membership cannot be told."
    return Finding(
        id="members-at-offers",
        title="Who was a member when an offer was made",
        says=says,
        table=make_table(OFFER_COLUMNS, records) if records else None,
        method=METHOD,
        rests_on=tuple(o.id for o in model.case.offers if o.date),
    )


def members_at_snapshots_finding(model: RecordModel) -> Finding:
    """The members of each organisation at the case's snapshots, and who came and went between them."""
    case, declared = model.case, case_entries(model.case)

    def labels(actors: tuple[str, ...]) -> str:
        return ", ".join(declared[actor].label for actor in actors)

    dates = [str(snapshot) for snapshot in case.snapshots]
    records = [
        {
            "organisation": row.organisation,
            **{f"members_{day}": count for day, count in zip(dates, row.counts, strict=True)},
            "came": labels(row.came),
            "went": labels(row.went),
            "in_doubt": labels(row.doubtful),
        }
        for row in model.members_at_snapshots
    ]
    count_phrases = [
        f"{case.organisations[row.organisation].label} {row.counts[0]} and {row.counts[-1]}"
        for row in model.members_at_snapshots
    ]
    return Finding(
        id="members-side-by-side",
        title=f"Members in {join_words(dates)}",
        says=f"Members certain on every day of {join_words(dates)}: {join_words(count_phrases)}.",
        table=make_table(_snapshot_columns(dates), records),
        open=True,
        method=METHOD,
        rests_on=tuple(row.organisation for row in model.members_at_snapshots),
    )


def _snapshot_columns(dates: list[str]) -> list[Column]:
    return [
        Column("organisation", format="id"),
        *(Column(f"members_{day}", day, "count", "members") for day in dates),
        Column("came"),
        Column("went"),
        Column("in_doubt"),
    ]


def organs_finding(case: Case) -> Finding:
    """The bodies of each organisation, and whether each is known to have stood at the case's snapshots."""
    answers = {"yes": "yes", "maybe": "perhaps", "no": "no"}
    records = [
        {
            "body": name,
            "in_words": organ.name,
            "organisation": organisation,
            **{
                f"stood_{day}": answers[organ.during.covers(*_last_days(day))] if organ.during else "not dated"
                for day in case.snapshots
            },
            "note": organ.note or "",
        }
        for organisation, part in case.organisations.items()
        for name, organ in part.organs.items()
    ]
    dated_count = sum(any(r[f"stood_{day}"] != "not dated" for day in case.snapshots) for r in records)
    return Finding(
        id="bodies",
        title="Bodies of the organisations",
        says=f"The case names {count_noun(len(records), 'body', 'bodies')}; of {dated_count} it says since when.",
        table=make_table(_organ_columns(case), records),
        method="A body stands at the end of a snapshot if its dates cover that day.",
        rests_on=tuple(str(r["body"]) for r in records),
    )


def _organ_columns(case: Case) -> list[Column]:
    return [
        Column("body", format="id"),
        Column("in_words"),
        Column("organisation", format="id"),
        *(Column(f"stood_{day}", str(day)) for day in case.snapshots),
        Column("note"),
    ]


def _last_days(snapshot: Edtf) -> tuple[date, date]:
    """The last day of a snapshot, or the days it may be where the snapshot is approximate."""
    return snapshot.end_range if snapshot.approximate else (snapshot.last_day, snapshot.last_day)
