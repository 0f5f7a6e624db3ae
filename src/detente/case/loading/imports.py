"""The files of a case, read to trees and joined to one."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from detente.case.loading.csv_codings import read_codings
from detente.case.loading.yaml.node import MAX_NODES, YamlNode
from detente.case.loading.yaml.tree import read_yaml_tree
from detente.errors import FilePosition, Problem, UnreadableFile, did_you_mean
from detente.files.bounded_read import non_file_fault, read_bounded

MAX_IMPORTED_FILES = 200
MAX_CASE_BYTES = 8 * 2**20
"""The files of a case have at most so many bytes, all together."""
_ADDRESS_PATTERN = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:/")


def join_imports(file: Path, display_path: str, problems: list[Problem]) -> tuple[YamlNode | None, bool]:
    """The tree of the case's own file with what its imports hold added to it, and whether all of them could be read.

    The tree is None if the case's own file cannot be read.
    """
    files = CaseFiles(file, display_path, problems)
    return files.join_trees(), files.is_complete


@dataclass
class CaseFiles:
    """The files of one case: what was read of them, and how much more may be.

    Args:
        file: The case's own file.
        shown: How to name that file in messages.
        problems: The list that problems are added to.
    """

    file: Path
    display_path: str
    problems: list[Problem]
    is_complete: bool = True
    """Whether all of them could be read."""
    imported_paths: dict[str, Path] = field(default_factory=dict)
    """The imported files that were read, by the names the case has for them."""
    bytes_left: int = MAX_CASE_BYTES
    nodes_left: int = MAX_NODES

    def join_trees(self) -> YamlNode | None:
        """The tree of the case's own file, with what its imports hold; None if that file cannot be read."""
        root = self._read_tree_of(self.file, self.display_path, 0)
        if root is None:
            self.is_complete = False
            return None
        import_node = root.child("import") or YamlNode([], root.place)
        for rank, entry in enumerate(
            import_node.value if isinstance(import_node.value, list) else [import_node], start=1
        ):
            if isinstance(entry.value, str) and entry.value:  # else the schema says so
                self._import_file(root, entry.value, entry.place, rank)
        return root

    def _import_file(self, root: YamlNode, name: str, place: FilePosition, rank: int) -> None:
        path = self.file.parent / name
        read_paths = {read_path.resolve() for read_path in (self.file, *self.imported_paths.values())}
        if fault := _import_fault(self.file.parent, name, read_paths, rank):
            self.problems.append(Problem(place, "import", f"'{name}' {fault[0]}", fault[1]))
            self.is_complete = False
            return
        self.imported_paths[name] = path
        problem_count = len(self.problems)
        part = self._read_tree_of(path, str(Path(self.display_path).parent / name), rank)
        if part is not None:
            _join_sections(root, part, self.problems)
        elif len(self.problems) > problem_count:  # an empty file holds nothing and is no problem
            self.is_complete = False

    def _read_tree_of(self, path: Path, display_path: str, rank: int) -> YamlNode | None:
        """The tree of one file, as long as the case does not become too large by it."""
        try:
            content = read_bounded(path, MAX_CASE_BYTES)
            self.bytes_left -= len(content)
            if self.bytes_left < 0:
                message = f"is one too many: the files of a case have at most {MAX_CASE_BYTES >> 20} MiB together"
                raise UnreadableFile(message, "leave out what is not needed")
        except UnreadableFile as error:
            self.problems.append(error.as_problem(display_path, rank))
            return None
        reader = read_codings if path.suffix.lower() == ".csv" and rank else read_yaml_tree
        tree = reader(content, display_path, rank, self.problems, self.nodes_left)
        self.nodes_left -= tree.size if tree else 0
        return tree


def _import_fault(folder: Path, name: str, read_paths: set[Path], rank: int) -> tuple[str, str] | None:
    if _ADDRESS_PATTERN.match(name):
        return "is an address, not a file", "save what is there beside the case, and name that file"
    path = folder / name
    try:
        if not path.resolve().is_relative_to(folder.resolve()):
            return "lies outside the case's folder", "keep a case together"
        if fault := non_file_fault(path):
            return fault
        if path.resolve() in read_paths:
            return "is imported already", "take it out"
    except FileNotFoundError:
        suggestion = did_you_mean(path.name, [p.name for p in folder.iterdir() if p.suffix in (".yaml", ".csv")])
        return "is no file here", suggestion or "give a path from this file's folder"
    except (OSError, ValueError, RuntimeError):  # a name no file can have; a circle of links
        return "is no path of a file", "give a path from this file's folder"
    return ("is one file too many", f"at most {MAX_IMPORTED_FILES}") if rank > MAX_IMPORTED_FILES else None


def _join_sections(root: YamlNode, imported_root: YamlNode, problems: list[Problem]) -> None:
    """Adds the sections of an imported file to the root; ids and single keys stand in one file only."""
    if not isinstance(imported_root.value, dict) or imported_root.keys is None or root.keys is None:
        problems.append(
            Problem(imported_root.place, "", "an imported file holds sections", "e.g. 'actors:' and what is in it")
        )
        return
    for key, node in imported_root.value.items():
        place = imported_root.keys[key]
        existing = root.value.get(key)
        if key == "import":
            problems.append(Problem(place, key, "only the case's own file imports", "name the file there"))
        elif existing is None:
            root.value[key], root.keys[key] = node, place
        elif isinstance(existing.value, list) and isinstance(node.value, list):
            existing.value.extend(node.value)
        elif isinstance(existing.value, dict) and isinstance(node.value, dict) and key != "evidence":
            _join_entries(key, existing, node, problems)
        else:
            problems.append(Problem(place, key, "stands twice", f"it stood first at {root.keys[key]}"))


def _join_entries(section: str, existing: YamlNode, imported: YamlNode, problems: list[Problem]) -> None:
    """Adds the entries of a section to those of the same section in an earlier file."""
    existing_places, imported_places = existing.keys or {}, imported.keys or {}
    for name, entry in imported.value.items():
        if name in existing.value:
            remedy = f"it stood first at {existing_places[name]}"
            problems.append(Problem(imported_places[name], f"{section}.{name}", "stands twice", remedy))
        else:
            existing.value[name], existing_places[name] = entry, imported_places[name]
