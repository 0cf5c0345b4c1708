"""A pane: a header of one row over bodies of which one is shown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.app import App, ComposeResult
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.reactive import reactive
from textual.screen import ModalScreen
from textual.style import Style
from textual.widget import Widget

from tutor.ui.kit.marks import MARKS
from tutor.ui.kit.themes import needs_rules
from tutor.ui.tabs import Tab

WIDE = 120
"""Columns from which on the tree, the task and the cells have places of their own."""
ROOMY = 160
"""Columns from which on the editor has the full height, and all else a column beside it."""
LEAVE = "Escape closes"
"""The note of a page over the screen."""


def filled(app: App[Any], ground: str, text: str = "$badge") -> str:
    """How a filled badge looks; without colours its ground is reverse video."""
    return "bold reverse" if app.no_color else f"bold {text} on {ground}"


def chosen_style(app: App[Any]) -> str:
    """How the chosen one of several looks where the focus is."""
    return filled(app, "$accent", "$on-focus")


class Header(Widget):
    """The names of a pane's tabs on a band; the one in view opens into its body."""

    DEFAULT_CSS = """
    Header {
        height: 1;
        background: $panel;
    }
    """

    titles: reactive[tuple[str, ...]] = reactive(())
    shown: reactive[int] = reactive(0)

    def __init__(self, caption: str, note: str) -> None:
        super().__init__()
        self.caption = caption
        self.note = Content.styled(f"{note} ", "$muted") if note else Content()

    def render(self) -> Content:
        width = self.size.width
        for names in self.names():
            free = width - names.cell_length - self.note.cell_length - 1
            if free >= 0:
                return Content.assemble(names, self.rule(free), " ", self.note)
        return names.truncate(width, ellipsis=True)

    def rule(self, columns: int) -> Content:
        """A line in the colour of rules where grounds do not tell the panes apart, else nothing."""
        if columns < 2 or not needs_rules(self.app):
            return Content(" " * columns)
        return Content.styled(f" {MARKS.line * (columns - 1)}", "$rule")

    def names(self) -> Iterator[Content]:
        """The titles of the tabs, after the caption if there is one; wide, then ever narrower."""
        caption = Content.styled(f" {self.caption} ", "bold") if self.caption else Content()
        yield caption + self.tabs("  ")
        yield caption.rstrip() + self.tabs(" ")
        yield self.tabs(" ")

    def tabs(self, gap: str) -> Content:
        """The titles; the one in view has the ground of its body, and with the focus that of it."""
        pane = self.parent
        style = "bold"
        if isinstance(pane, Pane):
            # Textual 8.x: does not always look at :focus-within again when the focus has moved.
            focused = pane.has_focus_within
            style = chosen_style(self.app) if focused else f"bold $foreground on {pane.ground}"
        line = Content.styled(f" {gap.join(self.titles)} ", "$muted")
        places, start = [], 0
        for number, title in enumerate(self.titles):
            places.append((number, start, start + len(title) + 2))
            start += len(title) + len(gap)
        # The one in view comes last: with one space between two it has those at both its sides.
        for number, start, end in sorted(places, key=lambda place: place[0] == self.shown):
            line = line.stylize(Style.from_meta({"tab": number}), start, end)
            if number == self.shown:
                line = line.stylize(style, start, end)
        return line

    def on_click(self, event: events.Click) -> None:
        """A click on a name shows that tab."""
        if isinstance(self.parent, Pane) and "tab" in event.style.meta:
            self.parent.tab = self.parent.tabs[event.style.meta["tab"]]
            self.parent.take_focus()


class Pane(Vertical):
    """Shows one of several widgets; the tabs in its header name them.

    `tabs` are those that can be chosen at present, `bodies` has the widget of every tab.
    """

    ALLOW_MAXIMIZE = True
    ground: ClassVar[str] = "$background"
    """Of its bodies, as its CSS has it: `$background` where one works, `$surface` beside it."""

    DEFAULT_CSS = """
    Pane {
        width: 1fr;
        height: 1fr;
        background: $background;
    }
    Pane > .bodies {
        height: 1fr;
    }
    """

    tabs: reactive[tuple[Tab, ...]] = reactive(())
    """The tabs that there are at present, in order."""
    tab: reactive[Tab] = reactive(Tab.OUTPUT)
    """The one that is shown."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "turn(-1)", "Tab to the left", show=False),
        Binding("right", "turn(1)", "Tab to the right", show=False),
    ]

    def __init__(self, bodies: dict[Tab, Widget], caption: str = "", note: str = "") -> None:
        super().__init__()
        self.bodies = bodies
        self.header = Header(caption, note)
        self.set_reactive(Pane.tabs, tuple(bodies))
        self.set_reactive(Pane.tab, next(iter(bodies)))

    def compose(self) -> ComposeResult:
        yield self.header
        yield Horizontal(*self.bodies.values(), classes="bodies")

    def on_mount(self) -> None:
        self.show_bodies()
        self.refresh_header()

    def on_descendant_focus(self) -> None:
        self.header.refresh()

    def on_descendant_blur(self) -> None:
        self.header.refresh()

    def title_of(self, tab: Tab) -> str:
        """What the header says for a tab."""
        return tab

    def validate_tab(self, tab: Tab) -> Tab:
        return tab if tab in self.tabs else self.tabs[0]

    def watch_tabs(self) -> None:
        self.tab = self.validate_tab(self.tab)
        self.refresh_header()

    def watch_tab(self) -> None:
        self.show_bodies()
        self.refresh_header()

    def shows(self, tab: Tab) -> bool:
        """Whether a body is in sight."""
        return tab is self.tab

    def show_bodies(self) -> None:
        """Bring in sight what is to be; the focus goes with it."""
        had_focus = self.has_focus_within
        for tab, body in self.bodies.items():
            body.display = self.shows(tab)
        if had_focus:
            self.take_focus()

    def action_turn(self, step: int) -> None:
        self.tab = self.tabs[(self.tabs.index(self.tab) + step) % len(self.tabs)]
        self.take_focus()

    def refresh_header(self) -> None:
        """Say again what the tabs are called."""
        self.header.titles = tuple(self.title_of(tab) for tab in self.tabs)
        self.header.shown = self.tabs.index(self.tab) if self.tab in self.tabs else 0

    def take_focus(self) -> None:
        """Put the focus on what is shown."""
        body = self.bodies[self.tab]
        for widget in (body, *body.query("*")):
            if widget.focusable and widget.display:
                self.screen.set_focus(widget)
                return


class Page(Pane):
    """The pane of a page over the screen."""

    ground = "$surface"
    DEFAULT_CSS = """
    Page {
        background: $surface;
    }
    """


if TYPE_CHECKING:
    _Page = ModalScreen[None]
else:
    _Page = object


class ClosesOnce(_Page):
    """A page over the screen that is closed once: a mixin, to stand before the page's class."""

    def dismiss(self, result: None = None) -> AwaitComplete:
        """Close the page, unless it is closed: of two keys in a burst the second asks again."""
        # Textual 8.x: dismiss() takes whatever lies on top, and raises where that is the last.
        return super().dismiss(result) if self.is_current else AwaitComplete()
