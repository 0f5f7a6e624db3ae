"""Case files as people, editors and file systems leave them: every mistake at once, where it stands, no follow-ups."""

from __future__ import annotations

import os
import random
import socket
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
import yaml
from typer.testing import CliRunner

from detente import new_case, read_case
from detente.case.index.source_texts import find_document_texts
from detente.case.schema_docs import case_json_schema
from detente.cli.app import app
from detente.errors import CaseError, DetenteError, UnreadableFile
from tests.conftest import edit
from tests.stress.everything import check_problems
from tests.stress.mutants import mutated_case

SMALL = """\
case: mini
title: Mini
question: Will it?
sides: [a, b]
actors:
  lund: {name: Lund, kind: city}
  moss: {name: Moss, kind: city}
organisations:
  a: {name: A, members: [{actor: lund, in: 1990/..}]}
  b: {name: B, members: [{actor: moss, in: 1990/..}]}
record:
  - {id: o1, kind: offer, date: 2003-12-03, by: a, to: b, proposes: [], says: x}
"""


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A case of a few lines, to be spoilt."""
    file = tmp_path / "case.yaml"
    file.write_text(SMALL, encoding="utf-8")
    return file


def told(file: Path) -> list[str]:
    """What is told of a case that is refused: place, path, message and remedy, without the folder."""
    with pytest.raises(CaseError) as refused:
        read_case(str(file))
    check_problems(refused.value.problems)
    return [str(problem).replace(f"{file.parent}{os.sep}", "") for problem in refused.value.problems]


@pytest.mark.parametrize("space", ["\u00a0", "\u2007", "\u202f", "\u3000"])
def test_a_space_that_is_none_to_yaml_is_named_where_it_stands(small: Path, space: str):
    edit(small, ("question: Will", f"question:{space}Will"))
    first = told(small)[0]
    assert first.startswith("case.yaml:3:10: ")
    assert f"U+{ord(space):04X}" in first
    assert "plain space" in first


def test_a_comment_that_cuts_a_value_is_warned_of(small: Path):
    edit(small, ("title: Mini", "title: League #7 of the coast"))
    loaded = read_case(str(small))
    assert loaded.case.title == "League"
    assert [(w.place.line, w.place.column) for w in loaded.warnings] == [(2, 15)]
    assert "'#7 of the coast' is left out" in loaded.warnings[0].message
    edit(small, ("League #7 of the coast", "League # one of many"))
    assert not read_case(str(small)).warnings


def test_a_comma_in_braces_is_told_as_what_it_does(small: Path):
    edit(small, ("name: Lund", "name: Lund, City of"))
    assert told(small) == [
        "case.yaml:6:22: 'City of' stands alone, without a value (a comma ends the text before it; in quotes it does "
        'not: name: "Lund, City of")'
    ]


@pytest.mark.parametrize(
    ("change", "key", "meant"),
    [
        (("actor: lund, in:", "actor: lund, since:"), "since", "in"),
        (("actor: moss, in:", "actor: moss, during:"), "during", "in"),
        (("by: a, to:", "from: a, to:"), "from", "by"),
        (("  lund: {name:", "  lund: {title:"), "title", "name"),
        (("question:", "Question:"), "Question", "question"),
    ],
)
def test_an_unknown_key_is_guessed_and_read_on(small: Path, change: tuple[str, str], key: str, meant: str):
    edit(small, change)
    said = told(small)
    assert len(said) == 1, said  # that the known key is missing is no second mistake
    assert f"{key}: unknown (did you mean '{meant}'?)" in said[0]


def test_all_mistakes_come_at_once_and_none_with_its_consequences(leagues: Path):
    edit(
        leagues,
        ("  aldmoor: {name: Aldmoor, kind: city", "  Aldmoor: {name: Aldmoor, kind: city"),
        ("question: Will", "question:\u3000Will"),
        ("title: The River League and the Hill League", 'title: "  "'),
        ("    founded: 1398\n", "    founded: 13x8\n"),
    )
    said = told(leagues)
    places = [line.split(": ")[0] for line in said]
    assert len(set(places)) == len(said)
    # One by one: what each brings about alone is what it brings about beside the others.
    assert sum("U+3000" in line for line in said) == 1
    assert sum("'13x8' is no date" in line for line in said) <= 1
    mended = leagues.read_text(encoding="utf-8").replace("question:\u3000Will", "question: Will")
    leagues.write_text(mended, encoding="utf-8")
    later = told(leagues)
    assert [line for line in later if "U+3000" in line] == []
    for what in ("title: this is empty (write something)", "'Aldmoor' is no id", "'13x8' is no date"):
        assert sum(what in line for line in later) == 1, later
    assert len(later) == 3, later  # 'aldmoor' is named all over the case, and told of once


def test_ids_far_down_a_list_of_mistakes_have_their_remedy(small: Path):
    actors = "".join(f"  town-{i}: {{name: T, kind: city}}\n" for i in range(150))
    edit(small, ("organisations:\n", f"{actors}organisations:\n"))
    events = "".join(f"  - {{id: e-{i}, kind: event, says: x, actors: [tovn-{i}]}}\n" for i in range(150))
    small.write_text(small.read_text(encoding="utf-8") + events, encoding="utf-8")
    said = told(small)
    assert len(said) == 150
    assert all(f"did you mean 'town-{i}'?" in line for i, line in enumerate(said))


def test_a_broken_scenario_is_told_once(small: Path):
    small.write_text(SMALL + "scenarios:\n  odd: {says: x, set: {actors.lund.name: 7}}\n", encoding="utf-8")
    for scenario in (None, "odd"):
        with pytest.raises(CaseError) as refused:
            read_case(str(small), scenario, every_scenario=True)
        assert len(refused.value.problems) == 1, refused.value


@pytest.mark.parametrize("text", ['""', '"   "', '"\\u3000"'])
def test_a_required_text_is_not_to_be_left_out(small: Path, text: str):
    edit(small, ("title: Mini", f"title: {text}"))
    assert told(small) == ["case.yaml:2:8: title: this is empty (write something)"]


def test_a_mistake_in_a_machine_stands_at_its_state(small: Path):
    machine = """\
