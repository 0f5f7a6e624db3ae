"""The bundled case of Comecon and the EC: numbers with years, an offer countered, a channel that opens another."""

from __future__ import annotations

import pytest

from detente.assessment.assess import Assessment, assess, read_case
from detente.case.index.dated_estimates import case_in_year
from detente.case.schema.case import Case
from detente.results.table import Cell
from tests.cases.assessed_cases import assessed_case
from tests.rooms.sections import table_rows

FORMS = ("hub", "collegiate")
THEORIES = ("as-liberals", "as-realists", "all-reasons")


@pytest.fixture(scope="module")
def case() -> Case:
    return read_case("cmea-ec").case


@pytest.fixture(scope="module")
def answer() -> Assessment:
    return assessed_case("cmea-ec")


@pytest.fixture(scope="module")
def of_1976() -> Assessment:
    """The same case with the numbers of 1976 for its answer."""
    return assess(read_case("cmea-ec", changes={"network.answer_year": "1976"}))


def outcome_row(assessment: Assessment, id: str) -> dict[str, Cell]:
    """What is told of an outcome beside the chances that theories gave it."""
    (section,) = [section for section in assessment.sections if section.id == "against"]
    (finding,) = [finding for finding in section.findings if finding.id == "outcomes"]
    (row,) = [row for row in table_rows(finding) if id in str(row["entries"]).split(", ")]
    return row


def test_nothing_is_wrong_with_it_nor_with_its_scenarios() -> None:
    loaded = read_case("cmea-ec", every_scenario=True)
    assert list(loaded.warnings) == []
    assert set(loaded.case.scenarios) == {"declaration-in-1976", "draft-in-1988", "unlike-and-unequally-keen"}


def test_offers_are_countered_and_made_to_several(case: Case) -> None:
    offers = {offer.id: offer for offer in case.recorded_offers}
    assert {offer.counters: offer.id for offer in offers.values() if offer.counters} == {
        "draft-of-1976": "ec-draft-of-1976",
        "sychev-proposes-declaration": "parallel-approach",
    }
    assert len(offers["outline-to-each-member"].to) == 7


def test_a_channel_opens_another(case: Case, answer: Assessment) -> None:
    """With it the EC keeps what it has with each member: without the opening it would have less to gain."""
    channel = case.channels["side-by-side"]
    assert (channel.opens, channel.joins) == ("member-agreements-channel", ["cmea", "ec"])
    shut = assess(read_case("cmea-ec", changes={"channels.side-by-side.opening": "0"}))
    name = "gains.side-by-side.hub.ec.gain"
    assert shut.outcomes[name].value < answer.outcomes[name].value


def test_what_was_offered_differs_by_year(case: Case) -> None:
    means = []
    for year in (1976, 1988):
        offered = case_in_year(case, year).channels["as-offered"]
        assert offered.exclusivity
        assert offered.opening
        means.append((offered.exclusivity.mean, offered.opening.mean))
    assert means == [pytest.approx((0.75, 0.1)), pytest.approx((0.05, 0.85))]


@pytest.mark.parametrize(
    ("id", "year"),
    [
        *(("draft-not-taken-up", 1976), ("ec-draft-not-taken-up", 1976), ("romania-by-itself", 1976)),
        *(("talks-end", 1976), ("ec-takes-up-the-declaration", 1988), ("comecon-takes-up-the-declaration", 1988)),
    ],
)
def test_outcomes_are_judged_by_the_numbers_of_their_years(answer: Assessment, id: str, year: int) -> None:
    assert outcome_row(answer, id)["by_numbers_of"] == year


def test_the_numbers_of_1976_do_not_depend_on_the_year_of_the_answer(answer: Assessment, of_1976: Assessment) -> None:
    for theory in THEORIES:
        chances = [outcome_row(one, "draft-not-taken-up")[f"gave_{theory}"] for one in (answer, of_1976)]
        assert chances[0] == pytest.approx(chances[1])


HEADLINES = {
    1976: {
        "as-liberals": {"strict": (0.39, 0.97), "generous": (0.30, 0.91)},
        "as-realists": {"strict": (0.03, 0.52), "generous": (0.02, 0.44)},
        "all-reasons": {"strict": (0.01, 0.23), "generous": (0.01, 0.18)},
    },
    1988: {
        "as-liberals": {"strict": (0.99, 0.99), "generous": (0.94, 0.95)},
        "as-realists": {"strict": (0.90, 0.90), "generous": (0.82, 0.83)},
        "all-reasons": {"strict": (0.96, 0.96), "generous": (0.91, 0.91)},
    },
}
"""In which share of the draws the EC accepts, through the Soviet Union and with Comecon as one."""


@pytest.mark.parametrize("theory", THEORIES)
@pytest.mark.parametrize("test", ["strict", "generous"])
def test_the_headline_numbers(answer: Assessment, of_1976: Assessment, theory: str, test: str) -> None:
    """What the case gave when it was first run; what happened is told beside it, and not asked for here."""
    for year, assessment in ((1976, of_1976), (1988, answer)):
        found = [assessment.outcomes[f"acceptance.as-offered.{form}.{theory}.{test}"].value for form in FORMS]
        assert found == pytest.approx(HEADLINES[year][theory][test], abs=0.01), year
