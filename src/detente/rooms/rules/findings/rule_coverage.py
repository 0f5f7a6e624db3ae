"""The findings on the rules themselves: how many each side has, from where, and how much hangs on each."""

from __future__ import annotations

from collections.abc import Sequence

from detente.results.finding import Finding, Robustness
from detente.rooms.rules.findings.text import Words, states_words
from detente.rooms.rules.findings.work_limits import loads_left_out
from detente.rooms.rules.model.build_rulebooks import of_whom
from detente.rooms.rules.model.docket import Docket
from detente.rooms.rules.model.rule_dependence import Without, bearing
from detente.text.english import capital, count

METHOD = (
    "A rule counts for each party it is a rule of. It bears on proposals if it has an effect; it may also bind without "
    "bearing on any, or only describe. A verdict rests on silence where no rule of that side permits or forbids it."
)
TITLE_OF_EACH = "Which rules carry the verdicts"
METHOD_OF_EACH = (
    "Each rule that bears on proposals is taken out in turn, and every proposal is held against what is left, at the "
    "time of comparison. Called fragile where an open verdict hangs on one rule alone."
)


def known(docket: Docket, words: Words) -> Finding:
    """How many rules of each side are known, of what kind and from where, and how many verdicts rest on silence."""
    import polars as pl

    records, silent, total = [], {}, len(docket.proposals)
    for party in docket.parties:
        its = [rule for rule in docket.case.rules.values() if party in of_whom(docket.case, rule)]
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
    sourced = {int(str(r["from_the_documents"])) for r in records}
    says = f"{capital(says)}."
    if len(sourced) > 1:
        thin = min(records, key=lambda r: int(str(r["from_the_documents"])))
        says += f" Least is known from the documents of {thin['organisation']}"
        says += f": {_elsewhere(int(str(thin['from_elsewhere'])))}." if thin["from_elsewhere"] else "."
    return Finding(
        id="known",
        title="What is known of either side's rules",
        says=says,
        table=pl.DataFrame(records),
        method=METHOD,
        rests_on=tuple(
            name for name, rule in docket.case.rules.items() if of_whom(docket.case, rule) & set(docket.parties)
        ),
    )


def _side(name: str, record: dict[str, object], silent: int, total: int) -> str:
    return (
        f"of {name} {record['rules']} rules are known, of which {record['bear_on_proposals']} bear on proposals and "
        f"{record['only_describe']} only describe; {silent} of its {total} verdicts rest, at least in part, on no rule"
    )


def _elsewhere(n: int) -> str:
    return f"{count(n, 'of its rules is', 'of its rules are')} cited from elsewhere"


def heaviest(loaded: Sequence[Without] | None) -> Without | None:
    """The rule without which most verdicts would no longer be open; None if none carries any alone, or is known to."""
    found = max(loaded or (), key=lambda without: len(without.lost), default=None)
    return found if found and found.lost else None


def standing(docket: Docket, loaded: Sequence[Without] | None) -> Robustness:
    """How well the open verdicts stand; nothing is said of it where rules were not taken out."""
    if loaded is None:
        return Robustness("descriptive", loads_left_out(docket))
    free = sum(docket.bloc(name, docket.now).states() == ("open",) for name in docket.proposals)
    if (most := heaviest(loaded)) is None:
        return Robustness("robust", "No open verdict hangs on one rule alone.")
    return Robustness("fragile", f"{len(most.lost)} of {free} open verdicts hang on {most.id} alone.")


def without_each(docket: Docket, loaded: Sequence[Without] | None) -> Finding:
    """Which verdicts would be others without each rule."""
    import polars as pl

    if loaded is None:
        return Finding(
            id="without-each",
            title=TITLE_OF_EACH,
            says=loads_left_out(docket),
            method=METHOD_OF_EACH,
            robustness=standing(docket, loaded),
        )
    records = []
    for without in sorted((one for one in loaded if one.moved), key=lambda one: -len(one.moved)):
        gained = [name for name, states in without.moved.items() if states == ("open",)]
        rest = [name for name in without.moved if name not in (*gained, *without.lost)]
        records.append(
            {
                "without": without.id,
                "the_rule": docket.case.rules[without.id].says,
                "verdicts_moved": len(without.moved),
                "opened": ", ".join(gained),
                "no_longer_open": ", ".join(without.lost),
                "otherwise": "; ".join(
                    f"{name} {states_words(docket.bloc(name, docket.now).states())}, then "
                    f"{states_words(without.moved[name])}"
                    for name in rest
                ),
            }
        )
    matter = sum(bool(without.moved) for without in loaded)
    moves, itself = ("moves", "itself") if matter == 1 else ("move", "themselves")
    says = f"{capital(count(matter, 'rule'))} of {len(loaded)} {moves} a verdict from bloc to bloc by {itself}; "
    says += "what each of the others says, another rule says too, or no proposal meets it."
    found = standing(docket, loaded)
    return Finding(
        id="without-each",
        title=TITLE_OF_EACH,
        says=f"{says} {found.because}",
        see="What would become of the verdicts without each of these rules, those that matter most first.",
        table=pl.DataFrame(records) if records else None,
        links=("without", "opened", "no_longer_open"),
        method=METHOD_OF_EACH,
        rests_on=tuple(id for id, _ in bearing(docket)),
        robustness=found,
    )
