"""The learner's state: nothing of it is ever lost or overwritten."""

from __future__ import annotations

import errno
import os
import re
import stat
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from fcntl import LOCK_EX, flock
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tutor.state.progress import FILE_NAME, ExerciseState, Progress, ProgressUnwritable, Record

TEXT = st.text(st.characters(exclude_categories=()) | st.sampled_from('\r\n\t\0\\"\ud800\udfff'))
as_user = pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")


@pytest.fixture
def progress(tmp_path: Path) -> Progress:
    return Progress.open(tmp_path / "state")


def reopened(progress: Progress) -> Progress:
    return Progress.open(progress.folder)


def test_nothing_is_known_and_nothing_written_at_first(progress: Progress) -> None:
    assert progress.record("late-binding") == Record()
    assert (progress.last_exercise, progress.notice) == (None, None)
    assert progress.is_new
    assert not progress.folder.exists()


def test_all_that_is_saved_is_there_again(progress: Progress) -> None:
    progress.save_draft("a", "print(1)\n")
    progress.save_attempt("a", False)
    progress.save_attempt("a", True)
    progress.save_hints("a", 2)
    progress.save_last("a")

    again = reopened(progress)
    record = again.record("a")
    assert record == progress.record("a")
    assert (record.state, record.draft, record.attempts, record.hints) == (
        ExerciseState.PASSED,
        "print(1)\n",
        2,
        2,
    )
    assert record.passed_at is not None
    assert abs((datetime.now(UTC) - record.passed_at).total_seconds()) < 60
    assert again.last_exercise == "a"


def test_states(progress: Progress) -> None:
    progress.save_hints("a", 1)
    assert progress.record("a").state is ExerciseState.NOT_BEGUN
    progress.save_draft("a", "")
    assert progress.record("a").state is ExerciseState.BEGUN
    progress.save_shown("a")
    assert progress.record("a").state is ExerciseState.SHOWN
    progress.save_draft("a", "x")
    progress.save_attempt("a", False)
    assert progress.record("a").state is ExerciseState.SHOWN
    progress.save_attempt("a", True)
    progress.save_shown("a")
    progress.save_attempt("a", False)
    assert progress.record("a").state is ExerciseState.PASSED


def test_the_first_pass_and_the_most_hints_count(progress: Progress) -> None:
    progress.save_attempt("a", True)
    first = progress.record("a").passed_at
    progress.save_attempt("a", True)
    progress.save_hints("a", 3)
    progress.save_hints("a", 1)
    assert (progress.record("a").passed_at, progress.record("a").hints) == (first, 3)


def test_a_first_try_is_the_first_attempt(progress: Progress) -> None:
    for id, attempts in {"a": [True], "b": [False, True], "c": [True, False, True]}.items():
        for passed in attempts:
            progress.save_attempt(id, passed)
    again = reopened(progress)
    assert [again.record(id).at_first_try for id in "abcd"] == [True, False, True, False]


def test_after_a_look_at_the_solution_there_is_no_first_try(progress: Progress) -> None:
    progress.save_shown("a")
    progress.save_attempt("a", True)
    assert not reopened(progress).record("a").at_first_try


def test_of_an_old_pass_the_attempts_tell(tmp_path: Path) -> None:
    file = tmp_path / FILE_NAME
    passed = 'state = "passed"\nattempts = '
    file.write_text(f"[exercises.a]\n{passed}1\n[exercises.b]\n{passed}2\n")
    progress = Progress.open(tmp_path)
    progress.save_attempt("a", True)
    assert [progress.record(id).at_first_try for id in "ab"] == [True, False]
    progress.save_attempt("b", True)
    assert [reopened(progress).record(id).at_first_try for id in "ab"] == [True, False]


@pytest.mark.parametrize("kept", ["", 'theme = "dark"\n', 'last_exercise = "a"\n', "not toml"])
def test_who_has_a_file_has_begun(tmp_path: Path, kept: str) -> None:
    assert Progress.open(tmp_path).is_new
    (tmp_path / FILE_NAME).write_text(kept)
    assert Progress.open(tmp_path).is_new is (kept == "")


