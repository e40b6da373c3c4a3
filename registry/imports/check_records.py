"""What keeps a layout from being read as a ledger of records."""

from matching.language.records import RecordField, RecordLedger
from registry.imports.layout import Column, Layout

Wrong = tuple[str, str]
"""What is wrong, and the way out."""


def record_problems(layout: Layout, ledgers: dict[str, RecordLedger]) -> list[Wrong]:
    """Say what is wrong with the ledger of a layout and its columns; nothing: it can be read."""
    fields = [column for column in layout.columns if column.role == "field"]
    if layout.records is None:
        if fields or layout.has("record_number"):
            return [("有台账的列而不知是哪本台账", "写 records: 台账名")]
        return []
    ledger = ledgers.get(layout.records)
    if ledger is None:
        return [(f"没有台账“{layout.records}”", f"可用：{'、'.join(ledgers)}")]
    found: list[Wrong] = []
    if not any(one.role == "record_number" and one.required for one in layout.columns):
        found.append(
            ("没有必备的编号列，分不开两条记录", "加上 {is: record_number, required: true}")
        )
    if not fields:
        found.append((f"没有“{ledger.label}”的任何一个字段", "加上 {is: field, field: 字段名}"))
    if layout.one_row_each:
        found.append(("台账里一家企业可有多行", "去掉 one_row_each"))
    for column in fields:
        found += _wrong_with_field(column, ledger)
    twice = {one.field for one in fields if sum(one.field == other.field for other in fields) > 1}
    found += [
        (f"字段“{name}”写了两列", "只留一列，把表头并在一起") for name in sorted(map(str, twice))
    ]
    return found


def _wrong_with_field(column: Column, ledger: RecordLedger) -> list[Wrong]:
    field: RecordField | None = ledger.fields.get(column.field or "")
    if field is None:
        known = "、".join(ledger.fields)
        return [(f"台账“{ledger.key}”没有字段“{column.field}”", f"可用：{known}")]
    strange = sorted(set(column.words.values()) - set(field.values))
    return [
        (f"“{word}”不是字段“{column.field}”的取值", f"可用：{'、'.join(field.values)}")
        for word in strange
    ]
