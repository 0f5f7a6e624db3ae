"""The picture of what the rules allowed when each proposal was made: proposals by organisation."""

from __future__ import annotations

from detente.results.pictures import CellGrid, GridCell
from detente.rooms.rules.findings.text import RuleLabels
from detente.rooms.rules.findings.verdict_words import VERDICT_CELLS, PlainVerdict, plain_verdict, verdict_legend
from detente.rooms.rules.model.docket import Docket
from detente.rooms.rules.model.rules import RulesModel


def proposals_in_order(docket: Docket) -> list[str]:
    """The proposals as the matrix has them: what was offered by time, then what is recommended, then the rest."""
    standings = ("offered", "recommended", "discussed")
    standing = {name: standings.index(docket.case.proposals[name].standing) for name in docket.proposals}
    return sorted(docket.proposals, key=lambda name: (standing[name], docket.proposal_time(name).as_stated.first_day))


def admissibility_grid(model: RulesModel, labels: RuleLabels) -> CellGrid:
    """Each proposal by the rules of its own time, of either side and of both, and by those of comparison."""
    docket = model.docket
    counted = {row.name for row in model.counted}
    names = [name for name in proposals_in_order(docket) if name in counted]
    verdicts_used: list[PlainVerdict] = []
    rows = []
    for name in names:
        at_its_time, later = docket.under_bloc_rules(name), docket.under_bloc_rules(name, docket.comparison_time)
        verdicts = [
            *(plain_verdict(at_its_time.states([party])) for party in docket.parties),
            plain_verdict(at_its_time.states()),
            plain_verdict(later.states()),
        ]
        verdicts_used += verdicts
        title = f"{docket.case.proposals[name].title} ({docket.proposal_time(name).as_stated.last_day.year})"
        rows.append((title, tuple(GridCell(VERDICT_CELLS[verdict]) for verdict in verdicts)))
    headings = [labels.heading(party) for party in docket.parties]
    return CellGrid(
        says="What the rules of each side made of each proposal when it was made.",
        corner="Proposal",
        columns=(*headings, "Both", "Both"),
        rows=tuple(rows),
        legend=verdict_legend(verdicts_used),
        groups=(("When it was made", len(headings) + 1), (f"In {docket.comparison_year}", 1)),
    )
