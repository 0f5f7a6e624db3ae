"""The claims of the documents on motives, other courses and kinds of organisation, beside what this room finds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.case.index.labels import CaseLabels
from detente.case.schema.case import Case
from detente.results.claim_comparison import ClaimComparison, ClaimVerdict
from detente.rooms.acceptance.model.acceptance import AcceptanceModel
from detente.rooms.acceptance.model.motives import MotiveReading, MotiveResult
from detente.rooms.acceptance.model.sensitivity.kinds_of_organisation import (
    KindsOfOrganisation,
    change_without_reason,
)
from detente.rooms.acceptance.model.sensitivity.tested_scenarios import TestedScenario
from detente.rooms.acceptance.model.sensitivity.what_if import ChangedShare

READINGS_ASKED: dict[MotiveReading, str] = {
    "opposed": "whether one loses what the other wins (zero-sum index)",
    "common": "whether both win (zero-sum index)",
    "neither": "who wins what",
}


def acceptance_claims(model: AcceptanceModel) -> Iterator[ClaimComparison]:
    """Every claim that this room puts to the test."""
    for motive in model.motives:
        if motive.expected_reading is not None:
            yield _motive_claim(model.case, motive)
    for scenario in model.tested_scenarios:
        yield _scenario_claim(model, scenario)
    claims = tuple(dict.fromkeys(claim for trait in model.case.traits.values() for claim in trait.tests))
    if claims and model.kinds_of_organisation is not None:
        yield _unlikeness_claim(model, model.kinds_of_organisation, claims)


def _motive_claim(case: Case, motive: MotiveResult) -> ClaimComparison:
    """Whether a motive works as the theory that it is coded to first of all would have it."""
    indices = [amount.index for amount in motive.amounts if amount.index is not None]
    met = [amount.reading == motive.expected_reading for amount in motive.amounts]
    told = {amount.reading for amount in motive.amounts} - {"neither"}
    return ClaimComparison(
        topic="motives",
        claims=(motive.motive,),
        asked=f"as {case.theories[motive.codings[0].theory].name.lower()} has it: "
        f"{READINGS_ASKED[motive.expected_reading or 'neither']}",
        section="response",
        finding="motives",
        verdict="open" if not told else _verdict(met),
        index=sum(indices) / len(indices) if indices else None,
    )


def _scenario_claim(model: AcceptanceModel, tested: TestedScenario) -> ClaimComparison:
    """Whether the offer fares by a scenario as the claims expect."""
    verdicts: dict[str, ClaimVerdict] = {"as-expected": "agrees", "in-one-form": "in-part", "otherwise": "differs"}
    shares = tested.what_if.offered if tested.asks_offering_side else tested.what_if.strict
    told = _greatest_change([share for key, share in shares.items() if key[1] == tested.theory_id])
    offering_side, answering_side = map(CaseLabels(model.case).party_name, model.years[-1].deciders.sides)
    told_of = f"{offering_side} is for it" if tested.asks_offering_side else f"{answering_side} accepts"
    return ClaimComparison(
        topic="orientation",
        claims=tuple(tested.scenario.tests),
        asked=f"how often {told_of} if this were so: {tested.scenario.says.rstrip('.')}",
        section="response",
        finding="expectations",
        verdict=verdicts[tested.verdict],
        share=told.after.value,
        share_before=told.before.value,
        built_in=all(path.startswith("threat.") for path in tested.scenario.set),
    )


def _unlikeness_claim(model: AcceptanceModel, kinds: KindsOfOrganisation, claims: tuple[str, ...]) -> ClaimComparison:
    """Whether being unlike is a greater obstacle than any one reason is."""
    result = model.years[-1]
    theory = result.deciders.full_theory
    is_greatest = []
    for variant in result.deciders.offered_variants:
        change = kinds.on_all.strict[variant.form, theory.id].change.value
        by_reason = [change_without_reason(result, variant, reason) for reason in theory.uses]
        is_greatest.append(change > max(by_reason, default=0.0))
    told = _greatest_change([share for key, share in kinds.on_all.strict.items() if key[1] == theory.id])
    return ClaimComparison(
        topic="organisations",
        claims=claims,
        asked="whether that the two are unlike changes more than any one reason; how often the offer is accepted if "
        "they were alike",
        section="response",
        finding="kinds-of-organisation",
        verdict=_verdict(is_greatest),
        share=told.after.value,
        share_before=told.before.value,
    )


def _verdict(met: Sequence[bool]) -> ClaimVerdict:
    return "agrees" if all(met) else "in-part" if any(met) else "differs"


def _greatest_change(shares: Sequence[ChangedShare]) -> ChangedShare:
    """Of the forms of the channel, the one in which most changes."""
    return max(shares, key=lambda share: abs(share.change.value))
