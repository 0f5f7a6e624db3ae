"""The map of lasting cooperation over patience and concern for relative gains, with the case's own estimates."""

from __future__ import annotations

from detente.case.index.by_year import analysed_years, display_name, members_in_year
from detente.case.index.membership import case_sides
from detente.case.schema.case import Case
from detente.methods.games.relative_gains_games import GameTransition
from detente.results.finding import Chart, Finding
from detente.rooms.durability.findings.charts.cooperation_map import Boundary, cooperation_map_chart
from detente.rooms.durability.findings.charts.sides import SideEstimate
from detente.rooms.durability.findings.text import by_view_phrase, format_patience, patience_phrase
from detente.rooms.durability.model.patience_map import TABLE_CONCERNS, PatienceMap
from detente.text.english import join_words
from detente.text.number_format import format_number


def patience_map_finding(patience_map: PatienceMap, case: Case) -> Finding:
    """Where cooperation lasts, over patience and concern."""
    import polars as pl

    title, names = case.games[patience_map.game].title, [display_name(case, side.party) for side in patience_map.sides]
    sentences = (
        _estimate_sentence(patience_map),
        _slope_sentence(patience_map),
        _transitions_sentence(patience_map, names),
    )
    return Finding(
        id=f"map-{patience_map.game}",
        title=f"{title}: over patience and concern for relative gains",
        says=" ".join(filter(None, sentences)),
        see=(
            "Above both lines, in the shaded part, cooperation lasts. Crosses: each side's own estimate, with 5 to 95 "
            "of 100 draws."
        ),
        table=pl.DataFrame([_concern_row(patience_map, names, index) for index in range(len(TABLE_CONCERNS))]),
        headers={"concern": "each minds the other's lead by"},
        chart=_map_chart(patience_map, names, _side_colours(patience_map, case), title),
        method="Payoffs are at their means; both sides mind alike along the axis.",
        rests_on=patience_map.rests_on,
    )


def _concern_row(patience_map: PatienceMap, names: list[str], index: int) -> dict[str, str]:
    row = {"concern": format_number(TABLE_CONCERNS[index])}
    for name, side in zip(names, patience_map.sides, strict=True):
        row[f"{name}: game"] = side.at_table_concerns[index].kind
        row[f"{name}: patience needed"] = format_patience(side.at_table_concerns[index].patience_needed)
    return row


def _lasts_phrase(patience_map: PatienceMap) -> str:
    return "lasts" if patience_map.lasts_at_means else "does not last"


def _estimate_sentence(patience_map: PatienceMap) -> str:
    return (
        f"At the case's own estimates (the crosses) cooperation {_lasts_phrase(patience_map)} "
        f"{by_view_phrase(patience_map.view)}: patience is {format_number(patience_map.patience_at_means)}, and "
        f"{patience_phrase(patience_map.needed_at_means)}."
    )


def _slope_sentence(patience_map: PatienceMap) -> str:
    """Whether concern asks for more patience; nothing where it makes no difference."""
    if not patience_map.never_falls:
        return "Minding what the other gets can also make it easier here: the lines do not only rise."
    return "The more either minds what the other gets, the more patience it takes." if patience_map.ends_higher else ""


def _transitions_sentence(patience_map: PatienceMap, names: list[str]) -> str:
    """Where concern makes another game of it, and to whom; nothing if nowhere."""
    names_by_transition: dict[GameTransition, list[str]] = {}
    for name, side in zip(names, patience_map.sides, strict=True):
        for transition in side.transitions:
            names_by_transition.setdefault(transition, []).append(name)
    if not names_by_transition:
        return ""
    clauses = join_words(
        f"from {format_number(transition.k)} on it is {_with_article(transition.kind_after)} to "
        f"{join_words(side_names)}, no longer {_with_article(transition.kind_before)}"
        for transition, side_names in names_by_transition.items()
    )
    return f"As a side minds more what the other gets, {clauses}."


def _with_article(name: str) -> str:
    return f"{'an' if name[0] in 'AEIO' else 'a'} {name}"


def _map_chart(patience_map: PatienceMap, names: list[str], colours: list[str], title: str) -> Chart:
    low, _, high = patience_map.patience
    boundaries, estimates = [], []
    for side, name, colour in zip(patience_map.sides, names, colours, strict=True):
        line = (min(needed, 1.0) for needed in side.patience_line)
        boundaries.append(Boundary(name, colour, list(zip(patience_map.concerns, line, strict=True))))
        concern_spread = (side.concern[0], side.concern[2])
        estimates.append(
            SideEstimate(
                name, colour, side.concern_at_means, patience_map.patience_at_means, concern_spread, (low, high)
            )
        )
    marks = dict.fromkeys((change.k, change.kind_after) for side in patience_map.sides for change in side.transitions)
    alt_text = (
        f"{title}: patience needed over concern for relative gains; cooperation {_lasts_phrase(patience_map)} at "
        "the case's estimates"
    )
    return cooperation_map_chart(boundaries, estimates, list(marks), patience_map.max_concern, alt_text)


def _side_colours(patience_map: PatienceMap, case: Case) -> list[str]:
    """The colours of both sides; two that are on the same side of the offer are told apart all the same."""
    colours = [party_colour(case, side.party) for side in patience_map.sides]
    return colours if colours[0] != colours[1] else ["@b", "@a"]


def party_colour(case: Case, party: str) -> str:
    """The colour of the side that a party is on: of who offers, or of who answers."""
    offer_sides = case_sides(case) or ("", "")
    year = analysed_years(case)[-1]
    for side, shade in zip(offer_sides, ("@b", "@a"), strict=True):
        if party == side or (side in case.organisations and party in members_in_year(case, side, year)):
            return shade
    return "@ink"
