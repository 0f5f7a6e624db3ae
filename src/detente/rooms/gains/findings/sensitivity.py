"""The finding on what a gain depends on: the answering side's where each number is low, and where it is high."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from detente.case.index.labels import CaseLabels
from detente.methods.offer_model.channel_variants import ChannelVariant
from detente.results.finding import Finding, FindingPlace
from detente.results.pictures import Bar, RangeRow, RangeRows
from detente.results.table import Column, make_table
from detente.rooms.gains.findings.break_even import break_even_sentences
from detente.rooms.gains.findings.number_words import plain_number_name
from detente.rooms.gains.findings.text import fitting_answer, form_words, in_form, short_form
from detente.rooms.gains.findings.units import SHARE_OF_SIMULATIONS
from detente.rooms.gains.model.break_even import BreakEven
from detente.rooms.gains.model.number_sensitivity import GainFrequencies
from detente.rooms.gains.model.simulation.results import YearGains
from detente.text.english import upper_first
from detente.text.shares import frequency_phrase, in_share

COLUMNS = (
    Column("how", "the channel is run"),
    Column("number"),
    Column("path", "where in the case", "id"),
    Column("lowest", "where it is lowest", "of_100", SHARE_OF_SIMULATIONS),
    Column("highest", "where it is highest", "of_100", SHARE_OF_SIMULATIONS),
)
MOST_LISTED = 8
"""Numbers of which the table tells, each way to run the channel."""
MOST_PICTURED = 5
"""Numbers that the picture shows."""
NOTABLE_DIFFERENCE = 0.2
"""The difference between the two ends from which a gain is said to depend on a number."""

FrequenciesByVariant = Mapping[ChannelVariant, Sequence[GainFrequencies]]


def sensitivity_finding(
    year: YearGains,
    channel: str,
    frequencies: FrequenciesByVariant,
    break_even: BreakEven | None,
    labels: CaseLabels,
    place: FindingPlace = "detail",
) -> Finding | None:
    """On which numbers it depends whether the answering side gains; None where none is uncertain or nobody answers.

    Args:
        year: The year that is told of.
        channel: The channel.
        frequencies: By way to run it, how often the side gains at either end of each number, what matters most first.
        break_even: From where on it gains along the levers of the channel, where that was worked out.
        labels: The names of the case.
        place: Where it is told.
    """
    if not frequencies:
        return None
    side_name = labels.answering_side()
    sentences = [
        *_strongest_sentences(year, channel, frequencies, labels),
        *(break_even_sentences(year, break_even, labels) if break_even else ()),
    ]
    return Finding(
        id=f"turns-on-{channel}",
        title=f"Which numbers it depends on: {labels.channel_title(channel)}",
        says=" ".join(sentences),
        see=f"How often {side_name} gains in the fifth of the simulations where a number is lowest, and highest.",
        table=make_table(COLUMNS, _number_rows(year, channel, frequencies, labels)),
        method=(
            "The simulations are sorted by one number at a time and the first and last fifth are compared; what "
            "numbers do together is not looked at here."
        ),
        rests_on=(channel,),
        place=place,
        question=f"Which numbers the gain of {side_name} depends on",
        short_answer=_short_answer(year, channel, frequencies, labels),
        picture=_frequency_picture(year, channel, frequencies, labels),
    )


def _strongest_sentences(
    year: YearGains, channel: str, frequencies: FrequenciesByVariant, labels: CaseLabels
) -> Iterator[str]:
    """The number that matters most each way to run the channel, and how often the side gains at either end of it."""
    side_name = labels.answering_side()
    if not any(_is_notable(numbers) for numbers in frequencies.values()):
        yield f"No single number decides whether {side_name} gains."
        return
    told: list[str] = []
    for variant, numbers in frequencies.items():
        if not _is_notable(numbers):
            yield upper_first(f"{in_form(year, variant, labels)}no single number decides it.")
            continue
        strongest = numbers[0]
        name = plain_number_name(year, strongest.path, channel, labels)
        opening = in_form(year, variant, labels)
        if strongest.path in told:
            yield upper_first(
                f"{opening}it gains {in_share(strongest.lowest)} where that is lowest, "
                f"and {in_share(strongest.highest)} where highest."
            )
            continue
        told.append(strongest.path)
        yield f"It depends most on {name}."
        yield upper_first(
            f"{opening}{side_name} gains {frequency_phrase(strongest.lowest)} where that is lowest, "
            f"and {in_share(strongest.highest)} where highest."
        )


def _is_notable(numbers: Sequence[GainFrequencies]) -> bool:
    return bool(numbers) and numbers[0].difference >= NOTABLE_DIFFERENCE


def _short_answer(year: YearGains, channel: str, frequencies: FrequenciesByVariant, labels: CaseLabels) -> str:
    """The number that matters most, if it is the same whichever way the channel is run."""
    strongest = {numbers[0].path for numbers in frequencies.values() if _is_notable(numbers)}
    if not strongest:
        return "on none by itself"
    if len(strongest) > 1:
        return "on who runs it"
    return fitting_answer(plain_number_name(year, strongest.pop(), channel, labels), "one more than all others")


def _number_rows(
    year: YearGains, channel: str, frequencies: FrequenciesByVariant, labels: CaseLabels
) -> Iterator[dict[str, object]]:
    """How often the answering side gains at either end of each number, each way to run the channel."""
    for variant, numbers in frequencies.items():
        for ends in numbers[:MOST_LISTED]:
            yield {
                "how": form_words(year, variant, labels),
                "number": plain_number_name(year, ends.path, channel, labels),
                "path": ends.path,
                "lowest": ends.lowest,
                "highest": ends.highest,
            }


def _frequency_picture(
    year: YearGains, channel: str, frequencies: FrequenciesByVariant, labels: CaseLabels
) -> RangeRows:
    """A row for each number that matters, below one for all simulations."""
    by_path = {
        path: tuple(next(ends for ends in numbers if ends.path == path) for numbers in frequencies.values())
        for path in _strongest_paths(frequencies)
    }
    side_name = labels.answering_side()
    overall = [year.outcomes[variant].joint_gain_frequency(year.answering_actors) for variant in frequencies]
    base = RangeRow("As we estimate", tuple(Bar(share, share) for share in overall), is_base=True)
    rows = [
        RangeRow(
            upper_first(plain_number_name(year, path, channel, labels)),
            tuple(Bar(min(ends.lowest, ends.highest), max(ends.lowest, ends.highest)) for ends in by_form),
            note=_direction_note(by_form),
        )
        for path, by_form in by_path.items()
    ]
    return RangeRows(
        says="A bar runs between where a number is lowest and where it is highest; long bars matter most.",
        measure=f"{side_name} gains, of 100 simulations",
        series=tuple(short_form(year, variant, labels) for variant in frequencies),
        rows=(base, *rows),
        axis="share",
        heading="Number",
    )


def _strongest_paths(frequencies: FrequenciesByVariant) -> list[str]:
    """The paths of the numbers that matter most in any way to run the channel."""
    greatest: dict[str, float] = {}
    for numbers in frequencies.values():
        for ends in numbers:
            greatest[ends.path] = max(greatest.get(ends.path, 0.0), ends.difference)
    return sorted(greatest, key=lambda path: -greatest[path])[:MOST_PICTURED]


def _direction_note(by_form: Sequence[GainFrequencies]) -> str:
    """Whether more of it helps, where that is the same whichever way the channel is run."""
    directions = {ends.highest > ends.lowest for ends in by_form if ends.highest != ends.lowest}
    if len(directions) != 1:
        return ""
    return "more of it helps" if directions.pop() else "more of it hurts"
