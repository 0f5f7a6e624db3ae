"""The patience that games need, and what there is of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from detente.results.finding import Chart
from detente.results.vega import VegaSpec, layered_chart, nominal_channel, quantitative_channel, vega_layer
from detente.text.english import clip_text, lower_first
from detente.text.number_format import format_number

ROW_HEIGHT = 26
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
    theories = list(dict.fromkeys(need.theory for need in needs))
    games = list(dict.fromkeys(need.game for need in needs))
    short_titles = {name: f"{index + 1}: {clip_text(name, 14)}" for index, name in enumerate(games)}
    rows: list[VegaSpec] = [
        {
            "game": need.game,
            "short": short_titles[need.game],
            "by": need.theory,
            "low": round(min(need.low, 1.0), 4),
            "middle": round(min(need.middle, 1.0), 4),
            "high": round(min(need.high, 1.0), 4),
        }
        for need in needs
    ]
    bands: list[VegaSpec] = [
        {"game": name, "short": short_titles[name], "low": round(low, 4), "high": round(high, 4)}
        for name, (low, high) in available_patience.items()
    ]

    def build_spec(title_field: str, label_limit: int) -> VegaSpec:
        axis = {"labelLimit": label_limit, "title": None}
        game_encoding: VegaSpec = {"field": title_field, "type": "nominal", "sort": None, "axis": axis}
        theory_offset: VegaSpec = {"field": "by", "type": "nominal", "sort": theories}
        title = {"title": "patience", "tickCount": 5}
        patience_encoding = quantitative_channel("low", axis=title, scale={"domain": [0, 1]})
        interval_end = {"field": "high"}
        shapes = nominal_channel(
            "by", theories, [THEORY_SHAPES[index % len(THEORY_SHAPES)] for index in range(len(theories))]
        )
        middle_encoding = quantitative_channel("middle", axis=title, scale={"domain": [0, 1]})
        return layered_chart(
            [
                vega_layer(
                    "bar", {"color": "@u", "opacity": 0.3}, bands, y=game_encoding, x=patience_encoding, x2=interval_end
                ),
                vega_layer(
                    "rule",
                    {"strokeWidth": 2, "opacity": 0.6, "color": "@ink"},
                    y=game_encoding,
                    yOffset=theory_offset,
                    x=patience_encoding,
                    x2=interval_end,
                ),
                vega_layer(
                    "point",
                    {"filled": True, "size": 80, "opacity": 1},
                    y=game_encoding,
                    yOffset=theory_offset,
                    x=middle_encoding,
                    shape=shapes,
                ),
            ],
            rows,
            ROW_HEIGHT * len(needs) + 10,
        )

    alt_text = "; ".join(f"{need.game}, {need.theory}: {_format_needed_patience(need.middle)}" for need in needs)
    return Chart(
        f"Patience needed ({shape_legend(needs)}), and what there is (grey). {alt_text}.",
        build_spec("game", 200),
        build_spec("short", 110),
    )


def shape_legend(needs: Sequence[PatienceNeed]) -> str:
    """Which mark stands for which theory."""
    theories = list(dict.fromkeys(need.theory for need in needs))
    return ", ".join(
        f"{THEORY_SHAPES[index % len(THEORY_SHAPES)]}: {lower_first(theory)}" for index, theory in enumerate(theories)
    )


def _format_needed_patience(x: float) -> str:
    return format_number(x) if x < 1 else "no patience is enough"