strategies:
  watch:
    name: Watch
    states:
      calm: {plays: C, then: {C: calm, D: angri}}
      angry: {plays: D, then: {C: calm, D: angry}}
"""
    small.write_text(SMALL + machine, encoding="utf-8")
    said = told(small)
    assert said[0].startswith("case.yaml:17:")
    assert "strategies.watch.states.calm.then.D: no state 'angri' (did you mean 'angry'?)" in said[0]


def test_the_json_schema_takes_two_sides(small: Path):
    data, schema = yaml.safe_load(SMALL), case_json_schema()
    data["record"][0]["date"] = str(data["record"][0]["date"])
    jsonschema.validate(data, schema)
    for sides in (["a"], ["a", "b", "a"]):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate({**data, "sides": sides}, schema)


def test_what_is_no_file_is_called_what_it_is(small: Path):
    os.mkfifo(small.parent / "pipe.yaml")
    (small.parent / "folder.yaml").mkdir()
    listening = socket.socket(socket.AF_UNIX)
    here = Path.cwd()
    os.chdir(small.parent)  # the path of a socket may be short only
    try:
        listening.bind("socket.yaml")
    finally:
        os.chdir(here)
    names = ["pipe.yaml", "folder.yaml", "socket.yaml", "https://example.org/case.yaml", "x" * 300 + ".yaml"]
    small.write_text(SMALL + f"import: [{', '.join(names)}]\n", encoding="utf-8")
    said = told(small)
    listening.close()
    for name, what in zip(names, ("named pipe", "is a folder", "is a socket", "is an address", "is no"), strict=True):
        assert sum(name[:40] in line and what in line for line in said) == 1, (what, said)
    for name in ("pipe.yaml", "/dev/zero"):
        with pytest.raises(DetenteError, match=r"named pipe|device"):
            read_case(str(small.parent / name))


def test_documents_that_are_no_files_are_passed_over(small: Path):
    os.mkfifo(small.parent / "pipe.txt")
    documents = "".join(
        f"  {id}: {{title: T, file: {file}, sha256: {'0a' * 32}}}\n"
        for id, file in (("long", "x" * 300), ("pipe", "pipe.txt"), ("nothing", "gone.txt"))
    )
    small.write_text(SMALL + f"documents:\n{documents}", encoding="utf-8")
    assert find_document_texts(read_case(str(small)).case, small.parent, small.parent) == {}


def test_a_new_case_copies_what_its_source_names(small: Path, tmp_path: Path):
    (small.parent / "old.txt").mkdir()  # none of the case's business
    (small.parent / "part.yaml").write_text("motives: {}\n", encoding="utf-8")
    (small.parent / "notes.txt").write_bytes("Café".encode("latin-1"))
    small.write_text(SMALL + "import: [part.yaml]\n", encoding="utf-8")
    new_case(tmp_path / "fresh", str(small.parent))
    assert {path.name for path in (tmp_path / "fresh").iterdir()} == {"case.yaml", "part.yaml", "case.schema.json"}
    small.write_bytes("case: caf\xe9\n".encode("latin-1"))
    with pytest.raises(CaseError, match=r"case.yaml:1:10: is not UTF-8; in Windows-1252 this would be 'é'"):
        new_case(tmp_path / "other", str(small.parent))
    assert not (tmp_path / "other").exists()


def test_another_encoding_is_named(small: Path):
    small.write_bytes(SMALL.encode("utf-16"))
    with pytest.raises(CaseError, match="is UTF-16, not UTF-8"):
        read_case(str(small))


# A process begins with the peak of the one it came from, so that the figure of its own memory is asked for where it is.
PEAK = """
import re, resource, sys
from pathlib import Path
from detente.cli.app import run_command
sys.argv = ["detente", "check", sys.argv[1]]
code = run_command()
status = Path("/proc/self/status")
kib = re.search(r"VmHWM:\\s*(\\d+)", status.read_text()) if status.exists() else None
print(int(kib[1]) * 1024 if kib else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
sys.exit(code)
"""


@pytest.mark.parametrize("content", ["sparse", "values", "mistakes", "aliases"])
def test_no_file_takes_much_memory(tmp_path: Path, content: str):
    file = tmp_path / "case.yaml"
    head = "case: m\ntitle: M\nquestion: Q?\n"
    if content == "sparse":
        with file.open("wb") as opened:
            opened.truncate(6 * 2**30)
    elif content == "values":
        file.write_text(head + "record: [" + "[]," * (8 * 2**20 // 3 - 20) + "]\n", encoding="utf-8")
    elif content == "mistakes":
        wrong = "".join(f"  a{i}: {{nam: x, kid: y, foo: z}}\n" for i in range(24_000))
        file.write_text(head + f"actors:\n{wrong}", encoding="utf-8")
    else:
        file.write_text(head + f"a: &a [{'x,' * 300}]\nrecord: [{'*a,' * 330}]\n", encoding="utf-8")
    answer = subprocess.run([sys.executable, "-c", PEAK, str(file)], capture_output=True, text=True)
    assert answer.returncode == 2, answer.stderr[-500:]
    assert int(answer.stdout.split()[-1]) < 300e6


def test_numbers_that_nothing_uses_are_warned_of(leagues: Path):
    edit(
        leagues,
        ("  raised: {value: 2, because: invented; what a raid from the coast would add}\n", ""),
        ("  river: {value: 0, because: no raid yet}", "  river: {value: 0.5, because: one raid}"),
    )
    warned = read_case(str(leagues)).warnings
    assert [(w.path, w.message) for w in warned] == [
        ("threat.river", "this does nothing: no threat raises any stakes"),
    ]
    assert leagues.read_text(encoding="utf-8").splitlines()[warned[0].place.line - 1].startswith("  river: {value: 0.5")


def test_years_without_figures_are_warned_of(leagues: Path):
    edit(leagues, ("  observed: each-by-itself\n", "  observed: each-by-itself\n  years: [1407]\n"))
    warned = read_case(str(leagues)).warnings
    assert [w.path for w in warned][:1] == ["network.years.0"]
    assert "has no figures for 1407; those of 1403 are taken" in warned[0].message


def test_mutated_files_are_refused_with_places_or_read(tmp_path: Path):
    drawn = random.Random(16)
    refused = 0
    for number in range(40):
        folder = tmp_path / str(number)
        folder.mkdir()
        file = folder / "case.yaml"
        file.write_text(mutated_case(drawn.randrange(10**6), ["two-leagues"]), encoding="utf-8", errors="surrogatepass")
        try:
            read_case(str(file))
        except CaseError as error:
            check_problems(error.problems)
            refused += 1
    assert 10 < refused < 40


def test_on_the_command_line_warnings_stop_nothing(small: Path):
    edit(small, ("title: Mini", "title: Mini #3"))
    answer = CliRunner().invoke(app, ["check", str(small)])
    assert answer.exit_code == 0
    assert "no problems, 1 warning" in answer.output
    assert "warning: '#3' is left out" in answer.output


def test_unreadable_is_an_error_of_ours():
    assert issubclass(UnreadableFile, DetenteError)
