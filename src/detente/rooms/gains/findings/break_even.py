"""The finding on what it would take: where the answering side begins to gain, along one number at a time."""

from __future__ import annotations

from collections.abc import Iterator

from detente.case.index.labels import CaseLabels
from detente.methods.offer_model.channel_variants import ChannelVariant
from detente.results.finding import Finding
from detente.results.table import Column, make_table
from detente.rooms.gains.findings.text import form_clause, form_words, in_form
from detente.rooms.gains.findings.units import FROM_0_TO_1
from detente.rooms.gains.model.break_even import BreakEven
from detente.rooms.gains.model.one_at_a_time import ChannelLever
from detente.rooms.gains.model.simulation.results import YearGains
from detente.text.english import join_words
from detente.text.intervals import positive_intervals_word, turning_points
from detente.text.levers import lever_condition, lever_limit, lever_name


def break_even_sentences(year: YearGains, break_even: BreakEven, labels: CaseLabels) -> Iterator[str]:
    """The nearest point at which the answering side begins or ceases to gain, each way to run the channel."""
    points: dict[tuple[str, str], list[tuple[ChannelVariant, float]]] = {}
    for variant in year.variants_of(break_even.channel):
        if (lever := _nearest_lever(break_even, variant)) is not None:
            intervals = break_even.gain_intervals[lever, variant]
            direction = positive_intervals_word(intervals)
            points.setdefault((lever.kind, direction), []).append((variant, turning_points(intervals)[0]))
    for (kind, direction), by_variant in points.items():
        condition = lever_limit(kind, direction == "below")
        yield f"At our middle estimates, {labels.answering_side()} gains if {condition}."
        parts = [
            f"{round(100 * point)}{' per cent' if not position else ''} {form_clause(year, variant, labels)}".strip()
            for position, (variant, point) in enumerate(by_variant)
        ]
        yield f"The limit is {', and '.join(parts)}."


def _nearest_lever(break_even: BreakEven, variant: ChannelVariant) -> ChannelLever | None:
    """The lever that has the least way to go to the one point where the gain changes; None where there is none."""
    distances = {
        lever: abs(points[0] - lever.central_value)
        for lever in break_even.levers
        if len(points := turning_points(break_even.gain_intervals[lever, variant])) == 1
    }
    return min(distances, key=lambda lever: distances[lever], default=None)


def break_even_finding(year: YearGains, break_even: BreakEven, labels: CaseLabels) -> Finding:
    """From where on, or up to where, the answering side gains, everything else at its central estimate."""
    side_name, channel = labels.answering_side(), break_even.channel
    sentences = [_gain_conditions(year, break_even, variant, labels) for variant in year.variants_of(channel)]
    return Finding(
        id=f"takes-{channel}",
        title=f"What it would take: {labels.channel_title(channel)}",
        says=f"Everything else is at its middle estimate. {' '.join(sentences)}",
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
    yield Column("now", "middle estimate", "number", FROM_0_TO_1)


def _lever_rows(year: YearGains, break_even: BreakEven, labels: CaseLabels) -> Iterator[dict[str, object]]:
    for variant in year.variants_of(break_even.channel):
        for lever in break_even.levers:
            intervals = break_even.gain_intervals[lever, variant]
            yield {
                "run": form_words(year, variant, labels),
                "number": lever_name(lever.kind),
                "gains": positive_intervals_word(intervals),
                **{f"turning_point_{at}": point for at, point in enumerate(turning_points(intervals), start=1)},
                "now": lever.central_value,
            }


def _gain_conditions(year: YearGains, break_even: BreakEven, variant: ChannelVariant, labels: CaseLabels) -> str:
    """On what it hangs, run one way, whether the answering side gains."""
    clause, side_name = form_clause(year, variant, labels), labels.answering_side()
    run = f" {clause}" if clause else ""
    conditions = [
        f"if {lever_condition(lever.kind, intervals)}"
        for lever in break_even.levers
        if turning_points(intervals := break_even.gain_intervals[lever, variant])
    ]
    if conditions:
        return f"{in_form(year, variant, labels)}{side_name} gains {join_words(conditions, 'or')}."
    gains = any(break_even.gain_intervals[lever, variant] for lever in break_even.levers)
    return f"{side_name} {'gains' if gains else 'does not gain'}{run}, whatever any one of these numbers is."
