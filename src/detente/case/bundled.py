"""The bundled cases, and finding a case by name, folder or file."""

from __future__ import annotations

import codecs
import json
import os
from pathlib import Path

from detente.case.first_case import first_case_text
from detente.case.index import source_texts as texts
from detente.case.loading.imports import MAX_CASE_BYTES, CaseFiles
from detente.case.schema.case import Case
from detente.errors import CaseError, OutputError, Problem, UnknownName, UnreadableFile, did_you_mean, printable_text
from detente.files.atomic_write import write_new_files
from detente.files.bounded_read import non_file_fault, read_bounded
from detente.text.english import clip_text

BUNDLED_FOLDER = Path(__file__).resolve().parent.parent / "cases"
MAIN_FILE = "case.yaml"
SCHEMA_FILE = "case.schema.json"


def bundled_cases() -> list[str]:
    """The names of the cases that come with Détente."""
    return sorted(
        path.stem if path.is_file() else path.name for path in BUNDLED_FOLDER.iterdir() if _is_case_path(path)
    )


def _is_case_path(path: Path) -> bool:
    return path.suffix == ".yaml" if path.is_file() else (path / MAIN_FILE).is_file()


def find_case(name: str) -> tuple[Path, str]:
    """The file of a case given by bundled name, folder or file, and how to name it in messages.

    Raises:
        UnknownName: If there is no such case, or the name leads to something that is neither file nor folder.
    """
    path = Path(name)
    try:
        if path.is_dir():
            if (path / MAIN_FILE).is_file():
                return path / MAIN_FILE, str(path / MAIN_FILE)
            raise UnknownName(f"the folder '{name}' holds no {MAIN_FILE}")
        if fault := non_file_fault(path):
            raise UnknownName(f"'{name}' {fault[0]} ({fault[1]})")
        return path, name
    except (OSError, ValueError):  # nothing is there, or no file can have such a name
        pass
    bundled = bundled_cases()
    if name in bundled:
        folder = BUNDLED_FOLDER / name
        return (
            (folder / MAIN_FILE, f"{name}/{MAIN_FILE}")
            if folder.is_dir()
            else (BUNDLED_FOLDER / f"{name}.yaml", f"{name}.yaml")
        )
    remedy = did_you_mean(name, bundled) or f"there are: {', '.join(bundled)}"
    raise UnknownName(f"no case '{clip_text(name, 200)}': neither a file, nor a folder, nor a bundled case ({remedy})")


def new_case(target: Path, name: str | None = None, case_class: type[Case] = Case) -> list[Path]:
    """Begins a case in a new folder, bare or from a copy of another; returns the files written.

    A bare case is as short as an answer allows (`first_case.yaml`). What is copied is what the case names: its own
    file, its imports, and the documents that lie in its folder. Each file of the case names the JSON Schema that is put
    beside it, so that editors complete with it.

    Args:
        target: The new folder.
        name: A bundled case, a folder with a `case.yaml`, or a file; None for a bare case.
        case_class: What a case may hold.

    Raises:
        CaseError: If a file of the case cannot be read.
        OutputError: If there is something already, or it cannot be written; then nothing is.
        UnknownName: If there is no such case.
    """
    from detente.case.schema_docs import case_json_schema

    files_of_case = (
        {MAIN_FILE: first_case_text(target.absolute().name).encode()}
        if name is None
        else _case_file_contents(*find_case(name))
    )
    if os.path.lexists(target):
        raise OutputError(f"'{printable_text(str(target))}' exists already; name a folder that does not")
    contents = {file: _with_schema_line(file, content) for file, content in files_of_case.items()}
    contents[SCHEMA_FILE] = (json.dumps(case_json_schema(case_class), indent=1, ensure_ascii=False) + "\n").encode()
    files = {target / file: content for file, content in contents.items()}
    write_new_files(files)
    return list(files)


def _case_file_contents(source: Path, display_path: str) -> dict[str, bytes]:
    """The content of a case's own file, of its imports and of its documents, by their paths in the new folder."""
    problems: list[Problem] = []
    files = CaseFiles(source, display_path, problems)
    tree = files.join_trees()
    if tree is None or not files.is_complete:
        raise CaseError(problems)
    contents = {
        name: read_bounded(path, MAX_CASE_BYTES) for name, path in {MAIN_FILE: source, **files.imported_paths}.items()
    }
    unread: list[Problem] = []
    documents = tree.child("documents")
    entries = documents.value.values() if documents and isinstance(documents.value, dict) else ()
    for file_node in (document.child("file") for document in entries):
        if file_node and isinstance(file_node.value, str) and _lies_in_folder(source.parent, file_node.value):
            try:
                contents[file_node.value] = read_bounded(source.parent / file_node.value, texts.MAX_DOCUMENT_BYTES)
            except UnreadableFile as error:
                unread.append(Problem(file_node.place, "", f"'{file_node.value}' {error.what}", error.remedy))
    if unread:
        raise CaseError(unread)
    return contents


def _lies_in_folder(folder: Path, name: str) -> bool:
    """Whether a document's own path leads to a file in the case's folder; others stay where they are."""
    try:
        return (folder / name).resolve().is_relative_to(folder.resolve()) and non_file_fault(folder / name) is None
    except (OSError, ValueError, RuntimeError):
        return False


def _with_schema_line(file: str, content: bytes) -> bytes:
    """The content as it is, since spans count in it; a file of the case with the line that names the schema."""
    if not file.endswith((".yaml", ".yml")):
        return content
    path_to_root = "../" * (len(Path(file).parts) - 1)
    return f"# yaml-language-server: $schema={path_to_root}{SCHEMA_FILE}\n".encode() + content.removeprefix(
        codecs.BOM_UTF8
    )
