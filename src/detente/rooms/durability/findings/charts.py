"""Pictures of the anarchy room: payoff matrices, patience needed and there, maps, the band of reassurance."""

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
BARE_AXIS: VegaSpec = {"axis": None, "scale": {"nice": False, "zero": False}}


@dataclass(frozen=True)
class PayoffMatrix:
    """A two-by-two game to be drawn: over what, by whom, which game, payoffs and equilibria by row and column move."""

    issue: str
    theory: str
    game_name: str
    cells: Sequence[tuple[int, int, str, bool]]
    """Row's move, column's move, the two payoffs in words, whether it is an equilibrium."""


def payoff_matrices_chart(matrices: Sequence[PayoffMatrix], sides: tuple[str, str]) -> Chart:
    """Payoff matrices side by side, one row of them for each game."""
    issues = list(dict.fromkeys(m.issue for m in matrices))
    most_columns = max(sum(m.issue == name for m in matrices) for name in issues)

    def build_spec(columns: int, letters: int) -> VegaSpec:
        cells: list[VegaSpec] = []
        labels: list[VegaSpec] = []
        row_top = 0.0
        for name in issues:
            group = [m for m in matrices if m.issue == name]
            for position, matrix in enumerate(group):
                left_edge, top_edge = position % columns * 2.6, row_top + position // columns * 3.6
                if position == 0:
                    labels.append(
                        {"x": 0, "y": top_edge - 1.45, "text": clip_text(name, letters * columns), "kind": "over"}
                    )
                labels.append(
                    {"x": left_edge, "y": top_edge - 0.85, "text": clip_text(matrix.theory, letters), "kind": "by"}
                )
                labels.append(
                    {
                        "x": left_edge,
                        "y": top_edge - 0.35,
                        "text": clip_text(matrix.game_name, letters),
                        "kind": "named",
                    }
                )
                for i, j, payoffs, is_equilibrium in matrix.cells:
                    cells.append(
                        {
                            "x": left_edge + j * 1.15,
                            "x2": left_edge + (j + 1) * 1.15,
                            "y": top_edge + i,
                            "y2": top_edge + i + 1,
                            "mx": left_edge + (j + 0.5) * 1.15,
                            "my": top_edge + i + 0.5,
                            "text": payoffs,
                            "stable": "yes" if is_equilibrium else "no",
                            "move": ("C" if i == 0 else "D") + ("C" if j == 0 else "D"),
                        }
                    )
            row_top += ((len(group) - 1) // columns + 1) * 3.6 + 0.7
        x_scale = {"domain": [-0.05, columns * 2.6 - 0.2], "nice": False, "zero": False}
        y_scale = {"domain": [row_top - 1.9, -1.8], "nice": False, "zero": False}
        x, y = quantitative_channel("x", axis=None, scale=x_scale), quantitative_channel("y", axis=None, scale=y_scale)
        mx, my = (
            quantitative_channel("mx", axis=None, scale=x_scale),
            quantitative_channel("my", axis=None, scale=y_scale),
        )
        stroke = {**nominal_channel("stable", ("yes", "no"), ("@ink", "@line"))}
        fill = nominal_channel("stable", ("yes", "no"), ("@u", "@paper"))
        text = {"field": "text"}
        layers = [
            vega_layer(
                "rect",
                {"strokeWidth": 1.2, "fillOpacity": 0.25},
                x=x,
                x2={"field": "x2"},
                y=y,
                y2={"field": "y2"},
                stroke=stroke,
                fill=fill,
            ),
            vega_layer("text", {"fontSize": 11}, x=mx, y=my, text=text),
            *(
                vega_layer("text", {"align": "left", **style}, labels, f"datum.kind === '{kind}'", x=x, y=y, text=text)
                for kind, style in (
                    ("over", {"fontSize": 13, "fontWeight": "bold"}),
                    ("by", {"fontSize": 11, "color": "@soft"}),
                    ("named", {"fontSize": 12}),
                )
            ),
        ]
        return layered_chart(layers, cells, round(27 * (row_top - 0.1)))

    alt_text = "; ".join(f"{m.issue}, {m.theory}: {m.game_name}" for m in matrices)
    caption = f"Payoff matrices: rows are the moves of {sides[0]}, columns those of {sides[1]}, cooperating first"
    return Chart(
        f"{caption}. {alt_text}.", build_spec(min(most_columns, 3), 44 if most_columns > 2 else 60), build_spec(1, 44)
    )


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


@dataclass(frozen=True)
class SideEstimate:
    """A side's own estimate on a map: where it stands, and its spread along either axis."""

    name: str
    colour: str
    x: float
    y: float
    x_spread: tuple[float, float]
    y_spread: tuple[float, float]


@dataclass(frozen=True)
class Boundary:
    """A line on a map above which cooperation lasts for a side."""

    name: str
    colour: str
    points: Sequence[tuple[float, float]]


def cooperation_map_chart(
    boundaries: Sequence[Boundary],
    estimates: Sequence[SideEstimate],
    transitions: Sequence[tuple[float, str]],
    max_concern: float,
    title: str,
) -> Chart:
    """Where cooperation lasts, over concern for relative gains and patience, with the case's own estimates as crosses.

    Args:
        boundaries: One for each side.
        estimates: One for each side.
        turns: Where the game becomes another, with its name.
        most: The end of the axis of concern.
        title: For who cannot see it.
    """
    joint_boundary = [max(ys) for ys in zip(*([y for _, y in item.points] for item in boundaries), strict=True)]
    xs = [x for x, _ in boundaries[0].points]
    lasting_area: list[VegaSpec] = [
        {"x": round(x, 4), "y": round(min(y, 1), 4), "y2": 1} for x, y in zip(xs, joint_boundary, strict=True)
    ]
    axes = ("concern for relative gains", "patience")
    lines: list[VegaSpec] = [
        {"x": round(x, 4), "y": round(min(y, 1), 4), "side": item.name} for item in boundaries for x, y in item.points
    ]
    crosses: list[VegaSpec] = [
        {
            "x": round(min(item.x, max_concern), 4),
            "y": round(item.y, 4),
            "x1": round(min(item.x_spread[0], max_concern), 4),
            "x2": round(min(item.x_spread[1], max_concern), 4),
            "y1": round(item.y_spread[0], 4),
            "y2": round(item.y_spread[1], 4),
            "side": item.name,
        }
        for item in estimates
    ]
    marks: list[VegaSpec] = [
        {"x": round(x, 4), "y": 0.02 + 0.06 * index, "text": name} for index, (x, name) in enumerate(transitions)
    ]

    def build_spec(height: int, letters: int) -> VegaSpec:
        x_options = {
            "scale": {"domain": [0, round(max_concern, 4)], "nice": False},
            "axis": {"title": axes[0], "tickCount": 5},
        }
        y_options = {"scale": {"domain": [0, 1], "nice": False}, "axis": {"title": axes[1], "tickCount": 5}}
        x, y = quantitative_channel("x", **x_options), quantitative_channel("y", **y_options)
        names = [item.name for item in boundaries]
        colours = nominal_channel("side", names, [item.colour for item in boundaries])
        clipped_marks = [{**mark, "text": clip_text(str(mark["text"]), letters)} for mark in marks]
        # An empty layer would be a picture of nothing to a screen reader.
        points_by_side = [[point for point in lines if point["side"] == name] for name in names]
        transition_layers = [
            vega_layer("rule", {"strokeDash": [2, 3]}, clipped_marks, x=x),
            vega_layer(
                "text", {"align": "left", "dx": 3, "fontSize": 11}, clipped_marks, x=x, y=y, text={"field": "text"}
            ),
        ]
        return layered_chart(
            [
                vega_layer("area", {"color": "@go", "opacity": 0.16}, lasting_area, x=x, y=y, y2={"field": "y2"}),
                *(
                    # One is dashed, so that both show where they are one.
                    vega_layer("line", {"strokeWidth": 2, **dash}, side_points, x=x, y=y, color=colours)
                    for side_points, dash in zip(points_by_side, ({}, {"strokeDash": [7, 5]}), strict=True)
                ),
                *(transition_layers if clipped_marks else []),
                vega_layer(
                    "rule",
                    {"strokeWidth": 1.5},
                    x=quantitative_channel("x1", **x_options),
                    x2={"field": "x2"},
                    y=y,
                    color=colours,
                ),
                vega_layer(
                    "rule",
                    {"strokeWidth": 1.5},
                    x=x,
                    y=quantitative_channel("y1", **y_options),
                    y2={"field": "y2"},
                    color=colours,
                ),
                vega_layer(
                    "point", {"shape": "cross", "size": 150, "filled": True, "opacity": 1}, x=x, y=y, color=colours
                ),
                *_side_labels(crosses, x, y, colours),
            ],
            crosses,
            height,
        )

    return Chart(title, build_spec(280, 60), build_spec(240, 34))


def _side_labels(points: Sequence[VegaSpec], x: VegaSpec, y: VegaSpec, colours: VegaSpec) -> list[VegaSpec]:
    """The names of the sides beside their marks, one above and one below: equal ones must not cover each other."""
    labelled_points = [{**point, "name": clip_text(str(point["side"]), 20)} for point in points]
    text = {"field": "name"}
    return [
        vega_layer(
            "text", {"align": "left", "dx": 8, "dy": dy, "fontSize": 11}, [point], x=x, y=y, text=text, color=colours
        )
        for point, dy in zip(labelled_points, (-9, 12), strict=False)
    ]


def reassurance_band_chart(
    band: Sequence[tuple[float, float, float]], threshold: float | None, crosses: Sequence[SideEstimate], title: str
) -> Chart:
    """How large a first step tells the trustworthy from the others, over how much each is trusted.

    Args:
        band: Trust, and the least and the greatest step there.
        threshold: The trust from which no step is needed, if there is one.
        crosses: Each side's own estimates.
        title: For who cannot see it.
    """
    rows: list[VegaSpec] = [
        {"t": round(t, 4), "low": round(lo, 4), "high": round(hi, 4)} for t, lo, hi in band if lo < hi
    ]
    points: list[VegaSpec] = [
        {
            "t": round(cross.x, 4),
            "step": round(cross.y, 4),
            "t1": round(cross.x_spread[0], 4),
            "t2": round(cross.x_spread[1], 4),
            "s1": round(cross.y_spread[0], 4),
            "s2": round(cross.y_spread[1], 4),
            "side": cross.name,
        }
        for cross in crosses
    ]

    def build_spec(height: int) -> VegaSpec:
        x_options = {
            "scale": {"domain": [0, 1], "nice": False},
            "axis": {"title": "how far the other is trusted", "tickCount": 5},
        }
        y_options = {
            "scale": {"domain": [0, 1], "nice": False},
            "axis": {"title": "share at stake in the first step", "tickCount": 5},
        }
        colours = nominal_channel("side", [cross.name for cross in crosses], [cross.colour for cross in crosses])
        x, y = quantitative_channel("t", **x_options), quantitative_channel("step", **y_options)
        low = quantitative_channel("low", **y_options)
        layers = [
            *(
                [vega_layer("area", {"color": "@go", "opacity": 0.25}, rows, x=x, y=low, y2={"field": "high"})]
                if rows
                else []
            ),
            vega_layer(
                "rule",
                {"strokeWidth": 1.5},
                x=quantitative_channel("t1", **x_options),
                x2={"field": "t2"},
                y=y,
                color=colours,
            ),
            vega_layer(
                "rule",
                {"strokeWidth": 1.5},
                x=x,
                y=quantitative_channel("s1", **y_options),
                y2={"field": "s2"},
                color=colours,
            ),
            vega_layer("point", {"shape": "cross", "size": 150, "filled": True, "opacity": 1}, x=x, y=y, color=colours),
            *_side_labels(points, x, y, colours),
        ]
        if threshold is not None and threshold <= 1:
            layers.append(vega_layer("rule", {"strokeDash": [4, 3]}, [{"t": round(threshold, 4)}], x=x))
        return layered_chart(layers, points, height)

    return Chart(title, build_spec(280), build_spec(240))


def heat_map_chart(names: Sequence[str], scores: Sequence[Sequence[float]], title: str) -> Chart:
    """What each strategy, down, gets in a round against each other, across; the best first."""
    short_names = [f"{index + 1}: {clip_text(name, 24)}" for index, name in enumerate(names)]
    rows: list[VegaSpec] = [
        {"row": short_names[i], "column": short_names[j], "i": i, "j": j, "score": round(score, 4)}
        for i, score_row in enumerate(scores)
        for j, score in enumerate(score_row)
    ]

    def build_spec(cell_size: int) -> VegaSpec:
        axis = {"title": None, "labelLimit": 180}
        row_encoding: VegaSpec = {"field": "row", "type": "nominal", "sort": {"field": "i"}, "axis": axis}
        column_encoding: VegaSpec = {
            "field": "column",
            "type": "nominal",
            "sort": {"field": "j"},
            "axis": {**axis, "labelAngle": -90},
        }
        colour = quantitative_channel("score", scale={"scheme": "viridis"}, legend={"title": "score in a round"})
        return layered_chart(
            [vega_layer("rect", x=column_encoding, y=row_encoding, color=colour)], rows, cell_size * len(names)
        )

    return Chart(title, build_spec(16), build_spec(12))


def arms_race_chart(
    spending: Sequence[tuple[float, float, str]], colours: Mapping[str, str], unit: str, title: str
) -> Chart:
    """Spending of either side over the years."""
    rows: list[VegaSpec] = [{"year": year, "spends": round(value, 4), "side": side} for year, value, side in spending]

    def build_spec(height: int) -> VegaSpec:
        x = quantitative_channel("year", axis={"title": "years from now", "tickCount": 5})
        y = quantitative_channel("spends", axis={"title": unit, "tickCount": 5})
        side_colours = nominal_channel("side", list(colours), list(colours.values()))
        last_rows = [row for row in rows if row["year"] == rows[-1]["year"]]
        ordered_ends = sorted(last_rows, key=lambda row: -float(row["spends"]))
        text = {"field": "side"}
        names = [
            vega_layer(
                "text",
                {"align": "right", "dx": -4, "dy": dy, "fontSize": 11},
                [row],
                x=x,
                y=y,
                text=text,
                color=side_colours,
            )
            for row, dy in zip(ordered_ends, (-10, 14), strict=False)
        ]
        return layered_chart(
            [vega_layer("line", {"strokeWidth": 2}, x=x, y=y, color=side_colours), *names], rows, height
        )

    return Chart(title, build_spec(220), build_spec(200))
