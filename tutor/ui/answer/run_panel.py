"""The run panel: the answer where it is no program, the output, the checks, the prompt."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.content import Content
from textual.reactive import reactive

from tutor.course.model import CheckSpec, Exercise
from tutor.grading.verdict import Verdict
from tutor.protocol.reports import CheckResult, Finished, Output, Status, Stream
from tutor.ui.answer.kinds import PLACES, PanelWidget
from tutor.ui.answer.output_log import OutputLog
from tutor.ui.answer.prompt_line import Prompt, PromptState
from tutor.ui.answer.verdict_text import check_lines, open_check_lines, to_be_printed, verdict_lines
from tutor.ui.cells.names import NamesView
from tutor.ui.exercise.task import ReadingPane
from tutor.ui.kit.sentences import spoken
from tutor.ui.kit.text_view import TextView, hang
from tutor.ui.tabs import Tab

OUTPUT_TO_COME = "What the program prints is shown here, and what came of it."
NUDGE = "F12 shows a hint."
ONWARD = "F8 goes on to the next exercise; F3 shows why it works."
ALL_DONE = "That was the last exercise; F3 shows why it works."

READING = (Tab.TASK, Tab.LESSON)


class ChecksView(TextView):
    """Every check with its mark: before a run what it asks for, after it what does not hold."""

    specs: reactive[tuple[CheckSpec, ...]] = reactive(())
    """The checks that there are."""
    checks: reactive[tuple[CheckResult, ...]] = reactive(())
    """Their results, once there are some."""

    def watch_specs(self) -> None:
        self.reflow()
        self.scroll_home(animate=False)

    def watch_checks(self) -> None:
        self.reflow()

    def lines(self, width: int) -> list[Content]:
        if self.checks:
            return [line for check in self.checks for line in check_lines(check, width)]
        return [line for check in self.specs for line in open_check_lines(check, width)]


class RunPanel(ReadingPane):
    """The pane under the editor. Where the screen is narrow, it also holds the task and the lesson."""

    DEFAULT_CSS = """
    RunPanel.-reading > Prompt {
        display: none;
    }
    RunPanel.-asking TaskText {
        border-left: solid $pane-rule;
    }
    """

    wide: reactive[bool] = reactive(False, init=False)
    """Whether task and lesson have a pane of their own."""
    compares: reactive[bool] = reactive(False)
    """Whether an answer is in sight beside what Python says: that takes the width of the screen."""

    def __init__(self) -> None:
        self.panel_widgets = {
            kind: place.widget() for kind, place in PLACES.items() if place.widget
        }
        self.answer_widget: PanelWidget | None = None
        """Where the answer is given; None where it is the program in the editor."""
        self.own_tabs: tuple[Tab, ...] = (Tab.OUTPUT, Tab.CHECKS)
        self.output = OutputLog(self.output_to_come)
        self.checks = ChecksView()
        self.names = NamesView()
        self.prompt = Prompt()
        self.verdict: Verdict | None = None
        self.judging = False
        """Whether a verdict comes, which says how the run ended."""
        self.expected = ""
        """What a right program prints, until one runs; of a prediction nothing is told."""
        super().__init__(
            {
                **{PLACES[kind].tabs[0]: each for kind, each in self.panel_widgets.items()},
                Tab.OUTPUT: self.output,
                Tab.CHECKS: self.checks,
                Tab.NAMES: self.names,
            }
        )
        # As the first exercise has it, for most: to change a class later restyles all that is here.
        self.set_reactive(RunPanel.tab, Tab.TASK)
        self.add_class("-reading", update=False)

    def compose(self) -> ComposeResult:
        yield from super().compose()
        yield self.prompt

    @property
    def round_trip(self) -> tuple[Tab, ...]:
        return (*super().round_trip, self.answer_tab)

    def title_of(self, tab: Tab) -> str:
        if tab is Tab.NAMES:
            return tab.capitalize()
        results = self.checks.checks
        if tab is not Tab.CHECKS or not results:
            return tab
        return f"{tab} {sum(result.passed for result in results)}/{len(results)}"

    def open(self, exercise: Exercise, answer: str) -> None:
        """Make ready for an exercise and the answer that was begun."""
        self.answer_widget = self.panel_widgets.get(exercise.kind)
        self.own_tabs = PLACES[exercise.kind].tabs
        self.expected = "" if self.answer_widget else exercise.expected
        self.checks.specs = exercise.check_specs
        if self.answer_widget:
            self.answer_widget.open(exercise, answer)
        self.forget()
        self.arrange_tabs()
        reads_first = self.answer_widget is None and not self.wide
        self.tab = Tab.TASK if reads_first else self.answer_tab

    def show_newest(self) -> None:
        if self.asking:  # the task is in sight, and the answer shall stay so
            self.task_text.show_newest()
        else:
            super().show_newest()

    def watch_wide(self) -> None:
        self.arrange_tabs()

    def watch_tab(self) -> None:
        super().watch_tab()
        self.set_class(self.tab in READING, "-reading")

    def shows(self, tab: Tab) -> bool:
        return super().shows(tab) or (tab is Tab.TASK and self.asking)

    def show_bodies(self) -> None:
        self.set_class(self.asking, "-asking")
        judged = self.verdict is not None and self.answer_widget is not None
        self.compares = judged and self.tab is self.answer_tab
        super().show_bodies()

    @property
    def answer_tab(self) -> Tab:
        """Where the answer is given or, for a program, where its output is."""
        return self.own_tabs[0]

    def arrange_tabs(self) -> None:
        """The tabs that this exercise needs at this width."""
        idle = self.prompt.state is PromptState.IDLE
        # After a run the names are a tab of the cells, which then are in sight.
        names = (Tab.NAMES,) if idle and not self.answer_widget else ()
        self.tabs = self.own_tabs if self.wide else READING + names + self.own_tabs
        self.show_bodies()

    @property
    def asking(self) -> bool:
        """Whether the task stands beside an answer that was not run, having no other place."""
        idle = self.prompt.state is PromptState.IDLE
        answering = self.answer_widget is not None and self.tab is self.answer_tab
        return idle and not self.wide and answering

    def forget(self) -> None:
        """Empty the panel: nothing has run."""
        self.output.clear()
        self.judge(None)
        self.prompt.state = PromptState.IDLE

    def start(self) -> None:
        """A run begins."""
        self.expected = ""
        self.forget()
        self.judging = True
        self.prompt.state = PromptState.RUNNING
        self.tab = self.answer_tab
        self.arrange_tabs()

    def echo(self, text: str) -> None:
        """Repeat what is asked of the program."""
        self.tab = Tab.OUTPUT
        self.prompt.state = PromptState.RUNNING
        self.output.follow()
        self.output.write(Stream.STDOUT, f"{text}\n")

    def answer_input(self, line: str | None) -> None:
        """Show what the program is given to read, as a terminal would."""
        self.prompt.state = PromptState.RUNNING
        self.output.write(Stream.STDOUT, "" if line is None else f"{line}\n")

    def print(self, output: Output) -> None:
        """Show what the program has printed."""
        self.output.write(output.stream, output.text)

    def want_input(self) -> None:
        """The program waits for a line."""
        self.tab = Tab.OUTPUT
        self.prompt.state = PromptState.INPUT

    def finish(self, finished: Finished) -> None:
        """A run or an evaluation has ended."""
        self.prompt.state = PromptState.READY if finished.prompt else PromptState.GONE
        if finished.failure and finished.failure.text:
            self.output.write(Stream.STDERR, finished.failure.text.rstrip("\n") + "\n")
        elif finished.status is not Status.FINISHED and not self.judging:
            self.output.say(lambda width: hang(spoken(finished.sentence), width))

    def complain(self, sentence: str) -> None:
        """Say why nothing runs."""
        self.prompt.state = PromptState.GONE
        self.tab = Tab.OUTPUT
        self.output.say(lambda width: hang(spoken(sentence), width))

    def judge(self, verdict: Verdict | None) -> None:
        """Show what an attempt came to, where its answer was given."""
        self.verdict = verdict
        self.judging = False
        self.checks.checks = verdict.checks if verdict else ()
        advice = self.advice
        if self.answer_widget:
            self.answer_widget.judge(verdict, advice)
            self.show_bodies()
        elif verdict:
            self.output.say(
                lambda width: verdict_lines(verdict, width) + hang(advice, width), to_top=True
            )
        self.refresh_header()

    def output_to_come(self, width: int) -> list[Content]:
        """What stands in place of the output while there is none."""
        if self.expected:
            return to_be_printed(self.expected, width)
        return hang(Content.styled(OUTPUT_TO_COME, "$muted"), width)

    @property
    def advice(self) -> Content:
        """What to do next."""
        if self.exercise_view is None or self.verdict is None:
            return Content()
        if self.verdict.passed:
            said = ALL_DONE if self.exercise_view.is_last else ONWARD
        else:
            said = NUDGE if self.exercise_view.hints == 0 else ""
        return Content.styled(said, "$muted")
