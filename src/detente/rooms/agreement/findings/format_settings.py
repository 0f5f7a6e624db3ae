"""How firm the best format is: which numbers move it, and what becomes of it under other assumptions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.case.index.number_labels import number_label
from detente.results.finding import Finding
from detente.results.table import Column, make_table
from detente.rooms.acceptance.findings.brief_words import option_label
from detente.rooms.agreement.findings.formats import pictured_fates, theories_sentence
from detente.rooms.agreement.findings.text import TIE_ERRORS, AgreementLabels
from detente.rooms.agreement.model.agreement import offer_key
from detente.rooms.agreement.model.format_settings import FormatsUnderSetting
from detente.text.english import cardinal, lower_first, upper_first
from detente.text.number_format import per_hundred

FIRM_SHARE = 0.8
"""In which share of other assumptions the best format must stay so for that to be called firm."""
MOST_DRIVERS = 6
"""Numbers that are told of each format."""


def drivers_finding(labels: AgreementLabels) -> Finding | None:
    """The numbers that move how often both would have all issues, in each format that the picture shows."""
    model = labels.model
    best = model.best_fates[0]
    of_best = [one for one in model.drivers if one.offer == offer_key(best.asked)]
    if not model.drivers:
        return None
    return Finding(
        id="drivers",
        title="Which numbers move how often both would have the offer",
        says=" ".join(_driver_sentences(labels)),
        table=make_table(
            (
                Column("format"),
                Column("number"),
                Column("low", "in its lowest third", "of_100", "share of draws"),
                Column("high", "in its highest third", "of_100", "share of draws"),
            ),
            list(_driver_rows(labels)),
        ),
        method=(
            "In how many simulations both would have all issues: where a number is in the lowest third of its own "
            "range, and where in the highest. A number is told if both differ by more than 3.5 standard errors, as "
            "many are looked at; up to six of each format."
        ),
        rests_on=tuple(dict.fromkeys(one.path for one in of_best[:MOST_DRIVERS])),
    )


def _driver_sentences(labels: AgreementLabels) -> Iterator[str]:
    model = labels.model
    best = offer_key(model.best_fates[0].asked)
    of_best = [one for one in model.drivers if one.offer == best]
    if not of_best:
        yield "No single number moves the best format beyond chance."
        return
    first = of_best[0]
    alike = [
        one
        for one in of_best
        if abs(first.change) - abs(one.change) <= TIE_ERRORS * (first.error**2 + one.error**2) ** 0.5
    ]
    if len(alike) > 1:
        yield f"{upper_first(cardinal(len(alike)))} numbers move it most, and cannot be ranked."
        return
    yield (
        f"It depends most on one number: {lower_first(number_label(model.case, first.path))}. Where that is low, both "
        f"would have it in {per_hundred(first.where_low)} of 100 simulations, where high in "
        f"{per_hundred(first.where_high)}."
    )


def _driver_rows(labels: AgreementLabels) -> Iterator[dict[str, object]]:
    model = labels.model
    for fate in pictured_fates(labels):
        own = [one for one in model.drivers if one.offer == offer_key(fate.asked)]
        for driver in own[:MOST_DRIVERS]:
            yield {
                "format": labels.format_title(fate.asked.format),
                "number": number_label(model.case, driver.path),
                "low": driver.where_low,
                "high": driver.where_high,
            }


def settings_finding(labels: AgreementLabels) -> Finding | None:
    """The best format beside the offer as it is under every other set of estimates, and by every other choice."""
    model = labels.model
    own, *others = model.moving_settings
    if not others:
        return None
    holding = [one for one in others if _is_best_under(labels, one)]
    return Finding(
        id="settings",
        title="The best format under other assumptions",
        question="How firm is that",
        short_answer=f"in {len(holding)} of {len(others)} sets",
        place="detail",
        says=" ".join(
            (*_setting_sentences(labels, others, holding), *_driver_sentences(labels), theories_sentence(labels))
        ).strip(),
        table=make_table(
            (
                Column("assumption"),
                Column("offered", "as offered", "of_100", "share of draws"),
                Column("best", "best format", "of_100", "share of draws"),
                Column("instead", "best instead"),
                Column("instead_share", "both would", "of_100", "share of draws"),
            ),
            [_setting_row(labels, one) for one in (own, *others)],
        ),
        method=(
            f"All issues in every format, in the same {own.draws} simulations under every set of estimates and by "
            "every choice that the case declares or makes; those that move none of these shares are left out. Formats "
            "within 2.5 standard errors of the best there, draw by draw, are as good."
        ),
        rests_on=tuple(model.case.priors),
    )


def _is_best_under(labels: AgreementLabels, setting: FormatsUnderSetting) -> bool:
    """Whether a format that is best as the case has it is best there, or cannot be told from it."""
    return any(fate.asked.format in setting.best for fate in labels.model.best_fates)


def _setting_title(labels: AgreementLabels, setting: FormatsUnderSetting) -> str:
    case = labels.model.acceptance.case
    if setting.kind == "own":
        return "As we assume"
    if setting.kind == "estimates":
        return case.priors[setting.id].title
    assert setting.choice is not None
    return option_label(labels.acceptance, setting.choice, setting.option)


def _setting_sentences(
    labels: AgreementLabels, others: Sequence[FormatsUnderSetting], holding: list[FormatsUnderSetting]
) -> Iterator[str]:
    best = labels.model.best_fates[0].asked.format
    yield (
        f"What is best here is best, or as good as the best, under {cardinal(len(holding))} of {cardinal(len(others))} "
        "other sets of assumptions that move it at all."
    )
    failing = [lower_first(_setting_title(labels, one)) for one in others if one not in holding]
    if 0 < len(failing) <= 2:
        yield f"It is not under {cardinal(len(failing))}: {'; '.join(failing)}."
    shares = [one.agreed[best] for one in others if best in one.agreed]
    if shares:
        yield (
            f"How often both would have it moves from {per_hundred(min(shares))} to {per_hundred(max(shares))} of 100 "
            "simulations."
        )
    if len(holding) > FIRM_SHARE * len(others):
        yield "Which terms are best is firmer than how good they are."


def _setting_row(labels: AgreementLabels, setting: FormatsUnderSetting) -> dict[str, object]:
    offered, best = labels.model.agenda_fates[0].asked.format, labels.model.best_fates[0].asked.format
    other = None if _is_best_under(labels, setting) else setting.best[0]
    return {
        "assumption": _setting_title(labels, setting),
        "offered": setting.agreed.get(offered),
        "best": setting.agreed.get(best),
        "instead": labels.format_title(other) if other else "",
        "instead_share": setting.agreed[other] if other else None,
    }
