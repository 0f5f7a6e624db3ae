"""Who speaks: statements in order of time, for whom each is made, and how the tone of a side changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from detente.case.index.membership import represented_party
from detente.case.schema.case import Case
from detente.case.schema.record import Statement
from detente.rooms.record.model.offers import date_sort_key


@dataclass(frozen=True, slots=True)
class ToneSpell:
    """Statements of one side in one tone, none of another tone between them."""

    tone: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class ToneCourse:
    """How the tone of a side changes."""

    side: str
    spells: tuple[ToneSpell, ...]


@dataclass(frozen=True, slots=True)
class StatementRecord:
    """The statements of a case, dated ones first and in order."""

    statements: tuple[Statement, ...]
    top_speaker: tuple[str, int] | None
    """Who makes most of them, and how many; None if no speaker is named."""
    toned: tuple[tuple[Statement, str], ...]
    """Those with a tone and a date, each with the side that it is made for."""
    tone_courses: tuple[ToneCourse, ...]


def statement_record(case: Case) -> StatementRecord | None:
    """The statements of a case; None without any."""
    statements = sorted((entry for entry in case.record if isinstance(entry, Statement)), key=date_sort_key)
    if not statements:
        return None
    speakers = Counter(statement.speaker for statement in statements if statement.speaker)
    sides = [(statement, _represented_side(case, statement)) for statement in statements]
    toned = [(statement, side) for statement, side in sides if statement.tone and statement.date and side]
    return StatementRecord(
        tuple(statements),
        max(speakers.items(), key=lambda item: item[1]) if speakers else None,
        tuple(toned),
        tuple(_tone_course(toned, side) for side in dict.fromkeys(side for _, side in toned)),
    )


def _represented_side(case: Case, statement: Statement) -> str:
    """For whom it is made: as told, else for whoever the speaker holds an office of; nothing if for nobody else."""
    stated_party = statement.organisation or statement.speaker
    side = represented_party(case, stated_party, statement.date) if stated_party else ""
    return side if statement.organisation or side != stated_party else ""


def _tone_course(toned: Sequence[tuple[Statement, str]], side: str) -> ToneCourse:
    own_statements = [statement for statement, own_side in toned if own_side == side]
    runs = groupby(own_statements, key=lambda statement: str(statement.tone))
    return ToneCourse(side, tuple(ToneSpell(tone, tuple(run)) for tone, run in runs))
