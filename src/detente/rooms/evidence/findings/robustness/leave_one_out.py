"""The finding on what is left of a verdict without each source and each speaker."""

from __future__ import annotations

from collections.abc import Iterator

from detente.case.schema.case import Case
from detente.results.finding import Finding, Robustness
from detente.results.table import Column, make_table
from detente.rooms.evidence.findings.columns import MOTIVES, score_cells, score_columns
from detente.rooms.evidence.findings.text import leader_label
from detente.rooms.evidence.model.congruence_tables import CongruenceTest
from detente.rooms.evidence.model.leave_one_out import LeaveOneOut, Origin, OriginRemoval
from detente.text.english import count_noun, join_words

METHOD = (
    "Each document, each reference that a passage cites, and each speaker whose words a passage or argument reports "
    "is left out in turn. A motive stays in the table as long as anything that is adduced for it comes from "
    "elsewhere; readings from passages, and the weight of evidence, are made anew from the passages that are left. A "
    "source that everything comes from cannot be left out: that is said, not computed. Called fragile if leaving out "
    "one changes the verdict or leaves nothing."
)


def leave_one_out_finding(case: Case, test: CongruenceTest, result: LeaveOneOut) -> Finding:
    """The verdict without each source and speaker."""
    sources = dict.fromkeys(removal.origin.source for removal in result.removals)
    return Finding(
        id=f"{test.id}-without",
        title=f"{test.table.title}: without each source and speaker",
        says=" ".join(_leave_one_out_sentences(result)),
        see="What is left of the table, of its reading from passages, and of the weight of evidence without each.",
        table=make_table([*_columns(case, result)], [_removal_row(case, removal) for removal in result.removals]),
        method=METHOD,
        rests_on=(test.id, *(source for source in sources if source in case.documents), *result.units),
        robustness=Robustness(result.standing),
    )


def _origin_label(origin: Origin) -> str:
    return f"{origin.source}, its reference {origin.reference}" if origin.kind == "reference" else origin.source


def _columns(case: Case, result: LeaveOneOut) -> Iterator[Column]:
    """What is lost and left without each, with what passages and weights come to where there are any."""
    yield Column("without", format="id")
    if any(removal.origin.reference for removal in result.removals):
        yield Column("reference")
    yield Column("kind")
    yield Column("loses", format="count", unit="passages, arguments and clues")
    yield Column("motives_left", format="count", unit=MOTIVES)
    yield Column("verdict")
    yield from score_columns(case)
    if any(removal.passage_tally for removal in result.removals):
        yield Column("from_passages")
        yield from score_columns(case, "sum_from_passages", " from passages")
    if any(removal.most_probable for removal in result.removals):
        yield Column("most_probable")


def _removal_row(case: Case, removal: OriginRemoval) -> dict[str, object]:
    row: dict[str, object] = {
        "without": removal.origin.source,
        "kind": removal.origin.kind,
        "loses": removal.lost_count,
        "motives_left": removal.motives_left,
        "verdict": leader_label(case, removal.tally.leader) if removal.tally else "nothing is left",
        **score_cells(removal.tally),
        **score_cells(removal.passage_tally, "sum_from_passages"),
    }
    if removal.origin.reference:
        row["reference"] = f"its reference {removal.origin.reference}"
    if removal.passage_tally:
        row["from_passages"] = leader_label(case, removal.passage_tally.leader)
    if removal.most_probable:
        row["most_probable"] = case.hypotheses[removal.most_probable].name
    return row


def _leave_one_out_sentences(result: LeaveOneOut) -> list[str]:
    sentences = []
    indispensable, changing = (
        [_origin_label(o) for o in origins] for origins in (result.indispensable, result.changing)
    )
    if indispensable:
        sentences.append(
            f"Everything adduced for these motives comes from {join_words(indispensable)}: without it nothing is left."
        )
    other_count = len(result.removals) - len(indispensable)
    if changing:
        sentences.append(f"The verdict changes without {join_words(changing, 'or')}.")
    elif other_count:
        others_phrase = f"any one of {count_noun(other_count, 'other' if indispensable else 'origin')}"
        if indispensable and other_count == 1:
            others_phrase = "the only other that is named"
        sentences.append(f"It stays the same without {others_phrase}.")
    kinds = [removal.origin.kind for removal in result.removals]
    named_phrase = join_words(count_noun(kinds.count(kind), kind) for kind in ("reference", "speaker"))
    return [
        *sentences,
        f"What is adduced names {named_phrase}, and a motive falls only with all that is adduced for it.",
    ]
