"""Findings on what is at stake: by issue, and by pair."""

from __future__ import annotations

from collections.abc import Sequence

from detente.case.index.channel_variants import ChannelVariant
from detente.case.index.labels import CaseLabels
from detente.results.finding import Finding
from detente.rooms.gains.findings.text import form_words
from detente.rooms.gains.model.opposing_capabilities import PairStakes
from detente.rooms.gains.model.simulation.results import YearGains
from detente.text.english import join_words
from detente.text.number_format import format_number
from detente.text.shares import as_percent, signed_percent

MOST_SHOWN = 6
"""Actors for whom gains are shown by issue where none leads an organisation."""


def gains_by_issue_finding(year: YearGains, channels: Sequence[str], labels: CaseLabels) -> Finding:
    """What each issue is of all that is at stake, and what each channel brings on it to those that matter most."""
    import polars as pl

    columns = [
        (variant, actor, _column_title(year, variant, actor, labels))
        for variant in year.model.variants
        if variant.channel in channels
        for actor in _shown_actors(year)
    ]
    rows = []
    for issue_index, name in enumerate(year.model.issues):
        row: dict[str, object] = {"issue": name, "in_words": year.model.case.issues[name].title}
        row["share"] = as_percent(year.issue_shares[issue_index])
        for variant, actor, column_title in columns:
            row[column_title] = signed_percent(year.outcomes[variant].gains_by_issue[issue_index, actor])
        rows.append(row)
    largest_issue = year.issues_by_share[0]
    return Finding(
        id="by-issue",
        title="On which issue",
        says=f"Most is at stake on {_issue_title(year, largest_issue)} "
        f"({format_number(as_percent(year.issue_shares[largest_issue]))} per cent). "
        f"{_opposing_issues_sentence(year, columns)}",
        see="Mean gains before the costs of links, in per cent of all that is at stake on all issues.",
        table=pl.DataFrame(rows),
        headers={"in_words": "in words", "share": "of all at stake, %"},
        links=("issue",),
        rests_on=tuple(year.model.issues),
    )


def _shown_actors(year: YearGains) -> list[int]:
    """Those that lead an organisation, and the side that answers."""
    actors = list(range(year.actor_network.n))
    return [
        actor for actor in actors if year.actor_network.organisations_led[actor] or actor in year.answering_actors
    ] or actors[:MOST_SHOWN]


def _issue_title(year: YearGains, issue_index: int) -> str:
    return year.model.case.issues[year.model.issues[issue_index]].title


def _opposing_issues_sentence(year: YearGains, columns: Sequence[tuple[ChannelVariant, int, str]]) -> str:
    """For whom the mean gain on single issues has another sign than in all."""
    clauses = []
    for variant, actor, column_title in columns:
        opposing_issues = year.outcomes[variant].opposing_issues(actor)
        if opposing_issues:
            titles = [_issue_title(year, issue) for issue in year.issues_by_share if issue in opposing_issues]
            clauses.append(f"{column_title}: {join_words(titles)}")
    if not clauses:
        return "On every issue the mean gains have the sign that they have in all."
    return f"The mean gain has another sign than in all on single issues: {'; '.join(clauses)}."


def _column_title(year: YearGains, variant: ChannelVariant, actor: int, labels: CaseLabels) -> str:
    actor_name, form_phrase = labels.party_name(year.actor_network.actors[actor]), form_words(year, variant, labels)
    return f"{actor_name}, {form_phrase}" if form_phrase else actor_name


def pair_stakes_finding(year: YearGains, stakes: PairStakes, labels: CaseLabels) -> Finding:
    """What each pair across organisations has at stake, and what members of one have among themselves."""
    import polars as pl

    rows = [
        {
            "one": labels.party_name(first),
            "other": labels.party_name(second),
            "across": "yes" if is_across else "no",
            "share": as_percent(share),
        }
        for (first, second), is_across, share in zip(stakes.pairs, stakes.is_across, stakes.shares, strict=True)
    ]
    rows.sort(key=lambda row: -float(row["share"]))
    largest_pair = next((row for row in rows if row["across"] == "yes"), None)
    largest_phrase = "nobody has anything"
    if largest_pair:
        largest_share = format_number(float(largest_pair["share"]))
        largest_phrase = (
            f"{largest_pair['one']} and {largest_pair['other']} have {largest_share} per cent of all that is at stake"
        )
    return Finding(
        id="at-stake",
        title="What pairs have at stake",
        says=f"Across organisations {largest_phrase}. Members of one organisation have among themselves as much as "
        f"{format_number(as_percent(stakes.share_within))} per cent of what is at stake across.",
        see="At the central estimates, in per cent of all that is at stake across organisations.",
        table=pl.DataFrame(rows),
        headers={"across": "across organisations", "share": "at stake, %"},
        rests_on=tuple(year.model.issues),
    )
