"""The assessment as one self-contained HTML page."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, Any

from detente.assessment.assess import Assessment
from detente.case.index.entries import Declared, entries, references
from detente.case.index.source_texts import Texts, locator_words, passage
from detente.case.schema.base import ID_PATTERN
from detente.report.theme import DARK, LIGHT, spec
from detente.report.vega_bundle import javascript, packed
from detente.results.finding import STANDINGS, Finding, Section
from detente.text.dates import period
from detente.text.english import count
from detente.text.safe_text import clean, clean_all

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

KINDS = {
    "offer": "Offers",
    "reply": "Replies",
    "event": "Events",
    "statement": "Statements",
    "motive": "Motives",
    "passage": "Passages",
    "coding": "Codings",
    "argument": "Arguments",
    "table": "Tables",
    "theory": "Theories",
    "branch": "Branches of theories",
    "proposition": "Propositions of theories",
    "hypothesis": "Hypotheses",
    "clue": "Clues",
    "verdict": "Verdicts of the documents",
    "prediction": "Predictions of the documents",
    "assessment": "Other judgements of the documents",
    "contradiction": "Contradictions",
    "proposal": "Proposals",
    "issue": "Issue areas",
    "rule": "Rules",
    "attribute": "Attributes that rules ask for",
    "capability": "Measures of capability",
    "channel": "Channels",
    "regime": "Measures of democracy",
    "mechanism": "Mechanisms",
    "lens": "Theories as mechanisms",
    "option": "Outside options",
    "priors": "Other assumptions",
    "outcome": "Outcomes",
    "game": "Repeated games",
    "good": "Common goods",
    "race": "Arms races",
    "strategy": "Strategies",
    "stance": "Stances of members",
    "fact": "Facts",
    "estimate": "Estimates",
    "scenario": "Scenarios",
    "organisation": "Organisations",
    "organ": "Organs",
    "actor": "Actors",
    "coder": "Coders",
    "document": "Documents",
    "source": "Sources",
}
"""The kinds of entries, in the order in which the page lists them."""


@cache
def environment() -> Environment:
    """The templates, with every value escaped."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    env = Environment(
        loader=PackageLoader("detente.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_clean,
    )
    env.filters["label"] = column_label
    env.filters["linked"] = linked
    env.globals |= {"count": count, "period": period}
    return env


def _clean(value: Any) -> Any:
    """A value without what no page may hold; markup stays markup."""
    return type(value)(clean(value)) if isinstance(value, str) else value


def column_label(name: str) -> str:
    """The name of a column as a reader sees it."""
    return name.replace("_", " ").capitalize() if name.islower() else name


def cell(value: object) -> str:
    """The value of a cell as a reader sees it."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.2f}".rstrip("0").rstrip(".")
    return str(value)


_ID = re.compile(ID_PATTERN)


def linked(text: str, known: Mapping[str, Declared]) -> Markup:
    """Text with the ids in it as links: those with a hyphen, since others are also words."""
    from markupsafe import Markup, escape

    def link(match: re.Match[str]) -> str:
        id = match.group()
        is_id = "-" in id and id in known
        return Markup('<a href="#id-{0}">{0}</a>').format(id) if is_id else id

    # Ids hold nothing that escaping would change, so they are still whole in the escaped text.
    return Markup(_ID.sub(link, str(escape(text))))  # noqa: S704 - escaped before the links go in


def page(assessment: Assessment, texts: Texts | None = None) -> str:
    """The whole page as text.

    Args:
        assessment: What to show.
        texts: The user's copies of the documents, from `find_texts`; their passages stand beside what rests on them.
    """

    charts = {
        f"{section.id}-{finding.id}": {"wide": spec(finding.chart.wide), "narrow": spec(finding.chart.narrow)}
        for section in assessment.sections
        for finding in section.findings
        if finding.chart
    }
    template = environment().get_template("page.html")
    loaded = assessment.loaded
    return template.render(
        a=assessment,
        case=loaded.case,
        loaded=loaded,
        known=entries(loaded.case),
        rows=rows,
        methods=methods,
        standings=STANDINGS,
        register=list(_register(assessment, texts or {})),
        touched=_touched(assessment),
        quoting=sorted(texts or ()),
        light=_variables(LIGHT),
        dark=_variables(DARK),
        charts=packed(json.dumps(clean_all(charts), ensure_ascii=False, sort_keys=True)) if charts else None,
        bundle=javascript() if charts else None,
    )


def _variables(colours: dict[str, str]) -> Markup:
    from markupsafe import Markup

    return Markup("".join(f"--{name}:{colour};" for name, colour in colours.items()))  # noqa: S704 - our own constants


def methods(section: Section) -> list[str]:
    """How a section and each of its findings were found, each method once: a section's own may hold all of them."""
    more = dict.fromkeys(f.method for f in section.findings if f.method not in section.method)
    return [text for text in (section.method, *more) if text]


