"""What another course would change: a threat, a channel that replaces less, sides that are alike, what documents say.

One fold with one picture; the tables of each stand in the annex.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from detente.results.finding import Finding
from detente.results.outcome import Standing
from detente.rooms.acceptance.findings.answer_words import (
    BARS_SENTENCE,
    MOST_WORDS_IN_SENTENCE,
    acceptance_rows,
    both_tests,
    each_form_sentences,
    own_row,
    tests_of,
    what_if_row,
)
from detente.rooms.acceptance.findings.sensitivity.tested_scenarios import VERDICT_WORDS, count_sentence
from detente.rooms.acceptance.findings.text import AcceptanceLabels
from detente.rooms.acceptance.model.acceptance import AcceptanceModel
from detente.rooms.acceptance.model.sensitivity.what_if import WhatIf
from detente.rooms.acceptance.model.two_tests import TwoTests, own_tests, reversing_tests
from detente.text.english import cardinal, count_noun, join_words, lower_first, upper_first

MOST_NAMED = 2
"""Courses that a sentence names; more are counted."""
METHOD = (
    "Each course is worked out beside the case as it is, on common draws. It reverses the answer where most draws say "
    "otherwise by a test, and the change is above two standard errors of common draws."
)


@dataclass(frozen=True)
class _Course:
    """A course, in words that can follow `if` as well as stand by themselves, and what becomes of the offer by it."""

    words: str
    what_if: WhatIf
    group: str
    standing: Standing = "found"


def another_course_finding(labels: AcceptanceLabels, model: AcceptanceModel) -> Finding | None:
    """What becomes of the offer by every other course that is tried; None where there is none."""
    courses = list(_courses(labels, model))
    if not courses:
        return None
    reversing = [one for one in courses if reversing_tests(one.what_if, labels.deciders.full_theory.id)]
    sentences = (
        *_reversing_sentences(courses, reversing),
        *_best_sentences(labels, courses, reversing),
        *_notes(model),
    )
    rows = [what_if_row(labels, upper_first(one.words), one.what_if, one.group, one.standing) for one in courses]
    return Finding(
        id="courses",
        title="What another course would change",
        question="What would another course change",
        short_answer=_short_answer(len(reversing), len(courses)),
        place="detail",
        says=" ".join(sentences),
        picture=acceptance_rows(
            labels, f"Each row takes another course. {BARS_SENTENCE}", "What if", [own_row(labels), *rows]
        ),
        method=METHOD,
        rests_on=tuple(dict.fromkeys(_rests_on(labels, model))),
    )


def _courses(labels: AcceptanceLabels, model: AcceptanceModel) -> Iterator[_Course]:
    """What is tried in every case that has it, then what documents expect something of."""
    threat = model.under_grave_threat
    if threat is not None and not any(_tells_the_same(one.what_if, threat) for one in model.tested_scenarios):
        yield _Course("both sides feel a grave threat", threat, "The threat", "built in")
    if levels := model.by_exclusivity:
        for words, one in (("none", levels[0]), ("every one", levels[-1])):
            yield _Course(f"the channel replaces {words} of today's ties", one.what_if, "Today's ties")
    if model.kinds_of_organisation is not None:
        words = "the two organisations are alike in all that the case tells"
        yield _Course(words, model.kinds_of_organisation.on_all, "How like they are")
    for verdict, group in VERDICT_WORDS.items():
        for tested in model.tested_scenarios:
            if tested.verdict == verdict:
                words = lower_first(tested.scenario.says.rstrip("."))
                yield _Course(words, tested.what_if, f"Documents: {group}")


def _tells_the_same(one: WhatIf, other: WhatIf) -> bool:
    """Whether two what-ifs come to the same shares in every form and by every theory."""
    return (one.strict, one.generous) == (other.strict, other.generous)


def _short_answer(reversing: int, count: int) -> str:
    if count == 1:
        return "that reverses the answer" if reversing else "that reverses nothing"
    if not reversing:
        return f"none of {cardinal(count)} reverses it"
    return f"{cardinal(reversing)} of {cardinal(count)} {'reverses' if reversing == 1 else 'reverse'} it"


def _reversing_sentences(courses: list[_Course], reversing: list[_Course]) -> Iterator[str]:
    """How many courses reverse the answer, by name where they are few."""
    if len(courses) == 1:
        verb = "would reverse" if reversing else "would not reverse"
        yield f"The one other course that we tried {verb} the answer: {courses[0].words}."
        return
    if not reversing:
        yield f"We tried {count_noun(len(courses), 'other course')}, and none reverses the answer."
        return
    verb = "reverses" if len(reversing) == 1 else "reverse"
    head = f"Of {count_noun(len(courses), 'other course')} that we tried, {cardinal(len(reversing))} {verb} the answer"
    names = join_words((one.words for one in reversing), "or")
    if len(reversing) > MOST_NAMED:
        yield f"{head}."
    elif len(f"{head} {names}".split()) <= MOST_WORDS_IN_SENTENCE:
        yield f"{head}: {names}."
    else:
        yield f"{head}."
        yield from (f"{upper_first(one.words)}." for one in reversing)


def _best_sentences(labels: AcceptanceLabels, courses: list[_Course], reversing: list[_Course]) -> Iterator[str]:
    """By which course the offer is accepted most often, and how often then."""
    deciders = labels.deciders
    own = [own_tests(labels.result, one, deciders.full_theory) for one in deciders.offered_variants]
    heights = [_height(list(tests_of(labels, one.what_if).values())) for one in courses]
    best = courses[heights.index(max(heights))]
    if round(100 * max(heights)) <= round(100 * _height(own)):
        subject = "None of them" if len(courses) > 1 else "It"
        yield f"{subject} would {'not ' if len(courses) == 1 else ''}have {labels.answering_side} accept more often."
        return
    ties = [
        one for one, height in zip(courses, heights, strict=True) if round(100 * height) == round(100 * max(heights))
    ]
    if len(ties) > 1:
        yield f"{upper_first(cardinal(len(ties)))} of them help most, and about alike."
    elif len(courses) > 1 and reversing != ties:
        yield f"One helps most: {best.words}."
    then = "With one of these" if len(ties) > 1 else "Then"
    shares = both_tests(tests_of(labels, best.what_if))
    yield each_form_sentences(labels, f"{then} {labels.answering_side} would accept", shares, "It would")


def _height(tests: Sequence[TwoTests]) -> float:
    """How often the offer is accepted, over both tests and all ways to run the channel."""
    return sum(one.low + one.high for one in tests) / (2 * len(tests)) if tests else 0.0


def _notes(model: AcceptanceModel) -> Iterator[str]:
    """What of this no numbers could change, and how what documents expect comes out."""
    built_in = [
        *(["a threat favours whichever channel gets most done against it"] if model.under_grave_threat else []),
        *(["being alike helps wherever the channel gets most done"] if model.kinds_of_organisation else []),
    ]
    yield from (f"Built in: {one}." for one in built_in)
    if len(model.tested_scenarios) > 1:
        yield count_sentence(model.tested_scenarios)


def _rests_on(labels: AcceptanceLabels, model: AcceptanceModel) -> Iterator[str]:
    yield labels.deciders.offered_channel
    yield from labels.deciders.case.traits
    for tested in model.tested_scenarios:
        yield tested.id
        yield from tested.scenario.tests
