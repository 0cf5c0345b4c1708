"""The band over the keys: at a glance what came of a run, and it moves nothing."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from textual.app import RenderResult
from textual.widget import Widget

from tests.harness.running_tutor import PlayedTutor, played_tutor
from tests.harness.samples import (
    BUILD,
    CLASSIFY,
    COURSE,
    DONE,
    LABELS,
    PREDICT,
    counters,
    out,
    passed_checks,
)
from tutor.course.model import Exercise
from tutor.protocol.reports import CheckResult, Finished, Status
from tutor.session import PythonUnusable
from tutor.ui.answer.verdict_band import VerdictBand
from tutor.ui.exercise.title_bar import TitleBar
from tutor.ui.kit.pane import Header

LEARNED = "Each call makes a cell of its own, and what is made in it holds that one and no other."


def band(at: PlayedTutor) -> list[str]:
    """The rows of the band, if it is in sight."""
    region = at.main.query_one(VerdictBand).region
    return [row.strip() for row in at.rows[region.y : region.bottom]] if region.height else []


def note_paintings(
    monkeypatch: pytest.MonkeyPatch, kind: type[Widget], painted: list[type[Widget]]
) -> None:
    """Keep in a list that a widget of this kind was painted."""
    render = kind.render

    def noted(self: Widget) -> RenderResult:
        painted.append(kind)
        return render(self)

    monkeypatch.setattr(kind, "render", noted)


def taught(sentence: str) -> Exercise:
    return dataclasses.replace(BUILD, learned=sentence)


@pytest.mark.parametrize(("size", "rows"), [((80, 24), 2), ((120, 40), 1), ((200, 50), 1)])
async def test_a_pass_says_what_was_learned_and_what_comes(
    tmp_path: Path, size: tuple[int, int], rows: int
) -> None:
    async with played_tutor(tmp_path, taught(LEARNED), size=size) as at:
        assert band(at) == []
        await at.run(out("one\ntwo\n"), counters("3"), *passed_checks())
        region = at.main.query_one(VerdictBand).region
        assert (region.x, region.width, region.bottom) == (0, size[0], size[1] - 1)
        assert region.height == rows
        said = " ".join(band(at)).split()
        assert " ".join(said).startswith(f"✓ Passed {LEARNED}")
        # Why it works is told where there is room for both.
        why = "" if size == (120, 40) else " F3: why it works"
        assert " ".join(said).endswith(f" F8: 1.2 Repair it{why}")


@pytest.mark.parametrize(
    ("exercise", "keys", "given", "word", "said"),
    [
        (BUILD, "", "1\ntwo\n", "✗ Not yet", "Line 1 differs. 1 of 2 checks hold."),
        (BUILD, "", "one\ntwo\n", "✗ Not yet", "The output matches, but one of 2 checks does not"),
        (PREDICT, "1\ntwo", "one\ntwo\n", "✗ 1 of 2", "1 line differs from what Python printed."),
        (PREDICT, "1", "one\ntwo\n", "✗ 0 of 2", "1 line differs from what Python printed; 1 more"),
        (PREDICT, "one", "one\ntwo\nx\n", "✗ 1 of 3", "2 more lines were printed."),
        (CLASSIFY, "fjg", "one\n", "✗ 1 of 2", "1 of 2 labels is right; look again at y."),
    ],
)
async def test_what_is_not_right_yet_is_told_at_a_glance(
    tmp_path: Path, exercise: Exercise, keys: str, given: str, word: str, said: str
) -> None:
    async with played_tutor(tmp_path, exercise) as at:
        if exercise is CLASSIFY:
            await at.press("f", "down", "g")
        else:
            await at.type(keys)
        failed = CheckResult("it captures", False, "`add` does not capture `n`.")
        checks = (*passed_checks("it adds"), failed) if exercise is BUILD else ()
        await at.run(out(given), counters("3"), LABELS, *checks)
        first, second = band(at)
        assert first.startswith(f"{word}  {said}")
        assert second.endswith("F12: hint 1 of 2")
        assert said not in "\n".join(at.rows[:-3])


async def test_the_band_has_its_place_from_the_start_of_the_run(tmp_path: Path) -> None:
    """So nothing moves when the verdict comes, and nothing while one types."""
    async with played_tutor(tmp_path) as at:
        at.session.hangs = True
        at.session.will_give(out("1\n"), counters("3"), DONE)
        await at.press("f5")
        places = at.main.run_panel.region, at.main.code.region, at.main.inspector.region
        assert band(at)[0] == "The program runs. F9 stops it."
        await at.press("f9")
        await at.settle()
        assert band(at)[0].startswith("✗ Not yet")
        for key in ("x", "enter", "f6", "f3"):
            await at.press(key)
            assert band(at)[0].startswith("✗ Not yet")
            assert places == (
                at.main.run_panel.region,
                at.main.code.region,
                at.main.inspector.region,
            )


async def test_the_band_goes_with_the_exercise(tmp_path: Path) -> None:
    async with played_tutor(tmp_path) as at:
        await at.run(out("1\n"), counters("3"), *passed_checks())
        assert band(at) != []
        await at.press("f8")
        assert band(at) == []


async def test_a_zoomed_pane_has_the_verdict_under_it(tmp_path: Path) -> None:
    async with played_tutor(tmp_path) as at:
        await at.run(out("one\ntwo\n"), counters("3"), *passed_checks())
        at.main.run_panel.take_focus()
        await at.press("f4")
        assert at.main.run_panel.region.height == 20
        assert band(at)[0].startswith("✓ Passed")


async def test_where_nothing_can_run_there_is_no_verdict(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with played_tutor(tmp_path) as at:

        def refuse(*_: object) -> None:
            raise PythonUnusable(Path("python"), "It does not start.")

        monkeypatch.setattr(at.session, "run", refuse)
        await at.press("f5")
        await at.settle()
        assert band(at) == []


async def test_a_fault_of_the_course_and_a_limit_are_told_in_full(tmp_path: Path) -> None:
    sentence = "The program ran for 10 s and was stopped."
    async with played_tutor(tmp_path) as at:
        await at.run(out("one\n"), Finished(Status.TIMED_OUT, 10, sentence=sentence))
        assert band(at)[0] == f"✗ Not yet  {sentence}"


async def test_a_sentence_that_does_not_fit_ends_in_dots(tmp_path: Path) -> None:
    async with played_tutor(tmp_path, taught(LEARNED * 3), size=(60, 18)) as at:
        await at.run(out("one\ntwo\n"), counters("3"), *passed_checks())
        assert band(at)[0].startswith("✓ Passed  Each call")
        assert band(at)[1].endswith("…")


async def test_after_the_last_exercise_only_why_it_works_is_promised(tmp_path: Path) -> None:
    async with played_tutor(tmp_path, COURSE.exercises[-1]) as at:
        await at.run(out("one\ntwo\n"), *passed_checks())
        assert band(at)[-1].endswith("F3: why it works")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_key_paints_neither_the_band_nor_the_title_nor_a_header(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    async with played_tutor(tmp_path, size=size) as at:
        await at.run(out("1\n"), counters("3"), *passed_checks())
        painted: list[type[Widget]] = []
        for kind in (VerdictBand, TitleBar, Header):
            note_paintings(monkeypatch, kind, painted)
        await at.type("ab")
        assert at.main.answer.startswith("ab")
        assert painted == []
        await at.press("f6")
        assert set(painted) <= {TitleBar, Header}
