"""The sentences of the brief, from its numbers: answers with their likelihood words, confidence, what could work."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from detente.text.english import cardinal, count_noun, join_words, upper_first
from detente.text.likelihood import EVEN_HIGH, EVEN_LOW, likelihood_word
from detente.text.number_format import per_hundred

MOST_WORDS = 25
"""A sentence of more words is told as two."""


@dataclass(frozen=True, slots=True)
class TextRun:
    """A part of a sentence, set apart from the rest where it carries the answer."""

    text: str
    strong: bool = False


def plain_text(runs: Sequence[TextRun]) -> str:
    """A sentence without what sets its parts apart."""
    return "".join(run.text for run in runs)


def verdict_sentence(ranges: Sequence[tuple[float, float]]) -> str:
    """The answer before all numbers: yes, no, or what it depends on.

    Args:
        ranges: For each way to run the channel, the lower and the higher of the two tests, from 0 to 1.
    """
    leanings = {_leaning(low, high) for low, high in ranges}
    if len(leanings) > 1:
        return "On our assumptions, it depends on how the channel is run."
    words = {"no": "no", "yes": "yes", "even": "it is too close to call"}
    return f"On our assumptions, {words[leanings.pop()]}."


def _leaning(low: float, high: float) -> str:
    if round(100 * high) <= EVEN_LOW:
        return "no"
    return "yes" if round(100 * low) > EVEN_HIGH else "even"


def range_word(low: float, high: float) -> str:
    """How likely something is by two tests: `almost no chance`, `very unlikely at best`, `may go either way`."""
    if round(100 * low) < EVEN_LOW and round(100 * high) > EVEN_HIGH:
        return "may go either way"
    is_above = round(100 * low) > EVEN_HIGH
    word = likelihood_word(low if is_above else high)
    extent = "" if likelihood_word(low) == likelihood_word(high) else " at least" if is_above else " at best"
    return word + extent


def range_phrase(low: float, high: float, of: str = " of 100") -> str:
    """Two shares of 100 in words: `2 to 15 of 100`, `at most 2 of 100`, `15 of 100`."""
    lowest, highest = per_hundred(low), per_hundred(high)
    if lowest == highest:
        return f"{lowest}{of}"
    if lowest in ("0", "fewer than 1"):
        return f"at most {highest}{of}"
    if highest in ("100", "more than 99"):
        return f"at least {lowest}{of}"
    return f"{lowest} to {highest}{of}"


def short_range(low: float, high: float) -> str:
    """The same for a cell of a table: `<1 to 2`, `2–15`, `>99`."""
    lowest, highest = _short_number(low), _short_number(high)
    if lowest == highest or (lowest, highest) == ("0", "<1"):
        return highest
    return f"{lowest}–{highest}" if (lowest + highest).isdigit() else f"{lowest} to {highest}"


def _short_number(share: float) -> str:
    return per_hundred(share).replace("fewer than ", "<").replace("more than ", ">")


def answer_sentences(
    answering: str, clauses: Sequence[str], tests: Sequence[tuple[float, float]]
) -> Iterator[tuple[TextRun, ...]]:
    """A sentence for each way to run the channel; one for all where they do not differ in what a reader sees.

    Args:
        answering: The side that answers.
        clauses: How the channel is run, each as a clause: `if Russia runs the channel`.
        tests: The share of each by the strict and by the generous test, from 0 to 1.
    """
    if len({(per_hundred(strict), per_hundred(generous)) for strict, generous in tests}) == 1:
        clauses, tests = [""], list(tests)[:1]
    for position, (clause, (strict, generous)) in enumerate(zip(clauses, tests, strict=True)):
        is_first, is_last = position == 0, position == len(tests) - 1
        yield _answer_sentence(answering, clause, strict, generous, is_first, is_last)


def _answer_sentence(
    answering: str, clause: str, strict: float, generous: float, is_first: bool, is_last: bool
) -> tuple[TextRun, ...]:
    low, high = sorted((strict, generous))
    word = range_word(low, high)
    head = f"{upper_first(clause)}, " if clause else ""
    if word.startswith("almost no chance"):
        start = (f"{head}there is ", word, f" that {answering} accepts: ")
    elif word == "may go either way":
        start = (f"{head}it ", word, f" whether {answering} accepts: " if is_first else ": ")
    elif is_first:
        start = (f"{head}it is ", word, f" that {answering} accepts: ")
    else:
        start = (f"{head}a yes is ", word, ": ")
    opening = start[0] if head else upper_first(start[0])
    simulations = " simulations" if is_first else ""
    head_runs = (TextRun(opening), TextRun(start[1], strong=True), TextRun(start[2]))
    if not is_last or per_hundred(low) == per_hundred(high):
        return (*head_runs, TextRun(range_phrase(low, high), strong=True), TextRun(f"{simulations}."))
    of_hundred = " of 100" if is_first else ""
    return (
        *head_runs,
        TextRun(f"{per_hundred(strict)}{of_hundred}", strong=True),
        TextRun(f"{simulations} by the strict test, "),
        TextRun(per_hundred(generous), strong=True),
        TextRun(" by the generous."),
    )


def driving_sentence(guessed: int, driving: int) -> str:
    """How many of the numbers that drive the answer are our estimates."""
    if driving == 0:
        return "No single number clearly drives this answer."
    if guessed == 0:
        return (
            f"All {count_noun(driving, 'number')} that drive this answer have a source."
            if driving > 1
            else ("The one number that drives this answer has a source.")
        )
    if driving == 1:
        return "The one number that drives this answer is our estimate."
    if guessed == driving == 2:
        return "We estimated both numbers that drive this answer."
    counted = "all" if guessed == driving else f"{cardinal(guessed)} of the"
    return f"We estimated {counted} {cardinal(driving)} numbers that drive this answer."


def reversal_sentence(tried: int, strict: int, generous: int) -> str:
    """How many other sets of assumptions reverse the answer, by either test."""
    if tried == 0:
        return "No other set of assumptions was tried."
    tried_phrase = f"Of {count_noun(tried, 'other set')} of assumptions"
    if strict == generous == 0:
        return f"{tried_phrase}, none reverses the answer by either test."
    if strict == generous:
        return f"{tried_phrase}, {cardinal(strict)} {'reverses' if strict == 1 else 'reverse'} the answer by each test."
    verb = "reverses" if strict == 1 else "reverse"
    strict_phrase = cardinal(strict) if strict else "none"
    generous_phrase = cardinal(generous) if generous else "none"
    return (
        f"{tried_phrase}, {strict_phrase} {verb if strict else 'reverses'} the answer by the strict test, "
        f"{generous_phrase} by the generous."
    )


def fit_sentence(right: float, constant: float, outcomes: int) -> str:
    """How the model fares on distinct outcomes, beside one that always says the same."""
    counted = count_noun(outcomes, "distinct past outcome")
    own, other = (cardinal(int(count)) if count == int(count) else f"{count:g}" for count in (right, constant))
    return f"Of {counted}, the model gets {own} right. One fixed guess gets {other}."


UNTESTED_SENTENCE = "Nothing on record tests the model."
NO_FORECAST_SENTENCE = "This is not a forecast. It shows what follows from stated assumptions."


def inputs_sentence(inputs: int, without_source: int) -> str:
    """How many inputs there are, and how many have no source."""
    if inputs == 1:
        return f"The one input has {'no' if without_source else 'a'} source."
    if not without_source:
        return f"Of {count_noun(inputs, 'input')}, all have a source."
    verb = "has" if without_source == 1 else "have"
    return f"Of {count_noun(inputs, 'input')}, {cardinal(without_source)} {verb} no source."


def stand_ins_sentence(figures: int) -> str:
    """How many figures are of other years than those they stand for."""
    verb = "stands" if figures == 1 else "stand"
    return f"{upper_first(count_noun(figures, 'figure'))} of other years {verb} in for missing ones."


def changes_sentence(tried: Mapping[str, int], reversing: Mapping[str, int]) -> str:
    """How many changes in the world, and how many other assumptions, make another answer likelier than not.

    Args:
        tried: How many were tried, by group: `world`, `estimates`.
        reversing: How many of these reverse the answer.
    """
    sentences: list[str] = []
    for group, noun in (("world", "change"), ("estimates", "other set")):
        count, found = tried.get(group, 0), reversing.get(group, 0)
        if count:
            ending = " in the world" if group == "world" else " of assumptions"
            named = cardinal(found) if found else "none"
            does = "reverses the answer" if found < 2 else "reverse the answer"
            if sentences:
                does = "does" if found < 2 else "do"
            sentences.append(f"Of {count_noun(count, noun)}{ending}, {named} {does}.")
    return " ".join(sentences) or "No change was tried."


BARS_SENTENCE = "Bars run from the strict to the generous test."


def offer_sentences(
    made: Sequence[float], best: tuple[float, str] | None, fuller: tuple[float, str] | None, reluctant: str
) -> str:
    """What could be agreed: how often both sides would have all issues as offered, in the best format, and a fuller.

    Args:
        made: As offered, in each form, from 0 to 1.
        best: In the best format, with that format within a sentence; without words where several do as well that have
            nothing in common. None where none does clearly better than the offer as it is.
        fuller: The same in a format that brings much more, with that format after a verb; None where none does.
        reluctant: The side that says no oftener in the best format; nothing where both do alike.
    """
    if not made:
        return ""
    sentences = [f"Both sides would have the offer as it is in {range_phrase(min(made), max(made))} simulations."]
    if best is None:
        return f"{sentences[0]} No other format does clearly better."
    share, how = range_phrase(best[0], best[0], ""), best[1]
    sentences.append(f"At best ({how}) it would be {share}." if how else f"At best it would be {share}.")
    if fuller is not None:
        sentences.append(f"More would come {fuller[1]}, in {range_phrase(fuller[0], fuller[0], '')}.")
    elif reluctant:
        sentences.append(f"Else mostly {reluctant} refuses.")
    return " ".join(sentences)


def options_sentence(best: Sequence[str], advised_failing: Sequence[str]) -> str:
    """Where to start: what both rules and the model speak for; and which advice the model does not bear out."""
    if not best:
        sentences = ["Nothing that known rules allow lasts in most simulations with errors."]
    else:
        sentences = [
            f"Known rules allow cooperation on {join_words(best)}, at least in part.",
            "Once begun, it mostly lasts, even with errors.",
        ]
    if advised_failing:
        verb = "does" if len(advised_failing) == 1 else "do"
        sentences.append(f"{upper_first(join_words(advised_failing))}, which a document advises, {verb} not.")
    return " ".join(sentences)
