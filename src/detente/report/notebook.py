"""The assessment inside a notebook: the same sentences, tables and pictures, without scripts."""

from __future__ import annotations

from detente.assessment.assess import Assessment
from detente.case.entries.entries import case_entries
from detente.report.html import template_environment
from detente.report.theme import LIGHT, fill_colours, render_svg
from detente.results.finding import Chart
from detente.text.safe_text import clean_text


def render_notebook(assessment: Assessment) -> str:
    """An HTML fragment with its own small style."""
    template = template_environment().get_template("notebook.html")
    fragment = template.render(
        a=assessment,
        case=assessment.loaded.case,
        known=case_entries(assessment.loaded.case),
        svg=chart_svg,
    )
    return clean_text(fragment)


def chart_svg(chart: Chart) -> str:
    """The wide picture as SVG, for light paper."""
    from markupsafe import Markup

    # Markup: vl-convert escapes what it draws.
    return Markup(render_svg(fill_colours(chart.wide, LIGHT) | {"width": 720}))  # noqa: S704
