"""The claims of the documents on what institutions do, and on where to begin, beside what this room finds."""

from __future__ import annotations

from collections.abc import Iterator

from detente.methods.inference.running_moments import STANDARD_ERRORS_APART
from detente.results.claim_comparison import ClaimComparison, ClaimVerdict
from detente.rooms.durability.model.durability import DurabilityModel
from detente.rooms.durability.model.institutions import InstitutionTest, PairedChange
from detente.rooms.durability.model.trust.first_steps import AdviceVerdict, FirstSteps

ADVICE_VERDICTS: dict[AdviceVerdict, ClaimVerdict] = {"agrees": "agrees", "disagrees": "differs", "open": "open"}


def durability_claims(model: DurabilityModel) -> Iterator[ClaimComparison]:
    """Every claim that this room puts to the test."""
    for institution in model.institutions:
        claims = tuple(model.case.institutions[institution.id].tests)
        if claims and institution.all_effects:
            yield _institution_claim(model, institution, claims)
    steps = model.first_steps
    if steps is not None and steps.advised is not None:
        yield _first_step_claim(model, steps)


def _institution_claim(model: DurabilityModel, test: InstitutionTest, claims: tuple[str, ...]) -> ClaimComparison:
    """Whether cooperation lasts oftener with an institution than without."""
    met = [_is_clear_gain(result.lasts) for result in test.all_effects]
    greatest = max(test.all_effects, key=lambda result: result.lasts.after - result.lasts.before)
    case = model.case
    return ClaimComparison(
        topic="institutions",
        claims=claims,
        asked=f"how often cooperation lasts with “{case.institutions[test.id].title}”; told of "
        f"“{case.games[greatest.game].title}”, where it changes most",
        section="lasting",
        finding=f"institution-{test.id}",
        verdict="agrees" if all(met) else "in-part" if any(met) else "differs",
        share=greatest.lasts.after,
        share_before=greatest.lasts.before,
    )


def _is_clear_gain(change: PairedChange) -> bool:
    """Whether something holds oftener than before, by more than so many draws leave open; or always did."""
    return change.after - change.before > STANDARD_ERRORS_APART * change.error or change.before == change.after == 1


def _first_step_claim(model: DurabilityModel, steps: FirstSteps) -> ClaimComparison:
    """Whether a first step reassures where it is advised as often as anywhere."""
    advised = steps.advised
    if advised is None:
        raise ValueError("no step is advised; who asks looks first")
    return ClaimComparison(
        topic="institutions",
        claims=tuple(advised.reassurance.tests),
        asked=f"whether some first step on “{model.case.games[advised.game].title}” reassures as often as on any other",
        section="lasting",
        finding="first-steps",
        verdict=ADVICE_VERDICTS[steps.advice_verdict],
        share=advised.some_step_share,
    )
