"""What the rules room knows for the brief: of which year its rules are, and whether they allow what is on offer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from detente.case.schema.case import Case
from detente.results.brief import BriefSlots, OptionFact, YearSpan
from detente.rooms.rules.findings.option_words import option_degree, option_says
from detente.rooms.rules.findings.text import RuleLabels
from detente.rooms.rules.model.rules import RulesModel
from detente.rooms.rules.model.side_positions import best_positions
from detente.text.english import join_words

ADVISED = "a document"
"""Who advises something where the case gives the document no short title."""


def fill_rules_slots(model: RulesModel) -> BriefSlots:
    """The year of the rules, and what they say of each issue that is on offer."""
    year = model.docket.comparison_year
    return BriefSlots(years=(YearSpan("rules", year, year),), options=tuple(_option_facts(model)))


def _option_facts(model: RulesModel) -> Iterator[OptionFact]:
    """What the rules make of each issue, by that proposal on it that they allow most; what was offered often first."""
    case = model.docket.case
    labels = RuleLabels(case)
    names = [labels.in_sentence(party) for party in model.docket.parties]
    for id, issue in case.issues.items():
        proposals = [name for name, proposal in case.proposals.items() if id in proposal.issues]
        if not proposals:
            continue
        positions = best_positions(row for row in model.ranking if row.name in proposals)
        yield OptionFact(
            option=id,
            label=issue.title,
            aspect="rules",
            degree=option_degree(positions),
            says=option_says(positions, names),
            advised=_advised_by(case, proposals),
            rank=float(sum(case.proposals[name].standing == "offered" for name in proposals)),
        )


def _advised_by(case: Case, proposals: Iterable[str]) -> str:
    """The documents that recommend one of some proposals, by their short titles; nothing where none does."""
    recommended = [proposal for name in proposals if (proposal := case.proposals[name]).standing == "recommended"]
    documents = dict.fromkeys(place.document for proposal in recommended for place in proposal.at)
    titles = [str(case.documents[id].cite.get("title-short") or "") for id in documents]
    return join_words(dict.fromkeys(title or ADVISED for title in titles)) or (ADVISED if recommended else "")
