"""The finding on motives: by what each works in the model, and whether what one side wins by it the other loses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from detente.case.acceptance import Workings
from detente.channels.drawing import Drawing
from detente.channels.gains import Block, Run
from detente.channels.response.caring import Caring, Weighed
from detente.channels.response.council import Council
from detente.channels.response.telling import Telling
from detente.section import Finding
from detente.words import count, listed, number

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

HALF = 0.5
SMALL = 1e-6


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
    rows, differ, compared = [], [], 0
    for name, by in working.items():
        for run in council.runs:
            each = [_amount(caring, run, by, part) for part in _parts(by)]
            offers, answers = (sum(amount[side] for amount in each) for side in (0, 1))
            index = zero_sum(offers, answers)
            reads = "" if index is None else "realist" if index > HALF else "liberal"
            coded = _coded(council, name)
            if reads and coded:
                compared += 1
                if not any(reads[:4] in one.lower() for one in coded[:1]):
                    differ.append(f"{name} ({reads} here{f', {tell.form(run)}' if len(council.runs) > 1 else ''})")
            rows.append(
                {
                    "motive": case.motives[name].title,
                    "entry": name,
                    "works_by": listed(_words(council, by)),
                    "run": tell.way(run),
                    "offers": number(offers),
                    "answers": number(answers),
                    "index": "" if index is None else number(index),
                    "reads": reads or "nothing at stake",
                    "coded": ", ".join(coded),
                }
            )
    says = f"Of {count(compared, 'motive worked out', 'motives worked out, by form,')} {len(differ)} "
    says += f"read otherwise than they are coded: {'; '.join(differ)}." if differ else "read otherwise than coded."
    return Finding(
        id="motives",
        title="By motive: who wins what, and who loses it",
        says=f"{says} Which part of the model a motive works by, and with what sign, is our coding and no discovery.",
        see="What each side wins by a motive alone, on average; the index is 1 where one loses what the other wins, "
        "and "
        "0 where neither does; above a half it reads as realist. Last, the documents' own coding, the first reading "
        "first.",
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
            "the leading member. What one wins is divided and not made where it works by rerouting alone and nothing "
            "is lost on longer ways: then the index is 1 for any numbers. The index is ours."
        ),
        rests_on=tuple(working),
    )


def _parts(by: Workings) -> Iterator[str]:
    yield from by.gains
    yield from by.mechanisms


def _words(council: Council, by: Workings) -> Iterator[str]:
    yield from (part.replace("-", " ") for part in by.gains)
    yield from (council.case.mechanisms[name].title.lower() for name in by.mechanisms)
    if by.issues:
        yield f"on {listed(council.case.issues[name].title.lower() for name in by.issues)} only"


def _amount(caring: Caring, run: Run, by: Workings, part: str) -> tuple[float, float]:
    """What a part of the model brings either side on average."""
    council, block = caring.council, caring.block
    if part in council.case.mechanisms:
        weighed: Weighed = caring.weighed(run, council.base(run))
        each = weighed.parts[part].mean(axis=0)
        return _of_sides(
            council, {voice.actor: float(each[at]) for at, voice in reversed(list(enumerate(council.voices)))}
        )
    amount = _gains(block, council, run, by, part).mean(axis=0)
    return _of_sides(council, {at: float(amount[at]) for at in range(council.arena.n)})


def _gains(block: Block, council: Council, run: Run, by: Workings, part: str) -> Floats:
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
        hub, as_one = (council.model.run_of(council.channel, form) for form in ("hub", "collegiate"))
        found = (block.values[as_one] - block.values[hub])[chosen].sum(axis=0)
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
    case = council.case
    coders = {table.coder for table in case.tables.values() if motive in table.motives}
    codings = [
        one
        for one in case.codings
        if one.unit == motive and one.level in ("primary", "secondary") and one.coder in coders
    ]
    ordered = sorted(codings, key=lambda one: one.level != "primary")
    return [f"{case.theories[one.theory].name}{'' if one.level == 'primary' else ' besides'}" for one in ordered]
