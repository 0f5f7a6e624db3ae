"""The findings on kinds of organisation: in what the two are unlike, what that costs, and what experience taught."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.case.index.labels import CaseLabels
from detente.results.finding import Finding
from detente.results.table import Column, make_table
from detente.rooms.gains.findings.number_words import plain_number_name
from detente.rooms.gains.findings.units import FROM_0_TO_1
from detente.rooms.gains.model.simulation.results import YearGains
from detente.rooms.gains.model.unlikeness import UNLIKENESS_PATH
from detente.rooms.gains.model.unlikeness_results import ChannelUnlikeness, DrawnNumber, LearntNumber
from detente.text.english import cardinal, count_noun, join_words, lower_first, upper_first
from detente.text.number_format import format_number

LEARNT_COLUMNS = (
    Column("number", "our estimate of"),
    Column("before", "before", "number", FROM_0_TO_1, bounds=True),
    Column("after", "after", "number", FROM_0_TO_1, bounds=True),
)
MOST_NAMED_BODIES = 2
"""Earlier bodies that are named; more are counted."""
MOST_TOLD_CHANGES = 2
"""Estimates whose change the sentences tell; all are in the table."""


def unlikeness_finding(channel: ChannelUnlikeness, labels: CaseLabels) -> Finding:
    """In what two organisations are unlike, and how much less a channel between them gets done for that."""
    first, second = map(labels.party_name, channel.parties)
    done, if_alike = (round(100 * number.mean) for number in (channel.efficiency, channel.efficiency_if_alike))
    apart = round(100 * channel.unlikeness.mean)
    title = lower_first(labels.case.traits[channel.traits[0].trait].title)
    sentences = (
        f"{upper_first(first)} and {second} are {apart} per cent as unlike as two can be, most in “{title}”.",
        f"So the channel gets done {done} per cent of what needs all members. Were they alike, it would be {if_alike}.",
        "That unlikeness costs something is built in; how much is our estimate.",
    )
    return Finding(
        id=f"unlikeness-{channel.channel}",
        title=f"What it costs that {first} and {second} are unlike",
        says=" ".join(sentences),
        see="A trait counts by how far the two are apart in it, and by its weight.",
        table=make_table(tuple(_trait_columns(first, second)), _trait_rows(channel, labels)),
        method="How unlike two are is the weighted mean of their differences over the traits of the case. A channel "
        "that joins them gets done its efficiency, less the cost of unlikeness times that.",
        rests_on=(channel.channel, *(one.trait for one in channel.traits)),
        place="detail",
        question="What it costs that they are unlike",
        short_answer=f"{if_alike} per cent becomes {done}" if done != if_alike else "nothing to speak of",
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


def experience_finding(
    year: YearGains, learnt: Sequence[LearntNumber], channel: str, labels: CaseLabels
) -> Finding | None:
    """What earlier bodies taught, beside what was assumed before; None where they taught nothing.

    Args:
        year: The year that is told of.
        learnt: The numbers that experience bears on, before and after it.
        channel: The channel that is simply called `the channel`.
        labels: The names of the case.
    """
    if not learnt:
        return None
    experiences = labels.case.experiences
    titles = [f"“{lower_first(one.title)}”" for one in experiences.values()]
    bodies = join_words(titles) if len(titles) <= MOST_NAMED_BODIES else f"{cardinal(len(titles))} earlier bodies"
    worked, tried = (sum(getattr(one, name) for one in experiences.values()) for name in ("worked", "tried"))
    by_change = sorted(learnt, key=lambda one: -abs(one.after.mean - one.before.mean))
    told = sorted(by_change, key=lambda one: one.path != f"channels.{channel}.efficiency")[:MOST_TOLD_CHANGES]
    sentences = [
        f"In {bodies}, {format_number(worked)} of {format_number(tried)} things tried worked, by our reading.",
        *(_change_sentence(year, one, channel, labels, position > 0) for position, one in enumerate(told)),
    ]
    if others := len(learnt) - len(told):
        are = "is" if others == 1 else "are"
        sentences.append(f"{upper_first(count_noun(others, 'other estimate'))} {are} in the table.")
    return Finding(
        id="experience",
        title="What earlier bodies teach",
        says=" ".join(sentences),
        table=make_table(LEARNT_COLUMNS, (_learnt_row(year, one, channel, labels) for one in learnt)),
        see="Each number is an average, with the bounds that hold 90 of 100 simulations.",
        method="Each thing tried worked with the chance that the channel it tells of would have had, less what it "
        "costs that those two are unlike. It counts for as much of one tried in the channel as the case says: a power "
        "prior (Ibrahim and Chen 2000). The cost of unlikeness and the efficiency are learnt together.",
        rests_on=tuple(experiences),
        place="detail",
        question="What earlier bodies teach",
        short_answer=_lesson(by_change[0]),
    )


def _lesson(one: LearntNumber) -> str:
    """Whether cooperation works less well than was assumed, by the number that changed most."""
    change = round(100 * one.after.mean) - round(100 * one.before.mean)
    if not change:
        return "nothing new"
    is_worse = change > 0 if one.path == UNLIKENESS_PATH else change < 0
    return "less works than we assumed" if is_worse else "more works than we assumed"


def _change_sentence(year: YearGains, one: LearntNumber, channel: str, labels: CaseLabels, is_further: bool) -> str:
    before, after = round(100 * one.before.mean), round(100 * one.after.mean)
    estimate = f"{'that' if is_further else 'our estimate'} of {plain_number_name(year, one.path, channel, labels)}"
    subject = "It" if is_further else "That"
    if before == after:
        return f"{subject} leaves {estimate} at {after} per cent."
    return f"{subject} {'lowers' if after < before else 'raises'} {estimate} from {before} to {after} per cent."


def _learnt_row(year: YearGains, one: LearntNumber, channel: str, labels: CaseLabels) -> dict[str, object]:
    return {
        "number": plain_number_name(year, one.path, channel, labels),
        **_number_cells("before", one.before),
        **_number_cells("after", one.after),
    }


def _number_cells(name: str, number: DrawnNumber) -> dict[str, object]:
    return {name: number.mean, f"{name}_low": number.low, f"{name}_high": number.high}
