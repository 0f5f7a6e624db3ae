"""The document of an assessment: the brief, and after it chapters and annex where they are wanted."""

from __future__ import annotations

from detente.assessment.assess import Assessment
from detente.case.index.source_texts import TextsById
from detente.report.documents.annex_part import annex_blocks
from detente.report.documents.blocks import Block, Document, Heading
from detente.report.documents.brief_part import brief_blocks
from detente.report.documents.chapter_part import chapters_blocks
from detente.report.documents.number_names import brief_numbers


def compose_document(
    assessment: Assessment, chapters: bool = False, annex: bool = False, texts: TextsById | None = None
) -> Document:
    """An assessment as a document.

    Args:
        assessment: What to tell.
        chapters: Whether the chapters follow the brief.
        annex: Whether the annex does.
        texts: The user's copies of the documents, from `find_document_texts`, for the annex to quote passages from.
    """
    is_longer = chapters or annex
    blocks: list[Block] = [Heading(1, "The brief", "brief")] if is_longer else []
    blocks += brief_blocks(assessment, 2 if is_longer else 1)
    blocks += chapters_blocks(assessment) if chapters else ()
    blocks += annex_blocks(assessment, texts or {}) if annex else ()
    case = assessment.loaded.case
    return Document(case.question, case.title, tuple(blocks), brief_numbers(assessment.brief))
