"""The findings on who reads the motives how: the verdict by every route, and how far coders agree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Any

from detente.case.schema.case import Case
from detente.methods.inference.coding_aggregation import majority_code
from detente.methods.inference.congruence import MotiveCode
from detente.methods.inference.fragility import minimum_recodings
from detente.results.finding import Finding, Robustness, RobustnessGrade
from detente.rooms.evidence.model.coding_routes import (
    ROLL_UP_PHRASES,
    CodingRoute,
    LatestCodings,
    alternative_mappings,
    code_phrase,
    coding_decibels,
    motive_of,
    motive_route,
    passage_route,
    route_label,
)
from detente.rooms.evidence.model.congruence_tables import (
    CongruenceTest,
    congruence_rows,
    score_phrase,
    tally_table,
    verdict_phrase,
)
from detente.text.english import as_sentence, cardinal, count_noun, join_words, upper_first
from detente.text.number_format import format_number

if TYPE_CHECKING:
    from numpy.typing import NDArray

MIN_UNITS_FOR_INTERVAL = 10
"""Units below which no interval is given: resampling two or three says nothing."""
MAX_CODERS_COMBINED = 6
"""Coders up to whom every combination is tallied."""
ROUTES_METHOD = (
    "By whose reading: each route to the same motives is tallied like the table itself. A motive is rolled up from "
    "its passages by the rule of the case: for each theory what speaks for it less what speaks against it; the theory"
    " left with most comes first. It is rolled up by the other rule, and by mappings of another shape, as well. A "
    "majority reading is what more than half of the coders agree on; motives without one count for no theory. Called "
    "fragile if another reading gives the verdict to a rival or no other route agrees, moderate if one makes it a "
    "tie. Agreement between an author's table and a reader's coding of the same author's text is agreement of routes."
    " It is not reliability, which takes a second reader of the same units. The roll-up rules are ours."
)
RELIABILITY_METHOD = (
    "Krippendorff's alpha (Krippendorff 2011), with a 95 % percentile bootstrap over units (10,000 resamples, seed "
    "1); Cohen's kappa (1960) for two coders, Fleiss' (1971) for more. Only persons are counted as readers of their "
    "own; adjudicators, documents and programs are not. A theory that a coder does not name for a unit he coded is "
    "coded as nothing. Agreement, nominal alpha and kappa look only at the sign of a passage: for, against or "
    "neither; one that speaks on a condition worth nothing is neither. Ordinal differences are ranks: of the level "
    "for motives, of what a passage is worth for passages. The interval is that of the ordinal alpha, or of the "
    "nominal one where there is no other; below 10 units none is given, and fewer than 30 are called few."
)


def routes_finding(case: Case, latest_codings: LatestCodings, test: CongruenceTest) -> Finding:
    """The verdict under each coder and level, and under each combination of majority."""
    import polars as pl

    table_route = test.routes[0]
    records = [_route_record(case, test, "route", route_label(case, route), route.codes) for route in test.routes]
    other_count = len(records) - 1
    agreeing_count = sum(record["verdict"] == records[0]["verdict"] for record in records[1:])
    for route in test.routes:
        if route.kind == "passages":
            records += _alternative_roll_ups(case, latest_codings, test, route)
    for coders, codes in _majority_readings(case, test):
        records.append(
            _route_record(case, test, "majority", join_words(case.coders[coder].name for coder in coders), codes)
        )
    says = _routes_words(case, test) if other_count else f"Only {route_label(case, table_route)} reads these motives."
    if other_count:
        count_phrase = (
            f"{cardinal(agreeing_count) if agreeing_count else 'none'} {'gives' if agreeing_count < 2 else 'give'}"
        )
        only_phrase = f"The only other route {'gives' if agreeing_count else 'does not give'}"
        says += f" {only_phrase if other_count == 1 else f'Of {other_count} other routes, {count_phrase}'} the verdict of the table."
    return Finding(
        id=f"{test.id}-routes",
        title=f"{test.table.title}: by whose reading",
        says=says,
        see="The verdict by each route, by other ways to roll passages up, and by the majority of each combination of "
        "coders.",
        table=pl.DataFrame(records),
        links=("differs_on",),
        method=ROUTES_METHOD,
        rests_on=tuple(
            dict.fromkeys((test.id, *(r.coder for r in test.routes), *(id for r in test.routes for id in r.coding_ids)))
        ),
        robustness=Robustness(_routes_robustness(test, records, other_count, agreeing_count)),
    )


def _routes_robustness(
    test: CongruenceTest, records: Sequence[Mapping[str, object]], other_count: int, agreeing_count: int
) -> RobustnessGrade:
    """Fragile if another reading gives the verdict to a rival, or no route agrees; moderate if one makes it a tie."""
    if not other_count:
        return "descriptive"
    if test.main_tally.leader is None:
        return "tie"
    other_verdicts = {record["verdict"] for record in records} - {records[0]["verdict"]}
    return "fragile" if other_verdicts - {"tie"} or not agreeing_count else "moderate" if other_verdicts else "robust"


def _alternative_roll_ups(
    case: Case, latest_codings: LatestCodings, test: CongruenceTest, route: CodingRoute
) -> Iterator[dict[str, object]]:
    """A coder's passages rolled up by the other rule, and by mappings of another shape."""
    reader = route_label(case, route)
    rule = next(rule for rule in ROLL_UP_PHRASES if rule != case.evidence.roll_up)
    alternative_route = passage_route(case, latest_codings, route.coder, test.table, rule)
    yield _route_record(case, test, "roll-up", f"{reader}, {ROLL_UP_PHRASES[rule]}", alternative_route.codes)
    for name, mapping in alternative_mappings(case.evidence.strengths).items():
        alternative_route = passage_route(case, latest_codings, route.coder, test.table, mapping=mapping)
        yield _route_record(case, test, "roll-up", f"{reader}, {name}", alternative_route.codes)


