"""Names as they stand within a sentence: without the capital that only begins a title, or with a possessive."""

from __future__ import annotations

from detente.text.english import lower_first

ARTICLES = ("The ", "A ", "An ")


def with_small_article(name: str) -> str:
    """A name within a sentence: `the author` for `The author`; one that begins with no article stays."""
    return name[:1].lower() + name[1:] if name.startswith(ARTICLES) else name


def common_name(name: str) -> str:
    """A name that is a common noun within a sentence: `realism` for `Realism`; one with other capitals stays."""
    return lower_first(name) if name[1:] == name[1:].lower() else name


def possessive(name: str) -> str:
    """`liberalism's`, `relative gains'`."""
    return f"{name}'" if name.endswith("s") else f"{name}'s"
