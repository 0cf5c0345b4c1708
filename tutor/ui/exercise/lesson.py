"""The lesson, whose programs can be tried on a scratch pad."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.reactive import reactive

from tutor.ui.exercise.exercise_view import ExerciseView
from tutor.ui.exercise.pads import send_to_scratch
from tutor.ui.kit.markdown import Program, page
from tutor.ui.kit.marks import MARKS
from tutor.ui.kit.text_view import TextView

TRY = "Enter tries it"
NONE_IN_SIGHT = "No program is in sight here."


class LessonText(TextView):
    """The lesson of the exercise's unit; Enter takes the program in sight to a scratch pad."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "try_program", "Try it", show=True)]

    exercise_view: reactive[ExerciseView | None] = reactive(None, init=False)
    programs: Sequence[Program] = ()
    chosen: reactive[Program | None] = reactive(None)
    """The program that Enter tries."""

    def watch_exercise_view(self, old: ExerciseView | None, new: ExerciseView | None) -> None:
        if not (old and new and old.unit is new.unit):
            self.reflow()
            self.scroll_home(animate=False)

    def lines(self, width: int) -> list[Content]:
        if self.exercise_view is None:
            return []
        shown, self.programs = page(self.exercise_view.unit.lesson, width)
        return shown

    def resize_text(self) -> None:
        super().resize_text()
        self.choose()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        self.choose()

    def on_focus(self) -> None:
        self.choose()

    def on_blur(self) -> None:
        self.chosen = None

    def choose(self) -> None:
        """The first program that is wholly in sight, or else the first of which a part is."""
        first = self.scroll_offset.y
        sight = range(first, first + self.size.height)
        whole = [each for each in self.programs if _overlap(each.lines, sight) == len(each.lines)]
        part = [each for each in self.programs if _overlap(each.lines, sight)]
        self.chosen = next(iter((*whole, *part)), None) if self.has_focus else None

    def line_at(self, index: int) -> Content:
        line = super().line_at(index)
        if self.chosen is None or index not in self.chosen.lines:
            return line
        line = Content.styled(f"{MARKS.edge} ", "bold $accent") + line[2:]
        room = self.scrollable_content_region.width - line.cell_length - len(TRY)
        if index == self.chosen.lines.start and room > 1:
            line = line + " " * room + Content.styled(TRY, "$muted")
        return line

    def action_try_program(self) -> None:
        view, chosen = self.exercise_view, self.chosen
        if view is None or chosen is None:
            self.notify(NONE_IN_SIGHT, markup=False)
            return
        number = self.programs.index(chosen)
        code = with_what_it_uses([each.code for each in self.programs], number)
        self.post_message(send_to_scratch(f"{view.unit.title}, program {number + 1}", code))


def _overlap(one: range, other: range) -> int:
    """How many lines two stretches share."""
    return max(0, min(one.stop, other.stop) - max(one.start, other.start))


def with_what_it_uses(programs: Sequence[str], number: int) -> str:
    """A program of a page, after those before it that bind names which it takes as given."""
    bound, wanted = _names(programs[number])
    taken = [programs[number]]
    for program in reversed(programs[:number]):
        bound, reads = _names(program)
        if bound & wanted:
            taken.insert(0, program)
            wanted = wanted - bound | reads
    return "\n\n".join(each.strip("\n") for each in taken) + "\n"


def _names(program: str) -> tuple[set[str], set[str]]:
    """The names that a program binds in its module, and those that it takes as given."""
    from symtable import symtable  # a lesson is read before it is tried

    try:
        tables = [module := symtable(program, "program", "exec")]
    except SyntaxError:  # which it may be about
        return set(), set()
    bound = {
        each.get_name()
        for each in module.get_symbols()
        if each.is_assigned() or each.is_imported() or each.is_namespace()
    }
    for table in tables:  # it grows
        tables += table.get_children()
    read = {
        each.get_name()
        for table in tables
        for each in table.get_symbols()
        if each.is_referenced() and (table is module or each.is_global())
    }
    return bound, read - bound
