"""Where actors are drawn in the pictures of channels as networks."""

from __future__ import annotations

from collections.abc import Sequence

LARGEST_HEIGHT = 1.15
"""How far from the middle of its picture anybody is drawn, upwards and downwards."""


def actor_positions(
    memberships: Sequence[frozenset[str]], organisations_led: Sequence[frozenset[str]]
) -> list[tuple[float, float]]:
    """Where to draw each actor: those that belong together around those that lead them, the groups side by side."""
    import math

    groups: dict[frozenset[str], list[int]] = {}
    for actor_index, organisations in enumerate(memberships):
        groups.setdefault(organisations or frozenset({f"#{actor_index}"}), []).append(actor_index)
    positions = [(0.0, 0.0)] * len(memberships)
    for group_number, group in enumerate(sorted(groups.values(), key=len, reverse=True)):
        group_angle = 2 * math.pi * group_number / len(groups) + math.pi
        centre = (1.25 * math.cos(group_angle), 1.25 * math.sin(group_angle)) if len(groups) > 1 else (0.0, 0.0)
        inner = [actor_index for actor_index in group if organisations_led[actor_index]] or group[:1]
        outer = [actor_index for actor_index in group if actor_index not in inner]
        for ring, radius in ((inner, 0.0 if len(inner) == 1 else 0.35), (outer, 0.95)):
            for step, actor_index in enumerate(ring):
                # Turned by half a step, so that nobody stands in the way between the groups.
                angle = group_angle + 2 * math.pi * (step + 0.5) / max(len(ring), 1)
                positions[actor_index] = (centre[0] + radius * math.cos(angle), centre[1] + radius * math.sin(angle))
    highest = max(abs(y) for _, y in positions)
    vertical_scale = min(1.0, LARGEST_HEIGHT / highest) if highest else 1.0
    return [(x, y * vertical_scale) for x, y in positions]
