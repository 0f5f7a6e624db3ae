"""The trail from a verdict to its motives, their codings and the passages, and back: for `detente explain`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from detente.case.index.entries import coding_ids
from detente.case.schema.case import Case
from detente.case.schema.coding import Argument, Coding, Passage
from detente.results.finding import Step
from detente.rooms.evidence.model.coding_routes import Current, code_words, current, label
from detente.rooms.evidence.model.congruence_tables import Tested, brief, standing, tested_table


def trail(case: Case, id: str) -> list[Step]:
    """The trails that an id lies on, from the verdict down; empty where it lies on none.

    What lies above the id is given as the way to it, what lies beneath it in full.
    """
    counting = current(case)
    if len(case.theories) < 2:
        return []
    tables = [_table(case, counting, tested_table(case, counting, name, part)) for name, part in case.tables.items()]
    if id in case.verdicts:
        about = case.verdicts[id].about
        beneath = [found for table in tables for target in about if (found := _pruned(table, target))]
        return [Step(id, case.verdicts[id].says, tuple(beneath))] if beneath else []
    return [found for table in tables if (found := _pruned(table, id))]


def _pruned(step: Step, id: str) -> Step | None:
    """The way to an id and all beneath it; None if it does not lie beneath this step."""
    if step.id == id:
        return step
    beneath = tuple(found for inner in step.beneath if (found := _pruned(inner, id)))
    return replace(step, beneath=beneath) if beneath else None


def _table(case: Case, counting: Current, test: Tested) -> Step:
    clues = [Step(name, f"clue: {clue.says}") for name, clue in case.clues.items() if clue.table == test.id]
    motives = [_motive(case, counting, test, motive) for motive in test.table.motives]
    standing_words = "" if test.main.leader is None else f", {standing(test)}"
    return Step(test.id, f"{test.table.title}: {brief(case, test.main)}{standing_words}", (*motives, *clues))


def _motive(case: Case, counting: Current, test: Tested, motive: str) -> Step:
    read = "; ".join(
        f"{code_words(case, route.codes[motive])} by {label(case, route)}"
        for route in test.routes
        if motive in route.codes
    )
    steps = list(_codings(case, counting, motive))
    parts: dict[str, Passage | Argument] = {**case.passages, **case.arguments}
    for name, part in parts.items():
        if part.motive == motive:
            kind = "passage" if name in case.passages else "argument"
            steps.append(Step(name, f"{kind}: {part.says or 'see its place'}", tuple(_codings(case, counting, name))))
    return Step(motive, f"{case.motives[motive].title}: {read or 'not coded'}", tuple(steps))


def _codings(case: Case, counting: Current, unit: str) -> Iterator[Step]:
    """The codings of a unit, those that no longer count said to be so."""
    counted = {name for key, held in counting.items() if key[1] == unit for name, _ in held}
    for name, coding in zip(coding_ids(case), case.codings, strict=True):
        if coding.unit == unit:
            yield Step(name, _coding_words(case, coding) + ("" if name in counted else " (coded again since)"))


def _coding_words(case: Case, coding: Coding) -> str:
    how = coding.level or " ".join(word for word in (coding.strength, coding.direction) if word)
    because = f", because {coding.because}" if coding.because else ""
    return f"{how} {case.theories[coding.theory].name}, {case.coders[coding.coder].name}{because}"
