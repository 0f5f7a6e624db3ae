"""What the agreement room knows for the brief: what could be agreed, and what could be observed."""

from __future__ import annotations

from collections.abc import Iterator

from detente.methods.inference.sign_effects import SignEffect
from detente.results.brief import BriefSlots, OfferSlot, Sign, TestedShare
from detente.results.outcome import Quantity
from detente.rooms.agreement.findings.formats import format_sentence, fuller_phrase
from detente.rooms.agreement.findings.refusals import reluctant_side
from detente.rooms.agreement.findings.text import AgreementLabels
from detente.rooms.agreement.model.agreement import AgreementModel
from detente.rooms.agreement.model.answer_signs import AnswerSign
from detente.rooms.agreement.model.offer_fate import OfferFate

UNIT = "share of draws"


def fill_agreement_slots(model: AgreementModel) -> BriefSlots:
    """The best format of all issues beside the offer as it is, and the signs that tell something of the answer."""
    labels = AgreementLabels(model)
    return BriefSlots(offers=(_offer(labels),), signposts=tuple(_signs(model)))


def _offer(labels: AgreementLabels) -> OfferSlot:
    model = labels.model
    best, fuller = model.best_fates[0], labels.fuller_fate
    return OfferSlot(
        made=tuple(_quantity(fate, fate.main.agreed) for fate in labels.offered_fates),
        best=_quantity(best, best.main.agreed),
        is_best=labels.is_best_as_offered,
        how=_how(labels),
        fuller=_quantity(fuller, fuller.main.agreed) if fuller else None,
        fuller_how=fuller_phrase(labels, fuller) if fuller else "",
        reluctant=reluctant_side(labels),
        link="agreement-formats",
    )


def _quantity(fate: OfferFate, share: float) -> Quantity:
    return Quantity(share, UNIT, fate.error(share))


def _how(labels: AgreementLabels) -> str:
    """The best format, or what the best have in common; nothing where they have nothing, or the offer does as well."""
    best = labels.model.best_fates
    if labels.is_best_as_offered:
        return ""
    if len(best) == 1:
        return format_sentence(labels, best[0])
    alike = len({(fate.asked.format.depth, fate.asked.format.clauses) for fate in best}) == 1
    return labels.terms_words(best[0].asked.format) if alike else ""


def _signs(model: AgreementModel) -> Iterator[Sign]:
    """The signs that tell more of the answer than chance would."""
    for sign in model.answer_signs:
        if sign.is_telling:
            tests = tuple(TestedShare(_seen(strict, sign), _seen(generous, sign)) for strict, generous in sign.effects)
            yield Sign(model.case.signposts[sign.signpost].says, tests)


def _seen(effect: SignEffect, sign: AnswerSign) -> Quantity:
    share = effect.if_seen
    return Quantity(share, UNIT, float((share * (1 - share) / (sign.draws * max(effect.seen, 1e-9))) ** 0.5))
