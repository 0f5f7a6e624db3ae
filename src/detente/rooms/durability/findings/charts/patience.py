"""The patience that games need, and what there is of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from detente.results.finding import Chart
from detente.results.vega import VegaSpec, layered_chart, nominal_channel, quantitative_channel, vega_layer
from detente.text.english import clip_text, lower_first
from detente.text.number_format import format_number

ROW_HEIGHT = 26
"""Of a game by a theory, in pixels."""
THEORY_SHAPES = ("circle", "square", "diamond", "triangle-up", "triangle-down", "cross")
"""The mark of each theory."""


@dataclass(frozen=True)
class PatienceNeed:
    """What patience a game needs by a theory: low, middle and high, the last of which may be beyond 1."""

    game: str
    theory: str
    low: float
    middle: float
    high: float


def patience_chart(needs: Sequence[PatienceNeed], available_patience: Mapping[str, tuple[float, float]]) -> Chart:
    """The patience that each game needs by each theory, and what there is of it as a band behind."""
    short_titles = {
        name: f"{index + 1}: {clip_text(name, 14)}" for index, name in enumerate(dict.fromkeys(n.game for n in needs))
    }
    rows = [_need_row(need, short_titles[need.game]) for need in needs]
    bands: list[VegaSpec] = [
        {"game": name, "short": short_titles[name], "low": round(low, 4), "high": round(high, 4)}
        for name, (low, high) in available_patience.items()
    ]

    def build_spec(title_field: str, label_limit: int) -> VegaSpec:
        axis = {"labelLimit": label_limit, "title": None}
        games: VegaSpec = {"field": title_field, "type": "nominal", "sort": None, "axis": axis}
        layers = [_band_layer(bands, games), *_need_layers(_theory_titles(needs), games)]
        return layered_chart(layers, rows, ROW_HEIGHT * len(needs) + 10)

    alt_text = "; ".join(f"{need.game}, {need.theory}: {_format_needed_patience(need.middle)}" for need in needs)
    return Chart(
        f"Patience needed ({shape_legend(needs)}), and what there is (grey). {alt_text}.",
        build_spec("game", 200),
        build_spec("short", 110),
    )


def _need_row(need: PatienceNeed, short_title: str) -> VegaSpec:
    return {
        "game": need.game,
        "short": short_title,
        "by": need.theory,
        "low": round(min(need.low, 1.0), 4),
        "middle": round(min(need.middle, 1.0), 4),
        "high": round(min(need.high, 1.0), 4),
    }


def _patience_axis(field: str) -> VegaSpec:
    return quantitative_channel(field, axis={"title": "patience", "tickCount": 5}, scale={"domain": [0, 1]})


def _band_layer(bands: Sequence[VegaSpec], games: VegaSpec) -> VegaSpec:
    """The patience that there is."""
    style = {"color": "@u", "opacity": 0.3}
    return vega_layer("bar", style, bands, y=games, x=_patience_axis("low"), x2={"field": "high"})


def _need_layers(theories: Sequence[str], games: VegaSpec) -> list[VegaSpec]:
    """The patience that is needed: its spread, and its middle by the mark of the theory."""
    offset: VegaSpec = {"field": "by", "type": "nominal", "sort": list(theories)}
    shapes = nominal_channel("by", theories, [_theory_shape(index) for index in range(len(theories))])
    rule_style = {"strokeWidth": 2, "opacity": 0.6, "color": "@ink"}
    point_style = {"filled": True, "size": 80, "opacity": 1}
    spread: VegaSpec = {"x": _patience_axis("low"), "x2": {"field": "high"}}
    return [
        vega_layer("rule", rule_style, y=games, yOffset=offset, **spread),
        vega_layer("point", point_style, y=games, yOffset=offset, x=_patience_axis("middle"), shape=shapes),
    ]


def shape_legend(needs: Sequence[PatienceNeed]) -> str:
    """Which mark stands for which theory."""
    return ", ".join(
        f"{_theory_shape(index)}: {lower_first(theory)}" for index, theory in enumerate(_theory_titles(needs))
    )


def _theory_titles(needs: Sequence[PatienceNeed]) -> list[str]:
    return list(dict.fromkeys(need.theory for need in needs))


def _theory_shape(index: int) -> str:
    return THEORY_SHAPES[index % len(THEORY_SHAPES)]


def _format_needed_patience(x: float) -> str:
    return format_number(x) if x < 1 else "no patience is enough"
