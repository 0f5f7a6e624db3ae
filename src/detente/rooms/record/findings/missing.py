"""What a reader may look for in the chapter on what happened and does not find."""

from __future__ import annotations

from collections.abc import Iterator

from detente.results.finding import Missing
from detente.rooms.record.model.record import RecordModel
from detente.text.english import cardinal


def missing_from_record(model: RecordModel) -> Iterator[Missing]:
    """Approaches, replies, dates, lists of issues, statements, and members at two dates that the case does not have."""
    yield from _missing_of_offers(model)
    case = model.case
    if not model.agendas:
        yield Missing(
            "how the issues on offer changed",
            "No approach that has a date makes three proposals or more.",
            "Add `proposes:` to the approaches, with the proposals that each makes.",
        )
    if not model.statements:
        yield Missing(
            "who spoke, and in what tone",
            "The case records no statement.",
            "Add entries of `kind: statement` to `record:`.",
        )
    elif not model.statements.toned:
        yield Missing(
            "in what tone the sides spoke",
            "No statement of theirs that has a date says in what tone it is made.",
            "Add `tone:` to statements, from hostile to eager.",
        )
    if not any(organisation.members for organisation in case.organisations.values()):
        yield Missing(
            "who joined and who left", "The case names no members.", "Add `members:` to each organisation, with dates."
        )
    elif len(case.snapshots) < 2:
        yield Missing(
            "who joined and who left",
            "The case names no two years to compare.",
            "Add `snapshots:`, with two years or more.",
        )


def _missing_of_offers(model: RecordModel) -> Iterator[Missing]:
    case = model.case
    if not case.recorded_offers:
        yield Missing(
            "who offered what, and what came of it",
            "The case records no approach.",
            "Add entries of `kind: offer` and `kind: reply` to `record:`.",
        )
        return
    if not case.replies:
        yield Missing(
            "what came of the approaches",
            "The case records no reply.",
            "Add entries of `kind: reply` to `record:`, also where a source says that no answer came.",
        )
    undated = sum(offer.date is None for offer in case.recorded_offers)
    if undated:
        subject = "any approach" if undated == len(case.recorded_offers) else f"{cardinal(undated)} of the approaches"
        yield Missing(
            f"when {subject} {'was' if undated in (1, len(case.recorded_offers)) else 'were'} made",
            "The case gives no date.",
            "Add `date:`, as wide as the sources leave it.",
        )
