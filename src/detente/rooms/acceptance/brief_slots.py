"""What the acceptance room knows for the brief: the answer, what would change it, what to watch."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from detente.case.index.by_year import told_year
from detente.case.index.labels import CaseLabels
from detente.methods.offer_model.offer_answers import AnswerKey
from detente.results.brief import (
    AnswerSlot,
    BriefSlots,
    Change,
    FormOfChannel,
    Sign,
    TestedShare,
    YearSpan,
)
from detente.results.outcome import Quantity
from detente.rooms.acceptance.findings.brief_words import (
    baseline_name,
    change_label,
    change_sign,
    form_clause,
    form_phrase,
    form_sign,
    option_label,
    reason_sentences,
)
from detente.rooms.acceptance.findings.live_offer import live_offer
from detente.rooms.acceptance.findings.text import AcceptanceLabels
from detente.rooms.acceptance.model.acceptance import AcceptanceModel
from detente.rooms.acceptance.model.estimated_share import EstimatedShare
from detente.rooms.acceptance.model.sensitivity.grave_threat import adverse_threat_share
from detente.rooms.acceptance.model.sensitivity.what_if import ChangedShare, WhatIf
from detente.rooms.acceptance.model.sensitivity.what_would_change import ChangeKind, TriedChange
from detente.rooms.acceptance.model.two_tests import own_tests
from detente.rooms.acceptance.record_slots import fit_to_record
from detente.text.english import upper_first

UNIT = "share of draws"
LINKS: Mapping[ChangeKind, str] = {
    "grave-threat": "response-courses",
    "adds-to-present": "response-courses",
    "scenario": "response-courses",
    "estimates": "sure-assumptions",
}
"""The finding that holds the numbers of each kind of change."""


def fill_acceptance_slots(model: AcceptanceModel) -> BriefSlots:
    """The answer with its two tests, the changes that were tried, the signs, and the model for a page."""
    labels = AcceptanceLabels(model.years[-1], CaseLabels(model.case))
    year = told_year(labels.year)
    return BriefSlots(
        years=(YearSpan("answer", year, year),) if year is not None else (),
        answers=(_answer(labels),),
        changes=(
            *(_change(model, labels, change) for change in model.tried_changes),
            *_choice_changes(model, labels),
        ),
        signs=tuple(_signs(model, labels)),
        fit=fit_to_record(model),
        live=live_offer(model, labels),
    )


def _answer(labels: AcceptanceLabels) -> AnswerSlot:
    deciders = labels.deciders
    forms = tuple(
        FormOfChannel(upper_first(phrase), phrase, form_clause(labels, variant))
        for variant in deciders.offered_variants
        for phrase in (form_phrase(labels, variant),)
    )
    return AnswerSlot(
        offering=labels.offering_side,
        answering=labels.answering_side,
        channel=labels.gains_labels.channel_title(deciders.offered_channel),
        baseline=baseline_name(labels),
        forms=forms,
        tests=_own_tests(labels),
        reasons=reason_sentences(labels),
        link="response-theories",
    )


def _own_tests(labels: AcceptanceLabels) -> tuple[TestedShare, ...]:
    """How often the offer is accepted as the case assumes, in each form."""
    tests = [
        own_tests(labels.result, variant, labels.deciders.full_theory) for variant in labels.deciders.offered_variants
    ]
    return tuple(TestedShare(_estimated(one.strict, labels), _estimated(one.generous, labels)) for one in tests)


def _tests_by_form(labels: AcceptanceLabels, what_if: WhatIf) -> tuple[TestedShare | None, ...]:
    """How often the offer is accepted by a what-if, in each form of the answer."""
    theory = labels.deciders.full_theory.id
    keys: list[AnswerKey] = [(variant.form, theory) for variant in labels.deciders.offered_variants]
    return tuple(
        TestedShare(_after(what_if.strict[key], labels), _after(what_if.generous[key], labels))
        if key in what_if.strict
        else None
        for key in keys
    )


def _after(share: ChangedShare, labels: AcceptanceLabels) -> Quantity:
    return _estimated(share.after, labels)


def _change(model: AcceptanceModel, labels: AcceptanceLabels, change: TriedChange) -> Change:
    scenario = model.case.scenarios.get(change.id) if change.kind == "scenario" else None
    return Change(
        id=change.id,
        label=upper_first(change_label(labels, change)),
        group="estimates" if change.kind == "estimates" else "world",
        tests=_tests_by_form(labels, change.what_if),
        standing="built in" if change.kind == "grave-threat" and _can_only_help(labels) else "found",
        is_claimed=scenario is not None,
        link=LINKS[change.kind],
    )


def _can_only_help(labels: AcceptanceLabels) -> bool:
    """Whether a common threat makes the channel worth more in every simulation: then that it helps is no finding."""
    return not any(adverse_threat_share(labels.result, variant) for variant in labels.deciders.offered_variants)


def _choice_changes(model: AcceptanceModel, labels: AcceptanceLabels) -> Iterator[Change]:
    """What would be chosen otherwise, for choices that are no numbers: every option but what the case has."""
    theory = labels.deciders.full_theory.id
    for varied in model.choices.choices:
        for answers in varied.options[1:]:
            tests = tuple(
                TestedShare(_estimated(answers.strict[key], labels), _estimated(answers.generous[key], labels))
                if (key := (variant.form, theory)) in answers.strict
                else None
                for variant in labels.deciders.offered_variants
            )
            yield Change(
                id=f"{varied.choice.id}.{answers.option.id}",
                label=upper_first(option_label(labels, varied.choice, answers.option.id)),
                group="estimates",
                tests=tests,
                link="sure-assumptions",
            )


def _estimated(share: EstimatedShare, labels: AcceptanceLabels) -> Quantity:
    return Quantity(share.value, UNIT, share.error, told_year(labels.year))


def _signs(model: AcceptanceModel, labels: AcceptanceLabels) -> Iterator[Sign]:
    """What could be observed, with the answer it would bring in the forms of the channel."""
    for change in model.tried_changes:
        if says := change_sign(labels, change):
            tests = tuple(test for test in _tests_by_form(labels, change.what_if) if test is not None)
            yield Sign(says, tests)
    own_tests = _own_tests(labels)
    variants = labels.deciders.offered_variants
    if len(variants) > 1 and len({(test.low, test.high) for test in own_tests}) > 1:
        tests_by_form = dict(zip((variant.form for variant in variants), own_tests, strict=True))
        collegiate = next((variant for variant in variants if variant.form == "collegiate"), None)
        if collegiate is not None:
            yield Sign(form_sign(labels, collegiate), (tests_by_form["collegiate"],))
