"""Discounted sums and the limit of means of a chain, by elimination without subtractions.

It loses no digits however small the noise (Grassmann, Taksar and Heyman 1985).
"""

from __future__ import annotations

import numpy as np

from detente.methods.games.kernels.numba_options import compiled


@compiled
def spread(n, begins, to, chance):
    """The rows as a matrix."""
    matrix = np.zeros((n, n))
    for x in range(n):
        for e in range(begins[x], begins[x + 1]):
            matrix[x, to[e]] += chance[e]
    return matrix


@compiled
def sum_up(n, discount, matrix, start, total):
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
        out = leaves[x]
        for y in range(x):
            out += matrix[x, y]
        for z in range(x):
            weight = matrix[z, x] / out
            matrix[z, x] = weight
            if weight != 0.0:
                leaves[z] += weight * leaves[x]
                for y in range(x):
                    matrix[z, y] += weight * matrix[x, y]
        weight = total[x] / out
        total[x] = weight
        if weight != 0.0:
            for y in range(x):
                total[y] += weight * matrix[x, y]
    for x in range(n):
        for z in range(x):
            total[x] += total[z] * matrix[z, x]


@compiled
def settle(n, matrix, start, total):
    """The limit of means: transient states are eliminated, then each closed class has its stationary distribution.

    Overwrites `matrix` (n, n) and `start` (n,); the shares of rounds go into `total` (n,).
    """
    order, closed = classes(n, matrix)
    for x in range(n):
        total[x] = 0.0
    # `order` has every class in a row, transient ones marked -1 in `closed`.
    for at in range(n):
        x = order[at]
        if closed[x] >= 0:
            continue
        out = 0.0
        for later in range(n):
            y = order[later]
            if y != x and (closed[y] >= 0 or later > at):
                out += matrix[x, y]
        for later in range(n):
            y = order[later]
            if y == x or not (closed[y] >= 0 or later > at):
                continue
            share = matrix[x, y] / out
            if share != 0.0:
                start[y] += start[x] * share
                for after in range(at + 1, n):
                    z = order[after]
                    if closed[z] < 0:
                        matrix[z, y] += matrix[z, x] * share
        start[x] = 0.0
    begin = 0
    while begin < n:
        end = begin + 1
        while end < n and closed[order[end]] == closed[order[begin]]:
            end += 1
        if closed[order[begin]] >= 0:
            stationary(order[begin:end], matrix, start, total)
        begin = end


@compiled
def stationary(members, matrix, start, total):
    """The stationary distribution of one closed class, times the chance of ending up in it (Grassmann et al. 1985)."""
    n = len(members)
    inner = np.empty((n, n))
    mass = 0.0
    for x in range(n):
        mass += start[members[x]]
        for y in range(n):
            inner[x, y] = matrix[members[x], members[y]]
    for x in range(n - 1, 0, -1):
        out = 0.0
        for y in range(x):
            out += inner[x, y]
        for z in range(x):
            weight = inner[z, x] / out
            inner[z, x] = weight
            if weight != 0.0:
                for y in range(x):
                    inner[z, y] += weight * inner[x, y]
    weights = np.empty(n)
    weights[0] = 1.0
    whole = 1.0
    for x in range(1, n):
        weights[x] = 0.0
        for z in range(x):
            weights[x] += weights[z] * inner[z, x]
        whole += weights[x]
    for x in range(n):
        total[members[x]] = mass * weights[x] / whole


@compiled
def classes(n, matrix):
    """Strongly connected classes (Tarjan 1972, without recursion): states class by class, and which are closed."""
    low, number = np.full(n, -1), np.full(n, -1)
    on, stack, path = np.zeros(n, np.bool_), np.empty(n, np.int64), np.empty(n, np.int64)
    following, belongs = np.zeros(n, np.int64), np.full(n, -1)
    order, closed = np.empty(n, np.int64), np.full(n, -1)
    placed, counter, high, found = 0, 0, 0, 0
    for root in range(n):
        if number[root] >= 0:
            continue
        depth = 0
        path[0] = root
        while depth >= 0:
            x = path[depth]
            if number[x] < 0:
                number[x] = low[x] = counter
                counter += 1
                stack[high] = x
                high += 1
                on[x] = True
            deeper = False
            while following[x] < n:
                y = following[x]
                following[x] += 1
                if matrix[x, y] <= 0.0:
                    continue
                if number[y] < 0:
                    depth += 1
                    path[depth] = y
                    deeper = True
                    break
                if on[y]:
                    low[x] = min(low[x], number[y])
            if deeper:
                continue
            if low[x] == number[x]:
                begin = placed
                while True:
                    high -= 1
                    y = stack[high]
                    on[y] = False
                    order[placed] = y
                    placed += 1
                    if y == x:
                        break
                for member in range(begin, placed):
                    belongs[order[member]] = begin
                leaves = False
                for member in range(begin, placed):
                    for y in range(n):
                        leaves = leaves or (matrix[order[member], y] > 0.0 and belongs[y] != begin)
                if not leaves:
                    for member in range(begin, placed):
                        closed[order[member]] = found
                    found += 1
            depth -= 1
            if depth >= 0:
                low[path[depth]] = min(low[path[depth]], low[x])
    return order, closed
