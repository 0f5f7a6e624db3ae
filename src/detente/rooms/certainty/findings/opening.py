"""How the chapter opens: whether choices or numbers matter more, which do, and the picture of the numbers."""

from __future__ import annotations

from collections.abc import Iterator

from detente.results.pictures import Bar, RangeRow, RangeRows
from detente.rooms.acceptance.findings.answer_words import AS_ASSUMED, acceptance_rows
from detente.rooms.acceptance.findings.sensitivity.choice_words import choice_title
from detente.rooms.certainty.findings.regions import short_sentences
from detente.rooms.certainty.findings.text import CertaintyLabels, direction_note, names_fit
from detente.rooms.certainty.model.certainty import CertaintyModel
from detente.rooms.certainty.model.choice_weight import leading_choices, options_weigh_alike, weighs_more
from detente.rooms.certainty.model.key_assumptions import leading_assumptions
from detente.text.english import cardinal, clip_text, count_noun, join_words, lower_first, upper_first

MOST_PICTURED = 5
"""Numbers that the picture shows."""
LONGEST_LABEL = 60


def headline(labels: CertaintyLabels) -> str:
    """What matters most, in one sentence."""
    weight = weighs_more(labels.model)
    weighed = "With options weighed alike" if options_weigh_alike(labels.model) else "By the weights of options"
    if weight == "choices":
        return f"{weighed}, our choices move this answer more than our estimates."
    if weight == "numbers":
        return f"{weighed}, our estimates move this answer more than our choices."
    if weight == "both":
        return "Our choices and our estimates both move this answer."
    if labels.model.result is None:
        return _lasting_headline(labels)
    return _drivers_sentence(labels)


def _lasting_headline(labels: CertaintyLabels) -> str:
    games = [one for one in labels.model.lasting if one.importance.drivers]
    if not games:
        return "No single number clearly decides whether cooperation lasts."
    return f"Whether cooperation lasts depends on our numbers in {count_noun(len(games), 'game')}."


def lead(labels: CertaintyLabels) -> str:
    """Which choice matters most, which estimates are worth checking, and where the answer is yes."""
    if labels.model.result is None:
        return ""
    return " ".join([*_choice_sentences(labels), *_check_sentences(labels), *short_sentences(labels)])


def _check_sentences(labels: CertaintyLabels) -> Iterator[str]:
    """How many numbers are worth knowing, and the first of them."""
    worth = [one for one in labels.model.assumptions if one.matters]
    if not worth:
        return
    first = [labels.number_name(one.path) for one in leading_assumptions(worth)]
    if len(worth) == 1:
        yield f"One number is worth knowing better: {first[0]}."
    else:
        named = f", first of all {join_words(first)}" if names_fit(first) else ""
        yield f"{upper_first(cardinal(len(worth)))} numbers are worth knowing better{named}."


def _choice_sentences(labels: CertaintyLabels) -> Iterator[str]:
    leading = leading_choices(labels.model)
    titles = [lower_first(choice_title(labels.model.case, choice)) for choice in leading]
    if len(titles) == 1:
        yield f"Of our choices, one matters most: {titles[0]}."
    elif len(titles) == 2:
        yield f"Of our choices, two matter most: {join_words(titles)}."


def _drivers_sentence(labels: CertaintyLabels) -> str:
    """How many numbers drive the answer, or how far it is from turning."""
    count = len(labels.model.driving_paths)
    if not count:
        return "No single number clearly drives the answer."
    return f"{upper_first(count_noun(count, 'number'))} clearly {'drives' if count == 1 else 'drive'} the answer."


def opening_picture(labels: CertaintyLabels) -> RangeRows | None:
    """How often the offer is accepted where each number that matters is lowest, and where it is highest."""
    paths = pictured_paths(labels.model)
    if not paths:
        return None
    _, test = labels.model.most_open
    by_form = labels.model.told_by_form(test)
    base = RangeRow(
        AS_ASSUMED,
        tuple(Bar(one.share.value, one.share.value) for one in by_form.values()),
        is_base=True,
        subject=f"answer:{test}",
    )
    says = f"Bars join a number's lowest third and its highest, by the {test} test."
    return acceptance_rows(labels.acceptance, says, "Number", [base, *(_row(labels, path) for path in paths)])


def pictured_paths(model: CertaintyModel) -> list[str]:
    """The numbers that are worth knowing, or else those that drive the answer; as many as the picture shows."""
    return ([one.path for one in model.assumptions if one.matters] or model.driving_paths)[:MOST_PICTURED]


def _row(labels: CertaintyLabels, path: str) -> RangeRow:
    told = labels.model.told_by_form(labels.model.most_open[1])
    found = [importance.of(path) for importance in told.values()]
    numbers = [one for one in found if one is not None]
    bars = [sorted((one.lowest_third.value, one.highest_third.value)) for one in numbers]
    return RangeRow(
        clip_text(upper_first(labels.number_name(path)), LONGEST_LABEL),
        tuple(Bar(low, high) for low, high in bars),
        note=direction_note(numbers),
        link="sure-checks",
        subject=f"number:{path}",
    )
