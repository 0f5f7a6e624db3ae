"""The finding on numbers that the case leaves to their defaults: which of them carry the answer."""

from __future__ import annotations

from collections.abc import Iterator

from detente.case.index.number_labels import number_label
from detente.results.finding import Finding, Robustness
from detente.results.table import Column, make_table
from detente.rooms.acceptance.findings.columns import RUN_COLUMN, share_column
from detente.rooms.acceptance.findings.text import AcceptanceLabels
from detente.rooms.acceptance.model.choices.choice_sensitivity import ChoiceSensitivity, ChoicesResult
from detente.text.english import cardinal, count_noun, join_words, upper_first
from detente.text.setting_names import SETTING_NAMES

MOST_NAMED = 3
"""Numbers that a sentence names; more are counted."""
METHOD = (
    "Each number that gains rest on and that the case does not give is set to one or two others by itself, all else as "
    "it is; how much a channel gets done, with half of what is at stake taking all members, where the case does not "
    "give that either. The other values are ours, and say only whether the case should give the number."
)


def defaults_finding(labels: AcceptanceLabels, result: ChoicesResult) -> Finding | None:
    """Which numbers that are left to their defaults carry the answer; None where the case gives all of them."""
    if not result.defaults:
        return None
    return Finding(
        id="defaults",
        title="What numbers decide that the case does not give",
        says=" ".join(default_sentences(labels, result)),
        see=f"How often {labels.answering_side} accepts by the strict test, were a number that the case does not give "
        "another.",
        table=make_table(_columns(labels), _rows(labels, result)),
        method=METHOD,
        robustness=_robustness(labels, result),
    )


def _robustness(labels: AcceptanceLabels, result: ChoicesResult) -> Robustness:
    count = len(carrying_defaults(labels, result))
    if not count:
        return Robustness("robust", "No other value that we tried reverses the answer.")
    if count == 1:
        return Robustness("fragile", "Another value of one number reverses the answer.")
    return Robustness("fragile", f"Another value of any of {cardinal(count)} numbers reverses the answer.")


def carrying_defaults(labels: AcceptanceLabels, result: ChoicesResult) -> list[ChoiceSensitivity]:
    """The numbers of which another value that is tried turns the answer."""
    return [one for one in result.defaults if one.turning_options(labels.deciders.full_theory.id)]


def default_sentences(labels: AcceptanceLabels, result: ChoicesResult) -> Iterator[str]:
    """On which numbers that the case does not give the answer depends, each with the value that reverses it."""
    carrying = carrying_defaults(labels, result)
    missing = f"The case does not give {count_noun(len(result.defaults), 'number')} that gains rest on"
    if not carrying:
        yield f"{missing}; no other value that we tried reverses the answer."
        return
    yield f"{missing}."
    if len(carrying) > MOST_NAMED:
        yield f"Another value of any of {cardinal(len(carrying))} of them reverses the answer."
        return
    theory_id = labels.deciders.full_theory.id
    for one in carrying:
        values = join_words(_turning_values(one, theory_id), "or")
        yield f"To set {_plain_name(labels, one.choice.id)} to {values} reverses the answer."


def _plain_name(labels: AcceptanceLabels, path: str) -> str:
    """What a number is in plain words: `how well today's ties work`."""
    keys = path.split(".")
    if keys[0] == "network" and keys[-1] in SETTING_NAMES:
        return SETTING_NAMES[keys[-1]]
    deciders = labels.deciders
    channel_kinds = {
        f"channels.{deciders.actor_network.observed_channel}.efficiency": "observed_efficiency",
        f"channels.{deciders.offered_channel}.efficiency": "efficiency",
        f"channels.{deciders.offered_channel}.exclusivity": "exclusivity",
    }
    return labels.lever_name(channel_kinds[path]) if path in channel_kinds else number_label(deciders.case, path)


def _turning_values(number: ChoiceSensitivity, theory_id: str) -> list[str]:
    return [f"{float(option.option.values[number.choice.id]):g}" for option in number.turning_options(theory_id)]


def _columns(labels: AcceptanceLabels) -> tuple[Column, ...]:
    return (
        Column("number"),
        Column("path", "key", "id"),
        Column("tried", "set to", "number", "as the key has it"),
        RUN_COLUMN,
        share_column("strict", f"{labels.answering_side} accepts by the strict test, of 100"),
        Column("strict_change", "more than as it is, of 100", "percent", "share of draws", error=True),
        Column("turns", "reverses the answer", "yes_no"),
    )


def _rows(labels: AcceptanceLabels, result: ChoicesResult) -> Iterator[dict[str, object]]:
    theory_id = labels.deciders.full_theory.id
    for one in result.defaults:
        for option in one.options[1:]:
            for variant in labels.deciders.offered_variants:
                key = (variant.form, theory_id)
                if key not in option.strict:
                    continue
                strict, change = option.strict[key], option.strict_change[key]
                yield {
                    "number": upper_first(_plain_name(labels, one.choice.id)),
                    "path": one.choice.id,
                    "tried": option.option.values[one.choice.id],
                    "run": labels.variant_cell(variant),
                    "strict": strict.value,
                    "strict_error": strict.error,
                    "strict_change": change.value,
                    "strict_change_error": change.error,
                    "turns": option.turns(one.own, key),
                }
