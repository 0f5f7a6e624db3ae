"""Who has an opinion of a channel, and by which reasons, as arrays for compiled code.

A number stands there by its place among the numbers of the model, or NONE.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from detente.methods.bargaining.balance_of_threat import rival_power_share
from detente.methods.offer_model.answers import ANSWERING
from detente.methods.offer_model.decision_rows import MechanismKind, MechanismRow, ModelDecision
from detente.methods.offer_model.network_rows import ModelNetwork
from detente.methods.offer_model.plain_arrays import NONE, integer_array, list_starts, mask_rows, place_or_none
from detente.methods.offer_model.stake_arrays import log_capabilities

if TYPE_CHECKING:
    from detente.methods.offer_model.plain_arrays import Floats, Integers, Masks


class ReasonArrays(NamedTuple):
    """Who has an opinion, and by which reasons."""

    log_capability: Floats
    """The logarithm of what each actor can do, shape (actors,)."""
    log_reference: float
    """That of the product of two capabilities at which a pair weighs 1."""
    voice_actor: Integers
    """Whose opinion it is, shape (voices,)."""
    voice_weight: Floats
    """Which part of the members of its actor it speaks for, shape (voices,)."""
    is_touched: Masks
    """Whether a channel deals with an organisation of the voice, shape (channels, voices)."""
    mechanism_kind: Integers
    """Its kind, by the constants of `answer_kernel`, shape (mechanisms,)."""
    less_by_exclusivity: Integers
    """The number of which part goes where a channel is not exclusive, shape (mechanisms,)."""
    less_by_depth: Integers
    """The number of which part goes where a channel is not deep, shape (mechanisms,)."""
    losers: Masks
    """Who loses what others win by it, shape (mechanisms, actors)."""
    loser_counts: Integers
    """How many lose, or NONE where nobody does, shape (mechanisms,)."""
    mechanism_start: Integers
    """Where the rows of each mechanism begin, shape (mechanisms + 1,)."""
    row_voice: Integers
    """For which voice it counts, shape (rows,)."""
    row_strength: Integers
    """The number of how much, shape (rows,)."""
    row_factor: Floats
    """Of norms and shields: how far regimes are apart, shape (rows,)."""
    row_power: Floats
    """Of fear: the share of power that others have who are feared, shape (rows,)."""
    row_feared: Masks
    """Of fear: these others, shape (rows, actors)."""
    comparison_start: Integers
    """Where the comparisons of each row begin, shape (rows + 1,)."""
    comparison_factor: Floats
    """How far a comparison counts, shape (comparisons,)."""
    comparison_others: Masks
    """With whom gains are compared, shape (comparisons, actors)."""
    option_forgone: Integers
    """The number of which part is forgone elsewhere, shape (outside options,)."""
    option_voices: Masks
    """Who would forgo it, shape (outside options, voices)."""
    partner_start: Integers
    """Where the partners of each outside option begin, shape (outside options + 1,)."""
    partner_log_capability: Floats
    """The logarithm of what each partner can do, shape (partners,)."""
    uses: Masks
    """Which reasons count by a theory, shape (theories, mechanisms and outside options)."""
    deciding_voices: Integers
    """The voices of the side that answers, shape (deciding voices,)."""
    is_deciding: Masks
    """Which voices these are, shape (voices,)."""
    touches_anybody: Masks
    """Whether a channel deals with an organisation of any voice, shape (channels,)."""
    everybody_is_needed: bool
    """Whether the most reluctant voice decides."""


def arrange_reasons(network: ModelNetwork, decision: ModelDecision) -> ReasonArrays:
    """The voices and reasons of a model, and how the side that answers decides."""
    import numpy as np

    return ReasonArrays(
        log_capability=log_capabilities(network),
        log_reference=float(np.log(network.reference_product)),
        **_voices(network, decision),
        **_mechanisms(network, decision),
        **_mechanism_rows(network, decision),
        **_outside_options(decision),
        **_deciding_side(decision),
    )


def everybody_is_needed(decision: ModelDecision) -> bool:
    """Whether the most reluctant voice decides on the side that answers, whatever is paid inside."""
    side = decision.sides[ANSWERING]
    return side.body.needs_everybody and not side.pays_for_consent


def _voices(network: ModelNetwork, decision: ModelDecision) -> dict[str, Any]:
    import numpy as np

    channels, voices = network.channels, decision.voices
    members = [sum(len(other.members) for other in voices if other.actor == voice.actor) for voice in voices]
    touched = [[not set(one.joins).isdisjoint(voice.organisations) for voice in voices] for one in channels]
    return {
        "voice_actor": integer_array(voice.actor for voice in voices),
        "voice_weight": np.array([len(voice.members) / count for voice, count in zip(voices, members, strict=True)]),
        "is_touched": np.array(touched, dtype=bool).reshape(len(channels), len(voices)),
        "touches_anybody": np.array([any(row) for row in touched]),
    }


def _mechanisms(network: ModelNetwork, decision: ModelDecision) -> dict[str, Any]:
    mechanisms = decision.mechanisms
    losers = [mechanism.losers for mechanism in mechanisms]
    return {
        "mechanism_kind": integer_array(_kind_code(mechanism.kind) for mechanism in mechanisms),
        "less_by_exclusivity": integer_array(place_or_none(one.less_by_exclusivity) for one in mechanisms),
        "less_by_depth": integer_array(place_or_none(one.less_by_depth) for one in mechanisms),
        "losers": mask_rows([one or () for one in losers], len(network.actors)),
        "loser_counts": integer_array(NONE if one is None else len(one) for one in losers),
        "mechanism_start": list_starts(len(mechanism.rows) for mechanism in mechanisms),
    }


def _kind_code(kind: MechanismKind) -> int:
    from detente.methods.offer_model.kernels import answer_kernel as kernel

    codes: Mapping[str, int] = {
        **{"relative": kernel.RELATIVE, "recognition": kernel.GAIN, "advantage": kernel.GAIN},
        **{"autonomy": kernel.LOSS, "fear": kernel.FEAR, "norms": kernel.NORMS, "shield": kernel.SHIELD},
    }
    return codes[kind]


def _mechanism_rows(network: ModelNetwork, decision: ModelDecision) -> dict[str, Any]:
    import numpy as np

    actor_count, rows = len(network.actors), [row for mechanism in decision.mechanisms for row in mechanism.rows]
    comparisons = [one for row in rows for one in row.comparisons]
    owns = [decision.voices[row.voice].actor for row in rows]
    feared = [_feared_others(row, own) for row, own in zip(rows, owns, strict=True)]
    powers = [_feared_power(network, own, others) for own, others in zip(owns, feared, strict=True)]
    return {
        "row_voice": integer_array(row.voice for row in rows),
        "row_strength": integer_array(row.strength for row in rows),
        "row_factor": np.array([row.factor for row in rows], dtype=float),
        "row_power": np.array(powers, dtype=float),
        "row_feared": mask_rows(feared, actor_count),
        "comparison_start": list_starts(len(row.comparisons) for row in rows),
        "comparison_factor": np.array([one.factor for one in comparisons], dtype=float),
        "comparison_others": mask_rows([one.others for one in comparisons], actor_count),
    }


def _feared_others(row: MechanismRow, own: int) -> tuple[int, ...]:
    return tuple(actor for actor in row.feared if actor != own)


def _feared_power(network: ModelNetwork, own: int, others: tuple[int, ...]) -> float:
    return rival_power_share(network.capabilities[own], sum(network.capabilities[other] for other in others))


def _outside_options(decision: ModelDecision) -> dict[str, Any]:
    import numpy as np

    options = decision.outside
    partners = [capability for option in options for capability in option.partner_capabilities]
    with np.errstate(divide="ignore"):
        log_capability = np.log(np.array(partners, dtype=float))
    return {
        "option_forgone": integer_array(option.forgone for option in options),
        "option_voices": mask_rows([option.voices for option in options], len(decision.voices)),
        "partner_start": list_starts(len(option.partner_capabilities) for option in options),
        "partner_log_capability": log_capability,
    }


def _deciding_side(decision: ModelDecision) -> dict[str, Any]:
    import numpy as np

    voices = decision.sides[ANSWERING].voices
    names = [*(one.id for one in decision.mechanisms), *(one.id for one in decision.outside)]
    uses = [[name in theory.uses for name in names] for theory in decision.theories]
    return {
        "uses": np.array(uses, dtype=bool).reshape(len(decision.theories), len(names)),
        "deciding_voices": integer_array(voices),
        "is_deciding": np.isin(np.arange(len(decision.voices)), voices),
        "everybody_is_needed": everybody_is_needed(decision),
    }
