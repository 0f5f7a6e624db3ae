"""What the room knows of its own fit, for the brief: how the model fares on what happened."""

from __future__ import annotations

from detente.results.brief import FitToRecord
from detente.rooms.acceptance.model.acceptance import AcceptanceModel
from detente.rooms.acceptance.model.record_fit.fit_to_record import fit_of_model


def fit_to_record(model: AcceptanceModel) -> FitToRecord | None:
    """How many distinct outcomes the model gets right, counting all its reasons, beside one that never changes its
    answer; None where nothing on record tests it."""
    fit = fit_of_model(model.years, model.outcome_tests)
    if fit is None:
        return None
    return FitToRecord(fit.right_count, max(fit.no_count, fit.yes_count), fit.outcome_count)
