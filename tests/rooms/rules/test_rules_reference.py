"""The rules room on random cases, against the same told plainly: rule by rule, docket by docket, without any bits."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import detente
from detente.case.schema.case import Case
from detente.methods.chronology.edtf import Edtf
from detente.methods.institutions import minimal_openings as openings
from detente.methods.institutions import rulebook_bitsets as standing
from detente.methods.institutions import truth_bitsets as truths
from detente.methods.institutions.competence import Rulebook
from detente.methods.institutions.legal_rule import (
    STATES_WORST_FIRST,
    ChangeSet,
    LegalChange,
    LegalRule,
    VerdictState,
    worst_state,
)
from detente.methods.institutions.three_valued_logic import (
    AcceptedAnswers,
    Attributes,
    Conjunction,
    LegalCondition,
    TruthValue,
    all_of,
    attributes_in,
    evaluate_condition,
    negate,
)
from detente.methods.institutions.truth_bitsets import ConditionBitset
from detente.rooms.rules.findings import admissibility_matrix as matrix
from detente.rooms.rules.findings import work_limits as left_out
from detente.rooms.rules.model import build_rulebooks as translation
from detente.rooms.rules.model import docket
from detente.rooms.rules.model import over_time as course
from detente.rooms.rules.model import rule_dependence as loads
from detente.rooms.rules.model.verdicts_by_version import VersionVerdicts
from tests.case.test_reading import problems_of
from tests.cases.rule_cases import rule_case, write_case
from tests.conftest import edit
from tests.methods.institutions.test_competence import attributes, conditions
from tests.rooms.rules.test_rules import finding, on_docket, rules

SHAPES = ((3, 2), (6, 3), (10, 3), (20, 2))
"""Rules and proposals of the cases."""


def case_of(seed: int, tmp_path: Path) -> Case:
    rules, proposals = SHAPES[seed % len(SHAPES)]
    tree = rule_case(seed, rules, proposals, disputes=min(seed % 3, rules - 1), doubtful=0.4)
    return detente.read_case(str(write_case(tree, tmp_path))).case


def changed(known: Attributes, changes: ChangeSet) -> Attributes:
    return {**known, **{change.target: change.value for change in changes if change.value}}


def plainly(book: Rulebook, changes: ChangeSet, first: Attributes) -> tuple[VerdictState, list[LegalRule]]:
    """The verdict as its description has it, and the rules that stand in the way, the worst first: each rule asked."""
    known = changed(first, changes)
    rules = [rule for rule in book.rules if LegalChange("drops", rule.id) not in changes]
    direct = {rule.id: all_of((rule.in_force, evaluate_condition(rule.applies_if, known))) for rule in rules}
    applying: dict[str, TruthValue] = dict(direct)
    for rule in rules:
        for id in rule.overrides:
            if id in applying:
                applying[id] = all_of((applying[id], negate(direct[rule.id])))
    permits: list[VerdictState] = [book.default_state, *(["open"] if LegalChange("adopts") in changes else [])]  # type: ignore[list-item]
    obstacles: dict[VerdictState, list[LegalRule]] = {state: [] for state in STATES_WORST_FIRST}
    for rule in rules:
        applies, needs = applying[rule.id], [evaluate_condition(need, known) for need in rule.requirements]
        lacking = [need for need, met in zip(rule.requirements, needs, strict=True) if met is None]
        obtainable = all(
            book.settable_attributes is None
            or {n for n in attributes_in(need) if known.get(n) is None} & book.settable_attributes
            for need in lacking
        )
        given: VerdictState = "open" if all(needs) else "conditional" if obtainable else "undetermined"
        if applies is False or rule.effect == "limits":
            continue
        if rule.effect == "allows":
            permits += [given] if applies and False not in needs else []
        elif rule.effect == "requires":
            state: VerdictState = "barred" if False in needs else given
            if not all(needs):
                obstacles["undetermined" if applies is None else state].append(rule)
        elif applies is None:
            obstacles["undetermined"].append(rule)
        else:
            obstacles["barred" if rule.effect == "bars" else "redundant"].append(rule)
    stopped = obstacles["barred"] or obstacles["redundant"]
    licence: VerdictState = "open" if stopped else max(permits, key=STATES_WORST_FIRST.index)
    return worst_state([licence, *(state for state in STATES_WORST_FIRST if obstacles[state])]), [
        r for s in STATES_WORST_FIRST for r in obstacles[s]
    ]


def ways(book: Rulebook, obstacles: list[LegalRule], known: Attributes, first: Attributes) -> Iterator[LegalChange]:
    """What bears on the first obstacle; where there is none, on what could permit it."""
    asked = obstacles[:1] or [rule for rule in book.rules if rule.effect == "allows"]
    over = [other for rule in asked for other in book.rules if rule.id in other.overrides]
    yield LegalChange("drops", asked[0].id) if obstacles else LegalChange("adopts")
    if not obstacles:
        yield from (LegalChange("drops", rule.id) for rule in over if rule.effect in ("bars", "requires", "duplicates"))
    wanted = {
        (name, value)
        for rule in book.rules
        for need in rule.requirements
        for name, values in attributes_in(need).items()
        for value in values
    }
    lacking = {
        n
        for rule in asked
        for need in rule.requirements
        if not evaluate_condition(need, known)
        for n in attributes_in(need)
    }
    for name, value in sorted(wanted):
        if name in lacking and value != first.get(name):
            yield LegalChange("meets" if first.get(name) is None else "amends", name, value)
    for name in {name for rule in (*asked, *over) for name in attributes_in(rule.applies_if)}:
        if first.get(name) is None:
            yield from (
                LegalChange("meets" if (name, v) in wanted else "settles", name, v) for v in book.relevant_values[name]
            )


def plain_openings(book: Rulebook, first: Attributes, most: int) -> set[ChangeSet]:
    """The smallest sets of changes, level by level."""
    found: set[ChangeSet] = set()
    level: set[ChangeSet] = {frozenset()}
    for _ in range(most + 1):
        following: set[ChangeSet] = set()
        for changes in level:
            if any(smaller <= changes for smaller in found):
                continue
            state, obstacles = plainly(book, changes, first)
            if state == "open":
                found.add(changes)
                continue
            for change in ways(book, obstacles, changed(first, changes), first):
                if change.kind == "adopts" or change.target not in {other.target for other in changes}:
                    following.add(changes | {change})
        level = following
    return {changes for changes in found if changes}


@pytest.mark.parametrize("seed", range(16))
def test_verdicts_and_openings_are_those_of_a_plain_reading(seed: int, tmp_path: Path):
    found = on_docket(case_of(seed, tmp_path))
    for name in found.proposals:
        for held in (
            found.under_bloc_rules(name),
            found.under_bloc_rules(name, found.comparison_time),
            *found.under_member_rules(name).values(),
        ):
            for ruling in held.rulings:
                state, obstacles = plainly(ruling.rulebook, frozenset(), ruling.attributes)
                assert ruling.verdict.state == state
                standing = {rule.id for rule in obstacles}
                allowing = {rule.id for rule in ruling.rulebook.rules if rule.effect == "allows"}
                assert {*ruling.verdict.deciding_rules, *ruling.verdict.lesser_obstacles} - allowing == standing
        for ruling in found.under_bloc_rules(name).rulings[:2]:
            searched = openings.minimal_openings(ruling.rulebook, ruling.attributes, 2)
            assert set(searched.sets) == plain_openings(ruling.rulebook, ruling.attributes, 2)


@pytest.mark.parametrize("seed", range(16))
def test_openings_of_several_sides_are_the_smallest_unions(seed: int, tmp_path: Path):
    found = on_docket(case_of(seed, tmp_path))
    for name in found.proposals:
        held = found.under_bloc_rules(name)
        each = [set(ruling.openings.sets) for ruling in held.rulings if ruling.verdict.state != "open"]
        if not held.is_search_complete or len(each) > 3 or any(len(sets) > 40 for sets in each):
            continue
        unions: set[ChangeSet] = {frozenset()}
        for sets in each:
            unions = {a | b for a in unions for b in sets}
            unions = {u for u in unions if len({c.target for c in u if c.value}) == sum(bool(c.value) for c in u)}
        smallest = {u for u in unions if u and not any(other < u for other in unions)}
        assert set(held.openings) == smallest
        told = [(sum(c.kind in ("drops", "adopts") for c in u), sum(c.kind == "amends" for c in u), len(u))
                for u in held.openings]  # fmt: skip
        assert told == sorted(told)


def without(case: Case, rule: str) -> Case:
    """The case without a rule, and without what others say of it."""
    links = ("overrides", "disputes")
    left = {
        name: other.model_copy(update={key: [id for id in getattr(other, key) if id != rule] for key in links})
        for name, other in case.rules.items()
        if name != rule
    }
    return case.model_copy(update={"rules": left})


@pytest.mark.parametrize("seed", range(16))
def test_what_hangs_on_each_rule_is_what_a_case_without_it_says(seed: int, tmp_path: Path):
    found = on_docket(case_of(seed, tmp_path))
    before = {name: found.under_bloc_rules(name, found.comparison_time).states() for name in found.proposals}
    taken = loads.rule_removals(found)
    assert taken is not None
    assert [one.rule_id for one in taken] == [id for id, _ in loads.rules_bearing_on_proposals(found)]
    for one in taken:
        after = docket.build_docket(without(found.case, one.rule_id))
        left = (
            {name: after.under_bloc_rules(name, found.comparison_time).states() for name in before} if after else None
        )
        if left is None:  # it was the only rule
            continue
        moved = {name: states for name, states in left.items() if states != before[name]}
        assert one.changed_states == moved
        assert set(one.no_longer_open) == {name for name in moved if before[name] == ("open",)}


@pytest.mark.parametrize("seed", range(8))
def test_verdicts_in_a_word_are_those_that_are_told_in_full(seed: int, tmp_path: Path):
    found = on_docket(case_of(seed, tmp_path))
    whole = VersionVerdicts(found)
    for name in found.proposals:
        for year in range(2001, 2011):
            when = Edtf.parse(str(year))
            assert (
                whole.combined_states(whole.party_readings(name, when)) == found.under_bloc_rules(name, when).states()
            )


@given(asked=st.lists(conditions, max_size=5), known=attributes, wide=st.integers(0, 5))
@settings(max_examples=150)
def test_many_conditions_at_once_are_each_as_it_is_alone(asked: list[LegalCondition], known: Attributes, wide: int):
    """Those with more alternatives than a limit are asked by themselves, which must make no difference."""
    usual = truths.MAX_ALTERNATIVES
    try:
        truths.MAX_ALTERNATIVES = wide
        true, unknown = ConditionBitset([*asked, Conjunction(())]).evaluate(known)
    finally:
        truths.MAX_ALTERNATIVES = usual
    for number, condition in enumerate((*asked, Conjunction(()))):
        expected = evaluate_condition(condition, known)
        assert (bool(true >> number & 1), bool(unknown >> number & 1)) == (expected is True, expected is None)


def test_answers_that_two_conditions_ask_for_are_those_that_both_take():
    values = ("a", "b", "c")
    each = [
        AcceptedAnswers(frozenset(chosen), all_but)
        for size in range(3)
        for chosen in combinations(values, size)
        for all_but in (False, True)
    ]
    for one, other in product(each, repeat=2):
        both = one & other
        assert [both.accepts(v) for v in (*values, "d")] == [
            one.accepts(v) and other.accepts(v) for v in (*values, "d")
        ]


@given(st.sets(st.sampled_from(list(combinations("abcde", 2))).map(frozenset), max_size=6))
def test_versions_hold_as_many_rules_as_can_stand_together(pairs: set[frozenset[str]]):
    names = sorted({name for pair in pairs for name in pair})
    subsets = [frozenset(held) for size in range(len(names) + 1) for held in combinations(names, size)]
    free = [held for held in subsets if not any(pair <= held for pair in pairs)]
    largest = {held for held in free if not any(held < other for other in free)}
    found = translation.dispute_versions(pairs)
    assert {version.upheld for version in found} == largest
    assert len(found) == len(largest)
    assert all(version.rejected == set(names) - version.upheld for version in found)


def test_work_grows_with_what_applies_and_not_with_all_rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Four times the rules and twice the proposals: eight times as many steps would be in proportion, 64 would not."""
    steps: dict[str, int] = {}

    def count(size: str, rules: int, proposals: int) -> None:
        case = detente.read_case(
            str(write_case(rule_case(1, rules, proposals, attributes=8, values=8, consents=6), tmp_path))
        ).case
        steps[size] = 0
        original = standing.RulebookMasks.combined_effect

        def counted(*given: object, **named: object) -> object:
            steps[size] += 1
            return original(*given, **named)  # type: ignore[arg-type]

        with monkeypatch.context() as patched:
            patched.setattr(standing.RulebookMasks, "combined_effect", counted)
            loads.rule_removals(on_docket(case))

    count("small", 40, 5)
    count("large", 160, 10)
    assert 0 < steps["large"] < 16 * steps["small"]
    assert steps["large"] < 160 * 10


