"""The assessment inside a notebook: the brief, what each chapter finds, and its tables, without scripts."""

from __future__ import annotations

from detente.assessment.assess import Assessment
from detente.report.brief_words import (
    basis_sentences,
    changes_picture,
    confidence_sentences,
    options_told,
    years_line,
)
from detente.report.html import picture_macros
from detente.report.template_environment import template_environment
from detente.text.safe_text import clean_text


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
