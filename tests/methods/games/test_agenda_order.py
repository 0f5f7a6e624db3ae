"""In which order to take steps: every history by hand, where order cannot matter, known rules, pretenders."""

from __future__ import annotations

import json
from itertools import permutations
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.methods.games.agenda_order import AgendaSteps, PretendedAgenda, exploited_step
from detente.methods.games.trust_and_reassurance import PlayerTypes, reassurance_band
from detente.methods.games.two_by_two import Payoffs

SEEDS = st.integers(0, 2**32)
History = tuple[tuple[int, bool], ...]
"""Steps that were taken, in their order, and whether each was kept."""


def random_steps(seed: int, count: int, draws: int = 3, **changed: Any) -> AgendaSteps:
    """Steps of all kinds: some risky, some that teach much, some for which trust is wanting."""
    source = np.random.default_rng(seed)
    shape = (count, draws)
    given_: dict[str, Any] = {
        "trust": source.uniform(0.05, 0.95, draws),
        "needed": source.uniform(0, 0.9, shape) * (source.random(shape) < 0.6),
        "kept_if_trustworthy": source.uniform(0.5, 1, shape),
        "kept_if_not": source.uniform(0, 0.8, shape),
        "worth_kept": source.uniform(0, 3, shape),
        "worth_broken": source.uniform(-3, 0.5, shape),
        "discount": float(source.uniform(0.5, 1)),
    }
    return AgendaSteps(**(given_ | changed))


def trust_after(steps: AgendaSteps, draw: int, history: History) -> float:
    """Bayes, one event after another."""
    trust = float(steps.trust[draw])
    for step, was_kept in history:
        g, h = float(steps.kept_if_trustworthy[step, draw]), float(steps.kept_if_not[step, draw])
        if_so, if_not = (g, h) if was_kept else (1 - g, 1 - h)
        trust = trust * if_so / (trust * if_so + (1 - trust) * if_not)
    return trust


def worth_by_hand(steps: AgendaSteps, draw: int, history: History = ()) -> float:
    """What is to come at best after a history, the next step being chosen after all that was seen."""
    trust, best = trust_after(steps, draw, history), 0.0
    for step in range(steps.count):
        if step in dict(history) or trust < steps.needed[step, draw]:
            continue
        g, h = float(steps.kept_if_trustworthy[step, draw]), float(steps.kept_if_not[step, draw])
        chance = trust * g + (1 - trust) * h
        if_kept = steps.worth_kept[step, draw] + steps.discount * worth_by_hand(steps, draw, (*history, (step, True)))
        if_broken = float(steps.worth_broken[step, draw])
        if not steps.ends_at_breach:
            if_broken += steps.discount * worth_by_hand(steps, draw, (*history, (step, False)))
        best = max(best, float(chance * if_kept + (1 - chance) * if_broken))
    return best


@settings(max_examples=60)
@given(SEEDS, st.integers(1, 4), st.booleans())
def test_the_best_is_that_of_all_histories(seed: int, count: int, ends_at_breach: bool):
    steps = random_steps(seed, count, draws=2, ends_at_breach=ends_at_breach)
    assert steps.best_value == pytest.approx([worth_by_hand(steps, draw) for draw in (0, 1)], abs=1e-12)


@given(SEEDS)
def test_what_is_believed_does_not_hang_on_the_order(seed: int):
    steps, order = random_steps(seed, 4), np.random.default_rng(seed).permutation(4).tolist()
    history = ((order[0], True), (order[1], False), (order[2], True))
    kept, broken = 1 << order[0] | 1 << order[2], 1 << order[1]
    expected = [trust_after(steps, draw, history) for draw in range(3)]
    assert steps.belief(kept, broken) == pytest.approx(expected, abs=1e-12)
    assert steps.belief(0) == pytest.approx(steps.trust)


def test_what_cannot_happen_teaches_nothing():
    steps = random_steps(1, 2, draws=1, kept_if_trustworthy=np.ones((2, 1)), kept_if_not=np.ones((2, 1)))
    assert steps.belief(0, broken=1) == pytest.approx(steps.trust)


