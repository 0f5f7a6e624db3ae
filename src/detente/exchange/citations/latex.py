"""Text out of LaTeX, as BibTeX files have it, through pylatexenc; and text put into it.

pylatexenc reads a character at a time, which takes seconds for a megabyte. Most words of a bibliography are plain,
and the others come again and again, so the text is taken apart at its white space where that changes nothing, and only
words that hold LaTeX are decoded, each once.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from detente.text.safe_text import clean_text

_SPACE_PATTERN = re.compile("[\x00-\x20\x7f]+")
_LATEX_BY_SIGN = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
} | {c: f"\\{c}" for c in "%&#_$"}
_SIGN_BY_LATEX = {written: c for c, written in _LATEX_BY_SIGN.items()} | {rf"\{c}": c for c in "{}~"}
_ESCAPED_SIGN_PATTERN = re.compile("|".join(map(re.escape, sorted(_SIGN_BY_LATEX, key=len, reverse=True))))
# Two of these, one after the other, are another character to LaTeX: -- is a dash, `` a quotation mark.
_LIGATURE = re.compile("(?<=-)(?=-)|(?<=')(?=')|(?<=[`?!])(?=`)|(?<=[,<>])(?=[,<>])")

# What means something to LaTeX; a text without any of these stands for itself.
_LATEX_PATTERN = re.compile(r"[\\{}$~%&#^_]|--|``|''|[?!]`|,,|<<|>>")
# Environments and the like may hold what looks like anything else: a text with them is not taken apart.
_INDIVISIBLE_PATTERN = re.compile(r"\\(?:begin|end|verb|[(\[])")
# A command takes what follows its white space, and may have several arguments with white space between them.
_OPEN_COMMAND_PATTERN = re.compile(
    r"\\(?:[a-zA-Z]+\*?|[^a-zA-Z&%#_{}$,;:!@/-])\Z|\\[a-zA-Z]+\*?(?:\{[^{}]*\}|\[[^]]*\])+\Z"
)
_BACKSLASH_PAIR_PATTERN = re.compile(r"\\.")
_MAX_PIECE_LENGTH = 20_000  # what holds LaTeX for longer without a space is no text of a bibliography
_WORD_PATTERN = re.compile(r"[^ \t\n\r]+")  # a no-break space is a letter like others


def clean_spaces(text: str) -> str:
    """Text with single spaces, and without characters that no text is made of."""
    return _SPACE_PATTERN.sub(" ", clean_text(text)).strip(" ")


def escape_signs(text: str) -> str:
    """Text whose every character stands for itself in LaTeX, but for ligatures."""
    return "".join(_LATEX_BY_SIGN.get(c, c) for c in text)


def escape_latex(text: str) -> str:
    """Text whose every character stands for itself in LaTeX."""
    return _LIGATURE.sub("{}", escape_signs(text))


def unescape_verbatim(text: str) -> str:
    """An address or a DOI, in which LaTeX's characters stand for themselves, whether they are escaped or not."""
    match = re.fullmatch(r"\\url\s*\{(.*)\}", text.strip(), re.DOTALL)
    return clean_spaces(_ESCAPED_SIGN_PATTERN.sub(lambda m: _SIGN_BY_LATEX[m[0]], match[1] if match else text))


def latex_decoder() -> Callable[[str], str]:
    """A function from LaTeX to text: accents and braces decoded, mathematics left as it stands.

    It raises what pylatexenc raises; ValueError among others.
    """
    decode_word = lru_cache(maxsize=50_000)(_piece_decoder())

    def decode_text(text: str) -> str:
        if not _LATEX_PATTERN.search(text):
            return clean_spaces(text)
        pieces = [text] if _INDIVISIBLE_PATTERN.search(text) else _split_pieces(text.strip(" \t\n\r"))
        if max(map(len, pieces), default=0) > _MAX_PIECE_LENGTH:
            raise ValueError("too long to be read as LaTeX")
        return clean_spaces(" ".join(decode_word(piece) if _LATEX_PATTERN.search(piece) else piece for piece in pieces))

    return decode_text


def _split_pieces(text: str) -> list[str]:
    """The text taken apart at white space that is outside braces, mathematics and the reach of a command."""
    pieces: list[str] = []
    depth, in_mathematics, piece_start = 0, False, 0
    for match in _WORD_PATTERN.finditer(text):
        word = match[0]
        if len(word) > _MAX_PIECE_LENGTH:
            return [text]
        unescaped = _BACKSLASH_PAIR_PATTERN.sub("", word)
        depth += unescaped.count("{") - unescaped.count("}")
        in_mathematics ^= bool(unescaped.count("$") % 2)
        if depth < 0:
            return [text]
        if not (depth or in_mathematics or _OPEN_COMMAND_PATTERN.search(word)):
            pieces.append(text[piece_start : match.end()])
            piece_start = match.end() + 1
    if depth or in_mathematics:
        return [text]
    return [*pieces, text[piece_start:]] if piece_start < len(text) else pieces


def _piece_decoder() -> Callable[[str], str]:
    from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db
    from pylatexenc.latexwalker import get_default_latex_context_db as walker_context

    context = get_default_latex_context_db()
    own_macros = {
        "textbraceleft": "{",
        "textbraceright": "}",
        "textasciicircum": "^",
        "textasciitilde": "~",
        "url": "%s",
    }
    macros = [MacroTextSpec(name, simplify_repl=text) for name, text in own_macros.items()]
    context.add_context_category("detente", prepend=True, macros=macros)
    latex = LatexNodes2Text(latex_context=context, math_mode="verbatim")
    parsing_context = walker_context()  # made once: it takes longer than reading a title

    def decode_piece(text: str) -> str:
        # BibTeX files have bare signs where LaTeX would have escaped ones; a bare % would swallow the rest.
        escaped_text = re.sub(r"(?<!\\)((?:\\\\)*)([%&])", r"\1\\\2", text)
        return clean_spaces(latex.latex_to_text(re.sub(r"(?<!\\)~", " ", escaped_text), latex_context=parsing_context))

    return decode_piece
