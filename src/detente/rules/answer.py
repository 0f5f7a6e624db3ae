"""The answer of the rules room, its tile, and what it assumes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from detente.case.entries import inputs
from detente.rules.competence import ORDER
from detente.rules.docket import Docket
from detente.rules.ranking import ranked
from detente.rules.reasons import Words, states_words
from detente.section import Tile
from detente.words import capital, count, listed


def answer(docket: Docket, words: Words) -> str:
    """What the rules leave open now, what they stop, and how much of that rests on no rule."""
    rows = ranked(docket)
    free = [row for row in rows if row.open]
    stopped = [row for row in rows if not row.open]
    says = f"By the rules of {docket.now.shown}, {len(free)} of {len(rows)} proposals are open from bloc to bloc"
    says += f"; {_told(docket, stopped)}." if stopped else "."
    silent = [row for row in free if row.silent]
    if silent:
        says += f" For {len(silent)} of the open ones no rule of one side or the other is known that applies."
    says += " What the rules leave open nobody need want: that they do not say."
    return says


def _told(docket: Docket, rows: list) -> str:  # type: ignore[type-arg]
    counts = Counter(states_words(row.held.states()) for row in rows)
    order = sorted(counts, key=lambda state: ORDER.index(state.split(" or ")[0]))  # type: ignore[arg-type]
    return listed(f"{counts[state]} {'is' if counts[state] == 1 else 'are'} {state}" for state in order)


def brief(docket: Docket, words: Words) -> str:
    """The answer for the first screen: how far the rules explain what was refused."""
    offered = [name for name in docket.proposals if docket.case.proposals[name].standing == "offered"]
    barred = [name for name in offered if docket.bloc(name).states()[0] == "barred"]
    now = [name for name in offered if docket.bloc(name, docket.now).states() == ("open",)]
    stop = f"The rules of neither side bar any of the {len(offered)} proposals" if not barred else (
        f"The rules bar {len(barred)} of the {len(offered)} proposals"
    )
    return f"{stop}, and by those of {docket.now.shown} leave {len(now)} open from bloc to bloc."


def tile(docket: Docket, words: Words) -> Tile:
    """The first screen in a few words."""
    rows = ranked(docket)
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
        yield f"That {count(len(undated), 'rule')} without a date {_were(undated)} in force throughout: {listed(undated)}."
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
