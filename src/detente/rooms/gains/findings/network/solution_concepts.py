"""The finding on robustness: the same gains by other values, other decays, other players."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from detente.case.index.labels import CaseLabels
from detente.methods.offer_model.channel_variants import ChannelVariant
from detente.results.finding import Finding
from detente.results.table import Column, make_table
from detente.rooms.gains.findings.actor_groups import ActorGroup, actor_groups, group_columns, group_gains
from detente.rooms.gains.findings.text import form_words
from detente.rooms.gains.findings.units import SHARE_AT_STAKE, SHARE_OF_GAIN
from detente.rooms.gains.model.simulation.results import YearGains
from detente.rooms.gains.model.solution_concepts import ConceptGains, SolutionConcept
from detente.text.english import join_words, upper_first


def solution_concepts_finding(
    year: YearGains, channel: str, gains: Mapping[ChannelVariant, Sequence[ConceptGains]], labels: CaseLabels
) -> Finding:
    """The gains by a channel at the central estimates, by other concepts and with other players."""
    groups = actor_groups(year, labels)
    by_form = [(form_words(year, variant, labels), concepts) for variant, concepts in gains.items()]
    sign_changes = [*_sign_changes(by_form, groups, labels)]
    says = "At our middle estimates everyone gains, or loses, by all these ways to share what is at stake."
    if sign_changes:
        says = (
            f"At our middle estimates some ways to share turn gain to loss, or loss to gain. {' '.join(sign_changes)}"
        )
    says += " How well the channel works, how far it replaces today's ties and what ties cost are not varied here."
    return Finding(
        id=f"otherwise-{channel}",
        title=f"By other ways to share: {labels.channel_title(channel)}",
        says=says,
        see="Gains before the costs of ties, in per cent of all that is at stake, without issues that pairs cannot "
        "settle. Where an organisation is taken as its members more is at stake in all, so only signs compare.",
        table=make_table([*_columns(groups)], _concept_rows(by_form, groups, labels)),
        method=(
            "The position value gives each link its Shapley value among links, half of it to either end (Borm, Owen "
            "and Tijs 1992). Weighted by capability, coalitions divide what they add in proportion to it (Kalai and "
            "Samet 1987); such a value need not grow with a weight (Kongo 2007), so it is no default. Links that a "
            "channel displaces may survive one by one instead of all together (Calvo, Lasaga and van den Nouweland "
            "1999). An organisation that is one player may be taken as its members, with their own capabilities, and "
            "dealing through the one that leads; their gains are added up."
        ),
        rests_on=(channel,),
    )


def _columns(groups: Sequence[ActorGroup]) -> Iterator[Column]:
    """How the gains are worked out, and what each actor gains so."""
    yield Column("run", "the channel is run")
    yield Column("worked_out", "worked out")
    yield Column("decay", "each go-between leaves", "number", SHARE_OF_GAIN)
    yield Column("power", "power of capability", "number", "exponent")
    yield Column("members", format="count", unit="members")
    yield from group_columns(groups, SHARE_AT_STAKE)


def _concept_rows(
    by_form: Sequence[tuple[str, Sequence[ConceptGains]]], groups: Sequence[ActorGroup], labels: CaseLabels
) -> Iterator[dict[str, object]]:
    for form_phrase, concepts in by_form:
        for concept_gains in concepts:
            concept = concept_gains.concept
            yield {
                "run": form_phrase,
                "worked_out": _concept_words(concept, labels),
                "decay": concept.decay,
                "power": concept.power,
                "members": concept.member_count,
                **group_gains(groups, concept_gains.gains),
            }


def _sign_changes(
    by_form: Sequence[tuple[str, Sequence[ConceptGains]]], groups: Sequence[ActorGroup], labels: CaseLabels
) -> Iterator[str]:
    """By which way of working it out whose gain has another sign than by the first."""
    for form_phrase, concepts in by_form:
        for concept_gains in concepts:
            differing = [group.name for group in groups if concept_gains.opposes(concepts[0], group.actors)]
            if differing:
                way = upper_first(_concept_title(concept_gains.concept, labels))
                yield f"{way}{f', {form_phrase}' if form_phrase else ''}: {join_words(differing)}."


def _concept_words(concept: SolutionConcept, labels: CaseLabels) -> str:
    """What a way of working it out is called, without its numbers."""
    return {
        "myerson": "Myerson value",
        "myerson_at_decay": "Myerson value",
        "position": "position value",
        "weighted_myerson": "Myerson value, weighted by capability",
        "independent_survival": "ties survive one by one",
        "equal_division": "what is gained as one divided equally",
        "organisation_as_members": f"{_organisation_name(concept, labels)} as its members, {_links_phrase(concept)}",
    }[concept.kind]


def _concept_title(concept: SolutionConcept, labels: CaseLabels) -> str:
    """The same with its numbers, for sentences."""
    if concept.kind == "organisation_as_members":
        return f"{_organisation_name(concept, labels)} as its {concept.member_count} members, {_links_phrase(concept)}"
    if concept.kind == "myerson_at_decay":
        return f"each go-between leaves {round(100 * concept.decay)} per cent"
    if concept.kind == "weighted_myerson":
        return f"{_concept_words(concept, labels)} to the power {concept.power:g}"
    return _concept_words(concept, labels)


def _organisation_name(concept: SolutionConcept, labels: CaseLabels) -> str:
    return labels.party_name(concept.organisation) if concept.organisation else ""


def _links_phrase(concept: SolutionConcept) -> str:
    return "around the member that leads" if concept.internal_links == "star" else "all tied"
