"""Who says no, and which reason does it."""

from __future__ import annotations

from collections.abc import Iterator

from detente.results.finding import Finding
from detente.results.table import Column, make_table
from detente.rooms.acceptance.findings.columns import share_cells, share_column
from detente.rooms.agreement.findings.formats import pictured_fates
from detente.rooms.agreement.findings.text import TIE_ERRORS, AgreementLabels
from detente.rooms.agreement.model.offer_fate import OfferFate
from detente.text.english import lower_first
from detente.text.number_format import per_hundred

LITTLE = 0.02


def refusals_finding(labels: AgreementLabels) -> Finding:
    """Whose no it is in each format, which reason costs most of the yeses, and which carries most of them."""
    answering, offering = labels.plain(labels.answering), labels.plain(labels.offering)
    return Finding(
        id="refusals",
        title="Who says no",
        question="Who has to be won",
        short_answer=_short_answer(labels),
        place="detail",
        says=" ".join(_sentences(labels)),
        table=make_table(
            (
                Column("format"),
                share_column("only_answering", f"only {answering} refuses"),
                share_column("only_offering", f"only {offering} refuses"),
                share_column("neither", "both refuse"),
                Column("hardest_answering", f"decides most often in {answering}"),
                Column("hardest_offering", f"is least willing in {offering}"),
                Column("against", "reason that costs most"),
                share_column("without_against", "both, without what costs most"),
                Column("carrying", "reason that carries most"),
                share_column("without_carrying", "both, without what carries most"),
            ),
            [_row(labels, fate) for fate in pictured_fates(labels)],
        ),
        method=(
            "One reason at a time is left out for everybody. The one without which both would have the offer most "
            "often costs most; the one without which they would most rarely carries most. None is named where the next "
            "is within 2.5 standard errors. Whose no decides is told by the decision rule."
        ),
        rests_on=tuple(labels.model.case.mechanisms),
    )


def costliest_reason(fate: OfferFate) -> tuple[str, float] | None:
    """The reason without which both would have it most often, with that share; None where none stands out."""
    return _outstanding(fate, 1)


def carrying_reason(fate: OfferFate) -> tuple[str, float] | None:
    """The reason without which both would have it most rarely, with that share; None where none stands out."""
    return _outstanding(fate, -1)


def _outstanding(fate: OfferFate, sign: int) -> tuple[str, float] | None:
    """The reason that moves the share most one way, unless the next cannot be told from it."""
    without = fate.refusals.without
    first, *others = sorted(without, key=lambda name: -sign * without[name]) or [""]
    if not first or sign * (without[first] - fate.main.agreed) <= LITTLE:
        return None
    if others:
        error = (fate.error(without[first]) ** 2 + fate.error(without[others[0]]) ** 2) ** 0.5
        if sign * (without[first] - without[others[0]]) <= TIE_ERRORS * error:
            return None
    return first, without[first]


def reluctant_side(labels: AgreementLabels) -> str:
    """The side that alone says no oftener in every best format; nothing where both do alike, or it depends."""
    sides = set()
    for fate in labels.model.best_fates:
        answering, offering = fate.refusals.answering_only, fate.refusals.offering_only
        alike = abs(answering - offering) < LITTLE or fate.refusals.both > max(answering, offering)
        sides.add("" if alike else labels.answering if answering > offering else labels.offering)
    return sides.pop() if len(sides) == 1 else ""


def hardest_voice(by_voice: dict[int, float]) -> int | None:
    """The voice on which a no turns most often; None where nobody says no, or several do alike."""
    if not by_voice or max(by_voice.values()) < LITTLE:
        return None
    first, *others = sorted(by_voice.values(), reverse=True)
    if others and first - others[0] < LITTLE:
        return None
    return max(by_voice, key=lambda voice: by_voice[voice])


def _row(labels: AgreementLabels, fate: OfferFate) -> dict[str, object]:
    refusals = fate.refusals
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
    for name, reason in (("against", costliest_reason(fate)), ("carrying", carrying_reason(fate))):
        cells[name] = labels.acceptance.mechanism_title(reason[0]) if reason else "none by itself"
        if reason:
            cells |= share_cells(f"without_{name}", reason[1], fate.draws)
    return cells


def _short_answer(labels: AgreementLabels) -> str:
    side = reluctant_side(labels)
    return f"mostly {side}" if side else "both sides, or either"


def _refusals_sentence(labels: AgreementLabels, head: str, fate: OfferFate) -> str:
    refusals = fate.refusals
    return (
        f"{head} {labels.answering} alone refuses in {per_hundred(refusals.answering_only)} of 100 simulations, "
        f"{labels.offering} alone in {per_hundred(refusals.offering_only)}, both in {per_hundred(refusals.both)}."
    )


def _sentences(labels: AgreementLabels) -> Iterator[str]:
    best = labels.model.best_fates[0]
    offered = max(labels.offered_fates, key=lambda fate: fate.main.agreed)
    yield _refusals_sentence(labels, "As offered,", offered)
    if labels.is_best_as_offered:
        return
    yield f"The best terms are {labels.terms_words(best.asked.format)}."
    yield _refusals_sentence(labels, "There", best)
    if reason := costliest_reason(best):
        title = lower_first(labels.acceptance.mechanism_title(reason[0]))
        yield f"The reason that costs most is {title}: without it both would in {per_hundred(reason[1])}."
    if reason := carrying_reason(best):
        title = lower_first(labels.acceptance.mechanism_title(reason[0]))
        yield f"The reason that carries most is {title}: without it both would in {per_hundred(reason[1])}."
    if not costliest_reason(best) and not carrying_reason(best):
        yield "No single reason stands out there."
