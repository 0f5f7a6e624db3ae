"""The headline of the chapter on the rules, and what it hangs on, for every kind of numbers that a case may have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import pytest

import detente
from detente.methods.institutions.legal_rule import VerdictState
from detente.results.pictures import UnitTally
from detente.rooms.rules.findings.opening import opening_tally, rules_headline, rules_lead
from detente.rooms.rules.findings.section import rules_section
from detente.rooms.rules.findings.text import RuleLabels
from detente.rooms.rules.findings.verdict_words import count_of, other_verdicts_phrase, part_of, tally_parts
from detente.rooms.rules.model.feasibility_ranking import RankedProposal
from detente.rooms.rules.model.rule_dependence import RuleRemoval
from detente.rooms.rules.model.rules import RulesModel, apply_rules
from detente.rooms.rules.model.rulings import ProposalRulings
from tests.plain_words import count_words, word_faults

States = Sequence[VerdictState]


@cache
def model_of(name: str) -> RulesModel:
    model = apply_rules(detente.read_case(name).case)
    assert model
    return model


def with_verdicts(*verdicts: States, removals: Sequence[RuleRemoval] | None = ()) -> RulesModel:
    """The first case with so many of its offered proposals, which have these verdicts by the rules of both sides."""
    model = model_of("nato-csto")
    rows = [_with_states(row, states) for row, states in zip(model.counted, verdicts, strict=False)]
    return replace(model, ranking=rows, removals=removals, other_readings=())


def _with_states(row: RankedProposal, states: States) -> RankedProposal:
    """A proposal about which both sides come to these verdicts, one for each version of what is disputed."""
    rulings = []
    for ruling in (row.rulings.rulings[0], row.rulings.rulings[-1]):
        for version, state in enumerate(states):
            verdict = replace(ruling.verdict, state=state)
            rulings.append(replace(ruling, versions=(version,), verdict=verdict))
    made = ProposalRulings(row.rulings.proposal, "bloc", row.rulings.partner, tuple(rulings))
    return replace(row, rulings=made, silent_parties=())


OPEN: States = ("open",)
CONDITIONAL: States = ("conditional",)
BARRED: States = ("barred",)
UNKNOWN: States = ("undetermined",)
DISPUTED: States = ("barred", "open")
HEADLINES = [
    ([OPEN], "The rules of 2013 leave the one proposal open."),
    ([OPEN, OPEN], "The rules of 2013 leave both proposals open."),
    ([OPEN] * 5, "The rules of 2013 leave all five proposals open."),
    ([OPEN, BARRED, BARRED], "The rules of 2013 leave one of three proposals open."),
    ([OPEN] * 13 + [BARRED], "The rules of 2013 leave 13 of 14 proposals open."),
    ([BARRED], "By the rules of 2013, the one proposal is forbidden."),
    ([CONDITIONAL] * 2, "By the rules of 2013, both proposals are open on a condition."),
    ([("redundant",)] * 3, "By the rules of 2013, all three proposals are covered elsewhere already."),
    ([BARRED, CONDITIONAL], "The rules of 2013 leave neither of the two proposals open."),
    ([BARRED, CONDITIONAL, UNKNOWN], "The rules of 2013 leave none of the three proposals open."),
    ([UNKNOWN], "The known rules of 2013 do not tell whether the one proposal is open."),
    (
        [UNKNOWN] * 2,
        "The known rules of 2013 do not tell whether any of the two proposals is open.",
    ),
    ([DISPUTED] * 2, "The sources dispute what the rules of 2013 make of both proposals."),
]


@pytest.mark.parametrize(("verdicts", "expected"), HEADLINES, ids=[expected for _, expected in HEADLINES])
def test_the_headline_is_right_for_any_verdicts(verdicts: list[States], expected: str) -> None:
    model = with_verdicts(*verdicts)
    headline = rules_headline(model)
    assert headline == expected
    assert count_words(headline) <= 20
    assert word_faults([headline, rules_lead(model, RuleLabels(model.docket.case))]) == []


def removal(rule: str, *names: str) -> RuleRemoval:
    return RuleRemoval(rule, dict.fromkeys(names, ("undetermined",)), names)


def lead(model: RulesModel) -> str:
    return rules_lead(model, RuleLabels(model.docket.case))


def test_what_open_proposals_hang_on() -> None:
    """On one rule, on several alike, on none, or on nothing that was worked out."""
    verdicts = [OPEN, OPEN, OPEN, BARRED]
    one, two, three, barred = (row.name for row in with_verdicts(*verdicts).counted)
    nato, csto = "nato-any-organisation", "ru-m-objectives"

    def told(*removals: RuleRemoval) -> str:
        return lead(with_verdicts(*verdicts, removals=removals))

    assert told(removal(nato, one, two), removal(csto, three)).startswith("Two of these depend on one rule of NATO. ")
    assert told(removal(nato, one)).startswith("One of these depends on one rule of NATO. ")
    assert told(removal(csto, one, two, three)).startswith("All three depend on one rule of the CSTO. ")
    assert told(removal("relief-by-request", one)).startswith(
        "One of these depends on one rule that binds both sides. "
    )
    assert told(removal(nato, one), removal(csto, three)).startswith(
        "Each of two rules by itself carries one of these. "
    )
    assert told(removal(nato)).startswith("None of these depends on any single rule. ")
    assert told(removal(nato, barred)).startswith("None of these depends on any single rule. ")
    assert "depend" not in lead(with_verdicts(*verdicts, removals=None))
    assert lead(with_verdicts(OPEN, removals=[removal(nato, one)])).startswith("It depends on one rule of NATO. ")
    assert lead(with_verdicts(OPEN, OPEN, removals=[removal(nato, one, two)])).startswith("Both depend on one rule")


def with_silence(*parties_by_row: tuple[str, ...]) -> RulesModel:
    model = with_verdicts(*[OPEN] * len(parties_by_row), removals=None)
    rows = [replace(row, silent_parties=parties) for row, parties in zip(model.ranking, parties_by_row, strict=True)]
    return replace(model, ranking=rows)


def test_what_is_open_by_silence_alone_is_told_as_assumed() -> None:
    assert "assume" not in lead(with_silence((), ()))
    assert "One is open because we assume that the CSTO may do what its known rules" in lead(
        with_silence(("csto",), ())
    )
    assert "Both are open because we assume that NATO may" in lead(with_silence(("nato",), ("nato",)))
    both = lead(with_silence(("nato",), ("csto",), ()))
    assert "Two are open because we assume that the CSTO and NATO may do what their known rules" in both
    assert "It is open because" in lead(with_silence(("csto", "nato")))


def test_where_nothing_is_open_it_is_told_whose_rules_stand_in_the_way() -> None:
    assert lead(with_verdicts(BARRED, UNKNOWN)).startswith(
        "Rules of the CSTO stand in the way of one and rules of NATO stand in the way of one. "
    )
    assert lead(with_verdicts(UNKNOWN)) == "Whether anybody wants what is open, the rules do not say."
    assert "stand in the way of both" in lead(model_of("two-leagues"))


def test_the_picture_counts_what_the_headline_says() -> None:
    model = model_of("nato-csto")
    labels = RuleLabels(model.docket.case)
    tally = opening_tally(model, labels)
    assert [row.label for row in tally.rows] == ["Both sides together", "CSTO", "NATO"]
    for row in tally.rows:
        assert sum(part.count for part in row.parts) == 22
    assert {part.state: part.count for part in tally.rows[0].parts} == {"yes": 17, "half": 3, "empty": 2}
    assert tally.rows[0].value == "17 of 22 open"
    assert "offered" in tally.says


def test_without_an_offer_all_proposals_are_counted() -> None:
    model = model_of("nato-csto")
    proposals = {
        name: part.model_copy(update={"standing": "discussed"}) for name, part in model.docket.case.proposals.items()
    }
    other = apply_rules(model.docket.case.model_copy(update={"proposals": proposals}))
    assert other
    section = rules_section(other)
    assert section.headline == "The rules of 2013 leave 24 of 34 proposals open."
    assert isinstance(section.picture, UnitTally)
    assert "offered" not in section.picture.says


def test_parts_of_wholes_are_told_alike() -> None:
    assert [count_of(count, 3) for count in range(4)] == ["none of three", "one of three", "two of three", "all three"]
    assert (count_of(2, 2), count_of(1, 1), count_of(3, 40)) == ("both", "the one", "3 of 40")
    assert [part_of(count, 2) for count in range(3)] == [
        "neither of the two proposals",
        "one of two proposals",
        "both proposals",
    ]
    assert (part_of(0, 1, "rule"), part_of(1, 1, "rule")) == ("none of the one rule", "the one rule")


def test_no_more_kinds_of_verdict_are_counted_than_a_sentence_holds() -> None:
    assert other_verdicts_phrase(["open"]) == ""
    said = other_verdicts_phrase(
        ["barred", "barred", "disputed", "disputed", "undetermined", "conditional", "conditional"]
    )
    assert said == "two were open on a condition, two were disputed by the sources and two were forbidden"


def test_verdicts_of_all_kinds_have_a_mark_of_their_own_or_words() -> None:
    parts = tally_parts(["open", "conditional", "redundant", "undetermined", "disputed", "barred", "open"])
    assert [part.count for part in parts] == [2, 1, 1, 1, 1, 1]
    assert len({(part.state, part.label) for part in parts}) == 6
