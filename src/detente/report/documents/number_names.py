"""Names for the numbers of the brief, so that a document that can renew its numbers finds each again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from detente.report.documents.blocks import Run, Runs
from detente.results.brief import TestedShare
from detente.text.number_format import per_hundred

NamedNumber = tuple[str, str]
"""A number as it is written, and its name."""


def share_numbers(tests: TestedShare, name: str, is_short: bool = False) -> tuple[NamedNumber, NamedNumber]:
    """The two numbers of a tested share, the lower first, each with its name: `Russia-run strict`.

    Args:
        tests: The two.
        name: What they are numbers of.
        is_short: Whether they are written as in a cell, `<1`, and not as in a sentence.
    """
    names = {"strict": tests.strict.value, "generous": tests.generous.value}
    lower, higher = sorted(names, key=lambda test: (names[test], test != "strict"))
    return (_written(names[lower], is_short), f"{name} {lower}"), (
        _written(names[higher], is_short),
        f"{name} {higher}",
    )


def _written(share: float, is_short: bool) -> str:
    text = per_hundred(share)
    return text.replace("fewer than ", "<").replace("more than ", ">") if is_short else text


def name_numbers(run: Run, numbers: Sequence[NamedNumber]) -> Runs:
    """A run in parts, with the numbers in it that have names, each once and in their order."""
    return tuple(_parts(run, numbers))


def _parts(run: Run, numbers: Sequence[NamedNumber]) -> Iterator[Run]:
    rest = run.text
    for text, name in numbers:
        # No part of another number: `0` is not in `10 of 100`.
        found = re.search(rf"(?<!\d){re.escape(text)}(?!\d)", rest)
        if found is None:
            continue
        if found.start():
            yield replace(run, text=rest[: found.start()])
        yield replace(run, text=text, number_name=name)
        rest = rest[found.end() :]
    if rest:
        yield replace(run, text=rest)
