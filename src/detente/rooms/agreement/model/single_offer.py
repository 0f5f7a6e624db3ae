"""One offer, as somebody names it: from words to what becomes of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from detente.case.index.by_year import analysed_years
from detente.case.index.dated_estimates import case_of_answer
from detente.case.schema.case import Case
from detente.errors import UnknownName, did_you_mean
from detente.methods.offer_model.channel_variants import CHANNEL_FORMS, ChannelVariant
from detente.methods.offer_model.gains import evaluate_gains
from detente.methods.offer_model.model_draws import batch_ranges, sample_model
from detente.rooms.acceptance.model.decision.answered_offer import has_answered_offer
from detente.rooms.acceptance.model.decision.decision_makers import DecisionMakers, offerable_channels
from detente.rooms.agreement.model.offer_draws import OfferBatch, OfferExtras
from detente.rooms.agreement.model.offer_fate import AskedOffer, FateAccumulator, OfferFate
from detente.rooms.agreement.model.offer_formats import OfferFormat, offerable_variants
from detente.rooms.gains.model.network.build_network import build_actor_network
from detente.rooms.gains.model.network.parties import issues_with_stakes
from detente.rooms.gains.model.simulation.channel_model import ChannelModel


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


def judge_offer(case: Case, words: OfferWords) -> OfferJudgement:
    """What becomes of one offer, in the year that is answered for.

    Args:
        case: The case.
        words: The offer.

    Raises:
        UnknownName: If anything of it is not in the case; all that is wrong at once.
    """
    if not has_answered_offer(case):
        raise UnknownName(
            "this case has no offer that a side answers: it takes `sides:`, and a channel that joins both"
        )
    if problems := list(_unknown_names(case, words)):
        raise UnknownName("; ".join(problems))
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
    return OfferJudgement(deciders, tuple(one.fate(theories, deciders.full_theory.id) for one in accumulators))


def _unknown_names(case: Case, words: OfferWords) -> Iterator[str]:
    """Everything in an offer that the case does not have."""
    channels, weighed = offerable_channels(case), issues_with_stakes(case)
    named: list[tuple[str, Sequence[str | None], Mapping[str, object] | Sequence[str]]] = [
        ("offer", [words.made], case.offers),
        ("channel between the sides", [words.channel], channels),
        ("form", [words.form], CHANNEL_FORMS),
        ("depth", [words.depth], case.depths),
        ("clause", words.clauses, case.clauses),
        ("concession", words.concessions, case.concessions),
        ("issue with something at stake", words.issues, weighed),
    ]
    for kind, given, known in named:
        for name in given:
            if name is not None and name not in known:
                listed = f"known: {', '.join(known)}" if known else "the case has none"
                yield f"no {kind} '{name}' ({did_you_mean(name, known) or listed})"


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
    clauses = tuple(words.clauses) or (tuple(offer.clauses) if offer else ())
    concessions = tuple(words.concessions) or (tuple(offer.concessions) if offer else ())
    payments = tuple(offer.payments) if offer else ()
    extras = OfferExtras(concessions, payments, f"offers.{words.made}.payments" if payments else "")
    for variant in fitting or [ChannelVariant(channel, deciders.forms[0])]:
        yield AskedOffer(words.made or "", OfferFormat(variant, words.depth, clauses), depths, extras)
