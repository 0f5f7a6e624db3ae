"""Measures what Détente promises about speed, as CPU seconds of whole processes, best of several runs.

`make bench` prints the table that BENCHMARKS.md keeps. The reader is held against ruamel.yaml where that
is installed, on the same file in the same run.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import process_time
from typing import Any

import answers
import certainty
import communication_graphs
import live_page
import packages
import repeated_games
import sweeps

RUNS = 5
MAIN = "from detente.__main__ import main; main()"


def large_case(lines: int = 5000) -> str:
    """A valid case of about so many lines."""
    out = ["case: large", "title: Large", "question: How fast is a large case read?", "actors:"]
    out += [f"  a-{i}: {{name: Actor {i}, kind: state}}" for i in range(60)]
    out += ["organisations:", "  one: {name: One}", "  other: {name: Other}", "documents:"]
    out += ["  book: {title: Book, characters: 100000}", "motives:"]
    for i in range(200):
        out += [
            f"  m-{i}:",
            "    of: one",
            f"    title: Motive {i}",
            f"    at: {{document: book, span: [{i}, {i + 5}]}}",
        ]
    out.append("arguments:")
    i = 0
    while len(out) < 0.7 * lines:
        says = f"    says: A sentence about something, number {i}."
        at = f"    at: {{document: book, section: '2', span: [{i}, {i + 50}]}}"
        out += [f"  ar-{i}:", f"    motive: m-{i % 200}", "    of: one", says, at]
        i += 1
    out.append("record:")
    while len(out) < lines - 5:
        out += [f"  - id: e-{i}", "    kind: event", f"    date: 2004-{i % 12 + 1:02}", f"    says: Thing {i} happens."]
        out += [f"    actors: [a-{i % 60}, one]", f"    at: {{document: book, span: [{i}, {i + 50}]}}"]
        i += 1
    return "\n".join(out) + "\n"


def command(*arguments: str, env: dict[str, str] | None = None) -> float:
    """CPU seconds of a `detente` command, start-up included."""
    before = os.times()
    subprocess.run(
        [sys.executable, "-c", MAIN, *arguments], check=True, capture_output=True, env={**os.environ, **(env or {})}
    )
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def inside(work: Callable[[], object]) -> float:
    """CPU seconds of a call in this process."""
    begun = process_time()
    work()
    return process_time() - begun


def best(measure: Callable[[], float]) -> float:
    """The least of several runs: the machine's other work only ever adds."""
    return min(measure() for _ in range(RUNS))


