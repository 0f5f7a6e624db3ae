"""Who says no, and which reason does it."""

from __future__ import annotations

from collections.abc import Iterator

from detente.results.finding import Finding
from detente.results.table import Column, make_table
from detente.rooms.acceptance.findings.columns import share_cells, share_column
from detente.rooms.agreement.findings.formats import pictured_fates
from detente.rooms.agreement.findings.text import AgreementLabels
from detente.rooms.agreement.model.offer_fate import OfferFate
from detente.text.english import lower_first
from detente.text.number_format import per_hundred

LITTLE = 0.02


def refusals_finding(labels: AgreementLabels) -> Finding:
    """Whose no it is in each format, and without which reason both would have it most often."""
    fates = pictured_fates(labels)
    best = labels.model.best_fates[0]
    return Finding(
        id="refusals",
        title="Who says no",
        question="Who has to be won",
        short_answer=_short_answer(labels, best),
        place="detail",
        says=" ".join(_sentences(labels, fates[0], best)),
        table=make_table(
            (
                Column("format"),
                share_column("only_answering", f"only {labels.plain(labels.answering)} refuses"),
                share_column("only_offering", f"only {labels.plain(labels.offering)} refuses"),
                share_column("neither", "both refuse"),
                Column("hardest_answering", f"hardest in {labels.plain(labels.answering)}"),
                Column("hardest_offering", f"hardest in {labels.plain(labels.offering)}"),
                Column("reason", "without this reason"),
                share_column("without", "both would"),
            ),
            [_row(labels, fate) for fate in fates],
        ),
        method="One reason at a time is left out for everybody. On whom a no turns is told by the decision rule.",
        rests_on=tuple(labels.model.case.mechanisms),
    )


def leading_reason(fate: OfferFate) -> tuple[str, float] | None:
    """The reason without which both would have it most often, with that share; None where none counts."""
    without = fate.refusals.without
    if not without:
        return None
    reason = max(without, key=lambda name: without[name])
    return reason, without[reason]


def hardest_voice(by_voice: dict[int, float]) -> int | None:
    """The voice on which a no turns most often; None where nobody says no, or several do alike."""
    if not by_voice or max(by_voice.values()) < LITTLE:
        return None
    first, *others = sorted(by_voice.values(), reverse=True)
    if others and first - others[0] < LITTLE:
        return None
    return max(by_voice, key=lambda voice: by_voice[voice])


def _row(labels: AgreementLabels, fate: OfferFate) -> dict[str, object]:
    refusals, reason = fate.refusals, leading_reason(fate)
    cells: dict[str, object] = {"format": labels.format_title(fate.asked.format)}
    cells |= share_cells("only_answering", refusals.answering_only, fate.draws)
    cells |= share_cells("only_offering", refusals.offering_only, fate.draws)
    cells |= share_cells("neither", refusals.both, fate.draws)
    for name, by_voice in (
        ("hardest_answering", refusals.by_voice),
        ("hardest_offering", refusals.by_offering_voice),
    ):
        voice = hardest_voice(dict(by_voice))
        cells[name] = labels.voice_name(voice) if voice is not None else "none by itself"
    if reason is not None:
        cells["reason"] = labels.acceptance.mechanism_title(reason[0])
        cells |= share_cells("without", reason[1], fate.draws)
    return cells


def _sides(fate: OfferFate) -> tuple[float, float]:
    return fate.refusals.answering_only, fate.refusals.offering_only


def _short_answer(labels: AgreementLabels, best: OfferFate) -> str:
    answering, offering = _sides(best)
    if abs(answering - offering) < LITTLE:
        return "both sides alike"
    return f"mostly {labels.answering if answering > offering else labels.offering}"


def _sentences(labels: AgreementLabels, offered: OfferFate, best: OfferFate) -> Iterator[str]:
    answering, offering = _sides(offered)
    yield (
        f"As offered, {labels.answering} alone refuses in {per_hundred(answering)} of 100 simulations, "
        f"{labels.offering} alone in {per_hundred(offering)}."
    )
    answering, offering = _sides(best)
    yield (
        f"In the best format {labels.answering} alone refuses in {per_hundred(answering)}, {labels.offering} alone in "
        f"{per_hundred(offering)}."
    )
    if (reason := leading_reason(best)) and reason[1] - best.main.agreed > LITTLE:
        title = lower_first(labels.acceptance.mechanism_title(reason[0]))
        yield f"There, most hangs on {title}: without it both would in {per_hundred(reason[1])}."
