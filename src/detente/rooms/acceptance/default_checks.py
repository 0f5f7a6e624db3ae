"""Numbers that a case leaves to their defaults and that carry the answer: worth a warning where they would stand."""

from __future__ import annotations

from collections.abc import Iterator

from detente.case.fault import Fault
from detente.case.index.number_labels import number_label
from detente.case.schema.base import CasePath
from detente.case.schema.case import Case
from detente.methods.offer_model.offer_answers import AnswerKey
from detente.rooms.acceptance.model.choices.choice_sensitivity import ChoiceSensitivity, OptionAnswers, vary_defaults
from detente.rooms.acceptance.model.decision.answered_offer import has_answered_offer
from detente.text.number_format import format_number, per_hundred


def carrying_default_faults(case: Case) -> Iterator[Fault]:
    """Warns of numbers that are left to their defaults and turn the answer as they are set otherwise.

    Args:
        case: One that nothing is wrong with.
    """
    if not has_answered_offer(case):
        return
    for sensitivity in vary_defaults(case):
        turned = next(_turned(sensitivity), None)
        if turned is not None:
            yield _fault(case, sensitivity, *turned)


def _turned(sensitivity: ChoiceSensitivity) -> Iterator[tuple[OptionAnswers, AnswerKey]]:
    """The values that turn the answer in some form, by the last theory that is told: that by which it is told."""
    keys = list(sensitivity.own.strict)
    main_theory = keys[-1][1] if keys else ""
    for option in sensitivity.options[1:]:
        for key in keys:
            if key[1] == main_theory and option.turns(sensitivity.own, key):
                yield option, key


def _fault(case: Case, sensitivity: ChoiceSensitivity, option: OptionAnswers, key: AnswerKey) -> Fault:
    *parents, name = sensitivity.choice.id.split(".")
    path: CasePath = tuple(parents) if parents[0] == "channels" else ("network",)
    shares = [per_hundred(one.strict[key].value) for one in (option, sensitivity.own)]
    tried = format_number(option.option.values[sensitivity.choice.id])
    message = (
        f"“{number_label(case, sensitivity.choice.id)}” is left to its default, and the answer turns on it: at {tried} "
        f"the offer is accepted in {shares[0]} of 100 draws, by the default in {shares[1]}"
    )
    return Fault(path, message, f"add {name}: with because:", is_omission=True, severity="warning")
