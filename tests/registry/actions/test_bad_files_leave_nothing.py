"""A file that cannot be taken in leaves the database as it was, but for the words it was refused with."""

import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
import xlsxwriter
from piccolo.table import Table

from matching.catalogue.load_vocabulary import shipped_vocabulary
from matching.storage.database import Database
from registry.actions.import_outcome import Told
from registry.actions.import_sheets import import_sheets
from registry.enterprises.tables import Enterprise, EnterpriseName
from registry.imports.tables import Import, RefusedCell, SourceRecord
from registry.profiles.tables import FactValue, Membership
from tests.registry.imports.making import code, market, repacked, tax

pytestmark = pytest.mark.anyio

GOOD = market([code(1), "甲有限公司"], [code(2), "乙有限公司"])
KEPT: tuple[type[Table], ...] = (
    Import,
    SourceRecord,
    Enterprise,
    EnterpriseName,
    FactValue,
    Membership,
)


@pytest.fixture(autouse=True)
def _database(db: Database) -> None:
    """Every test has an empty database, of either kind."""


def far_cell() -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        book.add_worksheet().write("XFD1048576", "远")
    return file.getvalue()


def only_a_file() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("表.csv", tax([code(1), "甲有限公司", 1]))
    return file.getvalue()


BAD = {
    "empty": b"",
    "cut off": GOOD[: len(GOOD) // 2],
    "no workbook": only_a_file(),
    "old .xls under a new name": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096),
    "locked": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
    "broken XML": repacked(GOOD, sheet1=lambda xml: xml[: xml.rfind(b"<row")]),
    "a cell far away": far_cell(),
    "an endless cell": repacked(
        GOOD, sheet1=lambda xml: xml.replace(b"</t>", b"9" * 40_000_000 + b"</t>", 1)
    ),
    "bytes of no encoding": tax([code(1), "甲有限公司", 1]) + b"\xff\xff,\xfe",
    "a quote never closed": tax([code(1), "甲有限公司", 1]) + b'"x,1,2\r\n' * 3,
    "a title of the future": tax([code(1), "甲有限公司", 1]).replace(b"2026", b"2099", 1),
    "no day": b"\r\n".join(tax([code(1), "甲有限公司", 1]).split(b"\r\n")[1:]),
}


def told(largest_bytes: int = 10**8) -> Told:
    return Told(
        recorded_at=datetime(2026, 10, 31, 1, 2, 3, tzinfo=UTC),
        observed_on=None,
        vocabulary=shipped_vocabulary(),
        progress=lambda *_: None,
        largest_bytes=largest_bytes,
    )


async def kept() -> list[object]:
    """All rows of the tables an import writes."""
    return [await table.select() for table in KEPT]


@pytest.mark.parametrize("kind", BAD)
async def test_nothing_of_a_bad_file_is_kept(tmp_path: Path, kind: str) -> None:
    (good, bad) = (tmp_path / "好.xlsx", tmp_path / "坏.xlsx")
    good.write_bytes(GOOD)
    bad.write_bytes(BAD[kind])
    await import_sheets([good], told())
    before = await kept()

    (outcome,) = await import_sheets([bad], told())

    assert outcome.import_id is None
    assert all(one.problem and one.way_out for one in outcome.refused)
    assert await kept() == before
    refused = await RefusedCell.select().where(RefusedCell.import_id.is_null())
    assert {cell["file_name"] for cell in refused} == {"坏.xlsx"}


async def test_a_file_too_large_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "大.xlsx"
    with path.open("wb") as file:
        file.truncate(50 * 1024**3)  # a hole: reading it would fill the memory

    (outcome,) = await import_sheets([path], told(largest_bytes=10**6))

    assert "超过一次可收的" in outcome.refused[0].problem
    assert "REGISTRY_LARGEST_UPLOAD" in outcome.refused[0].way_out
