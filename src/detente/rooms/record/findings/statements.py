"""The finding on who speaks: statements by speaker, date and topic, and how the tone of a side changes."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import groupby

from detente.case.index.entries import entries
from detente.case.index.membership import speaks_for
from detente.case.schema.case import Case
from detente.case.schema.record import TONES, Statement
from detente.results.finding import Finding
from detente.rooms.record.findings.charts import tone_chart
from detente.text.dates import format_date
from detente.text.english import capital, count

METHOD = (
    "Statements as the case records them. The tone of a statement towards cooperation is the case's own declared "
    "coding, on an ordered scale from hostile to eager; it is one coder's reading."
)


def statements(case: Case) -> list[Statement]:
    """The statements, dated ones first and in order."""
    found = [entry for entry in case.record if isinstance(entry, Statement)]
    return sorted(found, key=lambda s: (s.date.stated.first, s.date.stated.last) if s.date else (date.max, date.max))


def finding(case: Case) -> Finding:
    """Who says what, when, about what and in which tone."""
    import polars as pl

    known = entries(case)

    def name(id: str | None) -> str:
        return known[id].label if id else ""

    found = statements(case)
    records = [
        {
            "date": format_date(s.date) if s.date else "undated",
            "speaker": name(s.speaker),
            "for": name(s.organisation),
            "topic": s.topic or s.about or "",
            "tone": s.tone or "",
            "in_words": s.says,
            "quoted": "yes" if s.direct else "",
            "statement": s.id,
        }
        for s in found
    ]
    toned = [s for s in found if s.tone and s.date and _side(case, s)]
    points = [(s.date, s.tone, name(_side(case, s)), name(s.speaker)) for s in toned if s.date and s.tone]
    return Finding(
        id="statements",
        title="Who speaks, and in what tone",
        says=_words(case, found, toned),
        see="Each dated statement about cooperation, by its tone; from hostile at the foot to eager at the head.",
        table=pl.DataFrame(records),
        links=("statement",),
        chart=tone_chart(points, TONES) if len(points) > 1 else None,
        method=METHOD,
        rests_on=tuple(s.id for s in found),
    )


def _side(case: Case, statement: Statement) -> str:
    """For whom it is made: as told, else for whoever the speaker holds an office of; nothing if for nobody else."""
    told = statement.organisation or statement.speaker
    side = speaks_for(case, told, statement.date) if told else ""
    return side if statement.organisation or side != told else ""


def _words(case: Case, found: list[Statement], toned: list[Statement]) -> str:
    known = entries(case)
    speakers = Counter(s.speaker for s in found if s.speaker)
    words = f"{capital(count(len(found), 'statement'))}"
    if speakers:
        most, n = max(speakers.items(), key=lambda item: item[1])
        words += f", {n} of them by {known[most].label}" if n > 1 else ""
    words += "."
    courses: list[str] = []
    for side in dict.fromkeys(_side(case, s) for s in toned):
        course = [s for s in toned if _side(case, s) == side]
        runs = [(tone, list(group)) for tone, group in groupby(course, key=lambda s: s.tone)]
        tones = [f"{tone} ({', '.join(format_date(s.date) for s in group if s.date)})" for tone, group in runs]
        if len(tones) > 1:
            courses.append(f"{known[side].label} {', '.join(tones)}")
    return words + (f" Tone, by this case's coding: {'; '.join(courses)}." if courses else "")
