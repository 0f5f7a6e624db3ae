"""Settings that hold for all issues and channels, in plain words that can follow `it depends on`."""

from __future__ import annotations

SETTING_NAMES: dict[str, str] = {
    "gravity": "how much capability counts",
    "spread": "how far pairs differ from each other",
    "multilateral": "how much needs all members",
    "raised": "what a grave threat adds to what is at stake",
    "periphery": "what ordinary members have to gain from each other",
    "decay": "how much of a gain is left after a go-between",
    "link_cost": "what it costs to keep up a tie",
    "unlikeness": "what it costs that those who meet are unlike",
    "threat_within": "how far a threat counts within a side",
}
"""By their key under `network`."""
