"""The answer of the rules room, its tile, and what it assumes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from detente.case.entries import inputs
from detente.rules.docket import Docket
from detente.rules.ranking import Ranked, ranked
from detente.rules.reasons import Words, states_words
from detente.section import Tile
from detente.words import capital, count, listed


def answer(docket: Docket, words: Words) -> str:
    """What the rules leave open now, what they stop, and how much of that rests on no rule."""
    rows = _offered(docket)
    free = [row for row in rows if row.open]
    stopped = [row for row in rows if not row.open]
    says = f"By the rules of {docket.now.shown}, {_of(len(free), len(rows))} open from bloc to bloc"
    says += f"; {_told(stopped)}." if stopped else "."
    if silent := sum(bool(row.silent) for row in free):
        says += f" For {silent} of the open ones no rule of one side or the other is known to speak of it."
    return f"{says} Nobody need want what the rules leave open: of that they say nothing."


def _of(n: int, total: int) -> str:
    return f"{n or 'none'} of the {total} proposals {'is' if n < 2 else 'are'}"


def _offered(docket: Docket) -> list[Ranked]:
    """The proposals that were offered, as ranked; all of them if none was."""
    rows = ranked(docket)
    return [row for row in rows if docket.case.proposals[row.name].standing == "offered"] or rows


def _told(rows: list[Ranked]) -> str:
    counts = Counter(states_words(row.held.states()) for row in rows)
    return listed(f"{n} {'is' if n == 1 else 'are'} {state}" for state, n in counts.items())


def brief(docket: Docket, words: Words) -> str:
    """The answer for the first screen: whether the rules stood in the way."""
    rows = _offered(docket)
    barred = sum(docket.bloc(row.name).states()[0] == "barred" for row in rows)
    of = f"the {len(rows)} proposals"
    stop = f"The rules bar {barred} of {of}" if barred else f"The rules of neither side bar any of {of}"
    free = sum(row.open for row in rows)
    return f"{stop}; by the rules of {docket.now.shown} {_of(free, len(rows))} open from bloc to bloc."


def tile(docket: Docket, words: Words) -> Tile:
    """The first screen in a few words."""
    rows = _offered(docket)
    counts = Counter(states_words(row.held.states()) for row in rows)
    rest = listed(f"{n} {state}" for state, n in counts.items() if state != "open")
    return Tile("What the rules allow", f"{counts['open']} of {len(rows)} proposals open", rest)


def assumptions(docket: Docket, words: Words) -> Iterator[str]:
    """What was assumed without the case saying so."""
    case = docket.case
    if len(case.sides) != 2:
        first, second = (words.name(party) for party in docket.parties)
        yield f"That the case is about {first} and {second}, the two of its latest offer; declare sides: to say so."
    for party in docket.parties:
        if case.organisations[party].otherwise is None:
            name = words.name(party)
            yield f"That one cannot tell what {name} may do where none of its rules applies: it declares no otherwise:."
    undated = [name for name, rule in case.rules.items() if rule.effects and rule.during is None]
    if undated:
        many = f"{count(len(undated), 'rule')} without a date {_were(undated)}"
        yield f"That {many} in force throughout: {listed(undated)}."
    presumed = [name for name, part in case.attributes.items() if part.presumed]
    if presumed:
        told = listed(f"{name} {case.attributes[name].presumed}" for name in presumed)
        yield f"Of every proposal that does not say: {told}."
    ours = [i for i in inputs(case) if i.kind == "attribute" and not i.sourced]
    if ours:
        yield f"{capital(count(len(ours), 'attribute'))} of proposals, each for the reason it gives."
    yield "That a state may do what no rule forbids it, by the Lotus judgment."


def _were(items: list[str]) -> str:
    return "was" if len(items) == 1 else "were"
