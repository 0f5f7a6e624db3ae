"""The finding on what the documents themselves conclude, beside the tallies."""

from __future__ import annotations

from detente.results.finding import Finding
from detente.results.table import Column, make_table
from detente.rooms.evidence.model.evidence import EvidenceModel
from detente.text.english import count_noun

COLUMNS = (
    Column("verdict", format="id"),
    Column("about", format="ids"),
    Column("the_document_says"),
    Column("prefers"),
    Column("tally_agrees", format="yes_no"),
)
"""What a document concludes, beside the tally."""


def stated_verdicts_finding(model: EvidenceModel) -> Finding:
    """The documents' own conclusions beside the tallies."""
    case = model.case
    rows = [
        {
            "verdict": name,
            "about": ", ".join(verdict.about),
            "the_document_says": verdict.says,
            "prefers": case.theories[verdict.theory].name if verdict.theory else "",
            "tally_agrees": model.tally_agreements[name],
        }
        for name, verdict in case.verdicts.items()
    ]
    agreements = [agrees for agrees in model.tally_agreements.values() if agrees is not None]
    agreeing_count = sum(agreements)
    comparison_phrase = (
        f"of the {len(agreements)} that prefer a theory and concern a table, {agreeing_count} agree with its tally. "
        "They are the documents' own summaries and no independent test"
    )
    return Finding(
        id="stated",
        title="What the documents themselves conclude",
        says=f"The documents state {count_noun(len(rows), 'verdict')}; "
        f"{comparison_phrase if agreements else 'none concerns a table'}.",
        table=make_table(COLUMNS, rows),
        method="The documents' own conclusions, as coded in the case, beside the tally under the case's own treatment.",
        rests_on=tuple(case.verdicts),
    )