def rows(finding: Finding) -> list[list[tuple[str, list[str], str, tuple[str, ...]]]]:
    """The cells of a table: text, the ids it holds if its column links, its mark, and what stands behind it."""
    table = finding.table
    if table is None:
        return []
    linked = [name in finding.links for name in table.columns]
    return [
        [
            (
                cell(value),
                str(value).split(", ") if link and value else [],
                finding.marks.get(str(value), ""),
                finding.behind.get((number, column), ()),
            )
            for value, link, column in zip(row, linked, table.columns, strict=True)
        ]
        for number, row in enumerate(table.rows())
    ]


def _register(assessment: Assessment, texts: Texts) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Every entry of the case by kind, with where it comes from and what rests on it."""
    case = assessment.loaded.case
    known = entries(case)
    used: dict[str, list[str]] = {}
    for reference in references(case):
        if known[reference.source].kind != "scenario":
            used.setdefault(reference.target, []).append(reference.source)
    rests: dict[str, list[tuple[str, str]]] = {}
    for section in assessment.sections:
        for finding in section.findings:
            for id in finding.rests_on:
                rests.setdefault(id, []).append((f"{section.id}-{finding.id}", finding.title))
    order = list(KINDS)
    for kind, group in groupby(sorted(known.values(), key=lambda e: order.index(e.kind)), key=lambda e: e.kind):
        yield KINDS[kind], [_registered(assessment, texts, entry, used, rests) for entry in group]


def _registered(
    assessment: Assessment,
    texts: Texts,
    entry: Declared,
    used: dict[str, list[str]],
    rests: dict[str, list[tuple[str, str]]],
) -> dict[str, Any]:
    part = entry.part
    says = entry.says if entry.says != entry.id else ""
    contested = [name for name, c in assessment.loaded.case.contradictions.items() if entry.id in c.between]
    return {
        "id": entry.id,
        "label": "" if entry.label in (entry.id, says) else entry.label,
        "says": says,
        "date": str(getattr(part, "date", None) or ""),
        "places": [(locator_words(at, at.document), passage(texts, at)) for at in getattr(part, "at", ())],
        "contested": contested,
        "because": getattr(part, "because", None) or "",
        "note": getattr(part, "note", None) or "",
        "url": getattr(part, "url", None) or "",
        "used": [name for name in dict.fromkeys(used.get(entry.id, [])) if name not in contested],
        "findings": rests.get(entry.id, []),
    }


def _touched(assessment: Assessment) -> dict[str, list[str]]:
    """For each finding, the contradictions between entries that it rests on."""
    contradictions = assessment.loaded.case.contradictions
    return {
        f"{section.id}-{finding.id}": [n for n, c in contradictions.items() if set(c.between) & set(finding.rests_on)]
        for section in assessment.sections
        for finding in section.findings
        if section.id != "contradictions"
    }
