"""What the durability room knows for the brief: on which issues cooperation would last."""

from __future__ import annotations

from collections.abc import Iterator

from detente.results.brief import BriefSlots, OptionAspect, OptionFact
from detente.rooms.durability.findings.live_games import live_games
from detente.rooms.durability.findings.text import lasting_degree
from detente.rooms.durability.findings.trust.advice import advising_documents
from detente.rooms.durability.model.durability import DurabilityModel
from detente.rooms.durability.model.patience import GamePatience
from detente.rooms.durability.model.put_in import MOSTLY, PutIn
from detente.text.brief_sentences import short_range

MOSTLY_ASSUMED = ", mostly assumed"
NO_ERRORS = "no errors assumed"
LINK = "lasting-put-in"
"""The finding that says how far the answer was put in."""


def fill_durability_slots(model: DurabilityModel) -> BriefSlots:
    """Whether cooperation would last, for each issue that a game is about; and the games for a page."""
    return BriefSlots(options=tuple(_option_facts(model)), live_games=tuple(live_games(model)))


def _option_facts(model: DurabilityModel) -> Iterator[OptionFact]:
    """Two facts for each issue; of several games on the same issue, the one on which it lasts least often."""
    put_in = {game.game: game for game in model.put_in}
    least: dict[str, GamePatience] = {}
    for game in model.patience:
        for issue in model.case.games[game.id].issues:
            if issue not in least or game.main.lasting_share < least[issue].main.lasting_share:
                least[issue] = game
    for issue, game in least.items():
        title = model.case.issues[issue].title
        for aspect in ("lasts", "errors"):
            yield _fact(issue, title, aspect, game, put_in[game.id], _advised_by(model, game.id))


def _fact(issue: str, title: str, aspect: OptionAspect, game: GamePatience, put_in: PutIn, advised: str) -> OptionFact:
    if aspect == "errors" and not game.has_noise:
        return OptionFact(issue, title, aspect, "not modelled", NO_ERRORS, advised, game.main.lasting_share, LINK)
    has_errors = aspect == "errors"
    share = game.main.lasting_share if has_errors else game.main.error_free_share
    decided = put_in.decided_share if has_errors else put_in.decided_without_errors
    says = f"in {short_range(share, share)} of 100" if 0 < share < 1 else "in all" if share else "in none"
    return OptionFact(
        option=issue,
        label=title,
        aspect=aspect,
        degree=lasting_degree(share),
        says=f"{says}{MOSTLY_ASSUMED if decided >= MOSTLY else ''}",
        advised=advised,
        rank=game.main.lasting_share,
        link=LINK,
    )


def _advised_by(model: DurabilityModel, game_id: str) -> str:
    """Who advises to begin with a game, if a document does: `the memo, first step`."""
    trust = model.case.games[game_id].trust
    claims = trust.tests if trust else []
    return f"{advising_documents(model.case, claims)}, first step" if claims else ""
