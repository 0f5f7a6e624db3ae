from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detente import CaseError, DetenteError, UnknownName, assess, read_case
from detente.case.bundled import BUNDLED_FOLDER, bundled_cases
from tests.conftest import edit

SMALL = (BUNDLED_FOLDER / "two-leagues" / "case.yaml").read_text(encoding="utf-8")


def problems_of(path: Path | str, every_scenario: bool = True, **more: object) -> list[str]:
    with pytest.raises(CaseError) as caught:
        read_case(str(path), every_scenario=every_scenario, **more)  # type: ignore[arg-type]
    return [str(problem) for problem in caught.value.problems]


def test_ten_mistakes_have_ten_places_in_order(leagues: Path):
    edit(
        leagues,
        ("characters: 5242", "characters: many"),
        ("{actor: dun, in: 1380~/..}", "{actor: dunn, in: 1380~/..}"),
        ("date: 1408~", "date: 1408-13"),
        ("answer: redirect", "answer: redirekt"),
        ("span: [1578, 1712]", "span: [1712, 1578]"),
        ("proposes: [beacons]", "proposes: [realism]"),
        ("triangular: [1, 2, 3]", "triangular: [3, 2, 1]"),
        ("liberalism, level: secondary, coder: author", "liberlism, level: secondary, coder: author"),
        ("    question: Why does the Hill League prefer to deal with each city?\n", ""),
        ("evidence.secondary: 0.5", "evidence.secundary: 0.5"),
    )
    found = problems_of(leagues)
    lines = [int(problem.split(":")[1]) for problem in found]
    assert lines == sorted(lines)
    expected = [
        "documents.chronicle.characters: this should be a whole number",
        "organisations.hill.members.1.actor: no actor 'dunn' (did you mean 'dun'?)",
        "record.0.at.span: the span holds no characters",
        "record.2.answer: 'redirekt' is not known here (did you mean 'redirect'?",
        "record.3.date: '1408-13' is no date",
        "record.3.proposes.0: 'realism' is a theory, not a proposal",
        "motives.hill-freedom.weight: triangular runs from lowest",
        "codings.3.theory: no theory 'liberlism' (did you mean 'liberalism'?)",
        "tables.why-hill-declines: 'question' is missing",
        "'evidence.secundary' leads nowhere: no 'secundary', in scenario 'secondary-half' (did you mean 'secondary'?)",
    ]
    assert len(found) == len(expected)
    for problem, words in zip(found, expected, strict=True):
        assert words in problem


def test_mistakes_in_six_files_have_their_places_in_order(first_case: Path):
    edit(
        first_case / "case.yaml",
        ("value: 0\n", "value: none\n"),
        ("motives.csto-5.weight: 2", "motives.csto-6.weight: 2"),
    )
    edit(first_case / "parties.yaml", ("    founded: 1949\n", "    founded: MCMXLIX\n"), ("cow: 2,", "cow: one,"))
    edit(first_case / "record.yaml", ("date: 1995\n", "date: 1995-14\n"), ("answer: contact", "answer: contakt"))
    edit(first_case / "agenda.yaml", ("  ca-07-3:\n    title:", "  ca-07-3:\n    titel:"))
    edit(first_case / "motives.yaml", ("  nato-4:\n    of: nato\n", "  nato-4:\n    of: natto\n"))
    edit(first_case / "theories.yaml", ("unit: csto-5\n", "unit: csto-55\n"))
    found = problems_of(first_case)
    order = ["case", "case", "parties", "parties", "record", "record", "agenda", "motives", "theories"]
    assert [Path(problem.split(":")[0]).stem for problem in found] == order


def test_line_and_column_point_at_the_value(leagues: Path):
    edit(leagues, ("{actor: dun, in: 1380~/..}", "{actor: dunn, in: 1380~/..}"))
    line = next(i for i, text in enumerate(leagues.read_text().splitlines(), start=1) if "dunn" in text)
    assert problems_of(leagues)[0].startswith(f"{leagues}:{line}:17: ")


def test_an_unknown_key_is_pointed_at_itself_with_the_nearest_known_one(leagues: Path):
    edit(leagues, ("    founded: 1398\n", "    fuonded: 1398\n"))
    assert "organisations.river.fuonded: unknown (did you mean 'founded'?)" in problems_of(leagues)[0]


