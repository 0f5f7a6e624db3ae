"""The finding on what the rules allow: proposals by organisation and by channel, with what stands behind each word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from detente.methods.institutions.legal_rule import ORDER, State
from detente.results.finding import Finding, Mark, Robustness
from detente.rooms.rules.findings.text import Words, reasons, states_words
from detente.rooms.rules.findings.work_limits import openings_left_out
from detente.rooms.rules.model.docket import Docket
from detente.rooms.rules.model.rulings import Held
from detente.text.dates import HOW_FAR, format_date
from detente.text.english import capital, count, listed

METHOD = (
    "Each proposal is described by attributes, and each rule says to which attributes it applies and what it makes of "
    "them: it bars, requires, allows, duplicates, or only limits. Facts about a proposal may be unsettled, so "
    "conditions are true, false or unknown (Kleene 1952, par. 64). What a rule bars is barred; what only lacks a "
    "consent or a fact that somebody could still bring about is conditional; what has a channel already is redundant; "
    "where one would first have to know more it is undetermined; else it is open. Of what stands in the way the worst "
    "counts, of what permits the best, unless a rule is declared to override another; to meet a requirement is not "
    "yet to be permitted; where no rule permits or forbids, what the organisation declares for that case holds. A "
    "bloc channel must pass the rules of both organisations, a bilateral one those of the answering organisation and "
    "of the one state, which may do what no rule forbids it (PCIJ 1927, Lotus). A package is as good as its worst "
    "part. Where sources dispute a rule both verdicts stand. A rule that may or may not be in force when a proposal is "
    f"made is unknown. {HOW_FAR} Members are those by the dates as stated. The scheme is ours."
)
MOST_LINES = 200
"""Lines behind a verdict, beyond which it is only told how many more there are."""
MOST_CONFLICTS = 20
"""Conflicts that are named, beyond which it is only told how many more there are."""
MARKS: Mapping[State, Mark] = {
    "barred": "stop",
    "undetermined": "doubt",
    "conditional": "go-half",
    "redundant": "empty",
    "open": "go",
}


def put_forward(docket: Docket, name: str) -> str:
    """How a proposal came up: in which agenda, or when and as what."""
    if year := docket.agenda(name):
        return f"agenda {year}"
    return f"{docket.case.proposals[name].standing}, {format_date(docket.time(name))}"


def in_order(docket: Docket) -> list[str]:
    """The proposals as the matrix has them: what was offered by time, then what is recommended, then the rest."""
    standings = ("offered", "recommended", "discussed")
    standing = {name: standings.index(docket.case.proposals[name].standing) for name in docket.proposals}
    return sorted(docket.proposals, key=lambda name: (standing[name], docket.time(name).stated.first))


def matrix(docket: Docket, words: Words) -> Finding:
    """Each proposal at its own time: what either side's rules make of it, what both do, and through single members."""
    import polars as pl

    records, behind, used = [], {}, set()
    for number, name in enumerate(in_order(docket)):
        bloc, bilateral = docket.bloc(name), docket.bilateral(name)
        record = {"proposal": name, "in_words": docket.case.proposals[name].title}
        record["put_forward"] = put_forward(docket, name)
        for party in docket.parties:
            column = f"by_{party}"
            record[column] = states_words(bloc.states([party]))
            behind[number, column] = _first_lines(reasons(words, docket, bloc, party))
        record["as_blocs"] = states_words(bloc.states())
        if opening := words.openings(bloc):
            behind[number, "as_blocs"] = (f"What would open it: {opening}.",)
        record["one_by_one"], lines = _one_by_one(docket, words, bilateral)
        behind[number, "one_by_one"] = _first_lines(lines)
        used |= {record[f"by_{party}"] for party in docket.parties} | {record["as_blocs"]}
        used |= {record["one_by_one"]} if bilateral else set()
        records.append(record)
    names = {party: words.name(party) for party in docket.parties}
    return Finding(
        id="matrix",
        title="Proposals by organisation",
        says=_says(docket),
        see="Open: nothing stands in its way. Conditional (half a circle): somebody could still bring about what is "
        "lacking. Redundant (an empty one): another channel covers it. Undetermined (a dashed one): one would have to "
        "know more. Barred (a square): a rule forbids it. Each word opens on its reasons.",
        table=pl.DataFrame(records),
        links=("proposal",),
        headers={f"by_{party}": name for party, name in names.items()}
        | {"as_blocs": "Bloc to bloc", "one_by_one": f"{names[docket.answering]} with single members"},
        open=True,
        marks={word: mark(word) for word in sorted(used)},
        behind=behind,
        method=METHOD,
        rests_on=tuple(dict.fromkeys([*in_order(docket), *_rules(docket)])),
        robustness=Robustness("descriptive"),
    )


