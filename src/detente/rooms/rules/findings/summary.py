"""The answer of the rules room, its tile, and what it assumes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from detente.results.finding import Tile
from detente.rooms.rules.findings.other_readings import other_reading_sentence
from detente.rooms.rules.findings.text import RuleLabels, states_phrase
from detente.rooms.rules.findings.work_limits import omission_notes
from detente.rooms.rules.model.build_rulebooks import proposal_parts
from detente.rooms.rules.model.docket import Docket
from detente.rooms.rules.model.feasibility_ranking import RankedProposal
from detente.rooms.rules.model.rule_dependence import RuleRemoval, most_decisive_removal
from detente.rooms.rules.model.rules import RulesModel
from detente.text.dates import format_date
from detente.text.english import count_noun, join_words, upper_first


def rules_answer(model: RulesModel) -> str:
    """What the rules leave open now, what they stop, and how much of that rests on no rule, or on one."""
    docket, rows = model.docket, offered_rows(model)
    closed_rows = [row for row in rows if not row.is_open]
    open_names = [row.name for row in rows if row.is_open]
    says = f"By the rules of {format_date(docket.comparison_time)}, "
    says += f"{_open_count_phrase(len(open_names), len(rows))} open from bloc to bloc"
    says += f"; {_state_counts_phrase(closed_rows)}." if closed_rows else "."
    doubts = []
    if (most_decisive := most_decisive_removal(model.removals)) and (
        remaining_names := [name for name in open_names if name not in most_decisive.no_longer_open]
    ) != open_names:
        doubts.append(f"without {most_decisive.rule_id} alone it would be {len(remaining_names) or 'none'}")
    if (remaining_names := [name for name in open_names if _is_permitted(docket, name)]) != open_names:
        doubts.append(f"if what no rule permits were not open, {len(remaining_names) or 'none'}")
    says += f" That is fragile: {'; '.join(doubts)}." if doubts else ""
    says += "".join(f" {other_reading_sentence(docket.case, one, rows)}" for one in model.other_readings)
    never_offered = [row.name for row in model.ranking if row not in rows and "barred" in row.rulings.states()]
    if never_offered:
        verb = "is" if len(never_offered) == 1 else "are"
        says += f" Barred, by one source at least, {verb} {join_words(never_offered)}, never offered."
    return f"{says} Nobody need want what the rules leave open: of that they say nothing."


def _is_permitted(docket: Docket, name: str) -> bool:
    """Whether some rule of either side permits it: none of its open verdicts rests on silence."""
    return all(
        ruling.verdict.deciding_rules for ruling in docket.under_bloc_rules(name, docket.comparison_time).rulings
    )


def _open_count_phrase(n: int, total: int) -> str:
    return f"{n or 'none'} of the {total} proposals {'is' if n < 2 else 'are'}"


def offered_rows(model: RulesModel) -> list[RankedProposal]:
    """The proposals that were offered, as ranked; all of them if none was."""
    proposals = model.docket.case.proposals
    return [row for row in model.ranking if proposals[row.name].standing == "offered"] or list(model.ranking)


def _state_counts_phrase(rows: list[RankedProposal]) -> str:
    counts = Counter(states_phrase(row.rulings.states()) for row in rows)
    return join_words(f"{n} {'is' if n == 1 else 'are'} {state}" for state, n in counts.items())


def rules_brief(model: RulesModel) -> str:
    """The answer for the first screen: whether the rules stood in the way, and how much hangs on one of them."""
    docket, rows = model.docket, offered_rows(model)
    barred_count = sum(docket.under_bloc_rules(row.name).states()[0] == "barred" for row in rows)
    total_phrase = f"the {count_noun(len(rows), 'proposal')}"
    says = (
        f"The rules bar {barred_count} of {total_phrase}"
        if barred_count
        else f"The rules of neither side bar any of {total_phrase}"
    )
    open_names = [row.name for row in rows if row.is_open]
    says += f"; those of {format_date(docket.comparison_time)} leave {len(open_names) or 'none'} open from bloc to bloc"
    decisive_rule = _decisive_rule(model.removals, open_names)
    return (
        f"{says}, {decisive_rule[1]} of them by one rule alone ({decisive_rule[0]})." if decisive_rule else f"{says}."
    )


def _decisive_rule(removals: Sequence[RuleRemoval] | None, open_names: Sequence[str]) -> tuple[str, int] | None:
    """The rule on which most of these open verdicts hang alone, and how many do."""
    most_decisive = most_decisive_removal(removals)
    lost_names = [name for name in open_names if most_decisive and name in most_decisive.no_longer_open]
    return (most_decisive.rule_id, len(lost_names)) if most_decisive and lost_names else None


def rules_tile(model: RulesModel) -> Tile:
    """The first screen in a few words."""
    rows = offered_rows(model)
    counts = Counter(states_phrase(row.rulings.states()) for row in rows)
    other_states = join_words(f"{n} {state}" for state, n in counts.items() if state != "open")
    decisive_rule = _decisive_rule(model.removals, [row.name for row in rows if row.is_open])
    fragile_phrase = f"fragile, {decisive_rule[1]} hang on one rule" if decisive_rule else ""
    note = "; ".join(filter(None, (other_states, fragile_phrase)))
    return Tile(
        "What the rules allow", f"{counts['open']} of {len(rows)} proposals open{_tile_aside(model, rows)}", note
    )


def _tile_aside(model: RulesModel, rows: Sequence[RankedProposal]) -> str:
    """How few proposals are open by the other reading that leaves fewest."""
    first = sum(row.is_open for row in rows)
    counts = [sum(row.name in one.open_proposals for row in rows) for one in model.other_readings]
    fewest = min(counts, default=first)
    return f", {fewest or 'none'} read otherwise" if fewest < first else ""


def rules_assumptions(model: RulesModel, labels: RuleLabels) -> Iterator[str]:
    """What was assumed without the case saying so, and what was left out because it would be too much."""
    docket, case = model.docket, model.docket.case
    if len(case.sides) != 2:
        first_label, second_label = (labels.display_name(party) for party in docket.parties)
        sides_phrase = f"{first_label} and {second_label}, the two of its latest offer"
        yield f"That the case is about {sides_phrase}; declare sides: to say so."
    for party in docket.parties:
        if case.organisations[party].otherwise is None:
            name = labels.display_name(party)
            yield f"That one cannot tell what {name} may do where none of its rules applies: it declares no otherwise:."
    undated = [name for name, rule in case.rules.items() if rule.effects and rule.during is None]
    if undated:
        rules_phrase = f"{count_noun(len(undated), 'rule')} without a date {_was_or_were(undated)}"
        yield f"That {rules_phrase} in force throughout: {join_words(undated)}."
    presumed = [name for name, part in case.attributes.items() if part.presumed]
    if presumed:
        presumed_phrase = join_words(f"{name} {case.attributes[name].presumed}" for name in presumed)
        yield f"Of every proposal that does not say: {presumed_phrase}."
    own_reading_count = sum(
        bool(q.because)
        for p in case.proposals.values()
        for _, qualities in proposal_parts(p)
        for q in qualities.values()
    )
    if own_reading_count:
        count_phrase = upper_first(count_noun(own_reading_count, "attribute"))
        yield f"{count_phrase} of proposals, which are our reading, each for the reason it gives."
    yield "That a state may do what no rule forbids it, by the Lotus judgment."
    yield from omission_notes(docket, model.removals)


def _was_or_were(names: list[str]) -> str:
    return "was" if len(names) == 1 else "were"
