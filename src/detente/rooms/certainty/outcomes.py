"""The numbers of the room by name."""

from __future__ import annotations

from collections.abc import Iterator

from detente.results.outcome import Outcome, OutcomeKind
from detente.rooms.acceptance.model.estimated_share import EstimatedShare
from detente.rooms.certainty.model.asked_answers import AskedAnswer
from detente.rooms.certainty.model.certainty import CertaintyModel

ANSWER_INDEX = OutcomeKind(
    "certainty.<channel>.<form>.<theory>.<test>.<number>.first-order",
    "part of the variance",
    "First-order index of a number: the part of the variance of yes and no that would go, were it known.",
)
MARGIN_INDEX = OutcomeKind(
    "certainty.<channel>.<form>.<theory>.<test>.<number>.first-order-of-margin",
    "part of the variance",
    "The same of how far the answer is from turning.",
)
TOTAL_INDEX = OutcomeKind(
    "certainty.<channel>.<form>.<theory>.<test>.<number>.total",
    "part of the variance",
    "Total index of a number: the part of the variance of yes and no that is left if all but this is known.",
)
FLIPS = OutcomeKind(
    "certainty.<channel>.<form>.<theory>.<test>.<number>.flips",
    "share of draws",
    "How often the answer is reversed if the number alone is drawn anew.",
)
SHARE = OutcomeKind(
    "certainty.<channel>.<form>.<theory>.<test>.share",
    "share of draws",
    "How often the answer is yes; a rare one by draws made for it.",
)
CHOICES = OutcomeKind(
    "certainty.<channel>.<form>.<theory>.choices.alone",
    "part of the variance",
    "What goes with the choices of the case, whatever its numbers, by the strict test.",
)
NUMBERS = OutcomeKind(
    "certainty.<channel>.<form>.<theory>.numbers.alone",
    "part of the variance",
    "What goes with numbers, whatever was chosen, by the strict test.",
)
CHOICE_TOTAL = OutcomeKind(
    "certainty.<channel>.<form>.<theory>.<choice>.total",
    "part of the variance",
    "Total index of a choice, by the strict test.",
)
WORTH = OutcomeKind(
    "certainty.<number>.worth-knowing",
    "Brier score",
    "By how much the mean square error of the chance of a yes would fall, were the number known, where that is most.",
)
LASTING_INDEX = OutcomeKind(
    "certainty.<game>.<number>.lasting-first-order",
    "part of the variance",
    "First-order index of a number: the part of the variance of yes and no, whether cooperation lasts, that would go.",
)
KINDS = (
    ANSWER_INDEX,
    MARGIN_INDEX,
    TOTAL_INDEX,
    FLIPS,
    SHARE,
    CHOICES,
    NUMBERS,
    CHOICE_TOTAL,
    WORTH,
    LASTING_INDEX,
)


def certainty_outcomes(model: CertaintyModel) -> Iterator[Outcome]:
    """What the answer that is told hangs on, by both tests: every number that varies, and the choices."""
    if model.result is not None:
        deciders = model.result.deciders
        channel, year = deciders.offered_channel, deciders.actor_network.year
        for asked in (one for one in model.asked if one.theory == deciders.full_theory.id):
            yield from _answer_outcomes(model, asked, channel, year)
        for one in model.shares:
            keys = (channel, one.asked.form, one.asked.theory, one.asked.test)
            yield SHARE.at(one.share.value, *keys, error=one.share.error, year=year)
        yield from _choice_outcomes(model, channel, deciders.full_theory.id, year)
        for assumption in model.assumptions:
            yield _at(WORTH, assumption.value, (assumption.path,), year)
    for lasting in model.lasting:
        for number in lasting.importance.numbers:
            yield _at(LASTING_INDEX, number.answer_index, (lasting.game, number.path), model.year)


def _answer_outcomes(model: CertaintyModel, asked: AskedAnswer, channel: str, year: int) -> Iterator[Outcome]:
    keys = (channel, asked.form, asked.theory, asked.test)
    for number in model.answers[asked].numbers:
        yield _at(ANSWER_INDEX, number.answer_index, (*keys, number.path), year)
        if number.margin_index:
            yield _at(MARGIN_INDEX, number.margin_index, (*keys, number.path), year)
    effects = model.effects.get(asked)
    for path, effect in effects.by_number.items() if effects else ():
        yield _at(TOTAL_INDEX, effect.total_index, (*keys, path), year)
        yield _at(FLIPS, effect.flip_share, (*keys, path), year)


def _choice_outcomes(model: CertaintyModel, channel: str, theory: str, year: int) -> Iterator[Outcome]:
    for form, shares in model.choice_shares.items():
        by_choices, by_numbers, _ = shares.shares_error
        yield CHOICES.at(shares.by_choices, channel, form, theory, error=by_choices, year=year)
        yield NUMBERS.at(shares.by_inputs, channel, form, theory, error=by_numbers, year=year)
        for place, choice in enumerate(model.grid.choices if model.grid else ()):
            total, error = float(shares.total[place]), float(shares.total_error[place])
            yield CHOICE_TOTAL.at(total, channel, form, theory, choice.id, error=error, year=year)


def _at(kind: OutcomeKind, share: EstimatedShare, keys: tuple[str, ...], year: int | None) -> Outcome:
    return kind.at(share.value, *keys, error=share.error, year=year)
