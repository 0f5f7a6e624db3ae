"""The finding on how the weight of evidence moves with what cannot be known: mapping, correlation, coder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from detente.case.schema.case import Case
from detente.case.schema.evidence_weights import PassageStrengths
from detente.methods.inference.bayesian_updating import posterior_probabilities
from detente.results.finding import Finding, Robustness
from detente.rooms.evidence.findings.charts import lines_chart
from detente.rooms.evidence.model.coding_routes import LatestCodings, alternative_mappings
from detente.rooms.evidence.model.likelihoods import Evidence, cluster_correlations, collect_evidence, passage_coders
from detente.rooms.evidence.model.posterior import PosteriorResult, nearest_rival, sole_leader
from detente.text.english import join_words
from detente.text.number_format import format_number

MAPPING_FACTORS = (0.0, 0.5, 1.0, 1.5, 2.0)
"""How many times the decibels of the case's mapping are taken."""
TRIED_CORRELATIONS = (0.0, 0.25, 0.5, 0.75, 1.0)
METHOD = (
    "The probabilities are computed anew with the decibels of the mapping taken several times, with mappings of "
    "another shape, with other correlations within clusters, and from each coder's passages. Called fragile if any of"
    " these, or the loss of one piece, takes the lead away. What cannot change the order by arithmetic is no test of "
    "it, and is said to be none."
)
Variation = tuple[str, str, Evidence, float | None]
"""What is moved, to what, the evidence then, and a correlation common to all clusters."""


def likelihood_sensitivity_finding(case: Case, latest_codings: LatestCodings, result: PosteriorResult) -> Finding:
    """How the posterior moves with the mapping of strengths, the correlation, and the coder."""
    import polars as pl

    names = {h: part.name for h, part in case.hypotheses.items()}
    records = []
    lost_leads: dict[str, list[str]] = {}
    for assumption, setting, evidence, common in _variations(case, latest_codings, result):
        probabilities = posterior_probabilities(evidence.prior, evidence.pieces, cluster_correlations(case, common))
        leading = sole_leader(probabilities)
        leader_name = names[leading] if leading else "tie"
        records.append(
            {
                "what_moves": assumption,
                "to": setting,
                **{f"p_{h}": p for h, p in probabilities.items()},
                "leads": leader_name,
            }
        )
        if leading != result.leader:
            lost_leads.setdefault(assumption, []).append(f"{setting} ({leader_name})")
    level_rival = None if result.is_tie else nearest_rival(case, result, to_a_tie=True)
    is_fragile = bool(lost_leads) or (level_rival is not None and level_rival[1].group_count == 1)
    points = list(_chart_points(case, latest_codings, result, names)) if result.evidence.coder else []
    return Finding(
        id=f"{result.test.id}-mapping",
        title=f"{result.test.table.title}: how that moves with what is assumed",
        says=" ".join(
            filter(
                None,
                (_lead_sentence(result, names, lost_leads), _arithmetic_words(case, result), _mapping_sentence(case)),
            )
        ),
        see="The probability of each hypothesis by how strongly passages are taken to speak; the case's own is 1.",
        table=pl.DataFrame(records),
        headers={f"p_{h}": name for h, name in names.items()},
        chart=lines_chart(
            f"{result.test.table.title}: probability of each hypothesis by how strongly passages are taken to speak",
            *(points, 1.0, "times the decibels of the mapping", (0.0, 1.0)),
        )
        if points
        else None,
        method=METHOD,
        rests_on=(result.test.id, *result.evidence.hypotheses),
        robustness=Robustness("tie" if result.is_tie else "fragile" if is_fragile else "robust"),
    )


def _variations(case: Case, latest_codings: LatestCodings, result: PosteriorResult) -> Iterator[Variation]:
    if result.evidence.coder:
        for factor in MAPPING_FACTORS[1:]:
            if evidence := collect_evidence(case, latest_codings, result.test.id, factor=factor):
                yield "decibels of the mapping", f"{format_number(factor)} times", evidence, None
        for name, mapping in alternative_mappings(case.evidence.strengths).items():
            if evidence := collect_evidence(case, latest_codings, result.test.id, mapping=mapping):
                yield "shape of the mapping", name, evidence, None
    for rho in TRIED_CORRELATIONS:
        yield "correlation within clusters", format_number(rho), result.evidence, rho
    for coder in passage_coders(case, latest_codings, result.test.table):
        coder_evidence = collect_evidence(case, latest_codings, result.test.id, coder=coder)
        if coder_evidence and coder_evidence.coder:
            yield "coder of the passages", case.coders[coder].name, coder_evidence, None


def _chart_points(
    case: Case, latest_codings: LatestCodings, result: PosteriorResult, names: Mapping[str, str]
) -> Iterator[tuple[float, str, float]]:
    """The probabilities by how strongly passages speak; at nothing they are those before the passages."""
    for factor in MAPPING_FACTORS:
        evidence = collect_evidence(case, latest_codings, result.test.id, factor=factor or 1e-9)
        probabilities = (
            posterior_probabilities(evidence.prior, evidence.pieces, cluster_correlations(case))
            if evidence
            else result.probabilities
        )
        yield from ((factor, names[h], p) for h, p in probabilities.items())


def _lead_sentence(result: PosteriorResult, names: Mapping[str, str], lost_leads: Mapping[str, Sequence[str]]) -> str:
    if result.is_tie:
        return "Nothing leads, so there is no lead to lose."
    if not lost_leads:
        return f"“{names[result.leader]}” leads under every mapping, correlation and coder tried."
    settings_phrase = "; ".join(f"{assumption}, {join_words(values)}" for assumption, values in lost_leads.items())
    return f"“{names[result.leader]}” does not lead under all that was tried: {settings_phrase}."


def _arithmetic_words(case: Case, result: PosteriorResult) -> str:
    """Said where a common factor on all weights cannot change the order, and so does not test it."""
    if not result.is_order_fixed or result.is_tie:
        return ""
    has_clues = any(unit in case.clues for unit in result.evidence.unit_ids)
    subject = "the correlation" if has_clues else "neither the correlation nor a common factor on the mapping"
    return f"With one cluster and equal priors {subject} {'cannot' if has_clues else 'can'} change the order: that is arithmetic."


def _mapping_sentence(case: Case) -> str:
    mapping: PassageStrengths = case.evidence.strengths
    names = ("strong", "moderate", "weak", "conditional")
    chances = join_words(f"{name} {format_number(getattr(mapping, name).mean)}" for name in names)
    return f"The mapping is an assumption: {chances} is the chance of such a passage if its theory holds."
