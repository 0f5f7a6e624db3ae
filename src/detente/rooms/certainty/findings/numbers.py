"""The finding on numbers: which each answer hangs on, how much alone, and how often each alone reverses it."""

from __future__ import annotations

from collections.abc import Iterator

from detente.results.finding import Finding
from detente.results.table import Column, make_table
from detente.rooms.acceptance.findings.text import title_of_theory
from detente.rooms.certainty.findings.text import PART_OF_VARIANCE, CertaintyLabels, share_cells
from detente.rooms.certainty.model.asked_answers import AskedAnswer
from detente.text.english import cardinal, count_noun, join_words, upper_first
from detente.text.number_format import per_hundred

COLUMNS = (
    Column("run", "the channel is run"),
    Column("theory"),
    Column("test"),
    Column("number"),
    Column("path", "where in the case", "id"),
    Column("answer", "of the answer", "percent", PART_OF_VARIANCE, error=True),
    Column("margin", "of how far it is from turning", "percent", PART_OF_VARIANCE, error=True),
    Column("lowest", "yes in its lowest third", "of_100", "share of draws", error=True),
    Column("highest", "yes in its highest third", "of_100", "share of draws", error=True),
)
DEEP_COLUMNS = (
    Column("total", "of the answer, with all else", "percent", PART_OF_VARIANCE, error=True),
    Column("flips", "drawn anew, reverses the answer", "of_100", "share of draws", error=True),
)
REST = "All others and departures of pairs"
MOST_NAMED, MOST_WORDS_NAMED = 3, 20
"""So many numbers are named in a sentence, in so many words."""


def numbers_finding(labels: CertaintyLabels) -> Finding | None:
    """Which numbers each answer hangs on; None where nothing varies or nobody is asked."""
    model = labels.model
    if model.inputs is None or not model.inputs.paths:
        return None
    count = len(model.driving_paths)
    drive = f"{cardinal(count)} clearly drive it" if count > 1 else "one clearly drives it"
    return Finding(
        id="numbers",
        title="Which numbers matter",
        question="Which numbers matter",
        short_answer=drive if count else "none by itself",
        place="detail",
        says=" ".join(_sentences(labels)),
        see="What part of the variance goes with each number alone, in per cent, by answer.",
        table=make_table((*COLUMNS, *(DEEP_COLUMNS if model.is_deep else ())), _rows(labels)),
        method=(
            "A number drives the answer where its first-order index, of yes and no or of how far the answer is from "
            "turning, is a twentieth at least by more than two standard errors, by the strict test and all reasons, in "
            "any form. It matters in the table where an index is a hundredth at least and above its error."
        ),
        rests_on=tuple(model.driving_paths),
    )


def _sentences(labels: CertaintyLabels) -> Iterator[str]:
    model = labels.model
    assert model.inputs is not None
    names = [labels.number_name(path) for path in model.driving_paths]
    varying = len(model.inputs.paths)
    if not names:
        yield f"Of {count_noun(varying, 'number')} that vary, none clearly drives the answer by itself."
    else:
        drive = "drives" if len(names) == 1 else "drive"
        yield f"Of {count_noun(varying, 'number')} that vary, {cardinal(len(names))} clearly {drive} the answer."
        yield from named_sentences(names)
    yield from _flip_sentences(labels)


def named_sentences(names: list[str]) -> Iterator[str]:
    """The first of some numbers by name, as many as a sentence holds."""
    told = names[:MOST_NAMED]
    while len(told) > 1 and len(" ".join(told).split()) > MOST_WORDS_NAMED:
        told.pop()
    if len(told) == 1:
        yield f"{'It is' if len(names) == 1 else 'The first is'} {told[0]}."
    else:
        yield f"{'They are' if told == names else 'The first are'} {join_words(told)}."


def _flip_sentences(labels: CertaintyLabels) -> Iterator[str]:
    """How often the number that reverses the answer most often does so alone; only in depth."""
    model = labels.model
    told = [
        (variant, model.effects[asked])
        for variant in (labels.result.deciders.offered_variants if model.effects else ())
        for asked in [AskedAnswer(variant.form, labels.result.deciders.full_theory.id, "strict")]
    ]
    for variant, effects in told:
        if not effects.by_number:
            continue
        path, most = max(effects.by_number.items(), key=lambda item: item[1].flip_share.value)
        form = labels.acceptance.form_phrase(variant)
        head = f"{form}, " if form else ""
        share = per_hundred(most.flip_share.value)
        yield upper_first(
            f"{head}{labels.number_name(path)}, drawn anew alone, reverses it in {share} of 100 simulations."
        )


def _rows(labels: CertaintyLabels) -> Iterator[dict[str, object]]:
    variants = {variant.form: variant for variant in labels.result.deciders.offered_variants}
    theories = {theory.id: theory for theory in labels.result.deciders.theories}
    for asked, importance in labels.model.answers.items():
        effects = labels.model.effects.get(asked)
        names = {
            "run": labels.acceptance.variant_cell(variants[asked.form]),
            "theory": title_of_theory(theories[asked.theory]),
            "test": asked.test,
        }
        for one in importance.leaders:
            effect = effects.by_number.get(one.path) if effects else None
            yield {
                **names,
                "number": labels.number_name(one.path),
                "path": one.path,
                **share_cells("answer", one.answer_index),
                **share_cells("margin", one.margin_index),
                **share_cells("lowest", one.lowest_third),
                **share_cells("highest", one.highest_third),
                **share_cells("total", effect.total_index if effect else None),
                **share_cells("flips", effect.flip_share if effect else None),
            }
        if effects:
            rest = {**share_cells("total", effects.rest.total_index), **share_cells("flips", effects.rest.flip_share)}
            yield {**names, "number": REST, "path": "", **rest}
