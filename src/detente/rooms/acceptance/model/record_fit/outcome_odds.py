"""The odds of what was decided in the record, as a block of draws has them: a worth beside the noise of choices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.methods.networks.gravity_stakes import TOLERANCE
from detente.methods.offer_model.answers import bargain_inside
from detente.methods.offer_model.channel_variants import ChannelForm
from detente.methods.offer_model.deciding_side import DecidingSide
from detente.rooms.acceptance.model.decision.decision_makers import AppliedTheory
from detente.rooms.acceptance.model.decision.utility import VoterUtilities
from detente.rooms.acceptance.model.record_fit.outcome_questions import OutcomeQuestion

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


def log_odds(worth: Floats, noise: Floats) -> Floats:
    """A worth beside the noise of choices: the logarithm of the odds of a yes; infinite without any noise."""
    import numpy as np

    with np.errstate(divide="ignore", invalid="ignore"):
        odds_beside_noise = np.where(noise > 0, worth / np.where(noise > 0, noise, 1), np.sign(worth) * np.inf)
    odds: Floats = np.where(np.abs(worth) <= TOLERANCE, 0.0, odds_beside_noise)
    return odds


def logit_probability(odds: Floats) -> Floats:
    """The chance of a yes by the logarithm of its odds: the logit choice between two."""
    import numpy as np

    with np.errstate(over="ignore"):
        probability: Floats = 1 / (1 + np.exp(-odds))
    return probability


def question_log_odds(
    utilities: VoterUtilities, question: OutcomeQuestion, form: ChannelForm, theory: AppliedTheory
) -> Floats:
    """The logarithm of the odds of a yes to a question of the record, shape (draws,)."""
    return log_odds(_question_worth(utilities, question, form, theory), _question_noise(utilities, question))


def _question_noise(utilities: VoterUtilities, question: OutcomeQuestion) -> Floats:
    """The noise of a choice: a share of what who chooses has at stake in all, or on the issue, shape (draws,)."""
    deciders = utilities.deciders
    decider, _, _, issue = question
    voter_numbers = (
        deciders.deciding_bodies[decider][1] if decider in deciders.sides else [deciders.first_voter_of(decider)]
    )
    share = utilities.issue_shares[deciders.model.issues.index(issue)] if issue else 1.0
    noise: Floats = utilities.choice_noise(voter_numbers) * share
    return noise


def _question_worth(
    utilities: VoterUtilities, question: OutcomeQuestion, form: ChannelForm, theory: AppliedTheory
) -> Floats:
    """What a channel is worth beside another to who decides, shape (draws,)."""
    import numpy as np

    deciders = utilities.deciders
    decider, channel, alternative, issue = question
    variant, base_variant = (deciders.model.variant_of(channel_id, form) for channel_id in (channel, alternative))
    terms = utilities.utility_terms(variant, base_variant)
    if issue:
        terms = utilities.terms_by_issue(variant, base_variant).terms_on_issue(deciders.model.issues.index(issue))
    worth = terms.total_utility(theory.uses)
    if decider not in deciders.sides:
        voter_worth: Floats = worth[:, deciders.first_voter_of(decider)]
        return voter_worth
    side = DecidingSide(utilities.draws, utilities.decision.sides[deciders.sides.index(decider)])
    unpaid_worth: Floats = side.body.pivotal_voter(worth[:, side.voices])[0]
    is_the_offer = (channel, alternative) == (deciders.offered_channel, deciders.actor_network.observed_channel)
    if issue or not is_the_offer:
        return unpaid_worth
    # A side may consent to the offer because its leading member pays for it, as it does wherever its consent is told.
    if decider != deciders.sides[0]:
        return side.answer(side.position(terms, theory.uses)).utility
    bargain = bargain_inside(utilities, variant, theory.uses)
    return np.where(
        bargain.consents,
        np.maximum(unpaid_worth, np.where(np.isfinite(bargain.total_payment), bargain.leader_remainder, unpaid_worth)),
        unpaid_worth,
    )
