"""The offer as a game in extensive form: whether it is made, and what is replied, at the central estimates."""

from __future__ import annotations

from detente.case.index.by_year import analysed_years
from detente.case.schema.case import Case
from detente.case.schema.record import REPLY_ANSWER_WORDS
from detente.methods.games.extensive_form import Choice, Game, Leaf
from detente.rooms.acceptance.model.decision_makers import Council
from detente.rooms.acceptance.model.decisions import consents, decided, inside, replied
from detente.rooms.acceptance.model.utility import central
from detente.rooms.gains.findings.labels import Names
from detente.rooms.gains.model.build_network import arena
from detente.rooms.gains.model.model import Model


def offer_game(council: Council) -> tuple[Game, float]:
    """The game of a year by all that counts, in the first form in which the channel is run, and its noise.

    The leading member of the side that offers makes the offer or does not; the other side replies. What follows a
    reply later on is in what it is worth to who replies. Payoffs are a year's, as shares of what is at stake.
    """
    case = council.case
    names, run, theory = Names(case), council.runs[0], council.whole
    caring = central(council)
    within, made = inside(caring, run, theory), decided(caring, run, theory)
    left = float(within.left[0]) if consents(within)[0] else 0.0
    costs = float(caring.number("asking")[0] - caring.number("shown")[0])
    found = replied(caring, made)
    replies = [
        (
            REPLY_ANSWER_WORDS[name],
            Leaf(REPLY_ANSWER_WORDS[name], ((left if name == "accept" else 0.0) - costs, float(worth[0]))),
        )
        for name, worth in zip(found.replies, found.worth, strict=True)
    ]
    root = Choice(0, (("offer", Choice(1, tuple(replies))), ("no offer", Leaf("no offer", (0.0, 0.0)))))
    form = names.form(council.arena, run)
    title = f"{names.channel(council.channel)}{f', {form}' if form else ''}, {theory.title.lower()}"
    players = (names.party(council.arena.actors[council.voices[_payer(council)].actor]), names.side())
    return Game(title, players, root), float(caring.noise(council.chambers[council.sides[1]][1])[0])


def last_council(case: Case) -> Council:
    """Those who decide in the last year of a case."""
    return Council(Model(case, arena(case, analysed_years(case)[-1])))


def _payer(council: Council) -> int:
    return council.chambers[council.sides[0]][1][council.payer]
