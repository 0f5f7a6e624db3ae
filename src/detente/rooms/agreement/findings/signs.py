"""What could be observed, and what it would tell."""

from __future__ import annotations

from collections.abc import Iterator

from detente.results.finding import Finding
from detente.results.table import Column, make_table
from detente.rooms.agreement.findings.text import AgreementLabels
from detente.rooms.agreement.model.agreement import offer_key
from detente.rooms.agreement.model.signposts import SignpostEffect, Signposts
from detente.text.english import count_noun, upper_first
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
        short_answer=f"{count_noun(len(telling), 'sign')} of {len(labels.model.case.signposts)}",
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
                Column("effect", "tells", "percent", "share of draws"),
                Column("noise", "chance alone", "percent", "share of draws"),
            ),
            list(_rows(labels, signposts)),
        ),
        method=(
            "A sign is seen with its chance of a hit where its number lies in the favourable third of its range, with "
            "that of a false alarm elsewhere; the simulations are weighed by that. What it tells is how far it "
            "moves the "
            "chance, on average over whether it is seen. A number that nothing observable tells of is a lever, and no "
            "signpost."
        ),
        rests_on=tuple(labels.model.case.signposts),
    )


def is_telling(signposts: Signposts, effect: SignpostEffect) -> bool:
    """Whether a sign exceeds what a number that cannot matter shows, for some offer."""
    return any(one.effect > line for one, line in zip(effect.effects, signposts.noise, strict=True))


def _best_sentence(labels: AgreementLabels, signposts: Signposts, telling: list[SignpostEffect]) -> str:
    if not telling:
        return "None tells anything of these offers."
    sign, effect = max(((sign, effect) for sign in telling for effect in sign.effects), key=lambda one: one[1].effect)
    return (
        f"This tells most: {labels.model.case.signposts[sign.signpost].says} It moves one offer from "
        f"{per_hundred(effect.without)} of 100 simulations to {per_hundred(effect.if_seen)} if seen, "
        f"{per_hundred(effect.if_not_seen)} if not."
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
