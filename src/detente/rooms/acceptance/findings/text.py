"""What to call things in findings on who accepts: runs, theories, voices, shares of draws with their errors."""

from __future__ import annotations

from dataclasses import dataclass

from detente.case.index.labels import CaseLabels
from detente.methods.offer_model.channel_variants import ChannelVariant
from detente.rooms.acceptance.model.decision.decision_makers import AppliedTheory, DecisionMakers, Voter
from detente.rooms.acceptance.model.decision.single_reasons import LINK_SAVINGS
from detente.rooms.acceptance.model.results import AcceptanceResult
from detente.text.decision_rules import decision_modes_phrase
from detente.text.english import cardinal, join_words, lower_first
from detente.text.levers import lever_name
from detente.text.theories import theory_title

METHOD = (
    "Everybody makes of a channel its own gain, and by each theory what the mechanisms and outside options that it "
    "lets count add: U = gain - sum of k (what another gains - own gain) + recognition and other advantages - "
    "autonomy - fear x the power of those feared + (shield - norms) x exclusivity - what is forgone elsewhere. "
    "Power as a threat is Walt's (1987), of whose four parts only aggregate power is counted. The concern for "
    "relative gains is Grieco's (1988), and shrinks under a threat felt in common (motivated by Powell 1991); that "
    "a theory is a set of such terms is our reading. Amounts are shares of all that is at stake across "
    "organisations without any grave threat. By the strict test a side accepts where its decision rule is met by "
    "members whose utility is above 0, so where the channel as things are is worth more than the present one to "
    "whoever can stop it; by the generous test where accepting is the best of all replies, waiting among them. "
    "Either can be the lower one. In the side that offers, and in the one that answers unless the case says "
    "otherwise, the leading member may pay others for their consent, as little as does; between the organisations "
    "nothing is paid, since neither could hold the other to it (Fearon 1998, Powell 2006)."
)


BY_CONSENSUS = "by consensus"
"""How a channel is run where the organisations decide by consensus."""
MOST_WORDS_OF_NOTE = 6
"""A note on a theory of at most so many words says what it looks at, and stands before its name."""
OWN_GAINS_ONLY = "Its own gains only"
JUDGING_NOTE = (
    "Each is judged by the numbers of the latest year worked out until then, or of the first where it is earlier than "
    "all of them."
)
"""By which numbers what is on record is judged."""


