"""The finding on scenarios that test claims: what the documents expect of another course, beside what comes of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.case.entries.entries import case_entries
from detente.results.finding import Finding
from detente.results.table import Column, make_table
from detente.rooms.acceptance.findings.columns import RUN_COLUMN
from detente.rooms.acceptance.findings.sensitivity.what_if_columns import (
    changed_share_cells,
    changed_share_columns,
    shares_phrase,
    told_keys,
)
from detente.rooms.acceptance.findings.text import AcceptanceLabels, by_theory
from detente.rooms.acceptance.model.sensitivity.tested_scenarios import ScenarioVerdict, TestedScenario
from detente.text.english import cardinal, count_noun, join_words

VERDICT_WORDS: dict[ScenarioVerdict, str] = {
    "as-expected": "as expected",
    "in-one-form": "as expected in one form",
    "otherwise": "otherwise than expected",
}
"""Whether it comes as the claims expect, in a table."""


def tested_scenarios_finding(labels: AcceptanceLabels, tested: Sequence[TestedScenario]) -> Finding | None:
    """What becomes of the offer by every scenario that tests a claim; None where there is none."""
    if not tested:
        return None
    return Finding(
        id="expectations",
        title="What another course would change, and what was expected of it",
        says=" ".join(_sentences(labels, tested)),
        see=f"In how many of 100 draws either side is for it, {by_theory(labels.deciders.full_theory)}, beside the "
        "case as it is.",
        table=make_table(_columns(labels), [row for one in tested for row in _rows(labels, one)]),
        method="Each scenario is worked out beside the case as it is, on common draws. A change counts from two "
        "standard errors of common draws on. Where a decision takes consensus, only a change of those on whom it turns "
        "moves it.",
        rests_on=tuple(dict.fromkeys(name for one in tested for name in (one.id, *one.scenario.tests))),
    )


def _sentences(labels: AcceptanceLabels, tested: Sequence[TestedScenario]) -> Iterator[str]:
    """How many come out as expected, what the one does that changes most, and which come out otherwise."""
    most = max(tested, key=_greatest_change)
    if len(tested) > 1:
        yield _count_sentence(tested)
    yield _scenario_sentence(labels, most)
    others = [one for one in tested if one.verdict == "otherwise" and one is not most]
    if others:
        titles = join_words(f"“{one.scenario.says.rstrip('.')}”" for one in others)
        yield f"Otherwise than expected {'comes' if len(others) == 1 else 'come'} out {titles}."


def _greatest_change(one: TestedScenario) -> float:
    """By how much the share that is asked about changes at most, by the theory of the answer."""
    shares = one.what_if.offered if one.asks_offering_side else one.what_if.strict
    return max(abs(share.change.value) for key, share in shares.items() if key[1] == one.theory_id)


def _count_sentence(tested: Sequence[TestedScenario]) -> str:
    expected = sum(one.verdict == "as-expected" for one in tested)
    subject = f"Of {count_noun(len(tested), 'scenario')} that test a claim"
    return f"{subject}, {cardinal(expected)} {'comes' if expected == 1 else 'come'} out as it expects in every form."


def _scenario_sentence(labels: AcceptanceLabels, one: TestedScenario) -> str:
    """What becomes of the offer: of the side that is asked about, before and after."""
    is_offer = one.asks_offering_side
    shares = dict(one.what_if.offered if is_offer else one.what_if.strict)
    before, after = (shares_phrase(labels, shares, after=is_after) for is_after in (False, True))
    side = labels.offering_side if is_offer else labels.answering_side
    verb = "is for it" if is_offer else "accepts"
    change = f"in {after} of 100 draws instead of {before}" if after != before else f"in {after} of 100 draws as before"
    says = one.scenario.says.rstrip(".")
    return f"By “{says}” {side} {verb} {change}: {VERDICT_WORDS[one.verdict]}."


def _columns(labels: AcceptanceLabels) -> tuple[Column, ...]:
    return (
        Column("scenario"),
        Column("claim"),
        Column("expects", "it expects"),
        RUN_COLUMN,
        *changed_share_columns(
            "strict", f"{labels.answering_side} accepts by the strict test, of 100", "more than as it is"
        ),
        *changed_share_columns("generous", "by the generous test", "more by the generous test than as it is"),
        *changed_share_columns("offered", f"{labels.offering_side} is for it", f"more of {labels.offering_side}"),
        Column("verdict", "comes out"),
    )


def expectation_words(labels: AcceptanceLabels, one: TestedScenario) -> str:
    """What the claims expect, in a few words."""
    phrases = {
        "accepts-more": f"{labels.answering_side} accepts oftener",
        "accepts-less": f"{labels.answering_side} accepts less often",
        "no-change": "no change",
        "accepts": f"{labels.answering_side} accepts in most draws",
        "offers-more": f"{labels.offering_side} is oftener for it",
        "offers-less": f"{labels.offering_side} is less often for it",
    }
    return phrases[str(one.scenario.expects)]


def _rows(labels: AcceptanceLabels, one: TestedScenario) -> Iterator[dict[str, object]]:
    entries = case_entries(labels.deciders.case)
    claims = "; ".join(entries[name].says.rstrip(".") for name in one.scenario.tests)
    cells = {variant.form: labels.variant_cell(variant) for variant in labels.deciders.offered_variants}
    for key in told_keys(labels, one.what_if):
        if key[1] != one.theory_id:
            continue
        yield {
            "scenario": one.scenario.says.rstrip("."),
            "claim": claims,
            "expects": expectation_words(labels, one),
            "run": cells[key[0]],
            **changed_share_cells("strict", one.what_if.strict[key]),
            **changed_share_cells("generous", one.what_if.generous.get(key)),
            **changed_share_cells("offered", one.what_if.offered.get(key)),
            "verdict": VERDICT_WORDS[one.verdict],
        }
