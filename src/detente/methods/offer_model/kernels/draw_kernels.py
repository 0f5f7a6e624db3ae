"""Draws of numbers, compiled: the steps of `methods/sampling`, to the bit but for the last place of a logarithm."""

from __future__ import annotations

import math

import numpy as np

from detente.methods.offer_model.kernels.numba_options import compile_kernel
from detente.methods.sampling.normal_quantile import FAR, MIDDLE, MIDDLE_SQUARED, POLYNOMIALS

UNIFORM, TRIANGULAR, NORMAL, LOGNORMAL = 1, 2, 3, 4
"""The forms of distributions that are drawn here."""
COEFFICIENTS = np.array(POLYNOMIALS)
u32 = np.uint32


@compile_kernel
def mix_word(x):
    """The hash of a word, as `keyed_hypercube.mix_words` has it."""
    x = u32(x ^ (x >> u32(16)))
    x = u32(x * u32(0x7FEB352D))
    x = u32(x ^ (x >> u32(15)))
    x = u32(x * u32(0x846CA68B))
    return u32(x ^ (x >> u32(16)))


@compile_kernel
def permute_byte(x, key):
    """A permutation of 0 to 255 for each key, as `keyed_hypercube` has it."""
    mask, one = u32(255), u32(1)
    x = u32((x + key) & mask)
    x = u32(u32(x * u32((key >> u32(7)) | one)) & mask)
    x = u32(x ^ (x >> u32(4)))
    x = u32(u32(x + (key >> u32(16))) & mask)
    x = u32(u32(x * u32((key >> u32(22)) | one)) & mask)
    x = u32(x ^ (x >> u32(3)))
    other = u32(key * u32(0x9E3779B1))
    x = u32(u32(x + (other >> u32(24))) & mask)
    x = u32(u32(x * u32((other >> u32(11)) | one)) & mask)
    x = u32(x ^ (x >> u32(5)))
    return u32(u32(u32(x * u32((other >> u32(3)) | one)) + (other >> u32(17))) & mask)


@compile_kernel
def hypercube_uniform(index, first, second):
    """A draw of a stream as a share between 0 and 1."""
    group_key = mix_word(u32(mix_word(u32((index >> u32(8)) + first)) ^ second))
    part = permute_byte(u32(index & u32(255)), group_key)
    place = mix_word(u32(mix_word(u32(index + second)) ^ first))
    return (u32((part << u32(24)) | (place >> u32(8))) + 0.5) * 2.0**-32


@compile_kernel
def _polynomial(row, x, coefficients):
    total = coefficients[row, 7]
    for k in range(6, -1, -1):
        total = total * x + coefficients[row, k]
    return total


@compile_kernel
def normal_quantile(u, coefficients):
    """The quantile of the standard normal distribution, as `normal_quantile` has it."""
    distance = u - 0.5
    if abs(distance) <= MIDDLE:
        x = MIDDLE_SQUARED - distance * distance
        return distance * _polynomial(0, x, coefficients) / _polynomial(1, x, coefficients)
    tail = math.sqrt(-math.log(u if distance < 0 else 1 - u))
    if tail <= FAR:
        size = _polynomial(2, tail - 1.6, coefficients) / _polynomial(3, tail - 1.6, coefficients)
    else:
        size = _polynomial(4, tail - FAR, coefficients) / _polynomial(5, tail - FAR, coefficients)
    return -size if distance < 0 else size


@compile_kernel
def fill_quantiles(form, parameters, u, values, coefficients):
    """Writes the values of a number at shares of its distribution.

    Args:
        form: UNIFORM, TRIANGULAR, NORMAL or LOGNORMAL.
        parameters: Of the distribution, then the bounds, then the shares below these: shape (7,).
        u: Shares, shape (draws,).
        values: To be written, shape (draws,).
        coefficients: Of the polynomials of `normal_quantile`.
    """
    a, b, c, low, high, below, above = parameters
    for d in range(len(u)):
        if form == UNIFORM:
            values[d] = a + (b - a) * u[d]
        elif form == TRIANGULAR:
            if u[d] < (b - a) / (c - a):
                values[d] = a + math.sqrt(u[d] * (c - a) * (b - a))
            else:
                values[d] = c - math.sqrt((1 - u[d]) * (c - a) * (c - b))
        else:
            value = a + b * normal_quantile(below + (above - below) * u[d], coefficients)
            if form == LOGNORMAL:
                value = math.exp(value)
            values[d] = min(max(value, low), high)


@compile_kernel
def fill_draws(start, form, parameters, first, second, values, coefficients):
    """Writes the draws of a number, from `start` on."""
    u = np.empty(len(values))
    for d in range(len(values)):
        u[d] = hypercube_uniform(u32(start + d), first, second)
    fill_quantiles(form, parameters, u, values, coefficients)
