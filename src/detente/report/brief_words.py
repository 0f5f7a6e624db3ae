"""The words of the brief as every rendering says them: years, confidence, what would change it, what could work."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from detente.assessment.assess import Assessment
from detente.assessment.brief import Brief, Confidence, OptionRow
from detente.case.index.by_year import display_name
from detente.case.index.membership import case_sides
from detente.results.brief import Change, Degree, OptionAspect, Sign, YearsOf, YearSpan
from detente.results.pictures import Bar, RangeRow, RangeRows
from detente.text.brief_sentences import (
    BARS_SENTENCE,
    NO_FORECAST_SENTENCE,
    UNTESTED_SENTENCE,
    changes_sentence,
    driving_sentence,
    fit_sentence,
    inputs_sentence,
    offer_sentences,
    options_sentence,
    reversal_sentence,
    short_range,
    stand_ins_sentence,
)
from detente.text.english import join_words, lower_first, upper_first

AS_ASSUMED = "As we assume"
GROUP_TITLES = {"world": "If the world were different", "estimates": "If our assumptions are wrong"}
ASPECT_TITLES: Mapping[OptionAspect, str] = {
    "rules": "Do the rules allow it?",
    "lasts": "Once begun, does it last?",
    "errors": "Even with errors?",
}
NOT_MODELLED = "not modelled"
_YEAR_WORDS: Mapping[YearsOf, str] = {"record": "record of", "answer": "answer for", "rules": "rules as of"}


def years_line(assessment: Assessment) -> str:
    """Who it is about, and of which years record, answer and rules are: `NATO and the CSTO · record 1993–2013`."""
    case = assessment.loaded.case
    sides = case_sides(case)
    about = upper_first(join_words(display_name(case, side) for side in reversed(sides))) if sides else case.title
    return " · ".join([about, *map(_years_phrase, assessment.brief.years)])


def _years_phrase(years: YearSpan) -> str:
    span = str(years.first) if years.first == years.last else f"{years.first}–{years.last}"
    return f"{_YEAR_WORDS[years.of]} {span}"


def confidence_title(confidence: Confidence) -> str:
    """`Our confidence: low.`"""
    return f"Our confidence: {confidence.level}."


def confidence_sentences(confidence: Confidence) -> tuple[str, ...]:
    """Why it is so high or low: sources, other assumptions, tests on record."""
    fit = confidence.fit
    return (
        driving_sentence(confidence.guessed, len(confidence.driving)),
        reversal_sentence(confidence.sets_tried, confidence.strict_reversals, confidence.generous_reversals),
        fit_sentence(fit.right, fit.constant_right, fit.outcomes) if fit else UNTESTED_SENTENCE,
    )


def changes_picture(brief: Brief) -> RangeRows | None:
    """The picture of the brief: how often the offer is accepted as assumed, and by what would change that."""
    answer = brief.answer
    if answer is None:
        return None
    base = RangeRow(
        AS_ASSUMED,
        tuple(Bar(test.low, test.high) for test in answer.tests),
        note=f"measured against {lower_first(answer.baseline)}",
        is_base=True,
        link=answer.link,
    )
    tried, reversing = (Counter[str](change.group for change in group) for group in (brief.tried, brief.reversing))
    says = changes_sentence(tried, reversing)
    return RangeRows(
        says=f"{says} {BARS_SENTENCE}",
        measure=f"{upper_first(answer.answering)} accepts, of 100 simulations",
        series=tuple(form.name or "Accepts" for form in answer.forms),
        rows=(base, *map(_change_row, brief.changes)),
        axis="likelihood",
        heading="What if",
    )


def _change_row(change: Change) -> RangeRow:
    return RangeRow(
        change.label,
        tuple(Bar(test.low, test.high) if test else None for test in change.tests),
        group=GROUP_TITLES[change.group],
        standing=change.standing,
        link=change.link,
    )


def options_told(brief: Brief) -> str:
    """Where to start, and which advice the model does not bear out."""
    best = [row.label for row in brief.options if _is_promising(row)]
    failing = [row.label for row in brief.options if row.advised and _degree(row, "errors") == "none"]
    told = options_sentence([lower_first(label) for label in best], [lower_first(label) for label in failing])
    return f"{told} {offer_told(brief)}".rstrip()


def offer_told(brief: Brief) -> str:
    """What could be agreed; nothing where the case does not say what could be offered otherwise."""
    if brief.offer is None:
        return ""
    offer = brief.offer
    return offer_sentences(
        [one.value for one in offer.made],
        None if offer.is_best else (offer.best.value, offer.how),
        (offer.fuller.value, offer.fuller_how) if offer.fuller else None,
        offer.reluctant,
    )


def _is_promising(row: OptionRow) -> bool:
    """Whether rules leave it open, wholly or on a condition, and it would last with errors."""
    return _degree(row, "rules") in ("full", "half") and _degree(row, "errors") == "full"


def _degree(row: OptionRow, aspect: OptionAspect) -> Degree:
    return row.facts[aspect].degree if aspect in row.facts else "not modelled"


def basis_sentences(assessment: Assessment) -> tuple[str, ...]:
    """What it rests on: documents, inputs, and that it is no forecast."""
    inputs = assessment.inputs
    counted = (inputs_sentence(len(inputs), len(assessment.inputs_without_source)),) if inputs else ()
    stand_ins = (stand_ins_sentence(assessment.stand_ins.height),) if assessment.stand_ins is not None else ()
    return (*assessment.brief.basis, *counted, *stand_ins, NO_FORECAST_SENTENCE)


def sign_range(sign: Sign) -> str:
    """How often the offer is accepted if a sign is seen, over all ways to run the channel: `6–23`."""
    return short_range(min(test.low for test in sign.tests), max(test.high for test in sign.tests))
