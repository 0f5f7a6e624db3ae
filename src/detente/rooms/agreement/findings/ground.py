"""The island of agreement: what both sides' rules allow, issue by issue."""

from __future__ import annotations

from collections.abc import Iterator

from detente.results.finding import Finding
from detente.results.table import Column, make_table
from detente.rooms.agreement.findings.text import AgreementLabels
from detente.rooms.agreement.model.shared_ground import GroundKind, SharedGround
from detente.text.english import cardinal, count_noun, join_words, lower_first

KINDS: dict[GroundKind, str] = {
    "shared": "both allow it",
    "limited": "open, with limits or silence",
    "apart": "one side has it elsewhere or forbids it",
    "contested": "one cannot tell",
}


def ground_finding(labels: AgreementLabels) -> Finding | None:
    """Which issues the rules of both sides allow, and who put them forward."""
    ground = labels.model.ground
    if ground is None:
        return None
    shared = [labels.item_title(one.issue) for one in ground.of_kind("shared")]
    return Finding(
        id="ground",
        title="What is common ground",
        question="Where do rules agree",
        short_answer=f"on {count_noun(len(shared), 'issue')}" if shared else "on no issue",
        place="detail",
        says=" ".join(_sentences(labels, ground)),
        table=make_table(
            (
                Column("issue"),
                Column("ground", "by the rules"),
                Column("offering", f"rules of {labels.plain(labels.offering)}"),
                Column("answering", f"rules of {labels.plain(labels.answering)}"),
                Column("alone", "with single members", "yes_no"),
                Column("by", "put forward by"),
            ),
            [
                {
                    "issue": labels.item_title(one.issue),
                    "ground": KINDS[one.kind],
                    "offering": one.positions[0],
                    "answering": one.positions[1],
                    "alone": one.one_by_one,
                    "by": join_words(labels.names.party_name(party) for party in one.proposed_by),
                }
                for one in ground.issues
            ],
        ),
        method=(
            "After the humanitarian negotiators' island of agreement (Centre of Competence on Humanitarian "
            "Negotiation): "
            "norms that converge or diverge, here by the rules of each side on the proposal that they allow most."
        ),
        rests_on=tuple(one.issue for one in ground.issues),
    )


def _sentences(labels: AgreementLabels, ground: SharedGround) -> Iterator[str]:
    """Which issues the rules of both sides allow, leave room for, or keep apart; which with single members only."""
    year = labels.model.rules.docket.comparison_year if labels.model.rules else None
    shared = [labels.item_title(one.issue) for one in ground.of_kind("shared")]
    limited, apart = len(ground.of_kind("limited")), len(ground.of_kind("apart"))
    if ground.issues:
        allowed = (
            f"both sides allow {join_words(map(lower_first, shared))}" if shared else "no issue is allowed by both"
        )
        yield f"By the rules of {year}, {allowed}."
    if limited:
        room = "more" if shared else "issues" if limited > 1 else "issue"
        yield f"On {cardinal(limited)} {room} they leave room, by limits or by silence, which is no agreement."
    if apart:
        yield f"On {cardinal(apart)}, a side forbids it or deals elsewhere."
    alone = sum(one.one_by_one and one.kind != "shared" for one in ground.issues)
    if alone:
        yield f"Of what both do not allow as such, {cardinal(alone)} may be done with single members."
    if ground.facts:
        yield _facts_sentence(ground)


def facts_finding(labels: AgreementLabels) -> Finding | None:
    """Which facts sides affirm or deny."""
    ground = labels.model.ground
    if ground is None or not ground.facts:
        return None
    case = labels.model.case
    return Finding(
        id="facts",
        title="Which facts are agreed",
        says=_facts_sentence(ground),
        table=make_table(
            (Column("fact"), Column("affirmed", "affirmed by"), Column("denied", "denied by")),
            [
                {
                    "fact": f"{case.facts[one.fact].of}: {case.facts[one.fact].attribute}",
                    "affirmed": join_words(map(labels.names.party_name, one.affirmed_by)),
                    "denied": join_words(map(labels.names.party_name, one.denied_by)),
                }
                for one in ground.facts
            ],
        ),
        rests_on=tuple(one.fact for one in ground.facts),
    )


def _facts_sentence(ground: SharedGround) -> str:
    """How many facts one side affirms and another denies."""
    contested = sum(one.is_contested for one in ground.facts)
    spoken = f"Of {count_noun(len(ground.facts), 'fact')} that sides speak of"
    if contested == 0:
        return f"{spoken}, nobody denies any that another affirms."
    verb = "is" if contested == 1 else "are"
    return f"{spoken}, {cardinal(contested)} {verb} affirmed by one and denied by another."
