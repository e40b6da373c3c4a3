"""The sheets that are ledgers of records: rights, rounds of equity and prizes, whole."""

from datetime import date
from pathlib import Path

import msgspec
import polars as pl

from matching.catalogue.load_vocabulary import shipped_vocabulary
from registry.demo.cells import Cell, Scribe
from registry.demo.dice import Dice
from registry.demo.register_sheets import as_of
from registry.demo.sheet_files import Table, write_workbook

WHOLE_WORKSHEET = "本表覆盖的台账"


class RecordSheet(msgspec.Struct, frozen=True, kw_only=True):
    """How one department heads its ledger: of the firm's name, of the number, and of each field."""

    title: str
    name: str
    number: str
    fields: dict[str, str]


SHEETS = {
    "intellectual_property": RecordSheet(
        title="郑州市、许昌市知识产权台账",
        name="权利人名称",
        number="知识产权编号",
        fields={
            "kind": "知识产权类别",
            "granted_on": "授权日期",
            "origin": "取得方式",
            "transferred_on": "转让登记日",
            "holder_rank": "权利人位次",
            "main_product": "是否与主导产品相关",
            "applied": "是否实际应用并产生效益",
            "high_value": "是否高价值",
        },
    ),
    "equity": RecordSheet(
        title="企业股权融资备案台账",
        name="被投企业",
        number="投资备案号",
        fields={
            "paid_in": "实缴额（万元）",
            "paid_on": "到账日期",
            "qualified": "是否合格机构投资者",
            "stake_sold": "出让股权比例（%）",
        },
    ),
    "prizes": RecordSheet(
        title="科技奖励与创客中国获奖名单",
        name="获奖单位",
        number="证书编号",
        fields={
            "kind": "奖项类别",
            "level": "获奖级别",
            "rank": "名次",
            "certificate_on": "落款日期",
        },
    ),
}
DECIMALS = {"money": 6, "share": 2, "number": 0}


def write_records(path: Path, ledger: str, rows: pl.DataFrame, day: date, dice: Dice) -> None:
    """Write one ledger, a row a record, and a second worksheet that says it is whole."""
    sheet, declared = SHEETS[ledger], shipped_vocabulary().records[ledger]
    scribe = Scribe(rows, dice)
    columns = [_cells(scribe, name, ledger) for name in sheet.fields]
    table = Table(
        name="台账",
        titles=(f"{sheet.title}（{as_of(day)}）",),
        headers=("序号", sheet.name, "统一社会信用代码", sheet.number, *sheet.fields.values()),
        columns=(
            list(range(1, rows.height + 1)),
            scribe.names(),
            scribe.codes(),
            scribe.texts("number"),
            *columns,
        ),
    )
    whole = Table(name=WHOLE_WORKSHEET, headers=(), columns=([declared.label],))
    write_workbook(path, [table, whole], day)


def _cells(scribe: Scribe, name: str, ledger: str) -> list[Cell]:
    field = shipped_vocabulary().records[ledger].fields[name]
    match field.kind:
        case "code":
            return scribe.words(name, field.values)
        case "flag":
            return scribe.flags(name)
        case "date":
            return scribe.days(name)
        case kind:
            return scribe.figures(name, DECIMALS[kind])
