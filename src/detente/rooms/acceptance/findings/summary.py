"""What is said in short of who accepts: the answer, its tile, what was taken for granted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.case.index.labels import GAINS_PATHS
from detente.case.schema.case import Case
from detente.results.finding import Finding, Tile
from detente.rooms.acceptance.findings.mechanism_contributions import MOST_NAMED, reason_names
from detente.rooms.acceptance.findings.sensitivity.choices import choices_brief
from detente.rooms.acceptance.findings.sensitivity.defaults import carrying_defaults, defaults_sentence
from detente.rooms.acceptance.findings.sensitivity.prior_sensitivity import reversing_sets
from detente.rooms.acceptance.findings.sensitivity.tipping_points import turned_refusals_phrase
from detente.rooms.acceptance.findings.text import (
    GENEROUS_TEST,
    STRICT_TEST,
    AcceptanceLabels,
    by_theory,
    once_or_each,
    per_form_phrase,
    share_range,
)
from detente.rooms.acceptance.model.choices.choice_sensitivity import ChoicesResult
from detente.rooms.acceptance.model.decision.decision_makers import ALL_MECHANISMS
from detente.rooms.acceptance.model.decision.mechanism_contributions import DECISIVE_SHARE, leading_where_most
from detente.rooms.acceptance.model.sensitivity.prior_sensitivity import PriorAcceptance
from detente.text.english import join_words, upper_first
from detente.text.likelihood import likelihood_clause
from detente.text.number_format import per_hundred

MAJORITY = 0.5
DECISION_PATHS = ("mechanisms.", "outside.", "response.", "regimes.")
"""How the paths of the numbers begin on which decisions rest, besides those of gains."""


def acceptance_brief(
    labels: AcceptanceLabels, priors: Sequence[PriorAcceptance], choices: ChoicesResult, threat_finding: Finding | None
) -> str:
    """The answer for the first screen: how often it declines, what that turns on, what would reverse it."""
    deciders = labels.deciders
    threat_sentence = _threat_sentence(labels) if threat_finding and not deciders.is_threatened else ""
    defaults_told = defaults_sentence(labels, choices) if carrying_defaults(labels, choices) else ""
    sentences = (
        *_likelihood_sentences(labels),
        _tests_sentence(labels),
        _priors_sentence(labels, priors),
        choices_brief(labels, choices),
        defaults_told,
        _decisive_sentence(labels),
        threat_sentence,
    )
    return " ".join(filter(None, sentences))


def _likelihood_sentences(labels: AcceptanceLabels) -> Iterator[str]:
    """How likely it is that the other side accepts, in a word and by both tests: for each form of the channel, or once
    where forms do not differ in what a reader sees."""
    deciders, result, theory = labels.deciders, labels.result, labels.deciders.full_theory
    shares = {
        labels.form_phrase(variant): (result.acceptance_share(variant, theory), result.generous_share(variant, theory))
        for variant in deciders.offered_variants
    }
    if len({tuple(map(per_hundred, both)) for both in shares.values()}) == 1:
        shares = {"": next(iter(shares.values()))}
    for position, (form, (strict, generous)) in enumerate(shares.items()):
        what = f"{labels.answering_side} accepts{'' if position else f' {labels.quoted_channel}'}"
        clause = likelihood_clause((strict, generous), what)
        counted = "" if position else " of 100 draws"
        numbers = f"{per_hundred(strict)}{counted} by the strict test, {per_hundred(generous)} by the generous one"
        yield f"{upper_first(f'{form}, {clause}' if form else clause)}: {numbers}."


def _tests_sentence(labels: AcceptanceLabels) -> str:
    """What the two tests ask, and what the draws are from."""
    numbers = labels.gains_labels.unsourced_inputs_phrase(GAINS_PATHS + DECISION_PATHS)
    return f"Strict: {STRICT_TEST}. Generous: {GENEROUS_TEST}. The draws are from the numbers assumed ({numbers})."


def _priors_sentence(labels: AcceptanceLabels, priors: Sequence[PriorAcceptance]) -> str:
    """How often it accepts under other sets of assumptions, and under which most draws say otherwise."""
    if not priors:
        return ""
    theory_id = labels.deciders.full_theory.id
    shares = [share.after.value for one in priors for key, share in one.what_if.strict.items() if key[1] == theory_id]
    titles = [f"“{one.title}”" for one in reversing_sets(labels, priors, "strict")]
    reversing = f"; most draws say otherwise under {join_words(titles)}" if titles else ""
    return f"Under other sets of assumptions it accepts in {share_range(shares)} of 100, by the strict test{reversing}."


def _decisive_sentence(labels: AcceptanceLabels) -> str:
    """What decides it: own gains, and what counts besides, as a whole and reason by reason."""
    deciders, result = labels.deciders, labels.result
    if deciders.absolute_gains == deciders.full_theory:
        return ""
    declined_by_gains = once_or_each(
        [
            per_hundred(1 - result.acceptance_share(variant, deciders.absolute_gains))
            for variant in deciders.offered_variants
        ]
    )
    deciding_shares = [
        sum(result.decisive_shares(variant, deciders.full_theory)) for variant in deciders.offered_variants
    ]
    sentence = f"Its own gains alone would have it decline in {declined_by_gains}"
    if max(deciding_shares) < DECISIVE_SHARE:
        return f"{sentence}, so what it cares for besides decides next to nothing."
    besides_phrase = (
        f"what it cares for besides decides {once_or_each([per_hundred(share) for share in deciding_shares])}"
    )
    return f"{sentence}; {besides_phrase}{_leading_clause(labels)}."


def _leading_clause(labels: AcceptanceLabels) -> str:
    """Which reasons account for most of that, in the form of the channel in which reasons change most."""
    leading = leading_where_most(labels.result)
    if not leading.contributions:
        return f", no reason more than {per_hundred(DECISIVE_SHARE)}"
    if len(leading.contributions) > MOST_NAMED:
        return ", and so many draws do not tell its reasons apart"
    form = labels.form_phrase(leading.variant)
    several = len(leading.contributions) > 1
    amount = per_hundred(sum(map(abs, leading.contributions.values())))
    details = [
        " ".join(filter(None, [amount, "together" if several else "", form])),
        *(["so many draws do not tell them apart"] if several else []),
    ]
    return f", first of all {reason_names(labels, leading.contributions)} ({'; '.join(details)})"


def _threat_sentence(labels: AcceptanceLabels) -> str:
    return f"A grave threat, felt by both, would reverse {turned_refusals_phrase(labels)} of 100 refusals."


def acceptance_tile(labels: AcceptanceLabels) -> Tile:
    """Whether the other side accepts."""
    deciders, result = labels.deciders, labels.result
    shares = [result.acceptance_share(variant, deciders.full_theory) for variant in deciders.offered_variants]
    is_accepted = {share > MAJORITY for share in shares}
    if len(is_accepted) > 1:
        value = f"Whether {labels.answering_side} accepts turns on how the channel is run"
    else:
        value = f"{upper_first(labels.answering_side)} {'accepts' if is_accepted.pop() else 'declines'}"
    shares_by_form = [
        (labels.form_phrase(variant), per_hundred(share))
        for variant, share in zip(deciders.offered_variants, shares, strict=True)
    ]
    generous_phrase = once_or_each(
        [per_hundred(result.generous_share(variant, deciders.full_theory)) for variant in deciders.offered_variants]
    )
    return Tile(
        "Who accepts",
        value,
        f"By the strict test accepted in {per_form_phrase(shares_by_form)} of 100 draws, by the generous one in "
        f"{generous_phrase}, {by_theory(deciders.full_theory)}",
    )


def acceptance_answer(
    labels: AcceptanceLabels,
    priors: Sequence[PriorAcceptance],
    choices: ChoicesResult,
    threat_finding: Finding | None,
    thresholds: Finding,
) -> str:
    """The section's own answer."""
    tile_sentence = acceptance_tile(labels).value
    return f"{tile_sentence}. {acceptance_brief(labels, priors, choices, threat_finding)} {thresholds.says}"


