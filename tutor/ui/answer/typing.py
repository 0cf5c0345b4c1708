"""Where one types: in the answer, or in the line for a program that waits for one."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from textual.screen import Screen
from textual.widget import Widget

from tutor.ui.answer.code import CodePane
from tutor.ui.answer.kinds import AnswerWidget
from tutor.ui.answer.prompt_line import PromptState
from tutor.ui.answer.rows.answer_rows import AnswerRows
from tutor.ui.answer.run_panel import RunPanel
from tutor.ui.keys.row import Moment
from tutor.ui.kit.pane import Pane
from tutor.ui.tabs import Tab


class Typing:
    """Finds the place for what was typed elsewhere; where there is none, says so."""

    def __init__(
        self,
        screen: Screen[None],
        code: CodePane,
        panel: RunPanel,
        *,
        bring: Callable[[Pane], None],
        tell: Callable[[str], None],
    ) -> None:
        self.screen = screen
        self.code = code
        self.panel = panel
        self.bring = bring
        """Brings a pane in sight."""
        self.tell = tell
        """Says something that belongs to no pane."""
        self.said = ""
        """What was said last."""
        self.said_until = 0.0
        """Until when that is on the screen: ten letters in a row are told once."""

    @property
    def answer_widget(self) -> AnswerWidget:
        """Where the learner answers."""
        return self.panel.answer_widget or self.code

    @property
    def answer_pane(self) -> Pane:
        """The pane of that."""
        return self.panel if self.panel.answer_widget else self.code

    @property
    def in_answer(self) -> bool:
        """Whether the answer has the focus."""
        focused = self.screen.focused
        return focused is not None and self.answer_widget in focused.ancestors_with_self

    @property
    def waiting_line(self) -> Widget | None:
        """The line of a program that waits for one, or for which the learner types ahead."""
        prompt = self.panel.prompt
        ahead = prompt.state is PromptState.RUNNING and prompt.left_off
        return prompt.line if ahead or prompt.state is PromptState.INPUT else None

    def place(self, asking: Widget) -> Widget | None:
        """What takes the keys that were typed in `asking`, which cannot; it has the focus then."""
        if line := self.waiting_line:
            self.bring(self.panel)
            self.panel.tab = Tab.OUTPUT
            self.screen.set_focus(line)
            return line
        said = next((each.letters for each in asking.ancestors if isinstance(each, Pane)), "")
        if not said and (editor := self.answer_widget.typed_in):
            self.show_answer()
            self.screen.set_focus(editor)
            return editor
        self.say(said or self.answer_widget.instead)
        return None

    def show_answer(self) -> None:
        """Have the answer in sight, with the focus."""
        self.bring(self.answer_pane)
        self.focus_answer()

    def go_back(self) -> bool:
        """Have the answer in sight, with the focus; whether that was elsewhere."""
        was_elsewhere = not self.in_answer
        if was_elsewhere:
            self.show_answer()
        return was_elsewhere

    def moment(self, *, closes: str) -> Moment:
        """What the learner is at; `closes` is what Escape does with what is open."""
        prompt, verdict, view = self.panel.prompt, self.panel.verdict, self.panel.exercise_view
        asks = prompt.is_open and self.screen.focused is not prompt.line
        return Moment(
            running=prompt.state in (PromptState.RUNNING, PromptState.INPUT),
            waits=asks and prompt.state is PromptState.INPUT,
            can_ask=asks and prompt.state is PromptState.READY,
            passed=verdict is not None and verdict.passed,
            following=view.following if view else "",
            elsewhere=not self.in_answer,
            closes=closes,
            zoomed=self.screen.maximized is not None,
        )

    def focus_answer(self) -> None:
        """Put the focus on the answer."""
        self.answer_pane.tab = self.panel.answer_tab if self.panel.answer_widget else Tab.CODE
        self.answer_pane.take_focus()

    def ask_for_blank(self, sentence: str) -> None:
        """Say what an answer lacks, and go to the first place where something is to be answered."""
        self.tell(sentence)
        if isinstance(rows := self.answer_widget, AnswerRows):
            self.show_answer()
            rows.go_to_blank()

    def say(self, sentence: str) -> None:
        """Say why what was typed goes nowhere, unless that is being said."""
        now = monotonic()
        if sentence != self.said or now > self.said_until:
            self.said, self.said_until = sentence, now + self.screen.app.NOTIFICATION_TIMEOUT
            self.tell(sentence)