def _route_record(
    case: Case, test: CongruenceTest, kind: str, reader: str, codes: Mapping[str, MotiveCode]
) -> dict[str, object]:
    verdict_tally = tally_table(case, test.table, codes)
    fewest_recodings = minimum_recodings(congruence_rows(case, test.table, codes), list(case.theories), verdict_tally)
    table_codes = test.routes[0].codes
    differing_motives = [
        m for m in test.table.motives if m in codes and m in table_codes and codes[m].primary != table_codes[m].primary
    ]
    return {
        "what": kind,
        "read_by": reader,
        "motives_coded": len(codes),
        "verdict": case.theories[verdict_tally.leader].name if verdict_tally.leader else "tie",
        "sums": score_phrase(verdict_tally),
        "flip_number": fewest_recodings.recoding_count if fewest_recodings else None,
        "differs_on": ", ".join(differing_motives),
    }


def _routes_words(case: Case, test: CongruenceTest) -> str:
    """What the first other route says, and where it differs: the others stand in the table."""
    table_route, other_route = test.routes[0], test.routes[1]
    sentences = [
        f"{upper_first(route_label(case, other_route))}: {verdict_phrase(case, tally_table(case, test.table, other_route.codes))}."
    ]
    table_codes, other_codes = table_route.codes, other_route.codes
    differing_motives = [
        m for m in test.table.motives if m in other_codes and m in table_codes and table_codes[m] != other_codes[m]
    ]
    if not differing_motives:
        sentences.append("It reads every motive as the table does.")
    else:
        differences = [
            f"{case.motives[m].title} ({m}), {code_phrase(case, table_codes[m])} there, {code_phrase(case, other_codes[m])} here"
            for m in differing_motives
        ]
        sentences.append(
            f"It differs from the table on {count_noun(len(differing_motives), 'motive')}: {'; '.join(differences)}."
        )
    sentences.append(_closest_call(case, other_route))
    if table_route.coder != other_route.coder and "document" in (
        case.coders[table_route.coder].kind,
        case.coders[other_route.coder].kind,
    ):
        sentences.append("These are two routes to one author's view; how reliable either is takes a second reader.")
    return " ".join(filter(None, sentences))


def _closest_call(case: Case, route: CodingRoute) -> str:
    """The motive whose first theory hangs on least, where it is rolled up from passages."""
    if route.kind != "passages" or case.evidence.roll_up != "net":
        return ""
    calls = []
    for motive, support in route.support_by_motive.items():
        (first_theory, most_support), (second_theory, next_support) = sorted(
            support.items(), key=lambda item: -item[1]
        )[:2]
        if next_support > 0:
            calls.append((most_support - next_support, motive, first_theory, most_support, second_theory, next_support))
    if not calls:
        return ""
    _, motive, first_theory, most_support, second_theory, next_support = min(calls)
    return (
        f"The closest call is {case.motives[motive].title} ({motive}): {case.theories[first_theory].name} is left with "
        f"{format_number(round(most_support, 1))} decibels and {case.theories[second_theory].name} with {format_number(round(next_support, 1))}."
    )


