"""The finding on what could be done: all proposals compared at one time, beside what the documents recommend."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from detente.methods.institutions.legal_rule import ORDER
from detente.results.finding import Finding
from detente.rooms.rules.findings.admissibility_matrix import mark
from detente.rooms.rules.findings.rule_coverage import standing
from detente.rooms.rules.findings.text import Words, states_words
from detente.rooms.rules.model.docket import Docket
from detente.rooms.rules.model.rule_dependence import Without
from detente.rooms.rules.model.rulings import Held
from detente.text.dates import format_date
from detente.text.english import capital, count, listed

METHOD = (
    "All proposals are held against the rules of one time, the last snapshot or year of the case. They are ranked by "
    "the verdict from bloc to bloc, the worst of those in dispute; then by how many consents or facts are still "
    "lacking, if no rule is changed; then by on how many sides it rests on no rule, at least in part. Equal ranks are "
    "ties. The rules say what may be decided, and not whether anybody wants it or what it would be worth."
)


@dataclass(frozen=True)
class Ranked:
    """A proposal in the ranking."""

    rank: int
    name: str
    held: Held
    lacking: int | None
    """How many consents or facts are lacking; None if only a change of rules or of the proposal would open it."""
    silent: int
    """On how many sides no rule applies."""

    @property
    def open(self) -> bool:
        """Whether nothing stands in its way, whatever source one follows."""
        return self.held.states() == ("open",)


def ranked(docket: Docket) -> list[Ranked]:
    """The proposals from the most to the least open."""
    rows: list[tuple[tuple[int, bool, int, int], Ranked]] = []
    for name in docket.proposals:
        held = docket.bloc(name, docket.now)
        states = held.states()
        plain = [c for c in held.openings if all(change.kind in ("meets", "settles") for change in c)]
        lacking = 0 if states[0] == "open" else min((len(changes) for changes in plain), default=None)
        silent = sum(any(not r.verdict.rules for r in held.of(party)) for party in held.parties)
        key = (-ORDER.index(states[0]), lacking is None, lacking or 0, silent)
        rows.append((key, Ranked(0, name, held, lacking, silent)))
    rows.sort(key=lambda row: row[0])
    keys = [row[0] for row in rows]
    return [replace(row, rank=keys.index(key) + 1) for key, row in rows]


def ranking(docket: Docket, words: Words, loaded: Sequence[Without] | None) -> Finding:
    """What could be done, and where that agrees with what the documents recommend."""
    import polars as pl

    rows, views = ranked(docket), _recommended(docket)
    records = []
    behind: dict[tuple[int, str], tuple[str, ...]] = {}
    for number, row in enumerate(rows):
        proposal = docket.case.proposals[row.name]
        if opening := words.openings(row.held):
            behind[number, "bloc_to_bloc"] = (f"What would open it: {opening}.",)
        records.append(
            {
                "rank": row.rank,
                "proposal": row.name,
                "in_words": proposal.title,
                "bloc_to_bloc": states_words(row.held.states()),
                "nearest_way": words.nearest(row.held),
                "rests_on": _rests(row, words),
                "the_documents": views.get(row.name) or proposal.feasibility or "",
                "beside_them": _beside(row, row.name in views),
            }
        )
    marks = {str(record["bloc_to_bloc"]): mark(str(record["bloc_to_bloc"])) for record in records}
    return Finding(
        id="ranking",
        title=f"What could be done, by the rules of {format_date(docket.now)}",
        says=_says(docket, rows, views),
        see="Equal ranks are ties. The nearest way to open a proposal; other ways behind the verdict. “Instead” amends "
        "the proposal itself, “given up” ends a rule.",
        table=pl.DataFrame(records),
        links=("proposal",),
        marks=marks,
        behind=behind,
        method=METHOD,
        rests_on=tuple(row.name for row in rows),
        robustness=standing(docket, loaded),
    )


def _recommended(docket: Docket) -> dict[str, str]:
    """What the documents recommend: the recommendations, and what they take up."""
    found: dict[str, str] = {}
    for name, proposal in docket.case.proposals.items():
        if proposal.standing == "recommended":
            found[name] = "recommended"
            found |= dict.fromkeys(proposal.takes_up, f"taken up by {name}")
    return found


def _rests(row: Ranked, words: Words) -> str:
    """Whose rules speak of it, and on whose side none does."""
    silent = [words.name(p) for p in row.held.parties if any(not r.verdict.rules for r in row.held.of(p))]
    return f"silence of {listed(silent)}" if silent else "rules of both sides"


def _beside(row: Ranked, recommended: bool) -> str:
    if recommended:
        return "agrees" if row.open else "differs: recommended, but not open as it stands"
    return "differs: open, but not recommended" if row.open else "agrees: neither open nor recommended"


def _says(docket: Docket, rows: list[Ranked], views: dict[str, str]) -> str:
    free = [row for row in rows if row.open]
    says = f"By the rules of {format_date(docket.now)}, {len(free) or 'none'} of all {len(rows)} proposals "
    says += f"{_are(len(free))} open."
    if not views:
        return says
    own = [row for row in rows if docket.case.proposals[row.name].standing == "recommended"]
    held = [row.name for row in own if row.open]
    lost = [row.name for row in own if not row.open]
    says += f" Of what the documents recommend, {count(len(held), 'proposal')} {_are(len(held))} open ({listed(held)})"
    says += f" and {listed(lost)} not." if lost else "."
    blocked = [row.name for row in rows if row.name in views and row.name not in lost and not row.open]
    if blocked:
        says += f" Not open as it stands, though a recommendation takes it up: {listed(blocked)}."
    more = [row.name for row in free if row.name not in views]
    if more:
        says += (
            f" {capital(count(len(more), 'proposal'))} that no document recommends {_are(len(more))} open as well: "
            "there rules and recommendations differ, since rules say nothing of what is wanted or worth the while."
        )
    return says


def _are(n: int) -> str:
    return "is" if n == 1 else "are"
