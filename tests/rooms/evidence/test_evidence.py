from __future__ import annotations

from fractions import Fraction
from itertools import combinations, product
from math import isclose
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente import Section, assess, read_case
from detente.methods.inference import fragility
from detente.methods.inference.congruence import CodedMotive, CongruenceTally, MotiveCode, allowed_codes, tally_scores
from detente.methods.inference.fragility import (
    minimum_recodings,
    single_recodings,
    survival_probability,
    tipping_weights,
)
from tests.rooms.sections import sections_of

R, L = "realism", "liberalism"


def table(*codes: str) -> list[CodedMotive]:
    """Rows from codes such as `R`, `L(R)`."""
    names = {"R": R, "L": L}
    return [
        CodedMotive(f"m{i}", MotiveCode(names[c[0]], frozenset(names[x] for x in c[1:] if x in names)))
        for i, c in enumerate(codes, 1)
    ]


TABLE_2_5 = table("R", "L", "R(L)", "R(L)", "L")
TABLE_3_3 = table("R(L)", "R(L)", "R", "L")


@pytest.mark.parametrize(
    ("rows", "s", "scores", "leader", "number", "to_a_tie", "kept"),
    [
        (TABLE_2_5, "0", (3, 2), R, 1, 1, (0.84, 0.73, 0.65)),
        (TABLE_2_5, "1/4", (3, Fraction(5, 2)), R, 1, 1, (0.84, 0.73, 0.65)),
        (TABLE_2_5, "1/2", (3, 3), None, None, None, (None, None, None)),
        (TABLE_2_5, "1", (3, 4), L, 1, 1, (0.78, 0.65, 0.56)),
        (TABLE_3_3, "0", (3, 1), R, 2, 1, (0.825, 0.691, 0.589)),
        (TABLE_3_3, "1/4", (3, Fraction(3, 2)), R, 1, 1, (0.829, 0.706, 0.619)),
        (TABLE_3_3, "1/2", (3, 2), R, 1, 1, (0.829, 0.706, 0.619)),
        (TABLE_3_3, "1", (3, 3), None, None, None, (None, None, None)),
    ],
)
def test_the_tables_of_the_report(rows, s, scores, leader, number, to_a_tie, kept):
    found = tally_scores(rows, [R, L], Fraction(s))
    assert tuple(found.scores.values()) == scores
    assert found.leader == leader
    overturned = minimum_recodings(rows, [R, L], found)
    assert (overturned and overturned.recoding_count) == number
    assert (overturned and overturned.recodings_to_tie) == to_a_tie
    for error, expected in zip((0.1, 0.2, 0.3), kept, strict=True):
        chance = survival_probability(rows, [R, L], found, error)
        assert chance == pytest.approx(expected, abs=0.006) if expected else chance is None


def test_one_theory_alone_leads_by_all_it_has():
    rows = [
        CodedMotive("a", MotiveCode("realism"), Fraction(2)),
        CodedMotive("b", MotiveCode(None, frozenset({"realism"})), Fraction(1)),
    ]
    alone = tally_scores(rows, ["realism"], Fraction(1, 2))
    assert (alone.leader, alone.margin) == ("realism", Fraction(5, 2))
    assert tally_scores([CodedMotive("a", MotiveCode(), Fraction(1))], ["realism"], Fraction(1)).leader is None


def test_what_flips_table_2_5():
    found = tally_scores(TABLE_2_5, [R, L], Fraction(0))
    overturned = minimum_recodings(TABLE_2_5, [R, L], found)
    assert overturned is not None
    assert overturned.row_sets == (("m1",), ("m3",), ("m4",))
    recodings = single_recodings(TABLE_2_5, [R, L], Fraction(0))
    assert (sum(r.leader == R for r in recodings), len(recodings)) == (9, 15)
    tips = {t.unit: t.weight for t in tipping_weights(TABLE_2_5, found)}
    assert tips["m5"] == 2


