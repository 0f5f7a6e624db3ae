"""Who can sway whom, and who stands with whom."""

from __future__ import annotations

from collections.abc import Iterator

from detente.results.finding import Finding
from detente.results.pictures import Bar, RangeRow, RangeRows
from detente.results.table import Column, make_table
from detente.rooms.acceptance.findings.columns import share_cells, share_column
from detente.rooms.agreement.findings.text import AgreementLabels
from detente.rooms.agreement.model.actor_standing import Spread, Standing
from detente.text.english import count_noun, join_words, lower_first
from detente.text.number_format import format_number

STRENGTH = "strength"
MISLEADING = (
    "Known ways to mislead: an actor that is entered as two alike halves counts for more; raising one's influence can "
    "lower one's strength; with every judgement up to one off, few rank orders survive. So only ranks are told "
    "that hold "
    "in nine of ten simulations, and no advice follows."
)


def standing_finding(labels: AgreementLabels) -> Finding | None:
    """The strength of actors, with draws over the judgements."""
    standing = labels.model.standing
    if standing is None:
        return None
    return Finding(
        id="standing",
        title="Who can sway whom, by our judgements",
        question="Who is strong, by our judgement",
        short_answer=_short_answer(labels, standing),
        place="annex" if standing.balances else "detail",
        says=strength_sentences(labels, standing),
        table=make_table(
            (
                Column("actor"),
                *(Column(name, title, "tenths", "points", bounds=True) for name, title in _MEASURES),
                share_column("strongest", "strongest"),
            ),
            [_row(labels, standing, place) for place in range(len(standing.actors))],
        ),
        method=(
            "MACTOR (Godet 1991): direct influence, and by way of one other by the lesser of two steps; strength "
            "counts "
            "influence and independence, 1 on average. Whether what one sways in oneself is taken off once more is "
            "told in "
            f"two ways, so both stand here. {MISLEADING}"
        ),
        rests_on=tuple(labels.model.case.influence),
    )


_MEASURES = (
    ("influence", "influence"),
    ("dependence", "dependence"),
    ("strength", "strength"),
    ("strength_otherwise", "strength, self counted"),
    ("ambivalence", "ambivalence"),
)


def _cells(name: str, spread: Spread) -> dict[str, float]:
    return {name: spread.middle, f"{name}_low": spread.low, f"{name}_high": spread.high}


def _row(labels: AgreementLabels, standing: Standing, place: int) -> dict[str, object]:
    actor = standing.actors[place]
    cells: dict[str, object] = {"actor": labels.names.party_name(actor.actor)}
    for name, _ in _MEASURES:
        cells |= _cells(name, getattr(actor, name))
    return cells | share_cells("strongest", actor.strongest_share, standing.draws)


def _short_answer(labels: AgreementLabels, standing: Standing) -> str:
    strongest = max(standing.actors, key=lambda one: one.strongest_share)
    if strongest.strongest_share < 0.9:
        return "no single one stands out"
    return labels.names.party_name(strongest.actor)


def strength_sentences(labels: AgreementLabels, standing: Standing) -> str:
    """Who is strongest, how many can be ranked, and how the measure misleads."""
    return " ".join(_strength_sentences(labels, standing))


def _strength_sentences(labels: AgreementLabels, standing: Standing) -> Iterator[str]:
    ordered = sorted(standing.actors, key=lambda one: -one.strongest_share)
    if ordered[0].strongest_share >= 0.9:
        name = labels.names.party_name(ordered[0].actor)
        yield f"By our judgements of influence, the measure puts {name} first in nine of ten simulations or more."
    else:
        names = join_words(labels.names.party_name(one.actor) for one in ordered[:2])
        yield f"By our judgements of influence, the measure puts {names} first, and cannot rank them."
    pairs = len(standing.actors) * (len(standing.actors) - 1) // 2
    yield f"Of {count_noun(pairs, 'pair')} of actors, {len(standing.ranked)} can be ranked."
    if standing.split_share is not None:
        yield (
            f"It misleads: entered as two alike halves, whoever it puts first would count "
            f"{format_number(round(standing.split_share, 1))} times as much. It is no measure of power."
        )


def objectives_finding(labels: AgreementLabels) -> Finding | None:
    """How much stands for each objective and against it, and who stands with whom."""
    standing = labels.model.standing
    if standing is None or not standing.balances:
        return None
    case = labels.model.case
    apart = [one for one in standing.pairs if one.together_share <= 0.1]
    together = [one for one in standing.pairs if one.together_share >= 0.9]
    contested = [one for one in standing.balances if 0.1 < one.mostly_for_share < 0.9]
    words = join_words(lower_first(case.objectives[one.objective].title) for one in contested)
    return Finding(
        id="objectives",
        title="What is wanted, and by how much",
        question="Who stands with whom",
        short_answer=f"{len(together)} pairs together, {len(apart)} apart",
        place="detail",
        says=(
            f"Of {count_noun(len(standing.pairs), 'pair')} of actors {len(together)} stand together and "
            f"{len(apart)} apart "
            f"in nine of ten simulations. {f'Contested is {words}.' if words else 'No objective is in the balance.'} "
            f"{strength_sentences(labels, standing)}"
        ),
        picture=RangeRows(
            says="How much strength stands for each objective, and how much against it.",
            measure="strength, of 100 for the largest",
            series=("For", "Against"),
            rows=tuple(_balance_rows(labels, standing)),
            heading="Objective",
        ),
        table=make_table(
            (
                Column("first"),
                Column("second"),
                Column("convergence", format="tenths", unit="points", bounds=True),
                Column("divergence", format="tenths", unit="points", bounds=True),
                share_column("together", "together more than apart"),
            ),
            [
                {
                    "first": labels.names.party_name(one.first),
                    "second": labels.names.party_name(one.second),
                    **_cells("convergence", one.convergence),
                    **_cells("divergence", one.divergence),
                    **share_cells("together", one.together_share, standing.draws),
                }
                for one in standing.pairs
            ],
        ),
        method=(
            "Positions weighed by strength; two converge by the mean of both where they stand on one side. "
            f"{MISLEADING}"
        ),
        rests_on=tuple(case.objectives),
    )


def _balance_rows(labels: AgreementLabels, standing: Standing) -> Iterator[RangeRow]:
    most = max(max(one.in_favour.high, one.against.high) for one in standing.balances) or 1.0
    for one in standing.balances:
        sides = (one.in_favour, one.against)
        bars = tuple(Bar(side.low / most, side.high / most, dot=side.middle / most) for side in sides)
        yield RangeRow(labels.model.case.objectives[one.objective].title, bars, standing="assumed")
