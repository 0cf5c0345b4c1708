"""The states of the tutor that a reader would want to look at, each played by keys alone.

Snapshot tests and the pictures in `screenshots/` are both made from these, over the real session
and the real course.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from textual.pilot import Pilot

from tests.harness.cells_course import write_cells_course
from tests.harness.rest import is_painted
from tests.harness.running_tutor import RunningTutor
from tests.harness.scene_programs import CROSSINGS, EMPTY_CELL, FAILS, WHY_NOT
from tutor.course.loader import content_folder, load
from tutor.session import Session
from tutor.state.progress import Progress
from tutor.ui import app as app_module
from tutor.ui.app import TutorApp
from tutor.ui.tabs import Tab

PICTURES_OF = "8.2.8"
"""The Textual that they were made on: another one paints a little otherwise."""
SMALL, LARGE, WIDEST = (80, 24), (120, 40), (200, 50)


class SceneApp(TutorApp):
    """The tutor, which here ends its session itself."""

    CSS_PATH = str(Path(app_module.__file__).with_name("tutor.tcss"))

    async def on_unmount(self) -> None:
        await self.main.runs.session.close()


Play = Callable[[RunningTutor], Awaitable[None]]


async def _nothing(tutor: RunningTutor) -> None:
    """The tutor as it opens."""


async def _names_read(tutor: RunningTutor) -> None:
    """The tutor as it opens, once the names have been read: that comes after a pause."""
    names = tutor.main.inspector.names
    await tutor.until(lambda: names.good is not None)


async def _names_tab(tutor: RunningTutor) -> None:
    """The names where they have no place of their own."""
    await _names_read(tutor)
    await tutor.press("f6", "right", "right")


async def _to_be_printed(tutor: RunningTutor) -> None:
    """The output before any run, where it has no place of its own."""
    await _names_read(tutor)
    await tutor.press("f3", "f3")


async def _open_checks(tutor: RunningTutor) -> None:
    """The checks before any run."""
    await _names_read(tutor)
    tutor.main.run_panel.take_focus()
    await tutor.press("left")


async def _passed(tutor: RunningTutor) -> None:
    await tutor.solve()


async def _failed(tutor: RunningTutor) -> None:
    wrong = tutor.exercise.folder / "wrong"
    tutor.write((wrong / "reset-binds-a-local.py").read_text(encoding="utf-8"))
    await tutor.attempt()


async def _error(tutor: RunningTutor) -> None:
    tutor.write(FAILS)
    await tutor.attempt()


async def _empty_cell(tutor: RunningTutor) -> None:
    tutor.write(EMPTY_CELL)
    await tutor.attempt()


async def _why_not(tutor: RunningTutor) -> None:
    tutor.write(WHY_NOT)
    await tutor.attempt()


async def _stopped(tutor: RunningTutor) -> None:
    tutor.write("print('begun')\nwhile True:\n    pass\n")
    await tutor.press("f5")
    log = tutor.main.run_panel.output
    await tutor.until(lambda: any("begun" in line.plain for line in log.shown))
    await tutor.press("f9")
    await tutor.until(lambda: not tutor.main.runs.running)


async def _predicted_wrong(tutor: RunningTutor) -> None:
    lines = tutor.exercise.solution.splitlines()
    await tutor.type("\n".join([lines[0], "Number of cells: 2", *lines[2:6]]))
    await tutor.attempt()


async def _classified(tutor: RunningTutor) -> None:
    await tutor.press("f", "g", "g")
    await tutor.attempt()


async def _prompt(tutor: RunningTutor) -> None:
    await tutor.solve()
    await tutor.press("f7")
    await tutor.type("increment()\n")
    await tutor.until(lambda: not tutor.main.runs.running)


async def _drawer(tutor: RunningTutor) -> None:
    await tutor.press("f2")


async def _help(tutor: RunningTutor) -> None:
    await tutor.press("f1")


async def _hint(tutor: RunningTutor) -> None:
    await tutor.press("f12")


async def _lesson(tutor: RunningTutor) -> None:
    await tutor.press("f3")


async def _zoomed_cells(tutor: RunningTutor) -> None:
    await tutor.solve()
    tutor.main.inspector.take_focus()
    await tutor.pilot.pause()
    await tutor.press("f4")


def _cells_tab(tab: Tab) -> Play:
    """The solution has run, and the pane of cells shows that tab."""

    async def play(tutor: RunningTutor) -> None:
        await tutor.solve()
        tutor.main.inspector.tab = tab
        tutor.main.inspector.take_focus()
        await tutor.pilot.pause()

    return play


def _crossings(*keys: str) -> Play:
    """A program of several cells, some shared, has run; then these keys are pressed in its cells."""

    async def play(tutor: RunningTutor) -> None:
        tutor.write(CROSSINGS)
        await tutor.attempt()
        tutor.main.inspector.take_focus()
        await tutor.pilot.pause()
        await tutor.press(*keys)

    return play


async def _timeline(tutor: RunningTutor) -> None:
    await _cells_tab(Tab.TIMELINE)(tutor)
    await tutor.app.workers.wait_for_complete()
    await tutor.press("left_square_bracket", "left_square_bracket")


async def _block(tutor: RunningTutor) -> None:
    """A block at the prompt, its last word about to be completed."""
    await tutor.solve()
    await tutor.press("f7")
    await tutor.type("for step in range(3):\n    re")
    await tutor.press("tab")
    await tutor.until(lambda: bool(tutor.main.run_panel.prompt.offers.display))


async def _scratch(tutor: RunningTutor) -> None:
    """The first program of the lesson on a scratch pad, after a run."""
    tutor.write("# an answer\n")
    lesson = tutor.main.reading.pane.lesson_text
    while not lesson.has_focus:
        await tutor.press("f3")
    await tutor.press("enter", "f5")
    await tutor.until(lambda: not tutor.main.runs.running)
    await tutor.until(lambda: Tab.TIMELINE in tutor.main.inspector.tabs)


async def _scratch_in_tree(tutor: RunningTutor) -> None:
    await _scratch(tutor)
    await tutor.press("f2")


async def _program_of_lesson(tutor: RunningTutor) -> None:
    while not tutor.main.reading.pane.lesson_text.has_focus:
        await tutor.press("f3")
    await tutor.press("f4", "down", "down", "down")


async def _finding(tutor: RunningTutor) -> None:
    await _names_read(tutor)
    await tutor.press("alt+w")
    await tutor.type("greet")
    await tutor.press("enter")


async def _help_of_the_editor(tutor: RunningTutor) -> None:
    await tutor.press("f1", "pagedown")


async def _welcome(tutor: RunningTutor) -> None:
    await tutor.press("f1", "w")


async def _settings(tutor: RunningTutor) -> None:
    await tutor.press("alt+s")


async def _setting_edited(tutor: RunningTutor) -> None:
    """A value that cannot be, told."""
    await tutor.press("alt+s", "down", "down", "down", "enter", "backspace")
    await tutor.type("x\n")


async def _palette(tutor: RunningTutor) -> None:
    await tutor.press("ctrl+p")
    await tutor.type("hint")
    await tutor.until(lambda: "Hint 3 of 3" in tutor.text)


async def _unit_end(tutor: RunningTutor) -> None:
    """Some passed, one of them at the second try, and a solution shown."""
    progress = tutor.main.course_state.progress
    *first, shown, last = tutor.main.course_state.course.exercises
    for exercise in [*first[:5], last]:
        progress.save_attempt(exercise.id, True)
    for passed in (False, True):
        progress.save_attempt(first[6].id, passed)
    progress.save_shown(shown.id)
    await tutor.press("f8")


async def _answered(tutor: RunningTutor) -> None:
    """Who wrote the cell, asked twice from the list."""
    await _cells_tab(Tab.LIST)(tutor)
    await tutor.app.workers.wait_for_complete()
    await tutor.press("w", "w")


async def _zoomed_timeline(tutor: RunningTutor) -> None:
    """When the cell was 3, over the whole screen."""
    await _cells_tab(Tab.TIMELINE)(tutor)
    await tutor.app.workers.wait_for_complete()
    await tutor.press("equals_sign", "3", "enter", "f4")


async def _cells_asked(tutor: RunningTutor) -> None:
    """Two of the answers are given."""
    await tutor.type("1\ny\n")


async def _cells_wrong(tutor: RunningTutor) -> None:
    await tutor.type("1\nn\nn\nTrue\nTrue")
    await tutor.attempt()


async def _cells_drawn(tutor: RunningTutor) -> None:
    """The two diagrams in sight; where there is little room, over the whole screen."""
    await _cells_wrong(tutor)
    await tutor.press("f4", "pagedown")


async def _several_labels(tutor: RunningTutor) -> None:
    await tutor.press("c", "l", "f", "b")
    await tutor.attempt()


async def _look_and_try(tutor: RunningTutor) -> None:
    """The end of why it works, over the whole screen."""
    await tutor.type(tutor.exercise.solution.rstrip())
    await tutor.attempt()
    await tutor.press("f3", "f4", "end")


@dataclass(frozen=True)
class Setting:
    """One picture: what is played, in which exercise, at which size, in which theme."""

    name: str
    play: Play = _nothing
    exercise: str = "independent-captures"
    size: tuple[int, int] = SMALL
    theme: str = "dark"
    in_course: bool = True
    """Whether the exercise is one of the real course; else of the small one of cells."""

    @property
    def file_name(self) -> str:
        columns, rows = self.size
        return f"{self.name}-{columns}x{rows}"


SETTINGS = (
    Setting("start"),
    Setting("start", _names_read, size=LARGE),
    Setting("names", _names_tab, "nonlocal-counter"),
    Setting("to-be-printed", _to_be_printed, "nonlocal-counter"),
    *(Setting("open-checks", _open_checks, "nonlocal-counter", s) for s in (SMALL, LARGE)),
    *(Setting("passed", _passed, size=size) for size in (SMALL, LARGE)),
    *(Setting("failed", _failed, "nonlocal-counter", size) for size in (SMALL, LARGE)),
    Setting("error", _error),
    *(Setting("light", _passed, size=size, theme="light") for size in (SMALL, LARGE)),
    Setting("stopped", _stopped),
    *(Setting("empty-cell", _empty_cell, size=size) for size in (SMALL, LARGE)),
    *(Setting("why-not", _why_not, size=size) for size in (SMALL, LARGE)),
    Setting("predict", exercise="cells-and-names"),
    Setting("predicted-wrong", _predicted_wrong, "cells-and-names"),
    Setting("classify", exercise="local-free-global"),
    Setting("classified", _classified, "local-free-global", LARGE),
    Setting("shared-cells", _passed, "nonlocal-counter", LARGE),
    Setting("drawer", _drawer),
    Setting("help", _help),
    Setting("hint", _hint),
    Setting("lesson", _lesson),
    Setting("diagram", _cells_tab(Tab.DIAGRAM), "closure-bank-account"),
    Setting("diagram", _cells_tab(Tab.DIAGRAM), "nonlocal-counter", LARGE),
    *(Setting("timeline", _timeline, "nonlocal-counter", s) for s in (SMALL, LARGE)),
    Setting("zoomed-cells", _zoomed_cells, "closure-bank-account"),
    *(Setting("crossings", _crossings("right"), size=size) for size in (SMALL, LARGE)),
    *(Setting("crossings-zoomed", _crossings("right", "f4"), size=s) for s in (SMALL, LARGE)),
    *(Setting("crossings-list", _crossings("f4"), size=size) for size in (SMALL, LARGE)),
    Setting("block", _block, "nonlocal-counter"),
    *(Setting("scratch", _scratch, size=size) for size in (SMALL, LARGE)),
    Setting("scratch-in-tree", _scratch_in_tree),
    Setting("program-of-lesson", _program_of_lesson),
    *(Setting("welcome", _welcome, size=size) for size in (SMALL, LARGE)),
    *(Setting("settings", _settings, size=size) for size in (SMALL, LARGE)),
    Setting("setting-refused", _setting_edited),
    Setting("palette", _palette),
    *(Setting("unit-end", _unit_end, "lifetimes", size) for size in (SMALL, LARGE)),
    Setting("passed", _passed, size=WIDEST),
    *(
        Setting(f"{theme}-{name}", play, "nonlocal-counter", size, theme)
        for theme in ("contrast", "colour-blind")
        for name, play, size in (("passed", _passed, SMALL), ("failed", _failed, LARGE))
    ),
    Setting("finding", _finding),
    Setting("editor-help", _help_of_the_editor),
    *(Setting("answered", _answered, "nonlocal-counter", s) for s in (SMALL, LARGE)),
    *(Setting("zoomed-timeline", _zoomed_timeline, "nonlocal-counter", s) for s in (SMALL, LARGE)),
    *(
        Setting(name, play, exercise, size, in_course=False)
        for name, play, exercise in (
            ("cells-asked", _cells_asked, "flags"),
            ("cells-wrong", _cells_wrong, "flags"),
            ("cells-drawn", _cells_drawn, "flags"),
            ("several-labels", _several_labels, "carrier"),
        )
        for size in (SMALL, LARGE)
    ),
    *(Setting("look-and-try", _look_and_try, "late-binding", size) for size in (SMALL, LARGE)),
)


def app_of(setting: Setting, state: Path) -> SceneApp:
    """The tutor of a picture, with a state folder of its own."""
    folder = content_folder() if setting.in_course else write_cells_course(state / "content")
    course, _ = load(folder)
    first = course.exercise(setting.exercise)
    return SceneApp(course, Progress.open(state), Session(), first, setting.theme)


async def play(setting: Setting, pilot: Pilot[None]) -> None:
    """Bring the tutor into the state of the picture."""
    assert isinstance(pilot.app, SceneApp)
    await pilot.pause()
    tutor = RunningTutor(pilot.app, pilot)
    await setting.play(tutor)
    # A harness ends an app without ending its workers first: one that went on would miss its panes.
    tutor.main.runs.leave_names()
    await tutor.until(lambda: all(worker.is_finished for worker in tutor.app.workers))
    await tutor.until(lambda: is_painted(tutor.app.screen))
