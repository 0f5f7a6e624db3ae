"""The numbers, codings and judgements of a case: what its results rest on, and what says where it comes from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from detente.case.entries.registry import CaseEntry, CaseInput
from detente.case.schema.case import Case
from detente.case.schema.estimate import Estimate
from detente.case.schema.legal_rules import AttributeAnswer

Inputs = Iterator[CaseInput]


def settings_inputs(case: Case) -> Inputs:
    """The numbers that a case gives outside its entries: threats, and settings."""
    for party, estimate in case.threat.items():
        yield from estimate_inputs(estimate, f"threat.{party}", party)
    for party, influence in case.influence.items():
        for other, estimate in influence.on.items():
            yield from estimate_inputs(estimate, f"influence.{party}.on.{other}", party)
    yield from nested_estimates(case.network, "network", "")
    yield from nested_estimates(case.response, "response", "")
    for reply, terms in case.response.replies.items() if "replies" in case.response.model_fields_set else ():
        yield from nested_estimates(terms, f"response.replies.{reply}", "")
    yield from nested_estimates(case.evidence, "evidence", "")


def coding_inputs(case: Case, entry: CaseEntry) -> Inputs:
    """A coding; that of a passage has the passage's place."""
    sourced = bool(entry.part.at) or entry.part.unit in case.passages
    yield _input(entry, entry.says, "coding", sourced)


def statement_inputs(case: Case, entry: CaseEntry) -> Inputs:
    """The tone of a statement."""
    if entry.part.tone:
        yield _input(entry, entry.part.tone, "tone", bool(entry.part.at), ".tone")


def prediction_inputs(case: Case, entry: CaseEntry) -> Inputs:
    """What is judged to have come of a prediction."""
    for index, judgement in enumerate(entry.part.judgements):
        sourced, because = bool(judgement.entries or judgement.at), judgement.because or ""
        path = f"{_path(entry)}.judgements.{index}"
        yield CaseInput(path, judgement.outcome, "judgement", because, sourced, entry.id)


def proposal_inputs(case: Case, entry: CaseEntry) -> Inputs:
    """What a proposal, and each of its parts, says of itself."""
    yield from _attribute_answers(entry.part.attributes, _path(entry), entry)
    for index, part in enumerate(entry.part.parts):
        yield from _attribute_answers(part.attributes, f"{_path(entry)}.parts.{index}", entry)


def attribute_inputs(case: Case, entry: CaseEntry) -> Inputs:
    """What is presumed of proposals that do not say."""
    if entry.part.presumed:
        yield _input(entry, entry.part.presumed, "presumption", False, ".presumed")


def organisation_inputs(case: Case, entry: CaseEntry) -> Inputs:
    """What is taken to hold where an organisation's rules are silent."""
    if verdict := entry.part.otherwise:
        path, because = f"{_path(entry)}.otherwise", verdict.because or ""
        yield CaseInput(path, verdict.verdict, "rule of silence", because, bool(verdict.at), entry.id)


def stance_inputs(case: Case, entry: CaseEntry) -> Inputs:
    """Where a member stands."""
    if entry.part.stance:
        yield _input(entry, entry.part.stance, "stance", bool(entry.part.at))


def figures_inputs(case: Case, entry: CaseEntry) -> Inputs:
    """The figures of a measure, year by year."""
    sourced = bool(entry.part.at or entry.part.sources)
    for year, figures in entry.part.held.items():
        yield _input(entry, f"{len(figures)} figures", entry.kind, sourced, f".held.{year}")


def experience_inputs(case: Case, entry: CaseEntry) -> Inputs:
    """What was tried and what of it worked."""
    text = f"{entry.part.worked:g} of {entry.part.tried:g} worked"
    yield _input(entry, text, entry.kind, bool(entry.part.at))
    for channel, weight in entry.part.tells_of.items():
        yield _input(entry, f"counts for {weight:g}", entry.kind, False, f".tells_of.{channel}")


def outcome_inputs(case: Case, entry: CaseEntry) -> Inputs:
    """What was decided."""
    text = "accepted" if entry.part.accepted else "not accepted"
    yield _input(entry, text, "outcome", bool(entry.part.at or entry.part.entries))


def game_inputs(case: Case, entry: CaseEntry) -> Inputs:
    """The payoffs of one side of a game."""
    for party, payoffs in entry.part.payoffs_of.items():
        yield from nested_estimates(payoffs, f"{_path(entry)}.payoffs_of.{party}", entry.id)


def fact_inputs(case: Case, entry: CaseEntry) -> Inputs:
    """The value of a fact."""
    unit = f" {entry.part.unit}" if entry.part.unit else ""
    yield _input(entry, f"{entry.part.value}{unit}", "fact", bool(entry.part.at))


def entry_estimates(entry: CaseEntry) -> Inputs:
    """The estimates that an entry gives, at any depth, or is."""
    if isinstance(entry.part, Estimate):
        yield from estimate_inputs(entry.part, _path(entry), entry.id)
    else:
        yield from nested_estimates(entry.part, _path(entry), entry.id)


def nested_estimates(part: BaseModel, path: str, owner: str) -> Inputs:
    """The estimates that a part gives, at any depth."""
    for name, info in type(part).model_fields.items():
        value: Any = getattr(part, name)
        if name not in part.model_fields_set:
            continue
        for key, inner in value.items() if isinstance(value, dict) else [("", value)]:
            field_path = f"{path}.{info.alias or name}"
            input_path = f"{field_path}.{key}" if key else field_path
            if isinstance(inner, Estimate):
                yield from estimate_inputs(inner, input_path, owner)
            elif isinstance(inner, BaseModel) and not isinstance(value, dict):
                yield from nested_estimates(inner, input_path, owner)


def estimate_inputs(estimate: Estimate, path: str, owner: str) -> Inputs:
    """An estimate as an input, or as one for each of its years."""
    for year in sorted(estimate.by_year) if estimate.by_year else (None,):
        part = estimate if year is None else estimate.in_year(year)
        part_path = path if year is None else f"{path}.in.{year}"
        because, wrong_if = part.because or "", part.wrong_if or ""
        yield CaseInput(part_path, str(part), "estimate", because, part.has_source, owner, wrong_if)


def _attribute_answers(answers: dict[str, AttributeAnswer], path: str, owner: CaseEntry) -> Inputs:
    """What a proposal says of itself: sourced by its own words or by the place of the proposal."""
    for name, answer in answers.items():
        sourced = bool(answer.at or (owner.part.at and not answer.because))
        input_path = f"{path}.attributes.{name}"
        yield CaseInput(input_path, answer.value, "attribute", answer.because or "", sourced, owner.id)


def _input(entry: CaseEntry, value: str, kind: str, sourced: bool, below: str = "") -> CaseInput:
    return CaseInput(f"{_path(entry)}{below}", value, kind, entry.part.because or "", sourced, entry.id)


def _path(entry: CaseEntry) -> str:
    return ".".join(map(str, entry.path))
