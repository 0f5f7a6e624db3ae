"""Findings on who gains: by a channel between organisations, run either way, and by every channel."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from detente.channels.arena import alone
from detente.channels.charts import SHAPES, gains_chart
from detente.channels.gains import Run
from detente.channels.names import Names, answering, between, often_among, percent, signed
from detente.channels.rerouted import by_construction
from detente.channels.results import SURE, Outcome, Year, exclusivity
from detente.section import Finding, Mark, Robustness
from detente.words import capital, cardinal, listed

METHOD = (
    "Actors are players in a graph of who can turn to whom. What two have to gain from each other on an issue is "
    "s = (stakes) x (exposure of each) x (product of their capabilities, beside the greatest across organisations) to "
    "the power of an exponent, as in gravity models of trade (Tinbergen 1962; transferred by us); a pair's own "
    "departure from that is drawn besides. Part of it takes all members together, of which a channel gets done as much "
    "as its efficiency says. Whoever is needed to join two shares in what they gain: the Myerson value (Myerson 1977), "
    "by block-cut decomposition and Gauss-Legendre quadrature of the multilinear extension (Owen 1972). Each further "
    "link leaves less of a gain (Jackson and Wolinsky 1996), except on issues that pairs cannot settle, and links cost "
    "either end half. A channel displaces the links of another with the chance that its exclusivity says, all of them "
    "or none; where they survive, what takes all members is done by whichever channel does more of it. Where an "
    "organisation answers as one it is one player (the quotient game of Owen 1977), and what it gains by that, or "
    "saves on links, is divided in declared shares, or equally. Gains are counted from the observed channel, in per "
    "cent of all that is at stake across organisations."
)


def method(year: Year) -> str:
    """How the room works, and how exactly it did."""
    return f"{METHOD} {year.model.exactness}"


MOST_NAMED = 2
"""Actors that lead nobody, beyond which they are told together."""


MOST_YEARS = 3
"""Years beyond which they are counted and not named."""


def parts_of(year: Year) -> tuple[list[int], list[int]]:
    """The actors that lead an organisation, are one or belong to none, those who offer first; and all others."""
    arena = year.arena
    answer = answering(year.model.case, arena)
    leading = [at for at in range(arena.n) if arena.leads[at] or not arena.belongs[at]]
    return sorted(leading, key=lambda at: at in answer), [at for at in range(arena.n) if at not in leading]


def told(year: Year, run: Run, names: Names, among: Collection[int] | None = None) -> str:
    """Who of some, or of all, gains how often by a channel: `Aldmoor gains in every draw and Dun in no draw`."""
    outcome = year.outcomes[run]
    leading, rest = ([at for at in group if among is None or at in among] for group in parts_of(year))
    groups = [(names.party(year.arena.actors[at]), [at]) for at in leading]
    if len(rest) <= MOST_NAMED:
        groups += [(names.party(year.arena.actors[at]), [at]) for at in rest]
    else:
        groups.append((f"each of the {cardinal(len(rest))} others", rest))
    moved = [(who, group) for who, group in groups if any(outcome.moved(at) for at in group)]
    still = [who for who, group in groups if not any(outcome.moved(at) for at in group)]
    said = [f"{who}{'' if n else ' gains'} {often_among(outcome.often[group])}" for n, (who, group) in enumerate(moved)]
    unmoved = [f"nothing changes for {listed(still)}"] if still else []
    return "; ".join([*([listed(said)] if said else []), *unmoved])


def turning(year: Year, channel: str) -> list[int]:
    """The actors that gain in most draws by a channel run one way, and not run the other, or lose."""
    outcomes = [year.outcomes[Run(channel, form)] for form in year.forms(channel)]
    return [at for at in range(year.arena.n) if len({outcome.sign(at) for outcome in outcomes}) > 1]


def gaining(years: Sequence[Year], channel: str, names: Names) -> Finding:
    """Who gains by a channel between organisations, run either way, beside the observed one."""
    import polars as pl

    year = years[-1]
    arena = year.arena
    runs = [Run(channel, form) for form in year.forms(channel)]
    constructed = [by_construction(year, run) for run in runs]
    rows = []
    for at, actor in enumerate(arena.actors):
        row: dict[str, object] = {"actor": names.party(actor)}
        for run in runs:
            outcome = year.outcomes[run]
            row[f"gain_{run.form}"] = f"{signed(outcome.mean[at])} ({between(*outcome.spread[:, at])})"
            row[f"often_{run.form}"] = round(100 * float(outcome.often[at]))
        row["verdict"] = _verdict([year.outcomes[run] for run in runs], at, {signs[at] for signs in constructed})
        rows.append(row)
    headers = {"verdict": "so it"}
    for run in runs:
        how = names.form(arena, run)
        headers |= {f"gain_{run.form}": f"{how}: % (5 to 95 of 100)", f"often_{run.form}": "gains in, of 100"}
    says = "; ".join(f"{names.form(arena, run)}, {told(year, run, names)}" for run in runs)
    observed = names.channel(arena.observed)
    turned = [names.party(arena.actors[at]) for at in turning(year, channel)]
    return Finding(
        id=f"gains-{channel}",
        title=f"Who gains by it: {names.channel(channel)}",
        says=f"Beside “{observed}”, in {arena.year}: {says}. {_turned(turned)} {_by_construction(year, runs, names)}"
        f"{_years(years, channel, names)}".strip(),
        see=f"Gains in per cent of all that is at stake across organisations: mean of {year.draws:,} draws, and what 5 "
        f"and 95 of 100 stay below. {_marks(year, runs, names)} It turns on how the channel is run for whoever gains "
        "in more than half of the draws one way and not the other; by construction it is so whatever is at stake and "
        "whatever is drawn.",
        table=pl.DataFrame(rows),
        headers=headers,
        open=True,
        marks=MARKS,
        chart=gains_chart(year, runs, names),
        method=method(year),
        rests_on=_rests_on(year),
        robustness=_robustness(years, channel, turned),
    )


MARKS: dict[str, Mark] = {
    "gains by construction": "go",
    "loses by construction": "stop",
    "gains": "go",
    "loses": "stop",
    "unmoved": "empty",
    "no clear sign": "doubt",
    "mostly gains": "go-half",
    "mostly loses": "doubt",
    "turns on how it is run": "half",
}


def _verdict(outcomes: Sequence[Outcome], at: int, constructed: set[int]) -> str:
    if not any(outcome.moved(at) for outcome in outcomes):
        return "unmoved"
    signs = {outcome.sign(at) for outcome in outcomes}
    if len(signs) > 1:
        return "turns on how it is run"
    if constructed in ({1}, {-1}):
        return "gains by construction" if constructed == {1} else "loses by construction"
    if signs == {0}:
        return "no clear sign"
    word = "gains" if signs == {1} else "loses"
    sure = min(float((outcome.often if word == "gains" else outcome.loses)[at]) for outcome in outcomes)
    return word if sure >= SURE else f"mostly {word}"


def _marks(year: Year, runs: Sequence[Run], names: Names) -> str:
    """Which mark of the picture is which."""
    if len(runs) < 2:
        return ""
    return capital("; ".join(f"{SHAPES[run.form]}s: {names.form(year.arena, run)}" for run in runs)) + "."


def _turned(turned: Sequence[str]) -> str:
    if not turned:
        return "For nobody does the sign turn on how the channel is run."
    return f"For {listed(turned)} it turns on how the channel is run."


def _by_construction(year: Year, runs: Sequence[Run], names: Names) -> str:
    """Whose signs nobody needed to draw anything for."""
    said = []
    for run in runs:
        signs = by_construction(year, run)
        for sign, word in ((1, "lose"), (-1, "gain")):
            called = [names.party(actor) for actor, its in zip(year.arena.actors, signs, strict=True) if its == sign]
            if called:
                said.append(f"{listed(called)} cannot {word}, {names.form(year.arena, run)}")
    return f"It is structural that {'; '.join(said)}. " if said else ""


def _years(years: Sequence[Year], channel: str, names: Names) -> str:
    """What is otherwise in the other years."""
    same: list[str] = []
    said = []
    for year in years[:-1]:
        differs = _differs(year, years[-1], channel, names)
        joined = [names.party(actor) for actor in years[-1].arena.actors if actor not in year.arena.actors]
        called = f"{year.arena.year}{f', without {listed(joined)}' if joined else ''}"
        if differs:
            said.append(f"In {called}, the sign is another for {listed(differs)}.")
        else:
            same.append(called)
    if same:
        which = f"In {'; in '.join(same)}," if len(same) <= MOST_YEARS else f"In {len(same)} other years"
        said.append(f"{which} all signs are the same.")
    return " ".join(said)


def _differs(year: Year, last: Year, channel: str, names: Names) -> list[str]:
    """Whose sign is another in a year than in the last, by which form."""
    found = []
    for form in year.forms(channel):
        run = Run(channel, form)
        if run not in last.outcomes:
            continue
        for at, actor in enumerate(last.arena.actors):
            if actor in year.arena.actors:
                then = year.outcomes[run].sign(year.arena.actors.index(actor))
                if then != last.outcomes[run].sign(at):
                    found.append(f"{names.party(actor)} ({names.form(last.arena, run)})")
    return found


def _rests_on(year: Year) -> tuple[str, ...]:
    case = year.model.case
    measure = case.network.capability or next(iter(case.capabilities), None)
    return (*case.channels, *year.model.issues, *([measure] if measure else []))


def _robustness(years: Sequence[Year], channel: str, turned: Sequence[str]) -> Robustness:
    if turned:
        return Robustness("fragile", f"How the channel is run turns the sign for {listed(turned)}.")
    outcomes = [year.outcomes[Run(channel, form)] for year in years for form in year.forms(channel)]
    if not any(outcome.moved(at) for outcome in outcomes for at in range(outcome.gains.shape[1])):
        return Robustness("descriptive")
    each = [max(pair) for outcome in outcomes for pair in zip(outcome.often, outcome.loses, strict=True)]
    if min(each) >= SURE:
        return Robustness("robust", "Every sign is the same in at least 95 of 100 draws, however the channel is run.")
    return Robustness("moderate", "Not every sign is the same in 95 of 100 draws.")


def every_channel(years: Sequence[Year], names: Names) -> Finding:
    """What every channel brings every actor in every year."""
    import polars as pl

    rows = []
    for year in years:
        for run, outcome in year.outcomes.items():
            if run.channel == year.arena.observed:
                continue
            for at, actor in enumerate(year.arena.actors):
                rows.append(
                    {
                        "year": year.arena.year,
                        "channel": names.run(year.arena, run),
                        "actor": names.party(actor),
                        "gain": percent(outcome.mean[at]),
                        "low": percent(outcome.spread[0, at]),
                        "high": percent(outcome.spread[1, at]),
                        "often": round(float(outcome.often[at]), 2),
                    }
                )
    year = years[-1]
    return Finding(
        id="every-channel",
        title="Every channel",
        says=" ".join(_channel_told(year, names)),
        table=pl.DataFrame(rows),
        headers={"gain": "gain, %", "low": "5 of 100 below", "high": "95 of 100 below", "often": "gains in"},
        rests_on=_rests_on(year),
    )


def _channel_told(year: Year, names: Names) -> Iterator[str]:
    for dealing in year.arena.dealings:
        if dealing.channel != year.arena.observed and not dealing.collegiate:
            run = Run(dealing.channel, "hub")
            yield f"{names.quoted(year.arena, run)}: {told(year, run, names)}."
        cut = [names.party(actor) for actor in alone(year.arena, dealing)]
        if cut:
            yield f"“{names.channel(dealing.channel)}” leaves {listed(cut)} with nobody to turn to."
    same = [
        f"“{names.channel(dealing.channel)}”"
        for dealing in year.arena.dealings
        if dealing.collegiate and dealing.beside and exclusivity(year.model, dealing.channel)[1] == 0
    ]
    if same:
        yield f"{listed(same)} displaces nothing, so it is taken to work the same however it is run."
    yield f"Each gain is the mean of {year.draws:,} draws."
