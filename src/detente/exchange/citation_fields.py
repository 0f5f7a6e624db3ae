"""What CSL and BibLaTeX call the same things; from the CSL 1.0.2 schema and the BibLaTeX manual, from memory."""

from __future__ import annotations

import re
from typing import Any

Item = dict[str, Any]
"""A CSL-JSON item."""

UNFIT = re.compile("[\ud800-\udfff]")
"""What UTF-8 cannot hold."""

NAMES = (
    "author",
    "editor",
    "translator",
    "collection-editor",
    "container-author",
    "contributor",
    "composer",
    "curator",
    "director",
    "editorial-director",
    "illustrator",
    "interviewer",
    "original-author",
    "producer",
    "recipient",
    "reviewed-author",
)
"""The fields of CSL that hold names."""

DATES = ("issued", "accessed", "available-date", "event-date", "original-date", "submitted")
"""The fields of CSL that hold dates."""

WRITTEN_NAMES = ("author", "editor", "translator")
"""The fields of names that both have, under the same name."""

TYPES = {
    "article-journal": ("article", ""),
    "article-magazine": ("article", "magazine"),
    "article-newspaper": ("article", "newspaper"),
    "book": ("book", ""),
    "chapter": ("incollection", ""),
    "paper-conference": ("inproceedings", ""),
    "report": ("techreport", ""),
    "thesis": ("phdthesis", ""),
    "webpage": ("online", ""),
    "manuscript": ("unpublished", ""),
    "legislation": ("legislation", ""),
    "legal_case": ("jurisdiction", ""),
    "patent": ("patent", ""),
    "dataset": ("dataset", ""),
    "software": ("software", ""),
    "document": ("misc", ""),
}
"""CSL's types as BibLaTeX's, with their `entrysubtype`; any other is a `misc` with CSL's type as its subtype."""

MORE_TYPES = (
    "article",
    "bill",
    "broadcast",
    "hearing",
    "interview",
    "map",
    "motion_picture",
    "pamphlet",
    "personal_communication",
    "post",
    "post-weblog",
    "regulation",
    "review",
    "song",
    "speech",
    "standard",
    "treaty",
)
"""Types of CSL for which BibLaTeX has no common word."""

ALIASES = {
    "inbook": "chapter",
    "bookinbook": "chapter",
    "conference": "paper-conference",
    "report": "report",
    "thesis": "thesis",
    "mastersthesis": "thesis",
    "www": "webpage",
    "electronic": "webpage",
    "collection": "book",
    "proceedings": "book",
    "mvbook": "book",
    "booklet": "pamphlet",
    "manual": "report",
    "letter": "personal_communication",
}
"""Further types of BibTeX and BibLaTeX, and what they are read as."""

TEXTS = {
    "title": "title",
    "title-short": "shorttitle",
    "publisher-place": "address",
    "volume": "volume",
    "page": "pages",
    "edition": "edition",
    "chapter-number": "chapter",
    "collection-title": "series",
    "genre": "type",
    "DOI": "doi",
    "ISBN": "isbn",
    "ISSN": "issn",
    "URL": "url",
    "note": "note",
    "abstract": "abstract",
    "language": "language",
    "keyword": "keywords",
}
"""The texts that are called the same for every type; what differs is in `texts_of`."""

VERBATIM = ("doi", "url")
"""The fields in which LaTeX's characters stand for themselves."""


def texts_of(kind: str) -> dict[str, str]:
    """CSL's texts and BibLaTeX's names for them, in an entry of this type of BibLaTeX."""
    article = kind == "article"
    return TEXTS | {
        "container-title": "journal" if article else "booktitle",
        "publisher": {"techreport": "institution", "phdthesis": "school"}.get(kind, "publisher"),
        "issue": "number" if article else "issue",
        "number": "eid" if article else "number",
    }


READ_AS = {
    "journal": "container-title",
    "journaltitle": "container-title",
    "booktitle": "container-title",
    "publisher": "publisher",
    "institution": "publisher",
    "school": "publisher",
    "organization": "publisher",
    "location": "publisher-place",
    "langid": "language",
    "eid": "number",
    "issue": "issue",
}
"""What BibTeX's other names are read as, whatever the type."""
