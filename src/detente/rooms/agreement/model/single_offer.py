"""One offer, as somebody names it: from words to what becomes of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from detente.case.index.by_year import analysed_years
from detente.case.index.dated_estimates import case_of_answer
from detente.case.schema.case import Case
from detente.methods.offer_model.channel_variants import ChannelVariant
from detente.methods.offer_model.gains import evaluate_gains
from detente.methods.offer_model.model_draws import batch_ranges, sample_model
from detente.rooms.acceptance.model.decision.decision_makers import DecisionMakers
from detente.rooms.agreement.model.offer_draws import OfferBatch, OfferExtras
from detente.rooms.agreement.model.offer_fate import AskedOffer, FateAccumulator, OfferFate
from detente.rooms.agreement.model.offer_formats import OfferFormat, offerable_variants
from detente.rooms.agreement.model.offer_rules import OfferRules, offer_rules
from detente.rooms.gains.model.network.build_network import build_actor_network
from detente.rooms.gains.model.simulation.channel_model import ChannelModel
from detente.rooms.rules.model.docket import build_docket


@dataclass(frozen=True)
class OfferWords:
    """An offer as somebody names it: an offer of the case, or one put together; what is not said is as offered."""

    made: str | None = None
    """The id of an offer of the case, which the rest then changes."""
    issues: Sequence[str] = ()
    """All with something at stake unless given."""
    channel: str | None = None
    form: str | None = None
    depth: str | None = None
    clauses: Sequence[str] = ()
    concessions: Sequence[str] = ()


@dataclass(frozen=True)
class OfferJudgement:
    """What becomes of an offer in each form that it may be run in."""

    deciders: DecisionMakers
    fates: tuple[OfferFate, ...]
    weighed_issues: tuple[str, ...]
    """The issues on which something is at stake: the others cannot be weighed, and are left out."""
    rules: OfferRules | None
    """What the known rules of both sides make of it; None without rules."""


def judge_offer(case: Case, words: OfferWords) -> OfferJudgement:
    """What becomes of one offer, in the year that is answered for.

    Args:
        case: The case.
        words: The offer, of which all is in the case.
    """
    in_year = case_of_answer(case)
    deciders = DecisionMakers(ChannelModel(in_year, build_actor_network(in_year, analysed_years(case)[-1])))
    accumulators: list[FateAccumulator] = []
    for indices in batch_ranges(deciders.description.network, in_year.network.draws):
        batch = evaluate_gains(sample_model(deciders.model.description, indices))
        offers = OfferBatch.of_gains(deciders, batch)
        if not accumulators:
            accumulators = [FateAccumulator(asked) for asked in _asked(offers, words)]
        for accumulator in accumulators:
            accumulator.add(offers)
    theories = [theory.id for theory in deciders.theories]
    fates = tuple(one.fate(theories, deciders.full_theory.id) for one in accumulators)
    asked = accumulators[0].asked
    named = in_year.offers[words.made].proposals if words.made else ()
    rules = offer_rules(build_docket(in_year), asked.issues, asked.format.clauses, named)
    weighed = tuple(issue.id for issue in deciders.description.network.issues)
    return OfferJudgement(deciders, fates, weighed, rules)


def _asked(offers: OfferBatch, words: OfferWords) -> Iterator[AskedOffer]:
    """The offer in each way to run its channel."""
    case, deciders = offers.case, offers.deciders
    offer = case.offers[words.made] if words.made else None
    variants = offerable_variants(deciders, offers.comes_to_the_same)
    channel = words.channel or (offer.channel if offer else None) or deciders.offered_channel
    form = words.form or (offer.form if offer else None)
    own = [variant for variant in variants if variant.channel == channel]
    fitting = [variant for variant in own if form in (None, variant.form)] or own
    issues = list(words.issues) or (list(offer.issues) if offer else list(offers.weighed_issues))
    given: Mapping[str, str | None] = offer.issues if offer else {}
    depths = {issue: words.depth or given.get(issue) for issue in issues if issue in offers.weighed_issues}
    clauses = tuple(dict.fromkeys(words.clauses or (offer.clauses if offer else ())))
    concessions = tuple(dict.fromkeys(words.concessions or (offer.concessions if offer else ())))
    payments = tuple(offer.payments) if offer else ()
    extras = OfferExtras(concessions, payments, f"offers.{words.made}.payments" if payments else "")
    for variant in fitting or [ChannelVariant(channel, deciders.forms[0])]:
        yield AskedOffer(words.made or "", OfferFormat(variant, words.depth, clauses), depths, extras)
