"""Names of persons and bodies from BibTeX, through bibtexparser, and to it.

What BibTeX calls the von part, `van der`, is CSL's `dropping-particle`, or its `non-dropping-particle` where the entry
says `options = {useprefix=true}` (BibLaTeX's manual, and pandoc).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from detente.exchange.citations.latex import escaped, plain

Name = dict[str, str]
"""A name in the fields of CSL-JSON."""

_PART = re.compile(r"\s*((?:family|given|prefix|suffix)(?:-i)?|useprefix)\s*=\s*(.*)", re.DOTALL)
_CASELESS = re.compile(r"[^\W\d_]+")
_LARGE = "A\ue000"
_HARMLESS = re.compile(r"[^\W_](?:[^\W_]|[ .'’-])*")


def names_of(value: str, use_prefix: bool, decode: Callable[[str], str], say: Callable[[str], None]) -> list[Name]:
    """The names in a field of BibTeX.

    Args:
        value: The field, LaTeX and all.
        use_prefix: Whether particles stay with the family name.
        decode: From LaTeX to text.
        say: Told what is left out or not taken apart.
    """
    from bibtexparser.middlewares.names import split_multiple_persons_names

    found = []
    for name in split_multiple_persons_names(value):
        if name.strip().casefold() == "others":
            say("has further names ('others'): left out")
        elif parts := _parts(name.strip(), use_prefix, say):
            decoded = {part: decode(text) for part, text in parts.items()}
            found.append({part: text for part, text in decoded.items() if text})
    return [name for name in found if name]


def _parts(name: str, use_prefix: bool, say: Callable[[str], None]) -> Name:
    from bibtexparser.middlewares.names import InvalidNameError, parse_single_name_into_parts

    if _in_braces(name):
        return {"literal": name}
    particle = "non-dropping-particle" if use_prefix else "dropping-particle"
    pieces = [_PART.fullmatch(piece) for piece in _at_commas(name)] if "=" in name else [None]
    if all(pieces):
        said = {piece[1]: piece[2] for piece in pieces if piece}
        particle = "non-dropping-particle" if said.get("useprefix", "").strip() == "true" else particle
        renamed = {"family": "family", "given": "given", "prefix": particle, "suffix": "suffix"}
        return {renamed[part]: text for part, text in said.items() if part in renamed}
    try:
        parts = parse_single_name_into_parts(_CASELESS.sub(_with_case, name))
    except InvalidNameError as error:
        say(f"has a name that is not taken apart ({error.reason.lower()})")
        return {"literal": name}
    pieces_of = (parts.von, parts.last, parts.first, parts.jr)
    von, family, given, suffix = (" ".join(words).replace(_LARGE, "") for words in pieces_of)
    return {"family": family, "given": given, particle: von, "suffix": suffix}


def _with_case(letters: re.Match[str]) -> str:
    """Letters of a script without large and small ones, marked as large: bibtexparser takes them for a von part."""
    first = letters[0][0]
    return letters[0] if first.isupper() or first.islower() else _LARGE + letters[0]


def _at_commas(name: str) -> list[str]:
    """A name taken apart at the commas outside braces."""
    found, depth = [""], 0
    for c in name:
        depth += {"{": 1, "}": -1}.get(c, 0)
        if c == "," and depth == 0:
            found.append("")
        else:
            found[-1] += c
    return found


def _in_braces(name: str) -> bool:
    """Whether one pair of braces holds the whole name."""
    if not (name.startswith("{") and name.endswith("}")):
        return False
    depth = 0
    for found in re.finditer(r"\\.|[{}]", name, re.DOTALL):
        depth += {"{": 1, "}": -1}.get(found[0], 0)
        if depth == 0 and found.end() < len(name):
            return False
    return depth == 0


def written(names: Any) -> str:
    """Names as a field of BibTeX, which splits them again the same way."""
    return " and ".join(filter(None, map(_written, names)))


def uses_prefix(names: Any) -> bool:
    """Whether a name has a particle that stays with the family name."""
    return any(name.get("non-dropping-particle") for name in names)


def loses_particle(names: Any) -> bool:
    """Whether there are particles of both kinds, or without a plain small word each, which BibTeX cannot tell."""
    kinds = {kind for name in names for kind in ("dropping-particle", "non-dropping-particle") if name.get(kind)}
    return len(kinds) > 1 or any(not _is_von(name.get(kind, "a")) for name in names for kind in kinds)


def _written(name: Name) -> str:
    """A name as BibTeX splits it again; one in a single pair of braces is not split."""
    given, literal, suffix = (plain(name.get(part, "")) for part in ("given", "literal", "suffix"))
    particle = plain(f"{name.get('dropping-particle', '')} {name.get('non-dropping-particle', '')}")
    family = plain(name.get("family", ""))
    if not family:
        alone = plain(f"{particle} {literal or given}")
        return f"{{{escaped(alone)}}}" if alone else ""
    if particle and _is_von(particle):
        return ", ".join(filter(None, (f"{particle} {_guarded(family)}", _guarded(suffix), _guarded(given) or "{}")))
    family = plain(f"{particle} {family}")
    if not given and not suffix:
        harmless = " " not in family and family.casefold() != "others"
        return _guarded(family) if harmless else f"{{{escaped(family)}}}{{}}"
    return ", ".join(filter(None, (_guarded(family), _guarded(suffix), _guarded(given) or "{}")))


def _is_von(text: str) -> bool:
    """Whether BibTeX takes these words for the von part."""
    return all(re.fullmatch(r"[a-zà-öø-ÿ][^\W\d_'’-]*['’]?", word) for word in text.split()) and text.strip() != "and"


def _has_von(text: str) -> bool:
    """Whether BibTeX would take the first words of a family name for the von part."""
    letters = (next((c for c in word if c.isalpha()), "") for word in text.split()[:-1])
    return any(letter.islower() for letter in letters)


def _guarded(text: str) -> str:
    """A part of a name, in braces where BibTeX would take it apart."""
    harmless = _HARMLESS.fullmatch(text) and not _has_von(text) and " and " not in f" {text.casefold()} "
    return escaped(text) if harmless or not text else f"{{{escaped(text)}}}{{}}"
