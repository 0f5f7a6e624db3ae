"""The findings that hold the theories against what happened: outcomes, replies, and when it was asked again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log, log10
from typing import Literal

from detente.case.schema.response import ObservedOutcome
from detente.methods.networks.communication_graph import pair_indices
from detente.results.finding import Finding
from detente.rooms.acceptance.findings.text import Telling, by
from detente.rooms.acceptance.model.decision_makers import Council, Theory
from detente.rooms.acceptance.model.outcome_questions import agenda_questions
from detente.rooms.acceptance.model.results import MOST_ASKED, Asked, asked_of, chance, decides_on
from detente.rooms.gains.model.draws import actors_of
from detente.text.dates import format_date
from detente.text.english import as_sentence, count_noun, join_words, upper_first
from detente.text.number_format import format_number, per_hundred

Kind = Literal["tested", "structural", "inferred"]
COUNTS: dict[Kind, str] = {"tested": "yes", "structural": "no, follows from the model", "inferred": "no, inferred"}
"""Whether an outcome counts, in words."""
LEFT_OUT: dict[Kind, str] = {
    "structural": "would follow from the model in any case",
    "inferred": "would only be inferred",
    "tested": "stand for nothing in the model",
}
"""Why an outcome is not counted."""
LEAST = 0.01
"""No chance is taken to be nearer to 0 or 1 than this where likelihoods are compared: nobody is that sure."""
CLOSE = 0.1
"""The difference of chances below which theories are said to say the same."""
LITTLE = 5
"""Decibels below which a difference is called next to nothing."""


@dataclass(frozen=True)
class Tested:
    """An outcome and the chance that each theory gave it."""

    id: str
    """Of the entry of the case; empty where it comes from the record."""
    says: str
    date: str
    accepted: bool
    asked: Asked | None
    """What is asked of the model about it; None where the model does not speak of it."""
    chances: tuple[float, ...]
    """By theory, that it was as it was; none where the model does not speak of it."""
    favoured: float
    """In which share of the draws it is the better choice, by all that counts."""
    entries: tuple[str, ...]
    kind: Kind = "tested"

    @property
    def counts(self) -> bool:
        """Whether it counts among those that theories are held against."""
        return self.kind == "tested" and bool(self.chances)


def tested(tell: Telling) -> list[Tested]:
    """Every outcome with its chances: those that count first, the worst missed before the others."""
    council = tell.council
    found = []
    for name, outcome in council.case.outcomes.items():
        asked = asked_of(council, outcome)
        kind: Kind = "inferred" if outcome.inferred else "structural" if _follows(council, outcome) else "tested"
        date = format_date(outcome.date) if outcome.date else "undated"
        says = as_sentence(outcome.says)
        chances, favoured = _chances(tell, asked, outcome.accepted)
        found.append(Tested(name, says, date, outcome.accepted, asked, chances, favoured, tuple(outcome.entries), kind))
    for proposed in agenda_questions(council):
        title, taken = proposed.title, proposed.taken_up
        date = format_date(proposed.date) if proposed.date else "undated"
        says = f"{title}: {'taken up' if taken else 'not taken up'}."
        chances, favoured = _chances(tell, proposed.asked, taken)
        found.append(Tested("", says, date, taken, proposed.asked, chances, favoured, proposed.entries))
    whole = council.theories.index(council.whole)
    return sorted(found, key=lambda one: (not one.counts, one.chances[whole] if one.chances else 2.0))


def _follows(council: Council, outcome: ObservedOutcome) -> bool:
    """Whether it follows from the model by own gains, before the costs of links, for any numbers.

    So it does of who has nothing across organisations before and only gets links of its own: who has one more link
    loses nothing by it (Myerson 1977, for games in which more can do no less). And of who has nothing at all before, on
    an issue that pairs cannot settle.
    """
    if outcome.channel is None or not outcome.accepted:
        return outcome.accepted
    arena, model = council.arena, council.model
    deciding = set(actors_of(council.case, arena, decides_on(council.case, outcome)))
    before = arena.dealing(outcome.instead_of or arena.observed).alone
    after = arena.dealing(outcome.channel)
    if outcome.issue in model.beyond_pairs:
        return not model.beyond_pairs[str(outcome.issue)][model.places[before, ()], sorted(deciding)].any()
    graphs = [graph for graph in (after.alone, after.beside) if graph]
    own = all(deciding & set(link) for graph in graphs for link in set(graph.links) - set(before.links))
    kept = all(set(before.links) <= set(graph.links) for graph in graphs)
    pairs_across = zip(*(end[arena.across] for end in pair_indices(arena.n)), strict=True)
    had = any({a, b} & deciding and before.component_masks[a] >> b & 1 for a, b in pairs_across)
    within = any(
        arena.belongs[one] & arena.belongs[other] for one in deciding for other in range(arena.n) if other != one
    )
    return own and kept and not had and not (after.collegiate and within)


def _chances(tell: Telling, asked: Asked | None, accepted: bool) -> tuple[tuple[float, ...], float]:
    """By theory, the chance of what happened, over draws and forms; and how often it is the better choice."""
    import numpy as np

    council, judged = tell.council, tell.judged
    if asked is None:
        return (), 0.0
    sign = 1 if accepted else -1
    each = {
        theory.id: np.concatenate([sign * judged.asked[asked, form, theory.id] for form in council.forms])
        for theory in council.theories
    }
    chances = tuple(float(chance(each[theory.id]).mean()) for theory in council.theories)
    best = each[council.whole.id]
    return chances, float(((best > 0) if accepted else (best >= 0)).mean())


def outcomes(tell: Telling, found: Sequence[Tested]) -> Finding | None:
    """What happened, with the chance that each theory gave it, beside a constant refusal; the misses first."""
    import polars as pl

    council = tell.council
    if not found:
        return None
    rows = []
    for one in found:
        row: dict[str, object] = {
            "what_happened": one.says,
            "date": one.date,
            "accepted": "yes" if one.accepted else "no",
        }
        for at, theory in enumerate(council.theories):
            row[theory.title] = per_hundred(one.chances[at]) if one.chances else ""
        row["favoured"] = per_hundred(one.favoured) if one.chances else ""
        row["constant_refusal"] = "right" if not one.accepted else "wrong"
        row["counts"] = COUNTS[one.kind]
        row["entries"] = ", ".join(e for e in (one.id, *one.entries) if e)
        rows.append(row)
    return Finding(
        id="outcomes",
        title="What happened, and what each theory gave it",
        says=" ".join(_outcomes_told(tell, found)),
        see="The chance of 100 that each theory gave what happened, the least first, and in how many of 100 draws it "
        f"is the better choice {by(council.whole)}; whether somebody who always says no would have been right.",
        table=pl.DataFrame(rows),
        headers={
            "what_happened": "what happened",
            "favoured": "better in, of 100 draws",
            "constant_refusal": "constant refusal",
        },
        links=("entries",),
        method=(
            f"Chances are means over {MOST_ASKED:,} draws at most and over the ways the channel may be run, with "
            "choices as noisy, beside what who chooses has at stake, as the case assumes. Proposals of the record are "
            "taken issue by issue, by the first issue that is weighed, or as a whole. What was known when the case was "
            "written may have gone into its numbers, so this shows whether a theory can be squared with what happened, "
            "not that it foretold it. That nobody who has nothing across organisations declines links of its own "
            "follows from the model by own gains, before the costs of links (Myerson 1977), so such outcomes are shown "
            "and not counted; neither are those that are only inferred."
        ),
        rests_on=tuple(council.case.outcomes),
    )


def _outcomes_told(tell: Telling, found: Sequence[Tested]) -> Iterator[str]:
    council = tell.council
    counted = [one for one in found if one.counts]
    groups = apart(counted)
    whole = council.theories.index(council.whole)
    missed = [one for one in groups if one.chances[whole] < 0.5]
    if not counted:
        yield "The record holds nothing that the model could be held against."
    elif missed:
        first = missed[0]
        yield (
            f"{upper_first(by(council.whole))} the model is wrong on {len(missed)} of "
            f"{count_noun(len(groups), 'different outcome')}, first of all: {first.says} It gave that "
            f"{per_hundred(first.chances[whole])} of 100, and it is the better choice in {per_hundred(first.favoured)} "
            "of 100 draws."
        )
    else:
        each = f"each of {len(groups)} different outcomes" if len(groups) > 1 else "the one outcome that counts"
        yield f"{upper_first(by(council.whole))} the model gives {each} more than even odds."
    if counted:
        refusals = sum(not one.accepted for one in groups)
        yield f"A constant refusal is right on {refusals} of them."
        same = [one for one in groups if max(one.chances) - min(one.chances) < CLOSE]
        if same and len(council.theories) > 1:
            yield f"On {len(same)} the theories are within ten of 100 of each other, so these say nothing between them."
    if left := [one for one in found if not one.counts]:
        why = [words for kind, words in LEFT_OUT.items() if any(one.kind == kind for one in left)]
        verb = "is" if len(left) == 1 else "are"
        yield f"{upper_first(count_noun(len(left), 'outcome'))} more {join_words(why, 'or')}, and {verb} not counted."


def apart(found: Sequence[Tested]) -> list[Tested]:
    """One of each kind of outcome that the model cannot tell apart: alike in what happened and in every chance."""
    groups: dict[tuple[object, ...], Tested] = {}
    for one in found:
        groups.setdefault((one.accepted, *(round(p * 20) for p in one.chances)), one)
    return list(groups.values())


def likelihoods(tell: Telling, found: Sequence[Tested]) -> Finding | None:
    """How well each theory does on all outcomes together, beside a constant refusal, and how little that may mean."""
    import polars as pl

    council = tell.council
    groups = apart([one for one in found if one.counts])
    if not groups:
        return None
    base = sum(one.accepted for one in groups) / len(groups)
    rows, scores = [], {}
    for at, theory in enumerate(council.theories):
        scores[theory.title] = _together(tell, groups, theory)
        rows.append(_scored(theory.title, [one.chances[at] for one in groups], scores[theory.title]))
    for title, yes in (("Constant refusal", 0.0), ("As often as among these", base)):
        each = [yes if one.accepted else 1 - yes for one in groups]
        rows.append(_scored(title, each, sum(map(_decibels, each))))
    order = sorted(scores, key=lambda title: -scores[title])
    gap = scores[order[0]] - scores[order[1]] if len(order) > 1 else 0.0
    says = f"On {count_noun(len(groups), 'different outcome')} “{order[0]}” does best"
    if len(order) > 1 and round(gap):
        says += f", {count_noun(round(gap), 'decibel')} before “{order[1]}”"
    elif len(order) > 1:
        says = says.replace("does best", f"does best, and “{order[1]}” as well as it")
    says += ". That is next to nothing." if len(order) > 1 and 0.5 <= gap < LITTLE else "."
    if len({one.accepted for one in groups}) < 2:
        says = "All outcomes are alike, so nothing is said to discriminate between theories."
    says += " They are decisions of few actors about one matter, so such ratios overstate what they tell."
    return Finding(
        id="likelihoods",
        title="Theories against each other, and against a constant refusal",
        says=says,
        see="To how many outcomes each gives more than even odds; the mean squared error of its chances (Brier 1950); "
        "and ten times the logarithm of the chance that it gives to all of them together.",
        table=pl.DataFrame(rows),
        headers={"right": f"right, of {len(groups)}", "brier": "Brier score", "all": "all together, dB"},
        method=(
            "Outcomes that are alike, and whose chances are within a twentieth by every theory, count once. The "
            "chance of all together is the mean over draws and ways of running the channel of the product, each "
            "factor from .01 to .99, since the same numbers hold for all of them. As often as among these: the chance "
            "of an acceptance is its share among these very outcomes, which no forecaster knew."
        ),
        rests_on=tuple(council.case.outcomes),
    )


def _together(tell: Telling, groups: Sequence[Tested], theory: Theory) -> float:
    """The chance that a theory gives to all outcomes together, in decibels."""
    import numpy as np

    judged, forms = tell.judged, tell.council.forms
    each = []
    for form in forms:
        logs = np.zeros(1)
        for one in groups:
            if one.asked:
                odds = judged.asked[one.asked, form, theory.id] * (1 if one.accepted else -1)
                logs = logs + np.log(np.clip(chance(odds), LEAST, 1 - LEAST))
        each.append(logs)
    both = np.concatenate(each)
    most = float(both.max())
    return 10 * (most + log(float(np.exp(both - most).mean()))) / log(10)


def _scored(title: str, each: Sequence[float], decibels: float) -> dict[str, object]:
    return {
        "theory": title,
        "right": sum(p > 0.5 for p in each),
        "brier": f"{sum((1 - p) ** 2 for p in each) / len(each):.2f}",
        "all": format_number(round(decibels)),
    }


def _decibels(p: float) -> float:
    return 10 * log10(min(max(p, LEAST), 1 - LEAST))
