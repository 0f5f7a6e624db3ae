"""The finding on who speaks: statements by speaker, date and topic, and how the tone of a side changes."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import groupby

from detente.case.index.entries import case_entries
from detente.case.index.membership import represented_party
from detente.case.schema.case import Case
from detente.case.schema.record import TONES, Statement
from detente.results.finding import Finding
from detente.rooms.record.findings.charts import tone_chart
from detente.text.dates import format_date
from detente.text.english import count_noun, upper_first

METHOD = (
    "Statements as the case records them. The tone of a statement towards cooperation is the case's own declared "
    "coding, on an ordered scale from hostile to eager; it is one coder's reading."
)


def ordered_statements(case: Case) -> list[Statement]:
    """The statements, dated ones first and in order."""
    entries_found = [entry for entry in case.record if isinstance(entry, Statement)]
    return sorted(
        entries_found,
        key=lambda s: (s.date.as_stated.first_day, s.date.as_stated.last_day) if s.date else (date.max, date.max),
    )


def statements_finding(case: Case) -> Finding:
    """Who says what, when, about what and in which tone."""
    import polars as pl

    declared = case_entries(case)

    def entry_label(id: str | None) -> str:
        return declared[id].label if id else ""

    statement_list = ordered_statements(case)
    records = [
        {
            "date": format_date(s.date) if s.date else "undated",
            "speaker": entry_label(s.speaker),
            "for": entry_label(s.organisation),
            "topic": s.topic or s.about or "",
            "tone": s.tone or "",
            "in_words": s.says,
            "quoted": "yes" if s.direct else "",
            "statement": s.id,
        }
        for s in statement_list
    ]
    toned_statements = [s for s in statement_list if s.tone and s.date and _represented_side(case, s)]
    points = [
        (s.date, s.tone, entry_label(_represented_side(case, s)), entry_label(s.speaker))
        for s in toned_statements
        if s.date and s.tone
    ]
    return Finding(
        id="statements",
        title="Who speaks, and in what tone",
        says=_statements_sentences(case, statement_list, toned_statements),
        see="Each dated statement about cooperation, by its tone; from hostile at the foot to eager at the head.",
        table=pl.DataFrame(records),
        links=("statement",),
        chart=tone_chart(points, TONES) if len(points) > 1 else None,
        method=METHOD,
        rests_on=tuple(s.id for s in statement_list),
    )


def _represented_side(case: Case, statement: Statement) -> str:
    """For whom it is made: as told, else for whoever the speaker holds an office of; nothing if for nobody else."""
    stated_party = statement.organisation or statement.speaker
    side = represented_party(case, stated_party, statement.date) if stated_party else ""
    return side if statement.organisation or side != stated_party else ""


def _statements_sentences(case: Case, statement_list: list[Statement], toned_statements: list[Statement]) -> str:
    declared = case_entries(case)
    speakers = Counter(s.speaker for s in statement_list if s.speaker)
    text = f"{upper_first(count_noun(len(statement_list), 'statement'))}"
    if speakers:
        top_speaker, n = max(speakers.items(), key=lambda item: item[1])
        text += f", {n} of them by {declared[top_speaker].label}" if n > 1 else ""
    text += "."
    tone_courses: list[str] = []
    for side in dict.fromkeys(_represented_side(case, s) for s in toned_statements):
        side_statements = [s for s in toned_statements if _represented_side(case, s) == side]
        runs = [(tone, list(group)) for tone, group in groupby(side_statements, key=lambda s: s.tone)]
        tones = [f"{tone} ({', '.join(format_date(s.date) for s in group if s.date)})" for tone, group in runs]
        if len(tones) > 1:
            tone_courses.append(f"{declared[side].label} {', '.join(tones)}")
    return text + (f" Tone, by this case's coding: {'; '.join(tone_courses)}." if tone_courses else "")
