"""What the anarchy room finds wrong in a case."""

from __future__ import annotations

from collections.abc import Iterator

from detente.case.fault import Fault
from detente.case.index.by_year import members_of, years
from detente.case.index.relative_gains import unknown_regimes
from detente.case.schema.case import Case
from detente.case.schema.estimate import Estimate
from detente.case.schema.introspection import Path
from detente.case.schema.repeated_games import MOST_STATES, ArmsRaceGiven, CommonGood, RepeatedGame
from detente.case.uncertainty.bounds import outside_range
from detente.errors import UnknownName
from detente.methods.games.strategies.bounded_memory import RULES
from detente.methods.games.strategies.library import automaton, find_strategy, normalized_name, strategy_library
from detente.rooms.durability.model.case_games import WORDS, given
from detente.rooms.durability.model.draws import RANGES
from detente.rooms.durability.model.strategies import strategy_definitions
from detente.rooms.durability.model.theory_views import deciding_for
from detente.text.english import listed
from detente.text.number_format import number

CALLED = {
    "noise": "the chance of an error",
    "relative_gains": "a concern for relative gains",
    "weight": "the weight of all others together",
    "offence": "a factor",
    "held": "a chance",
    "first_step": "a share",
    "if_trustworthy": "a chance",
    "if_not": "a chance",
    "multiplier": "a multiplier",
    "benefit": "a benefit",
    "cost": "a cost",
    "reaction": "a reaction",
    "fatigue": "fatigue",
    "spends": "spending",
}
"""What each number is, within a sentence."""


def problems(case: Case) -> Iterator[Fault]:
    """Payoffs that are lacking or make no dilemma, patience without end, numbers out of range, unknown strategies."""
    for name, game in case.games.items():
        yield from _game(case, ("games", name), game)
    for name, good in case.common_goods.items():
        yield from _good(case, ("common_goods", name), good)
    for name, race in case.arms_races.items():
        yield from _race(("arms_races", name), race)
    yield from strategy_problems(case)
    own = strategy_definitions(case)
    for at, wanted in enumerate(case.repetition.strategies):
        place: Path = ("repetition", "strategies", at)
        try:
            found = find_strategy(wanted, own)
        except UnknownName as error:
            said, _, near = str(error).partition(" (")
            yield Fault(place, said, near.removesuffix(")"), lacks=True)
            continue
        if found.rule in RULES and (size := automaton(found).size) > MOST_STATES:
            said = f"'{found.name}' has {size} states, too many for what errors do to it to be worked out"
            yield Fault(place, said, f"strategies of up to {MOST_STATES} states; detente play has it against others")


def strategy_problems(case: Case) -> Iterator[Fault]:
    """Strategies of one's own that are named as others are."""
    known = {normalized_name(word): id for id, given in strategy_library().items() for word in (id, given.name)}
    for id, strategy in case.strategies.items():
        for place, word in ((("strategies", id), id), (("strategies", id, "name"), strategy.name)):
            if other := known.get(normalized_name(word)):
                said = f"'{word}' is a strategy that comes with Détente ('{other}')"
                yield Fault(place, said, "give yours another name, or leave it out if it does the same")
                break


def _game(case: Case, path: Path, game: RepeatedGame) -> Iterator[Fault]:
    if game.between[0] == game.between[1]:
        yield from _apart(path, game.between)
        return
    yield from _belonging(case, path, game.between)
    year = years(case)[-1]
    for side, other in (game.between, game.between[::-1]):
        for who in deciding_for(case, side, year):
            yield from unknown_regimes(case, who, (side, other), year)
    for word, keys in (
        ("payoffs_of", game.payoffs_of),
        ("relative_gains", game.relative_gains),
        ("held", game.trust.held if game.trust else {}),
    ):
        place = (*path, "trust") if word == "held" else path
        yield from _of_sides((*place, word), list(keys), game.between)
    if game.trust:
        lacking = [side for side in game.between if side not in game.trust.held]
        if lacking and len(game.trust.held) < len(set(game.between)):
            said = f"nothing is said of how far {listed(lacking)} trusts the other"
            yield Fault((*path, "trust", "held"), said, "a chance for each side", lacks=True)
    yield from dict.fromkeys(_payoffs(path, game))
    yield from _kinds(path, game)
    yield from patience((*path, "patience"), game.patience)
    for inner, word, estimate in _numbers(game):
        yield from outside_range((*path, *inner), estimate, *RANGES[word], CALLED[word])


