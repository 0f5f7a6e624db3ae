"""What a code of another program says in the terms of a case: a motive, or for or against a theory."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from detente.case.loading.csv_codings import parse_code
from detente.case.schema.case import Case
from detente.exchange.citations.read_citations import case_id
from detente.exchange.projects.refi_mapping import MOTIVES_CODE


@dataclass(frozen=True, slots=True)
class CodeMeaning:
    """What a code says: the motive that a passage bears on, or what it says to a theory."""

    motive: str = ""
    theory: str = ""
    direction: str = ""
    strength: str = ""
    branch: str = ""
    """The branch of the theory that the code is called by, if it is."""


class CodeNames:
    """The names by which the codes of other programs are known in a case, letter case and white space aside."""

    def __init__(self, case: Case):
        self._motives = {normalise_name(name): id for id, part in case.motives.items() for name in (part.title, id)}
        self._theories = {normalise_name(name): id for id, part in case.theories.items() for name in (part.name, id)}
        self._branches = {
            normalise_name(name): (id, branch.name)
            for id, part in case.theories.items()
            for key, branch in part.branches.items()
            for name in (branch.name, key)
        }

    def meaning_of_path(self, path: tuple[str, ...]) -> CodeMeaning | None:
        """What a code says by its path; None if it says nothing in this case."""
        *ancestors, code_name = map(normalise_name, path)
        theory = next((self._theories[name] for name in reversed(ancestors) if name in self._theories), "")
        if code_name in self._motives and (MOTIVES_CODE in ancestors or not theory):
            return CodeMeaning(motive=self._motives[code_name])
        if code_name in self._theories:
            return CodeMeaning(theory=self._theories[code_name], direction="for")
        code = parse_code(code_name) or {}
        if theory and "direction" in code and not (code["direction"] == "neither" and "strength" in code):
            return CodeMeaning(theory=theory, **code)
        theory_id, branch = self._branches.get(code_name, ("", ""))
        return (
            CodeMeaning(theory=theory_id, direction="for", branch=branch)
            if theory_id and theory in ("", theory_id)
            else None
        )


def normalise_name(name: str) -> str:
    """A name as it is looked up: without letter case, with single spaces."""
    return " ".join(name.split()).casefold()


def unique_id(name: str, kind: str, taken_ids: set[str]) -> str:
    """An id for a case from a name, or from its kind where the name has no Latin letter or digit; taken from now on."""
    has_latin = re.search("[a-z0-9]", unicodedata.normalize("NFKD", name).casefold())
    id = case_id(name if has_latin else kind, taken_ids)
    taken_ids.add(id)
    return id
