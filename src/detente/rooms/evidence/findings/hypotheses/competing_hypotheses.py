"""The finding on competing hypotheses: which of them the evidence contradicts least."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from detente.case.schema.case import Case
from detente.methods.inference.competing_hypotheses import (
    SCORING_RULES,
    diagnosticity,
)
from detente.results.finding import Finding
from detente.results.table import Column, make_table
from detente.rooms.evidence.findings.columns import DECIBELS
from detente.rooms.evidence.findings.text import robustness_of_lead
from detente.rooms.evidence.model.competing_hypotheses import ConsistencyMatrix
from detente.rooms.evidence.model.congruence_tables import CongruenceTest
from detente.text.english import as_sentence, count_noun, join_words
from detente.text.number_format import format_number

METHOD = (
    "Analysis of competing hypotheses (Heuer 1999, ch. 8): the hypothesis with least inconsistency is kept. "
    "Inconsistency by the count of steps, and by their squares; credibility and relevance are weights; what does not "
    "apply is left out. Clues have the ratings the case gives them. Coded passages are rated from their strength: "
    "with the hypothesis where it holds the theory the passage speaks for, against it where not; two steps where the "
    "chance of the strength is 0.75 or more, one where it is above 0.5. That is an assumption of ours. Diagnosticity is"
    " the spread of the ratings; where there are likelihoods also the largest weight between two hypotheses in "
    "decibels, and for clues the expected gain of looking, in bits. Called fragile if one judgement, or the other "
    "rule, changes which is least: a passage's ratings change together, a clue's one by one."
)


def competing_hypotheses_finding(
    case: Case, test: CongruenceTest, matrix: ConsistencyMatrix, structural_leader: str | None
) -> Finding:
    """The matrix of a table, ranked by both rules."""
    names = {h: part.name for h, part in case.hypotheses.items()}
    robustness = robustness_of_lead(matrix.standing, matrix.leader, structural_leader)
    says = " ".join(filter(None, (*_matrix_sentences(names, matrix), robustness.because)))
    return Finding(
        id=f"{test.id}-competing",
        title=f"{test.table.title}: which hypothesis the evidence contradicts least",
        says=f"Inconsistency, the least first: {says[:1].lower()}{says[1:]}",
        see="Each row against each hypothesis, the most telling rows first. −− speaks strongly against it.",
        table=make_table([*_columns(names, matrix)], _rows(names, matrix)),
        method=METHOD,
        rests_on=(test.id, *names, *matrix.unit_ids),
        robustness=robustness,
    )


def _columns(names: Mapping[str, str], matrix: ConsistencyMatrix) -> Iterator[Column]:
    """The ratings of each row, how far it tells, and at the foot what they come to for each hypothesis."""
    yield Column("evidence", format="id", missing="inconsistency")
    for h, name in names.items():
        yield Column(f"rating_{h}", name, "rating", "steps for it or against it")
    if any(item.ratings.keys() < names.keys() for item in matrix.items):
        yield Column("does_not_apply_to", format="ids")
    yield Column("weight", format="number", unit="credibility times relevance")
    yield Column("diagnosticity", format="number", unit="steps")
    yield Column("decibels", format="number", unit=DECIBELS)
    yield Column("bits", format="number", unit="bits")
    yield Column("scoring_rule", "inconsistency by")
    for h, name in names.items():
        yield Column(f"inconsistency_{h}", f"inconsistency of {name}", "number", "steps against it, by the rule")


def _rows(names: Mapping[str, str], matrix: ConsistencyMatrix) -> Iterator[dict[str, object]]:
    for item in matrix.items:
        information = matrix.information.get(item.id)
        not_rated = [h for h in names if h not in item.ratings]
        yield {
            "evidence": item.id,
            **{f"rating_{h}": rating for h, rating in item.ratings.items()},
            **({"does_not_apply_to": ", ".join(not_rated)} if not_rated else {}),
            "weight": item.weight,
            "diagnosticity": diagnosticity(item),
            "decibels": information.widest_decibels if information else None,
            "bits": information.expected_bits if information and not item.joint_judgement else None,
        }
    for q, ranking in matrix.rankings.items():
        scores = {f"inconsistency_{h}": score for h, score in ranking.inconsistency.items()}
        yield {"scoring_rule": SCORING_RULES[q], **scores}


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
