"""The finding on choices and numbers: what of the answer goes with either, and with both only together."""

from __future__ import annotations

from collections.abc import Iterator

from detente.methods.sensitivity.choice_factors import ChoiceShares
from detente.results.finding import Finding
from detente.results.table import Column, make_table
from detente.rooms.acceptance.findings.sensitivity.choice_words import choice_title
from detente.rooms.certainty.findings.text import PART_OF_VARIANCE, CertaintyLabels
from detente.rooms.certainty.model.choice_weight import weighs_more
from detente.text.english import cardinal, count_noun, upper_first
from detente.text.number_format import per_hundred

COLUMNS = (
    Column("run", "the channel is run"),
    Column("factor", "what varies"),
    Column("alone", "explains alone", "percent", PART_OF_VARIANCE, error=True),
    Column("total", "alone or with others", "percent", PART_OF_VARIANCE, error=True),
    Column("flips", "drawn again alone, changes the answer", "of_100", "share of draws", error=True),
)
SHORT = {"choices": "choices matter more", "numbers": "numbers matter more", "both": "both matter"}
PARTS = ("All choices alone", "All numbers alone", "Both, only together")


def choice_shares_finding(labels: CertaintyLabels) -> Finding | None:
    """What choices and what numbers account for; None where no choice moves the answer."""
    model, weight = labels.model, weighs_more(labels.model)
    if model.grid is None or weight is None:
        return None
    return Finding(
        id="choice-shares",
        title="Whether choices or numbers matter more",
        question="Whether choices or numbers matter more",
        short_answer=SHORT[weight],
        place="detail",
        says=" ".join(_sentences(labels)),
        see="What of the differences in the answer goes with each, in per cent, by the strict test.",
        table=make_table(COLUMNS, _rows(labels)),
        method=(
            "Every combination of the options of the choices that move the answer is worked out on the same draws, "
            "and the variance of yes and no over combinations and draws is split (Sobol' 1993): what goes with "
            "choices whatever the numbers, what goes with numbers whatever was chosen, and the rest, which takes "
            "both. Options weigh as the case says, alike unless it does, and these parts hold for those weights "
            "only. An option drawn again may be the same. The theory by which the answer is told is not among the "
            "choices: Who accepts has every theory's answer."
        ),
        rests_on=tuple(choice.id for choice in model.grid.choices if choice.id in model.case.choices),
    )


def _sentences(labels: CertaintyLabels) -> Iterator[str]:
    grid = labels.model.grid
    assert grid is not None
    count = count_noun(len(grid.choices), "choice")
    yield f"We drew {count} like numbers, {cardinal(grid.cell_count)} combinations in all."
    for variant in labels.acceptance.deciders.offered_variants:
        if shares := labels.model.choice_shares.get(variant.form):
            form = labels.acceptance.form_phrase(variant)
            clause = (
                f"choices alone explain {_per_cent(shares.by_choices)} per cent of the differences, "
                f"numbers alone {_per_cent(shares.by_inputs)}"
            )
            yield upper_first(f"{form}, {clause}." if form else f"{clause}.")
    yield "The rest takes both."
    if grid.left_out:
        yield f"{upper_first(count_noun(len(grid.left_out), 'more choice'))} that we made would move this answer less."


def _per_cent(share: float) -> str:
    return per_hundred(min(max(share, 0.0), 1.0))


def _rows(labels: CertaintyLabels) -> Iterator[dict[str, object]]:
    for variant in labels.acceptance.deciders.offered_variants:
        shares = labels.model.choice_shares.get(variant.form)
        if shares is None:
            continue
        run = labels.acceptance.variant_cell(variant)
        parts = (shares.by_choices, shares.by_inputs, shares.by_both)
        for title, part, error in zip(PARTS, parts, shares.shares_error, strict=True):
            yield {"run": run, "factor": title, "alone": part, "alone_error": error}
        for place, choice in enumerate(labels.model.grid.choices if labels.model.grid else ()):
            title = choice_title(labels.model.case, choice)
            yield {"run": run, "factor": title, **_choice_cells(shares, place)}


def _choice_cells(shares: ChoiceShares, place: int) -> dict[str, float]:
    return {
        "alone": float(shares.first_order[place]),
        "alone_error": float(shares.first_order_error[place]),
        "total": float(shares.total[place]),
        "total_error": float(shares.total_error[place]),
        "flips": float(shares.flip_share[place]),
        "flips_error": float(shares.flip_share_error[place]),
    }
