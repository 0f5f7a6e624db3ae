"""The finding on what could be done: all proposals compared at one time, beside what the documents recommend."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from detente.results.finding import Finding
from detente.results.pictures import TallyRow, UnitTally
from detente.results.table import Column, make_table
from detente.rooms.rules.findings.admissibility_matrix import state_mark
from detente.rooms.rules.findings.rule_dependence import open_verdicts_robustness
from detente.rooms.rules.findings.text import RuleLabels, states_phrase
from detente.rooms.rules.findings.verdict_words import (
    count_of,
    is_or_are,
    part_of,
    plain_verdict,
    tally_parts,
)
from detente.rooms.rules.model.docket import Docket
from detente.rooms.rules.model.feasibility_ranking import RankedProposal
from detente.rooms.rules.model.rules import RulesModel
from detente.text.dates import format_date
from detente.text.english import cardinal, join_words, upper_first

METHOD = (
    "All proposals are held against the rules of one time, the last snapshot or year of the case. They are ranked by "
    "the verdict from bloc to bloc, the worst of those in dispute; then by how many consents or facts are still "
    "lacking, if no rule is changed; then by on how many sides it rests on no rule, at least in part. Equal ranks are "
    "ties. The rules say what may be decided, and not whether anybody wants it or what it would be worth. In the "
    "column on the nearest way, `instead` amends the proposal itself and `given up` ends a rule."
)

OPENNESS_COLUMNS = (
    Column("rank", format="count", unit="place, the most open first"),
    Column("proposal", format="id"),
    Column("in_words"),
)
BASIS_COLUMNS = (Column("nearest_way"), Column("rests_on"))
DOCUMENTS_COLUMN = Column("the_documents")
COMPARISON_COLUMN = Column("beside_them")


def feasibility_finding(model: RulesModel, labels: RuleLabels) -> Finding:
    """What could be done, and where that agrees with what the documents recommend; a detail where they recommend."""
    docket, rows = model.docket, model.ranking
    recommendations = _recommendations(docket)
    columns = list(_columns(docket, labels, recommendations))
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
                **{f"by_{party}": states_phrase(row.rulings.states([party])) for party in docket.parties},
                "bloc_to_bloc": states_phrase(row.rulings.states()),
                "nearest_way": labels.nearest_opening(row.rulings),
                "rests_on": _basis_phrase(row, labels),
                "the_documents": recommendations.get(row.name) or proposal.feasibility or "",
                "beside_them": _comparison_phrase(row, row.name in recommendations),
            }
        )
    marks = {str(record["bloc_to_bloc"]): state_mark(str(record["bloc_to_bloc"])) for record in records}
    recommended = [row for row in rows if docket.case.proposals[row.name].standing == "recommended"]
    return Finding(
        id="ranking",
        title=f"What could be done, by the rules of {format_date(docket.comparison_time)}",
        says=_feasibility_sentences(model, recommended, recommendations),
        table=make_table(columns, ({column.name: record[column.name] for column in columns} for record in records)),
        marks=marks,
        behind=behind,
        method=METHOD,
        rests_on=tuple(row.name for row in rows),
        robustness=open_verdicts_robustness(model, labels, recommended or model.counted),
        place="detail" if recommended else "annex",
        question="Whether what the documents recommend is open" if recommended else "",
        short_answer=count_of(sum(row.is_open for row in recommended), len(recommended)) if recommended else "",
        picture=_recommendation_tally(model, recommendations) if recommended else None,
    )


def _columns(docket: Docket, labels: RuleLabels, recommendations: Mapping[str, str]) -> Iterator[Column]:
    """Those on what the documents say only where they say something of it."""
    yield from OPENNESS_COLUMNS
    yield from (Column(f"by_{party}", labels.heading(party)) for party in docket.parties)
    yield Column("bloc_to_bloc")
    yield from BASIS_COLUMNS
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
    silent_parties = [labels.in_sentence(party) for party in row.silent_parties]
    return f"silence of {join_words(silent_parties)}" if silent_parties else "rules of both sides"


def _comparison_phrase(row: RankedProposal, is_recommended: bool) -> str:
    if is_recommended:
        return "agrees" if row.is_open else "differs: recommended, but not open as it stands"
    return "differs: open, but not recommended" if row.is_open else "agrees: neither open nor recommended"


def _feasibility_sentences(
    model: RulesModel, recommended: Sequence[RankedProposal], recommendations: Mapping[str, str]
) -> str:
    """How much of all is open, how much of what is recommended or taken up, and how much besides."""
    year, rows = model.docket.comparison_year, model.ranking
    open_count = sum(row.is_open for row in rows)
    says = f"The rules of {year} leave {part_of(open_count, len(rows))} of any kind open."
    if not recommended:
        return says
    recommended_open = part_of(sum(row.is_open for row in recommended), len(recommended), "recommendation")
    said = [f"The rules of {year} leave {recommended_open} open."]
    blocked_count = sum(row.name in recommendations and row not in recommended and not row.is_open for row in rows)
    if blocked_count:
        subject = "One proposal" if blocked_count == 1 else f"{upper_first(cardinal(blocked_count))} proposals"
        said.append(f"{subject} that a recommendation takes up {is_or_are(blocked_count)} not open.")
    other_count = sum(row.is_open and row.name not in recommendations for row in rows)
    if other_count:
        subject = (
            "One more that no document recommends is"
            if other_count == 1
            else (f"{upper_first(cardinal(other_count))} more that no document recommends are")
        )
        said.append(f"{subject} open as well: rules do not say what is worth doing.")
    return " ".join(said)


def _recommendation_tally(model: RulesModel, recommendations: Mapping[str, str]) -> UnitTally:
    """The verdicts on what is recommended, on what a recommendation takes up, and on the rest."""
    proposals = model.docket.case.proposals
    taken_up = [name for name in recommendations if proposals[name].standing != "recommended"]
    groups = {
        "Recommended": [row for row in model.ranking if proposals[row.name].standing == "recommended"],
        "Taken up by a recommendation": [row for row in model.ranking if row.name in taken_up],
        "Neither": [row for row in model.ranking if row.name not in recommendations],
    }
    return UnitTally(
        says=f"Each mark is a proposal, held against the rules of {model.docket.comparison_year}.",
        rows=tuple(
            TallyRow(
                label,
                tally_parts(plain_verdict(row.rulings.states()) for row in rows),
                f"{sum(row.is_open for row in rows)} of {len(rows)} open",
            )
            for label, rows in groups.items()
            if rows
        ),
        unit="one proposal",
    )
