"""Columns and cells of what-ifs: shares of draws as they are, as they would be, and the change on common draws."""

from __future__ import annotations

from collections.abc import Iterator

from detente.methods.offer_model.channel_variants import ChannelVariant
from detente.methods.offer_model.offer_answers import AnswerKey
from detente.results.table import Column
from detente.rooms.acceptance.findings.columns import share_column
from detente.rooms.acceptance.findings.text import AcceptanceLabels, title_of_theory
from detente.rooms.acceptance.model.decision.decision_makers import AppliedTheory
from detente.rooms.acceptance.model.sensitivity.what_if import ChangedShare, WhatIf
from detente.rooms.acceptance.model.two_tests import own_tests


def changed_share_columns(name: str, title: str, change_title: str) -> tuple[Column, ...]:
    """A share as it would be, and how much more that is than as it is.

    Args:
        name: Its name in files.
        title: What a reader is shown above it.
        change_title: What a reader is shown above the change.
    """
    return (
        share_column(name, title),
        Column(f"{name}_change", change_title, "signed_percent", "share of draws", error=True),
    )


def changed_share_cells(name: str, share: ChangedShare | None) -> dict[str, float]:
    """The cells of a share in these columns; nothing where there is none."""
    if share is None:
        return {}
    return {
        name: share.after.value,
        f"{name}_error": share.after.error,
        f"{name}_change": share.change.value,
        f"{name}_change_error": share.change.error,
    }


def acceptance_columns(labels: AcceptanceLabels) -> tuple[Column, ...]:
    """How often the offer is accepted by either test, and how much more that is than as the case is."""
    return (
        *changed_share_columns(
            "strict", f"{labels.answering_side} accepts by the strict test, of 100", "more than as it is"
        ),
        *changed_share_columns("generous", "by the generous test", "more by the generous test than as it is"),
    )


def acceptance_cells(what_if: WhatIf, key: AnswerKey) -> dict[str, float]:
    """The cells of a what-if in these columns."""
    return changed_share_cells("strict", what_if.strict[key]) | changed_share_cells(
        "generous", what_if.generous.get(key)
    )


def own_acceptance_cells(labels: AcceptanceLabels, variant: ChannelVariant, theory: AppliedTheory) -> dict[str, float]:
    """The cells of the case as it is in these columns: no change."""
    tests = own_tests(labels.result, variant, theory)
    return {
        "strict": tests.strict.value,
        "strict_error": tests.strict.error,
        "generous": tests.generous.value,
        "generous_error": tests.generous.error,
    }


def told_keys(labels: AcceptanceLabels, what_if: WhatIf) -> Iterator[AnswerKey]:
    """Each form of the channel by each theory that is told, as far as a what-if leaves it."""
    for theory in labels.told_theories:
        for variant in labels.deciders.offered_variants:
            if (variant.form, theory.id) in what_if.strict:
                yield variant.form, theory.id


def told_rows(labels: AcceptanceLabels, what_if: WhatIf) -> Iterator[tuple[AnswerKey, dict[str, object]]]:
    """The same, each with the cells that name it."""
    titles = {theory.id: title_of_theory(theory) for theory in labels.told_theories}
    cells = {variant.form: labels.variant_cell(variant) for variant in labels.deciders.offered_variants}
    for key in told_keys(labels, what_if):
        yield key, {"theory": titles[key[1]], "run": cells[key[0]]}