@st.composite
def small_tables(draw: st.DrawFn) -> tuple[list[CodedMotive], list[str], Fraction]:
    theories = ["a", "b", "c"][: draw(st.integers(2, 3))]
    codes = [*allowed_codes(theories), MotiveCode()]
    weights = st.sampled_from([Fraction(1), Fraction(1, 2), Fraction(2), Fraction(0)])
    rows = draw(st.lists(st.builds(CodedMotive, st.just(""), st.sampled_from(codes), weights), min_size=1, max_size=4))
    rows = [CodedMotive(f"m{i}", row.code, row.weight) for i, row in enumerate(rows)]
    return rows, theories, draw(st.sampled_from([Fraction(0), Fraction(1, 4), Fraction(1, 2), Fraction(1)]))


def recoded(rows: list[CodedMotive], chosen: tuple[int, ...], codes: tuple[MotiveCode, ...]) -> list[CodedMotive]:
    other = dict(zip(chosen, codes, strict=True))
    return [CodedMotive(row.unit, other.get(i, row.code), row.weight) for i, row in enumerate(rows)]


@settings(max_examples=150, deadline=None)
@given(small_tables())
def test_flip_numbers_equal_brute_force(given_table):
    rows, theories, s = given_table
    found = tally_scores(rows, theories, s)
    overturned = minimum_recodings(rows, theories, found)
    leader = found.leader
    if leader is None:
        assert overturned is None
        return
    codes = allowed_codes(theories)

    def fewest(lost) -> int | None:
        for k in range(1, len(rows) + 1):
            for chosen in combinations(range(len(rows)), k):
                for new in product(codes, repeat=k):
                    if lost(tally_scores(recoded(rows, chosen, new), theories, s)):
                        return k
        return None

    def rival_wins(after: CongruenceTally) -> bool:
        return max(after.scores[t] for t in theories if t != leader) > after.scores[leader]

    assert (overturned and overturned.recoding_count) == fewest(rival_wins)
    if overturned:
        assert overturned.recodings_to_tie == fewest(lambda after: after.leader != found.leader)
        for units in overturned.row_sets:
            chosen = tuple(int(unit[1:]) for unit in units)
            outcomes = [
                tally_scores(recoded(rows, chosen, new), theories, s) for new in product(codes, repeat=len(chosen))
            ]
            assert any(rival_wins(after) for after in outcomes)


@settings(max_examples=60, deadline=None)
@given(small_tables(), st.sampled_from([0.1, 0.37, 1.0]))
def test_the_chance_of_survival_equals_enumeration(given_table, error):
    rows, theories, s = given_table
    found = tally_scores(rows, theories, s)
    chance = survival_probability(rows, theories, found, error)
    if found.leader is None:
        assert chance is None
        return
    expected = 0.0
    options = []
    for row in rows:
        others = [code for code in allowed_codes(theories) if code != row.code]
        options.append([(row.code, 1 - error), *((code, error / len(others)) for code in others)])
    for combination in product(*options):
        after = tally_scores(
            [CodedMotive("", code, row.weight) for row, (code, _) in zip(rows, combination, strict=True)], theories, s
        )
        if after.leader == found.leader:
            p = 1.0
            for _, q in combination:
                p *= q
            expected += p
    assert chance is not None
    assert isclose(chance, expected, abs_tol=1e-12)


@given(small_tables())
def test_tipping_weights_draw_level(given_table):
    rows, theories, s = given_table
    found = tally_scores(rows, theories, s)
    for tip in tipping_weights(rows, found):
        moved = [CodedMotive(r.unit, r.code, tip.weight if r.unit == tip.unit else r.weight) for r in rows]
        after = tally_scores(moved, theories, s)
        assert found.leader is not None
        assert after.scores[found.leader] == after.scores[tip.rival]


