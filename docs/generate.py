"""Writes the pages that are generated: case file, outcomes, strategies, methods, words; `--check` only compares."""

import re
import sys
from pathlib import Path

from api_pages import method_pages

from detente.case.schema_docs import case_file_reference
from detente.methods.games.strategies.library import REACTIVE, automaton, strategy_library
from detente.rooms.registry import REGISTRY, ROOMS
from detente.text.glossary import GLOSSARY

HERE = Path(__file__).parent


def strategies_page() -> str:
    """The declared strategies as a page of Markdown."""
    known = [(id, strategy, automaton(strategy)) for id, strategy in strategy_library().items()]
    plain = sum(made.deterministic for _, _, made in known)
    lines = [
        "# Strategies",
        "",
        f"The {len(known)} strategies that come with Détente, {plain} of them without chance, under the names that",
        "the axelrod library uses. They are found by these, by what else they are called, or by first letters (`TFT`).",
        "The tests play every pair of those without chance over 200 rounds against axelrod 4.13.1, to the point, and",
        "some of the others with noise (moves that come out as their opposite), within sampling error.",
        "",
        "The chances of those marked *payoffs* follow from the payoffs of the game; states are told for 5, 3, 1 and 0.",
        "Where a game does not let them do what they are for, they are not played in it, and that is said.",
        "",
        f"Besides, `{REACTIVE}(p, q)` cooperates with a chance of p after the other's C, of q after its D",
        "(Nowak and Sigmund 1989).",
        "",
        "| id | name | also | states | chance | what it does | after |",
        "|---|---|---|---|---|---|---|",
    ]
    for id, strategy, made in known:
        chance = "payoffs" if strategy.depends_on_payoffs else "" if made.deterministic else "yes"
        also = ", ".join(strategy.other_names)
        lines.append(
            f"| `{id}` | {strategy.name} | {also} | {made.size} | {chance} | {strategy.summary} | {strategy.citation} |"
        )
    return "\n".join(lines) + "\n"


def outcomes_page() -> str:
    """The outcomes that each room gives as a page of Markdown."""
    lines = [
        "# Outcomes",
        "",
        "The numbers of an assessment, each by name: in `assessment.json` under `outcomes`, in Python as",
        "`assessment.outcomes[name]` (with `.value`, `.unit`, `.error`, `.year`, `.standing`) and as a tidy frame,",
        "`assessment.outcome_frame()`. `detente compare` says which of them moved, and whether beyond their error.",
        "",
        "In a name, what stands in angle brackets is an id of the case. A `<form>` is a way to run the channel: `hub`",
        "(by the leading member) or `collegiate` (by consensus, each organisation as one). Errors are standard errors",
        "over draws, which are simulations. Two assessments of one case use the same draws, so a shift is better known",
        "than the errors of both suggest. What a case has no material for is left out.",
        "",
        "| name | unit | what it says |",
        "|---|---|---|",
    ]
    for room in ROOMS:
        lines += [f"| `{kind.pattern}` | {kind.unit} | {kind.meaning} |" for kind in room.outcome_kinds]
    return "\n".join(lines) + "\n"


PAGE_WORDS = re.compile(r"(<!-- words of the page: .*? -->\n).*?(<!-- end -->)", re.DOTALL)
"""The part of the glossary that is generated; the rest of it is written by hand."""


def glossary_page() -> str:
    """The glossary with the words of the page as the page explains them."""
    lines = ["| word | meaning |", "|---|---|", *(f"| {word.term} | {word.meaning} |" for word in GLOSSARY)]
    written = (HERE / "glossary.md").read_text(encoding="utf-8")
    return PAGE_WORDS.sub(lambda found: "\n".join([found[1], *lines, "", found[2]]), written)


PAGES = {
    "glossary.md": glossary_page,
    "outcomes.md": outcomes_page,
    "case-reference.md": lambda: case_file_reference(REGISTRY),
    "strategies.md": strategies_page,
    **method_pages(),
}
"""Each page, and what writes it."""


def main() -> None:
    """Writes every page, or says which are not as they would be written."""
    stale = []
    for name, write_page in PAGES.items():
        file, text = HERE / name, write_page()
        if "--check" not in sys.argv:
            file.write_text(text, encoding="utf-8", newline="\n")
        elif not file.exists() or file.read_text(encoding="utf-8") != text:
            stale.append(name)
    if stale:
        sys.exit(f"not as it would be generated (make docs): {', '.join(stale)}")


if __name__ == "__main__":
    main()
