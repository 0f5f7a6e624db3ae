"""What is built into a theory: whether all that it lets count besides own gains can only be a cost to who answers.

Then nobody accepts by that theory, in the strict test, what it would refuse by own gains alone, whatever the numbers:
that it accepts less often is arithmetic and no finding.
"""

from __future__ import annotations

from collections.abc import Sequence

from detente.case.schema.response import Mechanism
from detente.rooms.acceptance.model.decision.decision_makers import AppliedTheory, DecisionMakers, Voter
from detente.rooms.gains.model.network.parties import actors_of_party


def can_only_refuse(deciders: DecisionMakers, theory: AppliedTheory) -> bool:
    """Whether all that a theory lets count besides own gains can only be a cost of a channel to the side that answers.

    By the kinds of the mechanisms, whom they are of, and the bounds of their numbers; outside options are always
    forgone. False for a theory that lets nothing count.
    """
    _, voter_numbers = deciders.deciding_bodies[deciders.sides[1]]
    voters = [deciders.voters[number] for number in voter_numbers]
    mechanisms = [deciders.case.mechanisms[name] for name in theory.uses if name in deciders.case.mechanisms]
    return bool(theory.uses) and all(_only_costs(deciders, mechanism, voters) for mechanism in mechanisms)


def _only_costs(deciders: DecisionMakers, mechanism: Mechanism, voters: Sequence[Voter]) -> bool:
    """Whether a mechanism is a cost, or nothing, to all of some voices."""
    if _wins_by_losers(deciders, mechanism, voters):
        return False
    of_voters = [name for voter in voters if (name := voter.applicable_name(mechanism.of)) is not None]
    if not of_voters or all(mechanism.of[name].bounds == (0, 0) for name in of_voters):
        return True
    if mechanism.kind in ("autonomy", "fear", "norms"):
        return all(mechanism.of[name].bounds[0] >= 0 for name in of_voters)
    if mechanism.kind in ("recognition", "advantage"):
        return all(mechanism.of[name].bounds[1] <= 0 for name in of_voters)
    return False  # a concern for relative gains may tell for a channel, and a shield always does


def _wins_by_losers(deciders: DecisionMakers, mechanism: Mechanism, voters: Sequence[Voter]) -> bool:
    """Whether some voice wins what others lose: who pays for the recognition of others gains by a negative one."""
    if mechanism.at_cost_of is None:
        return False
    payers = set(actors_of_party(deciders.case, deciders.actor_network, mechanism.at_cost_of))
    is_paying = any(voter.actor in payers for voter in voters)
    return is_paying and any(estimate.bounds[0] < 0 for estimate in mechanism.of.values())
