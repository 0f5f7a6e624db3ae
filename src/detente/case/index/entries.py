"""Everything a case declares, by id, and what refers to what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pydantic import BaseModel

from detente.case.index.declared_ids import NESTED, SECTIONS
from detente.case.schema.base import Locator, Refers
from detente.case.schema.case import Case
from detente.case.schema.channels import Capability
from detente.case.schema.coding import Coding, Passage, Proposal
from detente.case.schema.decision_rules import MemberStance
from detente.case.schema.document_conclusions import Prediction
from detente.case.schema.estimate import Estimate
from detente.case.schema.introspection import Path, fields
from detente.case.schema.legal_rules import Attribute, Condition, Quality
from detente.case.schema.parties import Organisation
from detente.case.schema.record import Fact, Statement
from detente.case.schema.repeated_games import RepeatedGame
from detente.case.schema.response import Outcome, Priors


@dataclass(frozen=True, slots=True)
class Declared:
    """One entry of a case: its id, kind and path, and the part itself."""

    id: str
    kind: str
    path: Path
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
            return _coding_says(self.part)
        if isinstance(self.part, Passage):
            return self.part.says or f"a passage on {self.part.motive}"
        if isinstance(self.part, Fact):
            f = self.part
            value = ", ".join(f.value) if isinstance(f.value, list) else str(f.value)
            unit = f" {f.unit}" if f.unit else ""
            return f"{f.of}, {f.attribute}: {value}{unit}{f', in {f.during}' if f.during else ''}"
        return str(getattr(self.part, "says", None) or self.label)


LEVELS = {"primary": "first of all", "secondary": "besides", "none": "not at all"}


def _coding_says(coding: Coding) -> str:
    if coding.level:
        says = f"{coding.unit} is explained {LEVELS[coding.level]} by {coding.theory}"
    elif coding.direction == "neither":
        says = f"{coding.unit} speaks neither for nor against {coding.theory}"
    else:
        says = f"{coding.unit} speaks {coding.direction} {coding.theory}"
    says += f", {'on a condition' if coding.strength == 'conditional' else coding.strength}" if coding.strength else ""
    return f"{says}, by {coding.coder}" + (f" in round {coding.round}" if coding.round > 1 else "")


def coding_ids(case: Case) -> list[str]:
    """An id for each coding: its own, or a name made of what it codes, numbered where there are several."""
    names: dict[str, None] = {}
    last: dict[str, int] = {}
    for coding in case.codings:
        name = stem = coding.id or f"{coding.unit}/{coding.theory}/{coding.coder}"
        while name in names:
            last[stem] = last.get(stem, 1) + 1
            name = f"{stem}/{last[stem]}"
        names[name] = None
    return list(names)


def entries(case: Case) -> dict[str, Declared]:
    """Every entry by id, in the order of the sections."""
    found: list[Declared] = []
    for index, entry in enumerate(case.record):
        found.append(Declared(entry.id, entry.kind, ("record", index), entry))
    for section, kind in SECTIONS.items():
        for name, part in getattr(case, section).items():
            found.append(Declared(name, kind, (section, name), part))
            for (outer, inner), inner_kind in NESTED.items():
                if outer == section:
                    for nested, inner_part in getattr(part, inner).items():
                        found.append(Declared(nested, inner_kind, (section, name, inner, nested), inner_part))
    for index, (name, coding) in enumerate(zip(coding_ids(case), case.codings, strict=True)):
        found.append(Declared(name, "coding", ("codings", index), coding))
    return {declared.id: declared for declared in found}


def locators(part: BaseModel) -> Iterator[Locator]:
    """Every locator of a part and of what is inside it."""
    for name in type(part).model_fields:
        value = getattr(part, name)
        for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else [value]:
            if isinstance(inner, Locator):
                yield inner
            elif isinstance(inner, BaseModel):
                yield from locators(inner)


def spans(case: Case) -> dict[str, list[tuple[int, int]]]:
    """The spans that the case points to, by document."""
    found: dict[str, list[tuple[int, int]]] = {id: [] for id in case.documents}
    for at in locators(case):
        if at.span:
            found[at.document].append(at.span)
    return found


@dataclass(frozen=True, slots=True)
class Reference:
    """One entry names another, under some key."""

    source: str
    key: str
    target: str


def references(case: Case) -> list[Reference]:
    """Every reference from one entry to another."""
    known = entries(case)
    found = [
        Reference(declared.id, key, target)
        for declared in known.values()
        for key, target in _references(declared.part, "", _entries_inside(declared))
        if target in known and target != declared.id
    ]
    return list(dict.fromkeys(found))


def _entries_inside(declared: Declared) -> frozenset[str]:
    """The keys under which entries stand that are declared inside this one, and speak for themselves."""
    return frozenset(inner for outer, inner in NESTED if outer == declared.path[0])


def _references(value: Any, key: str, apart: frozenset[str]) -> Iterator[tuple[str, str]]:
    if isinstance(value, Condition):
        yield from ((key, attribute) for attribute in value.asks)
    if isinstance(value, BaseModel):
        for name, info in fields(type(value)).items():
            inner = getattr(value, _attribute(type(value), name))
            if name in apart:
                continue
            if _refers(info.annotation, tuple(info.metadata)):
                for target in inner if isinstance(inner, list | tuple) else [inner]:
                    if isinstance(target, str):
                        yield (key or name), target
            elif isinstance(inner, BaseModel | list | dict):
                yield from _references(inner, key or name, frozenset())
    elif isinstance(value, list):
        for item in value:
            yield from _references(item, key, apart)
    elif isinstance(value, dict):
        for name, item in value.items():
            if isinstance(item, Quality):
                yield key, name
            yield from _references(item, key, apart)


@lru_cache(maxsize=1024)
def _attribute(model: type[BaseModel], alias: str) -> str:
    return next(name for name, info in model.model_fields.items() if (info.alias or name) == alias)


def _refers(annotation: Any, metadata: tuple[Any, ...]) -> bool:
    if any(isinstance(mark, Refers) for mark in (*metadata, *getattr(annotation, "__metadata__", ()))):
        return True
    return any(_refers(inner, ()) for inner in getattr(annotation, "__args__", ()))


@dataclass(frozen=True, slots=True)
class Input:
    """A number, coding or judgement that results rest on: where it stands, what it is, whether it says where from."""

    path: str
    value: str
    kind: str
    because: str
    sourced: bool
    owner: str
    """The id of the entry it belongs to, or nothing."""


def inputs(case: Case) -> list[Input]:
    """Every number, coding and judgement of a case, in the order of the sections."""
    found: list[Input] = []
    for declared in entries(case).values():
        part, path = declared.part, ".".join(map(str, declared.path))
        if isinstance(part, Coding):
            said = part.because or ""
            sourced = bool(part.at) or part.unit in case.passages  # a passage has its place
            found.append(Input(path, declared.says, "coding", said, sourced, declared.id))
        elif isinstance(part, Statement) and part.tone:
            found.append(Input(f"{path}.tone", part.tone, "tone", part.because or "", bool(part.at), declared.id))
        elif isinstance(part, Prediction):
            for index, judged in enumerate(part.judgements):
                where, sourced = f"{path}.judgements.{index}", bool(judged.entries or judged.at)
                found.append(Input(where, judged.outcome, "judgement", judged.because or "", sourced, declared.id))
        elif isinstance(part, Proposal):
            found += _qualities(part.attributes, path, declared)
            for index, one in enumerate(part.parts):
                found += _qualities(one.attributes, f"{path}.parts.{index}", declared)
        elif isinstance(part, Attribute) and part.presumed:
            found.append(
                Input(f"{path}.presumed", part.presumed, "presumption", part.because or "", False, declared.id)
            )
        elif isinstance(part, Organisation) and part.otherwise:
            other = part.otherwise
            where, sourced = f"{path}.otherwise", bool(other.at)
            found.append(Input(where, other.verdict, "rule of silence", other.because or "", sourced, declared.id))
        elif isinstance(part, MemberStance) and part.stance:
            found.append(Input(path, part.stance, "stance", part.because or "", bool(part.at), declared.id))
        elif isinstance(part, Capability):
            for year, held in part.held.items():
                said, sourced = f"{len(held)} figures", bool(part.at or part.sources)
                found.append(
                    Input(f"{path}.held.{year}", said, declared.kind, part.because or "", sourced, declared.id)
                )
        elif isinstance(part, Outcome):
            said, sourced = "accepted" if part.accepted else "not accepted", bool(part.at or part.entries)
            found.append(Input(path, said, "outcome", part.because or "", sourced, declared.id))
        elif isinstance(part, RepeatedGame):
            for party, given in part.payoffs_of.items():
                found += _estimates(given, f"{path}.payoffs_of.{party}", declared.id)
        elif isinstance(part, Priors):
            continue  # instead of inputs that are counted already
        elif declared.kind == "fact":
            value = f"{part.value}{' ' + part.unit if part.unit else ''}"
            found.append(Input(path, value, "fact", part.because or "", bool(part.at), declared.id))
        found += (
            [_estimate(part, path, declared.id)] if isinstance(part, Estimate) else _estimates(part, path, declared.id)
        )
    for party, estimate in case.threat.items():
        found.append(_estimate(estimate, f"threat.{party}", party))
    settings = [*_estimates(case.network, "network", ""), *_estimates(case.response, "response", "")]
    for reply, terms in case.response.replies.items() if "replies" in case.response.model_fields_set else ():
        settings += _estimates(terms, f"response.replies.{reply}", "")
    return [*found, *settings, *_estimates(case.evidence, "evidence", "")]


def _qualities(given: dict[str, Quality], path: str, owner: Declared) -> Iterator[Input]:
    """What a proposal says of itself: sourced by its own words or by the place of the proposal."""
    for name, quality in given.items():
        sourced = bool(quality.at or (owner.part.at and not quality.because))
        where = f"{path}.attributes.{name}"
        yield Input(where, quality.value, "attribute", quality.because or "", sourced, owner.id)


def _estimates(part: BaseModel, path: str, owner: str) -> list[Input]:
    """The estimates that a part gives, at any depth."""
    found = []
    for name, info in type(part).model_fields.items():
        value = getattr(part, name)
        if name not in part.model_fields_set:
            continue
        for key, inner in value.items() if isinstance(value, dict) else [("", value)]:
            under = f"{path}.{info.alias or name}"
            where = f"{under}.{key}" if key else under
            if isinstance(inner, Estimate):
                found.append(_estimate(inner, where, owner))
            elif isinstance(inner, BaseModel) and not isinstance(value, dict):
                found += _estimates(inner, where, owner)
    return found


def _estimate(estimate: Estimate, path: str, owner: str) -> Input:
    return Input(path, str(estimate), "estimate", estimate.because or "", estimate.sourced, owner)
