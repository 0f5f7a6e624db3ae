"""Memory-one strategies over finitely many rounds, one against a batch of others at once."""

from __future__ import annotations

import numpy as np

from detente.methods.games.kernels.numba_options import compiled

BATCH = 64
"""Opponents that a memory-one strategy is played against at once."""


@compiled
def memory_one_rows(rows, after, first, turns, noise, found):
    """Memory-one strategies over so many rounds, one against a batch of others at once.

    The distribution over the four outcomes adds up to 1, so three of them move by an affine map, x -> xA + b; maps are
    squared and their sums doubled, bit by bit of the number of rounds.

    Args:
        rows: Numbers of strategies; each meets itself and those before it.
        after: The chance of C after each outcome, shape (m, 4).
        first: The chance of C in the first round, shape (m,).
        turns: Rounds.
        noise: The chance that a move comes out as its opposite.
        found: Shape (m, m, 4), to be written.
    """
    keep = 1.0 - 2.0 * noise
    move, power, spare = np.empty((4, 3, BATCH)), np.empty((4, 3, BATCH)), np.empty((4, 3, BATCH))
    now, sums, total, next_ = np.empty((3, BATCH)), np.empty((3, BATCH)), np.empty((3, BATCH)), np.empty((3, BATCH))
    swapped = (0, 2, 1, 3)
    leaps, left = 0, turns
    # As many doublings as leave about as many leaps as a squaring costs.
    while left > 16:
        left >>= 1
        leaps += 1
    size = 1 << leaps
    for i in rows:
        for begin in range(0, i + 1, BATCH):
            wide = min(BATCH, i + 1 - begin)
            # Rows 0 to 2: what outcome k adds beside outcome DD; row 3: DD itself.
            for k in (3, 0, 1, 2):
                p = after[i, k] * keep + noise
                for w in range(wide):
                    q = after[begin + w, swapped[k]] * keep + noise
                    move[k, 0, w], move[k, 1, w], move[k, 2, w] = p * q, p * (1.0 - q), (1.0 - p) * q
                if k != 3:
                    for c in range(3):
                        for w in range(wide):
                            move[k, c, w] -= move[3, c, w]
            p = first[i] * keep + noise
            for w in range(wide):
                q = first[begin + w] * keep + noise
                now[0, w], now[1, w], now[2, w] = p * q, p * (1.0 - q), (1.0 - p) * q
            for c in range(3):
                for w in range(wide):
                    total[c, w] = 0.0
            for _ in range(turns % size):
                _add(total, now, wide)
                now, next_ = _moved(now, move, next_, wide)
            # The sum of the next 2^d rounds, d by d.
            for c in range(3):
                for w in range(wide):
                    sums[c, w] = now[c, w]
            for k in range(4):
                for c in range(3):
                    for w in range(wide):
                        power[k, c, w] = move[k, c, w]
            rounds = 1.0
            for _ in range(leaps):
                _leapt(sums, power, next_, rounds, wide)
                _add(sums, next_, wide)
                rounds *= 2.0
                power, spare = _squared(power, spare, wide)
            _add(total, sums, wide)
            for _ in range(turns // size - 1):
                _leapt(sums, power, next_, rounds, wide)
                sums, next_ = next_, sums
                _add(total, sums, wide)
            share = 1.0 / turns
            for w in range(wide):
                cc, cd, dc = total[0, w] * share, total[1, w] * share, total[2, w] * share
                dd = max(1.0 - cc - cd - dc, 0.0)
                j = begin + w
                found[i, j, 0], found[i, j, 1], found[i, j, 2], found[i, j, 3] = cc, cd, dc, dd
                found[j, i, 0], found[j, i, 1], found[j, i, 2], found[j, i, 3] = cc, dc, cd, dd


@compiled
def _add(to, what, wide):
    for c in range(3):
        a, b = to[c], what[c]
        for w in range(wide):
            a[w] += b[w]


@compiled
def _moved(now, move, next_, wide):
    """One round on: x -> xA + b."""
    x, y, z = now[0], now[1], now[2]
    for c in range(3):
        a, b, d, e, out = move[0, c], move[1, c], move[2, c], move[3, c], next_[c]
        for w in range(wide):
            out[w] = x[w] * a[w] + y[w] * b[w] + z[w] * d[w] + e[w]
    return next_, now


@compiled
def _leapt(sums, power, next_, rounds, wide):
    """The sum of as many rounds again: each distribution in it moves on by the same power."""
    x, y, z = sums[0], sums[1], sums[2]
    for c in range(3):
        a, b, d, e, out = power[0, c], power[1, c], power[2, c], power[3, c], next_[c]
        for w in range(wide):
            out[w] = x[w] * a[w] + y[w] * b[w] + z[w] * d[w] + rounds * e[w]


@compiled
def _squared(power, spare, wide):
    """The map applied twice: A² and bA + b."""
    for k in range(4):
        x, y, z = power[k, 0], power[k, 1], power[k, 2]
        for c in range(3):
            a, b, d, e, out = power[0, c], power[1, c], power[2, c], power[3, c], spare[k, c]
            if k == 3:
                for w in range(wide):
                    out[w] = x[w] * a[w] + y[w] * b[w] + z[w] * d[w] + e[w]
            else:
                for w in range(wide):
                    out[w] = x[w] * a[w] + y[w] * b[w] + z[w] * d[w]
    return spare, power