def _first_lines(lines: Sequence[str]) -> tuple[str, ...]:
    more = len(lines) - MOST_LINES
    return (*lines[:MOST_LINES], f"And {more} lines more.") if more > 0 else tuple(lines)


def mark(word: str) -> Mark:
    """The mark of a verdict, by the first word of it."""
    return MARKS[first_word(word)]


def first_word(words: str) -> State:
    """The first, and so the worst, of the verdicts that are told."""
    return next(state for state in ORDER if words.startswith(state))


def _one_by_one(docket: Docket, words: Words, bilateral: Mapping[str, Held]) -> tuple[str, tuple[str, ...]]:
    """The verdicts for each member by itself, those alike told together; and why, for one of each kind."""
    groups: dict[str, list[str]] = {}
    for member, held in bilateral.items():
        groups.setdefault(states_words(held.states()), []).append(member)
    if not groups:
        return "no member then", ()
    lines = []
    for state, members in groups.items():
        held = bilateral[members[0]]
        lines.append(f"{capital(state)} with {listed(words.name(member) for member in members)}:")
        for party in (docket.answering, members[0]):
            lines += [f"{words.name(party)}: {line}" for line in reasons(words, docket, held, party)]
    return ", ".join(f"{state}: {len(members)}" for state, members in groups.items()), tuple(lines)


def _says(docket: Docket) -> str:
    offered = [name for name in docket.proposals if docket.case.proposals[name].standing == "offered"]
    counts = Counter(states_words(docket.bloc(name).states()) for name in offered)
    told = sorted(counts, key=lambda state: -ORDER.index(first_word(state)))
    fates = listed(f"{counts[state]} {_verb(counts[state])} {state}" for state in told) or "nothing is to be told"
    says = f"Of {count(len(offered), 'proposal')} offered, each held against the rules of its own time, {fates} from "
    says += "bloc to bloc."
    if silent := len(docket.case.proposals) - len(docket.proposals):
        says += f" {capital(count(silent, 'more proposal'))} {'says' if silent == 1 else 'say'} too little to be held."
    if pairs := _conflicts(docket):
        told = [f"{allowing} allows what {barring} bars" for allowing, barring in pairs[:MOST_CONFLICTS]]
        told += [f"{len(pairs) - MOST_CONFLICTS} pairs more"] if len(pairs) > MOST_CONFLICTS else []
        says += f" In conflict, and neither overrides the other: {listed(told)}."
    return f"{says} {openings_left_out(docket)}".rstrip()


def _conflicts(docket: Docket) -> list[tuple[str, str]]:
    """Rules that allow and rules that bar one of the proposals at once."""
    rulings = (ruling for name in docket.proposals for ruling in docket.bloc(name).rulings)
    return sorted({pair for ruling in rulings for pair in ruling.verdict.conflicts})


def _verb(n: int) -> str:
    return "is" if n == 1 else "are"


def _rules(docket: Docket) -> list[str]:
    return [name for name, rule in docket.case.rules.items() if rule.effects]
