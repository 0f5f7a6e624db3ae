"""The finding on what the rules allow: proposals by organisation and by channel, with what stands behind each word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from detente.methods.institutions.legal_rule import STATES_WORST_FIRST, VerdictState
from detente.results.finding import CellMark, Finding, Robustness
from detente.results.table import Column, make_table
from detente.rooms.rules.findings.text import RuleLabels, states_phrase, verdict_reasons
from detente.rooms.rules.findings.work_limits import omitted_openings_note
from detente.rooms.rules.model.docket import Docket
from detente.rooms.rules.model.rulings import ProposalRulings
from detente.text.dates import APPROXIMATE_DATES_NOTE
from detente.text.english import count_noun, join_words, upper_first

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
    f"made is unknown. {APPROXIMATE_DATES_NOTE} Members are those by the dates as stated. The scheme is ours."
)
MOST_LINES = 200
"""Lines behind a verdict, beyond which it is only told how many more there are."""
MOST_CONFLICTS = 20
"""Conflicts that are named, beyond which it is only told how many more there are."""
STATE_MARKS: Mapping[VerdictState, CellMark] = {
    "barred": "stop",
    "undetermined": "doubt",
    "conditional": "go-half",
    "redundant": "empty",
    "open": "go",
}


def proposal_origin(docket: Docket, name: str) -> tuple[str, str]:
    """How a proposal came up, as an agenda or as what else, and when."""
    if year := docket.agenda_year(name):
        return "agenda", str(year)
    return docket.case.proposals[name].standing, docket.proposal_time(name).text


def proposals_in_order(docket: Docket) -> list[str]:
    """The proposals as the matrix has them: what was offered by time, then what is recommended, then the rest."""
    standings = ("offered", "recommended", "discussed")
    standing = {name: standings.index(docket.case.proposals[name].standing) for name in docket.proposals}
    return sorted(docket.proposals, key=lambda name: (standing[name], docket.proposal_time(name).as_stated.first_day))


def admissibility_finding(docket: Docket, labels: RuleLabels) -> Finding:
    """Each proposal at its own time: what either side's rules make of it, what both do, and through single members."""
    records, behind, phrases_used = [], {}, set()
    for row_number, name in enumerate(proposals_in_order(docket)):
        bloc_rulings, member_rulings = docket.under_bloc_rules(name), docket.under_member_rules(name)
        record: dict[str, object] = {"proposal": name, "in_words": docket.case.proposals[name].title}
        record["put_forward"], record["when"] = proposal_origin(docket, name)
        for party in docket.parties:
            column = f"by_{party}"
            record[column] = states_phrase(bloc_rulings.states([party]))
            behind[row_number, column] = _first_lines(verdict_reasons(labels, docket, bloc_rulings, party))
        record["as_blocs"] = states_phrase(bloc_rulings.states())
        if opening := labels.openings_phrase(bloc_rulings):
            behind[row_number, "as_blocs"] = (f"What would open it: {opening}.",)
        states_by_member = {member: states_phrase(rulings.states()) for member, rulings in member_rulings.items()}
        record["one_by_one"] = ", ".join(dict.fromkeys(states_by_member.values())) or "no member then"
        record["open_with"] = sum(phrase == "open" for phrase in states_by_member.values())
        record["members"] = len(states_by_member)
        behind[row_number, "one_by_one"] = _first_lines(_member_verdicts(docket, labels, member_rulings))
        phrases_used |= {str(record[f"by_{party}"]) for party in docket.parties} | {str(record["as_blocs"])}
        phrases_used |= {str(record["one_by_one"])} if member_rulings else set()
        records.append(record)
    names = {party: labels.display_name(party) for party in docket.parties}
    return Finding(
        id="matrix",
        title="Proposals by organisation",
        says=_admissibility_sentences(docket),
        see="Open: nothing stands in its way. Conditional (half a circle): somebody could still bring about what is "
        "lacking. Redundant (an empty one): another channel covers it. Undetermined (a dashed one): one would have to "
        "know more. Barred (a square): a rule forbids it. Each word opens on its reasons.",
        table=make_table(_columns(names, docket.answering_party), records),
        open=True,
        marks={word: state_mark(word) for word in sorted(phrases_used)},
        behind=behind,
        method=METHOD,
        rests_on=tuple(dict.fromkeys([*proposals_in_order(docket), *_rules_with_effects(docket)])),
        robustness=Robustness("descriptive"),
    )


