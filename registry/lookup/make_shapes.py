"""Makes the table of characters that look alike: each is drawn, blurred, and held against all others.

    .venv/bin/python -m registry.lookup.make_shapes FONT

FONT  a font file with Chinese letters, the first of its faces for simplified ones (fonts-noto-cjk: NotoSansCJK-Regular.ttc, face 2).
"""

import argparse
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from registry.lookup.letters import DATA, SHAPES_FILE, Floats32

_SIDE = 32
_SIZE = 28
_FACE = 2
_MOST = 7
_LEAST_ALIKE = 0.74
_HEAD = """\
# Characters (GB 2312) that look alike: one, then those it is most easily taken for, the likest first. Made by
# registry/lookup/make_shapes.py, which drew each with Noto Sans CJK SC (SIL Open Font Licence; no part of the font is
# in here) and compared the pictures; do not edit.
"""


def shapes_text(font: Path) -> str:
    """Give the text of the file of shapes."""
    letters = _gb2312()
    pictures = _drawn(letters, font)
    alike = pictures @ pictures.T
    np.fill_diagonal(alike, 0)
    nearest = np.argsort(-alike, axis=1)[:, :_MOST]
    lines = []
    for at, letter in enumerate(letters):
        kept = [letters[one] for one in nearest[at] if alike[at, one] >= _LEAST_ALIKE]
        if kept:
            lines.append(letter + "".join(kept) + "\n")
    return _HEAD + "".join(lines)


def _drawn(letters: str, font: Path) -> Floats32:
    """Draw each letter, blurred so that a stroke a little aside is nearly the same; a row of length 1 each."""
    face = ImageFont.truetype(str(font), _SIZE, index=_FACE)
    rows = []
    for letter in letters:
        picture = Image.new("L", (_SIDE, _SIDE))
        ImageDraw.Draw(picture).text((2, -6), letter, fill=255, font=face)
        wide = np.pad(np.asarray(picture, dtype=np.float32), 1)
        shifted = [wide[y : y + _SIDE, x : x + _SIDE] for y in range(3) for x in range(3)]
        rows.append(np.sum(shifted, axis=0).ravel())
    drawn = np.array(rows, dtype=np.float32)
    drawn -= drawn.mean(axis=1, keepdims=True)
    found: Floats32 = drawn / np.linalg.norm(drawn, axis=1, keepdims=True)
    return found


def _gb2312() -> str:
    pairs = (bytes((high, low)) for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF))
    return "".join(pair.decode("gb2312", "ignore") for pair in pairs)


def main() -> None:
    """Write the file."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("font", type=Path)
    (DATA / SHAPES_FILE).write_text(shapes_text(arguments.parse_args().font), encoding="utf-8")


if __name__ == "__main__":
    main()
