"""The theories of a case as a codebook of QDA programs, and such a codebook as theories of a case.

In the codebook a theory is a code, its definition the description; below it stand its branches and the codes that say
how strongly a passage speaks for it or against it. Motives stand below "motives", as in a project.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from detente.case.index.entries import entries
from detente.case.loading.csv_codings import LIST, SHEET, STRENGTHS, code_of
from detente.case.schema.case import Case
from detente.case.schema.coding import Theory
from detente.errors import DetenteError
from detente.exchange.projects.code_names import id_from, plain
from detente.exchange.projects.refi_mapping import MOTIVES
from detente.exchange.refi.codebook_file import Code, Codebook, below
from detente.text.english import listed

_HEADS = {"Include": "include", "Exclude": "exclude", "Example": "example"}
_HEAD = re.compile(rf"^[ \t]*({'|'.join(_HEADS)}):[ \t]*$", re.MULTILINE)
_STRENGTH_CODES = (*(f"{strength} {way}" for way in ("for", "against") for strength in STRENGTHS), "neither")


def codes_of(case: Case) -> tuple[list[Code], list[str]]:
    """The motives and theories of a case as codes, and what they do not carry, in sentences.

    Raises:
        DetenteError: If it has no theories.
    """
    if not case.theories:
        raise DetenteError("this case has no theories; declare some under theories:")
    titles = _distinct({id: part.title for id, part in case.motives.items()})
    motives = [Code(titles[id], part.says or "", key=(MOTIVES, id)) for id, part in case.motives.items()]
    codes = [Code(MOTIVES, "What a passage bears on", False, motives, (MOTIVES,))] if motives else []
    names = _distinct({id: part.name for id, part in case.theories.items()})
    codes += [_theory_code(id, names[id], part) for id, part in case.theories.items()]
    bare = [f"'{id}'" for id, part in case.theories.items() if not part.codebook]
    notes = [f"The case does not say how to recognise {listed(bare)}: see codebook: of a theory."] if bare else []
    told = [f"'{id}'" for id, part in case.theories.items() if part.propositions]
    return codes, notes + ([f"The propositions of {listed(told)} are left out."] if told else [])


def _distinct(names: dict[str, str]) -> dict[str, str]:
    """The names by id, or the id where two are called alike."""
    known = [plain(name) for name in names.values()]
    return {id: name if known.count(plain(name)) == 1 else id for id, name in names.items()}


def _theory_code(id: str, name: str, theory: Theory) -> Code:
    branches = [Code(part.name, part.says or "", key=(id, key)) for key, part in theory.branches.items()]
    strengths = [Code(word, key=(id, word)) for word in _STRENGTH_CODES]
    return Code(name, definition_text(theory), codes=[*branches, *strengths], key=(id,))


def definition_text(theory: Theory) -> str:
    """How a theory is recognised, as one text: its definition, and what to include and exclude under these heads."""
    book = theory.codebook
    if book is None:
        return theory.says or ""
    parts = [book.definition.strip()]
    for head, rules in (("Include", book.include), ("Exclude", book.exclude)):
        parts += ["\n".join([f"{head}:", *(f"- {' '.join(rule.split())}" for rule in rules)])] if rules else []
    parts += [f"Example:\n{' '.join(book.example.split())}"] if book.example else []
    return "\n\n".join(parts)


def codebook_from(text: str) -> dict[str, Any]:
    """A text so made, or any other, as the codebook of a theory."""
    pieces = [piece.strip() for piece in _HEAD.split(text)]
    if len(pieces) == 1 or not pieces[0]:
        return {"definition": text.strip()}
    found: dict[str, Any] = {"definition": pieces[0]}
    for head, body in zip(pieces[1::2], pieces[2::2], strict=True):
        if head == "Example":
            found["example"] = body
        elif body:
            found[_HEADS[head]] = _rules(body)
    return {name: held for name, held in found.items() if held}


def _rules(body: str) -> list[str]:
    """The rules below a head: each begins with a hyphen, or each is a line."""
    cut = re.split(r"^[ \t]*[-*•][ \t]+", body, flags=re.MULTILINE) if re.match(r"[-*•]\s", body) else body.split("\n")
    return [rule for rule in (" ".join(each.split()) for each in cut) if rule]


def theories_from(book: Codebook, case: Case) -> tuple[dict[str, Any], list[str]]:
    """A codebook as sections of a case: the theories that the case does not have yet.

    Args:
        book: A codebook as `read_codebook` gives it.
        case: The case it is for.

    Returns:
        The sections, and what was matched or left out, in sentences.
    """
    taking = _Theories(case)
    taking.walk(book.codes, ())
    also = [*(["the colours of codes"] if book.coloured else [])]
    also += [f"sets of codes ({listed(map(repr, book.sets))})"] if book.sets else []
    notes = [*taking.notes, *([f"Left out: {listed(also)}."] if also else [])]
    return ({"theories": taking.new} if taking.new else {}), notes


class _Theories:
    """Theories in the making."""

    def __init__(self, case: Case):
        self.case = case
        self.taken = {*entries(case), *SHEET, *LIST}
        self.known = {plain(name): id for id, part in case.theories.items() for name in (part.name, id)}
        self.motives = {plain(name): id for id, part in case.motives.items() for name in (part.title, id)}
        self.new: dict[str, Any] = {}
        self.notes: list[str] = []

    def walk(self, codes: Sequence[Code], above: tuple[str, ...]) -> None:
        """Goes through codes: those that are no heads are theories."""
        for code in codes:
            path = " > ".join((*above, code.name))
            if plain(code.name) == MOTIVES and not above:
                self._motives(code)
            elif plain(code.name) in self.known:
                self._matched(self.known[plain(code.name)], code)
            elif code_of(code.name):
                self.notes.append(f"'{path}' says how strongly, but not for which theory: left out.")
            elif not code.codable:
                empty = "; it has none and is left out" if not code.codes else ""
                self.notes.append(f"'{path}' is a head and no code: what stands below it is taken for theories{empty}.")
                self.walk(code.codes, (*above, code.name))
            else:
                self._add(code)

    def _add(self, code: Code) -> None:
        id = id_from(code.name, "theory", self.taken)
        self.known[plain(code.name)] = id
        self.new[id] = {"name": code.name}
        if code.description:
            self.new[id]["codebook"] = codebook_from(code.description)
        else:
            self.notes.append(f"'{code.name}' becomes a theory without a codebook, for the file does not define it.")
        branches = {id_from(name, "branch", self.taken): (name, part) for name, part in self._branches(code)}
        if branches:
            self.new[id]["branches"] = {
                key: {"name": name} | ({"says": part.description} if part.description else {})
                for key, (name, part) in branches.items()
            }

    def _branches(self, code: Code) -> Iterator[tuple[str, Code]]:
        """The codes below a theory that are not about strength, each with its path as its name."""
        seen: set[str] = set()
        for path, part in below(code.codes):
            name = " > ".join(path)
            if code_of(part.name):
                continue
            if not part.codable or plain(name) in seen:
                why = "is called like another" if part.codable else "is a head and no code"
                self.notes.append(f"'{code.name} > {name}' {why}: left out.")
                continue
            seen.add(plain(name))
            yield name, part

    def _matched(self, id: str, code: Code) -> None:
        """Notes a code that is a theory already, and where the file says otherwise."""
        theory = self.case.theories.get(id)
        if theory is None:
            self.notes.append(f"Two codes are called '{code.name}': the first is taken.")
            return
        text, ours = (" ".join(each.split()) for each in (code.description, definition_text(theory)))
        differs = "; the file defines it otherwise, and the case's definition stands" if text not in ("", ours) else ""
        if text and not theory.codebook and differs:
            differs = f"; the file defines it and the case does not: put it under theories.{id}.codebook"
        self.notes.append(f"'{code.name}' is the theory '{id}' of the case{differs}.")
        branches = {plain(name) for key, part in theory.branches.items() for name in (key, part.name)}
        lacking = [f"'{name}'" for name, _ in self._branches(code) if plain(name) not in branches]
        if lacking:
            self.notes.append(f"Put under theories.{id}.branches what the file has besides: {listed(lacking)}.")

    def _motives(self, code: Code) -> None:
        lacking = [f"'{part.name}'" for _, part in below(code.codes) if plain(part.name) not in self.motives]
        if lacking:
            why = "a codebook does not say whose they are"
            self.notes.append(f"Left out, since {why}: {listed(lacking)}; declare them under motives:.")
