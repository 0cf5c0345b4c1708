"""The pane of the cells: as a list, as a diagram, and the names before any run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Static

from tutor.protocol.requests import Ask, Question
from tutor.protocol.views import Cells, CellView, Recording
from tutor.ui.cells.asking_pane import AskingPane, title
from tutor.ui.cells.cell_list import CellList
from tutor.ui.cells.diagram import DiagramView
from tutor.ui.cells.names import NamesView
from tutor.ui.cells.set_line import Experiment
from tutor.ui.cells.timeline_view import TimelineView
from tutor.ui.kit.line_input import PromptInput
from tutor.ui.tabs import Tab
from tutor.views.made_by_compiler import unfolded
from tutor.views.timeline import Timeline

HINT = "Enter opens   s sets   u undoes"
COMMANDS = "In this pane letters are commands. Escape goes to your answer."
NO_PROGRAM = "There is no program to ask. F5 runs it."


class CellInspector(AskingPane):
    """The pane at the right: the functions and cells of the program that ran last."""

    @dataclass
    class Asked(Message):
        """The program is asked something about a cell."""

        question: Question
        said: str
        """What the log of the output repeats; empty if nothing of it belongs there."""

    ground = "$surface"

    @property
    def letters(self) -> str:
        return COMMANDS

    DEFAULT_CSS = """
    CellInspector {
        background: $surface;
    }
    CellInspector > .hint {
        height: 1;
        padding: 0 0 0 1;
        color: $muted;
        display: none;
    }
    CellInspector.-roomy {
        & > .bodies { layout: vertical; }
        & TimelineView { border-top: solid $rule; }
    }
    CellInspector.-maximized StepCode { display: block; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "unfold", "Open", show=True),
        Binding("s", "set", "Set", show=True),
        Binding("u", "restore", "Undo", show=True),
        Binding("c", "unfold_compiled", "What the compiler made", show=False),
    ]

    roomy: reactive[bool] = reactive(False, toggle_class="-roomy")
    """Whether there is room for the timeline under the cells."""
    askable: reactive[bool] = reactive(False)
    """Whether there is a program to be asked."""

    def __init__(self) -> None:
        self.cells: Cells | None = None
        """What is shown; None before a run has told."""
        self.told: tuple[Cells | None, Cells | None] = None, None
        """The cells of a moment and those before, with all that the compiler made."""
        self.before: Cells | None = None
        self.at_step = False
        """Whether the diagram shows a step of the timeline."""
        self.with_compiled = False
        """Whether what the compiler made is shown as well."""
        self.over_timeline = Tab.LIST
        """The tab that was shown last, but for the timeline: it stays over it where there is room."""
        self.view = CellList()
        self.diagram = DiagramView()
        self.names = NamesView()
        self.timeline = TimelineView()
        self.hint = Static(HINT, markup=False, classes="hint")
        self.experiment = Experiment()
        bodies: dict[Tab, Widget] = {
            Tab.LIST: self.view,
            Tab.DIAGRAM: self.diagram,
            Tab.NAMES: self.names,
            Tab.TIMELINE: self.timeline,
        }
        super().__init__(bodies, caption="Cells")

    def compose(self) -> ComposeResult:
        yield from super().compose()
        yield self.hint
        yield self.experiment

    def on_mount(self) -> None:
        super().on_mount()
        self.watch(self.timeline, "step", self.follow_step, init=False)

    def open(self, *, names_first: bool) -> None:
        """Make ready for an exercise; its names are shown before a run unless they are the question."""
        self.names.forget()
        self.offer(Tab.NAMES, names_first)
        self.tab = Tab.NAMES if names_first else Tab.LIST

    def clear(self) -> None:
        """Forget the program that has run."""
        self.show(None)
        self.offer(Tab.TIMELINE, False)
        self.timeline.show(Timeline(Recording()))

    def offer(self, tab: Tab, offered: bool) -> None:
        """Have a tab, or not."""
        there = {*self.tabs, tab} if offered else {*self.tabs} - {tab}
        self.tabs = tuple(tab for tab in self.bodies if tab in there)

    def show_timeline(self, timeline: Timeline, source: str = "") -> None:
        """Show how the cells of a program came to be what they are."""
        self.timeline.show(timeline, source)
        self.offer(Tab.TIMELINE, True)

    def show(self, cells: Cells | None, before: Cells | None = None) -> None:
        """Show the cells of a moment, and against an earlier one what changed."""
        # Until there are cells the names stand in for them; later the learner chooses.
        if self.cells is None and cells is not None and self.tab is Tab.NAMES:
            self.tab = Tab.LIST
        self.told = cells, before
        self.at_step = False
        self.cells, self.before = map(self.folded, self.told)
        self.view.show(self.cells, self.before)
        self.draw()
        if cells is None:
            self.experiment.close()
        self.refresh_hint()

    def folded(self, cells: Cells | None) -> Cells | None:
        """The cells as they are to be shown."""
        return unfolded(cells) if cells and self.with_compiled else cells

    def action_unfold_compiled(self) -> None:
        """Show what the compiler made, or hide it."""
        self.with_compiled = not self.with_compiled
        self.show(*self.told)

    def refresh_hint(self) -> None:
        """Say what can be done with the chosen cell, unless that is being done."""
        listed = self.tab is Tab.LIST and self.cells is not None and bool(self.cells.cells)
        can = self.askable and self.has_focus_within and not self.experiment.display
        self.hint.display = listed and can

    def watch_askable(self) -> None:
        self.refresh_hint()

    def shows(self, tab: Tab) -> bool:
        if self.roomy and Tab.TIMELINE in self.tabs:
            return tab in (self.over_timeline, Tab.TIMELINE)
        return super().shows(tab)

    def watch_roomy(self) -> None:
        self.show_bodies()

    def watch_tabs(self) -> None:
        super().watch_tabs()
        self.show_bodies()

    def watch_tab(self) -> None:
        if self.tab is not Tab.TIMELINE:
            self.over_timeline = self.tab
        super().watch_tab()
        self.refresh_hint()
        self.draw()
        in_view = self.tab is Tab.TIMELINE
        self.post_message(self.timeline.moved if in_view else TimelineView.Moved(None, Content()))

    def draw(self) -> None:
        """Bring the diagram up to date; one out of sight is not worth the time."""
        if not self.shows(Tab.DIAGRAM):
            return
        if self.at_step:
            self.diagram.show(*self.timeline.states, self.timeline.moment)
        else:
            self.diagram.show(self.cells, self.before)

    def save_picture(self) -> None:
        """Write the diagram into files, whichever tab is shown."""
        if not self.shows(Tab.DIAGRAM):
            self.diagram.show(self.cells, self.before)
        self.diagram.action_save()

    def follow_step(self) -> None:
        """Draw the step that the learner has gone to, until a program tells of the present again."""
        self.at_step = True
        self.draw()

    def on_descendant_focus(self) -> None:
        super().on_descendant_focus()
        self.refresh_hint()
        self.view.refresh()
        self.timeline.list.refresh()

    def on_descendant_blur(self) -> None:
        super().on_descendant_blur()
        self.refresh_hint()
        self.view.refresh()
        self.timeline.list.refresh()

    # Asking about the chosen cell.

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("unfold", "set", "restore"):
            return self.tab is Tab.LIST and self.view.chosen is not None
        return super().check_action(action, parameters)

    def action_unfold(self) -> None:
        if cell := self.cell_to_ask:
            self.post_message(self.Asked(Question(Ask.UNFOLD, cell=cell.label), ""))

    def action_set(self) -> None:
        if cell := self.cell_to_ask:
            self.experiment.open(cell.label, f"set {title(cell)} to: ", self.put)
            self.refresh_hint()

    def action_restore(self) -> None:
        if cell := self.cell_to_ask:
            question = Question(Ask.RESTORE_CELL, cell=cell.label)
            self.post_message(self.Asked(question, f"undo what {title(cell)} was set to"))

    @property
    def cell_to_ask(self) -> CellView | None:
        """The chosen cell, if there is a program to be asked."""
        if not self.askable:
            self.notify(NO_PROGRAM, markup=False)
            return None
        return self.view.chosen

    @on(PromptInput.Entered)
    def take_line(self, message: PromptInput.Entered) -> None:
        """Do with what was entered as the line says."""
        message.stop()
        self.end_experiment()
        if message.text and self.experiment.then:
            self.experiment.then(message.text)

    def put(self, expression: str) -> None:
        """Ask for the cell to be set."""
        if self.askable:
            question = Question(Ask.SET_CELL, expression, self.experiment.cell)
            self.post_message(self.Asked(question, self.experiment.what + expression))

    def give_up(self) -> bool:
        there = self.screen.focused is self.experiment.line
        if there:
            self.end_experiment()
        return there

    def end_experiment(self) -> None:
        """Close the line and go back to the list."""
        self.take_focus()
        self.experiment.close()
        self.refresh_hint()
