"""Writes the pages that are generated: the reference of the case file, and the declared strategies."""

from pathlib import Path

from detente.case.schema_docs import reference
from detente.methods.games.strategies.library import page

for name, text in (("case-reference.md", reference()), ("strategies.md", page())):
    (Path(__file__).parent / name).write_text(text, encoding="utf-8", newline="\n")
