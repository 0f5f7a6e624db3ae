"""Competence: rules of three values, held against brute force and against what they must never do."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from detente.methods.institutions.competence import LegalVerdict, Rulebook
from detente.methods.institutions.legal_rule import (
    OTHER_VALUE,
    STATES_WORST_FIRST,
    ChangeSet,
    LegalChange,
    LegalRule,
    worst_state,
)
from detente.methods.institutions.minimal_openings import minimal_openings
from detente.methods.institutions.three_valued_logic import (
    AttributeIn,
    Conjunction,
    Disjunction,
    Negation,
    attributes_in,
    disjunctive_normal_form,
    evaluate_condition,
)

PLACES, KINDS = ("inside", "outside"), ("patrol", "talks")
NEEDS = {name: AttributeIn(name, frozenset({"yes"})) for name in ("mandate", "consent")}
leaves = st.builds(
    AttributeIn,
    st.sampled_from(["place", "kind"]),
    st.sets(st.sampled_from((*PLACES, *KINDS)), min_size=1, max_size=2).map(frozenset),
)
conditions = st.recursive(
    leaves,
    lambda inner: (
        st.lists(inner, max_size=2).map(tuple).map(Conjunction)
        | st.lists(inner, min_size=1, max_size=2).map(tuple).map(Disjunction)
        | inner.map(Negation)
    ),
    max_leaves=4,
)


@st.composite
def rule_sets(draw: st.DrawFn) -> tuple[LegalRule, ...]:
    found = []
    for n in range(draw(st.integers(0, 4))):
        effect = draw(st.sampled_from(["bars", "requires", "allows", "duplicates", "limits"]))
        least = {"requires": 1, "allows": 0}.get(effect)
        needs = sorted(draw(st.sets(st.sampled_from(sorted(NEEDS)), min_size=least))) if least is not None else ()
        over = tuple(draw(st.sets(st.sampled_from([f"r{k}" for k in range(n)]), max_size=1))) if n else ()
        force = draw(st.sampled_from([True, True, False, None]))
        required = tuple(NEEDS[need] for need in needs)
        found.append(LegalRule(f"r{n}", effect, draw(conditions), required, force, over))  # type: ignore[arg-type]
    return tuple(found)


attributes = st.fixed_dictionaries(
    {
        "place": st.sampled_from([*PLACES, None]),
        "kind": st.sampled_from([*KINDS, None]),
        "mandate": st.sampled_from(["yes", "no", None]),
        "consent": st.sampled_from(["yes", "no", None]),
    }
)


@given(condition=conditions, known=attributes, place=st.sampled_from(PLACES), kind=st.sampled_from(KINDS))
def test_settling_an_unknown_never_contradicts(condition, known, place, kind):
    before = evaluate_condition(condition, known)
    settled = {"place": known["place"] or place, "kind": known["kind"] or kind}
    after = evaluate_condition(condition, settled)
    assert after is not None
    assert before in (None, after)


@given(
    rules=rule_sets(),
    known=attributes,
    otherwise=st.sampled_from(["open", "undetermined"]),
    place=st.sampled_from(PLACES),
    kind=st.sampled_from(KINDS),
    force=st.booleans(),
)
@settings(max_examples=400)
def test_settling_an_unknown_keeps_a_settled_verdict(rules, known, otherwise, place, kind, force):
    before = Rulebook(rules, otherwise).verdict(known)
    assert before.state in STATES_WORST_FIRST
    settled = {**known, "place": known["place"] or place, "kind": known["kind"] or kind}
    certain = [replace(rule, in_force=force if rule.in_force is None else rule.in_force) for rule in rules]
    after = Rulebook(tuple(certain), otherwise).verdict(settled)
    if before.state in ("barred", "redundant", "open"):
        assert after.state == before.state
    assert after.state != "undetermined" or not after.deciding_rules  # then nothing permits it, and otherwise holds
    if before.state == "undetermined":
        assert before.unsettled_attributes or before.doubtful_rules or not before.deciding_rules
    if before.state == "conditional":
        assert before.open_requirements
        assert after.state in ("conditional", "open")  # another rule may permit it outright


@given(rules=rule_sets(), known=attributes)
def test_the_index_leaves_no_rule_out(rules, known):
    """Rules that are not even asked could not have changed the verdict."""
    found = Rulebook(rules, "open").verdict(known)
    plain = [
        replace(rule, applies_if=Conjunction((Disjunction((rule.applies_if, rule.applies_if)),))) for rule in rules
    ]  # asks nothing outright
    assert Rulebook(tuple(plain), "open").verdict(known) == found


def possible(rules: tuple[LegalRule, ...], known: dict[str, str | None]) -> list[LegalChange]:
    """Every single change there is."""
    wanted = {
        (name, v)
        for r in rules
        for need in r.requirements
        for name, values in attributes_in(need).items()
        for v in values
    }
    found = [LegalChange("drops", rule.id) for rule in rules if rule.effect in ("bars", "requires", "duplicates")]
    found += [
        LegalChange("amends" if known[name] else "meets", name, value)
        for name, value in sorted(wanted)
        if known[name] != value
    ]
    for name in ("place", "kind"):
        values = {v for rule in rules for v in attributes_in(rule.applies_if).get(name, ())}
        if values and known[name] is None:
            found += [LegalChange("settles", name, value) for value in [*sorted(values), OTHER_VALUE]]
    return [*found, LegalChange("adopts")]


@given(rules=rule_sets(), known=attributes, otherwise=st.sampled_from(["open", "undetermined"]))
@settings(max_examples=200, deadline=None)
def test_the_smallest_openings_equal_brute_force(rules, known, otherwise):
    book = Rulebook(rules, otherwise)
    opening: list[ChangeSet] = []
    for size in range(4):
        for chosen in combinations(possible(rules, known), size):
            changes = frozenset(chosen)
            if len({c.target for c in chosen}) < size or any(smaller <= changes for smaller in opening):
                continue
            if book.verdict_after(changes, known).state == "open":
                opening.append(changes)
    assert set(minimal_openings(book, known, max_changes=3).sets) == {changes for changes in opening if changes}


def test_what_the_first_case_will_ask():
    """Peacekeeping takes a mandate and a request, and is barred on the organisation's own ground."""
    mandate, request = AttributeIn("mandate", frozenset({"un"})), AttributeIn("requested", frozenset({"yes"}))
    book = Rulebook(
        (
            LegalRule(
                "no-outsiders",
                "bars",
                Conjunction((AttributeIn("kind", frozenset({"crisis"})), AttributeIn("place", frozenset({"inside"})))),
            ),
            LegalRule("mandated", "requires", AttributeIn("kind", frozenset({"peacekeeping"})), (mandate, request)),
            LegalRule("covered", "duplicates", AttributeIn("kind", frozenset({"arms-control"}))),
            LegalRule("information", "allows", AttributeIn("kind", frozenset({"information"}))),
            LegalRule("force", "limits", AttributeIn("kind", frozenset({"peacekeeping"}))),
        )
    )
    assert book.verdict({"kind": "crisis", "place": "inside"}).deciding_rules == ("no-outsiders",)
    unsure = book.verdict({"kind": "crisis"})
    assert (unsure.state, unsure.unsettled_attributes) == ("undetermined", ("place",))
    asked = {"kind": "peacekeeping", "place": "outside"}
    keeping = book.verdict(asked)
    assert (keeping.state, keeping.open_requirements, keeping.limiting_rules) == (
        "undetermined",
        (mandate, request),
        ("force",),
    )
    assert replace(book, default_state="open").verdict(asked).state == "conditional"
    given_ = {**asked, "mandate": "un", "requested": "yes"}
    assert (book.verdict(given_).state, book.verdict(given_).met_requirements) == ("undetermined", ("mandated",))
    assert replace(book, default_state="open").verdict(given_).state == "open"
    assert book.verdict({**asked, "requested": "no"}).state == "barred"
    assert book.verdict({"kind": "arms-control", "place": "outside"}).state == "redundant"
    assert book.verdict({"kind": "information", "place": "outside"}).state == "open"
    assert replace(book, default_state="open").verdict({"kind": "sport", "place": "outside"}) == LegalVerdict(
        "open", ()
    )
    sets = minimal_openings(replace(book, default_state="open"), asked).sets
    assert frozenset({LegalChange("meets", "mandate", "un"), LegalChange("meets", "requested", "yes")}) in sets
    assert frozenset({LegalChange("drops", "mandated")}) in sets
    assert (
        frozenset({LegalChange("drops", "mandated")}) not in minimal_openings(book, asked).sets
    )  # then nothing permits it
    assert frozenset({LegalChange("drops", "mandated"), LegalChange("adopts")}) in minimal_openings(book, asked).sets
    assert worst_state(["conditional", "open"]) == "conditional"


