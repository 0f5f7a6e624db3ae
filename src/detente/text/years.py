"""Of which year numbers are, in words."""

from __future__ import annotations


def numbers_note(year: int | None) -> str:
    """`Numbers of 2007.`, and nothing where they are of no one year."""
    return f"Numbers of {year}." if year is not None else ""


def with_year(label: str, year: int | None) -> str:
    """`Who gains, 2007`."""
    return f"{label}, {year}" if year is not None else label
