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

from detente.exchange.projects.text_normalization import FoldedText, fold_text

CONTEXT_LENGTH = 400
"""So many characters on each side of some words are compared with those around them in the other text."""
MIN_CERTAIN_LENGTH = 20
"""Words and what agrees around them have at least so many characters, or they may have been met by chance."""
MIN_CONTEXT_LEAD = 16
"""The text around the right place agrees for at least so many characters more than around any other."""
MIN_LIKENESS = 0.75
"""Words are at least so much alike, as a share of both, to be taken for the same."""
MIN_RUNNER_UP_GAP = 0.1
"""Another place is at least so much less alike."""
MAX_PLACES = 200
"""At more places than these, words are not told apart."""
MAX_CHARACTERS_COMPARED = 10**10
"""So many characters are looked at, in all, for the words of one text in another."""

_SEED_LENGTH, _SEED_COUNT, _MAX_CLUSTERS, _MAX_WHOLE_SEARCH, _MIN_FUZZY_LENGTH = 14, 8, 3, 4000, 24
_COMPARISON_COST, _FUZZY_COST = 50, 3 * 10**6
# Scripts that put no spaces between words count by the character (Thai, Lao, Khmer, kana, Han).
_UNSPACED = r"[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff]"
_TOKEN = re.compile(rf"{_UNSPACED}|(?:(?!{_UNSPACED})\w)+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class TextPlace:
    """A place in the other text."""

    start: int
    end: int
    """Exclusive."""
    likeness: float = 1.0
    """How much of both texts is the same, from 0 to 1; 1 where they differ at most by white space and the like."""


class Alignment:
    """Two copies of a text, and from places in theirs to places in ours."""

    def __init__(self, source_text: str, target_text: str):
        self.source_text, self.target_text = source_text, target_text
        self._work_left = MAX_CHARACTERS_COMPARED

    @cached_property
    def _folded_source(self) -> FoldedText:
        return fold_text(self.source_text)

    @cached_property
    def _folded_target(self) -> FoldedText:
        return fold_text(self.target_text)

    @cached_property
    def is_equivalent(self) -> bool:
        """Whether the two differ at most by white space and the like."""
        return (
            self.source_text == self.target_text or self._folded_source.text.strip() == self._folded_target.text.strip()
        )

    @property
    def is_exhausted(self) -> bool:
        """Whether so much has been looked at that nothing more will be."""
        return self._work_left < 0

    def find_passage(self, start: int, end: int) -> tuple[TextPlace, ...]:
        """Where a passage of their text stands in ours: nowhere, in one place, or in several that nothing tells apart.

        Args:
            start: Its first character, in code points.
            end: The one after its last.
        """
        if self.source_text == self.target_text:
            return (TextPlace(start, end),) if self.target_text[start:end].strip() else ()
        first, last = self._folded_source.folded_span(start, end)
        words = self._folded_source.text[first:last]
        if not words:
            return ()
        if self.is_equivalent:
            shift = _leading_space_length(self._folded_target.text) - _leading_space_length(self._folded_source.text)
            return (self._text_place(first + shift, last + shift),)
        places = self._exact_starts(first, last)
        return self._disambiguate(first, last, places) if places else self._approximate_places(words)

    def _text_place(self, first: int, last: int, likeness: float = 1.0) -> TextPlace:
        return TextPlace(*self._folded_target.original_span(first, last), likeness)

    def _find_all(self, words: str, is_fitting: Callable[[int], bool] = lambda _: True) -> list[int]:
        """Where some words begin in our text: all places that fit, or a few more than are told apart."""
        places: list[int] = []
        start = self._folded_target.text.find(words)
        while start >= 0 and len(places) <= MAX_PLACES and not self.is_exhausted:
            places += [start] if is_fitting(start) else []
            self._work_left -= _COMPARISON_COST
            start = self._folded_target.text.find(words, start + 1)
        self._work_left -= len(self._folded_target.text)
        return places

    def _exact_starts(self, first: int, last: int) -> list[int]:
        """Where the same words begin and end as words do in their text."""
        source, target = self._folded_source.text, self._folded_target.text
        starts_in_word, ends_in_word = _is_inside_word(source, first), _is_inside_word(source, last)

        def has_same_boundaries(start: int) -> bool:
            return (
                _is_inside_word(target, start) <= starts_in_word
                and _is_inside_word(target, start + last - first) <= ends_in_word
            )

        starts = self._find_all(source[first:last], has_same_boundaries)
        return [] if self.is_exhausted else starts

    def _disambiguate(self, first: int, last: int, places: Sequence[int]) -> tuple[TextPlace, ...]:
        """The place that the text around it shows to be meant; all of them where it does not."""
        size = last - first
        agreements = [self._context_agreement(first, last, start, start + size) for start in places]
        best_index = max(range(len(places)), key=agreements.__getitem__)
        other_agreements = [agreement for k, agreement in enumerate(agreements) if k != best_index]
        is_certain = size + agreements[best_index] >= MIN_CERTAIN_LENGTH and len(places) <= MAX_PLACES
        if len(places) == 1 and self._folded_source.text.count(self._folded_source.text[first:last]) > 1:
            is_certain = agreements[best_index] >= MIN_CONTEXT_LEAD  # the others are not in our text, or not so
        if is_certain and all(agreements[best_index] - agreement >= MIN_CONTEXT_LEAD for agreement in other_agreements):
            return (self._text_place(places[best_index], places[best_index] + size),)
        # One place that is not certain is no place: these words may stand there by chance.
        return tuple(self._text_place(start, start + size) for start in places) if len(places) > 1 else ()

    def _context_agreement(self, first: int, last: int, begin: int, end: int) -> int:
        """How many characters before and after two places are the same."""
        source, target = self._folded_source.text, self._folded_target.text
        before = _common_prefix_length(
            source[max(first - CONTEXT_LENGTH, 0) : first][::-1], target[max(begin - CONTEXT_LENGTH, 0) : begin][::-1]
        )
        after = _common_prefix_length(source[last : last + CONTEXT_LENGTH], target[end : end + CONTEXT_LENGTH])
        self._work_left -= _COMPARISON_COST * (before + after)
        return before + after

    def _approximate_places(self, words: str) -> tuple[TextPlace, ...]:
        """Where words stand that are much like these."""
        if len(words) > _MAX_WHOLE_SEARCH:
            return self._place_by_ends(words)
        matches: list[tuple[int, int, float]] = []
        for begin, end in self._candidate_windows(words):
            closest = _closest_stretch(words, self._folded_target.text[begin:end])
            if (
                closest
                and closest[2] >= MIN_LIKENESS
                and all(begin + closest[0] >= b or begin + closest[1] <= a for a, b, _ in matches)
            ):
                matches.append((begin + closest[0], begin + closest[1], closest[2]))
        best = max((likeness for *_, likeness in matches), default=0)
        return tuple(self._text_place(*place) for place in matches if place[2] > best - MIN_RUNNER_UP_GAP)

    def _place_by_ends(self, words: str) -> tuple[TextPlace, ...]:
        """Where a long passage stands, by how it begins and how it ends."""
        half = _MAX_WHOLE_SEARCH // 2
        head, tail = self._approximate_places(words[:half]), self._approximate_places(words[-half:])
        if len(head) != 1 or len(tail) != 1 or not head[0].start < tail[0].end:
            return ()
        first, last = self._folded_target.folded_span(head[0].start, tail[0].end)
        likeness = 2 * min(last - first, len(words)) / (last - first + len(words))
        return (
            (self._text_place(first, last, min(likeness, head[0].likeness, tail[0].likeness)),)
            if likeness >= MIN_LIKENESS
            else ()
        )

    def _candidate_windows(self, words: str) -> Iterator[tuple[int, int]]:
        """Stretches of our text that share pieces with these words, those that share most first."""
        if len(words) < _MIN_FUZZY_LENGTH:
            return
        step = max((len(words) - _SEED_LENGTH) // (_SEED_COUNT - 1), 1)
        slack = max(len(words) // 4, 40)
        estimated_begins: list[int] = []
        for offset in range(0, len(words) - _SEED_LENGTH + 1, step):
            if self.is_exhausted:
                return
            seed_places = self._find_all(words[offset : offset + _SEED_LENGTH])
            estimated_begins += [start - offset for start in seed_places] if len(seed_places) <= MAX_PLACES else []
        clusters: list[list[int]] = []
        for begin in sorted(estimated_begins):
            if clusters and begin - clusters[-1][0] <= 2 * slack:
                clusters[-1].append(begin)
            else:
                clusters.append([begin])
        for cluster in sorted(clusters, key=len, reverse=True)[:_MAX_CLUSTERS]:
            self._work_left -= _FUZZY_COST
            yield max(cluster[0] - slack, 0), cluster[-1] + len(words) + slack


def _closest_stretch(words: str, window: str) -> tuple[int, int, float] | None:
    """The stretch of a window that is most like some words, and how much of both is the same."""
    word_spans = [match.span() for match in _TOKEN.finditer(words)]
    window_spans = [match.span() for match in _TOKEN.finditer(window)]
    matcher = SequenceMatcher(None, [words[a:b] for a, b in word_spans], [window[a:b] for a, b in window_spans])
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    if not blocks:
        return None
    coherent = _coherent_blocks(blocks)
    # Words that were changed at an end are words of the passage still, one for one.
    first = max(coherent[0].b - coherent[0].a, 0)
    last = min(
        coherent[-1].b + coherent[-1].size + len(word_spans) - coherent[-1].a - coherent[-1].size, len(window_spans)
    )
    begin, end = window_spans[first][0], window_spans[last - 1][1]
    common_length = sum(
        word_spans[k][1] - word_spans[k][0] for block in coherent for k in range(block.a, block.a + block.size)
    )
    total_length = sum(b - a for a, b in word_spans) + sum(b - a for a, b in window_spans[first:last])
    return begin, end, 2 * common_length / total_length


def _coherent_blocks(blocks: Sequence[Match]) -> list[Match]:
    """The blocks that stand about as far apart in the window as in the words, counted from the largest."""
    middle = max(range(len(blocks)), key=lambda k: blocks[k].size)
    first = last = middle
    while first and _is_close_after(blocks[first - 1], blocks[first]):
        first -= 1
    while last + 1 < len(blocks) and _is_close_after(blocks[last], blocks[last + 1]):
        last += 1
    return list(blocks[first : last + 1])


def _is_close_after(earlier: Match, later: Match) -> bool:
    return later.b - earlier.b - earlier.size <= 2 * (later.a - earlier.a - earlier.size) + 5


def _is_inside_word(text: str, position: int) -> bool:
    return 0 < position < len(text) and text[position - 1].isalnum() and text[position].isalnum()


def _common_prefix_length(first: str, second: str) -> int:
    """How many characters two texts begin alike with."""
    return next(
        (k for k, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), min(len(first), len(second))
    )


def _leading_space_length(text: str) -> int:
    return len(text) - len(text.lstrip())
