"""Who gains how often, in words; and how the room works."""

from __future__ import annotations

from collections.abc import Collection

from detente.rooms.gains.findings.labels import Names, answering, often_among
from detente.rooms.gains.model.build_network import figures_of
from detente.rooms.gains.model.model import Run
from detente.rooms.gains.model.results import Year
from detente.text.english import cardinal, join_words

METHOD = (
    "Actors are players in a graph of who can turn to whom. What two have to gain from each other on an issue is "
    "s = (stakes) x (exposure of each) x (product of their capabilities, beside the greatest across organisations) to "
    "the power of an exponent, as in gravity models of trade (Tinbergen 1962; transferred by us); a pair's own "
    "departure from that is drawn besides. Part of it takes all members together, of which a channel gets done as much "
    "as its efficiency says. Whoever is needed to join two shares in what they gain: the Myerson value (Myerson 1977), "
    "by block-cut decomposition and Gauss-Legendre quadrature of the multilinear extension (Owen 1972). Each further "
    "link leaves less of a gain (Jackson and Wolinsky 1996), except on issues that pairs cannot settle, and links cost "
    "either end half. A channel displaces the links of another with the chance that its exclusivity says, all of them "
    "or none; where they survive, nobody answers as one, and what takes all members is done by whichever channel does "
    "more of it. Where an organisation answers as one it is one player (the quotient game of Owen 1977), and what it "
    "gains by that, or saves on links, is divided in declared shares, or equally. Gains are counted from the observed "
    "channel, in per cent of all that is at stake across organisations."
)


def method(year: Year) -> str:
    """How the room works, and how exactly it did."""
    return f"{METHOD} {year.model.exactness}"


def figures(year: Year) -> int | None:
    """The year of the figures of capability that a year is worked out with, where it is another."""
    found = figures_of(year.model.case, year.arena.year)
    return None if found == year.arena.year else found


def when(year: Year) -> str:
    """A year, and the year of its figures where that is another: `1980, with the capabilities of 1974`."""
    other = figures(year)
    return f"{year.arena.year}, with the capabilities of {other}" if other else str(year.arena.year)


MOST_NAMED = 2
"""Actors that lead nobody, beyond which they are told together."""
MOST_NAMED_OF_SOME = 6
"""The same where they are some of several."""


def parts_of(year: Year) -> tuple[list[int], list[int]]:
    """The actors that lead an organisation, are one or belong to none, those who offer first; and all others."""
    arena = year.arena
    answer = answering(year.model.case, arena)
    leading = [at for at in range(arena.n) if arena.leads[at] or not arena.belongs[at]]
    return sorted(leading, key=lambda at: at in answer), [at for at in range(arena.n) if at not in leading]


def told(year: Year, run: Run, names: Names, among: Collection[int] | None = None) -> str:
    """Who of some, or of all, gains how often by a channel: `Aldmoor gains in every draw and Dun in no draw`."""
    outcome = year.outcomes[run]
    leading, rest = ([at for at in group if among is None or at in among] for group in parts_of(year))
    groups = [(names.party(year.arena.actors[at]), [at]) for at in leading]
    every = parts_of(year)[1]
    if len(rest) <= (MOST_NAMED if rest == every else MOST_NAMED_OF_SOME):
        groups += [(names.party(year.arena.actors[at]), [at]) for at in rest]
    else:
        which = (
            f"each of the {cardinal(len(rest))} others" if rest == every else f"{len(rest)} of the {len(every)} others"
        )
        groups.append((which, rest))
    moved = [(who, group) for who, group in groups if any(outcome.moved(at) for at in group)]
    still = [who for who, group in groups if not any(outcome.moved(at) for at in group)]
    said = [f"{who}{'' if n else ' gains'} {often_among(outcome.often[group])}" for n, (who, group) in enumerate(moved)]
    unmoved = [f"nothing changes for {join_words(still)}"] if still else []
    return "; ".join([*([join_words(said)] if said else []), *unmoved])


def turning(year: Year, channel: str) -> list[int]:
    """The actors that gain in most draws by a channel run one way, and not run the other, or lose."""
    outcomes = [year.outcomes[Run(channel, form)] for form in year.forms(channel)]
    return [at for at in range(year.arena.n) if len({outcome.sign(at) for outcome in outcomes}) > 1]


def inputs_of(year: Year) -> tuple[str, ...]:
    """The entries that gains rest on."""
    case = year.model.case
    measure = case.network.capability or next(iter(case.capabilities), None)
    return (*case.channels, *year.model.issues, *([measure] if measure else []))
