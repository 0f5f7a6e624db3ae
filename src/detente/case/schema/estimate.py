"""A number that may be uncertain, with its reason and its sources."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Annotated, Any, Self, get_args

from pydantic import BaseModel, BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from detente.case.schema.base import Claim, NonEmptyText, SourceId, as_list
from detente.methods.sampling.distributions import DistributionForm

LARGEST_NUMBER = 1e12
"""The largest number a case may hold: beyond it sums lose their units."""
CalendarYear = Annotated[int, Field(ge=1, le=9999)]
FiniteNumber = Annotated[float, Field(allow_inf_nan=False, ge=-LARGEST_NUMBER, le=LARGEST_NUMBER)]
INHERITED_FIELDS = ("because", "at", "sources", "unit", "wrong_if")
"""What the number of a year has from the whole, where it does not say so itself."""
DISTRIBUTION_FORMS: tuple[DistributionForm, ...] = get_args(DistributionForm)


class Estimate(Claim):
    """A number or a distribution; write a bare number where there is nothing to say about it."""

    value: FiniteNumber | None = None
    """The number itself, where it is taken as certain."""
    uniform: tuple[FiniteNumber, FiniteNumber] | None = None
    """Lowest and highest: anything between is equally likely."""
    triangular: tuple[FiniteNumber, FiniteNumber, FiniteNumber] | None = None
    """Lowest, most likely, highest."""
    normal: tuple[FiniteNumber, FiniteNumber] | None = None
    """Mean and standard deviation."""
    lognormal: tuple[FiniteNumber, FiniteNumber] | None = None
    """Mean and standard deviation of the natural logarithm."""
    beta: tuple[FiniteNumber, FiniteNumber] | None = None
    """The two shape parameters of a number between 0 and 1."""
    discrete: list[tuple[FiniteNumber, FiniteNumber]] | None = None
    """Pairs of a value and its probability; the probabilities add up to 1."""
    by_year: Annotated[dict[CalendarYear, Estimate] | None, Field(alias="in", min_length=1)] = None
    """Instead, where it changes: the number or distribution of each year. A year that is not there takes the latest
    before it."""
    unit: str | None = None
    """What it is measured in."""
    sources: Annotated[list[SourceId], BeforeValidator(as_list)] = []
    """Documents or sources it comes from; `at` says the place more exactly."""
    wrong_if: NonEmptyText | None = None
    """What could be observed that would show it wrong, in a sentence: for numbers that are guesses."""

    @model_validator(mode="before")
    @classmethod
    def _wrap_bare_number(cls, value: Any) -> Any:
        if isinstance(value, int | float) and not isinstance(value, bool):
            return {"value": value}
        if not isinstance(value, dict | Estimate):
            raise PydanticCustomError(
                "estimate",
                "this should be a number or a distribution",
                {"remedy": f"one of {', '.join(DISTRIBUTION_FORMS)}"},
            )
        return value

    @model_validator(mode="after")
    def _check_distribution(self) -> Self:
        given_forms = [form for form in DISTRIBUTION_FORMS if getattr(self, form) is not None]
        if self.by_year is not None:
            if given_forms or any(estimate.by_year for estimate in self.by_year.values()):
                message = f"{given_forms[0]} and in together" if given_forms else "years within years"
                remedy = "in: with a number or a distribution for each year, and nothing beside it"
                raise PydanticCustomError("estimate", "{what}", {"what": message, "remedy": remedy})
            return self
        if len(given_forms) != 1:
            message = "no value" if not given_forms else f"{' and '.join(given_forms)} together"
            raise PydanticCustomError(
                "estimate",
                "{what}",
                {"what": message, "remedy": f"exactly one of {', '.join(DISTRIBUTION_FORMS)}; or in:, by year"},
            )
        if fault := self._distribution_fault():
            raise PydanticCustomError("estimate", "{fault}", {"fault": fault[0], "remedy": fault[1]})
        return self

    def _distribution_fault(self) -> tuple[str, str] | None:
        if self.uniform and self.uniform[0] >= self.uniform[1]:
            return "uniform needs its lower end first, below the upper", f"e.g. {sorted(self.uniform)}"
        if self.triangular and not (
            self.triangular[0] <= self.triangular[1] <= self.triangular[2] and self.triangular[0] < self.triangular[2]
        ):
            return "triangular runs from lowest over most likely to highest", "put the three in that order"
        for form in ("normal", "lognormal"):
            if (pair := getattr(self, form)) and pair[1] <= 0:
                return f"{form} needs a standard deviation above 0", "or write a value if it is certain"
        if self.lognormal and self.lognormal[0] + self.lognormal[1] ** 2 / 2 > math.log(LARGEST_NUMBER):
            return (
                f"lognormal has a mean above {LARGEST_NUMBER:g}",
                "mean and standard deviation are those of the logarithm",
            )
        if self.beta and min(self.beta) <= 0:
            return "beta needs two shape parameters above 0", "e.g. [2, 5]"
        if self.discrete is not None:
            total = math.fsum(p for _, p in self.discrete)
            if any(p < 0 for _, p in self.discrete) or not math.isclose(total, 1, abs_tol=1e-9):
                return f"the probabilities add up to {total:g}, not 1", "none below 0, all together 1"
        return None

    def in_year(self, year: int) -> Estimate:
        """What it is in a year: its own number, the latest before it, or else the first after it."""
        if self.by_year is None:
            return self
        own = self.by_year[self.figure_year(year)]
        inherited = {name: getattr(self, name) for name in INHERITED_FIELDS if not getattr(own, name)}
        return own.model_copy(update=inherited)

    def figure_year(self, year: int) -> int:
        """The year of the number that stands for a year; the year itself where the number has no years."""
        years = self.by_year or {year: self}
        return max((figure_year for figure_year in years if figure_year <= year), default=min(years))

    @property
    def mean(self) -> float:
        """The expected value; of a number with years that of the last one."""
        if self.by_year:
            return self.by_year[max(self.by_year)].mean
        if self.value is not None:
            return self.value
        if self.uniform:
            return math.fsum(self.uniform) / 2
        if self.triangular:
            return math.fsum(self.triangular) / 3
        if self.normal:
            return self.normal[0]
        if self.lognormal:
            return math.exp(self.lognormal[0] + self.lognormal[1] ** 2 / 2)
        if self.beta:
            return self.beta[0] / math.fsum(self.beta)
        return math.fsum(v * p for v, p in self.discrete or ())

    @property
    def bounds(self) -> tuple[float, float]:
        """The lowest and the highest value it can take, in whichever year."""
        if self.by_year:
            lows, highs = zip(*(estimate.bounds for estimate in self.by_year.values()), strict=True)
            return min(lows), max(highs)
        if self.value is not None:
            return self.value, self.value
        if ends := self.uniform or self.triangular:
            return ends[0], ends[-1]
        if self.discrete:
            possible = [v for v, p in self.discrete if p > 0]
            return min(possible), max(possible)
        return (-math.inf, math.inf) if self.normal else (0, math.inf) if self.lognormal else (0, 1)

    @property
    def has_source(self) -> bool:
        """Whether it says where it comes from."""
        return bool(self.at or self.sources)

    def __str__(self) -> str:
        if self.by_year:
            return "; ".join(f"{year}: {estimate}" for year, estimate in sorted(self.by_year.items()))
        form = next(form for form in DISTRIBUTION_FORMS if getattr(self, form) is not None)
        if form == "value":
            return f"{self.value:g}"
        if form == "discrete":
            return "discrete " + ", ".join(f"{v:g} ({p:g})" for v, p in self.discrete or ())
        return f"{form} {', '.join(f'{x:g}' for x in getattr(self, form))}"


@lru_cache(maxsize=256)
def fields_with_estimates(model: type[BaseModel]) -> tuple[tuple[str, str], ...]:
    """The fields of a class in which numbers may stand, at any depth, each with its key in a case file."""
    return tuple(
        (name, info.alias or name)
        for name, info in model.model_fields.items()
        if _may_hold_estimates(info.annotation, frozenset({model}))
    )


def _may_hold_estimates(annotation: Any, outer_models: frozenset[type[BaseModel]]) -> bool:
    """Whether a number may stand in what an annotation allows; a class inside itself adds nothing."""
    if get_args(annotation) or not isinstance(annotation, type):
        return any(_may_hold_estimates(inner, outer_models) for inner in get_args(annotation))
    if not issubclass(annotation, BaseModel) or annotation in outer_models:
        return False
    return annotation is Estimate or any(
        _may_hold_estimates(info.annotation, outer_models | {annotation}) for info in annotation.model_fields.values()
    )
