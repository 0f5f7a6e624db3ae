"""Names within sentences, and by themselves."""

from __future__ import annotations

import pytest

from detente.text.english import without_article


@pytest.mark.parametrize(
    ("name", "alone"),
    [
        *(("the Soviet Union", "Soviet Union"), ("The abbey", "Abbey"), ("Poland", "Poland")),
        *(("Theben", "Theben"), ("the EC", "EC"), ("the", "the"), ("", "")),
    ],
)
def test_a_name_by_itself_has_no_article(name: str, alone: str) -> None:
    assert without_article(name) == alone
