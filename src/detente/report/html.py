"""The assessment as one self-contained HTML page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, Any

from detente.assessment.assess import Assessment
from detente.case.entries.core_kinds import registry_of
from detente.case.entries.entries import case_entries
from detente.case.entries.references import entry_references
from detente.case.entries.registry import CaseEntry
from detente.case.index.source_texts import TextsById, format_locator, passage_text
from detente.case.schema.base import ID_PATTERN
from detente.report.table_view import table_view
from detente.report.theme import DARK, LIGHT, complete_spec
from detente.report.vega_bundle import compress_to_base64, vega_javascript
from detente.results.finding import Section, chart_year, table_year
from detente.text.dates import format_period
from detente.text.english import count_noun
from detente.text.safe_text import clean_json, clean_text
from detente.text.standings import GRADE_MEANINGS
from detente.text.years import numbers_note, with_year

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup


@cache
def template_environment() -> Environment:
    """The templates, with every value escaped."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    env = Environment(
        loader=PackageLoader("detente.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters["linked"] = link_ids
    env.globals |= {
        "count": count_noun,
        "period": format_period,
        "table_view": table_view,
        "chart_year": chart_year,
        "table_year": table_year,
        "numbers_note": numbers_note,
        "with_year": with_year,
    }
    return env


_HYPHENATED_ID = re.compile(rf"(?=[a-z0-9.]+-){ID_PATTERN}")


def link_ids(text: str, entries_by_id: Mapping[str, CaseEntry]) -> Markup:
    """Text with the ids in it as links: those with a hyphen, since others are also words."""
    from markupsafe import Markup, escape

    def link(match: re.Match[str]) -> str:
        id = match.group()
        return Markup('<a href="#id-{0}">{0}</a>').format(id) if id in entries_by_id else id

    # Ids hold nothing that escaping would change, so they are still whole in the escaped text.
    return Markup(_HYPHENATED_ID.sub(link, str(escape(text))))  # noqa: S704 - escaped before the links go in


def render_html(assessment: Assessment, texts: TextsById | None = None) -> str:
    """The whole page as text.

    Args:
        assessment: What to show.
        texts: The user's copies of the documents, from `find_document_texts`; their passages stand beside what rests
            on them.
    """

    charts = {
        f"{section.id}-{finding.id}": {
            "wide": complete_spec(finding.chart.wide),
            "narrow": complete_spec(finding.chart.narrow),
        }
        for section in assessment.sections
        for finding in section.findings
        if finding.chart
    }
    template = template_environment().get_template("page.html")
    loaded = assessment.loaded
    page = template.render(
        a=assessment,
        case=loaded.case,
        loaded=loaded,
        known=case_entries(loaded.case),
        methods=section_methods,
        standings=GRADE_MEANINGS,
        register=list(_entry_register(assessment, texts or {})),
        touched=_touched_contradictions(assessment),
        quoting=sorted(texts or ()),
        light=_css_variables(LIGHT),
        dark=_css_variables(DARK),
        charts=compress_to_base64(clean_json(charts)) if charts else None,
        bundle=vega_javascript() if charts else None,
    )
    return clean_text(page)


def _css_variables(colours: dict[str, str]) -> Markup:
    from markupsafe import Markup

    return Markup("".join(f"--{name}:{colour};" for name, colour in colours.items()))  # noqa: S704 - our own constants


def section_methods(section: Section) -> list[str]:
    """How a section and each of its findings were found, each method once: a section's own may hold all of them."""
    finding_methods = dict.fromkeys(f.method for f in section.findings if f.method not in section.method)
    return [text for text in (section.method, *finding_methods) if text]


def _entry_register(assessment: Assessment, texts: TextsById) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Every entry of the case by kind, with where it comes from and what rests on it."""
    case = assessment.loaded.case
    entries_by_id = case_entries(case)
    referrers_by_id: dict[str, list[str]] = {}
    for reference in entry_references(case):
        if entries_by_id[reference.source].kind != "scenario":
            referrers_by_id.setdefault(reference.target, []).append(reference.source)
    findings_by_id: dict[str, list[tuple[str, str]]] = {}
    for section in assessment.sections:
        for finding in section.findings:
            for id in finding.rests_on:
                findings_by_id.setdefault(id, []).append((f"{section.id}-{finding.id}", finding.title))
    kinds = registry_of(case).by_kind
    kind_order = list(kinds)
    for kind, group in groupby(
        sorted(entries_by_id.values(), key=lambda e: kind_order.index(e.kind)), key=lambda e: e.kind
    ):
        yield (
            kinds[kind].title,
            [_register_record(assessment, texts, entry, referrers_by_id, findings_by_id) for entry in group],
        )


def _register_record(
    assessment: Assessment,
    texts: TextsById,
    entry: CaseEntry,
    referrers_by_id: dict[str, list[str]],
    findings_by_id: dict[str, list[tuple[str, str]]],
) -> dict[str, Any]:
    part = entry.part
    says = entry.says if entry.says != entry.id else ""
    contested = [name for name, c in assessment.loaded.case.contradictions.items() if entry.id in c.between]
    return {
        "id": entry.id,
        "label": "" if entry.label in (entry.id, says) else entry.label,
        "says": says,
        "date": str(getattr(part, "date", None) or ""),
        "places": [
            (format_locator(locator, locator.document), passage_text(texts, locator))
            for locator in getattr(part, "at", ())
        ],
        "contested": contested,
        "because": getattr(part, "because", None) or "",
        "note": getattr(part, "note", None) or "",
        "url": getattr(part, "url", None) or "",
        "used": [name for name in dict.fromkeys(referrers_by_id.get(entry.id, [])) if name not in contested],
        "findings": findings_by_id.get(entry.id, []),
    }


def _touched_contradictions(assessment: Assessment) -> dict[str, list[str]]:
    """For each finding, the contradictions between entries that it rests on."""
    contradictions = assessment.loaded.case.contradictions
    return {
        f"{section.id}-{finding.id}": [n for n, c in contradictions.items() if set(c.between) & set(finding.rests_on)]
        for section in assessment.sections
        for finding in section.findings
        if section.id != "contradictions"
    }
