"""Findings on who gains: by a channel between organisations, run either way, and by every channel."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from detente.channels.arena import alone
from detente.channels.charts import gains_chart
from detente.channels.gains import FORMS, Run
from detente.channels.names import Names, answering, between, often, often_among, percent, signed
from detente.channels.results import SURE, Year
from detente.section import Finding, Mark, Robustness
from detente.words import capital, cardinal, listed

METHOD = (
    "Actors are players in a graph of who can turn to whom. What two have to gain from each other on an issue is "
    "s = (stakes) x (exposure of each) x (product of their capabilities, beside the greatest across organisations) to "
    "the power of an exponent, as in gravity models of trade (Tinbergen 1962; transferred by us); a pair's own "
    "departure from that is drawn besides. Part of it takes all members together, of which a channel gets done as much "
    "as its efficiency says. Whoever is needed to join two shares in what they gain: the Myerson value (Myerson 1977), "
    "exact by block-cut decomposition and Gauss-Legendre quadrature of the multilinear extension (Owen 1972), for as "
    "many draws as one likes by one matrix product; each further link leaves less of a gain (Jackson and Wolinsky "
    "1996), and links cost either end half. A channel displaces the links of another with the chance that its "
    "exclusivity says, all of them or none. Where an organisation answers as one it is one player (the quotient game "
    "of Owen 1977), and what it gains by that is divided in declared shares, or equally. Gains are counted from the "
    "observed channel, in per cent of all that is at stake across organisations."
)


MOST_NAMED = 2
"""Actors that lead nobody, beyond which they are told together."""


def parts_of(year: Year) -> tuple[list[int], list[int]]:
    """The actors that lead an organisation, are one or belong to none, those who offer first; and all others."""
    arena = year.arena
    answer = answering(year.model.case, arena)
    leading = [at for at in range(arena.n) if arena.leads[at] or not arena.belongs[at]]
    return sorted(leading, key=lambda at: at in answer), [at for at in range(arena.n) if at not in leading]


def told(year: Year, run: Run, names: Names, among: Collection[int] | None = None) -> str:
    """Who of some, or of all, gains how often by a channel: `Russia gains in every draw and NATO in 30 of 100 draws`."""
    share = year.outcomes[run].often
    leading, rest = ([at for at in group if among is None or at in among] for group in parts_of(year))
    said = [(names.party(year.arena.actors[at]), often(share[at])) for at in leading]
    if len(rest) <= MOST_NAMED:
        said += [(names.party(year.arena.actors[at]), often(share[at])) for at in rest]
    else:
        said.append((f"each of the {cardinal(len(rest))} others", often_among(share[at] for at in rest)))
    (first, how), *others = said
    return listed([f"{first} gains {how}", *(f"{who} {how}" for who, how in others)])


def turning(year: Year, channel: str) -> list[int]:
    """The actors that mostly gain by a channel run one way and mostly do not, run the other."""
    forms = [year.outcomes[Run(channel, form)].often for form in year.forms(channel)]
    if len(forms) < 2:
        return []
    return [at for at in range(year.arena.n) if (forms[0][at] > 0.5) != (forms[1][at] > 0.5)]


def gaining(years: Sequence[Year], channel: str, names: Names) -> Finding:
    """Who gains by a channel between organisations, run either way, beside the observed one."""
    import polars as pl

    year = years[-1]
    arena = year.arena
    runs = [Run(channel, form) for form in year.forms(channel)]
    rows = []
    for at, actor in enumerate(arena.actors):
        row: dict[str, object] = {"actor": names.party(actor)}
        for run in runs:
            outcome = year.outcomes[run]
            row[f"gain_{run.form}"] = f"{signed(outcome.mean[at])} ({between(*outcome.spread[:, at])})"
            row[f"often_{run.form}"] = round(float(outcome.often[at]), 2)
        row["verdict"] = _verdict([float(year.outcomes[run].often[at]) for run in runs])
        rows.append(row)
    headers = {"verdict": "so it"}
    for run in runs:
        how = names.form(arena, run)
        headers |= {f"gain_{run.form}": f"{how}: % (5 to 95 of 100)", f"often_{run.form}": "gains in"}
    says = "; ".join(f"{names.form(arena, run)}, {told(year, run, names)}" for run in runs)
    observed = _lower(names.channel(arena.observed))
    turned = [names.party(arena.actors[at]) for at in turning(year, channel)]
    return Finding(
        id=f"gains-{channel}",
        title=f"Who gains by it: {names.channel(channel)}",
        says=f"Beside {observed}, in {arena.year}: {says}. {_turned(turned)} {_years(years, channel, names)}".strip(),
        see=f"Gains in per cent of all that is at stake across organisations, mean of {year.draws:,} draws.",
        table=pl.DataFrame(rows),
        headers=headers,
        open=True,
        marks=MARKS,
        chart=gains_chart(year, runs, names),
        method=METHOD,
        rests_on=_rests_on(year),
        robustness=_robustness(years, channel, turned),
    )


MARKS: dict[str, Mark] = {
    "gains": "go",
    "loses": "stop",
    "mostly gains": "go-half",
    "mostly loses": "doubt",
    "turns on how it is run": "half",
}


def _verdict(often_by_form: Sequence[float]) -> str:
    if len({share > 0.5 for share in often_by_form}) > 1:
        return "turns on how it is run"
    low, high = min(often_by_form), max(often_by_form)
    if low >= SURE:
        return "gains"
    if high <= 1 - SURE:
        return "loses"
    return "mostly gains" if low > 0.5 else "mostly loses"


def _turned(turned: Sequence[str]) -> str:
    if not turned:
        return "For nobody does the sign turn on how the channel is run."
    return f"For {listed(turned)} it turns on how the channel is run."


def _lower(title: str) -> str:
    return title[:1].lower() + title[1:]


def _years(years: Sequence[Year], channel: str, names: Names) -> str:
    """What is otherwise in the other years."""
    last = years[-1]
    said = []
    for year in years[:-1]:
        joined = [names.party(actor) for actor in last.arena.actors if actor not in year.arena.actors]
        differs = []
        for form in year.forms(channel):
            now, then = last.outcomes[Run(channel, form)], year.outcomes[Run(channel, form)]
            for at, actor in enumerate(last.arena.actors):
                if actor in year.arena.actors:
                    before = then.often[year.arena.actors.index(actor)]
                    if (before > 0.5) != (now.often[at] > 0.5):
                        differs.append(f"{names.party(actor)}, {names.form(last.arena, Run(channel, form))}")
        without = f", without {listed(joined)}," if joined else ""
        same = f"for {listed(differs)} the sign is the other" if differs else "all signs are the same"
        said.append(f"In {year.arena.year}{without} {same}.")
    return " ".join(said)


def _rests_on(year: Year) -> tuple[str, ...]:
    case = year.model.case
    measure = case.network.capability or next(iter(case.capabilities), None)
    return (*case.channels, *year.model.issues, *([measure] if measure else []))


def _robustness(years: Sequence[Year], channel: str, turned: Sequence[str]) -> Robustness:
    if turned:
        return Robustness("fragile", f"How the channel is run turns the sign for {listed(turned)}.")
    shares = [
        float(share)
        for year in years
        for form in year.forms(channel)
        for share in year.outcomes[Run(channel, form)].often
    ]
    if all(share >= SURE or share <= 1 - SURE for share in shares):
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
            yield f"{names.channel(dealing.channel)}: {told(year, run, names)}."
        cut = [names.party(actor) for actor in alone(year.arena, dealing)]
        if cut:
            yield f"{names.channel(dealing.channel)} leaves {listed(cut)} with nobody to turn to."
    same = [
        names.channel(dealing.channel)
        for dealing in year.arena.dealings
        if dealing.collegiate and len({tuple(year.outcome(dealing.channel, form).mean) for form in FORMS}) == 1
    ]
    if same:
        yield f"{capital(listed(same))} brings the same however it is run, since no link is lost by it."
    yield f"Each gain is the mean of {year.draws:,} draws."
