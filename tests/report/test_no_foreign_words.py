"""No word of the first case in the report of another: what findings say comes from the case that they are of."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import cache

import pytest

from detente.assessment.assess import Assessment, read_case
from detente.assessment.json_format import to_json, to_saved
from detente.case.bundled import BUNDLED_FOLDER, bundled_cases
from detente.case.entries.entries import case_entries
from detente.report.html import render_html
from detente.report.terminal import print_summary
from detente.rooms.acceptance.findings.sensitivity.choice_words import STANDING_TITLES
from detente.rooms.record.findings.text import MANNER_NOUNS
from tests.cases.assessed_cases import assessed_case

FIRST_CASE = "nato-csto"
OTHER_CASES = sorted(set(bundled_cases()) - {FIRST_CASE})
NAMING_FIELDS = ("name", "short", "title")
PHRASES = (
    *("brief contact", "NATO", "CSTO", "CIS", "Russia", "Russian", "Moscow", "Kremlin", "Central Asia", "Caucasus"),
    *("Afghanistan", "Kabul", "Warsaw", "the report's", "the memo", "the alliance", "allies", "North Atlantic"),
    *("peacekeeping", "drug trade", "terrorism", "the partnerships", "Partnership for Peace", "the war in Georgia"),
)
"""What else would tell that somebody had the first case in mind."""
TERMS = ("Balance of power", "All its reasons", "Concern for relative gains", "the UN")
"""Terms of the field that the program has, too, and whose Charter it cites for decision rules."""
PLAIN_WORDS = ("Today's ties", "Both feel a grave threat")
"""Plain words of the program for what is there without the channel and for a threat, which the case uses, too."""
NOUNS_OF_APPROACHES = [noun for nouns in MANNER_NOUNS.values() for noun in nouns]
COMMON_WORDS = {*STANDING_TITLES, *STANDING_TITLES.values(), *NOUNS_OF_APPROACHES, *TERMS, *PLAIN_WORDS}
INVISIBLE = re.compile(r"<(script|style)\b.*?</\1>", re.DOTALL)
TAG = re.compile(r"<[^>]+>")


@cache
def words_of_the_first_case() -> tuple[str, ...]:
    """Names and titles of all that it declares, and ids that are no plain words."""
    words = set(PHRASES)
    for id, entry in case_entries(read_case(FIRST_CASE).case).items():
        words |= {str(text) for field in NAMING_FIELDS if (text := getattr(entry.part, field, None))}
        words |= {id} if re.search(r"[-.\d]", id) else set()
    return tuple(sorted(words))


def words_held(text: str) -> set[str]:
    """The words of the first case that a text holds as such: a single one in its own letters, several in any."""
    single_spaced = " ".join(text.split())
    texts = {True: single_spaced.casefold(), False: single_spaced}
    found = set()
    for words in words_of_the_first_case():
        several = " " in words
        sought = " ".join(words.casefold().split()) if several else words
        # A plain search sorts out nearly all, and is a hundred times faster.
        if sought in texts[several] and re.search(rf"(?<![\w-]){re.escape(sought)}(?![\w-])", texts[several]):
            found.add(words)
    return found


def foreign_words(name: str, text: str) -> list[str]:
    """Words of the first case in a text about another that neither this one nor the program uses itself."""
    own = "\n".join(file.read_text(encoding="utf-8") for file in sorted((BUNDLED_FOLDER / name).iterdir()))
    return sorted(words_held(text) - words_held(own) - COMMON_WORDS)


@pytest.fixture(scope="module", params=OTHER_CASES)
def other(request: pytest.FixtureRequest) -> Assessment:
    return assessed_case(request.param)


def shown_texts(assessment: Assessment, capsys: pytest.CaptureFixture[str]) -> Iterator[tuple[str, str]]:
    """What a report says, each time with what says it."""
    yield "JSON", to_json(to_saved(assessment))
    print_summary(assessment)
    yield "terminal", capsys.readouterr().out
    yield "page", html.unescape(TAG.sub(" ", INVISIBLE.sub(" ", render_html(assessment))))


def test_no_word_of_the_first_case_in_the_report_of_another(
    other: Assessment, capsys: pytest.CaptureFixture[str]
) -> None:
    name = other.loaded.case.id
    found = {what: foreign_words(name, text) for what, text in shown_texts(other, capsys)}
    assert found == {"JSON": [], "terminal": [], "page": []}


def test_such_words_would_be_found() -> None:
    """In a finding, in a table, within other words or over a line; and not within a longer word."""
    assert {"Georgia", "csto-5", "Freedom of action", "Central Asia"} <= set(words_of_the_first_case())
    for text in ("as NATO did", '"NATO"', "FREEDOM OF\nACTION counts", "see csto-5.", "a Brief contact counts"):
        assert foreign_words("two-leagues", text), text
    for text in ("Georgian", "a csto-54", "the memorandum", "Realism", "Liberalism"):
        assert foreign_words("two-leagues", text) == [], text


def test_a_case_may_use_them_itself() -> None:
    assert "Afghanistan" in foreign_words("two-leagues", "in Afghanistan")
    assert foreign_words("cmea-ec", "Soviet troops in Afghanistan") == []
