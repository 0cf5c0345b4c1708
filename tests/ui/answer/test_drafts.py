"""Nothing that was typed is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.harness.running_tutor import played_tutor
from tests.harness.samples import BUILD, CLASSIFY, PREDICT, REPAIR, out
from tutor.state.progress import ExerciseState, Progress
from tutor.ui.screens import going


def draft(state: Path, id: str) -> str | None:
    return Progress.open(state).record(id).draft


async def test_a_draft_is_saved_after_a_pause(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(going, "DRAFT_PAUSE", 0.05)
    async with played_tutor(tmp_path) as at:
        await at.type("x")
        await at.until(lambda: draft(tmp_path, "build-it") == f"x{BUILD.starter}")
        assert "◐" in at.rows[0]


async def test_keys_in_a_row_are_one_save(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    saves: list[str] = []
    monkeypatch.setattr(Progress, "save_draft", lambda _, id, text: saves.append(text))
    monkeypatch.setattr(going, "DRAFT_PAUSE", 0.3)
    async with played_tutor(tmp_path) as at:
        await at.pilot.press("a", "b", "c")
        await at.until(lambda: bool(saves))
    assert saves == [f"abc{BUILD.starter}"]


async def test_an_exercise_that_was_only_looked_at_is_not_begun(tmp_path: Path) -> None:
    async with played_tutor(tmp_path) as at:
        await at.press("f8", "f8", "f8", "f10")
    for exercise in (BUILD, REPAIR, PREDICT):
        assert Progress.open(tmp_path).record(exercise.id).state is ExerciseState.NOT_BEGUN


async def test_a_run_and_leaving_and_quitting_save(tmp_path: Path) -> None:
    async with played_tutor(tmp_path) as at:
        await at.type("a")
        at.session.will_give(out("one\n"))
        await at.press("f5")
        assert draft(tmp_path, "build-it") == f"a{BUILD.starter}"
        await at.settle()
        await at.type("b")
        await at.press("f8")
        assert draft(tmp_path, "build-it") == f"ab{BUILD.starter}"
        await at.type("c")
        await at.press("f10")
        assert draft(tmp_path, "repair-it") == f"c{REPAIR.starter}"


async def test_the_learner_comes_back_to_the_place_and_the_draft(tmp_path: Path) -> None:
    async with played_tutor(tmp_path) as at:
        await at.press("f8", "f8")
        await at.type("one\ntw")
        await at.press("f8", "f", "f10")
    progress = Progress.open(tmp_path)
    assert progress.last_exercise == "classify-it"
    async with played_tutor(tmp_path, CLASSIFY) as at:
        assert at.main.answer == "x free\n"
    async with played_tutor(tmp_path, PREDICT) as at:
        assert at.main.answer == "one\ntw"


async def test_leaving_ends_the_program_and_empties_the_panes(tmp_path: Path) -> None:
    async with played_tutor(tmp_path) as at:
        await at.run(out("printed\n"))
        await at.press("f8")
        await at.settle()
        assert at.session.resets == 1
        assert "printed" not in at.text
        assert not at.main.inspector.display
        await at.press("f7")
        assert at.app.focused is at.main.code.editor


async def test_a_state_that_cannot_be_written_is_told_and_the_lesson_goes_on(
    tmp_path: Path,
) -> None:
    (tmp_path / "state").write_text("in the way")
    async with played_tutor(tmp_path / "state") as at:
        await at.type("x")
        await at.run(out("one\ntwo\n"))
        assert "one" in at.text
        notices = [notice.message for notice in at.app._notifications]
        assert any("Your progress cannot be saved" in text for text in notices)


async def test_quitting_asks_if_work_would_be_lost(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("in the way")
    async with played_tutor(tmp_path / "state") as at:
        await at.press("x", "f10")
        assert not at.app._exit
        notices = [notice.message for notice in at.app._notifications]
        assert any("F10 again leaves without it" in text for text in notices)
        await at.press("f10")
        assert at.app._exit


async def test_quitting_asks_nothing_of_one_who_only_looked(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("in the way")
    async with played_tutor(tmp_path / "state") as at:
        await at.press("f8", "f10")
        assert at.app._exit


async def test_a_rubbish_state_is_told_and_kept(tmp_path: Path) -> None:
    (tmp_path / "progress.toml").write_text("[[[")
    async with played_tutor(tmp_path) as at:
        notices = [notice.message for notice in at.app._notifications]
        assert any("kept as" in text for text in notices)
    assert (tmp_path / "progress.toml.broken-1").read_text() == "[[["
