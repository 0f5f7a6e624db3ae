"""The numbers of the gains room by name."""

from __future__ import annotations

from collections.abc import Iterator
from math import sqrt

from detente.results.outcome import Outcome, OutcomeKind
from detente.rooms.gains.model.simulation.simulation import GainsModel

MEAN_GAIN = OutcomeKind(
    "gains.<channel>.<form>.<actor>.gain",
    "share of all at stake",
    "What a channel brings an actor beside the observed one, the mean over draws, in the last year.",
)
GAINS = OutcomeKind(
    "gains.<channel>.<form>.<actor>.gains", "share of draws", "In how many draws the actor gains by the channel."
)
LOSES = OutcomeKind(
    "gains.<channel>.<form>.<actor>.loses", "share of draws", "In how many draws the actor loses by the channel."
)
KINDS = (MEAN_GAIN, GAINS, LOSES)


def gains_outcomes(model: GainsModel) -> Iterator[Outcome]:
    """What each channel but the observed one brings each actor, in the last year."""
    year = model.years[-1]
    number, draws = year.actor_network.year, year.draw_count
    for variant, outcome in year.outcomes.items():
        if variant.channel == year.actor_network.observed_channel:
            continue
        for index, actor in enumerate(year.actor_network.actors):
            keys = (variant.channel, variant.form, actor)
            error = float(outcome.gains[:, index].std()) / sqrt(draws)
            yield MEAN_GAIN.at(outcome.mean_gain[index], *keys, error=error, year=number)
            for kind, share in ((GAINS, outcome.gain_frequency[index]), (LOSES, outcome.loss_frequency[index])):
                yield kind.at(share, *keys, error=sqrt(share * (1 - share) / draws), year=number)
