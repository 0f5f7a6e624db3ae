"""The finding on whose concern for relative gains decides in each game."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.case.index.by_year import display_name
from detente.case.schema.case import Case
from detente.results.finding import Finding
from detente.results.table import Column, make_table
from detente.rooms.durability.model.pivotal_members import GamePivots, PivotalVoice, SidePivots
from detente.text.english import join_words, lower_first
from detente.text.number_format import per_hundred

MOST_NAMES = 4
"""Members of a voice that are named one by one; of more, how many they are."""
COLUMNS = (
    Column("game"),
    Column("side"),
    Column("member"),
    Column("concern", "minds the other's lead by, mean", "number", "times the other's lead"),
    Column("pivotal", "its concern decides, of 100", "of_100", "share of draws"),
)


def pivotal_members_finding(games: Sequence[GamePivots], case: Case) -> Finding | None:
    """Whose concern decides in each game; none where nobody minds what the other side gets."""
    concerned = [game for game in games if game.has_concern]
    if not concerned:
        return None
    return Finding(
        id="pivotal",
        title="Whose concern decides",
        says=pivotal_sentences(concerned, case),
        see="How much each member that ever decides minds what the other side gets, and how often its concern decides.",
        table=make_table(COLUMNS, _rows(concerned, case)),
        method=(
            "A side minds as much as the member on whom its decision rule turns: by consensus the one that minds most, "
            "under a majority the one whose yes completes it (Black 1948; Tsebelis 2002). Payoffs and patience are "
            "those of the side."
        ),
        rests_on=tuple(game.game for game in concerned),
    )


def pivotal_sentences(games: Sequence[GamePivots], case: Case) -> str:
    """On whom it turns most often on either side, told once for all games that are alike; nothing if nobody minds."""
    sentences = []
    for titles, game in _alike(games, case):
        clause = join_words(_side_clause(side, case) for side in game.sides if side.voices)
        place = "" if len(titles) == len(games) else f" on {join_words(map(lower_first, titles))}"
        sentences.append(f"The concern for relative gains that decides{place} is {clause}, of 100 draws.")
    return " ".join(sentences)


def _alike(games: Sequence[GamePivots], case: Case) -> list[tuple[list[str], GamePivots]]:
    """The games in which somebody minds; those with the same sides and numbers together, as titles and one of them."""
    groups: list[tuple[list[str], GamePivots]] = []
    for game in games:
        title = case.games[game.game].title
        same = next((titles for titles, other in groups if other.sides == game.sides), None)
        if same is not None:
            same.append(title)
        elif game.has_concern:
            groups.append(([title], game))
    return groups


def _side_clause(side: SidePivots, case: Case) -> str:
    names = join_words((display_name(case, member) for member in side.leading_members), "or")
    return f"that of {names} (for {display_name(case, side.side)}, in {per_hundred(side.leading_share)})"


def _rows(games: Sequence[GamePivots], case: Case) -> Iterator[dict[str, object]]:
    for titles, game in _alike(games, case):
        for side in game.sides:
            for voice in side.voices:
                yield {
                    "game": "every game" if len(titles) == len(games) else join_words(titles),
                    "side": display_name(case, side.side),
                    "member": _voice_name(voice, case),
                    "concern": voice.mean_concern,
                    "pivotal": voice.pivotal_share,
                }


def _voice_name(voice: PivotalVoice, case: Case) -> str:
    if len(voice.members) <= MOST_NAMES:
        return join_words((display_name(case, member) for member in voice.members), "or")
    first = display_name(case, voice.members[0])
    return f"{first} or one of {len(voice.members) - 1} others that mind alike"
