"""The blind coding sheet and its codebook, for a second coder; and the codings of a case as a list."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from zlib import crc32

from detente.case.index.source_texts import TextsById, format_locator, passage_text
from detente.case.loading.csv_codings import (
    CODING_LEVELS,
    DIRECTIONS,
    LIST_COLUMNS,
    READER_COLUMNS,
    SHEET_COLUMNS,
    STRENGTHS,
)
from detente.case.schema.case import Case
from detente.case.schema.coding import Theory
from detente.text.safe_text import clean_text, csv_text

UNIT_KINDS = ("passages", "motives")


def coding_sheet_csv(
    case: Case, units: str, coder: str, texts: TextsById | None = None, seed: int | None = None
) -> str:
    """A sheet that somebody can fill in without seeing what others coded: one line a unit, one column a theory.

    Args:
        case: The case.
        units: `passages` or `motives`.
        coder: Who will fill it in; where that coder has coded a unit already, the line is for the next round.
        texts: The user's copies of the documents, to quote passages from.
        seed: The order of the units is drawn with it, so that neighbours in the documents are not neighbours here; made
            of the coder's id if not given, so that no two coders have the same order.

    Returns:
        The sheet as CSV.
    """
    rows = []
    for name, part in (case.motives if units == "motives" else case.passages).items():
        motive = case.motives[name if units == "motives" else part.motive]  # type: ignore[union-attr]
        quotation = (
            " … ".join(text for locator in part.at if (text := passage_text(texts or {}, locator)))
            if units == "passages"
            else ""
        )
        row = {
            "unit": name,
            "about": motive.title,
            "where": "; ".join(format_locator(locator, case.documents[locator.document].title) for locator in part.at),
            "text": quotation or part.says or "",
            "coder": coder,
            "round": str(_next_round(case, coder, name)),
        }
        rows.append(row)
    random.Random(crc32(coder.encode()) if seed is None else seed).shuffle(rows)  # noqa: S311 - an order, not a secret
    first_columns = ["unit", *READER_COLUMNS]
    columns = [*first_columns, *case.theories, *(name for name in SHEET_COLUMNS if name not in first_columns)]
    return _rows_to_csv(columns, rows)


def _next_round(case: Case, coder: str, unit: str) -> int:
    return 1 + max((c.round for c in case.codings if (c.coder, c.unit) == (coder, unit)), default=0)


def coding_sheet_name(case: Case, units: str, coder: str) -> str:
    """What to call a sheet: another name for other units and for a later round, so that none takes another's place."""
    units_by_id = case.motives if units == "motives" else case.passages
    latest_round = max((_next_round(case, coder, unit) for unit in units_by_id), default=1)
    return f"codings-{coder}-{units}{f'-round-{latest_round}' if latest_round > 1 else ''}.csv"


def codebook_markdown(case: Case) -> str:
    """The codebook that goes with a sheet, as Markdown: the theories, and how to write a code down."""
    lines = [
        f"# Codebook: {case.title}",
        "",
        "Fill in the sheet by yourself, without looking at what anybody else has coded. For each line, and each theory",
        "that has a column, write one code:",
        "",
        f"- for a motive: {', '.join(f'`{word}`' for word in CODING_LEVELS)}: "
        "whether the theory explains it first of all,",
        "  besides another, or not at all; one theory at most comes first",
        f"- for a passage: {', '.join(f'`{word}`' for word in DIRECTIONS)}, with `for` and `against` after one of "
        + ", ".join(f"`{word}`" for word in STRENGTHS),
        "  (e.g. `strong for`): whether the passage, as it stands, speaks for the theory as the explanation of the",
        "  motive it is about; `conditional` where it does so only if something holds that it does not say",
        "",
        "An empty cell beside a code means that the theory has nothing to do with it. Leave a line wholly empty if you",
        "have not coded it. Under `because` you may say why; where the round is 2 or more, say why and give the date.",
        "",
    ]
    for name, theory in case.theories.items():
        lines += [f"## {theory.name} (column `{name}`)", ""]
        if theory.codebook is None:
            lines += [theory.says or "", "", "The case says no more about how to recognise it.", ""]
            continue
        theory_codebook = theory.codebook
        lines += [theory_codebook.definition, ""]
        for title, rules in (
            ("Code it when", theory_codebook.include),
            ("Do not code it when", theory_codebook.exclude),
        ):
            lines += [f"**{title}**", "", *(f"- {rule}" for rule in rules), ""] if rules else []
        lines += [f"**Example.** {theory_codebook.example}", ""] if theory_codebook.example else []
    cleaned_lines = (line if line.startswith(("- ", "  ")) else " ".join(line.split()) for line in lines)
    return clean_text("\n".join(cleaned_lines))


def theories_without_codebook(theories: Mapping[str, Theory]) -> list[str]:
    """The theories of which the case does not say how to recognise them."""
    return [name for name, theory in theories.items() if theory.codebook is None]


def codings_csv(case: Case) -> str:
    """Every coding of a case, superseded ones included, as CSV with a line each; the case reads it back.

    Of codings with more than one place the first is given.
    """
    rows = []
    for coding in case.codings:
        locator = coding.at[0] if coding.at else None
        explicit_fields = coding.model_fields_set
        values = {name: getattr(coding, name) for name in LIST_COLUMNS if name in explicit_fields}
        if locator:
            values |= {"document": locator.document, "section": locator.section}
            values |= {"start": locator.span[0], "end": locator.span[1]} if locator.span else {}
        rows.append({name: str(value) for name, value in values.items() if value is not None})
    return _rows_to_csv(LIST_COLUMNS, rows)


def _rows_to_csv(columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> str:
    return csv_text(columns, ([" ".join(row.get(name, "").split()) for name in columns] for row in rows))
