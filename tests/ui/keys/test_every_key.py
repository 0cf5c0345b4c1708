"""Every key of every widget, in every pane: the answer changes only by the keys that are for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from textual import events
from textual.binding import Binding
from textual.dom import DOMNode
from textual.keys import _character_to_key, key_to_character
from textual.widget import Widget
from textual.widgets import Input, OptionList, TextArea, Tree
from textual.widgets.text_area import Selection

from tests.harness.running_tutor import PlayedTutor, played_tutor
from tests.harness.samples import (
    BUILD,
    CLASSIFY,
    DONE,
    LABELS,
    PREDICT,
    counters,
    out,
    passed_checks,
)
from tutor.course.model import Exercise
from tutor.protocol.reports import Report
from tutor.protocol.requests import RunRequest
from tutor.protocol.views import Recording
from tutor.ui.answer.prediction import Comparison
from tutor.ui.keys.actions import KEYS
from tutor.ui.kit.keys_in_order import is_typed
from tutor.ui.tabs import Tab
from tutor.views.timeline import Timeline

PRINTABLE = [chr(code) for code in range(0x20, 0x7F)] + ["é", "漢"]
ALT = [f"alt+{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"]
FUNCTION = [f"f{number}" for number in range(1, 13)]
CONTROL = [f"ctrl+{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"]
LEAVES = {"f10", "ctrl+q"}
"""Keys that end the tutor: a test of their own."""


def all_keys() -> list[str]:
    """Every key that a widget of ours or of Textual's binds, and all that writes."""
    bound = {
        binding.key
        for cls in classes(DOMNode)
        for binding in Binding.make_bindings(vars(cls).get("BINDINGS", ()))
    }
    named = ["enter", "backspace", "delete", "tab", "shift+tab", "escape", "insert"]
    return sorted({*bound, *PRINTABLE, *ALT, *FUNCTION, *CONTROL, *named} - LEAVES)


def classes(cls: type[DOMNode]) -> Iterator[type[DOMNode]]:
    yield cls
    for each in cls.__subclasses__():
        yield from classes(each)


ALL = all_keys()
OURS = {key for each in KEYS for key in each.key.split(",")}
BEFORE = "ab\ncd"
"""The answer, with the cursor between c and d."""


@dataclass(frozen=True)
class Place:
    """A widget with the focus, and what is to come of what is typed there."""

    name: str
    widget: Callable[[PlayedTutor], Widget]
    exercise: Exercise = BUILD
    tab: Tab | None = None
    of_cells: bool = False
    types: bool = True
    """Whether what is typed goes to the answer; else it is told why not, or is for something else."""
    is_answer: bool = False
    runs: bool = True


def panel(at: PlayedTutor) -> Widget:
    return at.main.run_panel.bodies[at.main.run_panel.tab]


def comparison(at: PlayedTutor) -> Widget:
    return at.main.run_panel.query_one(Comparison)


def cells(at: PlayedTutor) -> Widget:
    pane = at.main.inspector
    return pane.timeline.list if pane.tab is Tab.TIMELINE else pane.bodies[pane.tab]


def editor(at: PlayedTutor) -> TextArea:
    found = at.main.typing.answer_widget.typed_in
    assert found
    return found


PLACES = [
    Place("editor", editor, is_answer=True),
    Place("prediction", editor, PREDICT, Tab.PREDICTION, is_answer=True, runs=False),
    Place("program to read", lambda at: at.main.code.editor, PREDICT, runs=False),
    Place("comparison", comparison, PREDICT, Tab.PREDICTION, types=False),
    Place("labels", panel, CLASSIFY, Tab.LABELS, is_answer=True),
    Place("program beside labels", lambda at: at.main.code.editor, CLASSIFY, types=False),
    *(Place(tab, panel, tab=tab) for tab in (Tab.TASK, Tab.LESSON, Tab.OUTPUT, Tab.CHECKS)),
    Place("names before a run", panel, tab=Tab.NAMES, runs=False),
    *(
        Place(f"cells: {tab}", cells, tab=tab, of_cells=True, types=False)
        for tab in (Tab.LIST, Tab.DIAGRAM, Tab.NAMES, Tab.TIMELINE)
    ),
    Place("prompt", lambda at: at.main.run_panel.prompt.line, tab=Tab.OUTPUT, types=False),
    Place("tree", lambda at: at.main.drawer_pane.course_tree),
]


