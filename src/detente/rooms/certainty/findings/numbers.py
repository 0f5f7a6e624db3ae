"""The finding on numbers: which each answer hangs on, how much alone, and how often each alone reverses it."""

from __future__ import annotations

from collections.abc import Iterator

from detente.results.finding import Finding
from detente.results.table import Column, make_table
from detente.rooms.acceptance.findings.columns import estimate_cells
from detente.rooms.acceptance.findings.text import title_of_theory
from detente.rooms.certainty.findings.text import MOST_NAMED, PART_OF_VARIANCE, CertaintyLabels, names_fit
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
    Column("margin", "of the distance to the other answer", "percent", PART_OF_VARIANCE, error=True),
    Column("lowest", "yes in its lowest third, by that test", "of_100", "share of draws", error=True),
    Column("highest", "yes in its highest third, by that test", "of_100", "share of draws", error=True),
)
DEEP_COLUMNS = (
    Column("total", "of the answer, alone or with others", "percent", PART_OF_VARIANCE, error=True),
    Column("flips", "drawn again alone, changes the answer", "of_100", "share of draws", error=True),
)
REST = "All others and departures of pairs"


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
            "A number drives the answer where its first-order index, of yes and no or of how far the answer is "
            "from turning, is a twentieth at least by more than two standard errors, by the strict test and the "
            "theory of the answer, in any form. The table has, of that theory, those of which an index is a "
            "hundredth at least and above two standard errors; of others those that drive."
        ),
        rests_on=tuple(model.driving_paths),
    )


def _sentences(labels: CertaintyLabels) -> Iterator[str]:
    model = labels.model
    assert model.inputs is not None
    names = [labels.number_name(path) for path in model.driving_paths]
    varying = len(model.inputs.paths)
    head = "The one number that varies" if varying == 1 else f"Of {count_noun(varying, 'number')} that vary,"
    if varying == 1:
        yield f"{head} {'clearly drives' if names else 'does not clearly drive'} the answer."
    elif not names:
        yield f"{head} none clearly drives the answer by itself."
    else:
        drive = "drives" if len(names) == 1 else "drive"
        yield f"{head} {cardinal(len(names))} clearly {drive} the answer, or how far it is from the other one."
        yield from _named_sentences(names)
    yield from _flip_sentences(labels)


def _named_sentences(names: list[str]) -> Iterator[str]:
    """Some numbers by name, as many as a sentence holds; their order says nothing."""
    told = names[:MOST_NAMED]
    while len(told) > 1 and not names_fit(told):
        told.pop()
    if told == names:
        yield f"{'It is' if len(names) == 1 else 'They are'} {join_words(told)}."
    else:
        yield f"Among them {'is' if len(told) == 1 else 'are'} {join_words(told)}."


def _flip_sentences(labels: CertaintyLabels) -> Iterator[str]:
    """How often one number alone changes the answer, where it clearly does so most often; only in depth."""
    model = labels.model
    told = [
        (variant, model.effects.get(asked))
        for variant in (labels.acceptance.deciders.offered_variants if model.effects else ())
        for asked in [AskedAnswer(variant.form, labels.acceptance.deciders.full_theory.id, "strict")]
    ]
    for variant, effects in told:
        if effects is None or not effects.by_number:
            continue
        path = effects.most_frequent
        if path is None:
            continue
        form = labels.acceptance.form_phrase(variant)
        head = f"{form}, " if form else ""
        yield upper_first(
            f"{head}{labels.number_name(path)}, drawn again alone, changes the answer in "
            f"{per_hundred(effects.by_number[path].flip_share.value)} of 100 simulations."
        )


def _rows(labels: CertaintyLabels) -> Iterator[dict[str, object]]:
    variants = {variant.form: variant for variant in labels.acceptance.deciders.offered_variants}
    theories = {theory.id: theory for theory in labels.acceptance.deciders.theories}
    for asked, importance in labels.model.answers.items():
        effects = labels.model.effects.get(asked)
        names = {
            "run": labels.acceptance.variant_cell(variants[asked.form]),
            "theory": title_of_theory(theories[asked.theory]),
            "test": asked.test,
        }
        is_told = asked.theory == labels.acceptance.deciders.full_theory.id
        for one in importance.leaders if is_told else importance.drivers:
            effect = effects.by_number.get(one.path) if effects else None
            yield {
                **names,
                "number": labels.number_name(one.path),
                "path": one.path,
                **estimate_cells("answer", one.answer_index),
                **estimate_cells("margin", one.margin_index),
                **estimate_cells("lowest", one.lowest_third),
                **estimate_cells("highest", one.highest_third),
                **estimate_cells("total", effect.total_index if effect else None),
                **estimate_cells("flips", effect.flip_share if effect else None),
            }
        if effects:
            rest = {
                **estimate_cells("total", effects.rest.total_index),
                **estimate_cells("flips", effects.rest.flip_share),
            }
            yield {**names, "number": REST, "path": "", **rest}
