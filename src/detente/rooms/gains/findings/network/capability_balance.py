"""The finding on who faces whom with what capability in each channel."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from detente.case.index.labels import CaseLabels
from detente.methods.offer_model.channel_variants import ChannelForm, ChannelVariant
from detente.results.finding import Finding
from detente.results.table import Column, make_table
from detente.rooms.gains.findings.text import variant_title
from detente.rooms.gains.model.opposing_capabilities import Dealer, Dealing
from detente.rooms.gains.model.simulation.results import YearGains
from detente.text.english import join_words
from detente.text.number_format import format_number

LEADERS = "those that lead the two sides"
"""What stands in the place of a channel for the members that lead."""


def capability_balance_finding(
    years: Sequence[YearGains],
    dealings_by_year: Sequence[Mapping[ChannelVariant, Sequence[Dealing]]],
    leaders_by_year: Sequence[Dealing | None],
    labels: CaseLabels,
) -> Finding | None:
    """The capability on each side of every dealing across organisations. None where no measure is given."""
    case, last_year = labels.case, years[-1]
    measure = case.network.capability or next(iter(case.capabilities), None)
    if measure is None:
        return None
    has_borrowed_figures = any(year.borrowed_capability_year for year in years)
    rows: list[dict[str, object]] = []
    for year, dealings, leaders in zip(years, dealings_by_year, leaders_by_year, strict=True):
        # Channels of the same links have the same rows.
        rows += [row for row in _dealing_rows(year, dealings, has_borrowed_figures, labels) if row not in rows]
        if leaders is not None:
            rows.append(_dealing_row(year, LEADERS, (leaders, "hub"), has_borrowed_figures, labels))
    rows.sort(key=lambda row: str(row["year"]))
    if not any(row["ratio"] for row in rows):
        return None
    return Finding(
        id="balance",
        title="The balance of power in each channel",
        says=f"By {case.capabilities[measure].title}, {_figures_phrase(last_year)}, whoever faces another across "
        f"organisations has so many times its capability: {_balance_phrase(dealings_by_year[-1], labels)}."
        f"{_leaders_sentence(leaders_by_year[-1], labels)}",
        see="Whoever speaks for an organisation that deals as such has the capability of all its members behind it, as "
        "far as no tie survives that was to be replaced.",
        table=make_table(_columns(case.capabilities[measure].title, has_borrowed_figures), rows),
        rests_on=(measure,),
    )


def _columns(measure_title: str, has_borrowed_figures: bool) -> list[Column]:
    """With the year of the figures where that is another in any year."""
    return [
        Column("year", format="year"),
        *([Column("figures_of", "figures of", "year")] if has_borrowed_figures else []),
        Column("channel"),
        Column("one", "who"),
        Column("other", "faces whom"),
        Column("of_one", "its capability", "digits", measure_title),
        Column("of_other", "the other's", "digits", measure_title),
        Column("ratio", "times", "tenths", "times the other's capability"),
    ]


def _dealing_rows(
    year: YearGains,
    dealings: Mapping[ChannelVariant, Sequence[Dealing]],
    has_borrowed_figures: bool,
    labels: CaseLabels,
) -> Iterator[dict[str, object]]:
    for variant, of_variant in dealings.items():
        for dealing in of_variant:
            title = variant_title(year, variant, labels)
            yield _dealing_row(year, title, (dealing, variant.form), has_borrowed_figures, labels)


def _dealing_row(
    year: YearGains,
    title: str,
    dealing_in_form: tuple[Dealing, ChannelForm],
    has_borrowed_figures: bool,
    labels: CaseLabels,
) -> dict[str, object]:
    """Two who face each other, in a channel or beside all channels."""
    dealing, form = dealing_in_form
    figures_year = year.borrowed_capability_year or year.actor_network.year
    return {
        "year": year.actor_network.year,
        **({"figures_of": figures_year} if has_borrowed_figures else {}),
        "channel": title,
        "one": _dealer_name(dealing.first, form, labels),
        "other": _dealer_name(dealing.second, form, labels),
        "of_one": dealing.first.capability,
        "of_other": dealing.second.capability,
        "ratio": dealing.ratio,
    }


def _leaders_sentence(leaders: Dealing | None, labels: CaseLabels) -> str:
    """What the members that lead the two sides have beside each other."""
    if leaders is None or leaders.ratio is None:
        return ""
    first, second = (labels.party_name(dealer.actor) for dealer in (leaders.first, leaders.second))
    ratio = format_number(round(leaders.ratio, 1))
    return f" Of those that lead the two sides {first} has {ratio} times what {second} has."


def _dealer_name(dealer: Dealer, form: ChannelForm, labels: CaseLabels) -> str:
    """`the CSTO, run by Russia`, `the CSTO as one`, or who deals for itself."""
    name = labels.party_name(dealer.actor)
    for organisation in dealer.organisations:
        name = labels.party_name(organisation) + (f", run by {name}" if form == "hub" else " as one")
    return name


def _balance_phrase(dealings: Mapping[ChannelVariant, Sequence[Dealing]], labels: CaseLabels) -> str:
    """From how few to how many times the other's capability, channel by channel."""
    ratios_by_channel: dict[str, list[str]] = {}
    for variant, of_variant in dealings.items():
        ratios = [round(dealing.ratio, 1) for dealing in of_variant if dealing.ratio is not None]
        if ratios:
            low, high = format_number(min(ratios)), format_number(max(ratios))
            ratios_by_channel.setdefault(labels.channel_title(variant.channel), []).append(
                low if low == high else f"{low} to {high}"
            )
    return "; ".join(
        f"“{channel}” {join_words(dict.fromkeys(ratios), 'or')}" for channel, ratios in ratios_by_channel.items()
    )


def _figures_phrase(year: YearGains) -> str:
    """The year of the figures, and for which year they stand where that is another."""
    if figures_year := year.borrowed_capability_year:
        return f"in {figures_year}, which stands here for {year.actor_network.year}"
    return f"in {year.actor_network.year}"
