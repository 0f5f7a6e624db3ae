"""How unlike two are, experience and salience on paper: against numbers worked out by hand."""

from __future__ import annotations

import math
from typing import Any

import pytest

from tests.oracles.oracle_case import PaperCase
from tests.oracles.oracle_gains import channel_graphs, gains_by
from tests.oracles.oracle_stakes import at_stake_across, scale
from tests.oracles.oracle_unlikeness import (
    efficiency,
    k_after,
    likelihood,
    mean_over,
    q_after,
    trait_figure,
    unlikeness,
    unlikeness_joined,
    weighted,
)

COIN = {"discrete": [[0, 0.5], [1, 0.5]]}
QUARTERS = {"discrete": [[0.25, 0.5], [0.75, 0.5]]}


def case(**more: Any) -> PaperCase:
    """Two sides of two, a half apart by the one trait, and a channel that joins them besides one that does not."""
    members = {"east": ["a", "b"], "west": ["c", "d"]}
    keys: dict[str, Any] = {
        "sides": ["east", "west"],
        "organisations": {
            name: {"members": [{"actor": actor} for actor in inside]} for name, inside in members.items()
        },
        "traits": {"purpose": {"held": {"east": 1, "west": {"uniform": [0.25, 0.75]}}}},
        "channels": {"each": {"links": [["east", "west"]]}, "bloc": {"joins": ["east", "west"]}},
    }
    return PaperCase(keys | more, 2000)


def told(between: list[str], tried: float, worked: float, **tells_of: float) -> dict[str, Any]:
    return {"between": between, "tried": tried, "worked": worked, "tells_of": tells_of}


def channels(each: Any = 1, bloc: Any = 1, **more: Any) -> dict[str, Any]:
    """Both channels, with what they get done, and more."""
    of_each = {"links": [["east", "west"]], "efficiency": each}
    return {"each": of_each, "bloc": {"joins": ["east", "west"], "efficiency": bloc}, **more}


# How unlike two are


def test_how_unlike_two_are_by_several_traits():
    figures: dict[int, dict[str, float]] = {2000: {"a": 0.9, "b": 0.7, "c": 0.1, "east": 0.5}, 1990: {"d": 1}}
    traits: dict[str, Any] = {
        "governed": {"by_regime": "votes"},
        "purpose": {"held": {"east": 1, "west": {"uniform": [0.25, 0.75]}}, "weight": 3},
        "reach": {"held": {"east": 1}, "weight": 6},
    }
    sides = case(traits=traits, regimes={"votes": {"held": figures}})
    # 0.5 is the figure of the east itself, and 0.1 the mean of those members of the west that have one.
    assert unlikeness(sides, "east", "west") == pytest.approx((0.4 + 3 * 0.5) / 4)
    del figures[2000]["east"]
    assert unlikeness(sides, "west", "east") == pytest.approx((0.7 + 3 * 0.5) / 4)
    # What is said of an organisation is not said of its members; in its stead stands nothing.
    assert [trait_figure(sides, traits["purpose"], party) for party in ("east", "a")] == [1, None]
    assert unlikeness(sides, "a", "c") == pytest.approx(0.8)
    assert trait_figure(sides, traits["governed"], "d") is None
    assert unlikeness(case(traits={}), "east", "west") == 0


def test_the_two_most_unlike_count():
    traits = {"purpose": {"held": {"east": 0.5, "west": 0.2, "e": 0.9}}}
    three = case(traits=traits, channels={"bloc": {"joins": ["east", "west", "e"]}})
    assert unlikeness_joined(three, "bloc") == pytest.approx(0.7)


def test_what_a_channel_gets_done():
    sides = case(channels=channels(each=0.5, bloc=0.8), network={"unlikeness": {"uniform": [0, 0.4]}})
    assert efficiency(sides, "each") == 0.5
    assert efficiency(sides, "bloc") == pytest.approx(0.8 * (1 - 0.2 * 0.5))
    # Beside a channel that gets more done, as much as that.
    both = {"joins": ["east", "west"], "efficiency": 0.8, "displaces": "each", "exclusivity": 0.25}
    beside = case(channels=channels(each=0.9) | {"bloc": both}, network={"unlikeness": 1})
    assert [(one.chance, one.efficiency) for one in channel_graphs(beside, "bloc", "hub")] == [(0.25, 0.4), (0.75, 0.9)]


