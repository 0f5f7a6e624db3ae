"""All packages of issues in every draw, where each side needs all its voices, and who leads one may pay the others."""

from __future__ import annotations

import math

import numpy as np

from detente.methods.bargaining.kernels.numba_options import compile_kernel


@compile_kernel
def count_packages_by_draw(by_issue, fixed, whole, agenda, answering, payments, review, tolerance, counts, zone):
    """Adds up, draw by draw, in which packages are agreed on. Packages come in an order in which one issue changes.

    Args:
        by_issue: Shape (draws, issues, voices): first the voices that answer, then who leads the side that offers, then
            its other voices; fixed and whole likewise without issues.
        agenda: How many of the issues make up the agenda, the first ones; the others are no offer by themselves.
        answering: How many voices answer.
        payments: Whether who leads pays; how much each voice weighs its own gain, and what leaves the one who leads
            less; what arrives of a payment. By draw.
        review: Whether there is one; how much counts what comes after it, how much is done until then, and how far what
            an offer is worth may turn out otherwise. By draw.
        tolerance: What is worth no more is worth nothing.
        counts: Filled: answered, agreed and kept, and what packages are worth to the side that answers and to who
            leads the other, by package, in the order in which they come, and half. The package at step s, from 1, has
            the digits of s ^ s >> 1 (Gray 1953): neighbours in time are neighbours in memory.
        zone: Filled: by draw whether anything is agreed on, and whether the side that answers would have anything.
    """
    draws, issues, voices = by_issue.shape
    pays, own_weight, relief, arrives = payments
    has_review, later, scale, spread = review
    answered, agreed, kept, answer_worth, leader_worth = counts
    is_open, has_some = zone
    whole_agenda, leader = (1 << agenda) - 1, answering
    sums, needs, helps = np.empty(voices), np.empty(voices), np.empty(voices)
    for d in range(draws):
        half = d & 1
        sums[:] = fixed[d]
        mask = 0
        was_whole = False
        for step in range(1, 1 << issues):
            changed = 0
            while not step >> changed & 1:
                changed += 1
            mask ^= 1 << changed
            sign = 1.0 if mask >> changed & 1 else -1.0
            for v in range(voices):
                sums[v] += sign * by_issue[d, changed, v]
            is_whole = mask & whole_agenda == whole_agenda
            if is_whole != was_whole:
                sign = 1.0 if is_whole else -1.0
                for v in range(voices):
                    sums[v] += sign * whole[d, v]
                was_whole = is_whole
            if not mask & whole_agenda:
                continue
            least = sums[0]
            for v in range(1, answering):
                least = min(least, sums[v])
            if has_review:
                least = worth_with_review(least, later[d], scale[d], spread[d])
            left = sums[leader]
            answer_worth[step - 1, half] += least
            leader_worth[step - 1, half] += left
            if least <= tolerance:
                continue
            has_some[d] = True
            answered[step - 1, half] += 1
            if left <= tolerance:
                continue
            lowest = left
            for v in range(leader + 1, voices):
                lowest = min(lowest, sums[v])
            if lowest < -tolerance:
                if not pays or arrives[d] <= 0:
                    continue
                total = least_total(sums, leader, own_weight[d], relief[d], needs, helps)
                left -= total / arrives[d] * own_weight[d, leader]
            if left > tolerance:
                agreed[step - 1, half] += 1
                kept[step - 1, half] += left
                is_open[d] = True


@compile_kernel
def worth_with_review(worth, later, scale, spread):
    """What is worth so much if it is small first, and may be left once it is known what it is worth."""
    if spread > 0:
        z = worth / spread
        density = math.exp(-z * z / 2) / math.sqrt(2 * math.pi)
        known = spread * density + worth * 0.5 * math.erfc(-z / math.sqrt(2.0))
    else:
        known = max(worth, 0.0)
    return (1 - later) * scale * worth + later * known


@compile_kernel
def least_total(worth, leader, own_weight, relief, needs, helps):
    """The least that wins all after the leader: the root X of X = sum of max(0, a - b X), from below
    (`side_payments.py`)."""
    count = 0
    for v in range(leader + 1, len(worth)):
        if worth[v] < 0:
            needs[count], helps[count] = -worth[v] / own_weight[v], relief[v]
            count += 1
    total = 0.0
    while count:
        all_needs, all_helps = 0.0, 0.0
        for j in range(count):
            all_needs += needs[j]
            all_helps += helps[j]
        total = all_needs / (1 + all_helps)
        left = 0
        for j in range(count):
            if needs[j] - helps[j] * total > 0:
                needs[left], helps[left] = needs[j], helps[j]
                left += 1
        if left == count:
            break
        count = left
    return total
