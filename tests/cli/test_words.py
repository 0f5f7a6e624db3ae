"""The help of every command in plain words: short sentences, no word that readers should not meet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
import typer
import typer.main

from detente.cli.app import COMMANDS, app
from tests.plain_words import count_words, word_faults

ONE_LINE = 10_000
"""Columns of a terminal in which no sentence of the help is broken."""
KEY = re.compile(r"`[^`]*`|(?<![\w-])--?[a-z][\w-]*")
"""What is typed as it stands: keys in backticks, and names of options, such as the `--noise` of `play`."""
LONGEST_HELP = 200
"""Words of the help of one command."""


def commands(command: Any, name: str) -> Iterator[tuple[str, str]]:
    """A command and all below it, each by its name, with its help."""
    context = typer.Context(command, info_name=name, terminal_width=ONE_LINE, max_content_width=ONE_LINE)
    yield name, context.get_help()
    for part, inner in getattr(command, "commands", {}).items():
        yield from commands(inner, f"{name} {part}")


HELPS = dict(commands(typer.main.get_command(app), "detente"))


def said(help_text: str) -> Iterator[str]:
    """What a help says, piece by piece: a line, or a cell of what it lists."""
    for line in help_text.splitlines():
        if not line.startswith("Usage:"):
            yield from (re.sub(KEY, "", cell).strip() for cell in re.split(r"\s{2,}", line) if cell.strip())


def faults_of_help(help_text: str) -> list[str]:
    """All that is wrong with the help of a command."""
    return word_faults(said(help_text))


def test_every_command_is_walked():
    assert set(HELPS) == {"detente", *(f"detente {name}" for name in COMMANDS)}


@pytest.mark.parametrize("name", HELPS)
def test_help_is_in_plain_words(name: str):
    assert faults_of_help(HELPS[name]) == []


@pytest.mark.parametrize("name", HELPS)
def test_help_is_short_and_every_option_is_told(name: str):
    assert count_words(HELPS[name]) <= LONGEST_HELP
    options = [line.strip() for line in HELPS[name].splitlines() if line.startswith("  -")]
    assert options
    assert [option for option in options if not re.search(r"\s{2,}\w", option)] == []


@pytest.mark.parametrize(
    "said_wrongly",
    [
        "  --out DIR  What turns on the efficiency of the hub.",
        "Of 100 draws it declines in 4.",
        "  --least N  " + "word " * 26 + ".",
        "  --seed N  By a chance of .5.",
    ],
)
def test_what_is_not_plain_is_found(said_wrongly: str):
    assert faults_of_help(said_wrongly)


@pytest.mark.parametrize(
    "said_rightly", ["  --noise FLOAT  A chance.", "One of `scenario`.", "  --scenario NAME  A what-if."]
)
def test_keys_are_no_words(said_rightly: str):
    assert not faults_of_help(said_rightly)
