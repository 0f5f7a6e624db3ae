"""What the rules room assumes without the case saying so, and what it leaves out."""

from __future__ import annotations

from collections.abc import Iterator

from detente.rooms.rules.findings.text import RuleLabels
from detente.rooms.rules.findings.work_limits import omission_notes
from detente.rooms.rules.model.build_rulebooks import proposal_parts
from detente.rooms.rules.model.rules import RulesModel
from detente.text.english import count_noun, join_words, upper_first


def rules_assumptions(model: RulesModel, labels: RuleLabels) -> Iterator[str]:
    """What was assumed without the case saying so, and what was left out because it would be too much."""
    docket, case = model.docket, model.docket.case
    if len(case.sides) != 2:
        first_label, second_label = (labels.in_sentence(party) for party in docket.parties)
        sides_phrase = f"{first_label} and {second_label}, the two of its latest offer"
        yield f"That the case is about {sides_phrase}; declare sides: to say so."
    for party in docket.parties:
        if case.organisations[party].otherwise is None:
            name = labels.in_sentence(party)
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
