"""The finding on who speaks: statements by speaker, date and topic, and how the tone of a side changes."""

from __future__ import annotations

from detente.case.entries.entries import case_entries
from detente.case.schema.case import Case
from detente.case.schema.record import TONES
from detente.results.finding import Finding
from detente.results.table import Column, make_table
from detente.rooms.record.findings.charts import tone_chart
from detente.rooms.record.model.statements import StatementRecord
from detente.text.dates import format_date
from detente.text.english import count_noun, upper_first

METHOD = (
    "Statements as the case records them. The tone of a statement towards cooperation is the case's own declared "
    "coding, on an ordered scale from hostile to eager; it is one coder's reading."
)

COLUMNS = (
    Column("date", format="date"),
    Column("speaker"),
    Column("for"),
    Column("topic"),
    Column("tone"),
    Column("in_words"),
    Column("quoted", format="yes_no"),
    Column("statement", format="id"),
)


def statements_finding(case: Case, record: StatementRecord) -> Finding:
    """Who says what, when, about what and in which tone."""
    declared = case_entries(case)

    def entry_label(id: str | None) -> str:
        return declared[id].label if id else ""

    records = [
        {
            "date": s.date.text if s.date else "undated",
            "speaker": entry_label(s.speaker),
            "for": entry_label(s.organisation),
            "topic": s.topic or s.about or "",
            "tone": s.tone or "",
            "in_words": s.says,
            "quoted": s.direct or None,
            "statement": s.id,
        }
        for s in record.statements
    ]
    points = [
        (s.date, s.tone, entry_label(side), entry_label(s.speaker)) for s, side in record.toned if s.date and s.tone
    ]
    return Finding(
        id="statements",
        title="Who speaks, and in what tone",
        says=_statements_sentences(case, record),
        see="Each dated statement about cooperation, by its tone; from hostile at the foot to eager at the head. "
        "A line between two hollow marks covers all the days of a date that is not known to the month.",
        table=make_table(COLUMNS, records),
        chart=tone_chart(points, TONES) if len(points) > 1 else None,
        method=METHOD,
        rests_on=tuple(s.id for s in record.statements),
    )


def _statements_sentences(case: Case, record: StatementRecord) -> str:
    declared = case_entries(case)
    text = f"{upper_first(count_noun(len(record.statements), 'statement'))}"
    if record.top_speaker:
        speaker, count = record.top_speaker
        text += f", {count} of them by {declared[speaker].label}" if count > 1 else ""
    text += "."
    tone_courses: list[str] = []
    for course in record.tone_courses:
        tones = [
            f"{spell.tone} ({', '.join(format_date(s.date) for s in spell.statements if s.date)})"
            for spell in course.spells
        ]
        if len(tones) > 1:
            tone_courses.append(f"{declared[course.side].label} {', '.join(tones)}")
    return text + (f" Tone, by this case's coding: {'; '.join(tone_courses)}." if tone_courses else "")
