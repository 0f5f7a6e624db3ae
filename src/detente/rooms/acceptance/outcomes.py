"""The numbers of the acceptance room by name."""

from __future__ import annotations

from collections.abc import Iterator
from math import sqrt

from detente.methods.offer_model.channel_variants import ChannelVariant
from detente.results.outcome import Outcome, OutcomeKind
from detente.rooms.acceptance.model.acceptance import AcceptanceModel
from detente.rooms.acceptance.model.results import AcceptanceResult, share_error
from detente.rooms.acceptance.model.two_tests import own_tests

STRICT = OutcomeKind(
    "acceptance.<channel>.<form>.<theory>.strict",
    "share of draws",
    "The strict test: in how many draws the channel is worth more than the present one to whoever can stop it.",
)
GENEROUS = OutcomeKind(
    "acceptance.<channel>.<form>.<theory>.generous",
    "share of draws",
    "The generous test: in how many draws accepting is the best of all replies.",
)
UTILITY = OutcomeKind(
    "acceptance.<channel>.<form>.<theory>.utility",
    "share of all at stake",
    "What the channel is worth to the voice on whom the answer turns, by a theory, the mean over draws.",
)
BEST_REPLY = OutcomeKind(
    "acceptance.<channel>.<form>.<theory>.<reply>.best",
    "share of draws",
    "In how many draws a reply is the best one of the side that answers, by a theory.",
)
REPLY_CHANCE = OutcomeKind(
    "acceptance.<channel>.<form>.<theory>.<reply>.chance",
    "probability",
    "How likely a reply is where choices are noisy, the mean over draws.",
)
REPLY_WORTH = OutcomeKind(
    "acceptance.<channel>.<form>.<theory>.<reply>.worth",
    "share of all at stake, a year",
    "What a reply is worth to the side that answers, beside going on as it is without any offer, the mean over draws.",
)
BY_CHOICE = OutcomeKind(
    "acceptance.<channel>.<form>.<theory>.choice.<choice>.<option>.strict",
    "share of draws",
    "The strict test by another option of a choice that is no number, all else as the case has it.",
)
ALL_CHOICES = OutcomeKind(
    "acceptance.<channel>.<form>.<theory>.choices.strict",
    "share of draws",
    "The strict test with every choice that moves it drawn like a number, options by their weights.",
)
ACCEPTANCE_CONTRIBUTION = OutcomeKind(
    "acceptance.<channel>.<form>.<theory>.<reason>.acceptance-contribution",
    "share of draws",
    "What a mechanism or outside option changes in how often the side that answers accepts by the strict test: its "
    "Shapley value, by the theory by which the answer is told. Those of all reasons add up to what separates that "
    "theory from own gains alone.",
)
UTILITY_CONTRIBUTION = OutcomeKind(
    "acceptance.<channel>.<form>.<theory>.<reason>.utility-contribution",
    "share of all at stake",
    "The same of what the channel is worth to the voice on whom the answer turns, the mean over draws.",
)
KINDS = (
    STRICT,
    GENEROUS,
    UTILITY,
    BEST_REPLY,
    REPLY_CHANCE,
    REPLY_WORTH,
    ACCEPTANCE_CONTRIBUTION,
    UTILITY_CONTRIBUTION,
    BY_CHOICE,
    ALL_CHOICES,
)


def acceptance_outcomes(model: AcceptanceModel) -> Iterator[Outcome]:
    """Who accepts the channel that is offered, in each form and by each theory, in the last year."""
    result = model.years[-1]
    year, draws = result.deciders.actor_network.year, result.draw_count
    for variant in result.deciders.offered_variants:
        for theory in result.deciders.theories:
            keys = (variant.channel, variant.form, theory.id)
            tests, utility = own_tests(result, variant, theory), result.answer_utility[variant, theory.id]
            yield STRICT.at(tests.strict.value, *keys, error=tests.strict.error, year=year)
            yield GENEROUS.at(tests.generous.value, *keys, error=tests.generous.error, year=year)
            yield UTILITY.at(float(utility.mean()), *keys, error=float(utility.std()) / sqrt(draws), year=year)
            for one in result.replies.get((variant, theory.id), ()):
                error = share_error(one.best_share, draws)
                yield BEST_REPLY.at(one.best_share, *keys, one.reply, error=error, year=year)
                yield REPLY_CHANCE.at(one.probability, *keys, one.reply, year=year)
                yield REPLY_WORTH.at(one.worth, *keys, one.reply, year=year)
        yield from _contributions(result, variant)
    yield from _choice_outcomes(model, year)


def _choice_outcomes(model: AcceptanceModel, year: int) -> Iterator[Outcome]:
    """Who accepts by other options of the choices that are no numbers, each by itself, and with all of them drawn."""
    channel, result = model.years[-1].deciders.offered_channel, model.choices
    for one in result.choices:
        for option in one.options[1:]:
            for (form, theory), share in option.strict.items():
                keys = (channel, form, theory, one.choice.id, option.option.id)
                yield BY_CHOICE.at(share.value, *keys, error=share.error, year=year)
    for (form, theory), share in result.grid.strict.items() if result.grid else ():
        yield ALL_CHOICES.at(share.value, channel, form, theory, error=share.error, year=year)


def _contributions(result: AcceptanceResult, variant: ChannelVariant) -> Iterator[Outcome]:
    """What each reason accounts for in one form of the channel."""
    deciders, shapley = result.deciders, result.contributions[variant]
    year = deciders.actor_network.year
    for reason in shapley.reasons:
        keys = (variant.channel, variant.form, deciders.full_theory.id, reason)
        if one := shapley.of(reason):
            yield ACCEPTANCE_CONTRIBUTION.at(one.acceptance, *keys, error=one.acceptance_error, year=year)
            yield UTILITY_CONTRIBUTION.at(one.utility, *keys, error=one.utility_error, year=year)