def test_changes_keep_to_the_values_there_are():
    bar = LegalRule("bar", "bars", AttributeIn("coercive", frozenset({"yes"})))
    book = Rulebook((bar,), "open", {"coercive": ("yes", "no")})
    assert set(minimal_openings(book, {}).sets) == {
        frozenset({LegalChange("drops", "bar")}),
        frozenset({LegalChange("settles", "coercive", "no")}),
    }


def test_the_more_specific_wins_only_if_it_says_so():
    general = LegalRule("general", "bars", AttributeIn("place", frozenset({"inside"})))
    special = LegalRule("special", "allows", AttributeIn("kind", frozenset({"talks"})))
    both = {"place": "inside", "kind": "talks"}
    found = Rulebook((general, special)).verdict(both)
    assert (found.state, found.conflicts) == ("barred", (("special", "general"),))
    over = Rulebook((general, replace(special, overrides=("general",))))
    assert over.verdict(both).state == "open"
    assert over.verdict({"place": "inside"}).state == "undetermined"


def test_what_allows_only_on_terms_that_are_not_met_is_in_conflict_with_nothing():
    """It bars by itself; once the terms are met, it allows what another rule bars."""
    general = LegalRule("general", "bars", AttributeIn("kind", frozenset({"talks"})))
    asked = AttributeIn("asked", frozenset({"yes"}))
    on_terms = LegalRule("on-terms", "allows", AttributeIn("kind", frozenset({"talks"})), (asked,))
    book = Rulebook((general, on_terms))
    assert book.verdict({"kind": "talks", "asked": "no"}).conflicts == ()
    assert book.verdict({"kind": "talks", "asked": "yes"}).conflicts == (("on-terms", "general"),)


def test_a_rule_that_may_not_be_in_force_yet_leaves_it_undetermined():
    rule = LegalRule(
        "consent", "requires", AttributeIn("kind", frozenset({"base"})), (NEEDS["consent"],), in_force=None
    )
    found = Rulebook((rule,), "open").verdict({"kind": "base"})
    assert (found.state, found.doubtful_rules) == ("undetermined", ("consent",))
    assert Rulebook((replace(rule, in_force=True),), "open").verdict({"kind": "base"}).state == "conditional"


def test_a_normal_form_of_more_alternatives_than_are_looked_at_is_none():
    """Of alternatives set beside each other, their number; of conditions that all must hold, the product."""
    single = [AttributeIn(name, frozenset({"yes"})) for name in "abcd"]
    for limit in range(1, 6):
        beside = disjunctive_normal_form(Disjunction(tuple(single)), max_alternatives=limit)
        assert (beside is None) == (limit < 4)
        pairs = Conjunction((Disjunction(tuple(single[:2])), Disjunction(tuple(single[2:]))))
        product = disjunctive_normal_form(pairs, max_alternatives=limit)
        assert (product is None) == (limit < 4)
