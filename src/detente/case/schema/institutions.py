"""Institutions: what stands between two sides, enforces nothing, and changes what they know and expect."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import BeforeValidator, model_validator

from detente.case.schema.base import AnyId, Claim, GameId, InnerFault, NonEmptyText, as_list, inner_fault_error
from detente.case.schema.bounds import Bounds
from detente.case.schema.estimate import Estimate


class Institution(Claim):
    """Something between two sides that enforces nothing and changes what they know and expect (Keohane 1984)."""

    title: NonEmptyText
    """What it is called."""
    games: Annotated[list[GameId], BeforeValidator(as_list)] = []
    """The games in which it would work; all, unless you say."""
    errors: Annotated[Estimate, Bounds(0, 5, "a factor")] | None = None
    """By what factor errors become rarer, or more frequent: 0.5 for half of them."""
    patience: Annotated[Estimate, Bounds(0, 1, "a share")] | None = None
    """How far it makes the future count for more: the part that it adds of what `patience` lacks to 1. 0.2 makes 0.9 of
    0.875."""
    trust: Annotated[Estimate, Bounds(0, 1, "a share")] | None = None
    """How far it makes both sides trust more: the part that it adds of what trust lacks to 1."""
    tests: Annotated[list[AnyId], BeforeValidator(as_list)] = []
    """Claims of the documents, or other entries, that this puts to the test."""

    @model_validator(mode="after")
    def _check_effect(self) -> Self:
        if self.errors is None and self.patience is None and self.trust is None:
            fault: InnerFault = ((), "it changes nothing", "one or more of errors:, patience: and trust:")
            raise inner_fault_error("institution", [fault])
        return self
