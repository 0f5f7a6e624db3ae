"""The numbers of the durability room by name."""

from __future__ import annotations

from collections.abc import Iterator
from math import sqrt

from detente.case.index.by_year import told_year
from detente.results.outcome import Outcome, OutcomeKind
from detente.rooms.durability.model.durability import DurabilityModel

LASTS = OutcomeKind(
    "durability.<game>.<theory>.lasts",
    "share of draws",
    "In how many draws cooperation, once begun, lasts with nobody to enforce it and with the errors of the case, by a "
    "theory.",
)
LASTS_WITHOUT_ERRORS = OutcomeKind(
    "durability.<game>.<theory>.lasts-if-nobody-errs",
    "share of draws",
    "In how many draws it would last if nobody erred, by a theory.",
)
ROUNDS = OutcomeKind(
    "durability.<game>.<theory>.rounds-of-cooperation",
    "share of rounds",
    "In how many rounds both cooperate where cooperation lasts, errors included, by a theory; none where it nowhere "
    "does.",
)
BEGINS = OutcomeKind(
    "durability.<game>.<theory>.begins",
    "share of draws",
    "In how many draws it lasts and even chances that the other cooperates are enough to begin, by a theory.",
)
PATIENCE_NEEDED = OutcomeKind(
    "durability.<game>.<theory>.patience-needed",
    "discount factor",
    "The patience that cooperation takes at the central estimates if nobody errs, by a theory; none where no patience "
    "is enough.",
)
STEP_REASSURES = OutcomeKind(
    "durability.<game>.first-step.reassures",
    "share of draws",
    "In how many draws the first step of a game tells those who mean well from the others.",
)
SOME_STEP_REASSURES = OutcomeKind(
    "durability.<game>.first-step.some-reassures",
    "share of draws",
    "In how many draws a first step of some size would.",
)
LASTS_WITH_INSTITUTION = OutcomeKind(
    "durability.<game>.<institution>.lasts-with-it",
    "share of draws",
    "In how many draws cooperation lasts with an institution, by the theory of the answer.",
)
ALL_PAY = OutcomeKind(
    "durability.<good>.all-pay", "share of draws", "In how many draws all who pay for a common good go on paying."
)
PAYS = OutcomeKind(
    "durability.<good>.<payer>.pays",
    "share of draws",
    "In how many draws one of several unlike payers goes on paying for a common good.",
)
PAYS_ALONE = OutcomeKind(
    "durability.<good>.<payer>.pays-alone",
    "share of draws",
    "In how many draws one of several unlike payers would pay for a common good though nobody else did.",
)
STOPS_FIRST = OutcomeKind(
    "durability.<good>.<payer>.stops-first",
    "share of draws",
    "In how many draws one of several unlike payers is the first to stop.",
)
PUT_IN = OutcomeKind(
    "durability.<game>.put-in",
    "share of draws",
    "In how many draws the payoffs alone decide whether cooperation lasts, whatever patience and errors within what is "
    "assumed.",
)
PIVOTAL = OutcomeKind(
    "durability.<game>.<side>.<member>.pivotal",
    "share of draws",
    "In how many draws the concern of a member for relative gains decides for its side, by the theory of the answer.",
)
KINDS = (
    LASTS,
    LASTS_WITHOUT_ERRORS,
    ROUNDS,
    BEGINS,
    PATIENCE_NEEDED,
    PUT_IN,
    PIVOTAL,
    STEP_REASSURES,
    SOME_STEP_REASSURES,
    LASTS_WITH_INSTITUTION,
    ALL_PAY,
    PAYS,
    PAYS_ALONE,
    STOPS_FIRST,
)


def durability_outcomes(model: DurabilityModel) -> Iterator[Outcome]:
    """Whether cooperation lasts and would begin, in each game and by each theory."""
    year = told_year(model.year)
    for case_game in model.case_games:
        for under_theory, at_means in zip(case_game.by_theory, case_game.by_theory_at_means, strict=True):
            draws, needed = len(under_theory.patience), float(at_means.critical_patience[0])
            for theory in under_theory.view.ids:
                for kind, share in (
                    (LASTS, under_theory.lasting_share),
                    (LASTS_WITHOUT_ERRORS, under_theory.error_free_share),
                    (BEGINS, under_theory.beginning_share),
                ):
                    yield kind.at(share, case_game.id, theory, error=sqrt(share * (1 - share) / draws), year=year)
                if (rounds := under_theory.cooperation_share) is not None:
                    yield ROUNDS.at(rounds, case_game.id, theory, year=year)
                if needed <= 1:
                    yield PATIENCE_NEEDED.at(needed, case_game.id, theory, year=year)
    yield from _pivotal_shares(model, year)
    yield from _institutions_and_goods(model, year)
    for step in model.first_steps.steps if model.first_steps else ():
        for kind, share in ((STEP_REASSURES, step.fitting_share), (SOME_STEP_REASSURES, step.some_step_share)):
            yield kind.at(share, step.game, error=sqrt(share * (1 - share) / model.draws.draw_count), year=year)


def _institutions_and_goods(model: DurabilityModel, year: int | None) -> Iterator[Outcome]:
    draws = model.draws.draw_count

    def at(kind: OutcomeKind, share: float, *ids: str) -> Outcome:
        return kind.at(share, *ids, error=sqrt(share * (1 - share) / draws), year=year)

    for equal in model.common_goods:
        yield at(ALL_PAY, equal.lasting_share, equal.good)
    for game_put_in in model.put_in:
        yield at(PUT_IN, game_put_in.decided_share, game_put_in.game)
    for test in model.institutions:
        for game in test.all_effects:
            yield at(LASTS_WITH_INSTITUTION, game.lasts.after, game.game, test.id)
    for unequal in model.unequal_goods:
        yield at(ALL_PAY, unequal.all_pay_share, unequal.good)
        for payer in unequal.payers:
            yield at(PAYS, payer.pays_share, unequal.good, payer.party)
            yield at(PAYS_ALONE, payer.pays_alone_share, unequal.good, payer.party)
            yield at(STOPS_FIRST, payer.stops_first_share, unequal.good, payer.party)


def _pivotal_shares(model: DurabilityModel, year: int | None) -> Iterator[Outcome]:
    for game in model.pivots:
        for side in game.sides:
            for voice in side.voices:
                share = voice.pivotal_share
                error = sqrt(share * (1 - share) / model.draws.draw_count)
                for member in voice.members:
                    yield PIVOTAL.at(share, game.game, side.side, member, error=error, year=year)
