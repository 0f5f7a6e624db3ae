"""A second reading of the page on the model (`docs/model.md`): every number of it, from the files of a case alone.

It imports nothing of the program and goes through all sets of players and of voices, so that it is slow for more than
a dozen actors. It takes cases that are valid. A file for each part of the page: `oracle_case` has its head and section
1, `oracle_stakes` 2, `oracle_unlikeness` and `oracle_gains` 3, the latter also 4, `oracle_utility` 5,
`oracle_decision` 6; section 7 stands here.
"""

from __future__ import annotations

import math
from typing import Any

from tests.oracles.oracle_case import UNSAID_REPLIES, PaperCase
from tests.oracles.oracle_decision import may_pay, side_payments, side_utility, voices_of
from tests.oracles.oracle_gains import Form, forms, observed_channel
from tests.oracles.oracle_stakes import at_stake_across
from tests.oracles.oracle_utility import Voice, theories, utilities, voices


def numbers_on_paper(keys: dict[str, Any], year: int) -> list[dict[str, Any]]:
    """What `numbers_at_central_estimates` gives of a case in a year, under the same keys.

    What is paid in the side that offers stands there only where somebody may pay, not where it is one player; and with
    whom it arrives only where nobody else could be paid as little.
    """
    case = PaperCase(keys, year)
    return [
        numbers(case, channel, form, theory)
        for channel in case.part("channels")
        if channel != observed_channel(case)
        for form in forms(case, channel)
        for theory in theories(case)
    ]


def numbers(case: PaperCase, channel: str, form: Form, theory: str) -> dict[str, Any]:
    """The numbers of a channel in a form, by a theory."""
    uses = theories(case)[theory]
    usual, grave = (utilities(case, channel, form, uses, is_grave) for is_grave in (False, True))
    found: dict[str, Any] = {"channel": channel, "form": form, "theory": theory}
    found |= {"utilities": by_names(usual), "grave_utilities": by_names(grave)}
    if channel != offered_channel(case) or case.part("response").get("form", "both") not in ("both", form):
        return found
    offering, answering = case.sides
    answer = side_utility(case, answering, usual, uses, is_grave=False)
    grave_answer = side_utility(case, answering, grave, uses, is_grave=True)
    found |= {"answer": answer, "grave_answer": grave_answer, "replies": replies(case, answer, grave_answer)}
    if may_pay(case, offering):
        inside = side_payments(case, offering, usual, uses, is_grave=False)
        found |= {"payment": inside.paid, "remainder": inside.kept}
        found |= {"payments": by_names(inside.arrives)} if inside.is_only else {}
    return found


def by_names(numbers_of: dict[Voice, float]) -> dict[str, float]:
    """Numbers by the members of a voice, joined by a comma."""
    return {",".join(voice): number for voice, number in numbers_of.items()}


def offered_channel(case: PaperCase) -> str:
    """The channel that is offered: the first that joins organisations, unless the case says."""
    joining = [name for name, channel in case.part("channels").items() if channel.get("joins")]
    return str(case.part("response").get("channel") or joining[0])


# What is replied (section 7)


def replies(case: PaperCase, utility: float, grave_utility: float) -> dict[str, tuple[float, float]]:
    """By reply what it is worth per year to the side that answers, and its chance."""
    beta, hazard = min(0.999, case.setting("response", "discount")), case.setting("response", "hazard")
    option = mean_above_zero(utility, case.setting("response", "insight"))
    worth = {"accept": ((1 - beta) * utility + beta * hazard * grave_utility) / (1 - beta * (1 - hazard))}
    for name, terms in (case.part("response").get("replies") or UNSAID_REPLIES).items():
        once, each, brings, s, q = (
            case.number(terms.get(key, 0.0)) for key in ("once", "each", "brings", "kept", "informs")
        )
        later = hazard * max(0.0, grave_utility) + (1 - hazard) * q * option
        yearly = ((1 - beta) * (brings - each) + beta * s * later) / (1 - beta * s * (1 - hazard) * (1 - q))
        worth[name] = yearly - (1 - beta) * once
    chances = logit_chances(list(worth.values()), case.setting("response", "noise") * mean_at_stake(case))
    return {name: (worth[name], chance) for name, chance in zip(worth, chances, strict=True)}


def mean_at_stake(case: PaperCase) -> float:
    """The mean of what the actors of the side that answers have at stake across."""
    actors = {voices(case)[voice] for voice in voices_of(case, case.sides[1])}
    return math.fsum(at_stake_across(case, actor) for actor in actors) / len(actors)


def mean_above_zero(mean: float, deviation: float) -> float:
    """E max(0, mean + deviation Z), Z standard normal."""
    if deviation == 0:
        return max(0.0, mean)
    z = mean / deviation
    return mean * math.erfc(-z / math.sqrt(2)) / 2 + deviation * math.exp(-z * z / 2) / math.sqrt(2 * math.pi)


def logit_chances(worth: list[float], noise: float) -> list[float]:
    """The chance of each reply by what it is worth; without noise those that are best share it."""
    best = max(worth)
    odds = [math.exp((one - best) / noise) if noise else float(one == best) for one in worth]
    return [one / math.fsum(odds) for one in odds]
