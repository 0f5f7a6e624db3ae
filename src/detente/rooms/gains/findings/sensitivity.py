"""The finding on what a gain turns on: the answering side's where each number is low, and where it is high."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from detente.case.index.channel_variants import ChannelVariant
from detente.case.index.labels import CaseLabels
from detente.results.finding import Finding
from detente.rooms.gains.findings.text import form_words
from detente.rooms.gains.model.number_sensitivity import GainFrequencies
from detente.rooms.gains.model.simulation.results import YearGains
from detente.text.english import join_words, upper_first
from detente.text.number_format import per_hundred

MOST_LISTED = 8
"""Numbers that are told of."""
MOST_NAMED_NUMBERS = 3
NOTABLE_DIFFERENCE = 0.2
"""The difference between the two ends from which a gain is said to turn on a number."""


def sensitivity_finding(
    year: YearGains, channel: str, frequencies: Mapping[ChannelVariant, Sequence[GainFrequencies]], labels: CaseLabels
) -> Finding | None:
    """On which numbers it turns whether the answering side gains; None where none is uncertain or nobody answers."""
    import polars as pl

    if not frequencies:
        return None
    side_name = labels.answering_side()
    rows, sentences = [], []
    for variant, all_numbers in frequencies.items():
        form_phrase, strongest = form_words(year, variant, labels), all_numbers[:MOST_LISTED]
        for ends in strongest:
            lowest, highest = round(100 * ends.lowest), round(100 * ends.highest)
            rows.append({"how": form_phrase, "number": ends.path, "lowest": lowest, "highest": highest})
        notable = [ends for ends in strongest if ends.difference >= NOTABLE_DIFFERENCE][:MOST_NAMED_NUMBERS]
        if notable:
            notable_phrases = join_words(f"{ends.path} ({_ends_phrase(ends)})" for ends in notable)
            sentences.append(f"{form_phrase}, whether {side_name} gains turns most on {notable_phrases}")
    return Finding(
        id=f"turns-on-{channel}",
        title=f"What it turns on: {labels.channel_title(channel)}",
        says=f"{upper_first('; '.join(sentences))}."
        if sentences
        else f"No single number decides whether {side_name} gains.",
        see=f"In how many of 100 draws {side_name} gains: the fifth of them in which a number is lowest, and highest.",
        table=pl.DataFrame(rows),
        headers={"lowest": "where it is lowest", "highest": "where it is highest"},
        method=(
            "The draws are sorted by one number at a time and the first and last fifth are compared; what numbers do "
            "together is not looked at here."
        ),
        rests_on=(channel,),
    )


def _ends_phrase(ends: GainFrequencies) -> str:
    return f"{per_hundred(ends.lowest)} of 100 where it is lowest, {per_hundred(ends.highest)} where highest"
