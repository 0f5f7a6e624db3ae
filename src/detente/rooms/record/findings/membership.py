"""Findings on membership: who belonged where and when, at each offer, and at two dates side by side."""

from __future__ import annotations

from datetime import date
from itertools import groupby

from detente.case.index.entries import case_entries
from detente.case.index.membership import represented_party
from detente.case.schema.case import Case
from detente.methods.chronology.edtf import Edtf
from detente.methods.chronology.membership_spells import (
    StatusSegment,
    competing_datings,
    members_throughout,
    status_segments,
)
from detente.results.finding import Finding
from detente.rooms.record.findings.charts import membership_chart
from detente.rooms.record.findings.offers import date_sort_key
from detente.rooms.record.model.spells import membership_spells
from detente.text.dates import APPROXIMATE_DATES_NOTE
from detente.text.english import count_noun, join_words

STATE_CODES = {"cow": "COW number", "iso": "ISO code"}
"""The codes of states that an actor may have, and what to call them."""
METHOD = (
    "Memberships are read as of a day, three-valued: in, out, or not to be told; where sources date a membership "
    f"differently every dating is kept, and the days they differ on are disputed. {APPROXIMATE_DATES_NOTE}"
)


def membership_finding(case: Case) -> Finding:
    """Every spell of membership, and the stretches of those who came or went."""
    import polars as pl

    declared = case_entries(case)
    code_keys = [key for key in STATE_CODES if any(getattr(actor, key) for actor in case.actors.values())]
    records = [
        {
            "organisation": name,
            "actor": member.actor,
            **_actor_codes(case, member.actor, code_keys),
            "from_and_to": str(member.during),
            "as": member.status,
            "according_to": member.according_to or "",
            "note": member.note or member.because or "",
        }
        for name, organisation in case.organisations.items()
        for member in organisation.members
    ]
    disputes = [
        f"{declared[actor].label} in the {organisation.label} ({len({s.dating for s in history})} datings)"
        for organisation in case.organisations.values()
        for actor, history in competing_datings(membership_spells(organisation)).items()
    ]
    says = f"The case dates {count_noun(len(records), 'spell')} of membership. "
    says += (
        f"The sources date differently: {join_words(disputes)}." if disputes else "No membership is dated in two ways."
    )
    rows = _changing_memberships(case)
    return Finding(
        id="membership",
        title="Who belonged where, and when",
        says=says,
        see="Solid: a member. Grey: the dates do not say. Hollow: the sources disagree. "
        "Who belonged throughout is left out.",
        table=pl.DataFrame(records, infer_schema_length=None),
        headers={key: STATE_CODES[key] for key in code_keys},
        links=("organisation", "actor", "according_to"),
        chart=membership_chart(rows) if rows else None,
        method=METHOD,
        rests_on=tuple(name for name, o in case.organisations.items() if o.members),
    )


def _actor_codes(case: Case, actor: str, keys: list[str]) -> dict[str, int | str | None]:
    """The codes of an actor by which the table can be joined with other data."""
    return {key: getattr(case.actors[actor], key) for key in keys}


def drawn_period(case: Case) -> tuple[date, date]:
    """The first and the last day to draw: those of the period, else of the record."""
    period = case.period.as_stated if case.period else None
    if period and period.first_day > date.min and period.last_day < date.max:
        return period.first_day, period.last_day
    dates = [e.date for e in case.record if e.date and e.date.first_day > date.min and e.date.last_day < date.max]
    if not dates:
        return date(1900, 1, 1), date(2100, 1, 1)
    return min(d.first_day for d in dates), max(d.last_day for d in dates)


def _changing_memberships(case: Case) -> list[tuple[str, list[StatusSegment]]]:
    """The members whose standing is not the same throughout the period, with their stretches."""
    declared = case_entries(case)
    first_day, last_day = drawn_period(case)
    rows = []
    for organisation in case.organisations.values():
        spells = membership_spells(organisation)
        for actor in dict.fromkeys(s.actor for s in spells):
            stretches = status_segments([s for s in spells if s.actor == actor], first_day, last_day)
            if stretches and stretches != [StatusSegment(first_day, last_day, "in")]:
                rows.append((f"{organisation.label} · {declared[actor].label}", stretches))
    return rows


