"""Claims of the documents beside what a model says of them: the shape in which rooms give them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ClaimTopic = Literal["motives", "orientation", "institutions", "organisations", "record"]
"""What a claim is about: why a side wants something, what another course would change, what institutions do, what kind
of organisation the two are, or what was tried."""
ClaimVerdict = Literal["agrees", "in-part", "differs", "open"]
"""Whether the model says the same: in all forms, in some, in none; or neither the one nor the other."""


@dataclass(frozen=True, slots=True)
class ClaimComparison:
    """What documents claim, and what a model says of it."""

    topic: ClaimTopic
    claims: tuple[str, ...]
    """The ids of the entries that claim it."""
    asked: str
    """What the model was asked, in a few words."""
    section: str
    """The id of the section that tells of it."""
    finding: str
    """The id of the finding there."""
    verdict: ClaimVerdict
    share: float | None = None
    """The share of draws, where that is what is told."""
    share_before: float | None = None
    """The same as the case has it, beside which it stands."""
    index: float | None = None
    """A number from 0 to 1 of another kind, named in what was asked."""
    built_in: bool = False
    """Whether it follows from how the model is made, so that agreeing is no evidence."""
