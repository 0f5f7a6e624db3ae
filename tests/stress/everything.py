"""One case through all that the product does with it: reading, assessing, page, tables, notebook, terminal, exports."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Sequence
from pathlib import Path

from detente.assessment.assess import Assessment, assess, read_case
from detente.assessment.explain import explain
from detente.case.index.source_texts import find_document_texts
from detente.case.loading.load import LoadedCase
from detente.errors import CaseError, DetenteError, Problem
from detente.exchange.dispatch import EXPORT_SUFFIXES, export_file
from detente.exchange.sheets import coding_sheet as sheet
from detente.report.documents.output import DOCUMENT_SUFFIXES, export_document
from detente.report.files import write_report
from detente.report.notebook import render_notebook
from detente.report.terminal import print_explanation, print_summary


def run_everything(case: Path, out: Path) -> str:
    """What came of it: `refused`, with located problems, or `assessed`, with every file written.

    Args:
        case: The file of the case.
        out: A folder that does not exist yet, for what is written.

    Raises:
        AssertionError: If a problem has no place in the case.
    """
    try:
        loaded = read_case(str(case))
    except CaseError as error:
        check_problems(error.problems)
        return "refused"
    out.mkdir()
    assessment = assess(loaded)
    write_report(assessment, out / "report", find_document_texts(loaded.case, None, loaded.folder))
    (out / "notebook.html").write_text(render_notebook(assessment), encoding="utf-8")
    (out / "terminal.txt").write_text(printed(assessment), encoding="utf-8")
    export_all(loaded, out)
    for suffix in DOCUMENT_SUFFIXES:
        export_document(assessment, out / f"whole{suffix}", chapters=True, annex=True)
    return "assessed"


def check_problems(problems: Sequence[Problem]) -> None:
    """That there are some, each with words and a place inside a file.

    Raises:
        AssertionError: If not.
    """
    assert problems
    for problem in problems:
        lines = Path(problem.place.file).read_bytes().count(b"\n") + 1
        assert 1 <= problem.place.line <= lines, problem
        assert problem.message, problem


def printed(assessment: Assessment) -> str:
    """What the terminal shows of an assessment and of some of its entries."""
    with contextlib.redirect_stdout(io.StringIO()) as shown:
        print_summary(assessment)
        for id in [*assessment.loaded.case.motives, *assessment.loaded.case.channels][:2]:
            print_explanation(explain(assessment, id))
    return shown.getvalue()


def export_all(loaded: LoadedCase, out: Path) -> None:
    """Every export that the case has material for, and the coding sheets with their codebook."""
    case, texts = loaded.case, find_document_texts(loaded.case, None, loaded.folder)
    for what, suffixes in EXPORT_SUFFIXES.items():
        for suffix in suffixes:
            with contextlib.suppress(DetenteError):  # the case has nothing of the kind
                export_file(case, what, out / f"{what}{suffix}", texts)
    for units in ("motives", "passages"):
        (out / f"sheet-{units}.csv").write_text(sheet.coding_sheet_csv(case, units, "second", texts), encoding="utf-8")
    (out / "codebook.md").write_text(sheet.codebook_markdown(case), encoding="utf-8")
