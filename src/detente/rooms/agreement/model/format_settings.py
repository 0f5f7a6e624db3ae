"""Which format both would have most often under other sets of estimates and by other choices, on common draws."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from detente.case.index.by_year import analysed_years
from detente.case.index.dated_estimates import case_of_answer
from detente.case.loading.model_patch import case_with_values
from detente.case.schema.case import Case
from detente.methods.bargaining.package_choice import tied_with_best
from detente.methods.offer_model.batch_cache import BatchCache
from detente.methods.offer_model.model_draws import batch_ranges, sample_model
from detente.rooms.acceptance.model.choices.model_choices import ModelChoice, choices_of_case
from detente.rooms.acceptance.model.decision.decision_makers import DecisionMakers
from detente.rooms.agreement.model.offer_draws import OfferBatch
from detente.rooms.agreement.model.offer_fate import AskedOffer, PackageVerdicts
from detente.rooms.agreement.model.offer_formats import OfferFormat
from detente.rooms.gains.model.network.build_network import build_actor_network
from detente.rooms.gains.model.simulation.channel_model import ChannelModel

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Flags = NDArray[np.bool_]

COUNTED_ANYWAY = "fixed-terms"
"""The choice that cannot matter to the whole agenda, on which everything counts in full either way."""
MOST_DRAWS = 512
"""Draws under each setting."""


@dataclass(frozen=True)
class FormatsUnderSetting:
    """What becomes of the whole agenda in every format, if something were estimated or chosen otherwise."""

    kind: Literal["own", "estimates", "choice"]
    id: str
    """Of the set of estimates, or of the choice; empty for the case as it is."""
    choice: ModelChoice | None
    option: str
    """Of the choice, what would be chosen."""
    agreed: Mapping[OfferFormat, float]
    """In which share of the draws both would have it, by format, as far as the setting leaves these."""
    best: tuple[OfferFormat, ...]
    """The format agreed on most often, and those that cannot be told from it."""
    draws: int
    has_stakes: bool
    """Whether anything is at stake then: else nothing is agreed on, whatever the format."""

    def error(self, share: float) -> float:
        """The standard error of a share."""
        return float((share * (1 - share) / self.draws) ** 0.5)


def formats_by_setting(case: Case, formats: Sequence[OfferFormat]) -> tuple[FormatsUnderSetting, ...]:
    """The case as it is, then every set of other estimates, and every other option of every choice.

    Args:
        case: The case, of all years.
        formats: In which all issues are offered.
    """
    cache = BatchCache()
    return tuple(_under(case, formats, setting, cache) for setting in _settings(case))


@dataclass(frozen=True)
class _Setting:
    kind: Literal["own", "estimates", "choice"]
    values: Mapping[str, Any]
    id: str = ""
    choice: ModelChoice | None = None
    option: str = ""


def _settings(case: Case) -> Iterator[_Setting]:
    yield _Setting("own", {})
    for name, priors in case.priors.items():
        yield _Setting("estimates", priors.patch(name), name)
    for choice in choices_of_case(case):
        if choice.id != COUNTED_ANYWAY:
            yield from (
                _Setting("choice", option.values, choice.id, choice, option.id)
                for option in choice.options
                if option.values
            )


def _under(case: Case, formats: Sequence[OfferFormat], setting: _Setting, cache: BatchCache) -> FormatsUnderSetting:
    """Every format in the same draws, by the theory by which the answer is told."""
    import numpy as np

    case = case_with_values(case, setting.values) if setting.values else case
    in_year = case_of_answer(case)
    deciders = DecisionMakers(ChannelModel(in_year, build_actor_network(in_year, analysed_years(case)[-1])))
    uses, variants = deciders.full_theory.uses, set(deciders.model.variants)
    kept = [format for format in formats if format.variant in variants]
    draws = min(case.network.draws, MOST_DRAWS)
    agreed: dict[OfferFormat, list[Flags]] = {format: [] for format in kept}
    has_stakes = False
    for indices in batch_ranges(deciders.description.network, draws):
        gains = cache.batch_of(sample_model(deciders.description, indices))
        batch = OfferBatch.of_gains(deciders, gains)
        has_stakes |= bool(gains.stakes.issue_stakes.any())
        for format in kept:
            asked = AskedOffer("", format, dict.fromkeys(batch.weighed_issues, format.depth))
            worth = batch.package(format, asked.extras, asked.depths).utility(uses)
            agreed[format].append(PackageVerdicts.of(batch.sides(format, uses), worth).agreed)
    in_draws = {format: np.concatenate(batches) for format, batches in agreed.items()}
    shares = {format: float(flags.mean()) for format, flags in in_draws.items()}
    best = tuple(kept[number] for number in tied_with_best([in_draws[format] for format in kept]))
    return FormatsUnderSetting(
        setting.kind, setting.id, setting.choice, setting.option, shares, best, draws, has_stakes
    )
