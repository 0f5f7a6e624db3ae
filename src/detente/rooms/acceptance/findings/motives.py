"""The finding on motives: by what each works in the model, and whether what one side wins by it the other loses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.results.finding import Finding
from detente.results.table import Column, make_table
from detente.rooms.acceptance.findings.columns import OF_ALL_AT_STAKE, RUN_COLUMN
from detente.rooms.acceptance.findings.text import AcceptanceLabels
from detente.rooms.acceptance.model.motives import MotiveReading, MotiveResult
from detente.text.english import cardinal, count_noun, join_words, lower_first

READING_WORDS: dict[MotiveReading, str] = {
    "opposed": "one loses what the other wins",
    "common": "both win",
    "neither": "neither",
}
METHOD = (
    "One mechanism at a time is switched on, and what it brings either side is added up over its members and "
    "averaged over draws. Parts of the gains: rerouting is what changes if as much gets done as before, "
    "efficiency what comes of getting more done, one voice what is won by answering as one rather than through "
    "the leading member. Where a motive works by rerouting alone and nothing is lost on longer ways, the index "
    "is 1 for any numbers; decay makes it less. It is read as opposed from 0.6 on, and as common up to 0.4 if "
    "both win; else as neither. A theory that minds relative gains expects the first, one of own gains alone "
    "the second. The index is ours."
)


def _columns(labels: AcceptanceLabels) -> tuple[Column, ...]:
    return (
        Column("motive"),
        Column("entry", format="id"),
        Column("works_by", "works by"),
        RUN_COLUMN,
        Column("offers", f"{labels.offering_side} wins", "number", OF_ALL_AT_STAKE),
        Column("answers", f"{labels.answering_side} wins", "number", OF_ALL_AT_STAKE),
        Column("index", "zero-sum index", "number", "index from 0 to 1"),
        Column("reads", "reads as"),
        Column("coded", "coded as"),
    )


def motives_finding(labels: AcceptanceLabels, results: Sequence[MotiveResult]) -> Finding | None:
    """Every motive worked out by itself, beside how it is coded; None where no motive says by what it works."""
    if not results:
        return None
    return Finding(
        id="motives",
        title="Who wins and who loses, by motive",
        says=f"{_readings_sentence(results)} By which part of the model a motive works, and which way, we "
        "decided: so that is no discovery.",
        see="What each side wins by a motive alone, on average, and the zero-sum index: 1 where one loses all that the "
        "other wins, 0 where neither does. Last, the documents' own coding, the first reading first.",
        table=make_table(_columns(labels), [row for result in results for row in _rows(labels, result)]),
        method=METHOD,
        rests_on=tuple(result.motive for result in results),
    )


def _rows(labels: AcceptanceLabels, result: MotiveResult) -> Iterator[dict[str, object]]:
    """A motive in every form of the channel."""
    case = labels.deciders.case
    for amount in result.amounts:
        yield {
            "motive": case.motives[result.motive].title,
            "entry": result.motive,
            "works_by": _pathway_phrase(labels, result),
            "run": labels.variant_cell(amount.variant),
            "offers": amount.offering_amount,
            "answers": amount.answering_amount,
            "index": amount.index,
            "reads": READING_WORDS[amount.reading],
            "coded": ", ".join(
                f"{case.theories[coding.theory].name}{'' if coding.level == 'primary' else ' besides'}"
                for coding in result.codings
            ),
        }


def _readings_sentence(results: Sequence[MotiveResult]) -> str:
    """Of how many motives the model reads otherwise than they are coded, and which."""
    compared_count = sum(result.is_compared for result in results)
    if not compared_count:
        return "The model reads no coded motive one way or the other."
    differing_motives = [
        f"{result.motive} ({join_words(dict.fromkeys(READING_WORDS[one.reading] for one in result.amounts), 'or')})"
        for result in results
        if result.differs
    ]
    says = f"Of {count_noun(compared_count, 'motive')} that the model reads one way or the other, "
    if not differing_motives:
        return says + "it reads all as their first theory has it, by one way to run the channel at least."
    count = cardinal(len(differing_motives))
    return says + f"it reads {count} otherwise than their first theory has it: {'; '.join(differing_motives)}."


def _pathway_phrase(labels: AcceptanceLabels, result: MotiveResult) -> str:
    """By what a motive works."""
    case, pathways = labels.deciders.case, result.pathways
    parts = [part.replace("-", " ") for part in pathways.gains]
    parts += [lower_first(case.mechanisms[name].title) for name in pathways.mechanisms]
    issues = join_words(lower_first(case.issues[name].title) for name in pathways.issues)
    return f"{join_words(parts)}{f', only on {issues}' if issues else ''}"
