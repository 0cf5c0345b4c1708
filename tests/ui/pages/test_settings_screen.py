"""The settings page: what a key does there, what is told, and what then stands in config.toml."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.harness.running_tutor import PlayedTutor, played_tutor
from tests.harness.samples import out
from tutor.state.settings import Settings, read_settings
from tutor.ui.pages.settings_screen import SettingsScreen
from tutor.ui.settings.rows import ROWS, Holds, Row, Value, row_of, typed, value_of, with_value

SIZES = [(60, 18), (80, 24), (120, 40)]
MINE = """\
# I like it so.
theme = "light"  # even at night

[limits]
cpu_seconds = 5  # slow machine
"""


def config(at: Path, text: str = MINE) -> Path:
    file = at / "config.toml"
    file.write_text(text)
    return file


async def go_to(at: PlayedTutor, name: str) -> SettingsScreen:
    """Open the page, and go to a setting with the arrows."""
    await at.press("alt+s")
    page = at.app.screen
    assert isinstance(page, SettingsScreen)
    for _ in ROWS:
        if page.list.row.name == name:
            return page
        await at.press("down")
    raise AssertionError(name)


@pytest.mark.parametrize("size", SIZES)
async def test_every_setting_has_its_line(tmp_path: Path, size: tuple[int, int]) -> None:
    async with played_tutor(tmp_path, size=size) as at:
        await at.press("alt+s")
        page = at.app.screen
        assert isinstance(page, SettingsScreen)
        assert "Settings" in at.rows[0]
        assert "Escape closes" in at.rows[0]
        seen = []
        for row in ROWS:
            assert any(f"▌  {row.name}" in line for line in at.rows), row
            seen.append(page.list.row)
            await at.press("down")
        assert tuple(seen) == ROWS
        await at.press("escape")
        assert not isinstance(at.app.screen, SettingsScreen)


@pytest.mark.parametrize("key", ["alt+s", "escape", "q"])
async def test_it_opens_and_closes(tmp_path: Path, key: str) -> None:
    async with played_tutor(tmp_path) as at:
        await at.press("alt+s")
        assert isinstance(at.app.screen, SettingsScreen)
        await at.press(key)
        assert not isinstance(at.app.screen, SettingsScreen)
        await at.type("x")
        assert at.main.answer.startswith("x")


async def test_a_theme_is_shown_at_once_and_the_comments_stay(tmp_path: Path) -> None:
    file = config(tmp_path)
    async with played_tutor(tmp_path) as at:
        assert at.app.theme == "light"
        await go_to(at, "Theme")
        assert "A change holds at once." in " ".join(at.text.split())
        await at.press("left")
        assert at.app.theme == "dark"
        assert "Written to config.toml: Theme. It holds at once." in at.text
        assert "● dark" in at.text
    assert file.read_text() == MINE.replace('"light"', '"dark"')
    async with played_tutor(tmp_path) as at:
        assert at.app.theme == "dark"


async def test_right_past_the_last_choice_changes_nothing(tmp_path: Path) -> None:
    file = config(tmp_path, 'theme = "ansi-light"\n')
    async with played_tutor(tmp_path) as at:
        await go_to(at, "Theme")
        await at.press("right", "right")
        assert at.app.theme == "ansi-light"
    assert file.read_text() == 'theme = "ansi-light"\n'


async def test_a_limit_is_typed_and_holds_from_the_next_run(tmp_path: Path) -> None:
    file = config(tmp_path)
    async with played_tutor(tmp_path) as at:
        await go_to(at, "Processor time")
        await at.press("enter", "backspace", "3", "enter")
        assert "Written to config.toml: Processor time. It holds from the next run." in at.text
        await at.press("escape")
        await at.run(out("one\n"))
        assert at.session.requests[-1].limits.cpu_seconds == 3
    assert file.read_text() == MINE.replace("5 ", "3 ")


async def test_what_cannot_be_is_told_in_a_sentence_and_can_be_mended(tmp_path: Path) -> None:
    file = config(tmp_path)
    async with played_tutor(tmp_path) as at:
        await go_to(at, "Memory")
        await at.press("enter", "backspace", "backspace", "backspace")
        await at.type("lots\n")
        assert "Memory is a whole number of MiB, at least 64." in at.text
        assert file.read_text() == MINE
        await at.press("backspace", "backspace", "backspace", "backspace")
        await at.type("128\n")
        assert "Written to config.toml: Memory." in at.text
    assert read_settings(file).limits_table.memory_mib == 128


async def test_escape_leaves_a_value_as_it_was(tmp_path: Path) -> None:
    file = config(tmp_path)
    async with played_tutor(tmp_path) as at:
        page = await go_to(at, "Memory")
        await at.press("enter", "9", "escape")
        assert at.app.screen is page
        assert at.app.focused is page.list
    assert file.read_text() == MINE


async def test_keys_are_changed_at_once_and_two_actions_on_one_are_refused(tmp_path: Path) -> None:
    async with played_tutor(tmp_path) as at:
        await go_to(at, "Run")
        await at.press("enter")
        await at.type(",f8\n")
        assert "F8 is both run and next_exercise; change one." in " ".join(at.text.split())
        await at.press("backspace", "backspace")
        await at.type("ctrl+e\n")
        assert "Written to config.toml: Run. It holds at once." in at.text
        await at.press("escape")
        at.session.will_give(out("one\n"))
        await at.press("ctrl+e")
        await at.settle()
        assert len(at.session.requests) == 1
    assert (tmp_path / "config.toml").read_text() == '[keys]\nrun = "f5,ctrl+j,ctrl+e"\n'


async def test_the_cursor_is_painted_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with played_tutor(tmp_path) as at:
        chosen: list[bool] = []
        monkeypatch.setattr(at.app, "choose_cursor", lambda painted: chosen.append(painted))
        await go_to(at, "Cursor")
        await at.press("right")
        assert "Written to config.toml: Cursor. It holds at once." in at.text
        assert read_settings(tmp_path / "config.toml").cursor == "painted"
        assert chosen == [True]


async def test_the_terminals_cursor_stands_on_the_chosen_row(tmp_path: Path) -> None:
    async with played_tutor(tmp_path) as at:
        page = await go_to(at, "Memory")
        row = page.list.cursor_screen_offset.y
        assert at.rows[row].startswith("▌  Memory")


async def test_recording_and_the_mouse(tmp_path: Path) -> None:
    async with played_tutor(tmp_path) as at:
        await go_to(at, "Timeline")
        await at.press("right")
        assert "It holds from the next run." in at.text
        await at.press("down", "right")
        assert "Written to config.toml: Mouse. It holds from the next start." in at.text
        await at.press("escape")
        await at.run(out("one\n"))
        assert not at.session.requests[-1].record
    assert read_settings(tmp_path / "config.toml").mouse is True


@pytest.mark.parametrize("below", [".", "a-folder-with-a-long-name/" * 4])
async def test_a_file_that_is_no_toml_by_now_is_told_and_left(tmp_path: Path, below: str) -> None:
    place = tmp_path / below
    place.mkdir(parents=True, exist_ok=True)
    file = config(place)
    async with played_tutor(place) as at:
        await go_to(at, "Theme")
        file.write_text("theme = ")
        await at.press("left")
        said = " ".join(at.text.split())
        assert "it is no TOML by now; mend it first." in said
        assert "Until you leave, it holds at once." in said
        assert at.app.theme == "dark"
    assert file.read_text() == "theme = "


async def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    async with played_tutor(tmp_path) as at:
        (tmp_path / "file").touch()
        at.app.config = tmp_path / "file" / "config.toml"
        await go_to(at, "Theme")
        await at.press("right")
        assert "was not changed:" in " ".join(at.text.split())
        assert at.app.theme == "light"


async def test_another_tutors_change_stays(tmp_path: Path) -> None:
    file = config(tmp_path)
    async with played_tutor(tmp_path) as at:
        await go_to(at, "Theme")
        file.write_text(MINE + "wall_seconds = 2.0\n")
        await at.press("left")
    assert read_settings(file).limits_table.wall_seconds == 2.0
    assert read_settings(file).theme == "dark"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: ".".join(row.path))
def test_every_row_is_a_setting_of_the_file(row: Row) -> None:
    settings = Settings()
    assert row_of(row.path) is row
    assert row.about.endswith(".")
    now: list[Value | None] = [value_of(settings, row.path)]
    for value in [choice for choice, _ in row.choices] or now:
        assert value is not None
        assert value_of(with_value(settings, row.path, value), row.path) == value


def test_every_setting_of_the_file_has_a_row() -> None:
    tables = {path[0] for path in (row.path for row in ROWS)}
    assert tables == set(Settings.__struct_encode_fields__)


@pytest.mark.parametrize("row", [row for row in ROWS if not row.choices], ids=lambda row: row.name)
@pytest.mark.parametrize("text", ["", "lots", "-1", "0", "nan", "inf", "1e400", "9" * 30])
def test_what_cannot_be_typed_is_one_sentence(row: Row, text: str) -> None:
    with pytest.raises(ValueError, match=r"^[A-Z`].*\.$") as caught:
        typed(Settings(), row, text)
    assert "\n" not in str(caught.value)


def test_what_holds_when_is_said() -> None:
    assert {row.holds for row in ROWS} == set(Holds)
