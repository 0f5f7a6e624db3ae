"""Dotted terms: in each view the first use of a glossary word leads to its meaning."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from detente.text.glossary import GLOSSARY

if TYPE_CHECKING:
    from markupsafe import Markup

_TERM_BY_WORDS = {words.lower(): term.id for term in GLOSSARY for words in term.marked}
_WORDS = re.compile(
    rf"(?<![\w-])({'|'.join(map(re.escape, sorted(_TERM_BY_WORDS, key=len, reverse=True)))})(?![\w-])", re.IGNORECASE
)


class TermLinker:
    """Text of one view, with the first use of each term as a link to its entry in the glossary."""

    def __init__(self) -> None:
        self._seen: set[str] = set()

    def link(self, text: str) -> Markup:
        """The text, escaped, with its terms that were not yet linked in this view as links."""
        from markupsafe import Markup, escape

        def mark(match: re.Match[str]) -> str:
            id = _TERM_BY_WORDS[match.group().lower()]
            if id in self._seen:
                return match.group()
            self._seen.add(id)
            return f'<a class="term" href="#g-{id}">{match.group()}</a>'

        # The words hold nothing that escaping would change, so they are still whole in the escaped text.
        return Markup(_WORDS.sub(mark, str(escape(text))))  # noqa: S704 - escaped before the links go in