def _numbers(game: RepeatedGame) -> Iterator[tuple[Path, str, Estimate]]:
    """The numbers of a game that have a range, but its patience."""
    yield ("noise",), "noise", game.noise
    for side, estimate in game.relative_gains.items():
        yield ("relative_gains", side), "relative_gains", estimate
    if game.offence:
        yield ("offence",), "offence", game.offence
    if trust := game.trust:
        for side, estimate in trust.held.items():
            yield ("trust", "held", side), "held", estimate
        if trust.first_step:
            yield ("trust", "first_step"), "first_step", trust.first_step
        if trust.sign:
            yield ("trust", "sign", "if_trustworthy"), "if_trustworthy", trust.sign.if_trustworthy
            yield ("trust", "sign", "if_not"), "if_not", trust.sign.if_not


def _payoffs(path: Path, game: RepeatedGame) -> Iterator[Fault]:
    """Every payoff is there, and there is something to gain by cooperating."""
    for side in dict.fromkeys(game.between):
        lacking = [word for word in WORDS.values() if given(game, side, word) is None]
        if lacking:
            who = side if side in game.payoffs_of else "either side"
            said = f"nothing is said of what {who} gets: {listed(lacking)}"
            yield Fault((*path, "payoffs"), said, "both, neither, alone and free_rides, for both or in payoffs_of")
            continue
        both, neither = given(game, side, "both"), given(game, side, "neither")
        if both and neither and both[0].bounds[1] <= neither[0].bounds[0]:
            who = side if both[1].startswith("payoffs_of") or neither[1].startswith("payoffs_of") else "either side"
            said = f"{who} gains nothing by cooperation: both ({both[0]}) is never above neither ({neither[0]})"
            remedy = "there is no dilemma without it; leave the game out if they would rather not cooperate"
            yield Fault((*path, *both[1].split(".")), said, remedy)


def _kinds(path: Path, game: RepeatedGame) -> Iterator[Fault]:
    """A trustworthy side would rather cooperate with one that does; a sign tells it from the others."""
    if not game.trust:
        return
    told = game.trust.trustworthy
    for side in game.between:
        both, tempted = (
            getattr(told, word) or (found[0] if (found := given(game, side, word)) else None)
            for word in ("both", "free_rides")
        )
        if both and tempted and tempted.bounds[0] > both.bounds[1]:
            said = f"a trustworthy side would rather exploit here: free_rides ({tempted}) is always above both ({both})"
            yield Fault(
                (*path, "trust"), said, "trustworthy: {free_rides: } says what exploiting is worth to such a side"
            )
            break
    if (sign := game.trust.sign) and sign.if_trustworthy.bounds[1] <= sign.if_not.bounds[0]:
        said = f"it never goes better with a trustworthy side ({sign.if_trustworthy}) than with another ({sign.if_not})"
        yield Fault(
            (*path, "trust", "sign"), said, "then it tells nothing, or the opposite; leave it out, or turn it round"
        )


def _belonging(case: Case, path: Path, between: list[str]) -> Iterator[Fault]:
    year = years(case)[-1]
    for one, other in (between, between[::-1]):
        if other in case.organisations and one in members_of(case, other, year):
            yield Fault(
                (*path, "between"), f"'{one}' belongs to '{other}'", "two parties of which neither is the other's"
            )


