"""What a sentence for readers may not say, and how long it may be: the rules of plain words, for several tests."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

MOST_WORDS_IN_SENTENCE = 25
BANNED: dict[str, str] = {
    r"draws?": "simulation",
    r"hubs?": "Russia-run",
    r"collegiate": "by consensus",
    r"declines?|declined": "refuses",
    r"all reasons together": "counting all its reasons",
    r"own gains alone": "on its gains only",
    r"turns? on|turned on": "depends on",
    r"overturn(s|ed|ing)?|flip(s|ped)?": "reverses",
    r"room for manoeuvre": "freedom of action",
    r"displaces?|displaced|exclusivity": "replaces today's ties",
    r"efficiency": "how well it works",
    r"structural(ly)?": "built in",
    r"unsourced": "our estimate",
    r"decibels?|odds|priors?": "annex only",
    r"patience|noise": "how much the future counts; errors",
    r"links?": "tie",
    r"forms?": "way to run it",
    r"channels?-as-offered|scenario": "a short clause that says what is different",
}
"""What is not said to readers outside the annex, each with what is said instead."""
BARE_NUMBER = re.compile(r"(?<![\w.])\.\d")
SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"])|(?<=[.!?])$")
OF_HUNDRED = re.compile(r"(?P<times>times )?(?<!, )of 100\b(?: (?P<noun>[a-z]+s)\b)?")
WORD = re.compile(r"[\w’'<>%.,–+−-]*\w[\w’'<>%.,–+−-]*")
CONFIDENCE = re.compile(r"\b(low|moderate|high) confidence\b|\bconfidence\b", re.IGNORECASE)
LIKELIHOOD = re.compile(r"\b(almost no chance|very unlikely|unlikely|about even|likely|very likely|almost certain)\b")


def count_words(text: str) -> int:
    """How many words a text has."""
    return len(WORD.findall(text))


def split_sentences(text: str) -> list[str]:
    """The sentences of a text."""
    return [sentence for sentence in SENTENCE_END.split(text.strip()) if sentence.strip()]


def banned_words(text: str) -> Iterator[str]:
    """What a text says and should not, each with what to say instead; what stands in backticks is a key."""
    without_keys = re.sub(r"`[^`]*`", "", text)
    for pattern, instead in BANNED.items():
        for found in re.finditer(rf"(?<![\w-])(?:{pattern})(?![\w-])", without_keys, re.IGNORECASE):
            yield f"“{found.group()}” (say: {instead}) in: {text}"
    for found in BARE_NUMBER.finditer(without_keys):
        yield f"a bare “{found.group()}” in: {text}"


def sentence_faults(text: str) -> Iterator[str]:
    """Sentences that are too long, or tell likelihood and confidence at once."""
    for sentence in split_sentences(text):
        if count_words(sentence) > MOST_WORDS_IN_SENTENCE:
            yield f"{count_words(sentence)} words: {sentence}"
        if CONFIDENCE.search(sentence) and LIKELIHOOD.search(sentence):
            yield f"likelihood and confidence in one sentence: {sentence}"


def number_faults(text: str) -> Iterator[str]:
    """A paragraph whose first count of 100 does not say of what: `4 of 100 simulations`; later ones stand alone."""
    first = OF_HUNDRED.search(text)
    if first and not (first["times"] or first["noun"]):
        yield f"“{first.group()}” without its noun in: {text}"


def word_faults(texts: Iterable[str]) -> list[str]:
    """All that is wrong with some texts."""
    return [fault for text in texts for fault in (*banned_words(text), *sentence_faults(text))]
