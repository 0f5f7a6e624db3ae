"""The finding on what it would take: where the answering side begins to gain, along one number at a time."""

from __future__ import annotations

from collections.abc import Iterator

from detente.case.index.channel_variants import ChannelVariant
from detente.case.index.labels import CaseLabels
from detente.results.finding import Finding
from detente.results.table import Column, make_table
from detente.rooms.gains.findings.text import form_words
from detente.rooms.gains.findings.units import FROM_0_TO_1
from detente.rooms.gains.model.break_even import BreakEven
from detente.rooms.gains.model.simulation.results import YearGains
from detente.text.english import join_words
from detente.text.intervals import positive_intervals_phrase, positive_intervals_word, turning_points
from detente.text.levers import lever_name, lever_phrase


def break_even_finding(year: YearGains, break_even: BreakEven, labels: CaseLabels) -> Finding:
    """From where on, or up to where, the answering side gains, everything else at its central estimate."""
    side_name, channel = labels.answering_side(), break_even.channel
    observed_title = labels.channel_title(year.actor_network.observed_channel)
    variants = year.variants_of(channel)
    sentences = [
        f"{form_words(year, variant, labels)}, {_gain_conditions(break_even, variant, side_name, observed_title)}"
        for variant in variants
    ]
    return Finding(
        id=f"takes-{channel}",
        title=f"What it would take: {labels.channel_title(channel)}",
        says=f"Everything else at its central estimate, {'; '.join(sentences)}.",
        see=f"Where {side_name} gains, along each number from 0 to 1, and where the case has it.",
        table=make_table([*_columns(break_even, side_name)], _lever_rows(year, break_even, labels)),
        method=(
            "Changes of sign are looked for in steps of a half per cent along each number, the others at their means. "
            "For the plain model, in which nothing is lost on longer ways, they have closed forms, against "
            "which the model is tested."
        ),
        rests_on=(channel,),
    )


def _columns(break_even: BreakEven, side_name: str) -> Iterator[Column]:
    """Where the side gains along a number, in a word and by as many turning points as any number has."""
    yield Column("run", "the channel is run")
    yield Column("number")
    yield Column("gains", f"{side_name} gains")
    most = max((len(turning_points(intervals)) for intervals in break_even.gain_intervals.values()), default=0)
    for position in range(1, most + 1):
        title = "turning point" if most == 1 else f"turning point {position}"
        yield Column(f"turning_point_{position}", title, "number", FROM_0_TO_1)
    yield Column("now", "central estimate", "number", FROM_0_TO_1)


def _lever_rows(year: YearGains, break_even: BreakEven, labels: CaseLabels) -> Iterator[dict[str, object]]:
    observed_title = labels.channel_title(year.actor_network.observed_channel)
    for variant in year.variants_of(break_even.channel):
        for lever in break_even.levers:
            intervals = break_even.gain_intervals[lever, variant]
            yield {
                "run": form_words(year, variant, labels),
                "number": lever_name(lever.kind, observed_title),
                "gains": positive_intervals_word(intervals),
                **{f"turning_point_{at}": point for at, point in enumerate(turning_points(intervals), start=1)},
                "now": lever.central_value,
            }


def _gain_conditions(break_even: BreakEven, variant: ChannelVariant, side_name: str, observed_title: str) -> str:
    """On what it hangs, in one form, whether the answering side gains."""
    intervals_by_lever = {lever: break_even.gain_intervals[lever, variant] for lever in break_even.levers}
    conditions = [
        f"if {lever_phrase(lever.kind, observed_title)} is {positive_intervals_phrase(intervals)}"
        for lever, intervals in intervals_by_lever.items()
        if turning_points(intervals)
    ]
    if conditions:
        return f"{side_name} gains {join_words(conditions, 'or')}"
    verb = "gains" if any(intervals_by_lever.values()) else "does not gain"
    return f"{side_name} {verb}, whatever any one of these numbers is"
