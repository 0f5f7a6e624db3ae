"""How the durability room words issues, theories, shares of simulations, and how much the future counts."""

from __future__ import annotations

from detente.case.index.by_year import display_name
from detente.case.schema.case import Case
from detente.results.brief import Degree
from detente.rooms.durability.model.theory_views import TheoryView
from detente.text.brief_sentences import short_range
from detente.text.english import join_words, lower_first
from detente.text.number_format import format_number, per_hundred
from detente.text.shares import frequency_phrase
from detente.text.theories import theory_title

FULL_ABOVE, HALF_FROM = 55, 45
"""Of 100 simulations: above the one it is said that cooperation lasts, from the other on that it is too close."""
MOST_NAMES = 4
"""Members that are named one by one; of more, how many they are."""


def lasting_degree(share: float) -> Degree:
    """Whether something holds in most simulations, in about half of them, or in few; rounded as a reader sees it."""
    rounded = round(100 * share)
    return "full" if rounded > FULL_ABOVE else "half" if rounded >= HALF_FROM else "none"


def issue_title(game_id: str, case: Case) -> str:
    """What the issue of a game is called within a sentence."""
    return lower_first(case.games[game_id].title)


def in_simulations(share: float) -> str:
    """How often, where a sentence before has said of what: `in 12`, `in fewer than 1`, `in none`, `in all`."""
    return f"in {per_hundred(share)}" if 0 < share < 1 else "in all" if share else "in none"


def short_frequency(share: float) -> str:
    """How often, for the answer of a fold: `in <1 of 100 simulations`, `in every simulation`."""
    return frequency_phrase(share) if share in (0, 1) else f"in {short_range(share, share)} of 100 simulations"


def members_phrase(members: tuple[str, ...], case: Case) -> str:
    """Members that cannot be told apart: `Russia`, `Latvia or Poland`, `one of twelve members`."""
    names = sorted(display_name(case, member) for member in members)
    return join_words(names, "or") if len(names) <= MOST_NAMES else f"one of {len(names)} members"


def format_patience(x: float) -> str:
    """A patience in words."""
    return format_number(x) if x < 1 else "none is enough"


def patience_phrase(x: float) -> str:
    """What patience is needed, within a sentence."""
    return f"{format_patience(x)} is needed" if x < 1 else "no patience is enough"


def view_title(view: TheoryView) -> str:
    """The theories that see a game alike: `Realism and all its reasons`."""
    first, *others = map(theory_title, view.ids, view.titles)
    return join_words([first, *map(lower_first, others)])


def by_view_phrase(view: TheoryView) -> str:
    """The same within a sentence: `by realism`, `by own gains only`."""
    return f"by {lower_first(view_title(view))}"


def minds_nothing(view: TheoryView) -> bool:
    """Whether by a theory neither side minds what the other gains."""
    return not any(True for _ in view.parameters)


def gains_only_phrase(view: TheoryView) -> str:
    """By a theory by which neither side minds what the other gains, with its name: `their own gains (liberalism)`."""
    named = view.ids != ("own-gains",)
    return f"their own gains only ({lower_first(view_title(view))})" if named else "their own gains only"
