"""Words and numbers of sweeps, wherever they are told."""

from __future__ import annotations

from collections.abc import Mapping

from detente.methods.offer_model.channel_variants import ChannelForm

FORM_WORDS: Mapping[ChannelForm, str] = {"hub": "through leading members", "collegiate": "each side as one"}
"""How the channel is run."""


def value_text(value: float | str) -> str:
    """A value of what is swept."""
    return value if isinstance(value, str) else f"{value:.6g}"


def of_100(share: float) -> str:
    """A share of 100, with a tenth."""
    return f"{100 * share:.1f}"
