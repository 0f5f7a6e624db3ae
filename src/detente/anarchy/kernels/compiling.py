"""How loops are compiled: kept between runs, without holding up other threads."""

from __future__ import annotations

from numba import njit

compiled = njit(cache=True, nogil=True, fastmath={"contract", "nsz", "arcp"}, error_model="numpy")
"""Multiplications and additions may be fused; nothing else is traded for speed."""
