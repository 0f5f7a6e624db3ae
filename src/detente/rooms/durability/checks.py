"""What the durability room finds wrong in a case."""

from __future__ import annotations

from collections.abc import Iterator

from detente.case.fault import Fault
from detente.case.index.by_year import analysed_years, members_in_year
from detente.case.index.relative_gains import missing_regime_faults
from detente.case.schema.base import CasePath
from detente.case.schema.bounds import Bounds
from detente.case.schema.case import Case
from detente.case.schema.common_goods import CommonGood
from detente.case.schema.estimate import Estimate
from detente.case.schema.repeated_games import MAX_MACHINE_STATES, MAX_PATIENCE, DeclaredArmsRace, RepeatedGame
from detente.case.uncertainty.bounds import range_faults
from detente.errors import UnknownName
from detente.methods.games.strategies.bounded_memory import BOUNDED_MEMORY_RULES
from detente.methods.games.strategies.library import automaton, find_strategy, normalized_name, strategy_library
from detente.rooms.durability.model.case_games import PAYOFF_FIELDS, payoff_estimate
from detente.rooms.durability.model.common_goods import paying_actors
from detente.rooms.durability.model.strategies import strategy_definitions
from detente.rooms.durability.model.theory_views import deciders_of_side
from detente.rooms.durability.payer_checks import payer_share_faults
from detente.text.english import join_words
from detente.text.number_format import format_number


def durability_faults(case: Case) -> Iterator[Fault]:
    """Payoffs that are lacking or make no dilemma, patience without end, numbers out of range, unknown strategies."""
    for name, game in case.games.items():
        yield from _game_faults(case, ("games", name), game)
    for name, good in case.common_goods.items():
        yield from _common_good_faults(case, ("common_goods", name), good)
    for name, race in case.arms_races.items():
        yield from _arms_race_faults(("arms_races", name), race)
    yield from strategy_name_faults(case)
    own_strategies = strategy_definitions(case)
    for index, strategy_name in enumerate(case.repetition.strategies):
        place: CasePath = ("repetition", "strategies", index)
        try:
            strategy = find_strategy(strategy_name, own_strategies)
        except UnknownName as error:
            message, _, remedy = str(error).partition(" (")
            yield Fault(place, message, remedy.removesuffix(")"), is_omission=True)
            continue
        if strategy.rule in BOUNDED_MEMORY_RULES and (state_count := automaton(strategy).size) > MAX_MACHINE_STATES:
            message = f"'{strategy.name}' has {state_count} states, too many for what errors do to it to be worked out"
            yield Fault(
                place, message, f"strategies of up to {MAX_MACHINE_STATES} states; detente play has it against others"
            )


def strategy_name_faults(case: Case) -> Iterator[Fault]:
    """Strategies of one's own that are named as others are."""
    library_ids = {
        normalized_name(name): id
        for id, library_strategy in strategy_library().items()
        for name in (id, library_strategy.name)
    }
    for id, strategy in case.strategies.items():
        for place, name in ((("strategies", id), id), (("strategies", id, "name"), strategy.name)):
            if library_id := library_ids.get(normalized_name(name)):
                message = f"'{name}' is a strategy that comes with Détente ('{library_id}')"
                yield Fault(place, message, "give yours another name, or leave it out if it does the same")
                break


def _game_faults(case: Case, path: CasePath, game: RepeatedGame) -> Iterator[Fault]:
    if game.between[0] == game.between[1]:
        yield from _same_side_faults(path, game.between)
        return
    yield from _membership_faults(case, path, game.between)
    year = analysed_years(case)[-1]
    for side, other_side in (game.between, game.between[::-1]):
        for decider in deciders_of_side(case, side, year):
            yield from missing_regime_faults(case, decider, (side, other_side), year)
    for field_name, named_sides in (
        ("payoffs_of", game.payoffs_of),
        ("relative_gains", game.relative_gains),
        ("held", game.trust.held if game.trust else {}),
    ):
        place = (*path, "trust") if field_name == "held" else path
        yield from _unknown_side_faults((*place, field_name), list(named_sides), game.between)
    if game.trust:
        missing_sides = [side for side in game.between if side not in game.trust.held]
        if missing_sides and len(game.trust.held) < len(set(game.between)):
            message = f"nothing is said of how far {join_words(missing_sides)} trusts the other"
            yield Fault((*path, "trust", "held"), message, "a chance for each side", is_omission=True)
    yield from dict.fromkeys(_payoff_faults(path, game))
    yield from _trust_faults(path, game)
    yield from patience_faults((*path, "patience"), game.patience)


def _payoff_faults(path: CasePath, game: RepeatedGame) -> Iterator[Fault]:
    """Every payoff is there, and there is something to gain by cooperating."""
    for side in dict.fromkeys(game.between):
        missing_payoffs = [
            payoff_name for payoff_name in PAYOFF_FIELDS.values() if payoff_estimate(game, side, payoff_name) is None
        ]
        if missing_payoffs:
            subject = side if side in game.payoffs_of else "either side"
            message = f"nothing is said of what {subject} gets: {join_words(missing_payoffs)}"
            yield Fault((*path, "payoffs"), message, "both, neither, alone and free_rides, for both or in payoffs_of")
            continue
        both, neither = payoff_estimate(game, side, "both"), payoff_estimate(game, side, "neither")
        if both and neither and both[0].bounds[1] <= neither[0].bounds[0]:
            subject = side if both[1].startswith("payoffs_of") or neither[1].startswith("payoffs_of") else "either side"
            message = f"{subject} gains nothing by cooperation: both ({both[0]}) is never above neither ({neither[0]})"
            remedy = "there is no dilemma without it; leave the game out if they would rather not cooperate"
            yield Fault((*path, *both[1].split(".")), message, remedy)


