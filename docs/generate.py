"""Writes the pages that are generated: the reference of the case file."""

from pathlib import Path

from detente.case.documentation import reference

(Path(__file__).parent / "case-reference.md").write_text(reference(), encoding="utf-8", newline="\n")
