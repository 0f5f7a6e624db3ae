"""detente play: a match or a tournament at the command line and in Python."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from typer.testing import CliRunner

import detente
from detente.cli.app import app, run_command
from detente.errors import CaseError, DetenteError, UnknownName
from detente.methods.games.strategies.automaton import Automaton, memory_one_automaton
from detente.methods.games.two_by_two import symmetric_game
from detente.rooms.durability.own_strategies import read_strategies

run = CliRunner()
OWN = """
strategies:
  twice:
    name: Twice bitten
    says: Defects after two defections.
    states:
      a: {plays: C, then: {C: a, D: b}}
      b: {plays: C, then: {C: a, D: c}}
      c: {plays: D, then: {C: a, D: c}}
"""


def test_a_match():
    result = run.invoke(app, ["play", "tit-for-tat", "Grudger"])
    assert result.exit_code == 0
    assert "Prisoner's Dilemma (T 5, R 3, P 1, S 0), 200 rounds" in result.output
    assert "3.0000" in result.output
    assert "Tit For Tat against itself: an equilibrium at discounts from 0.67 to 1." in result.output
    assert "Grudger against itself: an equilibrium at discounts from 0.5 to 1." in result.output


def test_a_tournament_as_files(tmp_path: Path):
    out = tmp_path / "new"
    names = ["Tit For Tat", "Cooperator", "Defector", "Win-Stay Lose-Shift"]
    result = run.invoke(app, ["play", *names, "--noise", "0.05", "--discount", "0.9", "--out", str(out)])
    assert result.exit_code == 0, result.output
    with (out / "ranking.csv").open(encoding="utf-8") as file:
        ranking = list(csv.DictReader(file))
    assert {row["strategy"] for row in ranking} == set(names)
    scores = [float(row["score"]) for row in ranking]
    assert scores == sorted(scores, reverse=True)
    with (out / "matches.csv").open(encoding="utf-8") as file:
        matches = list(csv.DictReader(file))
    assert len(matches) == 16
    assert all(abs(sum(float(row[k]) for k in ("CC", "CD", "DC", "DD")) - 1) < 1e-12 for row in matches)
    assert (out / "scores.svg").read_text(encoding="utf-8").startswith("<svg")
    again = run.invoke(app, ["play", *names, "--out", str(out)])
    assert again.exit_code != 0
    assert isinstance(again.exception, DetenteError)


def test_strategies_of_ones_own(tmp_path: Path):
    file = tmp_path / "mine.yaml"
    file.write_text(OWN, encoding="utf-8")
    result = run.invoke(app, ["play", "twice", "defector", "--own", str(file), "--turns", "10"])
    assert result.exit_code == 0, result.output
    assert "Twice bitten" in result.output
    assert "80.00" in result.output
    listed = run.invoke(app, ["play", "--list", "--own", str(file)])
    assert "twice" in listed.output
    assert listed.output.count("\n") > 100


def test_own_strategies_that_are_wrong_are_located(tmp_path: Path):
    file = tmp_path / "mine.yaml"
    file.write_text(OWN.replace("D: c}}\n      c", "D: {c: 0.9}}}\n      c"), encoding="utf-8")
    result = run.invoke(app, ["play", "twice", "--own", str(file)])
    assert isinstance(result.exception, CaseError)
    (problem,) = result.exception.problems
    assert str(problem).startswith(f"{file}:8:")
    assert "add up to 0.9, not 1" in str(problem)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (["titt-for-tat", "grim-trigger"], "no strategy 'titt-for-tat' (did you mean 'tit-for-tat'?)"),
        (["tit-for-tat", "--discount", "1"], "the sum of all rounds has no end"),
        (["tit-for-tat", "--discount", "-0.5"], "not from 0 to below 1"),
        (["tit-for-tat", "--turns", "0"], "from one turn to"),
        (["tit-for-tat", "--noise", "1.5"], "noise is a chance"),
        (["tit-for-tat", "--turns", "5", "--long-run"], "one of the three"),
    ],
)
def test_what_cannot_be_played_is_told(wrong: list[str], says: str):
    result = run.invoke(app, ["play", *wrong])
    assert isinstance(result.exception, DetenteError)
    assert says in str(result.exception)


@pytest.mark.parametrize("payoffs", ["1,2,3", "a,b,c,d", "nan,1,2,3", "inf,1,2,3"])
def test_payoffs_are_four_numbers(payoffs: str):
    result = run.invoke(app, ["play", "tit-for-tat", "--payoffs", payoffs])
    assert result.exit_code == 2
    assert "four numbers" in result.output


def test_a_game_that_is_no_dilemma_is_called_what_it_is():
    result = run.invoke(app, ["play", "tit-for-tat", "defector", "--payoffs", "1,3,0,2"])
    assert "Harmony" in result.output
    assert "both cooperate whatever the other does" in result.output


def test_in_python():
    found = detente.play(["Tit For Tat", memory_one_automaton([1, 1, 1, 1], name="Kind"), "Defector"], turns=100)
    game = symmetric_game(5, 3, 1, 0)
    assert found.names == ("Tit For Tat", "Kind", "Defector")
    assert found.scores(game)[2, 1] == 5.0
    assert found.scores(game)[0, 2] == pytest.approx(0.99)
    assert next(found.names[at] for at, _ in found.ranking(game)) == "Defector"
    assert found.cooperation_rates[0, 1] == 1.0
    with pytest.raises(UnknownName, match=r"'titt'.*; no strategy 'x'|'titt'"):
        detente.play(["titt", "x"])


def test_all_that_are_declared():
    found = detente.play(long_run=True, noise=0.01)
    assert len(found.names) > 100
    assert abs(found.outcomes.sum(axis=2) - 1).max() < 1e-9


HOSTILE = {
    "turns": "\u202eesrever",
    "marks": "<script>alert(1)</script>&amp;",
    "formula": "=1+1|calc",
    "dial": "@SUM(A1)",
    "long": "a very long name " * 400,
    "quotes": "\"; '`$(id)",
}


def hostile(file: Path, names: dict[str, str]) -> Path:
    """Strategies of one's own with these names, two of them that play alike."""
    lines = ["strategies:"]
    for at, (id, name) in enumerate(names.items()):
        after = "{CC: C, CD: D, DC: C, DD: D}" if at % 2 else "{CC: C, CD: 0.2, DC: C, DD: 0.2}"
        lines += [f"  {id}:", f"    name: {json.dumps(name)}", f"    says: {json.dumps(name)}", f"    after: {after}"]
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


