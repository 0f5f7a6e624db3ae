"""Bibliographies: BibTeX, CSL-JSON, Zotero."""
