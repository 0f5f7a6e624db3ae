"""What is wrong with how organisations decide: rules that cannot decide, votes and stances of nobody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.case.fault import Fault
from detente.case.index.membership import in_force, in_force_as_stated, members, sides
from detente.case.schema.case import Case
from detente.case.schema.decision_rules import Criterion, DecisionRule, MemberStance, Voting
from detente.case.schema.introspection import Path
from detente.case.schema.parties import Organisation
from detente.errors import did_you_mean
from detente.methods.chronology.edtf import Edtf
from detente.rooms.rules.condition_checks import can_hold, condition_faults
from detente.rooms.rules.model.build_rulebooks import condition
from detente.rooms.rules.model.decision_rules import decision_rule, least, voters
from detente.rooms.rules.model.docket import Docket, docket
from detente.text.english import listed


def organisation_faults(case: Case, name: str, organisation: Organisation) -> Iterator[Fault]:
    """What is wrong with the decision rules, organs and shares of an organisation."""
    path: Path = ("organisations", name)
    general: list[DecisionRule] = []
    for index, given in enumerate(organisation.decides):
        where = (*path, "decides", index)
        yield from _decides(case, given, where, organisation)
        if before := next((g for g in general if _covers(g.during, given.during)), None):
            first = organisation.decides.index(before)
            yield Fault(
                where, f"this rule is never reached: decides.{first} is for everything", "put it before that one"
            )
        if given.on is None:
            general.append(given)
    if organisation.decides and not general:
        what = "nothing says how it decides on everything else"
        yield Fault((*path, "decides"), what, "add a last rule: {on: everything, by: consensus}")
    members = {row.actor for row in organisation.members if row.status == "member"}
    for organ_name, organ in organisation.organs.items():
        at = (*path, "organs", organ_name)
        for index, actor in enumerate(organ.members):
            if actor not in members:
                near = did_you_mean(actor, members) or "an organ seats members"
                yield Fault((*at, "members", index), f"'{actor}' is no member of '{name}'", near, lacks=True)
        if organ.decides:
            seated = {m for m in members if m in organ.members} if organ.members else members
            yield from _voting(organ.decides, (*at, "decides"), organ.decides.by, seated, f" of '{organ_name}'")
    for index, share in enumerate(organisation.shares):
        for actor in share.held:
            if actor not in members:
                where = (*path, "shares", index, "held", actor)
                yield Fault(where, f"'{actor}' is no member of '{name}'", "shares are those of members", lacks=True)


def _covers(outer: Edtf | None, inner: Edtf | None) -> bool:
    """Whether a rule of one time holds throughout another."""
    return outer is None or (inner is not None and in_force(outer, inner) is True)


def _decides(case: Case, given: DecisionRule, path: Path, organisation: Organisation) -> Iterator[Fault]:
    if given.on is not None:
        broken = list(condition_faults(case, given.on, (*path, "on")))
        yield from broken
        if not broken and not can_hold(case, condition(given.on)):
            yield Fault((*path, "on"), "this can never hold", "its conditions exclude each other")
    if "delegated" in given.by and (given.to is None or given.to not in organisation.organs):
        organs = listed(organisation.organs, "or") or "declare one under organs:"
        yield Fault((*path, "by"), "delegated to no organ of its own", f"to: {organs}")
    elif "delegated" in given.by and not organisation.organs[str(given.to)].decides:
        yield Fault((*path, "to"), f"'{given.to}' has no decision rule", "give the organ decides: {by: majority}")
    elif given.to and "delegated" not in given.by:
        yield Fault((*path, "to"), "only what is delegated goes to an organ", "by: delegated, or leave to: out")
    rows = [row for row in organisation.members if row.status == "member"]
    during = {row.actor for row in rows if given.during is None or in_force_as_stated(row.during, given.during)}
    yield from _voting(given, path, given.by, during, f" in {given.during}" if given.during else "")


def _voting(given: Voting, path: Path, by: Sequence[str], who: set[str], when: str) -> Iterator[Fault]:
    """Criteria that do not belong to the kind of rule, votes of those who have none, quotas that cannot be met."""
    if len(set(by)) < len(by):
        yield Fault((*path, "by"), "the same kind twice", "say it once")
    if "majority" not in by:
        for key in ("weights", "also", "blocking", *(() if "opt-in" in by else ("quota", "more_than"))):
            if key in given.model_fields_set:
                needed = "majority or opt-in" if key in ("quota", "more_than") else "majority"
                yield Fault((*path, key), f"{key} is for {needed}", f"by: {needed.split(' ')[0]}, or leave it out")
    for place, actor in enumerate(given.veto):
        if actor not in who:
            near = did_you_mean(actor, who) or "name a member, or say when it was one"
            yield Fault((*path, "veto", place), f"'{actor}' is no member{when}", near, lacks=True)
    criteria: list[tuple[Path, Criterion]] = [(path, given)]
    criteria += [((*path, "also", index), criterion) for index, criterion in enumerate(given.also)]
    for where, criterion in criteria if "majority" in by else ():
        yield from _criterion(criterion, where, who, when)
    if "majority" in by and given.blocking and given.blocking > (most := len(voters(given, sorted(who)))):
        what = f"{given.blocking} members that can block are more than all that vote ({most})"
        yield Fault((*path, "blocking"), what, f"at most {most}, or leave it out", lacks=True)
    if "opt-in" in by and (fewest := least(given, len(who))) > len(who):
        what = f"{fewest} is more than all the members together ({len(who)})"
        yield Fault((*path, "quota"), what, f"at most {len(who)}", lacks=True)


def _criterion(given: Criterion, path: Path, who: set[str], when: str) -> Iterator[Fault]:
    for actor in given.weights:
        if actor not in who:
            near = did_you_mean(actor, who) or "name a member, or say when it was one"
            yield Fault((*path, "weights", actor), f"'{actor}' is no member{when}", near, lacks=True)
    for member in sorted(who - set(given.weights)) if given.weights else ():
        yield Fault((*path, "weights"), f"no weight for '{member}'", "0 if it has no vote", lacks=True)
    total, quota = sum(given.weights.values()) if given.weights else len(who), given.quota
    if given.weights and not total:
        yield Fault((*path, "weights"), "nobody has a vote", "give some members weights above 0")
    elif quota and not quota.is_share and given.of == "voting":
        yield Fault((*path, "quota"), "of those voting, a quota is a share", "e.g. 1/2 or 55 %")
    elif quota and not quota.is_share and (quota > total or (given.more_than and quota == total)):
        what = f"{quota} is more than all the weights together ({total})"
        yield Fault((*path, "quota"), what, f"at most {total}", lacks=True)
    elif quota and quota == 1 and quota.is_share and given.more_than:
        yield Fault((*path, "more_than"), "nobody can have more than all", "leave it out")


def sides_faults(case: Case) -> Iterator[Fault]:
    """Sides that are not two, and organisations that cannot decide on a proposal at its time."""
    if case.sides and (len(case.sides) != 2 or case.sides[0] == case.sides[1]):
        yield Fault(("sides",), "a case has two sides", "sides: [who offers, who answers]", lacks=True)
        return
    described = any(part.attributes or part.parts for part in case.proposals.values())
    if sides(case) is None and described and any(rule.effects for rule in case.rules.values()):
        yield Fault(("rules",), "nothing says between whom", "add sides: [who offers, who answers]", lacks=True)
    if found := docket(case):
        for name in found.parties:
            yield from _deciding(case, found, name)


def _deciding(case: Case, found: Docket, name: str) -> Iterator[Fault]:
    """Proposals at whose time an organisation has no decision rule, or one that cannot be met."""
    path: Path = ("organisations", name)
    if not case.organisations[name].decides:
        remedy = "add decides: [{on: everything, by: consensus}], or whatever it is"
        yield Fault(path, f"'{name}' has no decision rule", remedy, lacks=True)
        return
    told: set[int] = set()
    for when in {found.time(one).text: found.time(one) for one in found.proposals}.values():
        who = members(case, name, when)
        rules = [(n, g) for n, g in enumerate(case.organisations[name].decides) if in_force_as_stated(g.during, when)]
        if who and not any(given.on is None for _, given in rules):
            what = f"'{name}' has no decision rule for everything in {when}"
            yield Fault((*path, "decides"), what, "let one hold at that time", lacks=True)
            return
        for number, given in rules if who else ():
            if number not in told and not list(_decides(case, given, (), case.organisations[name])):
                try:
                    decision_rule(case, given, who, when)
                except ValueError as error:
                    told.add(number)
                    remedy = f"its members then are {len(who)}; say in: for the time of this rule"
                    yield Fault((*path, "decides", number), f"in {when}, {error}", remedy, lacks=True)


def stances_faults(case: Case) -> Iterator[Fault]:
    """Stances that are no stance, given twice, or of those who have no say."""
    seen: dict[tuple[str, str], str] = {}
    found = docket(case) if not case.sides or len(set(case.sides)) == 2 else None
    for name, given in case.stances.items():
        path = ("stances", name)
        if (given.stance is None) == (given.chances is None):
            yield Fault(path, "a stance is settled, or has chances", "give stance: or chances:, and not both")
        if given.chances:
            yield from _chances(given, path)
        for index, party in enumerate(given.of):
            yield from _voice(case, found, given, party, (*path, "of", index))
            for proposal in given.on:
                if (party, proposal) in seen:
                    what = f"'{party}' has a stance on '{proposal}' already"
                    yield Fault((*path, "of", index), what, f"it stands first in '{seen[party, proposal]}'")
                seen.setdefault((party, proposal), name)


def _chances(given: MemberStance, path: Path) -> Iterator[Fault]:
    assert given.chances is not None
    both = (("for", given.chances.favour), ("against", given.chances.against))
    wrong = [key for key, estimate in both if not (estimate.bounds[0] >= 0 and estimate.bounds[1] <= 1)]
    for key in wrong:
        yield Fault((*path, "chances", key), "a chance is between 0 and 1", "e.g. .3")
    if not wrong and given.chances.favour.bounds[1] + given.chances.against.bounds[1] > 1 + 1e-9:
        yield Fault((*path, "chances"), "for and against are more than 1 together", "what they leave is neutral")


def _voice(case: Case, found: Docket | None, given: MemberStance, party: str, path: Path) -> Iterator[Fault]:
    """Stances of those who have no say on a proposal."""
    if not found or party in found.parties:
        return
    for proposal in given.on:
        when = found.time(proposal)
        if not any(party in members(case, side, when) for side in found.parties):
            what = f"'{party}' belongs to neither side in {when}, when '{proposal}' is made"
            yield Fault(path, what, "name a member of that time", lacks=True)