def _columns(names: Mapping[str, str], answering_party: str) -> list[Column]:
    return [
        Column("proposal", format="id"),
        Column("in_words"),
        Column("put_forward"),
        Column("when", format="date"),
        *(Column(f"by_{party}", name) for party, name in names.items()),
        Column("as_blocs", "Bloc to bloc"),
        Column("one_by_one", f"{names[answering_party]} with single members"),
        Column("open_with", "open with", "count", "members"),
        Column("members", "of", "count", "members"),
    ]


def _first_lines(lines: Sequence[str]) -> tuple[str, ...]:
    omitted_count = len(lines) - MOST_LINES
    return (*lines[:MOST_LINES], f"And {omitted_count} lines more.") if omitted_count > 0 else tuple(lines)


def state_mark(phrase: str) -> CellMark:
    """The mark of a verdict, by the first word of it."""
    return STATE_MARKS[leading_state(phrase)]


def leading_state(phrase: str) -> VerdictState:
    """The first, and so the worst, of the verdicts that are told."""
    return next(state for state in STATES_WORST_FIRST if phrase.startswith(state))


def _member_verdicts(
    docket: Docket, labels: RuleLabels, member_rulings: Mapping[str, ProposalRulings]
) -> tuple[str, ...]:
    """Why the verdicts for the members by themselves are what they are, for one of each kind."""
    members_by_state: dict[str, list[str]] = {}
    for member, proposal_rulings in member_rulings.items():
        members_by_state.setdefault(states_phrase(proposal_rulings.states()), []).append(member)
    lines = []
    for state, members in members_by_state.items():
        proposal_rulings = member_rulings[members[0]]
        lines.append(f"{upper_first(state)} with {join_words(labels.display_name(member) for member in members)}:")
        for party in (docket.answering_party, members[0]):
            lines += [
                f"{labels.display_name(party)}: {line}"
                for line in verdict_reasons(labels, docket, proposal_rulings, party)
            ]
    return tuple(lines)


def _admissibility_sentences(docket: Docket) -> str:
    offered = [name for name in docket.proposals if docket.case.proposals[name].standing == "offered"]
    counts = Counter(states_phrase(docket.under_bloc_rules(name).states()) for name in offered)
    items_told = sorted(counts, key=lambda state: -STATES_WORST_FIRST.index(leading_state(state)))
    fates_phrase = (
        join_words(f"{counts[state]} {_is_or_are(counts[state])} {state}" for state in items_told)
        or "nothing is to be told"
    )
    says = f"Of {count_noun(len(offered), 'proposal')} offered, each held against the rules of its own time, "
    says += f"{fates_phrase} from bloc to bloc."
    if silent_count := len(docket.case.proposals) - len(docket.proposals):
        verb = "says" if silent_count == 1 else "say"
        says += f" {upper_first(count_noun(silent_count, 'more proposal'))} {verb} too little to be held."
    if conflicts := _conflicts(docket):
        items_told = [f"{allowing} allows what {barring} bars" for allowing, barring in conflicts[:MOST_CONFLICTS]]
        items_told += [f"{len(conflicts) - MOST_CONFLICTS} pairs more"] if len(conflicts) > MOST_CONFLICTS else []
        says += f" In conflict, and neither overrides the other: {join_words(items_told)}."
    return f"{says} {omitted_openings_note(docket)}".rstrip()


def _conflicts(docket: Docket) -> list[tuple[str, str]]:
    """Rules that allow and rules that bar one of the proposals at once."""
    rulings = (ruling for name in docket.proposals for ruling in docket.under_bloc_rules(name).rulings)
    return sorted({pair for ruling in rulings for pair in ruling.verdict.conflicts})


def _is_or_are(n: int) -> str:
    return "is" if n == 1 else "are"


def _rules_with_effects(docket: Docket) -> list[str]:
    return [name for name, rule in docket.case.rules.items() if rule.effects]
