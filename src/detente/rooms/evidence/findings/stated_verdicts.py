"""The finding on what the documents themselves conclude, beside the tallies."""

from __future__ import annotations

from collections.abc import Iterator

from detente.results.finding import Finding
from detente.results.table import Column, make_table
from detente.rooms.evidence.model.evidence import EvidenceModel
from detente.text.english import cardinal, count_noun

COLUMNS = (
    Column("verdict", "Entry", "id"),
    Column("about", "About", "ids"),
    Column("the_document_says", "The document says"),
    Column("prefers", "Prefers"),
    Column("tally_agrees", "Count agrees", "yes_no"),
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
    return Finding(
        id="stated",
        title="What the documents themselves conclude",
        says=" ".join(_stated_sentences(len(rows), len(agreements), sum(agreements))),
        see="Each conclusion, beside whether the count of motives agrees.",
        table=make_table(COLUMNS, rows),
        method="The documents' own conclusions, as coded in the case, beside the tally under the case's own treatment.",
        rests_on=tuple(case.verdicts),
        place="detail",
        question="What the documents conclude themselves",
        short_answer=_short_answer(len(agreements), sum(agreements)),
    )


def _short_answer(comparable: int, agreeing: int) -> str:
    """`14 of 14 agree`."""
    if not comparable:
        return "nothing that can be compared"
    if comparable == 1:
        return "the same" if agreeing else "something else"
    return f"{agreeing} of {comparable} agree"


def _stated_sentences(stated: int, comparable: int, agreeing: int) -> Iterator[str]:
    """How many conclusions there are, how many can be compared, and how many of these agree."""
    conclusions = count_noun(stated, "conclusion")
    if not comparable:
        yield f"The documents state {conclusions}. None prefers one theory for a table as a whole."
        return
    verb = "prefers" if comparable == 1 else "prefer"
    which = f"of which {cardinal(comparable)} {verb}" if stated > 1 else "which prefers"
    yield f"The documents state {conclusions}, {which} one theory for a table as a whole."
    if comparable == 1:
        yield "It agrees with the count of motives." if agreeing else "It contradicts the count of motives."
    elif agreeing == comparable:
        yield f"All {cardinal(comparable)} agree with the count of motives."
    else:
        count = cardinal(agreeing) if agreeing else "none"
        yield f"Of these, {count} {'agrees' if agreeing < 2 else 'agree'} with the count of motives."
    yield "They are the documents' own summaries, so this is no second test."
