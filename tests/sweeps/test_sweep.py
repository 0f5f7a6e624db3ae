"""Sweeps: the same numbers as an assessment, the same bytes whoever works, and going on from whatever is there."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Sequence
from contextlib import chdir
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from detente import Assessment, LoadedCase, assess, read_case, sweep
from detente.case.bundled import BUNDLED_FOLDER
from detente.errors import DetenteError, OutputError, WorkersLost
from detente.rooms.acceptance.model.choices.choice_answers import describe_offer
from detente.rooms.acceptance.model.choices.choice_sensitivity import MOST_DRAWS_PER_OPTION
from detente.sweeps.axes import BadSweep, axes_of
from detente.sweeps.chunk_files import ChunkFiles, pack_rows
from detente.sweeps.executors import processes
from detente.sweeps.grid import grid_points, resolve_axes
from detente.sweeps.manifest import read_manifest
from detente.sweeps.maps import idle_axes, sweep_maps
from detente.sweeps.sweep import read_sweep, read_swept_cases
from detente.sweeps.tasks import SweepTask, TaskResult, make_tasks, run_task
from tests.cases.assessed_cases import assessed_case
from tests.stress.sweep_kills import Cluster, check, digests

OVER: dict[str, Sequence[float | str]] = {
    "channels.league-to-league.exclusivity": [0.2, 0.8],
    "scenario": ["as-it-is", "abbess-decides"],
}
SIMULATIONS = 5 * 2048 + 300
OUTCOMES = ("strict", "generous", "utility")


@pytest.fixture(scope="module")
def one_process(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sweep("two-leagues", OVER, tmp_path_factory.mktemp("sweep") / "one", SIMULATIONS).folder


def compared(frame: pl.DataFrame, assessment: Assessment) -> int:
    """How many outcomes of a sweep at one setting an assessment has; each must be the same."""
    for row in frame.iter_rows(named=True):
        own = assessment.outcomes[row["outcome"]]
        assert row["value"] == pytest.approx(own.value, abs=1e-12), row
        assert row["error"] == pytest.approx(own.error, abs=1e-12), row
        assert (row["unit"], row["year"]) == (own.unit, own.year)
    return len(frame)


@pytest.mark.parametrize("name", ["nato-csto", "cmea-ec", "two-leagues"])
def test_without_anything_swept_it_is_what_the_report_says(name: str, tmp_path: Path):
    result = sweep(name, {}, tmp_path / "out")
    told = [kind for kind in assessed_case(name).outcomes if kind.endswith(OUTCOMES) and ".choice" not in kind]
    assert compared(result.frame, assessed_case(name)) == len(told) > 10


def test_numbers_scenarios_and_choices_are_as_if_set_in_the_case(tmp_path: Path):
    over: dict[str, Sequence[float | str]] = {
        "response.discount": [0.5, 0.9],
        "scenario": ["secondary-half"],
        "choice=payments": [],
    }
    result = sweep("two-leagues", over, tmp_path / "out")
    assert len(result.manifest.points) == 2 * len(result.manifest.axes[2].values) > 2
    for value in (0.5, 0.9):
        changed = assess(read_case("two-leagues", "secondary-half", {"response.discount": str(value)}))
        chosen = pl.col("choice=payments") == "own"
        assert compared(result.frame.filter((pl.col("response.discount") == value) & chosen), changed) > 10
    other = next(value for value in result.manifest.axes[2].values if value != "own")
    own = assessed_case("two-leagues")
    by_choice = {name: one.value for name, one in own.outcomes.items() if f"choice.payments.{other}.strict" in name}
    plain = sweep("two-leagues", {"choice=payments": [other]}, tmp_path / "plain", MOST_DRAWS_PER_OPTION).frame
    for name, share in by_choice.items():
        kept = name.replace(f"choice.payments.{other}.", "")
        assert plain.filter(pl.col("outcome") == kept)["value"].item() == pytest.approx(share)
    assert by_choice


@pytest.mark.parametrize("name", ["cmea-ec", "two-leagues"])
def test_numbers_in_a_model_are_as_if_described_anew(name: str):
    """What a sweep relies on where it reads no case again."""
    from detente.case.loading.model_patch import case_with_values

    case = read_case(name).case
    description = describe_offer(case)
    assert description is not None
    for number in description.numbers:
        low, high = number.distribution.limits
        value = float(np.clip(0.37, low, high))
        if not number.path.startswith("traits."):
            described = describe_offer(case_with_values(case, {number.path: value}))
            assert described is not None
            ours = description.with_values({number.path: value})
            assert [one.distribution for one in ours.numbers] == [one.distribution for one in described.numbers]
            assert (ours.network, ours.decision, ours.together) == (
                described.network,
                described.decision,
                described.together,
            )


@pytest.mark.parametrize(("workers", "chunk"), [(0, 1), (0, 7), (1, 2), (2, 3), (4, 64)])
def test_the_bytes_hang_neither_on_workers_nor_on_chunks(one_process: Path, workers: int, chunk: int, tmp_path: Path):
    sweep("two-leagues", OVER, tmp_path / "out", SIMULATIONS, workers, chunk=chunk)
    assert digests(tmp_path / "out") == digests(one_process)


def test_a_cluster_gives_the_same_bytes(one_process: Path, tmp_path: Path):
    for count in (1, 2):
        (tmp_path / str(count)).mkdir()
        cluster = Cluster(tmp_path / str(count), count)
        try:
            sweep("two-leagues", OVER, tmp_path / f"out-{count}", SIMULATIONS, cluster=cluster.ensure(), chunk=4)
        finally:
            cluster.stop()
        assert digests(tmp_path / f"out-{count}") == digests(one_process)


def test_what_is_missing_is_worked_out_and_nothing_else(one_process: Path, tmp_path: Path):
    out = tmp_path / "out"
    shutil.copytree(one_process, out)
    for name in ("outcomes.parquet", "outcomes.csv"):
        (out / name).unlink()
    (out / "chunks" / ".units-half.parquet.part").write_bytes(b"half")
    manifest = read_manifest(out)
    files = ChunkFiles(out, manifest.unit_count).files()
    kept = pl.concat(map(pl.read_parquet, files)).filter(~pl.col("unit").is_in([3, 4, 11, 23]))
    for file in files:
        file.unlink()
    packed = io.BytesIO()
    kept.write_parquet(packed)
    ChunkFiles(out, manifest.unit_count).write(range(24), packed.getvalue())
    asked = []
    sweep("two-leagues", OVER, out, SIMULATIONS, chunk=1, on_progress=lambda progress: asked.append(progress.done))
    assert asked == [20, 21, 22, 23, 24]
    assert digests(out) == digests(one_process)
    assert not list(out.rglob("*.part"))


def test_a_case_is_read_once_for_numbers_and_once_for_each_what_if(monkeypatch: pytest.MonkeyPatch):
    from detente.sweeps import grid
    from detente.sweeps.axes import read_axes

    asked: list[tuple[object, ...]] = []

    def counted(name: str, scenario: str | None, changes: dict[str, str]) -> LoadedCase:
        asked.append((scenario, changes))
        return read_case(name, scenario, changes)

    monkeypatch.setattr(grid, "read_case", counted)
    cases = read_swept_cases("two-leagues")
    numbers = read_axes(["response.discount=0:0.9:10", "channels.league-to-league.exclusivity=0:1:10"])
    assert len(list(grid_points(cases, numbers))) == 100
    assert asked == []
    with_scenarios = (*numbers, *read_axes(["scenario=as-it-is,secondary-half,abbess-decides"]))
    points = list(grid_points(cases, resolve_axes(with_scenarios, cases)))
    assert (len(points), len(asked)) == (300, 2)
    assert len({id(point.description) for point in points}) == 3


def test_work_is_cut_where_units_are_missing():
    axes = axes_of(OVER)
    cases = read_swept_cases("two-leagues")
    points = list(grid_points(cases, resolve_axes(axes, cases)))
    missing = np.array([0, 1, 1, 1, 1, 1, 1, 0, 0, 1, 0, 1], dtype=bool)
    tasks = list(make_tasks(points, missing, 3, 6000, 4))
    assert [task.units for task in tasks] == [range(1, 5), range(5, 7), range(9, 10), range(11, 12)]
    assert [(part.point, part.blocks, part.first_unit) for part in tasks[0].parts] == [
        (0, range(1, 3), 1),
        (1, range(2), 3),
    ]


def test_another_sweep_is_refused_and_nothing_is_touched(one_process: Path, tmp_path: Path):
    before = digests(one_process)
    for over, simulations in (
        ({}, SIMULATIONS),
        (OVER, SIMULATIONS + 1),
        (OVER | {"network.gravity": [1.0]}, SIMULATIONS),
    ):
        with pytest.raises(OutputError, match="another sweep"):
            sweep("two-leagues", over, one_process, simulations)
    other = tmp_path / "two-leagues"
    shutil.copytree(BUNDLED_FOLDER / "two-leagues", other)
    manifest = json.loads((one_process / "sweep.json").read_text())
    manifest["points"][0]["model"] = "0" * 64
    (tmp_path / "moved").mkdir()
    (tmp_path / "moved" / "sweep.json").write_text(json.dumps(manifest))
    with pytest.raises(OutputError, match="what the cases say"):
        sweep("two-leagues", OVER, tmp_path / "moved", SIMULATIONS)
    with pytest.raises(OutputError, match="none of a sweep"):
        sweep(str(other), OVER, other, SIMULATIONS)
    assert digests(one_process) == before


def test_a_chunk_that_cannot_be_read_or_is_one_too_many_is_named(one_process: Path, tmp_path: Path):
    out = tmp_path / "out"
    shutil.copytree(one_process, out)
    chunks = ChunkFiles(out, 600)
    chunks.write(range(500, 501), pack_rows([500], [np.zeros((2, 3, 4))]))
    with pytest.raises(OutputError, match=r"units-000000500.*remove it"):
        sweep("two-leagues", OVER, out, SIMULATIONS)
    file = next(file for file in chunks.files() if file.name.startswith("units-000000500"))
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    with pytest.raises(OutputError, match=r"units-000000500.*is not what was written there"):
        sweep("two-leagues", OVER, out, SIMULATIONS)


def test_a_case_that_changed_or_broke_since_is_refused(tmp_path: Path):
    for name in ("a", "b"):
        shutil.copytree(BUNDLED_FOLDER / "two-leagues", tmp_path / "cases" / name)
    sweep(tmp_path / "cases", {}, tmp_path / "out", 300)
    file = tmp_path / "cases" / "b" / "case.yaml"
    own = file.read_text(encoding="utf-8")
    for changed in ("case: b\n", own.replace("efficiency: {uniform", "efficiency: {triangular", 1)):
        file.write_text(changed, encoding="utf-8")
        with pytest.raises(OutputError, match="what the cases say"):
            sweep(tmp_path / "cases", {}, tmp_path / "out", 300)
    file.write_text(own, encoding="utf-8")
    sweep(tmp_path / "cases", {}, tmp_path / "out", 300)
    shutil.copy(tmp_path / "cases" / "a" / "case.yaml", tmp_path / "copy.yaml")
    for name in ("a", "b"):
        (tmp_path / "cases" / name / "case.yaml").write_text(f"case: {name}\n", encoding="utf-8")
    with pytest.raises(BadSweep, match="'question' is missing"):
        sweep(tmp_path / "cases", {"choice=payments": []}, tmp_path / "new", 300)
    assert not (tmp_path / "new").exists()


def test_names_of_cases_are_no_formulas_in_a_spreadsheet(tmp_path: Path):
    shutil.copytree(BUNDLED_FOLDER / "two-leagues", tmp_path / "cases" / "=1+1")
    with chdir(tmp_path / "cases"):
        sweep(".", {}, tmp_path / "out", 300)
        sweep("=1+1", {}, tmp_path / "out2", 300)
    assert ",=1" not in (tmp_path / "out2" / "outcomes.csv").read_text(encoding="utf-8")


def test_of_a_folder_of_cases_the_rest_is_done(tmp_path: Path):
    folder = tmp_path / "cases"
    for name in ("a", "b", "c"):
        shutil.copytree(BUNDLED_FOLDER / "two-leagues", folder / name)
    (folder / "b" / "case.yaml").write_text("case: b\n")
    out = tmp_path / "out"
    result = sweep(folder, {"response.discount": [0.5, 0.9]}, out)
    assert [Path(case.name).name for case in result.manifest.cases] == ["a", "b", "c"]
    assert set(result.failures) == {2, 3}
    assert set(result.frame["point"]) == {0, 1, 4, 5}
    failed = json.loads((out / "failed" / "point-000002.json").read_text())
    assert failed["settings"] == {"response.discount": 0.5}
    assert "'question' is missing" in failed["error"]
    # The case is mended: its settings are tried again, and nothing else.
    shutil.copy(folder / "a" / "case.yaml", folder / "b" / "case.yaml")
    told = []
    mended = sweep(folder, {"response.discount": [0.5, 0.9]}, out, on_progress=lambda one: told.append(one.done))
    assert (told[0], told[-1], dict(mended.failures)) == (8, 12, {})
    assert not list((out / "failed").iterdir())
    assert len(mended.frame) == 1.5 * len(result.frame)


def test_a_setting_that_fails_is_kept_apart_with_its_inputs_and_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Of a task with several settings only the one that fails is lost."""
    from detente.sweeps import block_sums, tasks

    sum_block = block_sums.sum_block

    def fails_at_half(model: object, description: object, block: int, simulations: int) -> object:
        index = description.number_index["response.discount"]  # type: ignore[attr-defined]
        if description.numbers[index].distribution.parameters == (0.5,):  # type: ignore[attr-defined]
            raise ValueError("what was seen is impossible")
        return sum_block(model, description, block, simulations)  # type: ignore[arg-type]

    over = {"response.discount": [0.25, 0.5, 0.75]}
    with monkeypatch.context() as patched:
        patched.setattr(tasks, "sum_block", fails_at_half)
        result = sweep("two-leagues", over, tmp_path / "out")
        assert dict(result.failures) == {1: "ValueError: what was seen is impossible"}
        assert set(result.frame["point"]) == {0, 2}
        assert read_sweep(tmp_path / "out").failures == result.failures
    again = sweep("two-leagues", over, tmp_path / "out")
    assert not again.failures
    undisturbed = sweep("two-leagues", over, tmp_path / "other")
    assert digests(again.folder) == digests(undisturbed.folder)


