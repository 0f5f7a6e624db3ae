"""The numbers of the durability room by name."""

from __future__ import annotations

from collections.abc import Iterator
from math import sqrt

from detente.case.index.by_year import told_year
from detente.results.outcome import Outcome, OutcomeKind
from detente.rooms.durability.model.durability import DurabilityModel

LASTS = OutcomeKind(
    "durability.<game>.<theory>.lasts",
    "share of draws",
    "In how many draws cooperation, once begun, lasts with nobody to enforce it, by a theory.",
)
BEGINS = OutcomeKind(
    "durability.<game>.<theory>.begins",
    "share of draws",
    "In how many draws even chances that the other cooperates are enough to begin, by a theory.",
)
PATIENCE_NEEDED = OutcomeKind(
    "durability.<game>.<theory>.patience-needed",
    "discount factor",
    "The patience that cooperation takes at the central estimates, by a theory; none where no patience is enough.",
)
KINDS = (LASTS, BEGINS, PATIENCE_NEEDED)


def durability_outcomes(model: DurabilityModel) -> Iterator[Outcome]:
    """Whether cooperation lasts and would begin, in each game and by each theory."""
    year = told_year(model.year)
    for case_game in model.case_games:
        for under_theory, at_means in zip(case_game.by_theory, case_game.by_theory_at_means, strict=True):
            draws, needed = len(under_theory.patience), float(at_means.critical_patience[0])
            for theory in under_theory.view.ids:
                for kind, share in (
                    (LASTS, under_theory.lasting_share),
                    (BEGINS, under_theory.beginning_share),
                ):
                    yield kind.at(share, case_game.id, theory, error=sqrt(share * (1 - share) / draws), year=year)
                if needed <= 1:
                    yield PATIENCE_NEEDED.at(needed, case_game.id, theory, year=year)
