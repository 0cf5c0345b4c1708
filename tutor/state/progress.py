"""The learner's state: one TOML file, written atomically and under a lock."""

from __future__ import annotations

import tomllib
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import msgspec

from tutor.files import LockHeld, locked, replace_file

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator
    from pathlib import Path

    Change = Callable[[dict[str, Any]], None]
    """Writes one thing into a document: the file's, which another tutor may have changed since."""

FILE_NAME = "progress.toml"
LOCK_SECONDS = 3.0
"""A save takes milliseconds; who holds the lock for longer hangs."""


class ProgressUnwritable(Exception):
    """The learner's state cannot be saved; the tutor can go on without."""

    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(
            f"Your progress cannot be saved in {folder} ({reason}); "
            "mend that, or start with --state and a folder of yours."
        )


class ExerciseState(StrEnum):
    """How far a learner is with an exercise."""

    NOT_BEGUN = "not_begun"
    BEGUN = "begun"
    PASSED = "passed"
    SHOWN = "solution_shown"


@dataclass(frozen=True)
class Record:
    """What is kept of one exercise."""

    state: ExerciseState = ExerciseState.NOT_BEGUN
    draft: str | None = None
    attempts: int = 0
    passed_at: datetime | None = None
    """Of the first pass."""
    first_try: bool | None = None
    """Whether that was the first attempt, made before the solution was shown; None: not told."""
    hints: int = 0
    """How many were shown."""

    @property
    def at_first_try(self) -> bool:
        """The same; of a pass that was kept without it, as far as the attempts tell."""
        if self.first_try is not None:
            return self.first_try
        return self.state is ExerciseState.PASSED and self.attempts == 1


@dataclass(frozen=True)
class _Contents:
    """The file; a key that is not known here is kept as it is."""

    last_exercise: str | None = None
    exercises: dict[str, Record] = field(default_factory=dict)


class _Rubbish(Exception):
    """The file is not a learner's state."""


