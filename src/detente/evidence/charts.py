"""Pictures of the evidence room."""

from __future__ import annotations

from detente.case.schema import Case
from detente.evidence.congruence import Tally
from detente.section import Chart
from detente.vega import Dict, category, chart, layer, quantity
from detente.words import number


def tally_chart(case: Case, title: str, tallies: list[Tally]) -> Chart:
    """The sums of each theory over what a secondary reading counts, as lines with their names at the end.

    `tallies` begins with the case's own treatment, which a dashed line marks.
    """
    ordered = sorted(tallies, key=lambda found: found.s)
    rows = [
        {"s": float(found.s), "theory": case.theories[name].name, "sum": float(score)}
        for found in ordered
        for name, score in found.scores.items()
    ]
    spoken = "; ".join(
        f"at {number(found.s)}: " + ", ".join(f"{case.theories[t].name} {number(v)}" for t, v in found.scores.items())
        for found in ordered
    )
    low, high = float(ordered[0].s), float(ordered[-1].s)
    axis = {"values": [float(found.s) for found in ordered], "format": ".2~f", "grid": False}
    scale = {"domain": [low, high], "nice": False}
    x = quantity("s", title="what a secondary reading counts", axis=axis, scale=scale)
    y = quantity("sum", axis={"tickMinStep": 1}, scale={"zero": True})
    theory = category("theory")
    layers = [
        layer("rule", {"strokeDash": [2, 3]}, data=[{"s": float(tallies[0].s)}], x=x),
        layer("line", {"strokeWidth": 2}, x=x, y=y, strokeDash=theory),
        layer("point", {"filled": True, "size": 60, "opacity": 1}, x=x, y=y, shape=theory),
        layer("text", {"align": "left", "dx": 9}, data=_names(rows, high), x=x, y=y, text={"field": "theory"}),
    ]
    return Chart(f"{title}: sum of each theory by what a secondary reading counts. {spoken}.", *_sizes(layers, rows))


def _names(rows: list[Dict], high: float) -> list[Dict]:
    """The name of each theory at the end of its line; theories that end together share one."""
    ends: dict[float, list[str]] = {}
    for row in rows:
        if row["s"] == high:
            ends.setdefault(row["sum"], []).append(row["theory"])
    return [{"s": high, "sum": total, "theory": ", ".join(names)} for total, names in ends.items()]


def _sizes(layers: list[Dict], rows: list[Dict]) -> tuple[Dict, Dict]:
    padding = {"left": 5, "top": 5, "bottom": 5, "right": 9 * max(len(row["theory"]) for row in rows) + 15}
    return chart(layers, rows, 190, padding=padding), chart(layers, rows, 210, padding=padding)
