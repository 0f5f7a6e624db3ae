"""Everything a case declares, by id, and what refers to what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pydantic import BaseModel

from detente.case.index.declared_ids import NESTED_SECTION_KINDS, SECTION_KINDS
from detente.case.schema.base import CasePath, Locator, ReferenceTo
from detente.case.schema.case import Case
from detente.case.schema.channels import Capability
from detente.case.schema.coding import Coding, Passage, Proposal
from detente.case.schema.decision_rules import MemberStance
from detente.case.schema.document_conclusions import Prediction
from detente.case.schema.estimate import Estimate
from detente.case.schema.introspection import fields_by_key
from detente.case.schema.legal_rules import Attribute, AttributeAnswer, Condition
from detente.case.schema.parties import Organisation
from detente.case.schema.record import Fact, Statement
from detente.case.schema.repeated_games import RepeatedGame
from detente.case.schema.response import AlternativePriors, ObservedOutcome


@dataclass(frozen=True, slots=True)
class CaseEntry:
    """One entry of a case: its id, kind and path, and the part itself."""

    id: str
    kind: str
    path: CasePath
    part: Any

    @property
    def label(self) -> str:
        """What to call it: its short name, title or name, or its id."""
        for name in ("short", "title", "name"):
            if text := getattr(self.part, name, None):
                return str(text)
        return self.id

    @property
    def says(self) -> str:
        """What it says, in a sentence, as far as it says anything."""
        if isinstance(self.part, Coding):
            return _coding_sentence(self.part)
        if isinstance(self.part, Passage):
            return self.part.says or f"a passage on {self.part.motive}"
        if isinstance(self.part, Fact):
            fact = self.part
            value = ", ".join(fact.value) if isinstance(fact.value, list) else str(fact.value)
            unit = f" {fact.unit}" if fact.unit else ""
            return f"{fact.of}, {fact.attribute}: {value}{unit}{f', in {fact.during}' if fact.during else ''}"
        return str(getattr(self.part, "says", None) or self.label)


LEVEL_PHRASES = {"primary": "first of all", "secondary": "besides", "none": "not at all"}


def _coding_sentence(coding: Coding) -> str:
    if coding.level:
        sentence = f"{coding.unit} is explained {LEVEL_PHRASES[coding.level]} by {coding.theory}"
    elif coding.direction == "neither":
        sentence = f"{coding.unit} speaks neither for nor against {coding.theory}"
    else:
        sentence = f"{coding.unit} speaks {coding.direction} {coding.theory}"
    sentence += (
        f", {'on a condition' if coding.strength == 'conditional' else coding.strength}" if coding.strength else ""
    )
    return f"{sentence}, by {coding.coder}" + (f" in round {coding.round}" if coding.round > 1 else "")


def coding_ids(case: Case) -> list[str]:
    """An id for each coding: its own, or a name made of what it codes, numbered where there are several."""
    names: dict[str, None] = {}
    last_numbers: dict[str, int] = {}
    for coding in case.codings:
        name = stem = coding.id or f"{coding.unit}/{coding.theory}/{coding.coder}"
        while name in names:
            last_numbers[stem] = last_numbers.get(stem, 1) + 1
            name = f"{stem}/{last_numbers[stem]}"
        names[name] = None
    return list(names)


def case_entries(case: Case) -> dict[str, CaseEntry]:
    """Every entry by id, in the order of the sections."""
    collected: list[CaseEntry] = []
    for index, entry in enumerate(case.record):
        collected.append(CaseEntry(entry.id, entry.kind, ("record", index), entry))
    for section, kind in SECTION_KINDS.items():
        for name, part in getattr(case, section).items():
            collected.append(CaseEntry(name, kind, (section, name), part))
            for (outer, inner), inner_kind in NESTED_SECTION_KINDS.items():
                if outer == section:
                    for nested, inner_part in getattr(part, inner).items():
                        collected.append(CaseEntry(nested, inner_kind, (section, name, inner, nested), inner_part))
    for index, (name, coding) in enumerate(zip(coding_ids(case), case.codings, strict=True)):
        collected.append(CaseEntry(name, "coding", ("codings", index), coding))
    return {declared.id: declared for declared in collected}


def nested_locators(part: BaseModel) -> Iterator[Locator]:
    """Every locator of a part and of what is inside it."""
    for name in type(part).model_fields:
        value = getattr(part, name)
        for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else [value]:
            if isinstance(inner, Locator):
                yield inner
            elif isinstance(inner, BaseModel):
                yield from nested_locators(inner)


def spans_by_document(case: Case) -> dict[str, list[tuple[int, int]]]:
    """The spans that the case points to, by document."""
    collected: dict[str, list[tuple[int, int]]] = {id: [] for id in case.documents}
    for locator in nested_locators(case):
        if locator.span:
            collected[locator.document].append(locator.span)
    return collected


@dataclass(frozen=True, slots=True)
class EntryReference:
    """One entry names another, under some key."""

    source: str
    key: str
    target: str


def entry_references(case: Case) -> list[EntryReference]:
    """Every reference from one entry to another."""
    entries_by_id = case_entries(case)
    collected = [
        EntryReference(entry.id, key, target)
        for entry in entries_by_id.values()
        for key, target in _references_in(entry.part, "", _nested_entry_keys(entry))
        if target in entries_by_id and target != entry.id
    ]
    return list(dict.fromkeys(collected))


def _nested_entry_keys(entry: CaseEntry) -> frozenset[str]:
    """The keys under which entries stand that are declared inside this one, and speak for themselves."""
    return frozenset(inner for outer, inner in NESTED_SECTION_KINDS if outer == entry.path[0])


def _references_in(value: Any, key: str, skipped_keys: frozenset[str]) -> Iterator[tuple[str, str]]:
    if isinstance(value, Condition):
        yield from ((key, attribute) for attribute in value.required_attributes)
    if isinstance(value, BaseModel):
        for name, info in fields_by_key(type(value)).items():
            inner = getattr(value, _attribute_name(type(value), name))
            if name in skipped_keys:
                continue
            if _is_reference(info.annotation, tuple(info.metadata)):
                for target in inner if isinstance(inner, list | tuple) else [inner]:
                    if isinstance(target, str):
                        yield (key or name), target
            elif isinstance(inner, BaseModel | list | dict):
                yield from _references_in(inner, key or name, frozenset())
    elif isinstance(value, list):
        for item in value:
            yield from _references_in(item, key, skipped_keys)
    elif isinstance(value, dict):
        for name, item in value.items():
            if isinstance(item, AttributeAnswer):
                yield key, name
            yield from _references_in(item, key, skipped_keys)


@lru_cache(maxsize=1024)
def _attribute_name(model: type[BaseModel], alias: str) -> str:
    return next(name for name, info in model.model_fields.items() if (info.alias or name) == alias)


def _is_reference(annotation: Any, metadata: tuple[Any, ...]) -> bool:
    if any(isinstance(mark, ReferenceTo) for mark in (*metadata, *getattr(annotation, "__metadata__", ()))):
        return True
    return any(_is_reference(inner, ()) for inner in getattr(annotation, "__args__", ()))


@dataclass(frozen=True, slots=True)
class CaseInput:
    """A number, coding or judgement that results rest on: where it stands, what it is, whether it says where from."""

    path: str
    value: str
    kind: str
    because: str
    sourced: bool
    owner: str
    """The id of the entry it belongs to, or nothing."""


def case_inputs(case: Case) -> list[CaseInput]:
    """Every number, coding and judgement of a case, in the order of the sections."""
    collected: list[CaseInput] = []
    for entry in case_entries(case).values():
        part, path = entry.part, ".".join(map(str, entry.path))
        if isinstance(part, Coding):
            text = part.because or ""
            sourced = bool(part.at) or part.unit in case.passages  # a passage has its place
            collected.append(CaseInput(path, entry.says, "coding", text, sourced, entry.id))
        elif isinstance(part, Statement) and part.tone:
            collected.append(CaseInput(f"{path}.tone", part.tone, "tone", part.because or "", bool(part.at), entry.id))
        elif isinstance(part, Prediction):
            for index, judgement in enumerate(part.judgements):
                input_path, sourced = f"{path}.judgements.{index}", bool(judgement.entries or judgement.at)
                collected.append(
                    CaseInput(input_path, judgement.outcome, "judgement", judgement.because or "", sourced, entry.id)
                )
        elif isinstance(part, Proposal):
            collected += _attribute_inputs(part.attributes, path, entry)
            for index, package_part in enumerate(part.parts):
                collected += _attribute_inputs(package_part.attributes, f"{path}.parts.{index}", entry)
        elif isinstance(part, Attribute) and part.presumed:
            collected.append(
                CaseInput(f"{path}.presumed", part.presumed, "presumption", part.because or "", False, entry.id)
            )
        elif isinstance(part, Organisation) and part.otherwise:
            default_verdict = part.otherwise
            input_path, sourced = f"{path}.otherwise", bool(default_verdict.at)
            collected.append(
                CaseInput(
                    input_path,
                    default_verdict.verdict,
                    "rule of silence",
                    default_verdict.because or "",
                    sourced,
                    entry.id,
                )
            )
        elif isinstance(part, MemberStance) and part.stance:
            collected.append(CaseInput(path, part.stance, "stance", part.because or "", bool(part.at), entry.id))
        elif isinstance(part, Capability):
            for year, figures in part.held.items():
                text, sourced = f"{len(figures)} figures", bool(part.at or part.sources)
                collected.append(
                    CaseInput(f"{path}.held.{year}", text, entry.kind, part.because or "", sourced, entry.id)
                )
        elif isinstance(part, ObservedOutcome):
            text, sourced = "accepted" if part.accepted else "not accepted", bool(part.at or part.entries)
            collected.append(CaseInput(path, text, "outcome", part.because or "", sourced, entry.id))
        elif isinstance(part, RepeatedGame):
            for party, payoffs in part.payoffs_of.items():
                collected += _nested_estimate_inputs(payoffs, f"{path}.payoffs_of.{party}", entry.id)
        elif isinstance(part, AlternativePriors):
            continue  # instead of inputs that are counted already
        elif entry.kind == "fact":
            value = f"{part.value}{' ' + part.unit if part.unit else ''}"
            collected.append(CaseInput(path, value, "fact", part.because or "", bool(part.at), entry.id))
        collected += (
            [_estimate_input(part, path, entry.id)]
            if isinstance(part, Estimate)
            else _nested_estimate_inputs(part, path, entry.id)
        )
    for party, estimate in case.threat.items():
        collected.append(_estimate_input(estimate, f"threat.{party}", party))
    settings = [
        *_nested_estimate_inputs(case.network, "network", ""),
        *_nested_estimate_inputs(case.response, "response", ""),
    ]
    for reply, terms in case.response.replies.items() if "replies" in case.response.model_fields_set else ():
        settings += _nested_estimate_inputs(terms, f"response.replies.{reply}", "")
    return [*collected, *settings, *_nested_estimate_inputs(case.evidence, "evidence", "")]


def _attribute_inputs(answers: dict[str, AttributeAnswer], path: str, owner: CaseEntry) -> Iterator[CaseInput]:
    """What a proposal says of itself: sourced by its own words or by the place of the proposal."""
    for name, answer in answers.items():
        sourced = bool(answer.at or (owner.part.at and not answer.because))
        input_path = f"{path}.attributes.{name}"
        yield CaseInput(input_path, answer.value, "attribute", answer.because or "", sourced, owner.id)


def _nested_estimate_inputs(part: BaseModel, path: str, owner: str) -> list[CaseInput]:
    """The estimates that a part gives, at any depth."""
    collected = []
    for name, info in type(part).model_fields.items():
        value = getattr(part, name)
        if name not in part.model_fields_set:
            continue
        for key, inner in value.items() if isinstance(value, dict) else [("", value)]:
            field_path = f"{path}.{info.alias or name}"
            input_path = f"{field_path}.{key}" if key else field_path
            if isinstance(inner, Estimate):
                collected.append(_estimate_input(inner, input_path, owner))
            elif isinstance(inner, BaseModel) and not isinstance(value, dict):
                collected += _nested_estimate_inputs(inner, input_path, owner)
    return collected


def _estimate_input(estimate: Estimate, path: str, owner: str) -> CaseInput:
    return CaseInput(path, str(estimate), "estimate", estimate.because or "", estimate.sourced, owner)
