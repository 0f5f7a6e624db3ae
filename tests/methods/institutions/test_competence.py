"""Competence: rules of three values, held against brute force and against what they must never do."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from detente.methods.institutions.competence import Rulebook, Verdict
from detente.methods.institutions.legal_rule import ORDER, OTHER, Change, Changes, Rule, worst
from detente.methods.institutions.minimal_openings import smallest_openings
from detente.methods.institutions.three_valued_logic import All, Any, Is, Not, holds, mentioned

PLACES, KINDS = ("inside", "outside"), ("patrol", "talks")
NEEDS = {name: Is(name, frozenset({"yes"})) for name in ("mandate", "consent")}
leaves = st.builds(
    Is,
    st.sampled_from(["place", "kind"]),
    st.sets(st.sampled_from((*PLACES, *KINDS)), min_size=1, max_size=2).map(frozenset),
)
conditions = st.recursive(
    leaves,
    lambda inner: (
        st.lists(inner, max_size=2).map(tuple).map(All)
        | st.lists(inner, min_size=1, max_size=2).map(tuple).map(Any)
        | inner.map(Not)
    ),
    max_leaves=4,
)


@st.composite
def rule_sets(draw: st.DrawFn) -> tuple[Rule, ...]:
    found = []
    for n in range(draw(st.integers(0, 4))):
        effect = draw(st.sampled_from(["bars", "requires", "allows", "duplicates", "limits"]))
        least = {"requires": 1, "allows": 0}.get(effect)
        needs = sorted(draw(st.sets(st.sampled_from(sorted(NEEDS)), min_size=least))) if least is not None else ()
        over = tuple(draw(st.sets(st.sampled_from([f"r{k}" for k in range(n)]), max_size=1))) if n else ()
        force = draw(st.sampled_from([True, True, False, None]))
        required = tuple(NEEDS[need] for need in needs)
        found.append(Rule(f"r{n}", effect, draw(conditions), required, force, over))  # type: ignore[arg-type]
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
    before = holds(condition, known)
    settled = {"place": known["place"] or place, "kind": known["kind"] or kind}
    after = holds(condition, settled)
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
    assert before.state in ORDER
    settled = {**known, "place": known["place"] or place, "kind": known["kind"] or kind}
    certain = [replace(rule, in_force=force if rule.in_force is None else rule.in_force) for rule in rules]
    after = Rulebook(tuple(certain), otherwise).verdict(settled)
    if before.state in ("barred", "redundant", "open"):
        assert after.state == before.state
    assert after.state != "undetermined" or not after.rules  # then nothing permits it, and otherwise holds
    if before.state == "undetermined":
        assert before.unknown or before.in_doubt or not before.rules
    if before.state == "conditional":
        assert before.needs
        assert after.state in ("conditional", "open")  # another rule may permit it outright


@given(rules=rule_sets(), known=attributes)
def test_the_index_leaves_no_rule_out(rules, known):
    """Rules that are not even asked could not have changed the verdict."""
    found = Rulebook(rules, "open").verdict(known)
    plain = [
        replace(rule, applies=All((Any((rule.applies, rule.applies)),))) for rule in rules
    ]  # asks nothing outright
    assert Rulebook(tuple(plain), "open").verdict(known) == found


def possible(rules: tuple[Rule, ...], known: dict[str, str | None]) -> list[Change]:
    """Every single change there is."""
    wanted = {
        (name, v) for r in rules for need in r.requires for name, values in mentioned(need).items() for v in values
    }
    found = [Change("drops", rule.id) for rule in rules if rule.effect in ("bars", "requires", "duplicates")]
    found += [
        Change("amends" if known[name] else "meets", name, value)
        for name, value in sorted(wanted)
        if known[name] != value
    ]
    for name in ("place", "kind"):
        values = {v for rule in rules for v in mentioned(rule.applies).get(name, ())}
        if values and known[name] is None:
            found += [Change("settles", name, value) for value in [*sorted(values), OTHER]]
    return [*found, Change("adopts")]


@given(rules=rule_sets(), known=attributes, otherwise=st.sampled_from(["open", "undetermined"]))
@settings(max_examples=200, deadline=None)
def test_the_smallest_openings_equal_brute_force(rules, known, otherwise):
    book = Rulebook(rules, otherwise)
    opening: list[Changes] = []
    for size in range(4):
        for chosen in combinations(possible(rules, known), size):
            changes = frozenset(chosen)
            if len({c.what for c in chosen}) < size or any(smaller <= changes for smaller in opening):
                continue
            if book.after(changes, known).state == "open":
                opening.append(changes)
    assert set(smallest_openings(book, known, most=3).sets) == {changes for changes in opening if changes}


def test_what_the_first_case_will_ask():
    """Peacekeeping takes a mandate and a request, and is barred on the organisation's own ground."""
    mandate, request = Is("mandate", frozenset({"un"})), Is("requested", frozenset({"yes"}))
    book = Rulebook(
        (
            Rule("no-outsiders", "bars", All((Is("kind", frozenset({"crisis"})), Is("place", frozenset({"inside"}))))),
            Rule("mandated", "requires", Is("kind", frozenset({"peacekeeping"})), (mandate, request)),
            Rule("covered", "duplicates", Is("kind", frozenset({"arms-control"}))),
            Rule("information", "allows", Is("kind", frozenset({"information"}))),
            Rule("force", "limits", Is("kind", frozenset({"peacekeeping"}))),
        )
    )
    assert book.verdict({"kind": "crisis", "place": "inside"}).rules == ("no-outsiders",)
    unsure = book.verdict({"kind": "crisis"})
    assert (unsure.state, unsure.unknown) == ("undetermined", ("place",))
    asked = {"kind": "peacekeeping", "place": "outside"}
    keeping = book.verdict(asked)
    assert (keeping.state, keeping.needs, keeping.limits) == ("undetermined", (mandate, request), ("force",))
    assert replace(book, otherwise="open").verdict(asked).state == "conditional"
    given_ = {**asked, "mandate": "un", "requested": "yes"}
    assert (book.verdict(given_).state, book.verdict(given_).met) == ("undetermined", ("mandated",))
    assert replace(book, otherwise="open").verdict(given_).state == "open"
    assert book.verdict({**asked, "requested": "no"}).state == "barred"
    assert book.verdict({"kind": "arms-control", "place": "outside"}).state == "redundant"
    assert book.verdict({"kind": "information", "place": "outside"}).state == "open"
    assert replace(book, otherwise="open").verdict({"kind": "sport", "place": "outside"}) == Verdict("open", ())
    sets = smallest_openings(replace(book, otherwise="open"), asked).sets
    assert frozenset({Change("meets", "mandate", "un"), Change("meets", "requested", "yes")}) in sets
    assert frozenset({Change("drops", "mandated")}) in sets
    assert (
        frozenset({Change("drops", "mandated")}) not in smallest_openings(book, asked).sets
    )  # then nothing permits it
    assert frozenset({Change("drops", "mandated"), Change("adopts")}) in smallest_openings(book, asked).sets
    assert worst(["conditional", "open"]) == "conditional"


