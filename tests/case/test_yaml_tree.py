from __future__ import annotations

import tracemalloc

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from detente.case.loading.yaml.tree import read_yaml_tree
from detente.errors import Problem


def read(text: str | bytes):
    problems: list[Problem] = []
    node = read_yaml_tree(text if isinstance(text, bytes) else text.encode(), "f.yaml", 0, problems)
    return (node.plain_data() if node else None), [str(p) for p in problems]


def test_the_core_schema_of_yaml_1_2():
    value, problems = read(
        "{a: NO, b: 010, c: 12:30, d: 1e3, e: yes, f: ~, g: 0x1F, h: 0o17, i: '1', j: true, k: .5, l: 2006-08-17}"
    )
    expected = {"a": "NO", "b": 10, "c": "12:30", "d": 1000.0, "e": "yes", "f": None, "g": 31, "h": 15}
    expected |= {"i": "1", "j": True, "k": 0.5, "l": "2006-08-17"}
    assert (value, problems) == (expected, [])


def test_merge_keys_are_ordinary_keys():
    assert read("a: &x {b: 1}\nc: {<<: *x}")[0] == {"a": {"b": 1}, "c": {"<<": {"b": 1}}}


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("a: 1\nb: 2\na: 3\n", "3:1", "stands twice"),
        ("a: !!python/object/apply:os.system [x]", "1:4", "tag"),
        ("a: &x [*x]", "1:8", "inside what it stands for"),
        ("a: *x", "1:4", "no anchor"),
        ("? [a]\n: b", "1:3", "a key must be a word"),
        ("a: 1\n---\nb: 2", "2:1", "second document"),
        ("a: b: c", "1:5", "mapping values"),
        ("a: [1", "", "did not find"),
        (b"a: \xff", "1:4", "not UTF-8"),
        ("a: 'é\x01'", "1:6", "control character"),
        ("[" * 100_000, "1:41", "nested deeper"),
        ("- " * 100_000, "1:81", "nested deeper"),
        ("a: 1\nb: [é, {c: " + "[" * 5_000, "2:49", "nested deeper"),
        ("a: " + "9" * 5000, "1:4", "more than 30 digits"),
        ("x0: &x0 [y]\n" + "".join(f"x{i + 1}: &x{i + 1} [*x{i}]\n" for i in range(3000)), "", "nested deeper"),
    ],
)
def test_what_cannot_be_read_is_located(text: str | bytes, place: str, words: str):
    _, problems = read(text)
    assert len(problems) == 1
    assert problems[0].startswith(f"f.yaml:{place}")
    assert words in problems[0]


def test_a_billion_laughs_are_refused_at_once():
    laughs = "a0: &a0 [ha, ha, ha, ha, ha, ha, ha, ha, ha]\n"
    laughs += "".join(f"a{i + 1}: &a{i + 1} [{', '.join([f'*a{i}'] * 9)}]\n" for i in range(30))
    tracemalloc.start()
    _, problems = read(laughs)
    assert tracemalloc.get_traced_memory()[1] < 200e6
    tracemalloc.stop()
    assert "aliases counted" in problems[0]


@given(st.one_of(st.binary(max_size=300), st.text(max_size=300).map(lambda t: t.encode("utf-8", "replace"))))
@example(b"\xef\xbb\xbfa: 1")
@example(b"a: 1\r\nb: 2\r\n")
def test_anything_gives_a_tree_or_located_problems(content: bytes):
    problems: list[Problem] = []
    node = read_yaml_tree(content, "f.yaml", 0, problems)
    if node is not None:
        node.plain_data()
    for problem in problems:
        assert problem.place.line >= 1
        assert problem.place.column >= 1
        assert problem.message


def test_columns_count_characters():
    _, problems = read("'😀é': !x 1")
    assert problems[0].startswith("f.yaml:1:7")
