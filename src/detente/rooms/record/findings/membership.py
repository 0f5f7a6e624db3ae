"""Findings on membership: who belonged where and when, at each offer, and at two dates side by side."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from detente.case.schema.case import Case
from detente.results.finding import Finding
from detente.results.pictures import CellGrid, GridCell
from detente.results.table import Column, make_table
from detente.rooms.record.findings.text import if_short, join_names, name_alone, name_in_sentence
from detente.rooms.record.model.membership import MembersAtSnapshots
from detente.rooms.record.model.record import RecordModel
from detente.text.dates import APPROXIMATE_DATES_NOTE
from detente.text.english import cardinal, count_noun, join_words, upper_first

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
    """Every spell of membership."""
    case = model.case
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
        f"{name_in_sentence(case, dispute.actor)} in {name_in_sentence(case, dispute.organisation)} "
        f"({dispute.dating_count} datings)"
        for dispute in model.disputed_memberships
    ]
    says = f"The case dates {count_noun(len(records), 'spell')} of membership. "
    says += (
        f"The sources date differently: {join_words(disputes)}." if disputes else "No membership is dated in two ways."
    )
    return Finding(
        id="membership",
        title="Who belonged where, and when",
        says=says,
        table=make_table(_membership_columns(code_keys), records),
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
    rows = model.members_at_offers
    records = [
        {
            "offer": row.offer.id,
            "date": row.offer.date.text if row.offer.date else "",
            "organisation": row.organisation,
            "members": len(row.certain),
            "in_doubt": ", ".join(name_alone(model.case, actor) for actor in row.doubtful),
        }
        for row in rows
    ]
    count_courses = []
    for party in dict.fromkeys(row.organisation for row in rows):
        numbers = [str(n) for n, _ in groupby(len(row.certain) for row in rows if row.organisation == party)]
        count_courses.append(f"{name_alone(model.case, party)} {' then '.join(numbers)}")
    says = f"Members that are certain at each offer, in order: {'; '.join(count_courses)}."
    if doubtful_count := sum(bool(row.doubtful) for row in rows):
        says += f" In {doubtful_count} of {len(rows)} rows somebody's membership cannot be told."
    return Finding(
        id="members-at-offers",
        title="Who was a member when an offer was made",
        says=says,
        table=make_table(OFFER_COLUMNS, records) if records else None,
        method=METHOD,
        rests_on=tuple(o.id for o in model.case.recorded_offers if o.date),
    )


def members_at_snapshots_finding(model: RecordModel) -> Finding:
    """The members of each organisation at the case's snapshots, and who came and went between them."""
    case = model.case

    def labels(actors: tuple[str, ...]) -> str:
        return ", ".join(name_alone(case, actor) for actor in actors)

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
    is_compared = len(dates) > 1
    return Finding(
        id="members-side-by-side",
        title=f"Members in {join_words(dates)}",
        says=" ".join(_snapshot_sentences(model)),
        table=make_table(_snapshot_columns(dates), records),
        method=METHOD,
        rests_on=tuple(row.organisation for row in model.members_at_snapshots),
        place="detail" if is_compared else "annex",
        question="Who joined and who left" if is_compared else "",
        short_answer=_short_answer(model.members_at_snapshots) if is_compared else "",
        picture=_snapshot_grid(model) if is_compared else None,
    )


def _snapshot_sentences(model: RecordModel) -> Iterator[str]:
    """Who came to each organisation and who went, which stayed the same, and of how many it cannot be told."""
    case, rows = model.case, model.members_at_snapshots
    first, last = str(case.snapshots[0]), str(case.snapshots[-1])
    if first == last:
        counts = join_words(f"{name_in_sentence(case, row.organisation)} {row.counts[0]}" for row in rows)
        yield f"Members that are certain on every day of {first}: {counts}."
        return
    since = f"Between {first} and {last}, "
    for row in rows:
        for actors, verb in ((row.came, "joined"), (row.went, "left")):
            if actors:
                organisation = name_in_sentence(case, row.organisation)
                named = f"{join_names(case, actors)} {verb} {organisation}"
                counted = f"{cardinal(len(actors))} parties {verb} {organisation}"
                head, since = since, ""
                yield upper_first(if_short(f"{head}{named}.", f"{head}{counted}."))
    same = [row.organisation for row in rows if not row.came and not row.went]
    if same:
        verb = f"{'has' if len(same) == 1 else 'have'} the same members in {last} as in {first}"
        yield upper_first(if_short(f"{join_names(case, same)} {verb}.", f"{cardinal(len(same))} organisations {verb}."))
    if count := sum(len(row.doubtful) for row in rows):
        yield f"For {count_noun(count, 'membership')} the dates do not tell who belonged."


def _short_answer(rows: tuple[MembersAtSnapshots, ...]) -> str:
    """`three joined, two left`, over all organisations."""
    came, went = sum(len(row.came) for row in rows), sum(len(row.went) for row in rows)
    if not came and not went:
        return "the same members in both years"
    return f"{cardinal(came) if came else 'none'} joined, {cardinal(went) if went else 'none'} left"


def _snapshot_grid(model: RecordModel) -> CellGrid:
    """How many members are certain at each date, and who came and went."""
    case = model.case
    rows = []
    for row in model.members_at_snapshots:
        moved = (join_names(case, row.came, most=6), join_names(case, row.went, most=6))
        texts = (*map(str, row.counts), *(upper_first(names) if names else "–" for names in moved))
        rows.append((name_alone(case, row.organisation), tuple(GridCell("empty", text) for text in texts)))
    return CellGrid(
        says="Members that are certain in each year, and who joined or left in between.",
        corner="Organisation",
        columns=(*map(str, case.snapshots), "Joined", "Left"),
        rows=tuple(rows),
    )


def _snapshot_columns(dates: list[str]) -> list[Column]:
    return [
        Column("organisation", format="id"),
        *(Column(f"members_{day}", day, "count", "members") for day in dates),
        Column("came"),
        Column("went"),
        Column("in_doubt"),
    ]
