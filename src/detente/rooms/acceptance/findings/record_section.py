"""The section that holds the model against what happened, and against what is said of such channels."""

from __future__ import annotations

from collections.abc import Sequence

from detente.results.finding import Section
from detente.rooms.acceptance.findings.fit_to_record import outcomes_finding
from detente.rooms.acceptance.findings.received_claims import received_claims_finding
from detente.rooms.acceptance.findings.record_opening import (
    missing_of_record,
    record_headline,
    record_lead,
    record_picture,
)
from detente.rooms.acceptance.findings.renewed_offers import renewed_offers_finding
from detente.rooms.acceptance.findings.replies_on_record import replies_on_record_finding
from detente.rooms.acceptance.findings.text import AcceptanceLabels
from detente.rooms.acceptance.findings.theory_fit import likelihoods_finding
from detente.rooms.acceptance.model.acceptance import AcceptanceModel
from detente.rooms.acceptance.model.record_fit.fit_to_record import counted_outcomes, fit_of_model


def record_section(model: AcceptanceModel, years: Sequence[AcceptanceLabels]) -> Section:
    """How well the model fits: what it gets right, theory by theory, reply by reply, year by year, claim by claim.

    Args:
        model: What the room has worked out.
        years: The names, by year; that of the answer last.
    """
    labels = years[-1]
    fit = fit_of_model(model.years, model.outcome_tests)
    outcomes = counted_outcomes(model.outcome_tests)
    findings = (
        outcomes_finding(labels, model.outcome_tests, fit),
        likelihoods_finding(labels, model.outcome_tests, model.years),
        replies_on_record_finding(labels, model.replies_on_record, model.years),
        renewed_offers_finding(labels, model.renewed_offers),
        received_claims_finding(years, model.claims),
    )
    return Section(
        id="against",
        title="How well this fits",
        headline=record_headline(fit),
        lead=record_lead(model, fit, outcomes),
        picture=record_picture(model, labels, outcomes),
        picture_of=("likelihoods",) if outcomes else (),
        findings=tuple(finding for finding in findings if finding),
        missing=tuple(missing_of_record(model, labels)),
    )
