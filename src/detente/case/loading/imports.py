"""The files of a case, read to trees and joined to one."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from detente.case.loading.csv_codings import read_codings
from detente.case.loading.yaml_tree import MOST_NODES, Node, read_tree
from detente.errors import Place, Problem, UnreadableFile, did_you_mean
from detente.files.bounded_read import not_a_file, read_bounded

MOST_FILES = 200
MOST_BYTES = 8 * 2**20
"""The files of a case have at most so many bytes, all together."""
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:/")


def joined(file: Path, shown: str, problems: list[Problem]) -> tuple[Node | None, bool]:
    """The tree of the case's own file with what its imports hold added to it, and whether all of them could be read.

    The tree is None if the case's own file cannot be read.
    """
    files = CaseFiles(file, shown, problems)
    return files.joined(), files.whole


@dataclass
class CaseFiles:
    """The files of one case: what was read of them, and how much more may be.

    Args:
        file: The case's own file.
        shown: How to name that file in messages.
        problems: The list that problems are added to.
    """

    file: Path
    shown: str
    problems: list[Problem]
    whole: bool = True
    """Whether all of them could be read."""
    read: dict[str, Path] = field(default_factory=dict)
    """The imported files that were read, by the names the case has for them."""
    bytes_left: int = MOST_BYTES
    nodes_left: int = MOST_NODES

    def joined(self) -> Node | None:
        """The tree of the case's own file, with what its imports hold; None if that file cannot be read."""
        root = self._tree(self.file, self.shown, 0)
        if root is None:
            self.whole = False
            return None
        listed = root.child("import") or Node([], root.place)
        for rank, entry in enumerate(listed.value if isinstance(listed.value, list) else [listed], start=1):
            if isinstance(entry.value, str) and entry.value:  # else the schema says so
                self._import(root, entry.value, entry.place, rank)
        return root

    def _import(self, root: Node, name: str, place: Place, rank: int) -> None:
        path = self.file.parent / name
        seen = {one.resolve() for one in (self.file, *self.read.values())}
        if fault := _unimportable(self.file.parent, name, seen, rank):
            self.problems.append(Problem(place, "import", f"'{name}' {fault[0]}", fault[1]))
            self.whole = False
            return
        self.read[name] = path
        before = len(self.problems)
        part = self._tree(path, str(Path(self.shown).parent / name), rank)
        if part is not None:
            _join(root, part, self.problems)
        elif len(self.problems) > before:  # an empty file holds nothing and is no problem
            self.whole = False

    def _tree(self, path: Path, shown: str, rank: int) -> Node | None:
        """The tree of one file, as long as the case does not become too large by it."""
        try:
            content = read_bounded(path, MOST_BYTES)
            self.bytes_left -= len(content)
            if self.bytes_left < 0:
                what = f"is one too many: the files of a case have at most {MOST_BYTES >> 20} MiB together"
                raise UnreadableFile(what, "leave out what is not needed")
        except UnreadableFile as error:
            self.problems.append(error.problem(shown, rank))
            return None
        read = read_codings if path.suffix.lower() == ".csv" and rank else read_tree
        tree = read(content, shown, rank, self.problems, self.nodes_left)
        self.nodes_left -= tree.size if tree else 0
        return tree


def _unimportable(folder: Path, name: str, seen: set[Path], rank: int) -> tuple[str, str] | None:
    if _ADDRESS.match(name):
        return "is an address, not a file", "save what is there beside the case, and name that file"
    path = folder / name
    try:
        if not path.resolve().is_relative_to(folder.resolve()):
            return "lies outside the case's folder", "keep a case together"
        if fault := not_a_file(path):
            return fault
        if path.resolve() in seen:
            return "is imported already", "take it out"
    except FileNotFoundError:
        near = did_you_mean(path.name, [p.name for p in folder.iterdir() if p.suffix in (".yaml", ".csv")])
        return "is no file here", near or "give a path from this file's folder"
    except (OSError, ValueError, RuntimeError):  # a name no file can have; a circle of links
        return "is no path of a file", "give a path from this file's folder"
    return ("is one file too many", f"at most {MOST_FILES}") if rank > MOST_FILES else None


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
            _join_entries(key, old, node, problems)
        else:
            problems.append(Problem(place, key, "stands twice", f"it stood first at {root.keys[key]}"))


def _join_entries(section: str, old: Node, new: Node, problems: list[Problem]) -> None:
    """Adds the entries of a section to those of the same section in an earlier file."""
    first, added = old.keys or {}, new.keys or {}
    for name, entry in new.value.items():
        if name in old.value:
            remedy = f"it stood first at {first[name]}"
            problems.append(Problem(added[name], f"{section}.{name}", "stands twice", remedy))
        else:
            old.value[name], first[name] = entry, added[name]
