"""Which format both sides would have: the finding, and the picture that the chapter opens with."""

from __future__ import annotations

from detente.results.finding import Finding
from detente.results.pictures import StackedBar, StackedBars
from detente.results.table import Column, make_table
from detente.rooms.acceptance.findings.answer_words import range_phrase
from detente.rooms.acceptance.findings.columns import share_cells, share_column
from detente.rooms.agreement.findings.text import OF_SIMULATIONS, AgreementLabels
from detente.rooms.agreement.model.offer_fate import OfferFate
from detente.text.number_format import per_hundred

MOST_PICTURED = 6


def pictured_fates(labels: AgreementLabels) -> list[OfferFate]:
    """The formats that the picture shows: as offered first, then each depth and set of clauses in its best channel."""
    fates = labels.model.agenda_fates
    plain = [fate for fate in fates if not fate.asked.format.clauses and not fate.asked.format.depth]
    best_of_terms: dict[tuple[object, ...], OfferFate] = {}
    for fate in sorted((one for one in fates if one not in plain), key=lambda one: -one.main.agreed):
        best_of_terms.setdefault((fate.asked.format.depth, fate.asked.format.clauses), fate)
    return [*plain, *list(best_of_terms.values())[: max(MOST_PICTURED - len(plain), 1)]][:MOST_PICTURED]


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
        "That fewer costs mean more yeses is built in; how many more is found."
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


def _short(best: OfferFate) -> str:
    return f"at best {per_hundred(best.main.agreed)} of 100"


def format_sentence(labels: AgreementLabels, fate: OfferFate) -> str:
    """A format within a sentence: `both side by side, with no recognition`."""
    format = fate.asked.format
    parts = (labels.variant_phrase(format.variant), labels.terms_phrase(format))
    return ", ".join(part for part in parts if part)
