"""The assessment as one self-contained HTML page: a brief, chapters, an annex."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from detente.assessment.assess import Assessment
from detente.assessment.chapters import Chapter
from detente.case.entries.entries import case_entries
from detente.case.entries.registry import CaseEntry, CaseInput
from detente.case.index.source_texts import TextsById
from detente.report.brief_words import (
    ASPECT_TITLES,
    basis_sentences,
    changes_picture,
    confidence_sentences,
    options_told,
    sign_range,
    years_line,
)
from detente.report.entry_register import entry_register, touched_contradictions
from detente.report.live.page_data import games_data, live_data
from detente.report.static_text import script_text, static_text
from detente.report.template_environment import template_environment
from detente.report.terms import TermLinker
from detente.results.finding import Section
from detente.text.english import clip_text, lower_first
from detente.text.glossary import GLOSSARY
from detente.text.safe_text import clean_text, clean_tree

if TYPE_CHECKING:
    from markupsafe import Markup

MOST_TOLD = 6
"""Of so many entries under a finding the words stand beside the id."""
ENGINE_SCRIPTS = ("sampling", "numbers", "columns", "deciding_body", "engine", "summary", "difference", "worker")
"""What works the answer out, in the order in which each needs those before it."""
PAGE_SCRIPTS = (
    *("difference", "page_text", "page_pictures", "page_engine", "page_numbers", "page_exports", "page_figures"),
    *("page_slider", "page_drawer"),
    *("page_levers", "game_thresholds", "page_games"),
)
"""What moves with the levers, likewise."""
SHARED_MACROS = ("id_link", "id_list", "plain_table", "standing", "rests_on")
LONGEST_ENTRY = 110
"""So many letters of what an entry says stand beside its id."""


def section_methods(section: Section) -> list[str]:
    """How a section and each of its findings were found, each method once: a section's own may hold all of them."""
    finding_methods = dict.fromkeys(f.method for f in section.findings if f.method not in section.method)
    return [text for text in (section.method, *finding_methods) if text]


def render_html(assessment: Assessment, texts: TextsById | None = None) -> str:
    """The whole page as text.

    Args:
        assessment: What to show.
        texts: The user's copies of the documents, from `find_document_texts`; their passages stand beside what rests
            on them.
    """
    environment = template_environment()
    loaded = assessment.loaded
    links = _links(assessment)
    parts = environment.get_template("parts.html").make_module(links)
    shared = {
        **links,
        "a": assessment,
        "b": assessment.brief,
        "case": loaded.case,
        "loaded": loaded,
        "draw": picture_macros(assessment).draw,
        **{name: getattr(parts, name) for name in SHARED_MACROS},
    }
    page = environment.get_template("page.html").render(
        **shared,
        brief=_render_brief(shared, assessment),
        chapters=[_render_chapter(shared, assessment, chapter) for chapter in assessment.chapters],
        annex=_render_annex(shared, assessment, texts or {}),
        live=_page_json(live_data(assessment)),
        games=_page_json(games_data(assessment)),
        engine=script_text(*(f"live/{name}.js" for name in ENGINE_SCRIPTS)),
        style=static_text("templates/page.css"),
        script=script_text("templates/page.js"),
        levers=script_text(*(f"live/{name}.js" for name in PAGE_SCRIPTS)),
        start=script_text("templates/start.js"),
    )
    # No attribute of the templates stands in single quotes, so that an apostrophe can be itself.
    return clean_text(page).replace("&#39;", "'")


def picture_macros(assessment: Assessment) -> Any:
    """The macros that draw pictures, `draw(picture)` for any of them, with links between findings of an assessment."""
    return template_environment().get_template("pictures.html").make_module(_links(assessment))


def _links(assessment: Assessment) -> dict[str, Any]:
    """What links in macros may lead to."""
    known = case_entries(assessment.loaded.case)
    return {"known": known, "addresses": _addresses(assessment), "entry_words": _EntryWords(known)}


class _EntryWords:
    """What an entry says, cut to a line."""

    def __init__(self, known: Mapping[str, CaseEntry]):
        self._known = known

    def __call__(self, id: str) -> str:
        entry = self._known.get(id)
        if entry is None or entry.says == id:
            return ""
        return clip_text(" ".join(entry.says.split()), LONGEST_ENTRY)


