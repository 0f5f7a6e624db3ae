"""Games in extensive form as files of Gambit."""

from __future__ import annotations

from collections.abc import Iterator

from detente.methods.games.extensive_form import Choice, Game, Leaf
from detente.text.safe_text import clean


def efg_text(game: Game) -> str:
    """The game as a Gambit file of extensive form (`.efg`, format 2; Savani and Turocy 2024)."""
    players = " ".join(_quoted(name) for name in game.players)
    lines = [f"EFG 2 R {_quoted(game.title)} {{ {players} }}", '""', ""]
    lines += _lines(game.root, {"sets": [0] * len(game.players), "ends": [0]})
    return "\n".join(lines) + "\n"


def _lines(node: Choice | Leaf, numbers: dict[str, list[int]]) -> Iterator[str]:
    """The lines of a node and of all that follows, each before its successors."""
    if isinstance(node, Leaf):
        numbers["ends"][0] += 1
        payoffs = ", ".join(f"{payoff:.12f}" for payoff in node.payoffs)
        yield f't "" {numbers["ends"][0]} {_quoted(node.name)} {{ {payoffs} }}'
        return
    numbers["sets"][node.player] += 1
    options = " ".join(_quoted(name) for name, _ in node.options)
    yield f'p "" {node.player + 1} {numbers["sets"][node.player]} "" {{ {options} }} 0'
    for _, following in node.options:
        yield from _lines(following, numbers)


def _quoted(text: str) -> str:
    """Text in quotes, without what would end them."""
    plain = " ".join(clean(text).split()).replace("\\", "/").replace('"', "'")
    return f'"{plain}"'
