"""The answers of which it is asked how sure they are: by form of the channel, theory and test."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.methods.offer_model.answer_function import AnswerFunction, AnswerTest
from detente.methods.offer_model.channel_variants import ChannelForm
from detente.methods.offer_model.description import ModelDescription
from detente.methods.sampling.keyed_hypercube import hypercube_uniforms, stream_keys

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


@dataclass(frozen=True)
class AskedAnswer:
    """An answer to the offer."""

    form: ChannelForm
    """How the channel is run."""
    theory: str
    """The id of a theory."""
    test: AnswerTest


def asked_answers(description: ModelDescription) -> tuple[AskedAnswer, ...]:
    """Every answer: in each form, by each theory, by both tests. The theory by which it is told comes first."""
    decision = description.decision
    if decision is None:
        return ()
    main = decision.theories[decision.main_theory].id
    theories = [main, *(theory.id for theory in decision.theories if theory.id != main)]
    forms = [description.network.variants[run].form for run in decision.offered_runs]
    tests: tuple[AnswerTest, ...] = ("strict", "generous")
    return tuple(AskedAnswer(form, theory, test) for form in forms for theory in theories for test in tests)


def answer_function(description: ModelDescription, asked: AskedAnswer) -> AnswerFunction:
    """An answer as a function of shares."""
    decision = description.decision
    assert decision is not None
    forms = [description.network.variants[run].form for run in decision.offered_runs]
    theories = [theory.id for theory in decision.theories]
    return AnswerFunction(description, forms.index(asked.form), theories.index(asked.theory), asked.test)


def plain_shares(function: AnswerFunction, indices: range) -> Floats:
    """The shares at which plain draws stand, shape (draws, inputs): each input a hypercube of its own."""
    import numpy as np

    seed = function.description.seed
    columns = [
        hypercube_uniforms(indices.start, len(indices), stream_keys(seed, name)) for name in function.inputs[:-1]
    ]
    departures = (np.arange(indices.start, indices.stop) + 0.5) * 2.0**-32
    return np.stack([*columns, departures], axis=1)


def generator_seed(function: AnswerFunction) -> list[int]:
    """By what draws are seeded that are made for one answer alone."""
    return [function.description.seed, function.form, function.theory, int(function.test == "generous")]
