"""The findings on who accepts: by theory, by issue, through which channel."""

from __future__ import annotations

from collections.abc import Sequence

from detente.results.finding import Finding
from detente.rooms.acceptance.findings.charts import chances_chart
from detente.rooms.acceptance.findings.text import Telling, by, in_turn, share
from detente.rooms.acceptance.model.decision_makers import Theory
from detente.rooms.acceptance.model.results import Judged
from detente.rooms.gains.model.model import Run
from detente.text.english import join_words, upper_first
from detente.text.number_format import format_number, per_hundred


def decisive(judged: Judged, run: Run, theory: Theory) -> tuple[float, float]:
    """How often a theory refuses what own gains alone would accept, and the other way round."""
    own, by_it = judged.accepts(run, judged.council.own), judged.accepts(run, theory)
    return float((own & ~by_it).mean()), float((by_it & ~own).mean())


def accepting(years: Sequence[Telling]) -> Finding:
    """How often the other side accepts, by each theory, and where a theory decides that."""
    import numpy as np
    import polars as pl

    tell = years[-1]
    rows = []
    for one in years:
        for theory in one.council.theories:
            for run in one.council.runs:
                no, yes = decisive(one.judged, run, theory)
                rows.append(
                    {
                        "year": one.council.arena.year,
                        "theory": theory.title,
                        "run": one.way(run),
                        "accepts": share(one.judged.often(run, theory), one.judged.draws),
                        "refuses_only_by_it": share(no, one.judged.draws),
                        "accepts_only_by_it": share(yes, one.judged.draws),
                        "utility": format_number(float(np.median(one.judged.answer[run, theory.id]))),
                    }
                )
    bars = [
        (theory.title, run.form, tell.way(run), tell.judged.often(run, theory))
        for theory in tell.council.theories
        for run in tell.council.runs
    ]
    return Finding(
        id="theories",
        title=f"Whether {tell.answers} accepts, by each theory",
        says=f"{_accepts_told(tell)} {_decides_told(tell)}",
        see=f"In how many of 100 draws {tell.answers} accepts {tell.channel}{tell.marks()}.",
        table=pl.DataFrame(rows),
        headers={
            "run": "the channel is run",
            "accepts": f"{tell.answers} accepts, of 100",
            "refuses_only_by_it": "refuses with it, accepts without",
            "accepts_only_by_it": "accepts with it, refuses without",
            "utility": "median utility",
        },
        chart=chances_chart(bars, f"Draws of 100 in which {tell.answers} accepts, by theory"),
        method=(
            "A theory is said to decide a draw where the answer by it is another than by own gains alone; where they "
            "agree it explains nothing that own gains do not. Standard errors are those of the number of draws alone; "
            "how far the assumptions themselves carry the answer is another finding."
        ),
        rests_on=(tell.council.channel, *tell.council.case.lenses, *tell.council.case.mechanisms),
    )


def _accepts_told(tell: Telling) -> str:
    """How often it accepts by each theory, in the order of the forms."""
    said = [
        f"{by(theory)} {in_turn([per_hundred(tell.judged.often(run, theory)) for run in tell.council.runs])}"
        for theory in tell.council.theories
    ]
    forms = join_words(form for run in tell.council.runs if (form := tell.form(run)))
    return f"Of 100 draws {tell.answers} accepts{f', {forms},' if forms else ''} in so many: {', '.join(said)}."


def _decides_told(tell: Telling) -> str:
    """How often what counts besides own gains decides."""
    council, judged = tell.council, tell.judged
    if council.own == council.whole:
        return "The case names nothing but own gains that could decide."
    each = [decisive(judged, run, council.whole) for run in council.runs]
    refuses = in_turn([per_hundred(no) for no, _ in each])
    said = f"What counts besides own gains decides {refuses} of 100 draws against it"
    if max(yes for _, yes in each) > 0:
        said += f" and {in_turn([per_hundred(yes) for _, yes in each])} for it"
    return f"{said}; where both agree it explains nothing."


def by_issue(tell: Telling) -> Finding:
    """On which issue alone the other side would accept."""
    import polars as pl

    council, judged = tell.council, tell.judged
    rows = []
    for at, name in enumerate(council.model.issues):
        row: dict[str, object] = {"issue": council.case.issues[name].title, "entry": name}
        for run in council.runs:
            for theory in dict.fromkeys((council.own, council.whole)):
                p = float(judged.by_issue[run, theory.id][at])
                row[f"{theory.title}, {tell.way(run)}"] = share(p, judged.draws)
        rows.append(row)
    order = sorted(
        range(len(rows)), key=lambda at: -max(float(judged.by_issue[r, council.whole.id][at]) for r in council.runs)
    )
    tops = [max(float(judged.by_issue[run, council.whole.id][at]) for run in council.runs) for at in order]
    best, worst = per_hundred(tops[0]), per_hundred(tops[-1])
    says = f"{upper_first(by(council.whole))} a channel for {rows[order[0]]['issue']} alone has the best chance, {best} of "
    says += f"100 draws at most, and one for {rows[order[-1]]['issue']} the least, {worst}."
    if best == worst:
        says = (
            f"{upper_first(by(council.whole))} a channel for any one issue is accepted in {best} of 100 draws at most."
        )
    return Finding(
        id="issues",
        title=f"On which issue {tell.answers} would accept",
        says=says,
        see="In how many of 100 draws a channel for one issue alone is accepted.",
        table=pl.DataFrame([rows[at] for at in order]),
        links=("entry",),
        method=(
            "What an issue brings by itself, before the costs of links; what does not depend on gains counts in "
            "proportion to what is at stake on it. Issues differ here by stakes, exposure and by what they take, and "
            "not by what the rules allow, which is another question."
        ),
        rests_on=tuple(council.model.issues),
    )


def channels(tell: Telling) -> Finding:
    """Which other channels the side that answers would accept, instead of the observed one."""
    import polars as pl

    council, judged = tell.council, tell.judged
    rows, told = [], []
    for run in council.model.runs:
        if (run, council.own.id) not in judged.answer or not _apart(tell, run):
            continue
        shares = {theory.id: judged.often(run, theory) for theory in council.theories}
        rows.append(
            {
                "channel": tell.names.run(council.arena, run),
                **{theory.title: share(shares[theory.id], judged.draws) for theory in council.theories},
            }
        )
        told.append((shares[council.whole.id], tell.names.run(council.arena, run)))
    best, title = max(told)
    says = f"{upper_first(by(council.whole))}, instead of “{tell.names.channel(council.arena.observed)}” “{title}” is "
    says += f"accepted most often, in {per_hundred(best)} of 100 draws."
    return Finding(
        id="channels",
        title=f"Which channel {tell.answers} would take instead",
        says=says,
        see="In how many of 100 draws each is accepted instead of what there is, by each theory.",
        table=pl.DataFrame(rows),
        rests_on=tuple(council.case.channels),
    )


def _apart(tell: Telling, run: Run) -> bool:
    """Whether a channel run one way is another thing than run the other, and is so run in this case."""
    council = tell.council
    if run.channel == council.channel:
        return run in council.runs
    if not council.arena.dealing(run.channel).collegiate:
        return True
    form = council.case.response.form
    return (form in ("both", run.form)) if tell.names.form(council.arena, run) else run.form == "hub"
