"""The assessment inside a notebook: the same sentences, tables and pictures, without scripts."""

from __future__ import annotations

from detente.assessment import Assessment
from detente.case.entries import entries
from detente.report.page import environment, rows
from detente.report.theme import LIGHT, coloured
from detente.section import Chart


def fragment(assessment: Assessment) -> str:
    """An HTML fragment with its own small style."""
    template = environment().get_template("notebook.html")
    return template.render(
        a=assessment, case=assessment.loaded.case, known=entries(assessment.loaded.case), rows=rows, svg=svg
    )


def svg(chart: Chart) -> str:
    """The wide picture as SVG, for light paper."""
    import vl_convert
    from markupsafe import Markup

    spec = coloured(chart.wide, LIGHT) | {"width": 720}
    return Markup(vl_convert.vegalite_to_svg(spec, vl_version="6.4"))  # noqa: S704 - vl-convert escapes what it draws
