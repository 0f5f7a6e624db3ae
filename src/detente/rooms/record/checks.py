"""What the record room finds wrong in a case."""

from __future__ import annotations

from collections.abc import Iterator

from detente.case.fault import Fault
from detente.case.index.by_year import analysed_years
from detente.case.index.membership import in_force_at_stated_dates, is_in_force
from detente.case.schema.case import Case
from detente.case.schema.document_conclusions import Prediction
from detente.case.schema.parties import Member, Organisation
from detente.methods.chronology.edtf import Edtf
from detente.rooms.record.contradiction_checks import contradiction_faults
from detente.rooms.record.offer_checks import offer_faults


def record_faults(case: Case) -> Iterator[Fault]:
    """Offers and replies that cannot be, spells of membership that overlap, members whom no date makes certain."""
    yield from offer_faults(case)
    for name, organisation in case.organisations.items():
        yield from _overlapping_membership_faults(name, organisation)
        if case.channels:
            yield from _doubtful_membership_faults(name, organisation, analysed_years(case))
    yield from _judgement_faults(case)
    yield from _wording_faults(case)
    yield from contradiction_faults(case)


def _overlapping_membership_faults(name: str, organisation: Organisation) -> Iterator[Fault]:
    earlier_spells: dict[tuple[str, str | None, str], list[Member]] = {}
    for index, member in enumerate(organisation.members):
        same_spells = earlier_spells.setdefault((member.actor, member.according_to, member.status), [])
        for earlier in same_spells:
            if _surely_overlap(member, earlier):
                message = f"'{member.actor}' belongs twice at once: {earlier.during} and {member.during}"
                yield Fault(
                    ("organisations", name, "members", index), message, "say according_to whom, if sources differ"
                )
        same_spells.append(member)


def _surely_overlap(a: Member, b: Member) -> bool:
    return max(a.during.begin_range[1], b.during.begin_range[1]) < min(a.during.end_range[0], b.during.end_range[0])


def _doubtful_membership_faults(name: str, organisation: Organisation, channel_years: list[int]) -> Iterator[Fault]:
    """Members of the years that the channels are worked out for, whom an approximate date may put in or out."""
    for index, member in enumerate(organisation.members):
        if not member.during.approximate or member.status != "member":
            continue
        for year in channel_years:
            when = Edtf.parse(f"{year:04d}")
            if is_in_force(member.during, when) is None:
                counted_phrase = "is" if in_force_at_stated_dates(member.during, when) else "is not"
                message = f"whether '{member.actor}' belongs to '{name}' in {year} cannot be told from {member.during}"
                remedy = (
                    f"it {counted_phrase} counted as a member in the channels; give a date without ~, ? or % if you can"
                )
                yield Fault(("organisations", name, "members", index, "in"), message, remedy, severity="warning")


def _judgement_faults(case: Case) -> Iterator[Fault]:
    """Judgements that contradict their own condition."""
    for name, prediction in case.predictions.items():
        for index, judgement in enumerate(prediction.judgements):
            path = ("predictions", name, "judgements", index)
            if judgement.condition and not prediction.condition:
                yield Fault((*path, "condition"), f"'{name}' is not conditional", "leave condition out, or give it one")
            if judgement.condition == "not-met" and judgement.outcome in ("came-true", "did-not"):
                message = f"'{name}' is not tested where its condition was not met"
                yield Fault((*path, "outcome"), message, "say untestable, or too-early")


def _wording_faults(case: Case) -> Iterator[Fault]:
    """Wordings of one prediction that refer to each other in turn, or are judged differently from it."""
    for name, prediction in case.predictions.items():
        if prediction.same_as is None:
            continue
        path, first = ("predictions", name, "same_as"), case.predictions[prediction.same_as]
        if prediction.same_as == name:
            yield Fault(path, f"'{name}' is said to be the same as itself", "leave same_as out")
        elif first.same_as is not None:
            yield Fault(path, f"'{prediction.same_as}' refers to another wording itself", f"say {first.same_as}")
        elif prediction.no_change not in (None, first.no_change):
            message = f"'{name}' and '{prediction.same_as}' differ on whether they say that nothing changes"
            yield Fault(("predictions", name, "no_change"), message, f"say it at '{prediction.same_as}' alone")
        elif _judged_outcomes(prediction) != _judged_outcomes(first):
            message = f"'{name}' says the same as '{prediction.same_as}' and is judged otherwise"
            yield Fault(("predictions", name, "judgements"), message, "judge them alike, or leave same_as out")


def _judged_outcomes(prediction: Prediction) -> dict[str, str]:
    """What its judges say became of it, each by the last judgement."""
    return {judgement.by: judgement.outcome for judgement in prediction.judgements}
