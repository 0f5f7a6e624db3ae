"""What the room calls its parties, kinds of approaches and answers, within sentences and in pictures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from detente.case.entries.entries import case_entries
from detente.case.schema.case import Case
from detente.case.schema.record import AnswerKind, Manner
from detente.methods.chronology.response_time import WaitingTime
from detente.text.english import cardinal, join_words, without_article
from detente.text.names_in_sentences import with_small_article

MANNER_NOUNS: Mapping[Manner, tuple[str, str]] = {
    "formal": ("formal offer", "formal offers"),
    "declaration": ("declaration", "declarations"),
    "talks": ("approach in talks", "approaches in talks"),
    "informal": ("informal sounding", "informal soundings"),
    "public": ("public statement", "public statements"),
}
"""Each kind of approach: one of it, and several."""
ANSWER_PHRASES: Mapping[AnswerKind, str] = {
    "accept": "accepted",
    "contact": "led to contact",
    "ask": "asked for more",
    "counter": "made another offer",
    "redirect": "pointed to other ties",
    "refuse": "refused",
    "silence": "no answer, a source says",
}
"""What became of an approach, in a picture: by each kind of answer."""
MOST_WORDS = 25
"""Words of a sentence; one that would be longer counts what it would have named."""


def name_in_sentence(case: Case, party: str) -> str:
    """What a party is called within a sentence: a full name of several words takes an article, a short name its own."""
    label = case_entries(case)[party].label
    organisation = case.organisations.get(party)
    is_full_name = organisation is not None and not organisation.short and " " in label
    if is_full_name and not label.lower().startswith("the "):
        return f"the {label}"
    return with_small_article(label)


def name_alone(case: Case, party: str) -> str:
    """What a party is called in a heading, a cell or a picture."""
    return without_article(name_in_sentence(case, party))


def count_of(count: int, total: int, noun: str, plural: str) -> str:
    """`none of the four approaches`, `both approaches`, `two of the four approaches`, `the one approach`."""
    if total == 1:
        return f"the one {noun}" if count else f"no {noun}"
    if count == 0:
        return f"{'neither' if total == 2 else 'none'} of the {cardinal(total)} {plural}"
    if count == total:
        return f"both {plural}" if total == 2 else f"all {cardinal(total)} {plural}"
    return f"{cardinal(count)} of the {cardinal(total)} {plural}"


def if_short(sentence: str, shorter: str) -> str:
    """A sentence that names things, or where that is too long the one that counts them."""
    return sentence if len(sentence.split()) <= MOST_WORDS else shorter


def join_names(case: Case, parties: Sequence[str], most: int = 4) -> str:
    """Some parties by name, or where they are more than some how many they are."""
    if len(parties) > most:
        return f"{cardinal(len(parties))} parties"
    return join_words(name_in_sentence(case, party) for party in parties)


def they_were(count: int) -> str:
    """`it was`, of one approach; `they were`, of several and of none."""
    return "it was" if count == 1 else "they were"


def wait_phrase(wait: WaitingTime) -> str:
    """How long a wait was: `9 to 11 months`, `up to 24 months`, `1 month`, `less than a month`."""
    low, high = round(wait.shortest_months), round(wait.longest_months)
    if high == 0:
        return "less than a month"
    months = "1 month" if high == 1 else f"{high} months"
    return months if low == high else f"{low} to {months}" if low else f"up to {months}"
