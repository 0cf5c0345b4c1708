"""Dark, light, sixteen colours and none: every meaning can be read in each."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.color import Color, ColorSystem
from textual.theme import Theme

from tests.harness.colours import contrast
from tests.harness.running_tutor import PlayedTutor, played_tutor
from tests.harness.samples import BUILD, CLASSIFY, LABELS, PREDICT, counters, out, passed_checks
from tutor.course.model import Exercise
from tutor.protocol.reports import CheckResult
from tutor.ui.kit.themes import ANSI_DARK, ANSI_LIGHT, CHOICES, DARK, OWN, theme_for
from tutor.ui.tabs import Tab

ENOUGH = 4.5
"""Of contrast: WCAG 2.2, 1.4.3 (level AA)."""


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
            if (
                segment.text.strip("─━│▁▂▃▄▅▆▇█ ")
                and contrast(*map(value, (style.color, style.bgcolor))) < ENOUGH
            ):
                found.append(f"{segment.text!r} {style}")
    return found


def value(color: Color) -> str:
    return color.get_truecolor().hex


@pytest.mark.parametrize("theme", [theme.name for theme in OWN if not theme.ansi])
@pytest.mark.parametrize("exercise", [BUILD, PREDICT, CLASSIFY])
async def test_everything_can_be_read(tmp_path: Path, theme: str, exercise: Exercise) -> None:
    async with played_tutor(tmp_path, exercise, theme=theme, size=(120, 40)) as at:
        assert unreadable(at) == []
        await at.press("f", "f", "shift+left")
        assert unreadable(at) == []
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
    assert (tmp_path / "config.toml").read_text() == 'theme = "light"\n'
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
        assert reversed_[:2] == [" ✓ 1.1 ", " list "]
        assert " ✓ Passed " in reversed_
        assert " A " in reversed_
        assert "▸ count  A" in at.text


def grounds(at: PlayedTutor) -> list[list[tuple[str, str]]]:
    """Of each row the pieces of text, each with the value of its ground."""
    return [
        [
            (segment.text, value(segment.style.bgcolor))
            for segment in strip
            if segment.style and segment.style.bgcolor
        ]
        for strip in at.app.screen._compositor.render_strips()
    ]


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 50)])
async def test_the_focus_alone_is_filled_with_its_colour(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with played_tutor(tmp_path, size=size) as at:
        await at.run(out("1\n"), counters("3"), *passed_checks())
        code = " 1.1 " if size == (80, 24) else " Your code "
        at.main.inspector.tab = Tab.NAMES
        for pane, said in (
            (at.main.code, code),
            (at.main.run_panel, " Output "),
            (at.main.inspector, " names "),
        ):
            pane.take_focus()
            await at.pilot.pause()
            filled = [text for row in grounds(at) for text, ground in row if ground == DARK.accent]
            assert filled == [said]


async def test_the_tab_in_view_stands_on_the_ground_of_its_body(tmp_path: Path) -> None:
    async with played_tutor(tmp_path, size=(120, 40)) as at:
        await at.run(out("1\n"), counters("3"), *passed_checks())
        pieces = [piece for row in grounds(at) for piece in row]
        for text, ground in (
            (" Output ", DARK.background),
            (" Task ", DARK.background),
            (" list ", DARK.surface),
            (" Exercises ", DARK.surface),
        ):
            assert (text, ground) in pieces


async def test_grounds_part_the_panes_and_rules_where_they_cannot(tmp_path: Path) -> None:
    for theme, ruled in (
        ("dark", False),
        ("light", False),
        ("contrast", True),
        ("ansi-dark", True),
    ):
        async with played_tutor(tmp_path, theme=theme) as at:
            await at.run(out("1\n"), counters("3"), *passed_checks())
            header = at.rows[at.main.inspector.region.y]
            assert ("│ Cells" in header, "─" in header) == (ruled, ruled)


async def test_only_a_pass_turns_the_title_row(tmp_path: Path) -> None:
    async with played_tutor(tmp_path) as at:

        def ground() -> set[str]:
            return {ground for text, ground in grounds(at)[0] if "Build it" in text}

        raised, passed = DARK.variables["raised"], DARK.variables["passed"]
        await at.run(out("1\n"), counters("3"), *passed_checks())
        assert ground() == {raised}
        assert " 1.1  Build it  easy · build" in at.rows[0]
        await at.run(out("one\ntwo\n"), counters("3"), *passed_checks())
        assert ground() == {passed}
        assert (" ✓ 1.1 ", DARK.success) in grounds(at)[0]
        assert " ✓ 1.1  Build it  passed " in at.rows[0]
        await at.press("f8")
        assert " 1.2  Repair it  medium · repair" in at.rows[0]


async def test_dots_of_one_state_are_one_piece(tmp_path: Path) -> None:
    async with played_tutor(tmp_path, size=(120, 40)) as at:
        await at.run(out("one\ntwo\n"), counters("3"), *passed_checks())
        strip = at.app.screen._compositor.render_strips()[0]
        marks = [segment.text.strip() for segment in strip if set(segment.text) & set("●○")]
        assert marks == ["●", "○ ○ ○"]
        assert "Python" in at.rows[0]


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
