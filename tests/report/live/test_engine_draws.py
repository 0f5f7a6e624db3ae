"""The draws of the engine: the same whole numbers as in Python, and distributions to the last places."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy import stats
from scipy.special import ndtr

from detente.methods.sampling.distributions import Distribution
from detente.methods.sampling.keyed_hypercube import hypercube_uniforms, mix_words, stream_keys
from detente.methods.sampling.normal_quantile import normal_quantile
from tests.report.live.engine_process import EngineProcess

WORDS = st.integers(0, 2**32 - 1)


@settings(max_examples=30, suppress_health_check=list(HealthCheck))
@given(st.lists(WORDS, min_size=1, max_size=50), WORDS, WORDS)
def test_words_and_draws_are_the_same_bits(engine: EngineProcess, words: list[int], first: int, second: int):
    assert engine.ask("call", name="mixWord", lists=[words]) == mix_words(np.array(words, dtype=np.uint32)).tolist()
    indices = list(range(300))
    drawn = engine.ask("call", name="hypercubeUniform", lists=[indices, [[first, second]] * 300])
    assert drawn == hypercube_uniforms(0, 300, (first, second)).tolist()


def test_draws_are_those_of_the_vectors(engine: EngineProcess, shared: Path):
    """The states made before the engine was: their numbers stand at the same shares."""
    spec = json.loads((shared / "prototypes" / "page_spec.json").read_text())
    keys = spec["keys"][0]
    drawn = engine.ask("call", name="hypercubeUniform", lists=[list(range(256)), [keys] * 256])
    assert sorted(int(256 * share) for share in drawn) == list(range(256))
    assert drawn == hypercube_uniforms(0, 256, tuple(keys)).tolist()


def test_normal_distribution(engine: EngineProcess):
    u = np.concatenate([(np.arange(2_000) + 0.5) / 2_000, [1e-12, 1e-6, 1 - 1e-9]])
    assert engine.ask("call", name="normalQuantile", lists=[u.tolist()]) == pytest.approx(
        normal_quantile(u).tolist(), rel=1e-15, abs=1e-15
    )
    z = np.concatenate([np.linspace(-9, 9, 3_001), [-37.0, 37.0, -50.0, 50.0, 0.0]])
    found = np.array(engine.ask("call", name="normalCumulative", lists=[z.tolist()]))
    assert np.abs(found - ndtr(z)).max() < 1e-15
    assert found[z < -8] == pytest.approx(ndtr(z[z < -8]), rel=1e-12)


@pytest.mark.parametrize(("a", "b"), [(4.0, 2.0), (0.5, 0.5), (1.0, 1.0), (30.0, 3.0), (0.2, 5.0), (200.0, 300.0)])
def test_beta_distribution(engine: EngineProcess, a: float, b: float):
    u = (np.arange(400) + 0.5) / 400
    found = engine.ask("call", name="betaQuantile", lists=[[a] * 400, [b] * 400, u.tolist()])
    assert found == pytest.approx(stats.beta(a, b).ppf(u).tolist(), rel=1e-11, abs=1e-300)


@pytest.mark.parametrize(
    "known",
    [
        Distribution("value", (0.3,), 0.0, 1.0),
        Distribution("uniform", (0.2, 0.8), 0.0, 1.0),
        Distribution("triangular", (0.1, 0.1, 0.9)),
        Distribution("triangular", (0.1, 0.5, 0.9), 0.0, None),
        Distribution("normal", (0.4, 0.3), 0.0, 1.0),
        Distribution("normal", (0.0, 1.0)),
        Distribution("lognormal", (-1.0, 0.7), 0.0, 0.5),
        Distribution("beta", (2.0, 3.0), 0.0, 1.0),
        Distribution("discrete", (1.0, 2.0, 5.0, 0.2, 0.3, 0.5)),
    ],
)
def test_every_form_has_the_same_quantiles(engine: EngineProcess, known: Distribution):
    u = hypercube_uniforms(0, 512, stream_keys(3, "any"))
    found = engine.ask(
        "quantiles",
        form=known.form,
        parameters=list(known.parameters),
        low=known.low,
        high=known.high,
        cut=list(known.probability_within_bounds) if known.form in ("normal", "lognormal") else None,
        u=u.tolist(),
    )
    assert found == pytest.approx(known.quantile(u).tolist(), rel=1e-11, abs=1e-12)
