"""The section that holds the claims of the documents beside what the rooms find: one table of all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.case.entries.entries import case_entries
from detente.case.schema.case import Case
from detente.results.claim_comparison import ClaimComparison, ClaimTopic, ClaimVerdict
from detente.results.finding import CellMark, Finding, Section
from detente.results.table import Column, make_table
from detente.text.english import cardinal, count_noun, join_words

CLAIMS_SECTION = "claims"
"""The id of the section."""
TOPIC_WORDS: dict[ClaimTopic, str] = {
    "motives": "why they want it",
    "orientation": "another course",
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
    "open": "reads neither way",
}
VERDICT_MARKS: dict[str, CellMark] = {"agrees": "go", "in part": "go-half", "differs": "stop", "neither way": "doubt"}
COLUMNS = (
    Column("topic", "about"),
    Column("claim"),
    Column("entries", format="ids"),
    Column("asked", "the model is asked"),
    Column("share", "it says, of 100 draws", "of_100", "share of draws"),
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
    finding = Finding(
        id="compared",
        title="What the documents claim, beside what the model says",
        says=_says(claims),
        table=make_table(COLUMNS, _rows(case, claims)),
        open=True,
        marks=VERDICT_MARKS,
        method="A claim agrees where the model says the same in every form of the channel, and in part where it does "
        "in some. Shares are those of the form in which most changes. Where agreeing is built in, it is no evidence.",
        rests_on=tuple(dict.fromkeys(id for claim in claims for id in claim.claims)),
    )
    return Section(
        id=CLAIMS_SECTION,
        title="The claims, beside the model",
        answer=finding.says,
        tile=None,
        findings=(finding,),
        year=year,
    )


def _says(claims: Sequence[ClaimComparison]) -> str:
    """How many claims the model bears out, in part, or not; and on what it differs."""
    counts = [
        f"{phrase} {cardinal(count)}"
        for verdict, phrase in VERDICT_PHRASES.items()
        if (count := sum(claim.verdict == verdict for claim in claims))
    ]
    differing = dict.fromkeys(claim.topic for claim in claims if claim.verdict == "differs")
    sentence = f"Of {count_noun(len(claims), 'claim')} that it can be asked of, the model {join_words(counts)}."
    return (
        f"{sentence} It differs on {join_words(TOPIC_WORDS[topic] for topic in differing)}." if differing else sentence
    )


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
