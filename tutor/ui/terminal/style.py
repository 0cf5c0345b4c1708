"""How a cell of a terminal looks, and the shortest way from one look to another."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

# ECMA-48: the number that turns an attribute on, and the one that turns it off again.
_OFF = {
    1: 22,
    2: 22,
    3: 23,
    4: 24,
    21: 24,
    5: 25,
    6: 25,
    7: 27,
    8: 28,
    9: 29,
    51: 54,
    52: 54,
    53: 55,
}
_WEIGHT_OFF = 22  # bold and dim can both be on; of all others that share an "off" the last one wins
_FOREGROUNDS = {*range(30, 38), *range(90, 98)}
_BACKGROUNDS = {*range(40, 48), *range(100, 108)}
_PARTS_OF_COLOUR = {5: 1, 2: 3}  # after 38 or 48: a number of the palette; red, green and blue


class Style(NamedTuple):
    """All that a terminal keeps about the look of what it draws next."""

    attributes: frozenset[int] = frozenset()
    foreground: str = ""
    background: str = ""
    link: str = ";"


PLAIN = Style()
RESET = "\x1b[m"
# Underlines, reverse, strike, frames, overline: of all others a blank shows nothing.
_SEEN_ON_BLANKS = {4, 21, 7, 9, 51, 52, 53}


class UnknownStyle(ValueError):
    """A style that only a terminal knows; pass it on and draw everything anew."""


@lru_cache(maxsize=4096)
def styled(style: Style, parameters: str) -> Style:
    """The style after an SGR sequence with these parameters."""
    numbers = iter([int(number or 0) for number in parameters.split(";")])
    for number in numbers:
        if number == 0:
            style = Style(link=style.link)
        elif number in _OFF:
            off = _OFF[number]
            others = style.attributes if off == _WEIGHT_OFF else _without(style.attributes, off)
            style = style._replace(attributes=others | {number})
        elif number in _OFF.values():
            style = style._replace(attributes=_without(style.attributes, number))
        elif number in _FOREGROUNDS:
            style = style._replace(foreground=str(number))
        elif number in _BACKGROUNDS:
            style = style._replace(background=str(number))
        elif number == 39:
            style = style._replace(foreground="")
        elif number == 49:
            style = style._replace(background="")
        elif number in (38, 48):
            form = next(numbers, 0)
            parts = [next(numbers, -1) for _ in range(_PARTS_OF_COLOUR.get(form, 0))]
            if not parts or -1 in parts:
                raise UnknownStyle(parameters)
            colour = ";".join(map(str, (number, form, *parts)))
            style = (
                style._replace(foreground=colour)
                if number == 38
                else style._replace(background=colour)
            )
        else:
            raise UnknownStyle(parameters)
    return style


@lru_cache(maxsize=4096)
def ground(style: Style) -> Style:
    """The plainest style in which a blank looks as it does in this one."""
    if style.link != PLAIN.link or not _SEEN_ON_BLANKS.isdisjoint(style.attributes):
        return style
    return Style(background=style.background)


@lru_cache(maxsize=4096)
def over(style: Style, blank: Style) -> Style:
    """The style nearest to one in which blanks look as in another; that is a ground."""
    if ground(style) == blank:
        return style
    if not is_plain(blank):
        return blank
    return Style(style.attributes - _SEEN_ON_BLANKS, style.foreground, blank.background)


def is_plain(blank: Style) -> bool:
    """Whether nothing but the background of a ground is seen."""
    return not blank.attributes and blank.link == PLAIN.link


@lru_cache(maxsize=4096)
def change(old: Style, new: Style) -> str:
    """The shortest sequence that makes a terminal go on in another style."""
    off = {_OFF[attribute] for attribute in old.attributes - new.attributes}
    kept = {attribute for attribute in old.attributes if _OFF[attribute] not in off}
    step = [*map(str, sorted(off)), *map(str, sorted(new.attributes - kept))]
    if new.foreground != old.foreground:
        step.append(new.foreground or "39")
    if new.background != old.background:
        step.append(new.background or "49")
    # A number that is left out is 0, which resets.
    anew = [*map(str, sorted(new.attributes)), new.foreground, new.background]
    shorter = min(";".join(step), ";".join(["", *filter(None, anew)]), key=len) if step else None
    link = f"\x1b]8;{new.link}\x1b\\" if new.link != old.link else ""
    if shorter is None:
        return link
    return f"{link}\x1b[{shorter}m"


def _without(attributes: frozenset[int], off: int) -> frozenset[int]:
    return frozenset(attribute for attribute in attributes if _OFF[attribute] != off)
