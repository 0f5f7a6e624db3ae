"""The house keeps its shape: public names few, documents true, nothing that may not be here."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

import detente
from detente.case.bundled import BUNDLED_FOLDER
from detente.case.entries.entries import case_entries
from detente.cli.app import COMMANDS
from tests.command import detente as detente_command
from tests.conftest import ROOT
from tests.plain_words import count_words, word_faults


def test_the_public_names():
    assert len(detente.__all__) <= 26
    for name in detente.__all__:
        assert getattr(detente, name).__doc__


def test_importing_is_light():
    heavy = ("pydantic", "polars", "typer", "jinja2", "numpy", "scipy")
    code = f"import sys, detente; print([m for m in {heavy} if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "[]\n"


def test_generated_pages_are_as_they_would_be_generated():
    answer = subprocess.run([sys.executable, ROOT / "docs" / "generate.py", "--check"], capture_output=True, text=True)
    assert answer.returncode == 0, answer.stderr


def shown_commands(*names: str) -> list[str]:
    """The commands that documents show, each once, from the lines that begin with `$ detente`."""
    lines = [line for name in names for line in (ROOT / name).read_text(encoding="utf-8").splitlines()]
    return list(dict.fromkeys(line[2:] for line in lines if line.startswith("$ detente")))


READ_TOGETHER = (("README.md", "docs/commands.md"), ("docs/tutorial.md",), ("docs/how-sure.md",), ("docs/sweeps.md",))
"""Documents whose commands are run in one folder, in their order."""


def test_the_documents_show_every_command():
    shown = {line.split()[1] for line in shown_commands("README.md", "docs/commands.md")}
    assert shown == set(COMMANDS) - {"coverage"}  # which needs the documents
    assert "`detente coverage " in (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")


MOST_WORDS = {"README.md": 500, "docs/what-it-answers.md": 900}
FENCED = re.compile(r"^```.*?^```$", re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize(("document", "most"), MOST_WORDS.items())
def test_documents_that_are_short(document: str, most: int):
    prose = FENCED.sub("", (ROOT / document).read_text(encoding="utf-8"))
    assert count_words(re.sub(r"\]\([^)]*\)", "", prose)) <= most


PLAIN_DOCUMENTS = ("README.md", "docs/commands.md", "docs/what-it-answers.md", "docs/tutorial.md", "docs/sweeps.md")
"""Documents that speak as the page does."""


def paragraphs(document: str) -> list[str]:
    """What a document says, paragraph by paragraph, without blocks, addresses and marks."""
    text = FENCED.sub("", (ROOT / document).read_text(encoding="utf-8"))
    text = re.sub(r"`[^`]*`", "X", text)  # a key
    text = re.sub(r"<!--.*?-->|^ {4}.*$|^\|.*$|^#+ .*$", "", text, flags=re.MULTILINE)
    text = re.sub(r"\]\([^)]*\)|(?<![\w-])--?[a-z][\w-]*|[*\[]|!\[", "", text)
    return [" ".join(part.split()) for part in re.split(r"\n\s*\n|\n(?=- )", text) if part.strip()]


@pytest.mark.parametrize("document", PLAIN_DOCUMENTS)
def test_the_documents_are_in_plain_words(document: str):
    assert word_faults(paragraphs(document)) == []


@pytest.mark.parametrize("documents", READ_TOGETHER)
def test_what_the_documents_show_works(documents: tuple[str, ...], tmp_path: Path):
    """All lines in their order, since some read what others wrote."""
    for line in shown_commands(*documents):
        words, _, target = line.partition(">")
        answer = detente_command(*shlex.split(words)[1:], cwd=tmp_path)
        assert answer.returncode == 0, f"{line}: {answer.stderr}"
        if target:
            (tmp_path / target.strip()).write_text(answer.stdout, encoding="utf-8")


def links(document: Path) -> list[Path]:
    """The files that a document links to, as paths from the root."""
    found = re.findall(r"\]\(([^)#\s]+)[^)]*\)", document.read_text(encoding="utf-8"))
    return [(document.parent / link).resolve().relative_to(ROOT) for link in found if "://" not in link]


def test_the_sdist_carries_what_its_documents_link_to():
    """As hatchling reads the configuration: a pattern with a slash first stands for that file or folder of the root."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    carried = {Path(one.removeprefix("/")) for one in project["tool"]["hatch"]["build"]["targets"]["sdist"]["include"]}
    documents = [
        path for one in carried for path in [ROOT / one, *(ROOT / one).glob("**/*.md")] if path.suffix == ".md"
    ]
    linked = {link for document in documents for link in links(document)}
    assert {Path("docs/tutorial.md"), Path("ARCHITECTURE.md")} <= linked
    for file in {*linked, *carried, *(Path(file) for file in project["tool"]["mypy"]["files"])}:
        assert (ROOT / file).exists(), file
        assert {file, *file.parents} & carried, file


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


def test_no_path_of_a_machine_and_no_registry():
    for path in tracked():
        text = path.read_text(encoding="utf-8", errors="replace")
        assert not re.search(r"(?<![A-Za-z.])/(tmp|work|root|home)/[A-Za-z]|pypi\.org|files\.pythonhosted", text), path


