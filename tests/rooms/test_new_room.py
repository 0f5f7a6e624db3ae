"""A room that is not ours, with a kind of entry, a check and a finding of its own: nothing else has to know of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any

import pytest
from pydantic import Field

from detente import Case, CaseError, Finding, Section
from detente.case.entries.core_kinds import CORE_REGISTRY
from detente.case.entries.entries import case_entries, case_inputs
from detente.case.entries.references import EntryReference, entry_references
from detente.case.entries.registry import EntryKind
from detente.case.fault import Fault
from detente.case.loading.load import load_case
from detente.case.schema.base import Claim, NonEmptyText, PartyId
from detente.case.schema.bounds import Bounds
from detente.case.schema.estimate import Estimate
from detente.case.schema_docs import case_file_reference, case_json_schema
from detente.case.uncertainty.bounds import bounds_faults
from detente.case.uncertainty.parameter_draws import ParameterDraws
from detente.results.brief import BriefSlots
from detente.results.claim_comparison import ClaimComparison
from detente.results.outcome import Outcome, OutcomeKind
from detente.results.table import Column, make_table
from detente.rooms.claims_section import claims_section
from detente.rooms.room import Room, RoomAnswer, RunOptions, assess_rooms
from tests.rooms.sections import table_row


class Treaty(Claim):
    """An agreement in force."""

    title: NonEmptyText
    """What it is called."""
    between: Annotated[list[PartyId], Field(min_length=2)]
    """Who is bound by it."""
    strength: Annotated[Estimate, Bounds(0, 1, "a strength")]
    """How much it binds, from 0 to 1."""


BINDS = OutcomeKind("treaties.<treaty>.binds", "share of draws", "In how many draws a treaty binds.")


class TreatiesRoom:
    """Which treaties bind."""

    id = "treaties"
    question = "Which treaties bind"
    needs = "treaties (`treaties:`)"
    builds_on: tuple[str, ...] = ()
    section_ids = ("treaties",)
    entry_kinds = (EntryKind("treaty", Treaty, "Treaties", "treaties"),)
    outcome_kinds = (BINDS,)

    def find_problems(self, case: Any) -> Iterable[Fault]:
        """Treaties of one with itself."""
        for id, treaty in case.treaties.items():
            if len(set(treaty.between)) < 2:
                yield Fault(("treaties", id, "between"), "it takes two", "name another")

    def build_model(self, case: Any, models: Mapping[str, Any], options: RunOptions) -> dict[str, float] | None:
        """By treaty, in which share of the draws it binds by more than a half."""
        draws = ParameterDraws(case)
        strengths = {id: draws.sample(t.strength, f"treaties.{id}.strength") for id, t in case.treaties.items()}
        return {id: float((strength > 0.5).mean()) for id, strength in strengths.items()} or None

    def write_sections(self, model: dict[str, float]) -> tuple[Section, ...]:
        """The section on treaties."""
        columns = (Column("treaty", format="id"), Column("share", format="of_100", unit="share of draws"))
        table = make_table(columns, ({"treaty": id, "share": share} for id, share in model.items()))
        finding = Finding("binding", "Which bind", f"{len(model)} treaties.", table=table, rests_on=tuple(model))
        return (Section("treaties", "Which treaties bind", (finding,), headline=finding.says),)

    def list_outcomes(self, model: dict[str, float]) -> tuple[Outcome, ...]:
        """How often each binds."""
        return tuple(BINDS.at(share, id) for id, share in model.items())

    def compare_claims(self, model: dict[str, float]) -> tuple[ClaimComparison, ...]:
        """That oaths bind in more than half of the draws."""
        return tuple(
            ClaimComparison(
                "institutions",
                (id,),
                "how often it binds",
                "treaties",
                "binding",
                "agrees" if share > 0.5 else "differs",
                share,
            )
            for id, share in model.items()
        )

    def fill_brief(self, model: dict[str, float]) -> BriefSlots:
        """That it rests on treaties."""
        return BriefSlots(basis=(f"It rests on {len(model)} treaties.",))


ROOM: Room = TreatiesRoom()
REGISTRY = CORE_REGISTRY.with_kinds(ROOM.entry_kinds)
GOOD = """
treaties:
  old-oath: {title: The old oath, between: [aldmoor, brae], strength: {uniform: [0, 1], because: invented}}
"""


def loaded(leagues: Path, treaties: str) -> Case:
    leagues.write_text(leagues.read_text(encoding="utf-8") + treaties, encoding="utf-8")
    return load_case(leagues, checks=(ROOM.find_problems, bounds_faults), registry=REGISTRY).case


def test_its_entries_are_read_referred_to_and_listed(leagues: Path):
    case = loaded(leagues, GOOD)
    assert case_entries(case)["old-oath"].kind == "treaty"
    assert EntryReference("old-oath", "between", "brae") in entry_references(case)
    assert [one.path for one in case_inputs(case) if one.owner == "old-oath"] == ["treaties.old-oath.strength"]


def test_its_sections_stand_on_its_model(leagues: Path):
    answer = assess_rooms(loaded(leagues, GOOD), [ROOM])["treaties"]
    (section,), (outcome,) = answer.sections, answer.outcomes
    assert outcome.name == "treaties.old-oath.binds"
    assert outcome.quantity.value == pytest.approx(0.5, abs=0.03)
    assert section.findings[0].table is not None
    assert section.findings[0].table.values("share") == [outcome.quantity.value]


def test_its_claims_stand_in_the_table_of_all(leagues: Path):
    case = loaded(leagues, GOOD)
    section = claims_section(case, assess_rooms(case, [ROOM])["treaties"].claims, 1408)
    assert section is not None
    (finding,) = section.findings
    row = table_row(finding, entries="old-oath")
    assert row["share"] == pytest.approx(0.5, abs=0.03)
    assert row["claim"] == "The old oath"
    assert row["verdict"] in ("agrees", "differs")
    assert claims_section(case, (), 1408) is None


def test_a_case_without_its_entries_has_no_section(leagues: Path):
    assert assess_rooms(loaded(leagues, ""), [ROOM]) == {"treaties": RoomAnswer()}


def test_all_that_is_wrong_with_its_entries_is_told_at_once_and_located(leagues: Path):
    bad = GOOD + "  new-oath: {title: The new oath, between: [brae, brae], strength: 1.5}\n"
    with pytest.raises(CaseError) as refused:
        loaded(leagues, bad)
    assert [problem.path for problem in refused.value.problems] == [
        "treaties.new-oath.between",
        "treaties.new-oath.strength",
    ]
    assert "a strength is from 0 to 1" in str(refused.value)


def test_an_unknown_party_and_a_misspelt_key_are_told_with_what_was_meant(leagues: Path):
    with pytest.raises(CaseError) as refused:
        loaded(leagues, GOOD.replace("brae", "bray").replace("strength", "strenght"))
    told = str(refused.value)
    assert "'bray' (did you mean 'brae'?)" in told
    assert "did you mean 'strength'?" in told


def test_it_is_documented():
    assert "Treaty" in case_json_schema(REGISTRY.case_class)["$defs"]
    assert "| `treaties` |" in case_file_reference(REGISTRY)
    assert "`treaties`" in case_file_reference(REGISTRY)
    assert "treaties" not in case_file_reference()