def test_changes_keep_to_the_values_there_are():
    bar = Rule("bar", "bars", Is("coercive", frozenset({"yes"})))
    book = Rulebook((bar,), "open", {"coercive": ("yes", "no")})
    assert set(smallest_openings(book, {}).sets) == {
        frozenset({Change("drops", "bar")}),
        frozenset({Change("settles", "coercive", "no")}),
    }


def test_the_more_specific_wins_only_if_it_says_so():
    general = Rule("general", "bars", Is("place", frozenset({"inside"})))
    special = Rule("special", "allows", Is("kind", frozenset({"talks"})))
    both = {"place": "inside", "kind": "talks"}
    found = Rulebook((general, special)).verdict(both)
    assert (found.state, found.conflicts) == ("barred", (("special", "general"),))
    over = Rulebook((general, replace(special, overrides=("general",))))
    assert over.verdict(both).state == "open"
    assert over.verdict({"place": "inside"}).state == "undetermined"


def test_a_rule_that_may_not_be_in_force_yet_leaves_it_undetermined():
    rule = Rule("consent", "requires", Is("kind", frozenset({"base"})), (NEEDS["consent"],), in_force=None)
    found = Rulebook((rule,), "open").verdict({"kind": "base"})
    assert (found.state, found.in_doubt) == ("undetermined", ("consent",))
    assert Rulebook((replace(rule, in_force=True),), "open").verdict({"kind": "base"}).state == "conditional"
