"""The known word that an unknown one was probably meant for: by its letters, or because it means the same."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterable

from detente.errors import nearest_of

ALL_COMPARED = 200
"""So many words are compared letter by letter; of more, only those that share most pairs of letters."""
COMPARED = 40
LOOKED_UP = 4_000
"""Entries of the index that are looked up for one word, the rarest pairs of letters first."""
SURE = 0.8
"""Likeness (Ratcliff and Obershelp, as in difflib) from which a word is taken for the other."""
POSSIBLE = 0.6
"""Likeness from which a word is suggested."""

SAME_MEANING: dict[str, tuple[str, ...]] = {
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
    "recipient": ("to",),
    "receiver": ("to",),
    "target": ("to", "targets"),
    "answers": ("to",),
    "in_reply_to": ("to",),
    "replies_to": ("to",),
    "offer": ("to",),
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


class Nearest:
    """Known words, to find the nearest of them to many unknown ones; each is looked for once."""

    def __init__(self, words: Iterable[str]):
        self.words = list(dict.fromkeys(words))
        self._found: dict[str, str | None] = {}
        self._index: dict[str, list[int]] = defaultdict(list)
        if len(self.words) > ALL_COMPARED:
            for number, word in enumerate(self.words):
                for pair in _pairs(word):
                    self._index[pair].append(number)

    def to(self, word: str) -> str | None:
        """The known word that is most like this one; None if none is."""
        if word not in self._found:
            self._found[word] = nearest_of(word, self._candidates(word), POSSIBLE)
        return self._found[word]

    def _candidates(self, word: str) -> list[str]:
        if not self._index:
            return self.words
        shared: Counter[int] = Counter()
        left = LOOKED_UP
        for held in sorted((self._index.get(pair, []) for pair in _pairs(word)), key=len):
            shared.update(held[:left])
            left -= len(held)
            if left <= 0:
                break
        return [self.words[number] for number, _ in shared.most_common(COMPARED)]


def _pairs(word: str) -> set[str]:
    """The pairs of neighbouring letters of a word, its ends marked."""
    marked = f" {word[:200].casefold()} "
    return {marked[at : at + 2] for at in range(len(marked) - 1)}


def meant_key(word: str, known: Iterable[str], present: Container[str] = ()) -> tuple[str | None, bool]:
    """The key that an unknown one was meant for, and whether that is sure enough to read on with it.

    Args:
        word: The unknown key.
        known: The keys that are known where it stands.
        present: Those of them that stand there already: it was meant for another.
    """
    free = [key for key in known if key not in present]
    plain = word.strip().casefold().replace("-", "_").replace(" ", "_")
    if near := nearest_of(plain, free, SURE):
        return near, True
    if same := next((key for key in SAME_MEANING.get(plain, ()) if key in free), None):
        return same, True
    return nearest_of(plain, known, POSSIBLE), False
