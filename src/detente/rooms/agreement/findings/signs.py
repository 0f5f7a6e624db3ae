"""What could be observed, and what it would tell."""

from __future__ import annotations

from collections.abc import Iterator

from detente.results.finding import Finding
from detente.results.table import Column, make_table
from detente.rooms.agreement.findings.formats import format_sentence
from detente.rooms.agreement.findings.text import AgreementLabels
from detente.rooms.agreement.model.agreement import offer_key
from detente.rooms.agreement.model.signposts import SignpostEffect, Signposts
from detente.text.english import cardinal, count_noun, upper_first
from detente.text.number_format import per_hundred


def signposts_finding(labels: AgreementLabels) -> Finding | None:
    """Signs, with how often both would have each offer if they are seen, and if not."""
    signposts = labels.model.signposts
    if signposts is None:
        return None
    telling = [one for one in signposts.effects if is_telling(signposts, one)]
    return Finding(
        id="signs",
        title="What could be observed",
        question="What would tell in advance",
        short_answer=_short_answer(len(telling), len(labels.model.case.signposts)),
        place="detail",
        says=(
            f"{upper_first(count_noun(len(telling), 'sign tells', 'signs tell'))} more than a number that cannot "
            f"matter would show by chance. {_best_sentence(labels, signposts, telling)}"
        ),
        table=make_table(
            (
                Column("sign"),
                Column("offer"),
                Column("without", "both would", "of_100", "share of draws"),
                Column("seen", "if seen", "of_100", "share of draws"),
                Column("not_seen", "if not seen", "of_100", "share of draws"),
                Column("effect", "moves it by", "percent", "share of draws"),
                Column("noise", "chance alone would", "percent", "share of draws"),
            ),
            list(_rows(labels, signposts)),
        ),
        method=(
            "A sign is seen with its chance of a hit where its number lies in the third of its range that it tells of, "
            "with that of a false alarm elsewhere; the simulations are weighed by that. How far it moves the chance is "
            "the mean over whether it is seen, in simulations of 100. A number that nothing observable tells of is a "
            "lever, and no signpost."
        ),
        rests_on=tuple(labels.model.case.signposts),
    )


def _short_answer(telling: int, signs: int) -> str:
    if telling == signs:
        return "the one sign" if signs == 1 else f"all {cardinal(signs)} signs"
    return f"{cardinal(telling) if telling else 'none'} of {count_noun(signs, 'sign')}"


def is_telling(signposts: Signposts, effect: SignpostEffect) -> bool:
    """Whether a sign exceeds what a number that cannot matter shows, for some offer."""
    return any(one.effect > line for one, line in zip(effect.effects, signposts.noise, strict=True))


def _best_sentence(labels: AgreementLabels, signposts: Signposts, telling: list[SignpostEffect]) -> str:
    if not telling:
        return "None tells anything of these offers."
    formats = {offer_key(fate.asked): fate for fate in labels.model.agenda_fates}
    sign, offer, effect = max(
        (
            (sign, offer, effect)
            for sign in telling
            for offer, effect in zip(signposts.offers, sign.effects, strict=True)
        ),
        key=lambda one: one[2].effect,
    )
    against = " It speaks against the offer." if effect.if_seen < effect.without else ""
    return (
        f"This tells most: {labels.model.case.signposts[sign.signpost].says} It bears most on one offer: "
        f"{format_sentence(labels, formats[offer])}. If it is seen, both would have that in "
        f"{per_hundred(effect.if_seen)} of 100 simulations, else in {per_hundred(effect.if_not_seen)}.{against}"
    )


def _rows(labels: AgreementLabels, signposts: Signposts) -> Iterator[dict[str, object]]:
    titles = {offer_key(fate.asked): labels.format_title(fate.asked.format) for fate in labels.model.agenda_fates}
    for sign in signposts.effects:
        for offer, effect, line in zip(signposts.offers, sign.effects, signposts.noise, strict=True):
            if effect.effect <= line:
                continue
            yield {
                "sign": labels.model.case.signposts[sign.signpost].says,
                "offer": titles[offer],
                "without": effect.without,
                "seen": effect.if_seen,
                "not_seen": effect.if_not_seen,
                "effect": effect.effect,
                "noise": line,
            }
