"""What commands take: arguments and options that several of them share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

CaseArgument = Annotated[
    str, typer.Argument(metavar="CASE", help="The name of a bundled case, a folder with a case.yaml, or a file.")
]
ScenarioOption = Annotated[
    str | None,
    typer.Option("--scenario", metavar="NAME", help="Assess a what-if that the case names under `scenarios:`."),
]
SetsOption = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="PATH=VALUE", help="Give one value of the case, as YAML. May be repeated."),
]
DocumentsOption = Annotated[
    Path | None,
    typer.Option(
        "--documents",
        metavar="DIR",
        exists=True,
        file_okay=False,
        help="The folder with your own copies of the documents. Their passages are then quoted.",
    ),
]


def parse_changes(assignments: list[str]) -> dict[str, str]:
    """The paths and values of `--set PATH=VALUE`."""
    changes = {}
    for assignment in assignments:
        path, equals, value = assignment.partition("=")
        if not equals or not path.strip():
            raise typer.BadParameter(
                f"'{assignment}' is not of the kind PATH=VALUE, e.g. evidence.secondary=0.5", param_hint="--set"
            )
        if not (path + value).isprintable() or not _is_encodable(assignment):
            raise typer.BadParameter(f"{assignment!r} holds signs that are not text", param_hint="--set")
        changes[path.strip()] = value
    return changes


def _is_encodable(text: str) -> bool:
    """Whether a word of the command line was text in the terminal's encoding."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
