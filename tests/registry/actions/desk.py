"""A desk where sheets are handed in, for tests of what comes before and after an import."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import msgspec

from matching.catalogue.load_vocabulary import shipped_vocabulary
from registry.actions.import_outcome import ImportOutcome, Told
from registry.actions.import_sheets import commit_sheet
from registry.actions.preview_sheet import preview_sheet
from registry.actions.preview_types import Preview
from registry.actions.read_sheet import HandedIn
from tests.registry.imports.making import MARKET, TAX, code, csv_file, workbook

RECORDED = datetime(2026, 11, 2, 1, 2, 3, tzinfo=UTC)
WORDS = shipped_vocabulary()


def told(*, confirmed: bool = False, later_seconds: int = 0) -> Told:
    """What is told beside a file."""
    return Told(
        recorded_at=RECORDED + timedelta(seconds=later_seconds),
        observed_on=None,
        vocabulary=WORDS,
        progress=lambda *_: None,
        confirmed=confirmed,
    )


def a_file(data: bytes, name: str = "表.xlsx") -> HandedIn:
    return HandedIn(name=name, data=data)


async def previewed(data: bytes) -> Preview:
    return await preview_sheet(a_file(data), told())


async def committed(
    data: bytes, *, confirmed: bool = False, token: str | None = None, later_seconds: int = 0
) -> ImportOutcome:
    when = told(confirmed=confirmed, later_seconds=later_seconds)
    return await commit_sheet(a_file(data), when, token)


def bare(outcome: ImportOutcome) -> ImportOutcome:
    """What an import reports, without its number."""
    return msgspec.structs.replace(outcome, import_id=None)


def registered(number: int, name: str, **said: object) -> list[object]:
    row = dict(
        zip(
            MARKET,
            [code(number), name, "存续", "2020-01-02", 410105, None, "C3489", 100, "a@b.cn"],
            strict=True,
        )
    )
    return list((row | said).values())


def registration(*rows: Sequence[object], on: str = "2026年9月30日") -> bytes:
    return workbook([[f"登记（截至{on}）"], MARKET, *rows])


def returns(
    *rows: Sequence[object], on: str = "2026年9月30日", headers: Sequence[str] = TAX
) -> bytes:
    """A sheet of the tax office; rows of code, name and revenue in 元."""
    return csv_file([[f"截至{on}"], headers, *rows])


def day(text: str) -> date:
    return date.fromisoformat(text)
