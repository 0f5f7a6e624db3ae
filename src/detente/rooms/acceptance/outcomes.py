"""The numbers of the acceptance room by name."""

from __future__ import annotations

from collections.abc import Iterator
from math import sqrt

from detente.results.outcome import Outcome, OutcomeKind
from detente.rooms.acceptance.model.acceptance import AcceptanceModel
from detente.rooms.acceptance.model.results import share_error

ACCEPTS = OutcomeKind(
    "acceptance.<channel>.<form>.<theory>.accepts",
    "share of draws",
    "In how many draws the side that answers would rather have the channel than go on as it is, by a theory.",
)
UTILITY = OutcomeKind(
    "acceptance.<channel>.<form>.<theory>.utility",
    "share of all at stake",
    "What the channel is worth to the voice on whom the answer turns, by a theory, the mean over draws.",
)
BEST_REPLY = OutcomeKind(
    "acceptance.<channel>.<form>.<theory>.<reply>.best",
    "share of draws",
    "In how many draws a reply is the best one of the side that answers, by own gains alone and by all that counts.",
)
KINDS = (ACCEPTS, UTILITY, BEST_REPLY)


def acceptance_outcomes(model: AcceptanceModel) -> Iterator[Outcome]:
    """Who accepts the channel that is offered, in each form and by each theory, in the last year."""
    result = model.years[-1]
    year, draws = result.deciders.actor_network.year, result.draw_count
    for variant in result.deciders.offered_variants:
        for theory in result.deciders.theories:
            keys = (variant.channel, variant.form, theory.id)
            share, utility = result.acceptance_share(variant, theory), result.answer_utility[variant, theory.id]
            yield ACCEPTS.at(share, *keys, error=share_error(share, draws), year=year)
            yield UTILITY.at(float(utility.mean()), *keys, error=float(utility.std()) / sqrt(draws), year=year)
            for one in result.replies.get((variant, theory.id), ()):
                error = share_error(one.best_share, draws)
                yield BEST_REPLY.at(one.best_share, *keys, one.reply, error=error, year=year)
