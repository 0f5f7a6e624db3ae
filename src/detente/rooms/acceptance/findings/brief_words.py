"""What the acceptance room says on the brief: short labels, and in two sentences why."""

from __future__ import annotations

from detente.methods.offer_model.channel_variants import ChannelVariant
from detente.rooms.acceptance.findings.mechanism_contributions import MOST_NAMED, part_of_these, reason_names
from detente.rooms.acceptance.findings.sensitivity.choice_words import option_words
from detente.rooms.acceptance.findings.text import AcceptanceLabels
from detente.rooms.acceptance.model.choices.model_choices import ModelChoice
from detente.rooms.acceptance.model.decision.mechanism_contributions import leading_reasons
from detente.rooms.acceptance.model.sensitivity.what_would_change import TriedChange
from detente.text.brief_sentences import MOST_WORDS, range_phrase
from detente.text.english import clip_text, join_words, lower_first, upper_first, without_article
from detente.text.number_format import per_hundred

LONGEST_LABEL = 60
"""So many letters of a clause stand in a row of a picture."""
NEXT_TO_NONE = 0.05
"""What reasons decide less often than this hardly matters."""


def form_phrase(labels: AcceptanceLabels, variant: ChannelVariant) -> str:
    """A way to run the channel: `Russia-run`, `by consensus`; nothing where there is but one."""
    return without_article(labels.plain_form_phrase(variant))


def form_clause(labels: AcceptanceLabels, variant: ChannelVariant) -> str:
    """The same as a clause: `if Russia runs the channel`; nothing where there is but one."""
    return labels.gains_labels.form_clause(variant.form, labels.deciders.dealing_parties(variant))


def baseline_name(labels: AcceptanceLabels) -> str:
    """The channel that the offer is measured against, within a sentence."""
    return lower_first(labels.gains_labels.channel_title(labels.deciders.actor_network.observed_channel))


def change_label(labels: AcceptanceLabels, change: TriedChange) -> str:
    """What is otherwise, as a short clause."""
    case = labels.deciders.case
    if change.kind == "grave-threat":
        return "Both feel a grave threat"
    if change.kind == "adds-to-present":
        return f"The channel adds to {baseline_name(labels)}"
    if change.kind == "scenario":
        scenario = case.scenarios[change.id]
        return clip_text((scenario.title or scenario.says).rstrip("."), LONGEST_LABEL)
    return clip_text(case.priors[change.id].title, LONGEST_LABEL)


def change_sign(labels: AcceptanceLabels, change: TriedChange) -> str:
    """What could be observed if it came about, in a sentence; nothing where nobody says."""
    if change.kind == "grave-threat":
        return "Both sides name one threat as grave."
    if change.kind == "adds-to-present":
        return f"{upper_first(labels.offering_side)} offers its channel beside {baseline_name(labels)}."
    if change.kind == "scenario":
        return labels.deciders.case.scenarios[change.id].sign or ""
    return ""


def form_sign(labels: AcceptanceLabels, variant: ChannelVariant) -> str:
    """What could be observed if the channel were run so, and not by leading members."""
    return f"Members of {labels.offering_side} decide, even against {_leader_name(labels)}."


def option_label(labels: AcceptanceLabels, choice: ModelChoice, option_id: str) -> str:
    """What would be chosen otherwise, as a short clause."""
    words = option_words(labels, choice, option_id)
    if choice.id == "present-channel":
        words = f"measured against {lower_first(words)}"
    elif choice.id == "leading-member":
        words = f"{labels.gains_labels.party_name(option_id)} leads its side"
    return clip_text(upper_first(words), LONGEST_LABEL)


def _leader_name(labels: AcceptanceLabels) -> str:
    leader = labels.deciders.voters[labels.deciders.leading_voter]
    return labels.voter_name(leader)


def reason_sentences(labels: AcceptanceLabels) -> tuple[str, ...]:
    """Why, in at most two sentences: how often the channel alone pays, and what the other reasons do to that."""
    deciders = labels.deciders
    sentences = [_gains_sentence(labels)]
    if deciders.absolute_gains != deciders.full_theory:
        sentences.append(_other_reasons_sentence(labels))
    return tuple(sentences)


def _gains_sentence(labels: AcceptanceLabels) -> str:
    """How often the channel by itself pays for the side that answers, form by form."""
    deciders, result = labels.deciders, labels.result
    shares = {
        labels.plain_form_phrase(variant): per_hundred(result.acceptance_share(variant, deciders.absolute_gains))
        for variant in deciders.offered_variants
    }
    head = f"On its gains only, {labels.answering_side} would accept in"
    if len(set(shares.values())) == 1:
        return f"{head} {next(iter(shares.values()))} of 100 simulations."
    (first_form, first), *others = shares.items()
    rest = join_words((f"{share} ({form})" for form, share in others), "or")
    sentence = f"{head} {first} of 100 simulations ({first_form}) or {rest}."
    if len(sentence.split()) <= MOST_WORDS:
        return sentence
    own_gains = [result.acceptance_share(variant, deciders.absolute_gains) for variant in deciders.offered_variants]
    return f"{head} {range_phrase(min(own_gains), max(own_gains))} simulations, by how it is run."


def _other_reasons_sentence(labels: AcceptanceLabels) -> str:
    """How often its other reasons stop what would pay, or bring about what would not, where they do so most."""
    deciders, result = labels.deciders, labels.result
    moves = [
        (refusing, accepting, variant)
        for variant in deciders.offered_variants
        for refusing, accepting in [result.decisive_shares(variant, deciders.full_theory)]
    ]
    refusing, accepting, variant = max(moves, key=lambda move: max(move[:2]))
    most = max(refusing, accepting)
    clause = labels.form_phrase(variant)
    head = f"{upper_first(clause)}, " if clause else ""
    if most < NEXT_TO_NONE:
        return "What it cares for besides hardly changes that."
    named = _leading_phrase(labels, variant, against=refusing >= accepting)
    if refusing < accepting:
        subject = f"other reasons of {labels.answering_side}{named} bring a yes without a gain"
        return f"{head}{subject if head else upper_first(subject)} in {per_hundred(most)} of 100 simulations."
    of_these = part_of_these(refusing, result.acceptance_share(variant, deciders.absolute_gains))
    subject = f"other reasons of {labels.answering_side}{named} stop {of_these}"
    return f"{head}{subject if head else upper_first(subject)}."


def _leading_phrase(labels: AcceptanceLabels, variant: ChannelVariant, *, against: bool) -> str:
    """The reasons that weigh most one way, as in `, above all recognition,`; nothing where they cannot be told from
    others that pull the other way, or are too many to name."""
    shares = leading_reasons(labels.result, variant).contributions
    if not 0 < len(shares) <= MOST_NAMED or any((share < 0) != against for share in shares.values()):
        return ""
    return f", above all {reason_names(labels, shares)},"
