"""Issues that weigh differently for the two sides: what each has of its share changes, and the shares do not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from detente import read_case
from detente.methods.offer_model.channel_variants import ChannelVariant
from detente.rooms.gains.model.pairwise_stability import pairwise_stability
from detente.rooms.gains.model.simulation.simulation import simulate_gains
from detente.rooms.gains.model.solution_concepts import gains_by_concept
from tests.cases.two_hub_case import block, gains, written
from tests.rooms.gains.test_gains_input import refused

TWO_ISSUES = {
    "road": {"title": "The road", "stakes": 1, "multilateral": 0.5},
    "river": {"title": "The river", "stakes": 2, "multilateral": 0.2},
}


def weighed(folder: Path, **salience: Any) -> Path:
    """The case on paper with two issues, the first of which weighs so much for each side."""
    issues = {name: dict(issue) for name, issue in TWO_ISSUES.items()}
    issues["road"]["salience"] = salience
    return written(folder, issues=issues)


@pytest.mark.parametrize("form", ["hub", "collegiate"])
def test_what_weighs_half_counts_half_of_what_it_would(tmp_path: Path, form: str):
    """Gains are sums over issues, so that two cases of one issue each tell what a case of both must give."""
    road = gains(written(tmp_path, issues={"road": TWO_ISSUES["road"]}), "bloc", form)
    river = gains(written(tmp_path, issues={"river": TWO_ISSUES["river"]}), "bloc", form)
    both = gains(weighed(tmp_path, west=0.5, east=2), "bloc", form)
    for actor, gain in both.items():
        weight = 0.5 if actor == "n" else 2
        assert gain == pytest.approx(weight * road[actor] + river[actor], abs=1e-12)


def test_without_a_word_every_issue_weighs_one(tmp_path: Path):
    told, untold = (gains(weighed(tmp_path, **salience), "bloc", "hub") for salience in ({"west": 1, "east": 1}, {}))
    assert told == pytest.approx(untold, abs=1e-12)


def test_what_one_gains_the_other_need_not_lose(tmp_path: Path):
    """Rerouting alone moves nothing in sum where issues weigh alike, and something where they do not."""
    alike = written(tmp_path, issues=TWO_ISSUES, channels__bloc__efficiency=0.6, channels__bloc__exclusivity=1)
    assert sum(gains(alike, "bloc", "hub").values()) == pytest.approx(0, abs=1e-12)
    issues = {name: issue | {"salience": {"west": 0.1}} for name, issue in TWO_ISSUES.items()}
    unlike = written(tmp_path, issues=issues, channels__bloc__efficiency=0.6, channels__bloc__exclusivity=1)
    assert sum(gains(unlike, "bloc", "hub").values()) > 0.1


def test_what_an_actor_has_at_stake_counts_as_it_weighs(tmp_path: Path):
    _, plain = block(weighed(tmp_path))
    _, heavy = block(weighed(tmp_path, west=3))
    model, _ = block(weighed(tmp_path))
    before, after = (one.calm_baseline.actor_stakes[0] for one in (plain, heavy))
    n = model.actor_network.actors.index("n")
    road_share = 1 / 3  # of the two issues, whose stakes are 1 and 2
    assert after[n] == pytest.approx(before[n] * (1 - road_share + 3 * road_share))
    assert np.delete(after, n) == pytest.approx(np.delete(before, n))
    assert heavy.issue_stakes == pytest.approx(plain.issue_stakes)  # the scale stays


def test_other_ways_to_work_it_out_count_it_too(tmp_path: Path):
    """At the central estimates the Myerson value among the concepts is that of the draws, here all certain."""
    case = read_case(str(weighed(tmp_path, west=0.25, east=0.5))).case
    model = simulate_gains(case)
    assert model is not None
    year = model.years[-1]
    for variant, concepts in gains_by_concept(year, "bloc").items():
        myerson = next(one for one in concepts if one.concept.kind == "myerson")
        assert myerson.gains == pytest.approx(year.outcomes[variant].gains[0], abs=1e-12)
    assert pairwise_stability(year) is not None


def test_brokerage_is_a_part_of_what_an_actor_has(tmp_path: Path):
    case = read_case(str(weighed(tmp_path, west=0.25, east=0.5))).case
    model = simulate_gains(case)
    assert model is not None
    outcome = model.years[-1].outcomes[ChannelVariant("bloc", "hub")]
    assert (outcome.brokerage <= outcome.value + 1e-12).all()
    assert (outcome.own_part >= -1e-12).all()


def test_brokerage_counts_as_issues_weigh(tmp_path: Path):
    brokerage = {}
    for weight in (1, 0.5):
        issues = {name: issue | {"salience": {"west": weight, "east": weight}} for name, issue in TWO_ISSUES.items()}
        model = simulate_gains(read_case(str(written(tmp_path, issues=issues))).case)
        assert model is not None
        brokerage[weight] = model.years[-1].outcomes[ChannelVariant("bloc", "hub")].brokerage
    assert brokerage[1].max() > 0.01
    assert brokerage[0.5] == pytest.approx(brokerage[1] / 2)


def test_bad_input_is_located(tmp_path: Path):
    assert "issues.road.salience.west: 11 is not from 0 to 10 (a weight is from 0 to 10)" in refused(
        weighed(tmp_path, west=11)
    )
    issues = {"road": TWO_ISSUES["road"], "other": {"title": "Other", "salience": {"west": 2}}}
    assert "issues.other.salience.west: it weighs for a side, and nothing is at stake" in refused(
        written(tmp_path, issues=issues)
    )
    file = weighed(tmp_path, third=2)
    text = file.read_text(encoding="utf-8").replace("organisations:\n", "organisations:\n  third: {name: Third}\n", 1)
    file.write_text(text, encoding="utf-8")
    assert "issues.road.salience.third: 'third' is no side (the sides are east and west)" in refused(file)
