"""The settings: a page over the screen; each change is written and, where it can be, holds at once."""

from __future__ import annotations

from typing import ClassVar, Protocol

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from tutor.state.settings import Settings
from tutor.text import columns, visible
from tutor.ui.kit.line_input import PromptInput
from tutor.ui.kit.markdown import prose
from tutor.ui.kit.pane import LEAVE, ClosesOnce, Page
from tutor.ui.settings.rows import Path, Row, Value, shown, typed, value_of
from tutor.ui.settings.settings_list import SettingsList
from tutor.ui.tabs import Tab

NOTE = f"written to {{}}; your comments stay   {LEAVE}"
ROOM = 8
"""Columns of a header beside its name and its note."""
CHOICE = "Left and Right change it."
TYPED = "Enter edits it."
EDITED = "Enter takes it, Escape leaves it as it was."


class SettingsKeeper(Protocol):
    """What the page asks of the application."""

    settings: Settings
    """The settings in force."""

    @property
    def config_name(self) -> str:
        """What the configuration file is called."""

    def change_setting(self, path: Path, value: Value) -> str:
        """Have a setting from now on; why it cannot be kept, or nothing."""


class SettingsScreen(ClosesOnce, ModalScreen[None]):
    """The list of settings, and at its foot what the chosen one does and what came of a change."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Close", show=False),
        Binding("alt+s", "leave", "Close", show=False, id="settings"),
        Binding("q", "dismiss", "Close", show=False),
    ]

    DEFAULT_CSS = """
    SettingsScreen {
        background: $surface;
        color: $foreground;
        & #about { height: auto; min-height: 3; max-height: 8; padding: 0 1; background: $panel; color: $foreground; }
        & #edit { height: 1; padding: 0 1; display: none; }
        & #edit > Static { width: auto; color: $accent; text-style: bold; }
        & #edit > PromptInput { width: 1fr; background: $surface; }
    }
    """

    def __init__(self, keeper: SettingsKeeper, first: Path = ("theme",)) -> None:
        super().__init__()
        self.keeper = keeper
        self.list = SettingsList(lambda: keeper.settings, first)
        self.about = Static(markup=False, id="about")
        self.label = Static(markup=False)
        self.line = PromptInput()

    def compose(self) -> ComposeResult:
        note = NOTE.format(visible(self.keeper.config_name, keep_newlines=False))
        fits = columns(note) + len(Tab.SETTINGS) + ROOM <= self.app.size.width
        yield Page({Tab.SETTINGS: self.list}, note=note if fits else LEAVE)
        with Horizontal(id="edit"):
            yield self.label
            yield self.line
        yield self.about

    def on_mount(self) -> None:
        self.list.focus()
        self.explain(self.list.row)

    def say(self, sentence: str, style: str = "") -> None:
        """Put a sentence at the foot."""
        self.about.update(prose(visible(sentence)).stylize_before(style))

    @on(SettingsList.Chosen)
    def explain_chosen(self, message: SettingsList.Chosen) -> None:
        """Say what another setting does."""
        self.explain(message.row)

    def explain(self, row: Row) -> None:
        """Say what a setting does, and how it is changed."""
        how = CHOICE if row.choices else TYPED
        self.say(f"{row.about} A change holds {row.holds}. {how}", "$muted")

    @on(SettingsList.Changed)
    def change(self, message: SettingsList.Changed) -> None:
        """Have a setting as it was chosen."""
        self.take(message.row, message.value)

    def take(self, row: Row, value: Value) -> None:
        """Have a setting so, and say from when on, or why it cannot be kept."""
        failure = self.keeper.change_setting(row.path, value)
        self.list.reflow()
        if failure:
            self.say(f"{failure} Until you leave, it holds {row.holds}.", "$warning")
        else:
            self.say(f"Written to {self.keeper.config_name}: {row.name}. It holds {row.holds}.")

    @on(SettingsList.EditWanted)
    def edit(self, message: SettingsList.EditWanted) -> None:
        """Have a value typed."""
        row = message.row
        self.label.update(Content(f"{row.name}: "))
        self.line.value = shown(value_of(self.keeper.settings, row.path))
        self.line.cursor_position = len(self.line.value)
        self.query_one("#edit").display = True
        self.line.focus()
        self.say(EDITED, "$muted")

    @on(PromptInput.Entered)
    def enter(self, message: PromptInput.Entered) -> None:
        """Take what was typed, or say in a sentence why it cannot be."""
        text = message.text or ""
        try:
            value = typed(self.keeper.settings, self.list.row, text)
        except ValueError as error:
            self.say(str(error), "$error")
            self.line.value = text
            self.line.cursor_position = len(text)
            return
        self.end_edit()
        self.take(self.list.row, value)

    def end_edit(self) -> None:
        """Hide the line that is typed in."""
        self.query_one("#edit").display = False
        self.list.focus()

    def action_leave(self) -> None:
        if self.line.has_focus:
            self.end_edit()
            self.explain(self.list.row)
        else:
            self.dismiss()
