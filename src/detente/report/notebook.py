"""The assessment inside a notebook: the same sentences, tables and pictures, without scripts."""

from __future__ import annotations

from detente.assessment.assess import Assessment
from detente.case.index.entries import entries
from detente.report.html import environment, rows
from detente.report.theme import LIGHT, coloured, svg_of
from detente.results.finding import Chart


def fragment(assessment: Assessment) -> str:
    """An HTML fragment with its own small style."""
    template = environment().get_template("notebook.html")
    return template.render(
        a=assessment, case=assessment.loaded.case, known=entries(assessment.loaded.case), rows=rows, svg=svg
    )


def svg(chart: Chart) -> str:
    """The wide picture as SVG, for light paper."""
    from markupsafe import Markup

    # Markup: vl-convert escapes what it draws.
    return Markup(svg_of(coloured(chart.wide, LIGHT) | {"width": 720}))  # noqa: S704
