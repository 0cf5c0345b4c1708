"""The band over the row of keys: what the last run came to, what that taught, what comes next."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from tutor.grading.kinds import kind_of
from tutor.grading.verdict import Verdict, lacking
from tutor.protocol.reports import Status
from tutor.ui.answer.run_panel import RunPanel
from tutor.ui.answer.verdict_text import headline
from tutor.ui.exercise.exercise_view import ExerciseView
from tutor.ui.kit.marks import MARKS
from tutor.ui.kit.pane import filled
from tutor.ui.kit.sentences import spoken

RUNNING = "The program runs. F9 stops it."
WHY = "F3: why it works"
GAP = "  "
_KEY = re.compile(r"\bF\d+\b")


class VerdictBand(Widget):
    """A badge with mark and word, a sentence, and at the right end what comes.

    It has its place from the start of a run on, so that nothing moves when the verdict comes.
    """

    DEFAULT_CSS = """
    VerdictBand {
        height: 2;
        display: none;
        background: $panel;
    }
    VerdictBand.-shown { display: block; }
    VerdictBand.-passed { background: $passed; }
    VerdictBand.-failed { background: $failed; }
    """

    exercise_view: reactive[ExerciseView | None] = reactive(None)
    verdict: reactive[Verdict | None] = reactive(None)
    running: reactive[bool] = reactive(False)

    def __init__(self, panel: RunPanel) -> None:
        """`panel` is what knows of runs and verdicts."""
        super().__init__()
        self.panel = panel

    def on_mount(self) -> None:
        self.watch(self.panel, "verdict", self.follow)
        self.watch(self.panel, "judging", self.follow)

    def follow(self) -> None:
        """Show what the panel knows by now."""
        self.verdict, self.running = self.panel.verdict, self.panel.judging
        passed = self.verdict is not None and self.verdict.passed
        self.set_class(self.running or self.verdict is not None, "-shown")
        self.set_class(passed, "-passed")
        self.set_class(self.verdict is not None and not passed, "-failed")

    def render(self) -> Content:
        if self.verdict is None or self.exercise_view is None:
            return Content.styled(f" {RUNNING}" if self.running else "", "$muted")
        verdict, view = self.verdict, self.exercise_view
        mark, ground = (MARKS.right, "$success") if verdict.passed else (MARKS.wrong, "$error")
        badge = Content.styled(f" {mark} {word_of(verdict, view)} ", filled(self.app, ground))
        rows = laid_out(badge + " ", said_of(verdict, view), comes_of(verdict, view), *self.size)
        return Content("\n").join(rows)


def word_of(verdict: Verdict, view: ExerciseView) -> str:
    """What came of it; of an answer in rows, how many of them are right."""
    if verdict.passed:
        return "Passed"
    rows = verdict.labels or (() if kind_of(view.exercise).is_program else verdict.lines)
    return f"{sum(row.same for row in rows)} of {len(rows)}" if rows else "Not yet"


def said_of(verdict: Verdict, view: ExerciseView) -> Content:
    """What a pass has taught; else what is not right yet."""
    if verdict.passed:
        return spoken(view.exercise.learned or verdict.summary)
    wrong = sum(not line.same for line in verdict.lines)
    if verdict.status is not Status.FINISHED or lacking(verdict.checks) or not wrong:
        return spoken(verdict.summary)
    if not kind_of(view.exercise).is_program:
        return Content(_told_of_lines(verdict))
    held = sum(check.passed for check in verdict.checks)
    checks = f" {held} of {len(verdict.checks)} checks hold." if verdict.checks else ""
    return spoken(headline(verdict)) + checks


def _told_of_lines(verdict: Verdict) -> str:
    """How many predicted lines are wrong, and how many were not predicted."""
    missing = sum(line.given is None for line in verdict.lines)
    wrong = sum(not line.same for line in verdict.lines) - missing
    differ = "1 line differs" if wrong == 1 else f"{wrong} lines differ"
    more = "1 more line was printed" if missing == 1 else f"{missing} more lines were printed"
    said = [f"{differ} from what Python printed"] * bool(wrong) + [more] * bool(missing)
    return f"{'; '.join(said)}."


def comes_of(verdict: Verdict, view: ExerciseView) -> Iterator[Content]:
    """What to do next, after its key: from all that there is to say to the least."""
    hints = len(view.exercise.hints)
    if not verdict.passed:
        yield with_keys(f"F12: hint {view.hints + 1} of {hints}" if view.hints < hints else "")
        return
    sentences = view.what_comes.split(". ")
    for first in range(len(sentences)):
        onward = ". ".join(sentences[first:])
        yield with_keys(f"{onward}{GAP}{WHY}".strip())
        yield with_keys(onward)


def with_keys(text: str) -> Content:
    """The text with its keys in bold."""
    return Content(text).highlight_regex(_KEY, style="bold")


def laid_out(
    lead: Content, said: Content, comes: Iterable[Content], width: int, height: int
) -> list[Content]:
    """The sentence after the badge, in so many rows, and at the right end of the last what comes.

    Of what comes the first that there is room for: the sentence goes before it.
    """
    indent = lead.cell_length
    rows = said.wrap(max(8, width - indent - 1))
    if len(rows) > height:
        rest = Content(" ").join(rows[height - 1 :])
        rows = [*rows[: height - 1], rest.truncate(max(8, width - indent - 1), ellipsis=True)]
    rows += [Content()] * (height - len(rows))
    rows = [lead + rows[0], *(Content(" " * indent) + row for row in rows[1:])]
    for each in comes:
        free = width - rows[-1].cell_length - each.cell_length - 1
        if free >= len(GAP):
            rows[-1] = Content.assemble(rows[-1], " " * free, each)
            break
    return rows
