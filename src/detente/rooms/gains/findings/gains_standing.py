"""How well it stands who gains: in other years, and by other ways to share what is gained."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from detente.case.index.labels import CaseLabels
from detente.methods.offer_model.channel_variants import ChannelVariant
from detente.results.finding import Robustness
from detente.rooms.gains.findings.gain_patterns import is_close
from detente.rooms.gains.findings.text import year_phrase
from detente.rooms.gains.findings.years import reversed_actors
from detente.rooms.gains.model.simulation.results import YearGains
from detente.rooms.gains.model.solution_concepts import ConceptGains, SolutionConcept
from detente.text.english import cardinal, count_noun, upper_first


def gains_standing(
    years: Sequence[YearGains],
    channel: str,
    concept_gains: Mapping[ChannelVariant, Sequence[ConceptGains]],
    labels: CaseLabels,
) -> Robustness:
    """Fragile where another year or another way to share reverses somebody's gain, robust where none does.

    Args:
        years: The years, the one that is told of last.
        channel: The channel.
        concept_gains: By way to run it, the gains by every way to share them, the one that is used first.
        labels: The names of the case.
    """
    year = years[-1]
    outcomes = [year.outcomes[variant] for variant in year.variants_of(channel)]
    actors = range(year.actor_network.n)
    if not any(outcome.is_affected(actor) for outcome in outcomes for actor in actors):
        return Robustness("descriptive")
    other_years = [other for other in years[:-1] if reversed_actors(other, year, channel)]
    tried = [*dict.fromkeys(concept_key(one.concept) for gains in concept_gains.values() for one in gains[1:])]
    reversing = list({concept_key(concept): concept for concept, _ in reversing_concepts(year, concept_gains)}.values())
    if reversing:
        verb = "reverses" if len(reversing) == 1 else "reverse"
        instance = plain_concept_clause(reversing[0], labels)
        instance = instance if len(reversing) == 1 else f"for instance {instance}"
        of_tried = f"{upper_first(cardinal(len(reversing)))} of {cardinal(len(tried))} other ways to share"
        return Robustness("fragile", f"{of_tried} {verb} it for somebody, {instance}.")
    if other_years:
        return Robustness("fragile", f"In {year_phrase(other_years[0])} it is reversed for somebody.")
    if any(is_close(float(outcome.gain_frequency[actor])) for outcome in outcomes for actor in actors):
        return Robustness("moderate", "For somebody it is too close to call.")
    what = " and ".join(
        phrase
        for phrase in (
            count_noun(len(tried), "other way to share", "other ways to share") if tried else "",
            count_noun(len(years) - 1, "other year") if len(years) > 1 else "",
        )
        if phrase
    )
    return (
        Robustness("robust", f"Nothing tried reverses it for anybody: {what}.") if what else Robustness("descriptive")
    )


def reversing_concepts(
    year: YearGains, concept_gains: Mapping[ChannelVariant, Sequence[ConceptGains]]
) -> Iterator[tuple[SolutionConcept, list[int]]]:
    """The ways to share by which somebody's gain has another sign than by the first, with these actors."""
    for gains in concept_gains.values():
        for one in gains[1:]:
            actors = [actor for actor in range(year.actor_network.n) if one.opposes(gains[0], [actor])]
            if actors:
                yield one.concept, actors


def concept_key(concept: SolutionConcept) -> tuple[object, ...]:
    """What tells a way to share from others, whichever way the channel is run."""
    decay = concept.decay if concept.kind == "myerson_at_decay" else None
    return concept.kind, decay, concept.power, concept.organisation, concept.internal_links


def plain_concept_clause(concept: SolutionConcept, labels: CaseLabels) -> str:
    """A way to share what is gained, as a clause: `if members share equally`."""
    organisation = labels.party_name(concept.organisation) if concept.organisation else ""
    return {
        "myerson": "as we have it",
        "myerson_at_decay": f"if a go-between leaves {round(100 * concept.decay)} per cent of a gain",
        "position": "if it is shared by tie and not by party",
        "weighted_myerson": "if the strong get more of it",
        "independent_survival": "if each tie is replaced or survives by itself",
        "equal_division": "if members share it equally",
        "organisation_as_members": f"if {organisation} counts as its members",
    }[concept.kind]
