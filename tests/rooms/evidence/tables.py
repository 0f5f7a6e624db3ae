"""Small cases of coded motives, for tests of what is said of them."""

from __future__ import annotations

from pathlib import Path

import yaml

from detente import read_case
from detente.rooms.evidence.model.evidence import EvidenceModel, weigh_evidence

THEORIES = {"r": "Realism", "l": "Liberalism", "c": "Constructivism", "m": "Marxism", "b": "Balance of power"}
SIDES = ("east", "west")
Codes = dict[str, list[str]]
"""Tables by the id of who has their motives, each motive as `r`, `l`, `rl` (the second named second) or `-`."""


def coded_model(folder: Path, tables: Codes, letters: str = "rl", **settings: object) -> EvidenceModel:
    """The evidence of a case with these tables, by one coder.

    Args:
        folder: Where its file may be written.
        tables: Its tables; one of a party that is none of `SIDES` is of the first side, too.
        letters: The letters of its theories.
        settings: More of the case, by key.
    """
    motives, codings, case_tables = {}, [], {}
    for name, codes in tables.items():
        party = name if name in SIDES else SIDES[0]
        for number, code in enumerate(codes, start=1):
            motive = f"{name}-{number}"
            motives[motive] = {"of": party, "title": f"Motive {number} of {name}", "because": "invented"}
            for letter, level in zip(code.replace("-", ""), ("primary", "secondary"), strict=False):
                coding = {"unit": motive, "theory": letter, "level": level, "coder": "author", "because": "invented"}
                codings.append(coding)
        listed = [f"{name}-{number}" for number in range(1, len(codes) + 1)]
        case_tables[f"table-{name}"] = {
            "title": f"Why {name}",
            "question": f"Why {name}?",
            "motives": listed,
            "coder": "author",
        }
    case = {
        **{"case": "coded", "title": "Coded", "question": "Who explains it?", "period": "2000", "sides": list(SIDES)},
        "organisations": {"east": {"name": "the East"}, "west": {"name": "the West"}},
        "theories": {letter: {"name": THEORIES[letter]} for letter in letters},
        "coders": {"author": {"name": "The author"}},
        "motives": motives,
        "codings": codings,
        "tables": case_tables,
        **settings,
    }
    file = folder / "case.yaml"
    file.write_text(yaml.safe_dump(case, sort_keys=False), encoding="utf-8")
    model = weigh_evidence(read_case(str(file)).case)
    assert model is not None
    return model
