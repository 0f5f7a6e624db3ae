"""The findings on who reads the motives how: the verdict by every route, and how far coders agree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Any

from detente.case.schema.case import Case
from detente.methods.inference.coding_aggregation import majority
from detente.methods.inference.congruence import Code
from detente.methods.inference.fragility import flip
from detente.results.finding import Finding, Robustness, Standing
from detente.rooms.evidence.model.coding_routes import (
    RULES,
    Current,
    Route,
    code_words,
    coded_motives,
    label,
    motive_of,
    other_mappings,
    rolled_up,
    worth,
)
from detente.rooms.evidence.model.congruence_tables import Tested, brief, rows_of, sums, tally_of
from detente.text.english import capital, cardinal, count, listed, sentence
from detente.text.number_format import number

if TYPE_CHECKING:
    from numpy.typing import NDArray

LEAST = 10
"""Units below which no interval is given: resampling two or three says nothing."""
MOST_COMBINED = 6
"""Coders up to whom every combination is tallied."""
ROUTES = (
    "By whose reading: each route to the same motives is tallied like the table itself. A motive is rolled up from "
    "its passages by the rule of the case: for each theory what speaks for it less what speaks against it; the theory"
    " left with most comes first. It is rolled up by the other rule, and by mappings of another shape, as well. A "
    "majority reading is what more than half of the coders agree on; motives without one count for no theory. Called "
    "fragile if another reading gives the verdict to a rival or no other route agrees, moderate if one makes it a "
    "tie. Agreement between an author's table and a reader's coding of the same author's text is agreement of routes."
    " It is not reliability, which takes a second reader of the same units. The roll-up rules are ours."
)
RELIABILITY = (
    "Krippendorff's alpha (Krippendorff 2011), with a 95 % percentile bootstrap over units (10,000 resamples, seed "
    "1); Cohen's kappa (1960) for two coders, Fleiss' (1971) for more. Only persons are counted as readers of their "
    "own; adjudicators, documents and programs are not. A theory that a coder does not name for a unit he coded is "
    "coded as nothing. Agreement, nominal alpha and kappa look only at the sign of a passage: for, against or "
    "neither; one that speaks on a condition worth nothing is neither. Ordinal differences are ranks: of the level "
    "for motives, of what a passage is worth for passages. The interval is that of the ordinal alpha, or of the "
    "nominal one where there is no other; below 10 units none is given, and fewer than 30 are called few."
)


def by_route(case: Case, counting: Current, test: Tested) -> Finding:
    """The verdict under each coder and level, and under each combination of majority."""
    import polars as pl

    own = test.routes[0]
    records = [_record(case, test, "route", label(case, route), route.codes) for route in test.routes]
    others = len(records) - 1
    agreeing = sum(record["verdict"] == records[0]["verdict"] for record in records[1:])
    for route in test.routes:
        if route.kind == "passages":
            records += _rolled_otherwise(case, counting, test, route)
    for coders, codes in _majorities(case, test):
        records.append(_record(case, test, "majority", listed(case.coders[coder].name for coder in coders), codes))
    says = _routes_words(case, test) if others else f"Only {label(case, own)} reads these motives."
    if others:
        gives = f"{cardinal(agreeing) if agreeing else 'none'} {'gives' if agreeing < 2 else 'give'}"
        only = f"The only other route {'gives' if agreeing else 'does not give'}"
        says += f" {only if others == 1 else f'Of {others} other routes, {gives}'} the verdict of the table."
    return Finding(
        id=f"{test.id}-routes",
        title=f"{test.table.title}: by whose reading",
        says=says,
        see="The verdict by each route, by other ways to roll passages up, and by the majority of each combination of "
        "coders.",
        table=pl.DataFrame(records),
        links=("differs_on",),
        method=ROUTES,
        rests_on=tuple(
            dict.fromkeys((test.id, *(r.coder for r in test.routes), *(id for r in test.routes for id in r.codings)))
        ),
        robustness=Robustness(_standing(test, records, others, agreeing)),
    )


def _standing(test: Tested, records: Sequence[Mapping[str, object]], others: int, agreeing: int) -> Standing:
    """Fragile if another reading gives the verdict to a rival, or no route agrees; moderate if one makes it a tie."""
    if not others:
        return "descriptive"
    if test.main.leader is None:
        return "tie"
    changed = {record["verdict"] for record in records} - {records[0]["verdict"]}
    return "fragile" if changed - {"tie"} or not agreeing else "moderate" if changed else "robust"


def _rolled_otherwise(case: Case, counting: Current, test: Tested, route: Route) -> Iterator[dict[str, object]]:
    """A coder's passages rolled up by the other rule, and by mappings of another shape."""
    who = label(case, route)
    rule = next(rule for rule in RULES if rule != case.evidence.roll_up)
    again = rolled_up(case, counting, route.coder, test.table, rule)
    yield _record(case, test, "roll-up", f"{who}, {RULES[rule]}", again.codes)
    for name, mapping in other_mappings(case.evidence.strengths).items():
        again = rolled_up(case, counting, route.coder, test.table, mapping=mapping)
        yield _record(case, test, "roll-up", f"{who}, {name}", again.codes)


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
    there, here = own.codes, other.codes
    differing = [m for m in test.table.motives if m in here and m in there and there[m] != here[m]]
    if not differing:
        words.append("It reads every motive as the table does.")
    else:
        told = [
            f"{case.motives[m].title} ({m}), {code_words(case, there[m])} there, {code_words(case, here[m])} here"
            for m in differing
        ]
        words.append(f"It differs from the table on {count(len(differing), 'motive')}: {'; '.join(told)}.")
    words.append(_closest_call(case, other))
    if own.coder != other.coder and "document" in (case.coders[own.coder].kind, case.coders[other.coder].kind):
        words.append("These are two routes to one author's view; how reliable either is takes a second reader.")
    return " ".join(filter(None, words))


def _closest_call(case: Case, route: Route) -> str:
    """The motive whose first theory hangs on least, where it is rolled up from passages."""
    if route.kind != "passages" or case.evidence.roll_up != "net":
        return ""
    calls = []
    for motive, left in route.left.items():
        (first, most), (second, next_most) = sorted(left.items(), key=lambda item: -item[1])[:2]
        if next_most > 0:
            calls.append((most - next_most, motive, first, most, second, next_most))
    if not calls:
        return ""
    _, motive, first, most, second, next_most = min(calls)
    return (
        f"The closest call is {case.motives[motive].title} ({motive}): {case.theories[first].name} is left with "
        f"{number(round(most, 1))} decibels and {case.theories[second].name} with {number(round(next_most, 1))}."
    )


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
                rests |= dict.fromkeys((test.id, *ratings, *(unit for rated in ratings.values() for unit in rated)))
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

    from detente.methods.inference import reliability as r

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
        "interval": f"{number(interval.low)} to {number(interval.high)}" if interval and units >= LEAST else "",
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
            "The command detente coding-sheet writes a blind sheet for one"
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
        said += f". The samples are small ({which} have fewer than 30 units): they say little"
    programs = [part.name for coder, part in case.coders.items() if coder in coded and part.kind == "model"]
    said += f". Left out, being programs: {listed(programs)}" if programs else ""
    return sentence(said)