@given(small_tables())
def test_swapping_names_swaps_the_verdict(given_table):
    rows, theories, s = given_table
    swap = {theories[0]: theories[1], theories[1]: theories[0]}
    swapped = [
        CodedMotive(
            r.unit,
            MotiveCode(
                swap.get(r.code.primary or "", r.code.primary), frozenset(swap.get(t, t) for t in r.code.secondary)
            ),
            r.weight,
        )
        for r in rows
    ]
    before, after = tally_scores(rows, theories, s), tally_scores(swapped, theories, s)
    assert after.leader == swap.get(before.leader or "", before.leader)
    assert {swap.get(t, t): score for t, score in before.scores.items()} == after.scores


def sections(name: str = "nato-csto", **changes: str):
    loaded = read_case(name, changes={path.replace("__", "."): value for path, value in changes.items()})
    return {section.id: section for section in sections_of(loaded.case, "record", "evidence")}


def findings(section: Section) -> dict[str, Any]:
    return {finding.id: finding for finding in section.findings}


def test_the_first_case_from_its_codings():
    evidence = sections()["evidence"]
    found = findings(evidence)
    assert evidence.headline == "Realism explains more motives than liberalism on both sides, but not by much."
    csto, nato = found["table-2.5-verdict"], found["table-3.3-verdict"]
    assert (csto.robustness.standing, nato.robustness.standing) == ("fragile", "moderate")
    rows = list(csto.table.records())
    assert [(r["secondary_counts"], r["sum_realism"], r["sum_liberalism"], r["verdict"]) for r in rows] == [
        (0, 3, 2, "Realism"),
        (0.25, 3, 2.5, "Realism"),
        (0.5, 3, 3, "tie"),
        (1, 3, 4, "Liberalism"),
    ]
    assert [r["flip_number"] for r in rows] == [1, 1, None, 1]
    assert next(nato.table.records())["flip_number"] == 2
    assert next(nato.table.records())["to_a_tie"] == 1
    assert "its chance is 0.84, 0.73 and 0.65" in found["table-2.5-robustness"].says
    assert "its chance is 0.82, 0.69 and 0.59" in found["table-3.3-robustness"].says
    assert "csto-1, csto-3 or csto-4" in found["table-2.5-robustness"].says


def test_the_report_warns_of_equal_weights_where_the_text_weighs():
    warning = next(a for a in sections()["evidence"].assumptions if a.startswith("Table 2.5"))
    assert "csto-5 (Synergies against shared threats) the most important" in warning
    assert "coded to Liberalism, against the verdict: at a weight of 2 the table is a tie" in warning
    assert "csto-1" not in warning


def test_equal_weights_are_claimed_only_where_they_are_equal():
    def picture_says(scenario: str | None = None) -> str:
        picture = sections_of(read_case("nato-csto", scenario).case, "evidence")[0].picture
        assert picture is not None
        return picture.says

    assert "That all motives count alike is our assumption." in picture_says()
    assert "That the other motives count alike is our assumption." in picture_says("threats-count-double")


def test_changing_a_coding_changes_the_verdict():
    changed = sections("nato-csto", **{"codings.t-csto-1-realism.theory": "liberalism"})["evidence"]
    assert findings(changed)["table-2.5-verdict"].says.startswith("Liberalism, 3 to 2.")


def test_swapping_the_theories_of_the_case_swaps_every_tally(first_case):
    from tests.conftest import edit

    text = (first_case / "theories.yaml").read_text(encoding="utf-8")
    head, codings = text.split("\ncodings:")
    codings = (
        codings.replace("theory: realism", "theory: X")
        .replace("theory: liberalism", "theory: realism")
        .replace("theory: X", "theory: liberalism")
    )
    (first_case / "theories.yaml").write_text(f"{head}\ncodings:{codings}", encoding="utf-8")
    before, after = findings(sections()["evidence"]), findings(sections(str(first_case))["evidence"])
    for name in ("table-2.5-verdict", "table-3.3-verdict"):
        for old, new in zip(before[name].table.records(), after[name].table.records(), strict=True):
            assert (old["sum_realism"], old["sum_liberalism"]) == (new["sum_liberalism"], new["sum_realism"])
            assert old["flip_number"] == new["flip_number"]
            assert {old["verdict"], new["verdict"]} in ({"Realism", "Liberalism"}, {"tie"})
    edit(first_case / "case.yaml", ("value: 0\n", "value: 0.5\n"))
    assert "tie" in str(findings(sections(str(first_case))["evidence"])["table-2.5-verdict"].robustness)


