"""What becomes of the offers that the case holds, made or thought of; and what was agreed in fact."""

from __future__ import annotations

from collections.abc import Iterator

from detente.results.finding import Finding
from detente.results.table import Column, make_table
from detente.rooms.acceptance.findings.answer_words import range_phrase
from detente.rooms.acceptance.findings.columns import share_cells, share_column
from detente.rooms.agreement.findings.offer_rules import rule_sentences
from detente.rooms.agreement.findings.text import AgreementLabels
from detente.rooms.agreement.model.offer_fate import OfferFate
from detente.text.english import cardinal, count_noun, lower_first
from detente.text.number_format import per_hundred

LITTLE = 0.02


def case_offers_finding(labels: AgreementLabels) -> Finding | None:
    """Every offer of the case, in each form, with fixed reasons counted once and by stakes."""
    fates, case = labels.model.made_fates, labels.model.case
    if not fates:
        return None
    best = max(fates, key=lambda fate: fate.main.agreed)
    return Finding(
        id="offers",
        title="What becomes of offers that were made or thought of",
        question="Would the offers made pass",
        short_answer=f"at best {per_hundred(best.main.agreed)} of 100",
        place="detail",
        says=" ".join(_sentences(labels, best)),
        table=make_table(
            (
                Column("offer"),
                Column("how"),
                Column("issues"),
                share_column("answering", f"{labels.plain(labels.answering)} would"),
                share_column("offering", f"{labels.plain(labels.offering)} would"),
                share_column("both", "both would"),
                share_column("by_stakes", "both, reasons by stakes"),
            ),
            [
                {
                    "offer": case.offers[fate.asked.id].title,
                    "how": labels.format_title(fate.asked.format),
                    "issues": labels.items_cell(
                        (*fate.asked.issues, *fate.asked.extras.concessions), fate.asked.depths
                    ),
                    **share_cells("answering", fate.main.answered, fate.draws),
                    **share_cells("offering", fate.main.offered, fate.draws),
                    **share_cells("both", fate.main.agreed, fate.draws),
                    **share_cells("by_stakes", fate.by_stakes.agreed, fate.draws),
                }
                for fate in fates
            ],
        ),
        method="Where issues go to different depths, what counts once counts by the deepest of them.",
        rests_on=tuple(case.offers),
    )


def _sentences(labels: AgreementLabels, best: OfferFate) -> Iterator[str]:
    case, fates = labels.model.case, labels.model.made_fates
    head = "The offer of the case" if len(case.offers) == 1 else "The best of the case's offers"
    title = lower_first(case.offers[best.asked.id].title)
    yield f"{head} is {title}: both would have it {range_phrase([best.main.agreed])}."
    by_stakes = max(fates, key=lambda fate: fate.by_stakes.agreed)
    if abs(by_stakes.by_stakes.agreed - best.main.agreed) > LITTLE:
        yield (
            f"If reasons such as standing counted in proportion to stakes, it would be at most "
            f"{per_hundred(by_stakes.by_stakes.agreed)}."
        )
    yield from _lasting_sentence(labels, best)
    yield from filter(None, (rule_sentences(labels), agreed_sentence(labels)))


def _lasting_sentence(labels: AgreementLabels, best: OfferFate) -> Iterator[str]:
    """How rarely cooperation on the issue of the best offer that lasts least would last."""
    lasting = labels.model.lasting[best.asked.id]
    if not lasting:
        return
    least = min(lasting, key=lambda one: one.lasts)
    clauses = f", with its clauses in {per_hundred(least.with_clauses)}" if least.with_clauses is not None else ""
    issue = lower_first(labels.item_title(least.issue))
    yield f"Once begun, cooperation on {issue} lasts {range_phrase([least.lasts])}{clauses}."


def agreed_before_finding(labels: AgreementLabels) -> Finding | None:
    """What the sides did agree on, beside what the model finds."""
    case = labels.model.case
    if not case.agreed:
        return None
    return Finding(
        id="agreed",
        title="What was agreed in fact",
        question="What did they agree on",
        short_answer=count_noun(len(case.agreed), "thing"),
        place="annex" if case.offers else "detail",
        says=agreed_sentence(labels),
        table=make_table(
            (
                Column("what"),
                Column("when", format="date"),
                Column("through"),
                Column("issues"),
                Column("says", "in words"),
            ),
            list(_agreed_rows(labels)),
        ),
        rests_on=tuple(case.agreed),
    )


def agreed_sentence(labels: AgreementLabels) -> str:
    """How much was agreed in fact, and which offers were taken up through another channel; nothing without any."""
    agreed = labels.model.case.agreed.values()
    if not agreed:
        return ""
    offered = {format.variant.channel for format in labels.model.formats}
    between = sum(one.channel in offered for one in agreed)
    verb = "was" if len(agreed) == 1 else "were"
    sentences = [
        f"In fact {count_noun(len(agreed), 'thing')} {verb} agreed, {cardinal(between) if between else 'none'} through "
        "a channel between the sides: too few to test what is found here."
    ]
    answers = {one.id for one in labels.model.case.recorded_offers}
    for one in agreed:
        if one.channel and one.channel not in offered and answers & set(one.entries):
            channel = lower_first(labels.names.channel_title(one.channel))
            sentences.append(f"{one.title} was taken up through another channel: {channel}.")
    return " ".join(sentences)


def _agreed_rows(labels: AgreementLabels) -> Iterator[dict[str, object]]:
    case = labels.model.case
    for one in case.agreed.values():
        yield {
            "what": one.title,
            "when": one.date.text if one.date else "",
            "through": labels.names.channel_title(one.channel) if one.channel else "",
            "issues": labels.items_cell(one.issues),
            "says": one.says,
        }