def test_a_range_that_leads_out_of_the_limits_is_refused_before_anything_is_done(tmp_path: Path):
    with pytest.raises(BadSweep, match=r"channels.league-to-league.efficiency: 1.5 is not from 0 to 1"):
        sweep("two-leagues", {"channels.league-to-league.efficiency": [0.5, 1.5]}, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_what_changes_nothing_is_found(tmp_path: Path):
    result = sweep("two-leagues", {"evidence.secondary": [0.25, 0.5], "response.discount": [0.5]}, tmp_path / "out", 10)
    assert [axis.name for axis in idle_axes(result.manifest)] == ["evidence.secondary"]


def test_maps_have_one_lever_or_two_and_the_setting_of_the_case(one_process: Path, tmp_path: Path):
    result = read_sweep(one_process)
    maps = sweep_maps(result.manifest, result.frame)
    assert [one.fixed for one in maps] == [(("scenario", "as-it-is"),), (("scenario", "abbess-decides"),)]
    assert all(one.down is None and one.own[0] == pytest.approx(0.65) for one in maps)
    (main,) = (one for one in result.manifest.answers[0] if one.is_main and one.form == "hub")
    name = f"acceptance.{main.channel}.hub.{main.theory}.generous"
    row = result.frame.filter((pl.col("point") == 2) & (pl.col("outcome") == name))
    shares = next(one.shares for one in maps[0].series if (one.form, one.test) == ("hub", "generous"))
    assert shares[0, 1] == (row["value"].item(), row["error"].item())
    two: dict[str, Sequence[float] | str] = {
        "channels.league-to-league.efficiency": "0:1:3",
        "response.discount": [0.5, 0.9],
    }
    (field,) = sweep_maps((found := sweep("two-leagues", two, tmp_path / "two", 300)).manifest, found.frame)
    assert (field.down, field.across) == found.manifest.axes
    assert {len(one.shares) for one in field.series} == {6}


def test_processes_that_end_are_done_without_and_at_last_told(monkeypatch: pytest.MonkeyPatch):
    cases = read_swept_cases("two-leagues")
    task = next(iter(make_tasks(list(grid_points(cases, ())), np.ones(2, dtype=bool), 2, 300, 2)))
    with processes(1) as run:
        first = next(iter(run([task])))
        assert first.rows == run_task(task).rows
    from detente.sweeps import executors

    monkeypatch.setattr(executors, "run_task", end_at_once)
    with processes(1) as run, pytest.raises(WorkersLost, match="goes on from there"):
        list(run([task]))


def end_at_once(task: SweepTask) -> TaskResult:
    import os

    os._exit(9)


def test_a_scheduler_that_is_not_there_is_told_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("detente.sweeps.executors.CONNECTION_SECONDS", 1)
    with pytest.raises(WorkersLost, match="no scheduler of a Dask cluster answers"):
        sweep("two-leagues", {}, tmp_path / "out", cluster="tcp://127.0.0.1:9")
    with pytest.raises(BadSweep, match="no address of a scheduler"):
        sweep("two-leagues", {}, tmp_path / "out", cluster="somewhere")


def test_killed_on_its_way_it_comes_to_the_same():
    """Fifty kills by hand: `python -m tests.stress.sweep_kills`; here a few."""
    killed = check(kills=3, seed=5, simulations=120_000, per_sweep=3)
    assert killed.total() == 3


def test_what_is_no_sweep_is_told(tmp_path: Path):
    with pytest.raises(DetenteError, match="not the folder of a sweep"):
        read_sweep(tmp_path)
    (tmp_path / "sweep.json").write_text("{}")
    with pytest.raises(DetenteError, match="is no manifest"):
        read_sweep(tmp_path)


def test_bytes_are_those_of_the_rows(one_process: Path):
    """The frame that is read back is the file."""
    frame = read_sweep(one_process).frame
    assert frame.equals(pl.read_parquet(one_process / "outcomes.parquet"))
    assert pl.read_csv(one_process / "outcomes.csv")["value"].to_list() == frame["value"].to_list()
