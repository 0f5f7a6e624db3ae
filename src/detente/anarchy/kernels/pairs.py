"""Every pair of many automata, one pair after the other, on the pairs of states that it can reach.

Without chance a pair walks until it comes back to where it was. With chance, finitely many rounds are taken in leaps
where few states make a matrix small: it is squared up to the leap that costs least, and the rest is steps.
"""

from __future__ import annotations

import numpy as np

from detente.anarchy.kernels.compiling import compiled
from detente.anarchy.kernels.solving import settle, spread, sum_up

TURNS, DISCOUNT, LONG_RUN = 0, 1, 2
"""How rounds are weighed."""
DENSE = 40
"""States up to which a matrix is squared."""


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
    first, deterministic = packed[0], packed[8]
    largest = 0
    for i in range(len(first) - 1):
        largest = max(largest, first[i + 1] - first[i])
    room = largest * largest
    index = np.full(room, -1, np.int64)
    states = np.empty(room, np.int64)
    begins = np.empty(room + 1, np.int64)
    to = np.empty(4 * room, np.int64)
    chance = np.empty(4 * room)
    outcomes = np.empty((room, 4))
    now = np.empty(room)
    then = np.empty(room)
    total = np.empty(room)
    counts = np.empty(4)
    small = min(room, DENSE)
    square, other = np.empty((small, small)), np.empty((small, small))
    for i in rows:
        for j in range(i + 1):
            if noise == 0 and deterministic[i] and deterministic[j]:
                walk(i, j, how, turns, discount, packed, index, states, counts)
            else:
                n, to, chance = build(i, j, noise, packed, index, states, begins, to, chance, outcomes, now)
                if how == TURNS:
                    if n <= DENSE:
                        leap(n, turns, begins, to, chance, now, then, total, square, other)
                    else:
                        step(n, turns, begins, to, chance, now, then, total)
                    share = 1.0 / turns
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
    weight, rest = 1.0, 1.0
    for x in range(length):
        kind = states[x] % 4
        index[states[x] // 4] = -1
        if how == TURNS:
            # How often the walk stands here in all turns: once before the circle, and on it once in every round.
            counts[kind] += 1.0 if x < back or turns == length else (turns - 1 - x) // circle + 1
        elif how == LONG_RUN:
            counts[kind] += 1.0 / circle if x >= back else 0.0
        else:
            if x == back:
                rest = 1.0 / (1.0 - discount**circle)
            counts[kind] += (1.0 - discount) * weight * (rest if x >= back else 1.0)
            weight *= discount
    if how == TURNS:
        for k in range(4):
            counts[k] /= turns


@compiled
def build(i, j, noise, packed, index, states, begins, to, chance, outcomes, start):
    """The chain of two automata on the pairs of states that they reach: its rows one after the other."""
    first, cooperates, after, follows, chances, starts, opens, opening, _ = packed
    a, b, wide = first[i], first[j], first[j + 1] - first[j]
    n = 0
    for p in range(starts[i], starts[i + 1]):
        for q in range(starts[j], starts[j + 1]):
            pair = opens[p] * wide + opens[q]
            index[pair] = n
            states[n] = pair
            start[n] = opening[p] * opening[q]
            n += 1
    x, at = 0, 0
    begins[0] = 0
    while x < n:
        s, t = states[x] // wide, states[x] % wide
        mine = cooperates[a + s] * (1.0 - noise) + (1.0 - cooperates[a + s]) * noise
        yours = cooperates[b + t] * (1.0 - noise) + (1.0 - cooperates[b + t]) * noise
        outcomes[x, 0], outcomes[x, 1] = mine * yours, mine * (1.0 - yours)
        outcomes[x, 2], outcomes[x, 3] = (1.0 - mine) * yours, (1.0 - mine) * (1.0 - yours)
        for k in range(4):
            if outcomes[x, k] <= 0.0:
                continue
            swapped = 3 - k if k == 1 or k == 2 else k
            own, other = 4 * (a + s) + k, 4 * (b + t) + swapped
            for p in range(after[own], after[own + 1]):
                for q in range(after[other], after[other + 1]):
                    pair = follows[p] * wide + follows[q]
                    if index[pair] < 0:
                        index[pair] = n
                        states[n] = pair
                        start[n] = 0.0
                        n += 1
                    if at == len(to):
                        to = np.concatenate((to, np.empty_like(to)))
                        chance = np.concatenate((chance, np.empty_like(chance)))
                    to[at] = index[pair]
                    chance[at] = outcomes[x, k] * chances[p] * chances[q]
                    at += 1
        x += 1
        begins[x] = at
    for x in range(n):
        index[states[x]] = -1
    return n, to, chance


@compiled
def step(n, turns, begins, to, chance, now, then, total):
    """So many rounds, one by one."""
    for x in range(n):
        total[x] = 0.0
    for _ in range(turns):
        for x in range(n):
            total[x] += now[x]
            then[x] = 0.0
        for x in range(n):
            weight = now[x]
            for e in range(begins[x], begins[x + 1]):
                then[to[e]] += weight * chance[e]
        for x in range(n):
            now[x] = then[x]


@compiled
def leap(n, turns, begins, to, chance, now, then, total, square, other):
    """So many rounds in leaps of 2^d, with d such that squaring d times and leaping take the fewest multiplications.

    Over the rounds 0 to 2^d - 1, v is the sum of the distributions; over the next 2^d it is that times M^(2^d), and so
    on. The rounds that are left over come first.
    """
    nonzero = begins[n]
    best, d = 1.0 * turns * nonzero, 0
    cost = 0.0
    for tried in range(1, 9):
        cost += nonzero * n if tried == 1 else 0.25 * n * n * n
        size = 1 << tried
        whole = cost + (size - 1 + turns % size) * nonzero + (turns // size) * 0.25 * n * n
        if size <= turns and whole < best:
            best, d = whole, tried
    size = 1 << d
    step(n, turns if d == 0 else turns % size, begins, to, chance, now, then, total)
    if d == 0:
        return
    rest = total[:n].copy()
    step(n, size, begins, to, chance, now, then, total)
    for x in range(n):
        for y in range(n):
            square[x, y] = 0.0
    # The first square from the few nonzero entries.
    for x in range(n):
        for e in range(begins[x], begins[x + 1]):
            middle, weight = to[e], chance[e]
            for f in range(begins[middle], begins[middle + 1]):
                square[x, to[f]] += weight * chance[f]
    for _ in range(d - 1):
        for x in range(n):
            for y in range(n):
                other[x, y] = 0.0
            for z in range(n):
                weight = square[x, z]
                if weight != 0.0:
                    for y in range(n):
                        other[x, y] += weight * square[z, y]
        square, other = other, square
    for x in range(n):
        now[x] = total[x]
    for _ in range(turns // size - 1):
        for y in range(n):
            then[y] = 0.0
        for x in range(n):
            weight = now[x]
            for y in range(n):
                then[y] += weight * square[x, y]
        for y in range(n):
            now[y] = then[y]
            total[y] += then[y]
    for x in range(n):
        total[x] += rest[x]
