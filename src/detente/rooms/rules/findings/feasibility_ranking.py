"""The finding on what could be done: all proposals compared at one time, beside what the documents recommend."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from detente.results.finding import Finding
from detente.results.table import Column, make_table
from detente.rooms.rules.findings.admissibility_matrix import state_mark
from detente.rooms.rules.findings.rule_coverage import open_verdicts_robustness
from detente.rooms.rules.findings.text import RuleLabels, states_phrase
from detente.rooms.rules.model.docket import Docket
from detente.rooms.rules.model.feasibility_ranking import RankedProposal
from detente.rooms.rules.model.rules import RulesModel
from detente.text.dates import format_date
from detente.text.english import count_noun, join_words, upper_first

METHOD = (
    "All proposals are held against the rules of one time, the last snapshot or year of the case. They are ranked by "
    "the verdict from bloc to bloc, the worst of those in dispute; then by how many consents or facts are still "
    "lacking, if no rule is changed; then by on how many sides it rests on no rule, at least in part. Equal ranks are "
    "ties. The rules say what may be decided, and not whether anybody wants it or what it would be worth."
)

COLUMNS = (
    Column("rank", format="count", unit="place, the most open first"),
    Column("proposal", format="id"),
    Column("in_words"),
    Column("bloc_to_bloc"),
    Column("nearest_way"),
    Column("rests_on"),
)
DOCUMENTS_COLUMN = Column("the_documents")
COMPARISON_COLUMN = Column("beside_them")


def feasibility_finding(model: RulesModel, labels: RuleLabels) -> Finding:
    """What could be done, and where that agrees with what the documents recommend."""
    docket, rows = model.docket, model.ranking
    recommendations = _recommendations(docket)
    columns = list(_columns(docket, recommendations))
    records = []
    behind: dict[tuple[int, str], tuple[str, ...]] = {}
    for row_number, row in enumerate(rows):
        proposal = docket.case.proposals[row.name]
        if opening := labels.openings_phrase(row.rulings):
            behind[row_number, "bloc_to_bloc"] = (f"What would open it: {opening}.",)
        records.append(
            {
                "rank": row.rank,
                "proposal": row.name,
                "in_words": proposal.title,
                "bloc_to_bloc": states_phrase(row.rulings.states()),
                "nearest_way": labels.nearest_opening(row.rulings),
                "rests_on": _basis_phrase(row, labels),
                "the_documents": recommendations.get(row.name) or proposal.feasibility or "",
                "beside_them": _comparison_phrase(row, row.name in recommendations),
            }
        )
    marks = {str(record["bloc_to_bloc"]): state_mark(str(record["bloc_to_bloc"])) for record in records}
    return Finding(
        id="ranking",
        title=f"What could be done, by the rules of {format_date(docket.comparison_time)}",
        says=_feasibility_sentences(docket, rows, recommendations),
        see="Equal ranks are ties. The nearest way to open a proposal; other ways behind the verdict. “Instead” amends "
        "the proposal itself, “given up” ends a rule.",
        table=make_table(columns, ({column.name: record[column.name] for column in columns} for record in records)),
        marks=marks,
        behind=behind,
        method=METHOD,
        rests_on=tuple(row.name for row in rows),
        robustness=open_verdicts_robustness(model),
    )


def _columns(docket: Docket, recommendations: Mapping[str, str]) -> Iterator[Column]:
    """Those on what the documents say only where they say something of it."""
    yield from COLUMNS
    if recommendations or any(docket.case.proposals[name].feasibility for name in docket.proposals):
        yield DOCUMENTS_COLUMN
    if recommendations:
        yield COMPARISON_COLUMN


def _recommendations(docket: Docket) -> dict[str, str]:
    """What the documents recommend: the recommendations, and what they take up."""
    recommendations: dict[str, str] = {}
    for name, proposal in docket.case.proposals.items():
        if proposal.standing == "recommended":
            recommendations[name] = "recommended"
            recommendations |= dict.fromkeys(proposal.takes_up, f"taken up by {name}")
    return recommendations


def _basis_phrase(row: RankedProposal, labels: RuleLabels) -> str:
    """Whose rules speak of it, and on whose side none does."""
    silent_parties = [labels.display_name(party) for party in row.silent_parties]
    return f"silence of {join_words(silent_parties)}" if silent_parties else "rules of both sides"


def _comparison_phrase(row: RankedProposal, is_recommended: bool) -> str:
    if is_recommended:
        return "agrees" if row.is_open else "differs: recommended, but not open as it stands"
    return "differs: open, but not recommended" if row.is_open else "agrees: neither open nor recommended"


def _feasibility_sentences(docket: Docket, rows: Sequence[RankedProposal], recommendations: dict[str, str]) -> str:
    open_rows = [row for row in rows if row.is_open]
    when, open_count = format_date(docket.comparison_time), len(open_rows)
    says = f"By the rules of {when}, {open_count or 'none'} of all {len(rows)} proposals {_is_or_are(open_count)} open."
    if not recommendations:
        return says
    recommended_rows = [row for row in rows if docket.case.proposals[row.name].standing == "recommended"]
    open_names = [row.name for row in recommended_rows if row.is_open]
    closed_names = [row.name for row in recommended_rows if not row.is_open]
    open_phrase = (
        f"{count_noun(len(open_names), 'proposal')} {_is_or_are(len(open_names))} open ({join_words(open_names)})"
    )
    says += f" Of what the documents recommend, {open_phrase}"
    says += f" and {join_words(closed_names)} not." if closed_names else "."
    blocked_names = [
        row.name for row in rows if row.name in recommendations and row.name not in closed_names and not row.is_open
    ]
    if blocked_names:
        says += f" Not open as it stands, though a recommendation takes it up: {join_words(blocked_names)}."
    unrecommended_names = [row.name for row in open_rows if row.name not in recommendations]
    if unrecommended_names:
        count_phrase = upper_first(count_noun(len(unrecommended_names), "proposal"))
        says += (
            f" {count_phrase} that no document recommends {_is_or_are(len(unrecommended_names))} open as well: there "
            "rules and recommendations differ, since rules say nothing of what is wanted or worth the while."
        )
    return says


def _is_or_are(n: int) -> str:
    return "is" if n == 1 else "are"
