"""The finding on members of the side that answers: which of them stands in the way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from detente.methods.offer_model.channel_variants import ChannelVariant
from detente.results.finding import Finding
from detente.results.pictures import Bar, RangeRow, RangeRows
from detente.results.table import Column, make_table
from detente.rooms.acceptance.findings.answer_words import COUNTED, at_head, each_form_sentences, range_phrase
from detente.rooms.acceptance.findings.columns import RUN_COLUMN, share_cells, share_column
from detente.rooms.acceptance.findings.text import AcceptanceLabels
from detente.rooms.acceptance.model.decision.intra_bloc_consent import (
    PivotalVoter,
    foremost_voters,
    have_same_estimates,
    pivotal_voters,
)
from detente.text.english import cardinal, join_words, upper_first

MOST_NAMED = 4
"""Members that cannot be told apart, of whom more are not named."""
MOST_WORDS_IN_ANSWER = 6
COLUMNS = (
    Column("voice"),
    Column("members", format="count", unit="members"),
    RUN_COLUMN,
    share_column("turns", "it depends on them, of 100"),
)


def pivotal_members_finding(labels: AcceptanceLabels) -> Finding | None:
    """Who decides for the side that answers; None where it has one voice."""
    deciders = labels.deciders
    _, voter_numbers = deciders.deciding_bodies[deciders.sides[1]]
    if len(voter_numbers) < 2:
        return None
    foremost = {
        variant: foremost_voters(labels.result, variant, deciders.full_theory) for variant in deciders.offered_variants
    }
    return Finding(
        id="deciders",
        title="Which member stands in the way",
        question="Which member stands in the way",
        short_answer=_short_answer(labels, foremost),
        place="detail",
        says=" ".join((_rule_sentence(labels), *_foremost_sentences(labels, foremost), *_paid_for_sentences(labels))),
        picture=_picture(labels),
        see="How often the answer depends on each member.",
        table=make_table(COLUMNS, _rows(labels)),
        rests_on=tuple(deciders.case.mechanisms),
    )


Foremost = Mapping[ChannelVariant, list[PivotalVoter]]


def _short_answer(labels: AcceptanceLabels, foremost: Foremost) -> str:
    """The member on whom the answer depends most often, that it differs by form, or that nobody can be named."""
    names = {tuple(sorted(labels.voter_name(one.voter) for one in voters)) for voters in foremost.values()}
    if any(len(of_form) > 1 for of_form in names):
        return "the model cannot say"
    if len(names) > 1:
        return "it depends on who runs it"
    (name,) = names.pop()
    return name if len(name.split()) <= MOST_WORDS_IN_ANSWER else "one, most of the time"


def _rule_sentence(labels: AcceptanceLabels) -> str:
    """How the side decides, and whose vote that makes the last."""
    side = labels.deciders.sides[1]
    rule = f"{upper_first(labels.answering_side)} decides by {labels.rule_phrase(side)}"
    if labels.deciders.deciding_bodies[side][0].needs_everybody:
        return f"{rule}, so the answer depends on its most reluctant member."
    return f"{rule}, so the answer depends on whoever completes a sufficient number."


def _foremost_sentences(labels: AcceptanceLabels, foremost: Foremost) -> Iterator[str]:
    """On whom the answer depends most often: all who cannot be told apart, or none where they are many."""
    groups = {variant: frozenset(one.voter for one in voters) for variant, voters in foremost.items()}
    is_same = len(set(groups.values())) == 1
    for variant, voters in foremost.items():
        clause = _foremost_clause(labels, voters)
        yield f"{upper_first(clause)}." if is_same else f"{at_head(labels, variant, clause)}."
        if is_same:
            break
    shares = {variant: [sum(one.share for one in voters)] for variant, voters in foremost.items()}
    several = any(len(voters) > 1 for voters in foremost.values())
    subject = "It depends on one of them" if several else "It does"
    yield each_form_sentences(labels, subject, shares, "It does")


def _foremost_clause(labels: AcceptanceLabels, voters: list[PivotalVoter]) -> str:
    if len(voters) == 1:
        return f"most often it depends on {labels.voter_name(voters[0].voter)}"
    theory = labels.deciders.full_theory
    alike = have_same_estimates(labels.result, voters, theory)
    why = "because we gave them the same estimate" if alike else "and the simulations do not tell them apart"
    if len(voters) > MOST_NAMED:
        return f"{cardinal(len(voters))} members matter alike, {why}"
    return f"{join_words(labels.voter_name(one.voter) for one in _in_order(labels, voters))} matter alike, {why}"


def _in_order(labels: AcceptanceLabels, voters: list[PivotalVoter]) -> list[PivotalVoter]:
    """Those who matter alike by name, so that their order says nothing."""
    return sorted(voters, key=lambda one: labels.voter_name(one.voter))


def _paid_for_sentences(labels: AcceptanceLabels) -> Iterator[str]:
    """How often the yes of the side that answers is paid for inside it, where it ever is."""
    deciders = labels.deciders
    shares = [labels.result.paid_share(variant, deciders.full_theory) for variant in deciders.offered_variants]
    if max(shares):
        yield f"{upper_first(labels.leading_answerer)} pays others for their yes {range_phrase(shares)}."


def _picture(labels: AcceptanceLabels) -> RangeRows:
    """A row for each voice."""
    deciders = labels.deciders
    variants = deciders.offered_variants
    by_form = [pivotal_voters(labels.result, variant, deciders.full_theory) for variant in variants]
    rows = [
        RangeRow(
            upper_first(labels.voter_name(of_voice[0].voter)), tuple(Bar(one.share, one.share) for one in of_voice)
        )
        for of_voice in zip(*by_form, strict=True)
        if any(one.share for one in of_voice)
    ]
    return RangeRows(
        says="How often the answer depends on each member.",
        measure=f"the answer depends on it, {COUNTED}",
        series=tuple(upper_first(labels.variant_cell(variant)) for variant in variants),
        rows=tuple(rows),
        axis="share",
        heading="Member",
    )


def _rows(labels: AcceptanceLabels) -> Iterator[dict[str, object]]:
    """How often the answer depends on each voice, in each form of the channel."""
    for variant in labels.deciders.offered_variants:
        for one in pivotal_voters(labels.result, variant, labels.deciders.full_theory):
            yield {
                "voice": labels.voter_cell(one.voter),
                "members": len(one.voter.members),
                "run": labels.variant_cell(variant),
                **share_cells("turns", one.share, labels.result.draw_count),
            }
