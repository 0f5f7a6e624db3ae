"""What is wrong with how organisations decide: rules that cannot decide, votes and stances of nobody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.case.fault import Fault
from detente.case.index.by_year import OPEN_END_YEAR, analysed_years
from detente.case.index.membership import case_sides, in_force_at_stated_dates, is_in_force, members_at_time
from detente.case.schema.base import CasePath
from detente.case.schema.case import Case
from detente.case.schema.decision_rules import DecisionRule, MajorityCriterion, MemberStance, VotingRequirements
from detente.case.schema.parties import Organisation
from detente.errors import did_you_mean
from detente.methods.chronology.edtf import Edtf
from detente.rooms.rules.condition_checks import can_hold, condition_faults
from detente.rooms.rules.model.build_rulebooks import build_condition
from detente.rooms.rules.model.decision_rules import build_decision_rule, required_participants, voting_members
from detente.rooms.rules.model.docket import Docket, build_docket
from detente.text.english import join_words


def organisation_faults(case: Case, name: str, organisation: Organisation) -> Iterator[Fault]:
    """What is wrong with the decision rules, organs and shares of an organisation."""
    path: CasePath = ("organisations", name)
    general_rules: list[DecisionRule] = []
    for index, declaration in enumerate(organisation.decides):
        fault_path = (*path, "decides", index)
        yield from _decision_rule_faults(case, declaration, fault_path, organisation)
        if covering_rule := next((g for g in general_rules if _covers_time(g.during, declaration.during)), None):
            covering_index = organisation.decides.index(covering_rule)
            yield Fault(
                fault_path,
                f"this rule is never reached: decides.{covering_index} is for everything",
                "put it before that one",
            )
        if declaration.on is None:
            general_rules.append(declaration)
    if organisation.decides and not general_rules:
        message = "nothing says how it decides on everything else"
        yield Fault((*path, "decides"), message, "add a last rule: {on: everything, by: consensus}")
    elif organisation.decides:
        yield from _gap_faults(case, name, general_rules)
    members = {row.actor for row in organisation.members if row.status == "member"}
    for organ_name, organ in organisation.organs.items():
        organ_path = (*path, "organs", organ_name)
        for index, actor in enumerate(organ.members):
            if actor not in members:
                suggestion = did_you_mean(actor, members) or "an organ seats members"
                yield Fault(
                    (*organ_path, "members", index), f"'{actor}' is no member of '{name}'", suggestion, is_omission=True
                )
        if organ.decides:
            seated_members = {m for m in members if m in organ.members} if organ.members else members
            yield from _voting_faults(
                organ.decides, (*organ_path, "decides"), organ.decides.by, seated_members, f" of '{organ_name}'"
            )
    for index, share in enumerate(organisation.shares):
        for actor in share.held:
            if actor not in members:
                fault_path = (*path, "shares", index, "held", actor)
                yield Fault(
                    fault_path, f"'{actor}' is no member of '{name}'", "shares are those of members", is_omission=True
                )


def _gap_faults(case: Case, name: str, general_rules: Sequence[DecisionRule]) -> Iterator[Fault]:
    """Warns of times that are looked at and in which no rule for everything is in force: consensus is taken then."""
    times = [*(Edtf.parse(f"{year:04d}") for year in analysed_years(case) if year < OPEN_END_YEAR), *case.snapshots]
    gaps = [
        when
        for when in dict.fromkeys(times)
        if members_at_time(case, name, when)
        and not any(in_force_at_stated_dates(rule.during, when) for rule in general_rules)
    ]
    if gaps:
        message = f"no rule for everything is in force in {join_words(map(str, gaps))}; consensus is taken then"
        remedy = "say how it decided then, or leave out in: of the rule that held"
        yield Fault(("organisations", name, "decides"), message, remedy, is_omission=True, severity="warning")


def _covers_time(outer: Edtf | None, inner: Edtf | None) -> bool:
    """Whether a rule of one time holds throughout another."""
    return outer is None or (inner is not None and is_in_force(outer, inner) is True)


def _decision_rule_faults(
    case: Case, declaration: DecisionRule, path: CasePath, organisation: Organisation
) -> Iterator[Fault]:
    if declaration.on is not None:
        faults = list(condition_faults(case, declaration.on, (*path, "on")))
        yield from faults
        if not faults and not can_hold(case, build_condition(declaration.on)):
            yield Fault((*path, "on"), "this can never hold", "its conditions exclude each other")
    if "delegated" in declaration.by and (declaration.to is None or declaration.to not in organisation.organs):
        organs_phrase = join_words(organisation.organs, "or") or "declare one under organs:"
        yield Fault((*path, "by"), "delegated to no organ of its own", f"to: {organs_phrase}")
    elif "delegated" in declaration.by and not organisation.organs[str(declaration.to)].decides:
        yield Fault((*path, "to"), f"'{declaration.to}' has no decision rule", "give the organ decides: {by: majority}")
    elif declaration.to and "delegated" not in declaration.by:
        yield Fault((*path, "to"), "only what is delegated goes to an organ", "by: delegated, or leave to: out")
    member_rows = [row for row in organisation.members if row.status == "member"]
    members_then = {
        row.actor
        for row in member_rows
        if declaration.during is None or in_force_at_stated_dates(row.during, declaration.during)
    }
    yield from _voting_faults(
        declaration, path, declaration.by, members_then, f" in {declaration.during}" if declaration.during else ""
    )


def _voting_faults(
    declaration: VotingRequirements, path: CasePath, kinds: Sequence[str], member_ids: set[str], when_phrase: str
) -> Iterator[Fault]:
    """Criteria that do not belong to the kind of rule, votes of those who have none, quotas that cannot be met."""
    if len(set(kinds)) < len(kinds):
        yield Fault((*path, "by"), "the same kind twice", "say it once")
    if "majority" not in kinds:
        for key in ("weights", "also", "blocking", *(() if "opt-in" in kinds else ("quota", "more_than"))):
            if key in declaration.model_fields_set:
                needed_kinds = "majority or opt-in" if key in ("quota", "more_than") else "majority"
                yield Fault(
                    (*path, key), f"{key} is for {needed_kinds}", f"by: {needed_kinds.split(' ')[0]}, or leave it out"
                )
    for place, actor in enumerate(declaration.veto):
        if actor not in member_ids:
            suggestion = did_you_mean(actor, member_ids) or "name a member, or say when it was one"
            yield Fault((*path, "veto", place), f"'{actor}' is no member{when_phrase}", suggestion, is_omission=True)
    criteria: list[tuple[CasePath, MajorityCriterion]] = [(path, declaration)]
    criteria += [((*path, "also", index), criterion) for index, criterion in enumerate(declaration.also)]
    for criterion_path, criterion in criteria if "majority" in kinds else ():
        yield from _criterion_faults(criterion, criterion_path, member_ids, when_phrase)
    if (
        "majority" in kinds
        and declaration.blocking
        and declaration.blocking > (voter_count := len(voting_members(declaration, sorted(member_ids))))
    ):
        message = f"{declaration.blocking} members that can block are more than all that vote ({voter_count})"
        yield Fault((*path, "blocking"), message, f"at most {voter_count}, or leave it out", is_omission=True)
    if "opt-in" in kinds and (required_count := required_participants(declaration, len(member_ids))) > len(member_ids):
        message = f"{required_count} is more than all the members together ({len(member_ids)})"
        yield Fault((*path, "quota"), message, f"at most {len(member_ids)}", is_omission=True)


def _criterion_faults(
    criterion: MajorityCriterion, path: CasePath, member_ids: set[str], when_phrase: str
) -> Iterator[Fault]:
    for actor in criterion.weights:
        if actor not in member_ids:
            suggestion = did_you_mean(actor, member_ids) or "name a member, or say when it was one"
            yield Fault((*path, "weights", actor), f"'{actor}' is no member{when_phrase}", suggestion, is_omission=True)
    for member in sorted(member_ids - set(criterion.weights)) if criterion.weights else ():
        yield Fault((*path, "weights"), f"no weight for '{member}'", "0 if it has no vote", is_omission=True)
    total, quota = sum(criterion.weights.values()) if criterion.weights else len(member_ids), criterion.quota
    if criterion.weights and not total:
        yield Fault((*path, "weights"), "nobody has a vote", "give some members weights above 0")
    elif quota and not quota.is_share and criterion.of == "voting":
        yield Fault((*path, "quota"), "of those voting, a quota is a share", "e.g. 1/2 or 55 %")
    elif quota and not quota.is_share and (quota > total or (criterion.more_than and quota == total)):
        message = f"{quota} is more than all the weights together ({total})"
        yield Fault((*path, "quota"), message, f"at most {total}", is_omission=True)
    elif quota and quota == 1 and quota.is_share and criterion.more_than:
        yield Fault((*path, "more_than"), "nobody can have more than all", "leave it out")


def sides_faults(case: Case) -> Iterator[Fault]:
    """Sides that are not two, and organisations that cannot decide on a proposal at its time."""
    if case.sides and (len(case.sides) != 2 or case.sides[0] == case.sides[1]):
        yield Fault(("sides",), "a case has two sides", "sides: [who offers, who answers]", is_omission=True)
        return
    has_attributes = any(part.attributes or part.parts for part in case.proposals.values())
    if case_sides(case) is None and has_attributes and any(rule.effects for rule in case.rules.values()):
        yield Fault(("rules",), "nothing says between whom", "add sides: [who offers, who answers]", is_omission=True)
    docket = build_docket(case)
    if docket:
        for name in docket.parties:
            yield from _undecidable_faults(case, docket, name)
    for name in case.organisations:
        yield from _unmeetable_faults(case, docket, name)


def _undecidable_faults(case: Case, docket: Docket, name: str) -> Iterator[Fault]:
    """Proposals at whose time an organisation has no decision rule."""
    path: CasePath = ("organisations", name)
    decides = case.organisations[name].decides
    if not decides:
        remedy = "add decides: [{on: everything, by: consensus}], or whatever it is"
        yield Fault(path, f"'{name}' has no decision rule", remedy, is_omission=True)
        return
    for when in _proposal_times(docket):
        rules = [declaration for declaration in decides if in_force_at_stated_dates(declaration.during, when)]
        if members_at_time(case, name, when) and not any(declaration.on is None for declaration in rules):
            message = f"'{name}' has no decision rule for everything in {when}"
            yield Fault((*path, "decides"), message, "let one hold at that time", is_omission=True)
            return


def _proposal_times(docket: Docket) -> list[Edtf]:
    """The times at which proposals are judged, each once."""
    times = (docket.proposal_time(proposal) for proposal in docket.proposals)
    return list({when.text: when for when in times}.values())


def _unmeetable_faults(case: Case, docket: Docket | None, name: str) -> Iterator[Fault]:
    """Decision rules that the members of a time cannot meet, at each time for which they are worked out."""
    organisation = case.organisations[name]
    times = [
        *(_proposal_times(docket) if docket else ()),
        *(case.snapshots or ([docket.comparison_time] if docket else [])),
        *(Edtf.parse(f"{year:04d}") for year in analysed_years(case)),
    ]
    for number, declaration in enumerate(organisation.decides):
        if list(_decision_rule_faults(case, declaration, (), organisation)):
            continue
        for when in times:
            member_ids = members_at_time(case, name, when)
            if not member_ids or not in_force_at_stated_dates(declaration.during, when):
                continue
            try:
                build_decision_rule(case, declaration, member_ids, when)
            except ValueError as error:
                remedy = f"its members then are {len(member_ids)}; say in: for the time of this rule"
                path = ("organisations", name, "decides", number)
                yield Fault(path, f"in {when}, {error}", remedy, is_omission=True)
                break


def stances_faults(case: Case) -> Iterator[Fault]:
    """Stances that are no stance, given twice, or of those who have no say."""
    first_stances: dict[tuple[str, str], str] = {}
    docket = build_docket(case) if not case.sides or len(set(case.sides)) == 2 else None
    for name, member_stance in case.stances.items():
        path = ("stances", name)
        if (member_stance.stance is None) == (member_stance.chances is None):
            yield Fault(path, "a stance is settled, or has chances", "give stance: or chances:, and not both")
        if member_stance.chances:
            yield from _chance_faults(member_stance, path)
        for index, party in enumerate(member_stance.of):
            yield from _no_say_faults(case, docket, member_stance, party, (*path, "of", index))
            for proposal in member_stance.on:
                if (party, proposal) in first_stances:
                    message = f"'{party}' has a stance on '{proposal}' already"
                    yield Fault((*path, "of", index), message, f"it stands first in '{first_stances[party, proposal]}'")
                first_stances.setdefault((party, proposal), name)


def _chance_faults(member_stance: MemberStance, path: CasePath) -> Iterator[Fault]:
    assert member_stance.chances is not None
    named_chances = (("for", member_stance.chances.favour), ("against", member_stance.chances.against))
    wrong_keys = [key for key, estimate in named_chances if not (estimate.bounds[0] >= 0 and estimate.bounds[1] <= 1)]
    for key in wrong_keys:
        yield Fault((*path, "chances", key), "a chance is between 0 and 1", "e.g. 0.3")
    if not wrong_keys and member_stance.chances.favour.bounds[1] + member_stance.chances.against.bounds[1] > 1 + 1e-9:
        yield Fault((*path, "chances"), "for and against are more than 1 together", "what they leave is neutral")


def _no_say_faults(
    case: Case, docket: Docket | None, member_stance: MemberStance, party: str, path: CasePath
) -> Iterator[Fault]:
    """Stances of those who have no say on a proposal."""
    if not docket or party in docket.parties:
        return
    for proposal in member_stance.on:
        when = docket.proposal_time(proposal)
        if not any(party in members_at_time(case, side, when) for side in docket.parties):
            message = f"'{party}' belongs to neither side in {when}, when '{proposal}' is made"
            yield Fault(path, message, "name a member of that time", is_omission=True)
