"""The theories of a case as a codebook of QDA programs, and such a codebook as theories of a case.

In the codebook a theory is a code, its definition the description; below it stand its branches and the codes that say
how strongly a passage speaks for it or against it. Motives stand below "motives", as in a project.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from detente.case.entries.entries import case_entries
from detente.case.loading.csv_codings import LIST_COLUMNS, SHEET_COLUMNS, STRENGTHS, parse_code
from detente.case.schema.case import Case
from detente.case.schema.coding import Theory
from detente.errors import DetenteError
from detente.exchange.projects.code_names import normalise_name, unique_id
from detente.exchange.projects.refi_mapping import MOTIVES_CODE
from detente.exchange.refi.codebook_file import Codebook, CodebookCode, codes_with_paths
from detente.text.english import join_words

_FIELD_BY_HEADING = {"Include": "include", "Exclude": "exclude", "Example": "example"}
_HEADING_PATTERN = re.compile(rf"^[ \t]*({'|'.join(_FIELD_BY_HEADING)}):[ \t]*$", re.MULTILINE)
_STRENGTH_CODES = (*(f"{strength} {way}" for way in ("for", "against") for strength in STRENGTHS), "neither")


def codes_of_case(case: Case) -> tuple[list[CodebookCode], list[str]]:
    """The motives and theories of a case as codes, and what they do not carry, in sentences.

    Raises:
        DetenteError: If it has no theories.
    """
    if not case.theories:
        raise DetenteError("this case has no theories; declare some under theories:")
    titles = _distinct_names({id: part.title for id, part in case.motives.items()})
    motives = [
        CodebookCode(titles[id], part.says or "", guid_key=(MOTIVES_CODE, id)) for id, part in case.motives.items()
    ]
    codes = [CodebookCode(MOTIVES_CODE, "What a passage bears on", False, motives, (MOTIVES_CODE,))] if motives else []
    names = _distinct_names({id: part.name for id, part in case.theories.items()})
    codes += [_theory_code(id, names[id], part) for id, part in case.theories.items()]
    undefined_theories = [f"'{id}'" for id, part in case.theories.items() if not part.codebook]
    notes = (
        [f"The case does not say how to recognise {join_words(undefined_theories)}: see codebook: of a theory."]
        if undefined_theories
        else []
    )
    theories_with_propositions = [f"'{id}'" for id, part in case.theories.items() if part.propositions]
    return codes, notes + (
        [f"The propositions of {join_words(theories_with_propositions)} are left out."]
        if theories_with_propositions
        else []
    )


def _distinct_names(names: dict[str, str]) -> dict[str, str]:
    """The names by id, or the id where two are called alike."""
    normalised_names = [normalise_name(name) for name in names.values()]
    return {id: name if normalised_names.count(normalise_name(name)) == 1 else id for id, name in names.items()}


def _theory_code(id: str, name: str, theory: Theory) -> CodebookCode:
    branches = [CodebookCode(part.name, part.says or "", guid_key=(id, key)) for key, part in theory.branches.items()]
    strengths = [CodebookCode(strength, guid_key=(id, strength)) for strength in _STRENGTH_CODES]
    return CodebookCode(name, definition_text(theory), codes=[*branches, *strengths], guid_key=(id,))


def definition_text(theory: Theory) -> str:
    """How a theory is recognised, as one text: its definition, and what to include and exclude under these heads."""
    codebook = theory.codebook
    if codebook is None:
        return theory.says or ""
    parts = [codebook.definition.strip()]
    for heading, rules in (("Include", codebook.include), ("Exclude", codebook.exclude)):
        parts += ["\n".join([f"{heading}:", *(f"- {' '.join(rule.split())}" for rule in rules)])] if rules else []
    parts += [f"Example:\n{' '.join(codebook.example.split())}"] if codebook.example else []
    return "\n\n".join(parts)


def parse_codebook(text: str) -> dict[str, Any]:
    """A text so made, or any other, as the codebook of a theory."""
    pieces = [piece.strip() for piece in _HEADING_PATTERN.split(text)]
    if len(pieces) == 1 or not pieces[0]:
        return {"definition": text.strip()}
    codebook: dict[str, Any] = {"definition": pieces[0]}
    for heading, body in zip(pieces[1::2], pieces[2::2], strict=True):
        if heading == "Example":
            codebook["example"] = body
        elif body:
            codebook[_FIELD_BY_HEADING[heading]] = _split_rules(body)
    return {name: content for name, content in codebook.items() if content}


def _split_rules(body: str) -> list[str]:
    """The rules below a head: each begins with a hyphen, or each is a line."""
    pieces = (
        re.split(r"^[ \t]*[-*•][ \t]+", body, flags=re.MULTILINE) if re.match(r"[-*•]\s", body) else body.split("\n")
    )
    return [rule for rule in (" ".join(piece.split()) for piece in pieces) if rule]


def theories_from_codebook(codebook: Codebook, case: Case) -> tuple[dict[str, Any], list[str]]:
    """A codebook as sections of a case: the theories that the case does not have yet.

    Args:
        codebook: A codebook as `read_codebook` gives it.
        case: The case it is for.

    Returns:
        The sections, and what was matched or left out, in sentences.
    """
    importer = _TheoryImport(case)
    importer.walk_codes(codebook.codes, ())
    omissions = [*(["the colours of codes"] if codebook.has_colours else [])]
    omissions += [f"sets of codes ({join_words(map(repr, codebook.set_names))})"] if codebook.set_names else []
    notes = [*importer.notes, *([f"Left out: {join_words(omissions)}."] if omissions else [])]
    return ({"theories": importer.new_theories} if importer.new_theories else {}), notes


class _TheoryImport:
    """Theories in the making."""

    def __init__(self, case: Case):
        self.case = case
        self.taken_ids = {*case_entries(case), *SHEET_COLUMNS, *LIST_COLUMNS}
        self.theory_ids = {normalise_name(name): id for id, part in case.theories.items() for name in (part.name, id)}
        self.motive_ids = {normalise_name(name): id for id, part in case.motives.items() for name in (part.title, id)}
        self.new_theories: dict[str, Any] = {}
        self.notes: list[str] = []

    def walk_codes(self, codes: Sequence[CodebookCode], ancestors: tuple[str, ...]) -> None:
        """Goes through codes: those that are no heads are theories."""
        for code in codes:
            path = " > ".join((*ancestors, code.name))
            if normalise_name(code.name) == MOTIVES_CODE and not ancestors:
                self._note_missing_motives(code)
            elif normalise_name(code.name) in self.theory_ids:
                self._note_known_theory(self.theory_ids[normalise_name(code.name)], code)
            elif parse_code(code.name):
                self.notes.append(f"'{path}' says how strongly, but not for which theory: left out.")
            elif not code.is_codable:
                omission_phrase = "; it has none and is left out" if not code.codes else ""
                self.notes.append(
                    f"'{path}' is a head and no code: what stands below it is taken for theories{omission_phrase}."
                )
                self.walk_codes(code.codes, (*ancestors, code.name))
            else:
                self._add_theory(code)

    def _add_theory(self, code: CodebookCode) -> None:
        id = unique_id(code.name, "theory", self.taken_ids)
        self.theory_ids[normalise_name(code.name)] = id
        self.new_theories[id] = {"name": code.name}
        if code.description:
            self.new_theories[id]["codebook"] = parse_codebook(code.description)
        else:
            self.notes.append(f"'{code.name}' becomes a theory without a codebook, for the file does not define it.")
        branches = {unique_id(name, "branch", self.taken_ids): (name, part) for name, part in self._branch_codes(code)}
        if branches:
            self.new_theories[id]["branches"] = {
                key: {"name": name} | ({"says": part.description} if part.description else {})
                for key, (name, part) in branches.items()
            }

    def _branch_codes(self, code: CodebookCode) -> Iterator[tuple[str, CodebookCode]]:
        """The codes below a theory that are not about strength, each with its path as its name."""
        names: set[str] = set()
        for path, part in codes_with_paths(code.codes):
            name = " > ".join(path)
            if parse_code(part.name):
                continue
            if not part.is_codable or normalise_name(name) in names:
                reason = "is called like another" if part.is_codable else "is a head and no code"
                self.notes.append(f"'{code.name} > {name}' {reason}: left out.")
                continue
            names.add(normalise_name(name))
            yield name, part

    def _note_known_theory(self, id: str, code: CodebookCode) -> None:
        """Notes a code that is a theory already, and where the file says otherwise."""
        theory = self.case.theories.get(id)
        if theory is None:
            self.notes.append(f"Two codes are called '{code.name}': the first is taken.")
            return
        text, case_text = (" ".join(definition.split()) for definition in (code.description, definition_text(theory)))
        difference = (
            "; the file defines it otherwise, and the case's definition stands" if text not in ("", case_text) else ""
        )
        if text and not theory.codebook and difference:
            difference = f"; the file defines it and the case does not: put it under theories.{id}.codebook"
        self.notes.append(f"'{code.name}' is the theory '{id}' of the case{difference}.")
        branches = {normalise_name(name) for key, part in theory.branches.items() for name in (key, part.name)}
        missing_branches = [f"'{name}'" for name, _ in self._branch_codes(code) if normalise_name(name) not in branches]
        if missing_branches:
            self.notes.append(
                f"Put under theories.{id}.branches what the file has besides: {join_words(missing_branches)}."
            )

    def _note_missing_motives(self, code: CodebookCode) -> None:
        missing_motives = [
            f"'{part.name}'"
            for _, part in codes_with_paths(code.codes)
            if normalise_name(part.name) not in self.motive_ids
        ]
        if missing_motives:
            reason = "a codebook does not say whose they are"
            self.notes.append(f"Left out, since {reason}: {join_words(missing_motives)}; declare them under motives:.")
