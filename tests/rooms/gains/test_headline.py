"""The headline on who gains, for every pattern of gains that there can be."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from detente.methods.offer_model.channel_variants import ChannelForm, ChannelVariant
from detente.rooms.gains.findings.gain_patterns import is_close, pattern_groups
from detente.rooms.gains.findings.headline import MOST_HEADLINE_WORDS, gains_headline
from detente.rooms.gains.findings.text import also_in, fitting_answer, percent_size
from detente.rooms.gains.model.simulation.results import ChannelOutcome
from tests.plain_words import count_words, word_faults

HUB, COLLEGIATE = ChannelVariant("offer", "hub"), ChannelVariant("offer", "collegiate")
DRAWS = 100
YES, NO, EVEN, SAME = (90, 10), (10, 90), (50, 50), (0, 0)


class Names:
    """The names of a case on paper."""

    def __init__(self, longer: str = ""):
        self.longer = longer

    def party_name(self, party: str) -> str:
        """An actor."""
        return f"{party}{self.longer}"

    def form_clause(self, form: ChannelForm, parties: object) -> str:
        """How the channel is run."""
        if parties is None:
            return ""
        return f"if {'A runs the channel' if form == 'hub' else 'the League decides by consensus'}"


def outcome(counts: list[tuple[int, int]]) -> ChannelOutcome:
    """An outcome in which each actor gains and loses in so many of 100 simulations."""
    gains = np.zeros((DRAWS, len(counts)))
    for actor, (wins, losses) in enumerate(counts):
        gains[:wins, actor], gains[wins : wins + losses, actor] = 1, -1
    nothing = np.zeros(len(counts))
    return ChannelOutcome(gains, nothing, nothing, nothing, nothing, nothing)


def year(*forms: list[tuple[int, int]], leading: int = 1) -> Any:
    """A year with an outcome for each way to run the channel, whose first actors lead."""
    n = len(forms[0])
    outcomes = dict(zip((HUB, COLLEGIATE), map(outcome, forms), strict=False))
    return SimpleNamespace(
        outcomes=outcomes,
        actor_network=SimpleNamespace(actors=[chr(65 + at) for at in range(n)], n=n),
        leading_and_other_actors=([*range(leading)], [*range(leading, n)]),
        dealing_parties=lambda variant: ("A",) if len(forms) > 1 else None,
    )


def headline(of_year: Any, longer: str = "") -> str:
    """Its headline."""
    names: Any = Names(longer)
    return gains_headline(of_year, [*of_year.outcomes], "the channel", names)


@pytest.mark.parametrize(
    ("hub", "collegiate", "said"),
    [
        ([YES] * 4, [YES] * 4, "Everyone gains, whoever runs the channel."),
        ([NO] * 4, [NO] * 4, "Everyone loses, whoever runs the channel."),
        ([SAME] * 4, [SAME] * 4, "The channel changes nothing for anyone."),
        ([EVEN] * 4, [YES] * 4, "For everyone it is too close to call whether they gain."),
        ([NO] * 4, [YES] * 4, "Everyone gains, but only if the League decides by consensus."),
        ([(30, 0)] * 4, [SAME] * 4, "Nobody gains, whoever runs the channel."),
        ([YES, NO], [YES, YES], "A gains whoever runs the channel; B only if the League decides by consensus."),
        ([YES, NO], [NO, NO], "A gains only if A runs the channel; B loses."),
        ([YES, NO, NO, NO, NO], [YES, NO, NO, NO, NO], "A gains whoever runs the channel; the rest lose."),
        ([YES, EVEN], [YES, YES], "A gains whoever runs the channel; for B it is too close to call."),
        ([YES, SAME], [YES, SAME], "A gains whoever runs the channel; nothing changes for B."),
        ([YES, (30, 0)], [YES, NO], "A gains whoever runs the channel; B does not."),
    ],
)
def test_every_pattern_has_its_words(hub: list[tuple[int, int]], collegiate: list[tuple[int, int]], said: str):
    told = headline(year(hub, collegiate))
    assert told == said
    assert word_faults([told]) == []
    assert count_words(told) <= MOST_HEADLINE_WORDS


def test_a_channel_that_runs_one_way_only():
    assert headline(year([YES, NO, SAME])) == "A gains from the channel; B loses; nothing changes for C."
    assert headline(year([YES] * 4)) == "Everyone gains from the channel."
    assert headline(year([NO] * 4)) == "Everyone loses from the channel."


def test_long_names_are_counted():
    told = headline(year([YES, NO, NO, EVEN], [YES, YES, NO, EVEN]), longer=" of the far and wide islands of the sea")
    assert told == "Of four parties, one gains whoever runs the channel, one only one way."
    assert count_words(told) <= MOST_HEADLINE_WORDS


def test_many_that_share_a_pattern_are_told_by_who_leads():
    told = headline(year([NO, YES, NO, NO, NO], [YES, YES, YES, YES, YES]))
    assert told == "B gains whoever runs the channel; A and the rest only if the League decides by consensus."


def test_groups_hold_everyone_once():
    of_year = year([YES, NO, EVEN, SAME, NO], [YES, YES, YES, SAME, NO])
    groups = pattern_groups(of_year, [HUB, COLLEGIATE])
    assert {group.pattern: group.actors for group in groups} == {
        "always": (0,),
        "collegiate": (1,),
        "close": (2,),
        "unmoved": (3,),
        "loses": (4,),
    }


@pytest.mark.parametrize(("share", "close"), [(0.444, False), (0.446, True), (0.554, True), (0.556, False)])
def test_close_is_what_a_reader_sees_as_close(share: float, close: bool):
    assert is_close(share) == close


@pytest.mark.parametrize(
    ("share", "said"),
    [(0.1327, "13 per cent"), (-0.062, "6.2 per cent"), (0.01, "1 per cent"), (0.0001, "hardly anything")],
)
def test_sizes_have_two_digits(share: float, said: str):
    assert percent_size(share) == said


def test_shares_beside_another_and_short_answers():
    assert [also_in(share) for share in (0, 0.004, 0.61, 1)] == ["in none", "in fewer than 1", "in 61", "in every one"]
    assert fitting_answer("one two three four five six seven", "short") == "short"
    assert fitting_answer("one two", "short") == "one two"
