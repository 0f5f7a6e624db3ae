"""Every pair of many automata, one pair after the other, on the pairs of states that it can reach.

Without chance a pair walks until it comes back to where it was. With chance, finitely many rounds are taken in leaps
where few states make a matrix small: it is squared up to the leap that costs least, and the rest is steps.
"""

from __future__ import annotations

import math

import numpy as np

from detente.methods.games.kernels.markov_solvers import dense_matrix, solve_discounted, solve_long_run
from detente.methods.games.kernels.numba_options import compile_kernel

TURNS, DISCOUNT, LONG_RUN = 0, 1, 2
"""How rounds are weighed."""
MAX_DENSE_STATES = 96
"""States up to which a matrix is squared."""
MAX_ELIMINATED_STATES = 5000
"""States up to which a discounted sum may be found by elimination, which takes a matrix; as `MAX_STATE_PAIRS`."""
STEP_COST = 32.0
"""Multiplications of an elimination that take as long as an entry of a step: it runs along rows, and skips zeros."""
NEGLIGIBLE_TAIL = 1e-17
"""Weight of all later rounds together at which a discounted sum has ended."""


@compile_kernel
def play_rows(rows, weighting, turns, discount, noise, arrays, results):
    """Plays automata against themselves and all before them: writes the shares of the outcomes, as either sees them.

    Args:
        rows: Numbers of automata.
        weighting: TURNS, DISCOUNT or LONG_RUN.
        turns: For TURNS.
        discount: For DISCOUNT.
        noise: The chance that a move comes out as its opposite.
        arrays: The arrays of the automata.
        results: Shape (m, m, 4), to be written.
    """
    deterministic = arrays[8]
    pair_index, chain, vectors, squares = allocate_workspace(rows, arrays)
    visited, counts = np.empty(len(pair_index), np.int64), np.empty(4)
    for i in rows:
        for j in range(i + 1):
            if noise == 0 and deterministic[i] and deterministic[j]:
                walk_deterministic_pair(i, j, weighting, turns, discount, arrays, pair_index, visited, counts)
            else:
                n = build_pair_chain(i, j, noise, arrays, pair_index, chain, vectors[0])
                # Every outcome comes about, and leads to one state: every row has four entries.
                four_entries = 0.0 < noise < 1.0 and count_branches(i, j, arrays) == 4
                sum_chain(n, weighting, turns, discount, four_entries, chain, vectors, squares)
                weigh_outcomes(n, 1.0 / turns if weighting == TURNS else 1.0, vectors[2], chain[4], counts)
            for k in range(4):
                results[i, j, k] = counts[k]
                results[j, i, k] = counts[3 - k if k == 1 or k == 2 else k]


@compile_kernel
def count_branches(i, j, arrays):
    """The most states that a pair of states of two automata leads to, by any moves."""
    max_branches, branches = arrays[9], 0
    for k in range(4):
        branches += max_branches[i, k] * max_branches[j, 3 - k if k == 1 or k == 2 else k]
    return branches


