"""The finding on who speaks: statements by speaker, date and topic, and how the tone of a side changes."""

from __future__ import annotations

from collections.abc import Iterator

from detente.case.index.membership import case_sides
from detente.case.schema.case import Case
from detente.case.schema.record import TONES
from detente.results.finding import Finding
from detente.results.pictures import Timeline, TimeRow
from detente.results.table import Column, make_table
from detente.rooms.record.findings.text import name_alone, name_in_sentence
from detente.rooms.record.findings.time_marks import possible_days, time_mark
from detente.rooms.record.model.statements import StatementRecord, ToneCourse
from detente.text.english import cardinal, count_noun, upper_first
from detente.text.names_in_sentences import possessive

METHOD = (
    "Statements as the case records them. The tone of a statement towards cooperation is the case's own declared "
    "coding, on an ordered scale from hostile to eager; it is one coder's reading."
)
MOST_TOLD = 3
"""Sides whose tone a sentence follows: those with most statements, where that many can be told apart."""

COLUMNS = (
    Column("date", format="date"),
    Column("speaker"),
    Column("for"),
    Column("topic"),
    Column("tone"),
    Column("in_words", "in words"),
    Column("quoted", format="yes_no"),
    Column("statement", format="id"),
)


def statements_finding(case: Case, record: StatementRecord) -> Finding:
    """Who says what, when, about what and in which tone."""

    def entry_label(id: str | None) -> str:
        return name_alone(case, id) if id else ""

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
    return Finding(
        id="statements",
        title="Who speaks, and in what tone",
        says=" ".join(_sentences(case, record)),
        table=make_table(COLUMNS, records),
        method=METHOD,
        rests_on=tuple(s.id for s in record.statements),
        place="detail",
        question="Who spoke, and in what tone",
        short_answer=_short_answer(case, record),
        picture=_tone_timeline(case, record),
    )


def _sentences(case: Case, record: StatementRecord) -> Iterator[str]:
    """How many statements there are, who made most, and how tones changed."""
    count = len(record.statements)
    says = f"The record holds {count_noun(count, 'statement')}"
    if record.top_speaker and record.top_speaker[1] > 1:
        speaker, own_count = record.top_speaker
        says += f"; {name_in_sentence(case, speaker)} made {cardinal(own_count) if own_count < count else 'all'}"
        says += " of them"
    yield f"{says}."
    courses = sorted(record.tone_courses, key=lambda course: -_statement_count(course))
    too_few = _statement_count(courses[MOST_TOLD]) if len(courses) > MOST_TOLD else 0
    for course in courses[:MOST_TOLD]:
        if _statement_count(course) > too_few:
            yield _course_sentence(case, course)
    if courses:
        yield "The tone is our reading, from hostile to eager."


def _statement_count(course: ToneCourse) -> int:
    return sum(len(spell.statements) for spell in course.spells)


def _course_sentence(case: Case, course: ToneCourse) -> str:
    """From which tone to which a side went, and when."""
    side = upper_first(name_in_sentence(case, course.side))
    first, last = course.spells[0], course.spells[-1]
    years = _years(course)
    if len(course.spells) == 1:
        if len(first.statements) == 1:
            return f"{side} sounded {first.tone} {years}."
        return f"{side} sounded {first.tone} throughout, {years}."
    if first.tone == last.tone:
        return f"{possessive(side)} tone changed {years}, and ended where it began, {last.tone}."
    return f"{possessive(side)} tone went from {first.tone} to {last.tone} {years}."


def _years(course: ToneCourse) -> str:
    """When the statements of a side were made: `between 2004 and 2007`, `in 2005`."""
    dates = [s.date.as_stated for spell in course.spells for s in spell.statements if s.date]
    years = [day.year for when in dates for day in possible_days(when)]
    first, last = min(years), max(years)
    return f"in {first}" if first == last else f"between {first} and {last}"


def _short_answer(case: Case, record: StatementRecord) -> str:
    """How the tone of the side that spoke most often went, where one did; else how many statements there are."""
    courses = record.tone_courses
    most = max(map(_statement_count, courses), default=0)
    leaders = [course for course in courses if _statement_count(course) == most]
    if len(leaders) != 1:
        return f"{cardinal(len(record.statements))} on record"
    tones = [spell.tone for spell in leaders[0].spells]
    answer = f"{name_alone(case, leaders[0].side)}: "
    answer += tones[0] if tones[0] == tones[-1] else f"from {tones[0]} to {tones[-1]}"
    return answer if len(answer.split()) <= 6 else answer.split(": ")[1]


def _tone_timeline(case: Case, record: StatementRecord) -> Timeline | None:
    """A row for each tone of each side, the friendliest first; None where fewer than two statements have a tone."""
    if len(record.toned) < 2:
        return None
    sides = case_sides(case) or ()
    rows = []
    for side in dict.fromkeys(side for _, side in record.toned):
        for tone in reversed(TONES):
            dates = [s.date for s, own_side in record.toned if own_side == side and s.tone == tone and s.date]
            if dates:
                number = sides.index(side) if side in sides else None
                marks = tuple(time_mark(when, "event", number) for when in dates)
                rows.append(TimeRow(f"{name_alone(case, side)}: {tone}", marks, count_noun(len(dates), "statement")))
    return Timeline(
        says="Each mark is a statement on cooperation. A line covers every day that a date leaves open.",
        rows=tuple(rows),
        heading="Tone",
        value_heading="How many",
    )
