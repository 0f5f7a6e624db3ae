"""The finding on kinds of organisation: whether the offer would be accepted between two that are alike."""

from __future__ import annotations

from collections.abc import Iterator

from detente.case.index.channel_variants import ChannelVariant
from detente.results.finding import Finding
from detente.results.table import Column, make_table
from detente.rooms.acceptance.findings.columns import RUN_COLUMN, THEORY_COLUMN
from detente.rooms.acceptance.findings.sensitivity.what_if_columns import (
    changed_share_cells,
    changed_share_columns,
    shares_phrase,
    told_keys,
)
from detente.rooms.acceptance.findings.text import AcceptanceLabels, title_of_theory
from detente.rooms.acceptance.model.sensitivity.kinds_of_organisation import (
    KindsOfOrganisation,
    change_without_reason,
)
from detente.rooms.acceptance.model.sensitivity.what_if import WhatIf
from detente.text.english import lower_first
from detente.text.number_format import per_hundred

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
        title="Whether two organisations that are alike would agree",
        says=" ".join(filter(None, (_alike_sentence(labels, kinds), *_obstacle_sentences(labels, kinds)))),
        see=f"In how many of 100 draws {labels.answering_side} accepts if the two were alike.",
        table=make_table(_columns(labels), _rows(labels, kinds)),
        method=METHOD,
        rests_on=(labels.deciders.offered_channel, *case.traits, *case.experiences),
    )


def _alike_sentence(labels: AcceptanceLabels, kinds: KindsOfOrganisation) -> str:
    strict = dict(kinds.on_all.strict)
    return (
        f"If the two were alike in all that is told of them, {labels.answering_side} would accept in "
        f"{shares_phrase(labels, strict, after=True)} of 100 draws instead of "
        f"{shares_phrase(labels, strict, after=False)}, by the strict test."
    )


def _obstacle_sentences(labels: AcceptanceLabels, kinds: KindsOfOrganisation) -> Iterator[str]:
    """Whether that is a greater obstacle than any reason by itself, form by form."""
    for variant in labels.deciders.offered_variants:
        change = kinds.on_all.strict[variant.form, labels.deciders.full_theory.id].change
        by_reason = {
            reason: change_without_reason(labels.result, variant, reason) for reason in labels.deciders.full_theory.uses
        }
        if not by_reason:
            return
        greatest = max(by_reason, key=by_reason.__getitem__)
        yield _obstacle_sentence(labels, variant, change.value, greatest, by_reason[greatest])


def _obstacle_sentence(
    labels: AcceptanceLabels, variant: ChannelVariant, change: float, reason: str, change_by_reason: float
) -> str:
    form = labels.form_phrase(variant)
    place = f"{form[0].upper()}{form[1:]}, that" if form else "That"
    title = lower_first(labels.mechanism_title(reason))
    comparison = "more" if change > change_by_reason else "no more"
    return (
        f"{place} is {per_hundred(max(change, 0.0))} more, {comparison} than without the one reason that matters most "
        f"by itself, {title} ({per_hundred(max(change_by_reason, 0.0))})."
    )


def _columns(labels: AcceptanceLabels) -> tuple[Column, ...]:
    return (
        Column("what", "if"),
        THEORY_COLUMN,
        RUN_COLUMN,
        *changed_share_columns(
            "strict", f"{labels.answering_side} accepts by the strict test, of 100", "more than as it is"
        ),
        *changed_share_columns("generous", "by the generous test", "more by the generous test than as it is"),
    )


def _rows(labels: AcceptanceLabels, kinds: KindsOfOrganisation) -> Iterator[dict[str, object]]:
    traits = labels.deciders.case.traits
    for trait, what_if in kinds.by_trait.items():
        yield from _what_if_rows(labels, f"alike in “{lower_first(traits[trait].title)}”", what_if)
    if len(kinds.by_trait) > 1:
        yield from _what_if_rows(labels, "alike in all of them", kinds.on_all)


def _what_if_rows(labels: AcceptanceLabels, words: str, what_if: WhatIf) -> Iterator[dict[str, object]]:
    titles = {theory.id: title_of_theory(theory) for theory in labels.told_theories}
    cells = {variant.form: labels.variant_cell(variant) for variant in labels.deciders.offered_variants}
    for key in told_keys(labels, what_if):
        yield {
            "what": words,
            "theory": titles[key[1]],
            "run": cells[key[0]],
            **changed_share_cells("strict", what_if.strict[key]),
            **changed_share_cells("generous", what_if.generous.get(key)),
        }
