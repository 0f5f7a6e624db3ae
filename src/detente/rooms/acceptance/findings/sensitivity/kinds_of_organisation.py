"""The finding on kinds of organisation: whether the offer would be accepted between two that are alike."""

from __future__ import annotations

from collections.abc import Iterator

from detente.results.finding import Finding
from detente.results.table import Column, make_table
from detente.rooms.acceptance.findings.answer_words import (
    both_tests,
    each_form,
    tests_of,
)
from detente.rooms.acceptance.findings.columns import RUN_COLUMN, THEORY_COLUMN
from detente.rooms.acceptance.findings.sensitivity.what_if_columns import (
    acceptance_cells,
    acceptance_columns,
    told_rows,
)
from detente.rooms.acceptance.findings.text import AcceptanceLabels
from detente.rooms.acceptance.model.sensitivity.kinds_of_organisation import (
    KindsOfOrganisation,
    change_without_reason,
)
from detente.rooms.acceptance.model.sensitivity.what_if import WhatIf
from detente.text.english import join_words, lower_first

METHOD = (
    "The two are given the same figure on a trait, or on all of them, and what experience taught stays as it is. An "
    "obstacle is compared with the reasons by what its removal would change by itself, each reason left out in turn. "
    "That unlikeness makes a channel get less done, and so never makes it worth more where it gets most done, is built "
    "in; how far it changes the answer is not."
)


def kinds_of_organisation_finding(labels: AcceptanceLabels, kinds: KindsOfOrganisation | None) -> Finding | None:
    """What being unlike changes, beside what each reason does; None where nothing is said of it."""
    if kinds is None:
        return None
    case = labels.deciders.case
    return Finding(
        id="kinds-of-organisation",
        title="Whether two that are alike would agree",
        says=" ".join(_sentences(labels, kinds)),
        see=f"How often {labels.answering_side} accepts if the two were alike.",
        table=make_table(
            (Column("what", "if"), THEORY_COLUMN, RUN_COLUMN, *acceptance_columns(labels)), _rows(labels, kinds)
        ),
        method=METHOD,
        rests_on=(labels.deciders.offered_channel, *case.traits, *case.experiences),
    )


def _sentences(labels: AcceptanceLabels, kinds: KindsOfOrganisation) -> Iterator[str]:
    """How often it would be accepted between two that are alike, and whether that is the greatest obstacle."""
    shares = each_form(labels, both_tests(tests_of(labels, kinds.on_all)))
    yield f"If the two were alike in all that the case tells, {labels.answering_side} would accept {shares}."
    obstacle = _obstacle_sentence(labels, kinds)
    if obstacle:
        yield obstacle
    yield "Built in: being alike helps wherever the channel gets most done."


def _obstacle_sentence(labels: AcceptanceLabels, kinds: KindsOfOrganisation) -> str:
    """Whether being unlike is a greater obstacle than any one reason, by the strict test."""
    deciders = labels.deciders
    reasons = deciders.full_theory.uses
    if not reasons:
        return ""
    greater = [
        variant
        for variant in deciders.offered_variants
        if (variant.form, deciders.full_theory.id) in kinds.on_all.strict
        and kinds.on_all.strict[variant.form, deciders.full_theory.id].change.value
        > max(change_without_reason(labels.result, variant, reason) for reason in reasons)
    ]
    if not greater:
        return "To drop one political reason instead would change as much, or more."
    if len(greater) == len(deciders.offered_variants):
        return "That is more than to drop any one political reason would change."
    forms = join_words(labels.form_phrase(variant) for variant in greater)
    return f"That is more than to drop any one political reason would change, but only {forms}."


def _what_ifs(labels: AcceptanceLabels, kinds: KindsOfOrganisation) -> Iterator[tuple[str, WhatIf]]:
    """Alike in each trait, then in all of them."""
    traits = labels.deciders.case.traits
    for trait, what_if in kinds.by_trait.items():
        yield f"alike in {lower_first(traits[trait].title)}", what_if
    if len(kinds.by_trait) > 1:
        yield "alike in all of these", kinds.on_all


def _rows(labels: AcceptanceLabels, kinds: KindsOfOrganisation) -> Iterator[dict[str, object]]:
    for words, what_if in _what_ifs(labels, kinds):
        for key, names in told_rows(labels, what_if):
            yield {"what": words, **names, **acceptance_cells(what_if, key)}
