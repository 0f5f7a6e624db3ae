"""Packages of an offer: compiled, readable and by hand; the whole agenda as the model answers it; what scales do."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from math import exp, pi, sqrt
from statistics import NormalDist
from typing import Any, NamedTuple

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, reject, settings
from hypothesis import strategies as st

from detente import read_case
from detente.methods.bargaining.issue_packages import (
    AgreementZone,
    PackageCounts,
    PackageTerms,
    count_packages,
    package_rows,
    search_by_bounds,
)
from detente.methods.institutions.deciding_body import DecidingBody, VoteRequirement
from detente.methods.offer_model.answers import ANSWERING, OFFERING, bargain_inside, decide_answer
from detente.methods.offer_model.channel_variants import ChannelVariant
from detente.methods.offer_model.decision_rows import ModelSide
from detente.methods.offer_model.description import ModelDescription
from detente.methods.offer_model.example import two_states
from detente.methods.offer_model.gains import evaluate_gains
from detente.methods.offer_model.model_draws import sample_model
from detente.methods.offer_model.offer_packages import (
    ChannelParts,
    OfferReview,
    OfferScales,
    PackageSides,
    count_all_packages,
    with_exclusivity,
)
from detente.methods.offer_model.utility import OfferUtilities, decision_of
from detente.rooms.acceptance.model.choices.choice_answers import describe_offer
from tests.methods.offer_model.random_models import models

CASES = ("two-leagues", "cmea-ec", "nato-csto")
TALKS = ChannelVariant("talks", "hub")
PLAIN = OfferScales()


def drawn(description: ModelDescription, count: int) -> OfferUtilities:
    """What everybody makes of a random model; nothing where its experience is impossible whatever its numbers are."""
    try:
        draws = sample_model(description, range(count))
    except ValueError as error:
        if "what was seen is impossible" not in str(error):
            raise
        reject()
    return OfferUtilities(evaluate_gains(draws), draws)


def of_case(name: str, count: int) -> OfferUtilities:
    description = describe_offer(read_case(name).case)
    assert description is not None
    return drawn(description, count)


def variants_of(utilities: OfferUtilities) -> list[ChannelVariant]:
    return [utilities.network.variants[run] for run in utilities.decision.offered_runs]


def names_of(utilities: OfferUtilities) -> tuple[str, ...]:
    """All reasons and outside options."""
    mechanisms = tuple(one.id for one in utilities.decision.mechanisms)
    return (*mechanisms, *(one.id for one in utilities.decision.outside))


def package_terms(
    utilities: OfferUtilities, variant: ChannelVariant, uses: tuple[str, ...], scales: OfferScales
) -> PackageTerms:
    return ChannelParts.of(utilities, variant).terms(uses, scales)


def same_counts(one: tuple[PackageCounts, AgreementZone], other: tuple[PackageCounts, AgreementZone]) -> None:
    """Two ways to count come to the same."""
    (counts, zone), (others, other_zone) = one, other
    assert counts.draws == others.draws
    assert counts.answered.tolist() == others.answered.tolist()
    assert counts.agreed.tolist() == others.agreed.tolist()
    assert zone.is_open.tolist() == other_zone.is_open.tolist()
    assert zone.answerer_has_some.tolist() == other_zone.answerer_has_some.tolist()
    for name in ("kept", "answer_worth", "leader_worth"):
        assert np.allclose(getattr(counts, name), getattr(others, name), rtol=1e-9, atol=1e-9), name


def side_of_all(draw: Any, name: str, voice_count: int, pays: bool) -> ModelSide:
    """Some voices, each of which is needed."""
    voices = tuple(sorted(draw(st.sets(st.integers(0, voice_count - 1), min_size=1))))
    everybody = VoteRequirement((1,) * len(voices), len(voices))
    body = DecidingBody(tuple((f"m{voice}",) for voice in voices), ((everybody,),))
    return ModelSide(name, voices, draw(st.integers(0, len(voices) - 1)), pays, body)


class Asked(NamedTuple):
    """What is made of packages, and how the sides of a model decide on them."""

    terms: PackageTerms
    sides: PackageSides


@st.composite
def reviews(draw: Any, draws: int) -> OfferReview | None:
    if draw(st.booleans()):
        return None
    by_draw = np.random.default_rng(draws).uniform(0, 1, draws)
    return OfferReview(draw(st.sampled_from([0.0, 1.0, 2.5])), draw(st.sampled_from([0.0, 0.3, 1.0, by_draw])))


FREE = st.sampled_from([frozenset[int](), frozenset({OFFERING}), frozenset({ANSWERING}), frozenset({0, 1})])


def random_terms(seed: int, voices: int, issues: int, draws: int, agenda: int | None) -> PackageTerms:
    """Good and bad issues, some worth nothing at all to some."""
    source = np.random.default_rng(seed)
    by_issue = source.normal(0.2, 1, (voices, issues, draws)) * (source.random((voices, issues, draws)) < 0.8)
    fixed, whole = source.normal(0.2, 0.4, (2, voices, draws))
    return PackageTerms(by_issue, fixed, whole, agenda)


@st.composite
def asked(draw: Any, everybody_needed: bool) -> Asked:
    """Random terms, and a random model whose sides decide on them; by its own rules, or each by that of all."""
    description: ModelDescription = draw(models())
    decision = description.decision
    assert decision is not None
    voices = len(decision.voices)
    if everybody_needed:
        offering = side_of_all(draw, "east", voices, draw(st.booleans()))
        sides = (offering, side_of_all(draw, "west", voices, draw(st.integers(0, 4)) == 0))
    else:
        sides = decision.sides if draw(st.booleans()) else (decision.sides[1], decision.sides[0])
    utilities = drawn(replace(description, decision=replace(decision, sides=sides)), 11)
    issues = draw(st.integers(1, 3))
    terms = random_terms(draw(st.integers(0, 2**32)), voices, issues, 11, draw(st.none() | st.integers(1, issues)))
    uses = draw(st.sampled_from(decision.theories)).uses
    return Asked(terms, PackageSides.of_utilities(utilities, uses, draw(FREE), draw(reviews(11))))


def least_payment(needs: list[float], reliefs: list[float]) -> float:
    """Where what is needed, less the more is paid, is all that is paid: by halving."""
    low, high = 0.0, sum(max(need, 0) for need in needs)
    for _ in range(100):
        middle = (low + high) / 2
        is_short = sum(max(0, a - b * middle) for a, b in zip(needs, reliefs, strict=True)) > middle
        low, high = (middle, high) if is_short else (low, middle)
    return high


def left_by_hand(sides: PackageSides, worth: list[float], draw: int) -> float | None:
    """What is left to who leads the side that offers after it has paid the others; None where they refuse."""
    row, draws = sides.sides[OFFERING].row, sides.draws
    leader, voices = row.voices[row.leader], decision_of(draws).voices
    others = [] if OFFERING in sides.free_to_stay_out else [voice for voice in row.voices if voice != leader]
    if all(worth[voice] >= 0 for voice in others):
        return worth[leader]
    arrives = float(draws.values[decision_of(draws).replies.transfers][draw])
    if not row.pays_for_consent or arrives == 0:
        return None

    def weight(voice: int) -> float:
        return 1 + sum(float(own[draw, voice]) for own, _ in sides.gains_weights.values())

    def concern(voice: int) -> float:
        minded = (concerns[draw, voice, voices[leader].actor] for _, concerns in sides.gains_weights.values())
        return sum(map(float, minded))

    needs = [-worth[voice] / weight(voice) for voice in others]
    reliefs = [concern(voice) / arrives / weight(voice) for voice in others]
    return worth[leader] - least_payment(needs, reliefs) / arrives * weight(leader)


def answer_by_hand(sides: PackageSides, worth: list[float], draw: int) -> float:
    """What a package is worth to the side that answers, with a review if there is one."""
    row, review = sides.sides[ANSWERING].row, sides.review
    asks = [row.voices[row.leader]] if ANSWERING in sides.free_to_stay_out else row.voices
    least = min(worth[voice] for voice in asks)
    if review is None:
        return least
    replies, values = decision_of(sides.draws).replies, sides.draws.values
    spread = float(values[replies.insight][draw])
    known = max(least, 0.0)
    if spread > 0:
        z = least / spread
        known = spread * exp(-z * z / 2) / sqrt(2 * pi) + least * float(NormalDist().cdf(z))
    later = pow(float(values[replies.discount][draw]), review.years)
    scale = review.scale if isinstance(review.scale, float) else float(review.scale[draw])
    return float((1 - later) * scale * least + later * known)


def count_by_hand(terms: PackageTerms, sides: PackageSides) -> tuple[PackageCounts, AgreementZone]:
    """Package after package, draw after draw."""
    voices, issues, draws = terms.by_issue.shape
    agenda = issues if terms.agenda_size is None else terms.agenda_size
    numbers, zone = np.zeros((5, 2**issues - 1, 2)), np.zeros((2, draws), dtype=bool)
    for row, draw in product(range(2**issues - 1), range(draws)):
        package = [issue for issue in range(issues) if row + 1 >> issue & 1]
        if not any(issue < agenda for issue in package):
            continue
        is_whole = all(issue in package for issue in range(agenda))
        worth = [
            float(terms.fixed[v, draw] + terms.by_issue[v, package, draw].sum() + is_whole * terms.whole[v, draw])
            for v in range(voices)
        ]
        answer, left = answer_by_hand(sides, worth, draw), left_by_hand(sides, worth, draw)
        answers, agrees = answer > 1e-9, answer > 1e-9 and left is not None and left > 1e-9
        leader = sides.sides[OFFERING].row.voices[sides.sides[OFFERING].row.leader]
        is_left = left if agrees and left is not None else 0.0
        numbers[:, row, draw % 2] += answers, agrees, is_left, answer, worth[leader]
        zone[:, draw] |= agrees, answers
    answered, agreed = numbers[:2].astype(np.int64)
    kept, answer_worth, leader_worth = numbers[2:]
    counts = PackageCounts(answered, agreed, kept, answer_worth, leader_worth, ((draws + 1) // 2, draws // 2))
    return counts, AgreementZone(zone[0], zone[1])


def check_that_nothing_mixes(one: Asked) -> None:
    """All packages in all draws are judged as one alone in some draws."""
    rows = package_rows(one.terms.issue_count)
    together = one.sides.judge(one.terms.utilities(rows), slice(None))
    for start, row in enumerate(rows):
        draws = slice(start, start + 4)
        alone = one.sides.judge(one.terms.utilities(row[None], draws), draws)
        for name, value in together._asdict().items():
            assert np.allclose(getattr(alone, name)[0], value[start, draws], rtol=1e-12, atol=1e-12), name


def so_many(examples: int) -> settings:
    """Random models take long to draw."""
    return settings(max_examples=examples, suppress_health_check=list(HealthCheck))


@so_many(50)
@given(asked(everybody_needed=True))
def test_compiled_and_readable_and_by_hand(one: Asked):
    """Every voice needed, or free to stay out; payments with and without concern for relative gains; reviews."""
    answering = one.sides.sides[ANSWERING].row
    pays = answering.pays_for_consent and ANSWERING not in one.sides.free_to_stay_out
    assert one.sides.is_by_consensus == (not pays)
    found = count_all_packages(*one)
    same_counts(found, count_packages(*one))
    if not pays or len(answering.voices) == 1:
        same_counts(found, count_by_hand(*one))
    check_that_nothing_mixes(one)
    fewer = one.terms.first_draws(5)
    same_counts(count_all_packages(fewer, one.sides), count_packages(fewer, one.sides))


@so_many(25)
@given(asked(everybody_needed=False))
def test_majorities_and_paid_answers_are_counted_readably(one: Asked):
    """By the rules of the model as they are."""
    same_counts(count_all_packages(*one), count_packages(*one))
    check_that_nothing_mixes(one)


@so_many(20)
@given(asked(everybody_needed=True))
def test_bounds_find_the_best_of_an_offer(one: Asked):
    """More for any voice never turns a yes of these sides to a no."""
    terms = replace(one.terms, agenda_size=None)
    found = search_by_bounds(terms, one.sides)
    assert found.is_proved
    assert found.agreed == count_all_packages(terms, one.sides)[0].agreed.sum(axis=1).max()


def check_whole_agenda(utilities: OfferUtilities, variant: ChannelVariant, uses: tuple[str, ...]) -> None:
    """The package of all issues, with nothing scaled, is the offer as the model has it."""
    terms, sides = package_terms(utilities, variant, uses, PLAIN), PackageSides.of_utilities(utilities, uses)
    everything = terms.utilities(np.ones((1, terms.issue_count), dtype=bool))
    answer = decide_answer(utilities, variant, uses).answer_utility
    size = 1 + np.abs(everything).max()
    worth = sides.answer(everything, slice(None))[0]
    assert np.allclose(worth, answer, rtol=1e-12, atol=1e-12 * size)
    bargain = bargain_inside(utilities, variant, uses)
    own = everything[sides.sides[OFFERING].voices, 0].T
    assert np.allclose(own, bargain.member_utilities, rtol=1e-12, atol=1e-12 * size)
    consents, left = sides.consent(everything[:, 0], np.arange(terms.draw_count))
    is_close = (np.abs(own) < 1e-8).any(axis=1) | (np.abs(bargain.leader_remainder) < 1e-8)
    assert (consents == bargain.consents)[~is_close].all()
    told = consents & bargain.consents & np.isfinite(bargain.leader_remainder) & ~is_close
    assert left[told] == pytest.approx(bargain.leader_remainder[told], rel=1e-9, abs=1e-9)
    expected = (answer > 1e-9) & bargain.consents & (bargain.leader_remainder > 1e-9)
    agreed = sides.judge(everything, slice(None)).agreed[0]
    assert (agreed == expected)[~is_close & (np.abs(answer) > 1e-8)].all()


@so_many(40)
@given(models(), st.booleans(), st.booleans())
def test_the_whole_agenda_is_the_offer(description: ModelDescription, is_turned_round: bool, is_joined: bool):
    """Whoever offers; and beside a channel that may deal with an organisation itself."""
    now, *others = description.network.channels
    now = replace(now, joins=("east",)) if is_joined else now
    description = replace(description, network=replace(description.network, channels=(now, *others)))
    decision = description.decision
    assert decision is not None
    if is_turned_round:
        description = replace(description, decision=replace(decision, sides=(decision.sides[1], decision.sides[0])))
    utilities = drawn(description, 16)
    for variant, theory in product(variants_of(utilities), decision.theories):
        check_whole_agenda(utilities, variant, theory.uses)


@pytest.mark.parametrize("name", CASES)
def test_the_whole_agenda_of_bundled_cases(name: str):
    utilities = of_case(name, 300)
    for variant, theory in product(variants_of(utilities), utilities.decision.theories):
        check_whole_agenda(utilities, variant, theory.uses)


@pytest.mark.parametrize(("name", "count"), [("two-leagues", 200), ("cmea-ec", 200), ("nato-csto", 8)])
def test_packages_of_bundled_cases(name: str, count: int):
    """As they are, and with clauses by which somebody does pass something."""
    utilities = of_case(name, count)
    uses = utilities.decision.theories[utilities.decision.main_theory].uses
    light = {reason: np.full((count, len(utilities.decision.voices)), 0.1) for reason in names_of(utilities)}
    ways = ((PLAIN, frozenset[int](), None), (OfferScales(reasons=light), frozenset({1}), OfferReview(1.0, 0.2)))
    agreed = 0
    for variant, (scales, free, review) in product(variants_of(utilities), ways):
        terms = package_terms(utilities, variant, uses, scales)
        sides = PackageSides.of_utilities(utilities, uses, free, review)
        found = count_all_packages(terms, sides)
        same_counts(found, count_packages(terms, sides))
        agreed += int(found[0].agreed.sum())
    assert agreed > 0


def example(draws: int = 400) -> OfferUtilities:
    values = sample_model(two_states(), range(draws))
    return OfferUtilities(evaluate_gains(values), values)


def test_the_example_by_hand():
    """Each wins half of what is at stake, and West gives up freedom from 0 to 1: it gains where that is less."""
    utilities = example()
    freedom = utilities.draws.varying_values["mechanisms.freedom.of.west"]
    for gains, kept in ((1.0, 1.0), (0.5, 1.0), (0.5, 0.3), (1.0, 0.0)):
        scales = OfferScales(gains, {"freedom": np.full((400, 2), kept)})
        terms = package_terms(utilities, TALKS, ("freedom",), scales)
        counts, zone = count_all_packages(terms, PackageSides.of_utilities(utilities, ("freedom",)))
        is_open = gains / 2 > kept * freedom
        assert zone.is_open.tolist() == zone.answerer_has_some.tolist() == is_open.tolist()
        assert counts.agreed.tolist() == [[is_open[::2].sum(), is_open[1::2].sum()]]
        assert counts.kept == pytest.approx(gains / 2 * counts.agreed)
        assert counts.leader_worth == pytest.approx(np.full((1, 2), gains / 2 * 200))
        worth = gains / 2 - kept * freedom
        assert counts.answer_worth == pytest.approx(np.array([[worth[::2].sum(), worth[1::2].sum()]]))


def test_a_review_of_the_example_by_hand():
    """After two years on a fifth of the scale it may be left, and is known for what it is worth."""
    utilities = example()
    freedom = utilities.draws.varying_values["mechanisms.freedom.of.west"]
    terms = package_terms(utilities, TALKS, ("freedom",), PLAIN)
    sides = PackageSides.of_utilities(utilities, ("freedom",), review=OfferReview(2.0, 0.2))
    later, worth = 0.9**2, 0.5 - freedom
    expected = (1 - later) * 0.2 * worth + later * np.maximum(worth, 0)
    everything = terms.utilities(np.ones((1, 1), dtype=bool))
    assert sides.answer(everything, slice(None))[0] == pytest.approx(expected)
    assert sides.answer(everything[:, :, 5:9], slice(5, 9))[0] == pytest.approx(expected[5:9])


def sides_of_two(offering: int, answering: int) -> PackageSides:
    """East, which leads, and West on both sides; how many of the two are needed on each."""
    voices, model = (("east",), ("west",)), two_states()
    assert model.decision is not None
    sides = tuple(
        ModelSide("both", (0, 1), 0, False, DecidingBody(voices, ((VoteRequirement((1, 1), needed),),)))
        for needed in (offering, answering)
    )
    decision = replace(model.decision, sides=(sides[0], sides[1]))
    return PackageSides(sample_model(replace(model, decision=decision), range(2)), ())


def test_who_leads_is_never_made_to_lose():
    """One of two is enough on either side; in the first draw that one is not who leads the side that offers."""
    none = np.zeros((2, 2))
    terms = PackageTerms(np.array([[[-1.0, 1.0]], [[2.0, -1.0]]]), none, none)
    counts, zone = count_all_packages(terms, sides_of_two(1, 1))
    assert counts.answered.tolist() == [[1, 1]]
    assert counts.agreed.tolist() == [[0, 1]]
    assert counts.kept.tolist() == [[0, 1]]
    assert zone.is_open.tolist() == [False, True]


def test_who_is_free_to_stay_out_stops_nothing():
    """East leads and would have it in both draws; West loses by it in the first."""
    none = np.zeros((2, 2))
    terms = PackageTerms(np.array([[[1.0, 1.0]], [[-1.0, 2.0]]]), none, none)
    sides = sides_of_two(2, 2)
    answered, agreed = {}, {}
    for free in (frozenset[int](), frozenset({OFFERING}), frozenset({ANSWERING}), frozenset({OFFERING, ANSWERING})):
        counts, _ = count_all_packages(terms, replace(sides, free_to_stay_out=free))
        answered[tuple(sorted(free))] = counts.answered.tolist()
        agreed[tuple(sorted(free))] = counts.agreed.tolist()
    assert answered == {(): [[0, 1]], (0,): [[0, 1]], (1,): [[1, 1]], (0, 1): [[1, 1]]}
    assert agreed == {(): [[0, 1]], (0,): [[0, 1]], (1,): [[0, 1]], (0, 1): [[1, 1]]}


@so_many(15)
@given(models(), st.integers(0, 2**32))
def test_terms_are_linear_in_what_is_done(description: ModelDescription, seed: int):
    """Issue by issue; and where nothing is done, only what counts once is left, and what is saved on links."""
    utilities, source = drawn(description, 6), np.random.default_rng(seed)
    issues, names = len(utilities.network.issues), names_of(utilities)
    variant = variants_of(utilities)[0]
    full = package_terms(utilities, variant, names, PLAIN)
    for gains in (0.0, 0.3, source.uniform(0, 1, 6), source.uniform(0, 1, (issues, 6))):
        scaled = package_terms(utilities, variant, names, OfferScales(gains))
        assert np.allclose(scaled.by_issue, full.by_issue * gains, rtol=1e-12, atol=1e-12)
        assert (scaled.fixed == full.fixed).all()
        assert (scaled.whole == full.whole).all()
    nothing = package_terms(utilities, variant, names, OfferScales(0.0)).utilities(package_rows(issues))
    assert np.allclose(nothing[:, :-1], full.fixed[:, None])
    assert np.allclose(nothing[:, -1], full.fixed + full.whole)


@so_many(15)
@given(models(), st.integers(0, 2**32))
def test_each_reason_counts_as_far_as_it_is_left(description: ModelDescription, seed: int):
    """Each once, so far as it is left; that all of one are gone is as if it did not count."""
    utilities, source = drawn(description, 6), np.random.default_rng(seed)
    names, voices = names_of(utilities), len(utilities.decision.voices)
    left = {name: source.uniform(0, 1, (6, voices)) for name in names}
    for variant in variants_of(utilities):
        expected = np.zeros((voices, 6))
        base = utilities.batch.observed_variant(variant)
        for name, amount in utilities.nongain_terms(variant).items():
            expected += ((amount - utilities.nongain_terms(base)[name]) * left[name]).T
        scaled = package_terms(utilities, variant, names, OfferScales(reasons=left))
        assert np.allclose(scaled.fixed, expected, rtol=1e-12, atol=1e-12)
        assert (scaled.by_issue == package_terms(utilities, variant, names, PLAIN).by_issue).all()
        none_left = OfferScales(reasons={names[0]: np.zeros((6, voices))})
        if names[0] not in utilities.relative_gains_weights:
            without = package_terms(utilities, variant, names[1:], PLAIN)
            assert np.allclose(package_terms(utilities, variant, names, none_left).fixed, without.fixed)


@so_many(15)
@given(models())
def test_in_proportion_to_stakes_all_issues_come_to_the_same(description: ModelDescription):
    """Counted once, or a part with each issue: of the whole agenda it is as much; of a part it is its share."""
    utilities = drawn(description, 6)
    names, shares = names_of(utilities), utilities.issue_shares
    assume((shares.sum(axis=0) > 0).all())  # else nothing at all is at stake
    for variant in variants_of(utilities):
        once = package_terms(utilities, variant, names, PLAIN)
        by_stakes = package_terms(utilities, variant, names, OfferScales(counts_by_stakes=True))
        everything = np.ones((1, once.issue_count), dtype=bool)
        assert (by_stakes.fixed == 0).all()
        assert np.allclose(by_stakes.utilities(everything), once.utilities(everything), rtol=1e-12, atol=1e-12)
        in_parts = once.by_issue + once.fixed[:, None] * shares
        assert np.allclose(by_stakes.by_issue, in_parts, rtol=1e-12, atol=1e-12)


@so_many(15)
@given(models(), st.integers(0, 2**32), st.booleans())
def test_a_package_reason_by_reason(description: ModelDescription, seed: int, counts_by_stakes: bool):
    """What reasons that count come to is what the package is worth, by every theory."""
    utilities, source = drawn(description, 6), np.random.default_rng(seed)
    issues, voices = len(utilities.network.issues), len(utilities.decision.voices)
    left = {name: source.uniform(0, 1, (6, voices)) for name in names_of(utilities) if source.random() < 0.6}
    gains = source.uniform(0, 1, [(), (6,), (issues, 6)][seed % 3])
    scales = OfferScales(gains, left, counts_by_stakes)
    parts = ChannelParts.of(utilities, variants_of(utilities)[seed % 2])
    for theory in utilities.decision.theories:
        worths = parts.terms(theory.uses, scales).utilities(package_rows(issues))
        for place, row in enumerate(package_rows(issues)):
            found = parts.of_package(row, scales).utility(theory.uses)
            assert np.allclose(found, worths[:, place], rtol=1e-12, atol=1e-12)


def test_an_issue_alone_in_proportion_to_stakes_is_as_the_model_asks_it():
    """By both conventions of the model, of a bundled case."""
    utilities = of_case("cmea-ec", 50)
    uses = utilities.decision.theories[-1].uses
    for variant, by_stakes in product(variants_of(utilities), (True, False)):
        decision = replace(utilities.decision, fixed_terms_in_full=not by_stakes)
        draws = replace(utilities.draws, description=replace(utilities.draws.description, decision=decision))
        asked_alone = OfferUtilities(utilities.batch, draws)
        alone = asked_alone.terms_by_issue(variant, utilities.batch.observed_variant(variant)).total_utility(uses)
        terms = package_terms(utilities, variant, uses, OfferScales(counts_by_stakes=by_stakes))
        found = terms.utilities(np.eye(terms.issue_count, dtype=bool))
        assert np.allclose(found, np.moveaxis(alone, 2, 0), rtol=1e-12, atol=1e-12)


@so_many(15)
@given(models())
def test_another_exclusivity_is_another_model(description: ModelDescription):
    """Only the one number is other than before, and the draws it was made from are as they were."""
    utilities = drawn(description, 6)
    index = next(one.exclusivity for one in description.network.channels if one.id == "offer")
    before = utilities.draws.values.copy()
    changed = with_exclusivity(utilities.draws, "offer", np.linspace(0, 1, 6))
    assert changed.values[index].tolist() == np.linspace(0, 1, 6).tolist()
    others = np.arange(len(before)) != index
    assert (changed.values[others] == before[others]).all()
    assert (utilities.draws.values == before).all()
    assert changed.departures is utilities.draws.departures
