"""Of section 3 of the page on the model: what channels get done, how unlike two are, and what experience tells of both.

For `model_oracle`.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import cache
from itertools import combinations
from typing import Any

from tests.oracles.oracle_case import PaperCase, mean_of

Weighted = list[tuple[float, float]]
"""Values, each with its weight."""

STEPS_OF_K, STEPS_OF_Q = 200, 100


def mean_share(written: Any) -> float:
    """The mean of a number whose bounds are 0 and 1, within them."""
    return min(1.0, max(0.0, mean_of(written)))


# How unlike two are


def trait_figure(case: PaperCase, trait: dict[str, Any], party: str) -> float | None:
    """A party's figure of a trait: its regime, or what is said of it by name; none where it has none."""
    if "by_regime" in trait:
        return case.regime_if_any(trait["by_regime"], party)
    return mean_share(case.in_year(trait["held"][party])) if party in trait["held"] else None


@cache
def unlikeness(case: PaperCase, one: str, other: str) -> float:
    """u: how unlike two parties are by the traits of which both have a figure, each counted by its weight."""
    apart, weights = [], []
    for trait in case.part("traits").values():
        left, right = trait_figure(case, trait, one), trait_figure(case, trait, other)
        if left is not None and right is not None:
            weights.append(case.number(trait.get("weight", 1.0)))
            apart.append(weights[-1] * abs(left - right))
    return math.fsum(apart) / math.fsum(weights) if weights else 0.0


def joins_parties(case: PaperCase, channel: str) -> bool:
    """Whether a channel joins any parties."""
    return bool(case.part("channels")[channel].get("joins"))


def unlikeness_joined(case: PaperCase, channel: str) -> float:
    """u of a channel: that of the two most unlike of those that it joins."""
    return max(unlikeness(case, *pair) for pair in combinations(case.part("channels")[channel]["joins"], 2))


# Values with weights


def is_single(written: Any) -> bool:
    """Whether a number is a single one."""
    return not isinstance(written, dict) or "value" in written


def ends(written: dict[str, Any]) -> tuple[float, float]:
    """Between which ends a distribution lies, within the bounds of a share, 0 and 1."""
    if "uniform" in written or "triangular" in written:
        shape = written.get("uniform") or written["triangular"]
        return max(0.0, shape[0]), min(1.0, shape[-1])
    return 0.0, 1.0


def log_density(written: dict[str, Any], value: float) -> float:
    """How dense a distribution is at a value between its ends: the logarithm, up to what is the same for all values."""
    if "uniform" in written:
        return 0.0
    if "triangular" in written:
        low, top, high = written["triangular"]
        return math.log((value - low) / (top - low) if value < top else (high - value) / (high - top))
    if "beta" in written:
        a, b = written["beta"]
        return float((a - 1) * math.log(value) + (b - 1) * math.log(1 - value))
    mean, deviation = map(float, written.get("normal") or written["lognormal"])
    if "normal" in written:
        return -(((value - mean) / deviation) ** 2) / 2
    return -(((math.log(value) - mean) / deviation) ** 2) / 2 - math.log(value)


def weighted(written: Any, steps: int) -> Weighted:
    """The values over which means of a number are taken, with their weights."""
    if is_single(written):
        return [(mean_of(written), 1.0)]
    if "discrete" in written:
        return [(value, chance) for value, chance in written["discrete"]]
    low, high = ends(written)
    middles = [low + (high - low) * (number + 0.5) / steps for number in range(steps)]
    densities = [log_density(written, value) for value in middles]
    return [(value, math.exp(one - max(densities))) for value, one in zip(middles, densities, strict=True)]


def mean_over(values: Weighted, of: Callable[[float], float] = lambda value: value) -> float:
    """The mean of something over values with weights."""
    return math.fsum(weight * of(value) for value, weight in values) / math.fsum(weight for _, weight in values)


# Experience


def likelihood(case: PaperCase, name: str, channel: str, k: float, q: float) -> float:
    """L_xc(k, q): how likely an experience is that tells of a channel, to the power of how much it tells."""
    experience = case.part("experiences")[name]
    u = unlikeness(case, *experience["between"]) if joins_parties(case, channel) else 0.0
    p, tried, worked = q * (1 - k * u), experience["tried"], experience["worked"]
    return float((p**worked * (1 - p) ** (tried - worked)) ** case.number(experience["tells_of"][channel]))


def first_that_joins(case: PaperCase, name: str) -> str | None:
    """The first of those channels that an experience tells of which joins parties."""
    told = case.part("experiences")[name]["tells_of"]
    return next((channel for channel in told if joins_parties(case, channel)), None)


def q_before(case: PaperCase, channel: str) -> Any:
    """The `efficiency` of a channel in the year, as it is written."""
    return case.in_year(case.part("channels")[channel].get("efficiency", 1.0))


def k_before(case: PaperCase) -> Any:
    """The cost of being unlike in the year, as it is written."""
    return case.in_year(case.part("network").get("unlikeness", 0.0))


@cache
def k_after(case: PaperCase) -> float:
    """k: the cost of being unlike at its mean, as experience has it."""
    before = k_before(case)
    telling = {name: first_that_joins(case, name) for name in case.part("experiences")}
    firsts = {name: channel for name, channel in telling.items() if channel is not None}
    if not firsts or is_single(before):
        return mean_share(before)
    return mean_over(
        [
            (k, chance * math.prod(likelihood_of_k(case, name, channel, k) for name, channel in firsts.items()))
            for k, chance in weighted(before, STEPS_OF_K)
        ]
    )


def likelihood_of_k(case: PaperCase, name: str, channel: str, k: float) -> float:
    """The mean of L_xc over q as it was before."""
    return mean_over(weighted(q_before(case, channel), STEPS_OF_Q), lambda q: likelihood(case, name, channel, k, q))


def q_after(case: PaperCase, channel: str) -> float:
    """q: the efficiency of a channel at its mean, as experience has it at the mean of k."""
    before, k = q_before(case, channel), k_after(case)
    telling = [name for name, one in case.part("experiences").items() if channel in one["tells_of"]]
    if not telling or is_single(before):
        return mean_share(before)
    return mean_over(
        [
            (q, chance * math.prod(likelihood(case, name, channel, k, q) for name in telling))
            for q, chance in weighted(before, STEPS_OF_Q)
        ]
    )


@cache
def efficiency(case: PaperCase, channel: str) -> float:
    """e of a channel by itself: q, less the cost of being unlike where it joins parties."""
    q = q_after(case, channel)
    return q * (1 - k_after(case) * unlikeness_joined(case, channel)) if joins_parties(case, channel) else q
