"""What to call the things of a case: its parties, its channels, the forms in which these are run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from detente.case.entries.entries import case_inputs
from detente.case.index.by_year import display_name
from detente.case.index.membership import case_sides
from detente.case.schema.case import Case
from detente.text.english import join_words

GAINS_PATHS = ("network.", "channels.", "threat.", "issues.", "capabilities.", "traits.", "experiences.")
"""How the paths of the numbers begin on which gains rest."""


class CaseLabels:
    """The names of a case."""

    def __init__(self, case: Case):
        self.case = case

    def party_name(self, party: str) -> str:
        """An actor or an organisation."""
        return display_name(self.case, party)

    def channel_title(self, channel: str) -> str:
        """A channel."""
        return self.case.channels[channel].title

    def answering_side(self) -> str:
        """The side that answers."""
        sides = case_sides(self.case)
        return self.party_name(sides[1]) if sides else ""

    def form_phrase(self, form: Literal["hub", "collegiate"], parties: Sequence[str] | None) -> str:
        """How a channel is run, if that makes a difference: `Russia-run`, `run by the EC`, `by consensus`.

        Args:
            form: Through leading members, or with organisations as one.
            parties: These members, or these organisations; None where the form makes no difference.
        """
        if parties is None:
            return ""
        names = join_words(map(self.party_name, parties))
        if form == "hub":
            return f"run by {names}" if len(parties) > 1 or " " in names else f"{names}-run"
        return "by consensus" if self._decide_by_consensus(parties) else f"{names} as one"

    def form_clause(self, form: Literal["hub", "collegiate"], parties: Sequence[str] | None) -> str:
        """The same as a clause of a sentence: `if Russia runs the channel`, `if the CSTO decides by consensus`."""
        if parties is None:
            return ""
        names, several = join_words(map(self.party_name, parties)), len(parties) > 1
        if form == "hub":
            return f"if {names} {'run' if several else 'runs'} the channel"
        by = "by consensus" if self._decide_by_consensus(parties) else "as one"
        return f"if {names} {'decide' if several else 'decides'} {by}"

    def _decide_by_consensus(self, parties: Sequence[str]) -> bool:
        """Whether these organisations decide by consensus on what no other rule of theirs is about."""
        organisations = [self.case.organisations[party] for party in parties if party in self.case.organisations]
        last_rules = [organisation.decides[-1] for organisation in organisations if organisation.decides]
        return len(last_rules) == len(parties) and all({"consensus", "unanimity"} & set(rule.by) for rule in last_rules)

    def channel_in_form(self, channel: str, form_phrase: str) -> str:
        """A channel with the way it is run: `Via the blocs (Russia-run)`."""
        return f"{self.channel_title(channel)} ({form_phrase})" if form_phrase else self.channel_title(channel)

    def unsourced_inputs_phrase(self, path_prefixes: tuple[str, ...]) -> str:
        """How many numbers of the case there are whose paths begin so, and how many of them have no source."""
        inputs = [case_input for case_input in case_inputs(self.case) if case_input.path.startswith(path_prefixes)]
        return f"{sum(not case_input.has_source for case_input in inputs)} of {len(inputs)} without a source"