def test_problems_in_imported_files_name_those_files(first_case: Path):
    edit(first_case / "theories.yaml", ("unit: csto-5\n", "unit: csto-55\n"))
    edit(first_case / "record.yaml", ("date: 1995\n", "date: 1995-14\n"))
    found = problems_of(first_case)
    assert [Path(problem.split(":")[0]).name for problem in found] == ["record.yaml", "theories.yaml"]


@pytest.mark.parametrize(
    ("imported", "words"),
    [
        ("missing.yaml", "is no file here"),
        ("../x.yaml", "outside the case's folder"),
        ("/etc/passwd", "outside"),
        ("case.yaml", "imported already"),
    ],
)
def test_imports_stay_in_the_folder(leagues: Path, imported: str, words: str):
    edit(leagues, ("[codings-second.csv]", f"[codings-second.csv, {imported}]"))
    assert words in problems_of(leagues)[0]


def test_an_id_stands_once_in_the_whole_case(leagues: Path):
    edit(leagues, ("  pass-is-ours:", "  river-control:"))
    assert any("the id 'river-control' is declared twice (it stands first at" in p for p in problems_of(leagues))


def test_the_same_section_in_two_files_is_joined_and_the_same_id_is_a_problem(leagues: Path):
    edit(leagues, ("[codings-second.csv]", "[codings-second.csv, more.yaml]"))
    more = leagues.parent / "more.yaml"
    more.write_text("actors: {ferry: {name: Ferry, kind: city}}\n", encoding="utf-8")
    assert "ferry" in read_case(str(leagues)).case.actors
    more.write_text("actors: {dun: {name: Dun, kind: city}}\n", encoding="utf-8")
    assert "actors.dun: stands twice (it stood first at" in problems_of(leagues)[0]


def test_locators_are_held_against_their_document(leagues: Path):
    edit(
        leagues,
        ("section: 3, span: [2186, 2236]", "section: 3, span: [9500, 9560]"),
        ("section: 4, span: [2827, 2958]", "section: 9"),
    )
    found = problems_of(leagues)
    assert "has no section '9'" in found[0]
    assert "ends after the document, which has 5242 characters" in found[1]


def test_rooms_find_what_only_they_can(leagues: Path):
    edit(
        leagues,
        ("date: 1404-03\n", "date: 1402-03\n"),
        ("{actor: aldmoor, in: 1398/..}", "{actor: aldmoor, in: 1398/..}\n      - {actor: aldmoor, in: 1400/..}"),
        ("level: secondary, coder: author", "level: primary, coder: author"),
        ("evidence:\n  secondary: {value: 0,", "evidence:\n  secondary: {value: 2,"),
    )
    words = "\n".join(problems_of(leagues))
    for expected in ("before it is made", "belongs twice at once", "two primary theories", "counts is between 0 and 1"):
        assert expected in words


def test_a_scenario_is_checked_like_everything_else(leagues: Path):
    edit(leagues, ("{motives.hill-freedom.weight: 1}", "{motives.hill-freedom.weight: -1}"))
    found = problems_of(leagues)
    assert len(found) == 1
    assert "motives.hill-freedom.weight: a weight is 0 or more, in scenario 'freedom-like-any-other'" in found[0]
    line = next(i for i, text in enumerate(leagues.read_text().splitlines(), start=1) if "weight: -1" in text)
    assert found[0].startswith(f"{leagues}:{line}:")


def test_a_scenario_is_tried_when_the_case_is_checked_and_not_when_it_is_not_used(leagues: Path):
    edit(leagues, ("evidence.secondary: 0.5", "evidence.secundary: 0.5"))
    assert read_case(str(leagues)).case.id == "two-leagues"
    for refused in ({"every_scenario": True}, {"scenario": "secondary-half"}):
        with pytest.raises(CaseError, match="leads nowhere"):
            read_case(str(leagues), **refused)


LEVERS = """\
levers:
  - {path: evidence.secundary, says: misspelt, from: 0, to: 1}
  - {path: motives.hill-freedom.title, says: no number, from: 0, to: 1}
  - {path: network.decay, says: beyond its range, from: 0.5, to: 2}
  - {path: network.decay, says: the wrong way round, from: 1, to: 0.5}
"""


