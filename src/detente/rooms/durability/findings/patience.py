"""The findings on whether cooperation would last: which game it is by each theory, and what patience it needs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from detente.methods.games.equilibrium_payoffs import sustainable
from detente.methods.games.ordinal_types import WHAT, kind, ordinal_class
from detente.methods.games.two_by_two import EquilibriumSet, Game, equilibria, pure_equilibria
from detente.results.finding import Finding, Robustness
from detente.rooms.durability.findings.charts import Matrix, Needs, matrices_chart, patience_chart, shapes_told
from detente.rooms.durability.model.case_games import Match, Seen
from detente.text.english import count, listed, within
from detente.text.number_format import number, of_hundred

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

SMALL = 1e-6
"""Gains beside mutual defection that are none."""
SURE = 0.9
"""The share of draws from which on it is said that cooperation lasts, or that it does not."""


def spread(values: Floats) -> tuple[float, float, float]:
    """The 5th, 50th and 95th of 100 draws; infinite values among them stay what they are."""
    import numpy as np

    low, middle, high = np.quantile(values, [0.05, 0.5, 0.95], method="inverted_cdf")
    return float(low), float(middle), float(high)


def patient(x: float) -> str:
    """A patience in words."""
    return number(x) if x < 1 else "none is enough"


def asked(x: float) -> str:
    """What patience is needed, within a sentence."""
    return f"{patient(x)} is needed" if x < 1 else "no patience is enough"


def ranged(values: Floats) -> str:
    """A patience with its spread: `.75 (.52 to .86)`."""
    low, middle, high = spread(values)
    words = [patient(x) for x in (middle, low, high)]
    return words[0] if len(set(words)) == 1 else f"{words[0]} ({words[1]} to {words[2]})"


def verdict(often: float) -> str:
    """Whether it lasts, in a word."""
    return "yes" if often >= SURE else "no" if often <= 1 - SURE else "unsure"


def games_named(matches: Sequence[Match]) -> Finding:
    """Which game each theory makes of each issue."""
    import polars as pl

    rows, drawn = [], []
    for match in matches:
        for seen, middle in zip(match.seen, match.central, strict=True):
            game = middle.stage.at(0)
            rows.append(
                {
                    "game": match.title,
                    "theory": seen.view.title,
                    "kind": kind(game),
                    "class": str(ordinal_class(game) or "equal payoffs"),
                    "stable": "; ".join(_set_told(one) for one in equilibria(game)),
                    "draws": ", ".join(
                        f"{name} {of_hundred(share)}" for name, share in list(seen.stage.kinds.items())[:3]
                    ),
                    "entry": match.id,
                }
            )
            drawn.append(Matrix(match.title, seen.view.title, kind(game), _cells(game)))
    names = matches[0].names
    changed = [m for m in matches if len({kind(one.stage.at(0)) for one in m.central}) > 1]
    kinds = list(dict.fromkeys(str(row["kind"]) for row in rows))
    meant = "; ".join(f"{name}: {WHAT[name]}" for name in kinds if name in WHAT)
    if changed:
        told = listed(f"{m.title} ({_in_turn(m)})" for m in changed)
        says = f"At the central estimates theories make different games of {count(len(changed), 'issue')}: {told}."
    else:
        says = "At the central estimates every theory makes the same game of each issue."
    return Finding(
        id="games",
        title="Which game each theory makes of each issue",
        says=f"{says} What the names mean: {meant}." if meant else says,
        see=(
            f"Rows are the moves of {names[0]}, columns those of {names[1]}, cooperating first; its payoff stands "
            "first. Grey cells are equilibria of a single round; the table has those in mixed moves, too."
        ),
        table=pl.DataFrame(rows),
        headers={
            "kind": "game at the means",
            "class": "class of 144",
            "stable": f"equilibria of a round: how likely {names[0]}, {names[1]} cooperate",
            "draws": "games, of 100 draws",
        },
        links=("entry",),
        chart=matrices_chart(drawn, names),
        method=(
            "Only the order of payoffs makes the game (Robinson and Goforth 2005; names as in "
            "Bruns 2015, those of two different orders after Snyder and Diesing 1977; the numbers of the 144 classes "
            "are our own). A concern k for relative gains makes V - k (W - V) of a payoff V beside the other's W "
            "(Grieco 1988)."
        ),
        rests_on=tuple(dict.fromkeys(id for match in matches for id in match.rests_on)),
    )


def _set_told(found: EquilibriumSet) -> str:
    """The chances of either side: `1, 1`, or `0 to .29, 1` where all chances in a span are equilibria."""
    each = (number(low) if low == high else f"{number(low)} to {number(high)}" for low, high in (found.p, found.q))
    return ", ".join(each)


def _in_turn(match: Match) -> str:
    return ", ".join(f"{one.view.by} {kind(one.stage.at(0))}" for one in match.central)


def _cells(game: Game) -> list[tuple[int, int, str, bool]]:
    stable = pure_equilibria(game)
    return [
        (i, j, f"{number(game.row[i, j])}, {number(game.column[i, j])}", (i, j) in stable)
        for i in range(2)
        for j in range(2)
    ]


def patience_needed(matches: Sequence[Match]) -> Finding:
    """Whether cooperation lasts in each game by each theory, and by what margin."""
    import polars as pl

    rows, needs, there = [], [], {}
    for match in matches:
        low, _, high = spread(match.main.patience)
        there[match.title] = (low, high) if high > low else (low - 0.004, low + 0.004)
        for seen, middle in zip(match.seen, match.central, strict=True):
            needs.append(Needs(match.title, seen.view.title, *spread(seen.needed)))
            rows.append(
                {
                    "game": match.title,
                    "theory": seen.view.title,
                    "needed": ranged(seen.needed),
                    "there": ranged(seen.patience),
                    "margin": _margin(seen),
                    "lasts": of_hundred(seen.often),
                    "trust": _trusting(float(middle.threshold[0])),
                    "begins": of_hundred(seen.begins),
                }
            )
    return Finding(
        id="patience",
        title="Whether cooperation would last",
        says=_lasts_told(matches),
        see=(
            f"Lines: the patience needed, 5 to 95 of 100 draws ({shapes_told(needs)}; at 1: none is enough). Grey: the "
            "patience there is. Cooperation lasts where the grey is to the right."
        ),
        table=pl.DataFrame(rows),
        headers={
            "needed": "patience needed (5 to 95 of 100)",
            "there": "patience there is",
            "margin": "margin",
            "lasts": "lasts, of 100",
            "trust": "trust needed to begin, at the means",
            "begins": "begins on even chances, of 100",
        },
        chart=patience_chart(needs, there),
        method=(
            "Who defects gains T - R at once; if the equilibrium of a round that is worst for it follows for ever, "
            "that does not pay from a discount factor of (T - R) / (T - N) on (Friedman 1971; Axelrod 1984); or mutual "
            "defection follows for a while, where that asks for less (after Abreu 1988). To begin, a side must think "
            "the other's cooperation likely enough: (P - S) / ((R - T) + (P - S)), with payoffs over all rounds, of "
            "cooperating until betrayed and of defecting (after Skyrms 2004; at one half this is the risk dominance "
            "of Blonski and Spagnolo 2015). There the sucker's payoff S counts, and in the patience needed only "
            "through concern for relative gains."
        ),
        rests_on=tuple(dict.fromkeys(id for match in matches for id in match.rests_on)),
        robustness=_standing(matches),
    )


def _lasts_told(matches: Sequence[Match]) -> str:
    """In how many draws cooperation lasts in each game, by each theory."""
    by_views = {tuple(one.view.title for one in match.seen) for match in matches}
    if len(by_views) > 1:
        each = [f"on {within(m.title)} {listed(f'{s.view.by} {of_hundred(s.often)}' for s in m.seen)}" for m in matches]
        said = f"In so many of 100 draws cooperation, once begun and as long as nobody errs, lasts: {'; '.join(each)}."
    else:
        on = listed(within(match.title) for match in matches)
        told = [
            f"by {within(title)} {listed(of_hundred(match.seen[at].often) for match in matches)}"
            for at, title in enumerate(next(iter(by_views)))
        ]
        turn = " in this order:" if len(matches) > 1 else ""
        said = f"In so many of 100 draws cooperation, once begun and as long as nobody errs, lasts on {on},"
        said += f"{turn} {'; '.join(told)}."
    differ = [m for m in matches if len({seen.often >= 0.5 for seen in m.seen}) > 1]
    if differ:
        said += f" On {listed(within(m.title) for m in differ)} theories are on different sides of an even chance."
    return said


def _margin(seen: Seen) -> str:
    """How much more patience there is than needed, with its spread."""
    low, middle, high = spread(seen.patience - seen.needed)
    words = [f"{x:+.2f}" if abs(x) < 1.5 else "none is enough" for x in (middle, low, high)]
    return words[0] if low == high else f"{words[0]} ({words[1]} to {words[2]})"


def _trusting(threshold: float) -> str:
    return number(threshold) if threshold <= 1 else "would not last"


def _standing(matches: Sequence[Match]) -> Robustness:
    """How well the verdicts stand: the weakest of them."""
    words = {verdict(seen.often) for m in matches for seen in m.seen}
    unsure = [within(m.title) for m in matches if any(verdict(seen.often) == "unsure" for seen in m.seen)]
    apart = [within(m.title) for m in matches if {"yes", "no"} <= {verdict(seen.often) for seen in m.seen}]
    if apart:
        return Robustness("fragile", f"on {listed(apart)} the answer turns on the theory")
    if unsure:
        return Robustness("fragile", f"on {listed(unsure)} it turns on numbers that are assumed")
    return Robustness("robust", f"in {round(100 * SURE)} of 100 draws or more by every theory" if words else "")


def _corners(game: Game, patience: float) -> list[tuple[float, float]]:
    """The set of sustainable payoffs; nothing where it does not settle."""
    try:
        return sustainable(game, patience)
    except ArithmeticError:
        return []


def sustained(matches: Sequence[Match]) -> Finding:
    """The most that both can sustain at the central estimates, by any strategies."""
    import polars as pl

    rows = []
    for match in matches:
        for middle in match.central:
            game, patience = middle.stage.at(0), float(middle.patience[0])
            lasts = bool(middle.needed[0] <= patience)
            full = (float(game.row[0, 0]), float(game.column[0, 0]))
            both = sum(full)
            # Where full cooperation lasts and nothing in the game is worth more, there is nothing to look for.
            enough = lasts and both >= float((game.row + game.column).max()) - 1e-12
            best = full if enough else max(_corners(game, patience), key=sum, default=None)
            least = float(game.row[1, 1] + game.column[1, 1])
            rows.append(
                {
                    "game": match.title,
                    "theory": middle.view.title,
                    "both": f"{both:.2f}",
                    "best": f"{sum(best):.2f}" if best else "not found in pure moves",
                    "each": " and ".join(f"{x:.2f}" for x in best) if best else "",
                    "lasting": "yes" if lasts else "no",
                    "something": "yes" if best and sum(best) - least > SMALL * max(abs(both), 1) else "",
                }
            )
    failing = [row for row in rows if row["lasting"] == "no"]
    partly = [row for row in failing if row["something"]]
    says = "At the central estimates full cooperation lasts in every game by every theory."
    if failing:
        each = listed(f"{within(row['game'])} by {within(row['theory'])}" for row in failing)
        says = f"At the central estimates full cooperation does not last on {each}; "
        says += (
            f"something less would last in {count(len(partly), 'instance')} of {len(failing)}."
            if partly
            else "and nothing less than it was found that would, in pure moves."
        )
    return Finding(
        id="best",
        title="The most that both can sustain",
        says=says,
        see="At the central estimates: what both together get if both cooperate, and the most that lasts by any "
        "strategies.",
        table=pl.DataFrame(rows).drop("something"),
        headers={
            "both": "both cooperating, together",
            "best": "the most that lasts, together",
            "each": "of it, to either",
            "lasting": "full cooperation lasts",
        },
        method=(
            "The set of payoffs of subgame-perfect equilibria in pure moves with public dice, as the largest set that "
            "sustains itself (Abreu, Pearce and Stacchetti 1990; the polygons after Abreu and Sannikov 2014)."
        ),
        rests_on=tuple(match.id for match in matches),
    )
