"""What would become of the offer if the two organisations were alike, beside what each reason left out would change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from detente.methods.offer_model.channel_variants import ChannelVariant
from detente.rooms.acceptance.model.results import AcceptanceResult
from detente.rooms.acceptance.model.sensitivity.what_if import WhatIf, WhatIfs
from detente.rooms.gains.model.unlikeness import alike_values


@dataclass(frozen=True)
class KindsOfOrganisation:
    """What becomes of the offer if those whom the channel joins were alike."""

    by_trait: Mapping[str, WhatIf]
    """Alike on one trait, and as unlike as they are on the others."""
    on_all: WhatIf
    """Alike on every trait."""


def alike_organisations(result: AcceptanceResult, what_ifs: WhatIfs) -> KindsOfOrganisation | None:
    """What becomes of the offer if the two were alike; None where the case says of nothing that they are unlike in."""
    deciders = result.deciders
    case, year, channel = deciders.case, deciders.actor_network.year, deciders.offered_channel
    by_trait = {trait: alike_values(case, year, channel, trait) for trait in case.traits}
    by_trait = {trait: values for trait, values in by_trait.items() if values}
    if not by_trait:
        return None
    together = {path: value for values in by_trait.values() for path, value in values.items()}
    return KindsOfOrganisation(
        {trait: what_ifs.ask(values) for trait, values in by_trait.items()}, what_ifs.ask(together)
    )


def change_without_reason(result: AcceptanceResult, variant: ChannelVariant, reason: str) -> float:
    """By how much the other side would accept oftener by the strict test if a reason did not count."""
    own = result.acceptance_share(variant, result.deciders.full_theory)
    return result.reasons[variant, reason].accepted_without - own
