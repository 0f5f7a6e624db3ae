"""Colours and the Vega-Lite configuration, as `@` names that each rendering fills in."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from detente.text.safe_text import clean_tree

VEGA_LITE = "6.4"
"""The version that pictures are drawn by, on the page and elsewhere."""
LIGHT = {
    "ink": "#1b1f24",
    "soft": "#5b6470",
    "line": "#d9dde3",
    "paper": "#ffffff",
    "tint": "#f5f6f8",
    "a": "#1f5fa8",
    "b": "#b4552d",
    "u": "#8a8f98",
    "go": "#00795c",
    "stop": "#b3261e",
}
DARK = {
    "ink": "#e6e8eb",
    "soft": "#9aa3ae",
    "line": "#343a42",
    "paper": "#14171b",
    "tint": "#1c2026",
    "a": "#7fb2ec",
    "b": "#e59a74",
    "u": "#8a8f98",
    "go": "#4cc3a0",
    "stop": "#f2877f",
}
"""The two sides are `b` (who offers) and `a` (who replies), uncertainty is `u`; what the rules let through is `go`,
what they stop is `stop`; safe for colour-blind readers."""

_FONT = 'system-ui, "Segoe UI", "Liberation Sans", sans-serif'
VEGA_CONFIG: dict[str, Any] = {
    "background": None,
    "font": _FONT,
    "view": {"stroke": None},
    "range": {"category": ["@b", "@a", "@u"]},
    "axis": {
        **dict.fromkeys(("labelColor", "titleColor"), "@soft"),
        **dict.fromkeys(("gridColor", "tickColor", "domainColor"), "@line"),
        **dict.fromkeys(("labelFontSize", "titleFontSize"), 12),
        "titleFontWeight": "normal",
    },
    "text": {"color": "@ink", "fontSize": 12},
    "rule": {"color": "@soft"},
    "line": {"color": "@ink"},
    "point": {"color": "@ink"},
    "bar": {"color": "@ink"},
    "rect": {"color": "@u"},
    "style": {
        "shade": {"color": "@u"},
        "unsure": {"color": "@u", "opacity": 0.45},
        "dashed": {"stroke": "@ink", "strokeDash": [3, 2], "strokeWidth": 1},
    },
}


def complete_spec(chart: Mapping[str, Any]) -> dict[str, Any]:
    """A chart as a complete Vega-Lite specification, still with `@` names."""
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": "container",
        "autosize": {"type": "fit-x", "contains": "padding"},
        "config": VEGA_CONFIG,
        **chart,
    }


def fill_colours(chart: Mapping[str, Any], colours: Mapping[str, str]) -> dict[str, Any]:
    """The specification with the `@` names filled in."""
    text = json.dumps(clean_tree(complete_spec(chart)))
    for name, colour in colours.items():
        text = text.replace(f'"@{name}"', f'"{colour}"')
    filled: dict[str, Any] = json.loads(text)
    return filled


def render_svg(specification: dict[str, Any]) -> str:
    """A complete specification drawn as SVG. Its text must be clean: one control character ends the process."""
    import vl_convert

    svg: str = vl_convert.vegalite_to_svg(specification, vl_version=VEGA_LITE)
    return svg