async def arrange(at: PlayedTutor, place: Place) -> None:
    """Bring the learner there, with an answer that is known."""
    main = at.main
    while at.app.screen is not main:
        at.app.pop_screen()
    main.uncover()
    main.minimize()
    main.drawer = False
    opened_again = place.widget is comparison and main.typing.answer_widget.typed_in
    other = opened_again or main.course_state.exercise is not place.exercise
    if other or main.attempted is not place.runs:
        main.going.go_to(place.exercise)
        await at.pilot.pause()
        if place.runs:
            set_answer(at)
            await at.press("f5")
            await at.settle()
            main.inspector.show_timeline(Timeline(Recording()))
    if place.tab:
        (main.inspector if place.of_cells else main.run_panel).tab = place.tab
    set_answer(at)
    widget = place.widget(at)
    if widget is (tree := main.drawer_pane.course_tree):
        tree.go_to(place.exercise)
        await at.pilot.pause()
    if main.focused is not widget:
        if widget is tree:
            main.open_drawer()
        else:
            main.set_focus(widget)
        await at.pilot.pause()
    assert main.focused is widget, place.name


def set_answer(at: PlayedTutor) -> None:
    answer = at.main.typing.answer_widget
    if isinstance(found := answer.typed_in, TextArea):
        if found.text != BEFORE:
            found.load_text(BEFORE)
        found.selection = Selection.cursor((1, 1))
    elif at.main.course_state.exercise is CLASSIFY and not at.main.answer:
        at.main.typing.answer_widget.open(CLASSIFY, "x free\n")


def script(_: RunRequest) -> tuple[Report, ...]:
    return out("one\n"), counters("1"), LABELS, *passed_checks(), DONE


def event_of(key: str) -> events.Key:
    """The key as a terminal sends it: Alt comes with the letter."""
    if key.startswith("alt+") and len(key) == len("alt+x"):
        return events.Key(key, key[-1])
    if len(key) == 1:
        return events.Key(_character_to_key(key), key)
    return events.Key(key, key_to_character(key) if "+" not in key else None)


def test_the_keys_are_those_of_all_widgets() -> None:
    for cls in (TextArea, Input, Tree, OptionList):
        own = {binding.key for binding in Binding.make_bindings(cls.BINDINGS)}
        assert own <= set(ALL)
    assert set(ALL) >= OURS - LEAVES
    assert {"f6", "f7", "left_square_bracket", "alt+d", "漢", "ctrl+k"} <= set(ALL)


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)
async def test_the_answer_changes_only_by_keys_that_are_for_it(
    tmp_path: Path, place: Place
) -> None:
    async with played_tutor(tmp_path) as at:
        at.session.script = script
        for key in ALL:
            await arrange(at, place)
            before = at.main.answer
            widget = place.widget(at)
            mine = own_keys(at, widget)
            event = event_of(key)
            at.session.scripts[:] = [[DONE]] * 2  # what is asked of the program
            at.app.post_message(event)
            await at.settle()
            after = answer_of(at, place.exercise)
            writes = isinstance(widget, TextArea) and (is_typed(event) or key == "tab")
            if place.is_answer and key not in OURS and (writes or event.key in mine):
                continue  # its own keys: tests of editors say what each does
            if not place.is_answer and place.types and is_typed(event) and event.key not in mine:
                assert after == written(before, event), key
                assert at.main.typing.in_answer, key
                assert not at.main.drawer
            else:
                assert after == before, key
            assert at.main.focused or at.app.screen is not at.main, key


def own_keys(at: PlayedTutor, widget: Widget) -> set[str]:
    """The keys that mean something to a widget, or to what it stands in, now that it has the focus."""
    if isinstance(widget, TextArea) and widget.read_only:
        return set()
    bound = {
        key
        for key, (node, *_) in at.main.active_bindings.items()
        if isinstance(node, Widget) and node is not at.main
    }
    of_editor = {key for node in widget.ancestors_with_self for key in getattr(node, "keys", ())}
    return bound | of_editor


def answer_of(at: PlayedTutor, exercise: Exercise) -> str:
    """The answer to that exercise, on the screen or as it was kept when it was left."""
    if at.main.course_state.exercise is exercise:
        return at.main.answer
    return at.main.course_state.progress.record(exercise.id).draft or ""


def written(before: str, event: events.Key) -> str:
    """The answer with the key typed at its cursor."""
    left, right = before[:-1], before[-1:]
    if event.key == "backspace":
        return left[:-1] + right
    return left + ("\n" if event.key == "enter" else event.character or "") + right
