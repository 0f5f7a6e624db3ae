"""How far persons who read the same units agree: per table, level and theory, and with themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING, Literal

from detente.case.schema.case import Case
from detente.case.schema.coding import Coding
from detente.rooms.evidence.model.coding_routes import LatestCodings, coding_decibels, motive_of, motive_route
from detente.rooms.evidence.model.congruence_tables import CongruenceTest

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MIN_UNITS_FOR_INTERVAL = 10
"""Units below which no interval is given: resampling two or three says nothing."""
LEVEL_VALUES = {"primary": 2.0, "secondary": 1.0, "none": 0.0}
Ratings = dict[str, dict[str, Mapping[str, float]]]
"""By coder and unit, the value for each theory."""


@dataclass(frozen=True, slots=True)
class RaterAgreement:
    """How far several ratings of the same units agree, by several measures; None where one is not defined."""

    rater_count: int
    unit_count: int
    """Units with two ratings or more."""
    is_few: bool
    agreement: float | None
    """The share of pairs of ratings that are the same."""
    alpha: float | None
    alpha_ordinal: float | None
    interval: tuple[float, float] | None
    """Of the ordinal alpha, or of the nominal one where there is no other."""
    kappa: float | None


@dataclass(frozen=True, slots=True)
class TableAgreement:
    """How far persons agree on one theory in a table, or, where it is None, on which theory comes first."""

    table_id: str
    level: Literal["motives", "passages"]
    theory: str | None
    measures: RaterAgreement


@dataclass(frozen=True, slots=True)
class SelfAgreement:
    """How far a coder who coded units again agrees with himself."""

    coder: str
    measures: RaterAgreement


@dataclass(frozen=True, slots=True)
class IntercoderAgreement:
    """How reliable the codings of a case are."""

    by_table: tuple[TableAgreement, ...]
    with_themselves: tuple[SelfAgreement, ...]
    readers: tuple[str, ...]
    """The persons who coded anything, adjudicators left out."""
    programs: tuple[str, ...]
    """The programs that coded anything."""
    basis_ids: tuple[str, ...]
    """Tables, coders and units that it rests on."""


def intercoder_agreement(
    case: Case, latest_codings: LatestCodings, tests: Sequence[CongruenceTest]
) -> IntercoderAgreement:
    """How far persons who read the same units agree: per table, level and theory."""
    by_table: list[TableAgreement] = []
    basis_ids: dict[str, None] = {}
    for test in tests:
        levels: dict[Literal["motives", "passages"], Ratings] = {
            "motives": _motive_ratings(case, latest_codings, test),
            "passages": _passage_ratings(case, latest_codings, test),
        }
        for level, ratings in levels.items():
            if len(ratings) > 1:
                by_table += _table_agreements(case, test.id, level, ratings)
                basis_ids |= dict.fromkeys((test.id, *ratings, *(unit for rated in ratings.values() for unit in rated)))
    active_coders = {coder for coder, _ in latest_codings}
    return IntercoderAgreement(
        tuple(by_table),
        tuple(_self_agreements(case)),
        tuple(coder for coder in _readers(case) if coder in active_coders),
        tuple(coder for coder, part in case.coders.items() if coder in active_coders and part.kind == "model"),
        tuple(basis_ids),
    )


def _readers(case: Case) -> list[str]:
    """The persons who read for themselves."""
    return [coder for coder, part in case.coders.items() if part.kind == "person" and not part.adjudicates]


def _motive_ratings(case: Case, latest_codings: LatestCodings, test: CongruenceTest) -> Ratings:
    """What persons coded of the motives of a table."""
    ratings: Ratings = {}
    for coder in _readers(case):
        for motive, code in motive_route(latest_codings, coder, test.table).codes.items():
            levels = dict.fromkeys(case.theories, 0.0) | dict.fromkeys(code.secondary, 1.0)
            ratings.setdefault(coder, {})[motive] = levels | ({code.primary: 2.0} if code.primary else {})
    return ratings


def _passage_ratings(case: Case, latest_codings: LatestCodings, test: CongruenceTest) -> Ratings:
    """What persons coded of the passages on the motives of a table."""
    ratings: Ratings = {}
    for coder in _readers(case):
        for (unit_coder, unit), codings in latest_codings.items():
            if unit_coder == coder and motive_of(case, unit) in test.table.motives:
                decibels_by_theory = {c.theory: coding_decibels(case, c) for _, c in codings}
                ratings.setdefault(coder, {})[unit] = dict.fromkeys(case.theories, 0.0) | decibels_by_theory
    return ratings


def _table_agreements(
    case: Case, table_id: str, level: Literal["motives", "passages"], ratings: Ratings
) -> Iterator[TableAgreement]:
    units, theories = list(dict.fromkeys(unit for rated in ratings.values() for unit in rated)), list(case.theories)
    for theory in theories:
        values = _rating_matrix(units, ratings, itemgetter(theory))
        yield TableAgreement(
            table_id, level, theory, _rater_agreement(len(ratings), values, only_signs=level == "passages")
        )
    if level == "motives":
        first_theories = _rating_matrix(
            units, ratings, lambda rated: float(next((theories.index(t) for t in theories if rated[t] == 2), -1))
        )
        yield TableAgreement(table_id, level, None, _rater_agreement(len(ratings), first_theories, ordinal=False))


def _rating_matrix(
    units: Sequence[str], ratings: Ratings, value_of: Callable[[Mapping[str, float]], float]
) -> NDArray[np.float64]:
    import numpy as np

    cells = [[value_of(rated[unit]) if unit in rated else np.nan for rated in ratings.values()] for unit in units]
    return np.array(cells, dtype=float)


def _rater_agreement(
    rater_count: int, values: NDArray[np.float64], *, only_signs: bool = False, ordinal: bool = True
) -> RaterAgreement:
    """How far ratings of shape (units, raters) agree.

    Args:
        rater_count: How many rate.
        values: The ratings.
        only_signs: Whether nominal measures look only at the sign.
        ordinal: Whether the values have an order.
    """
    import numpy as np

    from detente.methods.inference import reliability as r

    signs = np.sign(values) if only_signs else values
    interval = r.bootstrap_alpha_interval(values, "ordinal") if ordinal else r.bootstrap_alpha_interval(signs)
    units = int(((~np.isnan(values)).sum(axis=1) >= 2).sum())
    return RaterAgreement(
        rater_count,
        units,
        units < r.FEW_UNITS,
        r.pairwise_agreement(signs),
        r.krippendorff_alpha(signs),
        r.krippendorff_alpha(values, "ordinal") if ordinal else None,
        (interval.lower_bound, interval.upper_bound) if interval and units >= MIN_UNITS_FOR_INTERVAL else None,
        r.cohen_kappa(signs[:, 0], signs[:, 1]) if rater_count == 2 else r.fleiss_kappa(signs),
    )


def _self_agreements(case: Case) -> Iterator[SelfAgreement]:
    """How far coders who coded units again agree with themselves, from one round to the last."""
    import numpy as np

    rounds: dict[tuple[str, str, str], dict[int, float]] = {}
    for coding in case.codings:
        rounds.setdefault((coding.coder, coding.unit, coding.theory), {})[coding.round] = _coding_value(case, coding)
    recoded = {key[:2] for key, values in rounds.items() if max(values) > 1}
    for coder in dict.fromkeys(unit_coder for unit_coder, _ in recoded):
        last_rounds = {
            unit: max(max(v) for k, v in rounds.items() if k[:2] == (coder, unit))
            for unit_coder, unit in recoded
            if unit_coder == coder
        }
        cells = []
        for unit, final_round in sorted(last_rounds.items()):
            for theory in case.theories:
                values = rounds.get((coder, unit, theory), {})
                cells.append([values.get(final_round - 1, 0.0), values.get(final_round, 0.0)])
        yield SelfAgreement(coder, _rater_agreement(2, np.array(cells)))


def _coding_value(case: Case, coding: Coding) -> float:
    return LEVEL_VALUES[coding.level] if coding.level else coding_decibels(case, coding)
