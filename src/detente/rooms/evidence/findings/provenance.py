"""The trail from a verdict to its motives, their codings and the passages, and back: for `detente explain`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from detente.case.entries.entries import coding_ids
from detente.case.schema.case import Case
from detente.case.schema.coding import Argument, Coding, Passage
from detente.results.finding import ProvenanceStep
from detente.rooms.evidence.findings.text import code_phrase, route_label, verdict_phrase
from detente.rooms.evidence.model.coding_routes import LatestCodings, index_latest_codings
from detente.rooms.evidence.model.congruence_tables import CongruenceTest, run_congruence_test, verdict_robustness


def evidence_trail(case: Case, id: str) -> list[ProvenanceStep]:
    """The trails that an id lies on, from the verdict down; empty where it lies on none.

    What lies above the id is given as the way to it, what lies beneath it in full.
    """
    latest_codings = index_latest_codings(case)
    if len(case.theories) < 2:
        return []
    table_steps = [
        _table_step(case, latest_codings, run_congruence_test(case, latest_codings, name, part))
        for name, part in case.tables.items()
    ]
    if id in case.verdicts:
        targets = case.verdicts[id].about
        beneath = [pruned for table in table_steps for target in targets if (pruned := _prune_to(table, target))]
        return [ProvenanceStep(id, case.verdicts[id].says, tuple(beneath))] if beneath else []
    return [pruned for table in table_steps if (pruned := _prune_to(table, id))]


def _prune_to(step: ProvenanceStep, id: str) -> ProvenanceStep | None:
    """The way to an id and all beneath it; None if it does not lie beneath this step."""
    if step.id == id:
        return step
    beneath = tuple(pruned for inner_step in step.beneath if (pruned := _prune_to(inner_step, id)))
    return replace(step, beneath=beneath) if beneath else None


def _table_step(case: Case, latest_codings: LatestCodings, test: CongruenceTest) -> ProvenanceStep:
    clues = [ProvenanceStep(name, f"clue: {clue.says}") for name, clue in case.clues.items() if clue.table == test.id]
    motives = [_motive_step(case, latest_codings, test, motive) for motive in test.table.motives]
    standing_words = "" if test.main_tally.leader is None else f", {verdict_robustness(test)}"
    return ProvenanceStep(
        test.id, f"{test.table.title}: {verdict_phrase(case, test.main_tally)}{standing_words}", (*motives, *clues)
    )


def _motive_step(case: Case, latest_codings: LatestCodings, test: CongruenceTest, motive: str) -> ProvenanceStep:
    readings = "; ".join(
        f"{code_phrase(case, route.codes[motive])} by {route_label(case, route)}"
        for route in test.routes
        if motive in route.codes
    )
    steps = list(_coding_steps(case, latest_codings, motive))
    parts: dict[str, Passage | Argument] = {**case.passages, **case.arguments}
    for name, part in parts.items():
        if part.motive == motive:
            kind = "passage" if name in case.passages else "argument"
            steps.append(
                ProvenanceStep(
                    name, f"{kind}: {part.says or 'see its place'}", tuple(_coding_steps(case, latest_codings, name))
                )
            )
    return ProvenanceStep(motive, f"{case.motives[motive].title}: {readings or 'not coded'}", tuple(steps))


def _coding_steps(case: Case, latest_codings: LatestCodings, unit: str) -> Iterator[ProvenanceStep]:
    """The codings of a unit, those that no longer count said to be so."""
    counted_ids = {name for key, codings in latest_codings.items() if key[1] == unit for name, _ in codings}
    for name, coding in zip(coding_ids(case), case.codings, strict=True):
        if coding.unit == unit:
            yield ProvenanceStep(
                name, _coding_words(case, coding) + ("" if name in counted_ids else " (coded again since)")
            )


def _coding_words(case: Case, coding: Coding) -> str:
    code_text = coding.level or " ".join(word for word in (coding.strength, coding.direction) if word)
    because = f", because {coding.because}" if coding.because else ""
    return f"{code_text} {case.theories[coding.theory].name}, {case.coders[coding.coder].name}{because}"
