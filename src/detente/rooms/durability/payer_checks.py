"""What is wrong with the shares of those who pay for a common good."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.case.fault import Fault
from detente.case.schema.base import CasePath
from detente.case.schema.case import Case
from detente.case.schema.common_goods import CommonGood, PayerShares
from detente.case.schema.estimate import Estimate
from detente.rooms.durability.model.unequal_payers import payer_capability
from detente.text.english import join_words


def payer_share_faults(case: Case, path: CasePath, good: CommonGood, payers: Sequence[str]) -> Iterator[Fault]:
    """Shares of a good that is not shared out, of parties that do not pay, of too few, or of nothing."""
    for field_name, shares in (("contributions", good.contributions), ("benefits", good.benefits)):
        if shares is None:
            continue
        place = (*path, field_name)
        if good.multiplier is None:
            message = f"{field_name} are those of a good that is shared out, and this is had if enough pay"
            yield Fault(place, message, "multiplier: instead of needed:, benefit: and cost:")
        if bool(shares.by) == bool(shares.of or shares.others):
            yield Fault(place, "this says either what each payer has, or by which figure", "of: and others:, or by:")
        elif shares.by:
            yield from _capability_faults(case, place, payers)
        else:
            yield from _declared_share_faults(place, shares, payers, must_give=field_name == "contributions")


def _declared_share_faults(
    place: CasePath, shares: PayerShares, payers: Sequence[str], must_give: bool
) -> Iterator[Fault]:
    for party in shares.of:
        if party not in payers:
            yield Fault((*place, "of", party), f"'{party}' does not pay for it", f"one of {', '.join(payers)}")
    missing = [payer for payer in payers if payer not in shares.of]
    if missing and shares.others is None:
        yield Fault(place, f"nothing is said of {join_words(missing)}", "others: for each not named", is_omission=True)
    if must_give:
        amounts: list[tuple[CasePath, Estimate]] = [(("of", party), estimate) for party, estimate in shares.of.items()]
        amounts += [(("others",), shares.others)] if shares.others else []
        for inner, estimate in amounts:
            if estimate.bounds[0] <= 0:
                yield Fault((*place, *inner), "who pays gives more than nothing", "a number above 0")
    elif not missing and all(estimate.bounds[1] <= 0 for estimate in shares.of.values()):
        yield Fault((*place, "of"), "nobody has anything of it", "a number above 0 for some payer")


def _capability_faults(case: Case, place: CasePath, payers: Sequence[str]) -> Iterator[Fault]:
    missing = [payer for payer in payers if not payer_capability(case, payer)]
    if missing:
        message = f"there is no figure of capability above 0 for {join_words(missing)}"
        yield Fault((*place, "by"), message, "capabilities: with a figure for each payer, or of: and others:")
