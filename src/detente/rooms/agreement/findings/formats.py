"""Which format both sides would have: the finding, and the picture that the chapter opens with."""

from __future__ import annotations

from detente.results.finding import Finding
from detente.results.pictures import StackedBar, StackedBars
from detente.results.table import Column, make_table
from detente.rooms.acceptance.findings.answer_words import range_phrase
from detente.rooms.acceptance.findings.columns import share_cells, share_column
from detente.rooms.agreement.findings.text import OF_SIMULATIONS, AgreementLabels
from detente.rooms.agreement.model.offer_fate import OfferFate
from detente.text.english import lower_first
from detente.text.number_format import per_hundred
from detente.text.theories import theory_title

MOST_PICTURED = 6


def pictured_fates(labels: AgreementLabels) -> list[OfferFate]:
    """The formats that the picture shows: as offered, the best, a fuller one, then other terms in the best channel."""
    fates = labels.model.agenda_fates
    told = [fate for fate in fates if not fate.asked.format.clauses and not fate.asked.format.depth]
    told += [fate for fate in (labels.model.best_fates[0], labels.fuller_fate) if fate and fate not in told]
    for fate in sorted(fates, key=lambda one: -one.main.agreed):
        if all(_terms(fate) != _terms(other) for other in told):
            told.append(fate)
    return told[:MOST_PICTURED]


def _terms(fate: OfferFate) -> tuple[str | None, tuple[str, ...]]:
    return fate.asked.format.depth, fate.asked.format.clauses


def formats_picture(labels: AgreementLabels) -> StackedBars:
    """Who would have all issues in each format."""
    bars = [StackedBar(labels.format_title(fate.asked.format), _parts(fate)) for fate in pictured_fates(labels)]
    return StackedBars(
        says="Who would have all issues, format by format.",
        measure=OF_SIMULATIONS,
        categories=(
            "both would",
            f"only {labels.answering} would",
            f"only {labels.offering} would",
            "neither would",
        ),
        bars=tuple(bars),
    )


def _parts(fate: OfferFate) -> tuple[float, float, float, float]:
    refusals = fate.refusals
    return fate.main.agreed, refusals.offering_only, refusals.answering_only, refusals.both


def formats_finding(labels: AgreementLabels) -> Finding:
    """How often each side, and both, would have all issues in each format."""
    fates = labels.model.agenda_fates
    best = labels.model.best_fates[0]
    offered = range_phrase([fate.main.agreed for fate in labels.offered_fates])
    says = (
        f"As offered, both sides would have it {offered}. "
        f"In the best of {len(fates)} formats they would {range_phrase([best.main.agreed], '')}. "
        "That fewer costs mean more yeses is built in; how many more follows from our estimates of depths and clauses."
    )
    return Finding(
        id="formats",
        title="Who would have which format",
        question="Which format would both have",
        short_answer=_short(best),
        place="detail",
        says=says,
        see="Accepting is best by the generous test: no other reply is worth more.",
        table=make_table(
            (
                Column("format"),
                share_column("answering", f"{labels.plain(labels.answering)} would"),
                share_column("offering", f"{labels.plain(labels.offering)} would"),
                share_column("both", "both would"),
                share_column("best_reply", "accepting is best"),
            ),
            [
                {
                    "format": labels.format_title(fate.asked.format),
                    **share_cells("answering", fate.main.answered, fate.draws),
                    **share_cells("offering", fate.main.offered, fate.draws),
                    **share_cells("both", fate.main.agreed, fate.draws),
                    **share_cells("best_reply", fate.replied, fate.draws),
                }
                for fate in fates
            ],
        ),
        method="All issues with something at stake, in every channel between the sides, by depth and clauses.",
        rests_on=(*labels.model.case.depths, *labels.model.case.clauses),
    )


def theories_finding(labels: AgreementLabels) -> Finding:
    """How often both would have all issues in each format, by each theory alone."""
    theories = labels.model.deciders.theories
    return Finding(
        id="theories",
        title="Who would have which format, by each theory",
        says=theories_sentence(labels),
        table=make_table(
            (
                Column("format"),
                *(
                    Column(f"theory_{place}", theory_title(one.id, one.title), "of_100", "share of draws")
                    for place, one in enumerate(theories)
                ),
            ),
            [
                {
                    "format": labels.format_title(fate.asked.format),
                    **{f"theory_{place}": one.agreed for place, one in enumerate(fate.by_theory)},
                }
                for fate in labels.model.agenda_fates
            ],
        ),
        method="Both would have it, all issues together, if only the reasons of one theory counted for everybody.",
        rests_on=tuple(one.id for one in theories if one.id in labels.model.case.lenses),
    )


def theories_sentence(labels: AgreementLabels) -> str:
    """By which theory both would have the best format most rarely, and by which most often."""
    best, theories = labels.model.best_fates[0], labels.model.deciders.theories
    alone = [one for one in zip(theories, best.by_theory, strict=True) if one[0] != labels.model.deciders.full_theory]
    if len(alone) < 2:
        return ""
    (least, low), (most, high) = (pick(alone, key=lambda one: one[1].agreed) for pick in (min, max))
    return (
        f"By single theories, both would have it in {per_hundred(low.agreed)} "
        f"({lower_first(theory_title(least.id, least.title))}) to {per_hundred(high.agreed)} of 100 simulations "
        f"({lower_first(theory_title(most.id, most.title))})."
    )


def _short(best: OfferFate) -> str:
    return f"at best {per_hundred(best.main.agreed)} of 100"


def format_sentence(labels: AgreementLabels, fate: OfferFate) -> str:
    """A format within a sentence: `both side by side, with no recognition`."""
    format = fate.asked.format
    parts = (labels.variant_phrase(format.variant), labels.terms_phrase(format))
    return ", ".join(part for part in parts if part)


def fuller_phrase(labels: AgreementLabels, fate: OfferFate) -> str:
    """A format that brings more, after a verb: `at full depth, side by side` if its clauses are those of the best."""
    best = labels.model.best_fates[0].asked.format
    if best.depth and not fate.asked.format.depth and fate.asked.format.clauses == best.clauses:
        return f"at full depth, {labels.variant_phrase(fate.asked.format.variant)}"
    return f"of {format_sentence(labels, fate)}"
