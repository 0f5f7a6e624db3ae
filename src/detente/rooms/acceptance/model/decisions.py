"""What both sides decide in one block of draws, by every theory: who is reluctant, what it takes, what is answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from detente.case.schema.record import ReplyAnswer
from detente.methods.bargaining.ratification import ConsentCost, least_cost_consent
from detente.methods.bargaining.reply_options import (
    OfferProspects,
    ReplyParameters,
    logit_choice_probabilities,
    value_of_accepting,
    value_of_information,
    value_of_reply,
)
from detente.rooms.acceptance.model.decision_makers import Theory
from detente.rooms.acceptance.model.utility import Caring
from detente.rooms.gains.model.model import Run
from detente.rooms.gains.model.results import NEAR

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Inside:
    """What the side that offers makes of a channel, and what its leading member has to pay for consent."""

    members: Floats
    """The utility of each of its voices before anything is paid, shape (draws, voices)."""
    paid: Floats
    """What the leading member pays in all, shape (draws,); infinite where no payment would do."""
    each: Floats
    """What every voice is paid, shape (draws, voices)."""
    left: Floats
    """What is left to the leading member, shape (draws,)."""
    free: Floats
    """The utility at which the decision turns if nothing is paid, shape (draws,)."""


@dataclass(frozen=True)
class Decided:
    """What becomes of a channel by one theory. All of shape (draws,)."""

    answer: Floats
    """The utility at which the answer turns: the channel, as things are, is worth having where it is above 0."""
    pivot: NDArray[np.int64]
    """Whose that is, among the voices of that side."""
    grave: Floats
    """The same under a grave threat that all feel."""


def decided(caring: Caring, run: Run, theory: Theory) -> Decided:
    """How the side that answers decides on a channel instead of the observed one."""
    return Decided(*answer(caring, run, theory), answer(caring, run, theory, grave=True)[0])


def answer(caring: Caring, run: Run, theory: Theory, grave: bool = False) -> tuple[Floats, NDArray[np.int64]]:
    """The utility at which the answer turns, and whose it is, each of shape (draws,)."""
    council = caring.council
    chamber, at = council.chambers[council.sides[1]]
    return chamber.pivotal_voter(caring.weighed(run, council.base(run), grave).by(theory.uses)[:, at])


def inside(caring: Caring, run: Run, theory: Theory) -> Inside:
    """Whether the side that offers consents, and what its leading member has to pay for it.

    Who is paid minds what the leading member keeps, not what other members are paid: the checks of a case see to it.
    """
    import numpy as np

    council = caring.council
    chamber, at = council.chambers[council.sides[0]]
    members = caring.weighed(run, council.base(run)).by(theory.uses)[:, at]
    free = chamber.pivotal_voter(members)[0]
    actors = [council.voices[number].actor for number in at]
    times = np.ones_like(members)
    minded = np.zeros_like(members)
    leak = caring.number("transfers")
    for name, calm in caring.concerns.items():
        if name in theory.uses:
            times += calm.times[:, at]
            minded += calm.concern[:, at, actors[council.payer]]
    with np.errstate(divide="ignore", invalid="ignore"):
        need = -members / times
        relief = np.where(leak[:, None] > 0, minded / leak[:, None], 0.0) / times
    bought = least_cost_consent(chamber, council.payer, need, relief)
    if len(set(actors)) == 1:  # one player with several voices has nobody to pay but itself
        bought = ConsentCost(np.full(len(members), np.inf), np.zeros_like(members))
    with np.errstate(divide="ignore", invalid="ignore"):
        paid = np.where(bought.total > 0, bought.total / leak, 0.0)
        left = members[:, council.payer] - np.where(paid > 0, paid * times[:, council.payer], 0.0)
    return Inside(members, paid, bought.by_voter, left, free)


@dataclass(frozen=True)
class Replied:
    """What every reply is worth to who answers, a year, and how probable it is."""

    replies: tuple[ReplyAnswer, ...]
    worth: Floats
    """Shape (replies, draws)."""
    chance: Floats
    """Shape (replies, draws)."""


def replied(caring: Caring, made: Decided) -> Replied:
    """The replies to the offer, of which accepting is the first."""
    import numpy as np

    settings, council = caring.case.response, caring.council
    hazard = caring.number("hazard")
    known = value_of_information(made.answer, caring.number("insight"))
    prospects = OfferProspects(caring.number("discount"), hazard, made.grave, known)
    names: list[ReplyAnswer] = ["accept"]
    worths = [value_of_accepting(made.answer, prospects)]
    for name in settings.replies:
        given = {
            word: caring.number(f"replies.{name}.{word}") for word in ("once", "each", "brings", "kept", "informs")
        }
        names.append(name)
        worths.append(value_of_reply(ReplyParameters(**given), prospects))
    worth = np.stack(worths)
    return Replied(
        tuple(names), worth, logit_choice_probabilities(worth, caring.noise(council.chambers[council.sides[1]][1]))
    )


def consents(made: Inside) -> NDArray[np.bool_]:
    """In which draws the side that offers consents: without payments, or after what its leading member can pay."""
    import numpy as np

    return (made.free >= -NEAR) | (np.isfinite(made.paid) & (made.left >= -NEAR))
