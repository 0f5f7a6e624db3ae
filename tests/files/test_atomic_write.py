"""Files are written whole or not at all, by one process at a time."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from detente.case.bundled import new_case
from detente.errors import OutputError
from detente.files import directory_swap as folder_swap
from detente.files.atomic_write import LOCK_NAME, locked_staging, replace_file, staging_name, write_new_files
from detente.files.directory_swap import exchange_names, replace_folder


def tree(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def fill_the_disk(monkeypatch: pytest.MonkeyPatch, after: int) -> None:
    """Lets so many files be written, and half of the next."""
    write, written = Path.write_bytes, []

    def until_full(path: Path, content: bytes) -> int:
        written.append(path)
        if len(written) > after:
            write(path, content[: len(content) // 2])
            raise OSError(28, "No space left on device", str(path))
        return write(path, content)

    monkeypatch.setattr(Path, "write_bytes", until_full)


@pytest.mark.parametrize("after", [0, 1, 2])
def test_a_full_disk_leaves_nothing_half_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: int):
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "p").write_bytes(b"as it was")
    before = sorted(tmp_path.rglob("*"))
    for files in (["new/a", "new/deep/b", "new/c"], ["there/a", "there/b", "there/c"], ["there/a", "new/b", "x"]):
        with monkeypatch.context() as patched:
            fill_the_disk(patched, after)
            with pytest.raises(OutputError, match="No space left"):
                write_new_files({tmp_path / name: "content" for name in files})
        assert sorted(tmp_path.rglob("*")) == before
    with monkeypatch.context() as patched:
        fill_the_disk(patched, 0)
        with pytest.raises(OutputError, match="No space left"):
            replace_file(tmp_path / "there" / "p", b"another")
    with monkeypatch.context() as patched:
        fill_the_disk(patched, after)
        with pytest.raises(OutputError, match="No space left"):
            new_case(tmp_path / "case", "two-leagues")
    assert sorted(tmp_path.rglob("*")) == before
    assert (tmp_path / "there" / "p").read_bytes() == b"as it was"


def test_what_comes_to_stand_there_meanwhile_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Somebody makes the second file while ours are being written: it is theirs, and the first is taken back."""
    link = os.link

    def just_before(source: Path, target: Path, **how: Any) -> None:
        (tmp_path / "b").write_text("theirs")
        link(source, target, **how)

    monkeypatch.setattr(os, "link", just_before)
    with pytest.raises(OutputError, match="exists already"):
        write_new_files({tmp_path / "a": "ours", tmp_path / "b": "ours"})
    assert tree(tmp_path) == {"b": b"theirs"}


def test_one_name_taken_and_none_is_written(tmp_path: Path):
    (tmp_path / "b").symlink_to("nowhere")
    with pytest.raises(OutputError, match="exists already"):
        write_new_files({tmp_path / "a": "1", tmp_path / "b": "2"})
    assert [path.name for path in tmp_path.iterdir()] == ["b"]


def test_two_never_write_at_one_place_and_a_lock_dies_with_its_process(tmp_path: Path):
    target = tmp_path / "x"
    code = (
        "import sys; from pathlib import Path; from detente.files.atomic_write import locked_staging\n"
        "with locked_staging(Path(sys.argv[1])) as s:\n"
        "    (s / 'half').write_text('x'); print(1, flush=True); sys.stdin.read()"
    )
    other = subprocess.Popen([sys.executable, "-c", code, target], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert other.stdout is not None
    assert other.stdout.readline() == b"1\n"
    with pytest.raises(OutputError, match="another run is writing"):
        replace_file(target, b"y")
    replace_file(tmp_path / "z", b"y")  # elsewhere anybody may
    other.send_signal(signal.SIGKILL)
    other.communicate()
    assert (tmp_path / staging_name(target) / "half").exists()
    replace_file(target, b"y")
    assert tree(tmp_path) == {"x": b"y", "z": b"y"}


def test_a_staging_of_somebody_else_is_not_used(tmp_path: Path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "mine").write_text("mine")
    (tmp_path / staging_name(tmp_path / "x")).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OutputError, match="not ours"):
        write_new_files({tmp_path / "x": "1"})
    assert tree(tmp_path / "elsewhere") == {"mine": b"mine"}


def test_a_lock_that_has_gone_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Who opens the lock just before its holder removes it, and gets it just after, must not think that it holds."""
    real = Path.open
    opened: list[Path] = []

    def overtaken(path: Path, *how: Any, **more: Any) -> Any:
        file = real(path, *how, **more)
        if path.name == LOCK_NAME and not opened:
            opened.append(path)
            path.unlink()
            path.parent.rmdir()
        return file

    monkeypatch.setattr(Path, "open", overtaken)
    with locked_staging(tmp_path / "x") as folder:
        assert (folder / LOCK_NAME).exists()
    assert opened
    assert not list(tmp_path.iterdir())


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path, Path]:
    for name in ("new", "there"):
        (tmp_path / name).mkdir()
        (tmp_path / name / name).write_text("")
    return tmp_path / "new", tmp_path / "there", tmp_path / "aside"


def test_a_folder_takes_anothers_place(folders: tuple[Path, Path, Path]):
    new, there, aside = folders
    old = replace_folder(new, there, aside)
    assert old in (new, aside)
    assert [path.name for path in there.iterdir()] == ["new"]
    assert [path.name for path in old.iterdir()] == ["there"]
    assert replace_folder(old, there.parent / "nothing", aside) is None


def test_where_folders_cannot_be_exchanged_a_failure_puts_the_old_one_back(
    folders: tuple[Path, Path, Path], monkeypatch: pytest.MonkeyPatch
):
    new, there, aside = folders
    monkeypatch.setattr(folder_swap, "exchange_names", lambda one, other: False)
    rename = os.rename

    def fails(source: Path, target: Path) -> None:
        if source == new:
            raise PermissionError(13, "Permission denied")
        rename(source, target)

    with monkeypatch.context() as patched:
        patched.setattr(os, "rename", fails)
        with pytest.raises(PermissionError):
            replace_folder(new, there, aside)
    assert (there / "there").exists()
    assert replace_folder(new, there, aside) == aside
    assert (there / "new").exists()


@pytest.mark.skipif(sys.platform not in ("linux", "darwin"), reason="no such step here")
def test_an_exchange_that_fails_says_why(tmp_path: Path):
    with pytest.raises(FileNotFoundError):
        exchange_names(tmp_path / "a", tmp_path / "b")
