"""Tables of characters: what each is written as in a folded name, which sound class it has, its first letter.

Sound classes put together what is easily confused: zh and z, l and n, ang and an. Arrays are indexed by code point and end
at `SIZE`; whatever lies behind is no letter.
"""

from functools import cache
from pathlib import Path
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

SOUNDS_FILE = "sounds.txt"
SIMPLIFIED_FILE = "simplified.txt"
SHAPES_FILE = "shapes.txt"
DATA = Path(__file__).parent / "data"

SIZE = 0x32400
"""Behind the last Chinese character of Unicode."""
NONE = 0
"""No letter; no sound; no first letter."""

Codes: TypeAlias = npt.NDArray[np.uint32]
Sounds: TypeAlias = npt.NDArray[np.uint16]
Bytes: TypeAlias = npt.NDArray[np.uint8]
Floats32: TypeAlias = npt.NDArray[np.float32]

_BASIC_PLANE = 0x10000
_EXTENSIONS = 0x20000
_LATIN = "0123456789abcdefghijklmnopqrstuvwxyz"
_OTHER_CLASSES = 16
_OPENING = "([{<〈《【〔〖「『⟨"
_CLOSING = ")]}>〉》】〕〗」』⟩"


@cache
def folded_letters() -> Codes:
    """Give what each code point becomes: its simplified lower-case letter, a round bracket, or NONE.

    The end of a line stays what it is: columns are folded as one text of many lines.
    """
    table = np.zeros(SIZE, dtype=np.uint32)
    plane = np.arange(_BASIC_PLANE, dtype=np.uint32)
    letters = np.fromiter((chr(code).isalnum() for code in range(_BASIC_PLANE)), dtype=bool)
    table[:_BASIC_PLANE] = np.where(letters, plane, NONE)
    table[_EXTENSIONS:] = np.arange(_EXTENSIONS, SIZE, dtype=np.uint32)
    for pair in _lines(SIMPLIFIED_FILE).split():
        table[ord(pair[0])] = ord(pair[1])
    for signs, round_one in ((_OPENING, "("), (_CLOSING, ")")):
        table[[ord(sign) for sign in signs]] = ord(round_one)
    table[ord("\n")] = ord("\n")
    return table


@cache
def sound_classes() -> Sounds:
    """Give the sound class of each code point; digits and Latin letters are each their own."""
    table = np.zeros(SIZE, dtype=np.uint16)
    latin, classes = _latin_classes(), classes_by_syllable()
    first_other = max(classes.values()) + 1
    others = np.arange(SIZE) % _OTHER_CLASSES + first_other
    table[:] = np.where(folded_letters() != NONE, others, NONE)
    for letter, number in latin.items():
        table[ord(letter)] = number
    for syllable, letters in syllables():
        table[[ord(letter) for letter in letters]] = classes[syllable]
    table[[ord(sign) for sign in "()\n"]] = NONE
    return table


@cache
def first_letters() -> Bytes:
    """Give the first letter of how each code point is read, as its ASCII code; digits stay digits."""
    table = np.zeros(SIZE, dtype=np.uint8)
    for letter in _LATIN:
        table[ord(letter)] = ord(letter)
    for syllable, letters in syllables():
        table[[ord(letter) for letter in letters]] = ord(syllable[0])
    return table


@cache
def syllables() -> tuple[tuple[str, str], ...]:
    """Give every syllable with the characters that are read so."""
    rows = (line.split(" ") for line in _lines(SOUNDS_FILE).splitlines())
    return tuple((row[0], row[1]) for row in rows)


@cache
def syllable_by_letter() -> dict[str, str]:
    """Give how each character is read."""
    return {letter: syllable for syllable, letters in syllables() for letter in letters}


@cache
def look_alikes() -> dict[str, str]:
    """Give the characters each is easily taken for, in either direction."""
    found: dict[str, dict[str, None]] = {}
    for line in _lines(SHAPES_FILE).splitlines():
        for other in line[1:]:
            found.setdefault(line[0], {})[other] = None
            found.setdefault(other, {})[line[0]] = None
    return {letter: "".join(others) for letter, others in found.items()}


@cache
def classes_by_syllable() -> dict[str, int]:
    """Give the sound class of every syllable."""
    spoken = {syllable: _sounds_like(syllable) for syllable, _ in syllables()}
    first = len(_LATIN) + 1
    numbers = {like: first + at for at, like in enumerate(sorted(set(spoken.values())))}
    return {syllable: numbers[like] for syllable, like in spoken.items()}


def letters_of(text: str) -> Codes:
    """Give the code points of a text; what is no letter at all, such as half a pair, is left out."""
    codes = np.frombuffer(text.encode("utf-32-le", "ignore"), dtype="<u4").astype(np.uint32)
    return codes[codes < SIZE]


def text_of(codes: Codes) -> str:
    """Give the text of code points."""
    return codes.astype("<u4").tobytes().decode("utf-32-le")


def _latin_classes() -> dict[str, int]:
    return {letter: at for at, letter in enumerate(_LATIN, start=1)}


def _sounds_like(syllable: str) -> str:
    """Give what a syllable is confused with: the one without h after z, c, s, without g at its end, l and n alike."""
    like = syllable.replace("v", "u")
    for curled, flat in (("zh", "z"), ("ch", "c"), ("sh", "s")):
        if like.startswith(curled):
            like = flat + like[2:]
    if like.endswith("ng") and not like.endswith("ong"):
        like = like[:-1]
    return "n" + like[1:] if like.startswith("l") and len(like) > 1 else like


def _lines(file: str) -> str:
    text = (DATA / file).read_text(encoding="utf-8")
    return "\n".join(line for line in text.splitlines() if not line.startswith("#"))
