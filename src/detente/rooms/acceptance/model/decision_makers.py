"""Who decides in a year's arena, and by which theories: voices, chambers, and the mechanisms that each theory uses."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from detente.case.index.membership import case_sides
from detente.case.index.relative_gains import own_or_organisation_name
from detente.methods.institutions.deciding_body import DecidingBody
from detente.methods.institutions.decision_rules import VotingRule
from detente.rooms.gains.model.draws import actors_of
from detente.rooms.gains.model.model import Form, Model, Run
from detente.rooms.gains.model.results import bloc_channels
from detente.rooms.rules.model.decision_rules import (
    DecisionRuleInForce,
    decision_kinds_phrase,
    rule_or_consensus,
    rule_toward_partner,
)
from detente.text.english import join_words

OWN, ALL = "own-gains", "all-mechanisms"
"""The theories that are always there: nothing but one's own gains, and all that the case names together."""


@dataclass(frozen=True)
class Voice:
    """An actor, or some members of one that is several: those who see the same gain with the same eyes."""

    actor: int
    """Whose gain it is."""
    members: tuple[str, ...]
    """Who they are."""
    belongs: frozenset[str]
    """The organisations whose numbers count where their own are not given."""

    def given(self, names: Collection[str]) -> str | None:
        """Under whose name something is given for it: its own, or that of an organisation."""
        return own_or_organisation_name(names, self.members[0], self.belongs)


@dataclass(frozen=True)
class Theory:
    """A theory by its id, with the mechanisms and outside options that it uses."""

    id: str
    title: str
    uses: tuple[str, ...]


def offered(model: Model) -> list[str]:
    """The channels that deal with both sides as such."""
    between = set(case_sides(model.case) or ())
    return [name for name in bloc_channels(model) if between and between <= set(model.case.channels[name].joins)]


