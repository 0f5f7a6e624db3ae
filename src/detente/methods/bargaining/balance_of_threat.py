"""Capability as a threat, and not only as something to gain from.

States balance against threats, which aggregate power makes together with nearness, offensive capability and intentions
(Walt 1987, chapter 2). Of these only power is counted here, as the share that others have of all that they and oneself
can do together; how much of a threat that is rests on who fears, and stands for the rest. The form is ours.
"""

from __future__ import annotations


def rival_power_share(own_capability: float, rival_capability: float) -> float:
    """The share that rivals have of all that they and oneself can do: R / (R + S), from 0 to 1; 0 where nobody can.

    Args:
        own_capability: S, in any unit.
        rival_capability: R, of all rivals together, in the same unit.

    Example:
        >>> from detente.methods.bargaining.balance_of_threat import rival_power_share
        >>> rival_power_share(3.0, 1.0), rival_power_share(0.0, 0.0)
        (0.25, 0.0)
    """
    total = own_capability + rival_capability
    return rival_capability / total if total > 0 else 0.0
