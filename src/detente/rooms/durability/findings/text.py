"""How the durability room words patience and theories, and which colour a side has."""

from __future__ import annotations

from detente.case.index.by_year import analysed_years, members_in_year
from detente.case.index.membership import case_sides
from detente.case.schema.case import Case
from detente.rooms.durability.model.theory_views import TheoryView
from detente.text.english import join_words, lower_first
from detente.text.number_format import format_number
from detente.text.theories import theory_title


def format_patience(x: float) -> str:
    """A patience in words."""
    return format_number(x) if x < 1 else "none is enough"


def patience_phrase(x: float) -> str:
    """What patience is needed, within a sentence."""
    return f"{format_patience(x)} is needed" if x < 1 else "no patience is enough"


def view_title(view: TheoryView) -> str:
    """The theories that see a game alike: `Realism and all reasons together`."""
    first, *others = map(theory_title, view.ids, view.titles)
    return join_words([first, *map(lower_first, others)])


def by_view_phrase(view: TheoryView) -> str:
    """The same within a sentence: `by realism`, `by own gains alone`."""
    return f"by {lower_first(view_title(view))}"


def party_colour(case: Case, party: str) -> str:
    """The colour of the side that a party is on: of who offers, or of who answers."""
    offer_sides = case_sides(case) or ("", "")
    year = analysed_years(case)[-1]
    for side, shade in zip(offer_sides, ("@b", "@a"), strict=True):
        if party == side or (side in case.organisations and party in members_in_year(case, side, year)):
            return shade
    return "@ink"
