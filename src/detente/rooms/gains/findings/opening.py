"""How the chapter on who gains opens, under its headline: a short paragraph and a picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from detente.case.entries.entries import case_inputs
from detente.case.index.labels import GAINS_PATHS, CaseLabels
from detente.methods.offer_model.channel_variants import ChannelVariant
from detente.results.pictures import Bar, RangeRow, RangeRows
from detente.rooms.gains.findings.gain_patterns import told_order
from detente.rooms.gains.findings.text import also_in, form_clause, in_form, percent_size, short_form
from detente.rooms.gains.model.simulation.results import YearGains
from detente.text.english import upper_first, without_article
from detente.text.shares import NEXT_TO_NOTHING, frequency_phrase

MEASURE = "gain or loss, in per cent of all that is at stake"
LEGEND = "Bars hold 90 of 100 simulations, dots mark the average."


def gains_lead(year: YearGains, variants: Sequence[ChannelVariant], labels: CaseLabels) -> str:
    """How often the side that answers gains, beside what, and how far that rests on our estimates."""
    return " ".join(
        sentence
        for sentence in (
            frequency_sentences(year, variants, labels),
            f"Gains are measured against {_baseline_phrase(year, labels)}.",
            _estimates_sentence(labels),
        )
        if sentence
    )


def frequency_sentences(year: YearGains, variants: Sequence[ChannelVariant], labels: CaseLabels) -> str:
    """How often the side that answers gains, each way to run the channel; nothing where nobody answers."""
    actors = year.answering_actors
    if not actors:
        return ""
    shares = [year.outcomes[variant].joint_gain_frequency(actors) for variant in variants]
    side_name = labels.answering_side()
    if len(variants) > 1 and len({frequency_phrase(share) for share in shares}) == 1:
        return f"Whoever runs the channel, {side_name} gains {frequency_phrase(shares[0])}."
    sentences: list[str] = []
    for variant, share in zip(variants, shares, strict=True):
        told = f"it gains {also_in(share)}" if sentences else f"{side_name} gains {frequency_phrase(share)}"
        sentences.append(upper_first(f"{in_form(year, variant, labels)}{told}."))
    return " ".join(sentences)


def _baseline_phrase(year: YearGains, labels: CaseLabels) -> str:
    """`today's ties`, with their title where they have another: `today's ties (“Each city by itself”)`."""
    title = labels.channel_title(year.actor_network.observed_channel)
    return "today's ties" if title.lower() == "today's ties" else f"today's ties (“{title}”)"


def _estimates_sentence(labels: CaseLabels) -> str:
    """How many of the numbers behind this have no source."""
    numbers = [one for one in case_inputs(labels.case) if one.path.startswith(GAINS_PATHS)]
    without_source = sum(not one.has_source for one in numbers)
    if not without_source:
        return ""
    if without_source == len(numbers):
        return "All numbers behind this are our estimates."
    are = "is our estimate" if without_source == 1 else "are our estimates"
    return f"Of {len(numbers)} numbers behind this, {without_source} {are}."


def gains_picture(
    year: YearGains,
    variants: Sequence[ChannelVariant],
    structural_signs: Mapping[ChannelVariant, Sequence[int]],
    most_words: int,
    labels: CaseLabels,
) -> RangeRows:
    """A row for each actor, with what each way to run the channel brings it.

    Args:
        year: The year that is told of.
        variants: The channel in each way to run it that makes a difference.
        structural_signs: By way to run it, the signs that are built in, one for each actor.
        most_words: How many words may stand above it.
        labels: The names of the case.
    """
    moves = (_largest_move_sentence(year, variants, labels, is_short) for is_short in (False, True))
    above = [f"{move} {LEGEND}" for move in moves]
    rows = []
    for actor in told_order(year):
        signs = {structural_signs[variant][actor] for variant in variants}
        rows.append(
            RangeRow(
                label=without_article(labels.party_name(year.actor_network.actors[actor])),
                bars=tuple(gain_bar(year, variant, actor) for variant in variants),
                standing="built in" if len(signs) == 1 and signs != {0} else "found",
                subject=f"actor:{year.actor_network.actors[actor]}",
            )
        )
    return RangeRows(
        says=next((said for said in above if len(said.split()) <= most_words), LEGEND),
        measure=MEASURE,
        series=tuple(short_form(year, variant, labels) for variant in variants),
        rows=tuple(rows),
        axis="signed",
        heading="Who",
    )


def gain_bar(year: YearGains, variant: ChannelVariant, actor: int) -> Bar:
    """The bounds in which 90 of 100 simulations of a gain lie, with its mean."""
    outcome = year.outcomes[variant]
    low, high = outcome.gain_quantiles[:, actor]
    return Bar(float(low), float(high), float(outcome.mean_gain[actor]))


def _largest_move_sentence(
    year: YearGains, variants: Sequence[ChannelVariant], labels: CaseLabels, is_short: bool
) -> str:
    """Whose average gain or loss is the greatest; shorter without saying in which way to run the channel."""
    gain, variant, actor = max(
        (
            (float(year.outcomes[variant].mean_gain[actor]), variant, actor)
            for variant in variants
            for actor in told_order(year)
        ),
        key=lambda one: abs(one[0]),
    )
    if abs(gain) < NEXT_TO_NOTHING:
        return "Nobody gains or loses much on average."
    name = labels.party_name(year.actor_network.actors[actor])
    clause = "" if is_short else form_clause(year, variant, labels)
    size = f"{percent_size(gain)} of all at stake"
    verb = "gains" if gain > 0 else "loses"
    return upper_first(f"{name} {verb} most, {size}{f', {clause}' if clause else ''}.")
