"""Commands on assessments: make one, hold two side by side, explain what is in one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from detente.cli.arguments import CaseArgument, DocumentsOption, ScenarioOption, SetsOption
from detente.cli.loading import find_texts, load_or_assess, print_warnings, read_and_assess
from detente.cli.progress import progress_line


def run_case(
    case: CaseArgument,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="DIR", help="The folder for the report. Unless given: CASE-report, here."),
    ] = None,
    scenario: ScenarioOption = None,
    sets: SetsOption = None,
    documents: DocumentsOption = None,
    deep: Annotated[
        bool,
        typer.Option(
            "--deep",
            help="Work out what takes many simulations more: how rare an answer is, how often each number alone "
            "reverses it, and where it is a yes. Takes about a minute, and half a minute once to compile.",
        ),
    ] = False,
    sweep: Annotated[
        Path | None,
        typer.Option("--sweep", metavar="DIR", help="Tell what a sweep of this case found, too, from its folder."),
    ] = None,
    open_page: Annotated[
        bool, typer.Option("--open", help="Show the page in your browser once it is written.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="Print only where the page is.")] = False,
    as_json: Annotated[
        bool,
        typer.Option("--json", help="Print the assessment as JSON. No report is written, unless --out says where."),
    ] = False,
) -> None:
    """Assess a case. Prints the short answer and writes the page, JSON and tables."""
    if quiet and as_json:
        raise typer.BadParameter(
            "--json prints the assessment, --quiet only where the page is; choose one", param_hint="--quiet"
        )
    if open_page and as_json and not out:
        raise typer.BadParameter("--json writes no page to show, unless --out says where", param_hint="--open")
    with progress_line() as step:
        step("Reading the case")
        assessment = read_and_assess(case, scenario, sets, step, deep=deep)
        if sweep:
            from detente.report.sweep_finding import with_sweep
            from detente.sweeps.sweep import read_sweep

            assessment = with_sweep(assessment, read_sweep(sweep))
        step("Writing the report")
        from detente.report.files import write_report

        page_file = None
        if out or not as_json:
            folder = out or Path(f"{assessment.loaded.case.id}{f'-{scenario}' if scenario else ''}-report")
            page_file = write_report(assessment, folder, find_texts(assessment.loaded, documents))
    print_warnings(assessment.loaded)
    if as_json:
        from detente.assessment.json_format import to_json, to_saved

        typer.echo(to_json(to_saved(assessment)), nl=False)
    elif page_file is not None and quiet:
        typer.echo(page_file.resolve())
    elif page_file is not None:
        from detente.report.terminal import print_summary

        print_summary(assessment)
        typer.echo(f"\nThe page: {page_file.resolve()}")
    if page_file is not None and open_page:
        _show_in_browser(page_file)


def _show_in_browser(page_file: Path) -> None:
    """Shows a page in the reader's browser; where there is none, says so."""
    import webbrowser

    if not webbrowser.open(page_file.resolve().as_uri()):
        typer.echo("detente: no browser was found to show the page in", err=True)


def compare_cases(
    a: Annotated[
        str, typer.Argument(metavar="A", help="A case, a what-if of a case as CASE@NAME, or a saved assessment.json.")
    ],
    b: Annotated[str, typer.Argument(metavar="B", help="What to compare A with, given in the same way.")],
) -> None:
    """Compare two cases, what-ifs or saved assessments. Says which inputs differ and which results moved."""
    from detente.assessment.compare import compare
    from detente.report.terminal import print_comparison

    with progress_line() as step:
        before, after = load_or_assess(a, step), load_or_assess(b, step)
        result = compare(before, after)
    print_comparison(a, b, result)


def explain_id(
    case: CaseArgument,
    id: Annotated[str, typer.Argument(metavar="ID", help="An id or path of the case, e.g. network.observed.")],
    scenario: ScenarioOption = None,
    documents: DocumentsOption = None,
) -> None:
    """Explain an id or a path of a case. Says what it is, where it comes from, and what rests on it."""
    from detente.assessment.explain import explain
    from detente.report.terminal import print_explanation

    assessment = read_and_assess(case, scenario, None, lambda step: None)
    print_explanation(explain(assessment, id, find_texts(assessment.loaded, documents)))
