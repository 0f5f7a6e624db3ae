"""The finding on guesses: which to check first, the answer at either end of them, and what would show them wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.case.entries.entries import case_inputs
from detente.results.finding import Finding
from detente.results.table import Column, make_table
from detente.rooms.certainty.findings.text import CertaintyLabels, share_cells
from detente.rooms.certainty.model.key_assumptions import KeyAssumption
from detente.text.english import as_sentence, cardinal, count_noun, lower_first, upper_first
from detente.text.shares import in_share

COLUMNS = (
    Column("number"),
    Column("value", "what knowing it is worth", "digits", "mean square error of the chance", error=True),
    Column("lowest", "yes in its lowest third", "of_100", "share of draws", error=True),
    Column("highest", "yes in its highest third", "of_100", "share of draws", error=True),
    Column("reversed_at", "reversed at", "number", "in its own unit", missing="nowhere"),
    Column("wrong_if", "what would show it wrong"),
)


def key_assumptions_finding(labels: CertaintyLabels) -> Finding | None:
    """Which guesses to check first; None where no guess varies, or nobody is asked."""
    guesses = [one for one in labels.model.assumptions if not labels.model.has_source.get(one.path)]
    if not guesses:
        return None
    worth = [one for one in guesses if one.matters]
    return Finding(
        id="checks",
        title="Which guesses to check first",
        question="Which guesses to check first",
        short_answer=f"{cardinal(len(worth))} of {cardinal(len(guesses))}" if worth else "none matters by itself",
        place="detail",
        says=" ".join(_sentences(labels, guesses, worth)),
        see=_see(labels),
        table=make_table(COLUMNS, (_row(labels, one) for one in worth)),
        method=(
            "Knowing a number is worth by how much the mean square error of the stated chance of a yes would fall "
            "(Brier 1950): its first-order index times p (1 - p), in the form and by the test where that is most. A "
            "guess is worth a check where that is 0.0001 at least and above two standard errors. Reversed at: where "
            "the answer by the strict test first turns along the range of the number, all others at their means."
        ),
        rests_on=tuple(one.path for one in worth),
    )


def _sentences(
    labels: CertaintyLabels, guesses: Sequence[KeyAssumption], worth: Sequence[KeyAssumption]
) -> Iterator[str]:
    varying = len(labels.model.assumptions)
    yield f"Of {count_noun(varying, 'number')} that vary, {cardinal(len(guesses))} are our estimates."
    if not worth:
        yield "Knowing any one of them would hardly tell more about the answer."
        return
    first = worth[0]
    yield f"To check first: {labels.number_name(first.path)}."
    yield from _third_sentences(labels, first)
    if wrong := _shown_wrong_by(labels).get(first.path):
        yield f"What would show it wrong: {lower_first(as_sentence(wrong))}"
    rest = len(guesses) - len(worth)
    if rest:
        verb, selves = ("matters", "itself") if rest == 1 else ("matter", "themselves")
        yield f"The other {cardinal(rest)} hardly {verb} by {selves}."


def _third_sentences(labels: CertaintyLabels, first: KeyAssumption) -> Iterator[str]:
    """How often the answer is yes at either end of a number, by the test by which it is most open."""
    test, side = labels.model.most_open[1], labels.acceptance.answering_side
    by_form = labels.model.told_by_form(test)
    yield f"Compare its lowest third with its highest, by the {test} test."
    counted = " of 100 simulations"
    for variant in labels.result.deciders.offered_variants:
        one = by_form[variant.form].of(first.path)
        assert one is not None
        form = labels.acceptance.form_phrase(variant)
        head = f"{form}, {side}" if form else side
        low, high = in_share(one.lowest_third.value), in_share(one.highest_third.value)
        yield upper_first(f"{head} accepts {low}{counted}{' of either' if low == high else f', and {high}'}.")
        counted = ""


def _shown_wrong_by(labels: CertaintyLabels) -> dict[str, str]:
    """By path, what the case says would show a number wrong."""
    return {one.path: one.wrong_if for one in case_inputs(labels.model.case) if one.wrong_if}


def _row(labels: CertaintyLabels, one: KeyAssumption) -> dict[str, object]:
    form, test = labels.model.most_open
    importance = labels.model.told_by_form(test)[form].of(one.path)
    tips = labels.model.tipping_points[one.path].get(form, ())
    return {
        "number": upper_first(labels.number_name(one.path)),
        **share_cells("value", one.value),
        **share_cells("lowest", importance.lowest_third if importance else None),
        **share_cells("highest", importance.highest_third if importance else None),
        "reversed_at": tips[0] if tips else None,
        "wrong_if": upper_first(_shown_wrong_by(labels).get(one.path, "")),
    }


def _see(labels: CertaintyLabels) -> str:
    """In which form and by which test the table tells how often the answer is yes."""
    form, test = labels.model.most_open
    variant = next(one for one in labels.result.deciders.offered_variants if one.form == form)
    clause = labels.acceptance.form_phrase(variant)
    return upper_first(f"{f'{clause}, ' if clause else ''}by the {test} test: where each is lowest, and highest.")
