"""Which belief the lines of a wrong prediction fit, and what is said to it."""

from __future__ import annotations

from tutor.beliefs.belief import Belief
from tutor.course.model import Refutation
from tutor.grading.literals import same_line
from tutor.grading.verdict import Believed, LineOutcome
from tutor.text import one_line

FITS = {
    Belief.BY_VALUE: "values that are copied when a function is made",
    Belief.ALL_CAPTURED: "a function that captures every variable around it, used or not",
    Belief.ONE_CELL_A_DEF: "variables that are made once, and shared by all calls",
    Belief.A_CELL_EACH: "a cell of its own for each function",
    Belief.SEARCHED_WHEN_IT_RUNS: "names that are looked for when a line runs",
    Belief.NONLOCAL_NOT_NEEDED: "an assignment that writes the variable of the function around",
    Belief.GLOBAL_NOT_NEEDED: "an assignment that writes the nearest variable of that name",
    Belief.GLOBAL_FOR_NONLOCAL: "a `global` that reaches the variable of the function around",
    Belief.DEFAULT_EACH_CALL: "a default that is evaluated anew at each call",
    Belief.ITERABLE_LATE: "a generator expression of which every part is evaluated late",
    Belief.GENERATOR_COPIES: "a generator that copies values when it is called",
    Belief.UNBOUND_IS_NONE: "a variable that holds None until it gets a value",
    Belief.GLOBAL_WINS: "a name that is always read from the module, if the module has it",
    Belief.NESTED_IS_A_CLOSURE: "every nested function being a closure",
    Belief.CALLERS_SCOPE: "names that are looked for in the function that calls",
    Belief.CLASS_ENCLOSES: "methods that see the names of the class as variables",
    Belief.GONE_WITH_THE_CALL: "variables that end with the call",
    Belief.ONE_VARIABLE_A_NAME: "one variable for each name in the whole program",
    Belief.DECORATORS_TOP_DOWN: "decorators that are applied from the top down",
}
"""How each belief is told to a learner, after `That fits `: nobody is told what they think."""
QUOTED_COLUMNS = 60


def fitting(lines: tuple[LineOutcome, ...], believed: tuple[Believed, ...]) -> Believed | None:
    """The one belief that says what was predicted, up to and including the first wrong line.

    Of several, the one that says all of it. None where none is left, or more than one.
    """
    until = _until_wrong(lines)
    if not until:
        return None
    given = [each.given or "" for each in lines if each.given is not None]
    fit = [each for each in believed if _says(each, given[: len(until)], until[-1])]
    if len(fit) > 1:
        fit = [each for each in fit if _says(each, given, until[-1])]
    return fit[0] if len(fit) == 1 else None


def refutation(refutations: tuple[Refutation, ...], belief: Belief, line: LineOutcome) -> str:
    """What is said to a belief, at the first wrong line: it fits, but Python printed otherwise."""
    because = next(each.because for each in refutations if each.belief is belief)
    given, printed = (_quoted(text) for text in (line.given, line.expected))
    return f"You wrote {given}. That fits {FITS[belief]}. Python printed {printed}: {because}"


def first_wrong(lines: tuple[LineOutcome, ...]) -> LineOutcome | None:
    """The first line that was predicted, and wrong."""
    return next((each for each in lines if not each.same and each.given is not None), None)


def _until_wrong(lines: tuple[LineOutcome, ...]) -> list[LineOutcome]:
    """The lines up to the first wrong one; none if one before it was left out, or there is none."""
    wrong = first_wrong(lines)
    if wrong is None or wrong.expected is None:
        return []
    until = list(lines[: lines.index(wrong) + 1])
    return until if all(each.given is not None for each in until) else []


def _says(believed: Believed, given: list[str], wrong: LineOutcome) -> bool:
    """Whether a belief says these lines, and at the wrong one not what Python printed."""
    said = believed.lines[: len(given)]
    if len(said) < len(given) and not (believed.open_end and len(said) >= wrong.number):
        return False
    at_wrong = said[wrong.number - 1]
    parts = wrong.expected is not None and not same_line(at_wrong, wrong.expected)
    return parts and all(map(same_line, given, said))


def _quoted(line: str | None) -> str:
    if not line:
        return "nothing"
    return f"`{one_line(line, QUOTED_COLUMNS)}`"
