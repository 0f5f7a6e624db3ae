"""The finding on every channel: what each brings every actor in every year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.results.finding import Finding
from detente.rooms.gains.findings.labels import Names, percent
from detente.rooms.gains.findings.text import inputs_of, told
from detente.rooms.gains.model.actor_network import alone
from detente.rooms.gains.model.model import Run
from detente.rooms.gains.model.results import Year, exclusivity
from detente.text.english import join_words


def every_channel(years: Sequence[Year], names: Names) -> Finding:
    """What every channel brings every actor in every year."""
    import polars as pl

    rows = []
    for year in years:
        for run in year.distinct:
            if run.channel == year.arena.observed:
                continue
            outcome = year.outcomes[run]
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
        rests_on=inputs_of(year),
    )


def _channel_told(year: Year, names: Names) -> Iterator[str]:
    for dealing in year.arena.dealings:
        if dealing.channel != year.arena.observed and not dealing.collegiate:
            run = Run(dealing.channel, "hub")
            yield f"{names.quoted(year.arena, run)}: {told(year, run, names)}."
        cut = [names.party(actor) for actor in alone(year.arena, dealing)]
        if cut:
            yield f"“{names.channel(dealing.channel)}” leaves {join_words(cut)} with nobody to turn to."
    same = [
        f"“{names.channel(dealing.channel)}”"
        for dealing in year.arena.dealings
        if dealing.collegiate and dealing.beside and exclusivity(year.model, dealing.channel)[1] == 0
    ]
    if same:
        yield f"{join_words(same)} displaces nothing, so it is taken to work the same however it is run."
    yield f"Each gain is the mean of {year.draws:,} draws."
