"""The offer as a game whose moves, ends and players have names, for a file that other programs read."""

from __future__ import annotations

from detente.case.index.labels import CaseLabels
from detente.case.schema.record import REPLY_ANSWER_WORDS
from detente.methods.games.extensive_form import Choice, ExtensiveGame, Leaf, Node
from detente.rooms.acceptance.findings.text import title_of_theory
from detente.rooms.acceptance.model.decision.decision_makers import DecisionMakers
from detente.rooms.acceptance.model.offer_game import offer_game

MOVE_NAMES = {"offer": "offer", "none": "no offer"} | {str(code): words for code, words in REPLY_ANSWER_WORDS.items()}
"""What may be chosen, in words."""


def named_offer_game(deciders: DecisionMakers) -> ExtensiveGame:
    """The game of a year by all that counts, told in words."""
    labels, game = CaseLabels(deciders.case), offer_game(deciders)
    form_phrase = labels.form_phrase(deciders.offered_variants[0].form, game.dealing_parties)
    theory = title_of_theory(deciders.full_theory).lower()
    title = ", ".join(part for part in (labels.channel_title(deciders.offered_channel), form_phrase, theory) if part)
    players = (labels.party_name(game.offering_party), labels.answering_side())
    return ExtensiveGame(title, players, _name_moves(game.root))


def _name_moves(node: Node) -> Node:
    """The same game with words for codes."""
    if isinstance(node, Leaf):
        return Leaf(MOVE_NAMES[node.name], node.payoffs)
    return Choice(node.player, tuple((MOVE_NAMES[code], _name_moves(following)) for code, following in node.options))
