"""Lists of issues whose titles may hold an `and` of their own."""

from __future__ import annotations

from collections.abc import Sequence

from detente.text.english import cardinal


def join_titles(titles: Sequence[str], conjunction: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`; with a comma before the last where a title has such a word of its own."""
    if len(titles) < 2:
        return "".join(titles)
    comma = "," if any(f" {conjunction} " in title for title in titles) else ""
    return f"{', '.join(titles[:-1])}{comma} {conjunction} {titles[-1]}"


def on_titles(titles: Sequence[str]) -> str:
    """`on a`, `on a and b`, `on a, and on b and c` where a title has an `and` of its own."""
    if any(" and " in title for title in titles):
        return join_titles([f"on {title}" for title in titles])
    return f"on {join_titles(titles)}"


def on_issues(count: int, total: int) -> str:
    """`on three of five issues`, `on all five issues`, `on both issues`, `on no issue`, `on the one issue`."""
    if count == 0:
        return "on no issue"
    if count < total:
        return f"on {cardinal(count)} of {cardinal(total)} issues"
    return "on the one issue" if total == 1 else "on both issues" if total == 2 else f"on all {cardinal(total)} issues"