def worth_along(steps: AgendaSteps, draw: int, order: tuple[int, ...], history: History = ()) -> float:
    """What an order is worth that may be broken off, and never goes around a step."""
    if not order:
        return 0.0
    step, trust = order[0], trust_after(steps, draw, history)
    if trust < steps.needed[step, draw]:
        return 0.0
    g, h = float(steps.kept_if_trustworthy[step, draw]), float(steps.kept_if_not[step, draw])
    chance, total = trust * g + (1 - trust) * h, 0.0
    for was_kept, part, worth in ((True, chance, steps.worth_kept), (False, 1 - chance, steps.worth_broken)):
        after = 0.0
        if was_kept or not steps.ends_at_breach:
            after = steps.discount * worth_along(steps, draw, order[1:], (*history, (step, was_kept)))
        total += part * (float(worth[step, draw]) + after)
    return max(total, 0.0)


@settings(max_examples=60)
@given(SEEDS, st.integers(1, 4), st.booleans())
def test_the_worth_of_an_order_is_that_of_its_histories(seed: int, count: int, ends_at_breach: bool):
    steps = random_steps(seed, count, draws=2, ends_at_breach=ends_at_breach)
    for order in permutations(range(count)):
        expected = [worth_along(steps, draw, order) for draw in (0, 1)]
        assert steps.value_of_order(order) == pytest.approx(expected, abs=1e-12)
        assert (steps.value_of_order(order) <= steps.best_value + 1e-12).all()


@settings(max_examples=60)
@given(SEEDS, st.integers(1, 4))
def test_where_a_breach_ends_it_some_order_is_the_best(seed: int, count: int):
    """As good as any plan; and the best order that is told is one of those."""
    steps = random_steps(seed, count, draws=4)
    parts = [order for size in range(count + 1) for order in permutations(range(count), size)]
    by_order = {order: steps.value_of_order(order) for order in parts}
    assert np.max(list(by_order.values()), axis=0) == pytest.approx(steps.best_value, abs=1e-12)
    orders = steps.best_orders()
    assert orders.shape == (count, 4)
    for draw in range(4):
        told = orders[:, draw].tolist()
        taken = tuple(step for step in told if step >= 0)
        assert told == [*taken, *[-1] * (count - len(taken))]
        assert by_order[taken][draw] == pytest.approx(steps.best_value[draw], abs=1e-9)
        assert all(by_order[taken[:size]][draw] < steps.best_value[draw] for size in range(len(taken)))


@settings(max_examples=40)
@given(SEEDS, st.integers(2, 4))
def test_where_nothing_ends_the_order_told_is_that_of_the_kept(seed: int, count: int):
    """Each is a best next step after those before it were kept, by hand."""
    steps = random_steps(seed, count, draws=1, ends_at_breach=False)
    history: History = ()
    for step in steps.best_orders()[:, 0].tolist():
        here = worth_by_hand(steps, 0, history)
        if step < 0:
            assert here == pytest.approx(0, abs=1e-9)
            break
        trust = trust_after(steps, 0, history)
        assert trust >= steps.needed[step, 0]
        chance = trust * steps.kept_if_trustworthy[step, 0] + (1 - trust) * steps.kept_if_not[step, 0]
        ways = [
            part * (worth[step, 0] + steps.discount * worth_by_hand(steps, 0, (*history, (step, was_kept))))
            for was_kept, part, worth in ((True, chance, steps.worth_kept), (False, 1 - chance, steps.worth_broken))
        ]
        assert sum(ways) == pytest.approx(here, abs=1e-9)
        history = (*history, (step, True))


def test_of_steps_that_are_as_good_the_first_is_told():
    alike = {
        "needed": np.zeros((3, 1)),
        "kept_if_trustworthy": np.full((3, 1), 0.9),
        "kept_if_not": np.full((3, 1), 0.2),
    }
    worths = {"worth_kept": np.ones((3, 1)), "worth_broken": np.full((3, 1), -0.1)}
    steps = random_steps(1, 3, draws=1, **alike, **worths)
    assert steps.best_orders()[:, 0].tolist() == [0, 1, 2]
    assert not steps.order_matters().any()


@settings(max_examples=30)
@given(SEEDS, st.integers(2, 4))
def test_draws_do_not_mix(seed: int, count: int):
    steps = random_steps(seed, count, draws=3)
    for draw in range(3):
        columns = {
            name: getattr(steps, name)[..., draw : draw + 1]
            for name in ("trust", "needed", "kept_if_trustworthy", "kept_if_not", "worth_kept", "worth_broken")
        }
        alone = AgendaSteps(**columns, discount=steps.discount)
        assert alone.best_value[0] == pytest.approx(steps.best_value[draw], abs=1e-12)
        assert alone.best_orders()[:, 0].tolist() == steps.best_orders()[:, draw].tolist()
        assert alone.order_matters()[0] == steps.order_matters()[draw]


