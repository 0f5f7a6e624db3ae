"""What a code of another program says in the terms of a case: a motive, or for or against a theory."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from detente.case.loading.csv_codings import code_of
from detente.case.schema.case import Case
from detente.exchange.citations.read_citations import case_id
from detente.exchange.projects.refi_mapping import MOTIVES


@dataclass(frozen=True, slots=True)
class Meaning:
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
        self._motives = {plain(name): id for id, part in case.motives.items() for name in (part.title, id)}
        self._theories = {plain(name): id for id, part in case.theories.items() for name in (part.name, id)}
        self._branches = {
            plain(name): (id, branch.name)
            for id, part in case.theories.items()
            for key, branch in part.branches.items()
            for name in (branch.name, key)
        }

    def meaning(self, path: tuple[str, ...]) -> Meaning | None:
        """What a code says by its path; None if it says nothing in this case."""
        *above, last = map(plain, path)
        theory = next((self._theories[name] for name in reversed(above) if name in self._theories), "")
        if last in self._motives and (MOTIVES in above or not theory):
            return Meaning(motive=self._motives[last])
        if last in self._theories:
            return Meaning(theory=self._theories[last], direction="for")
        code = code_of(last) or {}
        if theory and "direction" in code and not (code["direction"] == "neither" and "strength" in code):
            return Meaning(theory=theory, **code)
        of, branch = self._branches.get(last, ("", ""))
        return Meaning(theory=of, direction="for", branch=branch) if of and theory in ("", of) else None


def plain(name: str) -> str:
    """A name as it is looked up: without letter case, with single spaces."""
    return " ".join(name.split()).casefold()


def id_from(name: str, kind: str, taken: set[str]) -> str:
    """An id for a case from a name, or from its kind where the name has no Latin letter or digit; taken from now on."""
    latin = re.search("[a-z0-9]", unicodedata.normalize("NFKD", name).casefold())
    id = case_id(name if latin else kind, taken)
    taken.add(id)
    return id
