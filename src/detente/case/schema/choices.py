"""Choices of the model that are no numbers: what was chosen, and what could have been chosen as well."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from detente.case.schema.base import CasePart, Claim, Id, NonEmptyText
from detente.case.schema.estimate import FiniteNumber

MAX_CHOICES, MAX_ALTERNATIVES = 12, 12
"""Choices of a case, and alternatives of a choice: with each the answer is worked out anew."""
OWN_OPTION = "own"
"""The id of what the case itself has, among the options of a choice."""
Weight = Annotated[FiniteNumber, Field(gt=0)]
"""How much an alternative weighs beside the others of its choice."""


class Alternative(CasePart):
    """Something that could have been chosen as well."""

    says: NonEmptyText
    """What is chosen, in a few words, e.g. `with Russia alone`."""
    set: Annotated[dict[str, Any], Field(min_length=1)]
    """Paths of the case and their values by this alternative, as in a what-if under `scenarios:`."""
    weight: Weight = 1
    """How much it weighs beside the others; all weigh alike unless you say."""
    because: str | None = None
    """Why it could be so."""


class Choice(Claim):
    """A choice that the answer may rest on: what the case has, and what it could have as well.

    Some choices every case makes, and they are varied though no case names them: `compared-with`, `present-channel`,
    `leading-member`, `measure-of-regimes`, `measure-of-capability`, `threat-within`, `fixed-terms` and `payments`.
    A choice under one of these names takes the place of that one.
    """

    title: NonEmptyText
    """What is chosen, e.g. `With whom gains are compared`."""
    says: NonEmptyText
    """What the case itself has, in a few words."""
    weight: Weight = 1
    """How much what the case itself has weighs beside the alternatives."""
    alternatives: Annotated[dict[Id, Alternative], Field(max_length=MAX_ALTERNATIVES)] = {}
    """What could be chosen as well. Without any the choice is settled, for the reason that you give."""
