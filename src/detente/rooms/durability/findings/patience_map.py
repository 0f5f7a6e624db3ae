"""The map of lasting cooperation over patience and concern for relative gains, with the case's own estimates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.case.index.by_year import members_of, years
from detente.case.index.membership import sides
from detente.case.schema.case import Case
from detente.methods.games.ordinal_types import side_kind
from detente.methods.games.relative_gains_games import Change, changes
from detente.methods.games.shadow_of_the_future import Stage
from detente.results.finding import Finding
from detente.rooms.durability.findings.charts import Boundary, Estimated, lasting_map
from detente.rooms.durability.findings.patience import asked, patient, spread
from detente.rooms.durability.model.case_games import Match
from detente.text.english import listed
from detente.text.number_format import number

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

STEPS = 40
"""Steps of a line on the map."""
LEAST = 2.0
"""The end of the axis of concern, where the case has no more."""
SHOWN = (0.0, 0.25, 0.5, 1.0, 2.0, 5.0)
"""Concerns in the table."""


def lasting_over(match: Match) -> Finding:
    """Where cooperation lasts, over patience and concern."""
    import numpy as np
    import polars as pl

    plain, main, middle = match.middle.plain, match.main, match.middle
    most = max(LEAST, 1.1 * float(np.quantile(main.k, 0.95)))
    along = np.linspace(0, most, STEPS + 1)
    lines = _minding(plain, along).needed
    colours = [colour(match.case, party) for party in match.game.between]
    if colours[0] == colours[1]:
        colours = ["@b", "@a"]
    boundaries = [
        Boundary(name, shade, list(zip(along.tolist(), np.minimum(line, 1.0).tolist(), strict=True)))
        for name, shade, line in zip(match.names, colours, lines, strict=True)
    ]
    low, _, high = spread(main.patience)
    estimates = [
        Estimated(
            name,
            shade,
            float(middle.k[side, 0]),
            float(middle.patience[0]),
            _span(main.k[side]),
            (low, high),
        )
        for side, (name, shade) in enumerate(zip(match.names, colours, strict=True))
    ]
    game = plain.at(0)
    turns = [(change, side) for side in (0, 1) for change in changes(game, side, most)]
    marked = list(dict.fromkeys((change.k, change.after) for change, _ in turns))
    rows = [
        {
            "concern": number(k),
            **{
                column: value
                for side, name in enumerate(match.names)
                for column, value in (
                    (f"{name}: game", side_kind(_minding(plain, np.array([k])).payoffs(side, 0))),
                    (f"{name}: patience needed", patient(float(_minding(plain, np.array([k])).needed[side, 0]))),
                )
            },
        }
        for k in SHOWN
    ]
    rises = bool((np.diff(np.minimum(lines, 1.0), axis=1) >= -1e-12).all())
    lasts = "lasts" if middle.needed[0] <= middle.patience[0] else "does not last"
    says = (
        f"At the case's own estimates (the crosses) cooperation {lasts} {main.view.by}: patience is "
        f"{number(middle.patience[0])}, and {asked(float(middle.needed[0]))}."
    )
    if rises and bool((lines[:, -1] > lines[:, 0]).any()):
        says += " The more either minds what the other gets, the more patience it takes."
    elif not rises:
        says += " Minding what the other gets can also make it easier here: the lines do not only rise."
    if turns:
        by_change: dict[Change, list[str]] = {}
        for change, side in turns:
            by_change.setdefault(change, []).append(match.names[side])
        told = listed(
            f"from {number(change.k)} on it is {_a(change.after)} to {listed(names)}, no longer {_a(change.before)}"
            for change, names in by_change.items()
        )
        says += f" As a side minds more what the other gets, {told}."
    return Finding(
        id=f"map-{match.id}",
        title=f"{match.title}: over patience and concern for relative gains",
        says=says,
        see=(
            "Above both lines, in the shaded part, cooperation lasts. Crosses: each side's own estimate, with 5 to 95 "
            "of 100 draws."
        ),
        table=pl.DataFrame(rows),
        headers={"concern": "each minds the other's lead by"},
        chart=lasting_map(
            boundaries,
            estimates,
            marked,
            most,
            f"{match.title}: patience needed over concern for relative gains; cooperation {lasts} at the case's "
            "estimates",
        ),
        method="Payoffs are at their means; both sides mind alike along the axis.",
        rests_on=match.rests_on,
    )


def _minding(plain: Stage, k: Floats) -> Stage:
    """The game at each of several concerns, which both sides have alike."""
    import numpy as np

    wide = Stage(*(np.repeat(part, len(k), axis=1) for part in (plain.T, plain.R, plain.P, plain.S)))
    return wide.watched(np.stack([k, k]))


def _span(values: Floats) -> tuple[float, float]:
    low, _, high = spread(values)
    return low, high


def _a(name: str) -> str:
    return f"{'an' if name[0] in 'AEIO' else 'a'} {name}"


def colour(case: Case, party: str) -> str:
    """The colour of the side that a party is on: of who offers, or of who answers."""
    between = sides(case) or ("", "")
    year = years(case)[-1]
    for side, shade in zip(between, ("@b", "@a"), strict=True):
        if party == side or (side in case.organisations and party in members_of(case, side, year)):
            return shade
    return "@ink"
