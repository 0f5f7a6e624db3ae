"""Short words for Vega-Lite: layers and encodings as plain dicts.

Colours stand as `@` names (`@a`, `@ink`, ...), which each rendering fills in; see `report/theme.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

VegaSpec = dict[str, Any]


def quantitative_channel(field: str, **options: Any) -> VegaSpec:
    """A quantitative channel, without a title unless given."""
    return {"field": field, "type": "quantitative", "title": None, **options}


def nominal_channel(
    field: str, domain: Sequence[str] | None = None, values: Sequence[str] | None = None, **options: Any
) -> VegaSpec:
    """A nominal channel without a legend; with its domain, and the values it maps to, if given."""
    scale = {key: list(items) for key, items in (("domain", domain), ("range", values)) if items}
    channel = {"field": field, "type": "nominal", "legend": None, **options}
    return {**channel, "scale": scale} if scale else channel


def vega_layer(
    mark: str,
    style: VegaSpec | None = None,
    data: Sequence[VegaSpec] | None = None,
    filter_expression: str = "",
    **encoding: VegaSpec,
) -> VegaSpec:
    """One layer: its mark with its style, its own data or a filter on the shared ones, and its channels."""
    spec: VegaSpec = {"mark": {"type": mark, **(style or {})}, "encoding": encoding}
    if data is not None:
        spec["data"] = {"values": list(data)}
    if filter_expression:
        spec["transform"] = [{"filter": filter_expression}]
    return spec


def layered_chart(layers: Sequence[VegaSpec], data: Sequence[VegaSpec], height: int, **options: Any) -> VegaSpec:
    """Layers over the same data."""
    return {"height": height, "data": {"values": list(data)}, "layer": list(layers), **options}
