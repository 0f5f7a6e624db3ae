"""The finding on choices that are no numbers: which of them turn the answer, and what it is with all of them drawn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from detente.case.index.channel_variants import ChannelForm
from detente.results.finding import Finding, Robustness
from detente.results.table import Column, make_table
from detente.rooms.acceptance.findings.charts.acceptance import acceptance_chart
from detente.rooms.acceptance.findings.columns import RUN_COLUMN, THEORY_COLUMN, share_column
from detente.rooms.acceptance.findings.sensitivity.choice_words import choice_title, option_words
from detente.rooms.acceptance.findings.text import (
    AcceptanceLabels,
    by_theory,
    once_or_each,
    share_range,
    title_of_theory,
)
from detente.rooms.acceptance.model.choices.choice_answers import AnswerKey
from detente.rooms.acceptance.model.choices.choice_sensitivity import (
    ChoiceSensitivity,
    ChoicesResult,
    EstimatedShare,
    OptionAnswers,
)
from detente.text.english import cardinal, count_noun, join_words, lower_first, upper_first
from detente.text.number_format import per_hundred

AS_IT_IS, ALL_DRAWN = "none is changed", "all that move it are drawn"
"""What stands in the place of a choice where none is changed, and where all that move the answer are."""
MOST_NAMED = 2
"""Alternatives that a sentence names; more are counted."""
METHOD = (
    "Each choice is changed by itself, on common draws, and the answer is said to turn where most draws say otherwise "
    "and the change is above two standard errors of common draws. Then all choices that move the answer are drawn like "
    "numbers: every combination by its weight, or a Latin hypercube of combinations where they are many (McKay, "
    "Beckman and Conover 1979). Alternatives weigh alike unless the case says otherwise; that is no estimate of how "
    "likely they are. Some choices every case makes whether or not it names them. How the channel is run is told both "
    "ways everywhere, and is a choice, too."
)


def choices_finding(labels: AcceptanceLabels, result: ChoicesResult) -> Finding | None:
    """How the answer depends on choices that are no numbers; None where the case leaves nothing to choose."""
    if not result.choices:
        return None
    deciders = labels.deciders
    turning = turning_alternatives(labels, result)
    return Finding(
        id="choices",
        title="What turns on choices that are no numbers",
        says=_choices_sentences(labels, result),
        see=f"In how many of 100 draws {labels.answering_side} accepts by the strict test, "
        f"{by_theory(deciders.full_theory)}{labels.marks_legend()}.",
        table=make_table(_columns(labels), _rows(labels, result)),
        chart=acceptance_chart(
            _bars(labels, result),
            f"{upper_first(by_theory(deciders.full_theory))}: draws of 100 in which {labels.answering_side} accepts",
        ),
        method=METHOD,
        rests_on=tuple(deciders.case.choices),
        robustness=Robustness("fragile", f"Most draws say otherwise by {join_words(turning)}.")
        if turning
        else Robustness("descriptive"),
    )


def turning_alternatives(labels: AcceptanceLabels, result: ChoicesResult) -> list[str]:
    """The alternatives that turn the answer, each in quotes."""
    theory_id = labels.deciders.full_theory.id
    return [
        f"“{lower_first(option_words(labels, one.choice, turning.option.id))}”"
        for one in result.choices
        for turning in one.turning_options(theory_id)
    ]


def choices_brief(labels: AcceptanceLabels, result: ChoicesResult) -> str:
    """For the first screen: which choices turn the answer."""
    if not result.choices:
        return ""
    turning = turning_alternatives(labels, result)
    count = len(result.choices)
    if not turning:
        return f"No choice among {cardinal(count)} that are no numbers would reverse it." if count > 1 else ""
    titles = _turning_titles(labels, result)
    named = join_words(turning, "or") if len(turning) <= MOST_NAMED else f"{cardinal(len(turning))} alternatives"
    choices = f"{count_noun(count, 'choice')} that are no numbers"
    return f"{upper_first(cardinal(len(titles)))} of {choices} would reverse it: {join_words(titles)}, by {named}."


def _turning_titles(labels: AcceptanceLabels, result: ChoicesResult) -> list[str]:
    theory_id = labels.deciders.full_theory.id
    return [
        lower_first(choice_title(labels.deciders.case, one.choice))
        for one in result.choices
        if one.turning_options(theory_id)
    ]


def _choices_sentences(labels: AcceptanceLabels, result: ChoicesResult) -> str:
    theory_id = labels.deciders.full_theory.id
    turning = [one for one in result.choices if one.turning_options(theory_id)]
    count = count_noun(len(result.choices), "choice")
    if turning:
        verb = "turns" if len(turning) == 1 else "turn"
        first = f"Of {count} that could be made otherwise {cardinal(len(turning))} {verb} the answer: "
        sentences = [f"{first}{join_words(_turning_titles(labels, result))}."]
        sentences += [
            _turning_sentence(labels, one, option) for one in turning for option in one.turning_options(theory_id)
        ]
    else:
        sentences = [f"No choice among {cardinal(len(result.choices))} that could be made otherwise turns the answer."]
    sentences += [_largest_move_sentence(labels, result, turning), _joint_sentence(labels, result)]
    return " ".join(filter(None, sentences))


def _turning_sentence(labels: AcceptanceLabels, sensitivity: ChoiceSensitivity, option: OptionAnswers) -> str:
    words = option_words(labels, sensitivity.choice, option.option.id)
    now, before = (_shares_phrase(labels, one.strict) for one in (option, sensitivity.own))
    return f"With “{lower_first(words)}” {labels.answering_side} accepts in {now} of 100 draws instead of {before}."


def _shares_phrase(labels: AcceptanceLabels, shares: Mapping[AnswerKey, EstimatedShare]) -> str:
    theory_id = labels.deciders.full_theory.id
    return once_or_each(
        [
            per_hundred(shares[variant.form, theory_id].value)
            for variant in labels.deciders.offered_variants
            if (variant.form, theory_id) in shares
        ]
    )


def _largest_move_sentence(labels: AcceptanceLabels, result: ChoicesResult, turning: list[ChoiceSensitivity]) -> str:
    """By how much those choices move the answer at most that do not turn it."""
    others = [one for one in result.choices if one not in turning]
    if not others:
        return ""
    theory_id = labels.deciders.full_theory.id
    changes = (change for one in others for option in one.options[1:] for change in option.strict_change.items())
    largest = max((abs(change.value) for key, change in changes if key[1] == theory_id), default=0.0)
    subject = f"The other {cardinal(len(others))} move it" if turning and len(others) > 1 else "They move it"
    if len(others) == 1:
        subject = "The other moves it" if turning else "It moves it"
    return f"{subject} by {per_hundred(largest)} of 100 draws{' at most' if len(others) > 1 else ''}."


def _joint_sentence(labels: AcceptanceLabels, result: ChoicesResult) -> str:
    joint, theory_id = result.joint, labels.deciders.full_theory.id
    if joint is None:
        return ""
    ranges = [
        share_range(joint.strict_range[variant.form, theory_id])
        for variant in labels.deciders.offered_variants
        if (variant.form, theory_id) in joint.strict_range
    ]
    return (
        f"With all that move it drawn like numbers it accepts in {_shares_phrase(labels, joint.strict)}, "
        f"by combination in {once_or_each(ranges)}."
    )


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
        Column("turns", "turns the answer", "yes_no"),
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
    if result.joint is not None:
        for key, names in _keys(labels):
            if key not in result.joint.strict:
                continue
            yield {
                "choice": ALL_DRAWN,
                "option": "",
                **names,
                **_share_cells("strict", result.joint.strict[key]),
                **_share_cells("generous", result.joint.generous[key]),
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
            **_share_cells("strict", option.strict[key]),
            **(_share_cells("strict_change", option.strict_change[key]) if option is not own else {}),
            **_share_cells("generous", option.generous[key]),
            **_share_cells("under_threat", option.under_threat[key]),
            **_share_cells("best_issue", option.best_issue[key]),
            "turns": option.turns(own, key) if option is not own else None,
            "weight": weight,
        }


def _share_cells(name: str, share: EstimatedShare) -> dict[str, float]:
    return {name: share.value, f"{name}_error": share.error}


def _bars(labels: AcceptanceLabels, result: ChoicesResult) -> list[tuple[str, ChannelForm, str, float]]:
    """What is told of each alternative in the picture: its words, the form, and how often the offer is accepted."""
    theory_id = labels.deciders.full_theory.id
    told = [(upper_first(AS_IT_IS), result.choices[0].own.strict)]
    told += [
        (option_words(labels, one.choice, option.option.id), option.strict)
        for one in result.choices
        for option in one.options[1:]
    ]
    if result.joint is not None:
        told.append((upper_first(ALL_DRAWN), result.joint.strict))
    return [
        (upper_first(words), variant.form, labels.variant_cell(variant), shares[variant.form, theory_id].value)
        for words, shares in told
        for variant in labels.deciders.offered_variants
        if (variant.form, theory_id) in shares
    ]
