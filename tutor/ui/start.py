"""From the command line to the running application, and what is said if it does not come to that."""

from __future__ import annotations

import asyncio
import sys

from tutor.course.cache import load_kept
from tutor.course.loader import content_folder
from tutor.course.model import Course
from tutor.exits import FAILED, REFUSED
from tutor.faults import tell_fault
from tutor.protocol.pythons import untried_here
from tutor.session import PythonUnusable, Session
from tutor.state.options import AppOptions
from tutor.state.progress import Progress
from tutor.text import visible
from tutor.ui.app import TutorApp
from tutor.ui.exercise.course_state import place_left
from tutor.ui.keys.keymap import KeymapError, keymap
from tutor.ui.kit.themes import CHOICES

COURSE_FILE = "course.msgpack"
"""In the learner's folder: the course as it was last read."""
LEFT_OUT = "Some of the course has faults and is left out: `python -m tutor verify` names them."


def run_app(options: AppOptions) -> int:
    """Run the tutor until the learner leaves; the exit status."""
    if refusal := _refusal(options):
        sys.stderr.write(f"{refusal}\n")
        return REFUSED
    progress = Progress.open(options.state)
    course, faults = load_kept(options.content or content_folder(), progress.folder / COURSE_FILE)
    if not course.exercises:
        sys.stderr.write(f"{faults[0]}\n")
        return REFUSED
    asked = options.exercise
    first = course.exercise(asked) if asked else place_left(course, progress)

    saved = True

    async def run() -> int:
        nonlocal saved
        idle_seconds = options.settings.spare_minutes * 60
        async with Session(options.python, idle_seconds=idle_seconds) as session:
            held = await _on_its_python(course, session)
            notice = f"{untried_here()} {LEFT_OUT * bool(faults)}".strip()
            app = TutorApp(
                held,
                progress,
                session,
                first and (held.exercise(first.id) or first),
                options.theme,
                notice,
                options.settings,
                options.config,
                welcome=progress.is_new,
            )
            await app.run_async(mouse=options.mouse)
            saved = app.saved and not progress.work_unsaved
        if app.fault:
            raise app.fault
        return app.return_code or 0

    try:
        return asyncio.run(run())
    except Exception as error:  # noqa: BLE001  the learner is told in one line
        tell_fault(error, progress.folder, saved=saved)
        return FAILED


async def _on_its_python(course: Course, session: Session) -> Course:
    """The course as it is where programs run on that interpreter; one that is unusable is told later."""
    try:
        return course.on(await session.version())
    except PythonUnusable:
        return course


def _refusal(options: AppOptions) -> str | None:
    """What is wrong with the names of themes, keys and actions, in one line."""
    for theme in (options.theme, options.settings.theme):
        if theme not in (None, *CHOICES):
            return visible(
                f"There is no theme {theme}, only {', '.join(CHOICES)}.", keep_newlines=False
            )
    try:
        keymap(options.settings.keys)
    except KeymapError as error:
        return str(error)
    return None