@compile_kernel
def allocate_workspace(rows, arrays):
    """Room for the chain of any pair to be played: numbers of pairs of states, chain, vectors, matrices."""
    first_states = arrays[0]
    max_pairs, max_entries = 0, 0
    for i in rows:
        for j in range(i + 1):
            pairs = (first_states[i + 1] - first_states[i]) * (first_states[j + 1] - first_states[j])
            max_pairs = max(max_pairs, pairs)
            max_entries = max(max_entries, pairs * count_branches(i, j, arrays))
    # Targets are unsigned, so that no index is checked for counting from the end.
    chain = (
        np.empty((max_pairs, 2), np.int64),
        np.empty(max_pairs + 1, np.int64),
        np.empty(max_entries, np.uint64),
        np.empty(max_entries),
        np.empty((max_pairs, 4)),
    )
    vectors = np.empty(max_pairs + 4), np.empty(max_pairs + 4), np.empty(max_pairs + 4)
    dense_size = min((max_pairs + 3) // 4 * 4, MAX_DENSE_STATES)
    squares = np.empty((dense_size, dense_size)), np.empty((dense_size, dense_size))
    return np.full(max_pairs, -1, np.int64), chain, vectors, squares


@compile_kernel
def sum_chain(n, weighting, turns, discount, four_entries, chain, vectors, squares):
    """How much the rounds spent in each state of a chain count, into the third vector: by whichever way is fastest."""
    _, row_starts, targets, chances, _ = chain
    current, following, total = vectors
    if weighting == TURNS:
        if n <= MAX_DENSE_STATES:
            square, spare = squares
            sum_by_leaps(n, turns, row_starts, targets, chances, four_entries, current, following, total, square, spare)
        else:
            sum_by_steps(n, turns, row_starts, targets, chances, four_entries, current, following, total)
        return
    # After how many rounds a discounted sum has ended.
    round_count = 1.0 if discount <= 0.0 else math.ceil(math.log(NEGLIGIBLE_TAIL) / math.log(discount))
    step_work = row_starts[n] * round_count * STEP_COST
    if weighting == DISCOUNT and (n > MAX_ELIMINATED_STATES or step_work < n * n * n / 3.0):
        sum_discounted_steps(n, discount, round_count, row_starts, targets, chances, current, following, total)
        return
    matrix = dense_matrix(n, row_starts, targets, chances)
    if weighting == DISCOUNT:
        solve_discounted(n, discount, matrix, current, total)
    else:
        solve_long_run(n, matrix, current, total)


@compile_kernel
def weigh_outcomes(n, share, total, outcomes, counts):
    """The shares of the four outcomes, from how much each state counts."""
    for k in range(4):
        counts[k] = 0.0
    for x in range(n):
        for k in range(4):
            counts[k] += total[x] * outcomes[x, k]
    for k in range(4):
        counts[k] *= share


@compile_kernel
def walk_deterministic_pair(i, j, weighting, turns, discount, arrays, index, states, counts):
    """Two automata without chance: from pair of states to pair, until one comes back; then the circle for ever."""
    first_states, cooperates, transition_starts, next_states = arrays[0], arrays[1], arrays[2], arrays[3]
    opening_starts, opening_states = arrays[5], arrays[6]
    a, b, width = first_states[i], first_states[j], first_states[j + 1] - first_states[j]
    s, t = opening_states[opening_starts[i]], opening_states[opening_starts[j]]
    length = 0
    for k in range(4):
        counts[k] = 0.0
    while index[s * width + t] < 0 and not (weighting == TURNS and length == turns):
        index[s * width + t] = length
        outcome = (0 if cooperates[a + s] == 1.0 else 2) + (0 if cooperates[b + t] == 1.0 else 1)
        states[length] = (s * width + t) * 4 + outcome
        length += 1
        swapped = 3 - outcome if outcome == 1 or outcome == 2 else outcome
        s, t = (
            next_states[transition_starts[4 * (a + s) + outcome]],
            next_states[transition_starts[4 * (b + t) + swapped]],
        )
    loop_start = max(index[s * width + t], 0)
    loop_length = length - loop_start
    # A circle of c states is gone through for ever: (1 - d) / (1 - d^c) is one over the sum of d^0 to d^(c - 1).
    weight, loop_weight = 1.0, 0.0
    for x in range(loop_length if weighting == DISCOUNT else 0):
        loop_weight += discount**x
    for x in range(length):
        outcome = states[x] % 4
        index[states[x] // 4] = -1
        if weighting == TURNS:
            # How often the walk stands here in all turns: once before the circle, and on it once in every round.
            counts[outcome] += 1.0 if x < loop_start or turns == length else (turns - 1 - x) // loop_length + 1
        elif weighting == LONG_RUN:
            counts[outcome] += 1.0 / loop_length if x >= loop_start else 0.0
        else:
            counts[outcome] += weight / loop_weight if x >= loop_start else (1.0 - discount) * weight
            weight *= discount
    if weighting == TURNS:
        for k in range(4):
            counts[k] /= turns


@compile_kernel
def build_pair_chain(i, j, noise, arrays, index, chain, start):
    """The chain of two automata on the pairs of states that they reach: its rows one after the other.

    Overwrites the parts of `chain`: states (n, 2), row starts (n + 1,), targets and their chances (entries,), and the
    chances of the outcomes (n, 4); and `start` (n,).
    """
    states, row_starts, targets, entry_chances, outcomes = chain
    first_states, cooperates, transition_starts, next_states, transition_chances = arrays[:5]
    opening_starts, opening_states, opening_chances = arrays[5:8]
    a, b, width = first_states[i], first_states[j], first_states[j + 1] - first_states[j]
    n = 0
    for p in range(opening_starts[i], opening_starts[i + 1]):
        for q in range(opening_starts[j], opening_starts[j + 1]):
            pair = opening_states[p] * width + opening_states[q]
            index[pair] = n
            states[n, 0], states[n, 1] = opening_states[p], opening_states[q]
            start[n] = opening_chances[p] * opening_chances[q]
            n += 1
    x, entry = 0, 0
    row_starts[0] = 0
    while x < n:
        s, t = a + states[x, 0], b + states[x, 1]
        # Either chance is added up by itself: one less the other would lose the digits of a small noise.
        first_cooperates = cooperates[s] * (1.0 - noise) + (1.0 - cooperates[s]) * noise
        second_cooperates = cooperates[t] * (1.0 - noise) + (1.0 - cooperates[t]) * noise
        first_defects = (1.0 - cooperates[s]) * (1.0 - noise) + cooperates[s] * noise
        second_defects = (1.0 - cooperates[t]) * (1.0 - noise) + cooperates[t] * noise
        outcomes[x, 0], outcomes[x, 1] = first_cooperates * second_cooperates, first_cooperates * second_defects
        outcomes[x, 2], outcomes[x, 3] = first_defects * second_cooperates, first_defects * second_defects
        for k in range(4):
            outcome_chance = outcomes[x, k]
            if outcome_chance <= 0.0:
                continue
            swapped = 3 - k if k == 1 or k == 2 else k
            own_row, other_row = 4 * s + k, 4 * t + swapped
            for p in range(transition_starts[own_row], transition_starts[own_row + 1]):
                for q in range(transition_starts[other_row], transition_starts[other_row + 1]):
                    pair = next_states[p] * width + next_states[q]
                    next_index = index[pair]
                    if next_index < 0:
                        next_index = n
                        index[pair] = n
                        states[n, 0], states[n, 1] = next_states[p], next_states[q]
                        start[n] = 0.0
                        n += 1
                    targets[entry] = next_index
                    entry_chances[entry] = outcome_chance * transition_chances[p] * transition_chances[q]
                    entry += 1
        x += 1
        row_starts[x] = entry
    for x in range(n):
        index[states[x, 0] * width + states[x, 1]] = -1
    return n


@compile_kernel
def sum_by_steps(n, turns, row_starts, targets, chances, four_entries, current, following, total):
    """So many rounds, one by one: the sum of distributions into `total`, the last one on into `current`; all (n,)."""
    for x in range(n):
        total[x] = 0.0
    for _ in range(turns):
        for x in range(n):
            total[x] += current[x]
            following[x] = 0.0
        if four_entries:
            for x in range(n):
                weight, e = current[x], 4 * x
                following[targets[e]] += weight * chances[e]
                following[targets[e + 1]] += weight * chances[e + 1]
                following[targets[e + 2]] += weight * chances[e + 2]
                following[targets[e + 3]] += weight * chances[e + 3]
        else:
            for x in range(n):
                weight = current[x]
                for e in range(row_starts[x], row_starts[x + 1]):
                    following[targets[e]] += weight * chances[e]
        for x in range(n):
            current[x] = following[x]


@compile_kernel
def sum_discounted_steps(n, discount, round_count, row_starts, targets, chances, current, following, total):
    """Discounted rounds, one by one, until all later ones together count for nothing; weights into `total`, (n,)."""
    for x in range(n):
        total[x] = 0.0
    weight = 1.0 - discount
    for _ in range(round_count):
        for x in range(n):
            total[x] += weight * current[x]
            following[x] = 0.0
        for x in range(n):
            for e in range(row_starts[x], row_starts[x + 1]):
                following[targets[e]] += current[x] * chances[e]
        for x in range(n):
            current[x] = following[x]
        weight *= discount


@compile_kernel
def sum_by_leaps(n, turns, row_starts, targets, chances, four_entries, current, scratch, total, square, spare):
    """So many rounds in leaps of 2^d, with d such that squaring and leaping take the least time.

    With v the sum of the distributions over 2^d rounds, v M^(2^d) is that over the next as many. The rounds that are
    left over come first.
    """
    nonzero, width = row_starts[n], (n + 3) // 4 * 4
    # In nanoseconds, as measured; only the choice turns on it.
    step_cost = 20.0 + (0.45 if four_entries else 1.25) * nonzero
    product_cost, square_cost = 15.0 + 0.1 * width * width, (0.06 + 0.8 / width) * width**3
    least_cost, d, setup_cost = step_cost * turns, 0, 0.0
    for exponent in range(1, 9):
        size = 1 << exponent
        setup_cost += product_cost + (6.0 * nonzero if exponent == 1 else square_cost)
        total_cost = setup_cost + turns % size * step_cost + (turns // size) * product_cost
        if size <= turns and total_cost < least_cost:
            least_cost, d = total_cost, exponent
    sum_by_steps(
        n,
        turns if d == 0 else turns % (1 << d),
        row_starts,
        targets,
        chances,
        four_entries,
        current,
        scratch,
        total,
    )
    if d == 0:
        return
    # The sum over two rounds from single steps, and the first square from the few entries that are not zero.
    for x in range(n):
        scratch[x] = current[x]
        for y in range(width):
            square[x, y] = 0.0
    for x in range(n, width):
        current[x] = scratch[x] = total[x] = 0.0
        for y in range(width):
            square[x, y] = 0.0
    for x in range(n):
        for e in range(row_starts[x], row_starts[x + 1]):
            middle, weight = np.int64(targets[e]), chances[e]
            scratch[middle] += current[x] * weight
            for f in range(row_starts[middle], row_starts[middle + 1]):
                square[x, targets[f]] += weight * chances[f]
    sums, following = scratch, current
    for _ in range(d - 1):
        multiply_row(width, sums, square, following)
        for x in range(n):
            sums[x] += following[x]
        square_matrix(width, square, spare)
        square, spare = spare, square
    for x in range(n):
        total[x] += sums[x]
    for _ in range((turns >> d) - 1):
        multiply_row(width, sums, square, following)
        sums, following = following, sums
        for x in range(n):
            total[x] += sums[x]


@compile_kernel
def multiply_row(width, row, matrix, target):
    """A row times a matrix, four of its rows at once."""
    for y in range(width):
        target[y] = 0.0
    for z in range(0, width, 4):
        p, q, r, s = row[z], row[z + 1], row[z + 2], row[z + 3]
        a, b, c, d = matrix[z], matrix[z + 1], matrix[z + 2], matrix[z + 3]
        for y in range(width):
            target[y] += p * a[y] + q * b[y] + r * c[y] + s * d[y]


@compile_kernel
def square_matrix(width, matrix, target):
    """A matrix times itself, four rows by four at once, so that what is loaded serves several sums."""
    for x in range(0, width, 4):
        f, g, h, i = target[x], target[x + 1], target[x + 2], target[x + 3]
        for y in range(width):
            f[y] = g[y] = h[y] = i[y] = 0.0
        for z in range(0, width, 4):
            a, b, c, d = matrix[z], matrix[z + 1], matrix[z + 2], matrix[z + 3]
            p0, p1, p2, p3 = matrix[x, z], matrix[x, z + 1], matrix[x, z + 2], matrix[x, z + 3]
            q0, q1, q2, q3 = matrix[x + 1, z], matrix[x + 1, z + 1], matrix[x + 1, z + 2], matrix[x + 1, z + 3]
            r0, r1, r2, r3 = matrix[x + 2, z], matrix[x + 2, z + 1], matrix[x + 2, z + 2], matrix[x + 2, z + 3]
            s0, s1, s2, s3 = matrix[x + 3, z], matrix[x + 3, z + 1], matrix[x + 3, z + 2], matrix[x + 3, z + 3]
            for y in range(width):
                j, k, m, n = a[y], b[y], c[y], d[y]
                f[y] += p0 * j + p1 * k + p2 * m + p3 * n
                g[y] += q0 * j + q1 * k + q2 * m + q3 * n
                h[y] += r0 * j + r1 * k + r2 * m + r3 * n
                i[y] += s0 * j + s1 * k + s2 * m + s3 * n