class Council:
    """Those who decide on the channels of a year."""

    def __init__(self, model: Model):
        self.model, self.case, self.arena = model, model.case, model.arena

    @cached_property
    def voices(self) -> list[Voice]:
        """Every actor; of one that is an organisation, a voice for each group of members that have the same numbers."""
        found = []
        for at, actor in enumerate(self.arena.actors):
            members = self.arena.within.get(actor, ())
            groups: dict[tuple[str | None, ...], list[str]] = {}
            for member in members or (actor,):
                voice = Voice(at, (member,), self.arena.belongs[at])
                groups.setdefault(tuple(voice.given(names) for names in self._given), []).append(member)
            found += [Voice(at, tuple(group), self.arena.belongs[at]) for group in groups.values()]
        return found

    @cached_property
    def _given(self) -> list[Collection[str]]:
        """The names under which each number of a mechanism is given."""
        mechanisms = self.case.mechanisms.values()
        return [*(one.of for one in mechanisms), *(one.against for one in mechanisms if one.against)]

    @cached_property
    def theories(self) -> list[Theory]:
        """The theories of the case; own gains alone first, and the one by which the answer is told last."""
        found = [Theory(name, lens.title, tuple(lens.uses)) for name, lens in self.case.lenses.items()]
        if not any(not theory.uses for theory in found):
            found.insert(0, Theory(OWN, "Own gains alone", ()))
        every = (*self.case.mechanisms, *self.case.outside)
        if self._main == ALL and every:
            found.append(Theory(ALL, "All of them together", every))
        return sorted(found, key=lambda theory: (bool(theory.uses), theory.id == self._main))

    @cached_property
    def _main(self) -> str:
        """The theory by which the answer is told: as the case says, or the one that lets everything count."""
        every = {*self.case.mechanisms, *self.case.outside}
        lenses = self.case.lenses
        said = next((name for name, lens in lenses.items() if lens.main), None)
        return said or next((name for name, lens in lenses.items() if every and set(lens.uses) == every), ALL)

    @cached_property
    def own(self) -> Theory:
        """Own gains alone."""
        return self.theories[0]

    @cached_property
    def whole(self) -> Theory:
        """The theory by which the answer is told; own gains alone where nothing else counts."""
        return next((theory for theory in self.theories if theory.id == self._main), self.own)

    def reason(self, name: str) -> str:
        """What to call a mechanism or an outside option."""
        case = self.case
        return case.mechanisms[name].title if name in case.mechanisms else case.outside[name].title

    @cached_property
    def threatened(self) -> bool:
        """Whether anybody may feel a threat as it is."""
        return any(estimate.bounds[1] > 0 for estimate in self.case.threat.values())

    @property
    def sides(self) -> tuple[str, str]:
        """Who offers, and who answers."""
        between = case_sides(self.case)
        assert between is not None
        return between

    @cached_property
    def channel(self) -> str:
        """The channel that is offered."""
        return self.case.response.channel or offered(self.model)[0]

    @property
    def forms(self) -> list[Form]:
        """The ways in which the channel that is offered may be run."""
        return [run.form for run in self.runs]

    @property
    def runs(self) -> list[Run]:
        """The forms of the channel that is offered."""
        runs = [run for run in self.model.runs if run.channel == self.channel]
        told = [run for run in runs if run.form == self.case.response.form]
        return told or runs

    @cached_property
    def lean(self) -> Council:
        """The same with nothing but the observed channel and the one that is offered."""
        kept = {self.arena.observed, self.channel, self.case.channels[self.channel].displaces}
        dealings = tuple(one for one in self.arena.dealings if one.channel in kept)
        return Council(Model(self.case, replace(self.arena, dealings=dealings)))

    def base(self, run: Run) -> Run:
        """The observed channel, in the form of a run."""
        return self.model.run_of(self.arena.observed, run.form)

    @cached_property
    def chambers(self) -> Mapping[str, tuple[DecidingBody, list[int]]]:
        """How each side decides, and which voices have a part in it."""
        found = {}
        for side in self.sides:
            actors = set(actors_of(self.case, self.arena, side))
            at = [number for number, voice in enumerate(self.voices) if voice.actor in actors]
            found[side] = (DecidingBody(self.rule(side), tuple(self.voices[number].members for number in at)), at)
        return found

    def rule(self, side: str) -> VotingRule:
        """The decision rule of a side: the one for the subject of the proposal, or for everything; else consensus."""
        return rule_or_consensus(self.case, side, self.arena.year, self.declared(side))

    def decides(self, side: str) -> str:
        """How a side decides, in words."""
        found = self.declared(side)
        case = self.case
        name = {id: organ.name for one in case.organisations.values() for id, organ in one.organs.items()}
        how = decision_kinds_phrase(lambda id: name.get(id, id), found) if found else "consensus"
        vetoes = join_words(case.actors[member].name for member in found.declaration.veto) if found else ""
        return f"{how}, with a veto for {vetoes}" if vetoes else how

    def declared(self, side: str) -> DecisionRuleInForce | None:
        """The rule that the case gives for it, if any fits."""
        other = next(one for one in self.sides if one != side)
        return rule_toward_partner(self.case, side, other, self.arena.year, self.case.response.proposal)

    @cached_property
    def payer(self) -> int:
        """Which voice of the side that offers brings the offer up, and pays for it: that of its leading member."""
        _, at = self.chambers[self.sides[0]]
        leading = [n for n, v in enumerate(at) if self.sides[0] in self.arena.leads[self.voices[v].actor]]
        return leading[0] if leading else 0

    def voice_of(self, actor: str) -> int:
        """The first voice of an actor."""
        at = self.arena.actors.index(actor)
        return next(number for number, voice in enumerate(self.voices) if voice.actor == at)

    def joined(self, channel: str) -> frozenset[str]:
        """The organisations that a channel deals with as such."""
        return frozenset(self.case.channels[channel].joins)
