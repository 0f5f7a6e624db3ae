"""The finding on how the weight of evidence moves with what cannot be known: mapping, correlation, coder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from detente.case.schema.case import Case
from detente.case.schema.evidence_weights import PassageStrengths
from detente.results.finding import Finding
from detente.results.table import Column, make_table
from detente.rooms.evidence.findings.columns import PROBABILITY
from detente.rooms.evidence.findings.text import MAPPING_PHRASES, robustness_of_lead
from detente.rooms.evidence.model.likelihood_sensitivity import LikelihoodSensitivity, LikelihoodVariation
from detente.rooms.evidence.model.posterior import PosteriorResult
from detente.text.english import join_words
from detente.text.number_format import format_number

METHOD = (
    "The probabilities are computed anew with the decibels of the mapping taken several times, with mappings of "
    "another shape, with other correlations within clusters, and from each coder's passages. Called fragile if any of"
    " these, or the loss of one piece, takes the lead away. What cannot change the order by arithmetic is no test of "
    "it, and is said to be none."
)
ASSUMPTION_PHRASES = {
    "factor": "decibels of the mapping",
    "shape": "shape of the mapping",
    "correlation": "correlation within clusters",
    "coder": "coder of the passages",
}


def likelihood_sensitivity_finding(
    case: Case, result: PosteriorResult, sensitivity: LikelihoodSensitivity, structural_leader: str | None
) -> Finding:
    """How the posterior moves with the mapping of strengths, the correlation, and the coder."""
    names = {h: part.name for h, part in case.hypotheses.items()}
    leader = None if result.is_tie else result.leader
    robustness = robustness_of_lead(sensitivity.standing, leader, structural_leader)
    sentences = (
        _lead_sentence(case, result, names, sensitivity),
        robustness.because,
        _arithmetic_words(case, result),
        _mapping_sentence(case),
    )
    return Finding(
        id=f"{result.test.id}-mapping",
        title=f"{result.test.table.title}: how that moves with what is assumed",
        says=" ".join(filter(None, sentences)),
        see="The probability of each hypothesis under each setting; 1 times the decibels is the case's own.",
        table=make_table([*_columns(names)], _rows(case, names, sensitivity)),
        method=METHOD,
        rests_on=(result.test.id, *result.evidence.hypotheses),
        robustness=robustness,
    )


def _columns(names: Mapping[str, str]) -> Iterator[Column]:
    yield Column("what_moves")
    yield Column("to")
    yield Column("factor", "times", "number", "times the decibels of the mapping")
    yield Column("correlation", format="number", unit="correlation within clusters")
    yield from (Column(f"probability_{h}", name, "number", PROBABILITY) for h, name in names.items())
    yield Column("leads")


def _rows(case: Case, names: Mapping[str, str], sensitivity: LikelihoodSensitivity) -> Iterator[dict[str, object]]:
    for variation in sensitivity.variations:
        yield {
            "what_moves": ASSUMPTION_PHRASES[variation.assumption],
            "to": _setting_words(case, variation),
            "factor": variation.factor,
            "correlation": variation.correlation,
            **{f"probability_{h}": p for h, p in variation.probabilities.items()},
            "leads": names[variation.leader] if variation.leader else "tie",
        }


def _setting_words(case: Case, variation: LikelihoodVariation) -> str:
    """The shape or the coder that an assumption is moved to; nothing where it is moved to a number."""
    if variation.shape:
        return MAPPING_PHRASES[variation.shape]
    return case.coders[variation.coder].name if variation.coder else ""


def _setting_phrase(case: Case, variation: LikelihoodVariation) -> str:
    """What an assumption is moved to."""
    if variation.factor is not None:
        return f"{format_number(variation.factor)} times"
    if variation.correlation is not None:
        return format_number(variation.correlation)
    return _setting_words(case, variation)


def _lead_sentence(
    case: Case, result: PosteriorResult, names: Mapping[str, str], sensitivity: LikelihoodSensitivity
) -> str:
    if result.is_tie:
        return "Nothing leads, so there is no lead to lose."
    lost_leads: dict[str, list[str]] = {}
    for variation in sensitivity.variations:
        if variation.leader != result.leader:
            leader_name = names[variation.leader] if variation.leader else "tie"
            lost_leads.setdefault(ASSUMPTION_PHRASES[variation.assumption], []).append(
                f"{_setting_phrase(case, variation)} ({leader_name})"
            )
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
    verb = "cannot" if has_clues else "can"
    return f"With one cluster and equal priors {subject} {verb} change the order: that is arithmetic."


def _mapping_sentence(case: Case) -> str:
    mapping: PassageStrengths = case.evidence.strengths
    names = ("strong", "moderate", "weak", "conditional")
    chances = join_words(f"{name} {format_number(getattr(mapping, name).mean)}" for name in names)
    return f"The mapping is an assumption: {chances} is the chance of such a passage if its theory holds."
