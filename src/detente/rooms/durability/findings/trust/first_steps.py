"""The finding on where a first step reassures, beside where the documents advise it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.case.schema.case import Case
from detente.results.finding import Finding, Robustness
from detente.results.pictures import RangeRow, RangeRows
from detente.results.table import Column, make_table
from detente.rooms.durability.findings.columns import ISSUE, SHARE
from detente.rooms.durability.findings.opening import point
from detente.rooms.durability.findings.text import (
    gains_only_phrase,
    in_simulations,
    issue_title,
    lasting_degree,
    minds_nothing,
    view_title,
)
from detente.rooms.durability.findings.trust.advice import advising_documents
from detente.rooms.durability.model.trust.first_steps import AdviceVerdict, FirstStep, FirstSteps
from detente.rooms.durability.model.trust.trust_and_signs import GameTrust, TrustSign
from detente.text.brief_sentences import short_range
from detente.text.english import without_article
from detente.text.names_in_sentences import with_small_article
from detente.text.shares import frequency_phrase

HARDLY = 0.005
"""A share of simulations that counts for no difference."""
STEP = "share of what is at stake"
PROBABILITY = "probability that the other is trustworthy"
VERDICT_SENTENCES: dict[AdviceVerdict, str] = {
    "agrees": "The model agrees with that advice: nowhere would one do so more often.",
    "disagrees": "The model points elsewhere.",
    "open": "The model neither confirms that advice nor contradicts it.",
}
SHORT_ANSWERS: dict[AdviceVerdict, str] = {
    "agrees": "yes, where it is advised",
    "disagrees": "yes, but not where advised",
    "open": "the model cannot say",
}
COLUMNS = (
    ISSUE,
    Column("theory"),
    Column("advised", "advised by the documents", "yes_no"),
    Column("fits", "step assumed builds trust, of 100", "of_100", SHARE),
    Column("some", "some step would, of 100", "of_100", SHARE),
    Column("enough", "trust enough without, of 100", "of_100", SHARE),
    Column("step", "step assumed", "number", STEP),
    Column("least", "least that builds trust", "number", STEP, missing="none does"),
    Column("most", "most", "number", STEP, missing="none does"),
    Column("width", "from least to most", "number", STEP),
    Column("gain", "gain by the step assumed", "number", "payoffs of the game", missing="does not build trust"),
    Column("trust", "trust held", "number", PROBABILITY),
    Column("from", "some step does from a trust of", "number", PROBABILITY, missing="at none"),
)


def first_steps_finding(
    steps: FirstSteps, trust: Sequence[GameTrust], signs: Sequence[TrustSign], case: Case
) -> Finding:
    """Where a first step reassures, whether that is where it is advised, and what trust and signs do without.

    Args:
        steps: First steps on every issue that names one.
        trust: How much trust cooperation takes, issue by issue.
        signs: What a sign of the other's kind tells, where there is one.
        case: The case.
    """
    return Finding(
        id="first-steps",
        title="On which issue a first step reassures",
        says=" ".join(_sentences(steps, trust, signs, case)),
        see="At our middle estimates, but for what is of 100.",
        table=make_table(COLUMNS, _rows(steps, case)),
        method=(
            "Each game with a first step in two rounds, as told issue by issue, all by one theory: the one that on "
            "most issues leaves somebody to be trusted. The advice is held against how often some step would "
            "reassure, since the size of a step can be chosen and trust cannot."
        ),
        rests_on=tuple(dict.fromkeys(id for step in steps.steps for id in (step.game, *step.reassurance.tests))),
        robustness=Robustness("fragile", "It depends on how far the sides trust each other, which is our estimate."),
        place="detail",
        question="Whether a first step would help",
        short_answer=_short_answer(steps),
        picture=_picture(steps, case),
    )


def _rows(steps: FirstSteps, case: Case) -> Iterator[dict[str, object]]:
    for step in steps.steps:
        low, high = step.reassurance.band
        yield {
            "game": case.games[step.game].title,
            "theory": view_title(step.reassurance.view),
            "advised": bool(step.reassurance.tests),
            "fits": step.fitting_share,
            "some": step.some_step_share,
            "enough": step.enough_share,
            "step": step.reassurance.step,
            "least": low if low < high else None,
            "most": high if low < high else None,
            "width": step.band_width,
            "gain": step.gain,
            "trust": step.trust_held,
            "from": step.reassurance.reassurable_trust[0] if step.reassurance.reassurable_trust else None,
        }


def _short_answer(steps: FirstSteps) -> str:
    best = steps.best
    if best.some_step_share == 0:
        return "no step would"
    if steps.advised is not None:
        return SHORT_ANSWERS[steps.advice_verdict]
    if lasting_degree(best.some_step_share) == "none":
        return "seldom"
    return "yes" if lasting_degree(best.fitting_share) != "none" else "only one of another size"


def _sentences(steps: FirstSteps, trust: Sequence[GameTrust], signs: Sequence[TrustSign], case: Case) -> Iterator[str]:
    advised = steps.advised
    yield advice_sentences(steps, case) if advised else _best_sentence(steps, case)
    yield from _theory_sentences(steps, trust)
    yield from _sign_sentences(signs, case)


def _best_sentence(steps: FirstSteps, case: Case) -> str:
    """Where no document advises a step."""
    best = steps.best
    if best.some_step_share == 0:
        return "No first step, of whatever size, would build trust."
    place = f" on {issue_title(best.game, case)}" if len(steps.steps) > 1 else ""
    often = "Most often some" if len(steps.steps) > 1 else "Some"
    return (
        f"{often} first step would build trust{place}: {frequency_phrase(best.some_step_share)}. The one that we "
        f"assumed would {in_simulations(best.fitting_share)}."
    )


def advice_sentences(steps: FirstSteps, case: Case) -> str:
    """What becomes of the advice on where to begin; nothing where no issue is advised."""
    advised = steps.advised
    if advised is None:
        return ""
    documents = with_small_article(advising_documents(case, advised.reassurance.tests))
    sentences = [
        f"For a first step, {documents} points to {issue_title(advised.game, case)}.",
        f"There, the step that we assumed would build trust {frequency_phrase(advised.fitting_share)}, and one of "
        f"the right size would {in_simulations(advised.some_step_share)}.",
        VERDICT_SENTENCES[steps.advice_verdict],
    ]
    if steps.advice_verdict == "disagrees":
        best = steps.best
        sentences[-1] = (
            f"The model points elsewhere: on {issue_title(best.game, case)}, one would "
            f"{in_simulations(best.some_step_share)}, and trust is enough without one "
            f"{in_simulations(best.enough_share)}."
        )
    return " ".join(sentences)


def _theory_sentences(steps: FirstSteps, trust: Sequence[GameTrust]) -> Iterator[str]:
    """By which theory this is told, and what becomes of trust by that of the answer, where that is another."""
    view = steps.steps[0].reassurance.view
    if view.is_main or not minds_nothing(view):
        return
    games = {step.game for step in steps.steps}
    shares = [entry.enough_share for one in trust if one.game in games for entry in one.by_theory if entry.view.is_main]
    if not shares:
        return
    yield f"This is if both look at {gains_only_phrase(view)}."
    most = max(shares)
    often = "in no simulation" if most == 0 else f"in at most {short_range(most, most)} of 100 simulations"
    yield f"If they mind what the other gains, trust alone is enough {often}."


def _sign_sentences(signs: Sequence[TrustSign], case: Case) -> Iterator[str]:
    """Where a sign that goes well does most, counting all that the answer counts."""
    told = [sign for sign in signs if sign.view.is_main]
    sign = max(told, key=lambda one: one.enough_after - one.enough_before, default=None)
    if sign is None or sign.enough_after - sign.enough_before < HARDLY:
        return
    yield (
        f"A trial that goes well raises that: on {issue_title(sign.game, case)} from "
        f"{short_range(sign.enough_before, sign.enough_before)} to {short_range(sign.enough_after, sign.enough_after)}."
    )


def _picture(steps: FirstSteps, case: Case) -> RangeRows:
    """How often trust is enough without a step on each issue, and how often some step builds it."""
    documents = advising_documents(case, steps.advised.reassurance.tests) if steps.advised else ""
    return RangeRows(
        says="How often trust is enough without a step (hollow), or some step builds it (filled).",
        measure="of 100 simulations",
        series=("enough without", "some step builds it"),
        rows=tuple(_row(step, steps, documents, case) for step in steps.steps),
        heading="Issue",
    )


def _row(step: FirstStep, steps: FirstSteps, documents: str, case: Case) -> RangeRow:
    return RangeRow(
        without_article(case.games[step.game].title),
        (point(step.enough_share), point(step.some_step_share)),
        note=f"advised by {documents}" if step is steps.advised else "",
    )
