"""The finding on the security dilemma: what it makes of a game that offence counts for more or less."""

from __future__ import annotations

from collections.abc import Iterator

from detente.case.index.by_year import display_name
from detente.case.schema.case import Case
from detente.results.finding import Finding
from detente.results.table import Column, make_table
from detente.rooms.durability.findings.text import by_view_phrase
from detente.rooms.durability.model.trust.security_dilemma import OFFENCE_LEVELS, SecurityDilemma, SideDilemma
from detente.text.english import join_words, upper_first
from detente.text.number_format import format_number


def security_dilemma_finding(dilemma: SecurityDilemma, case: Case) -> Finding:
    """At which levels of offence a game is which, for either side."""
    return Finding(
        id=f"dilemma-{dilemma.game}",
        title=f"{case.games[dilemma.game].title}: the security dilemma",
        says=_current_sentence(dilemma, case) + _concern_sentence(dilemma, case),
        see="What is won by exploiting and lost by being exploited, multiplied; without concern for relative gains.",
        table=make_table(_columns(dilemma, case), _rows(dilemma)),
        method=(
            "One Stag Hunt made of the case's estimates. That offence makes surprise worth more and being surprised "
            "worse is Jervis (1978), who has no formula; that both are multiplied by the same factor is ours."
        ),
        rests_on=dilemma.rests_on,
    )


def _columns(dilemma: SecurityDilemma, case: Case) -> list[Column]:
    columns = [Column("offence", "offence counts", "number", "times what the payoffs say")]
    for side in dilemma.sides:
        name = display_name(case, side.party)
        columns += [
            Column(f"game_{side.party}", f"{name}: game"),
            Column(
                f"trust_{side.party}",
                f"{name}: trust",
                "number",
                "probability that the other is trustworthy",
                missing="none is enough",
            ),
            Column(
                f"patience_{side.party}", f"{name}: patience", "number", "discount factor", missing="none is enough"
            ),
        ]
    return columns


def _rows(dilemma: SecurityDilemma) -> Iterator[dict[str, object]]:
    for index, level in enumerate(OFFENCE_LEVELS):
        row: dict[str, object] = {"offence": level}
        for side in dilemma.sides:
            game = side.at_levels[index]
            row[f"game_{side.party}"] = game.kind
            row[f"trust_{side.party}"] = game.trust_needed if game.trust_needed <= 1 else None
            row[f"patience_{side.party}"] = game.patience_needed if game.patience_needed < 1 else None
        yield row


def _current_sentence(dilemma: SecurityDilemma, case: Case) -> str:
    """What game each side plays, and from which offence on it becomes a dilemma."""
    owner = "of two trustworthy sides" if dilemma.is_of_trustworthy_sides else "as given"
    clauses = join_words(_side_clause(dilemma, side, case) for side in dilemma.sides)
    return (
        f"In the game {owner}, without concern for relative gains and where offence counts "
        f"{format_number(dilemma.offence)} times what the payoffs say, {clauses}."
    )


def _side_clause(dilemma: SecurityDilemma, side: SideDilemma, case: Case) -> str:
    name = display_name(case, side.party)
    if side.kind == "Stag Hunt" and side.tipping_offence > dilemma.offence:
        return f"{name}'s {side.kind} becomes a Prisoner's Dilemma from {format_number(side.tipping_offence)} on"
    return f"{name}'s game is {side.kind}"


def _concern_sentence(dilemma: SecurityDilemma, case: Case) -> str:
    """What concern for relative gains makes of it, if anything."""
    if not dilemma.is_changed_by_concern:
        return ""
    clauses = join_words(f"{display_name(case, side.party)}'s is {side.kind_with_concern}" for side in dilemma.sides)
    return f" {upper_first(by_view_phrase(dilemma.main_view))}, at that balance, {clauses}."
