"""Pictures of the evidence room."""

from __future__ import annotations

from detente.case.schema import Case
from detente.evidence.congruence import Tally
from detente.section import Chart
from detente.vega import Dict, category, chart, layer, quantity
from detente.words import clipped, number

MOST_LINES = 6
MOST_LETTERS = 34


def tally_chart(case: Case, title: str, tallies: list[Tally]) -> Chart | None:
    """The sums of each theory over what a secondary reading counts, as lines with their names at the end.

    `tallies` begins with the case's own treatment, which a dashed line marks. More theories than can be told
    apart have no picture.
    """
    if len(case.theories) > MOST_LINES:
        return None
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
    # Names stand where the lines can be told apart: at the right end, or at the left if they end together.
    apart = len(set(ordered[-1].scores.values())) == len(ordered[-1].scores)
    ends = _names(rows, high if apart else low)
    layers = [
        layer("rule", {"strokeDash": [2, 3]}, data=[{"s": float(tallies[0].s)}], x=x),
        layer("line", {"strokeWidth": 2}, x=x, y=y, strokeDash=theory),
        layer("point", {"filled": True, "size": 60, "opacity": 1}, x=x, y=y, shape=theory),
    ]

    def named(style: Dict, room: float) -> Dict:
        """With the names beside the ends of the lines, or over them."""
        names = layer("text", style, data=ends, x=x, y=y, text={"field": "theory"})
        padding = {"left": 5, "top": 12, "bottom": 5, "right": room}
        return chart([*layers, names], rows, 200, padding=padding)

    under_start = {"align": "left", "dx": 8, "dy": 13}  # below: sums only rise
    longest = max(len(end["theory"]) for end in ends)
    return Chart(
        f"{title}: sum of each theory by what a secondary reading counts. {spoken}.",
        wide=named({"align": "left", "dx": 9} if apart else under_start, 8 * longest + 15 if apart else 8),
        narrow=named({"align": "right", "dx": 4, "dy": -11} if apart else under_start, 8),
    )


def _names(rows: list[Dict], at: float) -> list[Dict]:
    """The name of each theory at one end of its line; theories that stand level there share one."""
    ends: dict[float, list[str]] = {}
    for row in rows:
        if row["s"] == at:
            ends.setdefault(row["sum"], []).append(row["theory"])
    return [{"s": at, "sum": total, "theory": clipped(", ".join(names), MOST_LETTERS)} for total, names in ends.items()]
