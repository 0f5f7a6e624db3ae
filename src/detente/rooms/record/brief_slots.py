"""What the record room knows for the brief: the years of the record, and the documents that it is made from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from detente.case.schema.case import Case
from detente.case.schema.parties import Document
from detente.results.brief import BriefSlots, YearSpan
from detente.rooms.record.model.record import RecordModel
from detente.text.english import count_noun, join_words, upper_first

MOST_YEARS = 3
"""Years of documents that are all named; of more the first and the last."""
_YEAR = re.compile(r"\d{4}")


def fill_record_slots(model: RecordModel) -> BriefSlots:
    """From when to when approaches and replies run, and which documents the case rests on."""
    span = model.offers.years_with_replies
    years = (YearSpan("record", *span),) if span else ()
    return BriefSlots(years=years, basis=tuple(_documents_sentence(model.case)))


def _documents_sentence(case: Case) -> Iterator[str]:
    """How many documents there are, and of when: `Two documents, of 2007 and 2013.`"""
    documents = list(case.documents.values())
    if not documents:
        return
    counted = upper_first(count_noun(len(documents), "document"))
    names = [document.cite.get("title-short") for document in documents]
    if all(names) and len(documents) <= MOST_YEARS:
        yield f"{counted}: {join_words(map(_with_year, documents))}."
        return
    years = [year for document in documents if (year := _year_issued(document.cite)) is not None]
    if not years:
        yield f"{counted}."
        return
    extent = "of" if len(years) == len(documents) else "the dated ones of" if len(years) > 1 else "one dated"
    yield f"{counted}, {extent} {_years_phrase(years)}."


def _with_year(document: Document) -> str:
    """`the report (2007)`."""
    year = _year_issued(document.cite)
    return f"{document.cite['title-short']}{f' ({year})' if year else ''}"


def _years_phrase(years: Iterable[int]) -> str:
    """`2007 and 2013`, `1957 to 2020`."""
    named = sorted(set(years))
    return join_words(map(str, named)) if len(named) <= MOST_YEARS else f"{named[0]} to {named[-1]}"


def _year_issued(cite: Mapping[str, object]) -> int | None:
    """The year of a citation in CSL-JSON, as text or as parts of a date; None where it has none."""
    issued = cite.get("issued")
    if not isinstance(issued, Mapping):
        return None
    found = _YEAR.search(str(issued.get("raw") or issued.get("date-parts") or issued.get("literal") or ""))
    return int(found.group()) if found else None
