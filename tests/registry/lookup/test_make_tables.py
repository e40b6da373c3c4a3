"""The tables of characters are what their script makes of pypinyin and OpenCC."""

from registry.lookup.letters import DATA, SIMPLIFIED_FILE, SOUNDS_FILE
from registry.lookup.make_tables import simplified_text, sounds_text


def test_the_sounds_are_what_the_script_makes() -> None:
    assert (DATA / SOUNDS_FILE).read_text(encoding="utf-8") == sounds_text()


def test_the_simplified_characters_are_what_the_script_makes() -> None:
    assert (DATA / SIMPLIFIED_FILE).read_text(encoding="utf-8") == simplified_text()
