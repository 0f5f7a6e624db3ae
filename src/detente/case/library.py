"""The bundled cases, and finding a case by name, folder or file."""

from __future__ import annotations

import json
from pathlib import Path

from detente.errors import OutputError, UnknownName, did_you_mean
from detente.whole_files import write_new

BUNDLED = Path(__file__).resolve().parent.parent / "cases"
MAIN = "case.yaml"
SCHEMA = "case.schema.json"
COPIED = (".yaml", ".csv", ".txt")
"""What is copied with a case: its files, codings and texts."""


def bundled_cases() -> list[str]:
    """The names of the cases that come with Détente."""
    return sorted(path.stem if path.is_file() else path.name for path in BUNDLED.iterdir() if _is_case(path))


def _is_case(path: Path) -> bool:
    return path.suffix == ".yaml" if path.is_file() else (path / MAIN).is_file()


def find_case(name: str) -> tuple[Path, str]:
    """The file of a case given by bundled name, folder or file, and how to name it in messages."""
    path = Path(name)
    try:
        if path.is_dir():
            if (path / MAIN).is_file():
                return path / MAIN, str(path / MAIN)
            raise UnknownName(f"the folder '{name}' holds no {MAIN}")
        if path.is_file():
            return path, name
    except OSError:  # e.g. a name too long for the file system
        pass
    bundled = bundled_cases()
    if name in bundled:
        folder = BUNDLED / name
        return (folder / MAIN, f"{name}/{MAIN}") if folder.is_dir() else (BUNDLED / f"{name}.yaml", f"{name}.yaml")
    remedy = did_you_mean(name, bundled) or f"there are: {', '.join(bundled)}"
    raise UnknownName(f"no case '{name}': neither a file, nor a folder, nor a bundled case ({remedy})")


def new_case(target: Path, name: str) -> list[Path]:
    """Begins a case in a new folder from a copy of another; returns the files written.

    Each file names the JSON Schema that is put beside it, so that editors complete with it.
    """
    from detente.case.documentation import json_schema

    source, _ = find_case(name)
    if target.exists():
        raise OutputError(f"'{target}' exists already; name a folder that does not")
    texts = {MAIN: source.read_text(encoding="utf-8")}
    if source.name == MAIN:
        beside = [file for file in sorted(source.parent.iterdir()) if file.suffix in COPIED and file != source]
        texts |= {file.name: file.read_bytes().decode("utf-8") for file in beside}  # as it is: spans count in it
    named = f"# yaml-language-server: $schema={SCHEMA}\n"
    texts = {file: named + text if file.endswith(".yaml") else text for file, text in texts.items()}
    texts[SCHEMA] = json.dumps(json_schema(), indent=1, ensure_ascii=False) + "\n"
    files = {target / file: text for file, text in texts.items()}
    write_new(files)
    return list(files)
