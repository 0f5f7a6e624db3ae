"""The finding on what would open the proposals that are not: the nearest way for each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.results.finding import Finding
from detente.results.table import Column, make_table
from detente.rooms.rules.findings.text import RuleLabels
from detente.rooms.rules.findings.verdict_words import VERDICT_WORDS, plain_verdict
from detente.rooms.rules.findings.work_limits import omitted_openings_note
from detente.rooms.rules.model.feasibility_ranking import RankedProposal
from detente.rooms.rules.model.rules import RulesModel
from detente.text.english import cardinal, count_noun, upper_first

METHOD = (
    "For each proposal that is not open, the smallest sets of changes are sought that would open it on both sides, in "
    "every part and whatever source one follows: a condition met, a fact settled, the proposal itself amended, a rule "
    "given up, or one adopted. The first of the smallest is shown."
)
COLUMNS = (
    Column("proposal"),
    Column("verdict", "by the rules of both sides"),
    Column("nearest_way", "what would open it"),
    Column("missing", "consents or facts missing", "count", "consents or facts", missing="other changes"),
)


def openings_finding(model: RulesModel, labels: RuleLabels) -> Finding | None:
    """What would open the proposals that are counted and not open; None where all are."""
    closed = [row for row in model.counted if not row.is_open]
    if not closed:
        return None
    return Finding(
        id="openings",
        title="What would open the other proposals" if model.open_names else "What would open the proposals",
        says=" ".join(_sentences(closed)),
        table=make_table(COLUMNS, (_record(model, labels, row) for row in closed)),
        method=f"{METHOD} {omitted_openings_note(model.docket)}".rstrip(),
        rests_on=tuple(row.name for row in closed),
        place="detail",
        question="What would open the others" if model.open_names else "What would open them",
        short_answer=_short_answer(closed),
    )


def _record(model: RulesModel, labels: RuleLabels, row: RankedProposal) -> dict[str, object]:
    return {
        "proposal": model.docket.case.proposals[row.name].title,
        "verdict": VERDICT_WORDS[plain_verdict(row.rulings.states())],
        "nearest_way": labels.nearest_opening_in_words(row.rulings),
        "missing": row.lacking_count,
    }


def _lacking_counts(closed: Sequence[RankedProposal]) -> list[int]:
    """How many consents or facts are lacking, for each that needs nothing else."""
    return [row.lacking_count for row in closed if row.lacking_count is not None]


def _sentences(closed: Sequence[RankedProposal]) -> Iterator[str]:
    """How many need only consents or facts, how many of these, and how many need another rule."""
    lacking = _lacking_counts(closed)
    total, rest = len(closed), len(closed) - len(lacking)
    yield f"{upper_first(count_noun(total, 'proposal'))} {'is' if total == 1 else 'are'} not open."
    if lacking:
        subject = cardinal(len(lacking)) if rest else "it" if total == 1 else "they"
        verb = "lacks" if len(lacking) == 1 else "lack"
        what = "only consents or facts that somebody could bring about"
        yield f"{upper_first(subject)} {verb} {what}: {_range_phrase(lacking)}."
    if rest:
        whom = cardinal(rest) if lacking else "it" if total == 1 else "these"
        yield f"For {whom}, a rule or the proposal itself would have to change."


def _range_phrase(lacking: Sequence[int]) -> str:
    """`one`, `one each`, `two to four each`."""
    low, high = min(lacking), max(lacking)
    if len(lacking) == 1:
        return cardinal(low)
    return f"{cardinal(low)} each" if low == high else f"{cardinal(low)} to {cardinal(high)} each"


def _short_answer(closed: Sequence[RankedProposal]) -> str:
    """What it would take, in a few words."""
    lacking = len(_lacking_counts(closed))
    if lacking == len(closed):
        return "only consents or facts"
    return f"consents or facts for {cardinal(lacking)}" if lacking else "a change of rules or proposals"
