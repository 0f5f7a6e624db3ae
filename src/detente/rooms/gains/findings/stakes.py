"""Findings on what is at stake: by issue, and by pair."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.case.index.labels import CaseLabels
from detente.methods.offer_model.channel_variants import ChannelVariant
from detente.results.finding import Finding
from detente.results.table import Column, make_table
from detente.rooms.gains.findings.text import form_words, percent_size
from detente.rooms.gains.findings.units import SHARE_AT_STAKE
from detente.rooms.gains.model.opposing_capabilities import NetworkStakes, PairStakes
from detente.rooms.gains.model.simulation.results import YearGains
from detente.text.english import join_words, upper_first

PAIR_COLUMNS = (
    Column("one"),
    Column("other"),
    Column("across", "across organisations", "yes_no"),
    Column("share", "at stake, %", "percent", SHARE_AT_STAKE),
)
MOST_SHOWN = 6
"""Actors for whom gains are shown by issue where none leads an organisation."""


def gains_by_issue_finding(year: YearGains, channels: Sequence[str], labels: CaseLabels) -> Finding:
    """What each issue is of all that is at stake, and what each channel brings on it to those that matter most."""
    variants_and_actors = [
        (variant, actor)
        for variant in year.distinct_variants
        if variant.channel in channels
        for actor in _shown_actors(year)
    ]
    largest_issue = year.issues_by_share[0]
    return Finding(
        id="by-issue",
        title="On which issue who gains",
        says=f"Most is at stake on “{_issue_title(year, largest_issue)}”: "
        f"{percent_size(float(year.issue_shares[largest_issue]))} of all. "
        f"{_opposing_issues_sentence(year, variants_and_actors, labels)}",
        see="Average gains before the costs of ties, in per cent of all that is at stake on all issues.",
        table=make_table([*_issue_columns(year, variants_and_actors, labels)], _issue_rows(year, variants_and_actors)),
        rests_on=tuple(year.model.issues),
    )


def _issue_columns(
    year: YearGains, variants_and_actors: Sequence[tuple[ChannelVariant, int]], labels: CaseLabels
) -> Iterator[Column]:
    """The issue, how much of all it is, and what it brings each actor in each form."""
    yield Column("issue", format="id")
    yield Column("in_words", "in words")
    yield Column("share", "of all at stake, %", "percent", SHARE_AT_STAKE)
    for variant, actor in variants_and_actors:
        title = _actor_in_form(year, variant, actor, labels)
        yield Column(_gain_name(year, variant, actor), title, "signed_percent", SHARE_AT_STAKE)


def _issue_rows(
    year: YearGains, variants_and_actors: Sequence[tuple[ChannelVariant, int]]
) -> Iterator[dict[str, object]]:
    for index, name in enumerate(year.model.issues):
        yield {
            "issue": name,
            "in_words": year.model.case.issues[name].title,
            "share": year.issue_shares[index],
            **{
                _gain_name(year, variant, actor): year.outcomes[variant].gains_by_issue[index, actor]
                for variant, actor in variants_and_actors
            },
        }


def _gain_name(year: YearGains, variant: ChannelVariant, actor: int) -> str:
    """What a column of gains is called in files."""
    return f"gain_{variant.form}_{year.actor_network.actors[actor]}"


def _shown_actors(year: YearGains) -> list[int]:
    """Those that lead an organisation, and the side that answers."""
    actors = list(range(year.actor_network.n))
    return [
        actor for actor in actors if year.actor_network.organisations_led[actor] or actor in year.answering_actors
    ] or actors[:MOST_SHOWN]


def _issue_title(year: YearGains, issue_index: int) -> str:
    return year.model.case.issues[year.model.issues[issue_index]].title


def _opposing_issues_sentence(
    year: YearGains, variants_and_actors: Sequence[tuple[ChannelVariant, int]], labels: CaseLabels
) -> str:
    """For whom the average on single issues is a gain, and a loss in all, or the other way round."""
    clauses = []
    for variant, actor in variants_and_actors:
        opposing_issues = year.outcomes[variant].opposing_issues(actor)
        if opposing_issues:
            titles = [_issue_title(year, issue) for issue in year.issues_by_share if issue in opposing_issues]
            clauses.append(f"{upper_first(_actor_in_form(year, variant, actor, labels))}: {join_words(titles)}.")
    if not clauses:
        return "On every issue the average is a gain, or a loss, as it is in all."
    return f"Some gain in all and lose on single issues, or the other way round. {' '.join(clauses)}"


def _actor_in_form(year: YearGains, variant: ChannelVariant, actor: int, labels: CaseLabels) -> str:
    """An actor, and how the channel is run where that makes a difference."""
    actor_name, form_phrase = labels.party_name(year.actor_network.actors[actor]), form_words(year, variant, labels)
    return f"{actor_name}, {form_phrase}" if form_phrase else actor_name


def pair_stakes_finding(year: YearGains, stakes: NetworkStakes, labels: CaseLabels) -> Finding:
    """What each pair across organisations has at stake, and what members of one have among themselves."""
    largest_pair = next((pair for pair in stakes.pairs if pair.is_across), None)
    largest_phrase = "nobody has anything"
    if largest_pair:
        largest_share = percent_size(largest_pair.share)
        names = " and ".join(map(labels.party_name, largest_pair.actors))
        largest_phrase = f"{names} have {largest_share} of all that is at stake"
    return Finding(
        id="at-stake",
        title="What pairs have at stake",
        says=f"Across organisations {largest_phrase}. Members of one organisation have among themselves "
        f"{percent_size(stakes.share_within)} as much as there is across.",
        see="At our middle estimates, in per cent of all that is at stake across organisations.",
        table=make_table(PAIR_COLUMNS, _pair_rows(stakes.pairs, labels)),
        rests_on=tuple(year.model.issues),
    )


def _pair_rows(pairs: Sequence[PairStakes], labels: CaseLabels) -> Iterator[dict[str, object]]:
    for pair in pairs:
        one, other = map(labels.party_name, pair.actors)
        yield {"one": one, "other": other, "across": pair.is_across, "share": pair.share}
