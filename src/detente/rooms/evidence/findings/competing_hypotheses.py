"""The finding on competing hypotheses: which of them the evidence contradicts least."""

from __future__ import annotations

from math import inf

from detente.case.schema.case import Case
from detente.case.schema.coding import MotiveTable
from detente.methods.inference.bayesian_updating import expected_information, ratio_in_decibels
from detente.methods.inference.competing_hypotheses import (
    RATING_SYMBOLS,
    SCORING_RULES,
    EvidenceItem,
    diagnosticity,
    minimum_matrix_changes,
    rank_hypotheses,
)
from detente.results.finding import Finding, Robustness
from detente.rooms.evidence.model.coding_routes import LatestCodings, motive_of, strength_estimate
from detente.rooms.evidence.model.congruence_tables import CongruenceTest, exact_fraction
from detente.rooms.evidence.model.likelihoods import collect_evidence, passage_coders
from detente.text.english import as_sentence, count_noun, join_words
from detente.text.number_format import format_number

TWO_STEP_CHANCE = 0.75
"""The chance of a strength from which a passage is rated two steps and not one: odds of three to one."""
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


def rated_items(case: Case, latest_codings: LatestCodings, table_id: str, table: MotiveTable) -> list[EvidenceItem]:
    """The rows of the matrix: coded passages and rated clues that bear on a table."""
    coder = next(iter(passage_coders(case, latest_codings, table)), None)
    items = []
    if all(h.holds is not None for h in case.hypotheses.values()):
        for (unit_coder, unit), codings in latest_codings.items():
            if unit_coder != coder or motive_of(case, unit) not in table.motives:
                continue
            ratings = dict.fromkeys(case.hypotheses, 0)
            for _, coding in codings:
                if coding.direction in ("for", "against"):
                    p = strength_estimate(case.evidence.strengths, coding).mean
                    steps = 2 if p >= TWO_STEP_CHANCE else 1 if p > 0.5 else 0
                    for h, part in case.hypotheses.items():
                        agrees = (coding.theory in (part.holds or ())) == (coding.direction == "for")
                        ratings[h] += steps if agrees else -steps
            items.append(
                EvidenceItem(unit, {h: max(-2, min(2, rating)) for h, rating in ratings.items()}, joint_judgement=True)
            )
    for id, clue in case.clues.items():
        if clue.table == table_id and clue.consistency:
            weight = exact_fraction(clue.credibility.mean if clue.credibility else 1)
            weight *= exact_fraction(clue.relevance.mean if clue.relevance else 1)
            items.append(EvidenceItem(id, {h: r for h, r in clue.consistency.items() if r != "n/a"}, weight))
    return items


def competing_hypotheses_finding(case: Case, latest_codings: LatestCodings, test: CongruenceTest) -> Finding | None:
    """The matrix of a table, ranked by both rules; None if nothing is rated."""
    import polars as pl

    items = rated_items(case, latest_codings, test.id, test.table)
    if not items:
        return None
    hypotheses, names = list(case.hypotheses), {h: part.name for h, part in case.hypotheses.items()}
    rankings = {q: rank_hypotheses(items, hypotheses, q) for q in SCORING_RULES}
    information_by_unit = _information_by_unit(case, latest_codings, test)
    records = []
    for item in sorted(items, key=lambda item: -diagnosticity(item)):
        db, bits = information_by_unit.get(item.id, (None, None))
        records.append(
            {
                "evidence": item.id,
                **{f"v_{h}": RATING_SYMBOLS[item.ratings[h]] if h in item.ratings else "n/a" for h in hypotheses},
                "weight": format_number(item.weight),
                "diagnosticity": round(diagnosticity(item), 2),
                "decibels": db,
                "bits": None if item.joint_judgement else bits,
            }
        )
    totals = {q: {f"v_{h}": format_number(rankings[q].inconsistency[h]) for h in hypotheses} for q in SCORING_RULES}
    records += [{"evidence": f"inconsistency, {SCORING_RULES[q]}", **totals[q]} for q in SCORING_RULES]
    undiagnostic_count = sum(diagnosticity(item) == 0 for item in items)
    fewest_changes = {q: minimum_matrix_changes(items, hypotheses, q) for q in SCORING_RULES}
    says = as_sentence(
        "; ".join(
            f"by {SCORING_RULES[q]} "
            + ", ".join(
                f"{names[h]} {format_number(v)}" for h, v in sorted(r.inconsistency.items(), key=lambda kv: kv[1])
            )
            for q, r in rankings.items()
        )
    )
    possible_changes = {q: changed for q, changed in fewest_changes.items() if changed}
    if possible_changes:
        changes_phrase = join_words(
            f"{count_noun(c.change_count, 'judgement')} by {SCORING_RULES[q]}" for q, c in possible_changes.items()
        )
        rivals = join_words(dict.fromkeys(names[c.rival] for c in possible_changes.values()), "or")
        says += f" To put {rivals} before it takes {changes_phrase}, read otherwise."
    tied_rules = [SCORING_RULES[q] for q, r in rankings.items() if r.leader is None]
    says += f" A tie by {join_words(tied_rules)}." if tied_rules else ""
    says += (
        f" {count_noun(undiagnostic_count, 'row').capitalize()} {'tells' if undiagnostic_count == 1 else 'tell'} no hypothesis from another."
        if undiagnostic_count
        else ""
    )
    has_coded_items = any(item.joint_judgement for item in items)
    says += (
        " Made from the same codes as the weight of the passages, this is no second test." if has_coded_items else ""
    )
    leaders = {r.leader for r in rankings.values()}
    hangs_on_one = any(changed and changed.change_count == 1 for changed in fewest_changes.values())
    robustness = "tie" if leaders == {None} else "fragile" if hangs_on_one or len(leaders) > 1 else "robust"
    return Finding(
        id=f"{test.id}-competing",
        title=f"{test.table.title}: which hypothesis the evidence contradicts least",
        says=f"Inconsistency, the least first: {says[:1].lower()}{says[1:]}",
        see="Each row against each hypothesis, the most telling rows first. −− speaks strongly against it.",
        table=pl.DataFrame(records, infer_schema_length=None),
        headers={f"v_{h}": name for h, name in names.items()},
        links=("evidence",),
        method=METHOD,
        rests_on=(test.id, *hypotheses, *(item.id for item in items)),
        robustness=Robustness(robustness),  # type: ignore[arg-type]
    )


def _information_by_unit(
    case: Case, latest_codings: LatestCodings, test: CongruenceTest
) -> dict[str, tuple[float, float]]:
    """For rows with likelihoods: the largest weight between two hypotheses, and the expected gain of looking."""
    evidence = collect_evidence(case, latest_codings, test.id)
    chances: dict[str, dict[str, float]] = {}
    for piece, unit in zip(evidence.pieces, evidence.unit_ids, strict=True) if evidence else ():
        chances_before = chances.get(unit, dict.fromkeys(piece.likelihoods, 1.0))
        chances[unit] = {h: chances_before[h] * p for h, p in piece.likelihoods.items()}
    information_by_unit = {}
    for unit, p in chances.items():
        widest_decibels = ratio_in_decibels(max(p.values()), min(p.values()))
        information_by_unit[unit] = (
            round(widest_decibels, 2) if widest_decibels < inf else widest_decibels,
            round(expected_information(evidence.prior, p), 3),  # type: ignore[union-attr]
        )
    return information_by_unit
