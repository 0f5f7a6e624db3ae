"""The answers of the evidence room: the verdicts, how they stand, and what else reads them otherwise."""

from __future__ import annotations

from collections.abc import Iterator

from detente.case.schema.case import Case
from detente.rooms.evidence.findings.text import (
    ROLL_UP_PHRASES,
    format_odds,
    quoted_hypothesis,
    route_label,
    score_phrase,
    verdict_phrase,
)
from detente.rooms.evidence.model.coding_routes import CodingRoute
from detente.rooms.evidence.model.congruence_tables import CongruenceTest, verdict_robustness
from detente.rooms.evidence.model.evidence import EvidenceModel, TableEvidence
from detente.rooms.evidence.model.route_verdicts import RouteVerdict
from detente.text.english import count_noun, join_words, upper_first
from detente.text.number_format import format_number, format_probability


def evidence_answer(model: EvidenceModel) -> str:
    """The verdicts in a few sentences; nothing if there are no tables."""
    case, tests = model.case, model.tests
    # A term of art is explained where it first stands.
    standing_phrases = [_standing_words(case, test, explain=test is tests[0]) for test in tests]
    sentences = [f"{text}." for text in _verdicts_with_standing(case, tests, standing_phrases, with_tables=True)]
    sentences += _other_route_sentences(model)
    sentences += _posterior_sentences(model)
    sentences += _equal_weights_sentences(case, tests)
    return " ".join(sentences)


def brief_answer(model: EvidenceModel) -> str:
    """The verdicts in a sentence or two, for the first screen."""
    case, tests = model.case, model.tests
    standing_phrases = [_flip_phrase(test, "would overturn it") for test in tests]
    verdicts = "; ".join(_verdicts_with_standing(case, tests, standing_phrases, with_tables=False))
    other_verdicts: dict[str, dict[str, list[str]]] = {}
    for table, route, other in _differing_routes(model):
        verdict = case.theories[other.tally.leader].name if other.tally.leader else "a tie"
        other_verdicts.setdefault(route_label(case, route), {}).setdefault(verdict, []).append(table.test.label)
    for reader, tables_by_verdict in other_verdicts.items():
        verdicts += f"; read by {reader}, it is " + join_words(
            f"{verdict} for {join_words(tables)}" for verdict, tables in tables_by_verdict.items()
        )
    return " ".join([f"{verdicts}.", *_equal_weights_sentences(case, tests)]) if tests else ""


def _verdicts_with_standing(
    case: Case, tests: list[CongruenceTest], standing_phrases: list[str], *, with_tables: bool
) -> list[str]:
    """The verdicts with how each stands, in one clause where one theory has them all; with their tables if asked."""
    leaders = {test.main_tally.leader for test in tests}
    pairs = list(zip(tests, standing_phrases, strict=True))
    if len(tests) > 1 and len(leaders) == 1 and None not in leaders:
        tables_phrase = "both tables" if len(tests) == 2 else f"all {len(tests)} tables"
        scores_by_table = join_words(
            f"{score_phrase(test.main_tally)}{f' in {test.label}' if with_tables else ''} ({standing_phrase})"
            for test, standing_phrase in pairs
        )
        leader_name = case.theories[tests[0].main_tally.leader or ""].name
        return [f"{leader_name} explains more of the motives in {tables_phrase}, {scores_by_table}"]
    return [
        f"{test.label}: {verdict_phrase(case, test.main_tally)}"
        + (f" ({standing_phrase})" if test.main_tally.leader else "")
        for test, standing_phrase in pairs
    ]


def _equal_weights_sentences(case: Case, tests: list[CongruenceTest]) -> Iterator[str]:
    weights = [case.motives[row.unit].weight for test in tests for row in test.rows]
    if not all(weights):
        yield f"That {'the other motives' if any(weights) else 'all motives'} count equally is an assumption."


def _standing_words(case: Case, test: CongruenceTest, *, explain: bool) -> str:
    reasons = []
    if test.minimum_recodings:
        reasons.append(f"{count_noun(test.minimum_recodings.recoding_count, 'recoding')} would overturn it")
    other_tally = next((candidate for candidate in test.tallies if candidate.leader != test.main_tally.leader), None)
    if other_tally is not None:
        explanation = ", a theory named besides the first one," if explain else ""
        counts_phrase = "as much as a primary one" if other_tally.s == 1 else format_number(other_tally.s)
        reasons.append(
            f"{verdict_phrase(case, other_tally)}, once a secondary reading{explanation} counts {counts_phrase}"
        )
    return f"{verdict_robustness(test)}: {'; '.join(reasons) or 'no single change overturns it'}"


