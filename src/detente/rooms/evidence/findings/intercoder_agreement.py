"""The finding on how far coders agree who read the same units."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.case.schema.case import Case
from detente.results.finding import Finding
from detente.results.table import Column, make_table
from detente.rooms.evidence.model.congruence_tables import CongruenceTest
from detente.rooms.evidence.model.intercoder_agreement import IntercoderAgreement, RaterAgreement
from detente.text.english import as_sentence, join_words
from detente.text.number_format import format_number

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
    Column("table"),
    Column("level"),
    Column("theory"),
    Column("coders", format="count", unit="coders"),
    Column("units", format="count", unit="units"),
    Column("sample"),
    Column("agreement", format="number", unit="share of pairs of ratings"),
    Column("alpha", "Alpha, nominal", "number", ALPHA),
    Column("alpha_ordinal", "Alpha, ordinal", "number", ALPHA),
    Column("interval_low", "interval, from", "number", ALPHA),
    Column("interval_high", "to", "number", ALPHA),
    Column("kappa", format="number", unit="agreement beyond chance, 1 at most"),
)


def reliability_finding(case: Case, tests: Sequence[CongruenceTest], agreement: IntercoderAgreement) -> Finding:
    """How far persons who read the same units agree: per table, level and theory."""
    rows = [*_agreement_rows(case, tests, agreement)]
    return Finding(
        id="reliability",
        title="How reliable the codings are",
        says=_reliability_words(case, agreement),
        see="For each table, level and theory: how many units at least two persons coded, and how far they agree.",
        table=make_table(COLUMNS, rows) if rows else None,
        method=METHOD,
        rests_on=agreement.basis_ids,
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


def _reliability_words(case: Case, agreement: IntercoderAgreement) -> str:
    persons = [case.coders[coder].name for coder in agreement.readers]
    if not agreement.by_table:
        readers_phrase = (
            f"{join_words(persons)} alone" if len(persons) == 1 else "no person" if not persons else "no two persons"
        )
        return as_sentence(
            f"not known: {readers_phrase} read these units, and reliability takes a second reader of the same ones. "
            "The command detente coding-sheet writes a blind sheet for one"
        )
    alpha_phrases = [phrase for level in ("passages", "motives") if (phrase := _alpha_phrase(agreement, level))]
    text = f"{join_words(persons)}: {'; '.join(alpha_phrases) or 'alpha is not defined where nothing varies'}"
    small_count = sum(row.measures.is_few for row in agreement.by_table)
    if small_count:
        total = len(agreement.by_table)
        small_phrase = "all" if small_count == total else f"{small_count} of {total}"
        text += f". The samples are small ({small_phrase} have fewer than 30 units): they say little"
    programs = [case.coders[coder].name for coder in agreement.programs]
    text += f". Left out, being programs: {join_words(programs)}" if programs else ""
    return as_sentence(text)


def _alpha_phrase(agreement: IntercoderAgreement, level: str) -> str:
    """The range of the ordinal alpha over what is coded at a level; nothing where it is not defined."""
    rows = [row.measures for row in agreement.by_table if row.level == level and row.theory is not None]
    alphas = [measures.alpha_ordinal for measures in rows if measures.alpha_ordinal is not None]
    if not alphas:
        return ""
    lowest, highest = format_number(min(alphas)), format_number(max(alphas))
    return f"over {level} alpha (ordinal) is {lowest if len(alphas) == 1 else f'from {lowest} to {highest}'}"
