"""Channels as networks: who is linked to whom, and what passes between them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from detente.results.finding import Chart
from detente.results.vega import VegaSpec, layered_chart, nominal_channel, quantitative_channel, vega_layer
from detente.text.english import clip_text, join_words, without_article

MOST_TITLE_LETTERS = 42
"""Letters of a line of a title on a narrow page."""


@dataclass(frozen=True)
class NetworkPanel:
    """One network to be drawn."""

    title: str
    actor_names: Mapping[int, str]
    positions: Sequence[tuple[float, float]]
    hidden_actors: frozenset[int]
    """Actors that are part of what another stands for."""
    links: Sequence[tuple[int, int, float, bool]]
    """Both ends, what passes between them, and whether the link would be displaced."""
    brokers: frozenset[int]


def networks_chart(panels: Sequence[NetworkPanel], title: str) -> Chart:
    """Networks side by side, or one below the other on a narrow page."""
    descriptions = "; ".join(f"{panel.title}: {join_words(_linked_pairs(panel)) or 'no links'}" for panel in panels)
    return Chart(f"{title}. {descriptions}.", _networks_spec(panels, 2, 230), _networks_spec(panels, 1, 210))


def _linked_pairs(panel: NetworkPanel) -> list[str]:
    return [
        f"{panel.actor_names[a]} with {panel.actor_names[b]}" for a, b, _, displaced in panel.links if not displaced
    ]


def _title_lines(title: str) -> str:
    """A title for a narrow page: on a line of its own, the way a channel is run, where it has one."""
    return "\n".join(clip_text(line, MOST_TITLE_LETTERS) for line in title.replace(" (", "\n(", 1).split("\n"))


def _networks_spec(panels: Sequence[NetworkPanel], columns: int, height: int) -> VegaSpec:
    panel_width, panel_height = 5.2, 3.4
    nodes: list[VegaSpec] = []
    links: list[VegaSpec] = []
    titles: list[VegaSpec] = []
    for index, panel in enumerate(panels):
        x_offset, y_offset = panel_width * (index % columns), panel_height * (index // columns)
        lines = _title_lines(panel.title) if columns == 1 else clip_text(panel.title, 60)
        titles.append({"x": x_offset - 2.5, "y": -y_offset + 1.75, "text": lines})
        position_by_actor = {
            actor: (round(x_offset + x, 3), round(y - y_offset, 3)) for actor, (x, y) in enumerate(panel.positions)
        }
        for actor, name in panel.actor_names.items():
            if actor not in panel.hidden_actors:
                kind, size = ("broker", 190) if actor in panel.brokers else ("other", 50)
                node_position = {"x": position_by_actor[actor][0], "y": position_by_actor[actor][1]}
                nodes.append(
                    {**node_position, "name": clip_text(without_article(name), 16), "kind": kind, "size": size}
                )
        for a, b, share, displaced in panel.links:
            ends = {
                "x": position_by_actor[a][0],
                "y": position_by_actor[a][1],
                "x2": position_by_actor[b][0],
                "y2": position_by_actor[b][1],
            }
            links.append({**ends, "width": round(share, 4), "kind": "displaced" if displaced else "kept"})
    rows = -(-len(panels) // columns)
    x = quantitative_channel("x", axis=None, scale={"domain": [-2.6, panel_width * (columns - 1) + 2.6], "nice": False})
    y = quantitative_channel("y", axis=None, scale={"domain": [-panel_height * (rows - 1) - 1.5, 1.95], "nice": False})
    widest = max((link["width"] for link in links), default=0) or 1
    width_channel = quantitative_channel("width", legend=None, scale={"domain": [0, widest], "range": [1, 9]})
    dash_channel = nominal_channel(
        "kind", legend=None, scale={"domain": ["kept", "displaced"], "range": [[1, 0], [3, 4]]}
    )
    size_channel = quantitative_channel("size", legend=None, scale=None)
    colour_channel = nominal_channel("kind", ("other", "broker"), ("@ink", "@b"))
    x2_channel, y2_channel, name_channel = {"field": "x2"}, {"field": "y2"}, {"field": "name"}
    line = {"opacity": 0.45, "strokeCap": "round"}
    bold = {"align": "left", "fontSize": 12, "fontWeight": "bold", "lineBreak": "\n"}
    layers = [
        vega_layer(
            "rule",
            line,
            links,
            x=x,
            y=y,
            x2=x2_channel,
            y2=y2_channel,
            strokeWidth=width_channel,
            strokeDash=dash_channel,
        ),
        vega_layer("point", {"filled": True, "opacity": 1}, x=x, y=y, size=size_channel, color=colour_channel),
        vega_layer("text", {"dy": -12, "fontSize": 11}, x=x, y=y, text=name_channel),
        vega_layer("text", bold, titles, x=x, y=y, text={"field": "text"}),
    ]
    return layered_chart(layers, nodes, height * rows)