# Values with weights


@pytest.mark.parametrize(
    ("written", "values", "weights"),
    [
        (0.3, [0.3], [1]),
        ({"value": 0.3}, [0.3], [1]),
        (QUARTERS, [0.25, 0.75], [1, 1]),
        ({"uniform": [0.2, 0.4]}, [0.25, 0.35], [1, 1]),
        ({"uniform": [-1, 0.4]}, [0.1, 0.3], [1, 1]),
        ({"triangular": [0, 0.5, 1]}, [0.25, 0.75], [1, 1]),
        ({"triangular": [0, 1, 1]}, [0.25, 0.75], [1, 3]),
        ({"beta": [2, 3]}, [0.25, 0.75], [3, 1]),
        ({"normal": [0.25, 0.5]}, [0.25, 0.75], [1, math.exp(-1 / 2)]),
        ({"lognormal": [math.log(0.25), math.log(3)]}, [0.25, 0.75], [3, math.exp(-1 / 2)]),
    ],
)
def test_values_with_weights(written: Any, values: list[float], weights: list[float]):
    """Values in two steps; of their weights only the ratio counts."""
    found = weighted(written, 2)
    assert [value for value, _ in found] == pytest.approx(values)
    assert [weight / found[0][1] for _, weight in found] == pytest.approx([one / weights[0] for one in weights])


def test_a_distribution_that_is_narrower_than_a_step():
    assert mean_over(weighted({"normal": [0.503, 1e-6]}, 100)) == pytest.approx(0.505)
    assert mean_over(weighted({"beta": [3000, 1000]}, 100)) == pytest.approx(0.75, rel=1e-3)


# Experience


def test_how_likely_an_experience_is():
    one = case(experiences={"x": told(["east", "west"], 3, 1, each=1, bloc=0.5)})
    assert likelihood(one, "x", "each", k=1, q=0.5) == pytest.approx(1 / 8)
    # 1/2 of it works, less by half of what unlikeness takes: p is 1/4.
    assert likelihood(one, "x", "bloc", k=1, q=0.5) == pytest.approx((1 / 4 * 9 / 16) ** 0.5)


def test_experience_of_a_channel_that_joins_nobody():
    one = case(channels=channels(each=QUARTERS), experiences={"x": told(["a", "c"], 3, 2, each=1)})
    # 3/64 to 9/64 for a quarter and three quarters.
    assert q_after(one, "each") == pytest.approx((0.25 * 3 + 0.75 * 9) / 12)
    half = case(channels=channels(each=QUARTERS), experiences={"x": told(["a", "c"], 2, 2, each=0.5)})
    assert q_after(half, "each") == pytest.approx((0.25 * 1 + 0.75 * 3) / 4)
    twice = {"x": told(["a", "c"], 2, 2, each=0.5), "y": told(["b", "d"], 1, 0, each=1)}
    assert q_after(case(channels=channels(each=QUARTERS), experiences=twice), "each") == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("before", "tried", "worked", "weight", "after"),
    [({"uniform": [0, 1]}, 3, 2, 1, 3 / 5), ({"beta": [2, 3]}, 4, 2, 0.5, 3 / 7), ({"beta": [2, 2]}, 6, 0, 1, 2 / 10)],
)
def test_experience_of_a_beta_number(before: Any, tried: int, worked: int, weight: float, after: float):
    """The rule of succession, and its like for other beta numbers, but for the steps."""
    one = case(channels=channels(each=before), experiences={"x": told(["a", "c"], tried, worked, each=weight)})
    assert q_after(one, "each") == pytest.approx(after, rel=1e-3)


def test_experience_of_a_channel_that_joins():
    """k of nothing or all, half of which counts; all that was tried has worked."""
    tells = {"x": told(["east", "west"], 1, 1, bloc=1)}
    one = case(channels=channels(bloc=QUARTERS), network={"unlikeness": COIN}, experiences=tells)
    # The mean of p is 1/2 without any cost, and 1/4 with all of it.
    assert k_after(one) == pytest.approx(1 / 3)
    # p is then five sixths of q: 1 to 3 for a quarter and three quarters.
    assert q_after(one, "bloc") == pytest.approx(5 / 8)
    assert efficiency(one, "bloc") == pytest.approx(5 / 8 * 5 / 6)
    # Between those who are alike experience tells nothing of k, and of q the same.
    alike = {"x": told(["east", "b"], 1, 1, bloc=1)}
    same = case(channels=channels(bloc=QUARTERS), network={"unlikeness": COIN}, experiences=alike)
    assert (k_after(same), q_after(same, "bloc")) == pytest.approx((1 / 2, 5 / 8))


