"""What a reader of the evidence chapter may look for in vain, and what would show it."""

from __future__ import annotations

from collections.abc import Iterator

from detente.results.finding import Missing
from detente.rooms.evidence.findings.reading_words import coder_in_sentence
from detente.rooms.evidence.model.evidence import EvidenceModel
from detente.text.english import join_words


def list_missing(model: EvidenceModel) -> Iterator[Missing]:
    """What is not shown, and why."""
    if not model.tables:
        yield Missing(
            "which theory explains the motives",
            "The case tallies no motives.",
            "Add `motives:`, `codings:` and a table of them in `tables:`.",
        )
        return
    if not model.agreement.by_table:
        yield Missing(
            "how far two readers agree",
            _reader_sentence(model),
            "`detente coding-sheet` writes a blank sheet for a second reader. The answers go into `codings:`.",
        )
    if not any(table.without_origins for table in model.tables):
        yield Missing(
            "which sources the result depends on",
            "No passage and no argument of the case bears on these motives.",
            "Add `passages:` or `arguments:`, each with its place in a document (`at:`).",
        )
    if not model.case.verdicts:
        yield Missing(
            "what the documents conclude themselves",
            "The case states no conclusion of its documents.",
            "Add `verdicts:`, each with the tables that it is about.",
        )


def _reader_sentence(model: EvidenceModel) -> str:
    """Who read the motives, and that programs are no readers."""
    case, agreement = model.case, model.agreement
    persons = [coder_in_sentence(case, coder) for coder in agreement.readers]
    programs = [coder_in_sentence(case, coder) for coder in agreement.programs]
    if not persons:
        sentence = "No person read the motives or passages."
    elif len(persons) == 1:
        sentence = f"Only {persons[0]} read the motives or passages."
    else:
        sentence = "No two persons read the same motives or passages."
    if programs:
        sentence += f" Programs do not count as readers: {join_words(programs)}."
    return sentence
