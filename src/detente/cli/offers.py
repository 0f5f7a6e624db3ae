"""The command on single offers."""

from __future__ import annotations

from typing import Annotated

import typer

from detente.cli.arguments import CaseArgument, ScenarioOption, SetsOption, parse_changes
from detente.cli.loading import print_warnings


def _listed(text: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in (text or "").split(",") if part.strip())


def judge_one_offer(
    case: CaseArgument,
    made: Annotated[
        str | None, typer.Option("--made", metavar="NAME", help="An offer of the case, under `offers:`.")
    ] = None,
    issues: Annotated[
        str | None, typer.Option("--issues", metavar="A,B", help="What is in it. All issues unless given.")
    ] = None,
    channel: Annotated[str | None, typer.Option("--channel", metavar="NAME", help="Through which channel.")] = None,
    form: Annotated[
        str | None,
        typer.Option("--form", metavar="WAY", help="Run by leading members (`hub`) or all (`collegiate`)."),
    ] = None,
    depth: Annotated[str | None, typer.Option("--depth", metavar="NAME", help="How deep, for all issues.")] = None,
    clauses: Annotated[
        list[str] | None, typer.Option("--clause", metavar="NAME", help="A clause. May be repeated.")
    ] = None,
    concessions: Annotated[
        list[str] | None, typer.Option("--concession", metavar="NAME", help="What is given besides. May be repeated.")
    ] = None,
    scenario: ScenarioOption = None,
    sets: SetsOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the numbers as JSON.")] = False,
) -> None:
    """Say what becomes of one offer, and why."""
    from detente.assessment.agreement import offer_fate
    from detente.assessment.assess import read_case
    from detente.report.offer_lines import offer_json, print_offer

    if issues is not None and not _listed(issues):
        raise typer.BadParameter("name at least one issue, or leave it out for all of them", param_hint="--issues")
    loaded = read_case(case, scenario, parse_changes(sets or []))
    judgement = offer_fate(
        loaded,
        made=made,
        issues=_listed(issues),
        channel=channel,
        form=form,
        depth=depth,
        clauses=clauses or (),
        concessions=concessions or (),
    )
    print_warnings(loaded)
    if as_json:
        typer.echo(offer_json(judgement))
    else:
        print_offer(loaded.case, judgement)
