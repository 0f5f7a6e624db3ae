"""The finding on scenarios that test claims: what the documents expect of another course, beside what comes of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.case.entries.entries import case_entries
from detente.methods.offer_model.channel_variants import ChannelVariant
from detente.results.finding import Finding
from detente.results.table import Column, make_table
from detente.rooms.acceptance.findings.answer_words import (
    both_tests,
    each_form,
    tests_of,
)
from detente.rooms.acceptance.findings.columns import RUN_COLUMN
from detente.rooms.acceptance.findings.sensitivity.what_if_columns import (
    acceptance_cells,
    acceptance_columns,
    changed_share_cells,
    changed_share_columns,
    told_rows,
)
from detente.rooms.acceptance.findings.text import AcceptanceLabels
from detente.rooms.acceptance.model.sensitivity.tested_scenarios import ScenarioVerdict, TestedScenario
from detente.text.english import as_sentence, cardinal, count_noun

VERDICT_WORDS: dict[ScenarioVerdict, str] = {
    "as-expected": "as expected",
    "in-one-form": "as expected in part",
    "otherwise": "otherwise than expected",
}
"""Whether it comes as the claims expect, in a table; in part where it does by one way to run the channel."""


def tested_scenarios_finding(labels: AcceptanceLabels, tested: Sequence[TestedScenario]) -> Finding | None:
    """What becomes of the offer by every scenario that tests a claim; None where there is none."""
    if not tested:
        return None
    return Finding(
        id="expectations",
        title="What the documents expect of another course",
        says=" ".join(_sentences(labels, tested)),
        see="How often either side is for it, beside the case as it is.",
        table=make_table(_columns(labels), [row for one in tested for row in _rows(labels, one)]),
        method="Each scenario is worked out beside the case as it is, on common draws. A change counts from two "
        "standard errors of common draws on. Where a decision takes consensus, only a change of those on whom it turns "
        "moves it.",
        rests_on=tuple(dict.fromkeys(name for one in tested for name in (one.id, *one.scenario.tests))),
    )


def _number(count: int) -> str:
    return cardinal(count) if count else "none"


def _sentences(labels: AcceptanceLabels, tested: Sequence[TestedScenario]) -> Iterator[str]:
    """How many come out as expected, and what the one does that changes most."""
    most = max(tested, key=_greatest_change)
    if len(tested) > 1:
        yield count_sentence(tested)
        if not _greatest_change(most):
            yield "None of them changes anything."
            return
        yield "One of them changes most."
    yield as_sentence(most.scenario.says)
    yield _change_sentence(labels, most)


def _greatest_change(one: TestedScenario) -> float:
    """By how much the share that is asked about changes at most, by the theory of the answer."""
    shares = one.what_if.offered if one.asks_offering_side else one.what_if.strict
    return max((abs(share.change.value) for key, share in shares.items() if key[1] == one.theory_id), default=0.0)


def count_sentence(tested: Sequence[TestedScenario]) -> str:
    """How many of several courses come out as the documents expect."""
    expected = sum(one.verdict == "as-expected" for one in tested)
    in_part = sum(one.verdict == "in-one-form" for one in tested)
    verb = "comes" if expected == 1 else "come"
    subject = f"Of {count_noun(len(tested), 'course')} that the documents expect something of"
    part = f", {cardinal(in_part)} in part" if in_part else ""
    return f"{subject}, {_number(expected)} {verb} out as expected{part}."


def _change_sentence(labels: AcceptanceLabels, one: TestedScenario) -> str:
    """What becomes of the offer: of the side that is asked about."""
    if one.asks_offering_side:
        theory_id = labels.deciders.full_theory.id
        offered: dict[ChannelVariant, list[float]] = {
            variant: [one.what_if.offered[variant.form, theory_id].after.value]
            for variant in labels.deciders.offered_variants
            if (variant.form, theory_id) in one.what_if.offered
        }
        return f"Then {labels.offering_side} would be for it {each_form(labels, offered)}."
    return f"Then {labels.answering_side} would accept {each_form(labels, both_tests(tests_of(labels, one.what_if)))}."


def _columns(labels: AcceptanceLabels) -> tuple[Column, ...]:
    return (
        Column("scenario", "what if"),
        Column("claim"),
        Column("expects", "it expects"),
        RUN_COLUMN,
        *acceptance_columns(labels),
        *changed_share_columns("offered", f"{labels.offering_side} is for it", f"more of {labels.offering_side}"),
        Column("verdict", "comes out"),
    )


def expectation_words(labels: AcceptanceLabels, one: TestedScenario) -> str:
    """What the claims expect, in a few words."""
    phrases = {
        "accepts-more": f"{labels.answering_side} accepts oftener",
        "accepts-less": f"{labels.answering_side} accepts less often",
        "no-change": "no change",
        "accepts": f"{labels.answering_side} accepts in most simulations",
        "offers-more": f"{labels.offering_side} is oftener for it",
        "offers-less": f"{labels.offering_side} is less often for it",
    }
    return phrases[str(one.scenario.expects)]


def _rows(labels: AcceptanceLabels, one: TestedScenario) -> Iterator[dict[str, object]]:
    entries = case_entries(labels.deciders.case)
    claims = "; ".join(entries[name].says.rstrip(".") for name in one.scenario.tests)
    for key, names in told_rows(labels, one.what_if):
        if key[1] != one.theory_id:
            continue
        yield {
            "scenario": one.scenario.says.rstrip("."),
            "claim": claims,
            "expects": expectation_words(labels, one),
            "run": names["run"],
            **acceptance_cells(one.what_if, key),
            **changed_share_cells("offered", one.what_if.offered.get(key)),
            "verdict": VERDICT_WORDS[one.verdict],
        }
