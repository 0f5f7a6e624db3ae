"""The findings on kinds of organisation: in what the two are unlike, what that costs, and what experience taught."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.case.index.labels import CaseLabels
from detente.case.index.number_labels import number_label
from detente.results.finding import Finding
from detente.results.table import Column, make_table
from detente.rooms.gains.findings.units import FROM_0_TO_1
from detente.rooms.gains.model.unlikeness_results import ChannelUnlikeness, DrawnNumber, LearntNumber
from detente.text.english import join_words, lower_first
from detente.text.number_format import format_number

LEARNT_COLUMNS = (
    Column("number", "what is learnt"),
    Column("before", "before", "number", FROM_0_TO_1, bounds=True),
    Column("after", "after", "number", FROM_0_TO_1, bounds=True),
)


def unlikeness_finding(channel: ChannelUnlikeness, labels: CaseLabels) -> Finding:
    """In what two organisations are unlike, and how much less a channel between them gets done for that."""
    first, second = map(labels.party_name, channel.parties)
    left = f"{format_number(channel.efficiency.mean)} of what takes all members"
    alike = f"{format_number(channel.efficiency_if_alike.mean)} if they were alike"
    most = channel.traits[0]
    title = lower_first(labels.case.traits[most.trait].title)
    return Finding(
        id=f"unlikeness-{channel.channel}",
        title="What it costs that the two are unlike",
        says=f"From 0, alike in everything told, to 1, {first} and {second} are "
        f"{format_number(channel.unlikeness.mean)} apart, most of all in “{title}”. So “"
        f"{labels.channel_title(channel.channel)}” gets done {left}, and {alike}: means over the draws. That it is "
        "less is built in; how much less is assumed.",
        table=make_table(tuple(_trait_columns(first, second)), _trait_rows(channel, labels)),
        method="How unlike two are is the weighted mean of their differences over the traits of the case. A channel "
        "that joins them gets done its efficiency, less the cost of unlikeness times that.",
        rests_on=(channel.channel, *(one.trait for one in channel.traits)),
    )


def _trait_columns(first: str, second: str) -> Iterator[Column]:
    yield Column("trait")
    yield Column("first", first, "decimals", FROM_0_TO_1)
    yield Column("second", second, "decimals", FROM_0_TO_1)
    yield Column("difference", "difference", "decimals", FROM_0_TO_1)
    yield Column("share", "of how unlike they are, %", "percent", "share of unlikeness")


def _trait_rows(channel: ChannelUnlikeness, labels: CaseLabels) -> Iterator[dict[str, object]]:
    for one in channel.traits:
        yield {
            "trait": labels.case.traits[one.trait].title,
            "first": one.first,
            "second": one.second,
            "difference": one.difference,
            "share": one.share,
        }


def experience_finding(learnt: Sequence[LearntNumber], labels: CaseLabels) -> Finding | None:
    """What earlier bodies taught, beside what was assumed before; None where they taught nothing."""
    if not learnt:
        return None
    experiences = labels.case.experiences
    bodies = join_words(f"“{lower_first(one.title)}”" for one in experiences.values())
    worked, tried = (sum(getattr(one, name) for one in experiences.values()) for name in ("worked", "tried"))
    told = "; ".join(_change_phrase(one, labels) for one in learnt)
    return Finding(
        id="experience",
        title="What earlier bodies teach",
        says=f"In {bodies} {format_number(worked)} of {format_number(tried)} things tried worked, as the case has it. "
        f"By Bayes, {told}.",
        table=make_table(LEARNT_COLUMNS, (_learnt_row(one, labels) for one in learnt)),
        see="Means over the draws, and the bounds between which 90 of 100 lie.",
        method="Each thing tried worked with the chance that the channel it tells of would have had, less what it "
        "costs that those two are unlike. It counts for as much of one tried in the channel as the case says: a power "
        "prior (Ibrahim and Chen 2000). The cost of unlikeness and the efficiency are learnt together.",
        rests_on=tuple(experiences),
    )


def _change_phrase(one: LearntNumber, labels: CaseLabels) -> str:
    before, after = format_number(one.before.mean), format_number(one.after.mean)
    name = number_label(labels.case, one.path)
    if before == after:
        return f"{name} stays at {after}"
    return f"{name} {'falls' if one.after.mean < one.before.mean else 'rises'} from {before} to {after}"


def _learnt_row(one: LearntNumber, labels: CaseLabels) -> dict[str, object]:
    return {
        "number": number_label(labels.case, one.path),
        **_number_cells("before", one.before),
        **_number_cells("after", one.after),
    }


def _number_cells(name: str, number: DrawnNumber) -> dict[str, object]:
    return {name: number.mean, f"{name}_low": number.low, f"{name}_high": number.high}
