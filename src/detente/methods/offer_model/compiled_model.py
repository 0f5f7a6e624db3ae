"""The model of an offer laid out for compiled code, and what it comes to in many draws."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from detente.methods.offer_model.answers import ANSWERING
from detente.methods.offer_model.deciding_side import DecidingSide
from detente.methods.offer_model.decision_rows import ModelDecision
from detente.methods.offer_model.description import ModelDescription
from detente.methods.offer_model.graph_arrays import GraphArrays, RunArrays, arrange_graphs, arrange_runs
from detente.methods.offer_model.model_draws import ModelDraws
from detente.methods.offer_model.network_rows import ModelNetwork
from detente.methods.offer_model.reason_arrays import ReasonArrays, arrange_reasons, everybody_is_needed
from detente.methods.offer_model.stake_arrays import IssueArrays, PairArrays, arrange_issues, arrange_pairs
from detente.methods.offer_model.utility import UtilityTerms, relative_gains_weights

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

ModelArrays = tuple[PairArrays, IssueArrays, GraphArrays, RunArrays, ReasonArrays]
"""The rows of a description as arrays. In five parts, since compiled functions that are handed fewer arrays compile
sooner."""


@dataclass(frozen=True)
class CompiledModel:
    """A description laid out for compiled code.

    Example:
        >>> from detente.methods.offer_model.compiled_model import CompiledModel
        >>> from detente.methods.offer_model.example import two_states
        >>> from detente.methods.offer_model.model_draws import sample_model
        >>> model = two_states()
        >>> utility, _ = CompiledModel(model).answer_utilities(sample_model(model, range(2)))
        >>> utility.round(3).tolist()  # by form, theory and draw: own gains, then what freedom of action leaves
        [[[0.5, 0.5], [0.144, -0.15]]]
    """

    description: ModelDescription

    @property
    def network(self) -> ModelNetwork:
        """Who deals with whom."""
        return self.description.network

    @property
    def decision(self) -> ModelDecision:
        """Who has an opinion, by which reasons, and how each side decides."""
        decision = self.description.decision
        assert decision is not None
        return decision

    @cached_property
    def arrays(self) -> ModelArrays:
        """The rows as arrays."""
        network, decision = self.network, self.decision
        return (
            arrange_pairs(self.description),
            arrange_issues(self.description),
            arrange_graphs(network, decision.offered_runs),
            arrange_runs(network, decision.offered_runs),
            arrange_reasons(network, decision),
        )

    def answer_utilities(self, draws: ModelDraws, with_grave: bool = False) -> tuple[Floats, Floats]:
        """The utility at which the answer turns.

        Args:
            draws: The numbers.
            with_grave: Whether it is asked under a grave threat, too.

        Returns:
            As things are, and under a grave threat (without draws if not asked), each of shape (forms, theories,
            draws).
        """
        import numpy as np

        from detente.methods.offer_model.kernels.answer_kernel import answer_batch

        columns = 1 if everybody_is_needed(self.decision) else len(self.decision.sides[ANSWERING].voices)
        shape = (len(self.decision.offered_runs), len(self.decision.theories), columns)
        found = np.empty((*shape, draws.draw_count)), np.empty((*shape, draws.draw_count if with_grave else 0))
        efficiency = np.stack([draws.efficiency(place) for place in range(len(self.network.channels))])
        departures = np.zeros(0, dtype=np.uint32) if draws.departures is None else draws.departures
        answer_batch(departures, draws.values, efficiency, self.arrays, *found)
        return self._turn(draws, found[0], is_grave=False), self._turn(draws, found[1], is_grave=True)

    def _turn(self, draws: ModelDraws, utilities: Floats, is_grave: bool) -> Floats:
        """The utility at which the answer turns, from those of the voices: shape (forms, theories, draws).

        By other rules than consensus, and where who leads pays others for their yes, readable code decides.
        """
        import numpy as np

        if everybody_is_needed(self.decision) or not utilities.shape[3]:
            return utilities[:, :, 0]
        side = DecidingSide(draws, self.decision.sides[ANSWERING])
        gains_weights = {} if is_grave else relative_gains_weights(draws)
        nothing = np.zeros((draws.draw_count, len(self.decision.voices)))
        terms = UtilityTerms(nothing, dict.fromkeys(gains_weights, nothing), gains_weights)
        turning = np.empty((utilities.shape[0], utilities.shape[1], draws.draw_count))
        for place, theory in enumerate(self.decision.theories):
            weights = side.position(terms, [name for name in theory.uses if name in gains_weights])
            for form in range(len(utilities)):
                position = weights.copy()
                position[:, : len(side.voices)] += utilities[form, place].T
                turning[form, place] = side.answer(position).utility
        return turning