@given(st.text(min_size=1, max_size=5), TEXT)
@example("a.b", "\ud83d\ude00 \r\n\r \ud800")
@example("é", '"""\\')
def test_any_draft_comes_back_or_is_mended(exercise_id: str, draft: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        progress = Progress.open(Path(folder))
        progress.save_draft(exercise_id, draft)
        kept = progress.record(exercise_id).draft
        assert kept is not None
        assert reopened(progress).record(exercise_id).draft == kept
        assert kept == draft or re.search("[\ud800-\udfff]|\r\n", draft)
        progress.save_draft(exercise_id, kept)
        assert progress.record(exercise_id).draft == kept


def test_only_the_learner_can_read_it(progress: Progress) -> None:
    progress.save_last("a")
    assert stat.S_IMODE(progress.folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((progress.folder / FILE_NAME).stat().st_mode) == 0o600


def test_no_other_file_is_left(progress: Progress) -> None:
    progress.save_last("a")
    assert {path.name for path in progress.folder.iterdir()} == {FILE_NAME, f".{FILE_NAME}.lock"}


def test_two_tutors_lose_nothing_of_each_other(tmp_path: Path) -> None:
    one, other = Progress.open(tmp_path), Progress.open(tmp_path)
    one.save_draft("a", "one")
    other.save_draft("b", "other")
    other.save_attempt("a", True)
    one.save_attempt("a", False)
    one.save_hints("b", 1)

    record = Progress.open(tmp_path).record("a")
    assert (record.state, record.draft, record.attempts) == (ExerciseState.PASSED, "one", 2)
    assert one.record("b").draft == "other"


def test_many_tutors_at_once(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from tutor.state.progress import Progress\n"
        "progress = Progress.open(Path(sys.argv[1]))\n"
        "for _ in range(10): progress.save_attempt('a', False)\n"
    )
    command = [sys.executable, "-c", program, str(tmp_path)]
    for process in [subprocess.Popen(command) for _ in range(3)]:
        assert process.wait() == 0
    assert Progress.open(tmp_path).record("a").attempts == 30


def test_what_a_newer_tutor_wrote_is_kept(tmp_path: Path) -> None:
    file = tmp_path / FILE_NAME
    file.write_text('keymap = "vi"\n[exercises.a]\nreview = 3\nattempts = 1\n')
    Progress.open(tmp_path).save_attempt("a", True)
    text = file.read_text()
    assert 'keymap = "vi"' in text
    assert "review = 3" in text
    assert "attempts = 2" in text


@pytest.mark.parametrize(
    "rubbish",
    [
        b"not toml",
        b"\xff\xfe",
        b"last_exercise = 3",
        b"[exercises.a]\nstate = 'won'",
        b"exercises = 1",
        b"a = " + b"[" * 50_000,
        b"a = " + b"9" * 5_000,
    ],
    ids=["text", "binary", "type", "state", "table", "depth", "digits"],
)
def test_rubbish_is_set_aside_and_told(tmp_path: Path, rubbish: bytes) -> None:
    file = tmp_path / FILE_NAME
    for number in (1, 2):
        file.write_bytes(rubbish)
        progress = Progress.open(tmp_path)
        aside = tmp_path / f"{FILE_NAME}.broken-{number}"
        assert aside.read_bytes() == rubbish
        assert str(aside) in (progress.notice or "")
        progress.save_draft("a", "new")
        assert Progress.open(tmp_path).record("a").draft == "new"


def test_rubbish_that_comes_while_it_is_open_is_set_aside_too(progress: Progress) -> None:
    progress.save_last("a")
    (progress.folder / FILE_NAME).write_text("rubbish")
    progress.save_last("b")
    assert (progress.folder / f"{FILE_NAME}.broken-1").read_text() == "rubbish"
    assert reopened(progress).last_exercise == "b"


def test_a_folder_that_cannot_be_written_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file")
    progress = Progress.open(tmp_path / "state")
    assert progress.notice is not None
    with pytest.raises(ProgressUnwritable, match="--state") as refusal:
        progress.save_draft("a", "kept in memory")
    assert "\n" not in str(refusal.value)
    assert progress.record("a").draft == "kept in memory"


@as_user
def test_a_read_only_folder_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(ProgressUnwritable):
        Progress.open(tmp_path).save_last("a")


def test_what_could_not_be_saved_is_saved_with_the_next(tmp_path: Path) -> None:
    folder = tmp_path / "state"
    folder.write_text("in the way")
    progress = Progress.open(folder)
    with pytest.raises(ProgressUnwritable):
        progress.save_attempt("a", True)
    folder.unlink()
    progress.save_draft("b", "later")

    again = reopened(progress)
    assert again.record("a").attempts == 1
    assert again.record("a").state is ExerciseState.PASSED
    assert again.record("b").draft == "later"


def test_a_full_disk_leaves_the_old_file_whole(
    progress: Progress, monkeypatch: pytest.MonkeyPatch
) -> None:
    progress.save_draft("a", "old")

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(ProgressUnwritable, match="No space left"):
            progress.save_draft("a", "new")
    assert reopened(progress).record("a").draft == "old"
    assert len(list(progress.folder.iterdir())) == 2


def test_a_hanging_tutor_is_told(progress: Progress, monkeypatch: pytest.MonkeyPatch) -> None:
    progress.save_last("a")
    monkeypatch.setattr("tutor.state.progress.LOCK_SECONDS", 0.05)
    with (progress.folder / f".{FILE_NAME}.lock").open() as lock:
        flock(lock, LOCK_EX)
        with pytest.raises(ProgressUnwritable, match="another tutor"):
            progress.save_last("b")
    progress.save_hints("a", 1)
    again = reopened(progress)
    assert (again.last_exercise, again.record("a").hints) == ("b", 1)


def test_a_network_folder_without_locks_is_saved_to_all_the_same(
    progress: Progress, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_locks(file: int, operation: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr("tutor.files.flock", no_locks)
    progress.save_draft("a", "kept")
    assert reopened(progress).record("a").draft == "kept"


def test_the_usual_folder_is_the_platforms(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    assert Progress.open().folder.is_relative_to(tmp_path)