def test_the_winner_is_named_and_not_whoever_passes_the_leader():
    rows = [
        CodedMotive("m0", MotiveCode("d"), Fraction(2)),
        CodedMotive("m1", MotiveCode("a"), Fraction(5)),
        CodedMotive("m2", MotiveCode("d", frozenset({"a", "c"})), Fraction(5)),
    ]
    overturned = minimum_recodings(rows, ["a", "b", "c", "d"], tally_scores(rows, ["a", "b", "c", "d"], Fraction(1, 3)))
    assert overturned is not None
    assert overturned.winning_rivals == ("a",)


def test_a_theory_may_be_called_like_a_column(leagues):
    for file in (leagues, leagues.parent / "codings-second.csv"):
        text = file.read_text(encoding="utf-8")
        text = text.replace("theory: realism", "theory: weight").replace("\n  realism:\n", "\n  weight:\n")
        text = text.replace("[realism", "[weight").replace("about,realism", "about,weight")
        file.write_text(text, encoding="utf-8")
    matrix = list(findings(sections(str(leagues))["evidence"])["why-river-offers-matrix"].table.records())
    assert (matrix[0]["motive"], matrix[0]["as_weight"], matrix[0]["weight"]) == ("river-control", "primary", 1)


def test_codings_without_an_id_are_all_counted(leagues):
    from tests.conftest import edit

    before = sum(i.kind == "coding" for i in assess(read_case(str(leagues))).inputs)
    again = "date: 1411, because: read again"
    more = "".join(
        f"  - {{unit: pass-is-ours, theory: realism, direction: {word}, coder: author, round: {n}, {again}}}\n"
        for n, word in ((1, "against"), (2, "for"))
    )
    edit(leagues, ("\ntables:\n", f"{more}\ntables:\n"))
    assert sum(i.kind == "coding" for i in assess(read_case(str(leagues))).inputs) == before + 2


def test_chances_are_never_rounded_to_certainty():
    from detente.text.number_format import format_number, format_probability

    assert (
        format_probability(0.99941),
        format_probability(0.0004),
        format_probability(1.0),
        format_probability(0.84),
    ) == ("above 0.99", "below 0.01", "1", "0.84")
    assert (format_number(0.0015), format_number(0.25), format_number(3), format_number(Fraction(7, 2))) == (
        "0.0015",
        "0.25",
        "3",
        "3.5",
    )


def test_what_would_take_too_long_is_not_computed():
    rows = [CodedMotive(f"m{i}", MotiveCode("a" if i % 3 else "b"), Fraction(1000 + i * 7, 1000)) for i in range(60)]
    found = tally_scores(rows, ["a", "b"], Fraction(1, 3))
    assert survival_probability(rows, ["a", "b"], found, 0.1) is None


def test_survival_is_left_out_from_the_first_step_that_is_too_many(monkeypatch: pytest.MonkeyPatch):
    """One row with two theories has four codes, which make so many steps."""
    rows = table("R")
    found = tally_scores(rows, [R, L], Fraction(1, 2))
    steps = len(fragility._margin_changes(rows[0], [R, L], R, [L], Fraction(1, 2), 2, 0.1))
    assert steps > 1
    for most, is_known in ((steps, True), (steps - 1, False)):
        monkeypatch.setattr(fragility, "MAX_ENUMERATION_STEPS", most)
        assert (survival_probability(rows, [R, L], found, 0.1) is not None) == is_known
