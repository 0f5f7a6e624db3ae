"""The known word that an unknown one was probably meant for: by its letters, or because it means the same."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterable

from detente.errors import nearest_word

MAX_FULLY_COMPARED = 200
"""So many words are compared letter by letter; of more, only those that share most pairs of letters."""
MAX_CANDIDATES = 40
MAX_LOOKUPS = 4_000
"""Entries of the index that are looked up for one word, the rarest pairs of letters first."""
SURE_LIKENESS = 0.8
"""Likeness (Ratcliff and Obershelp, as in difflib) from which a word is taken for the other."""
POSSIBLE_LIKENESS = 0.6
"""Likeness from which a word is suggested."""

SYNONYMS: dict[str, tuple[str, ...]] = {
    "since": ("in", "date", "founded"),
    "from": ("by", "in", "of"),
    "until": ("in", "date"),
    "when": ("date", "in", "during"),
    "during": ("in", "date"),
    "year": ("date", "in", "on"),
    "years": ("in", "period", "snapshots", "date"),
    "dates": ("date", "in", "snapshots", "period"),
    "dated": ("date", "in"),
    "time": ("date", "in"),
    "day": ("date", "on"),
    "joined": ("in",),
    "period": ("in", "during", "date"),
    "author": ("by", "coder", "speaker"),
    "who": ("by", "of", "speaker", "actor"),
    "sender": ("by",),
    "proposer": ("by",),
    "made_by": ("by",),
    "offered_by": ("by",),
    "answered_by": ("by",),
    "judge": ("by",),
    "addressee": ("to",),
    "addressees": ("to",),
    "recipient": ("to",),
    "recipients": ("to",),
    "receiver": ("to",),
    "target": ("to", "targets"),
    "answers": ("to", "counters"),
    "in_reply_to": ("to", "counters"),
    "replies_to": ("to", "counters"),
    "offer": ("to", "counters"),
    "in_answer_to": ("to", "counters"),
    "response": ("answer",),
    "reply": ("answer",),
    "result": ("answer", "outcome"),
    "verdict": ("outcome", "says"),
    "text": ("says", "title"),
    "description": ("says", "title", "note"),
    "summary": ("says", "title"),
    "content": ("says",),
    "statement": ("says",),
    "what": ("says", "title"),
    "definition": ("says", "definition"),
    "heading": ("title", "name"),
    "label": ("short", "name", "title"),
    "abbreviation": ("short",),
    "acronym": ("short",),
    "name": ("title", "short"),
    "title": ("name", "says"),
    "reason": ("because",),
    "why": ("because",),
    "rationale": ("because",),
    "justification": ("because",),
    "comment": ("note", "because"),
    "comments": ("note", "because"),
    "remark": ("note",),
    "notes": ("note",),
    "source": ("sources", "at", "according_to"),
    "reference": ("at", "sources", "cite"),
    "ref": ("at", "sources"),
    "citation": ("cite", "at", "sources"),
    "where": ("at",),
    "place": ("at",),
    "locator": ("at",),
    "chars": ("span", "characters"),
    "range": ("span", "uniform"),
    "position": ("span", "stance"),
    "pages": ("page",),
    "link": ("url", "links"),
    "href": ("url",),
    "uri": ("url",),
    "path": ("file",),
    "type": ("kind", "type"),
    "category": ("kind", "group", "type"),
    "kind": ("type",),
    "role": ("status", "kind"),
    "country": ("actor", "iso"),
    "state": ("actor",),
    "member": ("actor", "members"),
    "party": ("actor", "of", "by"),
    "parties": ("between", "among", "actors"),
    "participants": ("among", "between", "actors"),
    "sides": ("between",),
    "players": ("between", "among"),
    "owner": ("of",),
    "belongs_to": ("of",),
    "organisation": ("of", "organisation"),
    "organization": ("of", "organisation"),
    "speaks": ("speaker",),
    "said_by": ("speaker",),
    "proposals": ("proposes", "on"),
    "offers": ("proposes", "record"),
    "probability": ("value", "prior", "likelihood"),
    "mean": ("value", "normal"),
    "min": ("from", "uniform"),
    "low": ("from",),
    "minimum": ("from",),
    "max": ("to",),
    "high": ("to",),
    "maximum": ("to",),
    "threshold": ("quota",),
    "majority": ("quota",),
    "votes": ("weights",),
    "explains": ("for",),
    "countries": ("actors",),
    "states": ("actors",),
    "people": ("actors",),
    "persons": ("actors",),
    "alliances": ("organisations",),
    "events": ("record",),
    "history": ("record",),
    "timeline": ("record",),
    "happenings": ("record",),
    "include": ("import",),
    "includes": ("import",),
    "imports": ("import",),
    "files": ("import",),
    "id": ("case",),
    "subject": ("question", "about", "topic"),
}
"""Words that people write, and the keys they mean by them, the likelier first."""


class NearestWords:
    """Known words, to find the nearest of them to many unknown ones; each is looked for once."""

    def __init__(self, words: Iterable[str]):
        self.words = list(dict.fromkeys(words))
        self._matches: dict[str, str | None] = {}
        self._pair_index: dict[str, list[int]] = defaultdict(list)
        if len(self.words) > MAX_FULLY_COMPARED:
            for number, word in enumerate(self.words):
                for pair in _letter_pairs(word):
                    self._pair_index[pair].append(number)

    def best_match(self, word: str) -> str | None:
        """The known word that is most like this one; None if none is."""
        if word not in self._matches:
            self._matches[word] = nearest_word(word, self._candidates(word), POSSIBLE_LIKENESS)
        return self._matches[word]

    def _candidates(self, word: str) -> list[str]:
        if not self._pair_index:
            return self.words
        shared: Counter[int] = Counter()
        remaining_lookups = MAX_LOOKUPS
        for word_numbers in sorted((self._pair_index.get(pair, []) for pair in _letter_pairs(word)), key=len):
            shared.update(word_numbers[:remaining_lookups])
            remaining_lookups -= len(word_numbers)
            if remaining_lookups <= 0:
                break
        return [self.words[number] for number, _ in shared.most_common(MAX_CANDIDATES)]


def _letter_pairs(word: str) -> set[str]:
    """The pairs of neighbouring letters of a word, its ends marked."""
    marked = f" {word[:200].casefold()} "
    return {marked[start : start + 2] for start in range(len(marked) - 1)}


def intended_key(word: str, known_keys: Iterable[str], present_keys: Container[str] = ()) -> tuple[str | None, bool]:
    """The key that an unknown one was meant for, and whether that is sure enough to read on with it.

    Args:
        word: The unknown key.
        known: The keys that are known where it stands.
        present: Those of them that stand there already: it was meant for another.
    """
    free = [key for key in known_keys if key not in present_keys]
    plain = word.strip().casefold().replace("-", "_").replace(" ", "_")
    if likely_key := nearest_word(plain, free, SURE_LIKENESS):
        return likely_key, True
    if synonym := next((key for key in SYNONYMS.get(plain, ()) if key in free), None):
        return synonym, True
    return nearest_word(plain, known_keys, POSSIBLE_LIKENESS), False
