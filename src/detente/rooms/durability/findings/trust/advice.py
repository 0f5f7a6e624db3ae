"""Which documents advise to begin with an issue."""

from __future__ import annotations

from collections.abc import Iterable

from detente.case.entries.entries import case_entries, nested_locators
from detente.case.schema.case import Case
from detente.text.english import join_words

A_DOCUMENT = "a document"
"""What a document is called to which the case gives no short title."""


def advising_documents(case: Case, claims: Iterable[str]) -> str:
    """The documents that make some claims, by their short titles.

    Args:
        case: The case.
        claims: Ids of its entries.
    """
    entries = case_entries(case)
    documents = dict.fromkeys(
        locator.document
        for id in claims
        if id in entries
        for locator in nested_locators(entries[id].part)
        if locator.document in case.documents
    )
    titles = dict.fromkeys(str(case.documents[id].cite.get("title-short") or A_DOCUMENT) for id in documents)
    return join_words(titles) or A_DOCUMENT
