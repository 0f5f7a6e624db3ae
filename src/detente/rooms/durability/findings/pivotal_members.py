"""The finding on whose concern for relative gains decides in each game."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.case.index.by_year import display_name
from detente.case.schema.case import Case
from detente.results.finding import Finding
from detente.results.table import Column, make_table
from detente.rooms.durability.findings.columns import SHARE
from detente.rooms.durability.findings.text import MOST_NAMES, members_phrase
from detente.rooms.durability.model.pivotal_members import GamePivots, PivotalVoice, SidePivots
from detente.text.english import cardinal, join_words, lower_first, upper_first, without_article
from detente.text.issue_lists import on_titles
from detente.text.shares import frequency_phrase

MOST_ANSWER_WORDS = 6
COLUMNS = (
    Column("game", "issue"),
    Column("side"),
    Column("member"),
    Column("concern", "minds the other's lead by, on average", "decimals", "times the other's lead"),
    Column("pivotal", "its concern decides, of 100", "of_100", SHARE),
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
        place="detail",
        question="Whose concern about the other's gains decides",
        short_answer=_short_answer(_alike(concerned, case), case),
    )


def _short_answer(groups: Sequence[tuple[list[str], GamePivots]], case: Case) -> str:
    """The member on either side, or how many cannot be told apart."""
    if len(groups) > 1:
        return "that differs by issue"
    sides = [side for side in groups[0][1].sides if side.voices]
    names = [_short_name(side, case) for side in sorted(sides, key=lambda side: len(side.leading_members))]
    if all(len(side.leading_members) > 1 for side in sides):
        return "the model cannot say"
    told = join_words(names)
    return told if len(told.split()) <= MOST_ANSWER_WORDS else "see below"


def _short_name(side: SidePivots, case: Case) -> str:
    members = side.leading_members
    return without_article(display_name(case, members[0])) if len(members) == 1 else f"one of {cardinal(len(members))}"


def pivotal_sentences(games: Sequence[GamePivots], case: Case) -> str:
    """On whom it depends most often on either side, told once for all games that are alike; nothing if nobody minds."""
    groups = _alike(games, case)
    sentences = ["A side minds the other's gains as much as the member that decides."] if groups else []
    for titles, game in groups[:2]:
        place = "" if len(titles) == len(games) else f"{upper_first(on_titles([*map(lower_first, titles)]))}: "
        sentences += [f"{place}{_side_sentence(side, case)}" for side in game.sides if side.voices]
    if len(groups) > 2:
        sentences.append("Other issues are in the table.")
    return " ".join(sentences)


def _side_sentence(side: SidePivots, case: Case) -> str:
    """Who decides for a side, and how often."""
    name, members = display_name(case, side.side), side.leading_members
    share = frequency_phrase(side.leading_share)
    if members == (side.side,):
        return f"For {name} that is {name} itself, {share}."
    sentence = f"For {name} that is {members_phrase(members, case)}, {share}"
    if len(members) == 1:
        return f"{sentence}."
    reason = "we gave them the same estimate" if side.has_one_estimate else "the model cannot rank them"
    return f"{sentence}; {reason}."


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


def _rows(games: Sequence[GamePivots], case: Case) -> Iterator[dict[str, object]]:
    for titles, game in _alike(games, case):
        for side in game.sides:
            for voice in side.voices:
                yield {
                    "game": "every issue" if len(titles) == len(games) else join_words(titles),
                    "side": display_name(case, side.side),
                    "member": _voice_name(voice, case),
                    "concern": voice.mean_concern,
                    "pivotal": voice.pivotal_share,
                }


def _voice_name(voice: PivotalVoice, case: Case) -> str:
    """One member or a few by name; of more that mind alike, how many they are."""
    if len(voice.members) <= MOST_NAMES:
        return join_words((display_name(case, member) for member in voice.members), "or")
    return f"one of {len(voice.members)} members who mind alike"