class Progress:
    """The state of one learner. Each `save_...` writes at once; one that fails is told, and kept
    for the next.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.notice: str | None = None
        """What the learner should know: a file that was set aside, or cannot be read."""
        self._document: dict[str, Any] = {}
        self._contents = _Contents()
        self._unsaved: dict[Hashable, Change] = {}

    @classmethod
    def open(cls, folder: Path | None = None) -> Progress:
        """The state in that folder, or in the platform's; nothing is written if all is well."""
        progress = cls(folder or _state_folder())
        try:
            try:
                progress._adopt(progress._read())
            except _Rubbish:
                with progress._locked():
                    progress._adopt(progress._read_or_set_aside())
        except (OSError, ProgressUnwritable) as error:
            reason = error.strerror if isinstance(error, OSError) else error
            progress.notice = f"{progress._file} cannot be read ({reason}). It is left as it is."
        return progress

    @property
    def last_exercise(self) -> str | None:
        """The id of the exercise that was open last; None before the first."""
        return self._contents.last_exercise

    @property
    def is_new(self) -> bool:
        """Whether nothing is kept at all, as before the first start: each start keeps its exercise."""
        return not self._document and self.notice is None

    @property
    def work_unsaved(self) -> bool:
        """Whether drafts, attempts or hints are in no file yet."""
        return bool(self._unsaved.keys() - {"last"})

    def record(self, exercise_id: str) -> Record:
        """What is known of that exercise."""
        return self._contents.exercises.get(exercise_id, Record())

    def save_draft(self, exercise_id: str, text: str) -> None:
        """Keep the answer as it stands; CR LF becomes LF, a lone surrogate U+FFFD."""

        def change(document: dict[str, Any]) -> None:
            entry = _entry(document, exercise_id)
            entry["draft"] = _storable(text)
            _begin(entry)

        self._save(("draft", exercise_id), change)

    def save_attempt(self, exercise_id: str, passed: bool) -> None:
        """Count an attempt; a pass is for good."""
        now = datetime.now(UTC).replace(microsecond=0)

        def change(document: dict[str, Any]) -> None:
            entry = _entry(document, exercise_id)
            before, state = entry.get("attempts", 0), entry.get("state")
            entry["attempts"] = before + 1
            if state == ExerciseState.PASSED:  # in an old file, which does not tell
                entry.setdefault("first_try", before == 1)
            elif passed:
                entry["first_try"] = before == 0 and state != ExerciseState.SHOWN
            if passed:
                entry["state"] = str(ExerciseState.PASSED)
                entry.setdefault("passed_at", now)
            _begin(entry)

        self._save(object(), change)

    def save_hints(self, exercise_id: str, shown: int) -> None:
        """Keep how many hints were shown at most."""

        def change(document: dict[str, Any]) -> None:
            entry = _entry(document, exercise_id)
            entry["hints"] = max(shown, entry.get("hints", 0))

        self._save(("hints", exercise_id), change)

    def save_shown(self, exercise_id: str) -> None:
        """Keep that the solution was shown before the exercise was passed."""

        def change(document: dict[str, Any]) -> None:
            entry = _entry(document, exercise_id)
            if entry.get("state") != ExerciseState.PASSED:
                entry["state"] = str(ExerciseState.SHOWN)

        self._save(("shown", exercise_id), change)

    def save_last(self, exercise_id: str) -> None:
        """Keep which exercise is open."""
        self._save("last", lambda document: document.update(last_exercise=exercise_id))

    @property
    def _file(self) -> Path:
        return self.folder / FILE_NAME

    def _save(self, key: Hashable, change: Change) -> None:
        """Merge one change, and those that could not be saved before, into the file as it is now."""
        self._unsaved[key] = change
        change(self._document)
        self._adopt(self._document)
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with self._locked():
                document = self._read_or_set_aside()
                for each in self._unsaved.values():
                    each(document)
                self._write(document)
        except OSError as error:
            raise ProgressUnwritable(self.folder, error.strerror or str(error)) from error
        self._adopt(document)
        self._unsaved.clear()

    def _adopt(self, document: dict[str, Any]) -> None:
        self._document = document
        self._contents = msgspec.convert(document, _Contents)

    def _read(self) -> dict[str, Any]:
        """The file's document, tried against the types; raises _Rubbish, OSError."""
        try:
            document = tomllib.loads(self._file.read_text(encoding="utf-8"))
            msgspec.convert(document, _Contents)
        except FileNotFoundError:
            return {}
        except (ValueError, RecursionError, msgspec.ValidationError) as error:
            raise _Rubbish from error
        return document

    def _read_or_set_aside(self) -> dict[str, Any]:
        """The same; rubbish is moved out of the way, never overwritten."""
        try:
            return self._read()
        except _Rubbish:
            number = 1
            while (aside := self.folder / f"{FILE_NAME}.broken-{number}").exists():
                number += 1
            self._file.rename(aside)
            self.notice = f"Your progress could not be read. The file is kept as {aside}."
            return {}

    def _write(self, document: dict[str, Any]) -> None:
        import tomli_w  # a learner who only looks saves nothing

        text = tomli_w.dumps(document, multiline_strings=True)
        replace_file(self._file, text.encode(), durable=True)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        try:
            with locked(self.folder / f".{FILE_NAME}.lock", LOCK_SECONDS):
                yield
        except LockHeld:
            reason = "another tutor holds it and hangs"
            raise ProgressUnwritable(self.folder, reason) from None


def _state_folder() -> Path:
    from platformdirs import user_state_path  # 30 ms, not needed with --state

    return user_state_path("closure-tutor", appauthor=False)


def _entry(document: dict[str, Any], exercise_id: str) -> dict[str, Any]:
    entry: dict[str, Any] = document.setdefault("exercises", {}).setdefault(exercise_id, {})
    return entry


def _begin(entry: dict[str, Any]) -> None:
    if entry.get("state", ExerciseState.NOT_BEGUN) == ExerciseState.NOT_BEGUN:
        entry["state"] = str(ExerciseState.BEGUN)


def _storable(text: str) -> str:
    """What UTF-8 and TOML can hold; halves of a pair are joined, as an editor may hand them over."""
    return (
        text.replace("\r\n", "\n")
        .encode("utf-16-le", "surrogatepass")
        .decode("utf-16-le", "replace")
    )