def patience(path: Path, estimate: Estimate) -> Iterator[Fault]:
    """A patience of 1 or more, at which the sum of all rounds has no end."""
    low, high = estimate.bounds
    if estimate.normal or estimate.lognormal:
        yield from outside_range(path, estimate, *RANGES["patience"], "patience")
    elif high >= 1:
        said = f"{number(high)} is not below 1: at 1 the sum of all rounds has no end"
        yield Fault(
            path, said, "patience is from 0 to below 1, e.g. .99; the next round counts a little less than this one"
        )
    elif low < 0:
        yield Fault(path, f"{number(low)} is below 0", "patience is from 0 to below 1")


def _good(case: Case, path: Path, good: CommonGood) -> Iterator[Fault]:
    shared, enough = good.multiplier is not None, (good.needed, good.benefit, good.cost)
    if shared == any(one is not None for one in enough) or (not shared and None in enough):
        said = "a common good is shared out, or had if enough pay for it"
        yield Fault(path, said, "either multiplier:, or needed:, benefit: and cost:")
    payers = among(case, good)
    n = len(payers)
    if n < 2:
        yield Fault(
            (*path, "among"), f"it takes two or more, and these are {n}", "an organisation stands for its members"
        )
    if good.multiplier and n > 1:
        low, high = good.multiplier.bounds
        if high <= 1 or low >= n:
            why = "giving is a loss to all" if high <= 1 else f"each gains by giving whatever the other {n - 1} do"
            said = f"there is no dilemma: with {good.multiplier} {why}"
            yield Fault(
                (*path, "multiplier"), said, f"a dilemma has a multiplier between 1 and {n}, the number of payers"
            )
    if good.needed and good.needed > n > 1:
        yield Fault((*path, "needed"), f"{good.needed} is more than there are ({n})", f"from 1 to {n}")
    if good.benefit and good.cost and good.benefit.bounds[1] <= good.cost.bounds[0]:
        said = f"there is no dilemma: the benefit ({good.benefit}) is never above the cost ({good.cost})"
        yield Fault((*path, "benefit"), said, "a benefit that is worth its cost")
    yield from patience((*path, "patience"), good.patience)
    for word in ("multiplier", "benefit", "cost"):
        if (estimate := getattr(good, word)) is not None:
            yield from outside_range((*path, word), estimate, *RANGES[word], CALLED[word])
    yield from outside_range((*path, "relative_gains"), good.relative_gains, *RANGES["weight"], CALLED["weight"])


def among(case: Case, good: CommonGood) -> list[str]:
    """Who pays for a common good: actors, and the members of organisations."""
    year = years(case)[-1]
    each = [members_of(case, party, year) if party in case.organisations else [party] for party in good.among]
    return list(dict.fromkeys(actor for group in each for actor in group))


def _race(path: Path, race: ArmsRaceGiven) -> Iterator[Fault]:
    yield from _apart(path, race.between)
    for word in ("reaction", "fatigue", "grievance", "spends"):
        told: dict[str, Estimate] = getattr(race, word)
        yield from _of_sides((*path, word), list(told), race.between)
        lacking = [side for side in race.between if side not in told]
        if lacking and word != "spends":
            yield Fault((*path, word), f"nothing is said of {listed(lacking)}", "a number for each side", lacks=True)
        for side, estimate in told.items():
            if word != "grievance":
                yield from outside_range((*path, word, side), estimate, *RANGES[word], CALLED[word])


def _apart(path: Path, between: list[str]) -> Iterator[Fault]:
    if between[0] == between[1]:
        yield Fault((*path, "between"), f"'{between[0]}' is on both sides", "two different parties")


def _of_sides(path: Path, keys: list[str], between: list[str]) -> Iterator[Fault]:
    for key in keys:
        if key not in between:
            yield Fault((*path, key), f"'{key}' is not one of the two sides", f"{between[0]} or {between[1]}")
