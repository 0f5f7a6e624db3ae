"""What becomes of one offer: who would have it, who says no and why, by each theory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from detente.case.schema.case import Case
from detente.case.schema.offers import OfferPackage
from detente.methods.networks.gravity_stakes import TOLERANCE
from detente.methods.offer_model.answers import ANSWERING, OFFERING, Decision, best_reply_parts, reply_worths
from detente.methods.offer_model.offer_packages import PackageReasons, PackageSides
from detente.rooms.agreement.model.offer_draws import NO_EXTRAS, OfferBatch, OfferExtras
from detente.rooms.agreement.model.offer_formats import OfferFormat

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class AskedOffer:
    """An offer whose fate is asked for."""

    id: str
    """The id of the offer in the case; empty for one that is not in it."""
    format: OfferFormat
    depths: Mapping[str, str | None]
    """The issues in it, each with its depth; None as deep as the channel."""
    extras: OfferExtras = NO_EXTRAS

    @property
    def issues(self) -> tuple[str, ...]:
        """What is in it."""
        return tuple(self.depths)


def asked_offers(
    case: Case, name: str, formats: Sequence[OfferFormat], weighed_issues: Sequence[str]
) -> Iterable[AskedOffer]:
    """An offer of the case in each form that it may be run in.

    Args:
        case: The case.
        name: The offer.
        formats: Those that channels and forms are taken from, the channel that is offered first.
        weighed_issues: The issues on which something is at stake: the others cannot be weighed, and are left out.
    """
    offer: OfferPackage = case.offers[name]
    channel = offer.channel or formats[0].variant.channel
    variants = dict.fromkeys(one.variant for one in formats if one.variant.channel == channel)
    fitting = [variant for variant in variants if offer.form in (None, variant.form)] or list(variants)
    path = f"offers.{name}.payments" if offer.payments else ""
    extras = OfferExtras(tuple(offer.concessions), tuple(offer.payments), path)
    for variant in fitting:
        depths = {issue: depth for issue, depth in offer.issues.items() if issue in weighed_issues}
        yield AskedOffer(name, OfferFormat(variant, None, tuple(offer.clauses)), depths, extras)


@dataclass(frozen=True)
class TheoryFate:
    """What becomes of an offer by one theory: shares of the draws, from 0 to 1."""

    theory: str
    answered: float
    """The side that answers would have it."""
    offered: float
    """The side that offers would, after what is paid inside."""
    agreed: float
    """Both would."""


@dataclass(frozen=True)
class Refusals:
    """Who says no, by the theory by which the answer is told: shares of the draws."""

    answering_only: float
    offering_only: float
    both: float
    by_voice: Mapping[int, float]
    """On whom the no of the side that answers turns, by voice."""
    by_offering_voice: Mapping[int, float]
    """Who of the side that offers is the most reluctant where that side says no."""
    without: Mapping[str, float]
    """By reason, in which share both would have it if that reason counted for nobody."""


@dataclass(frozen=True)
class OfferFate:
    """What becomes of one offer."""

    asked: AskedOffer
    draws: int
    main: TheoryFate
    """By the theory by which the answer is told."""
    by_theory: tuple[TheoryFate, ...]
    by_stakes: TheoryFate
    """By the same theory, if what hangs on no gain counted in proportion to the stakes of the issues."""
    replied: float
    """In which share accepting is the best of all replies."""
    kept: float
    """What is left to who leads the side that offers, where both would have it: the mean of these draws."""
    worths: tuple[float, float]
    """What it is worth to the side that answers, and to who leads the other: the mean of all draws."""
    refusals: Refusals

    def error(self, share: float) -> float:
        """The standard error of a share."""
        return float((share * (1 - share) / self.draws) ** 0.5)


@dataclass
class FateAccumulator:
    """The draws of an offer added up, batch by batch."""

    asked: AskedOffer
    draws: int = 0
    agreed_draws: list[Flags] = field(default_factory=list)
    """In which draws both would have it, by the theory by which the answer is told."""
    _sums: dict[tuple[str, str], float] = field(default_factory=dict)

    def _add(self, kind: str, key: str, values: Floats | Flags | float) -> None:
        import numpy as np

        self._sums[kind, key] = self._sums.get((kind, key), 0.0) + float(np.sum(values))

    def add(self, batch: OfferBatch) -> None:
        """Adds a batch of draws."""
        self.draws += batch.draws.draw_count
        decision = batch.draws.description.decision
        assert decision is not None
        main, asked = decision.theories[decision.main_theory], self.asked
        reasons = batch.package(asked.format, asked.extras, asked.depths)

        def verdicts_by(uses: Sequence[str], worth: PackageReasons = reasons) -> PackageVerdicts:
            return PackageVerdicts.of(batch.sides(asked.format, uses), worth.utility(uses))

        for theory in decision.theories:
            verdicts = verdicts_by(theory.uses)
            self._add_fate(f"theory/{theory.id}", verdicts)
            if theory is main:
                self.agreed_draws.append(verdicts.agreed)
                self._add_main(batch, verdicts, theory.uses)
        for reason in main.uses:
            self._add("without", reason, verdicts_by([one for one in main.uses if one != reason]).agreed)
        by_stakes = batch.package(asked.format, asked.extras, asked.depths, counts_by_stakes=True)
        self._add_fate("stakes", verdicts_by(main.uses, by_stakes))

    def _add_fate(self, key: str, verdicts: PackageVerdicts) -> None:
        self._add("answered", key, verdicts.answered)
        self._add("offered", key, verdicts.offered)
        self._add("agreed", key, verdicts.agreed)

    def _add_main(self, batch: OfferBatch, verdicts: PackageVerdicts, uses: Sequence[str]) -> None:
        """Who says no, whether accepting is the best reply, what is left."""
        import numpy as np

        self._add("worth", "answering", verdicts.answer_worth)
        self._add("worth", "offering", verdicts.leader_worth)
        self._add("kept", "", np.where(verdicts.agreed, verdicts.left, 0.0))
        self._add("no", "answering", ~verdicts.answered & verdicts.offered)
        self._add("no", "offering", verdicts.answered & ~verdicts.offered)
        self._add("no", "both", ~verdicts.answered & ~verdicts.offered)
        for voice in verdicts.sides.sides[ANSWERING].voices:
            self._add("pivot", str(voice), ~verdicts.answered & (verdicts.answering_pivot == voice))
        for voice in verdicts.sides.sides[0].voices:
            self._add("reluctant", str(voice), ~verdicts.offered & (verdicts.offering_pivot == voice))
        self._add("replied", "", self._reply_parts(batch, verdicts, uses))

    def _reply_parts(self, batch: OfferBatch, verdicts: PackageVerdicts, uses: Sequence[str]) -> Floats:
        """1 where accepting is the best of all replies, a part of it where others are as good, shape (draws,)."""
        import numpy as np

        asked = self.asked
        grave = batch.grave_terms(asked.format, asked.issues, uses, asked.depths, asked.extras)
        of_side = verdicts.sides.answer(grave[:, None], slice(None))[0]
        nobody = np.zeros(batch.draws.draw_count, dtype=np.int64)
        decision = Decision(verdicts.answer_worth, nobody, nobody.astype(bool), of_side)
        parts: Floats = best_reply_parts(reply_worths(batch.draws, decision))[0]
        return parts

    def fate(self, theories: Sequence[str], main: str) -> OfferFate:
        """All draws together."""

        def share(kind: str, key: str) -> float:
            return self._sums.get((kind, key), 0.0) / self.draws

        def by(key: str, theory: str) -> TheoryFate:
            return TheoryFate(theory, share("answered", key), share("offered", key), share("agreed", key))

        def shares(kind: str) -> dict[str, float]:
            return {key: total / self.draws for (own, key), total in self._sums.items() if own == kind}

        agreed = self._sums.get(("agreed", f"theory/{main}"), 0.0)
        return OfferFate(
            asked=self.asked,
            draws=self.draws,
            main=by(f"theory/{main}", main),
            by_theory=tuple(by(f"theory/{theory}", theory) for theory in theories),
            by_stakes=by("stakes", main),
            replied=share("replied", ""),
            kept=self._sums.get(("kept", ""), 0.0) / agreed if agreed else 0.0,
            worths=(share("worth", "answering"), share("worth", "offering")),
            refusals=Refusals(
                share("no", "answering"),
                share("no", "offering"),
                share("no", "both"),
                {int(voice): one for voice, one in shares("pivot").items()},
                {int(voice): one for voice, one in shares("reluctant").items()},
                shares("without"),
            ),
        )


@dataclass(frozen=True)
class PackageVerdicts:
    """What becomes of one package in a batch of draws, each of shape (draws,)."""

    sides: PackageSides
    answered: Flags
    offered: Flags
    left: Floats
    answer_worth: Floats
    leader_worth: Floats
    answering_pivot: NDArray[np.int64]
    """The voice on which the answer turns."""
    offering_pivot: NDArray[np.int64]
    """The voice of the side that offers to which it is worth least."""

    @property
    def agreed(self) -> Flags:
        """Where both would have it."""
        return self.answered & self.offered

    @classmethod
    def of(cls, sides: PackageSides, utilities: Floats) -> PackageVerdicts:
        """The verdicts of both sides on what an offer is worth to every voice, shape (voices, draws)."""
        import numpy as np

        worth = sides.answer(utilities[:, None], slice(None))[0]
        consents, left = sides.consent(utilities, np.arange(utilities.shape[1]))
        offering, answering = sides.sides
        return cls(
            sides,
            worth > TOLERANCE,
            consents & (left > TOLERANCE),
            left,
            worth,
            utilities[offering.voices[offering.row.leader]],
            _decisive(sides, ANSWERING, answering.body.pivotal_voter(utilities[answering.voices].T)[1]),
            _decisive(sides, OFFERING, utilities[offering.voices].argmin(axis=0)),
        )


def _decisive(sides: PackageSides, number: int, places: NDArray[np.int64]) -> NDArray[np.int64]:
    """The voice whose no decides, by its place in its side: who leads it, where the others may stay out."""
    import numpy as np

    side = sides.sides[number]
    if number in sides.free_to_stay_out:
        places = np.full_like(places, side.row.leader)
    return np.array(side.voices)[places]
