"""Short words for Vega-Lite: layers and encodings as plain dicts.

Colours stand as `@` names (`@a`, `@ink`, ...), which each rendering fills in; see `report/theme.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

Dict = dict[str, Any]


def quantity(field: str, **more: Any) -> Dict:
    """A quantitative channel, without a title unless given."""
    return {"field": field, "type": "quantitative", "title": None, **more}


def category(field: str, domain: Sequence[str] | None = None, values: Sequence[str] | None = None, **more: Any) -> Dict:
    """A nominal channel without a legend; with its domain, and the values it maps to, if given."""
    scale = {key: list(given) for key, given in (("domain", domain), ("range", values)) if given}
    channel = {"field": field, "type": "nominal", "legend": None, **more}
    return {**channel, "scale": scale} if scale else channel


def layer(
    mark: str, style: Dict | None = None, data: Sequence[Dict] | None = None, only: str = "", **encoding: Dict
) -> Dict:
    """One layer: its mark with its style, its own data or a filter on the shared ones, and its channels."""
    made: Dict = {"mark": {"type": mark, **(style or {})}, "encoding": encoding}
    if data is not None:
        made["data"] = {"values": list(data)}
    if only:
        made["transform"] = [{"filter": only}]
    return made


def chart(layers: Sequence[Dict], data: Sequence[Dict], height: int, **more: Any) -> Dict:
    """Layers over the same data."""
    return {"height": height, "data": {"values": list(data)}, "layer": list(layers), **more}
