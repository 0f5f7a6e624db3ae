"""What the evidence room finds wrong in a case."""

from __future__ import annotations

from collections.abc import Iterator

from detente.case.schema import Case
from detente.case.validating import Fault


def problems(case: Case) -> Iterator[Fault]:
    """Codings that contradict each other, tables and settings that cannot be tallied."""
    primary: dict[tuple[str, str], int] = {}
    seen: dict[tuple[str, str, str], int] = {}
    for index, coding in enumerate(case.codings):
        if coding.level is None:
            continue
        triple = (coding.unit, coding.theory, coding.coder)
        if triple in seen:
            twice = f"'{coding.coder}' codes '{coding.unit}' to '{coding.theory}' twice"
            yield Fault(("codings", index), twice, f"it stands first as codings.{seen[triple]}; keep one")
            continue
        seen[triple] = index
        pair = (coding.unit, coding.coder)
        if coding.level == "primary" and pair in primary:
            twice = f"'{coding.coder}' gives '{coding.unit}' two primary theories"
            yield Fault(
                ("codings", index, "level"), twice, f"codings.{primary[pair]} is primary too; make one secondary"
            )
        elif coding.level == "primary":
            primary[pair] = index
        if coding.direction == "against":
            yield Fault(
                ("codings", index, "direction"), "a coding with a level speaks for its theory", "leave level out"
            )
    for name, table in case.tables.items():
        for index, motive in enumerate(table.motives):
            if motive in table.motives[:index]:
                yield Fault(
                    ("tables", name, "motives", index), f"'{motive}' stands twice in this table", "count it once"
                )
        if not table.motives:
            yield Fault(("tables", name, "motives"), "a table needs at least one motive")
    low, high = case.evidence.secondary.bounds
    if low < 0 or high > 1:
        yield Fault(("evidence", "secondary"), "a secondary reading counts between 0 and 1", "0 leaves it out")
    for name, part in case.motives.items():
        if part.weight and part.weight.bounds[0] < 0:
            remedy = "0 leaves the motive out; a normal distribution reaches below 0, a lognormal one does not"
            yield Fault(("motives", name, "weight"), "a weight is 0 or more", remedy)
