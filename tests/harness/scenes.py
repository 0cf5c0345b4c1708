"""The states of the tutor that a reader would want to look at, each played by keys alone.

Snapshot tests and the pictures in `screenshots/` are both made from these, over the real session
and the real course.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from textual.pilot import Pilot
from textual.screen import Screen

from tests.harness.scene_programs import EMPTY_CELL, FAILS, WHY_NOT
from tutor.course.loader import content_folder, load
from tutor.course.model import Exercise
from tutor.session import Session
from tutor.state.progress import Progress
from tutor.ui import app as app_module
from tutor.ui.answer.code import CodeEditor
from tutor.ui.app import TutorApp
from tutor.ui.tabs import Tab

SMALL, LARGE = (80, 24), (120, 40)
PATIENCE_SECONDS = 30


class Scene:
    """A running tutor, played by keys."""

    def __init__(self, app: SceneApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.main = app.main
        self.pilot = pilot

    @property
    def exercise(self) -> Exercise:
        """The exercise in view."""
        exercise_view = self.main.exercise_view
        assert exercise_view is not None
        return exercise_view.exercise

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def type(self, text: str) -> None:
        for character in text:
            await self.pilot.press({" ": "space", "\n": "enter"}.get(character, character))
        await self.pilot.pause()

    def write(self, code: str) -> None:
        """Put a program into the editor, as a paste would."""
        self.app.query_one(CodeEditor).rewrite(code)

    async def run(self) -> None:
        """Run, and wait for the verdict."""
        await self.press("f5")
        await self.until(lambda: self.main.run_panel.verdict is not None)
        await self.until(lambda: not self.main.runs.running)

    async def solve(self) -> None:
        """Run the model solution of the exercise."""
        self.write(self.exercise.solution)
        await self.run()

    async def until(self, condition: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not condition():
                await self.pilot.pause(0.01)
        await self.pilot.pause()


class SceneApp(TutorApp):
    """The tutor, which here ends its session itself."""

    CSS_PATH = str(Path(app_module.__file__).with_name("tutor.tcss"))

    async def on_unmount(self) -> None:
        await self.main.runs.session.close()


Play = Callable[[Scene], Awaitable[None]]


async def _nothing(scene: Scene) -> None:
    """The tutor as it opens."""


async def _names_read(scene: Scene) -> None:
    """The tutor as it opens, once the names have been read: that comes after a pause."""
    names = scene.main.inspector.names
    await scene.until(lambda: names.good is not None)


async def _names_tab(scene: Scene) -> None:
    """The names where they have no place of their own."""
    await _names_read(scene)
    await scene.press("f6", "right", "right")


async def _to_be_printed(scene: Scene) -> None:
    """The output before any run, where it has no place of its own."""
    await _names_read(scene)
    await scene.press("f3", "f3")


async def _open_checks(scene: Scene) -> None:
    """The checks before any run."""
    await _names_read(scene)
    scene.main.run_panel.take_focus()
    await scene.press("left")


async def _passed(scene: Scene) -> None:
    await scene.solve()


async def _failed(scene: Scene) -> None:
    wrong = scene.exercise.folder / "wrong"
    scene.write((wrong / "reset-binds-a-local.py").read_text(encoding="utf-8"))
    await scene.run()


async def _error(scene: Scene) -> None:
    scene.write(FAILS)
    await scene.run()


async def _empty_cell(scene: Scene) -> None:
    scene.write(EMPTY_CELL)
    await scene.run()


async def _why_not(scene: Scene) -> None:
    scene.write(WHY_NOT)
    await scene.run()


async def _stopped(scene: Scene) -> None:
    scene.write("print('begun')\nwhile True:\n    pass\n")
    await scene.press("f5")
    log = scene.main.run_panel.output
    await scene.until(lambda: any("begun" in line.plain for line in log.shown))
    await scene.press("f9")
    await scene.until(lambda: not scene.main.runs.running)


async def _predicted_wrong(scene: Scene) -> None:
    lines = scene.exercise.solution.splitlines()
    await scene.type("\n".join([lines[0], "Number of cells: 2", *lines[2:6]]))
    await scene.run()


async def _classified(scene: Scene) -> None:
    await scene.press("f", "g", "g")
    await scene.run()


async def _prompt(scene: Scene) -> None:
    await scene.solve()
    await scene.press("f7")
    await scene.type("increment()\n")
    await scene.until(lambda: not scene.main.runs.running)


async def _drawer(scene: Scene) -> None:
    await scene.press("f2")


async def _help(scene: Scene) -> None:
    await scene.press("f1")


async def _hint(scene: Scene) -> None:
    await scene.press("f12")


async def _lesson(scene: Scene) -> None:
    await scene.press("f3")


async def _zoomed_cells(scene: Scene) -> None:
    await scene.solve()
    scene.main.inspector.take_focus()
    await scene.pilot.pause()
    await scene.press("f4")


def _cells_tab(tab: Tab) -> Play:
    """The solution has run, and the pane of cells shows that tab."""

    async def play(scene: Scene) -> None:
        await scene.solve()
        scene.main.inspector.tab = tab
        scene.main.inspector.take_focus()
        await scene.pilot.pause()

    return play


async def _timeline(scene: Scene) -> None:
    await _cells_tab(Tab.TIMELINE)(scene)
    await scene.app.workers.wait_for_complete()
    await scene.press("left_square_bracket", "left_square_bracket")


@dataclass(frozen=True)
class Setting:
    """One picture: what is played, in which exercise, at which size, in which theme."""

    name: str
    play: Play = _nothing
    exercise: str = "independent-captures"
    size: tuple[int, int] = SMALL
    theme: str = "dark"

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
)


def app_of(setting: Setting, state: Path) -> SceneApp:
    """The tutor of a picture, with a state folder of its own."""
    course, _ = load(content_folder())
    first = course.exercise(setting.exercise)
    return SceneApp(course, Progress.open(state), Session(), first, setting.theme)


async def play(setting: Setting, pilot: Pilot[None]) -> None:
    """Bring the tutor into the state of the picture."""
    assert isinstance(pilot.app, SceneApp)
    await pilot.pause()
    scene = Scene(pilot.app, pilot)
    await setting.play(scene)
    # A harness ends an app without ending its workers first: one that went on would miss its panes.
    scene.main.runs.leave_names()
    await scene.until(lambda: all(worker.is_finished for worker in scene.app.workers))
    await scene.until(lambda: is_painted(scene.app.screen))


def is_painted(screen: Screen[object]) -> bool:
    """Whether nothing waits to be laid out or painted: so has a scroll bar that came last."""
    return not (screen._layout_required or screen._dirty_widgets)
