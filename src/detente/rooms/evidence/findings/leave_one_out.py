"""The finding on what is left of a verdict without each source and each speaker."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from detente.case.schema.base import Claim
from detente.case.schema.case import Case
from detente.methods.inference.bayesian_updating import posterior_probabilities
from detente.methods.inference.congruence import MotiveCode
from detente.results.finding import Finding, Robustness
from detente.rooms.evidence.model.coding_routes import LatestCodings, motive_of, passage_route
from detente.rooms.evidence.model.congruence_tables import CongruenceTest, score_phrase, tally_table
from detente.rooms.evidence.model.likelihoods import cluster_correlations, collect_evidence, passage_coders
from detente.text.english import count_noun, join_words

METHOD = (
    "Each document, each reference that a passage cites, and each speaker whose words a passage or argument reports "
    "is left out in turn. A motive stays in the table as long as anything that is adduced for it comes from "
    "elsewhere; readings from passages, and the weight of evidence, are made anew from the passages that are left. A "
    "source that everything comes from cannot be left out: that is said, not computed. Called fragile if leaving out "
    "one changes the verdict or leaves nothing."
)


def leave_one_out_finding(case: Case, latest_codings: LatestCodings, test: CongruenceTest) -> Finding | None:
    """The verdict without each source and speaker; None if nothing says where it is from."""
    import polars as pl

    units = _adduced_units(case, test)
    origins = {unit: set(_unit_origins(case, part)) for unit, part in units.items()}
    named_origins = sorted(set(chain.from_iterable(origins.values())))
    if not named_origins:
        return None
    coder = next(iter(passage_coders(case, latest_codings, test.table)), None)
    records, changing_origins, indispensable_origins = [], [], []
    for origin in named_origins:
        excluded_units = frozenset(unit for unit, unit_origins in origins.items() if origin in unit_origins)
        remaining_codes = _remaining_codes(case, test, origins, origin)
        remaining_tally = tally_table(case, test.table, remaining_codes)
        record: dict[str, object] = {"without": origin[1], "kind": origin[0], "loses": len(excluded_units)}
        if not remaining_codes:
            indispensable_origins.append(origin[1])
            records.append(record | {"motives_left": 0, "verdict": "nothing is left", "sums": ""})
            continue
        record |= {
            "motives_left": len(remaining_codes),
            "verdict": case.theories[remaining_tally.leader].name if remaining_tally.leader else "tie",
            "sums": score_phrase(remaining_tally),
        }
        if coder:
            passage_tally = tally_table(
                case,
                test.table,
                passage_route(case, latest_codings, coder, test.table, excluded_units=excluded_units).codes,
            )
            record["from_passages"] = (
                f"{case.theories[passage_tally.leader].name if passage_tally.leader else 'tie'}, {score_phrase(passage_tally)}"
            )
        evidence = collect_evidence(case, latest_codings, test.id, excluded=excluded_units)
        if evidence:
            probabilities = posterior_probabilities(evidence.prior, evidence.pieces, cluster_correlations(case))
            record["most_probable"] = case.hypotheses[max(probabilities, key=lambda h: probabilities[h])].name
        changing_origins += [origin[1]] if remaining_tally.leader != test.main_tally.leader else []
        records.append(record)
    return Finding(
        id=f"{test.id}-without",
        title=f"{test.table.title}: without each source and speaker",
        says=_leave_one_out_sentences(test, records, changing_origins, indispensable_origins),
        see="What is left of the table, of its reading from passages, and of the weight of evidence without each.",
        table=pl.DataFrame(records),
        links=("without",),
        method=METHOD,
        rests_on=(
            test.id,
            *(name for name in dict.fromkeys(n for _, n in named_origins) if name in case.documents),
            *units,
        ),
        robustness=Robustness(
            "tie"
            if test.main_tally.leader is None
            else "fragile"
            if changing_origins or indispensable_origins
            else "robust"
        ),
    )


def _adduced_units(case: Case, test: CongruenceTest) -> dict[str, Claim]:
    """Everything adduced for the motives of a table: arguments, passages, clues."""
    units: dict[str, Claim] = {}
    for name, part in chain(case.passages.items(), case.arguments.items()):
        if motive_of(case, name) in test.table.motives:
            units[name] = part
    return units | {name: clue for name, clue in case.clues.items() if clue.table == test.id}


def _unit_origins(case: Case, part: Claim) -> Iterator[tuple[str, str]]:
    for place in part.at:
        yield "document", place.document
        if place.ref:
            yield "reference", f"{place.document}, its reference {place.ref}"
    if speaker := getattr(part, "speaker", None):
        yield "speaker", speaker


def _remaining_codes(
    case: Case, test: CongruenceTest, origins: dict[str, set[tuple[str, str]]], excluded_origin: tuple[str, str]
) -> dict[str, MotiveCode]:
    """The readings of the motives that something else than this origin still bears out."""
    codes = {}
    for motive, code in test.routes[0].codes.items():
        units = [unit_origins for unit, unit_origins in origins.items() if motive_of(case, unit) == motive]
        if any(excluded_origin not in unit_origins for unit_origins in units) or not units:
            codes[motive] = code
    return codes


def _leave_one_out_sentences(
    test: CongruenceTest,
    records: list[dict[str, object]],
    changing_origins: list[str],
    indispensable_origins: list[str],
) -> str:
    sentences = []
    if indispensable_origins:
        sentences.append(
            f"Everything adduced for these motives comes from {join_words(indispensable_origins)}: without it nothing is left."
        )
    other_count = len(records) - len(indispensable_origins)
    if changing_origins:
        sentences.append(f"The verdict changes without {join_words(changing_origins, 'or')}.")
    elif other_count:
        others_phrase = (
            f"any one of {count_noun(other_count, 'other')}"
            if indispensable_origins
            else f"any one of {count_noun(other_count, 'origin')}"
        )
        sentences.append(
            f"It stays the same without {'the only other that is named' if indispensable_origins and other_count == 1 else others_phrase}."
        )
    references, speakers = (sum(r["kind"] == kind for r in records) for kind in ("reference", "speaker"))
    named_phrase = join_words([count_noun(references, "reference"), count_noun(speakers, "speaker")])
    sentences.append(f"What is adduced names {named_phrase}, and a motive falls only with all that is adduced for it.")
    return " ".join(sentences)
