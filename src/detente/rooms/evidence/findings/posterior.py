"""The finding on how probable each hypothesis is after the evidence, and what would reverse it."""

from __future__ import annotations

from detente.case.schema.case import Case
from detente.methods.inference.bayesian_updating import process_tracing_test, ratio_in_decibels
from detente.results.finding import Finding, Robustness
from detente.rooms.evidence.findings.charts import WaterfallBar, waterfall_chart
from detente.rooms.evidence.findings.text import quoted_hypothesis
from detente.rooms.evidence.model.coding_routes import motive_of
from detente.rooms.evidence.model.posterior import (
    PosteriorResult,
    hypotheses_by_probability,
    losses_for_rival,
    nearest_rival,
    probability_ranges,
    reversing_correlations,
    structural_leader,
)
from detente.text.english import as_sentence, count_noun, join_words
from detente.text.number_format import format_number, format_probability

MOST_NAMED = 6
TRIED_THRESHOLDS = (3.0, 6.0, 9.0, 12.0)
METHOD = (
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


def evidence_weight_finding(case: Case, result: PosteriorResult) -> Finding:
    """The posterior, with what each piece adds, and what would reverse it."""
    import polars as pl

    evidence = result.evidence
    names = {h: case.hypotheses[h].name for h in evidence.hypotheses}
    records = []
    for piece, part, unit in zip(evidence.pieces, result.contributions, evidence.unit_ids, strict=True):
        p, q = _chances_of_finding(
            case, result, unit, piece.likelihoods[result.leader], piece.likelihoods[result.runner_up]
        )
        records.append(
            {
                "piece": unit,
                "coding": part.id if part.id != unit else "",
                "cluster": part.cluster,
                "observed": "absent" if unit in case.clues and case.clues[unit].absent else "present",
                "chance_first": round(piece.likelihoods[result.leader], 4),
                "chance_second": round(piece.likelihoods[result.runner_up], 4),
                "decibels_alone": round(part.unadjusted_db, 2),
                "decibels_counted": round(part.adjusted_db, 2),
                "as_a_test": _test_kind(p, q, case.evidence.threshold, names[result.runner_up]),
            }
        )
    subject = "the weight of what its passages say" if evidence.coder else "the weight of evidence"
    return Finding(
        id=f"{result.test.id}-weight",
        title=f"{result.test.table.title}: {subject}",
        says=_lead_words(case, result),
        see=f"What the passages on each motive, and each clue, add to the odds of {names[result.leader]} against "
        f"{names[result.runner_up]}, after what they repeat of others is taken off. Three decibels are odds of 2 to 1.",
        table=pl.DataFrame(records),
        links=("piece", "coding", "cluster"),
        headers={
            "chance_first": f"Chance if {names[result.leader]}",
            "chance_second": f"Chance if {names[result.runner_up]}",
        },
        chart=waterfall_chart(
            result.test.table.title,
            (names[result.leader], names[result.runner_up]),
            result.prior_odds,
            _waterfall_bars(case, result),
        ),
        method=METHOD,
        rests_on=tuple(
            dict.fromkeys((result.test.id, *evidence.hypotheses, *evidence.unit_ids, *(p.id for p in evidence.pieces)))
        ),
        robustness=Robustness("tie") if result.is_tie else Robustness("descriptive"),
    )


def reversal_finding(case: Case, result: PosteriorResult) -> Finding:
    """Every hypothesis with its range, and what would put it before the first."""
    import polars as pl

    ranges, total = probability_ranges(case, result), sum(result.evidence.prior.values())
    records = []
    for h in hypotheses_by_probability(result.probabilities):
        is_rival = h != result.leader
        level_losses, passing_losses = (
            losses_for_rival(case, result, h, to_a_tie=tie) if is_rival else None for tie in (True, False)
        )
        named_losses = passing_losses or level_losses
        records.append(
            {
                "hypothesis": h,
                "in_words": case.hypotheses[h].name,
                "before": result.evidence.prior[h] / total,
                "after": result.probabilities[h],
                "lowest": ranges[h][0],
                "highest": ranges[h][1],
                "behind_by_decibels": round(
                    ratio_in_decibels(result.probabilities[result.leader], result.probabilities[h]), 1
                )
                if is_rival
                else None,
                "level_without_pieces": level_losses.group_count if level_losses else None,
                "ahead_without_pieces": passing_losses.group_count if passing_losses else None,
                "these_among_them": ", ".join(_lost_units(result, named_losses.pieces)) if named_losses else "",
            }
        )
    sentence_makers = (_structure_words, _theories_words, _reversal_words, _tests_words)
    return Finding(
        id=f"{result.test.id}-reversal",
        title=f"{result.test.table.title}: what would reverse that",
        says=" ".join(words for tell in sentence_makers if (words := tell(case, result))),
        see="Each hypothesis before and after, with its range; how many pieces of evidence would have to be lost for "
        "it to draw level with the first, or to pass it.",
        table=pl.DataFrame(records, infer_schema_length=None),
        links=("hypothesis", "these_among_them"),
        method=METHOD,
        rests_on=(result.test.id, *result.evidence.hypotheses),
        robustness=Robustness("tie") if result.is_tie else Robustness("descriptive"),
    )


def _chances_of_finding(case: Case, result: PosteriorResult, unit: str, p: float, q: float) -> tuple[float, float]:
    """The chances of finding a piece under the two leading hypotheses, whether or not it was found."""
    clue = case.clues.get(unit)
    return (clue.likelihood[result.leader].mean, clue.likelihood[result.runner_up].mean) if clue else (p, q)


def _test_kind(p: float, q: float, threshold: float, other_name: str) -> str:
    """What sort of test it is of the first hypothesis, or else of the second."""
    straw = "straw in the wind"
    kind_for_second = process_tracing_test(q, p, threshold)
    return process_tracing_test(p, q, threshold) if kind_for_second == straw else f"{kind_for_second}, of {other_name}"


def _structure_words(case: Case, result: PosteriorResult) -> str:
    """What follows from the form of the hypotheses alone."""
    structural = structural_leader(case, result)
    if structural is None:
        return ""
    return (
        f"Evidence for one theory never counts against another here, so {quoted_hypothesis(case, structural)} leads "
        "wherever each theory has more for it than against it: that is structural, true for any passages."
    )


def _theories_words(case: Case, result: PosteriorResult) -> str:
    """How probable it is that each theory holds, alone or with others, before and after."""
    theories_held = {h: part.holds for h, part in case.hypotheses.items()}
    if any(theories is None for theories in theories_held.values()):
        return ""
    total = sum(result.evidence.prior.values())
    phrases = []
    for theory, part in case.theories.items():
        hypotheses = [h for h, theories in theories_held.items() if theory in (theories or ())]
        prior, posterior = (sum(p[h] for h in hypotheses) for p in (result.evidence.prior, result.probabilities))
        phrases.append(f"{part.name} {format_probability(posterior)} (before it {format_probability(prior / total)})")
    return f"That a theory holds, alone or with others: {join_words(phrases)}."


def _waterfall_bars(case: Case, result: PosteriorResult) -> list[WaterfallBar]:
    """What speaks for and against the first hypothesis, motive by motive and clue by clue."""
    decibels_added: dict[tuple[str, str], float] = {}
    for part, unit in zip(result.contributions, result.evidence.unit_ids, strict=True):
        if abs(part.adjusted_db) > 1e-9:
            key = (motive_of(case, unit) or unit, "for" if part.adjusted_db > 0 else "against")
            decibels_added[key] = decibels_added.get(key, 0.0) + part.adjusted_db
    titles = {id: motive.title for id, motive in case.motives.items()} | {id: id for id in case.clues}
    owners = list(dict.fromkeys(owner for owner, _ in decibels_added))
    ordered = [(owner, side) for owner in owners for side in ("for", "against") if (owner, side) in decibels_added]
    return [
        WaterfallBar(f"{titles[owner]}, {side}", f"{owner} {side}", decibels_added[owner, side])
        for owner, side in ordered
    ]


def _lead_words(case: Case, result: PosteriorResult) -> str:
    """The finding in a sentence: what leads, by how much, and of what."""
    leader_name, runner_up_name = quoted_hypothesis(case, result.leader), quoted_hypothesis(case, result.runner_up)
    low, high = probability_ranges(case, result)[result.leader]
    range_phrase = (
        f" ({format_probability(low)} to {format_probability(high)} over what is assumed)" if high - low > 1e-9 else ""
    )
    chance = format_probability(result.probabilities[result.leader])
    if result.is_tie:
        text = f"{leader_name} and {runner_up_name} are equally probable, {chance} each{range_phrase}"
    else:
        decibels = format_number(round(result.posterior_odds, 1))
        text = f"{leader_name} is the most probable, {chance}{range_phrase}, by odds of "
        text += f"{format_odds(result.posterior_odds)} to 1 to {runner_up_name}, {decibels} decibels"
        if abs(result.prior_odds) > 1e-6:
            text += f", of which {format_number(round(result.evidence_weight, 1))} are the evidence's"
    if result.evidence.coder:
        coder_name = case.coders[result.evidence.coder].name
        has_clues = any(unit in case.clues for unit in result.evidence.unit_ids)
        subject = "Its passages weigh" if has_clues else "This weighs"
        text += f". {subject} how the documents speak, as {coder_name} codes it, and not what happened"
    return f"{text}."


def format_odds(odds_decibels: float) -> str:
    """Decibels as odds to 1, with no more digits than tell them from even odds."""
    value = 10 ** (odds_decibels / 10)
    return f"{value:.0f}" if value >= 10 else format_number(round(value, 1 if value >= 1.15 else 2))


def _reversal_words(case: Case, result: PosteriorResult) -> str:
    if result.is_tie:
        return ""
    leader_name, runner_up_name = quoted_hypothesis(case, result.leader), quoted_hypothesis(case, result.runner_up)
    if result.evidence_weight > 0:
        odds_phrase = f"{format_odds(result.evidence_weight)} to 1 for {runner_up_name}"
        sentences = [f"Prior odds of more than {odds_phrase} would reverse it."]
    else:
        odds_phrase = f"{format_odds(-result.evidence_weight)} to 1 for {leader_name}"
        sentences = [f"It leads by its prior alone: prior odds of less than {odds_phrase} lose it."]
    level_rival, passing_rival = nearest_rival(case, result, to_a_tie=True), nearest_rival(case, result, to_a_tie=False)
    for rival_losses, verb in ((level_rival, "draws level"), (passing_rival, "leads")):
        if rival_losses and not (
            rival_losses is level_rival
            and passing_rival
            and passing_rival[1].group_count == rival_losses[1].group_count
        ):
            rival, losses = rival_losses
            pieces_phrase = join_words(_lost_units(result, losses.pieces))
            pieces_phrase = f"among them {pieces_phrase}" if losses.group_count > MOST_NAMED else pieces_phrase
            sentences.append(
                f"Without {count_noun(losses.group_count, 'piece')} of evidence ({pieces_phrase}) "
                f"{quoted_hypothesis(case, rival)} {verb}."
            )
    if passing_rival is None:
        sentences.append("No loss of evidence puts another before it.")
    intervals = [] if result.is_order_fixed else reversing_correlations(result)
    if intervals:
        intervals_phrase = join_words(
            (f"{format_number(low)} to {format_number(high)}" for low, high in intervals), "or"
        )
        sentences.append(f"Another leads where the correlation within clusters is {intervals_phrase}.")
    return " ".join(sentences)


def _lost_units(result: PosteriorResult, pieces: tuple[str, ...]) -> list[str]:
    """The passages and clues of some pieces, the first few where they are many."""
    unit_by_piece = dict(zip((p.id for p in result.evidence.pieces), result.evidence.unit_ids, strict=True))
    return list(dict.fromkeys(unit_by_piece[id] for id in pieces))[:MOST_NAMED]


def _tests_words(case: Case, result: PosteriorResult) -> str:
    """How many pieces are more than straws between the two that lead, and how that hangs on the threshold."""
    counts_by_threshold = {}
    for threshold in sorted({case.evidence.threshold, *TRIED_THRESHOLDS}):
        kinds = []
        for piece, unit in zip(result.evidence.pieces, result.evidence.unit_ids, strict=True):
            p, q = _chances_of_finding(
                case, result, unit, piece.likelihoods[result.leader], piece.likelihoods[result.runner_up]
            )
            kinds.append(_test_kind(p, q, threshold, ""))
        counts_by_threshold[threshold] = sum(kind != "straw in the wind" for kind in kinds)
    own_count, total = counts_by_threshold.pop(case.evidence.threshold), len(result.evidence.pieces)
    other_counts = join_words(f"{n or 'none'} at {format_number(t)}" for t, n in counts_by_threshold.items())
    if any(unit in case.clues for unit in result.evidence.unit_ids):
        count_phrase = f"{own_count or 'none'} of the {total} pieces {'is' if own_count < 2 else 'are'}"
    else:
        largest_weight = format_number(round(max(abs(part.unadjusted_db) for part in result.contributions), 1))
        count_phrase = f"no passage is worth more than {largest_weight} under the mapping; "
        count_phrase += f"{own_count or 'none'} of the {total} codings {'is' if own_count < 2 else 'are'}"
    straw = "a straw in the wind, which hardly tells these two apart"
    threshold_phrase = f"by a threshold of {format_number(case.evidence.threshold)} decibels ({other_counts})"
    return as_sentence(f"{count_phrase} more than {straw}, {threshold_phrase}")
