"""The finding on where an answer is yes: limits on at most three numbers, or that there is no short description."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from detente.results.finding import Finding
from detente.results.table import Column, make_table
from detente.rooms.acceptance.findings.text import title_of_theory
from detente.rooms.certainty.findings.text import CertaintyLabels
from detente.rooms.certainty.model.answer_region import EFFICIENCY_GAIN, NET_REASONS, AnswerRegion, NumberLimit
from detente.rooms.certainty.model.asked_answers import AskedAnswer
from detente.text.english import cardinal, join_words, upper_first
from detente.text.number_format import per_hundred

COLUMNS = (
    Column("run", "the channel is run"),
    Column("theory"),
    Column("test"),
    Column("describes", "what it describes"),
    Column("number"),
    Column("path", "where in the case", "id"),
    Column("low", "at least", "number", "in its own unit"),
    Column("high", "at most", "number", "in its own unit"),
    Column("recurrence", "comes again in so many of ten halves", "count"),
    Column("density", "of the simulations within, with that answer", "percent", "share of draws"),
    Column("coverage", "of those with that answer, within", "percent", "share of draws"),
    Column("is_good", "good enough to tell", "yes_no"),
)
MOST_LIMITS = 3


def regions_finding(labels: CertaintyLabels) -> Finding | None:
    """Where answers are yes, in a sentence each; None unless it was asked for in depth."""
    regions = labels.model.regions
    if not regions:
        return None
    told = {
        asked: region for asked, region in regions.items() if asked.theory == labels.acceptance.deciders.full_theory.id
    }
    count = sum(_is_short(region) for region in told.values())
    short = "one short description" if count == 1 else f"{cardinal(count)} short descriptions"
    return Finding(
        id="regions",
        title="Where the answer is yes",
        question="Where the answer is yes",
        short_answer=short if count else "no short description",
        place="detail",
        says=" ".join(_sentences(labels, told)),
        see="Limits that hold most of one answer, as told on simulations that had no part in choosing them.",
        table=make_table(COLUMNS, _rows(labels, regions)),
        method=(
            "Of the ten numbers that tell yes from no best by the distance of Kolmogorov and Smirnov, and of what "
            "some come to together, a box of limits on at most three is peeled (PRIM: Friedman and Fisher 1999; "
            "Bryant and Lempert 2010) on one half of 16,384 simulations and told on the other. It is told where at "
            "least half of what lies within has the answer, at least half of the answers lie within, and a limit "
            "on that side of each number comes again in eight of ten halves. Refusals are described where a yes is "
            "the more frequent answer."
        ),
    )


def _is_short(region: AnswerRegion | None) -> bool:
    return region is not None and region.is_good and len(region.limits) <= MOST_LIMITS


def _sentences(labels: CertaintyLabels, told: Mapping[AskedAnswer, AnswerRegion | None]) -> Iterator[str]:
    undescribed = [asked for asked, region in told.items() if region is not None and not _is_short(region)]
    described = [(asked, region) for asked, region in told.items() if region is not None and _is_short(region)]
    described.sort(key=lambda item: -min(item[1].density, item[1].coverage))
    for asked, region in described[:1]:
        yield from _region_sentences(labels, _where(labels, asked), region)
    if len(described) > 1:
        yield f"The table tells of {cardinal(len(described) - 1)} more."
    if len(undescribed) == len(told):
        yield "There is no short description of where the answer is yes, in any form or by any test."
    elif undescribed:
        places = join_words((_where(labels, asked) for asked in undescribed), "or")
        yield f"There is no short description: {places}."
    if too_rare := [asked for asked, region in told.items() if region is None]:
        yield upper_first(
            f"{join_words(_where(labels, asked) for asked in too_rare)}, a yes or a no is too rare to describe."
        )


def short_sentences(labels: CertaintyLabels) -> Iterator[str]:
    """Where the answer is yes by the best of the short descriptions; or that there is none. Nothing unless it was asked
    for in depth."""
    regions = labels.model.regions
    described = [(asked, region) for asked, region in regions.items() if region is not None and _is_short(region)]
    if described:
        asked, best = max(described, key=lambda item: min(item[1].density, item[1].coverage))
        yield from _region_sentences(labels, _where(labels, asked), best)
    elif any(regions.values()):
        yield "There is no short description of where the answer is yes."


def _where(labels: CertaintyLabels, asked: AskedAnswer) -> str:
    """In which form and by which test: `by consensus by the strict test`."""
    variants = {variant.form: variant for variant in labels.acceptance.deciders.offered_variants}
    form = labels.acceptance.form_phrase(variants[asked.form])
    return f"{form}, by the {asked.test} test".lstrip(", ")


def _region_sentences(labels: CertaintyLabels, where: str, region: AnswerRegion) -> Iterator[str]:
    side = labels.acceptance.answering_side
    verb, noun = ("refuses", "refusals") if region.of_refusals else ("accepts", "acceptances")
    count = len(region.limits)
    have = "one thing" if count == 1 else f"{cardinal(count)} things"
    yield upper_first(f"{where}, most {noun} have {have} in common.")
    for limit in region.limits:
        yield upper_first(f"{_limit_phrase(labels, limit)}.")
    holds = "that holds" if count == 1 else "both hold" if count == 2 else "all hold"
    yield f"Where {holds}, {side} {verb} in {per_hundred(region.density)} of 100 simulations."
    yield (
        f"That covers {per_hundred(region.mass)} of 100 simulations, and {per_hundred(region.coverage)} of 100 {noun}."
    )


def _limit_phrase(labels: CertaintyLabels, limit: NumberLimit) -> str:
    name = limit_name(labels, limit.path)
    if limit.low is not None and limit.high is not None:
        return f"{name} lies between {_two_digits(limit.low)} and {_two_digits(limit.high)}"
    if limit.low is not None:
        return f"{name} is {_two_digits(limit.low)} or more"
    return f"{name} is {_two_digits(limit.high or 0.0)} or less"


def _two_digits(value: float) -> str:
    return f"{value:.2g}"


def limit_name(labels: CertaintyLabels, path: str) -> str:
    """A number that is limited, or one that follows from several."""
    if path == EFFICIENCY_GAIN:
        return "what the channel gets done beyond today's ties"
    if path == NET_REASONS:
        return "recognition and other advantages less lost freedom"
    return labels.number_name(path)


def _rows(labels: CertaintyLabels, regions: Mapping[AskedAnswer, AnswerRegion | None]) -> Iterator[dict[str, object]]:
    variants = {variant.form: variant for variant in labels.acceptance.deciders.offered_variants}
    theories = {theory.id: theory for theory in labels.acceptance.deciders.theories}
    for asked, region in regions.items():
        names = {
            "run": labels.acceptance.variant_cell(variants[asked.form]),
            "theory": title_of_theory(theories[asked.theory]),
            "test": asked.test,
        }
        if region is None:
            yield {**names, "describes": "nothing, as a yes or a no is too rare", "number": "", "path": ""}
            continue
        for limit, recurrence in zip(region.limits, region.recurrence, strict=True):
            yield {
                **names,
                "describes": "refusals" if region.of_refusals else "acceptances",
                "number": limit_name(labels, limit.path),
                "path": limit.path,
                "low": limit.low,
                "high": limit.high,
                "recurrence": recurrence,
                "density": region.density,
                "coverage": region.coverage,
                "is_good": region.is_good,
            }
