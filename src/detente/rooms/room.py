"""What a room is: one question about a case, and all that answering it takes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from detente.case.entries.registry import EntryKind
from detente.case.fault import Fault
from detente.case.schema.case import Case
from detente.results.brief import BriefSlots
from detente.results.claim_comparison import ClaimComparison
from detente.results.finding import Section
from detente.results.outcome import Outcome, OutcomeKind


@dataclass(frozen=True, slots=True)
class RunOptions:
    """What an assessment works out besides, at the price of time."""

    is_deep: bool = False
    """Whether what takes many simulations more is worked out: rare answers, totals, short descriptions."""


DEFAULT_OPTIONS = RunOptions()


class Room(Protocol):
    """One question about a case: its checks, its model, and the sections that tell the model's results."""

    @property
    def id(self) -> str:
        """Its name among the rooms."""

    @property
    def question(self) -> str:
        """The question that it answers."""

    @property
    def needs(self) -> str:
        """What a case must hold for it, in words that follow `The case would need`."""

    @property
    def builds_on(self) -> tuple[str, ...]:
        """The rooms on whose models it builds, each before it: no others may it import. Its findings may call things as
        theirs do."""

    @property
    def section_ids(self) -> tuple[str, ...]:
        """The sections that it may give, the one that answers the question first."""

    @property
    def entry_kinds(self) -> tuple[EntryKind, ...]:
        """The kinds of entries that it brings, besides those that every case may have."""

    @property
    def outcome_kinds(self) -> tuple[OutcomeKind, ...]:
        """The kinds of numbers that it gives by name, for the reference."""

    def find_problems(self, case: Case) -> Iterable[Fault]:
        """What is wrong with a valid case that only this room can know."""

    def build_model(self, case: Case, models: Mapping[str, Any], options: RunOptions) -> Any | None:
        """Its model of a case; None where the case does not hold what it needs.

        Args:
            case: The case.
            models: The models of the rooms that it builds on, by the name of the room; None for those without.
            options: What is worked out besides.
        """

    def write_sections(self, model: Any) -> tuple[Section, ...]:
        """The sections that tell what its model finds."""

    def list_outcomes(self, model: Any) -> tuple[Outcome, ...]:
        """The numbers of its model by name."""

    def compare_claims(self, model: Any) -> tuple[ClaimComparison, ...]:
        """Claims of the documents beside what its model says of them."""

    def fill_brief(self, model: Any) -> BriefSlots:
        """What its model knows for the brief."""


@dataclass(frozen=True, slots=True)
class RoomAnswer:
    """What a room says of a case: nothing, where the case does not hold what it needs."""

    sections: tuple[Section, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    claims: tuple[ClaimComparison, ...] = ()
    slots: BriefSlots = field(default_factory=BriefSlots)


def assess_rooms(
    case: Case,
    rooms: Sequence[Room],
    on_step: Callable[[str], None] = lambda step: None,
    options: RunOptions = DEFAULT_OPTIONS,
) -> dict[str, RoomAnswer]:
    """What several rooms say, by the name of the room.

    All models are built before the first is told, so that a room may have another's draws gone through for itself.

    Args:
        case: The case.
        rooms: The rooms, each after those that it builds on.
        on_step: Told which question is being answered, for a progress display.
        options: What is worked out besides.
    """
    models = build_models(case, rooms, options)
    answers: dict[str, RoomAnswer] = {}
    for room in rooms:
        on_step(room.question)
        model = models[room.id]
        if model is None:
            answers[room.id] = RoomAnswer()
            continue
        answers[room.id] = RoomAnswer(
            room.write_sections(model),
            room.list_outcomes(model),
            room.compare_claims(model),
            room.fill_brief(model),
        )
    return answers


def questions_without_material(case: Case, rooms: Sequence[Room]) -> list[tuple[str, str]]:
    """The questions that a case has no material for, each with what it would take, in the order of the rooms."""
    models = build_models(case, rooms, DEFAULT_OPTIONS)
    return [(room.question, room.needs) for room in rooms if models[room.id] is None]


def build_models(case: Case, rooms: Sequence[Room], options: RunOptions) -> dict[str, Any]:
    """The model of each room, each after those that it builds on; None for a room without material."""
    models: dict[str, Any] = {}
    for room in rooms:
        models[room.id] = room.build_model(case, {name: models[name] for name in room.builds_on}, options)
    return models
