"""How an agenda moves: what came, stayed and went, and the share of each group of issues.

An agenda is a set of proposals made at one time; each proposal belongs to one or more issues, and each
issue to a group. A proposal counts once, divided equally among its issues.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

Course = Literal["came", "stayed", "went", "absent"]


@dataclass(frozen=True, slots=True)
class Agenda:
    """The proposals of one time, each with its issues."""

    label: str
    proposals: Mapping[str, Sequence[str]]

    @property
    def issues(self) -> frozenset[str]:
        """All issues it touches."""
        return frozenset(issue for issues in self.proposals.values() for issue in issues)


def courses(agendas: Sequence[Agenda], issue: str) -> list[Course]:
    """What happened to an issue at each agenda, against the one before; at the first it came or is absent."""
    found: list[Course] = []
    before = False
    for agenda in agendas:
        now = issue in agenda.issues
        found.append("stayed" if now and before else "came" if now else "went" if before else "absent")
        before = now
    return found


def shares(agenda: Agenda, groups: Mapping[str, str]) -> dict[str, Fraction]:
    """The share of each group in an agenda; issues without a group count as `other`. Adds up to 1."""
    total: dict[str, Fraction] = {}
    for issues in agenda.proposals.values():
        for issue in issues or ("",):
            group = groups.get(issue, "other")
            part = Fraction(1, max(1, len(issues)) * len(agenda.proposals))
            total[group] = total.get(group, Fraction(0)) + part
    return total
