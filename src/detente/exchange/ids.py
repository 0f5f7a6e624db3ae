"""Ids for a case, and keys for BibTeX, from the keys of other programs in any script."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

# Cyrillic after ALA-LC without its marks, Greek as it is usually written; from memory. What only a few use follows.
_LETTERS_BY_LATIN = {
    **{"": "ъь", "a": "аα", "ae": "әæ", "b": "бβ", "c": "ћ", "ch": "чχ", "d": "дδđð", "dj": "ђ", "dz": "џѕ"},
    **{"e": "еэεə", "f": "ф", "g": "гґγ", "gh": "ғ", "h": "һħ", "i": "иіηιı", "ia": "я", "ie": "є", "iu": "ю"},
    **{"j": "ј", "k": "кκ", "kh": "х", "l": "лλł", "lj": "љ", "m": "мμ", "n": "нν", "ng": "ңŋ", "nj": "њ"},
    **{"o": "оөοωø", "oe": "œ", "p": "пπ", "ph": "φ", "ps": "ψ", "q": "қ", "r": "рρ", "s": "сσς", "sh": "ш"},
    **{"shch": "щ", "t": "тτ", "th": "θþ", "ts": "ц", "u": "уүұ", "v": "в", "x": "ξ", "y": "ыυ", "z": "зζ"},
    **{"zh": "ж"},
}
_LATIN_BY_LETTER = {letter: latin for latin, letters in _LETTERS_BY_LATIN.items() for letter in letters}
_SYLLABLE_NAME = re.compile(r"(?:(?:HANGUL|ETHIOPIC) SYLLABLE|(?:HIRAGANA|KATAKANA) LETTER)(?: SMALL)? (\w+)")
_LETTER_NAME = re.compile(r"(?:ARABIC|HEBREW|ARMENIAN SMALL|GEORGIAN) LETTER (?:FINAL |[A-Z]+ )*?(\w)\w*")


def transliterate(text: str) -> str:
    """Text in small ASCII letters and digits, as far as its letters can be said in these; other signs stay, or go.

    Marks on letters go. Syllables are called by their names in Unicode; of Arabic, Hebrew, Armenian and Georgian
    letters the first letter of their name is taken, which is enough to tell keys apart.
    """
    spelling = "".join(_spell_character(c) for c in _compose_unicode(text.casefold()))
    return unicodedata.normalize("NFKD", spelling).encode("ascii", "ignore").decode()


def _spell_character(c: str) -> str:
    if c.isascii():
        return c
    if c in _LATIN_BY_LETTER:
        return _LATIN_BY_LETTER[c]
    name = unicodedata.name(c, "")
    match = _SYLLABLE_NAME.match(name) or _LETTER_NAME.fullmatch(name)
    if match:
        return match[1].lower()
    decomposed = unicodedata.normalize("NFKD", c)
    return "".join(_LATIN_BY_LETTER.get(part, part) for part in decomposed)


def id_stem(key: str) -> str:
    """The id for a case that a key gives: `smith-2004-a` from `Smith:2004_a`; nothing where nothing of it is left."""
    return re.sub(r"[^a-z0-9]*[^a-z0-9.][^a-z0-9]*|\.{2,}", "-", transliterate(key[:400])).strip("-.")[:80].rstrip("-.")


def case_id(key: str, taken_ids: set[str]) -> str:
    """An id for a case from a key, numbered where it is taken; `source` where the key gives none."""
    stem = id_stem(key) or "source"

    def add_number(number: int) -> str:
        return f"{stem[: 79 - len(str(number))].rstrip('-.')}-{number}"

    return stem if stem not in taken_ids else first_free_name(add_number, lambda id: id in taken_ids)


def bibtex_key(id: str, taken_keys: set[str]) -> str:
    """A citation key that BibTeX takes, from an id; not one of those taken (casefolded), to which it is added.

    ASCII letters stay as they are, large ones included; others are said in small ones.
    """
    spelling = "".join(
        c if c.isascii() else transliterate(c).capitalize() if c.isupper() else transliterate(c)
        for c in _compose_unicode(id)
    )
    stem = re.sub(r"[^A-Za-z0-9:._+/-]+", "-", spelling).strip("-") or "item"
    key = stem
    if key.casefold() in taken_keys:
        key = first_free_name(lambda number: f"{stem}-{number}", lambda key: key.casefold() in taken_keys)
    taken_keys.add(key.casefold())
    return key


def first_free_name(make_name: Callable[[int], str], is_taken: Callable[[str], bool]) -> str:
    """The first name from the second on that is not taken, found by halving, since thousands may be."""
    taken_number, free_number = 1, 2
    while is_taken(make_name(free_number)):
        taken_number, free_number = free_number, 2 * free_number
    while free_number - taken_number > 1:
        middle = (taken_number + free_number) // 2
        taken_number, free_number = (middle, free_number) if is_taken(make_name(middle)) else (taken_number, middle)
    return make_name(free_number)


def _compose_unicode(text: str) -> str:
    return unicodedata.normalize("NFC", text)
