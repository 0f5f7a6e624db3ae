"""What could be agreed: all packages in every format, one offer, and who can sway whom, in CPU seconds."""

from __future__ import annotations

import resource
from collections.abc import Sequence
from time import process_time

import numpy as np

from detente import read_case
from detente.case.index.by_year import analysed_years
from detente.case.index.dated_estimates import case_of_answer
from detente.methods.bargaining.issue_packages import EverybodyNeeded, PackageTerms, count_packages
from detente.methods.networks.actor_influence import add_indirect_influence, align_actors, scale_positions
from detente.methods.offer_model.gains import evaluate_gains
from detente.methods.offer_model.model_draws import batch_ranges, sample_model
from detente.methods.offer_model.offer_packages import ChannelParts, OfferScales, PackageSides, count_all_packages
from detente.methods.offer_model.utility import OfferUtilities
from detente.rooms.acceptance.model.decision.decision_makers import AppliedTheory, DecisionMakers
from detente.rooms.agreement.model.offer_draws import OfferBatch
from detente.rooms.agreement.model.offer_fate import AskedOffer, FateAccumulator
from detente.rooms.agreement.model.offer_formats import OfferFormat
from detente.rooms.gains.model.network.build_network import build_actor_network
from detente.rooms.gains.model.simulation.channel_model import ChannelModel

ISSUES, FORMATS, DRAWS = 10, 8, 4_096


def print_table() -> None:
    """The rows for `BENCHMARKS.md`."""
    case = case_of_answer(read_case("nato-csto").case)
    deciders = DecisionMakers(ChannelModel(case, build_actor_network(case, analysed_years(case)[-1])))
    batches = []
    for indices in batch_ranges(deciders.description.network, DRAWS):
        draws = sample_model(deciders.description, indices)
        batches.append(OfferUtilities(evaluate_gains(draws), draws))
    print(f"\n| {ISSUES} issues, {FORMATS} formats, {DRAWS:,} simulations | CPU s |")
    print("|---|---|")
    main = deciders.full_theory
    _search(deciders, batches, [main])  # compiles
    print(f"| all packages by the main theory | {_search(deciders, batches, [main]):.2f} |")
    print(f"| by all {len(deciders.theories)} theories | {_search(deciders, batches, deciders.theories):.2f} |")
    print(f"| the same packages by matrix products, one format | {_by_products(batches[0]):.2f} |")
    print(f"| largest process until here, MB | {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} |")
    plain, full = _one_offer(deciders, batches)
    print(f"| one offer, who would have it, ms | {1_000 * plain:.0f} |")
    print(f"| the same by every theory, with each reason left out, and by the generous test, ms | {1_000 * full:.0f} |")
    print(f"| influence of 20 actors, 2,000 draws | {_influence():.2f} |")


def _search(deciders: DecisionMakers, batches: list[OfferUtilities], theories: Sequence[AppliedTheory]) -> float:
    begun = process_time()
    variants = [v for v in deciders.model.variants if len(deciders.case.channels[v.channel].joins) > 1]
    for number in range(FORMATS):
        variant = variants[number % len(variants)]
        for utilities in batches:
            parts = ChannelParts.of(utilities, variant)
            for theory in theories:
                terms = _first_issues(parts.terms(theory.uses, OfferScales(gains=1 - number / 20)))
                count_all_packages(terms, PackageSides.of_utilities(utilities, theory.uses))
    return process_time() - begun


def _first_issues(terms: PackageTerms) -> PackageTerms:
    return PackageTerms(terms.by_issue[:, :ISSUES], terms.fixed, terms.whole)


def _by_products(utilities: OfferUtilities) -> float:
    begun = process_time()
    parts = ChannelParts.of(utilities, utilities.network.variants[-1])
    uses = utilities.decision.theories[utilities.decision.main_theory].uses
    count_packages(_first_issues(parts.terms(uses, OfferScales())), EverybodyNeeded())
    return process_time() - begun


def _one_offer(deciders: DecisionMakers, batches: list[OfferUtilities]) -> tuple[float, float]:
    """By the main theory alone, then in full, where channels are known."""
    offers = [OfferBatch.of_gains(deciders, utilities.batch) for utilities in batches]
    issues = dict.fromkeys(offers[0].weighed_issues)
    asked = AskedOffer("", OfferFormat(deciders.offered_variants[-1]), issues)
    for one in offers:
        FateAccumulator(asked).add(one)
    begun = process_time()
    uses = deciders.full_theory.uses
    for one in offers:
        utilities = one.package(asked.format, asked.extras, asked.depths).utility(uses)
        sides = one.sides(asked.format, uses)
        sides.answer(utilities[:, None], slice(None))
        sides.consent(utilities, np.arange(utilities.shape[1]))
    plain = process_time() - begun
    again = FateAccumulator(asked)
    begun = process_time()
    for one in offers:
        again.add(one)
    return plain, process_time() - begun


def _influence() -> float:
    generator = np.random.default_rng(1)
    direct = generator.integers(0, 5, (2_000, 20, 20)).astype(float)
    direct[:, np.arange(20), np.arange(20)] = 0
    begun = process_time()
    strength = add_indirect_influence(direct).strength
    align_actors(scale_positions(generator.integers(-4, 5, (2_000, 20, 8)).astype(float), strength, "by-strength"))
    return process_time() - begun


if __name__ == "__main__":
    print_table()
