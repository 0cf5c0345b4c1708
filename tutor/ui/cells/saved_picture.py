"""The diagram as files: SVG for a page or a slide, text for a message."""

from __future__ import annotations

import os
from contextlib import suppress
from itertools import count
from pathlib import Path

from tutor.protocol.views import Cells
from tutor.text import visible
from tutor.views.picture import as_svg, as_text, picture
from tutor.views.picture.drawing import Strokes

NAME = "closures-{}"
TEXT_COLUMNS = 100
REMEDY = "To save it, start the tutor in a folder that has room and that you may write to."


def save_picture(cells: Cells, before: Cells | None, strokes: Strokes) -> str:
    """Write both files where the tutor was started; in a sentence where, or why not."""
    text = "\n".join([*as_text(picture(cells, before), TEXT_COLUMNS, strokes), ""])
    texts = {"svg": as_svg(cells, before), "txt": text}
    folder = Path(os.curdir)
    try:
        folder = Path.cwd()
        names = _write(folder, texts)
    except OSError as error:
        return f"The diagram cannot be written into {_shown(folder)}: {error.strerror}. {REMEDY}"
    return f"The diagram is saved as {' and '.join(names)} in {_shown(folder)}."


def _write(folder: Path, texts: dict[str, str]) -> list[str]:
    """Write new files of one number, none over another; their names. Raises OSError."""
    for number in count(1):
        files = [folder / f"{NAME.format(number)}.{suffix}" for suffix in texts]
        if not any(map(os.path.lexists, files)):
            break
    try:
        for file, text in zip(files, texts.values(), strict=True):
            with file.open("x", encoding="utf-8") as opened:
                opened.write(text)
    except OSError:
        for file in files:
            with suppress(OSError):
                file.unlink()
        raise
    return [file.name for file in files]


def _shown(folder: Path) -> str:
    return visible(str(folder), keep_newlines=False)
