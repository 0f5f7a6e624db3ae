"""Memory-one strategies over finitely many rounds, one against a batch of others at once."""

from __future__ import annotations

import numpy as np

from detente.methods.games.kernels.numba_options import compile_kernel

BATCH_SIZE = 64
"""Opponents that a memory-one strategy is played against at once."""


@compile_kernel
def play_memory_one_rows(rows, chances_after, first_chances, turns, noise, results):
    """Memory-one strategies over so many rounds, one against a batch of others at once.

    The distribution over the four outcomes adds up to 1, so three of them move by an affine map, x -> xA + b; maps are
    squared and their sums doubled, bit by bit of the number of rounds.

    Args:
        rows: Numbers of strategies; each meets itself and those before it.
        chances_after: The chance of C after each outcome, shape (m, 4).
        first_chances: The chance of C in the first round, shape (m,).
        turns: Rounds.
        noise: The chance that a move comes out as its opposite.
        results: Shape (m, m, 4), to be written.
    """
    move, power, spare = np.empty((4, 3, BATCH_SIZE)), np.empty((4, 3, BATCH_SIZE)), np.empty((4, 3, BATCH_SIZE))
    current, sums, total, next_ = (
        np.empty((3, BATCH_SIZE)),
        np.empty((3, BATCH_SIZE)),
        np.empty((3, BATCH_SIZE)),
        np.empty((3, BATCH_SIZE)),
    )
    doublings, remaining = 0, turns
    # As many doublings as leave about as many leaps as a squaring costs.
    while remaining > 16:
        remaining >>= 1
        doublings += 1
    leap_rounds = 1 << doublings
    for i in rows:
        for begin in range(0, i + 1, BATCH_SIZE):
            width = min(BATCH_SIZE, i + 1 - begin)
            _fill_moves(move, chances_after, i, begin, width, noise)
            _fill_first_round(current, first_chances, i, begin, width, noise)
            total[:] = 0.0
            for _ in range(turns % leap_rounds):
                _add(total, current, width)
                current, next_ = _advance_round(current, move, next_, width)
            # The sum of the next 2^d rounds, d by d.
            sums[:] = current
            power[:] = move
            rounds = 1.0
            for _ in range(doublings):
                _leap_rounds(sums, power, next_, rounds, width)
                _add(sums, next_, width)
                rounds *= 2.0
                power, spare = _square_map(power, spare, width)
            _add(total, sums, width)
            for _ in range(turns // leap_rounds - 1):
                _leap_rounds(sums, power, next_, rounds, width)
                sums, next_ = next_, sums
                _add(total, sums, width)
            _write_shares(results, total, i, begin, width, turns)


@compile_kernel
def _fill_moves(move, chances_after, i, begin, width, noise):
    """The affine maps of a batch; rows 0 to 2: what outcome k adds beside outcome DD; row 3: DD itself."""
    noise_scale = 1.0 - 2.0 * noise
    swapped = (0, 2, 1, 3)
    for k in (3, 0, 1, 2):
        p = chances_after[i, k] * noise_scale + noise
        for w in range(width):
            q = chances_after[begin + w, swapped[k]] * noise_scale + noise
            move[k, 0, w], move[k, 1, w], move[k, 2, w] = p * q, p * (1.0 - q), (1.0 - p) * q
        if k != 3:
            for c in range(3):
                for w in range(width):
                    move[k, c, w] -= move[3, c, w]


@compile_kernel
def _fill_first_round(current, first_chances, i, begin, width, noise):
    """The chances of the first three outcomes in the first round."""
    noise_scale = 1.0 - 2.0 * noise
    p = first_chances[i] * noise_scale + noise
    for w in range(width):
        q = first_chances[begin + w] * noise_scale + noise
        current[0, w], current[1, w], current[2, w] = p * q, p * (1.0 - q), (1.0 - p) * q


@compile_kernel
def _write_shares(results, total, i, begin, width, turns):
    """The shares of the outcomes, as either sees them."""
    share = 1.0 / turns
    for w in range(width):
        cc, cd, dc = total[0, w] * share, total[1, w] * share, total[2, w] * share
        dd = max(1.0 - cc - cd - dc, 0.0)
        j = begin + w
        results[i, j, 0], results[i, j, 1], results[i, j, 2], results[i, j, 3] = cc, cd, dc, dd
        results[j, i, 0], results[j, i, 1], results[j, i, 2], results[j, i, 3] = cc, dc, cd, dd


@compile_kernel
def _add(target, source, width):
    for c in range(3):
        a, b = target[c], source[c]
        for w in range(width):
            a[w] += b[w]


@compile_kernel
def _advance_round(current, move, next_, width):
    """One round on: x -> xA + b."""
    x, y, z = current[0], current[1], current[2]
    for c in range(3):
        a, b, d, e, target = move[0, c], move[1, c], move[2, c], move[3, c], next_[c]
        for w in range(width):
            target[w] = x[w] * a[w] + y[w] * b[w] + z[w] * d[w] + e[w]
    return next_, current


@compile_kernel
def _leap_rounds(sums, power, next_, rounds, width):
    """The sum of as many rounds again: each distribution in it moves on by the same power."""
    x, y, z = sums[0], sums[1], sums[2]
    for c in range(3):
        a, b, d, e, target = power[0, c], power[1, c], power[2, c], power[3, c], next_[c]
        for w in range(width):
            target[w] = x[w] * a[w] + y[w] * b[w] + z[w] * d[w] + rounds * e[w]


@compile_kernel
def _square_map(power, spare, width):
    """The map applied twice: A² and bA + b."""
    for k in range(4):
        x, y, z = power[k, 0], power[k, 1], power[k, 2]
        for c in range(3):
            a, b, d, e, target = power[0, c], power[1, c], power[2, c], power[3, c], spare[k, c]
            if k == 3:
                for w in range(width):
                    target[w] = x[w] * a[w] + y[w] * b[w] + z[w] * d[w] + e[w]
            else:
                for w in range(width):
                    target[w] = x[w] * a[w] + y[w] * b[w] + z[w] * d[w]
    return spare, power
