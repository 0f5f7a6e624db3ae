"""The finding on what would reverse the order of the hypotheses."""

from __future__ import annotations

from collections.abc import Iterator

from detente.case.schema.case import Case
from detente.methods.inference.bayesian_updating import EvidenceLoss
from detente.results.finding import Finding, Robustness
from detente.results.table import Column, make_table
from detente.rooms.evidence.findings.columns import DECIBELS, PIECES, PROBABILITY
from detente.rooms.evidence.findings.text import UPDATING_METHOD, format_odds, quoted_hypothesis
from detente.rooms.evidence.model.posterior import PosteriorResult
from detente.rooms.evidence.model.reversal import Reversal
from detente.text.english import as_sentence, count_noun, join_words
from detente.text.number_format import format_number, format_probability

MOST_NAMED = 6
COLUMNS = (
    Column("hypothesis", format="id"),
    Column("in_words"),
    Column("before", format="number", unit=PROBABILITY),
    Column("after", format="number", unit=PROBABILITY),
    Column("lowest", format="number", unit=PROBABILITY),
    Column("highest", format="number", unit=PROBABILITY),
    Column("behind_by_decibels", format="tenths", unit=DECIBELS),
    Column("level_without_pieces", format="count", unit=PIECES),
    Column("ahead_without_pieces", format="count", unit=PIECES),
    Column("these_among_them", format="ids"),
)


def reversal_finding(case: Case, result: PosteriorResult, reversal: Reversal) -> Finding:
    """Every hypothesis with its range, and what would put it before the first."""
    sentences = (
        _structure_sentence(case, reversal),
        _theories_sentence(case, reversal),
        *([] if result.is_tie else _reversal_sentences(case, result, reversal)),
        _tests_sentence(case, result, reversal),
    )
    return Finding(
        id=f"{result.test.id}-reversal",
        title=f"{result.test.table.title}: what would reverse that",
        says=" ".join(filter(None, sentences)),
        see="Each hypothesis before and after, with its range; how many pieces of evidence would have to be lost for "
        "it to draw level with the first, or to pass it.",
        table=make_table(COLUMNS, _hypothesis_rows(case, result, reversal)),
        method=UPDATING_METHOD,
        rests_on=(result.test.id, *result.evidence.hypotheses),
        robustness=Robustness("tie") if result.is_tie else Robustness("descriptive"),
    )


def _hypothesis_rows(case: Case, result: PosteriorResult, reversal: Reversal) -> Iterator[dict[str, object]]:
    for part in reversal.ranges:
        named_losses = part.passing_losses or part.level_losses
        yield {
            "hypothesis": part.hypothesis,
            "in_words": case.hypotheses[part.hypothesis].name,
            "before": part.prior,
            "after": part.posterior,
            "lowest": part.lowest,
            "highest": part.highest,
            "behind_by_decibels": part.decibels_behind,
            "level_without_pieces": part.level_losses.group_count if part.level_losses else None,
            "ahead_without_pieces": part.passing_losses.group_count if part.passing_losses else None,
            "these_among_them": ", ".join(_lost_units(result, named_losses.pieces)) if named_losses else "",
        }


def _structure_sentence(case: Case, reversal: Reversal) -> str:
    """What follows from the form of the hypotheses alone."""
    if reversal.structural_leader is None:
        return ""
    return (
        f"Evidence for one theory never counts against another here, so "
        f"{quoted_hypothesis(case, reversal.structural_leader)} leads "
        "wherever each theory has more for it than against it: that is built in, true for any passages."
    )


def _theories_sentence(case: Case, reversal: Reversal) -> str:
    """How probable it is that each theory holds, alone or with others, before and after."""
    if not reversal.theory_chances:
        return ""
    phrases = join_words(
        f"{case.theories[chance.theory].name} {format_probability(chance.posterior)} "
        f"(before it {format_probability(chance.prior)})"
        for chance in reversal.theory_chances
    )
    return f"That a theory holds, alone or with others: {phrases}."


def _reversal_sentences(case: Case, result: PosteriorResult, reversal: Reversal) -> Iterator[str]:
    """The prior odds, the losses and the correlations that would put another first."""
    yield _prior_sentence(case, result)
    level, passing = reversal.level_rival, reversal.passing_rival
    level_losses, passing_losses = level and level.level_losses, passing and passing.passing_losses
    if level and level_losses and not (passing_losses and passing_losses.group_count == level_losses.group_count):
        yield _loss_sentence(case, result, level.hypothesis, level_losses, "draws level")
    if passing and passing_losses:
        yield _loss_sentence(case, result, passing.hypothesis, passing_losses, "leads")
    else:
        yield "No loss of evidence puts another before it."
    if reversal.correlation_intervals:
        intervals_phrase = join_words(
            (f"{format_number(low)} to {format_number(high)}" for low, high in reversal.correlation_intervals), "or"
        )
        yield f"Another leads where the correlation within clusters is {intervals_phrase}."


def _prior_sentence(case: Case, result: PosteriorResult) -> str:
    """The prior odds from which on another leads."""
    if result.evidence_weight > 0:
        runner_up_name = quoted_hypothesis(case, result.runner_up)
        odds_phrase = f"{format_odds(result.evidence_weight)} to 1 for {runner_up_name}"
        return f"Prior odds of more than {odds_phrase} would reverse it."
    odds_phrase = f"{format_odds(-result.evidence_weight)} to 1 for {quoted_hypothesis(case, result.leader)}"
    return f"It leads by its prior alone: prior odds of less than {odds_phrase} lose it."


def _loss_sentence(case: Case, result: PosteriorResult, rival: str, losses: EvidenceLoss, verb: str) -> str:
    pieces_phrase = join_words(_lost_units(result, losses.pieces))
    pieces_phrase = f"among them {pieces_phrase}" if losses.group_count > MOST_NAMED else pieces_phrase
    return (
        f"Without {count_noun(losses.group_count, 'piece')} of evidence ({pieces_phrase}) "
        f"{quoted_hypothesis(case, rival)} {verb}."
    )


def _lost_units(result: PosteriorResult, pieces: tuple[str, ...]) -> list[str]:
    """The passages and clues of some pieces, the first few where they are many."""
    unit_by_piece = dict(zip((p.id for p in result.evidence.pieces), result.evidence.unit_ids, strict=True))
    return list(dict.fromkeys(unit_by_piece[id] for id in pieces))[:MOST_NAMED]


def _tests_sentence(case: Case, result: PosteriorResult, reversal: Reversal) -> str:
    """How many pieces are more than straws between the two that lead, and how that hangs on the threshold."""
    own_threshold, total = case.evidence.threshold, len(result.evidence.pieces)
    own_count = reversal.telling_counts[own_threshold]
    other_counts = join_words(
        f"{count or 'none'} at {format_number(threshold)}"
        for threshold, count in reversal.telling_counts.items()
        if threshold != own_threshold
    )
    if any(unit in case.clues for unit in result.evidence.unit_ids):
        count_phrase = f"{own_count or 'none'} of the {total} pieces {'is' if own_count < 2 else 'are'}"
    else:
        largest_weight = format_number(round(max(abs(part.unadjusted_db) for part in result.contributions), 1))
        count_phrase = f"no passage is worth more than {largest_weight} under the mapping; "
        count_phrase += f"{own_count or 'none'} of the {total} codings {'is' if own_count < 2 else 'are'}"
    straw = "a straw in the wind, which hardly tells these two apart"
    threshold_phrase = f"by a threshold of {format_number(own_threshold)} decibels ({other_counts})"
    return as_sentence(f"{count_phrase} more than {straw}, {threshold_phrase}")
