"""The findings on what would turn the answer: thresholds by theory, and what a grave threat would do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.results.finding import Finding
from detente.rooms.acceptance.findings.text import Telling, by, each_way, share
from detente.rooms.acceptance.model.decisions import answer
from detente.rooms.acceptance.model.utility import central
from detente.rooms.gains.model.model import Run
from detente.rooms.gains.model.one_at_a_time import ALWAYS, NEVER, Lever, grid, levers, where_above
from detente.rooms.gains.model.results import NEAR
from detente.text.english import join_words
from detente.text.number_format import format_number, per_hundred

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


def thresholds(tell: Telling) -> Finding:
    """From where on, or up to where, the other side accepts along each lever, by each theory."""
    import polars as pl

    council = tell.council
    values = grid()
    rows, told = [], []
    for lever in levers(council.model, council.channel, tell.names):
        caring = central(council, {lever: values})
        for theory in council.theories:
            for run in council.runs:
                where = where_above(values, answer(caring, run, theory)[0])
                rows.append(
                    {
                        "lever": lever.name,
                        "theory": theory.title,
                        "run": tell.way(run),
                        "accepts": where,
                        "now": format_number(lever.now),
                    }
                )
                if theory == council.whole:
                    told.append((lever, run, where))
    return Finding(
        id="thresholds",
        title="What would turn the answer",
        says=_told(tell, told),
        see=f"Where {tell.answers} accepts, along each number from 0 to 1, and where the case has it.",
        table=pl.DataFrame(rows),
        headers={"run": "the channel is run", "accepts": f"{tell.answers} accepts", "now": "central estimate"},
        method=(
            "One number is moved at a time, all others at their means, in steps of a half per cent; between two steps "
            "the utility is taken to be straight. For the plain model the thresholds have closed forms "
            "(`detente.channels.thresholds`), which this is tested against."
        ),
        rests_on=(council.channel,),
    )


def _told(tell: Telling, found: list[tuple[Lever, Run, str]]) -> str:
    """What would do by all that counts, form by form."""
    said = []
    for run in tell.council.runs:
        mine = [(lever, where) for lever, other, where in found if other == run]
        would = [f"{lever.says} {where}" for lever, where in mine if where not in (ALWAYS, NEVER)]
        who = f"{tell.form(run)}, {tell.answers}".lstrip(", ")
        if would:
            said.append(f"{who} would accept with {join_words(would, 'or')}")
        else:
            verb = "accepts" if any(where == ALWAYS for _, where in mine) else "would not accept"
            said.append(f"{who} {verb}, whatever any one of these numbers is")
    return f"All else at the central estimates, {by(tell.council.whole)}: {'; '.join(said)}."


def grave_threat(tell: Telling) -> Finding | None:
    """How many refusals a grave threat that all feel would turn, from which strength on, by each theory."""
    import numpy as np
    import polars as pl

    council, judged = tell.council, tell.judged
    if not any(lever.name == "threat felt by both" for lever in levers(council.model, council.channel, tell.names)):
        return None
    rows, said = [], []
    for theory in council.theories:
        for run in council.runs:
            refused = ~judged.accepts(run, theory)
            turned = judged.grave[run, theory.id] > NEAR
            row: dict[str, object] = {
                "theory": theory.title,
                "run": tell.way(run),
                "accepts": share(float(turned.mean()), judged.draws),
                "turned": share(float(turned[refused].mean()), int(refused.sum())) if refused.any() else "none to turn",
            }
            if (run, theory.id) in judged.felt:
                felt = judged.felt[run, theory.id]
                some = felt[np.isfinite(felt) & (felt > 0)]
                quarter = (
                    [format_number(round(float(q), 2)) for q in np.quantile(some, [0.25, 0.5, 0.75])]
                    if some.size
                    else []
                )
                row["from"] = f"{quarter[1]} ({quarter[0]} to {quarter[2]})" if quarter else ""
            rows.append(row)
            if theory == council.whole and refused.any():
                said.append((tell.form(run), per_hundred(float(turned[refused].mean()))))
    says = "There is no refusal to turn."
    if said:
        says = f"Felt by both in full, it would turn {each_way(said)} of 100 refusals {by(council.whole)}."
    return Finding(
        id="grave-threat",
        title="What a grave threat, felt by both, would turn",
        says=f"{says} {_condition(tell)}".strip(),
        see="How often the offer is accepted then, how many refusals turn, and from which strength of the threat on: "
        "the median of those that turn, and the middle half.",
        table=pl.DataFrame(rows, infer_schema_length=None),
        headers={
            "run": "the channel is run",
            "accepts": f"{tell.answers} accepts, of 100",
            "turned": "of 100 refusals turned",
            "from": "from a threat of",
        },
        method=(
            "A threat adds to what two have to gain in proportion to the lesser of what they feel, all of it for all "
            "members together, and the concern for relative gains shrinks with it. So a threat that adds enough "
            "favours whatever channel gets most of that done: in the plain model, with nothing lost on longer ways and "
            "a channel that gets all done, it does so through a leading member if the bilateral channel gets less done "
            "than 1 - chi (B + w C / 2) / (3 (A + B)), and as one if less than 1 - chi w C / (6 (A + B)), whatever the "
            "stakes: that is a theorem of the model (ours, `thresholds.threat_can_do`) and no evidence. A is what the "
            "answering side and the leading member have to gain, B it and the others, C these among themselves, and w "
            "how far a threat raises that."
        ),
        rests_on=(council.channel,),
    )


def _condition(tell: Telling) -> str:
    """How often a threat could do at all, as drawn: where it adds to what the other side makes of the channel."""
    council, judged = tell.council, tell.judged
    own = council.own
    said = []
    for run in council.runs:
        never = judged.grave[run, own.id] < judged.answer[run, own.id] - NEAR
        said.append((tell.form(run), per_hundred(float(never.mean()))))
    less = f"would make the channel worth less to {tell.answers} in its own gains, not more"
    return f"In {each_way(said)} of 100 draws a threat {less}."


def reversed_by_threat(tell: Telling) -> list[tuple[str, str]]:
    """For the first screen: of 100 refusals, how many a grave threat would turn, by form."""
    council, judged = tell.council, tell.judged
    found = []
    for run in council.runs:
        refused = ~judged.accepts(run, council.whole)
        turned = judged.grave[run, council.whole.id][refused] > NEAR
        found.append((tell.form(run), per_hundred(float(turned.mean())) if refused.any() else "none"))
    return found
