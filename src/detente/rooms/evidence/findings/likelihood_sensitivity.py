"""The finding on how the weight of evidence moves with what cannot be known: mapping, correlation, coder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from detente.case.schema.case import Case
from detente.case.schema.evidence_weights import Strengths
from detente.methods.inference.bayesian_updating import posterior
from detente.results.finding import Finding, Robustness
from detente.rooms.evidence.findings.charts import lines_chart
from detente.rooms.evidence.model.coding_routes import Current, other_mappings
from detente.rooms.evidence.model.likelihoods import Evidence, correlations, gather, passage_coders
from detente.rooms.evidence.model.posterior import Updated, leader, losses
from detente.text.english import listed
from detente.text.number_format import number

TIMES = (0.0, 0.5, 1.0, 1.5, 2.0)
"""How many times the decibels of the case's mapping are taken."""
CORRELATIONS = (0.0, 0.25, 0.5, 0.75, 1.0)
METHOD = (
    "The probabilities are computed anew with the decibels of the mapping taken several times, with mappings of "
    "another shape, with other correlations within clusters, and from each coder's passages. Called fragile if any of"
    " these, or the loss of one piece, takes the lead away. What cannot change the order by arithmetic is no test of "
    "it, and is said to be none."
)
Try = tuple[str, str, Evidence, float | None]
"""What is moved, to what, the evidence then, and a correlation common to all clusters."""


def sensitivity(case: Case, counting: Current, found: Updated) -> Finding:
    """How the posterior moves with the mapping of strengths, the correlation, and the coder."""
    import polars as pl

    names = {h: part.name for h, part in case.hypotheses.items()}
    records = []
    moved: dict[str, list[str]] = {}
    for what, to, evidence, common in _tries(case, counting, found):
        after = posterior(evidence.prior, evidence.pieces, correlations(case, common))
        first = leader(after)
        leads = names[first] if first else "tie"
        records.append({"what_moves": what, "to": to, **{f"p_{h}": p for h, p in after.items()}, "leads": leads})
        if first != found.first:
            moved.setdefault(what, []).append(f"{to} ({leads})")
    level = None if found.tie else losses(case, found, to_a_tie=True)
    fragile = bool(moved) or (level is not None and level[1].number == 1)
    points = list(_points(case, counting, found, names)) if found.evidence.coder else []
    return Finding(
        id=f"{found.test.id}-mapping",
        title=f"{found.test.table.title}: how that moves with what is assumed",
        says=" ".join(
            filter(None, (_moved_words(found, names, moved), _arithmetic_words(case, found), _mapping(case)))
        ),
        see="The probability of each hypothesis by how strongly passages are taken to speak; the case's own is 1.",
        table=pl.DataFrame(records),
        headers={f"p_{h}": name for h, name in names.items()},
        chart=lines_chart(
            f"{found.test.table.title}: probability of each hypothesis by how strongly passages are taken to speak",
            *(points, 1.0, "times the decibels of the mapping", (0.0, 1.0)),
        )
        if points
        else None,
        method=METHOD,
        rests_on=(found.test.id, *found.evidence.hypotheses),
        robustness=Robustness("tie" if found.tie else "fragile" if fragile else "robust"),
    )


def _tries(case: Case, counting: Current, found: Updated) -> Iterator[Try]:
    if found.evidence.coder:
        for times in TIMES[1:]:
            if evidence := gather(case, counting, found.test.id, times=times):
                yield "decibels of the mapping", f"{number(times)} times", evidence, None
        for name, mapping in other_mappings(case.evidence.strengths).items():
            if evidence := gather(case, counting, found.test.id, mapping=mapping):
                yield "shape of the mapping", name, evidence, None
    for rho in CORRELATIONS:
        yield "correlation within clusters", number(rho), found.evidence, rho
    for coder in passage_coders(case, counting, found.test.table):
        other = gather(case, counting, found.test.id, coder=coder)
        if other and other.coder:
            yield "coder of the passages", case.coders[coder].name, other, None


def _points(
    case: Case, counting: Current, found: Updated, names: Mapping[str, str]
) -> Iterator[tuple[float, str, float]]:
    """The probabilities by how strongly passages speak; at nothing they are those before the passages."""
    for times in TIMES:
        evidence = gather(case, counting, found.test.id, times=times or 1e-9)
        after = posterior(evidence.prior, evidence.pieces, correlations(case)) if evidence else found.after
        yield from ((times, names[h], p) for h, p in after.items())


def _moved_words(found: Updated, names: Mapping[str, str], moved: Mapping[str, Sequence[str]]) -> str:
    if found.tie:
        return "Nothing leads, so there is no lead to lose."
    if not moved:
        return f"“{names[found.first]}” leads under every mapping, correlation and coder tried."
    where = "; ".join(f"{what}, {listed(values)}" for what, values in moved.items())
    return f"“{names[found.first]}” does not lead under all that was tried: {where}."


def _arithmetic_words(case: Case, found: Updated) -> str:
    """Said where a common factor on all weights cannot change the order, and so does not test it."""
    if not found.alike or found.tie:
        return ""
    clues = any(unit in case.clues for unit in found.evidence.rests_on)
    what = "the correlation" if clues else "neither the correlation nor a common factor on the mapping"
    return (
        f"With one cluster and equal priors {what} {'cannot' if clues else 'can'} change the order: that is arithmetic."
    )


def _mapping(case: Case) -> str:
    mapping: Strengths = case.evidence.strengths
    names = ("strong", "moderate", "weak", "conditional")
    chances = listed(f"{name} {number(getattr(mapping, name).mean)}" for name in names)
    return f"The mapping is an assumption: {chances} is the chance of such a passage if its theory holds."
