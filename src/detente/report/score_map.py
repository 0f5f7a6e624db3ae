"""The picture of a tournament: what each strategy, down, gets in a round against each other, across. Vega-Lite."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from detente.text.english import clip_text
from detente.text.safe_text import clean_tree

VEGA_LITE = "6.4"
"""The version that it is drawn by."""
CELL_SIZE = 16
_FONT = 'system-ui, "Segoe UI", "Liberation Sans", sans-serif'


def render_score_map(names: Sequence[str], scores: Sequence[Sequence[float]]) -> str:
    """Scores as a heat map, the best first, as SVG.

    Args:
        names: The strategies, in order.
        scores: By row and column, in the same order.
    """
    import vl_convert

    short_names = [f"{index + 1}: {clip_text(name, 24)}" for index, name in enumerate(names)]
    cells = [
        {"row": short_names[i], "column": short_names[j], "i": i, "j": j, "score": round(score, 4)}
        for i, score_row in enumerate(scores)
        for j, score in enumerate(score_row)
    ]
    size = CELL_SIZE * len(names)
    # The text must be clean: one control character ends the process.
    specification = json.dumps(clean_tree(_specification(cells, size)))
    svg: str = vl_convert.vegalite_to_svg(specification, vl_version=VEGA_LITE)
    return svg


def _specification(cells: list[dict[str, Any]], size: int) -> dict[str, Any]:
    axis = {"title": None, "labelLimit": 180}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": size,
        "height": size,
        "data": {"values": cells},
        "mark": "rect",
        "encoding": {
            "x": {"field": "column", "type": "nominal", "sort": {"field": "j"}, "axis": {**axis, "labelAngle": -90}},
            "y": {"field": "row", "type": "nominal", "sort": {"field": "i"}, "axis": axis},
            "color": {
                "field": "score",
                "type": "quantitative",
                "scale": {"scheme": "viridis"},
                "legend": {"title": "score in a round"},
            },
        },
        "config": {"background": None, "font": _FONT, "view": {"stroke": None}},
    }