def test_experience_by_half():
    """The power is taken before the mean over q."""
    traits = {"purpose": {"held": {"east": 0.75, "west": 0}}}
    tells = {"x": told(["east", "west"], 2, 1, bloc=0.5)}
    one = case(traits=traits, channels=channels(bloc=COIN), network={"unlikeness": COIN}, experiences=tells)
    # Without any cost one of two cannot have worked; with all of it p is 0 or 1/4.
    assert k_after(one) == pytest.approx(1)
    fours = {"discrete": [[0.25, 0.5], [1, 0.5]]}
    tells = {"x": told(["east", "west"], 1, 1, bloc=0.5)}
    one = case(traits=traits, channels=channels(bloc=fours), network={"unlikeness": QUARTERS}, experiences=tells)
    # Both chances are those of the root of 1 - 3/4 k, whatever q: 13/16 and 7/16.
    low, high = (13 / 16) ** 0.5, (7 / 16) ** 0.5
    assert k_after(one) == pytest.approx((0.25 * low + 0.75 * high) / (low + high))
    assert q_after(one, "bloc") == pytest.approx((0.25 * 1 + 1 * 2) / 3)


def test_only_the_first_channel_that_joins_tells_of_unlikeness():
    more = {"pact": {"joins": ["west", "east"], "efficiency": COIN}}
    found = []
    for order in (["each", "pact", "bloc"], ["bloc", "each", "pact"]):
        tells = {"x": told(["east", "west"], 2, 1, **dict.fromkeys(order, 1.0))}
        keys = {"channels": channels(bloc=QUARTERS, **more), "network": {"unlikeness": COIN}, "experiences": tells}
        found.append(k_after(case(**keys)))
    # By the pact p is 0, 0 or 1 without any cost, and 0 or 1/2 with all of it.
    assert found[0] == pytest.approx(1)
    # By the bloc p (1 - p) is 3/16 for either q without any cost, and 7/64 or 15/64 with all of it.
    assert found[1] == pytest.approx(11 / (11 + 12))


def test_what_stays_as_it_is():
    tells = {"x": told(["east", "west"], 9, 1, each=1, bloc=1)}
    single = case(channels=channels(each=0.5, bloc=0.9), network={"unlikeness": 0.3}, experiences=tells)
    assert (k_after(single), q_after(single, "each"), q_after(single, "bloc")) == (0.3, 0.5, 0.9)
    wide = {"normal": [0.9, 0.3]}
    tells = {"x": told(["east", "west"], 9, 1, each=1)}
    untold = case(channels=channels(each=QUARTERS, bloc=wide), network={"unlikeness": wide}, experiences=tells)
    assert (k_after(untold), q_after(untold, "bloc")) == (0.9, 0.9)
    # Within its bounds.
    above = case(channels=channels(bloc={"normal": [1.1, 0.3]}), network={"unlikeness": {"normal": [-0.1, 0.3]}})
    assert (k_after(above), q_after(above, "bloc")) == (0, 1)


# Salience


def test_what_weighs_more_for_one_side():
    """Each of two has half of what is at stake; one issue weighs twice for one of them, and nothing for the other."""
    keys: dict[str, Any] = {
        "organisations": {"east": {"members": [{"actor": "a"}]}, "west": {"members": [{"actor": "c"}]}},
        "issues": {"road": {"stakes": 3, "salience": {"east": {"uniform": [1, 3]}, "west": 0}}, "river": {"stakes": 1}},
        "channels": {"none": {"links": [["a", "a"]]}, "two": {"links": [["a", "c"]]}},
        "network": {"observed": "none"},
    }
    two = case(**keys)
    assert scale(two) == 4
    assert [at_stake_across(two, actor) for actor in "ac"] == pytest.approx([7 / 4, 1 / 4])
    assert gains_by(two, "two", "hub", is_grave=False) == pytest.approx({"a": 7 / 8, "c": 1 / 8})
