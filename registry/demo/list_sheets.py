"""The sheets that are lists: titles, the ledger of awards by name only, and the negative lists."""

from datetime import date
from pathlib import Path

import polars as pl

from matching.catalogue.load_vocabulary import shipped_vocabulary
from matching.language.data_names import LEDGERS
from registry.demo.cells import Cell, Scribe
from registry.demo.dice import Dice
from registry.demo.register_sheets import as_of
from registry.demo.sheet_files import Table, write_csv, write_workbook
from registry.demo.spoilt import spoilt_codes
from registry.demo.titles import COVERED_LISTS

COVERED_WORKSHEET = "本表覆盖的名录"
WHOLE_RELATIONS = "本表覆盖的关系"

# A firm nobody has registered: the ledger names it all the same.
UNKNOWN_NAME = "许昌未名子虚机械制造有限公司"

# How the bureau names families in words; the others stand by their number.
_FAMILY_TITLES = {"P12": "智能制造称号奖励"}


def write_titles(path: Path, rows: pl.DataFrame, day: date, dice: Dice) -> None:
    """Write one row a title, and on a second worksheet which lists are complete."""
    lists = shipped_vocabulary().lists
    labels = {name: listed.label for name, listed in lists.items()}
    scribe = Scribe(rows, dice)
    # Losing a title that has run out, of a firm without another, spoils no case.
    expired = rows.filter(pl.len().over("row") == 1, pl.col("until_on") < date(2026, 1, 1))
    titles = Table(
        name="称号名单",
        titles=(f"优质企业称号名单（{as_of(day)}）",),
        headers=(
            "序号",
            "企业名称",
            "统一社会信用代码",
            "称号",
            "级别",
            "批次",
            "文号",
            "认定日期",
            "有效期至",
            "撤销日期",
        ),
        columns=(
            list(range(1, rows.height + 1)),
            scribe.names(),
            scribe.codes(spoilt_codes(expired, dice, wrong=1, short=0)),
            scribe.either_word(
                "list", labels, {name: listed.names for name, listed in lists.items()}
            ),
            scribe.texts("level"),
            scribe.texts("batch"),
            scribe.texts("document"),
            scribe.days("from_on"),
            scribe.days("until_on"),
            scribe.days("left_on"),
        ),
    )
    covered = Table(
        name=COVERED_WORKSHEET, headers=(), columns=([labels[name] for name in COVERED_LISTS],)
    )
    write_workbook(path, [titles, covered], day)


def write_awards(path: Path, rows: pl.DataFrame, day: date, dice: Dice) -> None:
    """Write the ledger, which has names and no codes; one name nobody bears stands in its middle."""
    scribe = Scribe(rows, dice)
    families = {family: family for family in rows["family"].unique()} | _FAMILY_TITLES
    columns: list[list[Cell]] = [
        scribe.names(),
        scribe.words("family", families),
        scribe.figures("amount_cents", 6),
        scribe.days("paid_on"),
        scribe.texts("legal_representative"),
        scribe.texts("phone"),
    ]
    unknown: tuple[Cell, ...] = (UNKNOWN_NAME, "P13", 50, date(2024, 5, 17), None, None)
    for column, cell in zip(columns, unknown, strict=True):
        column.insert(rows.height // 2, cell)
    table = Table(
        name="奖补台账",
        titles=(f"历年奖补资金台账（{as_of(day)}）",),
        headers=("企业名称", "政策", "金额（万元）", "拨付日期", "法定代表人", "联系电话"),
        columns=tuple(columns),
    )
    write_workbook(path, [table], day)


def write_relations(path: Path, rows: pl.DataFrame, day: date, dice: Dice) -> None:
    """Write one row a relation, and a second worksheet that says it is all of them."""
    scribe = Scribe(rows, dice)
    table = Table(
        name="关系",
        titles=(f"企业控股与集团关系（{as_of(day)}）",),
        headers=(
            "统一社会信用代码",
            "企业名称",
            "关系",
            "对方统一社会信用代码",
            "对方企业名称",
            "持股比例（%）",
            "生效日期",
            "依据文件",
        ),
        columns=(
            scribe.codes(),
            scribe.names(),
            scribe.texts("relation"),
            scribe.texts("other_uscc"),
            scribe.texts("other_name"),
            scribe.figures("share", 2),
            scribe.days("effective_on"),
            scribe.texts("document"),
        ),
    )
    whole = Table(name=WHOLE_RELATIONS, headers=(), columns=([LEDGERS["relations"]],))
    write_workbook(path, [table, whole], day)


def write_negative(path: Path, rows: pl.DataFrame, day: date, dice: Dice) -> None:
    """Write the five negative lists as one file, in UTF-8 with a byte order mark."""
    labels = {name: listed.label for name, listed in shipped_vocabulary().lists.items()}
    scribe = Scribe(rows, dice)
    gone = rows.filter(pl.len().over("row") == 1, pl.col("left_on") < date(2026, 6, 1))
    columns = (
        scribe.codes(spoilt_codes(gone, dice, wrong=0, short=1)),
        scribe.names(),
        scribe.words("list", labels),
        scribe.days_as_text("from_on"),
        scribe.days_as_text("left_on"),
    )
    headers: list[Cell] = ["统一社会信用代码", "企业名称", "名单类别", "列入日期", "移出日期"]
    lines: list[list[Cell]] = [
        [as_of(day)],
        headers,
        *(list(line) for line in zip(*columns, strict=True)),
    ]
    write_csv(path, lines, "utf-8-sig")
