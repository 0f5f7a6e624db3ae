"""Where words stand in another copy of a text: never at a wrong place, and at no place rather than by chance."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.case.bundled import BUNDLED_FOLDER
from detente.exchange.projects import text_alignment as alignment
from detente.exchange.projects.passage_matching import (
    PlacedUnit,
    difference_phrase,
    nearest_unit,
    overlap_share,
    units_at_place,
)
from detente.exchange.projects.text_alignment import Alignment, TextPlace
from detente.exchange.projects.text_normalization import fold_text

TEXT = (BUNDLED_FOLDER / "two-leagues" / "chronicle.txt").read_text(encoding="utf-8")
PARAGRAPHS = TEXT.split("\n\n")
CHANGES = {
    "nothing": lambda text: text,
    "curly": lambda text: text.replace("'", "’").replace(", ", ",\u00a0"),
    "decomposed": lambda text: unicodedata.normalize("NFD", text),
    "wrapped": lambda text: text.replace(" and ", "\r\nand "),
    "spaced": lambda text: text.replace(". ", ".  \t"),
    "marked": lambda text: "\ufeff" + text.replace("the ", "the\u200b "),
    "hyphenated": lambda text: text.replace("league", "lea\u00adgue"),
    "headed": lambda text: f"A heading of another hand, {len(text)}\n{text}",
}


@settings(max_examples=60)
@given(st.data())
def test_a_selection_is_found_in_a_changed_copy_or_not_at_all(data: st.DataObject):
    """The other copy is changed everywhere, paragraph by paragraph; some of it is lost, or stands in another order."""
    chosen = data.draw(st.sampled_from([p for p in PARAGRAPHS if len(p) > 60]))
    words = chosen.split(" ")
    first = data.draw(st.integers(0, len(words) - 2))
    last = data.draw(st.integers(first + 1, min(first + 40, len(words))))
    inside = " ".join(words[first:last])
    changed: list[str] = []
    for paragraph in data.draw(st.permutations(PARAGRAPHS) | st.just(PARAGRAPHS)):
        if paragraph != chosen and data.draw(st.integers(0, 3)) == 0:
            continue
        how = CHANGES[data.draw(st.sampled_from(sorted(CHANGES)))]
        if paragraph == chosen:
            before, after = " ".join([*words[:first], ""]), " ".join(["", *words[last:]])
            start = len("\n\n".join([*changed, how(before)])) if changed else len(how(before))
            changed.append(how(before) + how(inside) + how(after))
            end = start + len(how(inside))
        else:
            changed.append(how(paragraph))
    theirs = "\n\n".join(changed)
    assert fold_text(theirs[start:end]).text.strip() in (
        fold_text(how(inside)).text.strip() for how in CHANGES.values()
    )
    if "heading of another" in theirs[start:end]:
        return
    begin = TEXT.index(chosen) + len(" ".join([*words[:first], ""]))
    right = (begin, begin + len(inside.rstrip()))
    found = Alignment(theirs, TEXT).find_passage(start, end)
    if len(found) == 1:
        assert (found[0].start, found[0].end) == right
    elif found:
        assert right in [(place.start, place.end) for place in found]
    else:
        assert len(inside) < alignment.MIN_CERTAIN_LENGTH + alignment.MIN_CONTEXT_LEAD


SENTENCE = "The moot heard the offer and put it off until the spring."
OTHER = "Nobody in the hall had a word to say about the tolls, or none that was written down by the clerk."


def two_copies(theirs: str, ours: str, words: str, nth: int = 0) -> tuple[TextPlace, ...]:
    at = -1
    for _ in range(nth + 1):
        at = theirs.index(words, at + 1)
    return Alignment(theirs, ours).find_passage(at, at + len(words))


def test_the_text_around_tells_the_same_words_apart():
    ours = f"First, in May. {SENTENCE} {OTHER} Then, in June, once more. {SENTENCE} {OTHER}"
    theirs = f"A heading. {ours}"
    second = ours.index(SENTENCE, 40)
    assert two_copies(theirs, ours, SENTENCE, 1) == (TextPlace(second, second + len(SENTENCE)),)
    # Where it is the same, or nearly, there is no telling.
    alike = f"In May. {SENTENCE} {OTHER} In Mayfair. {SENTENCE} {OTHER}"
    both = two_copies(f"He said in May. {SENTENCE} {OTHER}", alike, SENTENCE)
    assert [place.start for place in both] == [8, alike.index(SENTENCE, 40)]
    many = f"{SENTENCE} {OTHER} " * (alignment.MAX_PLACES + 5)
    assert len(two_copies(f"Once. {SENTENCE} {OTHER}", many, SENTENCE)) > alignment.MAX_PLACES


def test_parts_of_words_do_not_hide_a_word():
    """A letter stands in more places than are told apart; as a word it stands in two."""
    ours = f"A note. {'banana bread ' * 100}Then a clerk of the mill at Holm wrote. {OTHER} Was it a clerk? {SENTENCE}"
    right = ours.index("a clerk of")
    theirs = f"Copied. {ours}"
    assert Alignment(theirs, ours).find_passage(right + 8, right + 9) == (TextPlace(right, right + 1),)


def test_words_that_are_met_by_chance_are_not_found():
    ours = f"{OTHER} The ferry was late."
    assert two_copies("We talked of the ferry at length.", ours, "ferry") == ()
    assert two_copies(f"{OTHER} The ferry was late. So it was.", ours, "ferry") == (TextPlace(102, 107),)
    # Part of a word is not the word.
    assert two_copies(f"{OTHER} A ferry, late.", f"{OTHER} A ferryman, late.", "ferry, late.") == ()
    # Of what stands twice there, the one that is left here may be the other.
    theirs = f"{OTHER} {SENTENCE} They wrote home about it and were glad. {SENTENCE} The end of it."
    assert two_copies(theirs, f"{SENTENCE} Of all this nothing is known.", SENTENCE) == ()
    kept = f"They wrote home about it and were glad. {SENTENCE} The end of it."
    assert two_copies(theirs, kept, SENTENCE, 1) == (TextPlace(40, 40 + len(SENTENCE)),)


@pytest.mark.parametrize(("longer", "found"), [(16, 1), (15, 2)])
def test_the_text_around_has_to_agree_for_as_much_longer_as_declared(longer: int, found: int):
    words, around = "x" * 40, "abcdefghijklmnopqrstuvwxyz"
    ours = f"{around} {words} 2 - {around[longer:]} {words} 3"
    assert len(two_copies(f"{around} {words} 1", ours, words)) == found


@pytest.mark.parametrize(("size", "found"), [(18, 1), (17, 0)])
def test_words_with_what_is_around_them_have_to_be_as_long_as_declared(size: int, found: int):
    words = "x" * size  # and a space on each side
    assert len(two_copies(f"a {words} b", f"c {words} d", words)) == found


def test_words_that_were_changed_are_found_by_the_rest():
    theirs = f"Foreword.\n{TEXT}".replace("would hear nothing more", "would here nothing nore").replace(
        "Two of", "Tvvo of"
    )
    start = theirs.index("Tvvo of the elders")
    end = theirs.index("been told.", start) + len("been told.")
    (found,) = Alignment(theirs, TEXT).find_passage(start, end)
    assert TEXT[found.start : found.end].startswith("Two of the elders asked first")
    assert TEXT[found.start : found.end].endswith("until they had been told.")
    assert 0.75 < found.likeness < 1
    gone = TEXT.replace(TEXT[found.start : found.end], "The elders said nothing.")
    assert Alignment(theirs, gone).find_passage(start, end) == ()
    twice = TEXT + "\n" + TEXT[found.start : found.end].replace("elders", "reeves")
    assert len(Alignment(theirs, twice).find_passage(start, end)) == 2


@pytest.mark.parametrize("damaged", ["head", "tail"])
def test_words_are_found_though_one_end_is_all_changed(damaged: str):
    start, end = TEXT.index("on either hand of it"), TEXT.index("; for a road kept")
    part = (end - start) // 6
    a, b = (start, start + part) if damaged == "head" else (end - part, end)
    theirs = "Foreword.\n" + TEXT[:a] + re.sub(r"[aeiou](?=\w)", "y", TEXT[a:b]) + TEXT[b:]
    (found,) = Alignment(theirs, TEXT).find_passage(start + 10, end + 10)
    assert fold_text(TEXT[found.start : found.end]).text == fold_text(TEXT[start:end]).text.strip()
    assert found.likeness < 0.98


def test_a_place_that_shares_just_twice_as_much_with_one_is_that():
    assert nearest_unit(0, 6, [PlacedUnit("a", "m", 0, 4), PlacedUnit("b", "m", 4, 6)])[0] == PlacedUnit("a", "m", 0, 4)


def test_long_passages_are_found_by_how_they_begin_and_end():
    theirs = "Foreword.\n" + TEXT.replace("honest weights", "honest wights")
    start = theirs.index("1. Of the hill")
    end = theirs.index("5. Of late years")
    (found,) = Alignment(theirs, TEXT).find_passage(start, end)
    assert (found.start, TEXT[found.end :].strip()[:7]) == (0, "5. Of l")
    assert Alignment(theirs, TEXT[:300] + TEXT[-3000:]).find_passage(start, end) == ()


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("One.\nTwo\nthree.\n", "One.\nTwo\nthree."),
        ("One.\nTwo\nthree.", "\ufeff One.\r\n\r\nTwo  \r\nthree.\r\n"),
        ("“Ünder” the ﬁr…", '"U\u0308nder" the fir...'),
        ("a\u00adb \ufffdc–d", "ab \x1bc-d"),
    ],
)
def test_copies_that_differ_by_white_space_and_the_like_are_the_same(theirs: str, ours: str):
    held = Alignment(theirs, ours)
    assert held.is_equivalent
    for start in range(len(theirs)):
        for end in range(start + 1, len(theirs) + 1):
            found = held.find_passage(start, end)
            theirs_there = fold_text(theirs[start:end]).text.strip()
            assert [fold_text(ours[f.start : f.end]).text.strip() for f in found][:1] == (
                [theirs_there] if theirs_there else []
            )


def test_identical_copies_keep_positions_and_say_where_there_are_no_words():
    held = Alignment(TEXT, TEXT)
    assert held.find_passage(2343, 2498) == (TextPlace(2343, 2498),)
    assert held.find_passage(2497, 2498) == ()
    assert "_our" not in vars(held)  # nothing is folded


def test_there_is_a_limit_on_work(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(alignment, "MAX_CHARACTERS_COMPARED", 20 * len(TEXT))
    held = Alignment("Foreword.\n" + TEXT.replace("moor", "more"), TEXT)
    spans = [(at, at + 60) for at in range(20, 4000, 50)]
    found = [held.find_passage(*span) for span in spans]
    assert held.is_exhausted
    assert found[0]
    assert not any(found[40:])


UNITS = [
    PlacedUnit("a", "m", 100, 200),
    PlacedUnit("b", "m", 200, 300),
    PlacedUnit("x", "m", 110, 130, is_passage=False),
    PlacedUnit("y", "m", 400, 450, False),
]


@pytest.mark.parametrize(
    ("start", "end", "unit"),
    [
        (100, 200, "a"),
        (100, 201, "a"),
        (90, 210, "a"),
        (150, 200, "a"),
        (151, 200, None),
        (100, 299, None),
        (100, 262, None),
        (100, 230, "a"),
        (0, 90, None),
        (401, 450, "y"),
    ],
)
def test_a_place_is_the_passage_that_it_clearly_overlaps(start: int, end: int, unit: str | None):
    near, ranked = nearest_unit(start, end, UNITS)
    assert (near.id if near else None) == unit
    assert [overlap_share(start, end, each) for each in ranked] == sorted(
        (overlap_share(start, end, u) for u in ranked), reverse=True
    )
    assert "x" not in [each.id for each in ranked]


def test_differences_are_told_to_the_character():
    assert difference_phrase(98, 201, UNITS[0]) == "begins two characters earlier and ends one character later"
    assert units_at_place(99, 105, [PlacedUnit("c", "m", 100, 104)], " " * 99 + " word \n") == [
        PlacedUnit("c", "m", 100, 104)
    ]
    assert units_at_place(99, 105, [PlacedUnit("c", "m", 101, 104)], " " * 99 + " word \n") == []
