"""The finding on who reads the motives how: the verdict by every route and every majority."""

from __future__ import annotations

from collections.abc import Iterator

from detente.case.schema.case import Case
from detente.results.finding import Finding, Robustness
from detente.results.table import Column, make_table
from detente.rooms.evidence.findings.columns import MOTIVES, RECODINGS, score_cells, score_columns
from detente.rooms.evidence.findings.text import (
    MAPPING_PHRASES,
    ROLL_UP_PHRASES,
    ROUTE_PHRASES,
    code_phrase,
    leader_label,
    route_label,
    verdict_phrase,
)
from detente.rooms.evidence.model.congruence_tables import CongruenceTest
from detente.rooms.evidence.model.route_verdicts import ClosestCall, RouteComparison, RouteVerdict
from detente.text.english import cardinal, count_noun, join_words, upper_first
from detente.text.number_format import format_number

METHOD = (
    "By whose reading: each route to the same motives is tallied like the table itself. A motive is rolled up from "
    "its passages by the rule of the case: for each theory what speaks for it less what speaks against it; the theory"
    " left with most comes first. It is rolled up by the other rule, and by mappings of another shape, as well. A "
    "majority reading is what more than half of the coders agree on; motives without one count for no theory. Called "
    "fragile if another reading gives the verdict to a rival or no other route agrees, moderate if one makes it a "
    "tie. Agreement between an author's table and a reader's coding of the same author's text is agreement of routes."
    " It is not reliability, which takes a second reader of the same units. The roll-up rules are ours."
)


def routes_finding(case: Case, test: CongruenceTest, comparison: RouteComparison) -> Finding:
    """The verdict under each coder and level, and under each combination of majority."""
    return Finding(
        id=f"{test.id}-routes",
        title=f"{test.table.title}: by whose reading",
        says=" ".join(_routes_sentences(case, test, comparison)),
        see="The verdict by each route, by other ways to roll passages up, and by the majority of each combination of "
        "coders.",
        table=make_table([*_columns(case)], [_verdict_row(case, verdict) for verdict in comparison.verdicts]),
        method=METHOD,
        rests_on=tuple(
            dict.fromkeys((test.id, *(r.coder for r in test.routes), *(id for r in test.routes for id in r.coding_ids)))
        ),
        robustness=Robustness(comparison.standing),
    )


def _columns(case: Case) -> Iterator[Column]:
    yield Column("what")
    yield Column("read_by")
    yield Column("motives_coded", format="count", unit=MOTIVES)
    yield Column("verdict")
    yield from score_columns(case)
    yield Column("flip_number", format="count", unit=RECODINGS)
    yield Column("differs_on", format="ids")


def _verdict_row(case: Case, verdict: RouteVerdict) -> dict[str, object]:
    return {
        "what": verdict.kind,
        "read_by": _reader_phrase(case, verdict),
        "motives_coded": len(verdict.codes),
        "verdict": leader_label(case, verdict.tally.leader),
        **score_cells(verdict.tally),
        "flip_number": verdict.flip.recoding_count if verdict.flip else None,
        "differs_on": ", ".join(verdict.recoded_motives),
    }


def _reader_phrase(case: Case, verdict: RouteVerdict) -> str:
    """Who reads, and how."""
    if verdict.route is None:
        return join_words(case.coders[coder].name for coder in verdict.coders)
    label = route_label(case, verdict.route)
    if verdict.roll_up:
        return f"{label}, {ROLL_UP_PHRASES[verdict.roll_up]}"
    return f"{label}, {MAPPING_PHRASES[verdict.mapping]}" if verdict.mapping else label


def _routes_sentences(case: Case, test: CongruenceTest, comparison: RouteComparison) -> list[str]:
    """What the first other route says and where it differs, and how many agree: the others stand in the table."""
    if not comparison.other_routes:
        route = test.routes[0]
        return [f"{case.coders[route.coder].name} alone reads these motives, {ROUTE_PHRASES[route.kind]}."]
    other_count, agreeing_count = len(comparison.other_routes), comparison.agreeing_count
    if other_count == 1:
        agreement_phrase = f"The only other route {'gives' if agreeing_count else 'does not give'}"
    else:
        verb = "gives" if agreeing_count < 2 else "give"
        agreement_phrase = (
            f"Of {other_count} other routes, {cardinal(agreeing_count) if agreeing_count else 'none'} {verb}"
        )
    return [
        *_other_route_sentences(case, test, comparison.other_routes[0]),
        *([_closest_call_sentence(case, comparison.closest_call)] if comparison.closest_call else []),
        *_same_author_sentences(case, test),
        f"{agreement_phrase} the verdict of the table.",
    ]


def _other_route_sentences(case: Case, test: CongruenceTest, other: RouteVerdict) -> list[str]:
    verdict_sentence = f"{upper_first(_reader_phrase(case, other))}: {verdict_phrase(case, other.tally)}."
    table_codes, other_codes = test.routes[0].codes, other.codes
    differences = [
        f"{case.motives[m].title} ({m}), {code_phrase(case, table_codes[m])} there, "
        f"{code_phrase(case, other_codes[m])} here"
        for m in test.table.motives
        if m in other_codes and m in table_codes and table_codes[m] != other_codes[m]
    ]
    if not differences:
        return [verdict_sentence, "It reads every motive as the table does."]
    count_phrase = count_noun(len(differences), "motive")
    return [verdict_sentence, f"It differs from the table on {count_phrase}: {'; '.join(differences)}."]


def _closest_call_sentence(case: Case, call: ClosestCall) -> str:
    first_name, second_name = case.theories[call.first_theory].name, case.theories[call.second_theory].name
    return (
        f"The closest call is {case.motives[call.motive].title} ({call.motive}): {first_name} is left with "
        f"{format_number(round(call.first_support, 1))} decibels and {second_name} with "
        f"{format_number(round(call.second_support, 1))}."
    )


def compares_one_author(case: Case, test: CongruenceTest) -> bool:
    """Whether a document and a reader of it are compared: two routes to one author's view."""
    coders = [route.coder for route in test.routes[:2]]
    return len(set(coders)) == 2 and any(case.coders[coder].kind == "document" for coder in coders)


def _same_author_sentences(case: Case, test: CongruenceTest) -> list[str]:
    """Said where a document and a reader of it are compared."""
    if not compares_one_author(case, test):
        return []
    return ["These are two routes to one author's view; how reliable either is takes a second reader."]
