"""How sure the answers are, and what matters: the section of the room."""

from __future__ import annotations

from collections.abc import Iterator

from detente.case.index.labels import CaseLabels
from detente.results.finding import Finding, Missing, Section
from detente.rooms.certainty.findings.choice_shares import choice_shares_finding
from detente.rooms.certainty.findings.key_assumptions import key_assumptions_finding
from detente.rooms.certainty.findings.lasting import lasting_finding
from detente.rooms.certainty.findings.numbers import numbers_finding
from detente.rooms.certainty.findings.opening import headline, lead, opening_picture
from detente.rooms.certainty.findings.our_assumptions import our_assumptions_finding
from detente.rooms.certainty.findings.rare_answers import rare_answers_finding
from detente.rooms.certainty.findings.regions import regions_finding
from detente.rooms.certainty.findings.text import METHOD, CertaintyLabels
from detente.rooms.certainty.findings.tipping_points import tipping_points_finding
from detente.rooms.certainty.model.certainty import CertaintyModel


def certainty_section(model: CertaintyModel) -> Section | None:
    """The section; None where nothing that was assumed can be told of."""
    labels = CertaintyLabels(model, CaseLabels(model.case))
    findings = tuple(finding for finding in _details(labels) if finding is not None)
    if not findings:
        return None
    picture = opening_picture(labels)
    return Section(
        id="sure",
        title="How sure, and what matters",
        headline=headline(labels),
        lead=lead(labels),
        picture=picture,
        picture_of=("checks",) if picture is not None else (),
        findings=findings,
        missing=tuple(_missing(labels)),
        method=METHOD,
        year=model.year,
    )


def _details(labels: CertaintyLabels) -> Iterator[Finding | None]:
    """Choices first, then numbers; then what to check, how rare and where; then what lasts."""
    model = labels.model
    if model.acceptance is not None:
        yield choice_shares_finding(labels)
        yield our_assumptions_finding(labels)
        yield numbers_finding(labels)
        yield key_assumptions_finding(labels)
        yield tipping_points_finding(labels)
        yield rare_answers_finding(labels)
        yield regions_finding(labels)
    yield lasting_finding(labels)


def _missing(labels: CertaintyLabels) -> Iterator[Missing]:
    model = labels.model
    if model.inputs is not None and model.inputs.paths and not model.is_deep:
        yield Missing(
            "how rare a yes is, and where the answer is one",
            "That takes many more simulations.",
            "Add `--deep` to the run.",
            "left out",
        )
