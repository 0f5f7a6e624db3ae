"""The findings on who reads the motives how: the verdict by every route, and how far coders agree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Any

from detente.case.schema import Case
from detente.evidence.congruence import Code
from detente.evidence.fragility import flip
from detente.evidence.rollup import majority
from detente.evidence.routes import Current, Route, code_words, coded_motives, label, motive_of, rolled_up, worth
from detente.evidence.tested import Tested, brief, rows_of, sums, tally_of
from detente.section import Finding, Robustness
from detente.words import capital, count, listed, number, sentence

if TYPE_CHECKING:
    from numpy.typing import NDArray

MOST_COMBINED = 6
"""Coders up to whom every combination is tallied."""
RULES = {"net": "by what passages are worth", "count": "by their number"}
ROUTES = (
    "Each route to the same motives is tallied like the table itself. A motive is rolled up from its passages by the "
    "rule of the case: for each theory what speaks for it less what speaks against it; the theory left with most "
    "comes first. A majority reading is what more than half of the coders agree on; motives without one count for no "
    "theory. Agreement between an author's table and a reader's coding of the same author's text is agreement of "
    "routes. It is not reliability, which takes a second reader of the same units. The roll-up rules are ours."
)
RELIABILITY = (
    "Krippendorff's alpha (Krippendorff 2011), with a 95 % percentile bootstrap over units (10,000 resamples, seed "
    "1); Cohen's kappa (1960) for two coders, Fleiss' (1971) for more. Only persons are counted as readers of their "
    "own; adjudicators, documents and programs are not. A theory that a coder does not name for a unit he coded is "
    "coded as nothing. Ordinal differences are ranks: of the level for motives, of what a passage is worth for "
    "passages. Fewer than 30 units are called few."
)


def by_route(case: Case, counting: Current, test: Tested) -> Finding:
    """The verdict under each coder and level, and under each combination of majority."""
    import polars as pl

    own = test.routes[0]
    records = [_record(case, test, "route", label(case, route), route.codes) for route in test.routes]
    for route in test.routes:
        if route.kind == "passages":
            other = next(rule for rule in RULES if rule != case.evidence.roll_up)
            again = rolled_up(case, counting, route.coder, test.table, other)
            records.append(_record(case, test, "route", f"{label(case, route)}, {RULES[other]}", again.codes))
    for coders, codes in _majorities(case, test):
        records.append(_record(case, test, "majority", listed(case.coders[coder].name for coder in coders), codes))
    leaders = {str(record["verdict"]) for record in records[1:]}
    own_verdict = str(records[0]["verdict"])
    kept = sum(record["verdict"] == own_verdict for record in records[1:])
    says = _routes_words(case, test) if len(test.routes) > 1 else f"Only {label(case, own)} reads these motives."
    if len(records) > 1:
        says += f" Of {count(len(records) - 1, 'other reading')} and majorities, {kept or 'none'} "
        says += f"{'gives' if kept < 2 else 'give'} the verdict of the table."
    standing = "robust" if leaders <= {own_verdict} else "moderate" if leaders <= {own_verdict, "tie"} else "fragile"
    if test.main.leader is None:
        standing = "tie"
    return Finding(
        id=f"{test.id}-routes",
        title=f"{test.table.title}: by whose reading",
        says=says,
        see="The verdict by each route, and by what the majority of each combination of coders reads.",
        table=pl.DataFrame(records),
        links=("differs_on",),
        method=ROUTES,
        rests_on=(test.id, *dict.fromkeys(id for route in test.routes for id in route.codings)),
        robustness=Robustness(standing) if len(records) > 1 else Robustness("descriptive"),  # type: ignore[arg-type]
    )


def _record(case: Case, test: Tested, what: str, who: str, codes: Mapping[str, Code]) -> dict[str, object]:
    found = tally_of(case, test.table, codes)
    overturned = flip(rows_of(case, test.table, codes), list(case.theories), found)
    own = test.routes[0].codes
    differs = [m for m in test.table.motives if m in codes and m in own and codes[m].primary != own[m].primary]
    return {
        "what": what,
        "read_by": who,
        "motives_coded": len(codes),
        "verdict": case.theories[found.leader].name if found.leader else "tie",
        "sums": sums(found),
        "flip_number": overturned.number if overturned else None,
        "differs_on": ", ".join(differs),
    }


def _routes_words(case: Case, test: Tested) -> str:
    """What the first other route says, and where it differs: the others stand in the table."""
    own, other = test.routes[0], test.routes[1]
    words = [f"{capital(label(case, other))}: {brief(case, tally_of(case, test.table, other.codes))}."]
    differing = [
        m for m in test.table.motives if m in other.codes and m in own.codes and own.codes[m] != other.codes[m]
    ]
    if not differing:
        return f"{words[0]} It reads every motive as the table does."
    there, here = own.codes, other.codes
    told = [
        f"{case.motives[m].title} ({m}), {code_words(case, there[m])} there, {code_words(case, here[m])} here"
        for m in differing
    ]
    words.append(f"It differs from the table on {count(len(differing), 'motive')}: {'; '.join(told)}.")
    if own.coder != other.coder and "document" in (case.coders[own.coder].kind, case.coders[other.coder].kind):
        words.append("These are two routes to one author's view; how reliable either is takes a second reader.")
    return " ".join(words)


def _majorities(case: Case, test: Tested) -> Iterator[tuple[tuple[str, ...], dict[str, Code]]]:
    """Each combination of two coders or more with what their majority reads; all together if there are too many."""
    by_coder: dict[str, Route] = {}
    for route in test.routes:
        if route.kind != "adjudicated":
            by_coder.setdefault(route.coder, route)
    sizes = range(2, len(by_coder) + 1) if len(by_coder) <= MOST_COMBINED else [len(by_coder)]
    for size in sizes:
        for coders in combinations(by_coder, size):
            codes = {}
            for motive in test.table.motives:
                read = [by_coder[c].codes[motive] for c in coders if motive in by_coder[c].codes]
                if read:
                    codes[motive] = majority(read)
            yield coders, codes


def reliability(case: Case, counting: Current, tested: Sequence[Tested]) -> Finding:
    """How far persons who read the same units agree: per table, level and theory."""
    import polars as pl

    records: list[dict[str, object]] = []
    rests: dict[str, None] = {}
    for test in tested:
        readers = _readers(case, counting, test)
        for level, ratings in readers.items():
            if len(ratings) > 1:
                records += _agreements(case, test, level, ratings)
                rests |= dict.fromkeys((test.id, *(unit for rated in ratings.values() for unit in rated)))
    records += _stability(case)
    return Finding(
        id="reliability",
        title="How reliable the codings are",
        says=_reliability_words(case, counting, tested, records),
        see="For each table, level and theory: how many units at least two persons coded, and how far they agree.",
        table=pl.DataFrame(records) if records else None,
        headers={"alpha": "Alpha, nominal", "alpha_ordinal": "Alpha, ordinal"},
        method=RELIABILITY,
        rests_on=tuple(rests),
    )


Ratings = dict[str, dict[str, Mapping[str, float]]]
"""By coder and unit, the value for each theory."""


def _readers(case: Case, counting: Current, test: Tested) -> dict[str, Ratings]:
    """What persons coded of a table: of its motives, and of their passages."""
    found: dict[str, Ratings] = {"motives": {}, "passages": {}}
    for coder, part in case.coders.items():
        if part.kind != "person" or part.adjudicates:
            continue
        for motive, code in coded_motives(counting, coder, test.table).codes.items():
            levels = dict.fromkeys(case.theories, 0.0) | dict.fromkeys(code.secondary, 1.0)
            found["motives"].setdefault(coder, {})[motive] = levels | ({code.primary: 2.0} if code.primary else {})
        for (who, unit), codings in counting.items():
            if who == coder and motive_of(case, unit) in test.table.motives:
                worths = {c.theory: worth(case, c) for _, c in codings}
                found["passages"].setdefault(coder, {})[unit] = dict.fromkeys(case.theories, 0.0) | worths
    return found


def _agreements(case: Case, test: Tested, level: str, ratings: Ratings) -> list[dict[str, object]]:
    units = list(dict.fromkeys(unit for rated in ratings.values() for unit in rated))
    records = []
    for theory, part in case.theories.items():
        ordered = _array(units, ratings, lambda values, theory=theory: values[theory])
        records.append(_agreement(test.label, level, part.name, len(ratings), ordered))
    if level == "motives":
        order = list(case.theories)
        first = _array(
            units, ratings, lambda values: float(next((order.index(t) for t in order if values[t] == 2), -1))
        )
        records.append(_agreement(test.label, level, "which theory first", len(ratings), first, ordinal=False))
    return records


def _array(units: Sequence[str], ratings: Ratings, value: Any) -> NDArray[Any]:
    import numpy as np

    cells = [[value(rated[unit]) if unit in rated else np.nan for rated in ratings.values()] for unit in units]
    return np.array(cells, dtype=float)


def _agreement(
    of: str, level: str, theory: str, coders: int, values: NDArray[Any], *, ordinal: bool = True
) -> dict[str, object]:
    import numpy as np

    from detente.evidence import reliability as r

    signs = np.sign(values) if level == "passages" else values
    interval = r.bootstrap(values, "ordinal") if ordinal else r.bootstrap(signs)
    kappa = r.cohen_kappa(signs[:, 0], signs[:, 1]) if coders == 2 else r.fleiss_kappa(signs)
    units = int(((~np.isnan(values)).sum(axis=1) >= 2).sum())
    return {
        "table": of,
        "level": level,
        "theory": theory,
        "coders": coders,
        "units": units,
        "sample": "few" if units < r.SMALL else "",
        "agreement": r.agreement(signs),
        "alpha": r.alpha(signs),
        "alpha_ordinal": r.alpha(values, "ordinal") if ordinal else None,
        "interval": f"{number(interval.low)} to {number(interval.high)}" if interval else "",
        "kappa": kappa,
    }


def _stability(case: Case) -> list[dict[str, object]]:
    """How far coders who coded units again agree with themselves."""
    rounds: dict[tuple[str, str, str], dict[int, float]] = {}
    for coding in case.codings:
        value = {"primary": 2.0, "secondary": 1.0, "none": 0.0}[coding.level] if coding.level else worth(case, coding)
        rounds.setdefault((coding.coder, coding.unit, coding.theory), {})[coding.round] = value
    recoded = {key[:2] for key, values in rounds.items() if max(values) > 1}
    records = []
    for coder in dict.fromkeys(who for who, _ in recoded):
        import numpy as np

        latest = {
            unit: max(max(v) for k, v in rounds.items() if k[:2] == (coder, unit))
            for who, unit in recoded
            if who == coder
        }
        cells = []
        for unit, last in sorted(latest.items()):
            for theory in case.theories:
                values = rounds.get((coder, unit, theory), {})
                cells.append([values.get(last - 1, 0.0), values.get(last, 0.0)])
        records.append(
            _agreement(f"{case.coders[coder].name}, again", "with themselves", "all theories", 2, np.array(cells))
        )
    return records


def _reliability_words(
    case: Case, counting: Current, tested: Sequence[Tested], records: Sequence[Mapping[str, object]]
) -> str:
    coded = {coder for coder, _ in counting}
    persons = [
        part.name
        for coder, part in case.coders.items()
        if coder in coded and part.kind == "person" and not part.adjudicates
    ]
    measured = [r for r in records if r["level"] in ("motives", "passages")]
    if not measured:
        who = f"{listed(persons)} alone" if len(persons) == 1 else "no person" if not persons else "no two persons"
        return sentence(
            f"not known: {who} read these units, and reliability takes a second reader of the same ones. "
            "A blind coding sheet with its codebook makes one: `detente coding-sheet`"
        )
    words = []
    for level in ("passages", "motives"):
        alphas = [r for r in measured if r["level"] == level and r["theory"] != "which theory first"]
        known = [float(str(r["alpha_ordinal"])) for r in alphas if r["alpha_ordinal"] is not None]
        if known:
            reach = number(min(known)) if len(known) == 1 else f"from {number(min(known))} to {number(max(known))}"
            words.append(f"over {level} alpha (ordinal) is {reach}")
    said = f"{listed(persons)}: {'; '.join(words) or 'alpha is not defined where nothing varies'}"
    few = sum(r["sample"] == "few" for r in measured)
    if few:
        which = "all" if few == len(measured) else f"{few} of {len(measured)}"
        said += f". The samples are small ({which} have fewer than 30 units): the intervals are what counts"
    programs = [part.name for coder, part in case.coders.items() if coder in coded and part.kind == "model"]
    said += f". Left out, being programs: {listed(programs)}" if programs else ""
    return sentence(said)
