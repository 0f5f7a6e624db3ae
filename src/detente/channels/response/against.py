"""The findings that hold the theories against what happened: outcomes, replies, and when it was asked again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log10

from detente.case.acceptance import Outcome
from detente.channels.names import of_hundred
from detente.channels.response.council import Council, Theory
from detente.channels.response.judged import MOST_ASKED, Asked, asked_of
from detente.channels.response.telling import Telling, by
from detente.section import Finding
from detente.words import capital, count, listed

LEAST = 0.01
"""No chance is taken to be nearer to 0 or 1 than this where likelihoods are compared: nobody is that sure."""


@dataclass(frozen=True)
class Tested:
    """An outcome and the chance that each theory gave it."""

    id: str
    """Of the entry of the case; empty where it comes from the record."""
    says: str
    date: str
    accepted: bool
    chances: tuple[float | None, ...]
    """By theory, that it was as it was; None where the model does not speak of it."""
    entries: tuple[str, ...]
    structural: bool = False

    @cached_property
    def worst(self) -> float:
        """The least chance that any theory gave it; 2 where none speaks of it."""
        return min((p for p in self.chances if p is not None), default=2.0)


def questions(council: Council) -> list[Asked]:
    """What must be asked of the draws to hold them against the outcomes."""
    declared = [asked_of(council, outcome) for outcome in council.case.outcomes.values()]
    every = [*(one for one in declared if one), *(asked for asked, *_ in _agendas(council))]
    return list(dict.fromkeys(every))


def _agendas(council: Council) -> Iterator[tuple[Asked, str, str, bool, tuple[str, ...]]]:
    """Every proposal of the record by the side that offers, issue by issue, and whether it was taken up."""
    case = council.case
    offers, answers = council.sides
    for offer in case.offers:
        if (offer.by, offer.to) != (offers, answers):
            continue
        taken = any(offer.id in reply.to and reply.answer in ("accept", "contact") for reply in case.replies)
        for proposal in offer.proposes:
            issues = [name for name in case.proposals[proposal].issues if name in council.model.issues]
            asked = (answers, council.channel, council.arena.observed, next(iter(issues), ""))
            date = offer.date.shown if offer.date else "undated"
            yield asked, case.proposals[proposal].title, date, taken, (proposal, offer.id)


def tested(tell: Telling) -> list[Tested]:
    """Every outcome with its chances, the misses first."""
    council = tell.council
    found = []
    for name, outcome in council.case.outcomes.items():
        date = outcome.date.shown if outcome.date else "undated"
        chances = _chances(tell, asked_of(council, outcome), outcome.accepted)
        found.append(
            Tested(
                name,
                outcome.says,
                date,
                outcome.accepted,
                chances if outcome.channel else _added(council, outcome),
                tuple(outcome.entries),
                structural=outcome.channel is None,
            )
        )
    for asked, title, date, taken, entries in _agendas(council):
        verdict = "is taken up" if taken else "is not taken up"
        found.append(Tested("", f"{title}: {verdict}.", date, taken, _chances(tell, asked, taken), entries))
    return sorted(found, key=lambda one: one.worst)


def _added(council: Council, outcome: Outcome) -> tuple[float | None, ...]:
    """A link with somebody beyond that takes the place of nothing: nobody loses by it (Myerson 1977)."""
    sure = 1.0 if outcome.accepted else 0.0
    return tuple(sure if outcome.adds else None for _ in council.theories)


def _chances(tell: Telling, asked: Asked | None, accepted: bool) -> tuple[float | None, ...]:
    """By theory, the chance of what happened: the mean over the ways the channel may be run."""
    council, judged = tell.council, tell.judged
    found: list[float | None] = []
    for theory in council.theories:
        each = [judged.asked[asked, form, theory.id][0] for form in council.forms if asked]
        yes = sum(each) / len(each) if each else None
        found.append(None if yes is None else yes if accepted else 1 - yes)
    return tuple(found)


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
        for theory, p in zip(council.theories, one.chances, strict=True):
            row[theory.title] = "" if p is None else of_hundred(p)
        row["constant refusal"] = "right" if not one.accepted else "wrong"
        row["entries"] = ", ".join(e for e in (one.id, *one.entries) if e)
        rows.append(row)
    return Finding(
        id="outcomes",
        title="What happened, and what each theory gave it",
        says=" ".join(_outcomes_told(tell, found)),
        see="The chance of 100 that each theory gave what happened, the least first; and whether somebody who always "
        "says no would have been right.",
        table=pl.DataFrame(rows),
        headers={"what_happened": "what happened"},
        links=("entries",),
        method=(
            f"Chances are means over {MOST_ASKED:,} draws at most and over the ways the channel may be run, with "
            "choices as noisy as the case assumes. Proposals of the record are taken issue by issue, by the first "
            "issue that is weighed, or as a whole. What was known "
            "when the case was written may have gone into its numbers, so this shows whether a theory can be squared "
            "with what happened, not that it foretold it. A link with somebody beyond both organisations that takes "
            "the place of nothing can make neither end worse off: that follows from the model, by any theory."
        ),
        rests_on=tuple(council.case.outcomes),
        open=False,
    )


def _outcomes_told(tell: Telling, found: Sequence[Tested]) -> Iterator[str]:
    council = tell.council
    spoken = [one for one in found if one.worst <= 1 and not one.structural]
    whole = council.theories.index(council.whole)
    missed = [one for one in spoken if (one.chances[whole] or 0) < 0.5]
    if missed:
        yield (
            f"{capital(by(council.whole))} the model is wrong on {len(missed)} of {len(spoken)} outcomes, first of "
            f"all: {missed[0].says} It gave that {of_hundred(missed[0].chances[whole] or 0)} of 100."
        )
    else:
        yield f"{capital(by(council.whole))} the model gives each of {len(spoken)} outcomes more than even odds."
    refusals = sum(not one.accepted for one in spoken)
    yield f"A constant refusal is right on {refusals} of them."
    same = [one for one in spoken if max(p or 0 for p in one.chances) - min(p or 0 for p in one.chances) < 0.1]
    yield (
        f"On {len(same)} the theories are within ten of 100 of each other, so these say nothing between them."
        if same
        else "On none are the theories within ten of 100 of each other."
    )


def likelihoods(tell: Telling, found: Sequence[Tested]) -> Finding | None:
    """How well each theory does on all outcomes together, beside a constant refusal, and how little that may mean."""
    import polars as pl

    council = tell.council
    spoken = [one for one in found if one.worst <= 1 and not one.structural]
    if not spoken:
        return None
    apart = {(one.accepted, one.chances): one for one in spoken}
    base = sum(one.accepted for one in spoken) / len(spoken)
    rows, scores = [], {}
    for at, theory in enumerate(council.theories):
        each = [one.chances[at] or 0.0 for one in spoken]
        once = [one.chances[at] or 0.0 for one in apart.values()]
        scores[theory.title] = sum(map(_log, once))
        rows.append(_scored(theory.title, each, once, spoken))
    for title, yes in (("Constant refusal", LEAST), ("As often as on record", base)):
        each, once = ([yes if one.accepted else 1 - yes for one in group] for group in (spoken, apart.values()))
        rows.append(_scored(title, each, once, spoken))
    order = sorted(scores, key=lambda title: -scores[title])
    gap = 10 * (scores[order[0]] - scores[order[1]]) if len(order) > 1 else 0.0
    varied = len({one.accepted for one in spoken}) > 1
    says = f"On {count(len(apart), 'different outcome')}, each counted once, {order[0]} does best"
    says += f", {gap:.0f} decibels before {order[1]}." if len(order) > 1 else "."
    if gap < 5:
        says += " That is next to nothing."
    if not varied:
        says = "All outcomes are alike, so nothing is said to discriminate between theories."
    says += " They are decisions of few actors about one matter, so the ratios overstate what they tell."
    return Finding(
        id="likelihoods",
        title="Theories against each other, and against a constant refusal",
        says=says,
        see="How many outcomes each gives more than even odds; the mean squared error of its chances (Brier 1950), and "
        "the logarithm of the chance it gives to all of them, in decibels, once for all and once with outcomes that "
        "the model cannot tell apart counted once.",
        table=pl.DataFrame(rows),
        headers={
            "right": f"right, of {len(spoken)}",
            "brier": "Brier score",
            "all": "all, dB",
            "once": "each once, dB",
        },
        method=(
            "Chances are kept from .01 to .99. The likelihoods are not independent: the same numbers are drawn for "
            "all, and one decision was often only repeated. As often as on record: the chance of an acceptance is its "
            "share among these very outcomes, which no forecaster knew."
        ),
        rests_on=tuple(council.case.outcomes),
    )


def _scored(title: str, each: Sequence[float], once: Sequence[float], spoken: Sequence[Tested]) -> dict[str, object]:
    return {
        "theory": title,
        "right": sum(p > 0.5 for p in each),
        "brier": f"{sum((1 - p) ** 2 for p in each) / len(each):.2f}",
        "all": f"{10 * sum(map(_log, each)):.0f}",
        "once": f"{10 * sum(map(_log, once)):.0f}",
    }


def _log(p: float) -> float:
    return log10(min(max(p, LEAST), 1 - LEAST))


def missed_by(tell: Telling, found: Sequence[Tested], theory: Theory) -> list[Tested]:
    """The outcomes to which a theory gave less than even odds, the worst first."""
    at = tell.council.theories.index(theory)
    told = [one for one in found if one.chances[at] is not None and not one.structural]
    return sorted((one for one in told if (one.chances[at] or 0) < 0.5), key=lambda one: one.chances[at] or 0)


def listed_entries(found: Sequence[Tested]) -> str:
    """The ids of outcomes."""
    return listed(one.id or one.entries[0] for one in found)
