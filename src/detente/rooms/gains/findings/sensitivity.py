"""The finding on what a gain turns on: the answering side's where each number is low, and where it is high."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.results.finding import Finding
from detente.rooms.gains.findings.labels import GainsLabels, answering_actors
from detente.rooms.gains.model.model import ChannelVariant
from detente.rooms.gains.model.results import TOLERANCE, YearGains
from detente.text.english import join_words, upper_first
from detente.text.number_format import per_hundred

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MOST_LISTED = 8
"""Numbers that are told of."""
MOST_NAMED = 3
NOTABLE_DIFFERENCE = 0.2
"""The difference between the two ends from which a gain is said to turn on a number."""


def sensitivity_finding(year: YearGains, channel: str, labels: GainsLabels) -> Finding | None:
    """On which numbers it turns whether the answering side gains; None where none is uncertain or nobody answers."""
    import numpy as np
    import polars as pl

    answering_side = answering_actors(year.model.case, year.actor_network)
    varying = {path: values for path, values in year.parameter_values.items() if np.ptp(values) > 0}
    if not varying or not answering_side:
        return None
    side_name = labels.answering_side()
    rows, sentences = [], []
    for form in year.forms_of(channel):
        variant = ChannelVariant(channel, form)
        gains = year.outcomes[variant].gains[:, answering_side].sum(axis=1) > TOLERANCE
        frequencies_at_ends = {path: _gain_frequency_at_ends(gains, values) for path, values in varying.items()}
        strongest = sorted(
            frequencies_at_ends, key=lambda path: -abs(frequencies_at_ends[path][1] - frequencies_at_ends[path][0])
        )[:MOST_LISTED]
        for path in strongest:
            low, high = frequencies_at_ends[path]
            form_phrase = labels.form_phrase(year.actor_network, variant)
            rows.append({"how": form_phrase, "number": path, "lowest": round(100 * low), "highest": round(100 * high)})
        notable = [
            path
            for path in strongest
            if abs(frequencies_at_ends[path][1] - frequencies_at_ends[path][0]) >= NOTABLE_DIFFERENCE
        ]
        if notable:
            notable_phrases = [f"{path} ({_ends_phrase(*frequencies_at_ends[path])})" for path in notable[:MOST_NAMED]]
            sentences.append(
                f"{labels.form_phrase(year.actor_network, variant)}, whether {side_name} gains turns most on {join_words(notable_phrases)}"
            )
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


def _ends_phrase(low: float, high: float) -> str:
    return f"{per_hundred(low)} of 100 where it is lowest, {per_hundred(high)} where highest"


def _gain_frequency_at_ends(gains: NDArray[np.bool_], values: NDArray[np.float64]) -> tuple[float, float]:
    """How often it gains in the fifth of the draws in which a number is lowest, and highest."""
    import numpy as np

    order = np.argsort(values, kind="stable")
    fifth = max(len(order) // 5, 1)
    return float(gains[order[:fifth]].mean()), float(gains[order[-fifth:]].mean())
