"""The diagram as files: SVG for a page or a slide, text for a message."""

from __future__ import annotations

import os
from itertools import count
from pathlib import Path

from tutor.protocol.views import Cells
from tutor.text import visible
from tutor.views.picture import as_svg, as_text, picture
from tutor.views.picture.drawing import Strokes

NAME = "closures-{}"
TEXT_COLUMNS = 100


def save_picture(cells: Cells, before: Cells | None, strokes: Strokes) -> str:
    """Write both files beside where the tutor was started; in one sentence where, or why not."""
    text = "\n".join([*as_text(picture(cells, before), TEXT_COLUMNS, strokes), ""])
    folder = Path(os.curdir)
    try:
        folder = Path.cwd()
        svg, txt = _new_files(folder)
        svg.write_text(as_svg(cells, before), encoding="utf-8")
        txt.write_text(text, encoding="utf-8")
    except OSError as error:
        return (
            f"The picture cannot be written into {_shown(folder)}: {error.strerror}. "
            "Start the tutor in a folder that you may write to."
        )
    return f"Saved as {svg.name} and {txt.name} in {_shown(folder)}."


def _new_files(folder: Path) -> tuple[Path, Path]:
    """Two empty files of one number that no file had before; raises OSError."""
    for number in count(1):
        svg, txt = (folder / f"{NAME.format(number)}.{suffix}" for suffix in ("svg", "txt"))
        if os.path.lexists(txt):
            continue
        try:
            svg.touch(exist_ok=False)
            txt.touch(exist_ok=False)
        except FileExistsError:
            continue
        return svg, txt
    raise AssertionError  # there is always another number


def _shown(folder: Path) -> str:
    return visible(str(folder), keep_newlines=False)
