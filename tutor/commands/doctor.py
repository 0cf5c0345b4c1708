"""`doctor`: what works on this machine and what does not."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tutor.commands.console import (
    config_option,
    json_option,
    mark,
    python_option,
    say,
    say_json,
    state_option,
)
from tutor.course.loader import content_folder
from tutor.protocol.pythons import untried, untried_here
from tutor.protocol.reports import Output, Stream
from tutor.protocol.requests import Limits, RunRequest
from tutor.session import PythonUnusable, Session
from tutor.state.settings import THEMES, Settings, SettingsError, read_settings, settings_file
from tutor.text import is_unicode, terminal_encoding

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

PROBE = Path(__file__).with_name("probe.py")


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at."""

    about: str
    holds: bool
    says: str
    vital: bool = False
    """Whether the tutor cannot be used without it."""


def arguments(parser: ArgumentParser) -> None:
    """Say what the command takes."""
    state_option(parser)
    python_option(parser)
    config_option(parser)
    json_option(parser)


def run(args: Namespace) -> int:
    """Print what this machine can do for the tutor; 0 if nothing is missing."""
    try:
        settings, fault = read_settings(args.config), None
    except SettingsError as error:
        settings, fault = Settings(), error
    findings = [
        *_terminal(settings),
        *_folders(args.state, args.config or settings_file(), fault),
        *asyncio.run(_runs(args.python, settings.limits)),
    ]
    if args.json:
        say_json(
            {
                "findings": [
                    {"about": each.about, "holds": each.holds, "says": each.says}
                    for each in findings
                ]
            }
        )
    else:
        for each in findings:
            sign = mark("✓", "ok") if each.holds else mark("✗", "no")
            say(f"{sign:2} {each.about:<12} {each.says}")
    return int(any(each.vital and not each.holds for each in findings))


def _terminal(settings: Settings) -> Iterator[Finding]:
    term = os.environ.get("TERM", "")
    usable = term not in ("", "dumb")
    yield Finding("terminal", usable, f"TERM is {term or 'not set'}", vital=True)
    truecolor = os.environ.get("COLORTERM", "") in ("truecolor", "24bit")
    colours = (
        "none, by NO_COLOR"
        if os.environ.get("NO_COLOR")
        else "16 million"
        if truecolor
        else "256"
        if "256color" in term
        else "16"
    )
    yield Finding("colours", True, colours)
    theme = settings.theme or "by the terminal, or as it was chosen"
    known = settings.theme in (None, *THEMES)
    yield Finding("theme", known, f"{theme}; there are {', '.join(THEMES)}")
    encoding = terminal_encoding(os.environ)
    wide = is_unicode(encoding)
    says = encoding if wide else f"{encoding}: marks and lines are drawn in ASCII"
    yield Finding("characters", wide, says)
    over_ssh = "SSH_CONNECTION" in os.environ
    yield Finding("mouse", True, "off by default over SSH" if over_ssh else "on by default")
    yield Finding("keys", True, "`python -m tutor --keys` shows what each key arrives as")


def _folders(state: Path | None, file: Path, fault: SettingsError | None) -> Iterator[Finding]:
    from platformdirs import user_state_path

    folder = state or user_state_path("closure-tutor")
    nearest = next(path for path in (folder, *folder.parents) if path.exists())
    writable = os.access(nearest, os.W_OK | os.X_OK)
    says = str(folder) if writable else f"{folder} cannot be written: nothing would be kept"
    yield Finding("progress", writable, says)
    says = f"{file}{'' if file.exists() else ' (not there: defaults)'}"
    yield Finding("settings", fault is None, str(fault or says), vital=True)
    yield Finding("course", content_folder().is_dir(), str(content_folder()), vital=True)


async def _runs(python: Path | None, limits: Limits) -> list[Finding]:
    """What holds for a run: tried, not looked up."""
    printed = []
    request = RunRequest(PROBE.read_text(encoding="utf-8"), PROBE.name, limits=limits)
    try:
        async with Session(python) as session:
            async for report in session.run(request):
                if isinstance(report, Output) and report.stream is Stream.STDOUT:
                    printed.append(report.text)
    except PythonUnusable as error:
        return [Finding("python", False, str(error), vital=True)]
    try:
        return list(_limits(json.loads("".join(printed)), limits))
    except ValueError:
        return [Finding("runs", False, "a small program did not run to its end", vital=True)]


def _limits(probe: dict[str, Any], limits: Limits) -> Iterator[Finding]:
    refused = "PermissionError"
    yield Finding("python", True, f"programs run on CPython {probe['python']}", vital=True)
    for says in dict.fromkeys((untried_here(), untried(*probe["interpreter"]))):
        if says:
            yield Finding("tried", False, says)
    yield Finding("wall time", True, f"{limits.wall_seconds:g} seconds")
    yield Finding("processor", bool(probe["cpu"]), f"{limits.cpu_seconds} seconds")
    yield Finding("output", True, f"{limits.output_bytes:,} bytes")
    holds = probe["memory"] == "MemoryError"
    yield Finding("memory", holds, f"{limits.memory_bytes // 2**20} MiB a process")
    holds = probe["file"] == "OSError"
    yield Finding("file size", holds, f"{limits.file_bytes // 2**20} MiB a file")
    says = f"{limits.processes} more than there are"
    if probe["root"]:
        says = "no limit: root is exempt; run as another user"
    yield Finding("processes", bool(probe["processes"]), says)
    if sys.platform == "linux":
        yield Finding("orphans", True, "nothing that a run starts outlives it")
    else:
        says = "a process that leaves its session may outlive its run on this system"
        yield Finding("orphans", False, says)
    missing = "" if sys.platform == "linux" else ": this system has no Landlock"
    holds = probe["outside"] == refused
    says = "runs write below a folder of their own only" if holds else f"runs may write{missing}"
    yield Finding("files", holds, says)
    holds = probe["tcp"] == refused
    yield Finding("network", holds, f"runs {'open no' if holds else 'may open'} TCP connections")
    holds = probe["signal"] == refused
    yield Finding("signals", holds, f"runs {'reach no' if holds else 'may signal'} other processes")
    says = (
        "UDP, Unix sockets by path, /dev/shm, chmod, chown, utime, and the limits and priority of "
        "other processes are not confined"
    )
    yield Finding("left open", True, says)
