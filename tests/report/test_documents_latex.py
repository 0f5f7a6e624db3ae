"""Documents as LaTeX: compiled where there is a TeX, with numbers as macros, whatever stands in them."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from detente.assessment.assess import Assessment
from detente.report.documents.blocks import Document
from detente.report.documents.compose import compose_document
from detente.report.documents.latex import render_latex
from detente.report.documents.latex_text import MacroNames, camel_case, escape_latex
from tests.cases.assessed_cases import assessed_case
from tests.report.conftest import CASES, HOSTILE, LETTERS, document_of

FOLDER = "figures"


def compile_latex(document: Document, folder: Path, program: str) -> str:
    """Compiles a document in a folder of its own, twice, and returns what TeX said the second time."""
    text, figures = render_latex(document, FOLDER)
    (folder / FOLDER).mkdir(parents=True)
    (folder / "brief.tex").write_text(text, encoding="utf-8")
    for name, content in figures.items():
        (folder / FOLDER / name).write_bytes(content)
    command = [program, "-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", "brief.tex"]
    for _ in range(2):
        answer = subprocess.run(command, cwd=folder, capture_output=True)
        said = answer.stdout.decode("utf-8", "replace")
        assert answer.returncode == 0, said[-2_000:]
    return said


@pytest.mark.parametrize("program", ["pdflatex", "lualatex"])
def test_documents_compile(program: str, tmp_path: Path) -> None:
    if shutil.which(program) is None:
        pytest.skip(f"no {program} on this machine")
    whole = compose_document(assessed_case("two-leagues"), chapters=True, annex=True)
    assert "Output written" in compile_latex(whole, tmp_path / "whole", program)
    for name in CASES:
        said = compile_latex(compose_document(assessed_case(name)), tmp_path / name, program)
        assert "Missing character" not in said
    assert "Output written" in compile_latex(document_of(HOSTILE), tmp_path / "hostile", program)


@pytest.mark.parametrize("name", CASES)
def test_whole_documents(name: str) -> None:
    for parts in ((False, False), (True, True)):
        document = compose_document(assessed_case(name), *parts)
        text, figures = render_latex(document, FOLDER)
        assert (text, figures) == render_latex(compose_document(assessed_case(name), *parts), FOLDER)
        assert set(re.findall(rf"{FOLDER}/([\w.-]+)", text)) == set(figures)
        assert all(content.startswith(b"%PDF") for content in figures.values())
        assert "% response-theories" in text
        check_macros(text)


def check_macros(text: str) -> None:
    """That each macro is defined once, is called by letters only, and that all that are used are defined."""
    preamble, body = text.split(r"\begin{document}")
    defined = re.findall(r"\\newcommand\{\\(det\w+)\}", preamble)
    assert all(name.isalpha() for name in defined)
    assert set(re.findall(r"\\(det[A-Z]\w*)", body)) <= set(defined)
    assert len(set(defined) - {"detchar"}) + 2 == len(defined), "one macro is defined in two ways, others once"


def test_numbers_are_macros(assessed: Assessment) -> None:
    text, _ = render_latex(compose_document(assessed), FOLDER)
    preamble, body = text.split(r"\begin{document}")
    assert r"\newcommand{\detRussiaRunStrict}{" in preamble
    assert r"\newcommand{\detAssumedByConsensusGenerous}{" in preamble
    assert r"\textbf{\detByConsensusGenerous{}}" in body
    assert r"\detGraveThreatByConsensus" in body


def test_hostile_words_stay_words() -> None:
    text, _ = render_latex(document_of(HOSTILE), FOLDER)
    assert r"\input{" not in text
    assert r"\write18" not in text
    assert text.count(r"\end{document}") == 1
    assert "\x1b" not in text
    assert all("\n" not in line for line in text.split("\n"))
    check_macros(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"a\b", r"a\textbackslash{}b"),
        ("50 % of {x} & $y_1^2$ #~", r"50 \% of \{x\} \& \$y\_1\textasciicircum{}2\$ \#\textasciitilde{}"),
        ("“a” – ‘b’", "``a'' -- `b'"),
        ("Détente, naïve, Łódź", r"D\'{e}tente, na\" {\i}ve".replace(r"\" {\i}", r"\"{\i}") + r", \L{}\'{o}d\'{z}"),
        ("Ж", r"\detchar{0416}"),
        ("e\u0301", r"\'{e}"),
        ("a\nb\x00", "a b?"),
        ("[1]", "{[}1{]}"),
        ("a.b", "a.b"),
        ("games.security.trust", r"games.\allowbreak{}security.\allowbreak{}trust"),
    ],
)
def test_escapes(text: str, expected: str) -> None:
    assert escape_latex(text) == expected


def test_every_letter_is_plain_ascii_or_a_command() -> None:
    assert escape_latex(LETTERS).isascii()
    assert escape_latex(HOSTILE).isascii()


def test_names_of_macros() -> None:
    assert camel_case("Russia-run strict") == "RussiaRunStrict"
    assert camel_case("présent 2") == "PresentTwo"
    assert camel_case("Ж") == "Number"
    names = MacroNames((("1", "a b"), ("2", "a-b"), ("3", "Ж"), ("4", "ש"), ("1", "a b")))
    assert names.values == {"detAB": "1", "detABTwo": "2", "detNumber": "3", "detNumberTwo": "4"}
    assert names.use("a-b") == r"\detABTwo{}"
