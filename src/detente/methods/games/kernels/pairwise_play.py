"""Every pair of many automata, one pair after the other, on the pairs of states that it can reach.

Without chance a pair walks until it comes back to where it was. With chance, finitely many rounds are taken in leaps
where few states make a matrix small: it is squared up to the leap that costs least, and the rest is steps.
"""

from __future__ import annotations

import math

import numpy as np

from detente.methods.games.kernels.markov_solvers import settle, spread, sum_up
from detente.methods.games.kernels.numba_options import compiled

TURNS, DISCOUNT, LONG_RUN = 0, 1, 2
"""How rounds are weighed."""
DENSE = 96
"""States up to which a matrix is squared."""
NEGLIGIBLE = 1e-17
"""Weight of all later rounds together at which a discounted sum has ended."""


@compiled
def play_rows(rows, how, turns, discount, noise, packed, found):
    """Plays automata against themselves and all before them: writes the shares of the outcomes, as either sees them.

    Args:
        rows: Numbers of automata.
        how: TURNS, DISCOUNT or LONG_RUN.
        turns: For TURNS.
        discount: For DISCOUNT.
        noise: The chance that a move comes out as its opposite.
        packed: The arrays of the automata.
        found: Shape (m, m, 4), to be written.
    """
    first, deterministic, widest = packed[0], packed[8], packed[9]
    largest = 0
    for i in range(len(first) - 1):
        largest = max(largest, first[i + 1] - first[i])
    room = largest * largest
    index = np.full(room, -1, np.int64)
    states = np.empty((room, 2), np.int64)
    seen = np.empty(room, np.int64)
    begins = np.empty(room + 1, np.int64)
    # Unsigned, so that no index is checked for counting from the end.
    to = np.empty(4 * room, np.uint64)
    chance = np.empty(4 * room)
    outcomes = np.empty((room, 4))
    now, then, total = np.empty(room + 4), np.empty(room + 4), np.empty(room + 4)
    counts = np.empty(4)
    # After how many rounds a discounted sum has ended.
    ends = 1.0 if discount <= 0.0 else math.ceil(math.log(NEGLIGIBLE) / math.log(discount))
    small = min((room + 3) // 4 * 4, DENSE)
    square, other = np.empty((small, small)), np.empty((small, small))
    for i in rows:
        for j in range(i + 1):
            if noise == 0 and deterministic[i] and deterministic[j]:
                walk(i, j, how, turns, discount, packed, index, seen, counts)
            else:
                branches = 0
                for k in range(4):
                    branches += widest[i, k] * widest[j, 3 - k if k == 1 or k == 2 else k]
                entries = branches * (first[i + 1] - first[i]) * (first[j + 1] - first[j])
                if entries > len(to):
                    to, chance = np.empty(entries, np.uint64), np.empty(entries)
                n = build(i, j, noise, packed, index, states, begins, to, chance, outcomes, now)
                if how == TURNS:
                    # Every outcome comes about, and leads to one state: every row has four entries.
                    four = branches == 4 and 0.0 < noise < 1.0
                    if n <= DENSE:
                        leap(n, turns, begins, to, chance, four, now, then, total, square, other)
                    else:
                        step(n, turns, begins, to, chance, four, now, then, total)
                    share = 1.0 / turns
                elif how == DISCOUNT and n > DENSE and begins[n] * ends < n * n * n / 3.0:
                    fade(n, discount, ends, begins, to, chance, now, then, total)
                    share = 1.0
                else:
                    matrix = spread(n, begins, to, chance)
                    if how == DISCOUNT:
                        sum_up(n, discount, matrix, now, total)
                    else:
                        settle(n, matrix, now, total)
                    share = 1.0
                for k in range(4):
                    counts[k] = 0.0
                for x in range(n):
                    for k in range(4):
                        counts[k] += total[x] * outcomes[x, k]
                for k in range(4):
                    counts[k] *= share
            for k in range(4):
                found[i, j, k] = counts[k]
            found[j, i, 0], found[j, i, 1], found[j, i, 2], found[j, i, 3] = counts[0], counts[2], counts[1], counts[3]


@compiled
def walk(i, j, how, turns, discount, packed, index, states, counts):
    """Two automata without chance: from pair of states to pair, until one comes back; then the circle for ever."""
    first, cooperates, begins, follows = packed[0], packed[1], packed[2], packed[3]
    starts, opens = packed[5], packed[6]
    a, b, wide = first[i], first[j], first[j + 1] - first[j]
    s, t = opens[starts[i]], opens[starts[j]]
    length = 0
    for k in range(4):
        counts[k] = 0.0
    while index[s * wide + t] < 0 and not (how == TURNS and length == turns):
        index[s * wide + t] = length
        kind = (0 if cooperates[a + s] == 1.0 else 2) + (0 if cooperates[b + t] == 1.0 else 1)
        states[length] = (s * wide + t) * 4 + kind
        length += 1
        swapped = 3 - kind if kind == 1 or kind == 2 else kind
        s, t = follows[begins[4 * (a + s) + kind]], follows[begins[4 * (b + t) + swapped]]
    back = max(index[s * wide + t], 0)
    circle = length - back
    # A circle of c states is gone through for ever: (1 - d) / (1 - d^c) is one over the sum of d^0 to d^(c - 1).
    weight, rest = 1.0, 0.0
    for x in range(circle if how == DISCOUNT else 0):
        rest += discount**x
    for x in range(length):
        kind = states[x] % 4
        index[states[x] // 4] = -1
        if how == TURNS:
            # How often the walk stands here in all turns: once before the circle, and on it once in every round.
            counts[kind] += 1.0 if x < back or turns == length else (turns - 1 - x) // circle + 1
        elif how == LONG_RUN:
            counts[kind] += 1.0 / circle if x >= back else 0.0
        else:
            counts[kind] += weight / rest if x >= back else (1.0 - discount) * weight
            weight *= discount
    if how == TURNS:
        for k in range(4):
            counts[k] /= turns


@compiled
def build(i, j, noise, packed, index, states, begins, to, chance, outcomes, start):
    """The chain of two automata on the pairs of states that they reach: its rows one after the other.

    Overwrites `states` (n, 2), `begins` (n + 1,), `to` and `chance` (entries,), `outcomes` (n, 4) and `start` (n,).
    """
    first, cooperates, after, follows, chances, starts, opens, opening, _, _ = packed
    a, b, wide = first[i], first[j], first[j + 1] - first[j]
    n = 0
    for p in range(starts[i], starts[i + 1]):
        for q in range(starts[j], starts[j + 1]):
            pair = opens[p] * wide + opens[q]
            index[pair] = n
            states[n, 0], states[n, 1] = opens[p], opens[q]
            start[n] = opening[p] * opening[q]
            n += 1
    x, at = 0, 0
    begins[0] = 0
    while x < n:
        s, t = a + states[x, 0], b + states[x, 1]
        # Either chance is added up by itself: one less the other would lose the digits of a small noise.
        mine = cooperates[s] * (1.0 - noise) + (1.0 - cooperates[s]) * noise
        yours = cooperates[t] * (1.0 - noise) + (1.0 - cooperates[t]) * noise
        not_mine = (1.0 - cooperates[s]) * (1.0 - noise) + cooperates[s] * noise
        not_yours = (1.0 - cooperates[t]) * (1.0 - noise) + cooperates[t] * noise
        outcomes[x, 0], outcomes[x, 1] = mine * yours, mine * not_yours
        outcomes[x, 2], outcomes[x, 3] = not_mine * yours, not_mine * not_yours
        for k in range(4):
            happens = outcomes[x, k]
            if happens <= 0.0:
                continue
            swapped = 3 - k if k == 1 or k == 2 else k
            own, other = 4 * s + k, 4 * t + swapped
            for p in range(after[own], after[own + 1]):
                for q in range(after[other], after[other + 1]):
                    pair = follows[p] * wide + follows[q]
                    then = index[pair]
                    if then < 0:
                        then = n
                        index[pair] = n
                        states[n, 0], states[n, 1] = follows[p], follows[q]
                        start[n] = 0.0
                        n += 1
                    to[at] = then
                    chance[at] = happens * chances[p] * chances[q]
                    at += 1
        x += 1
        begins[x] = at
    for x in range(n):
        index[states[x, 0] * wide + states[x, 1]] = -1
    return n


@compiled
def step(n, turns, begins, to, chance, four, now, then, total):
    """So many rounds, one by one: the sum of the distributions into `total`, the last one on into `now`; all (n,)."""
    for x in range(n):
        total[x] = 0.0
    for _ in range(turns):
        for x in range(n):
            total[x] += now[x]
            then[x] = 0.0
        if four:
            for x in range(n):
                weight, e = now[x], 4 * x
                then[to[e]] += weight * chance[e]
                then[to[e + 1]] += weight * chance[e + 1]
                then[to[e + 2]] += weight * chance[e + 2]
                then[to[e + 3]] += weight * chance[e + 3]
        else:
            for x in range(n):
                weight = now[x]
                for e in range(begins[x], begins[x + 1]):
                    then[to[e]] += weight * chance[e]
        for x in range(n):
            now[x] = then[x]


@compiled
def fade(n, discount, ends, begins, to, chance, now, then, total):
    """Discounted rounds, one by one, until all later ones together count for nothing; weights into `total`, (n,)."""
    for x in range(n):
        total[x] = 0.0
    weight = 1.0 - discount
    for _ in range(ends):
        for x in range(n):
            total[x] += weight * now[x]
            then[x] = 0.0
        for x in range(n):
            for e in range(begins[x], begins[x + 1]):
                then[to[e]] += now[x] * chance[e]
        for x in range(n):
            now[x] = then[x]
        weight *= discount


@compiled
def leap(n, turns, begins, to, chance, four, now, then, total, square, other):
    """So many rounds in leaps of 2^d, with d such that squaring and leaping take the least time.

    With v the sum of the distributions over 2^d rounds, v M^(2^d) is that over the next as many. The rounds that are
    left over come first.
    """
    nonzero, wide = begins[n], (n + 3) // 4 * 4
    # In nanoseconds, as measured; only the choice turns on it.
    a_step = 20.0 + (0.45 if four else 1.25) * nonzero
    a_product, a_square = 15.0 + 0.1 * wide * wide, (0.06 + 0.8 / wide) * wide**3
    least, d, so_far = a_step * turns, 0, 0.0
    for tried in range(1, 9):
        size = 1 << tried
        so_far += a_product + (6.0 * nonzero if tried == 1 else a_square)
        whole = so_far + turns % size * a_step + (turns // size) * a_product
        if size <= turns and whole < least:
            least, d = whole, tried
    step(n, turns if d == 0 else turns % (1 << d), begins, to, chance, four, now, then, total)
    if d == 0:
        return
    # The sum over two rounds from single steps, and the first square from the few entries that are not zero.
    for x in range(n):
        then[x] = now[x]
        for y in range(wide):
            square[x, y] = 0.0
    for x in range(n, wide):
        now[x] = then[x] = total[x] = 0.0
        for y in range(wide):
            square[x, y] = 0.0
    for x in range(n):
        for e in range(begins[x], begins[x + 1]):
            middle, weight = np.int64(to[e]), chance[e]
            then[middle] += now[x] * weight
            for f in range(begins[middle], begins[middle + 1]):
                square[x, to[f]] += weight * chance[f]
    sums, following = then, now
    for _ in range(d - 1):
        product(wide, sums, square, following)
        for x in range(n):
            sums[x] += following[x]
        squared(wide, square, other)
        square, other = other, square
    for x in range(n):
        total[x] += sums[x]
    for _ in range((turns >> d) - 1):
        product(wide, sums, square, following)
        sums, following = following, sums
        for x in range(n):
            total[x] += sums[x]


@compiled
def product(wide, row, matrix, found):
    """A row times a matrix, four of its rows at once."""
    for y in range(wide):
        found[y] = 0.0
    for z in range(0, wide, 4):
        p, q, r, s = row[z], row[z + 1], row[z + 2], row[z + 3]
        a, b, c, d = matrix[z], matrix[z + 1], matrix[z + 2], matrix[z + 3]
        for y in range(wide):
            found[y] += p * a[y] + q * b[y] + r * c[y] + s * d[y]


@compiled
def squared(wide, matrix, found):
    """A matrix times itself, four rows by four at once, so that what is loaded serves several sums."""
    for x in range(0, wide, 4):
        f, g, h, i = found[x], found[x + 1], found[x + 2], found[x + 3]
        for y in range(wide):
            f[y] = g[y] = h[y] = i[y] = 0.0
        for z in range(0, wide, 4):
            a, b, c, d = matrix[z], matrix[z + 1], matrix[z + 2], matrix[z + 3]
            p0, p1, p2, p3 = matrix[x, z], matrix[x, z + 1], matrix[x, z + 2], matrix[x, z + 3]
            q0, q1, q2, q3 = matrix[x + 1, z], matrix[x + 1, z + 1], matrix[x + 1, z + 2], matrix[x + 1, z + 3]
            r0, r1, r2, r3 = matrix[x + 2, z], matrix[x + 2, z + 1], matrix[x + 2, z + 2], matrix[x + 2, z + 3]
            s0, s1, s2, s3 = matrix[x + 3, z], matrix[x + 3, z + 1], matrix[x + 3, z + 2], matrix[x + 3, z + 3]
            for y in range(wide):
                j, k, m, n = a[y], b[y], c[y], d[y]
                f[y] += p0 * j + p1 * k + p2 * m + p3 * n
                g[y] += q0 * j + q1 * k + q2 * m + q3 * n
                h[y] += r0 * j + r1 * k + r2 * m + r3 * n
                i[y] += s0 * j + s1 * k + s2 * m + s3 * n
