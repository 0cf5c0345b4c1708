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
from tutor.ui.tabs import Tab

WIDE = 120
"""Columns from which on the tree, the task and the cells have places of their own."""
ROOMY = 160
"""Columns from which on the editor has the full height, and all else a column beside it."""
LEAVE = "Escape closes"
"""The note of a page over the screen."""


def chosen_style(app: App[Any]) -> str:
    """How the chosen one of several looks where the focus is."""
    coloured = "$block-cursor-foreground on $block-cursor-background"
    return "reverse" if app.no_color else coloured


class Header(Widget):
    """The names of a pane's tabs, set into a rule that is heavy where the focus is."""

    DEFAULT_CSS = """
    Header {
        height: 1;
        color: $pane-rule;
    }
    """

    titles: reactive[tuple[str, ...]] = reactive(())
    shown: reactive[int] = reactive(0)

    def __init__(self, caption: str, note: str) -> None:
        super().__init__()
        self.caption = caption
        self.note = Content.styled(f" {note} ", "$muted") if note else Content()

    def render(self) -> Content:
        pane = self.parent
        focused = isinstance(pane, Pane) and pane.has_focus_within
        line = MARKS.heavy_line if focused else MARKS.line
        width = self.size.width
        for names in self.names(focused):
            free = width - names.cell_length - self.note.cell_length - 2
            if free > 0:
                # Textual 8.x: does not always look at :focus-within again when the focus has moved.
                rule = Content.styled(line * free, "$accent" if focused else "")
                return Content.assemble(" ", names, " ", rule, self.note)
        names = names.truncate(max(0, width - 1), ellipsis=True)
        return names + Content(line * (width - names.cell_length))

    def names(self, focused: bool) -> Iterator[Content]:
        """The titles of the tabs, after the caption if there is one; wide, then ever narrower."""
        style = "$foreground"
        if len(self.titles) > 1:
            # A narrow pane has no room for a rule that could show where the focus is.
            style = f"bold {chosen_style(self.app) if focused else style}"
        titles = [
            Content.styled(title, style if number == self.shown else "$muted").stylize(
                Style.from_meta({"tab": number})
            )
            for number, title in enumerate(self.titles)
        ]
        if self.caption:
            caption = Content.styled(self.caption, "$foreground")
            close = Content.styled("·", "$muted").join(titles)
            yield caption + Content("   ") + Content.styled(" · ", "$muted").join(titles)
            yield caption + Content("  ") + close
            yield close
        else:
            yield Content(" │ ").join(titles)
            yield Content("│").join(titles)

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

    DEFAULT_CSS = """
    Pane {
        width: 1fr;
        height: 1fr;
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
