"""A finite game with perfect information in extensive form: its subgame-perfect outcome and logit choices."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp


@dataclass(frozen=True)
class Leaf:
    """An end of the game."""

    name: str
    payoffs: tuple[float, ...]
    """Of each player."""


@dataclass(frozen=True)
class Choice:
    """A point at which a player chooses."""

    player: int
    options: tuple[tuple[str, Choice | Leaf], ...]
    """What may be chosen, each with what follows."""


Node = Choice | Leaf


@dataclass(frozen=True)
class ExtensiveGame:
    """A game and who plays it."""

    title: str
    players: tuple[str, ...]
    root: Node


def backward_induction(node: Node) -> tuple[tuple[float, ...], tuple[str, ...]]:
    """The payoffs of the subgame-perfect outcome, and the choices that lead to it (Kuhn 1953; Selten 1965).

    Of options worth the same the first counts.

    Example:
        >>> from detente.methods.games.extensive_form import Choice, Leaf, backward_induction
        >>> answer = Choice(1, (("no", Leaf("vain", (0, 0))), ("yes", Leaf("deal", (2, 2)))))
        >>> tree = Choice(0, (("stay out", Leaf("nothing", (1, 1))), ("offer", answer)))
        >>> backward_induction(tree)
        ((2, 2), ('offer', 'yes'))
    """
    if isinstance(node, Leaf):
        return node.payoffs, ()
    best: tuple[tuple[float, ...], tuple[str, ...]] | None = None
    for name, following in node.options:
        payoffs, path = backward_induction(following)
        if best is None or payoffs[node.player] > best[0][node.player]:
            best = payoffs, (name, *path)
    assert best is not None
    return best


def agent_logit(node: Node, noise: float) -> tuple[tuple[float, ...], dict[tuple[str, ...], float]]:
    """What players expect, and the chance of every end, where each choice is logit in what is expected of the options.

    The agent quantal response equilibrium of a game with perfect information, worked out from its ends (McKelvey and
    Palfrey 1998; for international relations Signorino 1999).

    Args:
        node: Where the game starts.
        noise: How far choices depart from the best, above 0.

    Example:
        >>> from detente.methods.games.extensive_form import Choice, Leaf, agent_logit
        >>> answer = Choice(1, (("no", Leaf("vain", (0, 0))), ("yes", Leaf("deal", (2, 2)))))
        >>> tree = Choice(0, (("stay out", Leaf("nothing", (1, 1))), ("offer", answer)))
        >>> expected, ends = agent_logit(tree, noise=1.0)
        >>> {" ".join(path): round(chance, 3) for path, chance in ends.items()}
        {'stay out': 0.318, 'offer no': 0.081, 'offer yes': 0.6}
    """
    if isinstance(node, Leaf):
        return node.payoffs, {(): 1.0}
    each = [(name, *agent_logit(following, noise)) for name, following in node.options]
    best = max(payoffs[node.player] for _, payoffs, _ in each)
    weights = [exp((payoffs[node.player] - best) / noise) for _, payoffs, _ in each]
    chances = [weight / sum(weights) for weight in weights]
    count = len(each[0][1])
    expected = tuple(sum(p * one[1][k] for p, one in zip(chances, each, strict=True)) for k in range(count))
    ends = {
        (name, *path): p * q for p, (name, _, paths) in zip(chances, each, strict=True) for path, q in paths.items()
    }
    return expected, ends
