"""The model of an offer as arrays for compiled code, and what it comes to in many draws."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from detente.methods.bargaining.balance_of_threat import rival_power_share
from detente.methods.networks.communication_graph import pair_indices
from detente.methods.offer_model.answers import ANSWERING
from detente.methods.offer_model.deciding_side import DecidingSide
from detente.methods.offer_model.decision_rows import MechanismKind, MechanismRow, ModelDecision
from detente.methods.offer_model.description import ModelDescription
from detente.methods.offer_model.model_draws import ModelDraws
from detente.methods.offer_model.network_rows import ByActor, ModelIssue, ModelNetwork
from detente.methods.offer_model.stakes import salience_groups
from detente.methods.offer_model.utility import UtilityTerms, relative_gains_weights
from detente.methods.sampling.distributions import Distribution
from detente.methods.sampling.keyed_hypercube import stream_keys
from detente.methods.sampling.keyed_normals import normal_levels

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_NOTHING = Distribution("value", (0.0,), 0.0, 1.0)
"""A threat that nobody feels."""
NONE = -1
"""In the place of a number, that there is none."""
MOST_CHANNELS_ON_A_GRAPH = 3
"""A channel itself, the one that it displaces, and the one that it opens."""


class PairArrays(NamedTuple):
    """Pairs of actors, and what holds for all of them."""

    pair_first: Any
    pair_second: Any
    across: Any
    counted: Any
    peripheral: Any
    able: Any
    log_product: Any
    settings: Any
    has_threat: bool
    threat: Any
    actor_group: Any
    group_count: int
    gravity_numbers: Any


class IssueArrays(NamedTuple):
    """Issues that pairs settle, and how pairs depart from what is usual."""

    issue_stakes: Any
    issue_raised: Any
    issue_multilateral: Any
    issue_gravity: Any
    issue_exposure: Any
    issue_weight: Any
    noise_keys: Any
    has_departures: bool
    spread_is_certain: bool
    levels: Any


class GraphArrays(NamedTuple):
    """Shares on graphs, and issues that pairs cannot settle."""

    row_start: Any
    row_length: Any
    row_pair: Any
    row_share: Any
    collective_stakes: Any
    collective_raised: Any
    collective_multilateral: Any
    collective_users: Any
    collective_concerned: Any
    collective_unit: Any
    collective_weight: Any


class RunArrays(NamedTuple):
    """Channels, and the ways in which they are run."""

    run_channel: Any
    run_base: Any
    graph_start: Any
    possible_graph: Any
    possible_keeps: Any
    possible_opened: Any
    possible_channels: Any
    possible_groups: Any
    possible_shares: Any
    possible_group_counts: Any
    possible_half_links: Any
    channel_exclusivity: Any
    channel_opening: Any
    channel_depth: Any
    channel_has_alternatives: Any
    channel_displaces: Any
    observed: int
    form_run: Any


class ReasonArrays(NamedTuple):
    """Who has an opinion, and by which reasons."""

    log_capability: Any
    log_reference: float
    voice_actor: Any
    voice_weight: Any
    is_touched: Any
    mechanism_kind: Any
    less_by_exclusivity: Any
    less_by_depth: Any
    losers: Any
    loser_counts: Any
    mechanism_start: Any
    row_voice: Any
    row_strength: Any
    row_factor: Any
    row_power: Any
    row_feared: Any
    comparison_start: Any
    comparison_factor: Any
    comparison_others: Any
    option_forgone: Any
    option_voices: Any
    partner_start: Any
    partner_log_capability: Any
    uses: Any
    deciding_voices: Any
    is_deciding: Any
    touches_anybody: Any
    everybody_is_needed: bool


ModelArrays = tuple[PairArrays, IssueArrays, GraphArrays, RunArrays, ReasonArrays]
"""The rows of a description as arrays. Numbers are told by their places, -1 for none. In five parts, since compiled
functions that are handed fewer arrays compile sooner."""


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
        found = {
            **self._pairs,
            **self._issues,
            **self._departures,
            **self._graphs,
            **self._collective,
            **self._runs,
            **self._channels,
            **self._voices,
            **self._mechanisms,
            **self._options,
            **self._deciding,
        }
        parts = (PairArrays, IssueArrays, GraphArrays, RunArrays, ReasonArrays)
        pairs, issues, graphs, runs, reasons = (part(**{name: found[name] for name in part._fields}) for part in parts)
        return pairs, issues, graphs, runs, reasons  # type: ignore[return-value]

    @property
    def _pairs(self) -> dict[str, Any]:
        import numpy as np

        network = self.network
        i, j = pair_indices(len(network.actors))
        capabilities = np.array(network.capabilities)
        with np.errstate(divide="ignore"):
            log_capability = np.log(capabilities)
        log_product = log_capability[i] + log_capability[j] - np.log(network.reference_product)
        able = np.isfinite(log_product)
        threat = _places(network.threat)
        numbers = self.description.numbers
        of_all = (network.periphery, network.decay, network.link_cost, network.spread, network.threat_within)
        return {
            "pair_first": i,
            "pair_second": j,
            "across": network.across_pairs,
            "counted": network.counted_pairs,
            "peripheral": np.array(network.peripheral, dtype=bool),
            "able": able,
            "log_product": np.where(able, log_product, 0.0),
            "settings": np.array(of_all),
            "has_threat": any(numbers[place].distribution != _NOTHING for place in threat if place >= 0),
            "threat": threat,
            "log_capability": log_capability,
            "log_reference": float(np.log(network.reference_product)),
        }

    @cached_property
    def _gravity_numbers(self) -> list[int]:
        return list(dict.fromkeys(issue.gravity for _, issue in self._pair_issues)) or [self.network.decay]

    @cached_property
    def _pair_issues(self) -> list[tuple[int, ModelIssue]]:
        return [(number, issue) for number, issue in enumerate(self.network.issues) if issue.collective is None]

    @property
    def _issues(self) -> dict[str, Any]:
        import numpy as np

        n, groups = len(self.network.actors), salience_groups(self.network)
        actor_group = np.zeros(n, dtype=np.int64)
        for number, group in enumerate(groups):
            actor_group[group.members] = number
        issues = [issue for _, issue in self._pair_issues]
        weights = [[_place(group.numbers[number]) for group in groups] for number, _ in self._pair_issues]
        seed = self.description.seed
        keys = [stream_keys(seed, f"network.spread/{issue.id}") for issue in issues]
        return {
            "issue_stakes": _int_array(issue.stakes for issue in issues),
            "issue_raised": _int_array(issue.raised for issue in issues),
            "issue_multilateral": _int_array(issue.multilateral for issue in issues),
            "issue_gravity": _int_array(self._gravity_numbers.index(issue.gravity) for issue in issues),
            "issue_exposure": _int_matrix([_places(issue.exposure, n) for issue in issues], n),
            "issue_weight": _int_matrix(weights, len(groups)),
            "noise_keys": np.array(keys, dtype=np.uint32).reshape(len(issues), 2),
            "gravity_numbers": _int_array(self._gravity_numbers),
            "actor_group": actor_group,
            "group_count": len(groups),
        }

    @property
    def _departures(self) -> dict[str, Any]:
        import numpy as np

        spread = self.description.numbers[self.network.spread].distribution
        is_certain = not spread.varies
        levels = normal_levels()
        return {
            "has_departures": spread.varies or spread.parameters[0] != 0,
            "spread_is_certain": is_certain,
            "levels": np.exp(spread.parameters[0] * levels) if is_certain else levels,
        }

    @property
    def _graphs(self) -> dict[str, Any]:
        import numpy as np

        n = len(self.network.actors)
        rows, lengths, pairs, shares = [], [], [], []
        for place in self._used_graphs:
            graph = self.network.graphs[place]
            rows.append(self._used_graphs.index(place) * n + np.array(graph.actors, dtype=np.int64))
            lengths.append(np.array(graph.lengths, dtype=np.int64))
            pairs.append(np.array(graph.pairs, dtype=np.int64))
            shares.append(np.array(graph.shares))
        row = np.concatenate(rows)
        order = np.argsort(row, kind="stable")
        counts = np.bincount(row, minlength=len(self._used_graphs) * n)
        return {
            "row_start": np.concatenate([[0], np.cumsum(counts)]),
            "row_length": np.concatenate(lengths)[order],
            "row_pair": np.concatenate(pairs)[order],
            "row_share": np.concatenate(shares)[order],
        }

    @cached_property
    def _used_runs(self) -> list[int]:
        """The runs that are needed, those from which gains are counted first."""
        offered = list(self.decision.offered_runs)
        bases = [self.network.runs[run].base for run in offered]
        return list(dict.fromkeys([*bases, *offered]))

    @cached_property
    def _used_graphs(self) -> list[int]:
        return sorted({graph.graph for run in self._used_runs for graph in self.network.runs[run].graphs})

    @property
    def _collective(self) -> dict[str, Any]:
        import numpy as np

        n = len(self.network.actors)
        issues = [issue for issue in self.network.issues if issue.collective]
        collectives = [issue.collective for issue in issues if issue.collective]
        units = [np.array(one.unit_values)[self._used_graphs].ravel() for one in collectives]
        return {
            "collective_stakes": _int_array(issue.stakes for issue in issues),
            "collective_raised": _int_array(issue.raised for issue in issues),
            "collective_multilateral": _int_array(issue.multilateral for issue in issues),
            "collective_users": _masks([one.users for one in collectives], n),
            "collective_concerned": _masks([one.concerned for one in collectives], n),
            "collective_unit": np.array(units).reshape(len(issues), len(self._used_graphs) * n),
            "collective_weight": _int_matrix([_places(issue.salience, n) for issue in issues], n),
        }

    @property
    def _runs(self) -> dict[str, Any]:
        import numpy as np

        n, runs = len(self.network.actors), [self.network.runs[run] for run in self._used_runs]
        graphs = [graph for run in runs for graph in run.graphs]
        groups, shares = np.full((len(graphs), n), NONE), np.zeros((len(graphs), n))
        for k, graph in enumerate(graphs):
            for number, group in enumerate(graph.groups):
                groups[k, list(group.members)] = number
                shares[k, list(group.members)] = group.shares
        channels = [[*graph.channels, *[NONE] * (MOST_CHANNELS_ON_A_GRAPH - len(graph.channels))] for graph in graphs]
        return {
            "run_channel": _int_array(run.channel for run in runs),
            "run_base": _int_array(self._used_runs.index(run.base) for run in runs),
            "graph_start": np.concatenate([[0], np.cumsum([len(run.graphs) for run in runs])]),
            "possible_graph": _int_array(self._used_graphs.index(graph.graph) for graph in graphs),
            "possible_keeps": np.array([graph.keeps_displaced for graph in graphs]),
            "possible_opened": np.array([graph.has_opened for graph in graphs]),
            "possible_channels": _int_matrix(channels, MOST_CHANNELS_ON_A_GRAPH),
            "possible_groups": groups,
            "possible_shares": shares,
            "possible_group_counts": _int_array(len(graph.groups) for graph in graphs),
            "possible_half_links": np.array([graph.half_links for graph in graphs], dtype=float),
            "form_run": _int_array(self._used_runs.index(run) for run in self.decision.offered_runs),
        }

    @property
    def _channels(self) -> dict[str, Any]:
        import numpy as np

        channels, voices = self.network.channels, self.decision.voices
        touched = [[not set(one.joins).isdisjoint(voice.organisations) for voice in voices] for one in channels]
        return {
            "channel_exclusivity": _int_array(one.exclusivity for one in channels),
            "channel_opening": _int_array(one.opening for one in channels),
            "channel_depth": _int_array(one.depth for one in channels),
            "channel_has_alternatives": np.array(
                [one.displaces is not None or one.opens is not None for one in channels]
            ),
            "channel_displaces": np.array([one.displaces is not None for one in channels]),
            "observed": self.network.observed,
            "is_touched": np.array(touched, dtype=bool).reshape(len(channels), len(voices)),
            "touches_anybody": np.array([any(row) for row in touched]),
        }

    @property
    def _voices(self) -> dict[str, Any]:
        import numpy as np

        voices = self.decision.voices
        members = [sum(len(other.members) for other in voices if other.actor == voice.actor) for voice in voices]
        return {
            "voice_actor": _int_array(voice.actor for voice in voices),
            "voice_weight": np.array(
                [len(voice.members) / count for voice, count in zip(voices, members, strict=True)]
            ),
        }

    @property
    def _mechanisms(self) -> dict[str, Any]:
        import numpy as np

        n, mechanisms = len(self.network.actors), self.decision.mechanisms
        rows = [row for mechanism in mechanisms for row in mechanism.rows]
        comparisons = [one for row in rows for one in row.comparisons]
        losers = [mechanism.losers for mechanism in mechanisms]
        return {
            "mechanism_kind": _int_array(_kind_code(mechanism.kind) for mechanism in mechanisms),
            "less_by_exclusivity": _int_array(_place(mechanism.less_by_exclusivity) for mechanism in mechanisms),
            "less_by_depth": _int_array(_place(mechanism.less_by_depth) for mechanism in mechanisms),
            "losers": _masks([one or () for one in losers], n),
            "loser_counts": _int_array(NONE if one is None else len(one) for one in losers),
            "mechanism_start": _starts(len(mechanism.rows) for mechanism in mechanisms),
            "row_voice": _int_array(row.voice for row in rows),
            "row_strength": _int_array(row.strength for row in rows),
            "row_factor": np.array([row.factor for row in rows], dtype=float),
            "row_power": np.array([self._feared_power(row) for row in rows], dtype=float),
            "row_feared": _masks([self._feared_others(row) for row in rows], n),
            "comparison_start": _starts(len(row.comparisons) for row in rows),
            "comparison_factor": np.array([one.factor for one in comparisons], dtype=float),
            "comparison_others": _masks([one.others for one in comparisons], n),
        }

    def _feared_others(self, row: MechanismRow) -> tuple[int, ...]:
        own = self.decision.voices[row.voice].actor
        return tuple(actor for actor in row.feared if actor != own)

    def _feared_power(self, row: MechanismRow) -> float:
        capabilities, own = self.network.capabilities, self.decision.voices[row.voice].actor
        return rival_power_share(capabilities[own], sum(capabilities[other] for other in self._feared_others(row)))

    @property
    def _options(self) -> dict[str, Any]:
        import numpy as np

        options = self.decision.outside
        partners = [capability for option in options for capability in option.partner_capabilities]
        with np.errstate(divide="ignore"):
            log_capability = np.log(np.array(partners, dtype=float))
        return {
            "option_forgone": _int_array(option.forgone for option in options),
            "option_voices": _masks([option.voices for option in options], len(self.decision.voices)),
            "partner_start": _starts(len(option.partner_capabilities) for option in options),
            "partner_log_capability": log_capability,
        }

    @property
    def _deciding(self) -> dict[str, Any]:
        import numpy as np

        decision, side = self.decision, self.decision.sides[ANSWERING]
        names = [*(one.id for one in decision.mechanisms), *(one.id for one in decision.outside)]
        uses = [[name in theory.uses for name in names] for theory in decision.theories]
        return {
            "uses": np.array(uses, dtype=bool).reshape(len(decision.theories), len(names)),
            "deciding_voices": _int_array(side.voices),
            "is_deciding": np.isin(np.arange(len(decision.voices)), side.voices),
            "everybody_is_needed": self._everybody_is_needed,
        }

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

        columns = 1 if self._everybody_is_needed else len(self.decision.sides[ANSWERING].voices)
        shape = (len(self.decision.offered_runs), len(self.decision.theories), columns)
        found = np.empty((*shape, draws.draw_count)), np.empty((*shape, draws.draw_count if with_grave else 0))
        efficiency = np.stack([draws.efficiency(place) for place in range(len(self.network.channels))])
        departures = np.zeros(0, dtype=np.uint32) if draws.departures is None else draws.departures
        answer_batch(departures, draws.values, efficiency, self.arrays, *found)
        return self._turn(draws, found[0], is_grave=False), self._turn(draws, found[1], is_grave=True)

    @property
    def _everybody_is_needed(self) -> bool:
        """Whether the most reluctant voice decides, whatever is paid inside."""
        side = self.decision.sides[ANSWERING]
        return side.body.needs_everybody and not side.pays_for_consent

    def _turn(self, draws: ModelDraws, utilities: Floats, is_grave: bool) -> Floats:
        """The utility at which the answer turns, from those of the voices: shape (forms, theories, draws).

        By other rules than consensus, and where who leads pays others for their yes, readable code decides.
        """
        import numpy as np

        if self._everybody_is_needed or not utilities.shape[3]:
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


def _kind_code(kind: MechanismKind) -> int:
    from detente.methods.offer_model.kernels import answer_kernel as kernel

    codes: Mapping[str, int] = {
        **{"relative": kernel.RELATIVE, "recognition": kernel.GAIN, "advantage": kernel.GAIN},
        **{"autonomy": kernel.LOSS, "fear": kernel.FEAR, "norms": kernel.NORMS, "shield": kernel.SHIELD},
    }
    return codes[kind]


def _place(number: int | None) -> int:
    return NONE if number is None else number


def _places(numbers: ByActor | None, actor_count: int = 0) -> NDArray[np.int64]:
    return _int_array(_place(number) for number in (numbers or (None,) * actor_count))


def _int_array(values: Iterator[int] | Sequence[int]) -> NDArray[np.int64]:
    import numpy as np

    return np.array(list(values), dtype=np.int64)


def _int_matrix(rows: Sequence[Any], width: int) -> NDArray[np.int64]:
    import numpy as np

    return np.array(rows, dtype=np.int64).reshape(len(rows), width)


def _masks(rows: Sequence[Sequence[int]], width: int) -> NDArray[np.bool_]:
    import numpy as np

    masks = np.zeros((len(rows), width), dtype=bool)
    for number, row in enumerate(rows):
        masks[number, list(row)] = True
    return masks


def _starts(counts: Iterator[int]) -> NDArray[np.int64]:
    import numpy as np

    return np.concatenate([[0], np.cumsum(list(counts), dtype=np.int64)]).astype(np.int64)
