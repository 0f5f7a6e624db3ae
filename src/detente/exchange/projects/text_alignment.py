"""Where the words of one text stand in another copy of it: exactly, but for white space and the like, or nearly.

Copies of a document differ by what programs do to them: a heading more, other ends of lines, quotation marks that were
made curly, a letter misread. So positions of one copy say nothing of the other, and words do. Where the same words
stand in several places the text around them tells which is meant, or nothing does; then all places are given back.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import Match, SequenceMatcher
from functools import cached_property

from detente.exchange.projects.text_normalization import Folded, folded

CONTEXT = 400
"""So many characters on each side of some words are compared with those around them in the other text."""
CERTAIN = 20
"""Words and what agrees around them have at least so many characters, or they may have been met by chance."""
APART = 16
"""The text around the right place agrees for at least so many characters more than around any other."""
LIKE = 0.75
"""Words are at least so much alike, as a share of both, to be taken for the same."""
RUNNER_UP = 0.1
"""Another place is at least so much less alike."""
MOST_PLACES = 200
"""At more places than these, words are not told apart."""
MOST_WORK = 10**10
"""So many characters are looked at, in all, for the words of one text in another."""

_SEED, _SEEDS, _CLUSTERS, _LONG, _NEARLY = 14, 8, 3, 4000, 24
_COMPARISON, _NEARNESS = 50, 3 * 10**6
# Scripts that put no spaces between words count by the character (Thai, Lao, Khmer, kana, Han).
_UNSPACED = r"[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff]"
_TOKEN = re.compile(rf"{_UNSPACED}|(?:(?!{_UNSPACED})\w)+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Found:
    """A place in the other text."""

    start: int
    end: int
    """Exclusive."""
    likeness: float = 1.0
    """How much of both texts is the same, from 0 to 1; 1 where they differ at most by white space and the like."""


class Alignment:
    """Two copies of a text, and from places in theirs to places in ours."""

    def __init__(self, theirs: str, ours: str):
        self.theirs, self.ours = theirs, ours
        self._left = MOST_WORK

    @cached_property
    def _their(self) -> Folded:
        return folded(self.theirs)

    @cached_property
    def _our(self) -> Folded:
        return folded(self.ours)

    @cached_property
    def same(self) -> bool:
        """Whether the two differ at most by white space and the like."""
        return self.theirs == self.ours or self._their.text.strip() == self._our.text.strip()

    @property
    def exhausted(self) -> bool:
        """Whether so much has been looked at that nothing more will be."""
        return self._left < 0

    def find(self, start: int, end: int) -> tuple[Found, ...]:
        """Where a passage of their text stands in ours: nowhere, in one place, or in several that nothing tells apart.

        Args:
            start: Its first character, in code points.
            end: The one after its last.
        """
        if self.theirs == self.ours:
            return (Found(start, end),) if self.ours[start:end].strip() else ()
        first, last = self._their.span(start, end)
        words = self._their.text[first:last]
        if not words:
            return ()
        if self.same:
            shift = _lead(self._our.text) - _lead(self._their.text)
            return (self._found(first + shift, last + shift),)
        places = self._exactly(first, last)
        return self._told_apart(first, last, places) if places else self._nearly(words)

    def _found(self, first: int, last: int, likeness: float = 1.0) -> Found:
        return Found(*self._our.raw(first, last), likeness)

    def _all(self, words: str, fits: Callable[[int], bool] = lambda _: True) -> list[int]:
        """Where some words begin in our text: all places that fit, or a few more than are told apart."""
        places: list[int] = []
        at = self._our.text.find(words)
        while at >= 0 and len(places) <= MOST_PLACES and not self.exhausted:
            places += [at] if fits(at) else []
            self._left -= _COMPARISON
            at = self._our.text.find(words, at + 1)
        self._left -= len(self._our.text)
        return places

    def _exactly(self, first: int, last: int) -> list[int]:
        """Where the same words begin and end as words do in their text."""
        theirs, ours = self._their.text, self._our.text
        begins, ends = _within_word(theirs, first), _within_word(theirs, last)

        def fits(at: int) -> bool:
            return _within_word(ours, at) <= begins and _within_word(ours, at + last - first) <= ends

        found = self._all(theirs[first:last], fits)
        return [] if self.exhausted else found

    def _told_apart(self, first: int, last: int, places: Sequence[int]) -> tuple[Found, ...]:
        """The place that the text around it shows to be meant; all of them where it does not."""
        size = last - first
        around = [self._agreement(first, last, at, at + size) for at in places]
        best = max(range(len(places)), key=around.__getitem__)
        others = [agreed for k, agreed in enumerate(around) if k != best]
        certain = size + around[best] >= CERTAIN and len(places) <= MOST_PLACES
        if len(places) == 1 and self._their.text.count(self._their.text[first:last]) > 1:
            certain = around[best] >= APART  # the others are not in our text, or not so
        if certain and all(around[best] - agreed >= APART for agreed in others):
            return (self._found(places[best], places[best] + size),)
        # One place that is not certain is no place: these words may stand there by chance.
        return tuple(self._found(at, at + size) for at in places) if len(places) > 1 else ()

    def _agreement(self, first: int, last: int, begin: int, end: int) -> int:
        """How many characters before and after two places are the same."""
        theirs, ours = self._their.text, self._our.text
        before = _common(theirs[max(first - CONTEXT, 0) : first][::-1], ours[max(begin - CONTEXT, 0) : begin][::-1])
        after = _common(theirs[last : last + CONTEXT], ours[end : end + CONTEXT])
        self._left -= _COMPARISON * (before + after)
        return before + after

    def _nearly(self, words: str) -> tuple[Found, ...]:
        """Where words stand that are much like these."""
        if len(words) > _LONG:
            return self._by_its_ends(words)
        found: list[tuple[int, int, float]] = []
        for begin, end in self._windows(words):
            near = _nearest(words, self._our.text[begin:end])
            if near and near[2] >= LIKE and all(begin + near[0] >= b or begin + near[1] <= a for a, b, _ in found):
                found.append((begin + near[0], begin + near[1], near[2]))
        best = max((likeness for *_, likeness in found), default=0)
        return tuple(self._found(*place) for place in found if place[2] > best - RUNNER_UP)

    def _by_its_ends(self, words: str) -> tuple[Found, ...]:
        """Where a long passage stands, by how it begins and how it ends."""
        half = _LONG // 2
        head, tail = self._nearly(words[:half]), self._nearly(words[-half:])
        if len(head) != 1 or len(tail) != 1 or not head[0].start < tail[0].end:
            return ()
        first, last = self._our.span(head[0].start, tail[0].end)
        like = 2 * min(last - first, len(words)) / (last - first + len(words))
        return (self._found(first, last, min(like, head[0].likeness, tail[0].likeness)),) if like >= LIKE else ()

    def _windows(self, words: str) -> Iterator[tuple[int, int]]:
        """Stretches of our text that share pieces with these words, those that share most first."""
        if len(words) < _NEARLY:
            return
        step = max((len(words) - _SEED) // (_SEEDS - 1), 1)
        slack = max(len(words) // 4, 40)
        begins: list[int] = []
        for offset in range(0, len(words) - _SEED + 1, step):
            if self.exhausted:
                return
            seen = self._all(words[offset : offset + _SEED])
            begins += [at - offset for at in seen] if len(seen) <= MOST_PLACES else []
        clusters: list[list[int]] = []
        for begin in sorted(begins):
            if clusters and begin - clusters[-1][0] <= 2 * slack:
                clusters[-1].append(begin)
            else:
                clusters.append([begin])
        for cluster in sorted(clusters, key=len, reverse=True)[:_CLUSTERS]:
            self._left -= _NEARNESS
            yield max(cluster[0] - slack, 0), cluster[-1] + len(words) + slack


def _nearest(words: str, window: str) -> tuple[int, int, float] | None:
    """The stretch of a window that is most like some words, and how much of both is the same."""
    theirs = [match.span() for match in _TOKEN.finditer(words)]
    ours = [match.span() for match in _TOKEN.finditer(window)]
    matcher = SequenceMatcher(None, [words[a:b] for a, b in theirs], [window[a:b] for a, b in ours])
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    if not blocks:
        return None
    kept = _together(blocks)
    # Words that were changed at an end are words of the passage still, one for one.
    first = max(kept[0].b - kept[0].a, 0)
    last = min(kept[-1].b + kept[-1].size + len(theirs) - kept[-1].a - kept[-1].size, len(ours))
    begin, end = ours[first][0], ours[last - 1][1]
    alike = sum(theirs[k][1] - theirs[k][0] for block in kept for k in range(block.a, block.a + block.size))
    inked = sum(b - a for a, b in theirs) + sum(b - a for a, b in ours[first:last])
    return begin, end, 2 * alike / inked


def _together(blocks: Sequence[Match]) -> list[Match]:
    """The blocks that stand about as far apart in the window as in the words, counted from the largest."""
    middle = max(range(len(blocks)), key=lambda k: blocks[k].size)
    first = last = middle
    while first and _near(blocks[first - 1], blocks[first]):
        first -= 1
    while last + 1 < len(blocks) and _near(blocks[last], blocks[last + 1]):
        last += 1
    return list(blocks[first : last + 1])


def _near(one: Match, next: Match) -> bool:
    return next.b - one.b - one.size <= 2 * (next.a - one.a - one.size) + 5


def _within_word(text: str, at: int) -> bool:
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()


def _common(one: str, other: str) -> int:
    """How many characters two texts begin alike with."""
    return next((k for k, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _lead(text: str) -> int:
    return len(text) - len(text.lstrip())
