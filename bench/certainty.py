"""What it takes to say how sure an answer is, on the first case: indices, totals, rare answers, many simulations."""

from __future__ import annotations

import resource
from collections.abc import Callable
from time import process_time

import numpy as np

from detente.assessment.assess import read_case
from detente.case.index.dated_estimates import case_of_answer
from detente.case.schema.case import Case
from detente.case.uncertainty.parameter_draws import ParameterDraws
from detente.methods.networks.gravity_stakes import TOLERANCE
from detente.methods.offer_model.compiled_draws import COMPILED
from detente.methods.offer_model.compiled_model import CompiledModel
from detente.methods.offer_model.description import ModelDescription
from detente.methods.offer_model.model_draws import sample_model
from detente.rooms.acceptance.model.choices.choice_answers import describe_offer
from detente.rooms.certainty.model.answer_region import answer_region
from detente.rooms.certainty.model.asked_answers import AskedAnswer, answer_function
from detente.rooms.certainty.model.certainty import CertaintyModel
from detente.rooms.certainty.model.rare_answers import answer_share
from detente.rooms.certainty.model.total_effects import work_out_effects
from detente.rooms.durability.model.case_games import build_case_game
from detente.rooms.registry import ROOMS
from detente.rooms.room import DEFAULT_OPTIONS, build_models

BATCH = 16_384
MILLION = 1_000_000


def seconds(work: Callable[[], object]) -> float:
    """CPU seconds of one go."""
    begun = process_time()
    work()
    return process_time() - begun


def count_acceptances(description: ModelDescription, with_grave: bool) -> None:
    """Both forms by all theories, a million times, in batches."""
    compiled = CompiledModel(description)
    for start in range(0, MILLION, BATCH):
        indices = range(start, min(start + BATCH, MILLION))
        as_is, _ = compiled.answer_utilities(sample_model(description, indices, sampler=COMPILED), with_grave)
        (as_is > TOLERANCE).sum(axis=-1)


def count_lasting(case: Case) -> None:
    """Every game by the theory that is told, with errors, a million times, in batches."""
    in_year = case_of_answer(case)
    means = ParameterDraws(in_year, at_means=True)
    for start in range(0, MILLION, BATCH):
        draws = ParameterDraws(in_year, indices=range(start, min(start + BATCH, MILLION)))
        for name in in_year.games:
            build_case_game(draws, means, name).main_theory.lasts.sum()


def print_table() -> None:
    """The rows for `BENCHMARKS.md`."""
    case = read_case("nato-csto").case
    description = describe_offer(case)
    assert description is not None
    model = build_models(case, ROOMS, DEFAULT_OPTIONS)["certainty"]
    assert isinstance(model, CertaintyModel)
    assert model.result is not None
    main = model.result.deciders.full_theory.id
    asked = AskedAnswer("collegiate", main, "strict")
    function = answer_function(description, asked)
    rows: list[tuple[str, float, str]] = []
    shares = np.full((BATCH, len(function.inputs)), 0.5)
    rows.append(("compiling, or loading what was compiled", seconds(lambda: function(shares)), ""))
    rows.append((f"first-order indices of {len(model.asked)} answers", seconds(lambda: model.answers), "0.5"))
    leading = [one.path for one in model.answers[asked].numbers]
    rows.append(("totals and flips of one answer", seconds(lambda: work_out_effects(function, leading)), "2"))
    rows.append(("a short description of one answer", seconds(lambda: answer_region(description, asked)), ""))
    rare = read_case("nato-csto", changes={"channels.bilateral.efficiency": "{uniform: [0.45, 1]}"}).case
    rare_description = describe_offer(rare)
    assert rare_description is not None
    found = [answer_share(rare_description, AskedAnswer("hub", main, "strict"))]
    begun = process_time()
    found.append(answer_share(rare_description, AskedAnswer("hub", main, "strict")))
    taken = process_time() - begun
    share = found[-1].share
    told = f"a rare answer, {share.value:.2g} within {share.error / share.value:.0%}"
    rows.append((told, taken, "5"))
    rows.append(("1,000,000 simulations, strict", seconds(lambda: count_acceptances(description, False)), "5"))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    both = seconds(lambda: count_acceptances(description, True))
    lasting = seconds(lambda: count_lasting(case))
    rows.append(("1,000,000 simulations, both tests, and whether they last", both + lasting, "60"))
    print("| what | CPU s | aim, s |")
    print("|---|---|---|")
    for what, taken, aim in rows:
        print(f"| {what} | {taken:.2g} | {aim} |")
    print(f"\nPeak memory after a million simulations: {peak:.0f} MB (aim: 500).")


if __name__ == "__main__":
    print_table()
