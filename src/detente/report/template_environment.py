"""The templates of the page, and what they may call: filters, and words and numbers of pictures and tables."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

from detente.case.entries.registry import CaseEntry
from detente.case.schema.base import ID_PATTERN
from detente.report import picture_scale
from detente.report.table_view import table_view
from detente.results.finding import Finding, table_year
from detente.results.pictures import MotiveTable, MotiveTables
from detente.text.dates import format_period
from detente.text.english import count_noun, lower_first
from detente.text.number_format import per_hundred
from detente.text.years import numbers_note, with_year

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

MOST_ROWS, MOST_COLUMNS = 12, 6
"""A table of at most so many rows and columns stands in a detail without a picture; others stand in the annex."""
MOST_LINKED = 5
"""A list of entries links to so many, and says how many more there are."""
STATE_MARKS = {"yes": "full", "half": "half", "no": "none", "unclear": "unclear", "empty": "off"}
_HYPHENATED_ID = re.compile(rf"(?=[a-z0-9.]+-){ID_PATTERN}")
_KEY = re.compile("`([^`]+)`")


@cache
def template_environment() -> Environment:
    """The templates, with every value escaped."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    env = Environment(
        loader=PackageLoader("detente.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters |= {"linked": link_ids, "lower_first": lower_first, "keys": mark_keys}
    env.globals |= {
        "count": count_noun,
        "period": format_period,
        "table_view": table_view,
        "table_year": table_year,
        "numbers_note": numbers_note,
        "with_year": with_year,
        "per_hundred": per_hundred,
        "range_scale": picture_scale.range_scale,
        "range_ticks": picture_scale.range_ticks,
        "bar_ends": picture_scale.bar_ends,
        "bar_value": picture_scale.bar_value,
        "bar_word": picture_scale.bar_word,
        "time_scale": picture_scale.time_scale,
        "year_ticks": picture_scale.year_ticks,
        "largest_tally": picture_scale.largest_tally,
        "tally_counts": tally_counts,
        "tallies_at_most": tallies_at_most,
        "has_seconds": has_seconds,
        "shows_table": shows_table,
        "most_linked": MOST_LINKED,
        "state_marks": STATE_MARKS,
    }
    return env


def link_ids(text: str, entries_by_id: Mapping[str, CaseEntry]) -> Markup:
    """Text with the ids in it as links: those with a hyphen, since others are also words."""
    from markupsafe import Markup, escape

    def link(match: re.Match[str]) -> str:
        id = match.group()
        return Markup("<a href=#id-{0}>{0}</a>").format(id) if id in entries_by_id else id

    # Ids hold nothing that escaping would change, so they are still whole in the escaped text.
    return Markup(_HYPHENATED_ID.sub(link, str(escape(text))))  # noqa: S704 - escaped before the links go in


def mark_keys(text: str) -> Markup:
    """Text with what stands in backticks as code."""
    from markupsafe import Markup, escape

    return Markup(_KEY.sub(r"<code>\1</code>", str(escape(text))))  # noqa: S704 - escaped before the tags go in


def tally_counts(table: MotiveTable, theory: int) -> tuple[float, float]:
    """How much a theory is named first, and second, over all motives with their weights."""
    first = sum(row.weight for row in table.rows if row.ranks[theory] == "first")
    second = sum(row.weight for row in table.rows if row.ranks[theory] == "second")
    return first, second


def tallies_at_most(table: MotiveTable) -> list[Sequence[float]]:
    """What each theory would count if one named second counted in full."""
    return [[sum(tally_counts(table, theory))] for theory in range(len(table.theories))]


def shows_table(finding: Finding) -> bool:
    """Whether a detail shows its table itself: a small one, where it has no picture."""
    table = finding.table
    if table is None or finding.picture is not None:
        return False
    return table.height <= MOST_ROWS and len(table.columns) <= MOST_COLUMNS


def has_seconds(picture: MotiveTables) -> bool:
    """Whether any motive names a theory second."""
    return any("second" in row.ranks for table in picture.tables for row in table.rows)
