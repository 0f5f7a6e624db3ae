"""The finding on what a gain turns on: the answering side's where each number is low, and where it is high."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from detente.case.index.channel_variants import ChannelVariant
from detente.case.index.labels import CaseLabels
from detente.case.index.number_labels import number_label
from detente.results.finding import Finding
from detente.results.table import Column, make_table
from detente.rooms.gains.findings.text import form_words
from detente.rooms.gains.findings.units import SHARE_OF_DRAWS
from detente.rooms.gains.model.number_sensitivity import GainFrequencies
from detente.rooms.gains.model.simulation.results import YearGains
from detente.text.english import join_words, upper_first
from detente.text.number_format import per_hundred

COLUMNS = (
    Column("how"),
    Column("number"),
    Column("path", "where in the case", "id"),
    Column("lowest", "where it is lowest", "of_100", SHARE_OF_DRAWS),
    Column("highest", "where it is highest", "of_100", SHARE_OF_DRAWS),
)
MOST_LISTED = 8
"""Numbers that are told of."""
MOST_NAMED_NUMBERS = 3
NOTABLE_DIFFERENCE = 0.2
"""The difference between the two ends from which a gain is said to turn on a number."""


def sensitivity_finding(
    year: YearGains, channel: str, frequencies: Mapping[ChannelVariant, Sequence[GainFrequencies]], labels: CaseLabels
) -> Finding | None:
    """On which numbers it turns whether the answering side gains; None where none is uncertain or nobody answers."""
    if not frequencies:
        return None
    side_name = labels.answering_side()
    by_form = [(form_words(year, variant, labels), numbers[:MOST_LISTED]) for variant, numbers in frequencies.items()]
    clauses = [
        f"{form_phrase}, whether {side_name} gains turns most on {notable}"
        for form_phrase, strongest in by_form
        if (notable := _notable_numbers(strongest, labels))
    ]
    return Finding(
        id=f"turns-on-{channel}",
        title=f"What it turns on: {labels.channel_title(channel)}",
        says=f"{upper_first('; '.join(clauses))}."
        if clauses
        else f"No single number decides whether {side_name} gains.",
        see=f"In how many of 100 draws {side_name} gains: the fifth of them in which a number is lowest, and highest.",
        table=make_table(COLUMNS, _number_rows(by_form, labels)),
        method=(
            "The draws are sorted by one number at a time and the first and last fifth are compared; what numbers do "
            "together is not looked at here."
        ),
        rests_on=(channel,),
    )


def _number_rows(
    by_form: Sequence[tuple[str, Sequence[GainFrequencies]]], labels: CaseLabels
) -> Iterator[dict[str, object]]:
    """How often the answering side gains at either end of each number, form by form."""
    for form_phrase, numbers in by_form:
        for ends in numbers:
            yield {
                "how": form_phrase,
                "number": number_label(labels.case, ends.path),
                "path": ends.path,
                "lowest": ends.lowest,
                "highest": ends.highest,
            }


def _notable_numbers(numbers: Sequence[GainFrequencies], labels: CaseLabels) -> str:
    """The first of the numbers on which a gain turns, and how; nothing where there is none."""
    notable = [ends for ends in numbers if ends.difference >= NOTABLE_DIFFERENCE][:MOST_NAMED_NUMBERS]
    return join_words(f"{number_label(labels.case, ends.path)} ({_ends_phrase(ends)})" for ends in notable)


def _ends_phrase(ends: GainFrequencies) -> str:
    return f"{per_hundred(ends.lowest)} of 100 where it is lowest, {per_hundred(ends.highest)} where highest"
