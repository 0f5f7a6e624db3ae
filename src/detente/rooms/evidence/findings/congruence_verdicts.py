"""The finding on the verdict of each table, under each treatment of secondary readings."""

from __future__ import annotations

from collections.abc import Iterator

from detente.case.schema.case import Case
from detente.results.finding import Finding, Robustness
from detente.results.table import Column, make_table
from detente.rooms.evidence.findings.columns import RECODINGS, score_cells, score_columns
from detente.rooms.evidence.findings.robustness.overturning_recodings import flip_words
from detente.rooms.evidence.findings.text import CONGRUENCE_METHOD, leader_label, verdict_phrase
from detente.rooms.evidence.model.congruence_tables import CongruenceTest, verdict_robustness
from detente.rooms.evidence.model.verdict_stability import VerdictStability
from detente.text.english import as_sentence
from detente.text.number_format import format_number


def congruence_verdict_finding(case: Case, test: CongruenceTest, stability: VerdictStability) -> Finding:
    """The verdict under each treatment of secondary readings."""
    return Finding(
        id=f"{test.id}-verdict",
        title=f"{test.table.title}: the verdict",
        says=_verdict_words(case, test),
        see="The sums as a secondary reading counts for more; the first row is the case's own.",
        table=make_table([*_verdict_columns(case)], _verdict_rows(case, test, stability)),
        method=CONGRUENCE_METHOD,
        rests_on=(test.id, *(row.unit for row in test.rows)),
        robustness=Robustness(verdict_robustness(test), flip_words(case, test, stability)),
    )


def _verdict_columns(case: Case) -> Iterator[Column]:
    yield Column("secondary_counts", format="number", unit="primary readings")
    yield from score_columns(case)
    yield Column("verdict")
    yield Column("flip_number", format="count", unit=RECODINGS)
    yield Column("to_a_tie", format="count", unit=RECODINGS)


def _verdict_rows(case: Case, test: CongruenceTest, stability: VerdictStability) -> Iterator[dict[str, object]]:
    for tally, flip in zip(test.tallies, stability.flips, strict=True):
        yield {
            "secondary_counts": tally.s,
            **score_cells(tally),
            "verdict": leader_label(case, tally.leader),
            "flip_number": flip.recoding_count if flip else None,
            "to_a_tie": flip.recodings_to_tie if flip else None,
        }


def _verdict_words(case: Case, test: CongruenceTest) -> str:
    """The verdict, and under which other treatment of secondary readings it is another."""
    verdict_sentence = as_sentence(verdict_phrase(case, test.main_tally))
    differing_tallies = [f for f in test.tallies[1:] if f.leader != test.main_tally.leader]
    if differing_tallies:
        others_sentence = as_sentence(
            "; ".join(
                f"count a secondary reading {format_number(f.s)} and it is {verdict_phrase(case, f)}"
                for f in differing_tallies
            )
        )
        return f"{verdict_sentence} {others_sentence}"
    if len(test.tallies) > 1:
        return f"{verdict_sentence} It is the same however secondary readings are counted."
    return verdict_sentence