def acceptance_assumptions(case: Case, labels: AcceptanceLabels) -> Iterator[str]:
    """What was assumed without the case saying so."""
    deciders, declared_fields = labels.deciders, case.response.model_fields_set
    for side in deciders.sides:
        if deciders.declared_rule(side) is None:
            yield f"{labels.gains_labels.party_name(side)} decides by consensus."
    if deciders.full_theory.id == ALL_MECHANISMS:
        yield "All that the case says actors care for counts together."
    if deciders.full_theory == deciders.absolute_gains:
        yield "Actors care for nothing but their own gains."
    if "replies" not in declared_fields:
        yield "Silence costs little and keeps an offer alive longest; a no offends and ends it."
    default_phrases = [
        ("discount", "a year's delay takes a tenth off a gain"),
        ("hazard", "a grave threat arises about once in twenty years"),
        ("insight", "details could change the worth of the channel by a twentieth of what is at stake"),
        ("asking", "to make the offer costs a hundredth of what is at stake"),
        ("transfers", "what one member pays another arrives in full"),
        ("noise", "choices depart from the best by about a fiftieth of what is at stake"),
        ("belief", "an offer is at first believed to be accepted with a chance of one in four"),
    ]
    defaults_used = [phrase for key, phrase in default_phrases if key not in declared_fields]
    if defaults_used:
        yield upper_first(f"{join_words(defaults_used)}.")
    yield "Between the organisations nothing is paid for an agreement."
