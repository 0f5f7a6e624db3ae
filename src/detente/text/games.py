"""Games and their plays in words."""

from __future__ import annotations

from detente.methods.games.trust_and_reassurance import ReassurancePlay

GAME_DESCRIPTIONS = {
    "Prisoner's Dilemma": "either would rather defect whatever the other does, and both lose by it",
    "Chicken": "either would rather defect, but the worst is that both do",
    "Stag Hunt": "both would rather cooperate if the other does; the worst is to be left alone",
    "Assurance": "both would rather do the same, and best of all cooperate; defecting is the safer",
    "Deadlock": "both would rather that neither cooperates",
    "Harmony": "both cooperate whatever the other does",
    "Concord": "both would rather cooperate, and cooperating is never worse",
    "Peace": "both cooperate whatever the other does, and gain nothing by defecting alone",
    "Coordination": "both would rather do the same, and best of all cooperate",
    "Compromise": "both would rather defect, and it is not the worst for either",
    "Leader": "one should cooperate and the other not, and each would rather be the other",
    "Hero": "one should cooperate and the other not, and who does gains most by it for the other",
}
"""What the name of a symmetric game says of it."""
PLAY_DESCRIPTIONS: dict[ReassurancePlay, str] = {
    "separating": "the trustworthy take the first step and the untrustworthy do not",
    "pooling": "both kinds take the first step",
    "refusal": "neither kind takes the first step",
}
"""What the two kinds may do in the first round."""
