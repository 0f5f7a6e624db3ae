"""The finding on what is left of a verdict without each source and each speaker."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from detente.case.schema.base import Claim
from detente.case.schema.case import Case
from detente.methods.inference.bayesian_updating import posterior
from detente.methods.inference.congruence import Code
from detente.results.finding import Finding, Robustness
from detente.rooms.evidence.model.coding_routes import Current, motive_of, rolled_up
from detente.rooms.evidence.model.congruence_tables import Tested, sums, tally_of
from detente.rooms.evidence.model.likelihoods import correlations, gather, passage_coders
from detente.text.english import count, listed

METHOD = (
    "Each document, each reference that a passage cites, and each speaker whose words a passage or argument reports "
    "is left out in turn. A motive stays in the table as long as anything that is adduced for it comes from "
    "elsewhere; readings from passages, and the weight of evidence, are made anew from the passages that are left. A "
    "source that everything comes from cannot be left out: that is said, not computed. Called fragile if leaving out "
    "one changes the verdict or leaves nothing."
)


def without_each(case: Case, counting: Current, test: Tested) -> Finding | None:
    """The verdict without each source and speaker; None if nothing says where it is from."""
    import polars as pl

    units = _units(case, test)
    origins = {unit: set(_origins(case, part)) for unit, part in units.items()}
    named = sorted(set(chain.from_iterable(origins.values())))
    if not named:
        return None
    coder = next(iter(passage_coders(case, counting, test.table)), None)
    records, moved, total = [], [], []
    for origin in named:
        gone = frozenset(unit for unit, its in origins.items() if origin in its)
        codes = _left(case, test, origins, origin)
        verdict = tally_of(case, test.table, codes)
        record: dict[str, object] = {"without": origin[1], "kind": origin[0], "loses": len(gone)}
        if not codes:
            total.append(origin[1])
            records.append(record | {"motives_left": 0, "verdict": "nothing is left", "sums": ""})
            continue
        record |= {
            "motives_left": len(codes),
            "verdict": case.theories[verdict.leader].name if verdict.leader else "tie",
            "sums": sums(verdict),
        }
        if coder:
            again = tally_of(case, test.table, rolled_up(case, counting, coder, test.table, without=gone).codes)
            record["from_passages"] = f"{case.theories[again.leader].name if again.leader else 'tie'}, {sums(again)}"
        evidence = gather(case, counting, test.id, without=gone)
        if evidence:
            after = posterior(evidence.prior, evidence.pieces, correlations(case))
            record["most_probable"] = case.hypotheses[max(after, key=lambda h: after[h])].name
        moved += [origin[1]] if verdict.leader != test.main.leader else []
        records.append(record)
    return Finding(
        id=f"{test.id}-without",
        title=f"{test.table.title}: without each source and speaker",
        says=_words(test, records, moved, total),
        see="What is left of the table, of its reading from passages, and of the weight of evidence without each.",
        table=pl.DataFrame(records),
        links=("without",),
        method=METHOD,
        rests_on=(test.id, *(name for name in dict.fromkeys(n for _, n in named) if name in case.documents), *units),
        robustness=Robustness("tie" if test.main.leader is None else "fragile" if moved or total else "robust"),
    )


def _units(case: Case, test: Tested) -> dict[str, Claim]:
    """Everything adduced for the motives of a table: arguments, passages, clues."""
    found: dict[str, Claim] = {}
    for name, part in chain(case.passages.items(), case.arguments.items()):
        if motive_of(case, name) in test.table.motives:
            found[name] = part
    return found | {name: clue for name, clue in case.clues.items() if clue.table == test.id}


def _origins(case: Case, part: Claim) -> Iterator[tuple[str, str]]:
    for at in part.at:
        yield "document", at.document
        if at.ref:
            yield "reference", f"{at.document}, its reference {at.ref}"
    if speaker := getattr(part, "speaker", None):
        yield "speaker", speaker


def _left(
    case: Case, test: Tested, origins: dict[str, set[tuple[str, str]]], without: tuple[str, str]
) -> dict[str, Code]:
    """The readings of the motives that something else than this origin still bears out."""
    codes = {}
    for motive, code in test.routes[0].codes.items():
        units = [its for unit, its in origins.items() if motive_of(case, unit) == motive]
        if any(without not in its for its in units) or not units:
            codes[motive] = code
    return codes


def _words(test: Tested, records: list[dict[str, object]], moved: list[str], total: list[str]) -> str:
    words = []
    if total:
        words.append(f"Everything adduced for these motives comes from {listed(total)}: without it nothing is left.")
    others = len(records) - len(total)
    if moved:
        words.append(f"The verdict changes without {listed(moved, 'or')}.")
    elif others:
        others_named = f"any one of {count(others, 'other')}" if total else f"any one of {count(others, 'origin')}"
        words.append(
            f"It stays the same without {'the only other that is named' if total and others == 1 else others_named}."
        )
    references, speakers = (sum(r["kind"] == kind for r in records) for kind in ("reference", "speaker"))
    marked = listed([count(references, "reference"), count(speakers, "speaker")])
    words.append(f"What is adduced names {marked}, and a motive falls only with all that is adduced for it.")
    return " ".join(words)