@dataclass(frozen=True)
class AcceptanceLabels:
    """A year's draws, and the names of the case."""

    result: AcceptanceResult
    gains_labels: CaseLabels

    @property
    def deciders(self) -> DecisionMakers:
        """Who decides."""
        return self.result.deciders

    @property
    def year(self) -> int:
        """Which year it is."""
        return self.deciders.actor_network.year

    @property
    def told_theories(self) -> list[AppliedTheory]:
        """Own gains alone, and the theory by which the answer is told: one or two."""
        return list(dict.fromkeys((self.deciders.absolute_gains, self.deciders.full_theory)))

    @property
    def answering_side(self) -> str:
        """The side that answers."""
        return self.gains_labels.party_name(self.deciders.sides[1])

    @property
    def offering_side(self) -> str:
        """The side that offers."""
        return self.gains_labels.party_name(self.deciders.sides[0])

    def mechanism_title(self, mechanism: str) -> str:
        """A mechanism, an outside option, or what is saved on links."""
        if mechanism == LINK_SAVINGS:
            return "What is saved on ties, among its gains"
        return self.deciders.mechanism_title(mechanism)

    def lever_name(self, kind: str) -> str:
        """A lever of a channel by its kind, in a table."""
        return lever_name(kind)

    def plain_form_phrase(self, variant: ChannelVariant) -> str:
        """How a channel is run, if that makes a difference."""
        parties = self.deciders.dealing_parties(variant)
        return self.gains_labels.form_phrase(variant.form, parties)

    def form_phrase(self, variant: ChannelVariant) -> str:
        """How the channel is run, within a sentence, if that makes a difference: `if Russia runs the channel`."""
        parties = self.deciders.dealing_parties(variant)
        clause = self.gains_labels.form_clause(variant.form, parties)
        short = self.plain_form_phrase(variant)
        return short if short == BY_CONSENSUS else clause

    def variant_cell(self, variant: ChannelVariant) -> str:
        """How the channel is run, in a table; the channel itself if that makes no difference."""
        return self.plain_form_phrase(variant) or self.gains_labels.channel_title(variant.channel)

    def channel_phrase(self, variant: ChannelVariant) -> str:
        """The channel run so, within a sentence: `the Russia-run channel`, `the channel run by the EC`."""
        parties, phrase = self.deciders.dealing_parties(variant), self.plain_form_phrase(variant)
        if not phrase or parties is None:
            return "the channel"
        names = join_words(map(self.gains_labels.party_name, parties))
        if variant.form == "collegiate":
            return "the consensus channel" if phrase == BY_CONSENSUS else f"the channel with {names} as one"
        is_one_word = len(parties) == 1 and " " not in names
        return f"the {phrase} channel" if is_one_word else f"the channel run by {names}"

    @property
    def leading_member(self) -> str:
        """The member of the side that offers that brings the offer up, and may pay others for a yes."""
        return self.voter_name(self._leading_voter(0))

    @property
    def leading_answerer(self) -> str:
        """The member of the side that answers that may pay others for a yes."""
        return self.voter_name(self._leading_voter(1))

    def _leading_voter(self, side_number: int) -> Voter:
        deciders = self.deciders
        side = deciders.sides[side_number]
        return deciders.voters[deciders.deciding_bodies[side][1][deciders.leading_voters[side]]]

    def theory_label(self, theory: AppliedTheory) -> str:
        """A theory by what it looks at, its name after: `Its own gains only (liberalism)`."""
        lens = self.deciders.case.lenses.get(theory.id)
        looks_at = (lens.note or "").rstrip(".") if lens else ""
        if theory == self.deciders.absolute_gains:
            looks_at = OWN_GAINS_ONLY
        if not 0 < len(looks_at.split()) <= MOST_WORDS_OF_NOTE:
            return title_of_theory(theory)
        return f"{looks_at} ({lower_first(theory.title)})" if theory.title else looks_at

    def rule_phrase(self, side: str) -> str:
        """How a side decides, in words."""
        rule, case = self.deciders.declared_rule(side), self.deciders.case
        if rule is None:
            return "consensus"
        organs = {
            id: organ.name for organisation in case.organisations.values() for id, organ in organisation.organs.items()
        }
        organ = organs.get(str(rule.declaration.to), str(rule.declaration.to))
        modes = decision_modes_phrase(rule.declaration.by, organ)
        veto_names = join_words(case.actors[member].name for member in rule.declaration.veto)
        return f"{modes}, with a veto for {veto_names}" if veto_names else modes

    def voter_name(self, voter: Voter) -> str:
        """A voice within a sentence: an actor, or so many members of one."""
        name = self.voter_cell(voter)
        return f"{cardinal(len(voter.members))} {name}" if self._is_group(voter) else name

    def voter_cell(self, voter: Voter) -> str:
        """A voice in a table, where the number of its members stands in a column of its own."""
        if self._is_group(voter):
            return f"members of {self.gains_labels.party_name(self.deciders.actor_network.actors[voter.actor])}"
        return self.gains_labels.party_name(voter.members[0])

    def _is_group(self, voter: Voter) -> bool:
        """Whether it is several members of an actor, and not the actor itself."""
        return len(voter.members) > 1 and voter.members[0] != self.deciders.actor_network.actors[voter.actor]


def title_of_theory(theory: AppliedTheory) -> str:
    """What to call a theory."""
    return theory_title(theory.id, theory.title)


def by_theory(theory: AppliedTheory) -> str:
    """A theory within a sentence: `by realism`."""
    return f"by {lower_first(title_of_theory(theory))}"
