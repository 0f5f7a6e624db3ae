"""The finding on the inside of each organisation: who is reluctant, who decides, and what it takes to win them."""

from __future__ import annotations

from collections.abc import Iterator

from detente.results.finding import Finding
from detente.rooms.acceptance.findings.text import Telling, by, each_way, share
from detente.rooms.acceptance.model.decision_makers import Theory
from detente.rooms.gains.model.model import Run
from detente.rooms.gains.model.results import NEAR
from detente.text.english import upper_first
from detente.text.number_format import format_number, per_hundred


def inside(tell: Telling) -> Finding:
    """Member by member of the side that offers: who would rather not, and what the leading member has to pay."""
    import numpy as np
    import polars as pl

    council, judged = tell.council, tell.judged
    _, at = council.chambers[council.sides[0]]
    rows = []
    for theory in dict.fromkeys((council.own, council.whole)):
        for run in council.runs:
            key = (run, theory.id)
            members, each = judged.members[key], judged.each[key]
            bought = np.isfinite(judged.paid[key])
            for n, number_of in enumerate(at):
                paid = each[bought & (each[:, n] > NEAR), n]
                rows.append(
                    {
                        "member": tell.voice(council.voices[number_of]),
                        "theory": theory.title,
                        "run": tell.way(run),
                        "reluctant": share(float((members[:, n] < -NEAR).mean()), judged.draws),
                        "slack": format_number(float(np.median(members[:, n]))),
                        "paid": format_number(float(np.median(paid))) if paid.size else "",
                    }
                )
    return Finding(
        id="inside",
        title=f"Who in {tell.offers} would rather not, and what it takes to win them",
        says=" ".join(_told(tell, council.whole)),
        see="In how many of 100 draws each member would rather not, its median utility before payments, and the median "
        "of what it is paid where it is paid anything.",
        table=pl.DataFrame(rows),
        headers={"run": "the channel is run", "reluctant": "would rather not, of 100", "slack": "median utility"},
        method=(
            f"{tell.offers} decides by {council.decides(council.sides[0])}. The leading member pays the others the "
            "least that wins enough of them: a linear program, solved in closed form, as nobody who is paid minds "
            "what another is paid. Consent can be bought where the leading member still gains after paying. What the "
            "organisation gains by answering as one is divided in shares that are not negative, so no member can lose "
            "by that where the organisation gains: reluctance then comes from what does not depend on gains."
        ),
        rests_on=(council.sides[0], *council.case.mechanisms),
    )


def _told(tell: Telling, theory: Theory) -> Iterator[str]:
    import numpy as np

    council, judged = tell.council, tell.judged
    proposer = tell.voice(council.voices[council.chambers[council.sides[0]][1][council.payer]])
    leads = [(tell.form(run), per_hundred(float(judged.leads(run, theory).mean()))) for run in council.runs]
    most = f"is worth something to {proposer}, and most of all in {tell.offers}, in {each_way(leads)} of 100 draws."
    yield f"{upper_first(by(theory))} the channel {most}"
    anybody = [
        (tell.form(run), per_hundred(float((judged.members[run, theory.id] < -NEAR).any(axis=1).mean())))
        for run in council.runs
    ]
    free = [(tell.form(run), per_hundred(_free(tell, run, theory))) for run in council.runs]
    consent = [(tell.form(run), per_hundred(float(judged.consent[run, theory.id].mean()))) for run in council.runs]
    yield (
        f"Some member would rather not in {each_way(anybody)}; without payments {tell.offers} consents in "
        f"{each_way(free)}, and with what {proposer} can pay in {each_way(consent)}."
    )
    cost = []
    for run in council.runs:
        paid, worth = judged.paid[run, theory.id], judged.members[run, theory.id][:, council.payer]
        some = judged.consent[run, theory.id] & np.isfinite(paid) & (paid > NEAR) & (worth > NEAR)
        if some.any():
            given = (worth - judged.left[run, theory.id])[some] / worth[some]
            cost.append((tell.form(run), f"{100 * float(np.median(given)):.0f} per cent"))
    if cost:
        yield f"Where it buys consent, that costs it {each_way(cost)} of what the channel is worth to it (median)."


def _free(tell: Telling, run: Run, theory: Theory) -> float:
    """How often the side that offers consents without any payment."""
    chamber, _ = tell.council.chambers[tell.council.sides[0]]
    return float((chamber.pivotal_voter(tell.judged.members[run, theory.id])[0] >= -NEAR).mean())


def deciders(tell: Telling) -> Finding | None:
    """Who decides for the side that answers; None where it has one voice."""
    import polars as pl

    council, judged = tell.council, tell.judged
    chamber, at = council.chambers[council.sides[1]]
    if len(at) < 2:
        return None
    rows, told = [], []
    for run in council.runs:
        pivot = judged.pivots[run, council.whole.id]
        shares = {n: float((pivot == n).mean()) for n in range(len(at))}
        for n, number_of in enumerate(at):
            voice = council.voices[number_of]
            rows.append(
                {
                    "voice": tell.voice(voice),
                    "members": len(voice.members),
                    "run": tell.way(run),
                    "turns": share(shares[n], judged.draws),
                }
            )
        first = max(shares, key=lambda n: shares[n])
        whose = tell.voice(council.voices[at[first]])
        told.append((tell.form(run), f"{whose} (in {per_hundred(shares[first])} of 100)"))
    rule = f"{tell.answers} decides by {council.decides(council.sides[1])}"
    says = f"{rule}; its yes is completed most often by {each_way(told)}."
    if chamber.needs_everybody:
        often = f"{by(council.whole)}, most often {each_way(told)}"
        says = f"{rule}, so the answer turns on its most reluctant members: {often}."
    return Finding(
        id="deciders",
        title=f"On whom in {tell.answers} it turns",
        says=says,
        see="In how many of 100 draws each is the one on whom the answer turns.",
        table=pl.DataFrame(rows),
        headers={"run": "the channel is run", "turns": "it turns on them, of 100"},
        rests_on=tuple(council.case.mechanisms),
    )