def test_levers_move_numbers_within_their_range(leagues: Path):
    with leagues.open("a", encoding="utf-8") as file:
        file.write(LEVERS)
    found = problems_of(leagues)
    assert "no 'secundary' (did you mean 'secondary'?)" in found[0]
    assert "'motives.hill-freedom.title' is no number" in found[1]
    assert "levers.2.to: 2 is not from 0 to 1" in found[2]
    assert "a lever goes from a lower to a higher number" in found[3]


def test_scenarios_and_changes_are_applied():
    assert read_case("two-leagues", "secondary-half").case.evidence.secondary.mean == 0.5
    changed = read_case("two-leagues", changes={"codings.0.theory": "liberalism", "record.first-offer.date": "1404"})
    assert changed.case.codings[0].theory == "liberalism"
    assert changed.case.recorded_offers[0].date is not None
    assert changed.case.recorded_offers[0].date.text == "1404"
    assert changed.digest != read_case("two-leagues").digest
    with pytest.raises(UnknownName, match="secondary-half"):
        read_case("two-leagues", "secondary-haf")


def test_paths_may_hold_ids_with_dots_and_keys_the_file_leaves_out(first_case: Path):
    loaded = read_case(str(first_case), changes={"tables.table-2.5.title": "T", "motives.csto-1.weight.value": "2"})
    assert loaded.case.tables["table-2.5"].title == "T"
    weight = loaded.case.motives["csto-1"].weight
    assert weight is not None
    assert weight.mean == 2
    assert "no 'csto-x'" in problems_of(first_case, changes={"motives.csto-x.weight": "2"})[0]


def test_rooms_are_asked_about_what_is_not_broken(leagues: Path):
    edit(
        leagues,
        ("date: 1408~", "date: 1408-13"),
        ("level: secondary, coder: author", "level: primary, coder: author"),
    )
    found = problems_of(leagues)
    assert "record.3.date: '1408-13' is no date" in found[0]
    assert "codings.3.level: 'author' gives 'hill-freedom' two primary theories" in found[1]


def test_a_key_that_stands_twice_hides_nothing_else(leagues: Path):
    edit(
        leagues,
        ("    founded: 1398\n", "    founded: 1398\n    founded: 1399\n"),
        ("{actor: dun, in: 1380~/..}", "{actor: dunn, in: 1380~/..}"),
    )
    found = problems_of(leagues)
    assert "the key 'founded' stands twice" in found[0]
    assert "no actor 'dunn'" in found[1]


def test_an_empty_import_holds_nothing_and_hides_nothing(leagues: Path):
    edit(leagues, ("[codings-second.csv]", "[codings-second.csv, empty.yaml]"))
    (leagues.parent / "empty.yaml").write_text("# nothing yet\n", encoding="utf-8")
    read_case(str(leagues))
    edit(leagues, ("{actor: dun, in: 1380~/..}", "{actor: dunn, in: 1380~/..}"))
    assert "no actor 'dunn'" in problems_of(leagues)[0]


def test_a_file_that_cannot_be_read_does_not_bury_its_problem(first_case: Path):
    with (first_case / "parties.yaml").open("a", encoding="utf-8") as file:
        file.write("x: [\n")
    found = problems_of(first_case)
    assert len(found) == 1
    assert "parties.yaml" in found[0]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("triangular: [1, 2, 3]", "lognormal: [1000, 1]"), "has a mean above"),
        (("triangular: [1, 2, 3]", "uniform: [1.0e308, 1.7e308]"), "this should be at most"),
        (("triangular: [1, 2, 3]", "normal: [1, 1]"), "a weight is 0 or more"),
        (("triangular: [1, 2, 3]", "triangular: [-9, 2, 30]"), "a weight is 0 or more"),
        (("triangular: [1, 2, 3]", "triangular: 5"), "this should be a list of numbers"),
        (
            ("because: the chronicle returns to it three times", "at: {document: chronicle, section: 77}"),
            "no section '77'",
        ),
        (
            (
                "section: 5, span: [4256, 4402]}\n  - id: the-raid",
                "sektion: 5, span: [4256, 4402]}\n  - id: the-raid",
            ),
            "did you mean 'section'",
        ),
        (("    founded: 1398\n", "    founded: 1398\n    continues: river\n"), "continues itself"),
        (("    to: hill\n    speaker: reeve\n", "    to: river\n    speaker: reeve\n"), "an offer to itself"),
        (("{evidence.secondary: 0.5}", "{theories: {}}"), "in scenario 'secondary-half'"),
        (("{evidence.secondary: 0.5}", "{import: x.yaml}"), "cannot be set"),
        (("[codings-second.csv]", '["a\\0b.yaml"]'), "the character U+0000 is no part of any text"),
        (("[codings-second.csv]", f"[{'x' * 300}]"), "is no"),
        (("short: beacons\n", f"short: {'long ' * 9}\n"), "at most 30 letters"),
    ],
)
def test_each_has_its_remedy(leagues: Path, change: tuple[str, str], words: str):
    edit(leagues, change)
    assert words in "\n".join(problems_of(leagues))


