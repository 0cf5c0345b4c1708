"""`classify`: the learner labels each name of a function."""

from __future__ import annotations

from collections.abc import Iterator
from types import CodeType

from tutor.course.model import Exercise, Kind
from tutor.course.signs import is_label
from tutor.course.tables import ContentError
from tutor.grading.kind import ExerciseKind
from tutor.grading.verdict import LabelOutcome, Outcomes, Transcript
from tutor.protocol.views import Scope


def _compare(exercise: Exercise, answer: str, transcript: Transcript) -> Outcomes:
    """The labels of the answer, `x free` a line; none if the run did not report every name."""
    right = {
        (report.function, label.name): label
        for report in transcript.labels
        for label in report.names
    }
    asked = exercise.classify.asked if exercise.classify else ()
    if not right.keys() >= {(each.function, each.name) for each in asked}:
        return Outcomes()
    given = labels_in(answer)
    outcomes = []
    for each in asked:
        label, mine = right[each.function, each.name], given.get(each.key)
        outcomes.append(LabelOutcome(mine, label, mine is label.scope, each.key))
    return Outcomes(labels=tuple(outcomes))


def labels_in(answer: str) -> dict[str, Scope]:
    """The labels of an answer, by what stands for each name in it."""
    given: dict[str, Scope] = {}
    for words in map(str.split, answer.splitlines()):
        if len(words) == 2 and words[1] in set(Scope):
            given[words[0]] = Scope(words[1])
    return given


def _lacks(exercise: Exercise, answer: str) -> str:
    given = labels_in(answer)
    asked = exercise.classify.asked if exercise.classify else ()
    blank = [each.key for each in asked if each.key not in given]
    if not blank:
        return ""
    have = "name has" if len(blank) == 1 else "names have"
    return f"{len(blank)} {have} no label yet: {', '.join(blank)}."


def _praise(outcomes: Outcomes) -> str:
    count = len(outcomes.labels)
    return "the label is right" if count == 1 else f"all {count} labels are right"


def _objection(outcomes: Outcomes) -> str:
    wrong = [label for label in outcomes.labels if not label.same]
    if not wrong:
        return "The run did not report every name that the exercise asks about."
    names = ", ".join(f"`{label.key}`" for label in wrong)
    if all(label.given is None for label in wrong):
        return f"No label yet for {names}."
    right = len(outcomes.labels) - len(wrong)
    are = "is" if right == 1 else "are"
    return f"{right} of {len(outcomes.labels)} labels {are} right; look again at {names}."


def _written_faults(exercise: Exercise) -> Iterator[ContentError]:
    """What the run would not report: a function or a name that is not there, or no label."""
    assert exercise.classify is not None  # the loader saw to it
    file, asked = exercise.folder / "exercise.toml", exercise.classify
    try:
        functions = dict(_functions(compile(exercise.starter, "starter.py", "exec")))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return  # which the run tells
    keys = ["classify"]
    if asked.functions:
        keys = [f"classify.functions[{index}]" for index in range(len(asked.functions))]
    for key, group in zip(keys, asked.groups, strict=True):
        if group.function not in functions:
            mend = f"the functions of starter.py are {', '.join(functions) or 'none'}"
            yield ContentError(file, f"{key}.function", f"no function `{group.function}`", mend)
            continue
        code = functions[group.function]
        names = {*code.co_varnames, *code.co_cellvars, *code.co_freevars, *code.co_names}
        for name in group.names:
            if name not in names:
                mend = f"its names are {', '.join(sorted(names)) or 'none'}"
                what = f"`{group.function}` has no name `{name}`"
                yield ContentError(file, f"{key}.names", what, mend)
    known = {each.key for each in asked.asked}
    answers = [(exercise.folder / "solution.txt", exercise.solution)]
    answers += [(wrong.path, wrong.text) for wrong in exercise.wrong_answers]
    for path, text in answers:
        for line in filter(str.strip, text.split("\n")):
            if not is_label(" ".join(line.split())):
                mend = f"write a name and one of {', '.join(Scope)}"
                yield ContentError(path, None, f"`{line.strip()}` is no label", mend)
            elif (key := line.split()[0]) not in known:
                mend = f"those that are asked for are {', '.join(sorted(known))}"
                yield ContentError(path, None, f"`{key}` is not asked for", mend)


def _blanks(exercise: Exercise) -> Iterator[tuple[str, str]]:
    """The solution without each of its labels."""
    lines = exercise.solution.split("\n")
    for number, line in enumerate(lines):
        if line.strip():
            rest = "\n".join(lines[:number] + lines[number + 1 :])
            yield f"the solution without `{line.strip()}`", rest


def _functions(code: CodeType) -> Iterator[tuple[str, CodeType]]:
    """Every function of a program by its qualified name."""
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield inner.co_qualname, inner
            yield from _functions(inner)


CLASSIFY = ExerciseKind(
    Kind.CLASSIFY,
    call="Label a name",
    compare=_compare,
    praise=_praise,
    objection=_objection,
    lacks=_lacks,
    written_faults=_written_faults,
    blanks=_blanks,
    mend_blanks="give it a sign that a blank does not show",
)
