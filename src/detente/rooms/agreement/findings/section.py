"""What could be agreed: the section of the room."""

from __future__ import annotations

from collections.abc import Iterator

from detente.results.finding import Finding, Missing, Section
from detente.rooms.acceptance.findings.answer_words import range_phrase
from detente.rooms.agreement.findings.bargaining import bargaining_finding
from detente.rooms.agreement.findings.case_offers import agreed_before_finding, case_offers_finding
from detente.rooms.agreement.findings.formats import format_sentence, formats_finding, formats_picture
from detente.rooms.agreement.findings.ground import facts_finding, ground_finding
from detente.rooms.agreement.findings.order import order_finding
from detente.rooms.agreement.findings.packages import packages_finding
from detente.rooms.agreement.findings.refusals import refusals_finding
from detente.rooms.agreement.findings.signs import signposts_finding
from detente.rooms.agreement.findings.standing import objectives_finding, standing_finding
from detente.rooms.agreement.findings.text import METHOD, AgreementLabels
from detente.rooms.agreement.model.agreement import AgreementModel


def agreement_section(model: AgreementModel) -> Section:
    """The section."""
    labels = AgreementLabels(model)
    return Section(
        id="agreement",
        title="What could be agreed",
        headline=_headline(labels),
        lead=_lead(labels),
        picture=formats_picture(labels),
        picture_of=("formats",),
        findings=tuple(finding for finding in _details(labels) if finding is not None),
        missing=tuple(_missing(labels)),
        method=METHOD,
        year=model.year,
    )


def _details(labels: AgreementLabels) -> Iterator[Finding | None]:
    yield formats_finding(labels)
    yield packages_finding(labels)
    yield refusals_finding(labels)
    yield case_offers_finding(labels)
    yield bargaining_finding(labels)
    yield order_finding(labels)
    yield standing_finding(labels)
    yield objectives_finding(labels)
    yield ground_finding(labels)
    yield facts_finding(labels)
    yield agreed_before_finding(labels)
    yield signposts_finding(labels)


def _headline(labels: AgreementLabels) -> str:
    fates = labels.model.agenda_fates
    best = max(fates, key=lambda fate: fate.main.agreed)
    if best is fates[0]:
        return "No other format would be agreed on more often than the offer as it is."
    offered = range_phrase([fates[0].main.agreed])
    return f"As offered, both sides would have it {offered}; in the best format {range_phrase([best.main.agreed], '')}."


def _lead(labels: AgreementLabels) -> str:
    fates = labels.model.agenda_fates
    best = max(fates, key=lambda fate: fate.main.agreed)
    sentences = [f"The best format is {format_sentence(labels, best)}."] if best is not fates[0] else []
    search = labels.model.search
    if search is not None and len(search.best) > len(search.table.packages) // 2:
        sentences.append("There, which issues are in it hardly matters: what an offer costs in standing and ties does.")
    sentences.append("Depths and clauses are ours, so these levels are no forecast of agreement.")
    return " ".join(sentences)


def _missing(labels: AgreementLabels) -> Iterator[Missing]:
    case = labels.model.case
    if not case.depths:
        yield Missing("how much less a dialogue would bring and cost", "The case has no depths.", "Add `depths:`.")
    if labels.model.orders is None:
        yield Missing(
            "in which order to take steps",
            "Fewer than two games say how far the sides trust each other.",
            "Add `trust:` to the games.",
        )
    if labels.model.standing is None:
        yield Missing("who can sway whom", "The case has no judgement of influence.", "Add `influence:`.")
    if labels.model.signposts is None:
        yield Missing("what could be observed", "The case has no signposts.", "Add `signposts:`.")
