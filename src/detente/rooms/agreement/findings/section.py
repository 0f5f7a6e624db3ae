"""What could be agreed: the section of the room."""

from __future__ import annotations

from collections.abc import Iterator

from detente.results.finding import Finding, Missing, Section
from detente.rooms.acceptance.findings.answer_words import range_phrase
from detente.rooms.agreement.findings.bargaining import bargaining_finding
from detente.rooms.agreement.findings.case_offers import agreed_before_finding, case_offers_finding
from detente.rooms.agreement.findings.format_settings import drivers_finding, settings_finding
from detente.rooms.agreement.findings.formats import (
    format_sentence,
    formats_finding,
    formats_picture,
    fuller_phrase,
    theories_finding,
)
from detente.rooms.agreement.findings.ground import facts_finding, ground_finding
from detente.rooms.agreement.findings.offer_rules import offer_rules_finding
from detente.rooms.agreement.findings.order import order_finding
from detente.rooms.agreement.findings.packages import packages_finding
from detente.rooms.agreement.findings.refusals import refusals_finding
from detente.rooms.agreement.findings.signs import signposts_finding
from detente.rooms.agreement.findings.standing import objectives_finding, standing_finding
from detente.rooms.agreement.findings.text import METHOD, AgreementLabels
from detente.rooms.agreement.model.agreement import AgreementModel
from detente.rooms.agreement.model.offer_fate import OfferFate
from detente.text.english import cardinal, upper_first
from detente.text.number_format import per_hundred


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
    yield theories_finding(labels)
    yield drivers_finding(labels)
    yield settings_finding(labels)
    yield packages_finding(labels)
    yield refusals_finding(labels)
    yield case_offers_finding(labels)
    yield offer_rules_finding(labels)
    yield bargaining_finding(labels)
    yield order_finding(labels)
    yield standing_finding(labels)
    yield objectives_finding(labels)
    yield ground_finding(labels)
    yield facts_finding(labels)
    yield agreed_before_finding(labels)
    yield signposts_finding(labels)


def _headline(labels: AgreementLabels) -> str:
    if labels.is_best_as_offered:
        return "No other format would clearly be agreed on more often than the offer as it is."
    best = labels.model.best_fates[0]
    return f"As offered, both sides would have it {_as_offered(labels)}; in the best format {_share(best)}."


def _as_offered(labels: AgreementLabels) -> str:
    return range_phrase([fate.main.agreed for fate in labels.offered_fates])


def _share(fate: OfferFate) -> str:
    return range_phrase([fate.main.agreed], "")


def _lead(labels: AgreementLabels) -> str:
    sentences = [_best_sentence(labels)]
    if (fuller := labels.fuller_fate) is not None:
        sentences.append(
            f"More would come {fuller_phrase(labels, fuller)}; that would pass in {per_hundred(fuller.main.agreed)}."
        )
    sentences.append("Depths and clauses are ours: this is no forecast.")
    return " ".join(sentences)


def _best_sentence(labels: AgreementLabels) -> str:
    best = labels.model.best_fates
    if labels.is_best_as_offered:
        return f"Both would have it {_as_offered(labels)}."
    if len(best) == 1:
        return f"The best format: {format_sentence(labels, best[0])}."
    if len({(fate.asked.format.depth, fate.asked.format.clauses) for fate in best}) == 1:
        return f"The best terms: {labels.terms_words(best[0].asked.format)}, in {cardinal(len(best))} ways alike."
    return f"{upper_first(cardinal(len(best)))} formats do best, and cannot be told apart."


def _missing(labels: AgreementLabels) -> Iterator[Missing]:
    case = labels.model.case
    if not case.depths:
        yield Missing("how much less a dialogue would bring and cost", "The case has no depths.", "Add `depths:`.")
    durability = labels.model.durability
    steps = len(durability.trust_beliefs) if durability else 0
    if steps < 2:
        yield Missing(
            "in which order to take steps",
            "Fewer than two games say how far the sides trust each other.",
            "Add `trust:` to the games.",
        )
    elif labels.model.orders is None:
        yield Missing("in which order to take steps", f"{steps} games are too many to order.", "Keep `trust:` to ten.")
    if labels.model.standing is None:
        yield Missing("who can sway whom", "The case has no judgement of influence.", "Add `influence:`.")
    if labels.model.signposts is None:
        yield Missing("what could be observed", "The case has no signposts.", "Add `signposts:`.")
