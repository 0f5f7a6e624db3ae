"""What the rules room finds wrong in a case."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from typing import Any

from detente.case import competence as declared
from detente.case.competence import EFFECTS, Quality
from detente.case.deciding import DecisionRule, MemberStance
from detente.case.parties import Organisation
from detente.case.schema import Case
from detente.case.shape import Path
from detente.case.validating import Fault
from detente.errors import did_you_mean
from detente.rules.competence import ORDER, OTHER
from detente.rules.deciding import decision_rule
from detente.rules.docket import docket
from detente.rules.kleene import Condition, holds, mentioned
from detente.rules.translation import (
    ASKED_OF_THE_CHANNEL,
    CHANNELS,
    MOST_DISPUTED,
    condition,
    in_force,
    members,
    sides,
    versions,
)
from detente.words import listed

RESERVED = ("any", "all", "not", *ASKED_OF_THE_CHANNEL)
SPOKEN_FOR = frozenset({*CHANNELS, *ORDER, "allowed", "forbidden", "permitted"})
"""Words for channels and verdicts, which no attribute of a proposal may use."""
MOST_TRIED = 100_000
MOST_VERSIONS = 64


def problems(case: Case) -> Iterator[Fault]:
    """Attributes and rules that cannot be asked or cannot apply, rules that cannot decide, stances of nobody."""
    yield from _attributes(case)
    for name, proposal in case.proposals.items():
        yield from _qualities(case, proposal.attributes, ("proposals", name))
        for index, part in enumerate(proposal.parts):
            yield from _qualities(case, part.attributes, ("proposals", name, "parts", index))
        for index, other in enumerate(proposal.takes_up):
            if other == name:
                path = ("proposals", name, "takes_up", index)
                yield Fault(path, f"'{name}' takes up itself", "name an earlier proposal")
    for name in case.rules:
        yield from _rule(case, name)
    yield from _disputes(case)
    for name, organisation in case.organisations.items():
        yield from _organisation(case, name, organisation)
    yield from _sides(case)
    yield from _stances(case)


def _attributes(case: Case) -> Iterator[Fault]:
    for name, part in case.attributes.items():
        path = ("attributes", name)
        if name in RESERVED or name in SPOKEN_FOR or name in case.rules:
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
            elif key == "overrides" and name in case.rules[other].overrides and other < name:
                yield Fault((*path, key, index), f"'{name}' and '{other}' override each other", "which one prevails?")


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
    disputing = {name: rule.disputes for name, rule in case.rules.items() if rule.disputes}
    involved = {*disputing, *(other for others in disputing.values() for other in others)}
    if len(involved) > MOST_DISPUTED or (involved and len(versions(case)) > MOST_VERSIONS):
        first = next(iter(disputing))
        what = f"{len(involved)} rules are in dispute, more than can be told apart"
        yield Fault(("rules", first, "disputes"), what, f"leave at most {MOST_DISPUTED}")


def _organisation(case: Case, name: str, organisation: Organisation) -> Iterator[Fault]:
    path: Path = ("organisations", name)
    for index, given in enumerate(organisation.decides):
        yield from _decides(case, name, given, (*path, "decides", index), organisation)
    if organisation.decides and all(not isinstance(given.on, str) for given in organisation.decides):
        what = "nothing says how it decides on everything else"
        yield Fault((*path, "decides"), what, "add a last rule: {on: everything, by: consensus}")
    for organ_name, organ in organisation.organs.items():
        for index, given in enumerate(organ.decides):
            where = (*path, "organs", organ_name, "decides", index)
            if "delegated" in given.by:
                yield Fault((*where, "by"), "an organ cannot delegate in turn", "name the rule by which it decides")
            yield from _decides(case, name, given, where, organisation)
    for index, share in enumerate(organisation.shares):
        for actor in share.held:
            if not _ever(organisation, actor):
                where = (*path, "shares", index, "held", actor)
                yield Fault(where, f"'{actor}' is no member of '{name}'", "shares are those of members", lacks=True)


def _ever(organisation: Organisation, actor: str) -> bool:
    return any(row.actor == actor and row.status == "member" for row in organisation.members)


def _decides(case: Case, name: str, given: DecisionRule, path: Path, organisation: Organisation) -> Iterator[Fault]:
    if not isinstance(given.on, str):
        yield from _condition(case, given.on, (*path, "on"))
    if "delegated" in given.by and (given.to is None or given.to not in organisation.organs):
        organs = listed(organisation.organs, "or") or "declare one under organs:"
        yield Fault((*path, "by"), "delegated to no organ of its own", f"to: {organs}")
    elif "delegated" in given.by and not organisation.organs[str(given.to)].decides:
        where = ("organisations", name, "organs", str(given.to))
        yield Fault(where, f"'{given.to}' decides, and has no decision rule", "decides: [{by: majority}]")
    elif given.to and "delegated" not in given.by:
        yield Fault((*path, "to"), "only what is delegated goes to an organ", "by: delegated, or leave to: out")
    if "majority" not in given.by:
        for key in ("weights", "also"):
            if getattr(given, key):
                yield Fault((*path, key), f"only a majority has {key}", "by: majority")
    if given.quota and not {"majority", "opt-in"} & set(given.by):
        yield Fault((*path, "quota"), "only a majority, or opt-in, has a quota", "by: majority")
    yield from _voters(case, given, path, organisation)


def _voters(case: Case, given: DecisionRule, path: Path, organisation: Organisation) -> Iterator[Fault]:
    """Weights and vetoes of those who are no members, and quotas that cannot be met."""
    rows = [row for row in organisation.members if row.status == "member"]
    during = {row.actor for row in rows if given.during is None or in_force(row.during, given.during) is not False}
    for key, actors in (("weights", given.weights), ("veto", dict.fromkeys(given.veto))):
        for index, actor in enumerate(actors):
            if actor not in during:
                when = f" in {given.during}" if given.during else ""
                where = (*path, key, actor if key == "weights" else index)
                near = did_you_mean(actor, during) or "name a member, or say when it was one"
                yield Fault(where, f"'{actor}' is no member{when}", near, lacks=True)
    for member in sorted(during - set(given.weights)) if given.weights else ():
        yield Fault((*path, "weights"), f"no weight for '{member}'", "0 if it has no vote", lacks=True)
    criteria: list[tuple[Path, Any]] = [(path, given)]
    criteria += [((*path, "also", index), criterion) for index, criterion in enumerate(given.also)]
    for where, criterion in criteria if "majority" in given.by else ():
        total = sum(criterion.weights.values()) if criterion.weights else len(during)
        quota = criterion.quota
        if quota and not quota.is_share and criterion.of == "voting":
            yield Fault((*where, "quota"), "of those voting, a quota is a share", "e.g. 1/2 or 55 %")
        elif quota and not quota.is_share and (quota > total or (criterion.more_than and quota == total)):
            what = f"{quota} is more than all the weights together ({total})"
            yield Fault((*where, "quota"), what, f"at most {total}", lacks=True)
        elif quota and quota == 1 and quota.is_share and criterion.more_than:
            yield Fault((*where, "quota"), "nobody can have more than all", "leave out more_than:")
    if "opt-in" in given.by and given.quota and given.quota > len(during):
        what = f"{given.quota} is more than all the members together ({len(during)})"
        yield Fault((*path, "quota"), what, f"at most {len(during)}", lacks=True)


def _sides(case: Case) -> Iterator[Fault]:
    if case.sides and (len(case.sides) != 2 or case.sides[0] == case.sides[1]):
        yield Fault(("sides",), "a case has two sides", "sides: [who offers, who answers]", lacks=True)
        return
    between = sides(case)
    described = any(part.attributes or part.parts for part in case.proposals.values())
    if between is None and described and any(rule.effects for rule in case.rules.values()):
        yield Fault(("rules",), "nothing says between whom", "add sides: [who offers, who answers]", lacks=True)
    if between and described and docket(case):
        for name in between:
            if not case.organisations[name].decides:
                remedy = "add decides: [{on: everything, by: consensus}], or whatever it is"
                yield Fault(("organisations", name), f"'{name}' has no decision rule", remedy, lacks=True)
        yield from _unmet(case, between)


def _unmet(case: Case, between: tuple[str, str]) -> Iterator[Fault]:
    """Decision rules that cannot be met by those who were members when a proposal was made."""
    found = docket(case)
    times = {found.time(name).text: found.time(name) for name in found.proposals} if found else {}
    for name in between:
        for index, given in enumerate(case.organisations[name].decides):
            for when in times.values():
                who = members(case, name, when)
                if not who or in_force(given.during, when) is False or _broken(case, given):
                    continue
                try:
                    decision_rule(case, given, who, when)
                except ValueError as error:
                    path = ("organisations", name, "decides", index)
                    remedy = f"its members then are {len(who)}; say in: for the time of this rule"
                    yield Fault((*path, "quota"), f"in {when}, {error}", remedy, lacks=True)
                    break


def _broken(case: Case, given: DecisionRule) -> bool:
    organs = {id: organ for o in case.organisations.values() for id, organ in o.organs.items()}
    return "delegated" in given.by and (given.to not in organs or not organs[str(given.to)].decides)


def _stances(case: Case) -> Iterator[Fault]:
    seen: dict[tuple[str, str], str] = {}
    for name, given in case.stances.items():
        path = ("stances", name)
        if (given.stance is None) == (given.chances is None):
            yield Fault(path, "a stance is settled, or has chances", "give stance: or chances:, and not both")
        if given.chances:
            yield from _chances(given, path)
        for index, party in enumerate(given.of):
            yield from _voice(case, given, party, (*path, "of", index))
            for proposal in given.on:
                if (party, proposal) in seen:
                    what = f"'{party}' has a stance on '{proposal}' already"
                    yield Fault((*path, "of", index), what, f"it stands first in '{seen[party, proposal]}'")
                seen.setdefault((party, proposal), name)


def _chances(given: MemberStance, path: Path) -> Iterator[Fault]:
    assert given.chances is not None
    for key, estimate in (("for", given.chances.favour), ("against", given.chances.against)):
        if not (estimate.bounds[0] >= 0 and estimate.bounds[1] <= 1):
            yield Fault((*path, "chances", key), "a chance is between 0 and 1", "e.g. .3")
    if given.chances.favour.bounds[1] + given.chances.against.bounds[1] > 1 + 1e-9:
        yield Fault((*path, "chances"), "for and against are more than 1 together", "what they leave is neutral")


def _voice(case: Case, given: MemberStance, party: str, path: Path) -> Iterator[Fault]:
    """Stances of those who have no say on a proposal."""
    between = sides(case)
    found = docket(case)
    if not between or not found or party in between:
        return
    for proposal in given.on:
        when = found.time(proposal)
        if not any(party in members(case, side, when) for side in between):
            what = f"'{party}' belongs to neither side in {when}, when '{proposal}' is made"
            yield Fault(path, what, "name a member of that time", lacks=True)
