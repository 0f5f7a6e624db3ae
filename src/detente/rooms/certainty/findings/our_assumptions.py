"""How far what we assumed decides the answer: other sets of estimates, other choices, numbers that the case leaves out.

One fold with one picture; the tables of each stand in the annex.
"""

from __future__ import annotations

from collections.abc import Iterator

from detente.results.finding import Finding, Robustness
from detente.results.pictures import RangeRow, RangeRows
from detente.rooms.acceptance.findings.answer_words import BARS_SENTENCE, acceptance_rows, own_row, what_if_row
from detente.rooms.acceptance.findings.sensitivity.choices import (
    choice_sentences,
    reversing_choices,
    reversing_rows,
)
from detente.rooms.acceptance.findings.sensitivity.defaults import carrying_defaults
from detente.rooms.acceptance.findings.sensitivity.prior_sensitivity import (
    prior_sentences,
    reversing_sets,
)
from detente.rooms.certainty.findings.text import CertaintyLabels
from detente.text.english import cardinal, count_noun, join_words, upper_first

METHOD = (
    "Sets of estimates and choices are changed one at a time, on common draws. One reverses the answer where most "
    "draws say otherwise by the strict test (a set: by either test), and the change is above two standard errors of "
    "common draws."
)


def our_assumptions_finding(labels: CertaintyLabels) -> Finding | None:
    """How far our estimates and choices decide the answer; None where there was nothing to assume otherwise."""
    sets, choices = labels.model.priors, labels.model.choices
    if not sets and not choices.choices and not choices.defaults:
        return None
    sentences = (
        *(prior_sentences(labels.acceptance, sets) if sets else ()),
        *(
            choice_sentences(labels.acceptance, choices, with_others=False)
            if choices.choices or choices.defaults
            else ()
        ),
    )
    return Finding(
        id="assumptions",
        title="How far our assumptions decide this",
        question="How far our assumptions decide this",
        short_answer=_short_answer(labels),
        place="detail",
        says=" ".join(sentences),
        picture=_picture(labels),
        method=METHOD,
        rests_on=(*labels.acceptance.deciders.case.priors, *labels.acceptance.deciders.case.choices),
        robustness=_robustness(labels),
    )


def _reversing_counts(labels: CertaintyLabels) -> tuple[int, int, int]:
    """How many sets of estimates, choices and numbers that the case leaves out reverse the answer."""
    return (
        len(reversing_sets(labels.acceptance, labels.model.priors)),
        len({one.choice.id for one, _ in reversing_choices(labels.acceptance, labels.model.choices)}),
        len(carrying_defaults(labels.acceptance, labels.model.choices)),
    )


def _short_answer(labels: CertaintyLabels) -> str:
    reversing = sum(_reversing_counts(labels))
    count = len(labels.model.priors) + len(labels.model.choices.choices) + len(labels.model.choices.defaults)
    if count == 1:
        return "another one reverses it" if reversing else "another one reverses nothing"
    if not reversing:
        return f"none of {cardinal(count)} reverses it"
    return f"{cardinal(reversing)} of {cardinal(count)} {'reverses' if reversing == 1 else 'reverse'} it"


def _picture(labels: CertaintyLabels) -> RangeRows | None:
    """The case as it is beside what was assumed otherwise; None where there is nothing to put beside it."""
    rows = list(_rows(labels))
    return acceptance_rows(labels.acceptance, _picture_says(labels), "What if", rows) if len(rows) > 1 else None


def _picture_says(labels: CertaintyLabels) -> str:
    told = [
        *(["other estimates in the place of ours"] if labels.model.priors else []),
        *(
            ["the choices that reverse the answer"]
            if list(reversing_rows(labels.acceptance, labels.model.choices))
            else []
        ),
    ]
    return f"{upper_first(', then '.join(told))}. {BARS_SENTENCE}"


def _rows(labels: CertaintyLabels) -> Iterator[RangeRow]:
    """The case as it is, every set of estimates, and the choices that reverse the answer."""
    choices = list(reversing_rows(labels.acceptance, labels.model.choices))
    group = "Other estimates" if choices else ""
    yield own_row(labels.acceptance)
    yield from (what_if_row(labels.acceptance, one.title, one.what_if, group=group) for one in labels.model.priors)
    yield from choices


def _robustness(labels: CertaintyLabels) -> Robustness:
    """Fragile where anything that we assumed reverses the answer if assumed otherwise by itself."""
    nouns = ("other set of estimates", "other choice", "number that the case leaves out")
    plurals = ("other sets of estimates", "other choices", "numbers that the case leaves out")
    counts = _reversing_counts(labels)
    told = [
        count_noun(count, noun, plural) for count, noun, plural in zip(counts, nouns, plurals, strict=True) if count
    ]
    if not told:
        return Robustness("robust", "Nothing that we tried reverses the answer.")
    verb = "reverses" if sum(counts) == 1 else "reverse"
    each = "" if sum(counts) == 1 else ", each by itself"
    return Robustness("fragile", f"{upper_first(join_words(told))} {verb} the answer{each}.")
