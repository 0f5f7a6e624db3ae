"""The finding on whether cooperation would last: what patience each game needs by each theory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import isfinite

from detente.case.schema.case import Case
from detente.results.finding import Finding
from detente.results.table import Column, make_table
from detente.rooms.durability.findings.columns import ISSUE, NONE_IS_ENOUGH, PATIENCE_UNIT, patience_cells
from detente.rooms.durability.findings.robustness import lasting_robustness
from detente.rooms.durability.findings.strategy_names import strategy_title
from detente.rooms.durability.findings.text import by_view_phrase, issue_title, view_title
from detente.rooms.durability.model.draw_quantiles import DrawQuantiles
from detente.rooms.durability.model.lasting_with_errors import TriedStrategy
from detente.rooms.durability.model.patience import GamePatience
from detente.text.english import join_words, upper_first
from detente.text.issue_lists import on_titles
from detente.text.number_format import per_hundred

METHOD = (
    "Who defects gains T - R at once; if the equilibrium of a round that is worst for it follows for ever, "
    "that does not pay from a discount factor of (T - R) / (T - N) on (Friedman 1971; Axelrod 1984); or mutual "
    "defection follows for a while, where that asks for less (after Abreu 1988). To begin, a side must think "
    "the other's cooperation likely enough: (P - S) / ((R - T) + (P - S)), with payoffs over all rounds, of "
    "cooperating until betrayed and of defecting (after Skyrms 2004; at one half this is the risk dominance "
    "of Blonski and Spagnolo 2015). There the sucker's payoff S counts, and in the patience needed only "
    "through concern for relative gains. With errors cooperation lasts where a strategy that corrects them is kept "
    "to: no departure pays after any history (Boyd 1989; Wu and Axelrod 1995). Tried are those of the case, "
    "contrition, mutual defection for one, two, four or eight rounds (Green and Porter 1984) and unconditional "
    "cooperation; others might do where these do not."
)
"""How the patience needed, and the trust to begin, are worked out."""
COLUMNS = (
    ISSUE,
    Column("theory"),
    Column("lasts", "lasts with errors, of 100", "of_100", "share of draws"),
    Column(
        "rounds", "both cooperate where it lasts, % of rounds", "percent", "share of rounds", missing="nowhere lasts"
    ),
    Column("kept", "kept to in most draws", missing="no errors, or nowhere lasts"),
    Column("error_free", "lasts if nobody errs, of 100", "of_100", "share of draws"),
    Column(
        "needed",
        "patience needed if nobody errs (5 to 95 of 100)",
        "number",
        PATIENCE_UNIT,
        bounds=True,
        missing=NONE_IS_ENOUGH,
    ),
    Column("there", "patience there is", "number", PATIENCE_UNIT, bounds=True),
    Column("margin", format="signed", unit=PATIENCE_UNIT, bounds=True, missing=NONE_IS_ENOUGH),
    Column(
        "trust",
        "trust needed to begin, at the means",
        "number",
        "probability that the other cooperates",
        missing="would not last",
    ),
    Column("begins", "lasts and begins on even chances, of 100", "of_100", "share of draws"),
)


def patience_finding(games: Sequence[GamePatience], case: Case) -> Finding:
    """Whether cooperation lasts in each game by each theory, and by what margin."""
    return Finding(
        id="patience",
        title="Whether cooperation would last",
        says=_lasting_sentences(games, case),
        see=(
            "A row for each issue by each theory. Patience is what the next round counts beside this one. Without "
            "errors cooperation lasts where there is as much as needed; with errors less often."
        ),
        table=make_table(COLUMNS, _patience_rows(games, case)),
        method=METHOD,
        rests_on=tuple(dict.fromkeys(id for game in games for id in game.rests_on)),
        robustness=lasting_robustness(games, case),
    )


def _patience_rows(games: Sequence[GamePatience], case: Case) -> Iterator[dict[str, object]]:
    for game in games:
        for entry in game.by_theory:
            trust = entry.trust_needed_at_means
            yield {
                "game": case.games[game.id].title,
                "theory": view_title(entry.view),
                **patience_cells("needed", entry.needed),
                **patience_cells("there", entry.available),
                **_margin_cells(entry.margin),
                "lasts": entry.lasting_share,
                "rounds": entry.cooperation_share,
                "kept": _kept_title(entry.kept_most),
                "error_free": entry.error_free_share,
                "trust": trust if trust <= 1 else None,
                "begins": entry.beginning_share,
            }


def _kept_title(kept: TriedStrategy | None) -> str | None:
    return strategy_title(kept.name, kept.punishment_rounds) if kept else None


def _margin_cells(margin: DrawQuantiles) -> dict[str, float | None]:
    """How much more patience there is than needed, with its bounds; no number where none is enough."""
    low, middle, high = (x if isfinite(x) else None for x in margin)
    return {"margin": middle, "margin_low": low, "margin_high": high}


def _lasting_sentences(games: Sequence[GamePatience], case: Case) -> str:
    """In how many draws cooperation lasts in each game, by each theory."""
    theory_sets = {tuple(view_title(entry.view) for entry in game.by_theory) for game in games}
    text = _lasting_by_game(games, case) if len(theory_sets) > 1 else _lasting_by_theory(games, case)
    text += _error_free_sentence(games, case)
    if split := [issue_title(game.id, case) for game in games if game.is_split_at_even]:
        text += f" {upper_first(on_titles(split))}, theories are on different sides of an even chance."
    return text


def _error_free_sentence(games: Sequence[GamePatience], case: Case) -> str:
    """In how many draws cooperation would last without errors by the theory of the answer; nothing without errors."""
    noisy = [game for game in games if game.has_noise]
    if not noisy:
        return ""
    shares = join_words(f"{issue_title(game.id, case)} {per_hundred(game.main.error_free_share)}" for game in noisy)
    return f" If nobody erred, it would last in so many by the theory of the answer: {shares}."


def _errors_phrase(games: Sequence[GamePatience]) -> str:
    return "with the errors assumed" if any(game.has_noise for game in games) else "as long as nobody errs"


def _lasting_by_game(games: Sequence[GamePatience], case: Case) -> str:
    """Game by game, where the theories that see a game alike are others in some game."""
    clauses = []
    for game in games:
        shares = join_words(
            f"{by_view_phrase(entry.view)} {per_hundred(entry.lasting_share)}" for entry in game.by_theory
        )
        clauses.append(f"on {issue_title(game.id, case)} {shares}")
    return f"In so many of 100 draws cooperation, once begun, lasts {_errors_phrase(games)}: {'; '.join(clauses)}."


def _lasting_by_theory(games: Sequence[GamePatience], case: Case) -> str:
    titles = join_words(issue_title(game.id, case) for game in games)
    clauses = [
        f"{by_view_phrase(entries[0].view)} {join_words(per_hundred(entry.lasting_share) for entry in entries)}"
        for entries in zip(*(game.by_theory for game in games), strict=True)
    ]
    order_words = " in this order:" if len(games) > 1 else ""
    return (
        f"In so many of 100 draws cooperation, once begun, lasts {_errors_phrase(games)} on {titles},"
        f"{order_words} {'; '.join(clauses)}."
    )
