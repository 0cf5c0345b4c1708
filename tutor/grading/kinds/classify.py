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
    reported = transcript.labels.names if transcript.labels else ()
    right = {label.name: label for label in reported}
    asked = exercise.classify.names if exercise.classify else ()
    if not right.keys() >= set(asked):
        return Outcomes()
    given: dict[str, Scope] = {}
    for words in map(str.split, answer.splitlines()):
        if len(words) == 2 and words[1] in set(Scope):
            given[words[0]] = Scope(words[1])
    return Outcomes(
        labels=tuple(
            LabelOutcome(given.get(name), right[name], given.get(name) is right[name].scope)
            for name in asked
        )
    )


def _praise(outcomes: Outcomes) -> str:
    count = len(outcomes.labels)
    return "the label is right" if count == 1 else f"all {count} labels are right"


def _objection(outcomes: Outcomes) -> str:
    wrong = [label for label in outcomes.labels if not label.same]
    if not wrong:
        return "The run did not report every name that the exercise asks about."
    names = ", ".join(f"`{label.right.name}`" for label in wrong)
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
    if asked.function not in functions:
        mend = f"the functions of starter.py are {', '.join(functions) or 'none'}"
        yield ContentError(file, "classify.function", f"no function `{asked.function}`", mend)
    else:
        code = functions[asked.function]
        names = {*code.co_varnames, *code.co_cellvars, *code.co_freevars, *code.co_names}
        for name in asked.names:
            if name not in names:
                mend = f"its names are {', '.join(sorted(names)) or 'none'}"
                what = f"`{asked.function}` has no name `{name}`"
                yield ContentError(file, "classify.names", what, mend)
    answers = [(exercise.folder / "solution.txt", exercise.solution)]
    answers += [(wrong.path, wrong.text) for wrong in exercise.wrong_answers]
    for path, text in answers:
        for line in filter(str.strip, text.split("\n")):
            if not is_label(" ".join(line.split())):
                mend = f"write a name and one of {', '.join(Scope)}"
                yield ContentError(path, None, f"`{line.strip()}` is no label", mend)


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
    written_faults=_written_faults,
)
