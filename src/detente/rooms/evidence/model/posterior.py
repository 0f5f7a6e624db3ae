"""The evidence on a table, weighed: what follows, what leads, and what would reverse it. Between case and findings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from detente.case.schema.case import Case
from detente.methods.inference.bayesian_updating import (
    Losses,
    Part,
    decibels,
    failing_correlations,
    fewest_losses,
    parts,
    posterior,
    posterior_bounds,
)
from detente.rooms.evidence.model.coding_routes import Current
from detente.rooms.evidence.model.congruence_tables import Tested
from detente.rooms.evidence.model.likelihoods import Evidence, correlations, gather

LEVEL = 1e-6
"""Decibels within which two hypotheses are level."""
STOPS = (0.0, 0.25, 0.5, 0.75, 1.0)
"""Where within its interval the correlation is taken for the range of the posterior."""


@dataclass(frozen=True, slots=True)
class Updated:
    """What the evidence on a table comes to."""

    test: Tested
    evidence: Evidence
    after: Mapping[str, float]
    first: str
    """The most probable hypothesis."""
    second: str
    parts: Sequence[Part]

    @property
    def before(self) -> float:
        """The odds of the first to the second before the evidence, in decibels."""
        return decibels(self.evidence.prior[self.first], self.evidence.prior[self.second])

    @property
    def weight(self) -> float:
        """What the evidence adds to them."""
        return sum(part.counted for part in self.parts)

    @property
    def lead(self) -> float:
        """The odds after it."""
        return self.before + self.weight

    @property
    def tie(self) -> bool:
        """Whether the two most probable are equally so."""
        return abs(self.lead) < LEVEL

    @property
    def alike(self) -> bool:
        """Whether neither correlation nor a common factor can change the order: one cluster, and equal priors."""
        return len(set(self.evidence.prior.values())) == 1 and len({p.cluster for p in self.evidence.pieces}) == 1


def updated(case: Case, counting: Current, test: Tested) -> Updated | None:
    """The evidence on a table, weighed; None if the case has no hypotheses or nothing bears on it."""
    evidence = gather(case, counting, test.id)
    if evidence is None:
        return None
    rho = correlations(case)
    after = posterior(evidence.prior, evidence.pieces, rho)
    first, second = ranked(after)[:2]
    return Updated(test, evidence, after, first, second, parts(evidence.pieces, first, second, rho))


def ranked(after: Mapping[str, float]) -> list[str]:
    """The hypotheses, the most probable first."""
    return sorted(after, key=lambda h: -after[h])


def leader(after: Mapping[str, float]) -> str | None:
    """The most probable hypothesis; None if another is as probable."""
    first, second = ranked(after)[:2]
    return first if decibels(after[first], after[second]) > LEVEL else None


def bounds(case: Case, found: Updated) -> dict[str, tuple[float, float]]:
    """The range of each probability over the intervals of likelihoods, priors and correlations."""
    evidence = found.evidence
    ranges = [posterior_bounds(evidence.prior_ends, evidence.pieces, correlations(case, within=stop)) for stop in STOPS]
    return {h: (min(r[h][0] for r in ranges), max(r[h][1] for r in ranges)) for h in found.after}


def losses_to(case: Case, found: Updated, rival: str, *, to_a_tie: bool) -> Losses | None:
    """The fewest losses that let a rival draw level with the leader, or pass it; None if none do."""
    prior, pieces = found.evidence.prior, found.evidence.pieces
    return fewest_losses(prior, pieces, found.first, rival, correlations(case), to_a_tie=to_a_tie)


def losses(case: Case, found: Updated, *, to_a_tie: bool) -> tuple[str, Losses] | None:
    """The rival that needs the fewest losses to draw level with the leader, or to pass it, and these losses."""
    needed = [(h, losses_to(case, found, h, to_a_tie=to_a_tie)) for h in ranked(found.after)[1:]]
    return min(((h, lost) for h, lost in needed if lost), key=lambda pair: pair[1].number, default=None)


def failing(found: Updated) -> list[tuple[float, float]]:
    """The correlations within clusters, common to all, at which another hypothesis leads."""

    def margin(rho: float) -> float:
        after = posterior(found.evidence.prior, found.evidence.pieces, lambda cluster: rho)
        return after[found.first] - max(p for h, p in after.items() if h != found.first)

    return failing_correlations(margin)


def factorised(case: Case, found: Updated) -> str | None:
    """The hypothesis that all theories hold, where theories are weighed apart: then it must lead as soon as each does.

    That is so where the hypotheses are all combinations of the theories, equally probable, and only coded passages
    count: the probability is then a product over theories, whatever the passages.
    """
    theories = list(case.theories)
    every = {frozenset(c) for n in range(len(theories) + 1) for c in combinations(theories, n)}
    holds = {h: frozenset(part.holds or ()) for h, part in case.hypotheses.items()}
    equal = len(set(found.evidence.prior.values())) == 1
    if not equal or set(holds.values()) != every or any(unit in case.clues for unit in found.evidence.rests_on):
        return None
    return next(h for h, held in holds.items() if held == frozenset(theories))
