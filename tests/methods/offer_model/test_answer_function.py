"""The answer as a function of shares has the answers of plain draws, and rare ones by tilted draws."""

from __future__ import annotations

import numpy as np
import pytest

from detente import read_case
from detente.methods.offer_model.answer_function import AnswerFunction, AnswerTest, lead_of_accepting
from detente.methods.offer_model.compiled_draws import COMPILED
from detente.methods.offer_model.compiled_model import CompiledModel
from detente.methods.offer_model.description import ModelDescription
from detente.methods.offer_model.model_draws import number_uniforms, sample_model
from detente.methods.offer_model.offer_answers import answer_in_draws
from detente.methods.sensitivity.tilted_sampling import estimate_rare_share
from detente.rooms.acceptance.model.choices.choice_answers import describe_offer


@pytest.fixture(scope="module")
def nato() -> ModelDescription:
    description = describe_offer(read_case("nato-csto").case)
    assert description is not None
    return description


@pytest.mark.parametrize("test", ["strict", "generous"])
def test_at_the_shares_of_plain_draws_it_has_their_answers(nato: ModelDescription, test: AnswerTest):
    decision = nato.decision
    assert decision is not None
    indices = range(600)
    answers = answer_in_draws(nato, len(indices))
    for form, run in enumerate(decision.offered_runs):
        for theory in (0, decision.main_theory):
            function = AnswerFunction(nato, form, theory, test)
            columns = [number_uniforms(nato, nato.number_index[path], indices) for path in function.inputs[:-1]]
            shares = np.stack([*columns, (np.array(indices) + 0.5) * 2.0**-32], axis=1)
            key = (nato.network.variants[run].form, decision.theories[theory].id)
            expected = getattr(answers, test)[key] == 1
            assert np.array_equal(function(shares) > 1e-9, expected)


def plain_share(
    description: ModelDescription, form: int, test: AnswerTest, count: int, theory: int | None = None
) -> tuple[float, float]:
    """How often the other side accepts, in so many plain draws, with its standard error; by all that counts, or so."""
    assert description.decision is not None
    model, hits = CompiledModel(description), 0
    theory = description.decision.main_theory if theory is None else theory
    for start in range(0, count, 16_384):
        draws = sample_model(description, range(start, start + 16_384), sampler=COMPILED)
        utility, grave = (
            one[form, theory] if one.size else None for one in model.answer_utilities(draws, test == "generous")
        )
        assert utility is not None
        lead = utility if grave is None else lead_of_accepting(draws, utility, grave)
        hits += int((lead > 1e-9).sum())
    total = -(-count // 16_384) * 16_384
    return hits / total, (hits * (1 - hits / total)) ** 0.5 / total


@pytest.mark.parametrize(("form", "plain_draws"), [(0, 1_500_000), (1, 300_000)])
def test_tilted_draws_have_the_rare_answers_of_plain_ones(nato: ModelDescription, form: int, plain_draws: int):
    """About one yes in ten thousand, and one in fifty; tilted with fewer draws, and smaller errors."""
    assert nato.decision is not None
    function = AnswerFunction(nato, form, nato.decision.main_theory, "strict")
    runs = [
        estimate_rare_share(
            lambda shares: function(shares) - 1e-9, len(function.inputs), np.random.default_rng([form, run])
        )
        for run in range(3)
    ]
    tilted = float(np.mean([run.estimate for run in runs]))
    tilted_error = float(np.sqrt(np.sum([run.standard_error**2 for run in runs])) / len(runs))
    plain, plain_error = plain_share(nato, form, "strict", plain_draws)
    assert abs(tilted - plain) < 3 * np.hypot(tilted_error, plain_error)
    assert tilted_error < 0.05 * tilted
    assert sum(run.evaluations for run in runs) < plain_draws / 2
