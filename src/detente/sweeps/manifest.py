"""The manifest of a sweep: what was asked, so that nothing else is put into its folder, and what its rows are of."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from detente.assessment.model_json import model_to_json
from detente.case.index.number_labels import number_label
from detente.case.schema.case import Case
from detente.errors import DetenteError, UnreadableFile
from detente.files.bounded_read import read_bounded
from detente.methods.offer_model.channel_variants import ChannelForm
from detente.methods.offer_model.description import ModelDescription
from detente.rooms.acceptance.model.choices.choice_answers import describe_offer
from detente.sweeps.axes import AxisKind, SweepAxis
from detente.sweeps.block_sums import BLOCK_SIZE, answers_of
from detente.sweeps.grid import Setting, SweepPoint, SweptCase
from detente.version import __version__

MANIFEST_FILE = "sweep.json"
MANIFEST_FORMAT = 1
MOST_SIMULATIONS = 10**8
MOST_BYTES = 256 * 2**20
"""What a manifest may hold."""


class Saved(BaseModel):
    """A part of a manifest."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class SavedAxis(Saved):
    """Something that is swept."""

    kind: AxisKind
    name: str
    values: tuple[Setting, ...]

    @property
    def heading(self) -> str:
        """What its column is called."""
        return self.as_axis.heading

    @property
    def as_axis(self) -> SweepAxis:
        """The axis."""
        return SweepAxis(self.kind, self.name, self.values)


class SavedAnswer(Saved):
    """An answer of which rows are kept."""

    channel: str
    form: ChannelForm
    theory: str
    is_main: bool
    year: int


class SavedSweptCase(Saved):
    """A case that is swept."""

    name: str
    title: str
    question: str
    digest: str
    """Of the model of the case as it stands; empty where it has none."""
    labels: tuple[str, ...]
    """What each axis is called in the case."""
    own: tuple[float | None, ...]
    """For each axis of a number the mean of what the case has there; None where it has none, or is no number."""


class SavedPoint(Saved):
    """A setting."""

    case: str
    settings: tuple[Setting, ...]
    model: str | None
    """The digest of its model, numbers included; None where it has none."""
    answers: int | None
    """Which of the lists of answers its rows are of."""


class SweepManifest(Saved):
    """What a sweep is asked."""

    format: int
    program: str
    simulations: Annotated[int, Field(ge=1, le=MOST_SIMULATIONS)]
    block: Literal[2048]
    axes: tuple[SavedAxis, ...]
    cases: Annotated[tuple[SavedSweptCase, ...], Field(min_length=1)]
    answers: tuple[tuple[SavedAnswer, ...], ...]
    points: tuple[SavedPoint, ...]

    @model_validator(mode="after")
    def _hangs_together(self) -> SweepManifest:
        names = {case.name for case in self.cases}
        for point in self.points:
            if point.case not in names or len(point.settings) != len(self.axes):
                raise ValueError("a setting is of no case of the sweep, or has not a value of each axis")
            if point.answers is not None and not 0 <= point.answers < len(self.answers):
                raise ValueError("a setting has answers that are not there")
        return self

    @property
    def blocks_per_point(self) -> int:
        """How many blocks each setting takes."""
        return -(-self.simulations // self.block)

    @property
    def unit_count(self) -> int:
        """How many blocks all settings take."""
        return len(self.points) * self.blocks_per_point

    def differences(self, other: SweepManifest) -> list[str]:
        """What else was asked in another sweep; a setting that had no model may have got one."""
        named = {
            "the version of the program": (self.program, other.program),
            "the number of simulations": (self.simulations, other.simulations),
            "what is swept": (self.axes, other.axes),
            "the cases": ([one.name for one in self.cases], [one.name for one in other.cases]),
        }
        found = [what for what, (one, another) in named.items() if one != another]
        if not found and any(
            one.model != another.model for one, another in zip(self.points, other.points, strict=True) if another.model
        ):
            found.append("what the cases say")
        return found


def make_manifest(
    cases: Sequence[SweptCase], axes: Sequence[SweepAxis], points: Sequence[SweepPoint], simulations: int
) -> SweepManifest:
    """The manifest of a sweep."""
    lists: dict[tuple[SavedAnswer, ...], int] = {}
    saved = []
    base_digests: dict[int, str] = {}
    for point in points:
        if point.description is None:
            saved.append(_saved_point(point, None, None))
            continue
        answers = tuple(SavedAnswer(**vars(one)) for one in answers_of(point.description))
        if id(point.description) not in base_digests:
            base_digests[id(point.description)] = model_digest(point.description)
        digest = base_digests[id(point.description)]
        numbers = "".join(f"\n{path}={value!r}" for path, value in sorted(point.numbers.items()))
        of_point = hashlib.sha256((digest + numbers).encode()).hexdigest()
        saved.append(_saved_point(point, of_point, lists.setdefault(answers, len(lists))))
    return SweepManifest(
        format=MANIFEST_FORMAT,
        program=__version__,
        simulations=simulations,
        block=BLOCK_SIZE,
        axes=tuple(SavedAxis(kind=one.kind, name=one.name, values=one.values) for one in axes),
        cases=tuple(_saved_case(case, axes) for case in cases),
        answers=tuple(lists),
        points=tuple(saved),
    )


def model_digest(description: ModelDescription) -> str:
    """What a model is known by."""
    return hashlib.sha256(model_to_json(description).encode()).hexdigest()


def read_manifest(folder: Path) -> SweepManifest:
    """The manifest in the folder of a sweep.

    Raises:
        DetenteError: If there is none, or none that is read here.
    """
    file = folder / MANIFEST_FILE
    if not file.is_file():
        raise DetenteError(f"'{folder}' is not the folder of a sweep: it has no {MANIFEST_FILE}")
    try:
        manifest = SweepManifest.model_validate_json(read_bounded(file, MOST_BYTES))
    except UnreadableFile as error:
        raise DetenteError(f"'{file}' {error}") from None
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(map(str, first["loc"])) or "the whole"
        raise DetenteError(f"'{file}' is no manifest of a sweep: {place}: {first['msg']}") from None
    if manifest.format != MANIFEST_FORMAT:
        raise DetenteError(f"'{file}' is of format {manifest.format}, and {MANIFEST_FORMAT} is read here")
    return manifest


def _saved_point(point: SweepPoint, model: str | None, answers: int | None) -> SavedPoint:
    return SavedPoint(case=point.case, settings=point.settings, model=model, answers=answers)


def _saved_case(case: SweptCase, axes: Sequence[SweepAxis]) -> SavedSweptCase:
    description = describe_offer(case.loaded.case) if case.loaded else None
    loaded = case.loaded.case if case.loaded else None
    return SavedSweptCase(
        name=case.name,
        title=loaded.title if loaded else "",
        question=loaded.question if loaded else "",
        digest=model_digest(description) if description else "",
        labels=tuple(_label(loaded, axis) for axis in axes),
        own=tuple(_own_mean(description, axis) for axis in axes),
    )


def _label(case: Case | None, axis: SweepAxis) -> str:
    return number_label(case, axis.name) if case and axis.kind == "number" else axis.heading


def _own_mean(description: ModelDescription | None, axis: SweepAxis) -> float | None:
    if description is None or axis.kind != "number" or axis.name not in description.number_index:
        return None
    return description.numbers[description.number_index[axis.name]].distribution.mean