def _majority_readings(case: Case, test: CongruenceTest) -> Iterator[tuple[tuple[str, ...], dict[str, MotiveCode]]]:
    """Each combination of two coders or more with what their majority reads; all together if there are too many."""
    by_coder: dict[str, CodingRoute] = {}
    for route in test.routes:
        if route.kind != "adjudicated":
            by_coder.setdefault(route.coder, route)
    sizes = range(2, len(by_coder) + 1) if len(by_coder) <= MAX_CODERS_COMBINED else [len(by_coder)]
    for size in sizes:
        for coders in combinations(by_coder, size):
            codes = {}
            for motive in test.table.motives:
                coder_codes = [by_coder[c].codes[motive] for c in coders if motive in by_coder[c].codes]
                if coder_codes:
                    codes[motive] = majority_code(coder_codes)
            yield coders, codes


def reliability_finding(case: Case, latest_codings: LatestCodings, tests: Sequence[CongruenceTest]) -> Finding:
    """How far persons who read the same units agree: per table, level and theory."""
    import polars as pl

    records: list[dict[str, object]] = []
    basis_ids: dict[str, None] = {}
    for test in tests:
        ratings_by_level = _ratings_by_level(case, latest_codings, test)
        for level, ratings in ratings_by_level.items():
            if len(ratings) > 1:
                records += _table_agreements(case, test, level, ratings)
                basis_ids |= dict.fromkeys((test.id, *ratings, *(unit for rated in ratings.values() for unit in rated)))
    records += _stability_records(case)
    return Finding(
        id="reliability",
        title="How reliable the codings are",
        says=_reliability_words(case, latest_codings, tests, records),
        see="For each table, level and theory: how many units at least two persons coded, and how far they agree.",
        table=pl.DataFrame(records) if records else None,
        headers={"alpha": "Alpha, nominal", "alpha_ordinal": "Alpha, ordinal"},
        method=RELIABILITY_METHOD,
        rests_on=tuple(basis_ids),
    )


Ratings = dict[str, dict[str, Mapping[str, float]]]
"""By coder and unit, the value for each theory."""


def _ratings_by_level(case: Case, latest_codings: LatestCodings, test: CongruenceTest) -> dict[str, Ratings]:
    """What persons coded of a table: of its motives, and of their passages."""
    ratings_by_level: dict[str, Ratings] = {"motives": {}, "passages": {}}
    for coder, part in case.coders.items():
        if part.kind != "person" or part.adjudicates:
            continue
        for motive, code in motive_route(latest_codings, coder, test.table).codes.items():
            levels = dict.fromkeys(case.theories, 0.0) | dict.fromkeys(code.secondary, 1.0)
            ratings_by_level["motives"].setdefault(coder, {})[motive] = levels | (
                {code.primary: 2.0} if code.primary else {}
            )
        for (unit_coder, unit), codings in latest_codings.items():
            if unit_coder == coder and motive_of(case, unit) in test.table.motives:
                decibels_by_theory = {c.theory: coding_decibels(case, c) for _, c in codings}
                ratings_by_level["passages"].setdefault(coder, {})[unit] = (
                    dict.fromkeys(case.theories, 0.0) | decibels_by_theory
                )
    return ratings_by_level


def _table_agreements(case: Case, test: CongruenceTest, level: str, ratings: Ratings) -> list[dict[str, object]]:
    units = list(dict.fromkeys(unit for rated in ratings.values() for unit in rated))
    records = []
    for theory, part in case.theories.items():
        theory_values = _rating_matrix(units, ratings, lambda values, theory=theory: values[theory])
        records.append(_agreement_record(test.label, level, part.name, len(ratings), theory_values))
    if level == "motives":
        theory_order = list(case.theories)
        first_theories = _rating_matrix(
            units,
            ratings,
            lambda values: float(next((theory_order.index(t) for t in theory_order if values[t] == 2), -1)),
        )
        records.append(
            _agreement_record(test.label, level, "which theory first", len(ratings), first_theories, ordinal=False)
        )
    return records


def _rating_matrix(units: Sequence[str], ratings: Ratings, value_of: Any) -> NDArray[Any]:
    import numpy as np

    cells = [[value_of(rated[unit]) if unit in rated else np.nan for rated in ratings.values()] for unit in units]
    return np.array(cells, dtype=float)