def _addresses(assessment: Assessment) -> frozenset[str]:
    """Where links between findings may lead."""
    sections = assessment.sections
    return frozenset([s.id for s in sections] + [f"{s.id}-{f.id}" for s in sections for f in s.findings])


def _render_brief(shared: Mapping[str, Any], assessment: Assessment) -> Markup:
    brief = assessment.brief
    names = brief.live.number_names if brief.live else {}
    labels = {one.path: f"{names.get(one.path, one.path)}: {one.value}" for one in assessment.inputs}
    simulates = brief.answer is not None
    return _render(
        "brief.html",
        shared,
        terms=TermLinker(),
        years=years_line(assessment),
        picture=changes_picture(brief),
        aspects=[aspect for aspect in ASPECT_TITLES if any(aspect in row.facts for row in brief.options)],
        aspect_titles=ASPECT_TITLES,
        confidence_sentences=confidence_sentences,
        options_told=options_told,
        sign_range=sign_range,
        number_label=lambda path: labels.get(path, path),
        basis=basis_sentences(assessment),
        draws=assessment.loaded.case.network.draws if simulates else None,
        likelihood_meaning=next(term.meaning for term in GLOSSARY if term.id == "likelihood"),
    )


def _render_chapter(shared: Mapping[str, Any], assessment: Assessment, chapter: Chapter) -> Markup:
    findings = {(s.id, f.id): f for s in assessment.sections for f in s.findings}

    def table_address(section: str, finding: str) -> str:
        address = f"{section}-{finding}"
        return f"t-{address}" if findings[section, finding].place == "detail" else address

    def finding_title(section: str, finding: str) -> str:
        return lower_first(findings[section, finding].title)

    return _render(
        "chapter.html",
        shared,
        terms=TermLinker(),
        c=chapter,
        s=chapter.section,
        touched=touched_contradictions(assessment),
        table_address=table_address,
        finding_title=finding_title,
        most_told=MOST_TOLD,
        before=_neighbour(assessment, chapter.number - 1),
        after=_neighbour(assessment, chapter.number + 1),
    )


def _neighbour(assessment: Assessment, number: int) -> tuple[str, str]:
    """The chapter of a number: the brief before the first, the annex after the last."""
    if number == 0:
        return "brief", "The brief"
    if number > len(assessment.chapters):
        return "annex", "Annex"
    chapter = assessment.chapters[number - 1]
    return chapter.id, chapter.section.title


def _render_annex(shared: Mapping[str, Any], assessment: Assessment, texts: TextsById) -> Markup:
    driving = (
        frozenset(number.path for number in assessment.brief.confidence.driving)
        if (assessment.brief.confidence)
        else frozenset()
    )
    return _render(
        "annex.html",
        shared,
        glossary=GLOSSARY,
        driving=driving,
        inputs=sorted(assessment.inputs, key=lambda one: (one.path not in driving, one.has_source)),
        told_by_owner=lambda one: _is_told_by_owner(shared["known"], one),
        detail_numbers={d.address: d.number for chapter in assessment.chapters for d in chapter.details},
        chapter_ids=frozenset(chapter.id for chapter in assessment.chapters),
        methods=section_methods,
        register=list(entry_register(assessment, texts)),
        quoting=sorted(texts),
        before=_neighbour(assessment, len(assessment.chapters)),
    )


def _is_told_by_owner(known: Mapping[str, CaseEntry], one: CaseInput) -> bool:
    """Whether the entry that an input belongs to gives the same reason, and so tells it where it stands itself."""
    owner = known.get(one.owner)
    return owner is not None and getattr(owner.part, "because", None) == one.because


def _render(name: str, shared: Mapping[str, Any], **values: Any) -> Markup:
    from markupsafe import Markup

    # The template escapes every value itself.
    return Markup(template_environment().get_template(name).render(**shared, **values))  # noqa: S704


def _page_json(data: Any) -> Markup | None:
    """Data for the scripts of the page; None where there is none."""
    from markupsafe import Markup

    if not data:
        return None
    text = json.dumps(clean_tree(data), ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return Markup(text.replace("<", "\\u003c"))  # noqa: S704 - nothing in it can end the element