def test_hostile_names_come_out_harmless(tmp_path: Path):
    """In the terminal, in tables and in the picture; none of the names is lost."""
    own, out = hostile(tmp_path / "own.yaml", HOSTILE), tmp_path / "out"
    result = run.invoke(app, ["play", *HOSTILE, "--own", str(own), "--out", str(out)])
    assert result.exit_code == 0, result.output
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]", result.output)
    assert max(map(len, result.output.splitlines())) <= 240
    for file in ("ranking.csv", "matches.csv"):
        text = (out / file).read_text(encoding="utf-8")
        rows = list(csv.reader(io.StringIO(text)))
        assert len(rows) == 1 + len(HOSTILE) ** (1 if file == "ranking.csv" else 2)
        cells = [cell for row in rows[1:] for cell in row[:2] if not cell.replace(".", "").isdigit()]
        assert not [cell for cell in cells if cell.startswith(("=", "@", "+", "-"))]
        assert "\u202e" not in text
        assert any("<script>" in cell for cell in cells)
    picture = (out / "scores.svg").read_text(encoding="utf-8")
    tree = ElementTree.fromstring(picture)
    assert not [one for one in tree.iter() if one.tag.rpartition("}")[2] in ("script", "foreignObject")]
    assert "\u202e" not in picture
    listed = run.invoke(app, ["play", "--list", "--own", str(own)])
    assert "\u202e" not in listed.output


@pytest.mark.parametrize("character", ["\x1b[2J", "\x00", "\x07", "\ufffe", "\x85"])
def test_names_with_control_characters_are_refused_where_they_stand(tmp_path: Path, character: str):
    own = hostile(tmp_path / "own.yaml", {"fine": "Fine", "bad": f"Br{character}ae"})
    result = run.invoke(app, ["play", "bad", "--own", str(own), "--out", str(tmp_path / "out")])
    if character == "\x85":  # a line's end, and text
        assert result.exit_code == 0
        return
    assert isinstance(result.exception, CaseError)
    assert all(str(problem).startswith(f"{own}:7:") for problem in result.exception.problems[:1])
    assert not (tmp_path / "out").exists()