def _agreement_record(
    subject: str, level: str, theory: str, coders: int, values: NDArray[Any], *, ordinal: bool = True
) -> dict[str, object]:
    import numpy as np

    from detente.methods.inference import reliability as r

    signs = np.sign(values) if level == "passages" else values
    interval = r.bootstrap_alpha_interval(values, "ordinal") if ordinal else r.bootstrap_alpha_interval(signs)
    kappa = r.cohen_kappa(signs[:, 0], signs[:, 1]) if coders == 2 else r.fleiss_kappa(signs)
    units = int(((~np.isnan(values)).sum(axis=1) >= 2).sum())
    return {
        "table": subject,
        "level": level,
        "theory": theory,
        "coders": coders,
        "units": units,
        "sample": "few" if units < r.FEW_UNITS else "",
        "agreement": r.pairwise_agreement(signs),
        "alpha": r.krippendorff_alpha(signs),
        "alpha_ordinal": r.krippendorff_alpha(values, "ordinal") if ordinal else None,
        "interval": f"{format_number(interval.lower_bound)} to {format_number(interval.upper_bound)}"
        if interval and units >= MIN_UNITS_FOR_INTERVAL
        else "",
        "kappa": kappa,
    }


def _stability_records(case: Case) -> list[dict[str, object]]:
    """How far coders who coded units again agree with themselves."""
    rounds: dict[tuple[str, str, str], dict[int, float]] = {}
    for coding in case.codings:
        value = (
            {"primary": 2.0, "secondary": 1.0, "none": 0.0}[coding.level]
            if coding.level
            else coding_decibels(case, coding)
        )
        rounds.setdefault((coding.coder, coding.unit, coding.theory), {})[coding.round] = value
    recoded = {key[:2] for key, values in rounds.items() if max(values) > 1}
    records = []
    for coder in dict.fromkeys(unit_coder for unit_coder, _ in recoded):
        import numpy as np

        last_rounds = {
            unit: max(max(v) for k, v in rounds.items() if k[:2] == (coder, unit))
            for unit_coder, unit in recoded
            if unit_coder == coder
        }
        cells = []
        for unit, final_round in sorted(last_rounds.items()):
            for theory in case.theories:
                values = rounds.get((coder, unit, theory), {})
                cells.append([values.get(final_round - 1, 0.0), values.get(final_round, 0.0)])
        records.append(
            _agreement_record(
                f"{case.coders[coder].name}, again", "with themselves", "all theories", 2, np.array(cells)
            )
        )
    return records


def _reliability_words(
    case: Case, latest_codings: LatestCodings, tests: Sequence[CongruenceTest], records: Sequence[Mapping[str, object]]
) -> str:
    active_coders = {coder for coder, _ in latest_codings}
    persons = [
        part.name
        for coder, part in case.coders.items()
        if coder in active_coders and part.kind == "person" and not part.adjudicates
    ]
    measured = [r for r in records if r["level"] in ("motives", "passages")]
    if not measured:
        readers_phrase = (
            f"{join_words(persons)} alone" if len(persons) == 1 else "no person" if not persons else "no two persons"
        )
        return as_sentence(
            f"not known: {readers_phrase} read these units, and reliability takes a second reader of the same ones. "
            "The command detente coding-sheet writes a blind sheet for one"
        )
    phrases = []
    for level in ("passages", "motives"):
        alpha_records = [r for r in measured if r["level"] == level and r["theory"] != "which theory first"]
        alpha_values = [float(str(r["alpha_ordinal"])) for r in alpha_records if r["alpha_ordinal"] is not None]
        if alpha_values:
            range_phrase = (
                format_number(min(alpha_values))
                if len(alpha_values) == 1
                else f"from {format_number(min(alpha_values))} to {format_number(max(alpha_values))}"
            )
            phrases.append(f"over {level} alpha (ordinal) is {range_phrase}")
    text = f"{join_words(persons)}: {'; '.join(phrases) or 'alpha is not defined where nothing varies'}"
    small_count = sum(r["sample"] == "few" for r in measured)
    if small_count:
        small_phrase = "all" if small_count == len(measured) else f"{small_count} of {len(measured)}"
        text += f". The samples are small ({small_phrase} have fewer than 30 units): they say little"
    programs = [part.name for coder, part in case.coders.items() if coder in active_coders and part.kind == "model"]
    text += f". Left out, being programs: {join_words(programs)}" if programs else ""
    return as_sentence(text)
