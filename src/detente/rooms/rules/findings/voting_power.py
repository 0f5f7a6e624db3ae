"""The finding on power in votes: formal equality beside real shares."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.results.finding import Finding
from detente.results.table import Column, make_table
from detente.rooms.rules.findings.text import RuleLabels
from detente.rooms.rules.model.rules import RulesModel
from detente.rooms.rules.model.voting_power import PowerTable, ShareSumError
from detente.text.dates import format_date, format_period
from detente.text.english import join_words
from detente.text.number_format import format_number

METHOD_OF_POWER = (
    "Banzhaf (normalised): of all the times that one member's vote turns a losing coalition into a winning one, the "
    "share of each (Penrose 1946; Banzhaf 1965); absolute: of all coalitions of the others, the share that a member "
    "turns (Felsenthal and Machover 1998). Shapley-Shubik: the share of all orders of joining in which a member "
    "is the one who turns the outcome (Shapley and Shubik 1954). Exact. Beside the formal rule stands what they would "
    "be if the shares were votes and more than half of them decided: a supposition, to show what formal equality "
    "leaves out, and only for dates at which they hold, or may. The time that the case gives for them stands beside."
)

POWER_COLUMNS = (
    Column("organisation"),
    Column("at", format="date"),
    Column("member"),
    Column("share", format="number", unit="as the shares are counted"),
    Column("shares_of", "of what"),
    Column("shares_in", "held in", "date"),
    Column("banzhaf", format="number", unit="share of power"),
    Column("banzhaf_absolute", format="number", unit="share of coalitions of the others"),
    Column("shapley_shubik", format="number", unit="share of power"),
    Column("banzhaf_by_shares", format="number", unit="share of power"),
    Column("shapley_shubik_by_shares", format="number", unit="share of power"),
)


def voting_power_finding(model: RulesModel, labels: RuleLabels) -> Finding | None:
    """Power by the formal rule beside the real shares; None where all are alike and nothing is shared out."""
    tables = model.votes.tables
    if not tables:
        return None
    last_tables = {table.organisation: table for table in tables}
    sentences = [_power_sentence(labels, table) for table in last_tables.values()]
    return Finding(
        id="power",
        title="Formal equality and real weight",
        says=" ".join([*sentences, *_share_sum_notes(model.votes.share_errors, labels)]),
        table=make_table(POWER_COLUMNS, (record for table in tables for record in _power_records(labels, table))),
        method=METHOD_OF_POWER,
        rests_on=model.docket.parties,
    )


def _power_records(labels: RuleLabels, table: PowerTable) -> Iterator[dict[str, object]]:
    formal, by_shares, share = table.formal, table.by_shares, table.share
    for index, member in enumerate(table.members):
        yield {
            "organisation": labels.heading(table.organisation),
            "at": table.when.text,
            "member": labels.heading(member),
            "share": table.weights.get(member),
            "shares_of": share.of if share else None,
            "shares_in": share.during.text if share and share.during else None,
            "banzhaf": formal.normalised[index] if formal else None,
            "banzhaf_absolute": formal.absolute[index] if formal else None,
            "shapley_shubik": formal.shapley_shubik[index] if formal else None,
            "banzhaf_by_shares": by_shares.normalised[index] if by_shares else None,
            "shapley_shubik_by_shares": by_shares.shapley_shubik[index] if by_shares else None,
        }


def _share_sum_notes(errors: Sequence[ShareSumError], labels: RuleLabels) -> Iterator[str]:
    """The shares that do not add up to their whole at all times, those alike told together."""
    shares_by_error: dict[tuple[str, str], list[str]] = {}
    for error in errors:
        sums = (f"{s.total} for {s.member_count} members ({_years_phrase(s.years)})" for s in error.sums)
        error_phrase = f"should make {error.whole} and make {join_words(sums)}"
        shares_by_error.setdefault((error.organisation, error_phrase), []).append(error.shares_of)
    for (organisation, error_phrase), shares in shares_by_error.items():
        yield f"The shares of {labels.in_sentence(organisation)} ({join_words(shares)}) {error_phrase}."


def _years_phrase(year_texts: Sequence[str]) -> str:
    """Years in a few words: `2004, 2005 and 2013`, or `2006 to 2012`."""
    is_consecutive = all(text.isdecimal() for text in year_texts) and [int(text) for text in year_texts] == list(
        range(int(year_texts[0]), int(year_texts[0]) + len(year_texts))
    )
    return f"{year_texts[0]} to {year_texts[-1]}" if is_consecutive and len(year_texts) > 2 else join_words(year_texts)


def _power_sentence(labels: RuleLabels, table: PowerTable) -> str:
    """Who has most power in an organisation by the shares, or by the formal rule."""
    organisation, at = labels.in_sentence(table.organisation), format_date(table.when)
    indices = table.by_shares or table.formal
    if indices is None:
        return f"In {organisation} there are too many coalitions to count."
    powers = [float(power) for power in indices.shapley_shubik]
    most_power = format_number(max(powers))
    top_members = [index for index, power in enumerate(powers) if power == max(powers)]
    if len(top_members) == len(powers):
        return f"In {organisation}, {at}, all members have the same power."
    names = join_words(labels.in_sentence(table.members[index]) for index in top_members)
    each_word = " each" if len(top_members) > 1 else ""
    says = f"In {organisation}, {at}, "
    if table.formal is None:
        says += f"there are too many coalitions to count by the formal rule; {names} would have{each_word} {most_power}"
    else:
        formal_power = format_number(float(table.formal.shapley_shubik[top_members[0]]))
        says += f"{names} {'has' if len(top_members) == 1 else 'have'}{each_word} {formal_power}"
        says += " of the power by the formal rule (Shapley-Shubik)"
        says += f", and would have {most_power}" if table.by_shares else ""
    if table.by_shares:
        time_phrase = f" ({format_period(table.share.during)})" if table.share and table.share.during else ""
        says += f" if shares{time_phrase} were votes"
    return f"{says}."
