"""How many simulations of the offer a CPU second takes: readable code, and the same compiled.

Draws of all numbers included. All theories and both forms, on the first case.
"""

from __future__ import annotations

from collections.abc import Callable
from time import process_time

from detente.assessment.assess import read_case
from detente.methods.offer_model.answers import answer_of_side, decide_answer
from detente.methods.offer_model.compiled_draws import COMPILED
from detente.methods.offer_model.compiled_model import CompiledModel
from detente.methods.offer_model.gains import evaluate_gains
from detente.methods.offer_model.model_draws import sample_model
from detente.methods.offer_model.utility import OfferUtilities
from detente.rooms.acceptance.model.choices.choice_answers import describe_offer


def draws_a_second(work: Callable[[range], object], batch: int, runs: int = 8) -> float:
    """Draws in a CPU second, best of several batches; the first, which compiles, does not count."""
    work(range(batch))
    taken = []
    for run in range(1, runs + 1):
        begun = process_time()
        work(range(run * batch, (run + 1) * batch))
        taken.append(process_time() - begun)
    return batch / min(taken)


def print_table() -> None:
    """The rows for `BENCHMARKS.md`."""
    description = describe_offer(read_case("nato-csto").case)
    assert description is not None
    decision, variants = description.decision, description.network.variants
    assert decision is not None
    asked = [(variants[run], theory.uses) for run in decision.offered_runs for theory in decision.theories]
    compiled = CompiledModel(description)

    def readable(indices: range, with_grave: bool) -> None:
        draws = sample_model(description, indices)
        utilities = OfferUtilities(evaluate_gains(draws), draws)
        decide = decide_answer if with_grave else answer_of_side
        for variant, uses in asked:
            decide(utilities, variant, uses)

    def by_kernel(indices: range, with_grave: bool) -> None:
        compiled.answer_utilities(sample_model(description, indices, sampler=COMPILED), with_grave)

    print("| simulations in a CPU second, two forms by six theories | readable | compiled | times |")
    print("|---|---|---|---|")
    for name, with_grave in (("strict test", False), ("both tests", True)):
        slow = draws_a_second(lambda indices: readable(indices, with_grave), 2_048)  # noqa: B023
        fast = draws_a_second(lambda indices: by_kernel(indices, with_grave), 16_384)  # noqa: B023
        print(f"| {name} | {slow:,.0f} | {fast:,.0f} | {fast / slow:.0f} |")


if __name__ == "__main__":
    print_table()
