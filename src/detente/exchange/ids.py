"""Ids for a case, and keys for BibTeX, from the keys of other programs in any script."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

# Cyrillic after ALA-LC without its marks, Greek as it is usually written; from memory. What only a few use follows.
_LATIN = {
    **{"": "ъь", "a": "аα", "ae": "әæ", "b": "бβ", "c": "ћ", "ch": "чχ", "d": "дδđð", "dj": "ђ", "dz": "џѕ"},
    **{"e": "еэεə", "f": "ф", "g": "гґγ", "gh": "ғ", "h": "һħ", "i": "иіηιı", "ia": "я", "ie": "є", "iu": "ю"},
    **{"j": "ј", "k": "кκ", "kh": "х", "l": "лλł", "lj": "љ", "m": "мμ", "n": "нν", "ng": "ңŋ", "nj": "њ"},
    **{"o": "оөοωø", "oe": "œ", "p": "пπ", "ph": "φ", "ps": "ψ", "q": "қ", "r": "рρ", "s": "сσς", "sh": "ш"},
    **{"shch": "щ", "t": "тτ", "th": "θþ", "ts": "ц", "u": "уүұ", "v": "в", "x": "ξ", "y": "ыυ", "z": "зζ"},
    **{"zh": "ж"},
}
_LETTERS = {letter: latin for latin, letters in _LATIN.items() for letter in letters}
_NAMED = re.compile(r"(?:(?:HANGUL|ETHIOPIC) SYLLABLE|(?:HIRAGANA|KATAKANA) LETTER)(?: SMALL)? (\w+)")
_LETTER = re.compile(r"(?:ARABIC|HEBREW|ARMENIAN SMALL|GEORGIAN) LETTER (?:FINAL |[A-Z]+ )*?(\w)\w*")


def latin(text: str) -> str:
    """Text in small ASCII letters and digits, as far as its letters can be said in these; other signs stay, or go.

    Marks on letters go. Syllables are called by their names in Unicode; of Arabic, Hebrew, Armenian and Georgian
    letters the first letter of their name is taken, which is enough to tell keys apart.
    """
    spelt = "".join(_spelt(c) for c in _composed(text.casefold()))
    return unicodedata.normalize("NFKD", spelt).encode("ascii", "ignore").decode()


def _spelt(c: str) -> str:
    if c.isascii():
        return c
    if c in _LETTERS:
        return _LETTERS[c]
    name = unicodedata.name(c, "")
    found = _NAMED.match(name) or _LETTER.fullmatch(name)
    if found:
        return found[1].lower()
    bare = unicodedata.normalize("NFKD", c)
    return "".join(_LETTERS.get(part, part) for part in bare)


def id_stem(key: str) -> str:
    """The id for a case that a key gives: `smith-2004-a` from `Smith:2004_a`; nothing where nothing of it is left."""
    return re.sub(r"[^a-z0-9]*[^a-z0-9.][^a-z0-9]*|\.{2,}", "-", latin(key[:400])).strip("-.")[:80].rstrip("-.")


def case_id(key: str, taken: set[str]) -> str:
    """An id for a case from a key, numbered where it is taken; `source` where the key gives none."""
    stem = id_stem(key) or "source"

    def numbered(number: int) -> str:
        return f"{stem[: 79 - len(str(number))].rstrip('-.')}-{number}"

    return stem if stem not in taken else first_free(numbered, lambda id: id in taken)


def bibtex_key(id: str, taken: set[str]) -> str:
    """A citation key that BibTeX takes, from an id; not one of those taken (casefolded), to which it is added.

    ASCII letters stay as they are, large ones included; others are said in small ones.
    """
    spelt = "".join(c if c.isascii() else latin(c).capitalize() if c.isupper() else latin(c) for c in _composed(id))
    stem = re.sub(r"[^A-Za-z0-9:._+/-]+", "-", spelt).strip("-") or "item"
    key = stem
    if key.casefold() in taken:
        key = first_free(lambda number: f"{stem}-{number}", lambda key: key.casefold() in taken)
    taken.add(key.casefold())
    return key


def first_free(named: Callable[[int], str], is_taken: Callable[[str], bool]) -> str:
    """The first name from the second on that is not taken, found by halving, since thousands may be."""
    taken, free = 1, 2
    while is_taken(named(free)):
        taken, free = free, 2 * free
    while free - taken > 1:
        middle = (taken + free) // 2
        taken, free = (middle, free) if is_taken(named(middle)) else (taken, middle)
    return named(free)


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)
