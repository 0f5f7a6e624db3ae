"""Strategies that both sides keep to although moves go wrong: over many draws of payoffs, patience and errors at once.

With errors every history comes about, so a strategy lasts only if no single departure pays after any of them (Selten
1975; Blackwell 1965), and it is worth having only if it comes back to cooperation by itself: who never forgives loses
it with the first error (Molander 1985; Boyd 1989; Wu and Axelrod 1995). The same for one draw, in readable steps, is
`critical_discount.profitable_deviations` and `markov_play.match_outcomes`, which the tests hold this against.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from detente.methods.games.critical_discount import reachable_pairs
from detente.methods.games.repeated.markov_play import closed_classes, pair_chain
from detente.methods.games.strategies.automaton import SWAPPED_OUTCOMES, Automaton, automaton_from_states

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

NEGLIGIBLE_GAIN = 1e-10
"""Gains from departing, as shares of the span of payoffs and of the weight of a round, that count for none."""


def limited_punishment(rounds: int) -> Automaton:
    """Cooperation until anybody defects, then so many rounds of mutual defection, whatever is done in them.

    Porter (1983) and Green and Porter (1984): where errors cannot be told from intent, punishment must end. With ever
    more rounds it becomes the grim trigger of both sides.

    Example:
        >>> from detente.methods.games.repeated.play_with_errors import limited_punishment
        >>> limited_punishment(2).cooperates.tolist()
        [1.0, 0.0, 0.0]
    """
    if rounds < 1:
        raise ValueError("a punishment takes one round or more")
    states: dict[str, tuple[float, dict[str, str | dict[str, float]]]] = {
        "peace": (1.0, {"CC": "peace", "CD": "1", "DC": "1", "DD": "1"})
    }
    for number in range(1, rounds + 1):
        following = "peace" if number == rounds else str(number + 1)
        states[str(number)] = (0.0, {"C": following, "D": following})
    return automaton_from_states(states)


def contrition() -> Automaton:
    """Who defected alone makes it good by cooperating while the other defects; who was wronged defects until then.

    Contrite tit for tat as Wu and Axelrod (1995) put it, after the standing of Sugden (1986) and Boyd (1989), by which
    only a one-sided defection calls for anything. (The strategy of this name in the library also resents a round in
    which both defect, and is no equilibrium.)

    Example:
        >>> from detente.methods.games.critical_discount import profitable_deviations
        >>> from detente.methods.games.repeated.play_with_errors import contrition
        >>> from detente.methods.games.two_by_two import Payoffs
        >>> profitable_deviations(Payoffs(T=5, R=3, P=1, S=0), contrition(), contrition(), discount=0.8, noise=0.05)
        []
    """
    return automaton_from_states(
        {
            "content": (1.0, {"CC": "content", "CD": "wronged", "DC": "contrite", "DD": "content"}),
            "wronged": (0.0, {"C": "content", "D": "wronged"}),
            "contrite": (1.0, {"CC": "content", "CD": "content", "DC": "contrite", "DD": "contrite"}),
        }
    )


def corrects_errors(automaton: Automaton) -> bool:
    """Whether two of it cooperate for good, and come back to that by themselves after any single error of either.

    Win-stay lose-shift and contrite tit for tat do; tit for tat and grim trigger do not (Nowak and Sigmund 1993;
    Boyd 1989). Two errors in the same round may be beyond it.

    Example:
        >>> from detente.methods.games.repeated.play_with_errors import corrects_errors
        >>> from detente.methods.games.strategies.automaton import memory_one_automaton
        >>> [corrects_errors(memory_one_automaton(chances)) for chances in ([1, 0, 0, 1], [1, 0, 1, 0])]
        [True, False]
    """
    import numpy as np

    chain, after_error = pair_chain(automaton, automaton), _pairs_after_error(automaton)
    classes = closed_classes(chain.transitions)[0]
    settled = {state for members in classes for state in members}
    faulty = {state for members in classes if (chain.outcomes[members, 0] < 1).any() for state in members}
    reached = set(np.flatnonzero(chain.start).tolist())
    waiting = list(reached)
    for state in waiting:
        following = set(np.flatnonzero(chain.transitions[state]).tolist())
        following |= after_error[state] if state in settled else set()
        waiting += following - reached
        reached |= following
    return not reached & faulty


def _pairs_after_error(automaton: Automaton) -> list[set[int]]:
    """The pairs of states that may follow each pair if both meant to cooperate and one of them did not."""
    import numpy as np

    after, size = automaton.transitions, automaton.size
    followers = []
    for s in range(size):
        for t in range(size):
            chances = np.outer(after[s, 1], after[t, 2]) + np.outer(after[s, 2], after[t, 1])
            followers.append(set(np.flatnonzero(chances).tolist()))
    return followers


@dataclass(frozen=True, eq=False)
class PlayWithErrors:
    """Both sides playing the same automaton with errors, in every draw.

    Example:
        >>> import numpy as np
        >>> from detente.methods.games.repeated.play_with_errors import PlayWithErrors
        >>> from detente.methods.games.strategies.automaton import memory_one_automaton
        >>> play = PlayWithErrors(memory_one_automaton([1, 0, 0, 1]), np.array([0.9]), np.array([0.01]))
        >>> payoffs = np.array([[4.0], [0.0], [5.0], [2.0]])  # of CC, CD, DC and DD, in one draw
        >>> play.cooperation.round(3).tolist(), play.is_kept_by(payoffs).tolist()
        ([0.963], [True])
    """

    automaton: Automaton
    discount: Floats
    """Of the next round beside this one, from 0 to below 1; shape (draws,), or (1,) for the same in all."""
    noise: Floats
    """The chance that a move comes out as its opposite; of the same shape."""

    @cached_property
    def _pairs(self) -> list[tuple[int, int]]:
        """The pairs of states that some history leads to."""
        return reachable_pairs(self.automaton, self.automaton)

    @cached_property
    def _successors(self) -> Floats:
        """The chance of each pair after each outcome in each pair, shape (pairs, 4, pairs)."""
        import numpy as np

        own, other = (np.array([pair[side] for pair in self._pairs]) for side in (0, 1))
        after = self.automaton.transitions
        chances: Floats = after[own][:, :, own] * after[other][:, list(SWAPPED_OUTCOMES)][:, :, other]
        return chances

    @cached_property
    def _other_cooperates(self) -> Floats:
        """The chance that the other side cooperates in each pair, errors included; shape (pairs, draws)."""
        return self._with_errors(self.automaton.cooperates[[t for _, t in self._pairs]])

    def _with_errors(self, meant: Floats) -> Floats:
        """The chance that cooperation comes out where it is meant with a chance, shape (pairs, draws)."""
        meant_cooperation = meant[:, None]
        chances: Floats = meant_cooperation * (1 - self.noise) + (1 - meant_cooperation) * self.noise
        return chances

    @cached_property
    def _discounted_outcomes(self) -> Floats:
        """How often each outcome comes about from each pair on, shape (pairs, 4, draws): adds up to 1."""
        import numpy as np

        own = self._with_errors(self.automaton.cooperates[[s for s, _ in self._pairs]])
        other = self._other_cooperates
        outcomes = np.stack([own * other, own * (1 - other), (1 - own) * other, (1 - own) * (1 - other)], axis=1)
        weights = [
            {
                int(pair): self.discount * (successors[:, pair] @ chances)
                for pair in np.flatnonzero(successors.any(axis=0))
            }
            for successors, chances in zip(self._successors, outcomes, strict=True)
        ]
        return _sums_along_chain(weights, (1 - self.discount) * outcomes)

    @cached_property
    def cooperation(self) -> Floats:
        """The share of rounds in which both cooperate, errors included, as rounds count; shape (draws,)."""
        import numpy as np

        start = np.array([self.automaton.start[s] * self.automaton.start[t] for s, t in self._pairs])
        shares: Floats = start @ self._discounted_outcomes[:, 0]
        return shares

    def is_kept_by(self, payoffs: Floats) -> NDArray[np.bool_]:
        """Whether no single departure pays a side after any history, shape (draws,).

        Args:
            payoffs: What the side gets from CC, CD, DC and DD, its own move first; shape (4, draws).
        """
        import numpy as np

        values = np.einsum("pod,od->pd", self._discounted_outcomes, payoffs)
        now = (1 - self.discount) * payoffs
        span = np.ptp(payoffs, axis=0) + 1e-300
        tolerance = NEGLIGIBLE_GAIN * span * (1 - self.discount) + 1e-13 * np.abs(payoffs).max(axis=0)
        is_kept = np.ones(values.shape[1], bool)
        for value, successors, other in zip(values, self._successors, self._other_cooperates, strict=True):
            cc, cd, dc, dd = now + self.discount * (successors @ values)
            cooperating, defecting = other * cc + (1 - other) * cd, other * dc + (1 - other) * dd
            lost_by_error = self.noise * (cooperating - defecting)
            best = np.maximum(cooperating - lost_by_error, defecting + lost_by_error)
            is_kept &= best - value <= tolerance
        return is_kept


def _sums_along_chain(weights: list[dict[int, Floats]], immediate: Floats) -> Floats:
    """What comes about from each state of a chain on, in every draw: x = immediate + weights x, by elimination.

    Nothing but what a state keeps for itself is ever subtracted, so that few digits are lost (Grassmann, Taksar and
    Heyman 1985). The last state goes first, which leaves a countdown as sparse as it is.

    Args:
        weights: For each state what counts of each that may follow it, below 1 in all; each of shape (draws,).
            Overwritten.
        immediate: What comes about in each state by itself, shape (states, ..., draws). Overwritten with the sums.
    """
    for state in reversed(range(len(weights))):
        following = weights[state]
        visits = 1 / (1 - following.pop(state, 0.0))
        immediate[state] *= visits
        for target in following:
            following[target] = following[target] * visits
        for other, onwards in enumerate(weights):
            if other != state and state in onwards:
                weight = onwards.pop(state)
                immediate[other] += weight * immediate[state]
                for target, share in following.items():
                    onwards[target] = onwards.get(target, 0.0) + weight * share
    return immediate
