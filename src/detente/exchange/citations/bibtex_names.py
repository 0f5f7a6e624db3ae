"""Names of persons and bodies from BibTeX, through bibtexparser, and to it.

What BibTeX calls the von part, `van der`, is CSL's `dropping-particle`, or its `non-dropping-particle` where the entry
says `options = {useprefix=true}` (BibLaTeX's manual, and pandoc).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from detente.exchange.citations.latex import clean_spaces, escape_latex

CslName = dict[str, str]
"""A name in the fields of CSL-JSON."""

_PART_PATTERN = re.compile(r"\s*((?:family|given|prefix|suffix)(?:-i)?|useprefix)\s*=\s*(.*)", re.DOTALL)
_LETTERS_PATTERN = re.compile(r"[^\W\d_]+")
_CAPITAL_MARK = "A\ue000"
_HARMLESS_PATTERN = re.compile(r"[^\W_](?:[^\W_]|[ .'’-])*")


def parse_names(
    value: str, use_prefix: bool, decode: Callable[[str], str], add_note: Callable[[str], None]
) -> list[CslName]:
    """The names in a field of BibTeX.

    Args:
        value: The field, LaTeX and all.
        use_prefix: Whether particles stay with the family name.
        decode: From LaTeX to text.
        add_note: Told what is left out or not taken apart.
    """
    from bibtexparser.middlewares.names import split_multiple_persons_names

    names = []
    for name in split_multiple_persons_names(value):
        if name.strip().casefold() == "others":
            add_note("has further names ('others'): left out")
        elif parts := _name_parts(name.strip(), use_prefix, add_note):
            decoded = {part: decode(text) for part, text in parts.items()}
            names.append({part: text for part, text in decoded.items() if text})
    return [name for name in names if name]


def _name_parts(name: str, use_prefix: bool, add_note: Callable[[str], None]) -> CslName:
    from bibtexparser.middlewares.names import InvalidNameError, parse_single_name_into_parts

    if _is_braced(name):
        return {"literal": name}
    particle = "non-dropping-particle" if use_prefix else "dropping-particle"
    pieces = [_PART_PATTERN.fullmatch(piece) for piece in _split_at_commas(name)] if "=" in name else [None]
    if all(pieces):
        explicit_parts = {piece[1]: piece[2] for piece in pieces if piece}
        particle = "non-dropping-particle" if explicit_parts.get("useprefix", "").strip() == "true" else particle
        csl_part_names = {"family": "family", "given": "given", "prefix": particle, "suffix": "suffix"}
        return {csl_part_names[part]: text for part, text in explicit_parts.items() if part in csl_part_names}
    try:
        parts = parse_single_name_into_parts(_LETTERS_PATTERN.sub(_mark_as_capital, name))
    except InvalidNameError as error:
        add_note(f"has a name that is not taken apart ({error.reason.lower()})")
        return {"literal": name}
    part_words = (parts.von, parts.last, parts.first, parts.jr)
    von, family, given, suffix = (" ".join(words).replace(_CAPITAL_MARK, "") for words in part_words)
    return {"family": family, "given": given, particle: von, "suffix": suffix}


def _mark_as_capital(letters: re.Match[str]) -> str:
    """Letters of a script without large and small ones, marked as large: bibtexparser takes them for a von part."""
    first_letter = letters[0][0]
    return letters[0] if first_letter.isupper() or first_letter.islower() else _CAPITAL_MARK + letters[0]


def _split_at_commas(name: str) -> list[str]:
    """A name taken apart at the commas outside braces."""
    pieces, depth = [""], 0
    for c in name:
        depth += {"{": 1, "}": -1}.get(c, 0)
        if c == "," and depth == 0:
            pieces.append("")
        else:
            pieces[-1] += c
    return pieces


def _is_braced(name: str) -> bool:
    """Whether one pair of braces holds the whole name."""
    if not (name.startswith("{") and name.endswith("}")):
        return False
    depth = 0
    for brace in re.finditer(r"\\.|[{}]", name, re.DOTALL):
        depth += {"{": 1, "}": -1}.get(brace[0], 0)
        if depth == 0 and brace.end() < len(name):
            return False
    return depth == 0


def format_names_field(names: Any) -> str:
    """Names as a field of BibTeX, which splits them again the same way."""
    return " and ".join(filter(None, map(_format_one_name, names)))


def uses_prefix(names: Any) -> bool:
    """Whether a name has a particle that stays with the family name."""
    return any(name.get("non-dropping-particle") for name in names)


def loses_particle(names: Any) -> bool:
    """Whether there are particles of both kinds, or without a plain small word each, which BibTeX cannot tell."""
    kinds = {kind for name in names for kind in ("dropping-particle", "non-dropping-particle") if name.get(kind)}
    return len(kinds) > 1 or any(not _is_von_part(name.get(kind, "a")) for name in names for kind in kinds)


def _format_one_name(name: CslName) -> str:
    """A name as BibTeX splits it again; one in a single pair of braces is not split."""
    given, literal, suffix = (clean_spaces(name.get(part, "")) for part in ("given", "literal", "suffix"))
    particle = clean_spaces(f"{name.get('dropping-particle', '')} {name.get('non-dropping-particle', '')}")
    family = clean_spaces(name.get("family", ""))
    if not family:
        single_name = clean_spaces(f"{particle} {literal or given}")
        return f"{{{escape_latex(single_name)}}}" if single_name else ""
    if particle and _is_von_part(particle):
        return ", ".join(
            filter(None, (f"{particle} {_guard_part(family)}", _guard_part(suffix), _guard_part(given) or "{}"))
        )
    family = clean_spaces(f"{particle} {family}")
    if not given and not suffix:
        is_harmless = " " not in family and family.casefold() != "others"
        return _guard_part(family) if is_harmless else f"{{{escape_latex(family)}}}{{}}"
    return ", ".join(filter(None, (_guard_part(family), _guard_part(suffix), _guard_part(given) or "{}")))


def _is_von_part(text: str) -> bool:
    """Whether BibTeX takes these words for the von part."""
    return all(re.fullmatch(r"[a-zà-öø-ÿ][^\W\d_'’-]*['’]?", word) for word in text.split()) and text.strip() != "and"


def _begins_with_von(text: str) -> bool:
    """Whether BibTeX would take the first words of a family name for the von part."""
    letters = (next((c for c in word if c.isalpha()), "") for word in text.split()[:-1])
    return any(letter.islower() for letter in letters)


def _guard_part(text: str) -> str:
    """A part of a name, in braces where BibTeX would take it apart."""
    is_harmless = (
        _HARMLESS_PATTERN.fullmatch(text) and not _begins_with_von(text) and " and " not in f" {text.casefold()} "
    )
    return escape_latex(text) if is_harmless or not text else f"{{{escape_latex(text)}}}{{}}"