def _trust_faults(path: CasePath, game: RepeatedGame) -> Iterator[Fault]:
    """A trustworthy side would rather cooperate with one that does; a sign tells it from the others."""
    if not game.trust:
        return
    trustworthy = game.trust.trustworthy
    for side in game.between:
        both, tempted = (
            getattr(trustworthy, payoff_name)
            or (payoff[0] if (payoff := payoff_estimate(game, side, payoff_name)) else None)
            for payoff_name in ("both", "free_rides")
        )
        if both and tempted and tempted.bounds[0] > both.bounds[1]:
            message = (
                f"a trustworthy side would rather exploit here: free_rides ({tempted}) is always above both ({both})"
            )
            yield Fault(
                (*path, "trust"), message, "trustworthy: {free_rides: } says what exploiting is worth to such a side"
            )
            break
    if (sign := game.trust.sign) and sign.if_trustworthy.bounds[1] <= sign.if_not.bounds[0]:
        message = (
            f"it never goes better with a trustworthy side ({sign.if_trustworthy}) than with another ({sign.if_not})"
        )
        yield Fault(
            (*path, "trust", "sign"), message, "then it tells nothing, or the opposite; leave it out, or turn it round"
        )


def _membership_faults(case: Case, path: CasePath, sides: list[str]) -> Iterator[Fault]:
    year = analysed_years(case)[-1]
    for party, other_party in (sides, sides[::-1]):
        if other_party in case.organisations and party in members_in_year(case, other_party, year):
            yield Fault(
                (*path, "between"),
                f"'{party}' belongs to '{other_party}'",
                "two parties of which neither is the other's",
            )


def patience_faults(path: CasePath, estimate: Estimate) -> Iterator[Fault]:
    """A patience of 1 or more, at which the sum of all rounds has no end."""
    low, high = estimate.bounds
    if estimate.normal or estimate.lognormal:
        yield from range_faults(path, estimate, Bounds(0, MAX_PATIENCE, "patience"))
    elif high >= 1:
        message = f"{format_number(high)} is not below 1: at 1 the sum of all rounds has no end"
        yield Fault(
            path, message, "patience is from 0 to below 1, e.g. 0.99; the next round counts a little less than this one"
        )
    elif low < 0:
        yield Fault(path, f"{format_number(low)} is below 0", "patience is from 0 to below 1")


def _common_good_faults(case: Case, path: CasePath, good: CommonGood) -> Iterator[Fault]:
    is_shared_out, threshold_fields = good.multiplier is not None, (good.needed, good.benefit, good.cost)
    if is_shared_out == any(value is not None for value in threshold_fields) or (
        not is_shared_out and None in threshold_fields
    ):
        message = "a common good is shared out, or had if enough pay for it"
        yield Fault(path, message, "either multiplier:, or needed:, benefit: and cost:")
    payers = paying_actors(case, good)
    n = len(payers)
    if n < 2:
        yield Fault(
            (*path, "among"), f"it takes two or more, and these are {n}", "an organisation stands for its members"
        )
    if good.multiplier and n > 1:
        low, high = good.multiplier.bounds
        if high <= 1 or (low >= n and not good.benefits):
            reason = "giving is a loss to all" if high <= 1 else f"each gains by giving whatever the other {n - 1} do"
            message = f"there is no dilemma: with {good.multiplier} {reason}"
            yield Fault(
                (*path, "multiplier"), message, f"a dilemma has a multiplier between 1 and {n}, the number of payers"
            )
    yield from payer_share_faults(case, path, good, payers)
    if good.needed and good.needed > n > 1:
        yield Fault((*path, "needed"), f"{good.needed} is more than there are ({n})", f"from 1 to {n}")
    if good.benefit and good.cost and good.benefit.bounds[1] <= good.cost.bounds[0]:
        message = f"there is no dilemma: the benefit ({good.benefit}) is never above the cost ({good.cost})"
        yield Fault((*path, "benefit"), message, "a benefit that is worth its cost")
    yield from patience_faults((*path, "patience"), good.patience)


def _arms_race_faults(path: CasePath, race: DeclaredArmsRace) -> Iterator[Fault]:
    yield from _same_side_faults(path, race.between)
    for field_name in ("reaction", "fatigue", "grievance", "spends"):
        estimates: dict[str, Estimate] = getattr(race, field_name)
        yield from _unknown_side_faults((*path, field_name), list(estimates), race.between)
        missing_sides = [side for side in race.between if side not in estimates]
        if missing_sides and field_name != "spends":
            yield Fault(
                (*path, field_name),
                f"nothing is said of {join_words(missing_sides)}",
                "a number for each side",
                is_omission=True,
            )


def _same_side_faults(path: CasePath, sides: list[str]) -> Iterator[Fault]:
    if sides[0] == sides[1]:
        yield Fault((*path, "between"), f"'{sides[0]}' is on both sides", "two different parties")


def _unknown_side_faults(path: CasePath, named_sides: list[str], sides: list[str]) -> Iterator[Fault]:
    for key in named_sides:
        if key not in sides:
            yield Fault((*path, key), f"'{key}' is not one of the two sides", f"{sides[0]} or {sides[1]}")
