"""Dark, light, sixteen colours and none: every meaning can be read in each."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.color import Color, ColorSystem
from textual.theme import Theme

from tests.harness.running_tutor import PlayedTutor, played_tutor
from tests.harness.samples import BUILD, CLASSIFY, LABELS, counters, out, passed_checks
from tutor.course.model import Exercise
from tutor.protocol.reports import CheckResult
from tutor.state.progress import Progress
from tutor.ui.kit.themes import ANSI_DARK, ANSI_LIGHT, CHOICES, DARK, OWN, theme_for


def unreadable(at: PlayedTutor) -> list[str]:
    """Text that has no contrast to what it stands on."""
    found = []
    for strip in at.app.screen._compositor.render_strips():
        for segment in strip:
            style = segment.style
            if not segment.text.strip() or style is None or not style.color or not style.bgcolor:
                continue
            if style.color.is_default or style.bgcolor.is_default:
                continue
            if segment.text.strip("─━│▁▂▃▄▅▆▇█ ") and contrast(style.color, style.bgcolor) < 3:
                found.append(f"{segment.text!r} {style}")
    return found


def contrast(one: Color, other: Color) -> float:
    """As WCAG measures it."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(color: Color) -> float:
    parts = [part / 255 for part in color.get_truecolor()]
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize("exercise", [BUILD, CLASSIFY])
async def test_everything_can_be_read(tmp_path: Path, theme: str, exercise: Exercise) -> None:
    async with played_tutor(tmp_path, exercise, theme=theme, size=(120, 40)) as at:
        assert unreadable(at) == []
        await at.press("f")
        failed = CheckResult("it captures", False, "`add` does not.")
        await at.run(out("1\n"), counters("3"), LABELS, *passed_checks("it adds"), failed)
        assert unreadable(at) == []
        await at.press("f1")
        assert unreadable(at) == []


@pytest.mark.parametrize("theme", CHOICES)
async def test_every_theme_says_the_same(tmp_path: Path, theme: str) -> None:
    async with played_tutor(tmp_path, theme=theme) as at:
        await at.run(out("one\ntwo\n"), counters("3"), *passed_checks())
        assert "✓ Passed" in at.text
        assert "●" in at.rows[0]


async def test_a_theme_is_chosen_and_kept(tmp_path: Path) -> None:
    async with played_tutor(tmp_path) as at:
        assert at.app.theme == "dark"
        at.app.choose_theme("light")
        await at.pilot.pause()
    assert Progress.open(tmp_path).theme == "light"
    async with played_tutor(tmp_path) as at:
        assert at.app.theme == "light"


def test_each_theme_that_can_be_asked_for_is_there() -> None:
    assert tuple(theme.name for theme in OWN) == CHOICES


def test_which_theme() -> None:
    assert theme_for(None, None, "truecolor") == "dark"
    assert theme_for(None, "light", "256") == "light"
    assert theme_for(None, None, "standard") == "ansi-dark"
    assert theme_for(None, "light", "standard") == "ansi-light"
    assert theme_for(None, "colour-blind", "standard") == "ansi-dark"
    assert theme_for("dark", "light", "standard") == "dark"
    assert theme_for(None, "one of old", "256") == "dark"
    assert theme_for(None, "ansi-light", "truecolor") == "ansi-light"


def test_sixteen_colours_are_of_the_terminals_own() -> None:
    for theme in (ANSI_DARK, ANSI_LIGHT):
        for name, value in theme.variables.items():
            assert value.startswith("ansi_") or name.endswith("text-style"), name


async def test_without_colours_nothing_vanishes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with played_tutor(tmp_path, theme="ansi-dark") as at:
        await at.run(out("one\ntwo\n"), counters("3"), *passed_checks())
        for strip in at.app.screen._compositor.render_strips():
            for segment in strip:
                for line_filter in at.app._filters:
                    if line_filter.enabled:
                        [segment] = line_filter.apply([segment], at.app.background_colors[0])
                style = segment.style
                assert not style or style.color is None or style.color.is_default
                assert not style or style.bgcolor is None or style.bgcolor.is_default


async def test_without_colours_the_chosen_one_is_reversed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with played_tutor(tmp_path) as at:
        await at.run(out("one\ntwo\n"), counters("3"), *passed_checks())
        at.main.inspector.take_focus()
        await at.pilot.pause()
        strips = at.app.screen._compositor.render_strips()
        reversed_ = [s.text for strip in strips for s in strip if s.style and s.style.reverse]
        assert "list" in reversed_
        assert "▸ count  " in reversed_


async def test_the_rule_of_the_pane_with_the_focus_alone_has_the_accent(tmp_path: Path) -> None:
    async with played_tutor(tmp_path, size=(120, 40)) as at:
        await at.run(out("one\ntwo\n"), counters("3"), *passed_checks())
        for pane in (at.main.code, at.main.run_panel, at.main.inspector):
            pane.take_focus()
            await at.pilot.pause()
            colors = {
                mark: segment.style.color
                for strip in at.app.screen._compositor.render_strips()
                for segment in strip
                for mark in "━─"
                if segment.style and mark in segment.text
            }
            accent = Color.parse(DARK.accent or "").get_truecolor()
            assert {mark: color and color.get_truecolor() for mark, color in colors.items()} == {
                "━": accent,
                "─": Color.parse(DARK.variables["pane-rule"]).get_truecolor(),
            }


@pytest.mark.parametrize(
    "theme", [each for each in OWN if not each.ansi], ids=lambda each: each.name
)
def test_greys_stay_grey_in_256_colours(theme: Theme) -> None:
    """Over SSH a terminal has 256 colours as a rule, and the nearest to a tinted grey is navy."""
    for name in ("background", "surface", "panel", "raised", "cursor-line"):
        red, green, blue = of_256(theme.variables[name])
        assert red == green == blue, name
    assert of_256(str(theme.panel)) != of_256(str(theme.background))


def of_256(color: str) -> tuple[int, int, int]:
    return Color.parse(color).downgrade(ColorSystem.EIGHT_BIT).get_truecolor()
