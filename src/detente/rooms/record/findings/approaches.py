"""The finding on approaches: of which kind they are, and who makes them for whom."""

from __future__ import annotations

from collections.abc import Iterator

from detente.case.schema.case import Case
from detente.case.schema.record import MANNERS
from detente.results.finding import Finding
from detente.results.pictures import TallyPart, TallyRow, UnitTally
from detente.results.table import Column, make_table
from detente.rooms.record.findings.text import MANNER_NOUNS, count_of, name_alone, name_in_sentence
from detente.rooms.record.model.offers import OfferAuthor
from detente.rooms.record.model.record import RecordModel
from detente.text.english import cardinal, join_words, upper_first

METHOD = (
    "The case says of each approach of which kind it is: a formal offer reached the other side through the proper "
    "channel, a declaration was adopted by a body that may decide, and no source says that it was sent. An approach "
    "that somebody makes on behalf of others counts as theirs where offers are held against the model. Statements that "
    "a source does not tell apart count as one approach."
)


def approaches_finding(model: RecordModel) -> Finding:
    """How many approaches are of each kind, by who makes them for whom."""
    formal, total = model.offers.manner_counts["formal"], len(model.case.recorded_offers)
    return Finding(
        id="approaches",
        title="Which kinds of approaches, and whose",
        says=" ".join(_sentences(model)),
        table=make_table(_columns(model), _records(model)),
        method=METHOD,
        rests_on=tuple(offer.id for offer in model.case.recorded_offers),
        place="detail",
        question="Which kinds of approaches these are, and whose",
        short_answer=_short_answer(formal, total),
        picture=_tally(model),
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
    counts = model.offers.manner_counts
    kinds = [kind for kind in MANNERS if counts[kind]]
    for author, own_counts in model.offers.author_counts.items():
        yield {
            "by": name_alone(model.case, author.maker),
            "for": name_alone(model.case, author.principal),
            "authorship": author.authorship,
            **{kind: own_counts.get(kind, 0) for kind in kinds},
            "all": sum(own_counts.values()),
        }
    yield {"by": "all", "for": "", "authorship": "", **{kind: counts[kind] for kind in kinds}, "all": counts.total()}


def _short_answer(formal: int, total: int) -> str:
    """`three of 14 are formal`."""
    if total == 1:
        return "a formal offer" if formal else "no formal offer"
    if formal in (0, total):
        return "all are formal offers" if formal else "none is a formal offer"
    return f"{cardinal(formal)} of {cardinal(total)} {'is' if formal == 1 else 'are'} formal"


def _sentences(model: RecordModel) -> Iterator[str]:
    """How many are formal offers, the commonest kind, who made most, and how many are of doubtful authorship."""
    offers, total = model.offers, len(model.case.recorded_offers)
    counts = offers.manner_counts
    formal = counts["formal"]
    subject = count_of(formal, total, "approach", "approaches")
    is_one = formal < 2
    yield f"{upper_first(subject)} on record {'is a formal offer' if is_one else 'are formal offers'}."
    (kind, most), *others = counts.most_common()
    if kind != "formal" and most > 1 and all(count < most for _, count in others):
        yield f"The most common are {MANNER_NOUNS[kind][1]}, {cardinal(most)} of them."
    yield from _author_sentences(model)
    if count := offers.doubtful_count:
        whose = "it is" if count == 1 else "they are"
        yield f"For {cardinal(count)} of the {cardinal(total)} it is disputed or unclear whose {whose}."


def _author_sentences(model: RecordModel) -> Iterator[str]:
    """Who made most of those whose authorship is clear; nothing where more than two made as many."""
    offers = model.offers
    counts = {a: sum(n.values()) for a, n in offers.author_counts.items() if a.authorship == "clear"}
    most = max(counts.values(), default=0)
    leaders = [author for author, count in counts.items() if count == most]
    if len(counts) == 1 and not offers.doubtful_count:
        yield f"{_author_phrase(model.case, leaders[0], _it_or_all(most))}."
    elif len(leaders) == 1 and most > 1:
        made = f"{cardinal(most)} of the {cardinal(len(model.case.recorded_offers))}"
        yield f"{_author_phrase(model.case, leaders[0], made)}, more than anybody else."
    elif len(leaders) == 2 and all(author.maker == author.principal for author in leaders):
        names = join_words(name_in_sentence(model.case, author.maker) for author in leaders)
        yield f"{upper_first(names)} made {cardinal(most)} each."


def _it_or_all(count: int) -> str:
    return "it" if count == 1 else "both" if count == 2 else "all of them"


def _author_phrase(case: Case, author: OfferAuthor, what: str) -> str:
    """Who made some approaches, and for whom: `Russia made five of them for the CSTO`."""
    phrase = f"{upper_first(name_in_sentence(case, author.maker))} made {what}"
    return phrase if author.maker == author.principal else f"{phrase} for {name_in_sentence(case, author.principal)}"


def _tally(model: RecordModel) -> UnitTally:
    """A row for each kind, a mark for each approach, with who made it for whom."""
    counts = model.offers.manner_counts
    rows = []
    for kind in MANNERS:
        if not counts[kind]:
            continue
        parts = tuple(
            TallyPart("yes" if author.authorship == "clear" else "unclear", own_counts[kind], _by(model.case, author))
            for author, own_counts in model.offers.author_counts.items()
            if own_counts.get(kind)
        )
        rows.append(TallyRow(upper_first(MANNER_NOUNS[kind][1]), parts, str(counts[kind])))
    return UnitTally(says="Approaches by kind, and who made them for whom.", rows=tuple(rows), unit="one approach")


def _by(case: Case, author: OfferAuthor) -> str:
    """`by Russia for the CSTO`, `perhaps by the CSTO`."""
    phrase = f"by {name_in_sentence(case, author.maker)}"
    if author.authorship != "clear":
        phrase = f"perhaps {phrase}"
    return phrase if author.maker == author.principal else f"{phrase} for {name_in_sentence(case, author.principal)}"
