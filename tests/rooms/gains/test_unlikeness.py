"""Kinds of organisation: what it costs a channel that two are unlike, and what earlier bodies teach of that."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from detente import Case, read_case
from detente.case.loading.model_patch import case_with_values
from detente.methods.offer_model.channel_variants import ChannelVariant
from detente.methods.offer_model.description import ModelDescription
from detente.methods.offer_model.model_draws import ModelDraws, mean_numbers, sample_model
from detente.methods.sampling.distributions import Distribution
from detente.rooms.gains.model.network.build_network import build_actor_network
from detente.rooms.gains.model.simulation.channel_model import ChannelModel
from detente.rooms.gains.model.simulation.simulation import simulate_gains
from detente.rooms.gains.model.structural_signs import structural_signs
from detente.rooms.gains.model.unlikeness import alike_values, mean_unlikeness
from tests.cases.two_hub_case import written
from tests.rooms.gains.test_gains_input import refused
from tests.rooms.sections import sections_of

TRAITS: dict[str, Any] = {
    "purpose": {"title": "What they are for", "held": {"west": 0.9, "east": 0.5, "r": 0.3}},
    "size": {"title": "How large they are", "held": {"west": 0.2, "east": 0.8}, "weight": 3},
}
COUNCIL: dict[str, Any] = {
    **{"title": "The council", "between": ["west", "r"], "tried": 10, "worked": 3},
    "tells_of": {"bloc": 0.5},
}


def unlike_case(folder: Path, **more: Any) -> Case:
    """The case on paper, whose two organisations are unlike; its channel may get less done than all."""
    settings = {
        "traits": TRAITS,
        "network__unlikeness": 0.4,
        "channels__bloc__efficiency": {"uniform": [0.5, 1]},
        "network__draws": 4096,
    }
    return read_case(str(written(folder, **deepcopy(settings | more)))).case


class DrawsOfChannels:
    """The numbers of the channels of a case in some draws, by the ids of channels."""

    def __init__(self, draws: ModelDraws):
        self.draws, self.places = draws, {row.id: place for place, row in enumerate(draws.network.channels)}

    @property
    def cost(self) -> np.ndarray:
        return np.asarray(self.draws.values[self.draws.network.unlikeness_cost])

    def alike(self, channel: str) -> np.ndarray:
        return np.asarray(self.draws.values[self.draws.network.channels[self.places[channel]].efficiency])

    def efficiency(self, channel: str) -> np.ndarray:
        return self.draws.efficiency(self.places[channel])

    def unlikeness(self, channel: str) -> np.ndarray:
        return self.draws.unlikeness(self.places[channel])


def description(case: Case) -> ModelDescription:
    return ChannelModel(case, build_actor_network(case, 2000)).description


def at_means(case: Case) -> DrawsOfChannels:
    return DrawsOfChannels(mean_numbers(description(case)))


def in_draws(case: Case) -> DrawsOfChannels:
    return DrawsOfChannels(sample_model(description(case), range(case.network.draws)))


def test_how_unlike_two_are_is_the_weighted_mean_of_their_differences(tmp_path: Path):
    case = unlike_case(tmp_path)
    assert mean_unlikeness(case, 2000, "west", "east") == pytest.approx((0.4 + 3 * 0.6) / 4)
    assert mean_unlikeness(case, 2000, "west", "r") == pytest.approx(0.6)  # of the size of r nothing is told
    assert mean_unlikeness(case, 2000, "east", "west") == mean_unlikeness(case, 2000, "west", "east")


def test_a_channel_that_joins_them_gets_less_done_in_proportion(tmp_path: Path):
    draws = at_means(unlike_case(tmp_path))
    assert draws.efficiency("bloc")[0] == pytest.approx(0.75 * (1 - 0.4 * 0.55))
    assert draws.efficiency("bilateral")[0] == pytest.approx(0.6)  # joins nobody as such


def test_regimes_may_tell_it(tmp_path: Path):
    figures = {"n": 0.9, "r": 0.2, "j0": 0.4, "j1": 0.2, "j2": 0.4}
    case = unlike_case(
        tmp_path,
        regimes={"votes": {"title": "Votes", "held": {2000: figures}}},
        traits={"governed": {"title": "How they are governed", "by_regime": "votes"}},
    )
    assert mean_unlikeness(case, 2000, "west", "east") == pytest.approx(0.9 - 0.3)


def test_figures_may_be_uncertain(tmp_path: Path):
    case = unlike_case(tmp_path, traits__purpose__held__east={"uniform": [0.3, 0.7]})
    unlikeness = in_draws(case).unlikeness("bloc")
    assert unlikeness.mean() == pytest.approx(0.55, abs=0.005)
    assert unlikeness.std() > 0.02


def test_of_several_that_are_joined_the_least_alike_count(tmp_path: Path):
    case = unlike_case(
        tmp_path,
        actors__x={"name": "X", "kind": "state"},
        organisations__far={"name": "Far", "members": [{"actor": "x", "in": "1990/.."}]},
        channels__bloc__joins=["west", "east", "far"],
        channels__bloc__links=[["r", "east"]],
        capabilities__wagons__held={2000: {"n": 9, "r": 4, "j0": 1, "j1": 2, "j2": 0.5, "x": 1}},
        channels__bilateral__links=[["r", "east"], ["n", "east"], ["x", "n"]],
        traits__purpose__held={"west": 0.9, "east": 0.5, "far": 0.6},
        traits__size__held={"west": 0.2, "east": 0.8, "far": 0.2},
    )
    pairs = [mean_unlikeness(case, 2000, *pair) for pair in (("far", "west"), ("east", "far"), ("west", "east"))]
    assert at_means(case).efficiency("bloc")[0] == pytest.approx(0.75 * (1 - 0.4 * max(pairs)))
    assert pairs[-1] == max(pairs) > pairs[1] > pairs[0]


@pytest.mark.parametrize(("unlikeness", "sign"), [(0, 1), (0.4, 0)])
def test_signs_are_built_in_only_where_unlikeness_leaves_no_less_done(tmp_path: Path, unlikeness: float, sign: int):
    """R is passed on every way, and cannot lose where the channel gets no less done than the present one, 0.6."""
    case = unlike_case(tmp_path, channels__bloc__efficiency=0.7, network__unlikeness=unlikeness, network__draws=100)
    model = simulate_gains(case)
    assert model is not None
    year = model.years[-1]
    signs = dict(zip(year.actor_network.actors, structural_signs(year, ChannelVariant("bloc", "hub")), strict=True))
    assert signs["r"] == sign


def posterior_by_weights(case: Case) -> tuple[float, float, float]:
    """Cost, efficiency between two that are alike, and how they go together, by weighing a million prior draws."""
    generator = np.random.default_rng(5)
    low, high = case.network.unlikeness.uniform or (0, 0)
    cost, alike = generator.uniform(low, high, 10**6), generator.triangular(0.5, 0.6, 1, 10**6)
    chance = alike * (1 - cost * 0.6)
    weight = (chance**3 * (1 - chance) ** 7) ** 0.5
    means = [float(np.average(one, weights=weight)) for one in (cost, alike)]
    together = float(np.average((cost - means[0]) * (alike - means[1]), weights=weight))
    return means[0], means[1], together


def test_cost_and_efficiency_are_learnt_together(tmp_path: Path):
    """Against weights on draws from what was assumed before, which nothing of the program makes."""
    case = unlike_case(
        tmp_path,
        network__unlikeness={"uniform": [0, 1]},
        channels__bloc__efficiency={"triangular": [0.5, 0.6, 1]},
        experiences={"council": COUNCIL},
    )
    cost, alike, together = posterior_by_weights(case)
    drawn = in_draws(case)
    assert drawn.cost.mean() == pytest.approx(cost, abs=0.005)
    assert drawn.alike("bloc").mean() == pytest.approx(alike, abs=0.004)
    assert np.cov(drawn.cost, drawn.alike("bloc"))[0, 1] == pytest.approx(together, abs=0.002)
    assert at_means(case).cost[0] == pytest.approx(cost, abs=0.002)
    assert alike < 0.68 < 0.7  # three of ten things: it works less well than was assumed


def test_experience_of_a_channel_that_joins_nobody_tells_of_it_alone(tmp_path: Path):
    case = unlike_case(
        tmp_path,
        channels__bilateral__efficiency={"uniform": [0, 1]},
        experiences={"council": COUNCIL | {"tells_of": {"bilateral": 1}}},
        network__unlikeness={"uniform": [0, 1]},
    )
    draws = at_means(case)
    assert draws.efficiency("bilateral")[0] == pytest.approx(4 / 12, abs=1e-4)
    assert draws.cost[0] == pytest.approx(0.5)
    assert draws.alike("bloc")[0] == pytest.approx(0.75)


def test_what_is_certain_is_not_learnt(tmp_path: Path):
    case = unlike_case(tmp_path, channels__bloc__efficiency=0.8, experiences={"council": COUNCIL})
    assert at_means(case).efficiency("bloc")[0] == pytest.approx(0.8 * (1 - 0.4 * 0.55))


def test_another_assumption_is_learnt_from_as_well(tmp_path: Path):
    case = unlike_case(tmp_path, network__unlikeness={"uniform": [0, 1]}, experiences={"council": COUNCIL})
    other = case_with_values(case, {"network.unlikeness": {"uniform": [0.8, 1]}})
    changed = description(case).with_numbers({"network.unlikeness": Distribution("uniform", (0.8, 1), 0, 1)})
    overridden = DrawsOfChannels(sample_model(changed, range(2048)))
    assert np.array_equal(overridden.cost, in_draws(other).cost[:2048])


def test_alike_organisations_lose_nothing_and_keep_what_was_learnt(tmp_path: Path):
    case = unlike_case(tmp_path, network__unlikeness={"uniform": [0, 1]}, experiences={"council": COUNCIL})
    values = {path: value for trait in case.traits for path, value in alike_values(case, 2000, "bloc", trait).items()}
    alike = case_with_values(case, values)
    before, after = in_draws(case), in_draws(alike)
    assert np.array_equal(after.alike("bloc"), before.alike("bloc"))
    assert np.array_equal(after.efficiency("bloc"), before.alike("bloc"))
    assert (before.efficiency("bloc") < before.alike("bloc")).all()


def test_the_findings_tell_differences_and_what_was_learnt(tmp_path: Path):
    case = unlike_case(tmp_path, network__unlikeness={"uniform": [0, 1]}, experiences={"council": COUNCIL})
    findings = {finding.id: finding for section in sections_of(case, "gains") for finding in section.findings}
    unlike, learnt = findings["unlikeness-bloc"], findings["experience"]
    assert unlike.table is not None
    assert [(row["trait"], round(float(row["share"] or 0), 2)) for row in unlike.table.records()] == [
        ("How large they are", 0.82),
        ("What they are for", 0.18),
    ]
    assert learnt.table is not None
    assert [row["number"] for row in learnt.table.records()] == [
        "what it costs that those who meet are unlike",
        "how well the channel works",
    ]
    assert "3 of 10 things tried worked" in learnt.says
    bare = {f.id for section in sections_of(read_case("two-leagues").case, "gains") for f in section.findings}
    assert not {"experience", "unlikeness-league-to-league"} & bare


def test_a_narrow_density_is_found_between_the_steps(tmp_path: Path):
    """One that lies between two steps is not lost to rounding, and so not refused."""
    for narrow in ({"beta": [600, 500]}, {"normal": [0.6, 1e-4]}):
        case = unlike_case(tmp_path, channels__bloc__efficiency=narrow, experiences={"council": COUNCIL})
        assert at_means(case).alike("bloc")[0] == pytest.approx(0.55, abs=0.06)


def test_a_cost_of_which_nothing_tells_stays_as_it_is(tmp_path: Path):
    experience = COUNCIL | {"tells_of": {"bilateral": 1}}
    efficiency = {"uniform": [0, 1]}
    case = unlike_case(
        tmp_path,
        network__unlikeness={"normal": [0.9, 0.3]},
        channels__bilateral__efficiency=efficiency,
        experiences={"council": experience},
    )
    assert at_means(case).cost[0] == pytest.approx(0.9)


BAD: dict[str, tuple[dict[str, Any], str]] = {
    "both figures and a measure": (
        {"traits__purpose__by_regime": "votes", "regimes": {"votes": {"title": "Votes", "held": {2000: {"n": 1}}}}},
        "traits.purpose: a trait has either `held:` or `by_regime:` (one of the two)",
    ),
    "a figure that is none": (
        {"traits__purpose__held__east": 1.5},
        "traits.purpose.held.east: 1.5 is not from 0 to 1",
    ),
    "more worked than were tried": (
        {"experiences": {"council": COUNCIL | {"worked": 11}}},
        "experiences.council.worked: 11 worked of 10 that were tried (no more than were tried)",
    ),
    "one by itself": (
        {"experiences": {"council": COUNCIL | {"between": ["r", "r"]}}},
        "experiences.council.between.1: 'r' is named twice",
    ),
    "of no channel": (
        {"experiences": {"council": COUNCIL | {"tells_of": {"blok": 1}}}},
        "no channel 'blok' (did you mean 'bloc'?)",
    ),
    "counts too much": (
        {"experiences": {"council": COUNCIL | {"tells_of": {"bloc": 2}}}},
        "experiences.council.tells_of.bloc: ",
    ),
    "a cost outside its range": ({"network__unlikeness": 2}, "network.unlikeness: 2 is not from 0 to 1"),
    "what could not have been by any efficiency": (
        {
            "experiences": {"council": COUNCIL | {"tells_of": {"bilateral": 1}}},
            "channels__bilateral__efficiency": {"discrete": [[0, 0.5], [1, 0.5]]},
        },
        "experiences: what is said to have worked could not have, whatever unlikeness costs",
    ),
    "what could not have been": (
        {"experiences": {"council": COUNCIL}, "channels__bloc__efficiency": 0},
        "experiences: what is said to have worked could not have, whatever unlikeness costs",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_located(tmp_path: Path, name: str):
    more, message = BAD[name]
    settings = {"traits": TRAITS, "network__unlikeness": {"uniform": [0, 1]}} | more
    assert message in refused(written(tmp_path, **deepcopy(settings)))


def warnings_of(file: Path) -> list[str]:
    return [f"{problem.path}: {problem.message}" for problem in read_case(str(file)).warnings]


def test_what_counts_for_nothing_is_warned_of(tmp_path: Path):
    stranger = TRAITS | {"odd": {"title": "Oddity", "held": {"west": 0.5, "j0": 0.1}}}
    file = written(tmp_path, traits=stranger, experiences={"council": COUNCIL}, channels__bloc__efficiency=0.5)
    said = warnings_of(file)
    assert "traits: the traits cost nothing: network.unlikeness is 0" in said
    assert "traits.odd: no channel joins two of whom “Oddity” is told, so it counts for nothing" in said
    assert "traits.odd.held.j0: no channel joins 'j0' as such, and nothing was tried with it" in said
    assert any(one.startswith("experiences.council: it teaches nothing") for one in said)


def test_a_cost_without_traits_is_warned_of(tmp_path: Path):
    said = warnings_of(written(tmp_path, network__unlikeness=0.3))
    assert "network.unlikeness: nothing is said of what the organisations are unlike in" in said
