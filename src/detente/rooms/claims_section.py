"""The section that holds the claims of the documents beside what the rooms find: one table of all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.case.entries.entries import case_entries
from detente.case.schema.case import Case
from detente.results.claim_comparison import ClaimComparison, ClaimTopic, ClaimVerdict
from detente.results.finding import CellMark, Finding, Section
from detente.results.pictures import CellState, TallyPart, TallyRow, UnitTally
from detente.results.table import Column, make_table
from detente.text.english import cardinal, count_noun, join_words, upper_first

CLAIMS_SECTION = "claims"
"""The id of the section."""
FINDING = "compared"
TOPIC_WORDS: dict[ClaimTopic, str] = {
    "motives": "why they want it",
    "orientation": "what another course would change",
    "institutions": "what institutions do",
    "organisations": "what kind of organisations they are",
    "record": "what was tried",
}
VERDICT_WORDS: dict[ClaimVerdict, str] = {
    "agrees": "agrees",
    "in-part": "in part",
    "differs": "differs",
    "open": "neither way",
}
VERDICT_PHRASES: dict[ClaimVerdict, str] = {
    "agrees": "agrees with",
    "in-part": "agrees in part with",
    "differs": "differs from",
    "open": "says neither yes nor no to",
}
TOLD_TOGETHER: tuple[ClaimVerdict, ...] = ("agrees", "in-part", "differs")
VERDICT_STATES: dict[ClaimVerdict, CellState] = {"agrees": "yes", "in-part": "half", "differs": "no", "open": "unclear"}
VERDICT_MARKS: dict[str, CellMark] = {"agrees": "go", "in part": "go-half", "differs": "stop", "neither way": "doubt"}
COLUMNS = (
    Column("topic", "about"),
    Column("claim"),
    Column("entries", format="ids"),
    Column("asked", "the model is asked"),
    Column("share", "it says, of 100 simulations", "of_100", "share of draws"),
    Column("share_before", "and as the case has it", "of_100", "share of draws"),
    Column("index", "or from 0 to 1", "decimals", "from 0 to 1"),
    Column("verdict", "model and claim"),
    Column("built_in", "built in", "yes_no"),
)


def claims_section(case: Case, claims: Sequence[ClaimComparison], year: int | None) -> Section | None:
    """What the documents claim beside what the rooms find; None where nothing was put to the test.

    Args:
        case: The case.
        claims: What the rooms say, in their order.
        year: The year of the answer.
    """
    if not claims:
        return None
    picture = _picture(claims)
    finding = Finding(
        id=FINDING,
        title="What the documents claim, beside what the model says",
        question="Does the model agree with the documents",
        short_answer=_short_answer(claims),
        place="detail",
        says=" ".join(_sentences(claims)),
        picture=picture,
        see="Each claim, what the model is asked about it, and what it says.",
        table=make_table(COLUMNS, _rows(case, claims)),
        marks=VERDICT_MARKS,
        method="A claim agrees where the model says the same in every form of the channel, and in part where it does "
        "in some. Shares are those of the form in which most changes. Where agreeing is built in, it is no evidence.",
        rests_on=tuple(dict.fromkeys(id for claim in claims for id in claim.claims)),
    )
    return Section(
        id=CLAIMS_SECTION,
        title="The claims, beside the model",
        headline=_headline(claims),
        picture=picture,
        picture_of=(FINDING,),
        findings=(finding,),
        year=year,
    )


def _count(claims: Sequence[ClaimComparison], verdict: ClaimVerdict) -> int:
    return sum(claim.verdict == verdict for claim in claims)


def _number(count: int) -> str:
    return cardinal(count) if count else "none"


def _headline(claims: Sequence[ClaimComparison]) -> str:
    """With how many claims the model agrees, and from how many it differs."""
    if len(claims) == 1:
        return f"The model {VERDICT_PHRASES[claims[0].verdict]} the one claim that it can be asked about."
    agreed, differing = _count(claims, "agrees"), _count(claims, "differs")
    return (
        f"The model agrees with {_number(agreed)} of {cardinal(len(claims))} claims of the documents, and differs "
        f"from {_number(differing)}."
    )


def _short_answer(claims: Sequence[ClaimComparison]) -> str:
    if len(claims) == 1:
        return VERDICT_WORDS[claims[0].verdict]
    return f"with {_number(_count(claims, 'agrees'))} of {cardinal(len(claims))}"


def _sentences(claims: Sequence[ClaimComparison]) -> Iterator[str]:
    """How many claims the model bears out, in part, or not; on what it differs; and what is built in."""
    yield f"The model can be asked about {count_noun(len(claims), 'claim')} of the documents."
    counts = [
        f"{VERDICT_PHRASES[verdict]} {cardinal(count)}"
        for verdict in TOLD_TOGETHER
        if (count := _count(claims, verdict))
    ]
    if counts:
        yield f"It {join_words(counts)}."
    if differing := dict.fromkeys(claim.topic for claim in claims if claim.verdict == "differs"):
        yield f"It differs on {join_words(TOPIC_WORDS[topic] for topic in differing)}."
    if open_count := _count(claims, "open"):
        yield f"On {cardinal(open_count)} it says neither yes nor no."
    if built_in := sum(claim.built_in and claim.verdict == "agrees" for claim in claims):
        verb = "is" if built_in == 1 else "are"
        yield f"Of those it agrees with, {cardinal(built_in)} {verb} built in, and so no evidence."


def _picture(claims: Sequence[ClaimComparison]) -> UnitTally:
    """A row for each thing that claims are about."""
    topics = [topic for topic in TOPIC_WORDS if any(claim.topic == topic for claim in claims)]
    return UnitTally(
        says="What the documents claim, and whether the model says the same.",
        rows=tuple(_tally_row(topic, [claim for claim in claims if claim.topic == topic]) for topic in topics),
        unit="one claim",
    )


def _tally_row(topic: ClaimTopic, claims: Sequence[ClaimComparison]) -> TallyRow:
    parts = tuple(
        TallyPart(state, _count(claims, verdict), VERDICT_WORDS[verdict]) for verdict, state in VERDICT_STATES.items()
    )
    return TallyRow(upper_first(TOPIC_WORDS[topic]), parts)


def _rows(case: Case, claims: Sequence[ClaimComparison]) -> Iterator[dict[str, object]]:
    entries = case_entries(case)
    for claim in claims:
        yield {
            "topic": TOPIC_WORDS[claim.topic],
            "claim": "; ".join(entries[id].says.rstrip(".") for id in claim.claims),
            "entries": ", ".join(claim.claims),
            "asked": claim.asked,
            "share": claim.share,
            "share_before": claim.share_before,
            "index": claim.index,
            "verdict": VERDICT_WORDS[claim.verdict],
            "built_in": claim.built_in,
        }
