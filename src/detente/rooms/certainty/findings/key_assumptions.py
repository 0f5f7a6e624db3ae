"""The finding on guesses: which to check first, the answer at either end of them, and what would show them wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.results.finding import Finding
from detente.results.table import Column, make_table
from detente.rooms.acceptance.findings.columns import estimate_cells
from detente.rooms.certainty.findings.text import CertaintyLabels, names_fit
from detente.rooms.certainty.model.key_assumptions import KeyAssumption, leading_assumptions
from detente.text.english import as_sentence, cardinal, count_noun, join_words, lower_first, upper_first
from detente.text.shares import in_share

COLUMNS = (
    Column("number"),
    Column("value", "what knowing it is worth", "digits", "Brier score", error=True),
    Column("lowest", "yes in its lowest third", "of_100", "share of draws", error=True),
    Column("highest", "yes in its highest third", "of_100", "share of draws", error=True),
    Column("reversed_at", "strict answer reversed at", "number", "in its own unit", missing="nowhere"),
    Column("wrong_if", "what would show it wrong"),
)


def key_assumptions_finding(labels: CertaintyLabels) -> Finding | None:
    """Which guesses to check first; None where no guess varies, or nobody is asked."""
    guesses = [one for one in labels.model.assumptions if not labels.model.has_source(one.path)]
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
            "(Brier 1950): p (1 - p) times the part of the variance that goes with its third, in the form and by "
            "the test where that is most. A guess is worth a check where that is 0.0001 at least and above three "
            "standard errors, as many are looked at. Reversed at: where the answer by the strict test first turns "
            "along the range of the number, all others at their means."
        ),
        rests_on=tuple(one.path for one in worth),
    )


def _sentences(
    labels: CertaintyLabels, guesses: Sequence[KeyAssumption], worth: Sequence[KeyAssumption]
) -> Iterator[str]:
    varying = len(labels.model.assumptions)
    if varying == 1:
        yield "The one number that varies is our estimate."
    else:
        are = "is" if len(guesses) == 1 else "are"
        yield f"Of {count_noun(varying, 'number')} that vary, {cardinal(len(guesses))} {are} our estimates."
    if not worth:
        yield "Knowing any one of them would hardly tell more about the answer."
        return
    yield from _first_sentences(labels, worth)
    rest = len(guesses) - len(worth)
    if rest:
        others = "the other one matters" if rest == 1 else f"the other {cardinal(rest)} matter"
        yield f"The simulations do not show that {others} by {'itself' if rest == 1 else 'themselves'}."


def _first_sentences(labels: CertaintyLabels, worth: Sequence[KeyAssumption]) -> Iterator[str]:
    """The guess to check first, with what is known of it; or those that cannot be told apart."""
    leading = leading_assumptions(worth)
    names = [labels.number_name(one.path) for one in leading]
    if len(leading) > 1:
        named = f": {join_words(names)}" if names_fit(names) else ""
        yield f"{upper_first(cardinal(len(leading)))} cannot be told apart at the head{named}."
        yield "The table has how often the answer is yes at either end of each."
        return
    yield f"To check first: {names[0]}."
    yield from _third_sentences(labels, leading[0])
    if wrong := _wrong_if(labels, leading[0].path):
        yield f"What would show it wrong: {lower_first(as_sentence(wrong))}"


def _third_sentences(labels: CertaintyLabels, first: KeyAssumption) -> Iterator[str]:
    """How often the answer is yes at either end of a number, by the test by which it is most open."""
    test, side = labels.model.most_open[1], labels.acceptance.answering_side
    by_form = labels.model.told_by_form(test)
    yield f"Its lowest third is compared with its highest, by the {test} test."
    counted = " of 100 simulations"
    for variant in labels.acceptance.deciders.offered_variants:
        one = by_form[variant.form].of(first.path)
        assert one is not None
        form = labels.acceptance.form_phrase(variant)
        head = f"{form}, {side}" if form else side
        low, high = in_share(one.lowest_third.value), in_share(one.highest_third.value)
        yield upper_first(f"{head} accepts {low}{counted}{' either way' if low == high else f', and {high}'}.")
        counted = ""


def _wrong_if(labels: CertaintyLabels, path: str) -> str:
    """What the case says would show a number wrong; nothing where it does not say."""
    known = labels.model.inputs_by_path
    return known[path].wrong_if if path in known else ""


def _row(labels: CertaintyLabels, one: KeyAssumption) -> dict[str, object]:
    form, test = labels.model.most_open
    importance = labels.model.told_by_form(test)[form].of(one.path)
    tips = labels.model.tipping_points[one.path].get(form, ())
    return {
        "number": upper_first(labels.number_name(one.path)),
        **estimate_cells("value", one.value),
        **estimate_cells("lowest", importance.lowest_third if importance else None),
        **estimate_cells("highest", importance.highest_third if importance else None),
        "reversed_at": tips[0] if tips else None,
        "wrong_if": upper_first(_wrong_if(labels, one.path)),
    }


def _see(labels: CertaintyLabels) -> str:
    """In which form and by which test the table tells how often the answer is yes."""
    form, test = labels.model.most_open
    variant = next(one for one in labels.acceptance.deciders.offered_variants if one.form == form)
    clause = labels.acceptance.form_phrase(variant)
    return upper_first(f"{f'{clause}, ' if clause else ''}by the {test} test: where each is lowest, and highest.")
