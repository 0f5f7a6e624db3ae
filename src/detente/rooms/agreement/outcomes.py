"""The numbers of the agreement room by name."""

from __future__ import annotations

from collections.abc import Iterator

from detente.results.outcome import Outcome, OutcomeKind
from detente.rooms.agreement.model.agreement import AgreementModel
from detente.rooms.agreement.model.offer_fate import OfferFate

_FORMAT = "<channel>.<form>.<terms>"
ANSWERED = OutcomeKind(
    f"agreement.agenda.{_FORMAT}.answered",
    "share of draws",
    "In how many draws the side that answers would have all issues in a format: a channel, how it is run, its "
    "depth and "
    "clauses (`as-offered` without any).",
)
OFFERED = OutcomeKind(
    f"agreement.agenda.{_FORMAT}.offered", "share of draws", "In how many draws the side that offers would have it."
)
AGREED = OutcomeKind(f"agreement.agenda.{_FORMAT}.agreed", "share of draws", "In how many draws both would have it.")
OFFER_AGREED = OutcomeKind(
    "agreement.offer.<offer>.<channel>.<form>.agreed",
    "share of draws",
    "In how many draws both sides would have an offer of the case.",
)
BEST_AGREED = OutcomeKind(
    "agreement.best.agreed",
    "share of draws",
    "In how many draws both would have the package that is best by the other half of the draws.",
)
ZONE = OutcomeKind(
    "agreement.zone.open",
    "share of draws",
    "In how many draws there is any package that both would have, were it made to measure.",
)
FIRST_STEP = OutcomeKind(
    "agreement.order.<game>.first", "share of draws", "In how many draws a game is the best first step."
)
SIGN_EFFECT = OutcomeKind(
    "agreement.signpost.<signpost>.tells",
    "share of draws",
    "How far a sign moves how often both would have an offer, on average over whether it is seen: the most of all "
    "offers.",
)
KINDS = (ANSWERED, OFFERED, AGREED, OFFER_AGREED, BEST_AGREED, ZONE, FIRST_STEP, SIGN_EFFECT)


def agreement_outcomes(model: AgreementModel) -> Iterator[Outcome]:
    """Every number by name."""
    for fate in model.agenda_fates:
        ids = (fate.asked.format.variant.channel, fate.asked.format.variant.form, terms_id(fate))
        for kind, share in (
            (ANSWERED, fate.main.answered),
            (OFFERED, fate.main.offered),
            (AGREED, fate.main.agreed),
        ):
            yield kind.at(share, *ids, error=fate.error(share), year=model.year)
    for fate in model.made_fates:
        variant = fate.asked.format.variant
        names = (fate.asked.id, variant.channel, variant.form)
        yield OFFER_AGREED.at(fate.main.agreed, *names, error=fate.error(fate.main.agreed), year=model.year)
    if (search := model.search) is not None:
        told = search.best[0].agreed
        yield BEST_AGREED.at(told.value, error=told.error, year=model.year)
        yield ZONE.at(search.zone.open, year=model.year)
    if model.orders is not None:
        main = model.orders.main
        for game, share in zip(main.games, main.first_shares, strict=True):
            yield FIRST_STEP.at(share, game, error=main.error(share), year=model.year)
    if model.signposts is not None:
        for sign in model.signposts.effects:
            yield SIGN_EFFECT.at(sign.largest, sign.signpost, year=model.year)


def terms_id(fate: OfferFate) -> str:
    """Depth and clauses of a format as a part of a name."""
    format = fate.asked.format
    return "+".join([*([format.depth] if format.depth else []), *format.clauses]) or "as-offered"
