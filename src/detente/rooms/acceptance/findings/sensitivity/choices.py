"""The finding on choices that are no numbers: which of them reverse the answer, and all of them at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from detente.methods.offer_model.channel_variants import ChannelVariant
from detente.methods.offer_model.offer_answers import AnswerKey
from detente.results.finding import Finding, Robustness
from detente.results.pictures import RangeRow
from detente.results.table import Column, make_table
from detente.rooms.acceptance.findings.answer_words import (
    each_form_sentences,
    tests_bars,
)
from detente.rooms.acceptance.findings.columns import RUN_COLUMN, THEORY_COLUMN, estimate_cells, share_column
from detente.rooms.acceptance.findings.sensitivity.choice_words import choice_title, option_words
from detente.rooms.acceptance.findings.sensitivity.defaults import carrying_defaults, default_sentences
from detente.rooms.acceptance.findings.text import AcceptanceLabels, title_of_theory
from detente.rooms.acceptance.model.choices.choice_sensitivity import ChoiceSensitivity, ChoicesResult, OptionAnswers
from detente.rooms.acceptance.model.estimated_share import EstimatedShare
from detente.rooms.acceptance.model.two_tests import TwoTests
from detente.text.english import cardinal, count_noun, join_words, lower_first, upper_first
from detente.text.number_format import per_hundred

AS_IT_IS, ALL_DRAWN = "none is changed", "those that move it vary at once"
"""What stands in the place of a choice where none is changed, and where all that move the answer are."""
MOST_NAMED = 2
"""Alternatives that sentences name; more are counted."""
METHOD = (
    "Each choice is changed by itself, on common draws, and the answer is said to turn where most draws say otherwise "
    "and the change is above two standard errors of common draws. Then the choices that move the answer are drawn like "
    "numbers, every combination by its weight; where there are too many, those that move it least are left out. "
    "Alternatives weigh alike unless the case says otherwise; that is no estimate of how likely they are. Some choices "
    "every case makes whether or not it names them. How the channel is run is told both ways everywhere, and is a "
    "choice, too."
)


def choices_finding(labels: AcceptanceLabels, result: ChoicesResult) -> Finding | None:
    """How the answer depends on choices that are no numbers; None where the case leaves nothing to choose."""
    if not result.choices:
        return None
    deciders = labels.deciders
    return Finding(
        id="choices",
        title="What our choices decide",
        says=" ".join(choice_sentences(labels, result)),
        see=f"How often {labels.answering_side} accepts by other choices.",
        table=make_table(_columns(labels), _rows(labels, result)),
        method=METHOD,
        rests_on=tuple(deciders.case.choices),
        robustness=choice_robustness(labels, result),
    )


def reversing_choices(labels: AcceptanceLabels, result: ChoicesResult) -> list[tuple[ChoiceSensitivity, OptionAnswers]]:
    """The alternatives that reverse the answer by the strict test, each with its choice."""
    theory_id = labels.deciders.full_theory.id
    return [(one, option) for one in result.choices for option in one.turning_options(theory_id)]


def _words(labels: AcceptanceLabels, sensitivity: ChoiceSensitivity, option: OptionAnswers) -> str:
    return option_words(labels, sensitivity.choice, option.option.id)


def choice_robustness(labels: AcceptanceLabels, result: ChoicesResult) -> Robustness:
    """Fragile where one other choice, or another value of a number that the case does not give, reverses the answer."""
    reversing = reversing_choices(labels, result)
    if reversing:
        words = join_words((lower_first(_words(labels, *one)) for one in reversing[:MOST_NAMED]), "or")
        more = "" if len(reversing) <= MOST_NAMED else ", among others"
        return Robustness("fragile", f"One other choice reverses it: {words}{more}.")
    if carrying_defaults(labels, result):
        return Robustness("fragile", "Another value of a number that the case leaves out reverses the answer.")
    return Robustness("robust", "No other choice that we tried reverses the answer.")


def choice_sentences(labels: AcceptanceLabels, result: ChoicesResult, with_others: bool = True) -> Iterator[str]:
    """Which choices reverse the answer, and how far the others move it.

    Args:
        labels: The names.
        result: The choices, worked out.
        with_others: Whether those that reverse nothing are told of beside some that do.
    """
    reversing = reversing_choices(labels, result)
    titles = list(dict.fromkeys(lower_first(choice_title(labels.deciders.case, one.choice)) for one, _ in reversing))
    count = len(result.choices)
    if titles:
        verb = "reverses" if len(titles) == 1 else "reverse"
        named = f": {join_words(titles)}" if len(titles) <= MOST_NAMED else ""
        choices = f"{count_noun(count, 'choice')} that we made"
        yield f"Of {choices}, {cardinal(len(titles))} {verb} it if made otherwise{named}."
    elif not count:
        pass
    elif count > 1:
        yield f"None of {cardinal(count)} choices that we made reverses the answer if made otherwise."
    else:
        yield "The one choice that we made would not reverse the answer if made otherwise."
    for one, option in reversing[:MOST_NAMED]:
        clause = f"With “{lower_first(_words(labels, one, option))}” instead, {labels.answering_side} would accept"
        yield each_form_sentences(labels, clause, _strict(labels, option.strict), "It would")
    if with_others or not titles:
        yield from _largest_move_sentences(labels, result, len(titles))
    if carrying_defaults(labels, result):
        yield from default_sentences(labels, result)


def _strict(labels: AcceptanceLabels, shares: Mapping[AnswerKey, EstimatedShare]) -> dict[ChannelVariant, list[float]]:
    theory_id = labels.deciders.full_theory.id
    return {
        variant: [shares[variant.form, theory_id].value]
        for variant in labels.deciders.offered_variants
        if (variant.form, theory_id) in shares
    }


def _largest_move_sentences(labels: AcceptanceLabels, result: ChoicesResult, reversing: int) -> Iterator[str]:
    """By how much those choices move the answer at most that do not reverse it."""
    theory_id = labels.deciders.full_theory.id
    others = [one for one in result.choices if not one.turning_options(theory_id)]
    changes = (change for one in others for option in one.options[1:] for change in option.strict_change.items())
    largest = max((abs(change.value) for key, change in changes if key[1] == theory_id), default=0.0)
    if not others:
        return
    if not largest:
        yield f"{_subject(len(others), reversing, 'changes', 'change')} nothing."
        return
    subject = _subject(len(others), reversing, "moves", "move")
    amount = f"{per_hundred(largest)} of 100 simulations, by the strict test."
    yield f"{subject} the answer in {'at most ' if len(others) > 1 else ''}{amount}"


def _subject(count: int, reversing: int, singular: str, plural: str) -> str:
    if count == 1:
        return f"{'The other' if reversing else 'It'} {singular}"
    return f"{'The others' if reversing else 'They'} {plural}"


def _columns(labels: AcceptanceLabels) -> tuple[Column, ...]:
    return (
        Column("choice"),
        Column("option", "changed to"),
        THEORY_COLUMN,
        RUN_COLUMN,
        share_column("strict", f"{labels.answering_side} accepts by the strict test, of 100"),
        Column("strict_change", "more than as it is, of 100", "percent", "share of draws", error=True),
        share_column("generous", "by the generous test"),
        share_column("under_threat", "under a grave threat, by the strict test"),
        share_column("best_issue", "for its best issue alone"),
        Column("turns", "reverses the answer", "yes_no"),
        Column("weight", format="number", unit="beside the other options of the choice"),
    )


def _rows(labels: AcceptanceLabels, result: ChoicesResult) -> Iterator[dict[str, object]]:
    own = result.choices[0].own
    yield from _option_rows(labels, AS_IT_IS, "", own, own, None)
    for one in result.choices:
        title = choice_title(labels.deciders.case, one.choice)
        for option in one.options[1:]:
            words = option_words(labels, one.choice, option.option.id)
            yield from _option_rows(labels, title, words, option, own, option.option.weight)
    if result.grid is not None:
        for key, names in _keys(labels):
            if key not in result.grid.strict:
                continue
            yield {
                "choice": ALL_DRAWN,
                "option": "",
                **names,
                **estimate_cells("strict", result.grid.strict[key]),
                **estimate_cells("generous", result.grid.generous[key]),
            }


def _keys(labels: AcceptanceLabels) -> Iterator[tuple[AnswerKey, dict[str, object]]]:
    for theory in labels.told_theories:
        for variant in labels.deciders.offered_variants:
            yield (
                (variant.form, theory.id),
                {"theory": title_of_theory(theory), "run": labels.variant_cell(variant)},
            )


def _option_rows(
    labels: AcceptanceLabels, title: str, words: str, option: OptionAnswers, own: OptionAnswers, weight: float | None
) -> Iterator[dict[str, object]]:
    for key, names in _keys(labels):
        if key not in option.strict:
            continue
        yield {
            "choice": title,
            "option": words,
            **names,
            **estimate_cells("strict", option.strict[key]),
            **(estimate_cells("strict_change", option.strict_change[key]) if option is not own else {}),
            **estimate_cells("generous", option.generous[key]),
            **estimate_cells("under_threat", option.under_threat[key]),
            **estimate_cells("best_issue", option.best_issue[key]),
            "turns": option.turns(own, key) if option is not own else None,
            "weight": weight,
        }


def reversing_rows(labels: AcceptanceLabels, result: ChoicesResult) -> Iterator[RangeRow]:
    """A row for each alternative that reverses the answer, those of a choice together."""
    for one, option in reversing_choices(labels, result):
        title, words = choice_title(labels.deciders.case, one.choice), upper_first(_words(labels, one, option))
        yield _row_of(labels, words, title, option.strict, option.generous)


def _row_of(
    labels: AcceptanceLabels,
    label: str,
    group: str,
    strict: Mapping[AnswerKey, EstimatedShare],
    generous: Mapping[AnswerKey, EstimatedShare],
) -> RangeRow:
    theory_id = labels.deciders.full_theory.id
    keys = {variant: (variant.form, theory_id) for variant in labels.deciders.offered_variants}
    tests = {variant: TwoTests(strict[key], generous[key]) for variant, key in keys.items() if key in strict}
    return RangeRow(label, tests_bars(labels, tests), group=group)
