"""A pool list as a workbook, out and in: the first sheet says what it is, the second who is on it."""

import io
from datetime import date, datetime

import msgspec
import polars as pl
import xlsxwriter  # type: ignore[import-untyped]  # ships no types

from registry.imports.dates import date_problem, days
from registry.imports.read_workbook import read_workbook
from registry.imports.types import Grid, Refusal
from registry.pool.errors import ListRefused
from registry.pool.types import STATE_WORDS, Pools, State

ABOUT, LIST = "说明", "名单"
HEADERS = {
    "uscc": "统一社会信用代码",
    "name": "企业名称",
    "state": "状态",
    "since": "状态日期",
    "reason": "原因",
    "batch": "批次",
    "document": "文号",
    "officer": "责任人",
    "note": "备注",
}
NEEDED = ("uscc", "state", "since")
SAVE_AGAIN = "用系统导出的名单作样表，再导入"


class ListRow(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a pool list.

    row  as the spreadsheet numbers it; 0 in a list that is not read from one.
    """

    uscc: str | None
    name: str
    state: State
    since: date
    reason: str | None = None
    batch: str | None = None
    document: str | None = None
    officer: str | None = None
    note: str | None = None
    row: int = 0


class PoolList(msgspec.Struct, frozen=True, kw_only=True):
    """A pool's list as of a day, as known at a moment; `state`: only those in it, None: all."""

    pool: str
    as_of: date
    known_at: datetime
    state: State | None
    rows: tuple[ListRow, ...]


def list_workbook(listed: PoolList, pools: Pools) -> bytes:
    """Write a list; every cell is text, so that none is run as a formula."""
    written = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(written, options) as book:
        head = book.add_format({"bold": True})
        about = book.add_worksheet(ABOUT)
        about.set_column(0, 1, 28)
        for row, (label, said) in enumerate(_about(listed, pools)):
            about.write_string(row, 0, label, head)
            about.write_string(row, 1, said)
        sheet = book.add_worksheet(LIST)
        sheet.freeze_panes(1, 2)
        sheet.set_column(0, len(HEADERS) - 1, 22)
        for at, header in enumerate(HEADERS.values()):
            sheet.write_string(0, at, header, head)
        for row, one in enumerate(listed.rows, start=1):
            for at, said in enumerate(_cells(one, pools)):
                sheet.write_string(row, at, said)
    return written.getvalue()


def _about(listed: PoolList, pools: Pools) -> tuple[tuple[str, str], ...]:
    chosen = "全部状态" if listed.state is None else STATE_WORDS[listed.state]
    return (
        ("培育库", pools.pools[listed.pool].label),
        ("截至", listed.as_of.isoformat()),
        ("按何时掌握的情况", listed.known_at.isoformat(sep=" ", timespec="minutes")),
        ("筛选", chosen),
        ("企业数", str(len(listed.rows))),
        ("说明", "已推荐不等于已认定；状态日期是该状态开始的那一天"),
    )


def _cells(one: ListRow, pools: Pools) -> tuple[str, ...]:
    reason = pools.reasons[one.reason].label if one.reason in pools.reasons else one.reason
    texts = (one.uscc, one.name, STATE_WORDS[one.state], one.since.isoformat(), reason)
    return tuple(text or "" for text in (*texts, one.batch, one.document, one.officer, one.note))


def read_list(file_name: str, data: bytes, pools: Pools) -> tuple[Grid, tuple[ListRow, ...]]:
    """Read a list; raises ListRefused with every cell that cannot be taken, SheetRefused for no workbook."""
    grids = read_workbook(file_name, data)
    grid = next((grid for grid in grids if grid.sheet == LIST), None)
    if grid is None:
        raise ListRefused([grids[0].refusal("", 0, f"没有名为“{LIST}”的工作表", SAVE_AGAIN)])
    columns = _columns(grid)
    missing = [HEADERS[key] for key in NEEDED if key not in columns]
    if missing:
        raise ListRefused([grid.refusal("", 1, f"第一行缺少{'、'.join(missing)}", SAVE_AGAIN)])
    reader = _Reader(grid, columns, pools)
    rows = [reader.row(row) for row in range(2, grid.frame.height + 1) if not reader.blank(row)]
    if reader.refusals:
        raise ListRefused(reader.refusals)
    return grid, tuple(row for row in rows if row is not None)


def _columns(grid: Grid) -> dict[str, str]:
    """Give field to column letter, by the words of the first row."""
    keys = {label: key for key, label in HEADERS.items()}
    heads = [(letter, grid.frame[letter][0]) for letter in grid.frame.columns]
    return {keys[head.strip()]: letter for letter, head in heads if head and head.strip() in keys}


def list_refusal(grid: Grid, row: int, field: str, problem: str, way_out: str) -> Refusal:
    """Refuse a cell of a list by its field; a list without that column is refused at its row."""
    letter = _columns(grid).get(field, "")
    return grid.refusal(letter, row, problem, way_out, HEADERS[field])


class _Reader:
    """Reads row after row and remembers every cell that was wrong."""

    def __init__(self, grid: Grid, columns: dict[str, str], pools: Pools) -> None:
        self.grid = grid
        self.columns = columns
        self.refusals: list[Refusal] = []
        self.states = {word: state for state, word in STATE_WORDS.items()}
        self.reasons = {reason.label: key for key, reason in pools.reasons.items()}

    def blank(self, row: int) -> bool:
        return all(self.text(row, key) is None for key in self.columns)

    def text(self, row: int, key: str) -> str | None:
        if key not in self.columns:
            return None
        cell = self.grid.frame[self.columns[key]][row - 1]
        return (cell.strip() or None) if cell is not None else None

    def row(self, row: int) -> ListRow | None:
        uscc, name = self.text(row, "uscc"), self.text(row, "name")
        if uscc is None and name is None:
            self.refuse(row, "uscc", "代码和名称都空着", "至少写一个")
        state = self.word(row, "state", self.states)
        reason = self.word(row, "reason", self.reasons) if self.text(row, "reason") else None
        since = self.day(row)
        if state is None or since is None or (uscc is None and name is None):
            return None
        return ListRow(
            uscc=uscc,
            name=name or "",
            state=next(one for one in STATE_WORDS if one == state),
            since=since,
            reason=reason,
            batch=self.text(row, "batch"),
            document=self.text(row, "document"),
            officer=self.text(row, "officer"),
            note=self.text(row, "note"),
            row=row,
        )

    def word(self, row: int, key: str, words: dict[str, State] | dict[str, str]) -> str | None:
        said = self.text(row, key)
        found = words.get(said or "")
        if found is None:
            problem = "空着" if said is None else "不是可用的词"
            self.refuse(row, key, problem, f"用：{'、'.join(words)}")
        return found

    def day(self, row: int) -> date | None:
        said = self.text(row, "since")
        if said is None:
            self.refuse(row, "since", "空着", "写成 2026-09-30")
            return None
        found: date | None = pl.select(days(pl.lit(said))).item()
        if found is None:
            self.refuse(row, "since", *date_problem(said))
        return found

    def refuse(self, row: int, key: str, problem: str, way_out: str) -> None:
        self.refusals.append(list_refusal(self.grid, row, key, problem, way_out))
