"""Section 5 of the page on the model: what a channel is worth to each voice, by a theory. For `model_oracle`."""

from __future__ import annotations

import math
from functools import cache
from typing import Any

from tests.oracles.oracle_case import PaperCase, listed
from tests.oracles.oracle_gains import Form, exclusivity, gains_by, observed_channel, of_channel
from tests.oracles.oracle_stakes import at_stake_across, by_gravity, of_issue, salience, scale, weighed_issues
from tests.oracles.oracle_unlikeness import efficiency

Voice = tuple[str, ...]


# Voices and theories


@cache
def voices(case: PaperCase) -> dict[Voice, str]:
    """By voice its player: an actor by itself, or those members of one whose numbers stand under the same names."""
    found: dict[Voice, str] = {}
    for player in case.actors:
        alike: dict[tuple[str | None, ...], list[str]] = {}
        for member in case.members(player) if case.is_organisation(player) else [player]:
            alike.setdefault(names_of_numbers(case, member), []).append(member)
        found |= {tuple(members): player for members in alike.values()}
    return found


def names_of_numbers(case: PaperCase, member: str) -> tuple[str | None, ...]:
    """The names under which what mechanisms say of a member stands."""
    mechanisms = case.part("mechanisms").values()
    return tuple(case.name_for(member, one.get(key, {})) for one in mechanisms for key in ("of", "against"))


def theories(case: PaperCase) -> dict[str, list[str]]:
    """By theory the mechanisms and outside options that it uses."""
    lenses = case.part("lenses")
    found = {name: listed(lens.get("uses", [])) for name, lens in lenses.items()}
    everything = [*case.part("mechanisms"), *case.part("outside")]
    if [] not in found.values():
        found = {"own-gains": [], **found}
    has_main = any(lens.get("main") for lens in lenses.values())
    if not has_main and not any(set(uses) == set(everything) for uses in found.values()):
        found["all-mechanisms"] = everything
    return found


# Whom a voice looks at


def strength(case: PaperCase, mechanism: dict[str, Any], voice: Voice) -> float:
    """How much a mechanism counts for a voice."""
    return case.given(voice[0], mechanism["of"], 0.0)


def other_sides(case: PaperCase, voice: Voice) -> list[str]:
    """The other side; both sides, for a voice of neither."""
    return [side for side in case.sides if side not in case.organisations_of(voice[0])]


def parties_against(case: PaperCase, mechanism: dict[str, Any], voice: Voice) -> list[str]:
    """The parties under `against`, or else the other side."""
    against = mechanism.get("against", {})
    name = case.name_for(voice[0], against)
    return other_sides(case, voice) if name is None else listed(against[name])


def least_threat(case: PaperCase, actors: list[str], is_grave: bool) -> float:
    """T: the least threat that any of these perceives."""
    return min(case.threat(actor, is_grave) for actor in actors)


@cache
def minds(case: PaperCase, name: str, voice: Voice, is_grave: bool) -> dict[str, float]:
    """k: by party, how much a voice minds by a mechanism what that party gains; nothing, if that is not `relative`."""
    mechanism, player = case.part("mechanisms").get(name, {}), voices(case)[voice]
    found: dict[str, float] = {}
    if mechanism.get("kind") != "relative":
        return found
    for party in parties_against(case, mechanism, voice):
        if case.players(party) != [player]:
            left = 1 - least_threat(case, [player, *case.players(party)], is_grave)
            measure = mechanism.get("by_regime")
            distance = abs(case.regime(measure, player) - case.regime(measure, party)) if measure else 1.0
            found[party] = strength(case, mechanism, voice) * left * distance
    return found


# What is added


def is_touched(case: PaperCase, channel: str, voice: Voice) -> bool:
    """Whether a channel joins the organisation of a voice."""
    return bool(set(case.part("channels")[channel].get("joins", [])) & set(case.organisations_of(voice[0])))


def left(case: PaperCase, mechanism: dict[str, Any], channel: str) -> float:
    """What is left of a mechanism by a channel that is not exclusive, or not deep."""
    shrinks = mechanism.get("shrinks_with", {})
    f, g = (case.number(shrinks.get(key, 0.0)) for key in ("exclusivity", "depth"))
    return (1 - f * (1 - exclusivity(case, channel))) * (1 - g * (1 - of_channel(case, channel, "depth")))


def relative_gains(case: PaperCase, name: str, voice: Voice, gains: dict[str, float], is_grave: bool) -> float:
    """K Δ_i less the sum of k Δ_j."""
    player, of_party = voices(case)[voice], minds(case, name, voice, is_grave)
    lost = [k * gains[one] for party, k in of_party.items() for one in case.players(party) if one != player]
    return math.fsum(of_party.values()) * gains[player] - math.fsum(lost)


