"""Spending in an arms race, over the years."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from detente.results.finding import Chart
from detente.results.vega import VegaSpec, layered_chart, nominal_channel, quantitative_channel, vega_layer


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
