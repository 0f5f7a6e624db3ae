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


def uncertain_numbers(case: Case) -> Iterator[tuple[CasePath, str, Estimate]]:
    """Every number of the room, with the word that says what it is."""
    for name, channel in case.channels.items():
        for key in ("exclusivity", "efficiency"):
            yield from _number_if_given(("channels", name, key), key, getattr(channel, key))
    for name, issue in case.issues.items():
        for key in ("stakes", "multilateral", "raised", "gravity"):
            yield from _number_if_given(("issues", name, key), key, getattr(issue, key))
        for party, estimate in issue.exposure.items():
            yield ("issues", name, "exposure", party), "exposure", estimate
    for party, estimate in case.threat.items():
        yield ("threat", party), "threat", estimate
    for section in ("network", "response"):
        settings = getattr(case, section)
        for key in type(settings).model_fields:
            if key in RANGES:
                yield from _number_if_given((section, key), key, getattr(settings, key))
    for name, mechanism in case.mechanisms.items():
        for party, estimate in mechanism.of.items():
            yield ("mechanisms", name, "of", party), mechanism.kind, estimate
    for name, option in case.outside.items():
        yield ("outside", name, "forgone"), "forgone", option.forgone
    for reply, terms in case.response.replies.items():
        for key in type(terms).model_fields:
            yield ("response", "replies", reply, key), key, getattr(terms, key)


def _numbers_in_priors(case: Case) -> Iterator[tuple[CasePath, str, Estimate]]:
    """The numbers of other sets of assumptions, each with the word of what it stands for."""
    key_by_path = {".".join(map(str, path)): key for path, key, _ in uncertain_numbers(case)}
    for name, priors in case.priors.items():
        for path, estimate in priors.set.items():
            if path in key_by_path:
                yield ("priors", name, "set", path), key_by_path[path], estimate


def _number_if_given(path: CasePath, key: str, estimate: Estimate | None) -> Iterator[tuple[CasePath, str, Estimate]]:
    if estimate is not None:
        yield path, key, estimate


def number_range_faults(case: Case) -> Iterator[Fault]:
    """Numbers that lie where they cannot."""
    for path, key, estimate in (*uncertain_numbers(case), *_numbers_in_priors(case)):
        for fault in range_faults(path, estimate, *RANGES[key], NUMBER_PHRASES[key]):
            if key in ("stakes", "raised") and estimate.bounds[0] < 0:
                explanation = "; what two would lose by dealing is no reason to join them, so leave the issue out"
                fault = replace(fault, remedy=fault.remedy + explanation)
            yield fault


NUMBER_PHRASES = {
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
