"""Other ways to write a character or a name: by sound, by shape, in traditional characters, in Latin letters.

The sounds are pypinyin's and the traditional characters OpenCC's, taken afresh and not from the tables of the look-up:
noise made by the tables under test would flatter them.
"""

from collections import defaultdict
from functools import cache

from opencc import OpenCC
from pypinyin import Style, lazy_pinyin

from tests.benchmarks.names.words import LOOK_ALIKE


def same_sound(letter: str) -> str:
    """Give the ordinary characters (GB 2312, level 1) that sound alike but for the tone."""
    return _by_letter().get(letter, "")


def look_alikes(letter: str) -> str:
    """Give the characters that look alike; empty where none is known."""
    return _by_shape().get(letter, "")


def traditional(text: str) -> str:
    """Give the text in traditional characters."""
    return _converter().convert(text)


def syllables(text: str) -> list[str]:
    """Give the syllables of a text, read as a phrase."""
    return lazy_pinyin(text)


def initials(text: str) -> str:
    """Give the first letter of each syllable."""
    return "".join(lazy_pinyin(text, style=Style.FIRST_LETTER, errors="ignore"))


@cache
def _converter() -> OpenCC:
    return OpenCC("s2t")


@cache
def _by_letter() -> dict[str, str]:
    ordinary = [
        bytes((high, low)).decode("gb2312")
        for high in range(0xB0, 0xD8)
        for low in range(0xA1, 0xFF)
        if (high, low) < (0xD7, 0xFA)
    ]
    by_sound: defaultdict[str, str] = defaultdict(str)
    sounds = {letter: lazy_pinyin(letter)[0] for letter in ordinary}
    for letter, sound in sounds.items():
        by_sound[sound] += letter
    return {letter: by_sound[sound].replace(letter, "") for letter, sound in sounds.items()}


@cache
def _by_shape() -> dict[str, str]:
    found: defaultdict[str, str] = defaultdict(str)
    for group in LOOK_ALIKE.split():
        for letter in group:
            found[letter] += group.replace(letter, "")
    return dict(found)
