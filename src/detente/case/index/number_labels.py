"""What to call a number of a case, so that no reader meets its path: `efficiency of “Bilateral channels”`."""

from __future__ import annotations

from detente.case.entries.cache import once_per_case
from detente.case.entries.entries import case_entries
from detente.case.index.by_year import display_name
from detente.case.schema.base import CasePath
from detente.case.schema.bounds import UNBOUNDED
from detente.case.schema.case import Case
from detente.case.uncertainty.bounds import bounds_at


def number_label(case: Case, path: str) -> str:
    """What a number is, from the label of its field, the title of its entry, and whose it is.

    Args:
        case: The case.
        path: Where the number stands, as dotted keys.
    """
    bounds = bounds_at(case, path)
    entry_path, title = _owner(case, path)
    rest = path[len(".".join(map(str, entry_path))) + 1 :] if entry_path else path
    keys = rest.split(".")
    party = display_name(case, keys[-1]) if keys[-1] in {*case.actors, *case.organisations} else ""
    field_key = keys[-2] if party and len(keys) > 1 else keys[-1]
    name = field_key.replace("_", " ") if bounds is UNBOUNDED else bounds.name
    if entry_path[:1] == ("mechanisms",):
        return f"“{title}” for {party}" if party else f"“{title}”"
    if party and keys[0] == "threat":
        return f"{name} by {party}"
    if party:
        return f"{name} of {party} ({title})" if title else f"{name} of {party}"
    return f"{name} of “{title}”" if title else name


@once_per_case
def _titles_by_path(case: Case) -> dict[str, tuple[CasePath, str]]:
    return {".".join(map(str, entry.path)): (entry.path, entry.label) for entry in case_entries(case).values()}


def _owner(case: Case, path: str) -> tuple[CasePath, str]:
    """The path and title of the entry that a number belongs to; nothing where it is a setting."""
    titles = _titles_by_path(case)
    owners = [known for known in titles if path.startswith(f"{known}.")]
    return titles[max(owners, key=len)] if owners else ((), "")
