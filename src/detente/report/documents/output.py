"""Documents on disk: a new file by its ending, with its figures beside it where it has any; all of it or nothing."""

from __future__ import annotations

import os
from pathlib import Path

from detente.assessment.assess import Assessment
from detente.case.index.source_texts import TextsById
from detente.errors import OutputError, printable_text
from detente.files.atomic_write import write_new_files
from detente.report.documents.compose import compose_document

DOCUMENT_SUFFIXES = (".docx", ".md", ".tex")


def check_document_file(file: Path) -> None:
    """That a document can be told by the ending of its name, and would take nobody's place.

    Raises:
        OutputError: If the name ends otherwise, or if the file or the folder of its figures exists.
    """
    name = printable_text(str(file))[:200]
    suffix = file.suffix.lower()
    if suffix not in DOCUMENT_SUFFIXES:
        endings = f"{', '.join(DOCUMENT_SUFFIXES[:-1])} or {DOCUMENT_SUFFIXES[-1]}"
        raise OutputError(f"the name of the document should end in {endings}, not be '{name}'")
    for path in (file, figures_folder(file)) if suffix == ".tex" else (file,):
        if os.path.lexists(path):
            shown = printable_text(str(path))[:200]
            raise OutputError(f"'{shown}' exists already; nothing was written. Name another place, or move it away")


def figures_folder(file: Path) -> Path:
    """Where the figures of a .tex file lie: `brief-figures` beside `brief.tex`."""
    return file.with_name(f"{file.stem}-figures")


def export_document(
    assessment: Assessment,
    file: Path,
    chapters: bool = False,
    annex: bool = False,
    texts: TextsById | None = None,
) -> Path | None:
    """Writes an assessment as a document that does not exist yet; returns the folder of its figures, if it has one.

    Args:
        assessment: What to write.
        file: Where; by its ending a document for Word (.docx), Markdown (.md) or LaTeX (.tex).
        chapters: Whether the chapters follow the brief.
        annex: Whether the annex does.
        texts: The user's copies of the documents, from `find_document_texts`, for the annex to quote passages from.

    Raises:
        OutputError: If the file or its folder of figures exists, cannot be written, or is called otherwise.
    """
    check_document_file(file)
    document = compose_document(assessment, chapters, annex, texts)
    folder = figures_folder(file)
    files: dict[Path, str | bytes] = {}
    match file.suffix.lower():
        case ".md":
            from detente.report.documents.markdown import render_markdown

            files[file] = render_markdown(document)
        case ".docx":
            from detente.report.documents.word import render_word

            files[file] = render_word(document)
        case _:
            from detente.report.documents.latex import render_latex

            text, figures = render_latex(document, folder.name)
            files[file] = text
            files |= {folder / name: content for name, content in figures.items()}
    write_new_files(files)
    return folder if len(files) > 1 else None
