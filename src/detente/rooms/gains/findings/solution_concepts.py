"""The finding on robustness: the same gains by other values, other decays, other players."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from detente.case.index.channel_variants import ChannelVariant
from detente.case.index.labels import CaseLabels
from detente.results.finding import Finding, Robustness
from detente.rooms.gains.findings.text import form_words
from detente.rooms.gains.model.simulation.results import YearGains
from detente.rooms.gains.model.solution_concepts import PRINTED_TOLERANCE, ConceptGains, SolutionConcept
from detente.text.english import join_words
from detente.text.shares import signed_range


def solution_concepts_finding(
    year: YearGains, channel: str, gains: Mapping[ChannelVariant, Sequence[ConceptGains]], labels: CaseLabels
) -> Finding:
    """The gains by a channel at the central estimates, by other concepts and with other players."""
    import polars as pl

    groups = _told_groups(year, labels)
    rows, sign_changes = [], []
    for variant, concepts in gains.items():
        form_phrase = form_words(year, variant, labels)
        for concept_gains in concepts:
            title = _concept_title(concept_gains.concept, labels)
            row: dict[str, object] = {"run": form_phrase, "worked_out": title}
            for group_name, group in groups:
                row[group_name] = signed_range(concept_gains.gains[group], PRINTED_TOLERANCE)
            rows.append(row)
            differing_groups = [group_name for group_name, group in groups if concept_gains.opposes(concepts[0], group)]
            if differing_groups:
                sign_changes.append(f"{title}, {form_phrase}: {join_words(differing_groups)}")
    says = "At the central estimates every sign is the same by all these ways of dividing the same stakes."
    if sign_changes:
        says = f"At the central estimates somebody's gain has another sign by some ways: {'; '.join(sign_changes)}."
    says += " Efficiency, exclusivity and the costs of links, which are assumed, are not varied here."
    return Finding(
        id=f"otherwise-{channel}",
        title=f"By other concepts: {labels.channel_title(channel)}",
        says=says,
        see="Gains before the costs of links, in per cent of all that is at stake, without issues that pairs cannot "
        "settle. Where an organisation is taken as its members more is at stake in all, so only signs compare.",
        table=pl.DataFrame(rows),
        headers={"run": "run", "worked_out": "worked out"},
        method=(
            "The position value gives each link its Shapley value among links, half of it to either end (Borm, Owen "
            "and Tijs 1992). Weighted by capability, coalitions divide what they add in proportion to it (Kalai and "
            "Samet 1987); such a value need not grow with a weight (Kongo 2007), so it is no default. Links that a "
            "channel displaces may survive one by one instead of all together (Calvo, Lasaga and van den Nouweland "
            "1999). An organisation that is one player may be taken as its members, with their own capabilities, and "
            "dealing through the one that leads; their gains are added up."
        ),
        rests_on=(channel,),
        robustness=Robustness("moderate", says) if sign_changes else Robustness("descriptive"),
    )


def _told_groups(year: YearGains, labels: CaseLabels) -> list[tuple[str, list[int]]]:
    """The actors that are told of one by one, and all others together."""
    leading_actors, other_actors = year.leading_and_other_actors
    groups = [(labels.party_name(year.actor_network.actors[actor]), [actor]) for actor in leading_actors]
    if len(other_actors) > 1:
        groups.append(("the others", other_actors))
    elif other_actors:
        groups.append((labels.party_name(year.actor_network.actors[other_actors[0]]), other_actors))
    return groups


def _concept_title(concept: SolutionConcept, labels: CaseLabels) -> str:
    """What a way of working it out is called."""
    if concept.kind == "organisation_as_members":
        links_phrase = "around the member that leads" if concept.internal_links == "star" else "all linked"
        return f"{labels.party_name(concept.organisation or '')} as its {concept.member_count} members, {links_phrase}"
    parameter = "" if concept.parameter is None else f"{concept.parameter:g}"
    return {
        "myerson": "Myerson value",
        "myerson_at_decay": f"each further link leaves {parameter}",
        "position": "position value",
        "weighted_myerson": f"Myerson value, weighted by capability to the power {parameter}",
        "independent_survival": "links survive one by one",
        "equal_division": "what is gained as one divided equally",
    }[concept.kind]
