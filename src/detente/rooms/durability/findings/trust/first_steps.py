"""The finding on where a first step reassures, beside where the documents advise it."""

from __future__ import annotations

from collections.abc import Iterator

from detente.case.entries.entries import case_entries
from detente.case.schema.case import Case
from detente.results.finding import Finding, Robustness
from detente.results.table import Column, make_table
from detente.rooms.durability.findings.text import by_view_phrase, view_title
from detente.rooms.durability.model.trust.first_steps import AdviceVerdict, FirstStep, FirstSteps
from detente.text.english import as_sentence, lower_first, upper_first
from detente.text.number_format import format_number, per_hundred

STEP = "share of what is at stake"
PROBABILITY = "probability that the other is trustworthy"
VERDICT_SENTENCES: dict[AdviceVerdict, str] = {
    "agrees": "The model agrees with that advice: nowhere would one do so more often.",
    "disagrees": "The model disagrees with that advice: elsewhere one would do so more often.",
    "open": "The model neither confirms that advice nor contradicts it.",
}
COLUMNS = (
    Column("game"),
    Column("theory"),
    Column("advised", "advised by the documents", "yes_no"),
    Column("fits", "step assumed reassures, of 100", "of_100", "share of draws"),
    Column("some", "some step would, of 100", "of_100", "share of draws"),
    Column("enough", "trust enough without, of 100", "of_100", "share of draws"),
    Column("step", "step assumed", "number", STEP),
    Column("least", "least that reassures", "number", STEP, missing="none does"),
    Column("most", "most", "number", STEP, missing="none does"),
    Column("width", "width of the band", "number", STEP),
    Column("gain", "gain by the step assumed", "number", "payoffs of the game", missing="does not reassure"),
    Column("trust", "trust held", "number", PROBABILITY),
    Column("from", "some step does from a trust of", "number", PROBABILITY, missing="at none"),
)


def first_steps_finding(steps: FirstSteps, case: Case) -> Finding:
    """Where a first step reassures, and whether that is where it is advised."""
    return Finding(
        id="first-steps",
        title="On which issue a first step reassures",
        says=" ".join(_sentences(steps, case)),
        see="At the means, but for what is told of 100 draws; trust is taken to be the same on both sides.",
        table=make_table(COLUMNS, _rows(steps, case)),
        method=(
            "Each game with a first step in two rounds, as told issue by issue, all by one theory: the one that on "
            "most issues leaves somebody to be trusted. The advice is held against how often some step would "
            "reassure, since the size of a step can be chosen and trust cannot."
        ),
        rests_on=tuple(dict.fromkeys(id for step in steps.steps for id in (step.game, *step.reassurance.tests))),
        robustness=Robustness("fragile", "it turns on the trust held, which is assumed"),
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


def advice_sentences(steps: FirstSteps, case: Case) -> str:
    """What becomes of the advice on where to begin; nothing where no issue is advised."""
    advised = steps.advised
    if advised is None:
        return ""
    advised_share, some_share = per_hundred(advised.fitting_share), per_hundred(advised.some_step_share)
    sentence = (
        f"The documents advise a first step on {_title(advised, case)}: "
        f"{by_view_phrase(advised.reassurance.view)} the one assumed reassures in {advised_share} of 100 draws, and "
        f"some step would in {some_share}."
    )
    if steps.best is not advised and steps.advice_verdict == "disagrees":
        share = per_hundred(steps.best.some_step_share)
        enough = per_hundred(steps.best.enough_share)
        return (
            f"{sentence} The model disagrees: on {_title(steps.best, case)} some step would in {share}, and trust is "
            f"enough without one in {enough}."
        )
    return f"{sentence} {VERDICT_SENTENCES[steps.advice_verdict]}"


def _sentences(steps: FirstSteps, case: Case) -> Iterator[str]:
    best, advised = steps.best, steps.advised
    if advised is None:
        some_share, share = per_hundred(best.some_step_share), per_hundred(best.fitting_share)
        yield (
            f"{upper_first(by_view_phrase(best.reassurance.view))} some first step would reassure most often on "
            f"{_title(best, case)}: in {some_share} of 100 draws, and the one assumed in {share}."
        )
    else:
        yield advice_sentences(steps, case)
        entries_by_id = case_entries(case)
        yield from (
            as_sentence(f"The claim: {entries_by_id[id].says}")
            for id in advised.reassurance.tests
            if id in entries_by_id
        )
    yield _trust_sentence(advised or best, case)


def _trust_sentence(step: FirstStep, case: Case) -> str:
    """Which trust some step takes, and which step the trust held takes, beside those assumed."""
    result = step.reassurance
    assumed = f"Assumed are a trust of {format_number(step.trust_held)} and a step of {format_number(result.step)}"
    if result.reassurable_trust is None:
        return f"{assumed}; on {_title(step, case)} no step does at the means, whatever the trust."
    low, high = result.band
    needed = (
        f"at that trust it takes between {format_number(low)} and {format_number(high)}"
        if low < high
        else "at that trust none does"
    )
    least_trust = format_number(result.reassurable_trust[0])
    return f"{assumed}; on {_title(step, case)} some step does from a trust of {least_trust} on, and {needed}."


def _title(step: FirstStep, case: Case) -> str:
    return lower_first(case.games[step.game].title)
