"""The finding on approaches: of which kind they are, and who makes them for whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from detente.case.entries.entries import case_entries
from detente.case.schema.case import Case
from detente.case.schema.record import MANNERS, Manner
from detente.results.finding import Finding
from detente.results.table import Column, make_table
from detente.rooms.record.model.offers import OfferAuthor
from detente.rooms.record.model.record import RecordModel
from detente.text.english import as_sentence, cardinal, join_words

MANNER_NOUNS: Mapping[Manner, tuple[str, str]] = {
    "formal": ("formal offer", "formal offers"),
    "declaration": ("declaration", "declarations"),
    "talks": ("approach in talks", "approaches in talks"),
    "informal": ("informal sounding", "informal soundings"),
    "public": ("public statement", "public statements"),
}
"""Each kind of approach: one of it, and several."""
MOST_TOLD = 3
"""Kinds, and authors, that a sentence names; the table has the others."""
METHOD = (
    "The case says of each approach of which kind it is: a formal offer reached the other side through the proper "
    "channel, a declaration was adopted by a body that may decide, and no source says that it was sent. An approach "
    "that somebody makes on behalf of others counts as theirs where offers are held against the model. Statements that "
    "a source does not tell apart count as one approach."
)


def approaches_finding(model: RecordModel) -> Finding:
    """How many approaches are of each kind, by who makes them for whom."""
    return Finding(
        id="approaches",
        title="Which kinds of approaches, and whose",
        says=" ".join(map(as_sentence, _clauses(model))),
        table=make_table(_columns(model), _records(model)),
        method=METHOD,
        rests_on=tuple(offer.id for offer in model.case.offers),
    )


def _columns(model: RecordModel) -> list[Column]:
    """A column for each kind of approach that the record has."""
    counts = model.offers.manner_counts
    return [
        Column("by"),
        Column("for"),
        Column("authorship"),
        *(Column(kind, MANNER_NOUNS[kind][1], "count", "approaches") for kind in MANNERS if counts[kind]),
        Column("all", format="count", unit="approaches"),
    ]


def _records(model: RecordModel) -> Iterator[dict[str, object]]:
    """A row for each author, and one for all of them."""
    declared, counts = case_entries(model.case), model.offers.manner_counts
    kinds = [kind for kind in MANNERS if counts[kind]]
    for author, own_counts in model.offers.author_counts.items():
        yield {
            "by": declared[author.maker].label,
            "for": declared[author.principal].label,
            "authorship": author.authorship,
            **{kind: own_counts.get(kind, 0) for kind in kinds},
            "all": sum(own_counts.values()),
        }
    yield {"by": "all", "for": "", "authorship": "", **{kind: counts[kind] for kind in kinds}, "all": counts.total()}


def _clauses(model: RecordModel) -> Iterator[str]:
    """The commonest kinds, the authors who made most, and of how many approaches it is not clear whose they are."""
    offers = model.offers
    kinds = [f"{cardinal(n)} {MANNER_NOUNS[kind][n > 1]}" for kind, n in offers.manner_counts.most_common()]
    yield f"by kind: {_join_first(kinds)}"
    clear_counts = {a: sum(n.values()) for a, n in offers.author_counts.items() if a.authorship == "clear"}
    by_size = sorted(clear_counts.items(), key=lambda item: -item[1])
    if by_size:
        yield f"by author: {_join_first([f'{cardinal(n)} {_author_phrase(model.case, a)}' for a, n in by_size])}"
    if count := offers.doubtful_count:
        yield f"of {cardinal(count)} it is disputed or unclear whose {'it is' if count == 1 else 'they are'}"


def _join_first(phrases: list[str]) -> str:
    """The first few of them, and that there are others."""
    return join_words([*phrases[:MOST_TOLD], *(["others"] if len(phrases) > MOST_TOLD else [])])


def _author_phrase(case: Case, author: OfferAuthor) -> str:
    """Who makes an approach, and for whom: `by the CIS`, `by Russia for the CSTO`."""
    phrase = f"by {_party_phrase(case, author.maker)}"
    return phrase if author.maker == author.principal else f"{phrase} for {_party_phrase(case, author.principal)}"


def _party_phrase(case: Case, party: str) -> str:
    """Who makes an approach, or for whom: `the CIS`, `the River League`, `Comecon`, `Romania`."""
    label = case_entries(case)[party].label
    organisation = case.organisations.get(party)
    # A short name that is neither an abbreviation nor several words is a proper name.
    is_proper_name = (
        organisation is not None and organisation.short == label and label.isalpha() and not label.isupper()
    )
    stands_alone = is_proper_name or label.lower().startswith("the ")
    return f"the {label}" if organisation is not None and not stands_alone else label
