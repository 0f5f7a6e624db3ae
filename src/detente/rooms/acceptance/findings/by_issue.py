"""The finding on single issues: whether the other side would accept a channel for one of them alone."""

from __future__ import annotations

from collections.abc import Iterator

from detente.results.finding import Finding
from detente.results.pictures import Bar, RangeRow, RangeRows
from detente.results.table import Column, make_table
from detente.rooms.acceptance.findings.answer_words import acceptance_rows, range_phrase
from detente.rooms.acceptance.findings.columns import share_cells, share_column
from detente.rooms.acceptance.findings.text import AcceptanceLabels, title_of_theory
from detente.rooms.acceptance.model.decision.mechanism_contributions import DECISIVE_SHARE
from detente.rooms.acceptance.model.estimated_share import HALF
from detente.rooms.acceptance.model.results import leading_indices
from detente.text.english import cardinal, join_words, lower_first
from detente.text.number_format import per_hundred

MOST_NAMED = 3
"""Issues that cannot be told apart, of which more are not named."""
WHOLE_AGENDA = "All issues together"


def acceptance_by_issue_finding(labels: AcceptanceLabels) -> Finding:
    """On which issue alone the other side would accept."""
    issues = labels.deciders.model.issues
    order = sorted(range(len(issues)), key=lambda index: -_best_share(labels, index))
    return Finding(
        id="issues",
        title="Whether one issue alone would fare better",
        question="Would one issue alone fare better",
        short_answer=_short_answer(labels, _best_share(labels, order[0])),
        place="detail" if len(issues) > 1 else "annex",
        says=" ".join(_sentences(labels, order)),
        picture=_picture(labels, order),
        table=make_table(_columns(labels), [_row(labels, index) for index in order]),
        method=(
            "What an issue brings by itself, before the costs of links; what does not depend on gains counts in "
            "proportion to what is at stake on it. Issues differ here by stakes, exposure and by what they take, and "
            "not by what the rules allow, which is another question."
        ),
        rests_on=tuple(issues),
    )


def _best_share(labels: AcceptanceLabels, issue_index: int) -> float:
    """How often a channel for an issue alone is accepted, where it is run the better way."""
    return max(labels.result.issue_shares(issue_index, labels.deciders.full_theory))


def _whole_share(labels: AcceptanceLabels) -> float:
    """The same of the channel for all issues."""
    deciders = labels.deciders
    return max(labels.result.acceptance_share(one, deciders.full_theory) for one in deciders.offered_variants)


def _short_answer(labels: AcceptanceLabels, best: float) -> str:
    whole = _whole_share(labels)
    if best > HALF >= whole:
        word = "yes"
    elif per_hundred(best) == per_hundred(whole) or best < whole:
        word = "no"
    else:
        word = "somewhat" if best - whole > DECISIVE_SHARE else "hardly"
    return f"{word}: {per_hundred(best)} of 100"


def _sentences(labels: AcceptanceLabels, order: list[int]) -> Iterator[str]:
    """Which issue is accepted most often, beside all together, and which least often."""
    deciders = labels.deciders
    shares = [_best_share(labels, index) for index in order]
    leading = [order[position] for position in leading_indices(shares, labels.result.draw_count)]
    how = " at best" if len(deciders.offered_variants) > 1 else ""
    whole = range_phrase([_whole_share(labels)])
    yield f"For all issues together, {labels.answering_side} accepts the channel {whole}{how}, by the strict test."
    if len(order) == 1:
        yield "The case has no other issue."
        return
    if len(leading) > MOST_NAMED:
        yield f"For the best single issue, it would be accepted {range_phrase([shares[0]])}."
        yield f"Which issue that is, the simulations cannot tell: {cardinal(len(leading))} fare alike."
        return
    names = join_words((_name(labels, index) for index in leading), "or")
    yield f"For {names} alone, it would be accepted {range_phrase([shares[0]])}."
    if len(leading) > 1:
        yield f"The simulations do not tell these {cardinal(len(leading))} apart."
    if order[-1] not in leading:
        yield f"Worst is {_name(labels, order[-1])} alone: there it would be accepted {range_phrase([shares[-1]])}."
    yield "Issues differ here in what is at stake on them and what they need, not in what the rules allow."


def _name(labels: AcceptanceLabels, issue_index: int) -> str:
    deciders = labels.deciders
    return lower_first(deciders.case.issues[deciders.model.issues[issue_index]].title)


def _picture(labels: AcceptanceLabels, order: list[int]) -> RangeRows:
    """A row for each issue, all together first."""
    deciders, result = labels.deciders, labels.result
    theory = deciders.full_theory
    whole = [result.acceptance_share(variant, theory) for variant in deciders.offered_variants]
    rows = [RangeRow(WHOLE_AGENDA, tuple(Bar(share, share) for share in whole), is_base=True)]
    for index in order:
        title = deciders.case.issues[deciders.model.issues[index]].title
        rows.append(RangeRow(title, tuple(Bar(share, share) for share in result.issue_shares(index, theory))))
    says = "Each issue as if the channel were for nothing else, by the strict test."
    return acceptance_rows(labels, says, "The channel is for", rows)


def _columns(labels: AcceptanceLabels) -> tuple[Column, ...]:
    return (
        Column("issue"),
        Column("entry", format="id"),
        *(
            share_column(
                f"accepts_{theory.id}_{variant.form}", f"{title_of_theory(theory)}, {labels.variant_cell(variant)}"
            )
            for variant in labels.deciders.offered_variants
            for theory in labels.told_theories
        ),
    )


def _row(labels: AcceptanceLabels, issue_index: int) -> dict[str, object]:
    """How often a channel for one issue alone is accepted, by theory and form."""
    deciders, result = labels.deciders, labels.result
    name = deciders.model.issues[issue_index]
    row: dict[str, object] = {"issue": deciders.case.issues[name].title, "entry": name}
    for theory in labels.told_theories:
        shares = result.issue_shares(issue_index, theory)
        for variant, share in zip(deciders.offered_variants, shares, strict=True):
            row |= share_cells(f"accepts_{theory.id}_{variant.form}", share, result.draw_count)
    return row
