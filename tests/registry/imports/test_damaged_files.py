"""Real files with bytes damaged at random: read clean or refused in words, never anything else."""

from datetime import date
from random import Random

import pytest

from matching.catalogue.load_vocabulary import shipped_vocabulary
from registry.imports.errors import SheetRefused
from registry.imports.load_layouts import load_layouts
from registry.imports.take_in import GivenFile, sheet_in
from tests.registry.imports.making import code, market, repacked, tax

WORDS = shipped_vocabulary()
LAYOUTS = load_layouts(WORDS)
ROWS = [
    [
        code(at),
        f"甲乙{at}有限公司",
        "存续",
        date(2020, 1, 1 + at),
        410105,
        "金水区",
        "C3489",
        at,
        None,
    ]
    for at in range(8)
]
WORKBOOK = market(*ROWS)
TEXT = tax(*([code(at), f"甲乙{at}有限公司", at] for at in range(8)))


def damaged(data: bytes, chance: Random) -> bytes:
    """The bytes with some flipped, cut out, doubled or written over with what XML and CSV are made of."""
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 8))):
        at = chance.randrange(len(changed))
        match chance.randrange(4):
            case 0:
                changed[at] ^= 1 << chance.randrange(8)
            case 1:
                del changed[at : at + chance.randrange(1, 40)]
            case 2:
                changed[at:at] = changed[at : at + chance.randrange(1, 40)]
            case _:
                sign = chance.choice(
                    (b"<", b">", b'"', b"\x00", b"&", b",", b"\n", b"1", b"9" * 20)
                )
                changed[at : at + len(sign)] = sign
        if not changed:
            return b""
    return bytes(changed)


def outcome(data: bytes) -> str:
    """Take the file in; clean, or refused with words that say what and the way out."""
    given = GivenFile(
        name="表", data=data, observed_on=date(2026, 9, 30), received_on=date(2026, 10, 31)
    )
    try:
        sheet = sheet_in(given, LAYOUTS, WORDS)
    except SheetRefused as refused:
        said = refused.refusals
    else:
        assert sheet.rows.height <= sheet.rows_read <= sheet.grid.frame.height
        return "clean"
    assert all(one.problem and one.way_out for one in said)
    return "refused"


@pytest.mark.parametrize("part", range(8))
def test_damaged_bytes_are_refused_or_harmless(part: int) -> None:
    chance = Random(part)  # noqa: S311  # seeded, so that a failure can be repeated

    found = [outcome(damaged(data, chance)) for data in (WORKBOOK, TEXT) for _ in range(35)]

    assert {"refused", "clean"} == set(found)


@pytest.mark.parametrize(
    "part",
    ["sheet1", "workbook", "workbook.xml.rels", "styles", "[Content_Types]", "sharedStrings"],
)
def test_damaged_xml_in_a_sound_archive_is_refused_or_harmless(part: str) -> None:
    chance = Random(part)  # noqa: S311  # seeded, so that a failure can be repeated

    for _ in range(25):
        outcome(repacked(WORKBOOK, **{part: lambda xml: damaged(xml, chance)}))
