"""Pictures of the anarchy room: payoff matrices, patience needed and there, maps, the band of reassurance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from detente.results.finding import Chart
from detente.results.vega import Dict, category, chart, layer, quantity
from detente.text.english import clipped, within
from detente.text.number_format import number

ROW = 26
VIEW_SHAPES = ("circle", "square", "diamond", "triangle-up", "triangle-down", "cross")
"""The mark of each theory."""
BARE: Dict = {"axis": None, "scale": {"nice": False, "zero": False}}


@dataclass(frozen=True)
class Matrix:
    """A two-by-two game to be drawn: over what, by whom, which game, payoffs and equilibria by row and column move."""

    over: str
    by: str
    named: str
    cells: Sequence[tuple[int, int, str, bool]]
    """Row's move, column's move, the two payoffs in words, whether it is an equilibrium."""


def matrices_chart(matrices: Sequence[Matrix], sides: tuple[str, str]) -> Chart:
    """Payoff matrices side by side, one row of them for each game."""
    rows = list(dict.fromkeys(m.over for m in matrices))
    across = max(sum(m.over == name for m in matrices) for name in rows)

    def drawn(columns: int, letters: int) -> Dict:
        cells: list[Dict] = []
        heads: list[Dict] = []
        down = 0.0
        for name in rows:
            group = [m for m in matrices if m.over == name]
            for at, one in enumerate(group):
                left, top = at % columns * 2.6, down + at // columns * 3.6
                if at == 0:
                    heads.append({"x": 0, "y": top - 1.45, "text": clipped(name, letters * columns), "kind": "over"})
                heads.append({"x": left, "y": top - 0.85, "text": clipped(one.by, letters), "kind": "by"})
                heads.append({"x": left, "y": top - 0.35, "text": clipped(one.named, letters), "kind": "named"})
                for i, j, payoffs, stable in one.cells:
                    cells.append(
                        {
                            "x": left + j * 1.15,
                            "x2": left + (j + 1) * 1.15,
                            "y": top + i,
                            "y2": top + i + 1,
                            "mx": left + (j + 0.5) * 1.15,
                            "my": top + i + 0.5,
                            "text": payoffs,
                            "stable": "yes" if stable else "no",
                            "move": ("C" if i == 0 else "D") + ("C" if j == 0 else "D"),
                        }
                    )
            down += ((len(group) - 1) // columns + 1) * 3.6 + 0.7
        x_scale = {"domain": [-0.05, columns * 2.6 - 0.2], "nice": False, "zero": False}
        y_scale = {"domain": [down - 1.9, -1.8], "nice": False, "zero": False}
        x, y = quantity("x", axis=None, scale=x_scale), quantity("y", axis=None, scale=y_scale)
        mx, my = quantity("mx", axis=None, scale=x_scale), quantity("my", axis=None, scale=y_scale)
        stroke = {**category("stable", ("yes", "no"), ("@ink", "@line"))}
        fill = category("stable", ("yes", "no"), ("@u", "@paper"))
        text = {"field": "text"}
        layers = [
            layer(
                "rect",
                {"strokeWidth": 1.2, "fillOpacity": 0.25},
                x=x,
                x2={"field": "x2"},
                y=y,
                y2={"field": "y2"},
                stroke=stroke,
                fill=fill,
            ),
            layer("text", {"fontSize": 11}, x=mx, y=my, text=text),
            *(
                layer("text", {"align": "left", **style}, heads, f"datum.kind === '{kind}'", x=x, y=y, text=text)
                for kind, style in (
                    ("over", {"fontSize": 13, "fontWeight": "bold"}),
                    ("by", {"fontSize": 11, "color": "@soft"}),
                    ("named", {"fontSize": 12}),
                )
            ),
        ]
        return chart(layers, cells, round(27 * (down - 0.1)))

    spoken = "; ".join(f"{m.over}, {m.by}: {m.named}" for m in matrices)
    said = f"Payoff matrices: rows are the moves of {sides[0]}, columns those of {sides[1]}, cooperating first"
    return Chart(f"{said}. {spoken}.", drawn(min(across, 3), 44 if across > 2 else 60), drawn(1, 44))


@dataclass(frozen=True)
class Needs:
    """What patience a game needs by a theory: low, middle and high, the last of which may be beyond 1."""

    game: str
    by: str
    low: float
    middle: float
    high: float


def patience_chart(needs: Sequence[Needs], there: Mapping[str, tuple[float, float]]) -> Chart:
    """The patience that each game needs by each theory, and what there is of it as a band behind."""
    views = list(dict.fromkeys(one.by for one in needs))
    games = list(dict.fromkeys(one.game for one in needs))
    short = {name: f"{at + 1}: {clipped(name, 14)}" for at, name in enumerate(games)}
    rows: list[Dict] = [
        {
            "game": one.game,
            "short": short[one.game],
            "by": one.by,
            "low": round(min(one.low, 1.0), 4),
            "middle": round(min(one.middle, 1.0), 4),
            "high": round(min(one.high, 1.0), 4),
        }
        for one in needs
    ]
    bands: list[Dict] = [
        {"game": name, "short": short[name], "low": round(low, 4), "high": round(high, 4)}
        for name, (low, high) in there.items()
    ]

    def drawn(named: str, letters: int) -> Dict:
        axis = {"labelLimit": letters, "title": None}
        down: Dict = {"field": named, "type": "nominal", "sort": None, "axis": axis}
        beside: Dict = {"field": "by", "type": "nominal", "sort": views}
        title = {"title": "patience", "tickCount": 5}
        across = quantity("low", axis=title, scale={"domain": [0, 1]})
        to = {"field": "high"}
        shapes = category("by", views, [VIEW_SHAPES[at % len(VIEW_SHAPES)] for at in range(len(views))])
        least = quantity("middle", axis=title, scale={"domain": [0, 1]})
        return chart(
            [
                layer("bar", {"color": "@u", "opacity": 0.3}, bands, y=down, x=across, x2=to),
                layer(
                    "rule", {"strokeWidth": 2, "opacity": 0.6, "color": "@ink"}, y=down, yOffset=beside, x=across, x2=to
                ),
                layer(
                    "point", {"filled": True, "size": 80, "opacity": 1}, y=down, yOffset=beside, x=least, shape=shapes
                ),
            ],
            rows,
            ROW * len(needs) + 10,
        )

    spoken = "; ".join(f"{one.game}, {one.by}: {_patient(one.middle)}" for one in needs)
    return Chart(
        f"Patience needed ({shapes_told(needs)}), and what there is (grey). {spoken}.",
        drawn("game", 200),
        drawn("short", 110),
    )


def shapes_told(needs: Sequence[Needs]) -> str:
    """Which mark stands for which theory."""
    views = list(dict.fromkeys(one.by for one in needs))
    return ", ".join(f"{VIEW_SHAPES[at % len(VIEW_SHAPES)]}: {within(view)}" for at, view in enumerate(views))


def _patient(x: float) -> str:
    return number(x) if x < 1 else "no patience is enough"


@dataclass(frozen=True)
class Estimated:
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


def lasting_map(
    boundaries: Sequence[Boundary],
    estimates: Sequence[Estimated],
    turns: Sequence[tuple[float, str]],
    most: float,
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
    both = [max(ys) for ys in zip(*([y for _, y in one.points] for one in boundaries), strict=True)]
    xs = [x for x, _ in boundaries[0].points]
    lasting: list[Dict] = [{"x": round(x, 4), "y": round(min(y, 1), 4), "y2": 1} for x, y in zip(xs, both, strict=True)]
    axes = ("concern for relative gains", "patience")
    lines: list[Dict] = [
        {"x": round(x, 4), "y": round(min(y, 1), 4), "side": one.name} for one in boundaries for x, y in one.points
    ]
    crosses: list[Dict] = [
        {
            "x": round(min(one.x, most), 4),
            "y": round(one.y, 4),
            "x1": round(min(one.x_spread[0], most), 4),
            "x2": round(min(one.x_spread[1], most), 4),
            "y1": round(one.y_spread[0], 4),
            "y2": round(one.y_spread[1], 4),
            "side": one.name,
        }
        for one in estimates
    ]
    marks: list[Dict] = [{"x": round(x, 4), "y": 0.02 + 0.06 * at, "text": name} for at, (x, name) in enumerate(turns)]

    def drawn(height: int, letters: int) -> Dict:
        across = {"scale": {"domain": [0, round(most, 4)], "nice": False}, "axis": {"title": axes[0], "tickCount": 5}}
        up = {"scale": {"domain": [0, 1], "nice": False}, "axis": {"title": axes[1], "tickCount": 5}}
        x, y = quantity("x", **across), quantity("y", **up)
        names = [one.name for one in boundaries]
        colours = category("side", names, [one.colour for one in boundaries])
        told = [{**mark, "text": clipped(str(mark["text"]), letters)} for mark in marks]
        # An empty layer would be a picture of nothing to a screen reader.
        by_side = [[point for point in lines if point["side"] == name] for name in names]
        turning = [
            layer("rule", {"strokeDash": [2, 3]}, told, x=x),
            layer("text", {"align": "left", "dx": 3, "fontSize": 11}, told, x=x, y=y, text={"field": "text"}),
        ]
        return chart(
            [
                layer("area", {"color": "@go", "opacity": 0.16}, lasting, x=x, y=y, y2={"field": "y2"}),
                *(
                    # One is dashed, so that both show where they are one.
                    layer("line", {"strokeWidth": 2, **dash}, of_side, x=x, y=y, color=colours)
                    for of_side, dash in zip(by_side, ({}, {"strokeDash": [7, 5]}), strict=True)
                ),
                *(turning if told else []),
                layer("rule", {"strokeWidth": 1.5}, x=quantity("x1", **across), x2={"field": "x2"}, y=y, color=colours),
                layer("rule", {"strokeWidth": 1.5}, x=x, y=quantity("y1", **up), y2={"field": "y2"}, color=colours),
                layer("point", {"shape": "cross", "size": 150, "filled": True, "opacity": 1}, x=x, y=y, color=colours),
                *_named(crosses, x, y, colours),
            ],
            crosses,
            height,
        )

    return Chart(title, drawn(280, 60), drawn(240, 34))


def _named(points: Sequence[Dict], x: Dict, y: Dict, colours: Dict) -> list[Dict]:
    """The names of the sides beside their marks, one above and one below: equal ones must not cover each other."""
    named = [{**point, "name": clipped(str(point["side"]), 20)} for point in points]
    text = {"field": "name"}
    return [
        layer("text", {"align": "left", "dx": 8, "dy": dy, "fontSize": 11}, [point], x=x, y=y, text=text, color=colours)
        for point, dy in zip(named, (-9, 12), strict=False)
    ]


def band_chart(
    band: Sequence[tuple[float, float, float]], threshold: float | None, crosses: Sequence[Estimated], title: str
) -> Chart:
    """How large a first step tells the trustworthy from the others, over how much each is trusted.

    Args:
        band: Trust, and the least and the greatest step there.
        threshold: The trust from which no step is needed, if there is one.
        crosses: Each side's own estimates.
        title: For who cannot see it.
    """
    rows: list[Dict] = [{"t": round(t, 4), "low": round(lo, 4), "high": round(hi, 4)} for t, lo, hi in band if lo < hi]
    points: list[Dict] = [
        {
            "t": round(one.x, 4),
            "step": round(one.y, 4),
            "t1": round(one.x_spread[0], 4),
            "t2": round(one.x_spread[1], 4),
            "s1": round(one.y_spread[0], 4),
            "s2": round(one.y_spread[1], 4),
            "side": one.name,
        }
        for one in crosses
    ]

    def drawn(height: int) -> Dict:
        across = {
            "scale": {"domain": [0, 1], "nice": False},
            "axis": {"title": "how far the other is trusted", "tickCount": 5},
        }
        up = {
            "scale": {"domain": [0, 1], "nice": False},
            "axis": {"title": "share at stake in the first step", "tickCount": 5},
        }
        colours = category("side", [one.name for one in crosses], [one.colour for one in crosses])
        x, y = quantity("t", **across), quantity("step", **up)
        low = quantity("low", **up)
        layers = [
            *(
                [layer("area", {"color": "@go", "opacity": 0.25}, rows, x=x, y=low, y2={"field": "high"})]
                if rows
                else []
            ),
            layer("rule", {"strokeWidth": 1.5}, x=quantity("t1", **across), x2={"field": "t2"}, y=y, color=colours),
            layer("rule", {"strokeWidth": 1.5}, x=x, y=quantity("s1", **up), y2={"field": "s2"}, color=colours),
            layer("point", {"shape": "cross", "size": 150, "filled": True, "opacity": 1}, x=x, y=y, color=colours),
            *_named(points, x, y, colours),
        ]
        if threshold is not None and threshold <= 1:
            layers.append(layer("rule", {"strokeDash": [4, 3]}, [{"t": round(threshold, 4)}], x=x))
        return chart(layers, points, height)

    return Chart(title, drawn(280), drawn(240))


def heat_map(names: Sequence[str], scores: Sequence[Sequence[float]], title: str) -> Chart:
    """What each strategy, down, gets in a round against each other, across; the best first."""
    short = [f"{at + 1}: {clipped(name, 24)}" for at, name in enumerate(names)]
    rows: list[Dict] = [
        {"row": short[i], "column": short[j], "i": i, "j": j, "score": round(score, 4)}
        for i, line in enumerate(scores)
        for j, score in enumerate(line)
    ]

    def drawn(step: int) -> Dict:
        axis = {"title": None, "labelLimit": 180}
        down: Dict = {"field": "row", "type": "nominal", "sort": {"field": "i"}, "axis": axis}
        across: Dict = {
            "field": "column",
            "type": "nominal",
            "sort": {"field": "j"},
            "axis": {**axis, "labelAngle": -90},
        }
        colour = quantity("score", scale={"scheme": "viridis"}, legend={"title": "score in a round"})
        return chart([layer("rect", x=across, y=down, color=colour)], rows, step * len(names))

    return Chart(title, drawn(16), drawn(12))


def course_chart(
    course: Sequence[tuple[float, float, str]], colours: Mapping[str, str], unit: str, title: str
) -> Chart:
    """Spending of either side over the years."""
    rows: list[Dict] = [{"year": year, "spends": round(value, 4), "side": side} for year, value, side in course]

    def drawn(height: int) -> Dict:
        x = quantity("year", axis={"title": "years from now", "tickCount": 5})
        y = quantity("spends", axis={"title": unit, "tickCount": 5})
        shades = category("side", list(colours), list(colours.values()))
        last = [row for row in rows if row["year"] == rows[-1]["year"]]
        ends = sorted(last, key=lambda row: -float(row["spends"]))
        text = {"field": "side"}
        names = [
            layer(
                "text", {"align": "right", "dx": -4, "dy": dy, "fontSize": 11}, [row], x=x, y=y, text=text, color=shades
            )
            for row, dy in zip(ends, (-10, 14), strict=False)
        ]
        return chart([layer("line", {"strokeWidth": 2}, x=x, y=y, color=shades), *names], rows, height)

    return Chart(title, drawn(220), drawn(200))
