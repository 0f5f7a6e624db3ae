"""How the chapter opens: what became of the approaches in one sentence, and a few more on when and on replies."""

from __future__ import annotations

from collections.abc import Iterator

from detente.rooms.record.findings.text import count_of, name_in_sentence
from detente.rooms.record.model.contradictions import count_by_kind
from detente.rooms.record.model.offers import OfferRecord
from detente.rooms.record.model.record import RecordModel
from detente.text.english import cardinal, count_noun, upper_first

NOTHING_OFFERED = "The case records no approach of one side to the other."


def record_headline(model: RecordModel) -> str:
    """How many of the approaches were accepted, in one sentence."""
    offers, total = model.offers, len(model.case.recorded_offers)
    if not total:
        return NOTHING_OFFERED
    if len(offers.recipients) == 1:
        return _headline_of_one(name_in_sentence(model.case, offers.recipients[0]), offers, total)
    return _headline_of_several(offers, total)


def _headline_of_one(recipient: str, offers: OfferRecord, total: int) -> str:
    """Where all approaches were made to one party."""
    count, elsewhere = offers.accepted_count, offers.accepted_elsewhere_count
    if total == 1 and not count:
        return f"{upper_first(recipient)} did not accept the one approach on record."
    subject = count_of(count, total, "approach", "approaches")
    text = f"{upper_first(recipient)} accepted {subject} on record"
    if count and count == elsewhere:
        through = "through another channel" if count == 1 else "all through other channels"
        return f"{text}, {through}."
    if elsewhere:
        return f"{text}, {cardinal(elsewhere)} of them through another channel."
    return f"{text}."


def _headline_of_several(offers: OfferRecord, total: int) -> str:
    """Where approaches were made to several, of whom each may answer for itself."""
    accepted, partly = offers.accepted_count, offers.partly_accepted_count
    verb = "was" if accepted < 2 else "were"
    if total == 1 and not accepted and not partly:
        return "The one approach on record was not accepted."
    subject = count_of(accepted, total, "approach", "approaches")
    if not partly:
        return f"{upper_first(subject)} on record {verb} accepted."
    if total == 1:
        return "The one approach on record was accepted by some to whom it was made, and not by all."
    others = "another by some" if accepted == partly == 1 else f"{cardinal(partly)} by some"
    if not accepted:
        return f"{upper_first(subject)} on record was accepted by all to whom it was made, {others}."
    whom = f"all to whom {'it was' if accepted == 1 else 'they were'} made"
    return f"Of {cardinal(total)} approaches on record, {cardinal(accepted)} {verb} accepted by {whom}, {others}."


def record_lead(model: RecordModel) -> str:
    """When the approaches were made and whose they were, how many got no reply, and where the sources disagree."""
    if not model.case.recorded_offers:
        return ""
    return " ".join(
        filter(None, (*_offers_sentences(model), no_reply_sentence(model.offers), _dispute_sentence(model)))
    )


def _offers_sentences(model: RecordModel) -> Iterator[str]:
    """When they were made, how many are formal offers, and what became of those between the two sides."""
    offers, total = model.offers, len(model.case.recorded_offers)
    formal, undated = offers.manner_counts["formal"], sum(offer.date is None for offer in model.case.recorded_offers)
    if total == 1:
        when = f"of {offers.years[1]}" if offers.years else "without a date"
        yield f"It is {'a formal offer' if formal else 'an approach short of a formal offer'} {when}."
    else:
        yield f"{upper_first(_formal_phrase(formal, total))}; {_dates_phrase(offers.years, undated, total)}."
    if of_side := offers.of_side:
        count = len(of_side.ids)
        if 0 < count < total:
            verb = "was" if count == 1 else "were"
            offering, answering = (name_in_sentence(model.case, side) for side in (of_side.offering, of_side.answering))
            made = f"{upper_first(cardinal(count))} {verb} made by or for {offering}"
            yield f"{made}; {answering} {_accepted_phrase(of_side.accepted_count, count)}."


def _formal_phrase(formal: int, total: int) -> str:
    """`three of them are formal offers`, of several approaches."""
    if formal == 0:
        return "none is a formal offer"
    if formal == total:
        return f"{'both' if total == 2 else 'all'} are formal offers"
    return f"{cardinal(formal)} of them {'is a formal offer' if formal == 1 else 'are formal offers'}"


def _dates_phrase(years: tuple[int, int] | None, undated: int, total: int) -> str:
    """From when to when the dates run."""
    if years is None:
        return "no year of theirs is known" if undated < total else "none has a date"
    first, last = years
    if first != last:
        return f"the dates run from {first} to {last}"
    return f"the dates are all of {first}"


def _accepted_phrase(accepted: int, count: int) -> str:
    if count == 1:
        return "accepted it" if accepted else "did not accept it"
    if accepted == count:
        return f"accepted {'both' if count == 2 else 'all of these'}"
    if accepted == 0:
        return f"accepted {'neither' if count == 2 else 'none of these'}"
    return f"accepted {cardinal(accepted)} of these"


def no_reply_sentence(offers: OfferRecord) -> str:
    """To how many approaches the sources report no reply; nothing where they report one to each."""
    count, total = len(offers.unanswered), len(offers.fates)
    if not count:
        return ""
    caveat = "and do not say that there was none"
    if count == total:
        return f"The sources report no reply to {'it' if total == 1 else 'any of them'}, {caveat}."
    return f"For {cardinal(count)} of the {cardinal(total)} the sources report no reply, {caveat}."


def _dispute_sentence(model: RecordModel) -> str:
    """In how many places the sources contradict each other or themselves; nothing where they do not."""
    counts = count_by_kind(model.contradictions)
    count = counts["between-documents"] + counts["within-document"]
    if not count:
        return ""
    return f"The sources contradict each other or themselves in {count_noun(count, 'place')}."