def _other_route_sentences(model: EvidenceModel) -> Iterator[str]:
    """What another route to the same motives says, where it says something else."""
    case = model.case
    verdicts_by_reader: dict[str, dict[str, list[str]]] = {}
    for table, route, other in _differing_routes(model):
        verdict_text = verdict_phrase(case, other.tally) + _other_rule_phrase(case, table, route, other)
        verdicts_by_reader.setdefault(route_label(case, route), {}).setdefault(verdict_text, []).append(
            table.test.label
        )
    for reader, tables_by_verdict in verdicts_by_reader.items():
        verdicts_phrase = join_words(
            f"{verdict}, for {join_words(tables)}" for verdict, tables in tables_by_verdict.items()
        )
        yield f"Read by {reader}, it is {verdicts_phrase}."


def _differing_routes(model: EvidenceModel) -> Iterator[tuple[TableEvidence, CodingRoute, RouteVerdict]]:
    """Of each table the first other route with another verdict."""
    for table in model.tables:
        if (other := table.routes.first_differing) and other.route:
            yield table, other.route, other


def _other_rule_phrase(case: Case, table: TableEvidence, route: CodingRoute, verdict: RouteVerdict) -> str:
    """What the other rule of rolling up passages says, where it says something else."""
    by_other_rule = table.routes.other_roll_up_of(route)
    if by_other_rule is None or by_other_rule.roll_up is None or by_other_rule.tally.leader == verdict.tally.leader:
        return ""
    return f" ({ROLL_UP_PHRASES[by_other_rule.roll_up]}, {verdict_phrase(case, by_other_rule.tally)})"


def _posterior_sentences(model: EvidenceModel) -> Iterator[str]:
    """The most probable hypothesis of each table, said to rest on an assumption where it does."""
    test_results = [(table.test, table.weighed.posterior) for table in model.tables if table.weighed]
    tables_by_hypothesis: dict[str, list[str]] = {}
    for test, result in test_results:
        name = quoted_hypothesis(model.case, result.leader) if not result.is_tie else "no hypothesis"
        chance_phrase = format_probability(result.probabilities[result.leader])
        chance_phrase += "" if result.is_tie else f", odds of {format_odds(result.posterior_odds)} to 1 to the next"
        tables_by_hypothesis.setdefault(name, []).append(f"{test.label} ({chance_phrase})")
    if tables_by_hypothesis:
        assumed = any(result.evidence.coder for _, result in test_results)
        basis = "By assumed likelihoods" if assumed else "By the likelihoods given"
        leaders_phrase = join_words(
            f"{name} is the most probable for {join_words(tables)}" for name, tables in tables_by_hypothesis.items()
        )
        yield f"{basis} {leaders_phrase}."


def evidence_tile(case: Case, tests: list[CongruenceTest]) -> str:
    """The verdicts in a few words."""
    leaders = {t.main_tally.leader for t in tests}
    if len(leaders) == 1 and None not in leaders:
        leader_name = case.theories[tests[0].main_tally.leader or ""].name
        return f"{leader_name}, {join_words(score_phrase(t.main_tally) for t in tests)}"
    verdicts = [verdict_phrase(case, t.main_tally) for t in tests]
    if len(verdicts) > 1 and len(set(verdicts)) == 1:
        return f"{upper_first(verdicts[0])}, in {'both' if len(verdicts) == 2 else f'all {len(verdicts)}'} tables"
    return upper_first(join_words(verdicts))


def tile_note(tests: list[CongruenceTest]) -> str:
    """How the verdicts stand, in a few words."""
    return "; ".join(f"{t.label}: {'a tie' if t.main_tally.leader is None else _flip_phrase(t)}" for t in tests)


def _flip_phrase(test: CongruenceTest, verb: str = "") -> str:
    if test.minimum_recodings is None:
        return f"{verdict_robustness(test)}: no recoding would overturn it"
    verb = verb or f"{'flips' if test.minimum_recodings.recoding_count == 1 else 'flip'} it"
    return f"{verdict_robustness(test)}, {count_noun(test.minimum_recodings.recoding_count, 'recoding')} {verb}"
