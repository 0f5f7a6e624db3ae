"""Words of the evidence room: what to call readings, the routes to them, verdicts and hypotheses."""

from __future__ import annotations

from collections.abc import Mapping

from detente.case.schema.case import Case
from detente.methods.inference.congruence import CongruenceTally, MotiveCode
from detente.results.finding import Robustness, RobustnessGrade
from detente.rooms.evidence.model.coding_routes import CodingRoute, MappingShape, RollUpRule, RouteKind
from detente.rooms.evidence.model.congruence_tables import ImportanceRating, importance_ratings
from detente.text.number_format import format_number

ROUTE_PHRASES: Mapping[RouteKind, str] = {
    "motives": "motive by motive",
    "passages": "passage by passage",
    "adjudicated": "adjudicated",
}
ROLL_UP_PHRASES: Mapping[RollUpRule, str] = {
    "net": "by what passages are worth",
    "count": "by the number of passages",
}
"""How passages are rolled up, in words."""
MAPPING_PHRASES: Mapping[MappingShape, str] = {
    "alike": "all strengths alike",
    "strong-only": "strong passages only",
    "no-strong": "strong ones set aside",
    "conditional-as-weak": "conditional ones as weak",
}
BUILT_IN_LEAD = (
    "That lead is built in wherever each theory has more for it than against it, so that it holds here is no test."
)
"""What is said where the hypotheses alone make one of them lead."""
IMPORTANCE_PHRASES = {"chief": "the most important", "as-chief": "as strong as the most important"}
CONGRUENCE_METHOD = (
    "Congruence test (after George and Bennett 2005, ch. 9): each motive counts for the theory that explains it first"
    " of all; what a secondary reading counts is varied from 0 to 1. The flip number is the fewest motives whose "
    "recoding gives another theory the highest sum outright (exact). A verdict is called fragile if its flip number "
    "is 1 or another treatment of secondary readings gives it to a rival, moderate if its flip number is 2, or one "
    "recoding or another treatment makes it a tie. Chances under coder error: each motive is independently read "
    "otherwise with the stated chance, every other reading being equally likely; a tie is not a verdict kept (exact, "
    "by enumeration). Flip number and error model are our own derivation."
)
"""How tables are tallied."""
UPDATING_METHOD = (
    "Bayesian updating over hypotheses of which exactly one is taken to be true (for process tracing: Fairfield and "
    "Charman 2017). Weights of evidence are 10 log10 of the ratio of likelihoods, in decibels: 3 is odds of 2 to 1, "
    "10 of 10 to 1. The likelihoods of coded passages are not in the sources: they are made from the coder's "
    "strengths by the mapping of the case, an assumption. Pieces of one cluster with correlation r count as "
    "k/(1+(k-1)r): Kish's (1965) effective sample size, used on weights of evidence as a rule of thumb of ours. With "
    "it a piece that is weak, or bears on another theory only, lowers the mean of its cluster. The range lets every "
    "likelihood and prior take its worst value by itself, and the correlation every value of its interval: an outer "
    "bound. Tests are named after Van Evera (1997): a clue is a smoking gun if finding it is worth the threshold or "
    "more, a hoop if not finding it is, doubly decisive if both, else a straw in the wind; the threshold is ours."
)
"""How hypotheses are weighed."""


def route_label(case: Case, route: CodingRoute) -> str:
    """What to call a route: who, and how."""
    return f"{case.coders[route.coder].name}, {ROUTE_PHRASES[route.kind]}"


def code_phrase(case: Case, code: MotiveCode | None) -> str:
    """A reading in words: `Realism (Liberalism)`."""
    if code is None:
        return "not coded"
    secondary_names = ", ".join(sorted(case.theories[t].name for t in code.secondary))
    if code.primary is None:
        return f"none first of all ({secondary_names})" if secondary_names else "none"
    return case.theories[code.primary].name + (f" ({secondary_names})" if secondary_names else "")


def leader_label(case: Case, leader: str | None) -> str:
    """The theory that leads, or that none does."""
    return case.theories[leader].name if leader else "tie"


def verdict_phrase(case: Case, tally: CongruenceTally) -> str:
    """The verdict in a few words: the theory and the sums."""
    if not any(tally.scores.values()):
        return "no verdict, since nothing is coded to any theory"
    return f"{case.theories[tally.leader].name if tally.leader else 'a tie'}, {score_phrase(tally)}"


def score_phrase(tally: CongruenceTally) -> str:
    """The sums, the highest first: `3 to 2`; of more than two theories those that are not 0."""
    ordered_scores = sorted(tally.scores.values(), reverse=True)
    return " to ".join(format_number(score) for n, score in enumerate(ordered_scores) if n < 2 or score)


def importance_phrase(rating: ImportanceRating) -> str:
    """How important a source calls a motive."""
    phrase = IMPORTANCE_PHRASES[rating.importance]
    return f"perhaps {phrase}" if rating.is_hedged else phrase


def stated_importance(case: Case, motive: str) -> list[str]:
    """What the sources call the motive, in words, the hedged last; nothing if they call it nothing."""
    ratings = sorted(importance_ratings(case, motive), key=lambda r: (r.is_hedged, importance_phrase(r)))
    return [importance_phrase(rating) for rating in ratings]


def quoted_hypothesis(case: Case, hypothesis: str) -> str:
    """A hypothesis by its name, in quotation marks."""
    return f"“{case.hypotheses[hypothesis].name}”"


def format_odds(odds_decibels: float) -> str:
    """Decibels as odds to 1, with no more digits than tell them from even odds."""
    value = 10 ** (odds_decibels / 10)
    return f"{value:.0f}" if value >= 10 else format_number(round(value, 1 if value >= 1.15 else 2))


def robustness_of_lead(standing: RobustnessGrade, leader: str | None, structural_leader: str | None) -> Robustness:
    """How well a lead stands; of one that is built in, that its holding tests nothing, and no such word as robust.

    Args:
        standing: What the trials come to.
        leader: Which hypothesis leads.
        structural_leader: The one that must lead as soon as each theory does, whatever the passages; None without.
    """
    if standing == "robust" and leader is not None and leader == structural_leader:
        return Robustness("descriptive", BUILT_IN_LEAD)
    return Robustness(standing)
