"""What to call the things of a case: its parties, its channels, the forms in which these are run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from detente.case.entries.entries import case_inputs
from detente.case.index.by_year import display_name
from detente.case.index.membership import case_sides
from detente.case.schema.case import Case
from detente.text.english import join_words

FORM_SHAPES: dict[str, str] = {"hub": "circle", "collegiate": "diamond"}
"""The mark in pictures of each form of a channel: run through leading members, or with organisations as one."""

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
        """How a channel is run, if that makes a difference: `through Russia`, `CSTO as one`.

        Args:
            form: Through leading members, or with organisations as one.
            parties: These members, or these organisations; None where the form makes no difference.
        """
        if parties is None:
            return ""
        party_names = join_words(map(self.party_name, parties))
        return f"through {party_names}" if form == "hub" else f"{party_names} as one"

    def channel_in_form(self, channel: str, form_phrase: str) -> str:
        """A channel with the way it is run: `Via the blocs (through Russia)`."""
        return f"{self.channel_title(channel)} ({form_phrase})" if form_phrase else self.channel_title(channel)

    def quoted_channel_in_form(self, channel: str, form_phrase: str) -> str:
        """The same within a sentence: `“Via the blocs” (through Russia)`."""
        quoted_title = f"“{self.channel_title(channel)}”"
        return f"{quoted_title} ({form_phrase})" if form_phrase else quoted_title

    def unsourced_inputs_phrase(self, path_prefixes: tuple[str, ...]) -> str:
        """How many numbers of the case there are whose paths begin so, and how many of them have no source."""
        inputs = [case_input for case_input in case_inputs(self.case) if case_input.path.startswith(path_prefixes)]
        return f"{sum(not case_input.has_source for case_input in inputs)} of {len(inputs)} without a source"
