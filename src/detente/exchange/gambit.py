"""Games in extensive form as files of Gambit."""

from __future__ import annotations

from collections.abc import Iterator

from detente.methods.games.extensive_form import Choice, ExtensiveGame, Leaf
from detente.text.safe_text import clean_text


def efg_text(game: ExtensiveGame) -> str:
    """The game as a Gambit file of extensive form (`.efg`, format 2; Savani and Turocy 2024)."""
    players = " ".join(_quote(name) for name in game.players)
    lines = [f"EFG 2 R {_quote(game.title)} {{ {players} }}", '""', ""]
    lines += _node_lines(game.root, {"sets": [0] * len(game.players), "ends": [0]})
    return "\n".join(lines) + "\n"


def _node_lines(node: Choice | Leaf, counters: dict[str, list[int]]) -> Iterator[str]:
    """The lines of a node and of all that follows, each before its successors."""
    if isinstance(node, Leaf):
        counters["ends"][0] += 1
        payoffs = ", ".join(f"{payoff:.12f}" for payoff in node.payoffs)
        yield f't "" {counters["ends"][0]} {_quote(node.name)} {{ {payoffs} }}'
        return
    counters["sets"][node.player] += 1
    options = " ".join(_quote(name) for name, _ in node.options)
    yield f'p "" {node.player + 1} {counters["sets"][node.player]} "" {{ {options} }} 0'
    for _, next_node in node.options:
        yield from _node_lines(next_node, counters)


def _quote(text: str) -> str:
    """Text in quotes, without what would end them."""
    safe_text = " ".join(clean_text(text).split()).replace("\\", "/").replace('"', "'")
    return f'"{safe_text}"'
