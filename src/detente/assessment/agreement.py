"""What could be agreed, for those who use Détente from Python: the model of the room, and single offers."""

from __future__ import annotations

from collections.abc import Sequence

from detente.case.loading.load import LoadedCase
from detente.errors import UnknownName
from detente.rooms.agreement.checks import offer_problems
from detente.rooms.agreement.model.agreement import AgreementModel
from detente.rooms.agreement.model.single_offer import OfferJudgement, OfferWords, judge_offer
from detente.rooms.registry import ROOMS
from detente.rooms.room import RunOptions, build_models


def agreement(loaded: LoadedCase, *, deep: bool = False) -> AgreementModel | None:
    """What could be agreed: fates of offers, a search among all packages, orders, standing, common ground, signposts.

    Args:
        loaded: A case, as `read_case` gives it.
        deep: Whether packages are looked for in all simulations, and by every theory.

    Returns:
        The model, whose results are numbers with their errors; None where the case does not say what could be offered.

    Example:
        >>> from detente import agreement, read_case
        >>> model = agreement(read_case("two-leagues"))
        >>> model is not None and 0 <= model.search.best[0].agreed.value <= 1
        True
    """
    model: AgreementModel | None = build_models(loaded.case, ROOMS, RunOptions(is_deep=deep))["agreement"]
    return model


def offer_fate(
    loaded: LoadedCase,
    *,
    made: str | None = None,
    issues: Sequence[str] = (),
    channel: str | None = None,
    form: str | None = None,
    depth: str | None = None,
    clauses: Sequence[str] = (),
    concessions: Sequence[str] = (),
) -> OfferJudgement:
    """What becomes of one offer; what is not said of it is as in the offer of the case, or as offered.

    Args:
        loaded: A case, as `read_case` gives it.
        made: An offer of the case.
        issues: What is in it; all issues unless given.
        channel: The channel.
        form: `hub` or `collegiate`.
        depth: The depth of all its issues.
        clauses: Its clauses.
        concessions: What is given besides.

    Raises:
        UnknownName: If anything of it is not in the case; all that is wrong at once.
    """
    case = loaded.case
    words = OfferWords(made, issues, channel, form, depth, clauses, concessions)
    if problems := list(offer_problems(case, words)):
        raise UnknownName("; ".join(problems))
    return judge_offer(case, words)
