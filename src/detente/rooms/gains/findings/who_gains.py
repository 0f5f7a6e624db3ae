"""The finding on who gains by a channel between organisations, run either way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from detente.case.index.channel_variants import ChannelVariant
from detente.case.index.labels import FORM_SHAPES, CaseLabels
from detente.results.finding import CellMark, Finding, Robustness
from detente.results.table import Column, make_table
from detente.rooms.gains.findings.charts.gains import gains_chart
from detente.rooms.gains.findings.text import form_words, gain_sentence, gains_input_ids, method_note, year_phrase
from detente.rooms.gains.findings.units import SHARE_AT_STAKE, SHARE_OF_DRAWS
from detente.rooms.gains.model.simulation.results import SURE_SHARE, ChannelOutcome, YearGains
from detente.text.english import join_words, upper_first

MOST_NAMED_YEARS = 3
"""Years beyond which they are counted and not named."""


def who_gains_finding(
    years: Sequence[YearGains],
    channel: str,
    structural_signs: Mapping[ChannelVariant, Sequence[int]],
    labels: CaseLabels,
) -> Finding:
    """Who gains by a channel between organisations, run either way, beside the observed one."""
    year = years[-1]
    variants = year.variants_of(channel)
    form_phrases = {variant: form_words(year, variant, labels) for variant in variants}
    gain_sentences = "; ".join(
        f"{form_phrases[variant]}, {gain_sentence(year, variant, labels)}" for variant in variants
    )
    form_dependent = [
        labels.party_name(year.actor_network.actors[actor]) for actor in year.form_dependent_actors(channel)
    ]
    return Finding(
        id=f"gains-{channel}",
        title=f"Who gains by it: {labels.channel_title(channel)}",
        says=f"Beside “{labels.channel_title(year.actor_network.observed_channel)}”, in {year_phrase(year)}: "
        f"{gain_sentences}. {_form_dependence_sentence(form_dependent)} "
        f"{_structural_sentence(year, structural_signs, labels)}"
        f"{_other_years_sentences(years, channel, labels)}".strip(),
        see="Gains in per cent of all that is at stake across organisations: mean of "
        f"{year.draw_count:,} draws, and what 5 and 95 of 100 stay below. {_marks_legend(form_phrases)} "
        "It turns on how the channel is run for whoever gains in more than half of the draws one way and not the "
        "other; by construction it is so whatever is at stake and whatever is drawn.",
        table=make_table([*_columns(form_phrases)], _actor_rows(year, structural_signs, labels)),
        open=True,
        marks=VERDICT_MARKS,
        chart=gains_chart(year, variants, labels),
        method=method_note(year),
        rests_on=gains_input_ids(year),
        robustness=_robustness(years, channel, form_dependent),
    )


def _columns(form_phrases: Mapping[ChannelVariant, str]) -> Iterator[Column]:
    """Who gains, how much and how often form by form, and the verdict."""
    yield Column("actor")
    for variant, phrase in form_phrases.items():
        title = f"{phrase}: % (5 to 95 of 100)"
        yield Column(f"gain_{variant.form}", title, "signed_percent", SHARE_AT_STAKE, bounds=True)
        yield Column(f"gain_frequency_{variant.form}", f"{phrase}: gains in, of 100", "of_100", SHARE_OF_DRAWS)
    yield Column("verdict", "in short")


def _actor_rows(
    year: YearGains, structural_signs: Mapping[ChannelVariant, Sequence[int]], labels: CaseLabels
) -> Iterator[dict[str, object]]:
    """What each actor gains, form by form, and a verdict."""
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


VERDICT_MARKS: dict[str, CellMark] = {
    "gains by construction": "go",
    "loses by construction": "stop",
    "gains": "go",
    "loses": "stop",
    "unmoved": "empty",
    "no clear sign": "half",
    "mostly gains": "go-half",
    "mostly loses": "doubt",
    "turns on how it is run": "half",
}


def _verdict(outcomes: Sequence[ChannelOutcome], actor_index: int, structural: set[int]) -> str:
    if not any(outcome.is_affected(actor_index) for outcome in outcomes):
        return "unmoved"
    signs = {outcome.majority_sign(actor_index) for outcome in outcomes}
    if len(signs) > 1:
        return "turns on how it is run"
    if structural == signs and signs != {0}:
        return "gains by construction" if signs == {1} else "loses by construction"
    if signs == {0}:
        return "no clear sign"
    verb = "gains" if signs == {1} else "loses"
    least_frequency = min(
        float((outcome.gain_frequency if verb == "gains" else outcome.loss_frequency)[actor_index])
        for outcome in outcomes
    )
    return verb if least_frequency >= SURE_SHARE else f"mostly {verb}"


def _marks_legend(form_phrases: Mapping[ChannelVariant, str]) -> str:
    """Which mark of the picture is which."""
    if len(form_phrases) < 2:
        return ""
    marks = "; ".join(f"{FORM_SHAPES[variant.form]}s: {phrase}" for variant, phrase in form_phrases.items())
    return f"{upper_first(marks)}."


def _form_dependence_sentence(form_dependent: Sequence[str]) -> str:
    if not form_dependent:
        return "For nobody does the sign turn on how the channel is run."
    return f"For {join_words(form_dependent)} it turns on how the channel is run."


def _structural_sentence(
    year: YearGains, structural_signs: Mapping[ChannelVariant, Sequence[int]], labels: CaseLabels
) -> str:
    """Whose signs nobody needed to draw anything for."""
    clauses = []
    for variant, signs in structural_signs.items():
        for sign, verb in ((1, "lose"), (-1, "gain")):
            affected = [
                labels.party_name(actor)
                for actor, actor_sign in zip(year.actor_network.actors, signs, strict=True)
                if actor_sign == sign
            ]
            if affected:
                clauses.append(f"{join_words(affected)} cannot {verb}, {form_words(year, variant, labels)}")
    return f"It is structural that {'; '.join(clauses)}. " if clauses else ""


def _other_years_sentences(years: Sequence[YearGains], channel: str, labels: CaseLabels) -> str:
    """What is otherwise in the other years."""
    same_years: list[str] = []
    sentences = []
    for year in years[:-1]:
        differing_phrases = _actors_with_other_sign(year, years[-1], channel, labels)
        missing_actors = [
            labels.party_name(actor)
            for actor in years[-1].actor_network.actors
            if actor not in year.actor_network.actors
        ]
        year_text = f"{year_phrase(year)}{f', without {join_words(missing_actors)}' if missing_actors else ''}"
        if differing_phrases:
            sentences.append(f"In {year_text}, the sign is another for {'; and for '.join(differing_phrases)}.")
        else:
            same_years.append(year_text)
    if same_years:
        years_text = (
            f"In {'; in '.join(same_years)},"
            if len(same_years) <= MOST_NAMED_YEARS
            else f"In {len(same_years)} other years"
        )
        sentences.append(f"{years_text} all signs are the same.")
    return " ".join(sentences)


def _actors_with_other_sign(year: YearGains, last_year: YearGains, channel: str, labels: CaseLabels) -> list[str]:
    """Whose sign is another in a year than in the last, a phrase for each form: `Dun and Brae (through Aldmoor)`."""
    phrases = []
    for form in year.forms_of(channel):
        variant = ChannelVariant(channel, form)
        if variant not in last_year.outcomes:
            continue
        names = [
            labels.party_name(actor)
            for actor_index, actor in enumerate(last_year.actor_network.actors)
            if actor in year.actor_network.actors
            and year.outcomes[variant].majority_sign(year.actor_network.actors.index(actor))
            != last_year.outcomes[variant].majority_sign(actor_index)
        ]
        if names:
            phrases.append(f"{join_words(names)} ({form_words(last_year, variant, labels)})")
    return phrases


def _robustness(years: Sequence[YearGains], channel: str, form_dependent: Sequence[str]) -> Robustness:
    if form_dependent:
        return Robustness("fragile", f"How the channel is run turns the sign for {join_words(form_dependent)}.")
    outcomes = [
        (year, year.outcomes[ChannelVariant(channel, form)]) for year in years for form in year.forms_of(channel)
    ]
    signs: dict[str, set[int]] = {}
    is_sure = []
    for year, outcome in outcomes:
        for actor_index, actor in enumerate(year.actor_network.actors):
            if outcome.is_affected(actor_index):
                signs.setdefault(actor, set()).add(outcome.majority_sign(actor_index))
                is_sure.append(
                    max(float(outcome.gain_frequency[actor_index]), float(outcome.loss_frequency[actor_index]))
                    >= SURE_SHARE
                )
    if not is_sure:
        return Robustness("descriptive")
    if any(len(actor_signs) > 1 for actor_signs in signs.values()):
        return Robustness("fragile", "In another year some signs are others.")
    if all(is_sure):
        return Robustness("robust", "Every sign is the same in at least 95 of 100 draws, however the channel is run.")
    return Robustness("moderate", "Not every sign is the same in 95 of 100 draws.")
