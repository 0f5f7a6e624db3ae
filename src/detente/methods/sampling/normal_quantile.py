"""Quantiles of the standard normal distribution by Wichura's algorithm AS 241 (1988), good to about 1e-15.

SciPy has them too. These are here because compiled code and a browser have to take the same steps, so that they draw
the same numbers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

MIDDLE, MIDDLE_SQUARED, FAR = 0.425, 0.180625, 5.0
"""Up to which distance from one half the first polynomials hold, its square, and from where on the last ones do."""
POLYNOMIALS: tuple[tuple[float, ...], ...] = (
    (
        *(3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3, 1.3731693765509461125e4),
        *(4.5921953931549871457e4, 6.7265770927008700853e4, 3.3430575583588128105e4, 2.5090809287301226727e3),
    ),
    (
        *(1.0, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3),
        *(2.1213794301586595867e4, 3.9307895800092710610e4, 2.8729085735721942674e4, 5.2264952788528545610e3),
    ),
    (
        *(1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0, 3.64784832476320460504e0),
        *(1.27045825245236838258e0, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4),
    ),
    (
        *(1.0, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1),
        *(1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4, 1.05075007164441684324e-9),
    ),
    (
        *(6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0, 2.96560571828504891230e-1),
        *(2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7),
    ),
    (
        *(1.0, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2),
        *(7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15),
    ),
)
"""Numerator and denominator of each of three regions, from the constant on."""


def normal_quantile(u: Floats) -> Floats:
    """The value below which a share of the standard normal distribution lies.

    Args:
        u: Shares, above 0 and below 1, of any shape.

    Example:
        >>> import numpy as np
        >>> from detente.methods.sampling.normal_quantile import normal_quantile
        >>> normal_quantile(np.array([0.5, 0.975, 1e-9])).round(6).tolist()
        [0.0, 1.959964, -5.997807]
    """
    import numpy as np

    u = np.asarray(u, dtype=float)
    distance = u - 0.5
    quantiles = np.empty_like(u)
    middle = np.abs(distance) <= MIDDLE
    inner = distance[middle]
    quantiles[middle] = inner * _ratio(0, MIDDLE_SQUARED - inner * inner)
    outer = distance[~middle]
    tail = np.sqrt(-np.log(np.where(outer < 0, u[~middle], 1 - u[~middle])))
    size = np.where(tail <= FAR, _ratio(1, tail - 1.6), _ratio(2, tail - FAR))
    quantiles[~middle] = np.where(outer < 0, -size, size)
    return quantiles


def _ratio(region: int, x: Floats) -> Floats:
    return _polynomial(POLYNOMIALS[2 * region], x) / _polynomial(POLYNOMIALS[2 * region + 1], x)


def _polynomial(coefficients: tuple[float, ...], x: Floats) -> Floats:
    import numpy as np

    total = np.full_like(x, coefficients[-1])
    for coefficient in coefficients[-2::-1]:
        total = total * x + coefficient
    return total
