"""Runs one simulation of the first case and prints its seconds of wall time and the most memory of its process, in MB.

    python bench/simulation.py gains|decisions|lever

`communication_graphs.py` calls it, each time as a process of its own, so that memory is that of the one simulation.
The first case by no channel, bilateral channels, a channel between the blocs and both, and eight issues.
"""

from __future__ import annotations

import os

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # as the command has it

import resource
import sys
from time import perf_counter

from detente.assessment.assess import read_case
from detente.case.schema.case import Case
from detente.methods.offer_model.gains import evaluate_gains
from detente.methods.offer_model.model_draws import batch_ranges, sample_model
from detente.rooms.acceptance.model.accumulator import simulate_acceptance
from detente.rooms.acceptance.model.sensitivity.what_if import WhatIfs
from detente.rooms.gains.model.network.build_network import build_actor_network
from detente.rooms.gains.model.simulation.channel_model import ChannelModel

DRAWS = 100_000
YEAR = 2007


def four_channels(case: Case) -> ChannelModel:
    """The model of a year, cut down to four channels and eight issues."""
    model = ChannelModel(case, build_actor_network(case, YEAR))
    model.issues = model.issues[:8]
    model.variants = [run for run in model.variants if run.form == "hub" and run.channel != "nato-russia"]
    return model


def time_gains(case: Case) -> float:
    """What every channel is worth to every actor, in every draw, all kept."""
    model = four_channels(case)

    def run(draw_count: int) -> list[object]:
        description = model.description
        ranges = batch_ranges(description.network, draw_count)
        return [evaluate_gains(sample_model(description, indices)).values for indices in ranges]

    run(2048)
    begun = perf_counter()
    run(DRAWS)
    return perf_counter() - begun


def time_decisions(case: Case) -> float:
    """The same, and who accepts what by every theory."""
    model = four_channels(case)
    simulate_acceptance(model, 2048)
    begun = perf_counter()
    simulate_acceptance(model, DRAWS)
    return perf_counter() - begun


def time_lever(case: Case) -> float:
    """The answer for one changed number, the mean of five."""
    what_ifs = WhatIfs(case)
    begun = perf_counter()
    for level in (0.2, 0.4, 0.6, 0.8, 1.0):
        what_ifs.ask({"channels.bloc.exclusivity": level})
    return (perf_counter() - begun) / 5


if __name__ == "__main__":
    timed = {"gains": time_gains, "decisions": time_decisions, "lever": time_lever}[sys.argv[1]]
    seconds = timed(read_case("nato-csto").case)
    print(seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
