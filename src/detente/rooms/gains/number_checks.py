"""Every uncertain number of the channels, by its path: what it is, and whether it lies where it can lie."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from detente.case.fault import Fault
from detente.case.schema.case import Case
from detente.case.schema.estimate import Estimate
from detente.case.schema.introspection import CasePath
from detente.case.uncertainty.bounds import range_faults
from detente.rooms.gains.model.draws import RANGES


def numbers(case: Case) -> Iterator[tuple[CasePath, str, Estimate]]:
    """Every number of the room, with the word that says what it is."""
    for name, channel in case.channels.items():
        for word in ("exclusivity", "efficiency"):
            yield from _one(("channels", name, word), word, getattr(channel, word))
    for name, issue in case.issues.items():
        for word in ("stakes", "multilateral", "raised", "gravity"):
            yield from _one(("issues", name, word), word, getattr(issue, word))
        for party, estimate in issue.exposure.items():
            yield ("issues", name, "exposure", party), "exposure", estimate
    for party, estimate in case.threat.items():
        yield ("threat", party), "threat", estimate
    for section in ("network", "response"):
        part = getattr(case, section)
        for word in type(part).model_fields:
            if word in RANGES:
                yield from _one((section, word), word, getattr(part, word))
    for name, mechanism in case.mechanisms.items():
        for party, estimate in mechanism.of.items():
            yield ("mechanisms", name, "of", party), mechanism.kind, estimate
    for name, option in case.outside.items():
        yield ("outside", name, "forgone"), "forgone", option.forgone
    for reply, terms in case.response.replies.items():
        for word in type(terms).model_fields:
            yield ("response", "replies", reply, word), word, getattr(terms, word)


def _of_priors(case: Case) -> Iterator[tuple[CasePath, str, Estimate]]:
    """The numbers of other sets of assumptions, each with the word of what it stands for."""
    words = {".".join(map(str, path)): word for path, word, _ in numbers(case)}
    for name, priors in case.priors.items():
        for path, estimate in priors.set.items():
            if path in words:
                yield ("priors", name, "set", path), words[path], estimate


def _one(path: CasePath, word: str, estimate: Estimate | None) -> Iterator[tuple[CasePath, str, Estimate]]:
    if estimate is not None:
        yield path, word, estimate


def outside_ranges(case: Case) -> Iterator[Fault]:
    """Numbers that lie where they cannot."""
    for path, word, estimate in (*numbers(case), *_of_priors(case)):
        for fault in range_faults(path, estimate, *RANGES[word], CALLED[word]):
            if word in ("stakes", "raised") and estimate.bounds[0] < 0:
                why = "; what two would lose by dealing is no reason to join them, so leave the issue out"
                fault = replace(fault, remedy=fault.remedy + why)
            yield fault


CALLED = {
    "stakes": "what is at stake",
    "multilateral": "the part that takes all members",
    "raised": "what a threat adds",
    "gravity": "the exponent",
    "exposure": "exposure",
    "exclusivity": "an exclusivity",
    "efficiency": "an efficiency",
    "threat": "a threat",
    "spread": "a standard deviation",
    "periphery": "a factor",
    "decay": "a decay",
    "link_cost": "a cost",
    "threat_within": "a share",
    "relative": "a concern for relative gains",
    "recognition": "recognition",
    "autonomy": "a cost",
    "norms": "a loss",
    "shield": "a shield",
    "forgone": "a share",
    "discount": "a discount",
    "hazard": "a chance",
    "insight": "a standard deviation",
    "asking": "a cost",
    "shown": "what asking brings",
    "transfers": "a share",
    "noise": "the noise of choices",
    "once": "a cost",
    "each": "a cost",
    "brings": "what a reply brings",
    "kept": "a chance",
    "informs": "a chance",
}
"""What each number is, within a sentence."""
