"""The finding on how far coders agree who read the same units."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.case.schema.case import Case
from detente.methods.inference.reliability import FEW_UNITS
from detente.results.finding import Finding
from detente.results.table import Column, make_table
from detente.rooms.evidence.findings.reading_words import coder_in_sentence
from detente.rooms.evidence.model.congruence_tables import CongruenceTest
from detente.rooms.evidence.model.evidence import EvidenceModel
from detente.rooms.evidence.model.intercoder_agreement import IntercoderAgreement, RaterAgreement
from detente.text.english import cardinal, join_words, upper_first

METHOD = (
    "Krippendorff's alpha (Krippendorff 2011), with a 95 % percentile bootstrap over units (10,000 resamples, seed "
    "1); Cohen's kappa (1960) for two coders, Fleiss' (1971) for more. Only persons are counted as readers of their "
    "own; adjudicators, documents and programs are not. A theory that a coder does not name for a unit he coded is "
    "coded as nothing. Agreement, nominal alpha and kappa look only at the sign of a passage: for, against or "
    "neither; one that speaks on a condition worth nothing is neither. Ordinal differences are ranks: of the level "
    "for motives, of what a passage is worth for passages. The interval is that of the ordinal alpha, or of the "
    "nominal one where there is no other; below 10 units none is given, and fewer than 30 are called few."
)

ALPHA = "Krippendorff's alpha, 1 at most"
COLUMNS = (
    Column("table", "Table"),
    Column("level", "Level"),
    Column("theory", "Theory"),
    Column("coders", "Coders", "count", "coders"),
    Column("units", "Units", "count", "units"),
    Column("sample", "Sample"),
    Column("agreement", "Agreement", "number", "share of pairs of ratings"),
    Column("alpha", "Alpha, nominal", "number", ALPHA),
    Column("alpha_ordinal", "Alpha, ordinal", "number", ALPHA),
    Column("interval_low", "Interval, from", "number", ALPHA),
    Column("interval_high", "to", "number", ALPHA),
    Column("kappa", "Kappa", "number", "agreement beyond chance, 1 at most"),
)


def reliability_finding(model: EvidenceModel) -> Finding | None:
    """How far persons who read the same units agree: per table, level and theory; None where no two have."""
    agreement = model.agreement
    if not agreement.by_table and not agreement.with_themselves:
        return None
    shared = bool(agreement.by_table)
    return Finding(
        id="reliability",
        title="How reliable the codings are",
        says=" ".join(_reliability_sentences(model.case, agreement)),
        see="For each table, level and theory: how many units at least two persons coded, and how far they agree.",
        table=make_table(COLUMNS, [*_agreement_rows(model.case, model.tests, agreement)]),
        method=METHOD,
        rests_on=agreement.basis_ids,
        place="detail" if shared else "annex",
        question="How far two readers agree" if shared else "",
        short_answer=_short_answer(agreement) if shared else "",
    )


def _agreement_rows(
    case: Case, tests: Sequence[CongruenceTest], agreement: IntercoderAgreement
) -> Iterator[dict[str, object]]:
    labels = {test.id: test.label for test in tests}
    for row in agreement.by_table:
        theory = case.theories[row.theory].name if row.theory else "which theory first"
        yield {"table": labels[row.table_id], "level": row.level, "theory": theory} | _measure_cells(row.measures)
    for coder_row in agreement.with_themselves:
        subject = f"{case.coders[coder_row.coder].name}, again"
        cells = {"table": subject, "level": "with themselves", "theory": "all theories"}
        yield cells | _measure_cells(coder_row.measures)


def _measure_cells(measures: RaterAgreement) -> dict[str, object]:
    interval = measures.interval
    return {
        "coders": measures.rater_count,
        "units": measures.unit_count,
        "sample": "few" if measures.is_few else "",
        "agreement": measures.agreement,
        "alpha": measures.alpha,
        "alpha_ordinal": measures.alpha_ordinal,
        "interval_low": interval[0] if interval else None,
        "interval_high": interval[1] if interval else None,
        "kappa": measures.kappa,
    }


def _short_answer(agreement: IntercoderAgreement) -> str:
    """`in 67 to 100 per cent`; of few units that they are too few."""
    if all(row.measures.is_few for row in agreement.by_table):
        return "too few units to say"
    shares = _agreement_range(agreement)
    return f"in {shares} per cent" if shares else "it is not defined"


def _agreement_range(agreement: IntercoderAgreement) -> str:
    """The share of pairs of ratings that agree, from the lowest to the highest, in per cent; empty without any."""
    shares = [round(100 * row.measures.agreement) for row in agreement.by_table if row.measures.agreement is not None]
    if not shares:
        return ""
    return str(shares[0]) if min(shares) == max(shares) else f"{min(shares)} to {max(shares)}"


def _reliability_sentences(case: Case, agreement: IntercoderAgreement) -> Iterator[str]:
    """Who read the same units, how far they agree, and whether that says anything."""
    if not agreement.by_table:
        yield "No two persons read the same units. How far readers agree with themselves stands in the table."
        return
    readers = join_words(coder_in_sentence(case, coder) for coder in agreement.readers)
    yield f"{upper_first(readers)} read the same motives or passages."
    if shares := _agreement_range(agreement):
        yield f"They agree in {shares} per cent of their ratings, depending on table and theory."
    small, total = sum(row.measures.is_few for row in agreement.by_table), len(agreement.by_table)
    if small:
        which = (
            "Each comparison rests" if small == total else f"Of {cardinal(total)} comparisons, {cardinal(small)} rest"
        )
        yield f"{which} on fewer than {FEW_UNITS} of them, too few to say much."
    if programs := [coder_in_sentence(case, coder) for coder in agreement.programs]:
        yield f"Programs do not count as readers: {join_words(programs)}."
