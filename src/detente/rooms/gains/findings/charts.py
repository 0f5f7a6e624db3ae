"""Pictures of the channels room: gains as dots with their spread, channels as networks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from detente.case.index.membership import case_sides
from detente.results.finding import Chart
from detente.results.vega import VegaSpec, layered_chart, nominal_channel, quantitative_channel, vega_layer
from detente.rooms.gains.findings.labels import Names, answering, percent
from detente.rooms.gains.model.model import Form, Run
from detente.rooms.gains.model.results import Year
from detente.text.english import clip_text, join_words
from detente.text.number_format import format_number

SHAPES: dict[Form, str] = {"hub": "circle", "collegiate": "diamond"}
"""The mark of each form."""
ROW = 34


def gains_chart(year: Year, runs: Sequence[Run], names: Names) -> Chart:
    """Each actor's mean gain with its spread, one mark for each way the channel is run."""
    ways = [names.form(year.arena, run) or names.channel(run.channel) for run in runs]
    answer = answering(year.model.case, year.arena)
    between = case_sides(year.model.case)
    offer = year.arena.of(between[0]) if between else []
    rows: list[VegaSpec] = []
    for at, actor in enumerate(year.arena.actors):
        for run, way in zip(runs, ways, strict=True):
            outcome = year.outcomes[run]
            low, high = outcome.spread[:, at]
            rows.append(
                {
                    "n": at,
                    "name": names.party(actor),
                    "short": clip_text(names.party(actor), 14),
                    "form": run.form,
                    "way": way,
                    "gain": percent(outcome.mean[at]),
                    "low": percent(low),
                    "high": percent(high),
                    "side": "answers" if at in answer else "offers" if at in offer else "other",
                }
            )
    colours = nominal_channel("side", ("answers", "offers", "other"), ("@a", "@b", "@ink"))
    forms = [run.form for run in runs]
    shapes = nominal_channel("form", forms, [SHAPES[form] for form in forms])

    def drawn(named: str, letters: int) -> VegaSpec:
        """With actors named at length or in short."""
        axis = {"labelLimit": letters, "title": None}
        down: VegaSpec = {"field": named, "type": "nominal", "sort": {"field": "n"}, "axis": axis}
        beside: VegaSpec = {"field": "form", "type": "nominal", "sort": forms}
        across = quantitative_channel("low", axis={"title": "gain, % of all at stake", "tickCount": 7})
        to, mean = {"field": "high"}, quantitative_channel("gain")
        line, dot = {"strokeWidth": 2, "opacity": 0.6}, {"filled": True, "size": 80, "opacity": 1}
        layers = [
            vega_layer("rule", {"strokeDash": [2, 3]}, data=[{"low": 0}], x=across),
            vega_layer("rule", line, y=down, yOffset=beside, x=across, x2=to, color=colours),
            vega_layer("point", dot, y=down, yOffset=beside, x=mean, color=colours, shape=shapes),
        ]
        return layered_chart(layers, rows, ROW * year.arena.n)

    spoken = "; ".join(
        f"{row['name']}, {row['way']}: {format_number(row['gain'])} ({format_number(row['low'])} to {format_number(row['high'])})"
        for row in rows
    )
    title = "Gains in per cent of all that is at stake, with 5 to 95 of 100 draws"
    return Chart(f"{title}. {spoken}.", drawn("name", 200), drawn("short", 90))


@dataclass(frozen=True)
class Panel:
    """One network to be drawn."""

    title: str
    names: Mapping[int, str]
    places: Sequence[tuple[float, float]]
    hidden: frozenset[int]
    """Actors that are part of what another stands for."""
    links: Sequence[tuple[int, int, float, bool]]
    """Both ends, what passes between them, and whether the link would be displaced."""
    brokers: frozenset[int]


def networks_chart(panels: Sequence[Panel], title: str) -> Chart:
    """Networks side by side, or one below the other on a narrow page."""
    spoken = "; ".join(f"{panel.title}: {join_words(_linked(panel)) or 'no links'}" for panel in panels)
    return Chart(f"{title}. {spoken}.", _networks(panels, 2, 230), _networks(panels, 1, 210))


def _linked(panel: Panel) -> list[str]:
    return [f"{panel.names[a]} with {panel.names[b]}" for a, b, _, displaced in panel.links if not displaced]


def _networks(panels: Sequence[Panel], columns: int, height: int) -> VegaSpec:
    wide, high = 5.2, 3.4
    nodes: list[VegaSpec] = []
    links: list[VegaSpec] = []
    titles: list[VegaSpec] = []
    for index, panel in enumerate(panels):
        right, down = wide * (index % columns), high * (index // columns)
        titles.append({"x": right - 2.5, "y": -down + 1.55, "text": clip_text(panel.title, 60)})
        at = {actor: (round(right + x, 3), round(y - down, 3)) for actor, (x, y) in enumerate(panel.places)}
        for actor, name in panel.names.items():
            if actor not in panel.hidden:
                kind, size = ("broker", 190) if actor in panel.brokers else ("other", 50)
                place = {"x": at[actor][0], "y": at[actor][1]}
                nodes.append({**place, "name": clip_text(name, 16), "kind": kind, "size": size})
        for a, b, passing, displaced in panel.links:
            ends = {"x": at[a][0], "y": at[a][1], "x2": at[b][0], "y2": at[b][1]}
            links.append({**ends, "width": round(passing, 4), "kind": "displaced" if displaced else "kept"})
    rows = -(-len(panels) // columns)
    x = quantitative_channel("x", axis=None, scale={"domain": [-2.6, wide * (columns - 1) + 2.6], "nice": False})
    y = quantitative_channel("y", axis=None, scale={"domain": [-high * (rows - 1) - 1.5, 1.75], "nice": False})
    most = max((link["width"] for link in links), default=0) or 1
    width = quantitative_channel("width", legend=None, scale={"domain": [0, most], "range": [1, 9]})
    dash = nominal_channel("kind", legend=None, scale={"domain": ["kept", "displaced"], "range": [[1, 0], [3, 4]]})
    big = quantitative_channel("size", legend=None, scale=None)
    colour = nominal_channel("kind", ("other", "broker"), ("@ink", "@b"))
    to_x, to_y, named = {"field": "x2"}, {"field": "y2"}, {"field": "name"}
    line = {"opacity": 0.45, "strokeCap": "round"}
    bold = {"align": "left", "fontSize": 12, "fontWeight": "bold"}
    layers = [
        vega_layer("rule", line, links, x=x, y=y, x2=to_x, y2=to_y, strokeWidth=width, strokeDash=dash),
        vega_layer("point", {"filled": True, "opacity": 1}, x=x, y=y, size=big, color=colour),
        vega_layer("text", {"dy": -12, "fontSize": 11}, x=x, y=y, text=named),
        vega_layer("text", bold, titles, x=x, y=y, text={"field": "text"}),
    ]
    return layered_chart(layers, nodes, height * rows)
