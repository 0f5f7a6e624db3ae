"""The finding on motives: by what each works in the model, and whether what one side wins by it the other loses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from detente.case.schema.coding import Coding
from detente.case.schema.response import MotivePathways
from detente.results.finding import Finding
from detente.rooms.acceptance.findings.text import Telling
from detente.rooms.acceptance.model.decision_makers import Council
from detente.rooms.acceptance.model.utility import Caring
from detente.rooms.gains.model.draws import Drawing
from detente.rooms.gains.model.model import Block, Run
from detente.text.english import cardinal, count_noun, join_words, lower_first
from detente.text.number_format import format_number

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

HALF = 0.5
CLEAR = 0.1
"""How far the index has to be from a half to be read."""
SMALL = 1e-6
OPPOSED, COMMON, NEITHER = "one loses what the other wins", "both win", "neither"


def zero_sum(one: float, other: float) -> float | None:
    """How far what one wins the other loses: 1 - |a + b| / (|a| + |b|), from 0 to 1; None where nothing is at stake.

    1 where all that one wins the other loses, 0 where both win or both lose, or only one is touched. The index is ours.
    """
    both = abs(one) + abs(other)
    return None if both < SMALL else 1 - abs(one + other) / both


def motives(tell: Telling) -> Finding | None:
    """Every motive worked out by itself, beside how it is coded; None where no motive says by what it works."""
    import polars as pl

    council = tell.council
    case = council.case
    working = {name: motive.works_by for name, motive in case.motives.items() if motive.works_by}
    if not working:
        return None
    drawing = Drawing(case, council.arena, 0)
    caring = Caring(council, council.model.block(drawing), drawing)
    rows: list[dict[str, object]] = []
    differ: list[str] = []
    compared = 0
    for name, by in working.items():
        coded, expected = _coded(council, name), _expected(council, name)
        read = []
        for run in council.runs:
            each = [_amount(caring, run, by, part) for part in _parts(by, run)]
            offers, answers = (sum(amount[side] for amount in each) for side in (0, 1))
            index = zero_sum(offers, answers)
            read.append(_reads(offers, answers, index))
            rows.append(
                {
                    "motive": case.motives[name].title,
                    "entry": name,
                    "works_by": _words(council, by),
                    "run": tell.way(run),
                    "offers": format_number(offers),
                    "answers": format_number(answers),
                    "index": "" if index is None else format_number(index),
                    "reads": read[-1],
                    "coded": ", ".join(coded),
                }
            )
        if expected and set(read) & {OPPOSED, COMMON}:
            compared += 1
            if expected not in read:
                differ.append(f"{name} ({join_words(dict.fromkeys(read), 'or')})")
    says = f"Of {count_noun(compared, 'motive')} that the model reads one way or the other, "
    if differ:
        says += f"it reads {cardinal(len(differ))} otherwise than they are coded first of all: {'; '.join(differ)}."
    else:
        says += "it reads all as they are coded first of all, in one form of the channel at least."
    if not compared:
        says = "The model reads no coded motive one way or the other."
    return Finding(
        id="motives",
        title="By motive: who wins what, and who loses it",
        says=f"{says} Which part of the model a motive works by, and with what sign, is our coding and no discovery.",
        see="What each side wins by a motive alone, on average, and the zero-sum index: 1 where one loses all that the "
        "other wins, 0 where neither does. Last, the documents' own coding, the first reading first.",
        table=pl.DataFrame(rows),
        headers={
            "works_by": "works by",
            "run": "the channel is run",
            "offers": f"{tell.offers} wins",
            "answers": f"{tell.answers} wins",
            "index": "zero-sum index",
            "reads": "reads as",
            "coded": "coded as",
        },
        links=("entry",),
        method=(
            "One mechanism at a time is switched on, and what it brings either side is added up over its members and "
            "averaged over draws. Parts of the gains: rerouting is what changes if as much gets done as before, "
            "efficiency what comes of getting more done, one voice what is won by answering as one rather than through "
            "the leading member. Where a motive works by rerouting alone and nothing is lost on longer ways, the index "
            "is 1 for any numbers; decay makes it less. It is read as opposed from .6 on, and as common up to .4 if "
            "both win; else as neither. A theory that minds relative gains expects the first, one of own gains alone "
            "the second. The index is ours."
        ),
        rests_on=tuple(working),
    )


def _reads(one: float, other: float, index: float | None) -> str:
    """What two amounts amount to."""
    if index is not None and index >= HALF + CLEAR:
        return OPPOSED
    return COMMON if index is not None and index <= HALF - CLEAR and min(one, other) > SMALL else NEITHER


def _expected(council: Council, motive: str) -> str:
    """What is expected of a motive by the theory that it is coded to first of all, as far as a lens stands for it."""
    case = council.case
    theories = [one.theory for one in _codings(council, motive) if one.level == "primary"]
    lenses = [lens for lens in case.lenses.values() if lens.theory in theories[:1]]
    if any(not lens.uses for lens in lenses):
        return COMMON
    used = [case.mechanisms[name].kind for lens in lenses for name in lens.uses if name in case.mechanisms]
    return OPPOSED if "relative" in used else ""


def _parts(by: MotivePathways, run: Run) -> Iterator[str]:
    yield from (part for part in by.gains if part != "one-voice" or run.form == "collegiate")
    yield from by.mechanisms


def _words(council: Council, by: MotivePathways) -> str:
    parts = [part.replace("-", " ") for part in by.gains]
    parts += [lower_first(council.case.mechanisms[name].title) for name in by.mechanisms]
    issues = join_words(lower_first(council.case.issues[name].title) for name in by.issues)
    return f"{join_words(parts)}{f', only on {issues}' if issues else ''}"


def _amount(caring: Caring, run: Run, by: MotivePathways, part: str) -> tuple[float, float]:
    """What a part of the model brings either side on average."""
    council, block = caring.council, caring.block
    if part in council.case.mechanisms:
        weighed = caring.weighed(run, council.base(run)).parts[part]
        if by.issues:
            on = [council.model.issues.index(name) for name in by.issues]
            weighed = caring.weighed_on(run, council.base(run)).parts[part][on].sum(axis=0)
        each = weighed.mean(axis=0)
        return _of_sides(
            council, {voice.actor: float(each[at]) for at, voice in reversed(list(enumerate(council.voices)))}
        )
    amount = (_gains(block, council, run, by, part) * caring.unit).mean(axis=0)
    return _of_sides(council, {at: float(amount[at]) for at in range(council.arena.n)})


def _gains(block: Block, council: Council, run: Run, by: MotivePathways, part: str) -> Floats:
    """What one part of the gains brings every actor, shape (draws, actors)."""
    base = council.base(run)
    mixture, before = block.mixtures[run], block.mixtures[base]
    chosen = [council.model.issues.index(name) for name in by.issues] or list(range(len(council.model.issues)))
    own = before.values(block.on_graphs, None)
    rerouted = mixture.values(block.on_graphs, own, before.efficiency) - own
    all_of_it = block.values[run] - block.values[base]
    if part == "rerouting":
        found: Floats = rerouted[chosen].sum(axis=0)
    elif part == "efficiency":
        found = (all_of_it - rerouted)[chosen].sum(axis=0)
    elif part == "link-costs":
        found = block.costs[base] - block.costs[run]
    else:
        hub = council.model.run_of(council.channel, "hub")
        led = block.mixtures[hub].values(block.on_graphs, own, before.efficiency) - own
        found = (rerouted - led)[chosen].sum(axis=0)
    return found


def _of_sides(council: Council, amounts: dict[int, float]) -> tuple[float, float]:
    """What either side has of amounts by actor: the side that offers first."""
    one, other = (
        sum(amounts[actor] for actor in {council.voices[at].actor for at in council.chambers[side][1]})
        for side in council.sides
    )
    return one, other


def _coded(council: Council, motive: str) -> list[str]:
    """How a motive is coded by the coders of tables, the first reading first."""
    names = council.case.theories
    ordered = sorted(_codings(council, motive), key=lambda one: one.level != "primary")
    return [f"{names[one.theory].name}{'' if one.level == 'primary' else ' besides'}" for one in ordered]


def _codings(council: Council, motive: str) -> list[Coding]:
    """The codings of a motive by the coders of tables."""
    case = council.case
    coders = {table.coder for table in case.tables.values() if motive in table.motives}
    levels = ("primary", "secondary")
    return [one for one in case.codings if one.unit == motive and one.level in levels and one.coder in coders]
