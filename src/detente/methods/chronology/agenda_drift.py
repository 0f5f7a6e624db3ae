"""How an agenda moves: what came, stayed and went, and the share of each group of issues.

An agenda is a set of proposals made at one time; each proposal belongs to one or more issues, and each
issue to a group. A proposal counts once, divided equally among its issues.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

IssueMovement = Literal["came", "stayed", "went", "absent"]


@dataclass(frozen=True, slots=True)
class Agenda:
    """The proposals of one time, each with its issues.

    Example:
        >>> from detente.methods.chronology.agenda_drift import Agenda
        >>> sorted(Agenda("2009", {"talks": ["drugs"], "council": ["drugs", "borders"]}).issues)
        ['borders', 'drugs']
    """

    label: str
    proposals: Mapping[str, Sequence[str]]

    @property
    def issues(self) -> frozenset[str]:
        """All issues it touches."""
        return frozenset(issue for issues in self.proposals.values() for issue in issues)


def movements_of_issue(agendas: Sequence[Agenda], issue: str) -> list[IssueMovement]:
    """What happened to an issue at each agenda, against the one before; at the first it came or is absent.

    Example:
        >>> from detente.methods.chronology.agenda_drift import Agenda, movements_of_issue
        >>> agendas = [Agenda(year, {"p": ["drugs"]}) for year in ("2004", "2009")]
        >>> agendas += [Agenda("2011", {"p": ["trade"]})]
        >>> movements_of_issue(agendas, "drugs"), movements_of_issue(agendas, "trade")
        (['came', 'stayed', 'went'], ['absent', 'absent', 'came'])
    """
    movements: list[IssueMovement] = []
    was_present = False
    for agenda in agendas:
        is_present = issue in agenda.issues
        movements.append(
            "stayed" if is_present and was_present else "came" if is_present else "went" if was_present else "absent"
        )
        was_present = is_present
    return movements


def group_shares(agenda: Agenda, groups: Mapping[str, str]) -> dict[str, Fraction]:
    """The share of each group in an agenda; issues without a group count as `other`. Adds up to 1.

    Example:
        >>> from detente.methods.chronology.agenda_drift import Agenda, group_shares
        >>> agenda = Agenda("2004", {"talks": ["drugs"], "council": ["drugs", "borders"]})
        >>> shares = group_shares(agenda, {"drugs": "security", "borders": "order"})
        >>> {group: str(share) for group, share in shares.items()}
        {'security': '3/4', 'order': '1/4'}
    """
    shares_by_group: dict[str, Fraction] = {}
    for issues in agenda.proposals.values():
        for issue in issues or ("",):
            group = groups.get(issue, "other")
            issue_share = Fraction(1, max(1, len(issues)) * len(agenda.proposals))
            shares_by_group[group] = shares_by_group.get(group, Fraction(0)) + issue_share
    return shares_by_group
