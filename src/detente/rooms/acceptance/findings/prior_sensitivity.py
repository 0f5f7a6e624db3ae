"""The finding on how far the answer rests on the assumptions: other sets of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from detente.case.schema.estimate import Estimate
from detente.results.finding import Finding, Robustness
from detente.rooms.acceptance.findings.charts import chances_chart
from detente.rooms.acceptance.findings.text import Telling, by, each_way, share, spread
from detente.rooms.acceptance.model.results import answered
from detente.rooms.gains.model.model import Run
from detente.rooms.gains.model.results import NEAR
from detente.text.english import cardinal, count_noun, join_words, upper_first
from detente.text.number_format import format_number, per_hundred

DRAWS = 2_048
"""Draws of each set of assumptions, at most."""


@dataclass(frozen=True)
class Range:
    """How often the offer is accepted under one set of assumptions."""

    title: str
    draws: int
    accepted: Mapping[tuple[Run, str], float]
    """By run and theory, by own gains and by all that counts."""


def ranged(tell: Telling) -> list[Range]:
    """The case's own assumptions, then every declared set of others."""
    council, judged = tell.council, tell.judged
    theories = dict.fromkeys((council.own, council.whole))
    keys = [(run, theory) for run in council.runs for theory in theories]
    own = {(run, theory.id): judged.often(run, theory) for run, theory in keys}
    found = [Range("the case's own", judged.draws, own)]
    draws = min(judged.draws, DRAWS)
    for priors in council.case.priors.values():
        worth = answered(council, draws, priors.set)
        found.append(Range(priors.title, draws, {key: float((each > NEAR).mean()) for key, each in worth.items()}))
    return found


def range_of_priors(tell: Telling, found: Sequence[Range]) -> Finding | None:
    """How often the offer is accepted under each set of assumptions; None where the case has but its own."""
    import polars as pl

    council = tell.council
    if len(found) < 2:
        return None
    rows, bars = [], []
    for one in found:
        for run in council.runs:
            for theory in dict.fromkeys((council.own, council.whole)):
                rows.append(
                    {
                        "assumptions": one.title,
                        "theory": theory.title,
                        "run": tell.way(run),
                        "accepts": share(one.accepted[run, theory.id], one.draws),
                    }
                )
            bars.append((one.title, run.form, tell.way(run), one.accepted[run, council.whole.id]))
    said = [
        (tell.form(run), spread([one.accepted[run, council.whole.id] for one in found[1:]])) for run in council.runs
    ]
    own = [(tell.form(run), spread([one.accepted[run, council.own.id] for one in found[1:]])) for run in council.runs]
    same = council.own == council.whole
    says = f"Under {count_noun(len(found) - 1, 'other set')} of assumptions {tell.answers} accepts in {each_way(said)} of 100 "
    says += f"draws {by(council.whole)}" + ("." if same else f", and in {each_way(own)} {by(council.own)}.")
    return Finding(
        id="priors",
        title="How far the answer rests on the assumptions",
        says=says,
        see=f"In how many of 100 draws {tell.answers} accepts under each set, {by(council.whole)}{tell.marks()}.",
        table=pl.DataFrame(rows),
        headers={"run": "the channel is run", "accepts": f"{tell.answers} accepts, of 100"},
        chart=chances_chart(bars, f"{upper_first(by(council.whole))}: draws of 100 in which {tell.answers} accepts"),
        method=(
            "Each set puts other estimates in the place of some of the case's own and leaves the rest; numbers that no "
            "set touches are drawn alike in all, so the sets are compared on common draws."
        ),
        rests_on=tuple(council.case.priors),
        robustness=_standing(overturning(tell, found)),
    )


def _standing(turned: Sequence[str]) -> Robustness:
    """Fragile where another set of assumptions turns the answer of most draws."""
    if not turned:
        return Robustness("descriptive")
    return Robustness("fragile", f"Most draws say otherwise under {join_words(f'“{title}”' for title in turned)}.")


HALF = 0.5
MOST_NAMED = 2
"""Sets of assumptions that are named on the first screen; more are counted."""
LEVELS = (0.0, 0.1, 0.3, 0.5, 1.0)
"""How exclusive the channel is taken to be, to see what turns on that."""


def by_exclusivity(tell: Telling) -> Finding | None:
    """How often the offer is accepted the more of the other links it displaces; None where it displaces nothing."""
    import polars as pl

    council = tell.council
    if council.case.channels[council.channel].displaces is None:
        return None
    path, draws = f"channels.{council.channel}.exclusivity", min(tell.judged.draws, DRAWS)
    rows, shares = [], {}
    for level in LEVELS:
        worth = answered(council, draws, {path: Estimate(value=level)})
        for run in council.runs:
            row: dict[str, object] = {"exclusivity": format_number(level), "run": tell.way(run)}
            for theory in dict.fromkeys((council.own, council.whole)):
                shares[level, run, theory.id] = float((worth[run, theory.id] > NEAR).mean())
                row[theory.title] = share(shares[level, run, theory.id], draws)
            rows.append(row)
    ends = [
        (
            tell.form(run),
            " to ".join(
                dict.fromkeys(per_hundred(shares[level, run, council.own.id]) for level in (LEVELS[-1], LEVELS[0]))
            ),
        )
        for run in council.runs
    ]
    whole = [max(shares[level, run, council.whole.id] for run in council.runs) for level in LEVELS]
    says = f"From a channel that displaces all other links to one that displaces none, {tell.answers} accepts in "
    says += f"{each_way(ends)} of 100 draws {by(council.own)}"
    same = council.own == council.whole
    says += "." if same else f", and in {per_hundred(max(whole))} at most {by(council.whole)}."
    return Finding(
        id="exclusivity",
        title="What turns on how exclusive the channel is",
        says=says,
        see=f"In how many of 100 draws {tell.answers} accepts, by the chance that the channel displaces other links.",
        table=pl.DataFrame(rows),
        headers={"run": "the channel is run"},
        method="The exclusivity is set, and all other numbers are drawn as they are.",
        rests_on=(council.channel,),
    )


def range_told(tell: Telling, found: Sequence[Range]) -> str:
    """For the first screen: of 100 draws, how often the offer is declined under other sets, and where otherwise."""
    whole = tell.council.whole
    said = spread([1 - one.accepted[run, whole.id] for one in found[1:] for run in tell.council.runs])
    turned = overturning(tell, found)
    which = (
        join_words(f"“{title}”" for title in turned)
        if len(turned) <= MOST_NAMED
        else f"{cardinal(len(turned))} of them"
    )
    return f"{said}, where most draws say otherwise under {which}" if turned else said


def overturning(tell: Telling, found: Sequence[Range]) -> list[str]:
    """The sets of assumptions under which most draws say otherwise than by the case's own, in some form."""
    keys = [(run, tell.council.whole.id) for run in tell.council.runs]
    usual = {key: found[0].accepted[key] > HALF for key in keys}
    return [one.title for one in found[1:] if any((one.accepted[key] > HALF) != usual[key] for key in keys)]
