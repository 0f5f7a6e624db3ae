"""Text out of LaTeX, as BibTeX files have it, through pylatexenc; and text put into it.

pylatexenc reads a character at a time, which takes seconds for a megabyte. Most words of a bibliography are plain,
and the others come again and again, so the text is taken apart at its white space where that changes nothing, and only
words that hold LaTeX are decoded, each once.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from detente.text.safe_text import clean

_SPACE = re.compile("[\x00-\x20\x7f]+")
_SIGNS = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
} | {c: f"\\{c}" for c in "%&#_$"}
_MEANT = {written: c for c, written in _SIGNS.items()} | {rf"\{c}": c for c in "{}~"}
_ESCAPED = re.compile("|".join(map(re.escape, sorted(_MEANT, key=len, reverse=True))))
# Two of these, one after the other, are another character to LaTeX: -- is a dash, `` a quotation mark.
_LIGATURE = re.compile("(?<=-)(?=-)|(?<=')(?=')|(?<=[`?!])(?=`)|(?<=[,<>])(?=[,<>])")

# What means something to LaTeX; a text without any of these stands for itself.
_LATEX = re.compile(r"[\\{}$~%&#^_]|--|``|''|[?!]`|,,|<<|>>")
# Environments and the like may hold what looks like anything else: a text with them is not taken apart.
_WHOLE = re.compile(r"\\(?:begin|end|verb|[(\[])")
# A command takes what follows its white space, and may have several arguments with white space between them.
_GOES_ON = re.compile(r"\\(?:[a-zA-Z]+\*?|[^a-zA-Z&%#_{}$,;:!@/-])\Z|\\[a-zA-Z]+\*?(?:\{[^{}]*\}|\[[^]]*\])+\Z")
_ESCAPE = re.compile(r"\\.")
_MOST_PIECE = 20_000  # what holds LaTeX for longer without a space is no text of a bibliography
_WORD = re.compile(r"[^ \t\n\r]+")  # a no-break space is a letter like others


def plain(text: str) -> str:
    """Text with single spaces, and without characters that no text is made of."""
    return _SPACE.sub(" ", clean(text)).strip(" ")


def signs(text: str) -> str:
    """Text whose every character stands for itself in LaTeX, but for ligatures."""
    return "".join(_SIGNS.get(c, c) for c in text)


def escaped(text: str) -> str:
    """Text whose every character stands for itself in LaTeX."""
    return _LIGATURE.sub("{}", signs(text))


def verbatim(text: str) -> str:
    """An address or a DOI, in which LaTeX's characters stand for themselves, whether they are escaped or not."""
    found = re.fullmatch(r"\\url\s*\{(.*)\}", text.strip(), re.DOTALL)
    return plain(_ESCAPED.sub(lambda m: _MEANT[m[0]], found[1] if found else text))


def decoder() -> Callable[[str], str]:
    """A function from LaTeX to text: accents and braces decoded, mathematics left as it stands.

    It raises what pylatexenc raises; ValueError among others.
    """
    word = lru_cache(maxsize=50_000)(_whole_decoder())

    def decoded(text: str) -> str:
        if not _LATEX.search(text):
            return plain(text)
        pieces = [text] if _WHOLE.search(text) else _pieces(text.strip(" \t\n\r"))
        if max(map(len, pieces), default=0) > _MOST_PIECE:
            raise ValueError("too long to be read as LaTeX")
        return plain(" ".join(word(piece) if _LATEX.search(piece) else piece for piece in pieces))

    return decoded


def _pieces(text: str) -> list[str]:
    """The text taken apart at white space that is outside braces, mathematics and the reach of a command."""
    found: list[str] = []
    depth, mathematics, begins = 0, False, 0
    for match in _WORD.finditer(text):
        word = match[0]
        if len(word) > _MOST_PIECE:
            return [text]
        bare = _ESCAPE.sub("", word)
        depth += bare.count("{") - bare.count("}")
        mathematics ^= bool(bare.count("$") % 2)
        if depth < 0:
            return [text]
        if not (depth or mathematics or _GOES_ON.search(word)):
            found.append(text[begins : match.end()])
            begins = match.end() + 1
    if depth or mathematics:
        return [text]
    return [*found, text[begins:]] if begins < len(text) else found


def _whole_decoder() -> Callable[[str], str]:
    from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db
    from pylatexenc.latexwalker import get_default_latex_context_db as walker_context

    context = get_default_latex_context_db()
    own = {"textbraceleft": "{", "textbraceright": "}", "textasciicircum": "^", "textasciitilde": "~", "url": "%s"}
    macros = [MacroTextSpec(name, simplify_repl=text) for name, text in own.items()]
    context.add_context_category("detente", prepend=True, macros=macros)
    latex = LatexNodes2Text(latex_context=context, math_mode="verbatim")
    known = walker_context()  # made once: it takes longer than reading a title

    def decoded(text: str) -> str:
        # BibTeX files have bare signs where LaTeX would have escaped ones; a bare % would swallow the rest.
        bare = re.sub(r"(?<!\\)((?:\\\\)*)([%&])", r"\1\\\2", text)
        return plain(latex.latex_to_text(re.sub(r"(?<!\\)~", " ", bare), latex_context=known))

    return decoded
