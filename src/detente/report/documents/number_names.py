"""Names for the numbers of the brief, so that a document that can renew its numbers finds each again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from detente.assessment.brief import Brief
from detente.report.documents.blocks import NamedNumber, Run, Runs
from detente.results.brief import AnswerSlot, TestedShare
from detente.text.number_format import per_hundred

ANSWER_NAME = "answer"
"""What numbers are called where the channel is run in one way only."""
ASSUMED_NAME = "assumed"
"""What the numbers are called, among those of the changes, that nothing was changed for."""


def form_names(answer: AnswerSlot) -> list[str]:
    """What the numbers of each way to run the channel are called."""
    return [form.name or ANSWER_NAME for form in answer.forms]


def row_names(brief: Brief) -> list[str]:
    """What the numbers of each row of the changes are called, that without a change first."""
    return [ASSUMED_NAME, *(change.id for change in brief.changes)]


def brief_numbers(brief: Brief) -> tuple[NamedNumber, ...]:
    """All numbers of the brief that have names: those of the answer, then those of each change."""
    answer = brief.answer
    if answer is None:
        return ()
    names = form_names(answer)
    numbers = [pair for tests, name in zip(answer.tests, names, strict=True) for pair in share_numbers(tests, name)]
    rows = zip(row_names(brief), (answer.tests, *(change.tests for change in brief.changes)), strict=True)
    for row, row_tests in rows:
        for tests, name in zip(row_tests, names, strict=True):
            numbers += share_numbers(tests, f"{row} {name}", is_short=True) if tests else ()
    return tuple(numbers)


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
