"""The finding on what the rules allow: proposals by organisation and by channel, with what stands behind each word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from detente.methods.institutions.legal_rule import STATES_WORST_FIRST, VerdictState
from detente.results.finding import CellMark, Finding
from detente.results.table import Column, make_table
from detente.rooms.rules.findings.admissibility_grid import admissibility_grid, proposals_in_order
from detente.rooms.rules.findings.text import RuleLabels, states_phrase, verdict_reasons
from detente.rooms.rules.findings.verdict_words import (
    count_of,
    other_verdicts_phrase,
    part_of,
    plain_verdict,
    was_or_were,
)
from detente.rooms.rules.findings.work_limits import omitted_openings_note
from detente.rooms.rules.model.docket import Docket
from detente.rooms.rules.model.rules import RulesModel
from detente.rooms.rules.model.rulings import ProposalRulings
from detente.text.dates import APPROXIMATE_DATES_NOTE
from detente.text.english import cardinal, join_words, upper_first

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


def admissibility_finding(model: RulesModel, labels: RuleLabels) -> Finding:
    """Each proposal at its own time: what either side's rules make of it, what both do, and through single members."""
    docket = model.docket
    briefly = RuleLabels(docket.case, quotes_rules=False)
    records, behind, phrases_used = [], {}, set()
    for row_number, name in enumerate(proposals_in_order(docket)):
        bloc_rulings, member_rulings = docket.under_bloc_rules(name), docket.under_member_rules(name)
        record: dict[str, object] = {"proposal": name, "in_words": docket.case.proposals[name].title}
        record["put_forward"], record["when"] = proposal_origin(docket, name)
        for party in docket.parties:
            column = f"by_{party}"
            record[column] = states_phrase(bloc_rulings.states([party]))
            behind[row_number, column] = _first_lines(verdict_reasons(briefly, docket, bloc_rulings, party))
        record["as_blocs"] = states_phrase(bloc_rulings.states())
        if opening := labels.openings_phrase(bloc_rulings):
            behind[row_number, "as_blocs"] = (f"What would open it: {opening}.",)
        states_by_member = {member: states_phrase(rulings.states()) for member, rulings in member_rulings.items()}
        record["one_by_one"] = ", ".join(dict.fromkeys(states_by_member.values())) or "no member then"
        record["open_with"] = sum(phrase == "open" for phrase in states_by_member.values())
        record["members"] = len(states_by_member)
        behind[row_number, "one_by_one"] = _first_lines(_member_verdicts(docket, briefly, member_rulings))
        phrases_used |= {str(record[f"by_{party}"]) for party in docket.parties} | {str(record["as_blocs"])}
        phrases_used |= {str(record["one_by_one"])} if member_rulings else set()
        records.append(record)
    names = {party: labels.heading(party) for party in docket.parties}
    return Finding(
        id="matrix",
        title="Proposals by organisation",
        says=" ".join(_admissibility_sentences(model, labels)),
        table=make_table(_columns(names, docket.answering_party), records),
        marks={word: state_mark(word) for word in sorted(phrases_used)},
        behind=behind,
        method=f"{METHOD} {omitted_openings_note(docket)}".rstrip(),
        rests_on=tuple(dict.fromkeys([*proposals_in_order(docket), *_rules_with_effects(docket)])),
        place="detail",
        question="What the rules allowed when each was proposed",
        short_answer=_short_answer(model),
        picture=admissibility_grid(model, labels),
    )


def _short_answer(model: RulesModel) -> str:
    return f"{count_of(_open_at_own_time(model), len(model.counted))} open"


def _open_at_own_time(model: RulesModel) -> int:
    """How many of the proposals that are counted were open by the rules of their own time."""
    return sum(model.docket.under_bloc_rules(row.name).states() == ("open",) for row in model.counted)


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


def _admissibility_sentences(model: RulesModel, labels: RuleLabels) -> Iterator[str]:
    """How many proposals were open when they were made, what became of the others, and through single members."""
    docket, total, then = model.docket, len(model.counted), _open_at_own_time(model)
    own_rulings = [docket.under_bloc_rules(row.name) for row in model.counted]
    yield f"By the rules of their own time, {part_of(then, total)} {was_or_were(then)} open."
    if others := other_verdicts_phrase(plain_verdict(rulings.states()) for rulings in own_rulings):
        yield f"{upper_first(others)}."
    with_members = sum(
        any(rulings.states() == ("open",) for rulings in docket.under_member_rules(row.name).values())
        for row in model.counted
    )
    offering, answering = (labels.in_sentence(party) for party in docket.parties)
    part = part_of(with_members, total)
    yield f"Between {answering} and some single member of {offering}, {part} {was_or_were(with_members)} open."
    if conflicts := _conflicts(docket):
        pairs = "one pair of rules" if len(conflicts) == 1 else f"{cardinal(len(conflicts))} pairs of rules"
        yield f"In {pairs}, one allows what the other forbids, and neither comes first."


def _conflicts(docket: Docket) -> list[tuple[str, str]]:
    """Rules that allow and rules that bar one of the proposals at once."""
    rulings = (ruling for name in docket.proposals for ruling in docket.under_bloc_rules(name).rulings)
    return sorted({pair for ruling in rulings for pair in ruling.verdict.conflicts})


def _rules_with_effects(docket: Docket) -> list[str]:
    return [name for name, rule in docket.case.rules.items() if rule.effects]
