"""The assessment inside a notebook: in short without scripts, or as the whole page in a frame."""

from __future__ import annotations

from detente.assessment.assess import Assessment
from detente.report.brief_words import (
    basis_sentences,
    changes_picture,
    confidence_sentences,
    options_told,
    years_line,
)
from detente.report.html import picture_macros, render_html
from detente.report.template_environment import template_environment
from detente.text.safe_text import clean_text

FRAME_HEIGHT = "48rem"
SANDBOX = "allow-scripts allow-downloads allow-modals"
"""What the page may do in its frame: run its scripts, save a table, show a dialog. Not reach the notebook."""


def render_frame(assessment: Assessment) -> str:
    """The whole page in a frame, with its levers at work."""
    from markupsafe import escape

    title = escape(assessment.loaded.case.title)
    style = f"width:100%;height:{FRAME_HEIGHT};border:1px solid #ccc"
    return (
        f'<iframe title="{title}" sandbox="{SANDBOX}" style="{style}" srcdoc="{escape(render_html(assessment))}">'
        "</iframe>"
    )


def render_notebook(assessment: Assessment) -> str:
    """An HTML fragment with its own small style."""
    brief = assessment.brief
    fragment = (
        template_environment()
        .get_template("notebook.html")
        .render(
            a=assessment,
            b=brief,
            years=years_line(assessment),
            case=assessment.loaded.case,
            draw=picture_macros(assessment).draw,
            picture=changes_picture(brief),
            confidence=confidence_sentences(brief.confidence) if brief.confidence else (),
            options=options_told(brief) if brief.options else "",
            basis=basis_sentences(assessment),
        )
    )
    return clean_text(fragment)