def test_a_case_cannot_speak_to_the_terminal(leagues: Path):
    edit(leagues, ("    founded: 1398\n", '    "\\e[2Jx.yaml:1:1: fine": 1\n'))
    assert "\x1b" not in "".join(problems_of(leagues))


def test_many_misspelt_ids_take_no_longer_each(tmp_path: Path):
    def calls(count: int) -> int:
        """How many functions are called for so many ids, each misspelt once."""
        actors = "".join(f"  actor-{i}: {{name: A, kind: state}}\n" for i in range(count))
        events = "".join(f"  - {{id: e-{i}, kind: event, says: x, actors: [aktor-{i}]}}\n" for i in range(count))
        file = tmp_path / "case.yaml"
        file.write_text(f"case: x\ntitle: X\nquestion: Q?\nactors:\n{actors}record:\n{events}", encoding="utf-8")
        made = 0

        def counted(*_: object) -> None:
            nonlocal made
            made += 1

        sys.setprofile(counted)
        try:
            found = problems_of(file)
        finally:
            sys.setprofile(None)
        assert len(found) == count
        return made

    assert calls(600) < 2.5 * calls(300)


@pytest.mark.parametrize("content", [b"", b"[]", b"a", b"\xff\xfe", b"case: x", b"- case: x\n"])
def test_a_file_that_holds_no_case_says_so(tmp_path: Path, content: bytes):
    file = tmp_path / "case.yaml"
    file.write_bytes(content)
    assert problems_of(file)


def test_names_that_stand_for_nothing(tmp_path: Path):
    for name in ("nato-cstp", str(tmp_path), "x" * 5000, "\0"):
        with pytest.raises(UnknownName):
            read_case(name)


LINES = SMALL.splitlines(keepends=True)
WORDS = sorted(set(SMALL.split()))


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """The small case with some lines dropped, doubled, moved or filled with other words of it, or noise."""
    lines = list(LINES)
    for _ in range(draw(st.integers(1, 4))):
        i = draw(st.integers(0, len(lines) - 1))
        match draw(st.sampled_from(["drop", "double", "swap", "word", "noise", "cut"])):
            case "drop":
                del lines[i]
            case "double":
                lines.insert(i, lines[i])
            case "swap":
                j = draw(st.integers(0, len(lines) - 1))
                lines[i], lines[j] = lines[j], lines[i]
            case "word":
                words = lines[i].split(" ")
                words[draw(st.integers(0, len(words) - 1))] = draw(st.sampled_from(WORDS))
                lines[i] = " ".join(words)
            case "noise":
                at = draw(st.integers(0, len(lines[i])))
                lines[i] = lines[i][:at] + draw(st.text(max_size=4)) + lines[i][at:]
            case "cut":
                lines[i] = lines[i][: draw(st.integers(0, len(lines[i])))] + "\n"
    return "".join(lines)


@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=mutated())
def test_a_spoilt_case_gives_located_problems_or_an_assessment(tmp_path: Path, text: str):
    file = tmp_path / "case.yaml"
    shutil.copy(BUNDLED_FOLDER / "two-leagues" / "codings-second.csv", tmp_path)
    file.write_text(text, encoding="utf-8", errors="replace", newline="")
    try:
        assess(read_case(str(file)))
    except CaseError as error:
        for problem in error.problems:
            assert Path(problem.place.file).name in ("case.yaml", "codings-second.csv")
            assert problem.place.line >= 1
    except DetenteError:
        pytest.fail("a bad case is a CaseError")


def test_new_cases_begin_as_copies(tmp_path: Path):
    from detente import new_case

    for name in bundled_cases():
        new_case(tmp_path / name, name)
        assert read_case(str(tmp_path / name)).digest == read_case(name).digest
    shutil.rmtree(tmp_path / "nato-csto")
