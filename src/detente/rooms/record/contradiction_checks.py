"""What is wrong with contradictions: claims of different things, of different times, or from the wrong documents."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from detente.case.fault import Fault
from detente.case.schema.base import CasePath
from detente.case.schema.case import Case
from detente.case.schema.document_conclusions import CONTRADICTING_KINDS, Contradiction, ContradictoryClaim
from detente.text.english import count_noun


def contradiction_faults(case: Case) -> Iterator[Fault]:
    """Contradictions whose claims do not contradict each other, and apparent ones that nothing explains."""
    for name, contradiction in case.contradictions.items():
        path: CasePath = ("contradictions", name)
        if contradiction.kind in CONTRADICTING_KINDS or contradiction.kind == "apparent":
            yield from _missing_part_faults(contradiction, path)
        if contradiction.kind in CONTRADICTING_KINDS:
            yield from _different_thing_faults(contradiction, path)
            yield from _origin_faults(contradiction, path)
        yield from _explanation_faults(contradiction, path)


def _missing_part_faults(contradiction: Contradiction, path: CasePath) -> Iterator[Fault]:
    """What a contradiction must say: the same thing, and what each side says of it."""
    if contradiction.about is None:
        yield Fault(path, "nothing says what both claims are about", "about: the same thing", is_omission=True)
    if len(contradiction.claims) < 2:
        message = (
            f"a contradiction has two claims or more, this one has {count_noun(len(contradiction.claims), 'claim')}"
        )
        yield Fault(path, message, "claims: what each side says of it", is_omission=True)


def _different_thing_faults(contradiction: Contradiction, path: CasePath) -> Iterator[Fault]:
    """Claims of something else, and claims of times that have no day in common."""
    for index, claim in enumerate(contradiction.claims):
        if claim.of is not None:
            message = f"the claim is about '{claim.of}', and not about '{contradiction.about}'"
            yield Fault((*path, "claims", index, "of"), message, "say apparent, explained by objects; or leave of out")
    for one, other in _claims_of_different_times(contradiction):
        times = f"{contradiction.claims[one].during} and {contradiction.claims[other].during}"
        message = f"the claims speak of different times: {times}"
        yield Fault((*path, "claims", other, "in"), message, "say apparent, explained by dates; or leave in out")


def _claims_of_different_times(contradiction: Contradiction) -> list[tuple[int, int]]:
    """The pairs of claims that surely speak of no day in common, by their numbers."""
    pairs = []
    for (i, one), (j, other) in combinations(enumerate(contradiction.claims), 2):
        if one.during and other.during:
            first, second = sorted((one.during, other.during), key=lambda when: when.first_day)
            if first.last_day < second.first_day:
                pairs.append((i, j))
    return pairs


def _origin_faults(contradiction: Contradiction, path: CasePath) -> Iterator[Fault]:
    """Claims that do not come from where the kind of contradiction says."""
    if len(contradiction.claims) < 2:
        return
    origins = [_origins(claim) for claim in contradiction.claims]
    all_origins = set().union(*origins)
    place = (*path, "kind")
    if contradiction.kind == "between-documents" and (len(all_origins) < 2 or not all(origins)):
        yield Fault(place, "its claims do not come from two documents", "give each its at, or say within-document")
    if contradiction.kind == "within-document" and (len(all_origins) != 1 or not all(origins)):
        yield Fault(place, "its claims do not all come from one document", "give each its at, or say between-documents")
    if contradiction.kind == "against-others" and all(claim.at for claim in contradiction.claims):
        yield Fault(place, "all of its claims come from documents", "say between-documents or within-document")


def _origins(claim: ContradictoryClaim) -> set[str]:
    return {place.document for place in claim.at} | set(claim.sources)


def _explanation_faults(contradiction: Contradiction, path: CasePath) -> Iterator[Fault]:
    """An explanation of what is no apparent contradiction, none of one that is, or one that its claims do not bear."""
    explained = contradiction.explained
    if contradiction.kind != "apparent":
        if explained:
            yield Fault((*path, "explained"), "only an apparent contradiction is explained", "say kind: apparent")
        return
    if explained is None:
        yield Fault(
            path, "nothing explains the apparent contradiction", "explained: by dates or objects", is_omission=True
        )
    elif explained.by == "dates" and not _claims_of_different_times(contradiction):
        yield Fault(
            (*path, "explained", "by"), "no two claims speak of different times", "give each claim its time: in"
        )
    elif explained.by == "objects" and all(claim.of is None for claim in contradiction.claims):
        yield Fault((*path, "explained", "by"), "no claim speaks of something else", "say what it is about: of")
