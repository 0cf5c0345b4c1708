"""How scratch pads are told from exercises: by their ids, which stand among theirs."""

from __future__ import annotations

from os import urandom

PAD = "pad:"
"""How the id of a pad begins; no folder of a course is called so."""
NO_NAME = "Scratch"
"""What a pad is called that nobody named."""


def new_pad_id() -> str:
    """An id that no pad has, in whatever session it is made."""
    return PAD + urandom(4).hex()


def is_pad(id: str) -> bool:
    """Whether it is the id of a pad."""
    return id.startswith(PAD)
