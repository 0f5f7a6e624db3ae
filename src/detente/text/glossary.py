"""The words of the page that a reader may ask about, each with its meaning once: in the annex, and at the word."""

from __future__ import annotations

from dataclasses import dataclass

from detente.text.likelihood import SCALE


@dataclass(frozen=True, slots=True)
class GlossaryTerm:
    """A term with its meaning."""

    id: str
    term: str
    meaning: str
    """At most 35 words."""
    marked: tuple[str, ...] = ()
    """The words of a text at which the meaning is offered; none where only the page itself points to it."""


def _likelihood_meaning() -> str:
    steps = " ".join(f"To {highest}: {word}." for highest, word in SCALE[:-1])
    return f"Words of ICD 203, by how many of 100. {steps} Above: {SCALE[-1][1]}."


GLOSSARY: tuple[GlossaryTerm, ...] = (
    GlossaryTerm(
        "simulation",
        "Simulation",
        "One run of the model. Every uncertain number takes a value from its range, by lot. We make thousands and "
        "report shares of 100.",
        ("simulations", "simulation"),
    ),
    GlossaryTerm(
        "tests",
        "Strict and generous test",
        "Strict: the channel beats the present one for whoever can stop it. Generous: accepting beats every other "
        "reply, since a no or silence has a price as well.",
        ("strict and the generous test", "strict test", "generous test", "strict to the generous test"),
    ),
    GlossaryTerm(
        "channel",
        "The channel",
        "The standing arrangement from organisation to organisation that is offered, as against ties of single states. "
        "It may be run in several ways.",
        ("the channel",),
    ),
    GlossaryTerm(
        "consensus",
        "By consensus, and run by one member",
        "By consensus the organisation answers as one body, and any member can stop it. Run by its leading member, "
        "all contact passes through that member.",
        ("by consensus",),
    ),
    GlossaryTerm("likelihood", "Likelihood words", _likelihood_meaning()),
    GlossaryTerm(
        "confidence",
        "Confidence",
        "How good the grounds are: a point each for sources, for agreement of other assumptions, for tests on record. "
        "It says nothing about how likely the answer is.",
    ),
    GlossaryTerm(
        "driving",
        "Numbers that drive the answer",
        "Numbers that each explain at least a twentieth of how simulations differ, in the answer or in how far it is "
        "from turning. Errors are allowed for.",
        ("numbers that drive this answer", "number that drives this answer"),
    ),
    GlossaryTerm(
        "built-in",
        "Built in",
        "Follows from how the model is made, whatever the numbers. It is no evidence for any theory.",
        ("built in",),
    ),
    GlossaryTerm(
        "assumed",
        "Assumed",
        "Stands because we put it in. Another estimate would give another result.",
        ("we assumed", "assumed"),
    ),
    GlossaryTerm(
        "recoding",
        "Recoding",
        "Reading one motive as explained first by another theory than the coder said.",
        ("recodings", "recoding"),
    ),
    GlossaryTerm(
        "robustness",
        "Fragile, moderate, robust",
        "Fragile: one change reverses it. Moderate: one change makes it a tie, or two reverse it. Robust: nothing we "
        "tried does.",
        ("fragile", "moderate", "robust"),
    ),
    GlossaryTerm(
        "live",
        "Live",
        "Worked out in this page as you move a lever. Exact: the tool gives the same counts.",
    ),
    GlossaryTerm(
        "ahead",
        "Computed ahead",
        "The tool ran each of these settings before the page was written. They do not move with the levers.",
    ),
    GlossaryTerm(
        "fixed",
        "Fixed",
        "Does not move with the levers. It shows the report’s own settings.",
    ),
)
"""In the order in which the annex lists them."""
