"""The finding on how probable each hypothesis is after the evidence, and what each piece adds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from detente.case.schema.case import Case
from detente.results.finding import Finding, Robustness
from detente.results.table import Column, make_table
from detente.rooms.evidence.findings.columns import DECIBELS, PROBABILITY
from detente.rooms.evidence.findings.text import UPDATING_METHOD, format_odds, quoted_hypothesis
from detente.rooms.evidence.model.posterior import PosteriorResult
from detente.rooms.evidence.model.reversal import Reversal, TracingTest
from detente.text.number_format import format_number, format_probability


def evidence_weight_finding(case: Case, result: PosteriorResult, reversal: Reversal) -> Finding:
    """The posterior, with what each piece adds."""
    evidence = result.evidence
    names = {h: case.hypotheses[h].name for h in evidence.hypotheses}
    subject = "the weight of what its passages say" if evidence.coder else "the weight of evidence"
    return Finding(
        id=f"{result.test.id}-weight",
        title=f"{result.test.table.title}: {subject}",
        says=_lead_words(case, result, reversal),
        see=f"What each passage and each clue adds to the odds of {names[result.leader]} against "
        f"{names[result.runner_up]}, after what they repeat of others is taken off. Three decibels are odds of 2 to 1.",
        table=make_table([*_columns(names, result)], _piece_rows(case, names, result, reversal)),
        method=UPDATING_METHOD,
        rests_on=tuple(
            dict.fromkeys((result.test.id, *evidence.hypotheses, *evidence.unit_ids, *(p.id for p in evidence.pieces)))
        ),
        robustness=Robustness("tie") if result.is_tie else Robustness("descriptive"),
    )


def _columns(names: Mapping[str, str], result: PosteriorResult) -> Iterator[Column]:
    yield Column("piece", format="id")
    yield Column("coding", format="id")
    yield Column("cluster", format="id")
    yield Column("observed")
    yield Column("chance_first", f"Chance if {names[result.leader]}", "number", PROBABILITY)
    yield Column("chance_second", f"Chance if {names[result.runner_up]}", "number", PROBABILITY)
    yield Column("decibels_alone", format="number", unit=DECIBELS)
    yield Column("decibels_counted", format="number", unit=DECIBELS)
    yield Column("as_a_test")


def _piece_rows(
    case: Case, names: Mapping[str, str], result: PosteriorResult, reversal: Reversal
) -> Iterator[dict[str, object]]:
    evidence = result.evidence
    for piece, part, unit, test in zip(
        evidence.pieces, result.contributions, evidence.unit_ids, reversal.tracing_tests, strict=True
    ):
        yield {
            "piece": unit,
            "coding": part.id if part.id != unit else "",
            "cluster": part.cluster,
            "observed": "absent" if unit in case.clues and case.clues[unit].absent else "present",
            "chance_first": piece.likelihoods[result.leader],
            "chance_second": piece.likelihoods[result.runner_up],
            "decibels_alone": part.unadjusted_db,
            "decibels_counted": part.adjusted_db,
            "as_a_test": _test_words(test, names[result.runner_up]),
        }


def _test_words(test: TracingTest, runner_up_name: str) -> str:
    """What sort of test a piece is, and of what where it is not of the first hypothesis."""
    return f"{test.name}, of {runner_up_name}" if test.is_of_runner_up else test.name


def _lead_words(case: Case, result: PosteriorResult, reversal: Reversal) -> str:
    """The finding in a sentence: what leads, by how much, and of what."""
    leader_name, runner_up_name = quoted_hypothesis(case, result.leader), quoted_hypothesis(case, result.runner_up)
    low, high = reversal.leader_range
    range_phrase = (
        f" ({format_probability(low)} to {format_probability(high)} over what is assumed)" if high - low > 1e-9 else ""
    )
    chance = format_probability(result.probabilities[result.leader])
    if result.is_tie:
        text = f"{leader_name} and {runner_up_name} are equally probable, {chance} each{range_phrase}"
    else:
        decibels = format_number(round(result.posterior_odds, 1))
        text = f"{leader_name} is the most probable, {chance}{range_phrase}, by odds of "
        text += f"{format_odds(result.posterior_odds)} to 1 to {runner_up_name}, {decibels} decibels"
        if abs(result.prior_odds) > 1e-6:
            text += f", of which {format_number(round(result.evidence_weight, 1))} are the evidence's"
    if result.evidence.coder:
        coder_name = case.coders[result.evidence.coder].name
        has_clues = any(unit in case.clues for unit in result.evidence.unit_ids)
        subject = "Its passages weigh" if has_clues else "This weighs"
        text += f". {subject} how the documents speak, as {coder_name} codes it, and not what happened"
    return f"{text}."