def test_no_more_sets_are_made_than_are_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Once there are too many of a size, the sets before them are only asked whether they open the proposal."""
    expanded = []
    original = openings._OpeningSearch.extensions

    def counted(self: openings._OpeningSearch, *given: object) -> Iterator[int]:
        expanded.append(given)
        return original(self, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(openings, "MAX_SETS_PER_LEVEL", 5)
    monkeypatch.setattr(openings._OpeningSearch, "extensions", counted)
    found = on_docket(detente.read_case(str(write_case(rule_case(5, 12, 3), tmp_path))).case)
    held = next(held for name in found.proposals if not (held := found.under_bloc_rules(name)).is_search_complete)
    for ruling in held.rulings:
        expanded.clear()
        openings.minimal_openings(ruling.rulebook, ruling.attributes)
        assert len(expanded) <= 1 + 5 * openings.MAX_CHANGES
        assert len({given[1] for given in expanded}) == len(expanded)
        expanded.clear()
        openings.minimal_openings(ruling.rulebook, ruling.attributes, 0)
        assert not expanded


LONG = ("period: 1401/1409", "period: 1101/1409")


def test_what_would_be_too_much_is_left_out_and_said(leagues: Path, monkeypatch: pytest.MonkeyPatch):
    _, before = rules(leagues)
    monkeypatch.setattr(loads, "MOST_REMOVALS", 8)
    monkeypatch.setattr(left_out, "MOST_REMOVALS", 8)
    monkeypatch.setattr(docket, "MOST_PROPOSALS_SEARCHED", 2)
    edit(leagues, LONG)
    _, section = rules(leagues)
    said = " ".join(section.assumptions)
    for told in (
        "What hangs on each rule is left out: it would take 9 verdicts, and 8 is the most.",
        "only single changes are tried, since 3 proposals under 6 sets of rules are too many",
        f"the period is longer than {course.MOST_YEARS} years",
    ):
        assert told in said
        assert told not in " ".join(before.assumptions)
    assert "What hangs on each rule is left out" in finding(section, "without-each").says
    assert finding(section, "ranking").robustness.standing == "descriptive"
    assert finding(section, "without-each").place == "annex"
    assert any(one.kind == "not yet" and "rules carry" in one.what for one in section.missing)
    assert not any("rules carry" in one.what for one in before.missing)
    for told in ("matrix", "openings"):
        assert "only single changes are tried" in finding(section, told).method
    whole, again = (finding(one, "matrix").table for one in (before, section))
    assert whole is not None
    assert again is not None
    assert whole == again  # the rest stands


def test_sets_of_changes_that_are_not_looked_at_are_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    file = write_case(rule_case(5, 12, 3), tmp_path)
    assert "not every set" not in " ".join(rules(file)[1].assumptions)
    monkeypatch.setattr(openings, "MAX_SETS_PER_LEVEL", 3)
    monkeypatch.setattr(matrix, "MOST_LINES", 2)
    section = rules(file)[1]
    assert any("not every set of 4 changes is tried" in one for one in section.assumptions)
    lines = [lines for lines in finding(section, "matrix").behind.values() if len(lines) == 3]
    assert lines
    assert all(each[-1].startswith("And ") and each[-1].endswith(" lines more.") for each in lines)


def test_more_versions_than_can_be_told_apart_are_refused(leagues: Path):
    """Five disputes of four rules, each against each: 1024 ways to resolve them."""
    many = "".join(
        f"  d{k}-{n}: {{of: hill, type: t, says: s., bars: true, applies: {{activity: meeting}}, note: x"
        + (f", disputes: [{', '.join(f'd{k}-{m}' for m in range(n))}]" if n else "")
        + "}\n"
        for k in range(5)
        for n in range(4)
    )
    edit(leagues, ("rules:\n  pilgrims-peace:", f"rules:\n{many}  pilgrims-peace:"))
    assert translation.MOST_VERSIONS < 4**5
    assert any("more rules are in dispute than can be told apart" in problem for problem in problems_of(leagues))


def test_a_condition_on_many_attributes_is_soon_found_to_hold_or_not(tmp_path: Path):
    """Of ten attributes with eight answers each: all ways to settle them are a thousand million."""
    tree = rule_case(3, 2, 1, attributes=10, values=8, disputes=0)
    each = [{f"q{n}": ["v0"]} for n in range(10)]
    tree["rules"]["r0"] |= {"applies": {"any": each, "not": {"any": each}}}
    tree["rules"]["r1"] |= {"applies": {"all": [{"any": each}, {"not": {"all": each}}]}}
    with pytest.raises(detente.CaseError) as caught:
        detente.read_case(str(write_case(tree, tmp_path)))
    assert [problem.path for problem in caught.value.problems] == ["rules.r0.applies"], caught.value.problems
