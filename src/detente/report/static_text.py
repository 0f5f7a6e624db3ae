"""Files of the page that are no templates: its style, and its scripts."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markupsafe import Markup


@cache
def static_text(name: str) -> Markup:
    """A file as it stands on a page, without the indentation, which is for whoever writes it.

    Args:
        name: Its path inside `detente/report`.
    """
    return _our_own("\n".join(line.strip() for line in _read(name).splitlines()))


@cache
def script_text(*names: str) -> Markup:
    """Scripts one after another, without comments and spaces; names stay what they are."""
    from rjsmin import jsmin

    return _our_own(jsmin("\n".join(['"use strict";', *map(_read, names)])))


def _read(name: str) -> str:
    from importlib.resources import files

    return files("detente.report").joinpath(name).read_text(encoding="utf-8")


def _our_own(text: str) -> Markup:
    from markupsafe import Markup

    # Ours, so that nothing needs escaping.
    return Markup(text)  # noqa: S704
