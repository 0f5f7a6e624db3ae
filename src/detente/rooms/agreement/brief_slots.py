"""What the agreement room knows for the brief: what could be agreed, and what could be observed."""

from __future__ import annotations

from collections.abc import Iterator

from detente.methods.inference.sign_effects import SignEffect
from detente.results.brief import BriefSlots, OfferSlot, Sign, TestedShare
from detente.results.outcome import Quantity
from detente.rooms.agreement.findings.formats import format_sentence
from detente.rooms.agreement.findings.text import AgreementLabels
from detente.rooms.agreement.model.agreement import AgreementModel
from detente.rooms.agreement.model.answer_signs import AnswerSign
from detente.rooms.agreement.model.offer_fate import OfferFate

UNIT = "share of draws"
ALIKE = 0.02
"""Refusals of two sides that differ by less are told as alike."""


def fill_agreement_slots(model: AgreementModel) -> BriefSlots:
    """The best format of all issues beside the offer as it is, and the signs that tell something of the answer."""
    labels = AgreementLabels(model)
    return BriefSlots(offers=(_offer(labels),), signposts=tuple(_signs(model)))


def _offer(labels: AgreementLabels) -> OfferSlot:
    model = labels.model
    best, *as_good = model.best_fates
    return OfferSlot(
        made=tuple(_quantity(fate, fate.main.agreed) for fate in labels.offered_fates),
        best=_quantity(best, best.main.agreed),
        how="" if labels.is_best_as_offered else format_sentence(labels, best),
        as_good=len(as_good),
        reluctant=_reluctant(labels, best),
        link="agreement-formats",
    )


def _quantity(fate: OfferFate, share: float) -> Quantity:
    return Quantity(share, UNIT, fate.error(share))


def _reluctant(labels: AgreementLabels, best: OfferFate) -> str:
    """The side that alone says no oftener in the best format; nothing where both do alike."""
    answering, offering = best.refusals.answering_only, best.refusals.offering_only
    if abs(answering - offering) < ALIKE:
        return ""
    return labels.answering if answering > offering else labels.offering


def _signs(model: AgreementModel) -> Iterator[Sign]:
    """The signs that tell more of the answer than chance would."""
    for sign in model.answer_signs:
        if sign.is_telling:
            tests = tuple(TestedShare(_seen(strict, sign), _seen(generous, sign)) for strict, generous in sign.effects)
            yield Sign(model.case.signposts[sign.signpost].says, tests)


def _seen(effect: SignEffect, sign: AnswerSign) -> Quantity:
    share = effect.if_seen
    return Quantity(share, UNIT, float((share * (1 - share) / (sign.draws * max(effect.seen, 1e-9))) ** 0.5))
