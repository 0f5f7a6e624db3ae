"""The finding on who gains by a channel between organisations, each way to run it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from detente.case.index.labels import CaseLabels
from detente.methods.offer_model.channel_variants import ChannelVariant
from detente.results.finding import CellMark, Finding, FindingPlace
from detente.results.table import Column, make_table
from detente.rooms.gains.findings.gain_patterns import GainPattern, PatternGroup, pattern_groups, told_order
from detente.rooms.gains.findings.gains_standing import gains_standing
from detente.rooms.gains.findings.headline import group_name
from detente.rooms.gains.findings.text import (
    fitting_answer,
    form_clause,
    gains_input_ids,
    in_form,
    method_note,
    short_form,
)
from detente.rooms.gains.findings.units import SHARE_AT_STAKE, SHARE_OF_SIMULATIONS
from detente.rooms.gains.findings.years import other_years_sentence
from detente.rooms.gains.model.simulation.results import SURE_SHARE, ChannelOutcome, YearGains
from detente.rooms.gains.model.solution_concepts import ConceptGains
from detente.text.english import cardinal, upper_first
from detente.text.number_format import per_hundred

VERDICT_MARKS: dict[str, CellMark] = {
    "gains, built in": "go",
    "loses, built in": "stop",
    "gains": "go",
    "loses": "stop",
    "nothing changes": "empty",
    "no clear direction": "half",
    "mostly gains": "go-half",
    "mostly loses": "doubt",
    "depends on who runs it": "half",
}
MOST_BUILT_IN_SENTENCES = 2


def who_gains_finding(
    years: Sequence[YearGains],
    channel: str,
    structural_signs: Mapping[ChannelVariant, Sequence[int]],
    concept_gains: Mapping[ChannelVariant, Sequence[ConceptGains]],
    labels: CaseLabels,
    place: FindingPlace = "detail",
) -> Finding:
    """Who gains by a channel between organisations, each way to run it, beside the observed one.

    Args:
        years: The years that are worked out, the one that is told of last.
        channel: The channel.
        structural_signs: By way to run it, the signs that are built in, one for each actor.
        concept_gains: By way to run it, the gains by other ways to share them; nothing where none was tried.
        labels: The names of the case.
        place: Where it is told.
    """
    year = years[-1]
    variants = year.variants_of(channel)
    groups = pattern_groups(year, variants)
    sentences = [
        *(_group_sentence(year, variants, group, labels) for group in groups),
        *_built_in_sentences(year, structural_signs, labels),
        other_years_sentence(years, channel, labels),
    ]
    return Finding(
        id=f"gains-{channel}",
        title=f"Who gains, and how often: {labels.channel_title(channel)}",
        says=" ".join(sentence for sentence in sentences if sentence),
        see="Gain or loss is the average, with the bounds that hold 90 of 100 simulations.",
        table=make_table([*_columns(year, variants, labels)], _actor_rows(year, structural_signs, labels)),
        marks=VERDICT_MARKS,
        method=method_note(year),
        rests_on=gains_input_ids(year),
        robustness=gains_standing(years, channel, concept_gains, labels),
        place=place,
        question="Who gains, and how often",
        short_answer=_short_answer(groups, year.actor_network.n),
    )


def _short_answer(groups: Sequence[PatternGroup], total: int) -> str:
    """How many gain either way."""
    always = sum(len(group.actors) for group in groups if group.pattern == "always")
    one_way = sum(len(group.actors) for group in groups if group.pattern in ("hub", "collegiate"))
    if always == total:
        return "everyone does"
    if always:
        return f"{cardinal(always)} of {cardinal(total)} either way"
    return f"{cardinal(one_way)} of {cardinal(total)}, one way only" if one_way else fitting_answer("nobody clearly")


def _columns(year: YearGains, variants: Sequence[ChannelVariant], labels: CaseLabels) -> Iterator[Column]:
    """Who gains, how much and how often, and the verdict."""
    yield Column("actor", "who")
    for variant in variants:
        name = short_form(year, variant, labels)
        yield Column(f"gain_{variant.form}", f"{name}: gain or loss, %", "signed_percent", SHARE_AT_STAKE, bounds=True)
        yield Column(f"gain_frequency_{variant.form}", f"{name}: gains in, of 100", "of_100", SHARE_OF_SIMULATIONS)
    yield Column("verdict", "in short")


def _actor_rows(
    year: YearGains, structural_signs: Mapping[ChannelVariant, Sequence[int]], labels: CaseLabels
) -> Iterator[dict[str, object]]:
    """What each actor gains each way to run the channel, and a verdict."""
    outcomes = {variant: year.outcomes[variant] for variant in structural_signs}
    for actor_index, actor in enumerate(year.actor_network.actors):
        row: dict[str, object] = {"actor": labels.party_name(actor)}
        for variant, outcome in outcomes.items():
            name = f"gain_{variant.form}"
            row[name] = outcome.mean_gain[actor_index]
            row[f"{name}_low"], row[f"{name}_high"] = outcome.gain_quantiles[:, actor_index]
            row[f"gain_frequency_{variant.form}"] = outcome.gain_frequency[actor_index]
        signs = {signs[actor_index] for signs in structural_signs.values()}
        row["verdict"] = _verdict([*outcomes.values()], actor_index, signs)
        yield row


def _verdict(outcomes: Sequence[ChannelOutcome], actor_index: int, structural: set[int]) -> str:
    if not any(outcome.is_affected(actor_index) for outcome in outcomes):
        return "nothing changes"
    signs = {outcome.majority_sign(actor_index) for outcome in outcomes}
    if len(signs) > 1:
        return "depends on who runs it"
    if structural == signs and signs != {0}:
        return "gains, built in" if signs == {1} else "loses, built in"
    if signs == {0}:
        return "no clear direction"
    verb = "gains" if signs == {1} else "loses"
    least_frequency = min(
        float((outcome.gain_frequency if verb == "gains" else outcome.loss_frequency)[actor_index])
        for outcome in outcomes
    )
    return verb if least_frequency >= SURE_SHARE else f"mostly {verb}"


def _group_sentence(
    year: YearGains, variants: Sequence[ChannelVariant], group: PatternGroup, labels: CaseLabels
) -> str:
    """In how many simulations those gain that share a pattern."""
    name, is_plural = group_name(year, group.actors, labels)
    verb = "gain" if is_plural else "gains"
    shares = {variant: year.outcomes[variant].gain_frequency[list(group.actors)].tolist() for variant in variants}
    everything = [share for of_variant in shares.values() for share in of_variant]
    either = " either way" if len(variants) > 1 else ""
    if group.pattern == "unmoved":
        return upper_first(f"nothing changes for {name}.")
    if group.pattern == "always":
        return upper_first(f"{name} {verb}{either}, in {_bound_phrase(min(everything), 'at least')}.")
    if group.pattern in ("never", "loses"):
        return upper_first(f"{name} {verb}{either} in {_bound_phrase(max(everything), 'at most')}.")
    if group.pattern == "close":
        return upper_first(
            f"for {name} it is too close to call: gains come in {_range_phrase(everything)} of 100 simulations."
        )
    return upper_first(_one_way_sentence(year, shares, group.pattern, (name, verb), labels))


def _one_way_sentence(
    year: YearGains,
    shares: Mapping[ChannelVariant, Sequence[float]],
    pattern: GainPattern,
    name_and_verb: tuple[str, str],
    labels: CaseLabels,
) -> str:
    """How often those gain who do so only one way to run the channel."""
    name, verb = name_and_verb
    sentences: list[str] = []
    for variant, of_variant in shares.items():
        extent, share = ("at least", min(of_variant)) if variant.form == pattern else ("at most", max(of_variant))
        told = _bound_phrase(share, extent if len(of_variant) > 1 else "", has_noun=not sentences)
        who = ("they" if verb == "gain" else "it") if sentences else name
        sentences.append(f"{in_form(year, variant, labels)}{who} {verb} in {told}.")
    return " ".join(sentences)


def _bound_phrase(share: float, extent: str, has_noun: bool = True) -> str:
    """`at least 95 of 100 simulations`, `every simulation`, `at most 11`, `none`."""
    if share in (0, 1):
        whole = ("every simulation", "no simulation") if has_noun else ("every one", "none")
        return whole[0] if share else whole[1]
    number = f"{per_hundred(share)} of 100 simulations" if has_noun else per_hundred(share)
    # `Fewer than 1` and `more than 99` say already how far it goes.
    return number if not extent or number.startswith(("fewer", "more")) else f"{extent} {number}"


def _range_phrase(shares: Sequence[float]) -> str:
    """`48`, `12 to 53`."""
    low, high = per_hundred(min(shares)), per_hundred(max(shares))
    return low if low == high else f"{low} to {high}"


def _built_in_sentences(
    year: YearGains, structural_signs: Mapping[ChannelVariant, Sequence[int]], labels: CaseLabels
) -> list[str]:
    """Whose signs hold for any numbers."""
    sentences = []
    for variant, signs in structural_signs.items():
        for sign, verb in ((1, "lose"), (-1, "gain")):
            actors = [actor for actor in told_order(year) if signs[actor] == sign]
            if actors:
                name, _ = group_name(year, actors, labels)
                clause = form_clause(year, variant, labels)
                sentences.append(f"Built in: {name} cannot {verb}{f' {clause}' if clause else ''}.")
    return sentences[:MOST_BUILT_IN_SENTENCES]