def danger(case: PaperCase, mechanism: dict[str, Any], voice: Voice, is_grave: bool) -> float:
    """P (1 - T): the power of those that are feared, less under a threat that all of them feel."""
    player = voices(case)[voice]
    feared = [actor for party in parties_against(case, mechanism, voice) for actor in case.players(party)]
    power = math.fsum(map(case.capability, feared))
    of_power = power / (power + case.capability(player)) if power else 0.0
    return of_power * (1 - least_threat(case, [player, *feared], is_grave))


def above_other_side(case: PaperCase, measure: str | None, voice: Voice) -> float:
    """How far the regime of a voice's player is above that of the other side; below it, if less than 0."""
    assert measure is not None
    return case.regime(measure, voices(case)[voice]) - case.regime(measure, other_sides(case, voice)[0])


def lost_to_others(case: PaperCase, mechanism: dict[str, Any], voice: Voice, channel: str) -> float:
    """What a voice loses where recognition is at its cost: an equal part of what all other actors win."""
    losers = case.players(mechanism["at_cost_of"]) if "at_cost_of" in mechanism else []
    if voices(case)[voice] not in losers:
        return 0.0
    won = [
        mean_strength(case, mechanism, player) * at_stake_across(case, player) * left(case, mechanism, channel)
        for player in dict.fromkeys(player for one, player in voices(case).items() if is_touched(case, channel, one))
    ]
    return math.fsum(won) / len(losers)


def mean_strength(case: PaperCase, mechanism: dict[str, Any], player: str) -> float:
    """How much a mechanism counts for a player; for an organisation the mean of its members."""
    members = case.members(player) if case.is_organisation(player) else [player]
    return math.fsum(case.given(member, mechanism["of"], 0.0) for member in members) / len(members)


def mechanism_term(case: PaperCase, name: str, voice: Voice, channel: str, is_grave: bool) -> float:
    """What a mechanism other than relative gains adds for a voice by a channel."""
    mechanism = case.part("mechanisms")[name]
    if not is_touched(case, channel, voice):
        return 0.0
    kind, measure = mechanism["kind"], mechanism.get("by_regime")
    amount = strength(case, mechanism, voice) * at_stake_across(case, voices(case)[voice])
    if kind in ("recognition", "advantage"):
        return amount * left(case, mechanism, channel) - lost_to_others(case, mechanism, voice, channel)
    if kind == "autonomy":
        return -amount * left(case, mechanism, channel)
    if kind == "fear":
        return -amount * danger(case, mechanism, voice, is_grave) * left(case, mechanism, channel)
    above = above_other_side(case, measure, voice) if measure else 1.0
    if kind == "norms":
        return -amount * exclusivity(case, channel) * max(0.0, above)
    return amount * exclusivity(case, channel) * (max(0.0, -above) if measure else 1.0)


def outside_term(case: PaperCase, name: str, voice: Voice, channel: str) -> float:
    """What an outside option takes from a voice by a channel."""
    option, player = case.part("outside")[name], voices(case)[voice]
    if player not in case.players(option["of"]) or not is_touched(case, channel, voice):
        return 0.0
    forgone = case.number(option["forgone"])
    if not option.get("partners"):
        return -forgone * at_stake_across(case, player)
    lacking = 1 - efficiency(case, observed_channel(case))
    return (
        -forgone
        / scale(case)
        * math.fsum(
            salience(case, issue_name, player)
            * case.number(issue["stakes"])
            * by_gravity(case, issue, player, partner)
            * (1 - of_issue(case, issue, "multilateral") * lacking)
            / 2
            for issue_name, issue in weighed_issues(case).items()
            for partner in listed(option["partners"])
            if "technology" not in issue
        )
    )


def utilities(case: PaperCase, channel: str, form: Form, uses: list[str], is_grave: bool) -> dict[Voice, float]:
    """U: what each voice makes of a channel by a theory that uses these mechanisms and outside options.

    What a channel adds is not taken less by what the observed one adds, since that joins nobody.
    """
    gains = gains_by(case, channel, form, is_grave)
    found = {}
    for voice, player in voices(case).items():
        terms = [gains[player]]
        for name in uses:
            if name in case.part("outside"):
                terms.append(outside_term(case, name, voice, channel))
            elif case.part("mechanisms")[name]["kind"] == "relative":
                terms.append(relative_gains(case, name, voice, gains, is_grave))
            else:
                terms.append(mechanism_term(case, name, voice, channel, is_grave))
        found[voice] = math.fsum(terms)
    return found
