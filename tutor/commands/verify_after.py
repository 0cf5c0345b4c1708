"""Part of `verify`: what learners are told to look at and to try, held against the solution's run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tutor.grading.kinds import kind_of
from tutor.grading.looked import Seen, untrue
from tutor.protocol.reports import Finished, Output, Stream
from tutor.protocol.requests import RunRequest
from tutor.protocol.views import Cells, Recording, ScopeMap
from tutor.session.session import NoProgram
from tutor.text import one_line
from tutor.views.timeline import joined

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tutor.course.look_and_try import Try
    from tutor.course.model import Exercise
    from tutor.protocol.requests import Limits
    from tutor.session import Session


async def untrue_after(session: Session, exercise: Exercise, limits: Limits) -> AsyncIterator[str]:
    """Each look and each try of the exercise that is not as it says.

    The tries are entered in their order into one program, as a learner would.
    """
    if not (exercise.looks or exercise.tries):
        return
    source = kind_of(exercise).source(exercise, exercise.solution)
    cells, pieces = Cells(), []
    async for report in session.run(RunRequest(source, limits=limits, record=True)):
        match report:
            case Cells():
                cells = report
            case Recording():
                pieces.append(report)
    seen = Seen(cells, joined(pieces), await session.scopes(source) or ScopeMap())
    for index, look in enumerate(exercise.looks):
        if what := untrue(look, seen):
            yield f"look[{index}] is not so: {what}"
    for index, each in enumerate(exercise.tries):
        if what := await _not_so(session, each):
            yield f"try[{index}] is not so: {what}"


async def _not_so(session: Session, each: Try) -> str | None:
    """What came of it instead; None if it is as it says."""
    for number, line in enumerate(each.lines, start=1):
        last = number == len(each.lines)
        try:
            printed, error = await _entered(session, line)
        except NoProgram:
            return "the program cannot be asked"
        prints = (each.prints or "").strip("\n") if last else ""
        failed = each.error is not None and last
        if error and not (failed and error.startswith(each.error or "")):
            return f"`{one_line(line)}` ends with `{one_line(error)}`"
        if failed and not error:
            return f"`{one_line(line)}` raises nothing"
        if printed.strip("\n") != prints:
            only = "" if last else "; only the last line may print"
            return f"`{one_line(line)}` prints `{one_line(printed.strip(chr(10)))}`{only}"
    return None


async def _entered(session: Session, line: str) -> tuple[str, str | None]:
    """What an entry at the prompt prints, and the exception that it ends with."""
    printed, error = "", None
    async for report in session.evaluate(line):
        match report:
            case Output(stream=Stream.STDOUT):
                printed += report.text
            case Finished(failure=failure) if failure:
                error = failure.summary
    return printed, error
