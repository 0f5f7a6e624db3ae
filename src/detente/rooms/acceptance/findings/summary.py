"""What is said in short of who accepts: the answer, its tile, what was taken for granted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.case.index.by_year import latest_year_until
from detente.case.schema.case import Case
from detente.results.finding import Finding, Tile
from detente.rooms.acceptance.findings.by_theory import decisive
from detente.rooms.acceptance.findings.mechanism_contributions import DECISIVE, first_reason
from detente.rooms.acceptance.findings.prior_sensitivity import Range, range_told
from detente.rooms.acceptance.findings.text import Telling, by, each_way, in_turn
from detente.rooms.acceptance.findings.tipping_points import reversed_by_threat
from detente.rooms.acceptance.model.decision_makers import ALL
from detente.rooms.gains.findings.summary import DECIDING, ROOM, rests_on
from detente.text.english import join_words, lower_first, upper_first
from detente.text.number_format import per_hundred

MOST = 0.5


def brief(tell: Telling, priors: Sequence[Range], threat: Finding | None) -> str:
    """The answer for the first screen: how often it declines, what that turns on, what would reverse it."""
    council, judged = tell.council, tell.judged
    declines = [1 - judged.often(run, council.whole) for run in council.runs]
    how = _by_form(tell, [per_hundred(share) for share in declines])
    told = f"Of 100 draws from the numbers assumed ({rests_on(council.case, ROOM + DECIDING)}) it declines "
    told += f"{tell.channel} in {how}"
    told += f"; under other sets of assumptions in {range_told(tell, priors)}." if len(priors) > 1 else "."
    threatened = _threat(tell) if threat and not council.threatened else ""
    return " ".join(said for said in (told, _turns(tell), threatened) if said)


def _by_form(tell: Telling, each: Sequence[str]) -> str:
    """What holds for each form, named where it differs; what follows may then be told in the same order."""
    forms = [tell.form(run) for run in tell.council.runs]
    if len(each) < 2 or not all(forms):
        return each[0]
    return join_words(f"{what} {form}" for what, form in zip(each, forms, strict=True))


def _turns(tell: Telling) -> str:
    """What decides it: own gains, and what counts besides, as a whole and reason by reason."""
    council, judged = tell.council, tell.judged
    if council.own == council.whole:
        return ""
    own = in_turn([per_hundred(1 - judged.often(run, council.own)) for run in council.runs])
    decides = [sum(decisive(judged, run, council.whole)) for run in council.runs]
    said = f"Its own gains alone would have it decline in {own}"
    if max(decides) < DECISIVE:
        return f"{said}, so what it cares for besides decides next to nothing."
    besides = f"what it cares for besides decides {in_turn([per_hundred(share) for share in decides])}"
    first = first_reason(tell)
    if first is None:
        return f"{said}; {besides}, no single reason more than {per_hundred(DECISIVE)}."
    return f"{said}; {besides}, first of all {lower_first(first.title)} ({per_hundred(first.most)} by itself)."


def _threat(tell: Telling) -> str:
    turned = in_turn([share for _, share in reversed_by_threat(tell)])
    return f"A grave threat, felt by both, would reverse {turned} of 100 refusals."


def tile(tell: Telling) -> Tile:
    """Whether the other side accepts."""
    council, judged = tell.council, tell.judged
    shares = [judged.often(run, council.whole) for run in council.runs]
    yes = {share > MOST for share in shares}
    if len(yes) > 1:
        value = f"Whether {tell.answers} accepts turns on how the channel is run"
    else:
        value = f"{tell.answers} {'accepts' if yes.pop() else 'declines'}"
    each = [(tell.form(run), per_hundred(share)) for run, share in zip(council.runs, shares, strict=True)]
    return Tile("Who accepts", value, f"Accepted in {each_way(each)} of 100 draws, {by(council.whole)}")


def answer(tell: Telling, priors: Sequence[Range], threat: Finding | None, more: Finding) -> str:
    """The section's own answer."""
    told = tile(tell).value
    return f"{told}. {brief(tell, priors, threat)} {more.says}"


def _regimes_of_other_years(case: Case, year: int) -> Iterator[str]:
    """That regimes are taken to be what they were in another year, where the figures are of that."""
    for name in dict.fromkeys(one.by_regime for one in case.mechanisms.values() if one.by_regime):
        other = latest_year_until(case.regimes[name].held, year)
        if other and other != year:
            yield f"By {lower_first(case.regimes[name].title)}, regimes are in {year} what they were in {other}."


def assumptions(case: Case, tell: Telling) -> Iterator[str]:
    """What was assumed without the case saying so."""
    council, given = tell.council, case.response.model_fields_set
    for side in council.sides:
        if council.declared(side) is None:
            yield f"{tell.names.party(side)} decides by consensus."
    yield from _regimes_of_other_years(case, council.arena.year)
    if council.whole.id == ALL:
        yield "All that the case says actors care for counts together."
    if council.whole == council.own:
        yield "Actors care for nothing but their own gains."
    if "replies" not in given:
        yield "Silence costs little and keeps an offer alive longest; a no offends and ends it."
    unsaid = [
        ("discount", "a year's delay takes a tenth off a gain"),
        ("hazard", "a grave threat arises about once in twenty years"),
        ("insight", "details could change the worth of the channel by a twentieth of what is at stake"),
        ("asking", "to make the offer costs a hundredth of what is at stake"),
        ("transfers", "what one member pays another arrives in full"),
        ("noise", "choices depart from the best by about a fiftieth of what is at stake"),
        ("belief", "an offer is at first believed to be accepted with a chance of one in four"),
    ]
    told = [words for key, words in unsaid if key not in given]
    if told:
        yield upper_first(f"{join_words(told)}.")
    yield "Between the organisations nothing is paid for an agreement."
