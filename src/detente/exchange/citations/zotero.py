"""Items as Zotero's web API and its own exports have them (`itemType`, `creators`), as CSL-JSON items.

Zotero's names are those of its schema (schema.json of zotero/zotero-schema); what they are in CSL is from memory, and
only what has one plain counterpart is taken over.
"""

from __future__ import annotations

from typing import Any

CSL_TYPES = {
    "journalArticle": "article-journal",
    "magazineArticle": "article-magazine",
    "newspaperArticle": "article-newspaper",
    "book": "book",
    "bookSection": "chapter",
    "encyclopediaArticle": "entry-encyclopedia",
    "dictionaryEntry": "entry-dictionary",
    "conferencePaper": "paper-conference",
    "report": "report",
    "thesis": "thesis",
    "webpage": "webpage",
    "blogPost": "post-weblog",
    "forumPost": "post",
    "manuscript": "manuscript",
    "letter": "personal_communication",
    "email": "personal_communication",
    "interview": "interview",
    "presentation": "speech",
    "map": "map",
    "film": "motion_picture",
    "videoRecording": "motion_picture",
    "tvBroadcast": "broadcast",
    "radioBroadcast": "broadcast",
    "podcast": "broadcast",
    "audioRecording": "song",
    "artwork": "graphic",
    "bill": "bill",
    "statute": "legislation",
    "case": "legal_case",
    "hearing": "hearing",
    "patent": "patent",
    "computerProgram": "software",
    "dataset": "dataset",
    "standard": "standard",
    "preprint": "article",
    "document": "document",
}
"""Zotero's types as CSL's."""
UNCITED_TYPES = ("attachment", "note", "annotation")
"""Zotero's items that are no publications."""

CREATOR_FIELDS = {
    "bookAuthor": "container-author",
    "seriesEditor": "collection-editor",
    "reviewedAuthor": "reviewed-author",
    "interviewer": "interviewer",
    "recipient": "recipient",
    "director": "director",
    "composer": "composer",
    "editor": "editor",
    "translator": "translator",
    "contributor": "contributor",
    "interviewee": "author",
    "author": "author",
}
"""Zotero's kinds of creators as CSL's; whoever is none of these is an author, as Zotero has it for its main ones."""

CSL_FIELDS = {
    "title": "title",
    "caseName": "title",
    "nameOfAct": "title",
    "subject": "title",
    "shortTitle": "title-short",
    "publicationTitle": "container-title",
    "bookTitle": "container-title",
    "proceedingsTitle": "container-title",
    "encyclopediaTitle": "container-title",
    "dictionaryTitle": "container-title",
    "websiteTitle": "container-title",
    "blogTitle": "container-title",
    "forumTitle": "container-title",
    "programTitle": "container-title",
    "journalAbbreviation": "container-title-short",
    "series": "collection-title",
    "seriesTitle": "collection-title",
    "seriesNumber": "collection-number",
    "publisher": "publisher",
    "institution": "publisher",
    "university": "publisher",
    "studio": "publisher",
    "company": "publisher",
    "place": "publisher-place",
    "conferenceName": "event-title",
    "meetingName": "event-title",
    "volume": "volume",
    "issue": "issue",
    "pages": "page",
    "edition": "edition",
    "section": "section",
    "reportNumber": "number",
    "billNumber": "number",
    "patentNumber": "number",
    "docketNumber": "number",
    "number": "number",
    "numPages": "number-of-pages",
    "numberOfVolumes": "number-of-volumes",
    "reportType": "genre",
    "thesisType": "genre",
    "letterType": "genre",
    "manuscriptType": "genre",
    "websiteType": "genre",
    "abstractNote": "abstract",
    "DOI": "DOI",
    "ISBN": "ISBN",
    "ISSN": "ISSN",
    "url": "URL",
    "language": "language",
    "archive": "archive",
    "archiveLocation": "archive_location",
    "callNumber": "call-number",
    "libraryCatalog": "source",
    "rights": "license",
    "versionNumber": "version",
    "extra": "note",
    "date": "issued",
    "dateDecided": "issued",
    "dateEnacted": "issued",
    "issueDate": "issued",
    "accessDate": "accessed",
}
"""Zotero's fields as CSL's."""
ZOTERO_ONLY_FIELDS = frozenset(
    (
        *("key", "version", "itemType", "creators", "tags", "collections", "relations", "dateAdded"),
        *("dateModified", "library", "links", "meta", "deleted", "parentItem", "itemID", "itemKey", "uri"),
        *("libraryID", "citationKey", "citekey", "attachments", "notes", "select", "id", "inPublications"),
    )
)
"""Fields by which Zotero keeps its house, and those read otherwise."""


def is_zotero_item(item: dict[str, Any]) -> bool:
    """Whether an item is in Zotero's terms, and not in CSL's."""
    return isinstance(item.get("itemType"), str) and "type" not in item


def csl_from_zotero(item: dict[str, Any]) -> dict[str, Any]:
    """Zotero's item in CSL's fields; a field without a counterpart stays under its own name."""
    csl_item: dict[str, Any] = {
        "id": next((item[n] for n in ("citationKey", "citekey", "key", "id") if item.get(n)), "")
    }
    csl_item["type"] = CSL_TYPES.get(item["itemType"], "document")
    for name, value in item.items():
        if name not in ZOTERO_ONLY_FIELDS and value not in ("", None, []):
            csl_item.setdefault(CSL_FIELDS.get(name, name), value)
    if keywords := _join_keywords(item.get("tags")):
        csl_item["keyword"] = keywords
    creators = item.get("creators")
    for creator in creators if isinstance(creators, list) else ():
        if isinstance(creator, dict):
            kind = CREATOR_FIELDS.get(str(creator.get("creatorType")), "author")
            csl_item.setdefault(kind, []).append(_csl_name(creator))
    return csl_item


def _csl_name(creator: dict[str, Any]) -> dict[str, Any]:
    if creator.get("name"):
        return {"literal": creator["name"]}
    return {
        csl: creator[zotero_field]
        for zotero_field, csl in (("lastName", "family"), ("firstName", "given"))
        if creator.get(zotero_field)
    }


def _join_keywords(tags: Any) -> str:
    words = [tag.get("tag") if isinstance(tag, dict) else tag for tag in tags] if isinstance(tags, list) else []
    return ", ".join(word for word in words if isinstance(word, str))
