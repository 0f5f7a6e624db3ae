"""The finding on what would reverse the verdict of a table, motive by motive."""

from __future__ import annotations

from collections.abc import Iterator

from detente.case.schema.case import Case
from detente.results.finding import Finding, Robustness
from detente.results.table import Column, make_table
from detente.rooms.evidence.findings.columns import MOTIVES, RECODINGS
from detente.rooms.evidence.findings.text import CONGRUENCE_METHOD, code_phrase
from detente.rooms.evidence.model.congruence_tables import CongruenceTest, verdict_robustness
from detente.rooms.evidence.model.verdict_stability import VerdictStability
from detente.text.english import as_sentence, count_noun, join_words
from detente.text.number_format import format_probability


def overturning_recodings_finding(case: Case, test: CongruenceTest, stability: VerdictStability) -> Finding:
    """What would reverse the verdict, motive by motive."""
    return Finding(
        id=f"{test.id}-robustness",
        title=f"{test.table.title}: what would reverse it",
        says=f"{flip_words(case, test, stability)} {_survival_words(test, stability)}".strip(),
        see="For each motive: how many other readings of it keep the verdict, and the weight at which the sums would "
        "draw level.",
        table=make_table([*_recoding_columns(case, test)], _recoding_rows(case, test, stability)),
        method=CONGRUENCE_METHOD,
        rests_on=(test.id, *test.coding_ids),
        robustness=Robustness(verdict_robustness(test)),
    )


def _recoding_columns(case: Case, test: CongruenceTest) -> Iterator[Column]:
    """For each motive what recodings do, and for each rival the weight at which it draws level."""
    yield Column("motive", format="id")
    yield Column("in_words")
    yield Column("coded")
    yield Column("recodings_that_keep_it", format="count", unit=RECODINGS)
    yield Column("recodings", "of", "count", RECODINGS)
    yield Column("helps_to_flip_it", format="yes_no")
    for rival, part in case.theories.items() if test.main_tally.leader else ():
        if rival != test.main_tally.leader:
            yield Column(f"tipping_weight_{rival}", f"weight for a tie with {part.name}", "number", MOTIVES)


def _recoding_rows(case: Case, test: CongruenceTest, stability: VerdictStability) -> Iterator[dict[str, object]]:
    row_sets = test.minimum_recodings.row_sets if test.minimum_recodings else ()
    overturning_units = {unit for units in row_sets for unit in units}
    for row in test.rows:
        recodings = [recoding for recoding in stability.recodings if recoding.unit == row.unit]
        yield {
            "motive": row.unit,
            "in_words": case.motives[row.unit].title,
            "coded": code_phrase(case, row.code),
            "recodings_that_keep_it": sum(recoding.leader == test.main_tally.leader for recoding in recodings),
            "recodings": len(recodings),
            "helps_to_flip_it": row.unit in overturning_units if test.minimum_recodings else None,
            **{f"tipping_weight_{tip.rival}": tip.weight for tip in stability.tipping_points if tip.unit == row.unit},
        }


def flip_words(case: Case, test: CongruenceTest, stability: VerdictStability) -> str:
    """The fewest recodings that reverse a verdict, and how many make it a tie."""
    if test.main_tally.leader is None:
        names = join_words((case.theories[t].name for t in stability.tie_breakers), "or")
        return f"A tie: one recoding breaks it, for {names}." if names else "A tie that no single recoding breaks."
    if test.minimum_recodings is None:
        return "No recoding of its motives reverses it."
    recodings = test.minimum_recodings
    sets_phrase = join_words((" with ".join(s) for s in recodings.row_sets[:6]), "or")
    rivals_phrase = join_words((case.theories[t].name for t in recodings.winning_rivals), "or")
    count_phrase, flip_number = count_noun(recodings.recoding_count, "recoding"), recodings.recoding_count
    text = as_sentence(f"{count_phrase} would give it to {rivals_phrase} (flip number {flip_number}): {sets_phrase}")
    if recodings.recodings_to_tie < recodings.recoding_count:
        text += " " + as_sentence(f"{count_noun(recodings.recodings_to_tie, 'recoding')} would make it a tie")
    return text


def _survival_words(test: CongruenceTest, stability: VerdictStability) -> str:
    if test.main_tally.leader is None:
        return ""
    keeping_count = sum(recoding.leader == test.main_tally.leader for recoding in stability.recodings)
    text = f"Of all {len(stability.recodings)} ways to read one motive otherwise, {keeping_count} keep it."
    chances = stability.survival_chances
    if None in chances:
        return f"{text} Its chance under coder error is not computed: there are too many cases to tell apart exactly."
    chances_phrase = join_words(format_probability(c) for c in chances if c is not None)
    return (
        f"{text} If a coder errs on 10, 20 or 30 in 100 motives, its chance is {chances_phrase}; a tie counts as lost."
    )
