"""Files of the page that are no templates: its style, and its scripts."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markupsafe import Markup

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


@cache
def static_text(name: str) -> Markup:
    """A file as it stands on a page, without the indentation, which is for whoever writes it.

    Args:
        name: Its path inside `detente/report`.
    """
    return _our_own(_read(name))


@cache
def script_text(*names: str) -> Markup:
    """Scripts one after another, without comments and indentation; no text in ours has the signs of a comment."""
    return _our_own("\n".join(['"use strict";', *(_COMMENT.sub("", _read(name)) for name in names)]))


def _read(name: str) -> str:
    from importlib.resources import files

    return files("detente.report").joinpath(name).read_text(encoding="utf-8")


def _our_own(text: str) -> Markup:
    from markupsafe import Markup

    # Ours, so that nothing needs escaping.
    return Markup("\n".join(filter(None, (line.strip() for line in text.splitlines()))))  # noqa: S704
