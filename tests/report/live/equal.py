"""Holds many random states of the page against runs of the product: `make equal` prints what was compared.

Each state is read as a user would give it, by `--scenario` and `--set`, and simulated by the product's own room; the
page's engine works it out in Node.js, state after state. Counts are to be the same, gains to 1e-12.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Any

import numpy as np

from detente import assess, read_case
from detente.case.index.by_year import analysed_years
from detente.case.index.dated_estimates import case_of_answer
from detente.case.loading.model_patch import case_with_values
from detente.errors import DetenteError
from detente.methods.offer_model.channel_variants import ChannelVariant
from detente.methods.offer_model.gains import evaluate_gains
from detente.methods.offer_model.model_draws import batch_ranges, sample_model
from detente.report.live.page_data import live_data
from detente.rooms.acceptance.model.accumulator import simulate_acceptance
from detente.rooms.gains.model.network.build_network import build_actor_network
from detente.rooms.gains.model.simulation.channel_model import ChannelModel
from tests.report.live.engine_process import NODE, EngineFault, EngineProcess
from tests.report.live.product_answers import random_setting

STATES = {"nato-csto": 500, "cmea-ec": 100, "two-leagues": 100}
SEED = 2024
CHANGED = 0.3
"""The share of states with an alternative of the case as well."""


def product_figures(
    name: str, change: Mapping[str, Any] | None, setting: Mapping[str, float]
) -> tuple[list[list[float]], list[list[float]]]:
    """By form and theory how often the product accepts by both tests, and by form the mean gain of each actor."""
    values = {} if change is None or change["scenario"] or not change["isTold"] else change["values"]
    scenario = change["scenario"] or None if change else None
    texts = {path: value if isinstance(value, str) else json.dumps(value) for path, value in values.items()}
    case = read_case(name, scenario, texts | {path: json.dumps(value) for path, value in setting.items()}).case
    if change and not change["isTold"]:
        case = case_with_values(case, change["values"])
    in_year = case_of_answer(case)
    model = ChannelModel(in_year, build_actor_network(in_year, analysed_years(case)[-1]))
    result = simulate_acceptance(model, case.network.draws)
    deciders = result.deciders
    found = []
    for variant in deciders.offered_variants:
        for theory in deciders.theories:
            strict = int(result.accepting_draws(variant, theory).sum())
            found.append([strict, float(result.accepting_parts[variant, theory.id].sum())])
    return found, mean_gains(model, deciders.offered_variants, case.network.draws)


def mean_gains(model: ChannelModel, variants: Sequence[ChannelVariant], draws: int) -> list[list[float]]:
    """What each actor gains by each form, as the room of gains has it."""
    sums = np.zeros((len(variants), model.actor_network.n))
    for indices in batch_ranges(model.description.network, draws):
        batch = evaluate_gains(sample_model(model.description, indices))
        sums += np.array([batch.gains(variant).sum(axis=0) for variant in variants])
    means: list[list[float]] = (sums / draws).tolist()
    return means


def main() -> int:
    """Compares, and says what was found."""
    if NODE is None:
        print("make equal needs Node.js")
        return 2
    faults = 0
    with tempfile.TemporaryDirectory() as folder:
        engine = EngineProcess(Path(folder))
        for name, states in STATES.items():
            faults += compare_case(engine, name, states)
        engine.close()
    return 1 if faults else 0


def compare_case(engine: EngineProcess, name: str, states: int) -> int:
    """Compares the states of one case; how many differ."""
    start, random = time.perf_counter(), Random(f"{SEED}/{name}")
    assessment = assess(read_case(name))
    data, offer = live_data(assessment), assessment.brief.live
    assert data is not None
    assert offer is not None
    compared = different = impossible = counts = 0
    loaded = ""
    for state in range(states):
        change = random.choice(data["alternatives"]) if state and random.random() < CHANGED else None
        setting = random_setting(offer.description, random, 0.05) if state else {}
        model = engine.ask("applied", base=data["model"], patch=change["patch"]) if change else data["model"]
        key = change["id"] if change else ""
        if key != loaded or not state:
            engine.load(model)
            loaded = key
        setting = {path: value for path, value in setting.items() if path in model["numbers"]["path"]}
        try:
            expected, gains = product_figures(name, change, setting)
        except (DetenteError, ValueError) as error:
            impossible += refuses(engine, setting, error)
            continue
        told = engine.state(setting)
        found = [
            [one["strict"]["count"], one["generous"]["count"]] for form in told["forms"] for one in form["theories"]
        ]
        compared += 1
        counts += 2 * len(found)
        told_gains = [[one["mean"] for one in form] for form in told["gains"]]
        are_same = len(found) == len(expected) and np.allclose(found, expected, rtol=0, atol=1e-6)
        if not are_same or np.abs(np.subtract(told_gains, gains)).max() > 1e-12:
            different += 1
            print(f"{name}: {key} {setting}\n  page    {found}\n  product {expected}")
    seconds = time.perf_counter() - start
    print(
        f"{name}: {compared} states, {counts} counts, {different} states different; "
        f"{impossible} more that neither can work out; {seconds:.0f} s"
    )
    return different


def refuses(engine: EngineProcess, setting: Mapping[str, float], error: Exception) -> int:
    """Whether the page refuses a state that the product refuses, too; it may also work out what a check forbids."""
    try:
        engine.state(setting)
    except EngineFault:
        return 1
    print(f"  only the product refuses {setting}: {error}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
