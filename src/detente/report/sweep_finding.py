"""A sweep as a finding of the chapter on certainty, beside what a report works out itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from detente.assessment.assess import Assessment
from detente.errors import DetenteError
from detente.methods.offer_model.channel_variants import ChannelForm
from detente.report.sweep_words import FORM_WORDS, of_100, value_text
from detente.results.finding import Finding
from detente.results.pictures import Bar, CellGrid, CellState, GridCell, RangeRow, RangeRows
from detente.results.table import Column, make_table
from detente.rooms.acceptance.model.choices.choice_answers import describe_offer
from detente.sweeps.block_sums import answers_of
from detente.sweeps.manifest import SavedAxis, model_digest
from detente.sweeps.maps import TESTS, SweepMap, sweep_maps
from detente.sweeps.sweep import SweepResult
from detente.text.english import count_noun, upper_first

CHAPTER = "sure"
MORE_OFTEN_THAN_NOT = 0.5


def with_sweep(assessment: Assessment, result: SweepResult) -> Assessment:
    """An assessment that tells what a sweep of its case found.

    Raises:
        DetenteError: If the sweep is of another case, or of several, or the case has changed since.
    """
    description = describe_offer(assessment.loaded.case)
    cases = result.manifest.cases
    if description is None or not any(section.id == CHAPTER for section in assessment.sections):
        raise DetenteError("this case has no offer that is answered, and so no chapter that a sweep could stand in")
    if len(cases) != 1 or cases[0].digest != model_digest(description):
        raise DetenteError(
            f"'{result.folder}' is a sweep of another case, or the case has changed since; run the sweep again"
        )
    answer = assessment.brief.answer
    told = [] if answer is None else [form.name for form in answer.forms]
    forms = dict.fromkeys(one.form for one in answers_of(description))
    names = {form: name or FORM_WORDS[form] for form, name in zip(forms, told, strict=True)}
    finding = sweep_finding(result, names)
    sections = tuple(
        replace(section, findings=(*section.findings, finding)) if section.id == CHAPTER else section
        for section in assessment.sections
    )
    return replace(assessment, sections=sections)


def sweep_finding(result: SweepResult, form_names: Mapping[ChannelForm, str]) -> Finding:
    """What a sweep of one case found.

    Args:
        result: The sweep.
        form_names: What the report calls each way to run the channel.
    """
    maps = sweep_maps(result.manifest, result.frame)
    names = [axis.heading for axis in result.manifest.axes]
    settings = count_noun(len(result.manifest.points), "setting")
    return Finding(
        id="sweep",
        title="What a sweep found",
        question="What a sweep found",
        short_answer=settings,
        place="detail",
        says=" ".join(_sentences(result, maps, form_names)),
        see="How often the answer is a yes at each setting, by either test.",
        table=make_table(tuple(_columns(result)), _rows(result, form_names)),
        picture=_picture(maps[0], form_names) if len(maps) == 1 and maps[0].across else None,
        method=(
            f"The model of the offer, with {' and '.join(names)} set, all else as the case has it, in "
            f"{result.manifest.simulations} simulations of each setting, on the same draws."
        ),
    )


def _sentences(result: SweepResult, maps: list[SweepMap], form_names: Mapping[ChannelForm, str]) -> Iterator[str]:
    """Between which shares the answer lies, by form and test; over all that was swept."""
    yield f"We asked at {count_noun(len(result.manifest.points), 'setting')}."
    left = len(result.manifest.points) - result.frame["point"].n_unique() - len(result.failures)
    if left:
        yield f"{upper_first(count_noun(left, 'setting'))} {'is' if left == 1 else 'are'} not done yet."
    shares: dict[tuple[ChannelForm, str], list[float]] = {}
    for one in maps:
        for series in one.series:
            shares.setdefault((series.form, series.test), []).extend(share for share, _ in series.shares.values())
    for form in dict.fromkeys(form for form, _ in shares):
        strict, generous = (shares[form, test] for test in TESTS)
        form_words = upper_first(form_names[form])
        yield f"{form_words}, a yes comes in {_span(strict)} of 100 by the strict test."
        yield f"By the generous one it comes in {_span(generous)}."
    if result.failures:
        yield f"{upper_first(count_noun(len(result.failures), 'setting'))} failed."


def _span(shares: list[float]) -> str:
    low, high = of_100(min(shares)), of_100(max(shares))
    return low if low == high else f"{low} to {high}"


def _columns(result: SweepResult) -> Iterator[Column]:
    for place, axis in enumerate(result.manifest.axes):
        yield Column(f"axis_{place}", axis.heading, "digits" if axis.kind == "number" else "text")
    yield Column("run", "the channel is run")
    yield Column("strict", "yes by the strict test", "of_100", "share of draws", error=True)
    yield Column("generous", "yes by the generous test", "of_100", "share of draws", error=True)


def _rows(result: SweepResult, form_names: Mapping[ChannelForm, str]) -> Iterator[dict[str, object]]:
    manifest = result.manifest
    found = {
        (point, outcome): (value, error)
        for point, outcome, value, error in result.frame.select("point", "outcome", "value", "error").iter_rows()
    }
    for number, point in enumerate(manifest.points):
        for answer in () if point.answers is None else manifest.answers[point.answers]:
            stem = f"acceptance.{answer.channel}.{answer.form}.{answer.theory}"
            if answer.is_main and (number, f"{stem}.strict") in found:
                row: dict[str, object] = {f"axis_{place}": value for place, value in enumerate(point.settings)}
                for test in ("strict", "generous"):
                    row[test], row[f"{test}_error"] = found[number, f"{stem}.{test}"]
                yield row | {"run": form_names[answer.form]}


def _picture(one: SweepMap, form_names: Mapping[ChannelForm, str]) -> RangeRows | CellGrid:
    """One lever as rows from the strict test to the generous one, two as a grid of the generous one."""
    return _grid(one, form_names) if one.down else _ranges(one, form_names)


def _ranges(one: SweepMap, form_names: Mapping[ChannelForm, str]) -> RangeRows:
    assert one.across is not None
    forms = list(dict.fromkeys(series.form for series in one.series))
    by_answer = {(series.form, series.test): series.shares for series in one.series}
    rows = []
    for column, value in enumerate(one.across.values):
        bars = []
        for form in forms:
            tests = [by_answer[form, test].get((0, column)) for test in ("strict", "generous")]
            shares = [found[0] for found in tests if found]
            bars.append(Bar(min(shares), max(shares)) if shares else None)
        rows.append(RangeRow(value_text(value), tuple(bars), note=_own_note(column, one.across, one.own[0])))
    return RangeRows(
        says=f"How often the answer is a yes, by {one.across.name}. Bars run from the strict to the generous test.",
        measure="A yes, of 100 simulations",
        series=tuple(upper_first(form_names[form]) for form in forms),
        rows=tuple(rows),
        axis="likelihood",
        heading=upper_first(one.labels[0]),
    )


def _grid(one: SweepMap, form_names: Mapping[ChannelForm, str]) -> CellGrid:
    assert one.across is not None
    assert one.down is not None
    told = [series for series in one.series if series.test == "generous"]
    rows = []
    for row, value in enumerate(one.down.values):
        cells = []
        for series in told:
            for column in range(len(one.across.values)):
                found = series.shares.get((row, column))
                cells.append(GridCell(_state(found), of_100(found[0]) if found else "not done"))
        note = _own_note(row, one.down, one.own[1])
        rows.append((f"{value_text(value)} ({note})" if note else value_text(value), tuple(cells)))
    return CellGrid(
        says=" ".join(
            [
                f"A yes, of 100 simulations, by the generous test. Down: {one.labels[1]}; across: {one.labels[0]}.",
                *([f"Across, the case has {value_text(one.own[0])}."] if one.own[0] is not None else []),
            ]
        ),
        corner=upper_first(one.labels[1]),
        columns=tuple(value_text(value) for _ in told for value in one.across.values),
        rows=tuple(rows),
        legend=(("yes", "more often a yes"), ("no", "more often a no")),
        groups=tuple((upper_first(form_names[series.form]), len(one.across.values)) for series in told),
    )


def _own_note(place: int, axis: SavedAxis, own: float | None) -> str:
    """What the case itself has, at the value that is nearest to it; nothing at others."""
    if own is None or place != min(range(len(axis.values)), key=lambda at: abs(float(axis.values[at]) - own)):
        return ""
    return f"the case has {value_text(own)}"


def _state(found: tuple[float, float] | None) -> CellState:
    if found is None:
        return "empty"
    return "yes" if found[0] > MORE_OFTEN_THAN_NOT else "no"
