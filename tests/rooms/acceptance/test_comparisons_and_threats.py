"""With whom relative gains are compared, and whose threat it is: the signs that follow."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from detente import read_case
from detente.assessment.assess import assess
from detente.methods.offer_model.gains import evaluate_gains
from detente.methods.offer_model.model_draws import sample_model
from detente.rooms.acceptance.model.accumulator import simulate_acceptance
from detente.rooms.gains.model.network.build_network import build_actor_network
from detente.rooms.gains.model.simulation.channel_model import ChannelModel
from tests.cases.two_hub_case import written

DRAWS = 1024


def acceptance(against: str, concern: float) -> float:
    """How often NATO accepts with the CSTO as one by realism, where all of it minds so much what that gains."""
    minded = dict.fromkeys(("nato", "estonia", "latvia", "lithuania", "poland"), concern)
    changes = {f"mechanisms.relative-gains.of.{name}": str(value) for name, value in minded.items()}
    changes["mechanisms.relative-gains.against"] = f"{{nato: {against}, russia: nato, csto: russia}}"
    case = read_case("nato-csto", changes=changes).case
    result = simulate_acceptance(ChannelModel(case, build_actor_network(case, 2007)), DRAWS)
    deciders = result.deciders
    realism = next(theory for theory in deciders.theories if theory.id == "as-realists")
    (run,) = (variant for variant in deciders.offered_variants if variant.form == "collegiate")
    return result.acceptance_share(run, realism)


def test_concern_compared_with_the_whole_of_the_other_side_lowers_acceptance():
    shares = [acceptance("csto", concern) for concern in (0, 1, 3)]
    assert shares == sorted(shares, reverse=True)
    assert shares[0] > shares[-1] + 0.015


def test_concern_compared_with_one_member_alone_has_the_sign_of_the_arithmetic():
    """With Russia alone NATO compares itself with a part of what the CSTO gains, so more concern raises acceptance."""
    shares = [acceptance("russia", concern) for concern in (0, 1, 3)]
    assert shares == sorted(shares)


@pytest.mark.parametrize("channel", ["hub", "collegiate"])
def test_a_threat_to_one_side_alone_does_not_move_the_other_by_brokerage(tmp_path: Path, channel: str):
    """Where a threat raises nothing within organisations, the one side's threat leaves what N gains as it was."""
    gains = []
    for threat in (0, 1):
        file = written(tmp_path, threat={"n": 0, "east": threat}, network__raised=4, network__threat_within=0)
        case = read_case(str(file)).case
        model = ChannelModel(case, build_actor_network(case, 2000))
        batch = evaluate_gains(sample_model(model.description, range(100)))
        run = model.variant_of("bloc", channel)  # type: ignore[arg-type]
        moved = batch.values[run] - batch.values[batch.observed_variant(run)]
        gains.append(moved[:, :, model.actor_network.actors.index("n")])
    assert np.allclose(gains[0], gains[1], atol=1e-15)


def test_that_a_threat_counts_within_organisations_is_told_unless_the_case_says_so(tmp_path: Path):
    told = "A grave threat raises what the members of one organisation have to gain from each other in full, too."
    for within, is_told in ((None, True), (0.5, False)):
        changes = {} if within is None else {"network__threat_within": within}
        assumptions = assess(read_case(str(written(tmp_path, network__raised=2, **changes)))).assumptions
        assert (told in assumptions) == is_told
    assert told not in assess(read_case(str(written(tmp_path, network__raised=0)))).assumptions
