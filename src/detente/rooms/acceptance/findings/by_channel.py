"""The finding on other channels: which of them the other side would accept instead of the present one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from detente.methods.offer_model.channel_variants import ChannelVariant
from detente.results.finding import Finding
from detente.results.pictures import Bar, RangeRow, RangeRows
from detente.results.table import Column, make_table
from detente.rooms.acceptance.findings.answer_words import COUNTED, each_form_sentences, range_phrase
from detente.rooms.acceptance.findings.columns import share_cells, share_column
from detente.rooms.acceptance.findings.text import AcceptanceLabels, title_of_theory
from detente.rooms.acceptance.model.estimated_share import HALF
from detente.rooms.acceptance.model.results import leading_indices
from detente.text.english import join_words, lower_first, without_article
from detente.text.number_format import per_hundred

MOST_NAMED = 3
"""Channels that cannot be told apart, of which more are not named."""


@dataclass(frozen=True)
class _Candidate:
    """A channel in a way to run it, with how often it is accepted by the strict test."""

    variant: ChannelVariant
    title: str
    share: float
    is_offered: bool


def acceptance_by_channel_finding(labels: AcceptanceLabels) -> Finding:
    """Which other channels the side that answers would accept, instead of the observed one."""
    deciders = labels.deciders
    candidates = list(_candidates(labels))
    others = [one for one in candidates if not one.is_offered]
    return Finding(
        id="channels",
        title="Whether another channel would do",
        question="Would another channel do",
        short_answer=_short_answer(candidates, labels.result.draw_count),
        place="detail" if others else "annex",
        says=" ".join(_sentences(labels, candidates, others)),
        picture=_picture(labels, candidates),
        table=make_table(
            (
                Column("channel"),
                *(share_column(f"accepts_{one.id}", title_of_theory(one)) for one in deciders.theories),
            ),
            [_row(labels, one) for one in candidates],
        ),
        method="Each channel in the place of the present one, by the strict test.",
        rests_on=tuple(deciders.case.channels),
    )


def _candidates(labels: AcceptanceLabels) -> Iterator[_Candidate]:
    """Every channel but the present one, in each way to run it that differs."""
    deciders, result = labels.deciders, labels.result
    for variant in deciders.model.variants:
        if (variant, deciders.absolute_gains.id) not in result.answer_utility or not _is_distinct(labels, variant):
            continue
        title = labels.gains_labels.channel_in_form(variant.channel, labels.plain_form_phrase(variant))
        share = result.acceptance_share(variant, deciders.full_theory)
        yield _Candidate(variant, title, share, variant.channel == deciders.offered_channel)


def _short_answer(candidates: list[_Candidate], draw_count: int) -> str:
    others = [one.share for one in candidates if not one.is_offered]
    if not others:
        return "the case has no other"
    offered, best = max(one.share for one in candidates if one.is_offered), max(others)
    if best <= HALF:
        return f"no: at most {per_hundred(best)} of 100" if best else "no: in no simulation"
    if offered <= HALF:
        return f"yes: {per_hundred(best)} of 100"
    leads = leading_indices([best, offered], draw_count)
    return "yes, as well as the offer" if len(leads) > 1 else "yes, better" if leads == [0] else "yes, but worse"


def _sentences(labels: AcceptanceLabels, candidates: list[_Candidate], others: list[_Candidate]) -> Iterator[str]:
    """Which other channel is accepted most often, beside what is offered."""
    offered = {one.variant: [one.share] for one in candidates if one.is_offered}
    clause = f"By the strict test, {labels.answering_side} accepts the offer"
    yield each_form_sentences(labels, clause, offered, "It does")
    if not others:
        yield "The case has no other channel that could be offered."
        return
    leading = [others[index] for index in leading_indices([one.share for one in others], labels.result.draw_count)]
    share = range_phrase([leading[0].share])
    if len(others) == 1:
        yield f"It would accept the only other one, {lower_first(others[0].title)}, {share}."
    elif len(leading) > MOST_NAMED:
        yield f"Of the others none stands out: the best is accepted {share}."
    else:
        names = join_words(lower_first(one.title) for one in leading)
        yield f"Best among the others {'is' if len(leading) == 1 else 'are'} {names}."
        if len(leading) == 1:
            yield f"It would be accepted {share}."
        else:
            yield f"The simulations do not tell them apart: each would be accepted {share}, or nearly so."


def _picture(labels: AcceptanceLabels, candidates: list[_Candidate]) -> RangeRows:
    """A row for each channel, the offered one as the base, the most accepted first."""
    order = sorted(candidates, key=lambda one: (not one.is_offered, -one.share))
    return RangeRows(
        says="How often each channel is accepted in the place of what there is today, by the strict test.",
        measure=f"{without_article(labels.answering_side)} accepts, {COUNTED}",
        series=("Strict test",),
        rows=tuple(RangeRow(one.title, (Bar(one.share, one.share),), is_base=one.is_offered) for one in order),
        axis="likelihood",
        heading="Channel",
    )


def _row(labels: AcceptanceLabels, candidate: _Candidate) -> dict[str, object]:
    row: dict[str, object] = {"channel": candidate.title}
    for theory in labels.deciders.theories:
        share = labels.result.acceptance_share(candidate.variant, theory)
        row |= share_cells(f"accepts_{theory.id}", share, labels.result.draw_count)
    return row


def _is_distinct(labels: AcceptanceLabels, variant: ChannelVariant) -> bool:
    """Whether a channel run one way is another thing than run the other, and is so run in this case."""
    deciders = labels.deciders
    if variant.channel == deciders.offered_channel:
        return variant in deciders.offered_variants
    if not deciders.actor_network.graphs_of(variant.channel).has_collegiate_form:
        return True
    declared_form = deciders.case.response.form
    return (declared_form in ("both", variant.form)) if labels.plain_form_phrase(variant) else variant.form == "hub"