IMPOSSIBLE = [
    (["--turns", "0"], "from one turn to"),
    (["--turns", "-3"], "from one turn to"),
    (["--turns", "1000000000"], "take the limit of means"),
    (["--noise", "nan"], "noise is a chance"),
    (["--noise", "-0.1"], "noise is a chance"),
    (["--discount", "nan"], "not from 0 to below 1"),
    (["--discount", "inf"], "not from 0 to below 1"),
    (["--payoffs", "nan,3,1,0"], "four numbers"),
    (["--payoffs", "5,3,1,1e400"], "four numbers"),
    (["--payoffs", "1e300,3,1,0"], "four numbers"),
    (["--turns", "5", "--discount", "0.5"], "one of the three"),
]


@pytest.mark.parametrize(("wrong", "says"), IMPOSSIBLE)
def test_what_cannot_be_played_ends_with_two(wrong: list[str], says: str, monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["detente", "play", "tit-for-tat", "zd-set-2", *wrong])
    try:
        code: object = run_command()
    except SystemExit as end:  # options are refused before anything runs
        code = end.code
    assert code == 2
    assert says in " ".join(capsys.readouterr().err.replace("│", " ").split())


@pytest.mark.parametrize("payoffs", ["1,1,1,1", "0,0,0,0", "3,3,1,1", "1,3,1,3", "-5,-3,-1,0", "1e12,1e11,-1e12,0"])
def test_degenerate_payoffs_are_played(payoffs: str):
    result = run.invoke(app, ["play", "tit-for-tat", "defector", "grudger", "--payoffs", payoffs, "--noise", "0.1"])
    assert result.exit_code == 0, result.output
    assert "nan" not in result.output


def test_what_a_strategy_is_for_may_be_out_of_reach():
    """Named, it is refused, with what could be had; among all, it is left out, and that is told."""
    named = run.invoke(app, ["play", "zd-set-2", "tit-for-tat", "--payoffs", "9,8,5,1"])
    assert isinstance(named.exception, DetenteError)
    assert "'ZD-SET-2' is out of reach" in str(named.exception)
    assert "from 5 to 8 can be" in str(named.exception)
    found = detente.play(payoffs=(9, 8, 5, 1))
    assert "ZD-SET-2" not in found.names
    assert "from 5 to 8 can be" in found.omission_reasons["ZD-SET-2"]
    assert "ZD-Extort-2" in found.names


def test_a_line_of_ones_own_follows_the_payoffs(tmp_path: Path):
    file = tmp_path / "own.yaml"
    file.write_text(
        "strategies:\n  third:\n    name: A third\n    line: {through: neither, slope: 0.25, pace: 0.1}\n",
        encoding="utf-8",
    )
    own = read_strategies(file)
    for payoffs in ((5, 3, 1, 0), (6, 5, 2, -1)):
        found = detente.play(["third", "random"], own=own, long_run=True, payoffs=payoffs)
        scores = found.scores(symmetric_game(*payoffs))
        assert scores[1, 0] - payoffs[2] == pytest.approx((scores[0, 1] - payoffs[2]) / 4)
    file.write_text(file.read_text(encoding="utf-8").replace("neither", "nothing"), encoding="utf-8")
    with pytest.raises(CaseError):
        read_strategies(file)


def test_too_much_work_is_told_before_it_begins():
    """Two thousand machines of forty states with errors, a pair too large for a matrix, and more than can be kept."""
    wide = [circle(40, at) for at in range(2000)]
    with pytest.raises(DetenteError, match=r"these 2000 strategies is .* times as much as is worked out"):
        detente.play(wide, noise=0.05)
    with pytest.raises(DetenteError, match=r"'Go By Majority 10' \(462 states\) against each other are too much"):
        detente.play(["Go By Majority 10", "tit-for-tat"], long_run=True, noise=0.01)
    with pytest.raises(DetenteError, match="up to 3,000 strategies, and these are 3,001"):
        detente.play([circle(1, 0)] * 3001)
    left = detente.play(long_run=True, noise=0.01).omission_reasons
    assert "Go By Majority 10" in left
    assert "462 states" in left["Go By Majority 10"]


def circle(n: int, at: int) -> Automaton:
    """A machine that goes round n states, and in each does something of its own."""
    moves = np.zeros((n, 4, n))
    moves[range(n), :, [(s + 1) % n for s in range(n)]] = 1.0
    return Automaton(np.arange(n) / (n + at), moves, np.eye(n)[0], f"circle {at}").mark_as_reduced()
