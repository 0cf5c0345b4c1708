"""What came from a program is shown as text, and nothing else happens."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import events

from tests.harness.hostile_texts import HOSTILE
from tests.harness.running_tutor import played_tutor
from tests.harness.samples import BUILD, CLASSIFY, DONE, PREDICT, cell, function, out
from tutor.course.model import Exercise
from tutor.protocol.reports import CheckResult, Failure, Finished, Labels, Report, Status, Stream
from tutor.protocol.views import Cells, NameScope, Scope
from tutor.ui.answer.output_log import KEPT_LINES, OutputLog


def reports(line: str) -> tuple[Report, ...]:
    """A run that has the text in every place where a learner's text can stand."""
    names = (NameScope("x", Scope.FREE, line, "A"), NameScope("y", Scope.LOCAL, line))
    functions = (
        function("f1", f"d[{line!r}]{line}", (line, "A"), name=line),
        function("f2", line, why=line),
    )
    return (
        out(f"{line}\n"),
        out(line, Stream.STDERR),
        Cells(functions, (cell("A", line, line, "f1", "f2", type=line),)),
        Labels("outer.<locals>.inner", names),
        CheckResult("it adds", False, line),
        CheckResult("it captures", False, line),
    )


@pytest.mark.parametrize("exercise", [BUILD, PREDICT, CLASSIFY])
async def test_every_place_that_shows_a_learners_text(tmp_path: Path, exercise: Exercise) -> None:
    async with played_tutor(tmp_path, exercise, size=(120, 40)) as at:
        await at.press("f", "f")
        for text in (*HOSTILE, " ".join(HOSTILE)):
            failure = Failure(f"Traceback\n{text}\nError: {text}\n", 1, f"Error: {text}")
            failed = Finished(Status.FAILED, 0.1, failure, text, prompt=True)
            for end in (DONE, failed):
                await at.run(*reports(text), end)
                assert at.is_plain, text
        await at.press("f4")
        for _ in range(5):
            assert at.main.maximized is at.main.pane_in_focus
            assert at.is_plain, at.main.maximized
            await at.press("f6")
        assert at.app.is_running


async def test_markup_is_shown_to_the_letter(tmp_path: Path) -> None:
    async with played_tutor(tmp_path, size=(120, 40)) as at:
        await at.run(out("[/b] [red]x[/red] dict[str, list[int]]\n"))
        assert "[/b] [red]x[/red] dict[str, list[int]]" in at.text.replace("│", "")


async def test_escape_sequences_are_spelled_out(tmp_path: Path) -> None:
    async with played_tutor(tmp_path) as at:
        await at.run(out("a\x1b[2Jb\x00c\ud800d\n"))
        assert r"a\x1b[2Jb\x00c\ud800d" in at.text


async def test_a_very_long_line_is_cut_and_counted(tmp_path: Path) -> None:
    async with played_tutor(tmp_path) as at:
        await at.run(out("x" * 60_000), out("x" * 40_000 + "\nend\n"))
        log = at.main.run_panel.output
        assert len(log.shown) < 100
        shown = "\n".join(line.plain for line in log.shown)
        assert "98,000 more characters in this line" in shown
        assert "end" in shown


async def test_the_log_keeps_its_last_lines(tmp_path: Path) -> None:
    async with played_tutor(tmp_path) as at:
        numbers = "".join(f"line {n}\n" for n in range(50_000))
        await at.run(out(numbers[:300_000]), out(numbers[300_000:]))
        log = at.main.run_panel.output
        assert len(log.entries) == KEPT_LINES
        shown = [line.plain for line in log.shown]
        assert "48,001 lines before these are not kept" in " ".join(shown[:2])
        assert "line 49999" in shown
        assert "line 100" not in shown


def test_pieces_of_lines_are_put_together() -> None:
    log = OutputLog(lambda width: [])
    for piece in ("a", "b\nc", "", "\n\nd"):
        log.write(Stream.STDOUT, piece)
    log.write(Stream.STDERR, "err")
    log.write(Stream.STDOUT, "e\n")
    assert [line.plain for line in log.lines(20)] == ["ab", "c", "", "d", "err", "e"]


async def test_the_editor_shows_what_was_pasted_without_obeying_it(tmp_path: Path) -> None:
    async with played_tutor(tmp_path) as at:
        at.main.code.editor.post_message(events.Paste("\x1b[2J\u202e\ud800 # x\n"))
        await at.pilot.pause()
        assert at.is_plain
        assert at.main.code.editor.text.startswith("\x1b[2J\u202e\ud800 # x\n")
        assert "␛[2J" in at.rows[1]
        await at.run(out("one\n"))
        await at.press("f8")


async def test_the_prompt_shows_what_was_asked(tmp_path: Path) -> None:
    async with played_tutor(tmp_path) as at:
        await at.run(out("one\n"))
        await at.press("f7")
        at.main.run_panel.prompt.line.value = "'[/b]\x1b[2J'"
        at.session.will_give(out("[/red]\n"))
        await at.press("enter")
        await at.settle()
        assert at.is_plain
        assert r">>> '[/b]\x1b[2J'" in at.text
        assert at.session.asked == ["'[/b]\x1b[2J'"]
