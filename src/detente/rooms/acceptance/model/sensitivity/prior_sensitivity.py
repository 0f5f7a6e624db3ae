"""How often the offer is accepted under other sets of estimates, and the more exclusive the channel is."""

from __future__ import annotations

from dataclasses import dataclass

from detente.rooms.acceptance.model.decision.decision_makers import DecisionMakers
from detente.rooms.acceptance.model.sensitivity.what_if import WhatIf, WhatIfs

EXCLUSIVITY_LEVELS = (0.0, 0.1, 0.3, 0.5, 1.0)
"""How exclusive the channel is taken to be, to see what turns on that."""


@dataclass(frozen=True)
class PriorAcceptance:
    """How often the offer is accepted under one set of estimates, beside the case's own."""

    id: str
    title: str
    what_if: WhatIf


@dataclass(frozen=True)
class ExclusivityAcceptance:
    """How often the offer is accepted where the channel is so exclusive, beside the case as it is."""

    level: float
    what_if: WhatIf


def acceptance_under_priors(what_ifs: WhatIfs) -> tuple[PriorAcceptance, ...]:
    """Every declared set of other estimates."""
    return tuple(
        PriorAcceptance(
            name,
            priors.title,
            what_ifs.ask(priors.patch(name)),
        )
        for name, priors in what_ifs.case.priors.items()
    )


def acceptance_by_exclusivity(deciders: DecisionMakers, what_ifs: WhatIfs) -> tuple[ExclusivityAcceptance, ...]:
    """How often the offer is accepted at each level; nothing where the channel displaces nothing."""
    if deciders.case.channels[deciders.offered_channel].displaces is None:
        return ()
    path = f"channels.{deciders.offered_channel}.exclusivity"
    return tuple(ExclusivityAcceptance(level, what_ifs.ask({path: level})) for level in EXCLUSIVITY_LEVELS)
