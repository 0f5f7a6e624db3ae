"""What could be agreed, in the year that is answered for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from detente.case.index.dated_estimates import case_of_answer
from detente.case.schema.case import Case
from detente.methods.bargaining.package_choice import tied_with_best
from detente.methods.offer_model.gains import GainsBatch
from detente.rooms.acceptance.model.acceptance import AcceptanceModel
from detente.rooms.acceptance.model.decision.decision_makers import DecisionMakers
from detente.rooms.agreement.model.actor_standing import Standing, actor_standing
from detente.rooms.agreement.model.answer_signs import AnswerSign, answer_signs
from detente.rooms.agreement.model.format_drivers import FormatDriver, format_drivers
from detente.rooms.agreement.model.format_settings import FormatsUnderSetting, formats_by_setting
from detente.rooms.agreement.model.offer_draws import OfferBatch
from detente.rooms.agreement.model.offer_fate import AskedOffer, FateAccumulator, OfferFate, asked_offers
from detente.rooms.agreement.model.offer_formats import OfferFormat, offerable_variants, searched_formats
from detente.rooms.agreement.model.offer_lasting import LastingIssue, lasting_issues
from detente.rooms.agreement.model.offer_rules import OfferRules, offer_rules
from detente.rooms.agreement.model.package_search import (
    BoundedSearch,
    PackageRow,
    PackageSearch,
    SearchAccumulator,
    agreed_by_stakes,
    bounded_search,
    goes_through_all,
    searched_draws,
)
from detente.rooms.agreement.model.shared_ground import SharedGround, shared_ground
from detente.rooms.agreement.model.signposts import Signposts, weigh_signposts
from detente.rooms.agreement.model.step_order import StepOrders, order_steps
from detente.rooms.durability.model.durability import DurabilityModel
from detente.rooms.gains.model.simulation.simulation import Simulation
from detente.rooms.rules.model.rules import RulesModel

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]


class AgreementAccumulator:
    """Offers held against the draws, batch by batch."""

    def __init__(self, deciders: DecisionMakers, is_deep: bool):
        self.deciders, self.is_deep = deciders, is_deep
        self.formats: tuple[OfferFormat, ...] = ()
        self.fates: list[FateAccumulator] = []
        self.searches: list[SearchAccumulator] = []
        self.bounded: BoundedSearch | None = None
        self.values: dict[str, list[Floats]] = {}

    def add(self, batch: GainsBatch) -> None:
        """Adds a batch of draws."""
        offers = OfferBatch.of_gains(self.deciders, batch)
        if not self.formats:
            self._begin(offers)
        for fate in self.fates:
            fate.add(offers)
        for search in self.searches:
            search.add(offers)
        for path, values in offers.varying_values.items():
            self.values.setdefault(path, []).append(values)

    def _begin(self, offers: OfferBatch) -> None:
        """Settles what is asked, once it can be seen which forms come to the same."""
        deciders, case = self.deciders, self.deciders.case
        same = offers.comes_to_the_same
        self.formats = searched_formats(case, offerable_variants(deciders, same), same)
        self.fates = [FateAccumulator(asked) for asked in self._asked(case)]
        items = len(offers.weighed_issues) + len(case.concessions)
        if not goes_through_all(items):
            self.bounded = bounded_search(offers, self.formats, deciders.full_theory.uses)
            return
        is_compiled = all(offers.sides(one, deciders.full_theory.uses).is_by_consensus for one in self.formats)
        draws = searched_draws(items, case.network.draws, self.is_deep, is_compiled)
        self.searches = [
            SearchAccumulator(self.formats, tuple(case.concessions), draws, theory.id, theory.uses)
            for theory in (deciders.theories if self.is_deep else [deciders.full_theory])
        ]

    def _asked(self, case: Case) -> list[AskedOffer]:
        """All issues as they are offered, with every set of clauses; then the offers of the case."""
        issues = [one.id for one in self.deciders.description.network.issues]
        agenda = [AskedOffer("", format, dict.fromkeys(issues, format.depth)) for format in self.formats]
        named = [asked for name in case.offers for asked in asked_offers(case, name, self.formats, issues)]
        return [*agenda, *named]


@dataclass(frozen=True)
class AgreementModel:
    """What could be agreed."""

    case: Case
    """In the year that is answered for."""
    acceptance: AcceptanceModel
    simulation: Simulation
    accumulator: AgreementAccumulator
    rules: RulesModel | None
    durability: DurabilityModel | None

    @property
    def deciders(self) -> DecisionMakers:
        """Who decides."""
        return self.accumulator.deciders

    @property
    def year(self) -> int:
        """The year that is answered for."""
        return self.deciders.actor_network.year

    @property
    def formats(self) -> tuple[OfferFormat, ...]:
        """The formats in which packages are looked for."""
        assert self.simulation.result  # which goes through the draws
        return self.accumulator.formats

    @cached_property
    def fates(self) -> tuple[OfferFate, ...]:
        """What becomes of the whole agenda in every format, then of each offer of the case in each of its forms."""
        assert self.simulation.result  # which goes through the draws
        theories = [theory.id for theory in self.deciders.theories]
        return tuple(one.fate(theories, self.deciders.full_theory.id) for one in self.accumulator.fates)

    @cached_property
    def agenda_fates(self) -> tuple[OfferFate, ...]:
        """What becomes of the whole agenda in every format."""
        return tuple(fate for fate in self.fates if not fate.asked.id)

    @cached_property
    def made_fates(self) -> tuple[OfferFate, ...]:
        """What becomes of the offers of the case."""
        return tuple(fate for fate in self.fates if fate.asked.id)

    @cached_property
    def best_fates(self) -> tuple[OfferFate, ...]:
        """What becomes of the whole agenda in the format agreed on most often, and in those that do as well."""
        agreed = list(self.agreed_draws.values())
        return tuple(self.agenda_fates[number] for number in tied_with_best(agreed))

    @cached_property
    def agreed_draws(self) -> Mapping[str, Flags]:
        """In which draws both would have the whole agenda, by format (`offer_key`)."""
        import numpy as np

        assert self.simulation.result
        agenda = [one for one in self.accumulator.fates if not one.asked.id]
        return {offer_key(one.asked): np.concatenate(one.agreed_draws) for one in agenda}

    @cached_property
    def drawn_values(self) -> Mapping[str, Floats]:
        """By path, the draws of every number that varies, shape (draws,)."""
        import numpy as np

        assert self.simulation.result
        return {path: np.concatenate(batches) for path, batches in self.accumulator.values.items()}

    @cached_property
    def drivers(self) -> tuple[FormatDriver, ...]:
        """Which numbers move how often both would have the whole agenda, format by format."""
        return format_drivers(self.drawn_values, self.agreed_draws)

    @cached_property
    def settings(self) -> tuple[FormatsUnderSetting, ...]:
        """Which format is best under other sets of estimates, and by other choices."""
        return formats_by_setting(self.acceptance.case, [fate.asked.format for fate in self.agenda_fates])

    @property
    def moving_settings(self) -> list[FormatsUnderSetting]:
        """The case as it is, then the settings that move how often both would have the agenda, in some format."""
        own, *others = self.settings
        return [own, *(one for one in others if one.has_stakes and one.agreed != own.agreed)]

    @cached_property
    def lasting(self) -> Mapping[str, tuple[LastingIssue, ...]]:
        """By offer of the case, whether cooperation on its issues would last."""
        return {name: lasting_issues(self.durability, name) for name in self.case.offers}

    @cached_property
    def searches(self) -> tuple[PackageSearch, ...]:
        """What was found among all packages: by the theory by which the answer is told, and by others in depth."""
        assert self.simulation.result
        return tuple(one.search() for one in self.accumulator.searches if one.draws)

    @property
    def search(self) -> PackageSearch | None:
        """By the theory by which the answer is told; None where issues are too many to go through all packages."""
        main = self.deciders.full_theory.id
        return next((one for one in self.searches if one.theory == main), None)

    @property
    def bounded(self) -> BoundedSearch | None:
        """The best package of each format, where issues are too many to go through all."""
        assert self.simulation.result
        return self.accumulator.bounded

    @cached_property
    def orders(self) -> StepOrders | None:
        """In which order to take steps."""
        return order_steps(self.durability)

    @cached_property
    def standing(self) -> Standing | None:
        """Who stands where."""
        return actor_standing(self.case)

    @cached_property
    def ground(self) -> SharedGround | None:
        """What both sides allow and affirm."""
        return shared_ground(self.case, self.rules)

    @cached_property
    def offer_rules(self) -> Mapping[str, OfferRules]:
        """By offer of the case, what the known rules of both sides make of it; nothing without rules."""
        docket = self.rules.docket if self.rules else None
        found = {
            name: offer_rules(docket, tuple(offer.issues), offer.clauses, offer.proposals)
            for name, offer in self.case.offers.items()
        }
        return {name: one for name, one in found.items() if one is not None and one.by_issue}

    def shares_by_stakes(self, rows: Sequence[PackageRow]) -> tuple[float, ...]:
        """How often both would have packages if reasons like standing counted by the stakes of the issues in them."""
        search = self.search
        return agreed_by_stakes(self.deciders, rows, search.draws, search.concessions) if search else ()

    def replaces_ties(self, format: OfferFormat) -> bool:
        """Whether a format takes the place of any ties there are: whether it stands beside them is given, not found."""
        channel = self.case.channels[format.variant.channel]
        left = self.case.depths[format.depth].displaces if format.depth else None
        parts = (channel.exclusivity, left)
        return channel.displaces is not None and all(part is None or part.bounds != (0, 0) for part in parts)

    def makes_no_difference_which_issues(self, format: OfferFormat) -> bool:
        """Whether by construction the side that answers gains by all issues that pairs settle, or by none.

        So it is where that side is one player and no ties are replaced (docs/agreement.md, what is built in).
        """
        return not self.replaces_ties(format) and self.deciders.sides[1] in self.case.network.as_one

    @property
    def has_trades(self) -> bool:
        """Whether anything lets the sides trade one issue for another."""
        case = self.case
        return bool(case.concessions) or any(
            set(issue.salience) & set(self.deciders.sides) for issue in case.issues.values()
        )

    @cached_property
    def signposts(self) -> Signposts | None:
        """What could be observed, and what it would tell of the offers."""
        told = {offer_key(fate.asked) for fate in self.agenda_fates if self._is_told(fate.asked)}
        agreed = {key: flags for key, flags in self.agreed_draws.items() if key in told}
        draws = len(next(iter(agreed.values()))) if agreed else 0
        return weigh_signposts(self.case, self.drawn_values, agreed, draws)

    @cached_property
    def answer_signs(self) -> tuple[AnswerSign, ...]:
        """What each sign tells of the answer to the offer as it was made."""
        return answer_signs(self.case, self.drawn_values, self.acceptance.years[-1]) if self.case.signposts else ()

    def _is_told(self, asked: AskedOffer) -> bool:
        """Whether signs are held against an offer: the agenda as offered, and with all clauses beside what there is."""
        most = max(len(format.clauses) for format in self.formats)
        return not asked.id and asked.format.depth is None and len(asked.format.clauses) in (0, most)


def offer_key(asked: AskedOffer) -> str:
    """A name of an offer among all: its id, channel, form, depth and clauses."""
    format = asked.format
    parts = (asked.id, format.variant.channel, format.variant.form, format.depth or "", "+".join(format.clauses))
    return "/".join(parts)


def build_agreement_model(
    acceptance: AcceptanceModel | None, rules: RulesModel | None, durability: DurabilityModel | None, is_deep: bool
) -> AgreementModel | None:
    """The model; None where nobody is asked, or the case says nothing of what could be offered otherwise."""
    if acceptance is None:
        return None
    case = acceptance.case
    if not (case.depths or case.clauses or case.offers or case.concessions):
        return None
    simulation = acceptance.gains.simulations[-1]
    deciders = acceptance.accumulators[-1].deciders
    accumulator = AgreementAccumulator(deciders, is_deep)
    simulation.add_accumulator(accumulator)
    return AgreementModel(case_of_answer(case), acceptance, simulation, accumulator, rules, durability)
