"""Two assessments side by side: inputs on one line, reasons apart, outcomes by size and error."""

from __future__ import annotations

from dataclasses import replace

import pytest

from detente.assessment.assess import Assessment, assess, read_case
from detente.assessment.compare import REASON_KEYS, compare
from detente.assessment.json_format import to_saved
from detente.assessment.json_shapes import SavedAssessment
from detente.results.outcome import OutcomeKind
from detente.rooms.registry import ROOMS
from tests.cases.assessed_cases import assessed_case


@pytest.fixture(scope="module")
def saved() -> SavedAssessment:
    """The small case as it is."""
    return to_saved(assessed_case("two-leagues"))


def with_change(path: str, value: str) -> SavedAssessment:
    """The small case with another value."""
    return to_saved(assess(read_case("two-leagues", changes={path: value})))


def test_nothing_differs_from_itself(saved: SavedAssessment) -> None:
    """Whatever is compared."""
    result = compare(saved, saved)
    assert (result.inputs, result.reasons, result.outcomes, result.findings) == ((), (), (), ())


def test_an_input_is_told_once_and_its_reason_apart(saved: SavedAssessment) -> None:
    """A number in one piece, though it is written as several values."""
    changed = with_change("channels.league-to-league.exclusivity", "{uniform: [0.9, 1.0]}")
    result = compare(saved, changed)
    (change,) = result.inputs
    assert change.path == "channels.league-to-league.exclusivity"
    assert change.after == "uniform 0.9, 1"
    assert all(set(reason.path.split(".")) & REASON_KEYS for reason in result.reasons)


def test_outcomes_stand_in_order_of_size_beyond_their_error(saved: SavedAssessment) -> None:
    """Each with its shift, the largest first, and those within their error last."""
    result = compare(saved, with_change("channels.league-to-league.efficiency", "0.1"))
    assert result.outcomes
    beyond = [change for change in result.outcomes if change.is_beyond_error]
    assert list(result.outcomes[: len(beyond)]) == beyond
    assert [change.size for change in beyond] == sorted((change.size for change in beyond), reverse=True)
    in_both = [change for change in result.outcomes if change.before and change.after]
    assert all(change.name.startswith("certainty.") for change in result.outcomes if change not in in_both)
    for change in in_both:
        assert change.before is not None
        assert change.after is not None
        assert change.shift == pytest.approx(change.after.value - change.before.value)


def test_a_shift_within_the_errors_is_told_as_such(saved: SavedAssessment) -> None:
    """And what only one of two has is a change."""
    noisy = next(item for item in saved.outcomes if item.error)
    assert noisy.error
    moved = noisy.model_copy(update={"value": noisy.value + noisy.error})
    others = [item for item in saved.outcomes if item.name != noisy.name]
    (change,) = compare(saved, saved.model_copy(update={"outcomes": [*others, moved]})).outcomes
    assert not change.is_beyond_error
    (missing,) = compare(saved, saved.model_copy(update={"outcomes": others})).outcomes
    assert missing.after is None
    assert missing.shift is None
    assert missing.is_beyond_error


def test_every_outcome_is_of_a_kind_that_its_room_declares(assessed: Assessment) -> None:
    """Under the room's own name, and each name once."""
    small = assessed_case("two-leagues", deep=True)
    kinds: dict[str, OutcomeKind] = {kind.pattern: kind for room in ROOMS for kind in room.outcome_kinds}
    for assessment in (assessed, small):
        names = [outcome.name for outcome in assessment.room_outcomes]
        assert len(set(names)) == len(names)
        assert {outcome.kind.pattern for outcome in assessment.room_outcomes} <= kinds.keys()
    assert all(kind.pattern.startswith(f"{room.id}.") for room in ROOMS for kind in room.outcome_kinds)
    given = {outcome.kind.pattern for assessment in (assessed, small) for outcome in assessment.room_outcomes}
    assert given == kinds.keys()


def test_the_frame_holds_every_outcome(assessed: Assessment) -> None:
    """A row each, in order."""
    frame = assessed.outcome_frame()
    assert frame["name"].to_list() == list(assessed.outcomes)
    assert frame.filter(frame["form"] == "hub").height
    assert replace(assessed, room_outcomes=()).outcome_frame().height == 0