def harmless(seed: int, **changed: Any) -> AgendaSteps:
    """Three steps that wait for no trust and are worth having kept or broken."""
    source = np.random.default_rng(seed)
    worths = {"worth_kept": source.uniform(1, 3, (3, 4)), "worth_broken": source.uniform(0, 1, (3, 4))}
    free = {"needed": np.zeros((3, 4)), "discount": 1.0, "ends_at_breach": False}
    return random_steps(seed, 3, draws=4, **(worths | free | changed))


@given(SEEDS)
def test_order_does_not_matter_where_belief_is_as_likely_to_go_up_as_down(seed: int):
    steps = harmless(seed)
    by_order = np.array([steps.value_of_order(order) for order in permutations(range(3))])
    chance = steps.trust * steps.kept_if_trustworthy + (1 - steps.trust) * steps.kept_if_not
    each_alone = (chance * steps.worth_kept + (1 - chance) * steps.worth_broken).sum(axis=0)
    assert np.ptp(by_order, axis=0).max() < 1e-9
    assert by_order[0] == pytest.approx(each_alone, abs=1e-9)
    assert steps.best_value == pytest.approx(each_alone, abs=1e-9)
    assert not steps.order_matters().any()


@pytest.mark.parametrize(
    "changed",
    [{"discount": 0.8}, {"ends_at_breach": True}, {"needed": np.array([[0.0], [0.0], [0.999]]) + np.zeros(4)}],
)
def test_order_matters_where_one_of_the_three_does_not_hold(changed: dict[str, Any]):
    assert harmless(3, **changed).order_matters().all()


def test_a_step_for_which_trust_is_wanting_waits_for_one_that_teaches():
    """A small step that only the trustworthy keep, then a great one; the other way round nothing is dared."""
    steps = AgendaSteps(
        trust=np.array([0.5]),
        needed=np.array([[0.8], [0.0]]),
        kept_if_trustworthy=np.array([[1.0], [1.0]]),
        kept_if_not=np.array([[0.0], [0.1]]),
        worth_kept=np.array([[10.0], [1.0]]),
        worth_broken=np.array([[-10.0], [-1.0]]),
        discount=0.9,
    )
    assert steps.belief(0b10) == pytest.approx([10 / 11])
    assert steps.best_orders()[:, 0].tolist() == [1, 0]
    assert steps.value_of_order((0, 1)).tolist() == [0]
    great = 10 / 11 * 10 - 1 / 11 * 10
    assert steps.best_value == pytest.approx([0.55 * (1 + 0.9 * great) - 0.45])
    assert steps.order_matters().tolist() == [True]


@given(SEEDS, st.integers(2, 5), st.floats(0.3, 0.99))
def test_where_the_other_is_known_the_order_is_by_a_number_of_each_step(seed: int, count: int, beta: float):
    """Nothing is learnt: steps go by what they bring, beside how likely they are to be the last."""
    chance = np.random.default_rng(seed).uniform(0.1, 1, (count, 1))
    same = {"kept_if_trustworthy": chance, "kept_if_not": chance, "needed": np.zeros((count, 1)), "discount": beta}
    steps = random_steps(seed, count, draws=1, **same)
    index = (chance * steps.worth_kept + (1 - chance) * steps.worth_broken) / (1 - beta * chance)
    by_index = np.argsort(-index[:, 0]).tolist()
    assert steps.value_of_order(by_index) == pytest.approx(steps.best_value, abs=1e-12)
    told = [step for step in steps.best_orders()[:, 0].tolist() if step >= 0]
    assert told == [step for step in by_index if index[step, 0] > 0]


KIND, PRETENDER = Payoffs(T=3, R=4, P=2, S=0), Payoffs(T=4, R=3, P=2, S=0)


KINDS = PlayerTypes(KIND, PRETENDER)


def scaled(share: float, kinds: PlayerTypes = KINDS) -> PlayerTypes:
    """A step at which a share of all is at stake."""
    both = (kinds.trustworthy, kinds.untrustworthy)
    return PlayerTypes(*(Payoffs(*(share * one for one in (pay.T, pay.R, pay.P, pay.S))) for pay in both))


