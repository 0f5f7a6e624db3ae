"""The findings on the rules themselves: how many each side has, from where, and how much hangs on each."""

from __future__ import annotations

from collections.abc import Iterator

from detente.case.competence import Rule
from detente.rules.docket import Docket, docket
from detente.rules.held import Held
from detente.rules.reasons import Words, states_words
from detente.section import Finding, Robustness
from detente.words import capital, count

METHOD = (
    "A rule counts for each party it is a rule of. It bears on proposals if it has an effect; it may also bind without "
    "bearing on any, or only describe. A verdict rests on silence where no rule of that side applies."
)
METHOD_OF_EACH = (
    "Each rule that bears on proposals is taken out in turn, and every proposal is held against what is left, at its "
    "own time. Called fragile where an open verdict hangs on one rule alone."
)


def known(docket: Docket, words: Words) -> Finding:
    """How many rules of each side are known, of what kind and from where, and how many verdicts rest on silence."""
    import polars as pl

    records, silent, total = [], {}, len(docket.proposals)
    for party in docket.parties:
        its = [rule for rule in docket.case.rules.values() if party in rule.of]
        bearing = [rule for rule in its if rule.effects]
        silent[party] = [
            name for name in docket.proposals if any(not r.verdict.rules for r in docket.bloc(name).of(party))
        ]
        records.append(
            {
                "organisation": words.name(party),
                "rules": len(its),
                "bear_on_proposals": len(bearing),
                "bind_otherwise": sum(not rule.effects and not rule.describes for rule in its),
                "only_describe": sum(rule.describes for rule in its),
                "from_the_documents": sum(bool(rule.at) for rule in its),
                "from_elsewhere": sum(bool(rule.sources and not rule.at) for rule in its),
                "unsourced": sum(not rule.at and not rule.sources for rule in its),
                "undated": sum(rule.during is None for rule in bearing),
                "verdicts_on_silence": f"{len(silent[party])} of {total}",
            }
        )
    sides = zip(docket.parties, records, strict=True)
    says = "; ".join(_side(words.name(party), record, len(silent[party]), total) for party, record in sides)
    thin = min(records, key=lambda r: int(str(r["from_the_documents"])))
    says = f"{capital(says)}. Least is known from the documents of {thin['organisation']}"
    says += f": {_elsewhere(int(str(thin['from_elsewhere'])))}." if thin["from_elsewhere"] else "."
    return Finding(
        id="known",
        title="What is known of either side's rules",
        says=says,
        table=pl.DataFrame(records),
        method=METHOD,
        rests_on=tuple(name for name, rule in docket.case.rules.items() if set(rule.of) & set(docket.parties)),
    )


def _side(name: str, record: dict[str, object], silent: int, total: int) -> str:
    return (
        f"of {name} {record['rules']} rules are known, of which {record['bear_on_proposals']} bear on proposals and "
        f"{record['only_describe']} only describe; {silent} of its {total} verdicts rest, at least in part, on no rule"
    )


def _elsewhere(n: int) -> str:
    return f"{count(n, 'of its rules is', 'of its rules are')} cited from elsewhere"


def without_each(docket_: Docket, words: Words) -> Finding:
    """Which verdicts would be others without each rule."""
    import polars as pl

    before = {name: docket_.bloc(name) for name in docket_.proposals}
    open_before = [name for name, held in before.items() if held.states() == ("open",)]
    records, loads = [], {}
    for id, rule in _bearing(docket_):
        after = _without(docket_, id)
        moved = {name: after.bloc(name) for name in before if after.bloc(name).states() != before[name].states()}
        lost = [name for name in moved if name in open_before]
        gained = [name for name, held in moved.items() if held.states() == ("open",)]
        loads[id] = len(lost)
        records.append(
            {
                "without": id,
                "the_rule": rule.says,
                "verdicts_moved": len(moved),
                "opened": ", ".join(gained),
                "no_longer_open": ", ".join(lost),
                "otherwise": "; ".join(
                    _move(name, before[name], moved[name]) for name in moved if name not in (*gained, *lost)
                ),
            }
        )
    records.sort(key=lambda record: -int(str(record["verdicts_moved"])))
    heaviest = max(loads, key=lambda id: loads[id], default="")
    standing = Robustness("robust", "No open verdict hangs on one rule alone.")
    matter = sum(bool(record["verdicts_moved"]) for record in records)
    says = f"{capital(count(matter, 'rule'))} of {len(records)} {'matters' if matter == 1 else 'matter'} alone."
    if heaviest and loads[heaviest]:
        says += f" Without {heaviest}, {loads[heaviest]} of the {len(open_before)} open verdicts would not be open."
        standing = Robustness("fragile", f"{loads[heaviest]} of {len(open_before)} open verdicts hang on {heaviest}.")
    return Finding(
        id="without-each",
        title="Which rules carry the verdicts",
        says=says,
        see="What would become of the verdicts from bloc to bloc without each rule, those that matter most first.",
        table=pl.DataFrame(records),
        links=("without", "opened", "no_longer_open"),
        method=METHOD_OF_EACH,
        rests_on=tuple(id for id, _ in _bearing(docket_)),
        robustness=standing,
    )


def _bearing(docket_: Docket) -> Iterator[tuple[str, Rule]]:
    """The rules that bear on proposals and bind one of the two sides."""
    for id, rule in docket_.case.rules.items():
        if rule.effects and set(rule.of) & set(docket_.parties):
            yield id, rule


def _without(docket_: Docket, id: str) -> Docket:
    """The docket without a rule: what it overrides or disputes stands then by itself."""
    left = {}
    for name, rule in docket_.case.rules.items():
        if name != id:
            links = {key: [o for o in getattr(rule, key) if o != id] for key in ("overrides", "disputes")}
            left[name] = rule.model_copy(update=links)
    found = docket(docket_.case.model_copy(update={"rules": left}))
    return found or docket_


def _move(name: str, before: Held, after: Held) -> str:
    return f"{name} {states_words(before.states())}, then {states_words(after.states())}"
