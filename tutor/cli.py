"""The command line; imports what a command needs only when it runs."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, BooleanOptionalAction
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NoReturn

from tutor import __version__, faults
from tutor.commands import console
from tutor.commands.console import Refused
from tutor.exits import FAILED, INTERRUPTED, PIPE_CLOSED, REFUSED

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tutor.state.options import AppOptions

COMMANDS = {
    "list": "units and exercises, with your state",
    "inspect": "run a file and show its functions and cells",
    "check": "grade a file as the answer to an exercise",
    "verify": "hold the content of a course to its own rules",
    "doctor": "tell what works on this machine and what does not",
}


class _Parser(ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """Bad usage is one line; argparse would print the usage before it."""
        raise Refused(f"{message} (`{self.prog} --help` tells more)")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command, or the tutor itself; the exit status."""
    words = list(sys.argv[1:] if argv is None else argv)
    try:
        return _run(words)
    except Refused as refusal:
        console.complain(" ".join(str(refusal).split()))
        return REFUSED
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # Else the interpreter tries again at exit, and complains.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PIPE_CLOSED
    except Exception as error:  # noqa: BLE001  whatever it is, it is ours, and told in one line
        faults.tell_briefly(error)
        return FAILED


def _run(words: list[str]) -> int:
    command = _command(words)
    if command is None:
        return _open_tutor(words)
    words.remove(command)
    module = import_module(f"tutor.commands.{command}")
    parser = _Parser(prog=f"{_program()} {command}", description=module.__doc__, allow_abbrev=False)
    module.arguments(parser)
    status: int = module.run(parser.parse_args(words))
    return status


def _command(words: list[str]) -> str | None:
    """The command among the words: the first that is neither an option nor an option's value."""
    parser = _Parser(prog=_program(), add_help=False, allow_abbrev=False)
    _tutor_options(parser)
    word = parser.parse_known_args(words)[0].exercise
    return word if word in COMMANDS else None


def _open_tutor(words: list[str]) -> int:
    parser = _Parser(
        prog=_program(),
        description="A tutor for Python closures, in the terminal.",
        epilog="Commands, each with its own --help: "
        + "; ".join(f"`{name}`: {does}" for name, does in COMMANDS.items())
        + ".",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"closure-tutor {__version__}")
    _tutor_options(parser)
    args = parser.parse_args(words)
    if args.exercise or args.content:
        course, faults = console.course_at(args.content)
        if args.exercise:
            args.exercise = console.exercise_of(course, faults, args.exercise).id
    settings = console.settings_at(args.config)
    if refusal := _no_terminal():
        raise Refused(refusal)
    if args.keys:
        from tutor.ui.keys.reader import read_keys

        return read_keys(settings.keys)

    from tutor.state.options import AppOptions

    run_app = _app_imported()
    return run_app(
        AppOptions(
            exercise=args.exercise,
            content=args.content,
            state=args.state,
            python=args.python,
            theme=args.theme,
            mouse=_mouse(args.mouse, settings.mouse),
            settings=settings,
            config=args.config,
        )
    )


def _app_imported() -> Callable[[AppOptions], int]:
    """What runs the app, imported at the least cost.

    Its modules make 80,000 objects that stay: the collector looks at none of them, neither meanwhile
    (a tenth of the start) nor at a key. And asyncio does without TLS, as in a Python that was built
    so, which saves each seat 4 MB.
    """
    import gc

    without_tls = "ssl" not in sys.modules
    if without_tls:
        sys.modules["ssl"] = None  # type: ignore[assignment]
    gc.disable()
    try:
        from tutor.ui.start import run_app

        gc.freeze()
    finally:
        gc.enable()
        if without_tls:
            del sys.modules["ssl"]
    return run_app


def _tutor_options(parser: ArgumentParser) -> None:
    parser.add_argument(
        "exercise", metavar="EXERCISE", nargs="?", help="open this exercise, or run a command"
    )
    console.content_option(parser)
    console.state_option(parser)
    console.python_option(parser)
    console.config_option(parser)
    parser.add_argument("--theme", metavar="NAME", help="the colours of this session")
    parser.add_argument(
        "--mouse",
        action=BooleanOptionalAction,
        help="take the mouse from the terminal; as usual, but over SSH not",
    )
    parser.add_argument("--keys", action="store_true", help="show what each key arrives as")


def _mouse(asked: bool | None, set_so: bool | Literal["auto"]) -> bool:
    """Whether to take the mouse: over SSH each of its movements would be sent."""
    usual = "SSH_CONNECTION" not in os.environ
    chosen = set_so if asked is None else asked
    return usual if chosen == "auto" else chosen


def _no_terminal() -> str | None:
    """Why the tutor cannot be shown here, or None."""
    if os.environ.get("TEXTUAL_DRIVER"):  # as textual-serve sets it, to show apps in a browser
        return None
    if not (sys.stdin and sys.stdin.isatty() and sys.stdout and sys.stdout.isatty()):
        what = "The tutor needs a terminal for its input and its output."
    elif os.environ.get("TERM", "") in ("", "dumb"):
        what = "The tutor needs a terminal that can move the cursor, and TERM names none."
    else:
        return None
    return f"{what} The commands {', '.join(COMMANDS)} work without one."


def _program() -> str:
    """How the tutor was called, to be repeated in usage lines."""
    name = Path(sys.argv[0]).name
    return "closure-tutor" if name == "closure-tutor" else "python -m tutor"
