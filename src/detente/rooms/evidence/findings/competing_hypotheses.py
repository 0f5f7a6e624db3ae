"""The finding on competing hypotheses: which of them the evidence contradicts least."""

from __future__ import annotations

from math import inf

from detente.case.schema.case import Case
from detente.case.schema.coding import Table
from detente.methods.inference.bayesian_updating import decibels, information
from detente.methods.inference.competing_hypotheses import RULES, WORDS, Item, diagnosticity, flip, rank
from detente.results.finding import Finding, Robustness
from detente.rooms.evidence.model.coding_routes import Current, motive_of, strength
from detente.rooms.evidence.model.congruence_tables import Tested, exact
from detente.rooms.evidence.model.likelihoods import gather, passage_coders
from detente.text.english import count, listed, sentence
from detente.text.number_format import number

TWO_STEPS = 0.75
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


def items_of(case: Case, counting: Current, name: str, table: Table) -> list[Item]:
    """The rows of the matrix: coded passages and rated clues that bear on a table."""
    coder = next(iter(passage_coders(case, counting, table)), None)
    found = []
    if all(h.holds is not None for h in case.hypotheses.values()):
        for (who, unit), codings in counting.items():
            if who != coder or motive_of(case, unit) not in table.motives:
                continue
            ratings = dict.fromkeys(case.hypotheses, 0)
            for _, coding in codings:
                if coding.direction in ("for", "against"):
                    p = strength(case.evidence.strengths, coding).mean
                    steps = 2 if p >= TWO_STEPS else 1 if p > 0.5 else 0
                    for h, part in case.hypotheses.items():
                        agrees = (coding.theory in (part.holds or ())) == (coding.direction == "for")
                        ratings[h] += steps if agrees else -steps
            found.append(Item(unit, {h: max(-2, min(2, rating)) for h, rating in ratings.items()}, joint=True))
    for id, clue in case.clues.items():
        if clue.table == name and clue.consistency:
            weight = exact(clue.credibility.mean if clue.credibility else 1)
            weight *= exact(clue.relevance.mean if clue.relevance else 1)
            found.append(Item(id, {h: r for h, r in clue.consistency.items() if r != "n/a"}, weight))
    return found


def competing(case: Case, counting: Current, test: Tested) -> Finding | None:
    """The matrix of a table, ranked by both rules; None if nothing is rated."""
    import polars as pl

    items = items_of(case, counting, test.id, test.table)
    if not items:
        return None
    hypotheses, names = list(case.hypotheses), {h: part.name for h, part in case.hypotheses.items()}
    found = {q: rank(items, hypotheses, q) for q in RULES}
    learned = _learned(case, counting, test)
    records = []
    for item in sorted(items, key=lambda item: -diagnosticity(item)):
        db, bits = learned.get(item.id, (None, None))
        records.append(
            {
                "evidence": item.id,
                **{f"v_{h}": WORDS[item.ratings[h]] if h in item.ratings else "n/a" for h in hypotheses},
                "weight": number(item.weight),
                "diagnosticity": round(diagnosticity(item), 2),
                "decibels": db,
                "bits": None if item.joint else bits,
            }
        )
    total = {q: {f"v_{h}": number(found[q].inconsistency[h]) for h in hypotheses} for q in RULES}
    records += [{"evidence": f"inconsistency, {RULES[q]}", **total[q]} for q in RULES]
    idle = sum(diagnosticity(item) == 0 for item in items)
    flips = {q: flip(items, hypotheses, q) for q in RULES}
    says = sentence(
        "; ".join(
            f"by {RULES[q]} "
            + ", ".join(f"{names[h]} {number(v)}" for h, v in sorted(r.inconsistency.items(), key=lambda kv: kv[1]))
            for q, r in found.items()
        )
    )
    changes = {q: changed for q, changed in flips.items() if changed}
    if changes:
        words = listed(f"{count(c.number, 'judgement')} by {RULES[q]}" for q, c in changes.items())
        rivals = listed(dict.fromkeys(names[c.rival] for c in changes.values()), "or")
        says += f" To put {rivals} before it takes {words}, read otherwise."
    tied = [RULES[q] for q, r in found.items() if r.leader is None]
    says += f" A tie by {listed(tied)}." if tied else ""
    says += (
        f" {count(idle, 'row').capitalize()} {'tells' if idle == 1 else 'tell'} no hypothesis from another."
        if idle
        else ""
    )
    coded = any(item.joint for item in items)
    says += " Made from the same codes as the weight of the passages, this is no second test." if coded else ""
    leaders = {r.leader for r in found.values()}
    one = any(changed and changed.number == 1 for changed in flips.values())
    standing = "tie" if leaders == {None} else "fragile" if one or len(leaders) > 1 else "robust"
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
        robustness=Robustness(standing),  # type: ignore[arg-type]
    )


def _learned(case: Case, counting: Current, test: Tested) -> dict[str, tuple[float, float]]:
    """For rows with likelihoods: the largest weight between two hypotheses, and the expected gain of looking."""
    evidence = gather(case, counting, test.id)
    chances: dict[str, dict[str, float]] = {}
    for piece, unit in zip(evidence.pieces, evidence.rests_on, strict=True) if evidence else ():
        before = chances.get(unit, dict.fromkeys(piece.chances, 1.0))
        chances[unit] = {h: before[h] * p for h, p in piece.chances.items()}
    found = {}
    for unit, p in chances.items():
        widest = decibels(max(p.values()), min(p.values()))
        found[unit] = (round(widest, 2) if widest < inf else widest, round(information(evidence.prior, p), 3))  # type: ignore[union-attr]
    return found
