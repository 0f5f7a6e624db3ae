"""The finding on other readings: what the rules leave open where something else is presumed, beside the first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.case.schema.case import Case
from detente.results.finding import Finding
from detente.results.table import Column, make_table
from detente.rooms.rules.findings.verdict_words import count_of, is_or_are
from detente.rooms.rules.model.feasibility_ranking import RankedProposal
from detente.rooms.rules.model.other_readings import OtherReadingVerdicts
from detente.rooms.rules.model.rules import RulesModel
from detente.text.dates import format_date
from detente.text.english import cardinal, lower_first

METHOD = (
    "Where proposals do not answer what rules ask, the case presumes an answer, and declares who reads it otherwise. "
    "Every proposal is held against the rules again under each other reading, at the time of comparison."
)
COLUMNS = (
    Column("attribute", format="id"),
    Column("presumed"),
    Column("instead"),
    Column("reading"),
    Column("open_first", "open, as presumed", "count", "proposals"),
    Column("open_instead", "open, read otherwise", "count", "proposals"),
    Column("of", "of", "count", "proposals"),
    Column("no_longer_open", format="ids"),
    Column("opened", format="ids"),
)


def other_readings_finding(model: RulesModel) -> Finding | None:
    """What is open by each other reading, beside what is open first; None where the case declares none."""
    if not model.other_readings:
        return None
    case, rows = model.docket.case, model.counted
    return Finding(
        id="readings",
        title="What is presumed, read otherwise",
        says=" ".join(other_reading_sentence(case, reading, rows) for reading in model.other_readings),
        see=f"How many of the proposals offered the rules of {format_date(model.docket.comparison_time)} leave open.",
        table=make_table(COLUMNS, _records(case, model.other_readings, rows)),
        method=METHOD,
        rests_on=tuple(dict.fromkeys(reading.attribute for reading in model.other_readings)),
    )


def other_reading_sentence(case: Case, reading: OtherReadingVerdicts, rows: Sequence[RankedProposal]) -> str:
    """How many proposals are open by another reading, beside how many are open first."""
    clause = lower_first(case.attributes[reading.attribute].read_otherwise[reading.value].says.rstrip("."))
    first, instead = sum(row.is_open for row in rows), sum(row.name in reading.open_proposals for row in rows)
    opened = f"{count_of(instead, len(rows))} {is_or_are(instead)} open"
    return f"If {clause}, {opened}, {'as before' if instead == first else f'and not {cardinal(first)}'}."


def _records(
    case: Case, readings: Sequence[OtherReadingVerdicts], rows: Sequence[RankedProposal]
) -> Iterator[dict[str, object]]:
    open_first = {row.name for row in rows if row.is_open}
    for reading in readings:
        attribute = case.attributes[reading.attribute]
        open_instead = {row.name for row in rows if row.name in reading.open_proposals}
        yield {
            "attribute": reading.attribute,
            "presumed": attribute.values[attribute.presumed] if attribute.presumed else "",
            "instead": attribute.values[reading.value],
            "reading": attribute.read_otherwise[reading.value].says,
            "open_first": len(open_first),
            "open_instead": len(open_instead),
            "of": len(rows),
            "no_longer_open": ", ".join(row.name for row in rows if row.name in open_first - open_instead),
            "opened": ", ".join(row.name for row in rows if row.name in open_instead - open_first),
        }