def words_of(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", re.sub(r"https?://\S+", " ", text).lower().replace("’", "'"))


def test_no_sentence_of_the_documents_is_in_the_case(shared: Path):
    runs = set()
    for document in ("ffi-2007-01671.txt", "memo.txt"):
        words = words_of((shared / "sources" / document).read_text(encoding="utf-8"))
        runs |= {tuple(words[i : i + 10]) for i in range(len(words) - 9)}
    sources = yaml.safe_load((BUNDLED_FOLDER / "nato-csto" / "parties.yaml").read_text(encoding="utf-8"))["sources"]
    titles = " | ".join(" ".join(words_of(source["title"])) for source in sources.values())  # these may stand
    for path in tracked():
        words = words_of(path.read_text(encoding="utf-8", errors="replace"))
        for i in range(len(words) - 9):
            run = words[i : i + 10]
            assert tuple(run) not in runs or " ".join(run) in titles, f"{path.name}: {' '.join(run)}"


def test_locators_fall_into_their_documents(shared: Path):
    case = detente.read_case("nato-csto").case
    texts = {"ffi": "ffi-2007-01671.txt", "memo": "memo.txt"}
    checked = 0
    for entry in case_entries(case).values():
        for at in getattr(entry.part, "at", ()):
            if at.span:
                text = (shared / "sources" / texts[at.document]).read_text(encoding="utf-8")
                assert len(text) == case.documents[at.document].characters
                assert text[slice(*at.span)].strip(), entry.id
                checked += 1
    assert checked > 200


SPLIT_ENTRIES = {
    "ev-2005-06-putin": ["ev-2005-06-putin", "ev-2005-06-pilot"],
    "ev-other-proposals": ["ev-talks-lavrov", "ev-talks-ivanov", "ev-talks-bordyuzha"],
    "pr-gaveup": ["as-gaveup"],
    "pr-hope": ["as-hope"],
}
"""What the record tells as one and the case as several, or as judgements of the past."""


def test_the_whole_record_is_in_the_case(shared: Path):
    record = yaml.safe_load((shared / "record" / "record.yaml").read_text(encoding="utf-8"))
    known = case_entries(detente.read_case("nato-csto").case)
    sections = {
        "events": {"event", "offer", "reply"},
        "statements": {"statement", "reply"},
        "motives": {"motive"},
        "arguments": {"argument"},
        "theory_propositions": {"proposition"},
        "codings": {"coding"},
        "verdicts": {"verdict"},
        "predictions": {"prediction"},
        "rules": {"rule"},
        "facts": {"fact"},
        "assessments": {"assessment"},
        "cooperation_areas": {"proposal"},
        "sources": {"source"},
        "inconsistencies": {"contradiction"},
        "tables": {"table", ""},
    }
    for section, kinds in sections.items():
        for entry in record[section]:
            if entry["id"] == "table-1" or entry["id"] in SPLIT_ENTRIES:
                continue  # the memo's agenda stands as proposals
            assert known[entry["id"]].kind in kinds, entry["id"]
    # Offers, replies and events together are the events, but for what is split, and what is not from the documents.
    told = {e.id for e in known.values() if e.kind in ("event", "offer", "reply")}
    taken_over = {e["id"] for e in record["events"]} - set(SPLIT_ENTRIES)
    split = {id for ids in SPLIT_ENTRIES.values() for id in ids}
    assert told - {"st-west-agenda", "ev-2005-12-training"} == taken_over | {id for id in split if id.startswith("ev-")}
    # One statement stands as a reply, and one more was read from an event: NATO as an aggressive bloc.
    spoken = {e.id for e in known.values() if e.kind == "statement"} - {"st-bordyuzha-aggressive"}
    assert spoken == {e["id"] for e in record["statements"]} - {"st-west-agenda"}
    # One argument lists all four motives, and one speaks of the third: corrected; nothing else differs.
    expected = {e["id"]: e.get("motive") for e in record["arguments"]} | {"ar-x27": None, "ar-no-genuine": "csto-3"}
    assert {id: known[id].part.motive for id in expected} == expected
    codings = {
        e["id"]: (e["motive"], e["theory"], {"+": "for", "-": "against"}[e["direction"]]) for e in record["codings"]
    }
    passages = {id: known[known[id].part.unit].part for id in codings}
    ours = {id: (passages[id].motive, known[id].part.theory, known[id].part.direction) for id in codings}
    assert ours == codings


def test_spans_are_those_of_the_record(shared: Path):
    record = yaml.safe_load((shared / "record" / "record.yaml").read_text(encoding="utf-8"))
    known = case_entries(detente.read_case("nato-csto").case)
    for section in (
        "events",
        "statements",
        "arguments",
        "facts",
        "rules",
        "codings",
        "predictions",
        "verdicts",
        "motives",
    ):
        for entry in record[section]:
            theirs = {(e["doc"].lower(), e["start"], e["end"]) for e in entry["evidence"]}
            parts = [known[id].part for id in SPLIT_ENTRIES.get(entry["id"], [entry["id"]])]
            units = [known[part.unit].part if section == "codings" else part for part in parts]  # a coding's passage
            places = [at for unit in units for at in unit.at]
            ours = {(at.document, *at.span) for at in places if at.span}
            assert theirs <= ours, entry["id"]
