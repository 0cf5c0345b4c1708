"""Scratch pads: made, run, named, deleted and brought back, by keys and from the palette."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.harness.running_tutor import PlayedTutor, played_tutor, real_tutor
from tests.harness.samples import BUILD, COURSE, counters, out
from tutor.grading.kinds.scratch import Pad
from tutor.protocol.reports import Failure, Finished, Status
from tutor.state.progress import Progress
from tutor.ui.exercise.course_state import place_left
from tutor.ui.exercise.pads import cleaned, send_to_scratch
from tutor.ui.tabs import Tab


def names(at: PlayedTutor) -> list[str]:
    return [pad.title for pad in at.main.pads]


def told(at: PlayedTutor) -> str:
    """What was said last that belongs to no pane."""
    return str([*at.app._notifications][-1].message)


async def new_pad(at: PlayedTutor) -> None:
    """By keys: the last row of the tree makes one."""
    await at.press("f2", "end")
    if not at.main.pads:
        await at.press("enter", "end")  # the heading opens
    await at.press("enter")


async def test_the_tree_makes_one_at_its_end(tmp_path: Path) -> None:
    async with played_tutor(tmp_path) as at:
        await at.press("f2", "end")
        assert (
            at.rows[at.main.drawer_pane.course_tree.cursor_line + 2]
            .lstrip("▌ ")
            .startswith("▸ Scratch pads")
        )
        await at.press("enter", "end")
        assert "+ New pad" in at.text
        await at.press("enter")
        assert names(at) == ["Scratch"]
        assert at.rows[0].split() == ["Scratch", "·", "Scratch"]
        assert at.main.code.editor.has_focus
        assert "This is a scratch pad" in at.text
        assert not at.main.drawer


async def test_it_runs_with_cells_and_prompt_and_without_a_verdict(tmp_path: Path) -> None:
    async with played_tutor(tmp_path) as at:
        await new_pad(at)
        await at.press("f5")
        assert told(at) == "Write a program first, then run it."
        at.write("print(1)")
        await at.run(out("one\n"), counters("2"))
        assert at.session.requests[-1].source == "print(1)"
        assert at.session.requests[-1].checks is None
        assert at.session.requests[-1].file_name == "scratch.py"
        assert "count  A  int  2" in at.text
        assert at.main.run_panel.verdict is None
        assert not any(word in at.text for word in ("Passed", "Not yet", "Checks", "differs"))
        await at.press("f7")
        await at.ask("inc()", out("3\n"), counters("3"))
        assert ">>> inc()" in at.text


async def test_of_a_run_that_fails_it_is_told_how(tmp_path: Path) -> None:
    async with played_tutor(tmp_path) as at:
        await new_pad(at)
        at.write("while True: pass")
        stopped = Finished(Status.TIMED_OUT, 10.0, sentence="It ran longer than 10 seconds.")
        await at.run(out("one\n"), stopped)
        assert "It ran longer than 10 seconds." in at.text
        failure = Failure("Traceback ...\nNameError: y\n", 1, "NameError: y")
        await at.run(Finished(Status.FAILED, 0.0, failure, "It failed.", prompt=True))
        assert "NameError: y" in at.text
        assert at.main.code.editor.error_line == 1


async def test_with_a_living_program_it_has_names_diagram_and_timeline(tmp_path: Path) -> None:
    async with real_tutor(tmp_path) as at:
        at.main.post_message(
            send_to_scratch("Adders", "def f(n):\n    return lambda: n\ng = f(3)\n")
        )
        await at.until(lambda: isinstance(at.main.course_state.exercise, Pad))
        await at.until(lambda: at.main.inspector.names.good is not None)
        await at.press("f5")
        await at.until(lambda: "A  int  3" in at.text)
        await at.until(lambda: Tab.TIMELINE in at.main.inspector.tabs)
        assert {Tab.LIST, Tab.DIAGRAM, Tab.NAMES} < set(at.main.inspector.tabs)


async def test_nothing_of_it_is_counted(tmp_path: Path) -> None:
    async with played_tutor(tmp_path, size=(120, 40)) as at:
        before = at.main.states
        await new_pad(at)
        at.write("print(1)")
        await at.run(out("one\n"))
        at.main.going.save_draft()
        assert at.main.states == before
        assert "/" not in at.rows[0]
        assert "This is a scratch pad" in at.text
        await at.press("f12")
        assert told(at) == "There are no hints here: nothing is asked."
        at.main.action_solution()
        await at.pilot.pause()
        assert told(at) == "There is no solution here: nothing is asked."


@pytest.mark.parametrize("key", ["f8", "ctrl+n"])
async def test_the_next_key_goes_back_to_the_exercise(tmp_path: Path, key: str) -> None:
    async with played_tutor(tmp_path) as at:
        await at.type("# mine")
        await new_pad(at)
        await at.type("x = 1")
        await at.press(key)
        assert at.exercise is BUILD
        assert at.main.answer.startswith("# mine")
        pad = Progress.open(tmp_path).pads.popitem()[0]
        assert Progress.open(tmp_path).record(pad).draft == "x = 1"


async def test_the_tutor_begins_again_on_the_pad(tmp_path: Path) -> None:
    async with played_tutor(tmp_path) as at:
        await new_pad(at)
        await at.type("x = 1")
        await at.press("f10")
    progress = Progress.open(tmp_path)
    place = place_left(COURSE, progress)
    assert isinstance(place, Pad)
    async with played_tutor(tmp_path, place) as at:
        assert at.rows[0].split() == ["Scratch", "·", "Scratch"]
        assert at.main.answer == "x = 1"
        await at.press("f8")
        assert at.exercise is COURSE.exercises[0]
    progress.drop_pad(place.id)
    progress.save_last(place.id)
    assert place_left(COURSE, progress) is None


async def test_a_pad_is_named_in_the_tree(tmp_path: Path) -> None:
    async with played_tutor(tmp_path) as at:
        await new_pad(at)
        await at.press("f2", "r")
        assert "name: Scratch" in at.text
        await at.press(*["backspace"] * 7)
        await at.type("Zähler [b]\n")
        assert names(at) == ["Zähler [b]"]
        assert at.rows[0].split() == ["Scratch", "·", "Zähler", "[b]"]
        assert at.main.drawer_pane.course_tree.has_focus
        await at.press("r")
        await at.type(" lost")
        await at.press("escape")
        assert names(at) == ["Zähler [b]"]
        assert at.main.drawer, "Escape closed the line, not the drawer"
        assert "name:" not in at.text


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
@pytest.mark.parametrize("key", ["d", "delete"])
async def test_a_pad_is_deleted_and_brought_back(
    tmp_path: Path, size: tuple[int, int], key: str
) -> None:
    async with played_tutor(tmp_path, size=size) as at:
        await new_pad(at)
        await at.type("x = 1")
        await at.press("f2", key)
        assert names(at) == []
        assert at.exercise is BUILD
        assert told(at) == "`Scratch` is deleted. u in the tree brings it back."
        assert not Progress.open(tmp_path).pads
        await at.press("u")
        assert names(at) == ["Scratch"]
        assert at.main.answer == "x = 1"
        assert BUILD.starter == at.main.course_state.open(BUILD)


async def test_the_one_that_is_not_in_view_is_deleted_in_peace(tmp_path: Path) -> None:
    async with played_tutor(tmp_path) as at:
        for _ in range(2):
            await new_pad(at)
        assert names(at) == ["Scratch", "Scratch 2"]
        await at.press("f2", "up", "d")
        assert names(at) == ["Scratch 2"]
        assert at.rows[0].split()[-1] == "2"
        await at.press("u")
        assert names(at) == ["Scratch 2", "Scratch"]
        await at.press("f2", "u")
        assert told(at) == "No scratch pad was deleted."


async def test_letters_are_for_pads_only_where_pads_are(tmp_path: Path) -> None:
    async with played_tutor(tmp_path) as at:
        await at.press("f2", "d", "r", "n", "u")
        assert names(at) == []
        assert "name:" not in at.text


async def test_what_is_sent_never_writes_over_anything(tmp_path: Path) -> None:
    async with played_tutor(tmp_path) as at:
        for code, expected in (
            ("one", ["Page"]),
            ("two", ["Page", "Page 2"]),
            ("one", ["Page", "Page 2"]),
        ):
            at.main.post_message(send_to_scratch("Page", code))
            await at.until(lambda code=code: at.main.answer == code)  # type: ignore[misc]
            assert names(at) == expected
        await at.type("# ")
        at.main.post_message(send_to_scratch("Page", "one"))
        await at.until(lambda: len(at.main.pads) == 3)
        assert [Progress.open(tmp_path).record(pad.id).draft for pad in at.main.pads] == [
            "# one",
            "two",
            "one",
        ]


async def test_the_palette_has_them(tmp_path: Path) -> None:
    async with played_tutor(tmp_path) as at:
        await at.press("ctrl+p")
        await at.type("new scratch\n")
        assert names(at) == ["Scratch"]
        await at.press("f8", "ctrl+p")
        await at.type("scratch: scr\n")
        assert isinstance(at.exercise, Pad)
        await at.press("ctrl+p")
        await at.type("name this\n")
        await at.type(" of mine\n")
        assert names(at) == ["Scratch of mine"]
        await at.press("f2", "ctrl+p")
        await at.type("delete this\n")
        assert names(at) == []
        await at.press("ctrl+p")
        await at.type("bring back\n")
        assert names(at) == ["Scratch of mine"]


async def test_a_pad_of_another_session_comes_with_the_next_save(tmp_path: Path) -> None:
    async with played_tutor(tmp_path) as at:
        Progress.open(tmp_path).save_pad("pad:1", "theirs", "x")
        await new_pad(at)
        assert names(at) == ["theirs", "Scratch"]
        Progress.open(tmp_path).save_pad("pad:2", "another", "x")
        at.main.course_state.save_attempt(False)
        await at.pilot.pause()
        tree = at.main.drawer_pane.course_tree
        assert tree.in_view
        assert tree.in_view in tree.scratch.children
        await at.press("f2", "r")
        assert "name: Scratch" in at.text
        await at.press("escape", "escape")
        assert at.main.code.editor.has_focus
        Progress.open(tmp_path).drop_pad("pad:2")
        other = Progress.open(tmp_path)
        other.drop_pad(at.exercise.id)
        await at.type("still typed")
        at.main.going.save_draft()
        assert at.main.answer == "still typed"
        assert Progress.open(tmp_path).record(at.exercise.id).draft == "still typed"
        assert len(at.main.pads) == 2


@given(name=st.text(max_size=80))
@settings(max_examples=40)
def test_a_name_is_kept_on_one_line(name: str) -> None:
    kept = cleaned(name)
    assert kept
    assert kept == cleaned(kept)
    with tempfile.TemporaryDirectory() as folder:
        progress = Progress.open(Path(folder))
        progress.save_pad("pad:1", kept, "x")
        again = Progress.open(Path(folder))
        assert again.pads == progress.pads
        assert again.record("pad:1").draft == "x"


@pytest.mark.parametrize(
    "name",
    ["\x1b[2J\x07", "[bold]x[/]", "日本語" * 20, "e\u0301", "\u202egnp.exe", "\ud800", "x" * 500],
)
async def test_a_name_is_data(tmp_path: Path, name: str) -> None:
    Progress.open(tmp_path).save_pad("pad:1", name, "x = 1")
    async with played_tutor(tmp_path) as at:
        await at.press("f2", "end", "enter", "end", "up")
        assert at.is_plain
        await at.press("r")
        assert at.is_plain
        await at.press("escape", "enter")
        assert at.main.answer == "x = 1"
        assert at.is_plain
        await at.press("ctrl+p")
        await at.type("scratch:")
        assert at.is_plain
        await at.press("escape", "f2", "d")
        assert at.is_plain
