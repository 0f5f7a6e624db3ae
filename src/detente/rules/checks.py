"""What the rules room finds wrong in a case."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from detente.case import competence as declared
from detente.case.competence import EFFECTS, Quality
from detente.case.dates import Edtf
from detente.case.deciding import Criterion, DecisionRule, MemberStance, Voting
from detente.case.parties import Organisation
from detente.case.schema import Case
from detente.case.shape import Path
from detente.case.validating import Fault
from detente.errors import did_you_mean
from detente.rules.competence import ORDER, OTHER
from detente.rules.deciding import decision_rule, least
from detente.rules.docket import Docket, docket
from detente.rules.kleene import Condition, holds, mentioned
from detente.rules.translation import (
    ASKED_OF_THE_CHANNEL,
    CHANNELS,
    MOST_DISPUTED,
    condition,
    in_force,
    members,
    sides,
    too_disputed,
)
from detente.words import listed

RESERVED = ("any", "all", "not", *ASKED_OF_THE_CHANNEL)
SPOKEN_FOR = frozenset({*CHANNELS, *ORDER, "allowed", "forbidden", "permitted"})
"""Words for channels and verdicts, which no attribute of a proposal may use."""
MOST_TRIED = 100_000


def problems(case: Case) -> Iterator[Fault]:
    """Attributes and rules that cannot be asked or cannot apply, rules that cannot decide, stances of nobody."""
    yield from _attributes(case)
    for name, proposal in case.proposals.items():
        yield from _qualities(case, proposal.attributes, ("proposals", name))
        for index, part in enumerate(proposal.parts):
            yield from _qualities(case, part.attributes, ("proposals", name, "parts", index))
            if part.title in {other.title for other in proposal.parts[:index]}:
                twice = f"two parts are called '{part.title}'"
                yield Fault(("proposals", name, "parts", index, "title"), twice, "no reader could tell them apart")
        for index, other in enumerate(proposal.takes_up):
            if other == name:
                path = ("proposals", name, "takes_up", index)
                yield Fault(path, f"'{name}' takes up itself", "name an earlier proposal")
    for name in case.rules:
        yield from _rule(case, name)
    yield from _disputes(case)
    if too_disputed(case):
        return
    for name, organisation in case.organisations.items():
        yield from _organisation(case, name, organisation)
    yield from _sides(case)
    yield from _stances(case)


def _attributes(case: Case) -> Iterator[Fault]:
    for name, part in case.attributes.items():
        path = ("attributes", name)
        if name in RESERVED or name in SPOKEN_FOR:
            yield Fault(path, f"no attribute may be called '{name}'", "an attribute is what a proposal says of itself")
        for value in part.values:
            if value in SPOKEN_FOR or value in case.rules:
                what = f"'{value}' names a rule, a channel or a verdict, which no attribute of a proposal may"
                yield Fault((*path, "values", value), what, "say what is proposed, and leave the rest to the rules")
        if not part.values:
            yield Fault(
                (*path, "values"), "an attribute needs values", "the answers it may have, each with its meaning"
            )
        if part.presumed is not None and part.presumed not in part.values:
            yield _no_value(case, name, part.presumed, (*path, "presumed"))


def _no_value(case: Case, attribute: str, value: str, path: Path) -> Fault:
    values = list(case.attributes[attribute].values)
    near = did_you_mean(value, values) or f"it has: {', '.join(values[:8])}"
    return Fault(path, f"'{attribute}' has no value '{value}'", near)


def _qualities(case: Case, given: dict[str, Quality], path: Path) -> Iterator[Fault]:
    for name, quality in given.items():
        if quality.value not in case.attributes[name].values:
            yield _no_value(case, name, quality.value, (*path, "attributes", name))


def _rule(case: Case, name: str) -> Iterator[Fault]:
    rule, path = case.rules[name], ("rules", name)
    if len(rule.effects) > 1 and rule.effects != ["allows", "requires"]:
        which = f"this rule {listed(rule.effects)} at once"
        yield Fault(path, which, "a rule has one effect, or allows what it requires; make it two rules")
    if rule.describes and rule.effects:
        yield Fault((*path, rule.effects[0]), "a rule that only describes has no effect", "take out describes: or this")
    if not rule.effects and rule.applies:
        effects = ", ".join(EFFECTS)
        yield Fault((*path, "applies"), "this rule applies, and has no effect", f"give it one of {effects}")
    broken = False
    for key in ("applies", "requires"):
        for fault in _condition(case, getattr(rule, key), (*path, key)):
            broken = True
            yield fault
    if not broken and rule.applies and not _can_hold(case, condition(rule.applies)):
        yield Fault((*path, "applies"), "this rule can never apply", "its conditions exclude each other")
    if not broken and rule.requires and not _can_hold(case, condition(rule.requires)):
        yield Fault((*path, "requires"), "this can never be met", "its conditions exclude each other")
    for key in ("overrides", "disputes"):
        for index, other in enumerate(getattr(rule, key)):
            if other == name:
                yield Fault((*path, key, index), f"'{name}' {key} itself", "name another rule")
            elif not case.rules[other].effects or not rule.effects:
                remedy = "only rules with an effect can stand against each other"
                yield Fault((*path, key, index), f"'{name}' {key} '{other}', and one of them has no effect", remedy)
            elif key == "overrides" and name in _overridden(case, other):
                circle = f"'{name}' overrides '{other}', which overrides it in turn"
                yield Fault((*path, key, index), circle, "which one prevails?")


def _overridden(case: Case, name: str) -> set[str]:
    """The rules that a rule overrides, and those that they override."""
    found: set[str] = set()
    pending = [name]
    while pending:
        following = [other for other in case.rules[pending.pop()].overrides if other not in found]
        found.update(following)
        pending += following
    return found


def _condition(case: Case, given: declared.Condition | None, path: Path) -> Iterator[Fault]:
    """Attributes and values in a condition that the case does not know."""
    if given is None:
        return
    if not (given.asks or given.any or given.all or given.negated):
        yield Fault(path, "this condition asks nothing", "leave it out for a rule on everything")
    for name, values in given.asks.items():
        if name not in case.attributes and name not in ASKED_OF_THE_CHANNEL:
            known = [*case.attributes, *ASKED_OF_THE_CHANNEL]
            near = did_you_mean(name, known) or f"declared: {', '.join(known[:8])}"
            yield Fault((*path, name), f"no attribute '{name}'", near, lacks=True)
            continue
        for value in values:
            if name in case.attributes and value not in case.attributes[name].values:
                yield _no_value(case, name, value, (*path, name))
            elif name == "channel" and value not in CHANNELS:
                yield Fault((*path, name), f"there is no channel '{value}'", f"one of {', '.join(CHANNELS)}")
            elif name == "partner" and value not in case.actors and value not in case.organisations:
                near = did_you_mean(value, [*case.actors, *case.organisations])
                yield Fault((*path, name), f"no actor or organisation '{value}'", near, lacks=True)
    for key, inner in (("any", given.any), ("all", given.all)):
        for index, part in enumerate(inner or ()):
            yield from _condition(case, part, (*path, key, index))
    yield from _condition(case, given.negated, (*path, "not"))


def _can_hold(case: Case, asked: Condition) -> bool:
    """Whether some proposal could meet a condition; true where there are too many to try."""
    names = list(mentioned(asked))
    domains: list[Sequence[str]] = []
    for name, values in mentioned(asked).items():
        known = {"channel": CHANNELS}.get(name)
        domains.append(
            tuple(case.attributes[name].values) if name in case.attributes else known or (*sorted(values), OTHER)
        )
    size = 1
    for domain in domains:
        size *= len(domain)
    return size > MOST_TRIED or any(holds(asked, dict(zip(names, chosen, strict=True))) for chosen in product(*domains))


def _disputes(case: Case) -> Iterator[Fault]:
    if too_disputed(case):
        first = next(name for name, rule in case.rules.items() if rule.disputes)
        what = "more rules are in dispute than can be told apart"
        yield Fault(("rules", first, "disputes"), what, f"leave at most {MOST_DISPUTED} in one dispute")


def _organisation(case: Case, name: str, organisation: Organisation) -> Iterator[Fault]:
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
        broken = list(_condition(case, given.on, (*path, "on")))
        yield from broken
        if not broken and not _can_hold(case, condition(given.on)):
            yield Fault((*path, "on"), "this can never hold", "its conditions exclude each other")
    if "delegated" in given.by and (given.to is None or given.to not in organisation.organs):
        organs = listed(organisation.organs, "or") or "declare one under organs:"
        yield Fault((*path, "by"), "delegated to no organ of its own", f"to: {organs}")
    elif "delegated" in given.by and not organisation.organs[str(given.to)].decides:
        yield Fault((*path, "to"), f"'{given.to}' has no decision rule", "give the organ decides: {by: majority}")
    elif given.to and "delegated" not in given.by:
        yield Fault((*path, "to"), "only what is delegated goes to an organ", "by: delegated, or leave to: out")
    rows = [row for row in organisation.members if row.status == "member"]
    during = {row.actor for row in rows if given.during is None or in_force(row.during, given.during) is not False}
    yield from _voting(given, path, given.by, during, f" in {given.during}" if given.during else "")


def _voting(given: Voting, path: Path, by: Sequence[str], who: set[str], when: str) -> Iterator[Fault]:
    """Criteria that do not belong to the kind of rule, votes of those who have none, quotas that cannot be met."""
    if len(set(by)) < len(by):
        yield Fault((*path, "by"), "the same kind twice", "say it once")
    if "majority" not in by:
        for key in ("weights", "also", *(() if "opt-in" in by else ("quota", "more_than"))):
            if key in given.model_fields_set:
                needed = "majority" if key in ("weights", "also") else "majority or opt-in"
                yield Fault((*path, key), f"{key} is for {needed}", f"by: {needed.split(' ')[0]}, or leave it out")
    for place, actor in enumerate(given.veto):
        if actor not in who:
            near = did_you_mean(actor, who) or "name a member, or say when it was one"
            yield Fault((*path, "veto", place), f"'{actor}' is no member{when}", near, lacks=True)
    criteria: list[tuple[Path, Criterion]] = [(path, given)]
    criteria += [((*path, "also", index), criterion) for index, criterion in enumerate(given.also)]
    for where, criterion in criteria if "majority" in by else ():
        yield from _criterion(criterion, where, who, when)
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


def _sides(case: Case) -> Iterator[Fault]:
    if case.sides and (len(case.sides) != 2 or case.sides[0] == case.sides[1]):
        yield Fault(("sides",), "a case has two sides", "sides: [who offers, who answers]", lacks=True)
        return
    described = any(part.attributes or part.parts for part in case.proposals.values())
    if sides(case) is None and described and any(rule.effects for rule in case.rules.values()):
        yield Fault(("rules",), "nothing says between whom", "add sides: [who offers, who answers]", lacks=True)
    found = docket(case)
    for name in found.parties if found else ():
        yield from _deciding(case, found, name)  # type: ignore[arg-type]


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
        rules = [
            (n, g) for n, g in enumerate(case.organisations[name].decides) if in_force(g.during, when) is not False
        ]
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


def _stances(case: Case) -> Iterator[Fault]:
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
