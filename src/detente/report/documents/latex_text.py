r"""Text as LaTeX, and names of macros: whatever a case holds, nothing in it is taken for a command."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from detente.report.documents.blocks import NamedNumber, Run
from detente.text.safe_text import REPLACEMENT_CHARACTER, clean_text

_ESCAPES = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "^": r"\textasciicircum{}",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "%": r"\%",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': r"\textquotedbl{}",
    "'": "'",
    "`": r"\textasciigrave{}",
    "-": "-",
    "[": "{[}",
    "]": "{]}",
    "–": "--",
    "—": "---",
    "−": r"\textminus{}",
    "’": "'",
    "‘": "`",
    "“": "``",
    "”": "''",
    "…": r"\dots{}",
    "·": r"\textperiodcentered{}",
    "×": r"\texttimes{}",
    "±": r"\textpm{}",
    "→": r"\textrightarrow{}",
    "←": r"\textleftarrow{}",
    "½": r"\textonehalf{}",
    "¼": r"\textonequarter{}",
    "¾": r"\textthreequarters{}",
    "°": r"\textdegree{}",
    "€": r"\texteuro{}",
    "£": r"\textsterling{}",
    "§": r"\textsection{}",
    "≤": r"\ensuremath{\leq}",
    "≥": r"\ensuremath{\geq}",
    "≈": r"\ensuremath{\approx}",
    "\u00a0": "~",
    "\u00ad": r"\-",
    "\u202f": r"\,",
    "\u2009": r"\,",
    "\u2011": r"\mbox{-}",
    "ß": r"\ss{}",
    "æ": r"\ae{}",
    "Æ": r"\AE{}",
    "œ": r"\oe{}",
    "Œ": r"\OE{}",
    "ø": r"\o{}",
    "Ø": r"\O{}",
    "å": r"\aa{}",
    "Å": r"\AA{}",
    "ł": r"\l{}",
    "Ł": r"\L{}",
    "ð": r"\dh{}",
    "þ": r"\th{}",
    "ı": r"\i{}",
    "«": r"\guillemotleft{}",
    "»": r"\guillemotright{}",
    "¿": r"\textquestiondown{}",
    "¡": r"\textexclamdown{}",
}
_ACCENTS = {
    "\u0300": "`",
    "\u0301": "'",
    "\u0302": "^",
    "\u0303": "~",
    "\u0308": '"',
    "\u0304": "=",
    "\u0306": "u ",
    "\u0307": ".",
    "\u030a": "r ",
    "\u030b": "H ",
    "\u030c": "v ",
    "\u0327": "c ",
    "\u0328": "k ",
}
"""Combining marks and the commands that set them over any letter."""
_DIGIT_WORDS = ("Zero", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")


def escape_latex(text: str) -> str:
    """Text on one line as LaTeX that shows it, in T1 as in Unicode fonts."""
    flat = " ".join(clean_text(text).splitlines()).replace("\t", " ")
    return " ".join(map(_escape_word, unicodedata.normalize("NFC", flat).split(" ")))


LONGEST_WORD = 16
"""A longer word, as a path of a case is, may break after each of its points, strokes and hyphens."""


def _escape_word(word: str) -> str:
    escaped = "".join(map(_escape_character, word))
    return (
        re.sub(r"(?<=[\w}])(\.|/|\\_|-)(?=\w)", r"\1\\allowbreak{}", escaped) if len(word) > LONGEST_WORD else escaped
    )


def _escape_character(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    if " " <= character <= "~":
        return character
    base, *marks = list(unicodedata.normalize("NFD", character))
    if len(marks) == 1 and marks[0] in _ACCENTS and base.isascii() and base.isalpha():
        # Over an i stands the accent in the place of its dot.
        return rf"\{_ACCENTS[marks[0]]}{{{base if base not in 'ij' else chr(92) + base}}}"
    if character == REPLACEMENT_CHARACTER or unicodedata.category(character)[0] == "C":
        return "?"
    # Any other letter: where the font has it, and its number where the program has no such fonts.
    return rf"\detchar{{{ord(character):04X}}}"


class MacroNames:
    r"""Names of macros, letters only and each once: `Russia-run strict` is `\detRussiaRunStrict`."""

    def __init__(self, numbers: Sequence[NamedNumber]):
        self._by_name: dict[str, str] = {}
        self.values: dict[str, str] = {}
        """What each macro stands for, as LaTeX, in order."""
        for value, name in numbers:
            if name not in self._by_name:
                macro = self._free_macro(name)
                self._by_name[name] = macro
                self.values[macro] = escape_latex(value)

    def _free_macro(self, name: str) -> str:
        stem = f"det{camel_case(name)}"
        numbered = (stem + camel_case(str(number)) for number in range(2, len(self.values) + 3))
        return next(macro for macro in (stem, *numbered) if macro not in self.values)

    def use(self, name: str) -> str:
        """The macro of a number, as it stands in a text."""
        return rf"\{self._by_name[name]}{{}}"


def camel_case(name: str) -> str:
    """Words as one, of Latin letters only: `grave-threat, 2` is `GraveThreatTwo`."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    spelt = re.sub(r"\d", lambda digit: f" {_DIGIT_WORDS[int(digit.group())]} ", plain)
    return "".join(word[:1].upper() + word[1:] for word in re.findall(r"[A-Za-z]+", spelt)) or "Number"


def latex_runs(runs: Sequence[Run], macros: MacroNames) -> str:
    """Runs as LaTeX: strong ones in bold, keys in a fixed font, numbers that have names as macros."""
    return "".join(_run(run, macros) for run in runs)


def _run(run: Run, macros: MacroNames) -> str:
    text = macros.use(run.number_name) if run.number_name else escape_latex(run.text)
    if run.is_code:
        return rf"\texttt{{{text}}}"
    return rf"\textbf{{{text}}}" if run.strong and text.strip() else text
