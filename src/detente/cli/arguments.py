"""What commands take: arguments and options that several of them share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

CaseArgument = Annotated[
    str, typer.Argument(metavar="CASE", help="A bundled case, a folder with a case.yaml, or a file.")
]
ScenarioOption = Annotated[str | None, typer.Option("--scenario", metavar="NAME", help="One of the case's scenarios.")]
SetsOption = Annotated[
    list[str] | None, typer.Option("--set", metavar="PATH=VALUE", help="A path of the case and its value, as YAML.")
]
DocumentsOption = Annotated[
    Path | None,
    typer.Option(
        "--documents",
        metavar="DIR",
        exists=True,
        file_okay=False,
        help="A folder with your own copies of the documents.",
    ),
]


def parse_changes(assignments: list[str]) -> dict[str, str]:
    """The paths and values of `--set PATH=VALUE`."""
    changes = {}
    for assignment in assignments:
        path, equals, value = assignment.partition("=")
        if not equals or not path.strip():
            raise typer.BadParameter(
                f"'{assignment}' is no PATH=VALUE, e.g. evidence.secondary=0.5", param_hint="--set"
            )
        if not (path + value).isprintable() or not _is_encodable(assignment):
            raise typer.BadParameter(f"{assignment!r} holds what is no text", param_hint="--set")
        changes[path.strip()] = value
    return changes


def _is_encodable(text: str) -> bool:
    """Whether a word of the command line was text in the terminal's encoding."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
