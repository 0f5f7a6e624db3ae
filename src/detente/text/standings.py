"""How well findings stand, in words."""

from __future__ import annotations

from collections.abc import Mapping

GRADE_MEANINGS: Mapping[str, str] = {
    "robust": "No single change to what it rests on overturns it or makes it a tie.",
    "moderate": "A single change can make it a tie; none gives it to a rival.",
    "fragile": "A single change to what it rests on overturns it.",
    "tie": "Nothing leads.",
    "descriptive": "Nothing is concluded here.",
}
"""What each word means that a finding may bear."""