def members_at_offers_finding(case: Case) -> Finding:
    """How many members each side had at each dated offer."""
    import polars as pl

    declared = case_entries(case)
    records = []
    for offer in sorted((o for o in case.offers if o.date), key=date_sort_key):
        assert offer.date
        for party in dict.fromkeys(represented_party(case, side, offer.date) for side in (offer.by, offer.to)):
            organisation = case.organisations.get(party)
            if organisation is None or not organisation.members:
                continue
            certain, doubtful = members_throughout(membership_spells(organisation), offer.date)
            records.append(
                {
                    "offer": offer.id,
                    "date": str(offer.date),
                    "organisation": party,
                    "members": len(certain),
                    "in_doubt": ", ".join(declared[actor].label for actor in doubtful),
                }
            )
    count_courses = []
    for party in dict.fromkeys(str(r["organisation"]) for r in records):
        numbers = [str(n) for n, _ in groupby(r["members"] for r in records if r["organisation"] == party)]
        count_courses.append(f"{declared[party].label} {' then '.join(numbers)}")
    doubtful_row_count = sum(1 for r in records if r["in_doubt"])
    says = f"Members that are certain at each offer, in order: {'; '.join(count_courses)}."
    says += (
        f" In {doubtful_row_count} of {len(records)} rows somebody's membership cannot be told."
        if doubtful_row_count
        else ""
    )
    return Finding(
        id="members-at-offers",
        title="Who was a member when an offer was made",
        says=says,
        table=pl.DataFrame(records) if records else None,
        links=("offer", "organisation"),
        method=METHOD,
        rests_on=tuple(o.id for o in case.offers if o.date),
    )


def members_at_snapshots_finding(case: Case) -> Finding:
    """The members of each organisation at the case's snapshots, and who came and went between them."""
    import polars as pl

    declared = case_entries(case)
    records = []
    for name, organisation in case.organisations.items():
        if not organisation.members:
            continue
        members_by_snapshot = [
            members_throughout(membership_spells(organisation), snapshot) for snapshot in case.snapshots
        ]
        if not any(sure or unsure for sure, unsure in members_by_snapshot):
            continue
        first_members, last_members = {*members_by_snapshot[0][0]}, {*members_by_snapshot[-1][0]}
        doubtful = {actor for _, unsure in members_by_snapshot for actor in unsure}
        records.append(
            {
                "organisation": name,
                **{str(day): len(sure) for day, (sure, _) in zip(case.snapshots, members_by_snapshot, strict=True)},
                "came": ", ".join(
                    declared[a].label for a in members_by_snapshot[-1][0] if a not in first_members | doubtful
                ),
                "went": ", ".join(
                    declared[a].label for a in members_by_snapshot[0][0] if a not in last_members | doubtful
                ),
                "in_doubt": ", ".join(
                    declared[a].label for a in dict.fromkeys(a for _, unsure in members_by_snapshot for a in unsure)
                ),
            }
        )
    dates = [str(snapshot) for snapshot in case.snapshots]
    count_phrases = [
        f"{case.organisations[str(r['organisation'])].label} {r[dates[0]]} and {r[dates[-1]]}" for r in records
    ]
    return Finding(
        id="members-side-by-side",
        title=f"Members in {join_words(dates)}",
        says=f"Members certain on every day of {join_words(dates)}: {join_words(count_phrases)}.",
        table=pl.DataFrame(records),
        links=("organisation",),
        open=True,
        method=METHOD,
        headers={day: day for day in dates},
        rests_on=tuple(str(r["organisation"]) for r in records),
    )


def organs_finding(case: Case) -> Finding:
    """The bodies of each organisation, and whether each is known to have stood at the case's snapshots."""
    import polars as pl

    answers = {"yes": "yes", "maybe": "perhaps", "no": "no"}
    records = [
        {
            "body": name,
            "in_words": organ.name,
            "organisation": organisation,
            **{
                str(day): answers[organ.during.covers(*_last_days(day))] if organ.during else "not dated"
                for day in case.snapshots
            },
            "note": organ.note or "",
        }
        for organisation, part in case.organisations.items()
        for name, organ in part.organs.items()
    ]
    dated_count = sum(any(r[str(day)] != "not dated" for day in case.snapshots) for r in records)
    return Finding(
        id="bodies",
        title="Bodies of the organisations",
        says=f"The case names {count_noun(len(records), 'body', 'bodies')}; of {dated_count} it says since when.",
        table=pl.DataFrame(records),
        links=("body", "organisation"),
        headers={str(day): str(day) for day in case.snapshots},
        method="A body stands at the end of a snapshot if its dates cover that day.",
        rests_on=tuple(str(r["body"]) for r in records),
    )


def _last_days(snapshot: Edtf) -> tuple[date, date]:
    """The last day of a snapshot, or the days it may be where the snapshot is approximate."""
    return snapshot.end_range if snapshot.approximate else (snapshot.last_day, snapshot.last_day)
