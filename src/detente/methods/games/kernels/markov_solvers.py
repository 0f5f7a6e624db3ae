"""Discounted sums and the limit of means of a chain, by elimination without subtractions.

It loses no digits however small the noise (Grassmann, Taksar and Heyman 1985).
"""

from __future__ import annotations

import numpy as np

from detente.methods.games.kernels.numba_options import compile_kernel


@compile_kernel
def dense_matrix(n, row_starts, targets, chances):
    """The rows as a matrix."""
    matrix = np.zeros((n, n))
    for x in range(n):
        for e in range(row_starts[x], row_starts[x + 1]):
            matrix[x, targets[e]] += chances[e]
    return matrix


@compile_kernel
def solve_discounted(n, discount, matrix, start, total):
    """Discounted weights: the chain ends after every round with chance 1 - discount, and begins anew.

    So they are the stationary distribution of a chain in which every row has the start mixed in; but solved as what it
    is, by elimination: the state eliminated last is counted first. Overwrites `matrix`; the weights go into `total`.
    """
    for x in range(n):
        for y in range(n):
            matrix[x, y] *= discount
    leaves = np.full(n, 1.0 - discount)
    for x in range(n):
        total[x] = (1.0 - discount) * start[x]
    for x in range(n - 1, -1, -1):
        # What leaves x for the states still there, or for good: added up, not subtracted from 1.
        outflow = leaves[x]
        for y in range(x):
            outflow += matrix[x, y]
        for z in range(x):
            weight = matrix[z, x] / outflow
            matrix[z, x] = weight
            if weight != 0.0:
                leaves[z] += weight * leaves[x]
                for y in range(x):
                    matrix[z, y] += weight * matrix[x, y]
        weight = total[x] / outflow
        total[x] = weight
        if weight != 0.0:
            for y in range(x):
                total[y] += weight * matrix[x, y]
    for x in range(n):
        for z in range(x):
            total[x] += total[z] * matrix[z, x]


@compile_kernel
def solve_long_run(n, matrix, start, total):
    """The limit of means: transient states are eliminated, then each closed class has its stationary distribution.

    Overwrites `matrix` (n, n) and `start` (n,); the shares of rounds go into `total` (n,).
    """
    order, closed_class = strongly_connected_classes(n, matrix)
    for x in range(n):
        total[x] = 0.0
    # `order` has every class in a row, transient ones marked -1 in `closed`.
    for position in range(n):
        x = order[position]
        if closed_class[x] >= 0:
            continue
        outflow = 0.0
        for later_position in range(n):
            y = order[later_position]
            if y != x and (closed_class[y] >= 0 or later_position > position):
                outflow += matrix[x, y]
        for later_position in range(n):
            y = order[later_position]
            if y == x or not (closed_class[y] >= 0 or later_position > position):
                continue
            share = matrix[x, y] / outflow
            if share != 0.0:
                start[y] += start[x] * share
                for other_position in range(position + 1, n):
                    z = order[other_position]
                    if closed_class[z] < 0:
                        matrix[z, y] += matrix[z, x] * share
        start[x] = 0.0
    begin = 0
    while begin < n:
        end = begin + 1
        while end < n and closed_class[order[end]] == closed_class[order[begin]]:
            end += 1
        if closed_class[order[begin]] >= 0:
            add_stationary_shares(order[begin:end], matrix, start, total)
        begin = end


@compile_kernel
def add_stationary_shares(members, matrix, start, total):
    """The stationary distribution of one closed class, times the chance of ending up in it (Grassmann et al. 1985)."""
    n = len(members)
    class_matrix = np.empty((n, n))
    class_probability = 0.0
    for x in range(n):
        class_probability += start[members[x]]
        for y in range(n):
            class_matrix[x, y] = matrix[members[x], members[y]]
    for x in range(n - 1, 0, -1):
        outflow = 0.0
        for y in range(x):
            outflow += class_matrix[x, y]
        for z in range(x):
            weight = class_matrix[z, x] / outflow
            class_matrix[z, x] = weight
            if weight != 0.0:
                for y in range(x):
                    class_matrix[z, y] += weight * class_matrix[x, y]
    weights = np.empty(n)
    weights[0] = 1.0
    weight_sum = 1.0
    for x in range(1, n):
        weights[x] = 0.0
        for z in range(x):
            weights[x] += weights[z] * class_matrix[z, x]
        weight_sum += weights[x]
    for x in range(n):
        total[members[x]] = class_probability * weights[x] / weight_sum


@compile_kernel
def strongly_connected_classes(n, matrix):
    """Strongly connected classes (Tarjan 1972, without recursion): states class by class, and which are closed."""
    low_link, visit_order = np.full(n, -1), np.full(n, -1)
    on_stack, stack, path = np.zeros(n, np.bool_), np.empty(n, np.int64), np.empty(n, np.int64)
    next_target, class_start = np.zeros(n, np.int64), np.full(n, -1)
    order, closed_class = np.empty(n, np.int64), np.full(n, -1)
    placed, counter, stack_size, closed_count = 0, 0, 0, 0
    for root in range(n):
        if visit_order[root] >= 0:
            continue
        depth = 0
        path[0] = root
        while depth >= 0:
            x = path[depth]
            if visit_order[x] < 0:
                visit_order[x] = low_link[x] = counter
                counter += 1
                stack[stack_size] = x
                stack_size += 1
                on_stack[x] = True
            deeper = False
            while next_target[x] < n:
                y = next_target[x]
                next_target[x] += 1
                if matrix[x, y] <= 0.0:
                    continue
                if visit_order[y] < 0:
                    depth += 1
                    path[depth] = y
                    deeper = True
                    break
                if on_stack[y]:
                    low_link[x] = min(low_link[x], visit_order[y])
            if deeper:
                continue
            if low_link[x] == visit_order[x]:
                begin = placed
                while True:
                    stack_size -= 1
                    y = stack[stack_size]
                    on_stack[y] = False
                    order[placed] = y
                    placed += 1
                    if y == x:
                        break
                for member in range(begin, placed):
                    class_start[order[member]] = begin
                leaves = False
                for member in range(begin, placed):
                    for y in range(n):
                        leaves = leaves or (matrix[order[member], y] > 0.0 and class_start[y] != begin)
                if not leaves:
                    for member in range(begin, placed):
                        closed_class[order[member]] = closed_count
                    closed_count += 1
            depth -= 1
            if depth >= 0:
                low_link[path[depth]] = min(low_link[path[depth]], low_link[x])
    return order, closed_class
