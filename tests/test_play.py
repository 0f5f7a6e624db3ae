"""detente play: a match or a tournament at the command line and in Python."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from typer.testing import CliRunner

import detente
from detente.anarchy.automaton import memory_one
from detente.anarchy.game import symmetric
from detente.cli import app
from detente.errors import CaseError, DetenteError, UnknownName

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
    assert "Tit For Tat against itself: an equilibrium at discounts from .67 to 1." in result.output
    assert "Grudger against itself: an equilibrium at discounts from .5 to 1." in result.output


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
    found = detente.play(["Tit For Tat", memory_one([1, 1, 1, 1], name="Kind"), "Defector"], turns=100)
    game = symmetric(5, 3, 1, 0)
    assert found.names == ("Tit For Tat", "Kind", "Defector")
    assert found.scores(game)[2, 1] == 5.0
    assert found.scores(game)[0, 2] == pytest.approx(0.99)
    assert next(found.names[at] for at, _ in found.ranking(game)) == "Defector"
    assert found.cooperation[0, 1] == 1.0
    with pytest.raises(UnknownName, match=r"'titt'.*; no strategy 'x'|'titt'"):
        detente.play(["titt", "x"])


def test_all_that_are_declared():
    found = detente.play(long_run=True, noise=0.01)
    assert len(found.names) > 100
    assert abs(found.outcomes.sum(axis=2) - 1).max() < 1e-9
