"""The cells as the answers have them: those of the report, with cells merged, split, added, refilled.

What was not asked stays as it is, as far as the answers let it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from tutor.course.questions import CellName, CellQuestion, Contents, HowMany, SameCell
from tutor.grading.asked_cells import function_in, labels_of
from tutor.grading.given_answers import number_in, quoted, reading, says_empty, value_in, yes_in
from tutor.protocol.views import Cells, CellView, FreeName, FunctionView

MOST_CELLS = 12
"""Of a function: more are not drawn."""
UNKNOWN = "?"
"""The name of a cell that there is no name for, and the value that nothing was said of."""


class NoPicture(Exception):
    """The answers make no picture; str() is one sentence."""


class Slot(NamedTuple):
    """A captured variable of one function."""

    function: str
    """Its id."""
    name: str


Answered = Sequence[tuple[CellQuestion, str]]


def around(cells: Cells, questions: Iterable[CellQuestion]) -> Cells:
    """What a picture shows: the functions that are asked about, and those that share their cells."""
    called = [each.function for question in questions for each in question.parts]
    called += [each.function for each in questions if isinstance(each, HowMany)]
    asked = [function_in(cells, each) for each in dict.fromkeys(called)]
    held = {free.cell for function in asked for free in function.free}
    ids = {each.id for each in asked}
    shown = tuple(
        each
        for each in cells.functions
        if each.id in ids or any(free.cell in held for free in each.free)
    )
    labels = {free.cell for each in shown for free in each.free}
    return Cells(shown, tuple(each for each in cells.cells if each.label in labels))


def believed(cells: Cells, answered: Answered) -> Cells:
    """The cells that these answers, each of which can be read, say there are; raises NoPicture."""
    free = {each.id: [name for name, _ in each.free] for each in cells.functions}
    for question, given in answered:
        if isinstance(question, HowMany):
            function = function_in(cells, question.function)
            free[function.id] = _names(cells, function, number_in(given) or 0, answered)
    slots = [Slot(id, name) for id, names in free.items() for name in names]
    drawn = _drawn(cells, free, _groups(cells, slots, answered), answered)
    for question, given in answered:
        if isinstance(question, HowMany):
            function = function_in(drawn, question.function)
            count, made = number_in(given), len(labels_of(function))
            if count != made:
                way = function.reached_by
                raise NoPicture(
                    f"You wrote {count} for the cells of {way}; the others make it {made}."
                )
    return drawn


def _names(cells: Cells, function: FunctionView, count: int, answered: Answered) -> list[str]:
    """The free variables of a function that has so many cells."""
    held = [name for name, _ in function.free]
    if count == len(labels_of(function)):
        return held
    if count > MOST_CELLS:
        raise NoPicture(f"{count:,} cells of {function.reached_by} are too many to draw.")
    if count > len(held):
        # Two of one name would be one variable.
        return [*held, *(UNKNOWN * (number + 1) for number in range(count - len(held)))]
    said = [
        part.name
        for question, given in answered
        if isinstance(question, Contents) or yes_in(given)
        for part in question.parts
        if function_in(cells, part.function).id == function.id
    ]
    kept = [*dict.fromkeys(said)]
    if len(kept) > count:
        has = f"{count} cell{'s' * (count != 1)}" if count else "no cell"
        raise NoPicture(
            f"By your answers {function.reached_by} has {has}, and yet one for {', '.join(kept)}."
        )
    if len(kept) < count:
        raise NoPicture(
            f"By your answers {function.reached_by} has {count} cells; for which names is not asked."
        )
    return kept


def _groups(cells: Cells, slots: list[Slot], answered: Answered) -> dict[Slot, list[Slot]]:
    """The captured variables that are one cell, by each of them; raises NoPicture."""
    group = {slot: [slot] for slot in slots}
    apart: list[tuple[Slot, Slot]] = []
    for question, given in answered:
        if isinstance(question, SameCell):
            one, other = (_slot(cells, each) for each in question.cells)
            if one not in group or other not in group:
                continue  # a cell that there is not is no other's: more than one was refused before
            if yes_in(given):
                _merge(group, one, other)
            else:
                apart.append((one, other))
    for one, other in apart:
        if other in group[one]:
            called = " and ".join(f"{each.name} of {_called(cells, each)}" for each in (one, other))
            raise NoPicture(
                f"You wrote that {called} are two cells; your other answers make it one."
            )
    for shared in _shared(cells, group):
        for number, slot in enumerate(shared):
            for before in shared[:number]:
                if not any(_split(group, slot, before, pair) for pair in apart):
                    _merge(group, before, slot)
                    break
    return group


def _split(
    group: dict[Slot, list[Slot]], slot: Slot, before: Slot, apart: tuple[Slot, Slot]
) -> bool:
    """Whether to make one cell of two groups would make one of what is to be apart."""
    both = [*group[slot], *group[before]]
    return all(each in both for each in apart)


def _merge(group: dict[Slot, list[Slot]], one: Slot, other: Slot) -> None:
    if other not in group[one]:
        both = [*group[one], *group[other]]
        group |= dict.fromkeys(both, both)


def _slot(cells: Cells, asked: CellName) -> Slot:
    return Slot(function_in(cells, asked.function).id, asked.name)


def _called(cells: Cells, slot: Slot) -> str:
    return next(each.reached_by for each in cells.functions if each.id == slot.function)


def _shared(cells: Cells, group: dict[Slot, list[Slot]]) -> Iterator[list[Slot]]:
    """The captured variables that are one cell in the report."""
    by_label: dict[str, list[Slot]] = {}
    for function in cells.functions:
        for name, label in function.free:
            if (slot := Slot(function.id, name)) in group:
                by_label.setdefault(label, []).append(slot)
    yield from by_label.values()


def _drawn(
    cells: Cells,
    free: dict[str, list[str]],
    groups: dict[Slot, list[Slot]],
    answered: Answered,
) -> Cells:
    """The report of these functions and groups; raises NoPicture where two values are in one cell."""
    real = {each.label: each for each in cells.cells}
    label_of = {Slot(each.id, name): label for each in cells.functions for name, label in each.free}
    labels = _fresh(set(real))
    typed = any(each.type for each in cells.cells)  # a recording tells none
    given: dict[str, str] = {}
    seen: dict[int, str] = {}
    views: dict[str, CellView] = {}
    for slot, group in groups.items():
        if id(group) in seen:
            continue
        old = [real[label_of[each]] for each in group if each in label_of]
        # The first cell of a letter keeps it, so that the same cell has it in both pictures.
        label = next((each.label for each in old if each.label not in views), "") or next(labels)
        seen[id(group)] = label
        view = CellView(label, slot.name, None, False, None, UNKNOWN, ())
        if old:
            alike = len({(each.empty, each.type, each.value) for each in old}) == 1
            kept = old[0] if alike else view
            view = kept._replace(label=label, name=old[0].name, owner=old[0].owner)
        holders = dict.fromkeys(each.function for each in group)
        views[label] = view._replace(shared_by=tuple(holders))
    for question, text in answered:
        if isinstance(question, Contents):
            label = seen[id(groups[_slot(cells, question.parts[0])])]
            other = given.setdefault(label, text)
            if reading(question, other) != reading(question, text):
                raise NoPicture(
                    f"By your answers one cell holds {quoted(other)} and {quoted(text)} at once."
                )
            views[label] = _filled(views[label], text, typed=typed)
    functions = tuple(
        each._replace(
            free=tuple(
                FreeName(name, seen[id(groups[Slot(each.id, name)])]) for name in free[each.id]
            ),
            why_no_cells=None,
        )
        for each in cells.functions
    )
    return Cells(functions, tuple(views.values()))


def _filled(view: CellView, text: str, *, typed: bool) -> CellView:
    """The cell with what an answer puts into it, and its type where types are told."""
    if says_empty(text):
        return view._replace(empty=True, type=None, value=None, holds=None)
    value = value_in(text)
    if value is None:
        return view._replace(empty=False, type=None, value=text, holds=None)
    kind = value.kind.__name__ if typed else None
    return view._replace(empty=False, type=kind, value=value.text, holds=None)


def _fresh(taken: set[str]) -> Iterator[str]:
    """Letters that no cell has."""
    letters = [chr(number) for number in range(ord("A"), ord("Z") + 1)]
    yield from (each for each in letters if each not in taken)
    yield from (f"{one}{other}" for one in letters for other in letters if one + other not in taken)
