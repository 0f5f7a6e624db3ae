"""The finding on competing hypotheses: which of them the evidence contradicts least."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf

from detente.case.schema.case import Case
from detente.methods.inference.competing_hypotheses import (
    RATING_SYMBOLS,
    SCORING_RULES,
    EvidenceItem,
    diagnosticity,
)
from detente.results.finding import Finding, Robustness
from detente.rooms.evidence.model.competing_hypotheses import ConsistencyMatrix
from detente.rooms.evidence.model.congruence_tables import CongruenceTest
from detente.text.english import as_sentence, count_noun, join_words
from detente.text.number_format import format_number

METHOD = (
    "Analysis of competing hypotheses (Heuer 1999, ch. 8): the hypothesis with least inconsistency is kept. "
    "Inconsistency by the count of steps, and by their squares; credibility and relevance are weights; what does not "
    "apply is left out. Clues have the ratings the case gives them. Coded passages are rated from their strength: "
    "with the hypothesis where it holds the theory the passage speaks for, against it where not; two steps where the "
    "chance of the strength is .75 or more, one where it is above .5. That is an assumption of ours. Diagnosticity is"
    " the spread of the ratings; where there are likelihoods also the largest weight between two hypotheses in "
    "decibels, and for clues the expected gain of looking, in bits. Called fragile if one judgement, or the other "
    "rule, changes which is least: a passage's ratings change together, a clue's one by one."
)


def competing_hypotheses_finding(case: Case, test: CongruenceTest, matrix: ConsistencyMatrix) -> Finding:
    """The matrix of a table, ranked by both rules."""
    import polars as pl

    hypotheses, names = list(case.hypotheses), {h: part.name for h, part in case.hypotheses.items()}
    records = [_item_record(hypotheses, matrix, item) for item in matrix.items]
    for q, ranking in matrix.rankings.items():
        totals = {f"v_{h}": format_number(ranking.inconsistency[h]) for h in hypotheses}
        records.append({"evidence": f"inconsistency, {SCORING_RULES[q]}", **totals})
    says = " ".join(_matrix_sentences(names, matrix))
    return Finding(
        id=f"{test.id}-competing",
        title=f"{test.table.title}: which hypothesis the evidence contradicts least",
        says=f"Inconsistency, the least first: {says[:1].lower()}{says[1:]}",
        see="Each row against each hypothesis, the most telling rows first. −− speaks strongly against it.",
        table=pl.DataFrame(records, infer_schema_length=None),
        headers={f"v_{h}": name for h, name in names.items()},
        links=("evidence",),
        method=METHOD,
        rests_on=(test.id, *hypotheses, *matrix.unit_ids),
        robustness=Robustness(matrix.standing),
    )


def _item_record(hypotheses: list[str], matrix: ConsistencyMatrix, item: EvidenceItem) -> dict[str, object]:
    information = matrix.information.get(item.id)
    decibels = information.widest_decibels if information else None
    bits = None if information is None or item.joint_judgement else round(information.expected_bits, 3)
    return {
        "evidence": item.id,
        **{f"v_{h}": RATING_SYMBOLS[item.ratings[h]] if h in item.ratings else "n/a" for h in hypotheses},
        "weight": format_number(item.weight),
        "diagnosticity": round(diagnosticity(item), 2),
        "decibels": round(decibels, 2) if decibels is not None and decibels < inf else decibels,
        "bits": bits,
    }


def _matrix_sentences(names: dict[str, str], matrix: ConsistencyMatrix) -> Iterator[str]:
    """The hypotheses by each rule, what would change which is least, and how far the rows tell them apart."""
    yield as_sentence(
        "; ".join(
            f"by {SCORING_RULES[q]} "
            + ", ".join(
                f"{names[h]} {format_number(v)}" for h, v in sorted(r.inconsistency.items(), key=lambda kv: kv[1])
            )
            for q, r in matrix.rankings.items()
        )
    )
    if possible_changes := {q: flip for q, flip in matrix.fewest_changes.items() if flip}:
        changes_phrase = join_words(
            f"{count_noun(flip.change_count, 'judgement')} by {SCORING_RULES[q]}"
            for q, flip in possible_changes.items()
        )
        rivals = join_words(dict.fromkeys(names[flip.rival] for flip in possible_changes.values()), "or")
        yield f"To put {rivals} before it takes {changes_phrase}, read otherwise."
    if tied_rules := [SCORING_RULES[q] for q, r in matrix.rankings.items() if r.leader is None]:
        yield f"A tie by {join_words(tied_rules)}."
    if count := matrix.undiagnostic_count:
        verb = "tells" if count == 1 else "tell"
        yield f"{count_noun(count, 'row').capitalize()} {verb} no hypothesis from another."
    if any(item.joint_judgement for item in matrix.items):
        yield "Made from the same codes as the weight of the passages, this is no second test."
