"""An app that is nothing but the editor, in colours of the tutor."""

from __future__ import annotations

from textual.app import App, ComposeResult

from tutor.ui.editor.code_editor import CodeEditor
from tutor.ui.kit.themes import OWN, SIXTEEN_ON_DARK


class EditorApp(App[None]):
    """Nothing but an editor."""

    def __init__(self) -> None:
        super().__init__()
        for theme in OWN:
            self.register_theme(theme)
        self.theme = "dark"

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return SIXTEEN_ON_DARK

    def compose(self) -> ComposeResult:
        yield CodeEditor()