def test_two_steps_are_the_band_of_reassurance(shared: Path):
    """The first of two tells the kinds apart, and is dared, where it lies within the band."""
    known = json.loads((shared / "anchors/agreement.json").read_text(encoding="utf-8"))["order"]
    low, high = reassurance_band(KINDS, 0.3)
    assert (low, high) == pytest.approx(known["band_t_.3_(4,3,2,0)/(3,4,2,0)"], abs=5e-5)
    for share in np.linspace(0.005, 0.995, 199).tolist():
        found = exploited_step([scaled(share), scaled(1 - share)], 0.3)
        assert (found == PretendedAgenda(0, True)) == (low <= share <= high), share


@settings(max_examples=150)
@given(SEEDS, st.floats(0.02, 0.98), st.floats(0.02, 0.98))
def test_two_steps_are_the_band_for_any_payoffs(seed: int, t: float, share: float):
    """Also where the other kind would rather be kept to than exploit, and exploits only as it is not sure."""
    source = np.random.default_rng(seed)
    sucker, none, low, high = np.sort(source.uniform(0, 5, 4)).tolist()
    tempted, kept_to = (high, low) if seed % 3 else (low, high)
    others = Payoffs(T=tempted, R=kept_to, P=none, S=sucker)
    kinds = PlayerTypes(Payoffs(T=low, R=high, P=none, S=sucker), others)
    least, most = reassurance_band(kinds, t)
    if min(abs(share - least), abs(share - most)) > 1e-6:
        found = exploited_step([scaled(share, kinds), scaled(1 - share, kinds)], t)
        assert (found == PretendedAgenda(0, True)) == (least <= share <= most)


def play(order: list[PlayerTypes], own_break: int | None, other_break: int | None) -> float:
    """What a pretender has who breaks at one step; both keep everything until somebody broke something."""
    total, was_broken = 0.0, False
    for place, kinds in enumerate(order):
        pay, breaks, is_broken = kinds.untrustworthy, place == own_break, place == other_break
        if was_broken or (breaks and is_broken):
            total += pay.P
        elif breaks:
            total += pay.T
        else:
            total += pay.S if is_broken else pay.R
        was_broken = was_broken or breaks or is_broken
    return total


def by_hand(order: list[PlayerTypes], t: float) -> list[int]:
    """The places at which pretenders could all exploit without one of them wanting to do otherwise."""
    count = len(order)
    stable = []
    for usual in range(count):
        worth = {own: t * play(order, own, None) + (1 - t) * play(order, own, usual) for own in [*range(count), None]}
        if worth[usual] >= max(worth.values()) - 1e-9:
            stable.append(usual)
    return stable


def is_dared_by_hand(order: list[PlayerTypes], place: int, t: float) -> bool:
    """One who is trustworthy keeps everything, or does not begin what is exploited, after which all is off."""
    pays, keeps, refuses = [kinds.trustworthy for kinds in order], 0.0, 0.0
    for at, pay in enumerate(pays):
        if at < place:
            keeps, refuses = keeps + pay.R, refuses + pay.R
        elif at == place:
            keeps += t * pay.R + (1 - t) * pay.S
            refuses += t * pay.T + (1 - t) * pay.P
        else:
            keeps, refuses = keeps + t * pay.R + (1 - t) * pay.P, refuses + pay.P
    return keeps >= refuses - 1e-9


@settings(max_examples=150)
@given(SEEDS, st.integers(1, 5), st.floats(0.05, 0.95))
def test_pretenders_in_longer_orders(seed: int, count: int, t: float):
    source = np.random.default_rng(seed)
    order = [scaled(float(size)) for size in source.uniform(0.2, 3, count) ** 2]
    stable = by_hand(order, t)
    dared = [place for place in stable if is_dared_by_hand(order, place, t)]
    found = exploited_step(order, t)
    assert found.is_dared == bool(dared)
    assert found.exploited == next(iter(dared or stable), None)


def test_they_exploit_where_it_pays_most():
    """A great step last: it is exploited, and what comes before teaches nothing."""
    assert exploited_step([scaled(0.05), scaled(0.05), scaled(0.9)], 0.7) == PretendedAgenda(2, True)
    assert exploited_step([scaled(0.9), scaled(0.05), scaled(0.05)], 0.6).exploited == 0
    assert exploited_step([scaled(0.9), scaled(0.1)], 0.05) == PretendedAgenda(0, False)
