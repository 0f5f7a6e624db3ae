"""The files of a case, read to trees and joined to one."""

from __future__ import annotations

from pathlib import Path

from detente.case.coded import read_codings
from detente.case.yaml_tree import Node, read_tree
from detente.errors import Place, Problem, did_you_mean

MOST_FILES = 200


def joined(file: Path, shown: str, problems: list[Problem]) -> tuple[Node | None, bool]:
    """The tree of the case's own file with what its imports hold added to it, and whether all of them could be read.

    The tree is None if the case's own file cannot be read.
    """
    root = _read(file, shown, 0, problems)
    if root is None or not isinstance(root.value, dict) or "import" not in root.value:
        return root, root is not None
    listed = root.value["import"]
    seen = {file.resolve()}
    whole = True
    for rank, entry in enumerate(listed.value if isinstance(listed.value, list) else [listed], start=1):
        name = entry.value
        if not isinstance(name, str) or not name:
            continue  # the schema says so
        path = file.parent / name
        fault = _unimportable(file.parent, path, seen, rank)
        if fault:
            problems.append(Problem(entry.place, "import", f"'{name}' {fault[0]}", fault[1]))
            whole = False
            continue
        seen.add(path.resolve())
        before = len(problems)
        part = _read(path, str(Path(shown).parent / name), rank, problems)
        if part is not None:
            _join(root, part, problems)
        elif len(problems) > before:  # an empty file holds nothing and is no problem
            whole = False
    return root, whole


def _unimportable(folder: Path, path: Path, seen: set[Path], rank: int) -> tuple[str, str] | None:
    try:
        if not path.resolve().is_relative_to(folder.resolve()):
            return "lies outside the case's folder", "keep a case together"
        if not path.is_file():
            near = did_you_mean(path.name, [p.name for p in folder.iterdir() if p.suffix in (".yaml", ".csv")])
            return "is no file here", near or "give a path from this file's folder"
        if path.resolve() in seen:
            return "is imported already", "take it out"
    except (OSError, ValueError, RuntimeError):  # a name no file can have; a circle of links
        return "is no path of a file", "give a path from this file's folder"
    return ("is one file too many", f"at most {MOST_FILES}") if rank > MOST_FILES else None


def _read(path: Path, shown: str, rank: int, problems: list[Problem]) -> Node | None:
    try:
        read = read_codings if path.suffix.lower() == ".csv" and rank else read_tree
        return read(path.read_bytes(), shown, rank, problems)
    except OSError as error:
        problems.append(Problem(Place(rank, shown, 1, 1), "", f"cannot be read: {error.strerror}"))
        return None


def _join(root: Node, part: Node, problems: list[Problem]) -> None:
    """Adds the sections of an imported file to the root; ids and single keys stand in one file only."""
    if not isinstance(part.value, dict) or part.keys is None or root.keys is None:
        problems.append(Problem(part.place, "", "an imported file holds sections", "e.g. 'actors:' and what is in it"))
        return
    for key, node in part.value.items():
        place = part.keys[key]
        old = root.value.get(key)
        if key == "import":
            problems.append(Problem(place, key, "only the case's own file imports", "name the file there"))
        elif old is None:
            root.value[key], root.keys[key] = node, place
        elif isinstance(old.value, list) and isinstance(node.value, list):
            old.value.extend(node.value)
        elif isinstance(old.value, dict) and isinstance(node.value, dict) and key != "evidence":
            for name, entry in node.value.items():
                at = (node.keys or {})[name]
                if name in old.value:
                    problems.append(
                        Problem(at, f"{key}.{name}", "stands twice", f"it stood first at {(old.keys or {})[name]}")
                    )
                else:
                    old.value[name] = entry
                    (old.keys or {})[name] = at
        else:
            problems.append(Problem(place, key, "stands twice", f"it stood first at {root.keys[key]}"))
