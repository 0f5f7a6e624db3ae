"""The answer of the rules room, its tile, and what it assumes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from detente.results.finding import Tile
from detente.rooms.rules.findings.feasibility_ranking import Ranked, ranked
from detente.rooms.rules.findings.rule_coverage import heaviest
from detente.rooms.rules.findings.text import Words, states_words
from detente.rooms.rules.findings.work_limits import left_out
from detente.rooms.rules.model.build_rulebooks import things
from detente.rooms.rules.model.docket import Docket
from detente.rooms.rules.model.rule_dependence import Without
from detente.text.dates import format_date
from detente.text.english import capital, count, listed


def answer(docket: Docket, loaded: Sequence[Without] | None) -> str:
    """What the rules leave open now, what they stop, and how much of that rests on no rule, or on one."""
    rows = _offered(docket)
    stopped = [row for row in rows if not row.open]
    free = [row.name for row in rows if row.open]
    says = f"By the rules of {format_date(docket.now)}, {_of(len(free), len(rows))} open from bloc to bloc"
    says += f"; {_told(stopped)}." if stopped else "."
    doubts = []
    if (most := heaviest(loaded)) and (left := [name for name in free if name not in most.lost]) != free:
        doubts.append(f"without {most.id} alone it would be {len(left) or 'none'}")
    if (left := [name for name in free if _permitted(docket, name)]) != free:
        doubts.append(f"if what no rule permits were not open, {len(left) or 'none'}")
    says += f" That is fragile: {'; '.join(doubts)}." if doubts else ""
    others = [row.name for row in ranked(docket) if row not in rows and "barred" in row.held.states()]
    if others:
        says += (
            f" Barred, by one source at least, {'is' if len(others) == 1 else 'are'} {listed(others)}, never offered."
        )
    return f"{says} Nobody need want what the rules leave open: of that they say nothing."


def _permitted(docket: Docket, name: str) -> bool:
    """Whether some rule of either side permits it: none of its open verdicts rests on silence."""
    return all(ruling.verdict.rules for ruling in docket.bloc(name, docket.now).rulings)


def _of(n: int, total: int) -> str:
    return f"{n or 'none'} of the {total} proposals {'is' if n < 2 else 'are'}"


def _offered(docket: Docket) -> list[Ranked]:
    """The proposals that were offered, as ranked; all of them if none was."""
    rows = ranked(docket)
    return [row for row in rows if docket.case.proposals[row.name].standing == "offered"] or rows


def _told(rows: list[Ranked]) -> str:
    counts = Counter(states_words(row.held.states()) for row in rows)
    return listed(f"{n} {'is' if n == 1 else 'are'} {state}" for state, n in counts.items())


def brief(docket: Docket, loaded: Sequence[Without] | None) -> str:
    """The answer for the first screen: whether the rules stood in the way, and how much hangs on one of them."""
    rows = _offered(docket)
    barred = sum(docket.bloc(row.name).states()[0] == "barred" for row in rows)
    of = f"the {count(len(rows), 'proposal')}"
    says = f"The rules bar {barred} of {of}" if barred else f"The rules of neither side bar any of {of}"
    free = [row.name for row in rows if row.open]
    says += f"; those of {format_date(docket.now)} leave {len(free) or 'none'} open from bloc to bloc"
    hanging = _hanging(loaded, free)
    return f"{says}, {hanging[1]} of them by one rule alone ({hanging[0]})." if hanging else f"{says}."


def _hanging(loaded: Sequence[Without] | None, free: Sequence[str]) -> tuple[str, int] | None:
    """The rule on which most of these open verdicts hang alone, and how many do."""
    most = heaviest(loaded)
    lost = [name for name in free if most and name in most.lost]
    return (most.id, len(lost)) if most and lost else None


def tile(docket: Docket, loaded: Sequence[Without] | None) -> Tile:
    """The first screen in a few words."""
    rows = _offered(docket)
    counts = Counter(states_words(row.held.states()) for row in rows)
    rest = listed(f"{n} {state}" for state, n in counts.items() if state != "open")
    hanging = _hanging(loaded, [row.name for row in rows if row.open])
    note = "; ".join(text for text in (rest, f"fragile, {hanging[1]} hang on one rule" if hanging else "") if text)
    return Tile("What the rules allow", f"{counts['open']} of {len(rows)} proposals open", note)


def assumptions(docket: Docket, words: Words, loaded: Sequence[Without] | None) -> Iterator[str]:
    """What was assumed without the case saying so, and what was left out because it would be too much."""
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
    ours = sum(bool(q.because) for p in case.proposals.values() for _, its in things(p) for q in its.values())
    if ours:
        yield f"{capital(count(ours, 'attribute'))} of proposals, which are our reading, each for the reason it gives."
    yield "That a state may do what no rule forbids it, by the Lotus judgment."
    yield from left_out(docket, loaded)


def _were(items: list[str]) -> str:
    return "was" if len(items) == 1 else "were"
