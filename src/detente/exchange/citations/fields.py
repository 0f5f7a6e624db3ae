"""What CSL and BibLaTeX call the same things.

CSL's names are those of its schema (schemas/input/csl-data.json of citation-style-language/schema); BibLaTeX's, and
what stands for what, are from its manual, from memory, and as pandoc has them (Text.Pandoc.Citeproc.BibTeX).
"""

from __future__ import annotations

from typing import Any

CslItem = dict[str, Any]
"""A CSL-JSON item."""

NAME_FIELDS = (
    "author",
    "editor",
    "translator",
    "chair",
    "collection-editor",
    "compiler",
    "composer",
    "container-author",
    "contributor",
    "curator",
    "director",
    "editor-translator",
    "editorial-director",
    "executive-producer",
    "guest",
    "host",
    "illustrator",
    "interviewer",
    "narrator",
    "organizer",
    "original-author",
    "performer",
    "producer",
    "recipient",
    "reviewed-author",
    "script-writer",
    "series-creator",
)
"""The fields of CSL that hold names."""

DATE_FIELDS = ("issued", "accessed", "available-date", "event-date", "original-date", "submitted")
"""The fields of CSL that hold dates."""

BIBLATEX_NAME_FIELDS = {
    "author": "author",
    "editor": "editor",
    "translator": "translator",
    "container-author": "bookauthor",
}
"""The fields of names that both have: CSL's name and BibLaTeX's."""

BIBLATEX_DATE_FIELDS = {"accessed": "urldate", "original-date": "origdate", "event-date": "eventdate"}
"""The dates besides `issued` that both have: CSL's name and BibLaTeX's."""

BIBLATEX_TYPES = {
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

CSL_ONLY_TYPES = (
    "article",
    "entry-dictionary",
    "entry-encyclopedia",
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

CSL_TYPE_ALIASES = {
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
    "mvcollection": "book",
    "mvproceedings": "book",
    "reference": "book",
    "mvreference": "book",
    "inreference": "entry-encyclopedia",
    "suppbook": "chapter",
    "suppcollection": "chapter",
    "suppperiodical": "article-journal",
    "periodical": "article-journal",
    "newsarticle": "article-newspaper",
    "movie": "motion_picture",
    "video": "motion_picture",
    "booklet": "pamphlet",
    "manual": "report",
    "letter": "personal_communication",
}
"""Further types of BibTeX and BibLaTeX, and what they are read as."""

BIBLATEX_TEXT_FIELDS = {
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
    "annote": "annotation",
    "status": "pubstate",
    "version": "version",
    "container-title-short": "shortjournal",
    "original-title": "origtitle",
    "event-title": "eventtitle",
    "event-place": "venue",
    "number-of-pages": "pagetotal",
    "number-of-volumes": "volumes",
    "call-number": "library",
    "PMID": "pmid",
    "PMCID": "pmcid",
}
"""The texts that are called the same for every type; what differs is in `texts_of`."""

VERBATIM_FIELDS = ("doi", "url")
"""The fields in which LaTeX's characters stand for themselves."""


def text_fields_of_type(biblatex_type: str) -> dict[str, str]:
    """CSL's texts and BibLaTeX's names for them, in an entry of this type of BibLaTeX."""
    is_article = biblatex_type == "article"
    return BIBLATEX_TEXT_FIELDS | {
        "container-title": "journal" if is_article else "booktitle",
        "publisher": {"techreport": "institution", "phdthesis": "school"}.get(biblatex_type, "publisher"),
        "issue": "number" if is_article else "issue",
        "number": "eid" if is_article else "number",
    }


CSL_FIELD_ALIASES = {
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
    "annote": "annote",
    "event": "event-title",
}
"""What BibTeX's other names are read as, whatever the type."""

TITLE_FIELDS = ("title", "booktitle", "journaltitle", "journal")
"""The titles of BibLaTeX that may have a subtitle and an addition, each in a field of its own."""


def subtitle_fields(title: str) -> tuple[str, str]:
    """The fields of a title's subtitle and addition: `booksubtitle`, `booktitleaddon`."""
    stem = title.removesuffix("title")
    return f"{stem}subtitle", f"{stem}titleaddon"


def join_title(main: str, subtitle: str, addition: str = "") -> str:
    """A title with its subtitle after a colon, its addition after a full stop; no sign where there is one."""
    for sign, part in ((":", subtitle), (".", addition)):
        if part:
            main = f"{main}{'' if main.endswith(tuple('!?.,:;')) else sign} {part}" if main else part
    return main


CONTAINED_TYPES = ("incollection", "inbook", "inproceedings", "conference", "bookinbook", "inreference", "suppbook")
"""Types of BibTeX whose `crossref` is the book they are part of."""

UNINHERITED_FIELDS = frozenset(
    (
        *("crossref", "xref", "xdata", "ids", "entryset", "entrysubtype", "execute", "label", "options", "presort"),
        *("related", "relatedoptions", "relatedstring", "relatedtype", "shorthand", "shorthandintro", "sortkey"),
        *("shorttitle", "sorttitle", "indextitle", "indexsorttitle", "abstract", "annotation", "annote", "file"),
        *("keywords", "pages"),
    )
)
"""Fields that an entry does not inherit (BibLaTeX's manual, appendix B), or that are about the parent alone."""

ISSUE_DATE_FIELDS = frozenset(("date", "year", "month", "day"))
"""The fields of BibTeX that say when a thing was issued: inherited together or not at all."""
