"""The welcome of the first start: ten lines over the lower pane, gone with the first key."""

from __future__ import annotations

from collections.abc import Mapping

from textual.content import Content

from tutor.ui.keys.actions import key_name
from tutor.ui.kit.markdown import prose
from tutor.ui.kit.pane import Page
from tutor.ui.kit.text_view import TextView, hang
from tutor.ui.tabs import Tab

NOTE = "F1 brings this back"
LINES = (
    "**Closures are functions that remember.**",
    "This tutor shows you what they remember, and where.",
    "",
    "{run} runs your answer; then look at the Cells",
    "{hint} gives a hint       {task} the task, then the lesson",
    "{next_exercise} the next exercise  {next_pane} or Escape: the next pane",
    "{zoom} this pane alone    {exercises} all exercises",
    "{help} every key          {quit} quits; everything is saved",
    "",
    "Write, or predict: the first key goes to your answer.",
)
"""The names in braces are actions: each gives way to its first key."""
KEY_COLUMNS = 4


class Welcome(Page):
    """Lies over what is at the bottom. It takes no focus: what is typed goes where it would go."""

    ALLOW_MAXIMIZE = False

    DEFAULT_CSS = f"""
    Welcome {{
        layer: drawer;
        dock: bottom;
        width: 1fr;
        height: {len(LINES) + 1};
    }}
    """

    def __init__(self, keys: Mapping[str, str]) -> None:
        super().__init__({Tab.WELCOME: WelcomeText(keys)}, note=NOTE)


class WelcomeText(TextView, can_focus=False):
    """What it says."""

    def __init__(self, keys: Mapping[str, str]) -> None:
        super().__init__()
        names = {action: key_name(said.split(",")[0]) for action, said in keys.items()}
        self.keys = {action: name.ljust(KEY_COLUMNS) for action, name in names.items()}

    def lines(self, width: int) -> list[Content]:
        return [line for said in LINES for line in hang(self.line(said), width, " ", " ")]

    def line(self, said: str) -> Content:
        """A line with the keys in it."""
        before, _, after = said.partition("{")
        shown = prose(before)
        while after:
            action, _, after = after.partition("}")
            shown += Content.styled(self.keys[action], "bold $accent")
            before, _, after = after.partition("{")
            shown += Content(before)
        return shown