def imported() -> float:
    """CPU seconds of `import detente`, the interpreter's start included."""
    before = os.times()
    subprocess.run([sys.executable, "-c", "import detente"], check=True)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def flips(codings: int = 500, theories: int = 5) -> Callable[[], object]:
    """What would overturn a table of so many codings: flip number, single recodings, tipping weights."""
    from fractions import Fraction

    from detente.methods.inference.congruence import CodedMotive, allowed_codes, tally_scores
    from detente.methods.inference.fragility import minimum_recodings, single_recodings, tipping_weights

    names = [f"t{i}" for i in range(theories)]
    codes = allowed_codes(names)
    rows = [CodedMotive(f"m{i}", codes[(7 * i + i // 3) % len(codes)], Fraction(1 + i % 3)) for i in range(codings)]

    def work() -> object:
        found = tally_scores(rows, names, Fraction(1, 2))
        return (
            minimum_recodings(rows, names, found),
            single_recodings(rows, names, found.s),
            tipping_weights(rows, found),
        )

    return work


def verdicts(proposals: int = 1000, rules: int = 200, organisations: int = 2) -> Callable[[], object]:
    """What so many rules of each organisation make of so many proposals."""
    from random import Random

    from detente.methods.institutions.competence import Rulebook
    from detente.methods.institutions.legal_rule import LegalRule
    from detente.methods.institutions.three_valued_logic import AttributeIn, Conjunction

    chance = Random(1)
    values = {f"a{i}": [f"v{k}" for k in range(6)] for i in range(8)}

    def rule(number: int) -> LegalRule:
        asked = [
            AttributeIn(name, frozenset(chance.sample(values[name], 2))) for name in chance.sample(sorted(values), 2)
        ]
        effect = chance.choice(["bars", "requires", "allows", "duplicates", "limits"])
        return LegalRule(f"r{number}", effect, Conjunction(tuple(asked)), (AttributeIn("a7", frozenset({"v1"})),))  # type: ignore[arg-type]

    books = [Rulebook(tuple(rule(n) for n in range(rules)), "open") for _ in range(organisations)]
    settled = [
        {name: chance.choice(its) if chance.random() < 0.7 else None for name, its in values.items()}
        for _ in range(proposals)
    ]
    return lambda: [book.verdict(attributes) for attributes in settled for book in books]


def generated(folder: Path) -> list[tuple[str, float, str]]:
    """What large cases drawn from a seed take to be read, assessed and written, each once, as whole processes."""
    sys.path.append(str(Path(__file__).resolve().parent.parent))
    from tests.cases.member_cases import member_case
    from tests.cases.rule_cases import rule_case, write_case

    rows: list[tuple[str, float, str]] = []
    for what, tree, aim in (
        ("a case of 500 rules and 100 proposals", rule_case(1, rules=500, proposals=100), "under 10 s"),
        ("two organisations of 50 members, 4,096 draws", member_case(1, 50), "in under 500 MB"),
    ):
        here = folder / str(len(rows))
        here.mkdir()
        case = write_case(tree, here)
        rows.append((what, command("run", str(case), "--out", str(here / "out")), aim))
    return rows


def weighted(n: int = 27) -> tuple[list[int], int]:
    """A weighted vote of so many members, with a quota of about 7 in 10."""
    weights = [3 + (i * i * 7) % 27 for i in range(n)]
    return weights, sum(weights) * 7 // 10


def powers() -> Callable[[], object]:
    """Both indices of the weighted vote and of the UN Security Council, exactly."""
    from detente.methods.institutions.voting_power import VotingGame, WinningCriterion

    weights, quota = weighted()
    games = (
        VotingGame((WinningCriterion(tuple(weights), quota),)),
        VotingGame((WinningCriterion((1,) * 15, 9),), frozenset(range(5))),
    )
    return lambda: [(game.normalised_banzhaf_index(), game.shapley_shubik_index()) for game in games]


def peers_power() -> str:
    """How long the package `power_bdd` takes for one index of the weighted vote, beside both of ours."""
    from power_bdd.bdd import BDD, WeightedGame

    from detente.methods.institutions.voting_power import VotingGame, WinningCriterion

    weights, quota = weighted()
    theirs = best(lambda: inside(lambda: BDD(WeightedGame(quota, list(weights))).calc_banzhaf()))
    game = VotingGame((WinningCriterion(tuple(weights), quota),))
    ours = best(lambda: inside(lambda: (game.normalised_banzhaf_index(), game.shapley_shubik_index())))
    return (
        f"power_bdd takes {1000 * theirs:.1f} ms for the Banzhaf index of 27 members, {theirs / ours:.1f} times as "
        "long as both indices take here."
    )


def peers_alpha(ratings: Any) -> str:
    """How long the package `krippendorff` takes for one alpha, beside ours, if it is there (its licence is the GPL)."""
    from detente.methods.inference.reliability import krippendorff_alpha

    try:
        import krippendorff
    except ImportError:
        return "The package krippendorff is not installed, so alpha has no peer in this run."
    theirs = best(lambda: inside(lambda: krippendorff.alpha(ratings.T, level_of_measurement="ordinal")))
    ours = best(lambda: inside(lambda: krippendorff_alpha(ratings, "ordinal")))
    return (
        f"krippendorff takes {1000 * theirs:.2f} ms for one ordinal alpha of these, {theirs / ours:.1f} times as long."
    )


def main() -> None:
    """Prints the table."""
    import numpy as np

    from detente.methods.inference.reliability import bootstrap_alpha_interval, krippendorff_alpha

    ratings = np.random.default_rng(1).integers(0, 5, (500, 6)).astype(float)
    krippendorff_alpha(ratings)  # what is imported once is not counted below
    from detente import read_case

    with tempfile.TemporaryDirectory() as folder:
        large = Path(folder, "large.yaml")
        large.write_text(large_case(), encoding="utf-8")
        read_case("two-leagues")  # what is imported once is not counted below
        ours = best(lambda: inside(lambda: read_case(str(large))))
        rows = [
            ("`detente --help`", best(lambda: command("--help")), "under .3 s"),
            ("`import detente`", best(imported), "under .3 s"),
            (
                "`detente run nato-csto`",
                best(lambda: command("run", "nato-csto", "--out", f"{folder}/out")),
                "under 4 s",
            ),
            (
                "the same, Vega not yet kept",
                command("run", "nato-csto", "--out", f"{folder}/cold", env={"XDG_CACHE_HOME": f"{folder}/cache"}),
                "under 4 s",
            ),
            ("checking a case of 5,000 lines, beyond start-up", ours, "under .15 s"),
            ("what flips a table of 500 codings and 5 theories", best(lambda: inside(flips())), "under 1 s"),
            (
                "verdicts on 1,000 proposals by 200 rules of 2 organisations",
                best(lambda: inside(verdicts())),
                "under 1 s",
            ),
            *generated(Path(folder)),
            (
                "power of 27 weighted members, and of the UN Security Council",
                best(lambda: inside(powers())),
                "under .1 s",
            ),
            (
                "alpha, 10,000 resamples of 500 units and 6 coders",
                best(lambda: inside(lambda: bootstrap_alpha_interval(ratings, "ordinal"))),
                "under 2 s",
            ),
        ]
        machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
        print(f"{machine}; CPU seconds, best of {RUNS}\n")
        print("| what | CPU s | aim |\n|---|---|---|")
        for what, seconds, aim in rows:
            print(f"| {what} | {seconds:.2f} | {aim} |")
        print("\nValues on communication graphs, seconds of wall time:\n")
        print("| what | s | aim |\n|---|---|---|")
        for what, seconds, aim in communication_graphs.rows():
            print(f"| {what} | {seconds:.4f} | {aim} |")
        print(
            f"\nThe Myerson value of a random game on two hubs, here and elsewhere:\n\n{communication_graphs.peers()}"
        )
        print("\nSimulations of the offer:\n")
        answers.print_table()
        certainty.print_table()
        print("\nSweeps, seconds of wall time:\n")
        sweeps.print_table()
        print("\nThe page that works itself out:\n")
        live_page.print_table()
        packages.print_table()
        print(f"\nMatches of strategies, here and in axelrod:\n\n{repeated_games.table()}")
        print(f"\n{peers_alpha(ratings)}")
        print(f"\n{peers_power()}")
        try:
            from ruamel.yaml import YAML
        except ImportError:
            print("\nruamel.yaml is not installed, so the reader has no peer in this run.")
            return
        theirs = best(lambda: inside(lambda: YAML().load(large.read_text(encoding="utf-8"))))
        ratio = theirs / ours
        print(f"\nruamel.yaml reads the same file, keeping places, in {theirs:.2f} s: {ratio:.1f} times as long,")
        print("and that is before anything is checked.")


if __name__ == "__main__":
    main()
