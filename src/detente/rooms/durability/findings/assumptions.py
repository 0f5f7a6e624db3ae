"""What the durability room assumes without the case saying so."""

from __future__ import annotations

from collections.abc import Sequence

from detente.case.schema.case import Case
from detente.rooms.durability.findings.text import issue_title
from detente.rooms.durability.model.patience import GamePatience
from detente.text.english import count_noun
from detente.text.issue_lists import on_titles


def durability_assumptions(games: Sequence[GamePatience], case: Case) -> list[str]:
    """What was assumed without the case saying so."""
    sentences = []
    if games:
        sentences.append(
            "What both sides get from repeated games is on one scale, so that either can mind the other's lead."
        )
        sentences.append("Within a side all have the same payoffs and patience; members differ in what they mind.")
    if unconcerned := [issue_title(game.id, case) for game in games if not game.has_concern]:
        sentences.append(f"Nobody minds relative gains {on_titles(unconcerned)}.")
    if noiseless := [issue_title(game.id, case) for game in games if not game.has_noise]:
        sentences.append(f"Nothing is done or taken wrongly {on_titles(noiseless)}.")
    equal_count = sum(not (good.contributions or good.benefits) for good in case.common_goods.values())
    if equal_count:
        sentences.append(f"Those who pay for {count_noun(equal_count, 'common good')} are alike.")
    return sentences
